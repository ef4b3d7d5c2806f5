//! What is handed to whoever carries it, and what they may answer: the ports of the courier (S5, S6).

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use super::gsm7::Gsm7;
use crate::domain::clean::Clean;
use crate::domain::email::Email;
use crate::domain::errand::AttemptOutcome;
use crate::domain::language::Language;
use crate::domain::phone::Mobile;
use crate::domain::reference::Id;
use crate::domain::secret::Secret;
use crate::http::Distrust;

/// Names one message, so that whoever gets two under one name may drop the second (S6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SendingKey {
    /// What is sent.
    pub errand: Id,
    /// Counts the messages that were made of it.
    pub generation: u32,
}

/// Letters, digits and a dash: good for a file name and for a Message-ID.
impl std::fmt::Display for SendingKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}-{}", data_encoding::HEXLOWER.encode(&self.errand.0), self.generation)
    }
}

/// A file that goes with a mail. Made when the mail is sent, and kept nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name with its extension.
    pub name: Clean,
    /// As MIME writes it.
    pub media_type: &'static str,
    /// All of it.
    pub bytes: Arc<[u8]>,
}

impl std::fmt::Debug for Attachment {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Attachment({} bytes)", self.bytes.len())
    }
}

/// A mail to be sent.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Who gets it.
    pub to: Email,
    /// One line.
    pub subject: Clean,
    /// Plain text; it may hold a clave or a code.
    pub body: Secret,
    /// In which it is written.
    pub language: Language,
    /// Its name.
    pub key: SendingKey,
    /// When it was written, in milliseconds since 1970.
    pub at_ms: u64,
    /// The file that goes along, if any.
    pub attachment: Option<Attachment>,
}

/// An SMS to be sent.
#[derive(Clone, Debug)]
pub struct Text {
    /// Who gets it.
    pub to: Mobile,
    /// It may hold a clave or a code.
    pub text: Gsm7,
    /// Its name.
    pub key: SendingKey,
    /// When it was written, in milliseconds since 1970.
    pub at_ms: u64,
}

/// Why a message didn't leave. The reason is for the log, and quotes neither the message nor what
/// the other end says of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Refused for good, for another reason than the address.
    #[error("refused: {0}")]
    Permanent(String),
    /// It certainly did not leave; worth another try.
    #[error("not sent: {0}")]
    Temporary(String),
    /// It certainly did not leave, and whoever carries it wants to be asked again after this time.
    #[error("put off: {0}")]
    PutOff(String, Duration),
    /// It may have left, or not.
    #[error("fate unknown: {0}")]
    Unknown(String),
    /// Refused for good: there is no such mailbox or telephone.
    #[error("address refused: {0}")]
    AddressRefused(String),
    /// Nobody answered; worth another try.
    #[error("nobody reached: {0}")]
    Unreachable(String),
    /// The other end could not prove who it is; worth another try.
    #[error("not trusted: {0}")]
    Untrusted(Distrust),
    /// Our user, password or sender are not accepted; worth another try once that is mended.
    #[error("access refused: {0}")]
    AccessRefused(String),
    /// The office sends nothing this way.
    #[error("{0}")]
    TurnedOff(&'static str),
}

impl SendError {
    /// How long whoever carries messages wants to be left alone, if it says so.
    pub(super) fn put_off(&self) -> Option<Duration> {
        match self {
            SendError::PutOff(_, wait) => Some(*wait),
            _ => None,
        }
    }

    pub(super) fn outcome(&self) -> AttemptOutcome {
        match self {
            SendError::Permanent(_) => AttemptOutcome::Permanent,
            SendError::Temporary(_) | SendError::PutOff(..) => AttemptOutcome::Temporary,
            SendError::Unknown(_) => AttemptOutcome::Unknown,
            SendError::AddressRefused(_) => AttemptOutcome::AddressRefused,
            SendError::Unreachable(_) => AttemptOutcome::Unreachable,
            SendError::Untrusted(_) => AttemptOutcome::Untrusted,
            SendError::AccessRefused(_) => AttemptOutcome::AccessRefused,
            SendError::TurnedOff(_) => AttemptOutcome::TurnedOff,
        }
    }
}

/// Carries mails. Two under the same [`SendingKey`] should arrive once.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands it over.
    async fn send(&self, mail: &Mail) -> Result<(), SendError>;
}

/// Carries SMS.
#[async_trait]
pub trait Texter: Send + Sync {
    /// Hands it over.
    async fn send(&self, text: &Text) -> Result<(), SendError>;
}

/// The ways out.
#[derive(Clone)]
pub struct Adapters {
    /// For mails.
    pub mailer: Arc<dyn Mailer>,
    /// For SMS.
    pub texter: Arc<dyn Texter>,
}
