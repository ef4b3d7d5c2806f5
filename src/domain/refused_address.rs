//! The mark of an address that refused a message for good.

use serde::{Deserialize, Serialize};

use crate::domain::destination::Channel;

/// How long a mark is kept after the last refusal, in milliseconds, unless the settings say
/// otherwise.
pub const REFUSED_KEPT_MS: u64 = 180 * 24 * 3_600_000;

/// The mark of one address. It lies under the blinded address. Times are milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedAddress {
    /// What kind of address it is.
    pub channel: Channel,
    /// The first refusal.
    pub first_ms: u64,
    /// The latest refusal.
    pub last_ms: u64,
    /// How many refusals.
    pub times: u32,
}
