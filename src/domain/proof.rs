//! An address, or a mobile, that waits for its code (S8).

use serde::{Deserialize, Serialize};

use super::destination::Destination;
use super::digest::Digest;
use super::reference::Id;
use super::rut::Rut;
use super::update::Contact;

/// How many wrong codes are borne (S8).
pub const CODE_TRIES: u32 = 5;

/// An address, or a mobile, waiting for its code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    pub company: Rut,
    pub to: Destination,
    pub what: ProofFor,
    /// Made by the courier when it sends the code.
    pub code: Option<Digest>,
    pub expires_ms: u64,
    pub tries: u32,
}

/// What the proved address is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProofFor {
    /// A registration. Without an account, the company had one already, and nothing follows.
    Registration {
        account: Option<Id>,
    },
    Recovery {
        recovery: Id,
    },
    /// It takes the place of the one on file.
    Contact {
        account: Id,
        contact: Contact,
    },
}
