//! The 249 countries of ISO 3166 by their two-letter codes, with their names in Spanish.

use super::fold::{Fit, Names, letters};

static TABLE: &str = include_str!("../../assets/paises.csv");

/// A country's two letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Country([u8; 2]);

/// Code and names; the head of the file says where they come from.
fn rows() -> impl Iterator<Item = (Country, Names)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.filter_map(|line| {
        let mut columns = line.trim_end().splitn(3, ',');
        let (code, others, official) = (columns.next()?, columns.next()?, columns.next()?);
        Some((Country(code.as_bytes().try_into().ok()?), Names { official, others }))
    })
}

impl Country {
    /// All of them, in the order of their Spanish names.
    pub fn all() -> impl Iterator<Item = Country> {
        rows().map(|(country, _)| country)
    }

    /// In Spanish.
    pub fn name(self) -> &'static str {
        rows().find(|(country, _)| *country == self).map(|(_, names)| names.official).unwrap_or_default()
    }

    /// ISO 3166 alpha-2, such as `FR`.
    pub fn code(self) -> String {
        self.0.iter().copied().map(char::from).collect()
    }

    /// At most `limit` countries whose name, or another that people use, contains the typed letters
    /// or whose code they are, those that start with them first. Case, accents, blanks and
    /// punctuation don't matter.
    pub fn matching(typed: &str, limit: usize) -> Vec<Country> {
        let wanted = letters(typed);
        let fits = rows().filter_map(|(country, names)| {
            let by_code = (country.code().to_lowercase() == wanted).then_some(Fit::Within);
            Some((names.fit(&wanted).or(by_code)?, country))
        });
        let mut fits: Vec<_> = fits.collect();
        fits.sort_by_key(|(fit, _)| *fit);
        fits.into_iter().map(|(_, country)| country).take(limit).collect()
    }

    /// The country of exactly this name or other name; case, accents, blanks and punctuation aside.
    pub fn named(typed: &str) -> Option<Country> {
        let wanted = letters(typed);
        let official = rows().find(|(_, names)| letters(names.official) == wanted);
        let found = official.or_else(|| rows().find(|(_, names)| names.is_other(&wanted)));
        found.map(|(country, _)| country)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fold::fold;

    #[test]
    fn all_of_them_are_there_once_and_in_order() {
        let names: Vec<String> = Country::all().map(|country| fold(country.name())).collect();
        let codes: std::collections::BTreeSet<String> = Country::all().map(Country::code).collect();
        assert_eq!((names.len(), codes.len()), (249, 249));
        assert!(codes.iter().all(|code| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase())));
        assert!(names.windows(2).all(|pair| pair[0] < pair[1]) && names.iter().all(|name| !name.is_empty()));
    }

    #[test]
    fn typing_finds_them() {
        let names = |typed| Country::matching(typed, 3).into_iter().map(Country::name).collect::<Vec<_>>();
        assert_eq!(names("peru"), ["Perú"]);
        assert_eq!(names("ESPAÑ"), ["España"]);
        assert_eq!(names("chi"), ["Chile", "China", "Chipre"]);
        assert_eq!(names("us"), ["Estados Unidos", "Australia", "Austria"]);
        assert!(names("zzz").is_empty());
        assert_eq!(Country::named(" perú ").map(Country::code).as_deref(), Some("PE"));
        assert_eq!(Country::named("per"), None);
    }

    #[test]
    fn usual_names_find_them() {
        for (typed, code) in [
            ("EEUU", "US"),
            ("EE.UU.", "US"),
            ("EE. UU.", "US"),
            ("U.S.A.", "US"),
            ("Estados Unidos", "US"),
            ("Holanda", "NL"),
            ("Inglaterra", "GB"),
            ("gran bretana", "GB"),
            ("Corea del Sur", "KR"),
            ("Corea del Norte", "KP"),
            ("Corea", "KR"),
            ("Chequia", "CZ"),
            ("Nueva Zelandia", "NZ"),
            ("Viet Nam", "VN"),
            ("Rumania", "RO"),
            ("Siria", "SY"),
            ("Qatar", "QA"),
            ("Guinea-Bissáu", "GW"),
            ("Me\u{301}xico", "MX"),
            ("Vaticano", "VA"),
            ("China", "CN"),
            ("Guinea", "GN"),
        ] {
            let first = Country::matching(typed, 5).first().map(|country| country.code());
            assert_eq!(first.as_deref(), Some(code), "{typed}");
        }
        assert_eq!(Country::named("holanda").map(Country::code).as_deref(), Some("NL"));
    }

    #[test]
    fn no_other_name_is_anothers() {
        let mut known = std::collections::BTreeMap::new();
        for (country, names) in rows() {
            let others = names.others.split('|').filter(|name| !name.is_empty());
            for name in std::iter::once(names.official).chain(others) {
                let before = known.insert(letters(name), country.code());
                assert_eq!(before, None, "{name} is two countries");
            }
        }
    }
}
