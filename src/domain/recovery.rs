//! A recovery under way, and the keys that were sent for it (guide 3, S5 to S8).

use serde::{Deserialize, Serialize};

use super::destination::Channel;
use super::digest::Digest;
use super::email::Email;
use super::folio::Folio;
use super::reference::Id;
use super::rut::Rut;

/// How many keys of one recovery and channel work at once: a message whose fate is unknown is
/// sent anew with a new key, and both may arrive (S6).
pub const KEYS_PER_CHANNEL: usize = 3;

/// How the person proved to be entitled, which decides where the key goes (guide 3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Route {
    /// The right answer: by SMS to the representative and by mail to the company (3.3).
    Answer,
    /// Representative and card: by mail to the address on file (3.1, 3.2).
    Card,
    /// Representative and card, and a new address, proved by a code (S8).
    NewAddress(Email),
    /// Two members of staff approved a facilitator's request: to the facilitator's own mailbox.
    Facilitator(Id),
}

/// Where a recovery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecoveryState {
    /// The new address is not proved yet; nothing will be sent.
    Unproved,
    /// The key goes out at this time, in milliseconds since 1970, unless cancelled before.
    Held { until_ms: u64 },
    /// The key is being sent, or was.
    Sending,
    /// Undone by the code that went to the old channels.
    Cancelled,
    /// A sent key was used, and the owner chose their own.
    Done,
}

/// One key that was made and sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentKey {
    pub channel: Channel,
    /// Counted from 1 within the recovery and channel.
    pub generation: u32,
    pub digest: Digest,
    pub expires_ms: u64,
}

/// A recovery that was accepted (S5 to S8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovery {
    pub company: Rut,
    pub folio: Folio,
    pub requested_ms: u64,
    pub route: Route,
    pub state: RecoveryState,
    /// The last three generations of each channel.
    pub keys: Vec<SentKey>,
}
