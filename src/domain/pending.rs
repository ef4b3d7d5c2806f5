//! A registration that waits for a register to answer.

use serde::{Deserialize, Serialize};

use super::folio::Folio;
use crate::domain::account::Account;

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
