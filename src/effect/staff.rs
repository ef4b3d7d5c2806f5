//! What staff may ask of the world once they have signed in, and what it answers. Nothing here can
//! carry a secret of the person they help.

use std::time::Duration;

use crate::domain::cedula::Serial;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::errand::{AttemptOutcome, ErrandKind, ErrandState};
use crate::domain::folio::Folio;
use crate::domain::outlook::Outlook;
use crate::domain::recovery::RecoveryState;
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::domain::staff::{Act, Role};
use crate::domain::visits::{Road, Stage};
use crate::effect::requests::{RequestAct, RequestReply};
use crate::effect::settlement::{DisputeAct, DisputeReply};
use crate::effect::{AwaitingCode, RepresentativeValidated};

/// A member of staff, signed in at this terminal for this visit. Only the desk makes one, and it
/// accepts no other.
#[derive(Clone, Debug, PartialEq)]
pub struct StaffSession {
    id: Id,
    name: Clean,
    role: Role,
    account: Id,
}

impl StaffSession {
    /// Password and code were right.
    pub(crate) fn signed_in(id: Id, name: Clean, role: Role, account: Id) -> Self {
        StaffSession { id, name, role, account }
    }

    /// Which session of this terminal.
    pub fn id(&self) -> Id {
        self.id
    }

    /// Their account.
    pub fn account(&self) -> Id {
        self.account
    }

    /// For the screen and the audit log.
    pub fn name(&self) -> &Clean {
        &self.name
    }

    /// What the table of roles is asked about.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Whether the table of roles allows this act.
    pub fn may(&self, act: Act) -> bool {
        self.role.may(act)
    }
}

/// Staff saw the card of the representative on file while no register answered. It opens the way to
/// the address on file only. Only the desk makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct VouchedOnFile {
    company: Rut,
}

impl VouchedOnFile {
    /// A member of staff whose role allows it saw the card.
    pub(crate) fn seen_by_staff(company: Rut) -> Self {
        VouchedOnFile { company }
    }

    /// Whose clave may be sent to the address on file.
    pub fn company(&self) -> Rut {
        self.company
    }
}

/// A recovery, as staff see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecoverySeen {
    /// On the person's receipt.
    pub folio: Folio,
    /// Where it stands.
    pub state: RecoveryState,
    /// What became of its messages.
    pub key: KeySeen,
}

/// What became of the messages with a recovery's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeySeen {
    /// None has left yet.
    Waits,
    /// One has left.
    Left,
    /// None left, and none will by itself.
    Failed,
}

/// A card that was refused because it expired, as the person typed it.
#[derive(Clone, Debug, PartialEq)]
pub enum RefusedCard {
    /// At *Recuperar CS*.
    OfRepresentative {
        /// Whose card it should be.
        representative: RepresentativeValidated,
        /// As it was typed or scanned.
        serial: Serial,
    },
    /// At the registration.
    OfApplicant {
        /// Which company.
        company: Rut,
        /// Whose card it should be.
        representative: Rut,
        /// As it was typed or scanned.
        serial: Serial,
    },
}

impl RefusedCard {
    /// Which company it is about, and whose card it should be.
    pub fn of(&self) -> (Rut, Rut) {
        match self {
            RefusedCard::OfRepresentative { representative, .. } => {
                (representative.company(), representative.representative())
            }
            RefusedCard::OfApplicant { company, representative, .. } => (*company, *representative),
        }
    }

    /// Its number.
    pub fn serial(&self) -> &Serial {
        match self {
            RefusedCard::OfRepresentative { serial, .. } | RefusedCard::OfApplicant { serial, .. } => serial,
        }
    }
}

/// What staff look for.
#[derive(Clone, Debug, PartialEq)]
pub enum Sought {
    /// By RUT.
    Company(Rut),
    /// By the folio of a receipt.
    Folio(Folio),
}

/// One act of staff.
#[derive(Clone, Debug, PartialEq)]
pub enum StaffAct {
    /// Why was this person refused?
    SeeRefusal,
    /// In place of the letters.
    WaiveChallenge,
    /// Tries may be made again at this terminal (S11).
    UnlockTerminal,
    /// The company need not wait any longer (S10).
    Unblock(Rut),
    /// The card was seen: the key goes to the new address at once (S8).
    WitnessCard(AwaitingCode),
    /// The card was seen, and no register answers.
    VouchUnchecked {
        /// Who asks.
        company: Rut,
        /// Whose card it is.
        representative: Rut,
    },
    /// The card was seen, and is valid although the register calls it expired.
    AcceptCard(RefusedCard),
    /// What is held of a company?
    SeeCompany(Sought),
    /// Which messages wait or failed?
    SeeOutbox,
    /// Try this message again.
    RetryMessage(Id),
    /// How did the visits go, so many days ago?
    SeeFigures {
        /// 0 is today.
        days_ago: u16,
    },
    /// About facilitators' requests.
    Request(RequestAct),
    /// About settlements (T6).
    Dispute(DisputeAct),
}

