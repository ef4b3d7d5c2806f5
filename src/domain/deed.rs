//! What was done and how it ended, in closed words: for the audit log, for staff and for the figures
//! of a day. Stored: new words go to the end, and none is taken away.

use serde::{Deserialize, Serialize};

use super::errand::AttemptOutcome;
use super::found::Found;
use super::register::{CallEnd, Operation};
use crate::domain::destination::Channel;

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
