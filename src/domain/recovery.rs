//! A recovery under way, and the claves that were sent for it (guide 3, S5 to S8).

use serde::{Deserialize, Serialize};

use super::destination::Channel;
use super::digest::Digest;
use super::email::Email;
use super::folio::Folio;
use super::reference::Id;
use super::rut::Rut;
use super::trust::Rank;

/// How many claves of one recovery and channel work at once. A message whose fate is unknown is sent
/// again with a new clave, and both may arrive (S6).
pub const CLAVES_PER_CHANNEL: usize = 3;

/// How the person proved who they are, which decides where the clave goes (guide 3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Route {
    /// By the right answer: the clave goes by SMS to the representative and by mail to the company
    /// (3.3).
    Answer,
    /// By representative and card: the clave goes by mail to the address on file (3.1, 3.2).
    Card,
    /// By representative and card: the clave goes to a new address, proved by a code (S8).
    NewAddress(Email),
    /// Two members of staff approved a facilitator's request: the clave goes to the facilitator's
    /// mailbox.
    Facilitator(Id),
}

/// Where a recovery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecoveryState {
    /// The new address is not proved yet; nothing will be sent.
    Unproved,
    /// The clave goes out at this time unless the recovery is cancelled before.
    Held {
        /// Milliseconds since 1970.
        until_ms: u64,
    },
    /// The clave is being sent, or was sent.
    Sending,
    /// A code from a notice cancelled it.
    Cancelled,
    /// A sent clave was used, and the owner chose a clave of their own.
    Done,
    /// The new address is proved, and only staff who see person and card let the clave go (T4d, T4e).
    WaitsForStaff,
}

/// One clave that was made and sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentClave {
    /// By which way it was sent.
    pub channel: Channel,
    /// Counted from 1 within the recovery and channel.
    pub generation: u32,
    /// Of the clave itself, which is not kept.
    pub digest: Digest,
    /// Milliseconds since 1970; counted from the sending (S6).
    pub expires_ms: u64,
}

/// A recovery that was accepted (S5 to S8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovery {
    /// Whose clave is recovered.
    pub company: Rut,
    /// On the person's receipt.
    pub folio: Folio,
    /// Milliseconds since 1970.
    pub requested_ms: u64,
    /// How the person proved who they are.
    pub route: Route,
    /// Where it stands.
    pub state: RecoveryState,
    /// Of the evidence behind it: what its claves may do (T4).
    pub rank: Rank,
    /// At most [`CLAVES_PER_CHANNEL`] of each channel: the latest.
    pub claves: Vec<SentClave>,
}
