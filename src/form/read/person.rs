//! The fields about a facilitator: who they are, and what leads back to their request.

use time::Date;

use super::Reader;
use crate::domain::birth::{BirthDate, BirthError};
use crate::domain::clean::Clean;
use crate::domain::country::Country;
use crate::domain::facilitator::{
    Children, ChildrenError, IdentityError, IdentityNumber, PersonName, PersonNameError,
};
use crate::domain::folio::{Folio, FolioError};
use crate::form::field::Field;
use crate::form::names::Name;
use crate::text::Msg;

impl Reader<'_> {
    /// A document's number, shown back in capitals without what stands between.
    pub fn identity_number(&mut self, name: Name) -> Option<IdentityNumber> {
        match self.text(name).parse::<IdentityNumber>() {
            Ok(number) => {
                self.show_back(name, &number.to_string());
                Some(number)
            }
            Err(IdentityError::Empty) => self.missing(name),
            Err(IdentityError::Shape) => self.fail(name, Msg::WrongIdentityShape),
            Err(IdentityError::NoDigit) => self.fail(name, Msg::WrongIdentityNoDigit),
            Err(IdentityError::Length) => self.fail(name, Msg::WrongIdentityLength),
        }
    }

    /// A name that must be there.
    pub fn person_name(&mut self, name: Name) -> Option<PersonName> {
        self.optional_person_name(name)?.or_else(|| self.missing(name))
    }

    /// A name that may be left out: the inner `None`.
    pub fn optional_person_name(&mut self, name: Name) -> Option<Option<PersonName>> {
        match self.text(name).parse::<PersonName>() {
            Ok(person) => Some(Some(person)),
            Err(PersonNameError::Empty) => Some(None),
            Err(PersonNameError::Shape) => self.fail(name, Msg::WrongPersonName),
            Err(PersonNameError::Long(length)) => {
                self.fail(name, Msg::WrongPersonNameLong { length: length as u64 })
            }
        }
    }

    /// A birth date, shown back as the guide writes it.
    pub fn birth(&mut self, name: Name, today: Date) -> Option<BirthDate> {
        match self.text(name).parse::<BirthDate>().and_then(|birth| birth.check(today)) {
            Ok(birth) => {
                self.show_back(name, &birth.to_string());
                Some(birth)
            }
            Err(BirthError::Empty) => self.missing(name),
            Err(BirthError::Shape) => self.fail(name, Msg::WrongBirthShape),
            Err(BirthError::ShortYear) => self.fail(name, Msg::WrongBirthYear),
            Err(BirthError::NoSuchDay) => self.fail(name, Msg::WrongBirthDay),
            Err(BirthError::Future) => self.fail(name, Msg::WrongBirthFuture),
            Err(BirthError::TooOld) => self.fail(name, Msg::WrongBirthOld),
        }
    }

    /// How many children somebody has.
    pub fn children(&mut self, name: Name) -> Option<Children> {
        match self.text(name).parse::<Children>() {
            Ok(children) => Some(children),
            Err(ChildrenError::Empty) => self.missing(name),
            Err(ChildrenError::Shape) => self.fail(name, Msg::WrongChildren),
        }
    }

    /// A country, chosen or named in full.
    pub fn country(&mut self, name: Name) -> Option<Country> {
        match self.field(name).and_then(Field::country_chosen) {
            Some(country) => Some(country),
            None if self.text(name).trim().is_empty() => self.missing(name),
            None => self.fail(name, Msg::WrongCountry { text: Clean::from(self.text(name).as_str()) }),
        }
    }

    /// A receipt's folio, shown back as it stands there.
    pub fn folio(&mut self, name: Name) -> Option<Folio> {
        match self.text(name).parse::<Folio>() {
            Ok(folio) => {
                self.show_back(name, &folio.to_string());
                Some(folio)
            }
            Err(_) if self.text(name).trim().is_empty() => self.missing(name),
            Err(FolioError::Check) => self.fail(name, Msg::WrongFolioCheck),
            Err(FolioError::Shape) => self.fail(name, Msg::WrongFolio),
        }
    }
}
