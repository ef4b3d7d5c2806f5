//! What staff may ask of the world once they have signed in, and what it answers. Nothing here can
//! carry a secret of the person whom they help.

use std::time::Duration;

use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::errand::{AttemptOutcome, ErrandKind, ErrandState};
use crate::domain::folio::Folio;
use crate::domain::recovery::RecoveryState;
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::staff::{Act, Role};
use crate::domain::visits::{Road, Stage};
use crate::effect::AwaitingCode;
use crate::effect::requests::{RequestAct, RequestReply};

/// Somebody on the staff signed in at this terminal, for this visit. Only the desk makes one, and
/// takes no other.
#[derive(Clone, Debug, PartialEq)]
pub struct StaffSession {
    pub(crate) id: Id,
    pub(crate) name: Clean,
    pub(crate) role: Role,
    /// Their account; a PIN of the settings has none.
    pub(crate) account: Option<Id>,
}

impl StaffSession {
    pub fn name(&self) -> &Clean {
        &self.name
    }

    pub fn role(&self) -> Role {
        self.role
    }

    pub fn may(&self, act: Act) -> bool {
        self.role.may(act)
    }
}

/// Staff saw the card of the representative on file while no register answered. It opens the way
/// to the address on file and to no other. Only the desk makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct VouchedOnFile {
    pub(crate) company: Rut,
}

/// What staff look for.
#[derive(Clone, Debug, PartialEq)]
pub enum Sought {
    Company(Rut),
    Folio(Folio),
}

/// One act of staff.
#[derive(Clone, Debug, PartialEq)]
pub enum StaffAct {
    /// Why was this person refused?
    SeeRefusal,
    /// In place of the letters; also opens a terminal that too many tries locked (S11).
    WaiveChallenge,
    /// A company need not wait any more (S10).
    Unblock(Rut),
    /// The card was seen: the key goes to the new address at once (S8).
    WitnessCard(AwaitingCode),
    /// The card was seen, and no register answers.
    VouchUnchecked {
        company: Rut,
        representative: Rut,
    },
    SeeCompany(Sought),
    SeeOutbox,
    RetryMessage(Id),
    SeeFigures,
    /// About facilitators' requests.
    Request(RequestAct),
}

impl StaffAct {
    /// The line of the table of roles that it needs.
    pub fn needs(&self) -> Act {
        match self {
            StaffAct::SeeRefusal => Act::SeeRefusal,
            StaffAct::WaiveChallenge => Act::WaiveChallenge,
            StaffAct::Unblock(_) => Act::Unblock,
            StaffAct::WitnessCard(_) => Act::WitnessCard,
            StaffAct::VouchUnchecked { .. } => Act::VouchUnchecked,
            StaffAct::SeeCompany(_) => Act::SeeCompany,
            StaffAct::SeeOutbox => Act::SeeOutbox,
            StaffAct::RetryMessage(_) => Act::RetryMessage,
            StaffAct::SeeFigures => Act::SeeFigures,
            StaffAct::Request(RequestAct::List { .. } | RequestAct::See(_) | RequestAct::Export(_)) => {
                Act::SeeRequests
            }
            StaffAct::Request(RequestAct::Approve(..) | RequestAct::Refuse(_) | RequestAct::Withdraw(_)) => {
                Act::DecideRequest
            }
        }
    }
}

/// An act, by whom, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct StaffOrder {
    pub session: StaffSession,
    pub act: StaffAct,
    pub reason: Clean,
    /// How long the visit has lasted: what went before it is not theirs to see.
    pub visit: Duration,
}

#[derive(Clone, Debug, PartialEq)]
pub enum StaffReply {
    SignedIn(StaffSession),
    /// Name, password or code: never which.
    SignInWrong,
    /// The session is over: signed out, ended, or another visit's.
    SessionOver,
    /// Not for this role, or about a company of their own.
    NotAllowed,
    Done,
    /// The last refusal of this visit, as it is on record.
    RefusalTold(Option<(Action, Outcome)>),
    /// On to the address on file, which is shown masked.
    Vouched {
        vouched: VouchedOnFile,
        masked_email: Clean,
    },
    /// No register was down in this visit: it is to be asked.
    RegistersAnswer,
    CompanySeen(Box<CompanySeen>),
    /// Nothing is held under that RUT or folio.
    NothingHeld,
    OutboxSeen(Vec<MessageSeen>),
    FiguresSeen(Box<Figures>),
    Request(RequestReply),
}

/// A company as staff see it: whom it is about, and nothing that opens it.
#[derive(Clone, Debug, PartialEq)]
pub struct CompanySeen {
    pub company: Rut,
    pub name: Clean,
    pub masked_representative: Clean,
    pub masked_email: Clean,
    pub masked_mobile: Clean,
    pub has_question: bool,
    /// The day in Chile on which the account was made.
    pub created: Clean,
    /// Failed tries that count now.
    pub failures: u32,
    /// The recoveries of late, the newest last.
    pub recoveries: Vec<(Folio, RecoveryState)>,
    /// How many requests for facilitators' keys are kept.
    pub requests: u32,
}

/// A message of the outbox, without what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct MessageSeen {
    pub id: Id,
    pub kind: ErrandKind,
    pub masked_to: Clean,
    pub state: ErrandState,
    pub folio: Folio,
    pub last: Option<AttemptOutcome>,
}

/// How the visits of today went.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    pub visits: u32,
    pub completed: u32,
    pub only_looked: u32,
    pub average_minutes: u32,
    /// The most frequent first.
    pub abandoned: Vec<(Road, Stage, u32)>,
    pub refused: Vec<(Outcome, u32)>,
}
