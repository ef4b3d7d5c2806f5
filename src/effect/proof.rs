//! What a step has proved: values that only the desk makes and the next effect needs. And what a
//! registration consists of.

use crate::domain::account::Address;
use crate::domain::answer::Answer;
use crate::domain::cedula::Serial;
use crate::domain::clave::{Clave, KnownWords};
use crate::domain::clean::Clean;
use crate::domain::digest::Digest;
use crate::domain::email::Email;
use crate::domain::folio::Folio;
use crate::domain::phone::{Mobile, Phone};
use crate::domain::reference::Id;
use crate::domain::rut::Rut;

/// The registry says that this company is active, and gives its name. Only the desk makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenCompany {
    rut: Rut,
    name: Clean,
}

impl OpenCompany {
    /// The registry answered so.
    pub(crate) fn said_by_register(rut: Rut, name: Clean) -> Self {
        OpenCompany { rut, name }
    }

    /// The company's.
    pub fn rut(&self) -> Rut {
        self.rut
    }

    /// *Razón Social*, as the registry spells it.
    pub fn name(&self) -> &Clean {
        &self.name
    }
}

/// The registry says that this person represents this very company, and gives their name. Only the
/// desk makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct Representing {
    company: OpenCompany,
    rut: Rut,
    name: Clean,
}

impl Representing {
    /// The registry answered so.
    pub(crate) fn said_by_register(company: OpenCompany, rut: Rut, name: Clean) -> Self {
        Representing { company, rut, name }
    }

    /// For which company they act.
    pub fn company(&self) -> &OpenCompany {
        &self.company
    }

    /// The representative's.
    pub fn rut(&self) -> Rut {
        self.rut
    }

    /// What the registry calls the representative.
    pub fn name(&self) -> &Clean {
        &self.name
    }
}

/// For whom an account is requested.
#[derive(Clone, Debug, PartialEq)]
pub enum Applicant {
    /// SII names both.
    Validated(Representing),
    /// The registry was down. No account comes of it until the registry has confirmed the claim.
    Unchecked(Claim),
}

/// What the person says about company and representative.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Which company.
    pub company: Rut,
    /// *Razón Social*.
    pub name: Clean,
    /// Who acts for it.
    pub representative: Rut,
    /// Whose name it is, as typed.
    pub representative_name: Clean,
}

impl Applicant {
    /// The same words, whether SII or the person said them.
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

/// What is known of the applicant's card (T1).
#[derive(Clone, Debug, PartialEq)]
pub enum ApplicantCard {
    /// Registro Civil says that it is theirs and valid.
    Validated(CardValidated),
    /// Registro Civil was down. No account comes of it until it has confirmed the number.
    Unchecked(Serial),
}

/// Everything the guide's registration form asks (guide 2), and the card's number.
#[derive(Clone, Debug, PartialEq)]
pub struct Application {
    /// Company and representative.
    pub applicant: Applicant,
    /// The representative's card.
    pub card: ApplicantCard,
    /// *Pregunta Secreta*.
    pub question: Clean,
    /// *Respuesta Secreta*, folded.
    pub answer: Answer,
    /// *Dirección de Empresa*.
    pub address: Address,
    /// The company's mailbox.
    pub email: Email,
    /// *Teléfono*.
    pub phone: Phone,
    /// *Fax*.
    pub fax: Option<Phone>,
    /// *Celular*; keys may go there by SMS.
    pub representative_mobile: Mobile,
    /// The representative's own mailbox.
    pub representative_email: Email,
    /// The clave that will be in use.
    pub clave: Clave,
}

/// The registry says that this person represents this company. Only the desk makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct RepresentativeValidated {
    company: Rut,
    representative: Rut,
}

impl RepresentativeValidated {
    /// The registry answered that they represent it.
    pub(crate) fn proved_by_register(company: Rut, representative: Rut) -> Self {
        RepresentativeValidated { company, representative }
    }

    /// Whom it is about.
    pub fn company(&self) -> Rut {
        self.company
    }

