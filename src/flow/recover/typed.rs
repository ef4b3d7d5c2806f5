//! What was typed in *Recuperar CS*. It outlives its step: whoever goes back and on again finds it.

use crate::domain::answer::Answer;
use crate::domain::cedula::Serial;
use crate::domain::email::Email;
use crate::domain::rut::Rut;
use crate::flow::panels::ExpiredCard;
use crate::flow::told_of_slip;
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::page::Words;
use crate::text::Msg;

/// The forms, one for each step that reads what is proved next.
#[derive(Debug, PartialEq)]
pub(super) struct Typed {
    pub(super) company: Form,
    pub(super) question: Form,
    pub(super) representative: Form,
    pub(super) card: Form,
    /// Whose card the serial number is of.
    holder: Option<Rut>,
    pub(super) expired: ExpiredCard,
    pub(super) address: Form,
}

/// Where the clave shall go.
pub(super) enum Destination {
    OnFile,
    New(Email),
}

impl Default for Typed {
    fn default() -> Self {
        let yes_or_no = vec![Words::Said(Msg::AddressYes), Words::Said(Msg::AddressNo)];
        let validated = |name| Form::new(vec![Field::line(name)], vec![ButtonName::Validate]);
        let continued = |fields| Form::new(fields, vec![ButtonName::Continue]);
        Typed {
            company: Form::new(
                vec![Field::line(Name::CompanyRut).called(Msg::LabelRut)],
                vec![ButtonName::Validate],
            ),
            question: continued(vec![Field::hidden(Name::Answer), Field::check(Name::Forgot)])
                .with_enough(Name::Answer),
            representative: validated(Name::RepresentativeRut),
            card: validated(Name::Serial),
            holder: None,
            expired: ExpiredCard::default(),
            address: continued(vec![Field::choice(Name::EmailIsRight, yes_or_no)]),
        }
    }
}

impl Typed {
    pub(super) fn company(&mut self) -> Option<Rut> {
        self.company.read(|reader| reader.company_rut(Name::CompanyRut))
    }

    pub(super) fn answer(&mut self) -> Option<Answer> {
        self.question.read(|reader| reader.answer(Name::Answer))
    }

    /// *No recuerdo* is ticked, and no answer was typed since.
    pub(super) fn has_forgotten(&self) -> bool {
        let is_typed = self.question.field(Name::Answer).is_some_and(Field::is_touched);
        !(is_typed && self.question.is_on(Name::Answer)) && self.is_forgotten()
    }

    /// Whether *No recuerdo* is ticked; if so, no answer is missing.
    pub(super) fn forgets_answer(&mut self) -> bool {
        let is_forgotten = self.is_forgotten();
        if is_forgotten {
            self.question.set_errors(vec![]);
        }
        is_forgotten
    }

    fn is_forgotten(&self) -> bool {
        self.question.field(Name::Forgot).is_some_and(Field::is_checked)
    }

    /// A card that was scanned tells its serial number too, and another person has another card.
    pub(super) fn representative(&mut self) -> Option<Rut> {
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

    pub(super) fn serial(&mut self, holder: Rut) -> Option<Serial> {
        self.card.read(|reader| reader.serial(Name::Serial, holder))
    }

    /// Choosing *No* shows the field for another address; choosing *Sí* hides it.
    pub(super) fn show_new_address(&mut self) {
        let says_no = self.address.field(Name::EmailIsRight).and_then(Field::chosen) == Some(1);
        self.address.show_field(Field::email(Name::NewEmail), says_no);
    }

    /// Where to, once it is right and a likely slip in a new address was pointed out.
    pub(super) fn destination(&mut self) -> Option<Destination> {
        let read = self.address.read(|reader| match reader.choice(Name::EmailIsRight)? {
            0 => Some(Destination::OnFile),
            _ => reader.email(Name::NewEmail).map(Destination::New),
        });
        match read {
            Some(Destination::New(email)) if !told_of_slip(&mut self.address, Name::NewEmail, &email) => None,
            Some(destination) => Some(destination),
            None => {
                self.show_new_address();
                None
            }
        }
    }
}
