//! A registration that waits for a register to answer.

use serde::{Deserialize, Serialize};

use super::folio::Folio;
use crate::domain::account::Account;

/// A registration that came while the registry was down: the account that it asks for, which comes
/// to be under the same id once the registry has said the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingApplication {
    pub account: Account,
    pub folio: Folio,
    /// How often the registry was asked in vain.
    pub tries: u32,
    /// When it is asked next, in milliseconds since 1970.
    pub next_ms: u64,
    /// When it is given up.
    pub expires_ms: u64,
}
