//! How one attempt to send a message ended, and what that means for the message.

use serde::{Deserialize, Serialize};

/// What an attempt means for the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The other end took it.
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
    /// The other end took it.
    Sent,
    /// Refused, and not to be tried again.
    Permanent,
    /// Not sent; worth another try.
    Temporary,
    /// It may have been sent, or not.
    Unknown,
    /// Refused for good, because of the address: there is no such mailbox.
    AddressRefused,
    /// Nothing was sent: nobody answered.
    Unreachable,
    /// Nothing was sent: the other end could not prove its identity, or spoke no TLS (S20).
    Untrusted,
    /// Nothing was sent: user, password or sender were not accepted. It is sent once that is
    /// mended.
    AccessRefused,
    /// The office turned this channel off.
    TurnedOff,
}

impl AttemptOutcome {
    /// Whether nothing leaves until somebody of the office mends something: user, password, sender,
    /// certificate.
    pub fn is_ours_to_mend(self) -> bool {
        matches!(self, AttemptOutcome::AccessRefused | AttemptOutcome::Untrusted)
    }

    /// Whether to try again.
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

/// One attempt to send a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Milliseconds since 1970.
    pub at_ms: u64,
    /// How it ended.
    pub outcome: AttemptOutcome,
}
