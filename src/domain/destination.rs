//! Where a message goes, and by which channel.

use serde::{Deserialize, Serialize};

use super::clean::Clean;
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

impl Channel {
    /// Both.
    pub const ALL: [Channel; 2] = [Channel::Mail, Channel::Sms];
}

/// Where messages can be read in the demo world. Elsewhere there are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DemoFolders {
    /// Mails, a file each.
    pub mail: Option<Clean>,
    /// SMS, a file each.
    pub sms: Option<Clean>,
}

impl DemoFolders {
    /// That of one way.
    pub fn of(&self, channel: Channel) -> Option<&Clean> {
        match channel {
            Channel::Mail => self.mail.as_ref(),
            Channel::Sms => self.sms.as_ref(),
        }
    }
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
