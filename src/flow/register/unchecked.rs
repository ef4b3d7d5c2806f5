//! *Regístrese* goes on while no register answers.

use super::{Panel, Register};
use crate::domain::rut::Rut;
use crate::effect::Effect;
use crate::flow::machine::Machine;
use crate::form::Told;
use crate::form::field::Remark;
use crate::form::names::Name;

impl Register {
    /// The registry is down: the person says what it would have said, and it is checked later.
    pub(super) fn unchecked(mut self) -> Self {
        match self.take_question() {
            // SII would have told: without it, whoever typed their own is told before it is kept for later.
            Some(Effect::LookUpCompany(company))
                if company.is_of_natural_person()
                    && self.panels.form_mut(Panel::Company).told(Name::CompanyRut, Remark::OfAPerson)
                        == Told::Now => {}
            Some(Effect::LookUpCompany(company)) => {
                self.subject.company_is_unchecked(company);
                self.panels.question.ask_for_name();
                self.open_after(Panel::Company);
            }
            Some(Effect::LookUpRepresentative { representative, .. }) => {
                self.name_unchecked_representative(representative);
            }
            Some(Effect::CheckApplicantCard { serial, .. }) => {
                self.subject.card_is_unchecked(serial);
                self.open_after(Panel::Card);
            }
            _ => {}
        }
        self
    }

    pub(super) fn name_unchecked_representative(&mut self, representative: Rut) {
        self.subject.representative_is_unchecked(representative);
        self.panels.representative_contact.ask_for_name();
        self.open_after(Panel::Representative);
    }
}
