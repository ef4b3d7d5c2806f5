//! What the code of a notice undoes: *no fui yo* (S7).

use serde::{Deserialize, Serialize};

use super::digest::Digest;
use super::facilitator::FormerFacilitator;
use super::folio::Folio;
use super::reference::Id;
use super::rut::Rut;
use super::update::Former;

/// One code that was made for a notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeCode {
    /// The message that carried it.
    pub errand: Id,
    /// Where that message went, blinded.
    pub to: Id,
    /// Of the code itself, which is not kept.
    pub digest: Digest,
}

/// A change that a notice tells of and its codes undo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    /// Whose account was changed.
    pub company: Rut,
    /// Of the receipt for the change.
    pub folio: Folio,
    /// What is undone.
    pub what: Undoes,
    /// Some for each channel that was told. Any of them works, and only once.
    pub codes: Vec<NoticeCode>,
    /// Milliseconds since 1970; after it no code works.
    pub expires_ms: u64,
    /// How many wrong codes were typed.
    pub tries: u32,
}

/// What a code undoes. Stored: new ones go to the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Undoes {
    /// The clave goes back to what it was, and what was sent meanwhile stops working.
    ClaveChange {
        /// Of the clave before.
        before: Digest,
        /// The recovery whose sent clave opened the change, if one did.
        by: Option<Id>,
    },
    /// The recovery to a new address is cancelled.
    Recovery {
        /// Which one.
        recovery: Id,
    },
    /// A contact, the secret question or the representative goes back to what it was.
    DataChange {
        /// What is put back.
        before: Box<Former>,
    },
    /// The company is not forgotten after all.
    Erasure {
        /// What is put back.
        before: Box<Former>,
    },
    /// A facilitator of the company goes back to what they were: clave, mailbox and all.
    Facilitator {
        /// Which one.
        facilitator: Id,
        /// What is put back.
        before: Box<FormerFacilitator>,
    },
    /// Nothing: a member of staff saw person and card, and the code freezes the account instead (T4a).
    ByPerson,
    /// The recovery to a new address is cancelled while its key waits, and nothing afterwards: the code went
    /// to a channel that nobody proved (T3).
    Hold {
        /// Which recovery.
        recovery: Id,
    },
    /// Nothing any more: what was done in person ended it, or a freeze (T4c, T6). Until it would have been
    /// over, whoever types its code is told so, and not that it is wrong.
    Ended,
}

impl Undo {
    /// The same once what was done in person, or a freeze, ended it. Nothing of what it would have put back
    /// is kept.
    pub fn ended(&self) -> Self {
        Undo { what: Undoes::Ended, ..self.clone() }
    }
}

impl Undoes {
    /// The facilitator whom it concerns; `None` if it concerns the company itself.
    pub fn facilitator(&self) -> Option<Id> {
        match self {
            Undoes::Facilitator { facilitator, .. } => Some(*facilitator),
            Undoes::ClaveChange { .. }
            | Undoes::Recovery { .. }
            | Undoes::Hold { .. }
            | Undoes::DataChange { .. }
            | Undoes::Erasure { .. }
            | Undoes::ByPerson
            | Undoes::Ended => None,
        }
    }
}
