//! What a step has proved, as values that the next effect needs and only the desk makes; and what a
//! registration is made of.

use crate::domain::account::Address;
use crate::domain::answer::Answer;
use crate::domain::clave::{Clave, KnownWords};
use crate::domain::clean::Clean;
use crate::domain::email::Email;
use crate::domain::folio::Folio;
use crate::domain::phone::{Mobile, Phone};
use crate::domain::reference::Id;
use crate::domain::rut::Rut;

/// The registry says that this company is open, and what it is called. Only the desk makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenCompany {
    pub(crate) rut: Rut,
    pub(crate) name: Clean,
}

/// The registry says that this person represents this very company, and what they are called.
/// Only the desk makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct Representing {
    pub(crate) company: OpenCompany,
    pub(crate) rut: Rut,
    pub(crate) name: Clean,
}

/// For whom an account is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Applicant {
    Validated(Representing),
    /// The registry was down: no account comes of it before the registry has said the same.
    Unchecked(Claim),
}

/// What the person says of themselves.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    pub company: Rut,
    /// *Razón Social*.
    pub name: Clean,
    pub representative: Rut,
    pub representative_name: Clean,
}

impl Applicant {
    /// The same words, whoever said them.
    pub fn claim(&self) -> Claim {
        match self {
            Applicant::Validated(representing) => Claim {
                company: representing.company.rut,
                name: representing.company.name.clone(),
                representative: representing.rut,
                representative_name: representing.name.clone(),
            },
            Applicant::Unchecked(claim) => claim.clone(),
        }
    }
}

/// Everything the guide's registration form asks (guide 2).
#[derive(Clone, Debug, PartialEq)]
pub struct Application {
    pub applicant: Applicant,
    pub question: Clean,
    pub answer: Answer,
    pub address: Address,
    pub email: Email,
    pub phone: Phone,
    pub fax: Option<Phone>,
    pub representative_mobile: Mobile,
    pub representative_email: Email,
    pub clave: Clave,
}

/// The registry says that this person represents this company. Only the desk makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct RepresentativeValidated {
    pub(crate) company: Rut,
    pub(crate) representative: Rut,
}

/// Besides, the card is theirs and valid. Only the desk makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct CardValidated {
    pub(crate) company: Rut,
    pub(crate) representative: Rut,
}

/// The key is the company's. Only the desk makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaveProved {
    pub(crate) company: Rut,
    /// Who typed it, and represents the company.
    pub(crate) representative: Rut,
    pub(crate) kind: ClaveKind,
    /// The recovery whose sent key it was.
    pub(crate) by: Option<Id>,
    /// The account's version at the time: if it is newer and holds the new key already, the
    /// change was saved and is only asked for again.
    pub(crate) version: u64,
    /// What the new key must not be made of (S2).
    pub(crate) known: KnownWords,
}

impl ClaveProved {
    pub fn kind(&self) -> ClaveKind {
        self.kind
    }

    pub fn known(&self) -> &KnownWords {
        &self.known
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaveKind {
    /// The owner chose it.
    Own,
    /// It was sent, and only opens *choose your own* (S7).
    Sent,
}

/// A request that waits for a code from a mailbox. Only the desk makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct AwaitingCode {
    pub(crate) proof: Id,
    pub folio: Folio,
}
