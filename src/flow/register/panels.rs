//! The forms of the registration and what they hold, read and read again: every value that
//! *Crear Cuenta* sends is parsed from what stands on the screen.

use super::Panel;
use super::subject::Subject;
use crate::domain::account::Address;
use crate::domain::answer::Answer;
use crate::domain::clave::{Clave, KnownWords};
use crate::domain::clean::Clean;
use crate::domain::email::Email;
use crate::domain::phone::{Mobile, Phone};
use crate::domain::rut::Rut;
use crate::effect::Application;
use crate::flow::{Setup, told_of_slip};
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::form::read::Reader;
use crate::page::Words;

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

/// The field that the registry fills in, and the one to type in while it is down.
const COMPANY_NAMES: [Name; 2] = [Name::BusinessName, Name::TypedBusinessName];
const REPRESENTATIVE_NAMES: [Name; 2] = [Name::RepresentativeName, Name::TypedRepresentativeName];

pub(super) fn code_form() -> Form {
    Form::new(
        vec![Field::line(Name::Code)],
        vec![ButtonName::Validate, ButtonName::SendCodeAgain, ButtonName::Later],
    )
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
        let shown = Words::Given(Clean::from(format!("{name} · {rut}")));
        set_name(&mut self.question, COMPANY_NAMES, Field::read_only(Name::BusinessName, shown));
    }

    /// Shows what the registry calls the representative.
    pub(super) fn name_representative(&mut self, rut: Rut, name: &Clean) {
        let shown = Words::Given(Clean::from(format!("{name} · {rut}")));
        let field = Field::read_only(Name::RepresentativeName, shown);
        set_name(&mut self.representative_contact, REPRESENTATIVE_NAMES, field);
    }

    /// Asks for what the registry did not say: the name of a company or of its representative.
    pub(super) fn ask_for_name_of(&mut self, panel: Panel) {
        let (form, [shown, typed]) = match panel {
            Panel::Representative => (&mut self.representative_contact, REPRESENTATIVE_NAMES),
            _ => (&mut self.question, COMPANY_NAMES),
        };
        // What was typed before stays.
        if form.field(typed).is_none() {
            set_name(form, [shown, typed], Field::line(typed));
            form.focus_on(typed);
        }
    }

    pub(super) fn company(&mut self) -> Option<Rut> {
        self.company.read(|reader| reader.rut(Name::CompanyRut))
    }

    pub(super) fn representative(&mut self) -> Option<Rut> {
        self.representative.read(|reader| reader.representative(Name::RepresentativeRut)).map(|(rut, _)| rut)
    }

    pub(super) fn question(&mut self) -> Option<(Clean, Clean, Answer)> {
        let questions = &self.questions;
        self.question.read(|reader| {
            let name = typed_name(reader, Name::TypedBusinessName);
            let question = reader.choice(Name::Question).and_then(|chosen| questions.get(chosen).cloned());
            let answer = reader.answer(Name::Answer);
            Some((name?, question?, answer?))
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

    fn representative_contact(&mut self) -> Option<(Clean, Mobile, Email)> {
        self.representative_contact.read(|reader| {
            let name = typed_name(reader, Name::TypedRepresentativeName);
            let mobile = reader.mobile(Name::Mobile);
            let email = reader.email(Name::RepresentativeEmail);
            Some((name?, mobile?, email?))
        })
    }

    pub(super) fn representative_contact_is_right(&mut self) -> bool {
        self.representative_contact().is_some_and(|(.., email)| {
            told_of_slip(&mut self.representative_contact, Name::RepresentativeEmail, &email)
        })
    }

    /// The key, which must not be made of what is known about the company.
    pub(super) fn clave(&mut self, subject: &Subject) -> Option<Clave> {
        let company = self.company()?;
        let names = self.names(subject);
        let comuna = self.address.field(Name::Comuna).and_then(Field::comuna_chosen);
        let comuna = comuna.map(|comuna| comuna.name()).unwrap_or_default();
        let known = KnownWords::new(company, &[names.0.as_str(), names.1.as_str(), comuna]);
        self.clave.read(|reader| reader.clave(Name::Clave, Name::RepeatClave, &known))
    }

    /// What company and representative are called: by the registry, or as typed.
    fn names(&self, subject: &Subject) -> (Clean, Clean) {
        let typed =
            |form: &Form, name| form.field(name).map(|field| Clean::from(field.text())).unwrap_or_default();
        let company = subject.company_name().cloned();
        let representative = subject.representative_name().cloned();
        (
            company.unwrap_or_else(|| typed(&self.question, Name::TypedBusinessName)),
            representative
                .unwrap_or_else(|| typed(&self.representative_contact, Name::TypedRepresentativeName)),
        )
    }

    /// Everything, read once more; or the first panel on which something is wrong now.
    pub(super) fn application(&mut self, subject: &Subject) -> Result<Application, Panel> {
        let company = self.company().filter(|typed| subject.is_company(*typed)).ok_or(Panel::Company)?;
        let (_, question, answer) = self.question().ok_or(Panel::Question)?;
        let address = self.address().ok_or(Panel::Address)?;
        let (email, phone, fax) = self.contact().ok_or(Panel::Contact)?;
        let representative = self.representative().ok_or(Panel::Representative)?;
        let applicant = subject.applicant((company, representative), self.names(subject));
        let applicant = applicant.ok_or(Panel::Representative)?;
        let (_, representative_mobile, representative_email) =
            self.representative_contact().ok_or(Panel::RepresentativeContact)?;
        let clave = self.clave(subject).ok_or(Panel::Clave)?;
        Ok(Application {
            applicant,
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

/// Puts one of a name's two fields in the place of the other.
fn set_name(form: &mut Form, names: [Name; 2], field: Field) {
    if let Some(name) = names.into_iter().find(|name| form.field(*name).is_some())
        && let Some(place) = form.field_mut(name)
    {
        *place = field;
    }
}

/// The name, if it is to be typed; nothing, if the registry gave it.
fn typed_name(reader: &mut Reader<'_>, name: Name) -> Option<Clean> {
    match reader.has(name) {
        true => reader.words(name),
        false => Some(Clean::default()),
    }
}
