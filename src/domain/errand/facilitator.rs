//! What a message says of a foreign facilitator: the declaration, the request, and the clave.

use serde::{Deserialize, Serialize};

use crate::domain::reference::Id;
use crate::domain::rut::Rut;

/// What a message says of a facilitator. Stored: new ones go to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FacilitatorErrand {
    /// The template of the declaration, filled in for this representative as it leaves.
    Declaration {
        /// Whom it is filled in for.
        representative: Rut,
    },
    /// The receipt.
    Received,
    /// Two members of staff approved the request; the clave goes to the facilitator.
    Approved,
    /// With the reason, read from the request as the message leaves.
    Refused {
        /// Where the reason stands.
        request: Id,
    },
    /// To the facilitator: a clave that opens *choose your own* (S6).
    Clave {
        /// Which recovery opens *choose your own*.
        recovery: Id,
    },
    /// To the facilitator: they chose a clave of their own (S7).
    ClaveChanged,
    /// The same, with a code that undoes it.
    ClaveChosen {
        /// What its code undoes.
        undo: Id,
    },
    /// To the facilitator's old mailbox: a clave goes to another one; with a code that stops it.
    Readdressed {
        /// What its code undoes.
        undo: Id,
    },
    /// What was done to the facilitator was undone.
    Restored,
}

impl FacilitatorErrand {
    /// The notice whose code it carries.
    pub fn undo(self) -> Option<Id> {
        match self {
            FacilitatorErrand::ClaveChosen { undo } | FacilitatorErrand::Readdressed { undo } => Some(undo),
            FacilitatorErrand::Declaration { .. }
            | FacilitatorErrand::Received
            | FacilitatorErrand::Approved
            | FacilitatorErrand::Refused { .. }
            | FacilitatorErrand::Clave { .. }
            | FacilitatorErrand::ClaveChanged
            | FacilitatorErrand::Restored => None,
        }
    }

    /// Whether no limit drops it.
    pub(super) fn guards_the_owner(self) -> bool {
        self.undo().is_some() || matches!(self, FacilitatorErrand::ClaveChanged | FacilitatorErrand::Restored)
    }

    /// Whether a clave or a code is made for each sending.
    pub(super) fn carries_secret(self) -> bool {
        self.undo().is_some() || matches!(self, FacilitatorErrand::Clave { .. })
    }
}
