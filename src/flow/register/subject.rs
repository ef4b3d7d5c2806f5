//! Whom a registration is for: the company and who represents it, each as the registry says or,
//! while that is down, as the person says and to be checked later.

use crate::domain::clean::Clean;
use crate::domain::rut::Rut;
use crate::effect::{Applicant, Claim, OpenCompany, Representing};

/// What the registry said of a RUT, or that it was down when it was asked.
#[derive(Clone, Debug, PartialEq)]
enum Known<T> {
    ByRegistry(T),
    Unchecked(Rut),
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct Subject {
    company: Option<Known<OpenCompany>>,
    representative: Option<Known<Representing>>,
}

impl Subject {
    pub fn company_is_open(&mut self, company: OpenCompany) {
        let of_this = |known: &Known<Representing>| matches!(known, Known::ByRegistry(representing) if *representing.company() == company);
        self.representative = self.representative.take().filter(of_this);
        self.company = Some(Known::ByRegistry(company));
    }

    pub fn company_is_unchecked(&mut self, company: Rut) {
        *self = Subject { company: Some(Known::Unchecked(company)), representative: None };
    }

    pub fn representative_is_right(&mut self, representing: Representing) {
        self.representative = Some(Known::ByRegistry(representing));
    }

    pub fn representative_is_unchecked(&mut self, representative: Rut) {
        self.representative = Some(Known::Unchecked(representative));
    }

    /// The company, if the registry knows it.
    pub fn open_company(&self) -> Option<&OpenCompany> {
        match &self.company {
            Some(Known::ByRegistry(company)) => Some(company),
            _ => None,
        }
    }

    pub fn has_representative(&self) -> bool {
        self.representative.is_some()
    }

    fn representing(&self) -> Option<&Representing> {
        match &self.representative {
            Some(Known::ByRegistry(representing)) => Some(representing),
            _ => None,
        }
    }

    /// Whether anything is left to be checked.
    pub fn is_unchecked(&self) -> bool {
        self.open_company().is_none() || self.representing().is_none()
    }

    /// What the registry calls the company.
    pub fn company_name(&self) -> Option<&Clean> {
        self.open_company().map(|company| company.name())
    }

    /// What the registry calls the representative.
    pub fn representative_name(&self) -> Option<&Clean> {
        self.representing().map(|representing| representing.name())
    }

    pub fn is_company(&self, typed: Rut) -> bool {
        match &self.company {
            Some(Known::ByRegistry(company)) => company.rut() == typed,
            Some(Known::Unchecked(company)) => *company == typed,
            None => false,
        }
    }

    /// Who applies, with the names typed in place of those that the registry did not give. `None`:
    /// the RUTs are not those that were asked for.
    pub fn applicant(
        &self,
        (company, representative): (Rut, Rut),
        (name, representative_name): (Clean, Clean),
    ) -> Option<Applicant> {
        let is_representative = match self.representative.as_ref()? {
            Known::ByRegistry(known) => known.rut() == representative && known.company().rut() == company,
            Known::Unchecked(rut) => *rut == representative,
        };
        if !is_representative || !self.is_company(company) {
            return None;
        }
        Some(match self.representing() {
            Some(representing) => Applicant::Validated(representing.clone()),
            None => Applicant::Unchecked(Claim { company, name, representative, representative_name }),
        })
    }
}
