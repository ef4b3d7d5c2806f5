//! Facilitators and the requests for them, found by a receipt or by a document.

use super::{Draft, Held, Index, Records};
use crate::domain::country::Country;
use crate::domain::facilitator::{Facilitator, FacilitatorRequest, IdentityNumber};
use crate::domain::folio::Folio;
use crate::domain::reference::{Id, Kind, Ref};
use crate::domain::rut::Rut;
use crate::store::StoreError;

impl Records {
    /// The request that this receipt is of.
    pub async fn request_of(&self, folio: Folio) -> Result<Option<Held<FacilitatorRequest>>, StoreError> {
        match self.find(&Index::Request(folio)).await? {
            Some(at) => self.get(at.id).await,
            None => Ok(None),
        }
    }

    /// A company's facilitator, by their document.
    pub async fn facilitator_of(
        &self,
        company: Rut,
        country: Country,
        number: &IdentityNumber,
    ) -> Result<Option<Held<Facilitator>>, StoreError> {
        let index = Index::Facilitator { company, country, number: number.clone() };
        match self.find(&index).await? {
            Some(at) => self.get(at.id).await,
            None => Ok(None),
        }
    }
}

fn by_document(facilitator: &Facilitator) -> Index {
    let identity = &facilitator.person.identity;
    Index::Facilitator {
        company: facilitator.company,
        country: identity.country,
        number: identity.number.clone(),
    }
}

impl Draft {
    /// A request, found by its receipt from then on.
    pub fn new_request(self, id: Id, request: &FacilitatorRequest) -> Self {
        let to = Ref { kind: Kind::FacilitatorRequest, id };
        self.new_record(id, request, None).link(Index::Request(request.folio), to)
    }

    /// A request, by its receipt no longer found.
    pub fn remove_request(self, held: &Held<FacilitatorRequest>) -> Self {
        self.remove(held).unlink(Index::Request(held.value.folio))
    }

    /// A facilitator, by their document no longer found.
    pub fn remove_facilitator(self, held: &Held<Facilitator>) -> Self {
        self.remove(held).unlink(by_document(&held.value))
    }

    /// A company's facilitator, found by their document from then on.
    pub fn new_facilitator(self, id: Id, facilitator: &Facilitator) -> Self {
        let to = Ref { kind: Kind::Facilitator, id };
        self.new_record(id, facilitator, None).link(by_document(facilitator), to)
    }
}
