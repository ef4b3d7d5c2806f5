//! What is kept of a company, of a recovery under way and of an address to be proved. These are
//! records: they are sealed before they reach the store, and none holds a secret in clear.

use serde::{Deserialize, Serialize};

use super::clean::Clean;
use super::comuna::Comuna;
use super::email::Email;
use super::facilitator::FormerFacilitator;
use super::folio::Folio;
use super::phone::{Mobile, Phone};
use super::rut::Rut;
use super::update::{Contact, Former};
use crate::store::Id;
use crate::text::Language;

/// What is left of a key, an answer or a code: an argon2 string over its HMAC with the pepper.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest(pub String);

impl std::fmt::Debug for Digest {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Digest(…)")
    }
}

/// The guide's panel *Dirección de Empresa*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub comuna: Comuna,
    pub street: Clean,
    pub number: Clean,
    pub block: Option<Clean>,
    pub apartment: Option<Clean>,
}

/// The guide's panel *Información de Registro de Representante Legal*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Representative {
    pub rut: Rut,
    pub name: Clean,
    pub mobile: Mobile,
    pub email: Email,
}

/// A question that the owner chose, in the words shown then, and the digest of its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretQuestion {
    pub question: Clean,
    pub answer: Digest,
}

/// A company's account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub company: Rut,
    pub name: Clean,
    /// Accounts made before questions were asked have none (guide 3.1).
    pub secret_question: Option<SecretQuestion>,
    pub address: Address,
    pub email: Email,
    /// Whether somebody typed the code that was mailed to it.
    pub email_proved: bool,
    pub phone: Phone,
    pub fax: Option<Phone>,
    pub representative: Representative,
    /// The owner's own key.
    pub clave: Digest,
    /// Recoveries whose sent keys still open *choose your own*; the newest last, three at most.
    pub recoveries: Vec<Id>,
    /// What the codes of notices still undo, in the order in which it happened; [`UNDOS_KEPT`] at
    /// most.
    pub undos: Vec<Id>,
    pub language: Language,
    pub created_ms: u64,
}

/// A registration that came while the registry was down: the account that it asks for, which comes
/// to be under the same id once the registry has said the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingApplication {
    pub account: Account,
    pub folio: Folio,
    /// How often the registry was asked in vain.
    pub tries: u32,
    /// When it is asked next, in milliseconds since 1970.
    pub next_ms: u64,
    /// When it is given up.
    pub expires_ms: u64,
}

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

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Mail,
    Sms,
}

/// Where a message goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Destination {
    Mail(Email),
    Mobile(Mobile),
}

impl Destination {
    pub fn channel(&self) -> Channel {
        match self {
            Destination::Mail(_) => Channel::Mail,
            Destination::Mobile(_) => Channel::Sms,
        }
    }

    /// The same for two ways of writing one address: what limits count by.
    pub fn folded(&self) -> String {
        match self {
            Destination::Mail(email) => email.folded(),
            Destination::Mobile(mobile) => mobile.international(),
        }
    }

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

/// How many recoveries of one company are open at once.
pub const RECOVERIES_KEPT: usize = 3;
/// How many notices' codes work at once.
pub const UNDOS_KEPT: usize = 8;
/// How many keys of one recovery and channel work at once: a message whose fate is unknown is
/// sent anew with a new key, and both may arrive (S6).
pub const KEYS_PER_CHANNEL: usize = 3;
/// How long a sent key works, counted from its sending (S6).
pub const SENT_KEY_LIFE_MS: u64 = 24 * 3_600_000;
/// How long an unfinished request is kept when the office says nothing else (S15).
pub const FLOWS_KEPT_MS: u64 = 24 * 3_600_000;
/// How long the registry is asked about a pending application when the office says nothing else.
pub const PENDING_KEPT_MS: u64 = 7 * 24 * 3_600_000;
/// How long a key to a new address is held back, for the owner to object (S8).
pub const HOLD_MS: u64 = 24 * 3_600_000;
/// How long a mailed code works (S8).
pub const CODE_LIFE_MS: u64 = 10 * 60_000;
/// How many wrong codes are borne (S8).
pub const CODE_TRIES: u32 = 5;
/// How long a notice's code undoes what it tells of (S7).
pub const UNDO_LIFE_MS: u64 = 72 * 3_600_000;

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

/// One code of a notice that was made to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeCode {
    /// The message that it was made for.
    pub errand: Id,
    /// Where that goes, blinded.
    pub to: Id,
    pub digest: Digest,
}

/// What a notice's code undoes: *no fui yo*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    pub company: Rut,
    /// Of the receipt that the notice tells of.
    pub folio: Folio,
    pub what: Undoes,
    /// Some for each channel that was told; any of them works, once.
    pub codes: Vec<NoticeCode>,
    pub expires_ms: u64,
    pub tries: u32,
}

/// Stored: new ones go to the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Undoes {
    /// The key goes back to what it was, and what was sent meanwhile is dead.
    KeyChange {
        before: Digest,
        /// The recovery whose sent key opened it, if it was one.
        by: Option<Id>,
    },
    /// The recovery to a new address is cancelled.
    Recovery { recovery: Id },
    /// A contact, the secret question or the representative go back to what they were.
    DataChange { before: Box<Former> },
    /// The company is not to be forgotten.
    Erasure { before: Box<Former> },
    /// A facilitator of the company's: their key, their mailbox and the rest go back to what they were.
    Facilitator { facilitator: Id, before: Box<FormerFacilitator> },
}

impl Undoes {
    /// The facilitator that it is about, unless it is about the company itself.
    pub fn facilitator(&self) -> Option<Id> {
        match self {
            Undoes::Facilitator { facilitator, .. } => Some(*facilitator),
            Undoes::KeyChange { .. }
            | Undoes::Recovery { .. }
            | Undoes::DataChange { .. }
            | Undoes::Erasure { .. } => None,
        }
    }
}
