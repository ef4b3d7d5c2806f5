//! Everything the kiosk may ask of the world, and everything the world may answer: two closed
//! sets. An effect carries parsed values only, and the proofs that the steps before it earned.

pub mod facilitator;

use std::time::Duration;

use crate::domain::account::Address;
use crate::domain::answer::Answer;
use crate::domain::cedula::Serial;
use crate::domain::clave::{Clave, KnownWords};
use crate::domain::clean::Clean;
use crate::domain::email::Email;
use crate::domain::folio::Folio;
use crate::domain::phone::{Mobile, Phone};
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::registry::Service;
use crate::store::Id;
use crate::text::Language;
use facilitator::{FacilitatorEffect, FacilitatorReply};

/// The number of a visit's effect; a reply under any other than the awaited one is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket(pub u64);

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

/// An effect on its way: under which ticket, and in which language its messages are to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub ticket: Ticket,
    pub effect: Effect,
    pub language: Language,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Four new letters for the challenge.
    DrawLetters,
    /// Registration: is there such a company?
    LookUpCompany(Rut),
    /// Registration: does this person represent it, and what is their name?
    LookUpRepresentative {
        company: OpenCompany,
        representative: Rut,
    },
    /// *Crear Cuenta*
    CreateAccount(Box<Application>),
    /// The code that was mailed to a new address.
    CheckCode {
        awaiting: AwaitingCode,
        code: Secret,
    },
    /// *Enviar otro código*
    SendCodeAgain {
        awaiting: AwaitingCode,
    },
    /// Recovery: which question belongs to this company?
    BeginRecovery(Rut),
    /// *Recuperar Clave* with the answer (guide 3.3).
    RecoverWithAnswer {
        company: Rut,
        answer: Answer,
    },
    CheckRepresentative {
        company: Rut,
        representative: Rut,
    },
    CheckCard {
        representative: RepresentativeValidated,
        serial: Serial,
    },
    /// *Recuperar Clave* to the address on file (guide 3.1, 3.2).
    RecoverWithCard {
        card: CardValidated,
    },
    /// *Recuperar Clave* to another address (S8).
    RecoverToNewAddress {
        card: CardValidated,
        email: Email,
    },
    /// Staff saw the card: the key goes out at once instead of after a day (S8).
    WitnessCard {
        awaiting: AwaitingCode,
        pin: Secret,
    },
    CheckClave {
        company: Rut,
        representative: Rut,
        clave: Secret,
    },
    /// *Cambiar Clave*
    ChangeClave {
        proved: ClaveProved,
        clave: Clave,
    },
    /// *No fui yo*: the code from a notice.
    Undo {
        company: Rut,
        code: Secret,
    },
    /// Staff vouch for a person: in place of the challenge, or for a company that has to wait.
    VouchForPerson {
        pin: Secret,
        blocked: Option<Rut>,
    },
    /// F2: light the line to staff.
    CallStaff,
    /// A facilitator's request, and what follows from it.
    Facilitator(FacilitatorEffect),
}

impl Effect {
    /// The company whose tries it counts.
    pub fn company(&self) -> Option<Rut> {
        match self {
            Effect::LookUpRepresentative { company, .. } => Some(company.rut),
            Effect::RecoverWithAnswer { company, .. }
            | Effect::CheckRepresentative { company, .. }
            | Effect::CheckClave { company, .. }
            | Effect::Undo { company, .. } => Some(*company),
            Effect::CheckCard { representative, .. } => Some(representative.company),
            Effect::Facilitator(effect) => effect.counted_rut(),
            Effect::DrawLetters
            | Effect::LookUpCompany(_)
            | Effect::CreateAccount(_)
            | Effect::CheckCode { .. }
            | Effect::SendCodeAgain { .. }
            | Effect::BeginRecovery(_)
            | Effect::RecoverWithCard { .. }
            | Effect::RecoverToNewAddress { .. }
            | Effect::WitnessCard { .. }
            | Effect::ChangeClave { .. }
            | Effect::VouchForPerson { .. }
            | Effect::CallStaff => None,
        }
    }
}

/// Why a check did not pass, in the only words that a stranger may hear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Something does not match; never which. So many tries are left before a day's block.
    Mismatch { tries_left: u32 },
    /// Too many failures: wait so long.
    Wait(Duration),
    /// Too many failing RUTs at this terminal: a staff PIN opens it again.
    TerminalLocked,
}

/// Where a confirmation says that its messages go, masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentTo {
    pub email: Clean,
    pub mobile: Option<Clean>,
    /// In the demo world, the folder where the message can be read.
    pub demo_folder: Option<Clean>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    Letters([char; 4]),
    CompanyOpen(OpenCompany),
    CompanyClosed {
        name: Clean,
    },
    CompanyUnknown,
    RepresentativeNamed(Representing),
    /// Registration was taken, whether or not the company had a key already (S9).
    ApplicationTaken {
        awaiting: AwaitingCode,
        sent_to: SentTo,
    },
    /// The code was right; what follows is in [`Proved`].
    AddressProved(Proved),
    /// The code was wrong.
    CodeWrong {
        tries_left: u32,
    },
    /// The message with the code has not left yet: nobody can know it, and it costs no try.
    CodeNotSent,
    /// The code is too old, was used, or was tried too often.
    CodeDead,
    /// Another code is on its way, and the one before ends.
    CodeComing,
    /// The address got as many messages as it may (S11).
    CodeLimit,
    /// The company's question, or one made up for a RUT that has none (S9).
    SecretQuestion {
        question: Clean,
    },
    NoSecretQuestion,
    RepresentativeRight(RepresentativeValidated),
    /// The card is right, and the key would go to this masked address.
    CardRight {
        card: CardValidated,
        masked_email: Clean,
    },
    /// The card is right, but the company has no key yet: its place is the registration.
    CardRightNoAccount,
    /// The key is on its way.
    RecoveryTaken {
        folio: Folio,
        sent_to: SentTo,
    },
    /// A code was mailed to the new address.
    NewAddressToProve {
        awaiting: AwaitingCode,
        sent_to: SentTo,
    },
    ClaveRight(ClaveProved),
    ClaveChanged {
        folio: Folio,
    },
    /// The new key is the one in use.
    ClaveUnchanged,
    Undone {
        folio: Folio,
    },
    PinRight,
    PinWrong,
    StaffCalled,
    Refused(Refusal),
    /// A register gives no answer.
    RegistryDown(Service),
    /// The kiosk's own store can't save now; nothing was lost, nothing was done.
    StoreDown,
    Facilitator(FacilitatorReply),
}

/// What a proved address means.
#[derive(Clone, Debug, PartialEq)]
pub enum Proved {
    Registration {
        folio: Folio,
    },
    /// The key to the new address goes out after a day, unless staff confirm the card.
    Held {
        awaiting: AwaitingCode,
    },
    /// Staff confirmed: the key is on its way.
    Sending {
        folio: Folio,
        sent_to: SentTo,
    },
}
