//! Who did what, when, and how it ended (S23). A row holds only closed words, so that no secret or
//! address can get into it; the one exception is the reason that staff or an operator give. A row
//! holds the true outcome, which the person at the kiosk never sees.
//!
//! Rows are sealed, and the store chains each to the one before it in its chain by HMAC. All enums here are stored:
//! new words go to the end, and none is removed.

mod anchor;
mod author;
mod chain;
mod line;
mod name;

use serde::{Deserialize, Serialize};

use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::folio::Folio;
use crate::domain::pseudonym::Pseudonym;

pub use anchor::AuditAnchor;
pub use author::Author;
pub use chain::{Break, Chain, Row, Verifier, verify};
pub use line::json_line;
pub use name::{ChainName, ChainNameError};

/// Who acted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The person at the kiosk.
    Person,
    /// A member of staff, by the name they sign in with.
    Staff(Clean),
    /// Sends messages, with nobody at a keyboard.
    Courier,
    /// The kiosk itself.
    Kiosk,
    /// Somebody at the command line.
    Operator,
}

/// One row of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// UTC, in milliseconds since 1970.
    pub at_ms: u64,
    /// `[kiosk] desk` of the settings: which terminal.
    pub terminal: Clean,
    /// Who.
    pub actor: Actor,
    /// What.
    pub action: Action,
    /// How it ended, truly.
    pub outcome: Outcome,
    /// Of the receipt, if there was one.
    pub folio: Option<Folio>,
    /// The company that it concerns.
    pub subject: Option<Pseudonym>,
    /// Why, in the words of the one who acted. Sealed like the rest of the row.
    pub note: Option<Clean>,
}

impl Entry {
    /// A row about nobody in particular, without a folio or a note.
    pub fn new(at_ms: u64, terminal: &Clean, actor: Actor, action: Action, outcome: Outcome) -> Self {
        Entry {
            at_ms,
            terminal: terminal.clone(),
            actor,
            action,
            outcome,
            folio: None,
            subject: None,
            note: None,
        }
    }

    /// Names the company that it concerns.
    pub fn about(self, subject: Pseudonym) -> Self {
        Entry { subject: Some(subject), ..self }
    }

    /// Adds what the action's word alone doesn't say, such as a name or a row number.
    pub fn noted(self, note: &Clean) -> Self {
        Entry { note: Some(note.clone()), ..self }
    }

    /// Names the receipt that it belongs to.
    pub fn under(self, folio: Folio) -> Self {
        Entry { folio: Some(folio), ..self }
    }

    /// Adds why, in the words of the one who acted.
    pub fn because(self, reason: &Clean) -> Self {
        Entry { note: Some(reason.clone()), ..self }
    }
}
