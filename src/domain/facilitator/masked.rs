//! A facilitator as staff see them on a screen that others may see too (S19): enough to tell one
//! from another, too little to identify anybody.

use super::person::{IdentityNumber, Person};
use crate::domain::clean::Clean;

/// Stands for what is hidden, whatever its length.
const MASK: &str = "xxxx";
/// How many letters of a name are shown, at most.
const NAME_LETTERS: usize = 2;
/// How many symbols of a document's number are shown, at most.
const NUMBER_SYMBOLS: usize = 3;

impl Person {
    /// The first letters of each name.
    pub fn masked_name(&self) -> Clean {
        let full_name = self.full_name();
        let masked = full_name.as_str().split(' ').map(|name| {
            let shown = (name.chars().count() / 2).min(NAME_LETTERS);
            name.chars().take(shown).chain(MASK.chars()).collect::<String>()
        });
        Clean::from(masked.collect::<Vec<_>>().join(" "))
    }

    /// The year of birth.
    pub fn masked_birth(&self) -> Clean {
        let year = self.birth.to_string().rsplit('-').next().unwrap_or_default().to_string();
        Clean::from(format!("xx-xx-{year}"))
    }
}

impl IdentityNumber {
    /// The last symbols: at most three, and at most half of them.
    pub fn masked(&self) -> Clean {
        let number = self.to_string();
        let shown = (number.len() / 2).min(NUMBER_SYMBOLS);
        Clean::from(format!("{MASK}{}", number.get(number.len() - shown..).unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::country::Country;
    use crate::domain::facilitator::{Children, CivilStatus, Identity, IdentityKind, Sex};

    fn person(names: &str, number: &str) -> Person {
        Person {
            identity: Identity {
                kind: IdentityKind::Passport,
                number: number.parse().unwrap(),
                country: Country::named("Perú").unwrap(),
            },
            names: names.parse().unwrap(),
            paternal_surname: "Silva".parse().unwrap(),
            maternal_surname: None,
            sex: Sex::Female,
            birth: "01-12-1992".parse().unwrap(),
            civil_status: CivilStatus::Single,
            children: "0".parse::<Children>().unwrap(),
            email: "maria@ejemplo.example".parse().unwrap(),
        }
    }

    #[test]
    fn nobody_is_seen_whole() {
        let maria = person("María José", "PA-123.456");
        assert_eq!(maria.masked_name().as_str(), "Maxxxx Joxxxx Sixxxx");
        assert_eq!(maria.masked_birth().as_str(), "xx-xx-1992");
        assert_eq!(maria.identity.number.masked().as_str(), "xxxx456");
        let li = person("李", "A123");
        assert_eq!(li.masked_name().as_str(), "xxxx Sixxxx");
        assert_eq!(li.identity.number.masked().as_str(), "xxxx23");
    }
}
