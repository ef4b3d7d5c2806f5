//! A foreign facilitator (guide 5): who they are, a company's request for their clave, and what is
//! kept of them once it is approved. The records are sealed like all others, and hold no secret in
//! clear.

mod checklist;
mod masked;
mod person;
mod request;

pub use checklist::{Check, Checklist};
pub use person::{
    Children, ChildrenError, CivilStatus, Identity, IdentityError, IdentityKind, IdentityNumber, Person,
    PersonName, PersonNameError, Sex,
};
pub use request::{
    DOCUMENTS_KEPT_MS, Decided, Decision, DocumentsOpened, Facilitator, FacilitatorRequest,
    FormerFacilitator, REASON_CHARS, RequestStage, RequestStanding, RequestState, Undecided, Verdict,
};
