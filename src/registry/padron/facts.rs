//! The padron's tables as facts about one company or person, for whoever answers in the words of
//! the State's services instead of the kiosk's.

use super::{CardState, CompanyState, Padron, RepresentativeState, down};
use crate::domain::clean::Clean;
use crate::domain::register::{Down, Service};
use crate::domain::rut::Rut;

impl Padron {
    /// Who represents a company now, by their RUT.
    ///
    /// # Errors
    /// When the table says of the company, or of one of them, that there is no service.
    pub fn representatives_of(&self, company: Rut) -> Result<Vec<Rut>, Down> {
        if let Some((CompanyState::NoService, _)) = self.companies.get(&company) {
            return Err(down(Service::Sii));
        }
        let mut current = Vec::new();
        for ((of, person), (state, _)) in &self.representatives {
            match state {
                RepresentativeState::NoService if *of == company => return Err(down(Service::Sii)),
                RepresentativeState::Current if *of == company => current.push(*person),
                _ => {}
            }
        }
        current.sort();
        Ok(current)
    }

    /// The person's name, as it stands beside any company that they represent.
    pub fn name_of(&self, person: Rut) -> Option<&Clean> {
        let mut names = self.representatives.iter().filter(|((_, known), _)| *known == person);
        names.next().map(|(_, (_, name))| name)
    }

    /// Whether any card of theirs says so.
    pub fn is_deceased(&self, person: Rut) -> bool {
        let cards = self.cards.get(&person).map(Vec::as_slice).unwrap_or_default();
        cards.iter().any(|card| card.state == CardState::HolderDeceased)
    }
}
