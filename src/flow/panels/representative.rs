//! The legal representative's *Nombre*, *Celular*, *Email*.

use super::{Named, going_on, typed_name, write};
use crate::domain::account::Representative;
use crate::domain::clean::Clean;
use crate::domain::email::Email;
use crate::domain::phone::Mobile;
use crate::domain::rut::Rut;
use crate::flow::told_of_slip;
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::Name;

/// The form.
#[derive(Debug, PartialEq)]
pub(in crate::flow) struct RepresentativePanel {
    pub(super) form: Form,
}

const NAMED: Named = Named { shown: Name::RepresentativeName, typed: Name::TypedRepresentativeName };

impl RepresentativePanel {
    pub(super) fn new() -> Self {
        let contacts = [Field::line(Name::Mobile), Field::email(Name::RepresentativeEmail)];
        RepresentativePanel { form: going_on([NAMED.nobody()].into_iter().chain(contacts).collect()) }
    }

    /// Shows what the registry calls the representative.
    pub(in crate::flow) fn show_name(&mut self, rut: Rut, name: &Clean) {
        NAMED.show(&mut self.form, rut, name);
    }

    /// Asks for the name that the registry did not say.
    pub(in crate::flow) fn ask_for_name(&mut self) {
        NAMED.ask(&mut self.form);
    }

    /// The name if it is typed, the mobile, the mailbox.
    pub(in crate::flow) fn read(&mut self) -> Option<(Clean, Mobile, Email)> {
        self.form.read(|reader| {
            let name = typed_name(reader, NAMED.typed);
            let mobile = reader.mobile(Name::Mobile);
            let email = reader.email(Name::RepresentativeEmail);
            Some((name?, mobile?, email?))
        })
    }

    /// Right, and no slip in the address left that wasn't pointed out.
    pub(in crate::flow) fn is_right(&mut self) -> bool {
        self.read().is_some_and(|(.., email)| told_of_slip(&mut self.form, Name::RepresentativeEmail, &email))
    }

    pub(super) fn fill(&mut self, representative: &Representative) {
        self.show_name(representative.rut, &representative.name);
        write(&mut self.form, Name::Mobile, &representative.mobile.to_string());
        write(&mut self.form, Name::RepresentativeEmail, representative.email.as_str());
    }

    /// Another person has another mobile and another mailbox.
    pub(in crate::flow) fn empty(&mut self) {
        for name in [Name::Mobile, Name::RepresentativeEmail] {
            if let Some(field) = self.form.field_mut(name) {
                field.clear();
            }
        }
        self.form.focus_on(Name::Mobile);
    }
}
