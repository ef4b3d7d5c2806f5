//! The guide's forms about a company and what they hold, read and read again: every value that is
//! sent is parsed from what stands on the screen. The registration and *Actualizar datos* share them.

mod address;
mod contact;
mod question;
mod representative;
mod review;

use crate::domain::account::Representative;
use crate::domain::cedula::Serial;
use crate::domain::clean::Clean;
use crate::domain::rut::Rut;
use crate::effect::{OnFile, Refusal, Reply};
use crate::flow::Setup;
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::form::read::Reader;
use crate::page::Words;
use crate::text::Msg;
pub(in crate::flow) use address::AddressPanel;
use contact::ContactPanel;
use question::QuestionPanel;
use representative::RepresentativePanel;

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
    /// *Número de serie cédula de identidad* (T1).
    Card,
    /// *Nombre*, *Celular*, *Email*.
    RepresentativeContact,
    /// *Clave CS*, *Repetir Clave CS*.
    Clave,
}

impl Panel {
    const ORDER: [Panel; 8] = [
        Panel::Company,
        Panel::Question,
        Panel::Address,
        Panel::Contact,
        Panel::Representative,
        Panel::Card,
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
            Panel::Card => Msg::RecoverCardHeading,
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
            Panel::Representative | Panel::Card | Panel::RepresentativeContact => Msg::PanelRepresentative,
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
            Panel::Card => vec![Msg::HelpSerialNew, Msg::HelpSerialOld],
            Panel::Clave => vec![Msg::HelpClave],
        }
    }
}

/// All of the panels. Each knows how it is read and filled in.
#[derive(Debug, PartialEq)]
pub(in crate::flow) struct Panels {
    company: Form,
    pub(in crate::flow) question: QuestionPanel,
    pub(in crate::flow) address: AddressPanel,
    pub(in crate::flow) contact: ContactPanel,
    representative: Form,
    card: Form,
    /// Whose card the serial number is of.
    holder: Option<Rut>,
    pub(in crate::flow) expired: ExpiredCard,
    pub(in crate::flow) representative_contact: RepresentativePanel,
    clave: Form,
}

impl Panels {
    pub(in crate::flow) fn new(setup: &Setup) -> Self {
        let validated = |name| Form::new(vec![Field::line(name)], vec![ButtonName::Validate]);
        Panels {
            company: Form::new(
                vec![Field::line(Name::CompanyRut)],
                vec![ButtonName::Validate, ButtonName::ResumeRegistration],
            ),
            question: QuestionPanel::new(&setup.questions),
            address: AddressPanel::new(),
            contact: ContactPanel::new(),
            representative: Form::new(
                vec![Field::line(Name::RepresentativeRut).called(Msg::LabelRut)],
                vec![ButtonName::Validate],
            ),
            card: validated(Name::Serial),
            holder: None,
            expired: ExpiredCard::default(),
            representative_contact: RepresentativePanel::new(),
            clave: going_on(vec![Field::hidden(Name::Clave), Field::hidden(Name::RepeatClave)]),
        }
    }

    pub(in crate::flow) fn form(&self, panel: Panel) -> &Form {
        match panel {
            Panel::Company => &self.company,
            Panel::Question => &self.question.form,
            Panel::Address => &self.address.form,
            Panel::Contact => &self.contact.form,
            Panel::Representative => &self.representative,
            Panel::Card => &self.card,
            Panel::RepresentativeContact => &self.representative_contact.form,
            Panel::Clave => &self.clave,
        }
    }

    pub(in crate::flow) fn form_mut(&mut self, panel: Panel) -> &mut Form {
        match panel {
            Panel::Company => &mut self.company,
            Panel::Question => &mut self.question.form,
            Panel::Address => &mut self.address.form,
            Panel::Contact => &mut self.contact.form,
            Panel::Representative => &mut self.representative,
            Panel::Card => &mut self.card,
            Panel::RepresentativeContact => &mut self.representative_contact.form,
            Panel::Clave => &mut self.clave,
        }
    }

