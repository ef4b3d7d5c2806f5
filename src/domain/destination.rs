//! Where a message goes, and by which channel.

use serde::{Deserialize, Serialize};

use super::email::Email;
use super::phone::Mobile;

/// The way that a message takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// By SMTP.
    Mail,
    /// By the office's SMS gateway.
    Sms,
}

/// Where a message goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Destination {
    /// A mailbox.
    Mail(Email),
    /// A mobile telephone.
    Mobile(Mobile),
}

impl Destination {
    /// By which way it is reached.
    pub fn channel(&self) -> Channel {
        match self {
            Destination::Mail(_) => Channel::Mail,
            Destination::Mobile(_) => Channel::Sms,
        }
    }

    /// The same for two ways of writing one address. Limits are counted under it.
    pub fn folded(&self) -> String {
        match self {
            Destination::Mail(email) => email.folded(),
            Destination::Mobile(mobile) => mobile.international(),
        }
    }

    /// As it may be shown to a stranger.
    pub fn masked(&self) -> String {
        match self {
            Destination::Mail(email) => email.masked(),
            Destination::Mobile(mobile) => mobile.masked(),
        }
    }
}

impl std::fmt::Display for Destination {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Destination::Mail(email) => email.fmt(out),
            Destination::Mobile(mobile) => mobile.fmt(out),
        }
    }
}
