//! Everything the kiosk may ask of the world, and everything the world may answer: two closed
//! sets. An effect carries parsed values only, and the proofs that the steps before it earned.

mod data;
pub mod facilitator;
mod proof;
mod reply;
pub mod requests;
mod staff;

use std::time::Duration;

use crate::domain::answer::Answer;
use crate::domain::cedula::Serial;
use crate::domain::clave::Clave;
use crate::domain::clean::Clean;
use crate::domain::email::Email;
use crate::domain::language::Language;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::domain::visits::Ending;
use facilitator::FacilitatorEffect;

pub use data::{DataChange, OnFile, SentTo, ToProve};
pub use proof::{
    Applicant, Application, AwaitingCode, CardValidated, Claim, ClaveKind, ClaveProved, OpenCompany,
    RepresentativeValidated, Representing,
};
pub use reply::{Proved, Refusal, Reply, Undoing};
pub use staff::{
    CompanySeen, Figures, MessageSeen, Sought, StaffAct, StaffOrder, StaffReply, StaffSession, VouchedOnFile,
};

/// The number of a visit's effect; a reply under any other than the awaited one is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket(pub u64);

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
        reason: Clean,
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
    /// *Actualizar datos*: what is on file?
    ReadData(ClaveProved),
    /// Does this other person represent the company?
    CheckNewRepresentative(ClaveProved, Rut),
    /// *Guardar cambios*
    SaveData(ClaveProved, Box<DataChange>),
    /// *Mis datos*: a copy by mail.
    SendCopy(ClaveProved),
    RequestErasure(ClaveProved),
    TakeErasureBack(ClaveProved),
    /// *No fui yo*: the code from a notice.
    Undo {
        company: Rut,
        code: Secret,
    },
    /// Staff vouch for a person: in place of the challenge, or for a company that has to wait.
    VouchForPerson {
        pin: Secret,
        reason: Clean,
        blocked: Option<Rut>,
    },
    /// F2: light the line to staff.
    CallStaff,
    /// Staff sign in with an account (S18).
    SignIn {
        name: Clean,
        password: Secret,
        code: Secret,
    },
    /// Staff do something, and say why.
    Staff(Box<StaffOrder>),
    SignOut {
        session: Box<StaffSession>,
    },
    /// *Recuperar Clave* to the address on file, on the word of staff.
    RecoverVouched {
        vouched: VouchedOnFile,
    },
    /// A visit is over; nobody waits for the answer.
    EndVisit {
        /// How it went, unless it was staff's own.
        ending: Option<Ending>,
        lasted: Duration,
        session: Option<Box<StaffSession>>,
    },
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
            Effect::CheckNewRepresentative(proved, _) => Some(proved.company),
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
            | Effect::ReadData(_)
            | Effect::SaveData(..)
            | Effect::SendCopy(_)
            | Effect::RequestErasure(_)
            | Effect::TakeErasureBack(_)
            | Effect::VouchForPerson { .. }
            | Effect::CallStaff
            | Effect::SignIn { .. }
            | Effect::Staff(_)
            | Effect::SignOut { .. }
            | Effect::RecoverVouched { .. }
            | Effect::EndVisit { .. } => None,
        }
    }
}
