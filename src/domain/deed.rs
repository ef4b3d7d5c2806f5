//! What was done and how it ended, as closed sets of words for the audit log, for staff and for the
//! day's figures. Stored: new words go to the end, and none is removed.

use serde::{Deserialize, Serialize};

use super::errand::AttemptOutcome;
use super::found::Found;
use super::register::{CallEnd, Operation};
use crate::domain::destination::Channel;

/// What was done. A row of the audit log holds one (S23).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// A kiosk started.
    StartUp,
    /// SII was asked about a company, to register it.
    LookUpCompany,
    /// SII was asked about a representative, to register them.
    LookUpRepresentative,
    /// SII was asked whether this person represents the company.
    CheckRepresentative,
    /// Registro Civil was asked about a card.
    CheckCard,
    /// A secret answer was compared.
    CheckAnswer,
    /// A clave was compared, the owner's or a sent one.
    CheckClave,
    /// A mailed code was compared.
    CheckCode,
    /// *Crear Cuenta*.
    CreateAccount,
    /// *Recuperar Clave* was accepted (S5).
    RequestRecovery,
    /// The courier made a clave to send (S6).
    #[serde(rename = "mint_key")]
    MintClave,
    /// The courier made a code to send (S8).
    MintCode,
    /// The courier tried to send a message.
    SendMessage,
    /// *Cambiar Clave*.
    ChangeClave,
    /// A digest was made again with today's costs, at a right use (S1).
    UpgradeDigest,
    /// A notice's code undid something (S7).
    Undo,
    /// A mailed code proved an address (S8).
    ProveAddress,
    /// Staff confirmed a card, so that a clave goes out at once (S8).
    WitnessCard,
    /// Staff stood in for the letters.
    VouchForPerson,
    /// F2, or the button for help.
    CallStaff,
    /// A call to another State body (DS 12/2023); the outcome says which, and how it ended.
    RegistryCall,
    /// Staff ended a company's wait (S10).
    Unblock,
    /// A limit stopped somebody (S10, S11).
    LimitHit,
    /// The clock moved by more than 5 minutes (S12).
    ClockJump,
    /// A record that can't be read was set aside.
    SetAside,
    /// A record came to the end of its life (S15).
    Erase,
    /// A backup was made.
    BackUp,
    /// A backup took the store's place.
    Restore,
    /// A message that failed or expired is to be tried again.
    RetryMessage,
    /// A registration was kept until the registry answers.
    KeepApplication,
    /// The registry was asked about a kept registration.
    CheckApplication,
    /// Another code was asked for.
    SendCodeAgain,
    /// A message was withdrawn before it was sent.
    DropMessage,
    /// A company's data were shown to a person who has its clave.
    ReadData,
    /// *Guardar cambios*.
    ChangeData,
    /// A copy of a company's data was mailed to it.
    SendCopy,
    /// A company asked to be forgotten.
    RequestErasure,
    /// It took that back.
    CancelErasure,
    /// All that was kept of a company was erased.
    EraseCompany,
    /// An operator looked at a company's data.
    ShowData,
    /// An operator took a copy of a company's data.
    ExportData,
    /// A staff account was made; the note says for whom.
    AddStaff,
    /// A staff account was closed.
    DisableStaff,
    /// A staff account got a new password and TOTP secret.
    ResetStaff,
    /// A member of staff signed in (S18).
    SignIn,
    /// A member of staff signed out, or the session ended.
    SignOut,
    /// Staff looked at why the person was refused.
    SeeRefusal,
    /// Staff vouched for a card that no register could confirm.
    VouchUnchecked,
    /// Staff looked at what is held of a company, masked.
    SeeCompany,
    /// Staff looked at the outbox, masked.
    SeeOutbox,
    /// Staff looked at the figures of the day.
    SeeFigures,
    /// A company asked for a facilitator's clave.
    RequestFacilitator,
    /// The declaration was handed out.
    HandOutDeclaration,
    /// A member of staff approved a facilitator's request.
    ApproveRequest,
    /// A member of staff refused one.
    RefuseRequest,
    /// The company took one back.
    WithdrawRequest,
    /// *Estado de mi solicitud*.
    LookUpRequest,
    /// A facilitator's clave was compared.
    #[serde(rename = "check_facilitator_key")]
    CheckFacilitatorClave,
    /// A facilitator chose a clave.
    #[serde(rename = "change_facilitator_key")]
    ChangeFacilitatorClave,
    /// Somebody typed a company's RUT and was shown its secret question, or an invented one (S9).
    BeginRecovery,
    /// Staff looked at a page of facilitators' requests, masked.
    SeeRequests,
    /// Staff looked at one facilitator's request, masked.
    SeeRequest,
    /// A request's documents were laid out for viewing, as pages.
    ExportDocuments,
    /// Those documents were removed.
    EndViewing,
    /// The store was sealed with new keys; the note holds the last link of the chain before.
    ChangeKeys,
    /// Rows of the audit log reached the end of their life (S15); the note says which.
    CutAudit,
    /// A notice's code froze an account (T4a).
    Freeze,
    /// Two members of staff gave an account to the representative before them (T6).
    Settle,
    /// An application became an account, or a recovery of one (T1).
    FinishApplication,
    /// *Terminar mi registro* was asked for (T1).
    ResumeApplication,
    /// A request's documents were laid out for viewing as they are, rather than as pages.
    ExportDocumentFiles,
    /// A member of staff typed another code, for an act that takes a fresh one (T8).
    TypeCodeAgain,
    /// Staff ended a terminal's lock (S11).
    UnlockTerminal,
    /// An operator ended a wait or a lock (T9); the note says whose and why.
    Unlock,
    /// A member of staff saw person and card, and opened a settlement (T6).
    OpenDispute,
    /// Another one, or the operator, saw them too (T6).
    ConfirmDispute,
    /// A look at the settlements under way (T6).
    SeeDisputes,
    /// A store that is not the newest was taken as it is (T13); the note says what it lacks and why.
    AdoptStore,
    /// An empty store was begun where one was noted and is gone (T13); the note says why.
    BeginStore,
    /// Somebody vouched for the wall clock, which had jumped or fallen behind (T12); the note says from when
    /// to when.
    AcceptClock,
    /// A member of staff took a card that the register calls expired, with person and card before them; the
    /// note says what keeps it valid.
    AcceptCard,
    /// A member of staff saw person, card and the papers of a company that is on no list yet, and opened a
    /// settlement (T6); the note says which papers.
    OpenUnlisted,
}

