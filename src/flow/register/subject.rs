//! Whom a registration is for: the company and who represents it, each as the registry says or,
//! while that is down, as the person says and to be checked later.

use crate::domain::cedula::Serial;
use crate::domain::clean::Clean;
use crate::domain::rut::Rut;
use crate::effect::{Applicant, ApplicantCard, CardValidated, Claim, OpenCompany, Representing};

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
    /// Of that representative.
    card: Option<ApplicantCard>,
}

impl Subject {
    pub fn company_is_open(&mut self, company: OpenCompany) {
        let of_this = |known: &Known<Representing>| matches!(known, Known::ByRegistry(representing) if *representing.company() == company);
        self.representative = self.representative.take().filter(of_this);
        self.card = self.card.take().filter(|_| self.representative.is_some());
        self.company = Some(Known::ByRegistry(company));
    }

    pub fn company_is_unchecked(&mut self, company: Rut) {
        *self = Subject { company: Some(Known::Unchecked(company)), representative: None, card: None };
    }

    pub fn representative_is_right(&mut self, representing: Representing) {
        self.keep_card_of(representing.rut());
        self.representative = Some(Known::ByRegistry(representing));
    }

    pub fn representative_is_unchecked(&mut self, representative: Rut) {
        self.keep_card_of(representative);
        self.representative = Some(Known::Unchecked(representative));
    }

    /// Another person has another card.
    fn keep_card_of(&mut self, representative: Rut) {
        if self.representative_rut() != Some(representative) {
            self.card = None;
        }
    }

    fn representative_rut(&self) -> Option<Rut> {
        self.representative.as_ref().map(|known| match known {
            Known::ByRegistry(representing) => representing.rut(),
            Known::Unchecked(rut) => *rut,
        })
    }

    pub fn card_is_right(&mut self, card: CardValidated) {
        if self.is_about(card.company(), card.representative()) {
            self.card = Some(ApplicantCard::Validated(card));
        }
    }

    pub fn card_is_unchecked(&mut self, serial: Serial) {
        self.card = Some(ApplicantCard::Unchecked(serial));
    }

    pub fn has_card(&self) -> bool {
        self.card.is_some()
    }

    /// What is known of the card.
    pub fn card(&self) -> Option<&ApplicantCard> {
        self.card.as_ref()
    }

    /// Company and representative that were validated, or wait to be.
    pub fn about(&self) -> Option<(Rut, Rut)> {
        let company = match self.company.as_ref()? {
            Known::ByRegistry(company) => company.rut(),
            Known::Unchecked(company) => *company,
        };
        Some((company, self.representative_rut()?))
    }

    /// Whether these are the two that were validated, or wait to be.
    pub fn is_about(&self, company: Rut, representative: Rut) -> bool {
        self.is_company(company) && self.representative_rut() == Some(representative)
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
