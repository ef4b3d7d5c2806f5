//! The courier: takes errands from the outbox, makes what they carry, and sends them (S5, S6).
//!
//! An errand is leased for a minute by one batch; the key or code is made in memory and only its
//! digest stored, durably; then the message leaves, and the errand is marked. Whatever breaks in
//! between, the next lease makes a new secret: a message whose fate is unknown is sent anew, and
//! both secrets work. The courier never talks to the kiosk; it is woken, and looks.

mod carry;
pub mod errand;
mod files;
mod gsm7;
mod letter;
pub mod maildir;
mod mint;
mod off;
mod policy;
pub mod sms;
pub mod soap;
mod worker;

use std::sync::Arc;

use async_trait::async_trait;

pub use self::carry::{FINISHED_KEPT_MS, LEASE_MS};
use self::errand::AttemptOutcome;
pub use self::gsm7::{Gsm7, SMS_SEPTETS};
pub use self::off::Off;
pub use self::policy::Tally;
pub use self::worker::{Courier, Step};
use crate::domain::clean::Clean;
use crate::domain::email::Email;
use crate::domain::phone::Mobile;
use crate::domain::secret::Secret;
use crate::store::Id;

/// Names one sending: the same errand sent again has the next generation (S6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SendingKey {
    pub errand: Id,
    pub generation: u32,
}

/// Letters, digits and a dash: good for a file name and for a Message-ID.
impl std::fmt::Display for SendingKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}-{}", data_encoding::HEXLOWER.encode(&self.errand.0), self.generation)
    }
}

/// A mail to be sent.
#[derive(Clone, Debug)]
pub struct Mail {
    pub to: Email,
    pub subject: Clean,
    /// Plain text; it may hold a key or a code.
    pub body: Secret,
    pub key: SendingKey,
    pub at_ms: u64,
}

/// An SMS to be sent.
#[derive(Clone, Debug)]
pub struct Text {
    pub to: Mobile,
    pub text: Gsm7,
    pub key: SendingKey,
    pub at_ms: u64,
}

/// Why a message didn't leave. The reason is for the log, and never quotes the message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Refused for good: such an address will never take it.
    #[error("refused: {0}")]
    Permanent(String),
    /// It certainly did not leave; worth another try.
    #[error("not sent: {0}")]
    Temporary(String),
    /// It may have left, or not.
    #[error("fate unknown: {0}")]
    Unknown(String),
}

impl SendError {
    fn outcome(&self) -> AttemptOutcome {
        match self {
            SendError::Permanent(_) => AttemptOutcome::Permanent,
            SendError::Temporary(_) => AttemptOutcome::Temporary,
            SendError::Unknown(_) => AttemptOutcome::Unknown,
        }
    }
}

/// Carries mails. Sending a key of the same [`SendingKey`] twice should arrive once.
#[async_trait]
pub trait Mailer: Send + Sync {
    async fn send(&self, mail: &Mail) -> Result<(), SendError>;
}

/// Carries SMS.
#[async_trait]
pub trait Texter: Send + Sync {
    async fn send(&self, text: &Text) -> Result<(), SendError>;
}

#[derive(Clone)]
pub struct Adapters {
    pub mailer: Arc<dyn Mailer>,
    pub texter: Arc<dyn Texter>,
}
