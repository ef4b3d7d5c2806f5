//! *Dirección de Empresa*.

use super::{going_on, write};
use crate::domain::account::Address;
use crate::domain::clean::Clean;
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::Name;

/// The form.
#[derive(Debug, PartialEq)]
pub(in crate::flow) struct AddressPanel {
    pub(in crate::flow) form: Form,
}

impl AddressPanel {
    pub(in crate::flow) fn new() -> Self {
        let lines = [Name::Street, Name::Number, Name::Block, Name::Apartment].map(Field::line);
        let fields = [Field::comuna(Name::Comuna)].into_iter().chain(lines);
        AddressPanel { form: going_on(fields.collect()) }
    }

    pub(in crate::flow) fn read(&mut self) -> Option<Address> {
        self.form.read(|reader| {
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

    pub(super) fn fill(&mut self, address: &Address) {
        if let Some(field) = self.form.field_mut(Name::Comuna) {
            field.choose_comuna(address.comuna);
        }
        let optional = |words: &Option<Clean>| words.as_ref().map(Clean::to_string).unwrap_or_default();
        write(&mut self.form, Name::Street, address.street.as_str());
        write(&mut self.form, Name::Number, address.number.as_str());
        write(&mut self.form, Name::Block, &optional(&address.block));
        write(&mut self.form, Name::Apartment, &optional(&address.apartment));
    }
}
