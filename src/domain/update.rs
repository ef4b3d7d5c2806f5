//! What a company's own hand changes of its account once it is open: contacts that are proved
//! before they count, what an undoing puts back, and a request that all of it be erased.

use serde::{Deserialize, Serialize};

use super::email::Email;
use super::folio::Folio;
use super::phone::Mobile;
use super::rut::Rut;
use crate::domain::account::{Account, Representative, SecretQuestion};
use crate::domain::destination::Destination;
use crate::domain::digest::Digest;
use crate::domain::lives::UNDO_LIFE_MS;

/// How long an erasure waits for somebody to object: as long as its notice's code works.
pub const ERASURE_HOLD_MS: u64 = UNDO_LIFE_MS;

/// A new way to reach the company. Stored: new ones go to the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Contact {
    CompanyEmail(Email),
    Mobile(Mobile),
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

    /// It was proved: from now on it counts.
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

/// What an account was before a change that its owner may not have made: all that lets somebody in,
/// or is told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    clave: Digest,
    secret_question: Option<SecretQuestion>,
    email: Email,
    email_proved: bool,
    representative: Representative,
}

impl Former {
    pub fn of(account: &Account) -> Self {
        Former {
            clave: account.clave.clone(),
            secret_question: account.secret_question.clone(),
            email: account.email.clone(),
            email_proved: account.email_proved,
            representative: account.representative.clone(),
        }
    }

    pub fn clave(&self) -> &Digest {
        &self.clave
    }

    pub fn put_back(self, account: &mut Account) {
        account.clave = self.clave;
        account.secret_question = self.secret_question;
        account.email = self.email;
        account.email_proved = self.email_proved;
        account.representative = self.representative;
    }
}

/// A company asked to be forgotten. Lies under its account's id, and is due when it is carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    pub company: Rut,
    pub folio: Folio,
    pub requested_ms: u64,
}
