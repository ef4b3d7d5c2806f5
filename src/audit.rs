//! Who did what, when, and how it ended (S23): closed words only, so that no row can hold a
//! secret or an address, but for the reason that staff or an operator give. A row holds the true
//! outcome, which the person at the kiosk never sees.
//!
//! Rows are sealed, and the store chains each to the one before by HMAC. All enums here are
//! stored: new words go to the end, and none is taken away.

mod chain;
mod found;
mod line;

use serde::{Deserialize, Serialize};

use crate::courier::errand::AttemptOutcome;
use crate::domain::account::Channel;
use crate::domain::clean::Clean;
use crate::domain::folio::Folio;
use crate::registry::{CallEnd, Operation};
use crate::vault::Pseudonym;

pub use chain::{Break, Verifier, verify};
pub use found::Found;
pub use line::json_line;

/// Who acted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The person at the kiosk.
    Person,
    /// A member of staff, by the name of their login.
    Staff(Clean),
    Courier,
    /// The kiosk itself.
    Kiosk,
    /// Somebody at the command line.
    Operator,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    StartUp,
    LookUpCompany,
    LookUpRepresentative,
    CheckRepresentative,
    CheckCard,
    CheckAnswer,
    CheckClave,
    CheckCode,
    CreateAccount,
    RequestRecovery,
    MintKey,
    MintCode,
    SendMessage,
    ChangeClave,
    UpgradeDigest,
    Undo,
    ProveAddress,
    WitnessCard,
    VouchForPerson,
    CallStaff,
    /// A call to another State body (DS 12/2023); the outcome says which, and how it ended.
    RegistryCall,
    Unblock,
    LimitHit,
    ClockJump,
    /// A record that can't be read was set aside.
    SetAside,
    /// A record came to the end of its life (S15).
    Erase,
    BackUp,
    /// A backup took the store's place.
    Restore,
    /// A message that failed or came too late is to be tried again.
    RetryMessage,
    /// A registration was kept until the registry answers.
    KeepApplication,
    /// The registry was asked about it.
    CheckApplication,
    /// Another code was asked for.
    SendCodeAgain,
    /// A message was ended before it was sent.
    DropMessage,
    /// A company's data were shown to whoever has its key.
    ReadData,
    ChangeData,
    SendCopy,
    RequestErasure,
    CancelErasure,
    /// All that was kept of a company went.
    EraseCompany,
    /// An operator looked at a company's data, or took a copy.
    ShowData,
    ExportData,
    /// An account for somebody on the staff; the note says who.
    AddStaff,
    DisableStaff,
    ResetStaff,
    SignIn,
    SignOut,
    /// Staff looked at why the person was refused.
    SeeRefusal,
    /// Staff saw the card of whom no register could confirm.
    VouchUnchecked,
    /// Staff looked at what is held of a company, masked.
    SeeCompany,
    SeeOutbox,
    SeeFigures,
    /// A company asked for a facilitator's key.
    RequestFacilitator,
    /// The declaration was handed out.
    HandOutDeclaration,
    ApproveRequest,
    RefuseRequest,
    WithdrawRequest,
    LookUpRequest,
    CheckFacilitatorKey,
    ChangeFacilitatorKey,
    /// Somebody who typed a company's RUT was shown its secret question, or one made up.
    BeginRecovery,
    /// Staff looked at a page of facilitators' requests, masked.
    SeeRequests,
    /// The same, at one of them.
    SeeRequest,
    /// A request's documents were laid out for viewing.
    ExportDocuments,
    /// They were removed.
    EndViewing,
    /// The store was sealed with new keys; the note says what the chain before ended in.
    ChangeKeys,
    /// Rows came to the end of their life; the note says which.
    CutAudit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Done,
    Right,
    Wrong,
    /// The company has no account; the person was told what anyone is told (S9).
    NoAccount,
    /// The company has an account already.
    Already,
    /// Must wait after failed tries (S10).
    MustWait,
    /// The terminal needs a staff PIN (S11).
    TerminalLocked,
    /// Too late, used, or tried too often.
    Dead,
    Found(Found),
    /// A message was tried on this channel.
    Attempt {
        channel: Channel,
        outcome: AttemptOutcome,
    },
    /// A message was not sent, and never will be.
    Expired(Channel),
    Dropped(Channel),
    Cancelled(Channel),
    /// The store could not save.
    StoreDown,
    Damaged,
    /// How a call to another State body ended, whatever it said.
    Called {
        operation: Operation,
        end: CallEnd,
    },
    /// This role may not do it, or it is about themself.
    NotAllowed,
}

/// One row of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// UTC, in milliseconds since 1970.
    pub at_ms: u64,
    pub terminal: Clean,
    pub actor: Actor,
    pub action: Action,
    pub outcome: Outcome,
    pub folio: Option<Folio>,
    /// The company that it was about.
    pub subject: Option<Pseudonym>,
    /// Why, in the words of whoever acted: sealed like the rest of the row.
    pub note: Option<Clean>,
}

impl Entry {
    pub fn new(at_ms: u64, terminal: &Clean, actor: Actor, action: Action, outcome: Outcome) -> Self {
        Entry {
            at_ms,
            terminal: terminal.clone(),
            actor,
            action,
            outcome,
            folio: None,
            subject: None,
            note: None,
        }
    }

    pub fn about(self, subject: Pseudonym) -> Self {
        Entry { subject: Some(subject), ..self }
    }

    pub fn noted(self, note: &Clean) -> Self {
        Entry { note: Some(note.clone()), ..self }
    }

    pub fn under(self, folio: Folio) -> Self {
        Entry { folio: Some(folio), ..self }
    }

    pub fn because(self, reason: &Clean) -> Self {
        Entry { note: Some(reason.clone()), ..self }
    }
}
