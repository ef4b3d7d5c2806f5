//! How one attempt to send a message ended, and what becomes of the message then.

use serde::{Deserialize, Serialize};

/// What becomes of a message after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Sent,
    /// Refused, and not to be tried again.
    Permanent,
    /// Not sent; worth another try.
    Temporary,
    /// It may have been sent, or not.
    Unknown,
}

/// How one attempt ended, and why. Stored: new ones go to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptOutcome {
    Sent,
    /// Refused, and not to be tried again.
    Permanent,
    /// Not sent; worth another try.
    Temporary,
    /// It may have been sent, or not.
    Unknown,
    /// Refused for good, because of the address: there is no such mailbox.
    AddressRefused,
    /// Nothing left: nobody answered.
    Unreachable,
    /// Nothing left: the other end could not prove who it is, or spoke no TLS.
    Untrusted,
    /// Nothing left: user, password or sender are not accepted. It goes once that is mended.
    AccessRefused,
    /// The office turned this channel off.
    TurnedOff,
}

impl AttemptOutcome {
    pub fn fate(self) -> Fate {
        match self {
            AttemptOutcome::Sent => Fate::Sent,
            AttemptOutcome::Permanent | AttemptOutcome::AddressRefused | AttemptOutcome::TurnedOff => {
                Fate::Permanent
            }
            AttemptOutcome::Temporary
            | AttemptOutcome::Unreachable
            | AttemptOutcome::Untrusted
            | AttemptOutcome::AccessRefused => Fate::Temporary,
            AttemptOutcome::Unknown => Fate::Unknown,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    pub at_ms: u64,
    pub outcome: AttemptOutcome,
}