impl StaffAct {
    /// Which act of the table of roles it is.
    pub fn needs(&self) -> Act {
        match self {
            StaffAct::SeeRefusal => Act::SeeRefusal,
            StaffAct::WaiveChallenge => Act::WaiveChallenge,
            StaffAct::Unblock(_) | StaffAct::UnlockTerminal => Act::Unblock,
            StaffAct::WitnessCard(_) => Act::WitnessCard,
            StaffAct::VouchUnchecked { .. } => Act::VouchUnchecked,
            StaffAct::AcceptCard(_) => Act::AcceptCard,
            StaffAct::SeeCompany(_) => Act::SeeCompany,
            StaffAct::SeeOutbox => Act::SeeOutbox,
            StaffAct::RetryMessage(_) => Act::RetryMessage,
            StaffAct::SeeFigures { .. } => Act::SeeFigures,
            StaffAct::Request(RequestAct::List { .. } | RequestAct::See(_) | RequestAct::Export(..)) => {
                Act::SeeRequests
            }
            StaffAct::Request(RequestAct::Approve(..) | RequestAct::Refuse(_) | RequestAct::Withdraw(_)) => {
                Act::DecideRequest
            }
            StaffAct::Dispute(_) => Act::Settle,
        }
    }
}

/// An act, who does it, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct StaffOrder {
    /// Who.
    pub session: StaffSession,
    /// What.
    pub act: StaffAct,
    /// For the record (S19).
    pub reason: Clean,
    /// How long the visit has lasted; they may not see what happened before it.
    pub visit: Duration,
    /// Another code of their telephone, once the desk wanted it (T8).
    pub code: Option<Secret>,
}

/// What staff are answered.
#[derive(Clone, Debug, PartialEq)]
pub enum StaffReply {
    /// They are signed in.
    SignedIn(StaffSession),
    /// Name, password or code is wrong; never which.
    SignInWrong,
    /// The session is over: signed out, ended, or another visit's.
    SessionOver,
    /// Not for this role, or it concerns a company of their own.
    NotAllowed,
    /// The act takes a code of the last minute (T8): the same again, with one.
    CodeWanted,
    /// The code is wrong, or was used before.
    CodeWrong,
    /// It is carried out.
    Done,
    /// The last refusal of this visit, as it stands on record; `None` if there was none.
    RefusalTold(Option<(Action, Outcome)>),
    /// On to the address on file.
    Vouched {
        /// Opens the way there.
        vouched: VouchedOnFile,
        /// Where the key would go.
        masked_email: Clean,
    },
    /// No register was down in this visit: ask it.
    RegistersAnswer,
    /// They aren't the representative on file.
    NotOnFile,
    /// What is held.
    CompanySeen(Box<CompanySeen>),
    /// Nothing is held under that RUT or folio.
    NothingHeld,
    /// Those that failed first.
    OutboxSeen(Vec<MessageSeen>),
    /// How the visits of today went.
    FiguresSeen(Box<Figures>),
    /// To a facilitator's request.
    Request(RequestReply),
    /// To a settlement.
    Dispute(DisputeReply),
}

/// A company as staff see it: enough to know whom they help, nothing that opens the account.
#[derive(Clone, Debug, PartialEq)]
pub struct CompanySeen {
    /// A public number.
    pub company: Rut,
    /// *Razón Social*.
    pub name: Clean,
    /// The representative's name.
    pub masked_representative: Clean,
    /// The company's mailbox.
    pub masked_email: Clean,
    /// The representative's mobile.
    pub masked_mobile: Clean,
    /// Whether it has a secret question (guide 3.1).
    pub has_question: bool,
    /// The day in Chile on which the account was made.
    pub created: Clean,
    /// Failed tries that count at this moment (S10).
    pub failures: u32,
    /// Recent recoveries, the newest last.
    pub recoveries: Vec<RecoverySeen>,
    /// How many requests for facilitators' claves are kept.
    pub requests: u32,
}

/// A message of the outbox, without its content.
#[derive(Clone, Debug, PartialEq)]
pub struct MessageSeen {
    /// What to try again.
    pub id: Id,
    /// What it is about.
    pub kind: ErrandKind,
    /// Where it goes.
    pub masked_to: Clean,
    /// How far it has come.
    pub state: ErrandState,
    /// Of the receipt that it belongs to.
    pub folio: Folio,
    /// How the last attempt ended; `None` before the first.
    pub last: Option<AttemptOutcome>,
    /// What will become of it; `None` once it came to its end.
    pub outlook: Option<Outlook>,
}

/// How long a day's figures are kept.
pub const FIGURES_KEPT_DAYS: u16 = 400;

/// How the visits of a day went.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Which day, as Chile writes it.
    pub day: Clean,
    /// How long ago it is; 0 is today.
    pub days_ago: u16,
    /// How many there were.
    pub visits: u32,
    /// How many reached a confirmation.
    pub completed: u32,
    /// How many began no task.
    pub only_looked: u32,
    /// Of all of them, rounded.
    pub average_minutes: u32,
    /// Where visits were left, the most frequent first.
    pub abandoned: Vec<(Road, Stage, u32)>,
    /// Why people were refused, and how often.
    pub refused: Vec<(Outcome, u32)>,
}
