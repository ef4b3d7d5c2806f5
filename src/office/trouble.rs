//! Why a use case ended without its answer.

use crate::domain::register::Down;
use crate::effect::{Refusal, Reply, StaffReply};
use crate::store::StoreError;

/// Ends a use case early.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// Nothing is known to be done.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Unknown is never yes.
    #[error(transparent)]
    Registry(#[from] Down),
    /// In the only words that a stranger may hear.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// What was proved was proved on something that changed meanwhile: prove it again.
    #[error("what was proved has changed meanwhile")]
    Outdated,
    /// A member of staff is told why they may not.
    #[error("not for this member of staff: {0:?}")]
    Staff(StaffReply),
}

/// What a use case answers the screen.
pub type Answer = Result<Reply, Trouble>;

/// A conflict that would not end.
pub fn too_busy(what: &str) -> StoreError {
    StoreError::Unavailable(format!("{what} changed at every try"))
}
