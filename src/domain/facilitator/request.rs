//! A company's request for a facilitator's key, who decided on it, and the facilitator's own record.

use serde::{Deserialize, Serialize};

use super::person::Person;
use crate::domain::account::SecretQuestion;
use crate::domain::clean::Clean;
use crate::domain::digest::Digest;
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::reference::Id;
use crate::domain::rut::Rut;

/// How long documents and request are kept after the decision when the office says nothing else
/// (S15).
pub const DOCUMENTS_KEPT_MS: u64 = 30 * 24 * 3_600_000;
/// The longest reason of a refusal, in characters: it stands in a mail.
pub const REASON_CHARS: usize = 300;

/// What *Realizar solicitud* left, until two members of staff decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacilitatorRequest {
    pub folio: Folio,
    pub company: Rut,
    /// The representative who asked.
    pub representative: Rut,
    pub person: Person,
    pub secret_question: SecretQuestion,
    /// The sealed *Declaración Jurada*.
    pub declaration: Id,
    /// The sealed *Documento de Identificación*.
    pub identity_document: Id,
    pub state: RequestState,
    pub decisions: Vec<Decision>,
    pub language: Language,
    pub created_ms: u64,
}

/// Stored: new ones go to the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RequestState {
    Received,
    /// One member of staff approved; another must.
    ApprovedByOne,
    /// Two did: the key is on its way to this facilitator, by this recovery.
    Approved {
        facilitator: Id,
        recovery: Id,
    },
    Refused {
        reason: Clean,
    },
    /// The company took it back.
    Withdrawn,
}

impl RequestState {
    pub fn is_decided(&self) -> bool {
        self.stage().is_decided()
    }

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

/// How far a request has come, without what it holds: what staff sort them by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestStage {
    Waiting,
    ApprovedByOne,
    Approved,
    Refused,
    Withdrawn,
}

impl RequestStage {
    /// In the order in which they stand on the screen.
    pub const ALL: [RequestStage; 5] = [
        RequestStage::Waiting,
        RequestStage::ApprovedByOne,
        RequestStage::Approved,
        RequestStage::Refused,
        RequestStage::Withdrawn,
    ];

    pub fn is_decided(self) -> bool {
        !matches!(self, RequestStage::Waiting | RequestStage::ApprovedByOne)
    }
}

/// What a decision came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// Another member of staff has to approve it too.
    ApprovedByOne,
    /// The key goes to the facilitator.
    Approved,
    Refused,
    Withdrawn,
}

/// Why this member of staff decided nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undecided {
    #[error("it was decided already")]
    Already,
    #[error("the same member of staff approved it before: another one has to")]
    SamePerson,
    #[error("nobody decides on their own request")]
    OwnRequest,
    #[error(
        "too many of the company's facilitators were changed lately, and each change must stay undoable for 72 hours: approve it then"
    )]
    TooManyNotices,
}

/// What one member of staff decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub staff: Clean,
    /// Two logins of one person are one person.
    pub rut: Rut,
    pub at_ms: u64,
    pub verdict: Verdict,
}

/// Stored: new ones go to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    Approve,
    Refuse,
    Withdraw,
}

/// What whoever holds the folio is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    InReview,
    Approved,
    /// The key left for the facilitator's mailbox.
    KeySent,
    Refused {
        reason: Clean,
    },
    Withdrawn,
}

/// A facilitator of one company. Kept under the company and not by the document alone: another
/// company that asks for the same person gets them a key of its own, and never gets hold of this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facilitator {
    pub company: Rut,
    pub person: Person,
    pub secret_question: SecretQuestion,
    /// The facilitator's own key; none before they chose one.
    pub clave: Option<Digest>,
    /// What sent keys still open *choose your own*; the newest last.
    pub recoveries: Vec<Id>,
    pub language: Language,
    pub created_ms: u64,
}

/// What a facilitator was before a deed that a notice's code undoes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerFacilitator {
    pub person: Person,
    pub secret_question: SecretQuestion,
    pub clave: Option<Digest>,
    pub recoveries: Vec<Id>,
}

impl FormerFacilitator {
    pub fn of(facilitator: &Facilitator) -> Self {
        let Facilitator { person, secret_question, clave, recoveries, .. } = facilitator.clone();
        FormerFacilitator { person, secret_question, clave, recoveries }
    }

    /// Puts it all back; the recoveries that came since, which are to end.
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
