//! The panels as they stand when a company's data are on file already.

use super::{Panel, Panels};
use crate::domain::account::Representative;
use crate::domain::clean::Clean;
use crate::effect::OnFile;
use crate::form::field::Field;
use crate::form::names::Name;

impl Panels {
    /// Everything but the answer, which nobody can read.
    pub(in crate::flow) fn fill(&mut self, on_file: &OnFile) {
        self.name_company(on_file.company, &on_file.name);
        let question = self.questions.iter().position(|known| Some(known) == on_file.question.as_ref());
        if let (Some(question), Some(field)) = (question, self.question.field_mut(Name::Question)) {
            field.choose(question);
        }
        let address = &on_file.address;
        if let Some(field) = self.address.field_mut(Name::Comuna) {
            field.choose_comuna(address.comuna);
        }
        let optional = |words: &Option<Clean>| words.as_ref().map(Clean::to_string).unwrap_or_default();
        self.write(Panel::Address, Name::Street, address.street.as_str());
        self.write(Panel::Address, Name::Number, address.number.as_str());
        self.write(Panel::Address, Name::Block, &optional(&address.block));
        self.write(Panel::Address, Name::Apartment, &optional(&address.apartment));
        self.write(Panel::Contact, Name::CompanyEmail, on_file.email.as_str());
        self.write(Panel::Contact, Name::Phone, &on_file.phone.to_string());
        match &on_file.fax {
            Some(fax) => self.write(Panel::Contact, Name::Fax, &fax.to_string()),
            None => {
                if let Some(field) = self.contact.field_mut(Name::NoFax).filter(|field| !field.is_checked()) {
                    field.point();
                }
            }
        }
        self.fill_representative(&on_file.representative);
    }

    pub(in crate::flow) fn fill_representative(&mut self, representative: &Representative) {
        self.write(Panel::Representative, Name::RepresentativeRut, &representative.rut.to_string());
        self.name_representative(representative.rut, &representative.name);
        self.write(Panel::RepresentativeContact, Name::Mobile, &representative.mobile.to_string());
        self.write(Panel::RepresentativeContact, Name::RepresentativeEmail, representative.email.as_str());
    }

    /// Another person has another mobile and another mailbox.
    pub(in crate::flow) fn empty_representative_contact(&mut self) {
        for name in [Name::Mobile, Name::RepresentativeEmail] {
            if let Some(field) = self.representative_contact.field_mut(name) {
                field.clear();
            }
        }
        self.representative_contact.focus_on(Name::Mobile);
    }

    /// Whether question and answer stand as they were filled in.
    pub(in crate::flow) fn question_is_as_filled(&self, on_file: &OnFile) -> bool {
        let chosen = self.question.field(Name::Question).and_then(Field::chosen);
        let chosen = chosen.and_then(|chosen| self.questions.get(chosen));
        let kept = on_file.question.as_ref().filter(|kept| self.questions.contains(kept));
        self.question.text(Name::Answer).trim().is_empty() && chosen == kept
    }

    fn write(&mut self, panel: Panel, name: Name, text: &str) {
        if let Some(field) = self.form_mut(panel).field_mut(name) {
            field.set_text(text);
        }
    }
}
