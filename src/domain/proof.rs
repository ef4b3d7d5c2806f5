//! A mailbox or mobile that waits to be proved by a code (S8).

use serde::{Deserialize, Serialize};

use super::contact::Contact;
use super::destination::Destination;
use super::digest::Digest;
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
    /// Milliseconds since 1970.
    pub expires_ms: u64,
    /// How many wrong codes were typed.
    pub tries: u32,
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
}