/// How a deed ended. A row of the audit log holds one (S23).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was carried out.
    Done,
    /// What was compared agreed.
    Right,
    /// What was compared didn't agree.
    Wrong,
    /// The company has no account; the person was told what anyone is told (S9).
    NoAccount,
    /// The company has an account already.
    Already,
    /// Refused: a wait after failed tries still runs (S10).
    MustWait,
    /// Refused: the terminal is locked (S11).
    TerminalLocked,
    /// The code or key was too late, used, or tried too often.
    Dead,
    /// What the register said.
    Found(Found),
    /// A message was tried.
    Attempt {
        /// By which way.
        channel: Channel,
        /// How the attempt ended.
        outcome: AttemptOutcome,
    },
    /// A message was not sent in time, and never will be.
    Expired(Channel),
    /// A message was one too many for its address (S11).
    Dropped(Channel),
    /// A message was about something that was undone meanwhile.
    Cancelled(Channel),
    /// The store could not save.
    StoreDown,
    /// A record could not be read.
    Damaged,
    /// How a call to another State body ended, whatever its answer was.
    Called {
        /// What was asked, and of whom.
        operation: Operation,
        /// Whether an answer came.
        end: CallEnd,
    },
    /// This role may not do it, or it concerns the member's own company.
    NotAllowed,
}
