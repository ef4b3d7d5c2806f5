//! What is kept of a company that has a CS. Sealed before it reaches the store; no secret stands in
//! it in clear.

use serde::{Deserialize, Serialize};

use super::clean::Clean;
use super::comuna::Comuna;
use super::digest::Digest;
use super::email::Email;
use super::language::Language;
use super::phone::{Mobile, Phone};
use super::reference::Id;
use super::rut::Rut;

/// How many recoveries of one company are open at once.
pub const RECOVERIES_KEPT: usize = 3;
/// How many notices' codes work at once.
pub const UNDOS_KEPT: usize = 8;

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
