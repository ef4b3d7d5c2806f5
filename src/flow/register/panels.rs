//! The forms of the registration and what they hold, read and read again: every value that
//! *Crear Cuenta* sends is parsed from what stands on the screen.

use super::Panel;
use crate::domain::account::Address;
use crate::domain::answer::Answer;
use crate::domain::clave::{Clave, KnownWords};
use crate::domain::clean::Clean;
use crate::domain::email::Email;
use crate::domain::phone::{Mobile, Phone};
use crate::domain::rut::Rut;
use crate::effect::{Application, OpenCompany, Representing};
use crate::flow::Setup;
use crate::form::Form;
use crate::form::field::{Field, Input};
use crate::form::names::{ButtonName, Name};
use crate::page::Words;
use crate::text::Msg;

#[derive(Debug, PartialEq)]
pub(super) struct Panels {
    questions: Vec<Clean>,
    company: Form,
    question: Form,
    address: Form,
    contact: Form,
    representative: Form,
    representative_contact: Form,
    clave: Form,
}

pub(super) fn code_form() -> Form {
    Form::new(vec![Field::line(Name::Code)], vec![ButtonName::Validate, ButtonName::Later])
}

impl Panels {
    pub(super) fn new(setup: &Setup) -> Self {
        let options = setup.questions.iter().cloned().map(Words::Given).collect();
        let on = || vec![ButtonName::Continue];
        let nobody = || Words::Given(Clean::default());
        Panels {
            questions: setup.questions.clone(),
            company: Form::new(vec![Field::line(Name::CompanyRut)], vec![ButtonName::Validate]),
            question: Form::new(
                vec![
                    Field::read_only(Name::BusinessName, nobody()),
                    Field::choice(Name::Question, options),
                    Field::line(Name::Answer),
                ],
                on(),
            ),
            address: Form::new(
                vec![
                    Field::comuna(Name::Comuna),
                    Field::line(Name::Street),
                    Field::line(Name::Number),
                    Field::line(Name::Block),
                    Field::line(Name::Apartment),
                ],
                on(),
            ),
            contact: Form::new(
                vec![
                    Field::email(Name::CompanyEmail),
                    Field::line(Name::Phone),
                    Field::line(Name::Fax),
                    Field::check(Name::NoFax),
                ],
                on(),
            ),
            representative: Form::new(vec![Field::line(Name::RepresentativeRut)], vec![ButtonName::Validate]),
            representative_contact: Form::new(
                vec![
                    Field::read_only(Name::RepresentativeName, nobody()),
                    Field::line(Name::Mobile),
                    Field::email(Name::RepresentativeEmail),
                ],
                on(),
            ),
            clave: Form::new(vec![Field::hidden(Name::Clave), Field::hidden(Name::RepeatClave)], on()),
        }
    }

    pub(super) fn form(&self, panel: Panel) -> &Form {
        match panel {
            Panel::Company => &self.company,
            Panel::Question => &self.question,
            Panel::Address => &self.address,
            Panel::Contact => &self.contact,
            Panel::Representative => &self.representative,
            Panel::RepresentativeContact => &self.representative_contact,
            Panel::Clave => &self.clave,
        }
    }

    pub(super) fn form_mut(&mut self, panel: Panel) -> &mut Form {
        match panel {
            Panel::Company => &mut self.company,
            Panel::Question => &mut self.question,
            Panel::Address => &mut self.address,
            Panel::Contact => &mut self.contact,
            Panel::Representative => &mut self.representative,
            Panel::RepresentativeContact => &mut self.representative_contact,
            Panel::Clave => &mut self.clave,
        }
    }

    /// Shows what the registry calls the company.
    pub(super) fn name_company(&mut self, rut: Rut, name: &Clean) {
        let shown = Clean::from(format!("{name} · {rut}"));
        if let Some(field) = self.question.field_mut(Name::BusinessName) {
            field.input = Input::ReadOnly(Words::Given(shown));
        }
    }

    /// Shows what the registry calls the representative.
    pub(super) fn name_representative(&mut self, rut: Rut, name: &Clean) {
        let shown = Clean::from(format!("{name} · {rut}"));
        if let Some(field) = self.representative_contact.field_mut(Name::RepresentativeName) {
            field.input = Input::ReadOnly(Words::Given(shown));
        }
    }

    pub(super) fn company(&mut self) -> Option<Rut> {
        self.company.read(|reader| reader.rut(Name::CompanyRut))
    }