    /// *RUT Empresa*.
    pub(in crate::flow) fn company(&mut self) -> Option<Rut> {
        self.company.read(|reader| reader.rut(Name::CompanyRut))
    }

    /// The legal representative's *Rut*. A card that was scanned tells its serial number too, and another
    /// person has another card.
    pub(in crate::flow) fn representative(&mut self) -> Option<Rut> {
        let (representative, serial) =
            self.representative.read(|reader| reader.representative_or_card(Name::RepresentativeRut))?;
        let is_another = self.holder.replace(representative).is_some_and(|before| before != representative);
        if let Some(field) = self.card.field_mut(Name::Serial) {
            if is_another {
                field.clear();
            }
            if let Some(serial) = serial {
                field.set_text(serial.as_str());
            }
        }
        Some(representative)
    }

    /// *Número de serie cédula de identidad* of this person's card.
    pub(in crate::flow) fn serial(&mut self, holder: Rut) -> Option<Serial> {
        self.card.read(|reader| reader.serial(Name::Serial, holder))
    }

    /// All that is on file stands in the panels, except for the answer.
    pub(in crate::flow) fn fill(&mut self, on_file: &OnFile) {
        self.question.fill(on_file);
        self.address.fill(&on_file.address);
        self.contact.fill(on_file);
        self.fill_representative(&on_file.representative);
    }

    pub(in crate::flow) fn fill_representative(&mut self, representative: &Representative) {
        write(&mut self.representative, Name::RepresentativeRut, &representative.rut.to_string());
        self.representative_contact.fill(representative);
    }
}

/// The card that Registro Civil calls expired, if the one that was asked about last is: staff may take it.
#[derive(Debug, Default, PartialEq)]
pub(in crate::flow) struct ExpiredCard(Option<Serial>);

impl ExpiredCard {
    /// What was said of the card with this number.
    pub(in crate::flow) fn heard(&mut self, serial: &Serial, reply: &Reply) {
        match reply {
            Reply::Refused(Refusal::Expired { .. }) => self.0 = Some(serial.clone()),
            // Nobody was asked.
            Reply::Refused(Refusal::Repeated) => {}
            _ => self.0 = None,
        }
    }

    /// Its number, while it stands in this form with the error that it met.
    pub(in crate::flow) fn serial_in(&self, form: &Form) -> Option<Serial> {
        let field = form.field(Name::Serial).filter(|field| field.error.is_some())?;
        let serial: Serial = field.text().parse().ok()?;
        self.0.clone().filter(|expired| *expired == serial)
    }
}

/// A panel that *Continuar* leaves.
fn going_on(fields: Vec<Field>) -> Form {
    Form::new(fields, vec![ButtonName::Continue])
}

fn write(form: &mut Form, name: Name, text: &str) {
    if let Some(field) = form.field_mut(name) {
        field.set_text(text);
    }
}

/// The two fields of a name, one in the place of the other.
struct Named {
    /// The registry fills it in.
    shown: Name,
    /// The person does, while the registry is down.
    typed: Name,
}

impl Named {
    /// Nothing is known yet.
    fn nobody(&self) -> Field {
        Field::read_only(self.shown, Words::Given(Clean::default()))
    }

    fn show(&self, form: &mut Form, rut: Rut, name: &Clean) {
        let words = Words::Given(Clean::from(format!("{name} · {rut}")));
        self.put(form, Field::read_only(self.shown, words));
    }

    /// What was typed before stays.
    fn ask(&self, form: &mut Form) {
        if form.field(self.typed).is_none() {
            self.put(form, Field::line(self.typed));
            form.focus_on(self.typed);
        }
    }

    fn put(&self, form: &mut Form, field: Field) {
        let standing = [self.shown, self.typed].into_iter().find(|name| form.field(*name).is_some());
        if let Some(name) = standing {
            form.replace(name, field);
        }
    }
}

/// The name, if it is to be typed; nothing, if the registry gave it.
fn typed_name(reader: &mut Reader<'_>, name: Name) -> Option<Clean> {
    match reader.has(name) {
        true => reader.words(name),
        false => Some(Clean::default()),
    }
}
