//! Who decides on a facilitator's request, and how near to it they stand (S19).

use crate::domain::clean::Clean;
use crate::domain::facilitator::{FacilitatorRequest, Verdict};
use crate::domain::rut::Rut;

/// A member of staff who decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewer {
    /// The name they sign in with.
    pub name: Clean,
    /// Of the same person under every name.
    pub rut: Rut,
}

impl Reviewer {
    /// Whether they approved it before, under this account or another of theirs.
    pub fn has_approved(&self, request: &FacilitatorRequest) -> bool {
        request.decisions.iter().any(|decision| {
            let is_one = decision.staff == self.name || decision.rut == self.rut;
            is_one && decision.verdict == Verdict::Approve
        })
    }

    /// Whether it is their own request, as far as the request says.
    pub fn is_of(&self, request: &FacilitatorRequest) -> bool {
        self.rut == request.representative || self.rut == request.company
    }
}
