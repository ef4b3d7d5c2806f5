//! A company's request for a facilitator's clave, the decisions on it, and the facilitator's own
//! record.

use serde::{Deserialize, Serialize};

use super::person::Person;
use crate::domain::account::SecretQuestion;
use crate::domain::clean::Clean;
use crate::domain::digest::Digest;
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::reference::Id;
use crate::domain::rut::Rut;

/// How long documents and request are kept after the decision, unless the settings say otherwise
/// (S15), in milliseconds.
pub const DOCUMENTS_KEPT_MS: u64 = 30 * 24 * 3_600_000;
/// The most characters of a refusal's reason, which goes into a mail.
pub const REASON_CHARS: usize = 300;

/// What *Realizar solicitud* left, until two members of staff have decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacilitatorRequest {
    /// On the company's receipt, and the word for *Estado de mi solicitud*.
    pub folio: Folio,
    /// Who asks.
    pub company: Rut,
    /// The representative who asked.
    pub representative: Rut,
    /// Whom the clave is for.
    pub person: Person,
    /// The facilitator's own.
    pub secret_question: SecretQuestion,
    /// The sealed *Declaración Jurada*.
    pub declaration: Id,
    /// The sealed *Documento de Identificación*.
    pub identity_document: Id,
    /// How far it has come.
    pub state: RequestState,
    /// Approvals, refusal or withdrawal, the newest last.
    pub decisions: Vec<Decision>,
    /// In which the company is written to.
    pub language: Language,
    /// Milliseconds since 1970.
    pub created_ms: u64,
}

/// How far a request has come. Stored: new ones go to the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RequestState {
    /// Nobody has decided.
    Received,
    /// One member of staff approved; another one must too.
    ApprovedByOne,
    /// Two members approved (S19): the key is on its way.
    Approved {
        /// Whose clave it will be.
        facilitator: Id,
        /// Which recovery the sent key opens.
        recovery: Id,
    },
    /// Nothing more will come of it.
    Refused {
        /// What the company is told.
        reason: Clean,
    },
    /// The company took it back.
    Withdrawn,
}

impl RequestState {
    /// Whether nothing more can be decided.
    pub fn is_decided(&self) -> bool {
        self.stage().is_decided()
    }

    /// The same without what it holds.
    pub fn stage(&self) -> RequestStage {
        match self {
            RequestState::Received => RequestStage::Waiting,
            RequestState::ApprovedByOne => RequestStage::ApprovedByOne,
            RequestState::Approved { .. } => RequestStage::Approved,
            RequestState::Refused { .. } => RequestStage::Refused,
            RequestState::Withdrawn => RequestStage::Withdrawn,
        }
    }
}

/// How far a request has come, without what it holds. Staff sort requests by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestStage {
    /// Nobody has decided.
    Waiting,
    /// One of two members has approved.
    ApprovedByOne,
    /// Both have approved.
    Approved,
    /// One has refused.
    Refused,
    /// The company took it back.
    Withdrawn,
}

impl RequestStage {
    /// In the order of the screen.
    pub const ALL: [RequestStage; 5] = [
        RequestStage::Waiting,
        RequestStage::ApprovedByOne,
        RequestStage::Approved,
        RequestStage::Refused,
        RequestStage::Withdrawn,
    ];

    /// Whether nothing more can be decided.
    pub fn is_decided(self) -> bool {
        !matches!(self, RequestStage::Waiting | RequestStage::ApprovedByOne)
    }
}

/// What a decision led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// Another member of staff must approve it too.
    ApprovedByOne,
    /// The key goes to the facilitator.
    Approved,
    /// The company is told why.
    Refused,
    /// The company has taken it back.
    Withdrawn,
}

/// Why a member of staff could not decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undecided {
    /// Somebody else was faster.
    #[error("it was decided already")]
    Already,
    /// Approval takes two people (S19).
    #[error("the same member of staff approved it before: another one has to")]
    SamePerson,
    /// Their RUT is the company's or the representative's.
    #[error("nobody decides on their own request")]
    OwnRequest,
    /// The company has no room for another notice (S7).
    #[error(
        "too many of the company's facilitators were changed lately, and each change must stay undoable for 72 hours: approve it then"
    )]
    TooManyNotices,
    /// An approval says that the documents were looked at.
    #[error("its documents were not laid out for them since they signed in")]
    Unopened,
}

/// Whether the documents of a request were laid out for whoever decides, since they signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentsOpened {
    /// All of them were.
    Yes,
    /// Some never were.
    No,
}

/// The decision of one member of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Their name when they decided.
    pub staff: Clean,
    /// Tells two people apart: two accounts with one RUT are one person.
    pub rut: Rut,
    /// Milliseconds since 1970.
    pub at_ms: u64,
    /// What they decided.
    pub verdict: Verdict,
}

/// What one member decided. Stored: new ones go to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// One of the two that are needed.
    Approve,
    /// One is enough.
    Refuse,
    /// On the company's word.
    Withdraw,
}

/// What the holder of the folio is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestStanding {
    /// Nobody, or only one member, has decided.
    InReview,
    /// Both have; the key has not been sent yet.
    Approved,
    /// The key left for the facilitator's mailbox.
    ClaveSent,
    /// It did not leave, and does not by itself.
    ClaveUnsent,
    /// Nothing more will come of it.
    Refused {
        /// As the member of staff wrote it.
        reason: Clean,
    },
    /// The company took it back.
    Withdrawn,
}

/// A facilitator of one company. It is kept under company and document together: another company
/// that asks for the same person gets them a clave of its own, and can't touch this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facilitator {
    /// For whom they work.
    pub company: Rut,
    /// Who they are; the mailbox among it.
    pub person: Person,
    /// Their own.
    pub secret_question: SecretQuestion,
    /// The clave that they chose; `None` until they do.
    pub clave: Option<Digest>,
    /// Recoveries whose sent keys still open *choose your own* (S7), the newest last.
    pub recoveries: Vec<Id>,
    /// In which they are written to.
    pub language: Language,
    /// Milliseconds since 1970.
    pub created_ms: u64,
}

/// What a facilitator was before an act that a notice's code undoes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerFacilitator {
    /// Who they were; the mailbox among it.
    pub person: Person,
    /// Their own.
    pub secret_question: SecretQuestion,
    /// `None` if they had not chosen one.
    pub clave: Option<Digest>,
    /// Which sent keys worked.
    pub recoveries: Vec<Id>,
}

impl FormerFacilitator {
    /// What is to be put back.
    pub fn of(facilitator: &Facilitator) -> Self {
        let Facilitator { person, secret_question, clave, recoveries, .. } = facilitator.clone();
        FormerFacilitator { person, secret_question, clave, recoveries }
    }

    /// Puts it all back. Returns the recoveries that came since; they must end.
    pub fn put_back(&self, facilitator: &mut Facilitator) -> Vec<Id> {
        let FormerFacilitator { person, secret_question, clave, recoveries } = self.clone();
        let all = std::mem::take(&mut facilitator.recoveries);
        let (before, since) = all.into_iter().partition(|id| recoveries.contains(id));
        facilitator.recoveries = before;
        facilitator.person = person;
        facilitator.secret_question = secret_question;
        facilitator.clave = clave;
        since
    }
}
