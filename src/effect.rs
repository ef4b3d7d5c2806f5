//! Everything the kiosk may ask of the world, and everything the world may answer: two closed sets.
//! An effect carries only parsed values, and the proofs that earlier steps earned.

mod data;
pub mod facilitator;
mod proof;
mod reply;
pub mod requests;
pub mod settlement;
mod staff;

use std::time::Duration;

use crate::domain::answer::Answer;
use crate::domain::cedula::Serial;
use crate::domain::clave::Clave;
use crate::domain::clean::Clean;
use crate::domain::email::Email;
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::domain::staff::StaffPin;
use crate::domain::visits::VisitEnding;
use facilitator::FacilitatorEffect;
use settlement::SettlementEffect;

pub use data::{DataChange, OnFile, Outgoing, SentTo, ToProve};
pub use proof::{
    AnswerProved, Applicant, ApplicantCard, Application, AwaitingCode, CardValidated, Claim, ClaveKind,
    ClaveProved, OpenCompany, RepresentativeValidated, Representing,
};
pub use reply::{
    HeldUntil, LastAsked, MobileProof, OfficeAway, Proved, Refusal, Registered, Reply, TriesLeft, UndoOver,
    Undoing, Witnesses,
};
pub use staff::{
    CompanySeen, FIGURES_KEPT_DAYS, Figures, KeySeen, MessageSeen, RecoverySeen, RefusedCard, Sought,
    StaffAct, StaffOrder, StaffReply, StaffSession, VouchedOnFile,
};

/// The number of a visit's effect. A reply under any other number than the awaited one is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// An effect under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// Names the reply that is awaited.
    pub ticket: Ticket,
    /// What is asked.
    pub effect: Effect,
    /// In which the messages that it causes are written.
    pub language: Language,
}

