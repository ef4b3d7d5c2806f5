//! *Datos de Contacto*.

use super::{going_on, write};
use crate::domain::email::Email;
use crate::domain::phone::Phone;
use crate::effect::OnFile;
use crate::flow::told_of_slip;
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::Name;

/// The form.
#[derive(Debug, PartialEq)]
pub(in crate::flow) struct ContactPanel {
    pub(super) form: Form,
}

impl ContactPanel {
    pub(super) fn new() -> Self {
        ContactPanel {
            form: going_on(vec![
                Field::email(Name::CompanyEmail),
                Field::line(Name::Phone),
                Field::line(Name::Fax),
                Field::check(Name::NoFax),
            ]),
        }
    }

    pub(super) fn has_no_fax(&self) -> bool {
        self.form.field(Name::NoFax).is_some_and(Field::is_checked)
    }

    pub(in crate::flow) fn read(&mut self) -> Option<(Email, Phone, Option<Phone>)> {
        self.form.read(|reader| {
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
    pub(in crate::flow) fn is_right(&mut self) -> bool {
        self.read().is_some_and(|(email, ..)| told_of_slip(&mut self.form, Name::CompanyEmail, &email))
    }

    pub(super) fn fill(&mut self, on_file: &OnFile) {
        write(&mut self.form, Name::CompanyEmail, on_file.email.as_str());
        write(&mut self.form, Name::Phone, &on_file.phone.to_string());
        match &on_file.fax {
            Some(fax) => write(&mut self.form, Name::Fax, &fax.to_string()),
            None => {
                if let Some(field) = self.form.field_mut(Name::NoFax).filter(|field| !field.is_checked()) {
                    field.point();
                }
            }
        }
    }
}
