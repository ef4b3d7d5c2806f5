//! What the code of a notice undoes: *no fui yo* (S7).

use serde::{Deserialize, Serialize};

use super::digest::Digest;
use super::facilitator::FormerFacilitator;
use super::folio::Folio;
use super::reference::Id;
use super::rut::Rut;
use super::update::Former;

/// One code of a notice that was made to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeCode {
    /// The message that it was made for.
    pub errand: Id,
    /// Where that goes, blinded.
    pub to: Id,
    pub digest: Digest,
}

/// What a notice's code undoes: *no fui yo*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    pub company: Rut,
    /// Of the receipt that the notice tells of.
    pub folio: Folio,
    pub what: Undoes,
    /// Some for each channel that was told; any of them works, once.
    pub codes: Vec<NoticeCode>,
    pub expires_ms: u64,
    pub tries: u32,
}

/// Stored: new ones go to the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Undoes {
    /// The key goes back to what it was, and what was sent meanwhile is dead.
    KeyChange {
        before: Digest,
        /// The recovery whose sent key opened it, if it was one.
        by: Option<Id>,
    },
    /// The recovery to a new address is cancelled.
    Recovery { recovery: Id },
    /// A contact, the secret question or the representative go back to what they were.
    DataChange { before: Box<Former> },
    /// The company is not to be forgotten.
    Erasure { before: Box<Former> },
    /// A facilitator of the company's: their key, their mailbox and the rest go back to what they were.
    Facilitator { facilitator: Id, before: Box<FormerFacilitator> },
}

impl Undoes {
    /// The facilitator that it is about, unless it is about the company itself.
    pub fn facilitator(&self) -> Option<Id> {
        match self {
            Undoes::Facilitator { facilitator, .. } => Some(*facilitator),
            Undoes::KeyChange { .. }
            | Undoes::Recovery { .. }
            | Undoes::DataChange { .. }
            | Undoes::Erasure { .. } => None,
        }
    }
}
