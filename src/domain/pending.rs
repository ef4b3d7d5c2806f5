//! A registration that waits for a register to answer.

use serde::{Deserialize, Serialize};

use super::folio::Folio;
use crate::domain::account::Account;

/// The first wait for the registry, in milliseconds. Each next one is twice as long, up to
/// [`LONGEST_WAIT_MS`].
const FIRST_WAIT_MS: u64 = 60_000;
/// The longest wait between two questions to the registry, in milliseconds.
pub const LONGEST_WAIT_MS: u64 = 15 * 60_000;

/// A registration that was made while the registry was down. It holds the account that was asked
/// for, which is created under the same id once the registry has confirmed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingApplication {
    /// What was asked for.
    pub account: Account,
    /// On the person's receipt.
    pub folio: Folio,
    /// How often the registry gave no answer.
    pub tries: u32,
    /// When the registry is asked next, in milliseconds since 1970.
    pub next_ms: u64,
    /// When it is given up, in milliseconds since 1970.
    pub expires_ms: u64,
}

impl PendingApplication {
    /// Kept at this time, for so many milliseconds.
    pub fn new(account: Account, folio: Folio, now_ms: u64, kept_ms: u64) -> Self {
        let next_ms = now_ms + FIRST_WAIT_MS;
        PendingApplication { account, folio, tries: 0, next_ms, expires_ms: now_ms + kept_ms }
    }

    /// The same after the registry gave no answer at this time.
    pub fn asked_in_vain(&self, now_ms: u64) -> Self {
        let wait_ms = (FIRST_WAIT_MS << self.tries.min(8)).min(LONGEST_WAIT_MS);
        let (tries, next_ms) = (self.tries.saturating_add(1), now_ms + wait_ms);
        PendingApplication { tries, next_ms, ..self.clone() }
    }
}
