//! The 249 countries of ISO 3166 by their two-letter codes, with their names in Spanish.

use super::fold::fold;

static TABLE: &str = include_str!("../../assets/paises.csv");

/// A country's two letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Country([u8; 2]);

/// Code and name; the head of the file says where the names come from.
fn rows() -> impl Iterator<Item = (Country, &'static str)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.filter_map(|line| {
        let (code, name) = line.trim_end().split_once(',')?;
        Some((Country(code.as_bytes().try_into().ok()?), name))
    })
}

impl Country {
    /// All of them, in the order of their Spanish names.
    pub fn all() -> impl Iterator<Item = Country> {
        rows().map(|(country, _)| country)
    }

    /// In Spanish.
    pub fn name(self) -> &'static str {
        rows().find(|(country, _)| *country == self).map(|(_, name)| name).unwrap_or_default()
    }

    /// ISO 3166 alpha-2, such as `FR`.
    pub fn code(self) -> String {
        self.0.iter().copied().map(char::from).collect()
    }

    /// At most `limit` countries whose name contains the typed letters or whose code they are,
    /// those that start with them first. Case and accents don't matter.
    pub fn matching(typed: &str, limit: usize) -> Vec<Country> {
        let wanted = fold(typed.trim());
        let (mut starting, mut within) = (Vec::new(), Vec::new());
        for (country, name) in rows() {
            let name = fold(name);
            if name.starts_with(&wanted) {
                starting.push(country);
            } else if name.contains(&wanted) || country.code().to_lowercase() == wanted {
                within.push(country);
            }
        }
        starting.extend(within);
        starting.truncate(limit);
        starting
    }

    /// The country of exactly this name, case and accents aside.
    pub fn named(typed: &str) -> Option<Country> {
        let wanted = fold(typed.trim());
        rows().find(|(_, name)| fold(name) == wanted).map(|(country, _)| country)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(names("us"), ["Australia", "Austria", "Bielorrusia"]);
        assert!(names("zzz").is_empty());
        assert_eq!(Country::named(" perú ").map(Country::code).as_deref(), Some("PE"));
        assert_eq!(Country::named("per"), None);
    }
}