    /// Who represents it.
    pub fn representative(&self) -> Rut {
        self.representative
    }
}

/// Moreover the card is theirs and valid. Only the desk makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct CardValidated {
    company: Rut,
    representative: Rut,
    ending: Id,
}

impl CardValidated {
    /// The registry answered that the representative's card is valid. `ending` is the keyed hash of its
    /// last symbols.
    pub(crate) fn proved_by_register(company: Rut, representative: Rut, ending: Id) -> Self {
        CardValidated { company, representative, ending }
    }

    /// The keyed hash of holder and last four symbols, for members of staff to be compared with (T6).
    pub fn ending(&self) -> Id {
        self.ending
    }

    /// Whom it is about.
    pub fn company(&self) -> Rut {
        self.company
    }

    /// Who represents it.
    pub fn representative(&self) -> Rut {
        self.representative
    }
}

/// The secret answer is the company's, and whom it stands for represents it still (E1). Only the desk
/// makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerProved {
    company: Rut,
    /// For which what was typed was right: nothing is sent on the strength of an answer that is on file
    /// no more.
    on: Digest,
}

impl AnswerProved {
    /// What was typed gave the digest that is kept.
    pub(crate) fn proved_by_digest(company: Rut, on: Digest) -> Self {
        AnswerProved { company, on }
    }

    /// Whose answer it is.
    pub fn company(&self) -> Rut {
        self.company
    }

    /// For which what was typed was right.
    pub fn on(&self) -> &Digest {
        &self.on
    }
}

/// The clave is the company's. Only the desk makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaveProved {
    company: Rut,
    /// Who typed it and represents the company.
    representative: Rut,
    kind: ClaveKind,
    /// The recovery whose sent key it was, if it was one.
    by: Option<Id>,
    /// For which what was typed was right: nothing is changed on the strength of a clave that is on file
    /// no more.
    on: Digest,
    /// The account's version at the time. If the account has changed and holds the new clave, the
    /// change was already saved and is being asked for again.
    version: u64,
    /// What the new clave must not contain (S2).
    known: KnownWords,
}

impl ClaveProved {
    /// What was typed gave the digest that is kept.
    pub(crate) fn proved_by_digest(
        (company, representative): (Rut, Rut),
        (kind, by, on): (ClaveKind, Option<Id>, Digest),
        version: u64,
        known: KnownWords,
    ) -> Self {
        ClaveProved { company, representative, kind, by, on, version, known }
    }

    /// Whose clave it is.
    pub fn company(&self) -> Rut {
        self.company
    }

    /// Who typed it, and represents the company.
    pub fn representative(&self) -> Rut {
        self.representative
    }

    /// The recovery whose sent clave it was, if it was one.
    pub fn by(&self) -> Option<Id> {
        self.by
    }

    /// For which what was typed was right.
    pub fn on(&self) -> &Digest {
        &self.on
    }

    /// The account's version when it was proved.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// A sent key opens *choose your own* and nothing else (S7).
    pub fn kind(&self) -> ClaveKind {
        self.kind
    }

    /// What the new clave must not contain (S2).
    pub fn known(&self) -> &KnownWords {
        &self.known
    }
}

/// Where a clave comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaveKind {
    /// The owner chose it.
    Own,
    /// It was sent, and only opens *choose your own* (S7).
    Sent,
}

/// A request that waits for the code from a mailbox (S8). Only the desk makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct AwaitingCode {
    proof: Id,
    /// On the receipt, and shown while waiting.
    folio: Folio,
}

impl AwaitingCode {
    /// The request is kept under this id, and its code is on its way.
    pub(crate) fn recorded(proof: Id, folio: Folio) -> Self {
        AwaitingCode { proof, folio }
    }

    /// Under which the request is kept.
    pub fn proof(&self) -> Id {
        self.proof
    }

    /// On the receipt, and shown while waiting.
    pub fn folio(&self) -> Folio {
        self.folio
    }
}
