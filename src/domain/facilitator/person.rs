//! The guide's panel *Datos del Facilitador*, field by field.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::domain::birth::BirthDate;
use crate::domain::clean::Clean;
use crate::domain::country::Country;
use crate::domain::email::Email;

/// Everything that the guide asks about the facilitator, except the question and its answer (guide
/// 5 (7)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// *Documento de Identificación*.
    pub identity: Identity,
    /// *Nombres*.
    pub names: PersonName,
    /// *Apellido Paterno*
    pub paternal_surname: PersonName,
    /// *Apellido Materno*, which many countries don't have.
    pub maternal_surname: Option<PersonName>,
    /// *Sexo*.
    pub sex: Sex,
    /// *Fecha de Nacimiento*.
    pub birth: BirthDate,
    /// *Estado Civil*.
    pub civil_status: CivilStatus,
    /// *Cantidad de Hijos*.
    pub children: Children,
    /// Their mailbox; the key goes there.
    pub email: Email,
}

impl Person {
    /// Given names and surnames in the order in which they are said.
    pub fn full_name(&self) -> Clean {
        let names = [Some(&self.names), Some(&self.paternal_surname), self.maternal_surname.as_ref()];
        let words: Vec<&str> = names.into_iter().flatten().map(|name| name.0.as_str()).collect();
        Clean::from(words.join(" "))
    }
}

/// What tells one facilitator of a company from another. They have no Chilean RUT, but a document
/// of their own country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// *Tipo de Documento*.
    pub kind: IdentityKind,
    /// *Número de documento de Identificación*.
    pub number: IdentityNumber,
    /// *País de Origen*
    pub country: Country,
}

/// *Tipo de Documento*. Stored: new ones go to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum IdentityKind {
    /// *Pasaporte*.
    Passport,
    /// A foreign identity card or DNI.
    ForeignCard,
    /// Any other that their country gave them.
    Other,
}

impl IdentityKind {
    /// In the order of the screen.
    pub const ALL: [IdentityKind; 3] =
        [IdentityKind::Passport, IdentityKind::ForeignCard, IdentityKind::Other];
}

/// Letters and digits in capitals. The blanks, dots, dashes and slashes of the paper are dropped.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct IdentityNumber(String);

/// Why a document's number can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// Nothing is left.
    #[error("nothing was written")]
    Empty,
    /// More than letters of A to Z and digits.
    #[error("it has something else than letters and digits")]
    Shape,
    /// A word.
    #[error("it has no digit")]
    NoDigit,
    /// Fewer than 4 or more than 20.
    #[error("it does not have from 4 to 20 letters and digits")]
    Length,
}

impl FromStr for IdentityNumber {
    type Err = IdentityError;

    fn from_str(raw: &str) -> Result<Self, IdentityError> {
        let symbols = raw.chars().filter(|symbol| !symbol.is_whitespace() && !".-/".contains(*symbol));
        let number: String = symbols.flat_map(char::to_uppercase).collect();
        if number.is_empty() {
            Err(IdentityError::Empty)
        } else if !number.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            Err(IdentityError::Shape)
        } else if !(4..=20).contains(&number.len()) {
            Err(IdentityError::Length)
        } else if !number.bytes().any(|byte| byte.is_ascii_digit()) {
            Err(IdentityError::NoDigit)
        } else {
            Ok(IdentityNumber(number))
        }
    }
}

impl fmt::Display for IdentityNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Nobody's number belongs in a log.
impl fmt::Debug for IdentityNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("IdentityNumber(…)")
    }
}

/// A given name or surname: letters of any language, with the marks that names contain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonName(Clean);

const NAME_CHARS: usize = 60;

/// Why a name can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PersonNameError {
    /// Nothing but blanks.
    #[error("nothing was written")]
    Empty,
    /// A digit or another mark, or no letter at all.
    #[error("it has something else than letters")]
    Shape,
    /// Over 60; how many characters it has.
    #[error("it has {0} characters, more than 60")]
    Long(usize),
}

impl FromStr for PersonName {
    type Err = PersonNameError;

    fn from_str(raw: &str) -> Result<Self, PersonNameError> {
        let name = Clean::new(raw);
        let length = name.as_str().chars().count();
        if length == 0 {
            return Err(PersonNameError::Empty);
        }
        if length > NAME_CHARS {
            return Err(PersonNameError::Long(length));
        }
        let is_fit = |symbol: char| symbol.is_alphabetic() || is_mark(symbol) || " '’-.·".contains(symbol);
        let has_letter = name.as_str().chars().any(char::is_alphabetic);
        if has_letter && name.as_str().chars().all(is_fit) {
            Ok(PersonName(name))
        } else {
            Err(PersonNameError::Shape)
        }
    }
}

