//! Everything the kiosk may ask of the world, and everything the world may answer: two closed
//! sets. An effect carries parsed values only, and the proofs that the steps before it earned.

mod data;
pub mod facilitator;
pub mod phone;
mod proof;
mod staff;

use std::time::Duration;

use crate::domain::answer::Answer;
use crate::domain::cedula::Serial;
use crate::domain::clave::Clave;
use crate::domain::clean::Clean;
use crate::domain::email::Email;
use crate::domain::folio::Folio;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::domain::visits::Ending;
use crate::registry::Service;
use crate::text::Language;
use facilitator::{FacilitatorEffect, FacilitatorReply};

pub use data::{DataChange, OnFile, SentTo, ToProve};
pub use proof::{
    Applicant, Application, AwaitingCode, CardValidated, Claim, ClaveKind, ClaveProved, OpenCompany,
    RepresentativeValidated, Representing,
};
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
    DataRead(Box<OnFile>),
    /// The account is not what it was when the key was proved.
    DataStale,
    /// Too much was changed lately: each change must stay undoable.
    DataLimit,
    DataSaved {
        folio: Folio,
        to_prove: Vec<ToProve>,
    },
    CopySent {
        folio: Folio,
        sent_to: SentTo,
    },
    ErasureAsked {
        folio: Folio,
    },
    ErasureTakenBack {
        folio: Folio,
    },
    Undone {
        folio: Folio,
    },
    /// Whose PIN it was is here now.
    PinRight(StaffSession),
    PinWrong,
    StaffCalled,
    /// To staff alone.
    Staff(StaffReply),
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
    /// It took the place of the one on file.
    Contact,
}
