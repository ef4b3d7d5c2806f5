//! The guide's forms about a company and what they hold, read and read again: every value that is
//! sent is parsed from what stands on the screen. The registration and *Actualizar datos* share them.

mod fill;
mod review;

use crate::domain::account::Address;
use crate::domain::answer::Answer;
use crate::domain::clean::Clean;
use crate::domain::email::Email;
use crate::domain::phone::{Mobile, Phone};
use crate::domain::rut::Rut;
use crate::flow::{Setup, told_of_slip};
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::form::read::Reader;
use crate::page::Words;
use crate::text::Msg;

/// The guide's panels. Two of them come in two parts, for the registry names who was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Panel {
    /// *RUT Empresa*.
    Company,
    /// *Razón Social*, *Pregunta Secreta*, *Respuesta Secreta*.
    Question,
    /// *Dirección de Empresa*.
    Address,
    /// *Datos de Contacto*.
    Contact,
    /// The legal representative's *Rut*.
    Representative,
    /// *Nombre*, *Celular*, *Email*.
    RepresentativeContact,
    /// *Clave CS*, *Repetir Clave CS*.
    Clave,
}

impl Panel {
    const ORDER: [Panel; 7] = [
        Panel::Company,
        Panel::Question,
        Panel::Address,
        Panel::Contact,
        Panel::Representative,
        Panel::RepresentativeContact,
        Panel::Clave,
    ];

    pub(in crate::flow) fn after(self) -> Option<Panel> {
        Panel::ORDER.into_iter().find(|panel| *panel > self)
    }

    pub(in crate::flow) fn before(self) -> Option<Panel> {
        Panel::ORDER.into_iter().rev().find(|panel| *panel < self)
    }
}

impl Panel {
    pub(in crate::flow) fn heading(self) -> Msg {
        match self {
            Panel::Company => Msg::RegisterCompanyHeading,
            Panel::Question => Msg::RegisterQuestionHeading,
            Panel::Address => Msg::RegisterAddressHeading,
            Panel::Contact => Msg::RegisterContactHeading,
            Panel::Representative => Msg::RegisterRepresentativeHeading,
            Panel::RepresentativeContact => Msg::RegisterRepresentativeContactHeading,
            Panel::Clave => Msg::RegisterClaveHeading,
        }
    }

    /// The guide's name of the panel.
    pub(in crate::flow) fn title(self) -> Msg {
        match self {
            Panel::Company | Panel::Question => Msg::PanelCompany,
            Panel::Address => Msg::PanelAddress,
            Panel::Contact => Msg::PanelContact,
            Panel::Representative | Panel::RepresentativeContact => Msg::PanelRepresentative,
            Panel::Clave => Msg::PanelClave,
        }
    }

    pub(in crate::flow) fn help(self) -> Vec<Msg> {
        match self {
            Panel::Company => vec![Msg::HelpCompanyRut],
            Panel::Question => vec![Msg::HelpQuestion],
            Panel::Address => vec![Msg::HelpAddress],
            Panel::Contact => vec![Msg::HelpContact],
            Panel::Representative | Panel::RepresentativeContact => vec![Msg::HelpRepresentative],
            Panel::Clave => vec![Msg::HelpClave],
        }
    }
}

#[derive(Debug, PartialEq)]
pub(in crate::flow) struct Panels {
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

impl Panels {
    pub(in crate::flow) fn new(setup: &Setup) -> Self {
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

    pub(in crate::flow) fn form(&self, panel: Panel) -> &Form {
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

    pub(in crate::flow) fn form_mut(&mut self, panel: Panel) -> &mut Form {
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
    pub(in crate::flow) fn name_company(&mut self, rut: Rut, name: &Clean) {
        let shown = Words::Given(Clean::from(format!("{name} · {rut}")));
        set_name(&mut self.question, COMPANY_NAMES, Field::read_only(Name::BusinessName, shown));
    }

    /// Shows what the registry calls the representative.
    pub(in crate::flow) fn name_representative(&mut self, rut: Rut, name: &Clean) {
        let shown = Words::Given(Clean::from(format!("{name} · {rut}")));
        let field = Field::read_only(Name::RepresentativeName, shown);
        set_name(&mut self.representative_contact, REPRESENTATIVE_NAMES, field);
    }

    /// Asks for what the registry did not say: the name of a company or of its representative.
    pub(in crate::flow) fn ask_for_name_of(&mut self, panel: Panel) {
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

    pub(in crate::flow) fn company(&mut self) -> Option<Rut> {
        self.company.read(|reader| reader.rut(Name::CompanyRut))
    }

    pub(in crate::flow) fn representative(&mut self) -> Option<Rut> {
        self.representative.read(|reader| reader.representative(Name::RepresentativeRut))
    }

    pub(in crate::flow) fn question(&mut self) -> Option<(Clean, Clean, Answer)> {
        let questions = &self.questions;
        self.question.read(|reader| {
            let name = typed_name(reader, Name::TypedBusinessName);
            let question = reader.choice(Name::Question).and_then(|chosen| questions.get(chosen).cloned());
            let answer = reader.answer(Name::Answer);
            Some((name?, question?, answer?))
        })
    }

    pub(in crate::flow) fn address(&mut self) -> Option<Address> {
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

    pub(in crate::flow) fn has_no_fax(&self) -> bool {
        self.contact.field(Name::NoFax).is_some_and(Field::is_checked)
    }

    pub(in crate::flow) fn contact(&mut self) -> Option<(Email, Phone, Option<Phone>)> {
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
    pub(in crate::flow) fn contact_is_right(&mut self) -> bool {
        self.contact().is_some_and(|(email, ..)| told_of_slip(&mut self.contact, Name::CompanyEmail, &email))
    }

    pub(in crate::flow) fn representative_contact(&mut self) -> Option<(Clean, Mobile, Email)> {
        self.representative_contact.read(|reader| {
            let name = typed_name(reader, Name::TypedRepresentativeName);
            let mobile = reader.mobile(Name::Mobile);
            let email = reader.email(Name::RepresentativeEmail);
            Some((name?, mobile?, email?))
        })
    }

    pub(in crate::flow) fn representative_contact_is_right(&mut self) -> bool {
        self.representative_contact().is_some_and(|(.., email)| {
            told_of_slip(&mut self.representative_contact, Name::RepresentativeEmail, &email)
        })
    }
}

/// Puts one of a name's two fields in the place of the other.
fn set_name(form: &mut Form, names: [Name; 2], field: Field) {
    if let Some(name) = names.into_iter().find(|name| form.field(*name).is_some()) {
        form.replace(name, field);
    }
}

/// The name, if it is to be typed; nothing, if the registry gave it.
fn typed_name(reader: &mut Reader<'_>, name: Name) -> Option<Clean> {
    match reader.has(name) {
        true => reader.words(name),
        false => Some(Clean::default()),
    }
}
