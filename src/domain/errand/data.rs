//! What a message says of a company's own data: changes, their undoing, the copy, and erasure.

use serde::{Deserialize, Serialize};

use crate::domain::reference::Id;

/// What a message says of a company's own data. Stored: new ones go to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DataErrand {
    /// The secret question or the representative changed, with a code that undoes it.
    Changed {
        /// What its code undoes.
        undo: Id,
    },
    /// A proved contact replaced another; with a code that undoes it.
    ContactChanged {
        /// What its code undoes.
        undo: Id,
    },
    /// The address or a telephone changed.
    DetailsChanged,
    /// What was changed is as it was before.
    Restored,
    /// All that is kept, without secrets, read from the account as the message leaves.
    Copy,
    /// The company will be forgotten; with a code that prevents it.
    ErasureAsked {
        /// What its code undoes.
        undo: Id,
    },
    /// The company will not be forgotten.
    ErasureTakenBack,
}

impl DataErrand {
    /// The notice whose code it carries.
    pub fn undo(self) -> Option<Id> {
        match self {
            DataErrand::Changed { undo }
            | DataErrand::ContactChanged { undo }
            | DataErrand::ErasureAsked { undo } => Some(undo),
            DataErrand::DetailsChanged
            | DataErrand::Restored
            | DataErrand::Copy
            | DataErrand::ErasureTakenBack => None,
        }
    }

    /// Whether no limit drops it.
    pub(super) fn guards_the_owner(self) -> bool {
        self.undo().is_some() || matches!(self, DataErrand::Restored | DataErrand::ErasureTakenBack)
    }
}
