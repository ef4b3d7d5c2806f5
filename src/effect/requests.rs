//! Facilitators' requests as staff see them: whom each concerns, masked, and what becomes of it.
//! They hold no clave, question or answer.

use crate::domain::clean::Clean;
use crate::domain::country::Country;
use crate::domain::document::{Extent, Kind};
use crate::domain::facilitator::{
    Checklist, Children, CivilStatus, Decided, DocumentsOpened, IdentityKind, RequestStage, Sex, Undecided,
    Verdict,
};
use crate::domain::folio::Folio;
use crate::domain::rut::Rut;
use crate::effect::SentTo;

/// How many requests fit on one page: with two entries to turn it, each has a digit.
pub const REQUESTS_A_PAGE: usize = 7;

/// Which requests are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those that have come this far.
    At(RequestStage),
    /// Those of one company.
    OfCompany(Rut),
}

impl Which {
    /// Waiting requests are worked off in order of arrival; decided ones are looked up, newest
    /// first.
    pub fn is_oldest_first(self) -> bool {
        matches!(self, Which::At(stage) if !stage.is_decided())
    }
}

/// What staff do with requests; the order says why.
#[derive(Clone, Debug, PartialEq)]
pub enum RequestAct {
    /// A page of the list.
    List {
        /// Which are listed.
        which: Which,
        /// Counted from 0.
        page: u32,
    },
    /// One request.
    See(Folio),
    /// Lay the documents out in the folder for viewing.
    Export(Folio, Shape),
    /// Approve it; everything was checked (S19).
    Approve(Folio, Checklist),
    /// Refuse it; the company is told the order's reason.
    Refuse(Folio),
    /// Withdraw it, on the company's word.
    Withdraw(Folio),
}

/// As what documents are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Pictures: a PDF's pages are drawn, and the PDF stays where it is (T15).
    Pages,
    /// The files themselves.
    Files,
}

/// How staff can look at documents here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookable {
    /// The settings name no folder for viewing.
    Nowhere,
    /// Nothing draws a PDF's pages here.
    FilesAlone,
    /// As pages, and as files.
    Pages,
}

/// What staff are answered about requests.
#[derive(Clone, Debug, PartialEq)]
pub enum RequestReply {
    /// A page of the list.
    Listed(Box<RequestsSeen>),
    /// One request.
    Seen(Box<RequestSeen>),
    /// The documents are laid out.
    Exported {
        /// Where, for the member who views them.
        folder: Clean,
        /// How long they stay.
        minutes: u64,
    },
    /// They are not laid out.
    NotExported(NotExported),
    /// What the decision led to.
    Decided {
        /// Where the request stands now.
        decided: Decided,
        /// The messages that follow from it: first the facilitator's key, if one does.
        sent_to: SentTo,
    },
    /// Why nothing was decided.
    Undecided(Undecided),
}

/// Why the documents are not laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotExported {
    /// The settings name no folder for it.
    NoFolder,
    /// Nothing draws pages here.
    NoRenderer,
    /// A page could not be drawn; the log says why.
    NotDrawn,
    /// The documents were erased, or can't be read.
    Gone,
    /// The folder can't be used; the log says why.
    Failed,
}

/// One page of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestsSeen {
    /// What was asked for.
    pub which: Which,
    /// Counted from 0.
    pub page: u32,
    /// How many pages there are.
    pub pages: u32,
    /// How many requests there are on all pages.
    pub count: u32,
    /// [`REQUESTS_A_PAGE`] at most.
    pub requests: Vec<RequestLine>,
}

/// One request in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestLine {
    /// What to see it by.
    pub folio: Folio,
    /// How far it has come.
    pub stage: RequestStage,
    /// The company's name.
    pub masked_company: Clean,
    /// The facilitator's name.
    pub masked_person: Clean,
    /// The day in Chile on which it was made.
    pub received: Clean,
}

/// One request, as staff see it to decide.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestSeen {
    /// On the company's receipt.
    pub folio: Folio,
    /// How far it has come.
    pub stage: RequestStage,
    /// The reason of a refusal.
    pub reason: Option<Clean>,
    /// The day in Chile on which it was made.
    pub received: Clean,
    /// Who asks; a public number.
    pub company: Rut,
    /// Empty when the company's account is gone.
    pub company_name: Clean,
    /// The representative who asked.
    pub masked_representative: Clean,
    /// Whom the clave is for.
    pub person: PersonSeen,
    /// `None` once it is erased.
    pub declaration: Option<DocumentSeen>,
    /// `None` once it is erased.
    pub identity_document: Option<DocumentSeen>,
    /// The newest last.
    pub decisions: Vec<DecisionSeen>,
    /// Whether the viewer approved it before, under this account or another.
    pub was_approved_by_viewer: bool,
    /// Whether the viewer has had its documents laid out since they signed in: nobody approves before.
    pub documents: DocumentsOpened,
    /// How its documents can be looked at.
    pub lookable: Lookable,
}

/// A facilitator, masked where it could be used (S19).
#[derive(Clone, Debug, PartialEq)]
pub struct PersonSeen {
    /// The first letters of each name.
    pub masked_name: Clean,
    /// *Tipo de Documento*.
    pub kind: IdentityKind,
    /// Its last symbols.
    pub masked_number: Clean,
    /// *País de Origen*.
    pub country: Country,
    /// *Sexo*.
    pub sex: Sex,
    /// The year.
    pub masked_birth: Clean,
    /// *Estado Civil*.
    pub civil_status: CivilStatus,
    /// *Cantidad de Hijos*.
    pub children: Children,
    /// Where the key would go.
    pub masked_email: Clean,
}

/// What is known of a document without looking at it.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentSeen {
    /// As it was examined.
    pub kind: Kind,
    /// Its pixels or pages.
    pub extent: Extent,
    /// Its size.
    pub bytes: u64,
    /// The day in Chile on which it was handed in.
    pub taken: Clean,
    /// The first digits of its SHA-256, to recognise the laid-out file.
    pub fingerprint: Clean,
}

/// One member's decision.
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionSeen {
    /// Their name then.
    pub staff: Clean,
    /// The day in Chile.
    pub on: Clean,
    /// What they decided.
    pub verdict: Verdict,
}
