//! What a company changes in its own account: contacts, which count once proved; what an undo puts
//! back; and a request to erase everything.

use serde::{Deserialize, Serialize};

use super::email::Email;
use super::folio::Folio;
use super::phone::Mobile;
use super::rut::Rut;
use crate::domain::account::{Account, Representative, SecretQuestion};
use crate::domain::destination::Destination;
use crate::domain::digest::Digest;
use crate::domain::lives::UNDO_LIFE_MS;

/// How long an erasure waits for an objection, in milliseconds: as long as its notice's code works.
pub const ERASURE_HOLD_MS: u64 = UNDO_LIFE_MS;

/// A new way to reach the company. Stored: new ones go to the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Contact {
    /// *e-Mail* of the company.
    CompanyEmail(Email),
    /// *Celular* of the representative.
    Mobile(Mobile),
    /// *e-Mail* of the representative.
    RepresentativeEmail(Email),
}

impl Contact {
    /// Where the code that proves it goes.
    pub fn destination(&self) -> Destination {
        match self {
            Contact::CompanyEmail(email) | Contact::RepresentativeEmail(email) => {
                Destination::Mail(email.clone())
            }
            Contact::Mobile(mobile) => Destination::Mobile(mobile.clone()),
        }
    }

    /// Puts the contact into the account, once it is proved.
    pub fn put_on(self, account: &mut Account) {
        match self {
            Contact::CompanyEmail(email) => {
                account.email = email;
                account.email_proved = true;
            }
            Contact::Mobile(mobile) => account.representative.mobile = mobile,
            Contact::RepresentativeEmail(email) => account.representative.email = email,
        }
    }
}

/// What an account was before a change that its owner may not have made: everything that lets
/// somebody in, or is told of changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    clave: Digest,
    secret_question: Option<SecretQuestion>,
    email: Email,
    email_proved: bool,
    representative: Representative,
}

impl Former {
    /// What is to be put back.
    pub fn of(account: &Account) -> Self {
        Former {
            clave: account.clave.clone(),
            secret_question: account.secret_question.clone(),
            email: account.email.clone(),
            email_proved: account.email_proved,
            representative: account.representative.clone(),
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
        account.email_proved = self.email_proved;
        account.representative = self.representative;
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
