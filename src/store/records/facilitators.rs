//! Facilitators and the requests for them, found by a receipt or by a document.

use super::{Draft, Held, Records};
use crate::domain::country::Country;
use crate::domain::facilitator::{Facilitator, FacilitatorRequest, IdentityNumber};
use crate::domain::folio::Folio;
use crate::domain::rut::Rut;
use crate::store::{Id, Kind, Ref, StoreError};
use crate::vault::Blind;

impl Records {
    /// The request that this receipt is of.
    pub async fn request_of(&self, folio: Folio) -> Result<Option<Held<FacilitatorRequest>>, StoreError> {
        match self.store.find(self.vault.blind(Blind::RequestOfFolio, folio.to_string().as_bytes())).await? {
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
        match self.store.find(self.facilitator_index(company, country, number)).await? {
            Some(at) => self.get(at.id).await,
            None => Ok(None),
        }
    }

    fn facilitator_index(&self, company: Rut, country: Country, number: &IdentityNumber) -> Id {
        let value = format!("{}\0{}\0{number}", company.canonical(), country.code());
        self.vault.blind(Blind::FacilitatorOfCompany, value.as_bytes())
    }
}

impl Draft<'_> {
    /// A request, found by its receipt from then on.
    pub fn new_request(self, id: Id, request: &FacilitatorRequest) -> Self {
        let folio = request.folio.to_string();
        let index = self.records.vault.blind(Blind::RequestOfFolio, folio.as_bytes());
        self.new_record(id, request, None).link(index, Ref { kind: Kind::FacilitatorRequest, id })
    }

    /// A request, by its receipt no longer found.
    pub fn remove_request(self, held: &Held<FacilitatorRequest>) -> Self {
        let folio = held.value.folio.to_string();
        let index = self.records.vault.blind(Blind::RequestOfFolio, folio.as_bytes());
        self.remove(held).unlink(index)
    }

    /// A facilitator, by their document no longer found.
    pub fn remove_facilitator(self, held: &Held<Facilitator>) -> Self {
        let identity = &held.value.person.identity;
        let index = self.records.facilitator_index(held.value.company, identity.country, &identity.number);
        self.remove(held).unlink(index)
    }

    /// A company's facilitator, found by their document from then on.
    pub fn new_facilitator(self, id: Id, facilitator: &Facilitator) -> Self {
        let identity = &facilitator.person.identity;
        let index = self.records.facilitator_index(facilitator.company, identity.country, &identity.number);
        self.new_record(id, facilitator, None).link(index, Ref { kind: Kind::Facilitator, id })
    }
}
