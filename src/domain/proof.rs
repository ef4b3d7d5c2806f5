//! A mailbox or mobile that waits to be proved by a code (S8).

use serde::{Deserialize, Serialize};

use super::contact::Contact;
use super::destination::Destination;
use super::digest::Digest;
use super::lives::{CODE_LIFE_MS, CODE_TRIED_MS};
use super::office_time::RightsTime;
use super::reference::Id;
use super::rut::Rut;

/// How many wrong codes are accepted before the proof is dead (S8).
pub const CODE_TRIES: u32 = 5;

/// A mailbox or mobile that waits for its code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Whose account it concerns.
    pub company: Rut,
    /// What is to be proved.
    pub to: Destination,
    /// What follows from it.
    pub what: ProofFor,
    /// The digest of the code; the courier makes the code as it sends it.
    pub code: Option<Digest>,
    /// When the code ends, or until when it is tried to send one, in milliseconds since 1970.
    pub expires_ms: u64,
    /// How many wrong codes were typed.
    pub tries: u32,
}

impl Proof {
    /// One whose code is still to be sent.
    pub fn waiting(company: Rut, to: Destination, what: ProofFor, now_ms: u64) -> Self {
        Proof { company, to, what, code: None, expires_ms: now_ms + CODE_TRIED_MS, tries: 0 }
    }

    /// Whether its code has ended, or none was sent in time.
    pub fn is_over(&self, now: RightsTime) -> bool {
        let lasts_ms = match &self.code {
            Some(_) => CODE_LIFE_MS,
            None => CODE_TRIED_MS,
        };
        now.is_over(self.expires_ms, lasts_ms)
    }
}

/// What the proved address is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProofFor {
    /// A registration.
    Registration {
        /// The application that it is for; `None` in what an older program left for a company that had
        /// an account already: nothing follows from it.
        application: Option<Id>,
    },
    /// A key to a new address (S8).
    Recovery {
        /// Which one goes on.
        recovery: Id,
    },
    /// It replaces the contact on file.
    Contact {
        /// Whose contact.
        account: Id,
        /// What will count.
        contact: Contact,
    },
    /// A channel on file.
    OnFile {
        /// Whose channel.
        account: Id,
    },
    /// A channel of the representative to whom an account is given (T6).
    Settlement {
        /// In which it is typed.
        dispute: Id,
        /// What will count.
        contact: Contact,
    },
}
