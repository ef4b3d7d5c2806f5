//! Who did what, when, and how it ended (S23): closed words only, so that no row can hold a
//! secret or an address, but for the reason that staff or an operator give. A row holds the true
//! outcome, which the person at the kiosk never sees.
//!
//! Rows are sealed, and the store chains each to the one before by HMAC. All enums here are
//! stored: new words go to the end, and none is taken away.

mod anchor;
mod chain;
mod line;

use serde::{Deserialize, Serialize};

use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::folio::Folio;
use crate::domain::pseudonym::Pseudonym;

pub use anchor::AuditAnchor;
pub use chain::{Break, Chain, Row, Verifier, verify};
pub use line::json_line;

/// Who acted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The person at the kiosk.
    Person,
    /// A member of staff, by the name of their login.
    Staff(Clean),
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
    pub terminal: Clean,
    pub actor: Actor,
    pub action: Action,
    pub outcome: Outcome,
    pub folio: Option<Folio>,
    /// The company that it was about.
    pub subject: Option<Pseudonym>,
    /// Why, in the words of whoever acted: sealed like the rest of the row.
    pub note: Option<Clean>,
}

impl Entry {
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

    pub fn about(self, subject: Pseudonym) -> Self {
        Entry { subject: Some(subject), ..self }
    }

    pub fn noted(self, note: &Clean) -> Self {
        Entry { note: Some(note.clone()), ..self }
    }

    pub fn under(self, folio: Folio) -> Self {
        Entry { folio: Some(folio), ..self }
    }

    pub fn because(self, reason: &Clean) -> Self {
        Entry { note: Some(reason.clone()), ..self }
    }
}
