//! What a company changes in its own account: contacts, which count once proved; what an undo puts
//! back; and a request to erase everything.

use serde::{Deserialize, Serialize};

use super::email::Email;
use super::folio::Folio;
use super::rut::Rut;
use crate::domain::account::{Account, Representative, SecretQuestion};
use crate::domain::digest::Digest;
use crate::domain::lives::UNDO_LIFE_MS;
use crate::domain::trust::Channels;

/// How long an erasure waits for an objection, in milliseconds: as long as its notice's code works.
pub const ERASURE_HOLD_MS: u64 = UNDO_LIFE_MS;

/// What an account was before a change that its owner may not have made: everything that lets
/// somebody in, or is told of changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    clave: Digest,
    secret_question: Option<SecretQuestion>,
    email: Email,
    representative: Representative,
    channels: Channels,
}

impl Former {
    /// What was before, piece by piece.
    pub fn new(
        clave: Digest,
        secret_question: Option<SecretQuestion>,
        email: Email,
        representative: Representative,
        channels: Channels,
    ) -> Self {
        Former { clave, secret_question, email, representative, channels }
    }

    /// What is to be put back.
    pub fn of(account: &Account) -> Self {
        Former {
            clave: account.clave.clone(),
            secret_question: account.secret_question.clone(),
            email: account.email.clone(),
            representative: account.representative.clone(),
            channels: account.trust.channels,
        }
    }

    /// Of the clave before.
    pub fn clave(&self) -> &Digest {
        &self.clave
    }

    /// Puts it all back.
    pub fn put_back(self, account: &mut Account) {
        account.clave = self.clave;
        account.secret_question = self.secret_question;
        account.email = self.email;
        account.representative = self.representative;
        account.trust.channels = self.channels;
    }
}

/// A company's request to be forgotten. It lies under the account's id, and is due when it is
/// carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// Which one.
    pub company: Rut,
    /// On the company's receipt.
    pub folio: Folio,
    /// Milliseconds since 1970.
    pub requested_ms: u64,
}
