//! What *Crear Cuenta* sends: every panel read once more.

use super::subject::Subject;
use crate::domain::clave::{Clave, KnownWords};
use crate::domain::clean::Clean;
use crate::effect::Application;
use crate::flow::panels::{Panel, Panels};
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::Name;

impl Panels {
    /// The key, which must not be made of what is known about the company.
    pub(super) fn clave(&mut self, subject: &Subject) -> Option<Clave> {
        let company = self.company()?;
        let names = self.names(subject);
        let comuna = self.form(Panel::Address).field(Name::Comuna).and_then(Field::comuna_chosen);
        let comuna = comuna.map(|comuna| comuna.name()).unwrap_or_default();
        let known = KnownWords::new(company, &[names.0.as_str(), names.1.as_str(), comuna]);
        self.form_mut(Panel::Clave).read(|reader| reader.clave(Name::Clave, Name::RepeatClave, &known))
    }

    /// What company and representative are called: by the registry, or as typed.
    fn names(&self, subject: &Subject) -> (Clean, Clean) {
        let typed =
            |form: &Form, name| form.field(name).map(|field| Clean::from(field.text())).unwrap_or_default();
        let company = subject.company_name().cloned();
        let representative = subject.representative_name().cloned();
        (
            company.unwrap_or_else(|| typed(self.form(Panel::Question), Name::TypedBusinessName)),
            representative.unwrap_or_else(|| {
                typed(self.form(Panel::RepresentativeContact), Name::TypedRepresentativeName)
            }),
        )
    }

    /// Everything, read once more; or the first panel on which something is wrong now.
    pub(super) fn application(&mut self, subject: &Subject) -> Result<Application, Panel> {
        let company = self.company().filter(|typed| subject.is_company(*typed)).ok_or(Panel::Company)?;
        let (_, question, answer) = self.question.read().ok_or(Panel::Question)?;
        let address = self.address.read().ok_or(Panel::Address)?;
        let (email, phone, fax) = self.contact.read().ok_or(Panel::Contact)?;
        let representative = self.representative().ok_or(Panel::Representative)?;
        let applicant = subject.applicant((company, representative), self.names(subject));
        let applicant = applicant.ok_or(Panel::Representative)?;
        let card = subject.card().cloned().ok_or(Panel::Card)?;
        let (_, representative_mobile, representative_email) =
            self.representative_contact.read().ok_or(Panel::RepresentativeContact)?;
        let clave = self.clave(subject).ok_or(Panel::Clave)?;
        Ok(Application {
            applicant,
            card,
            question,
            answer,
            address,
            email,
            phone,
            fax,
            representative_mobile,
            representative_email,
            clave,
        })
    }
}