    pub(super) fn representative(&mut self) -> Option<Rut> {
        self.representative.read(|reader| reader.representative(Name::RepresentativeRut)).map(|(rut, _)| rut)
    }

    pub(super) fn question(&mut self) -> Option<(Clean, Answer)> {
        let questions = &self.questions;
        self.question.read(|reader| {
            let question = reader.choice(Name::Question).and_then(|chosen| questions.get(chosen).cloned());
            let answer = reader.answer(Name::Answer);
            Some((question?, answer?))
        })
    }

    pub(super) fn address(&mut self) -> Option<Address> {
        self.address.read(|reader| {
            let comuna = reader.comuna(Name::Comuna);
            let street = reader.words(Name::Street);
            let number = reader.words(Name::Number);
            let block = reader.optional_words(Name::Block);
            let apartment = reader.optional_words(Name::Apartment);
            Some(Address {
                comuna: comuna?,
                street: street?,
                number: number?,
                block: block?,
                apartment: apartment?,
            })
        })
    }

    pub(super) fn has_no_fax(&self) -> bool {
        self.contact.field(Name::NoFax).is_some_and(Field::is_checked)
    }

    fn contact(&mut self) -> Option<(Email, Phone, Option<Phone>)> {
        self.contact.read(|reader| {
            let email = reader.email(Name::CompanyEmail);
            let phone = reader.phone(Name::Phone);
            let fax = match reader.is_checked(Name::NoFax) {
                true => Some(None),
                false => reader.phone(Name::Fax).map(Some),
            };
            Some((email?, phone?, fax?))
        })
    }

    /// Right, and no slip in the address left that wasn't pointed out.
    pub(super) fn contact_is_right(&mut self) -> bool {
        self.contact().is_some_and(|(email, ..)| told_of_slip(&mut self.contact, Name::CompanyEmail, &email))
    }

    fn representative_contact(&mut self) -> Option<(Mobile, Email)> {
        self.representative_contact.read(|reader| {
            let mobile = reader.mobile(Name::Mobile);
            let email = reader.email(Name::RepresentativeEmail);
            Some((mobile?, email?))
        })
    }

    pub(super) fn representative_contact_is_right(&mut self) -> bool {
        self.representative_contact().is_some_and(|(_, email)| {
            told_of_slip(&mut self.representative_contact, Name::RepresentativeEmail, &email)
        })
    }

    /// The key, which must not be made of what is known about the company.
    pub(super) fn clave(&mut self, representing: &Option<Representing>) -> Option<Clave> {
        let representing = representing.as_ref()?;
        let comuna = self.address.field(Name::Comuna).and_then(Field::comuna_chosen);
        let comuna = comuna.map(|comuna| comuna.name()).unwrap_or_default();
        let names = [representing.company.name.as_str(), representing.name.as_str(), comuna];
        let known = KnownWords::new(representing.company.rut, &names);
        self.clave.read(|reader| reader.clave(Name::Clave, Name::RepeatClave, &known))
    }

    /// Everything, read once more; or the first panel on which something is wrong now.
    pub(super) fn application(
        &mut self,
        company: &Option<OpenCompany>,
        representing: &Option<Representing>,
    ) -> Result<Application, Panel> {
        let typed = self.company().ok_or(Panel::Company)?;
        let company = company.as_ref().filter(|known| known.rut == typed).ok_or(Panel::Company)?.rut;
        let (question, answer) = self.question().ok_or(Panel::Question)?;
        let address = self.address().ok_or(Panel::Address)?;
        let (email, phone, fax) = self.contact().ok_or(Panel::Contact)?;
        let representative = self.representative().ok_or(Panel::Representative)?;
        let proved =
            representing.as_ref().filter(|known| known.company.rut == company && known.rut == representative);
        let proved = proved.cloned().ok_or(Panel::Representative)?;
        let (representative_mobile, representative_email) =
            self.representative_contact().ok_or(Panel::RepresentativeContact)?;
        let clave = self.clave(representing).ok_or(Panel::Clave)?;
        Ok(Application {
            representing: proved,
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

/// A likely slip in an address is pointed out once; the person may go on.
fn told_of_slip(form: &mut Form, name: Name, email: &Email) -> bool {
    let Some(meant) = email.probably_meant() else { return true };
    let says = Msg::DidYouMean { email: Clean::from(meant.to_string()) };
    if form.field(name).is_some_and(|field| field.remark.as_ref() == Some(&says)) {
        return true;
    }
    form.remark(name, says);
    false
}