/// What the kiosk asks of the world: an imperative each.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Four new letters for the challenge.
    DrawChallenge,
    /// Registration: does SII know this company?
    LookUpCompany(Rut),
    /// Registration: does this person represent the company, and what is their name?
    LookUpRepresentative {
        /// Found to be active.
        company: OpenCompany,
        /// Whom SII is asked about.
        representative: Rut,
    },
    /// Registration: is this the representative's card (T1)?
    CheckApplicantCard {
        /// Which company.
        company: Rut,
        /// Whose card it should be.
        representative: Rut,
        /// As it was typed or scanned.
        serial: Serial,
    },
    /// *Crear Cuenta* (guide 2).
    CreateAccount(Box<Application>),
    /// *Terminar mi registro*: a fresh code for the application of this receipt (T1).
    ResumeApplication(Folio),
    /// The code that was mailed to a new address (S8).
    CheckCode {
        /// What waits for it.
        awaiting: AwaitingCode,
        /// As it was typed.
        code: Secret,
    },
    /// *Enviar otro código*
    SendCodeAgain {
        /// What waits for it.
        awaiting: AwaitingCode,
    },
    /// Recovery: what is this company's question (guide 3)?
    BeginRecovery(Rut),
    /// Recovery: is this the answer (guide 3.3)? It is told before any letters are asked for.
    CheckAnswer {
        /// Whose clave is recovered.
        company: Rut,
        /// As it was typed, folded.
        answer: Answer,
    },
    /// *Recuperar Clave* with the answer (guide 3.3).
    RecoverWithAnswer {
        /// Proves it.
        proved: AnswerProved,
    },
    /// Recovery: does this person represent the company (guide 3.1 (5))?
    CheckRepresentative {
        /// Whose clave is recovered.
        company: Rut,
        /// Whom SII is asked about.
        representative: Rut,
    },
    /// Recovery: is this their card (guide 3.1 (6))?
    CheckCard {
        /// Whose card it should be.
        representative: RepresentativeValidated,
        /// As it was typed or scanned.
        serial: Serial,
    },
    /// *Recuperar Clave* to the address on file (guide 3.1, 3.2).
    RecoverWithCard {
        /// Proves both.
        card: CardValidated,
    },
    /// *Recuperar Clave* to another address (S8).
    RecoverToNewAddress {
        /// Proves both.
        card: CardValidated,
        /// Where the key should go; it is proved by a code first.
        email: Email,
    },
    /// Change: is this their clave (guide 4 (4))?
    CheckClave {
        /// Whose clave it should be.
        company: Rut,
        /// Whom SII is asked about.
        representative: Rut,
        /// As it was typed: the one in use, or a sent key.
        clave: Secret,
    },
    /// *Cambiar Clave* (guide 4).
    ChangeClave {
        /// The one in use was typed.
        proved: ClaveProved,
        /// The one that will be in use.
        clave: Clave,
    },
    /// *Actualizar datos*: what is on file?
    ReadData(ClaveProved),
    /// *Actualizar datos*: does this other person represent the company?
    CheckNewRepresentative(ClaveProved, Rut),
    /// *Guardar cambios*. Leaves what it doesn't name as it is.
    SaveData(ClaveProved, Box<DataChange>),
    /// *Mis datos*: a copy by mail.
    SendCopy(ClaveProved),
    /// *Mis datos*: forget this company, after a hold.
    RequestErasure(ClaveProved),
    /// *Mis datos*: don't forget it after all.
    TakeErasureBack(ClaveProved),
    /// *No fui yo*: the code from a notice (S7).
    Undo {
        /// Whose account was changed.
        company: Rut,
        /// As it was typed.
        code: Secret,
    },
    /// Staff vouch for the person by a PIN, in place of the letters that are on the screen (T8).
    VouchForPerson {
        /// Number and PIN of the member of staff.
        pin: StaffPin,
        /// Why, for the record.
        reason: Clean,
    },
    /// F2: call staff to this terminal.
    CallStaff,
    /// Staff sign in with an account (S18).
    SignIn {
        /// Of the account.
        name: Clean,
        /// As it was typed.
        password: Secret,
        /// From the member's telephone (RFC 6238).
        code: Secret,
    },
    /// A member of staff acts, and says why.
    Staff(Box<StaffOrder>),
    /// A member of staff leaves.
    SignOut {
        /// What ends.
        session: Box<StaffSession>,
    },
    /// *Recuperar Clave* to the address on file, because staff vouched for the person.
    RecoverVouched {
        /// By whom and for what.
        vouched: VouchedOnFile,
    },
    /// The visit is over; nobody waits for the answer.
    EndVisit {
        /// How it went; `None` if only staff used it.
        ending: Option<VisitEnding>,
        /// From the first key press to the end.
        lasted: Duration,
        /// What ends with it.
        session: Option<Box<StaffSession>>,
    },
    /// A facilitator's request, and what follows from it.
    Facilitator(FacilitatorEffect),
    /// The account is given to the representative before two members of staff (T6).
    Settlement(SettlementEffect),
}

impl Effect {
    /// The RUT whose tries it counts (S10), for staff to end their wait; `None` if it counts none.
    pub fn company(&self) -> Option<Rut> {
        match self {
            Effect::LookUpRepresentative { company, .. } => Some(company.rut()),
            Effect::CheckAnswer { company, .. }
            | Effect::CheckRepresentative { company, .. }
            | Effect::CheckClave { company, .. }
            | Effect::Undo { company, .. } => Some(*company),
            Effect::CheckApplicantCard { company, .. } => Some(*company),
            Effect::CheckCard { representative, .. } => Some(representative.company()),
            Effect::CheckNewRepresentative(proved, _) => Some(proved.company()),
            Effect::Facilitator(effect) => effect.counted_rut(),
            Effect::DrawChallenge
            | Effect::LookUpCompany(_)
            | Effect::CreateAccount(_)
            | Effect::ResumeApplication(_)
            | Effect::CheckCode { .. }
            | Effect::SendCodeAgain { .. }
            | Effect::BeginRecovery(_)
            | Effect::RecoverWithAnswer { .. }
            | Effect::RecoverWithCard { .. }
            | Effect::RecoverToNewAddress { .. }
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
            | Effect::Settlement(_)
            | Effect::EndVisit { .. } => None,
        }
    }
}
