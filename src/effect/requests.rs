//! Facilitators' requests as staff see them: whom each is about, masked, and what becomes of it. No
//! key, question or answer is among it.

use crate::domain::clean::Clean;
use crate::domain::country::Country;
use crate::domain::document::{Extent, Kind};
use crate::domain::facilitator::{
    Checklist, Children, CivilStatus, Decided, IdentityKind, RequestStage, Sex, Undecided, Verdict,
};
use crate::domain::folio::Folio;
use crate::domain::rut::Rut;

/// How many requests stand on one page: with two entries to turn it, each has a digit.
pub const REQUESTS_A_PAGE: usize = 7;

/// Which requests are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    At(RequestStage),
    OfCompany(Rut),
}

impl Which {
    /// What waits is worked off in the order in which it came; what was decided is looked for.
    pub fn is_oldest_first(self) -> bool {
        matches!(self, Which::At(stage) if !stage.is_decided())
    }
}

/// What staff do with a request; the order says why.
#[derive(Clone, Debug, PartialEq)]
pub enum RequestAct {
    List {
        which: Which,
        /// Counted from 0.
        page: u32,
    },
    See(Folio),
    /// The documents into a folder for viewing.
    Export(Folio),
    Approve(Folio, Checklist),
    /// With the order's reason, which the company is told.
    Refuse(Folio),
    /// The company takes it back.
    Withdraw(Folio),
}

#[derive(Clone, Debug, PartialEq)]
pub enum RequestReply {
    Listed(Box<RequestsSeen>),
    Seen(Box<RequestSeen>),
    Exported {
        /// Where they lie, for whoever views them.
        folder: Clean,
        minutes: u64,
    },
    NotExported(NotExported),
    Decided(Decided),
    Undecided(Undecided),
}

/// Why nothing was exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotExported {
    /// The office has no folder for it.
    NoFolder,
    /// The documents were erased, or can't be read.
    Gone,
    /// The folder can't be used.
    Failed,
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestsSeen {
    pub which: Which,
    /// Counted from 0.
    pub page: u32,
    pub pages: u32,
    pub count: u32,
    pub requests: Vec<RequestLine>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct RequestLine {
    pub folio: Folio,
    pub stage: RequestStage,
    pub masked_company: Clean,
    pub masked_person: Clean,
    /// The day in Chile.
    pub received: Clean,
}

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestSeen {
    pub folio: Folio,
    pub stage: RequestStage,
    /// Of a refusal.
    pub reason: Option<Clean>,
    pub received: Clean,
    pub company: Rut,
    /// Empty when the company is no longer here.
    pub company_name: Clean,
    pub masked_representative: Clean,
    pub person: PersonSeen,
    /// None once it was erased.
    pub declaration: Option<DocumentSeen>,
    pub identity_document: Option<DocumentSeen>,
    pub decisions: Vec<DecisionSeen>,
    /// Whoever looks approved it before, under this name or another.
    pub was_approved_by_viewer: bool,
    /// Whether the office has a folder for viewing.
    pub can_be_exported: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PersonSeen {
    pub masked_name: Clean,
    pub kind: IdentityKind,
    pub masked_number: Clean,
    pub country: Country,
    pub sex: Sex,
    pub masked_birth: Clean,
    pub civil_status: CivilStatus,
    pub children: Children,
    pub masked_email: Clean,
}

/// A document without what it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentSeen {
    pub kind: Kind,
    pub extent: Extent,
    pub bytes: u64,
    /// The day in Chile on which it was taken.
    pub taken: Clean,
    /// The first figures of its SHA-256, to tell the exported file by.
    pub fingerprint: Clean,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DecisionSeen {
    pub staff: Clean,
    /// The day in Chile.
    pub on: Clean,
    pub verdict: Verdict,
}
