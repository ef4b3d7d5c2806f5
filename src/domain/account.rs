//! What is kept of a company that has a CS. It is sealed before it reaches the store, and holds no
//! secret in clear.

mod channels;

use serde::{Deserialize, Serialize};

pub use channels::AccountChannel;

use super::clean::Clean;
use super::comuna::Comuna;
use super::digest::Digest;
use super::email::Email;
use super::language::Language;
use super::phone::{Mobile, Phone};
use super::reference::Id;
use super::rut::Rut;
use super::trust::Trust;

/// How many recoveries of one company may be open at once.
pub const RECOVERIES_KEPT: usize = 3;
/// How many notices' codes may work at once.
pub const UNDOS_KEPT: usize = 8;

/// The guide's panel *Dirección de Empresa*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// *Comuna*; it implies the region.
    pub comuna: Comuna,
    /// *Calle*.
    pub street: Clean,
    /// *Número*: a text, since not every house has a number.
    pub number: Clean,
    /// *Block*.
    pub block: Option<Clean>,
    /// *Departamento*.
    pub apartment: Option<Clean>,
}

/// The guide's panel *Información de Registro de Representante Legal*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Representative {
    /// Who acts for the company at SII.
    pub rut: Rut,
    /// As SII gives it, or as the person typed it while SII was down.
    pub name: Clean,
    /// Where a recovered key goes by SMS (guide 3.3).
    pub mobile: Mobile,
    /// Their own mailbox, which is told of what happens to the account.
    pub email: Email,
}

/// A question that the owner chose, in the words shown then, and the digest of its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretQuestion {
    /// Its words in the language of that visit.
    pub question: Clean,
    /// Of the folded answer (S3), so that case and accents don't matter.
    pub answer: Digest,
}

/// A company's account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Whose account it is; its id in the store is this RUT, blinded.
    pub company: Rut,
    /// *Razón Social*.
    pub name: Clean,
    /// Accounts made before questions were asked have none (guide 3.1).
    pub secret_question: Option<SecretQuestion>,
    /// *Dirección de Empresa*.
    pub address: Address,
    /// The company's mailbox: sent keys and notices go there.
    pub email: Email,
    /// *Teléfono*.
    pub phone: Phone,
    /// *Fax*, which the guide still asks for.
    pub fax: Option<Phone>,
    /// Who may act for it here.
    pub representative: Representative,
    /// The clave that the owner chose.
    pub clave: Digest,
    /// Recoveries whose sent keys still open *choose your own* (S7), or did so until something stronger ended
    /// them: [`RECOVERIES_KEPT`] at most, the newest last.
    pub recoveries: Vec<Id>,
    /// What the codes of notices can still undo, in the order in which it happened, and what something stronger
    /// ended: [`UNDOS_KEPT`] of each at most.
    pub undos: Vec<Id>,
    /// In which messages to the company are written.
    pub language: Language,
    /// Milliseconds since 1970.
    pub created_ms: u64,
    /// How its channels stand, and what was done to it on the strength of what (T3, T4, T6).
    pub trust: Trust,
}
