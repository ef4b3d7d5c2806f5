//! Messages that are on their way, and a key that waits, for the tables.

use super::awaiting;
use crate::domain::clean::Clean;
use crate::domain::destination::Channel;
use crate::domain::outlook::Outlook;
use crate::effect::{HeldUntil, Outgoing, Proved, SentTo};

pub fn sent_to() -> SentTo {
    SentTo { messages: vec![outgoing()], demo_folder: None }
}

pub fn outgoing() -> Outgoing {
    Outgoing { channel: Channel::Mail, to: Clean::from("anxxxx@empxxxx"), outlook: Outlook::Now }
}

/// A key that waits.
pub fn held(until: HeldUntil) -> Proved {
    Proved::Held { awaiting: awaiting(), until, notices: Outlook::Now }
}