fn is_mark(symbol: char) -> bool {
    unicode_normalization::char::is_combining_mark(symbol)
}

impl PersonName {
    /// As it was typed, safe to show.
    pub fn words(&self) -> &Clean {
        &self.0
    }
}

/// *Sexo*. Stored: new ones go to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sex {
    /// *Femenino*.
    Female,
    /// *Masculino*.
    Male,
    /// What passports mark with an X.
    Unspecified,
}

impl Sex {
    /// In the order of the screen.
    pub const ALL: [Sex; 3] = [Sex::Female, Sex::Male, Sex::Unspecified];
}

/// *Estado Civil*. Stored: new ones go to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CivilStatus {
    /// *Soltero*.
    Single,
    /// *Casado*.
    Married,
    /// *Conviviente civil*
    CivilPartner,
    /// *Separado judicialmente*
    Separated,
    /// *Divorciado*.
    Divorced,
    /// *Viudo*.
    Widowed,
}

impl CivilStatus {
    /// In the order of the screen.
    pub const ALL: [CivilStatus; 6] = [
        CivilStatus::Single,
        CivilStatus::Married,
        CivilStatus::CivilPartner,
        CivilStatus::Separated,
        CivilStatus::Divorced,
        CivilStatus::Widowed,
    ];
}

/// *Cantidad de Hijos*: 0 to 30.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Children(u8);

/// Why a number of children can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChildrenError {
    /// Nothing but blanks.
    #[error("nothing was written")]
    Empty,
    /// Over 30, or not a number.
    #[error("it is not a number from 0 to 30")]
    Shape,
}

impl FromStr for Children {
    type Err = ChildrenError;

    fn from_str(raw: &str) -> Result<Self, ChildrenError> {
        let text = raw.trim();
        match text.parse::<u8>() {
            Ok(number) if number <= 30 && text.bytes().all(|byte| byte.is_ascii_digit()) => {
                Ok(Children(number))
            }
            _ if text.is_empty() => Err(ChildrenError::Empty),
            _ => Err(ChildrenError::Shape),
        }
    }
}

impl Children {
    /// 0 to 30.
    pub fn count(self) -> u8 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_as_it_stands_on_the_paper() {
        for text in ["PA-123.456", " pa 123456", "Pa/123456"] {
            assert_eq!(text.parse::<IdentityNumber>().unwrap().to_string(), "PA123456", "{text}");
        }
        for (text, error) in [
            (" - ", IdentityError::Empty),
            ("A12", IdentityError::Length),
            ("123456789012345678901", IdentityError::Length),
            ("PASAPORTE", IdentityError::NoDigit),
            ("PA_123456", IdentityError::Shape),
            ("Ñ123456", IdentityError::Shape),
        ] {
            assert_eq!(text.parse::<IdentityNumber>(), Err(error), "{text}");
        }
    }

    #[test]
    fn names_of_any_language() {
        for name in ["José María", "O'Neill", "Jean-Luc", "Ñandú", "李", "Łukasz", "da Silva Jr."] {
            assert_eq!(name.parse::<PersonName>().unwrap().words().as_str(), name);
        }
        assert_eq!(" \u{202e} ".parse::<PersonName>(), Err(PersonNameError::Empty));
        assert_eq!("R2D2".parse::<PersonName>(), Err(PersonNameError::Shape));
        assert_eq!("--".parse::<PersonName>(), Err(PersonNameError::Shape));
        assert_eq!("a".repeat(61).parse::<PersonName>(), Err(PersonNameError::Long(61)));
    }

    #[test]
    fn how_many_children() {
        assert_eq!(" 0 ".parse(), Ok(Children(0)));
        assert_eq!("30".parse(), Ok(Children(30)));
        for wrong in ["31", "-1", "+1", "dos", "1,5", "999999999999"] {
            assert_eq!(wrong.parse::<Children>(), Err(ChildrenError::Shape), "{wrong}");
        }
        assert_eq!("".parse::<Children>(), Err(ChildrenError::Empty));
    }

    proptest! {
        #[test]
        fn whatever_was_read_is_read_the_same_again(raw in any::<String>()) {
            if let Ok(number) = raw.parse::<IdentityNumber>() {
                prop_assert_eq!(number.to_string().parse(), Ok(number));
            }
            if let Ok(name) = raw.parse::<PersonName>() {
                prop_assert_eq!(name.words().as_str().parse(), Ok(name.clone()));
            }
            if let Ok(children) = raw.parse::<Children>() {
                prop_assert_eq!(children.count().to_string().parse(), Ok(children));
            }
        }

        #[test]
        fn a_number_of_the_right_shape_is_taken(raw in "[0-9][A-Z0-9]{3,19}") {
            prop_assert_eq!(raw.parse::<IdentityNumber>().map(|number| number.to_string()), Ok(raw));
        }
    }
}
