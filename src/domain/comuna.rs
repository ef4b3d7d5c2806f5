//! The 346 communes and their five-digit codes (CUT), whose first two digits are the region's.

use super::fold::{Fit, Names, fold, letters};

static TABLE: &str = include_str!("../../assets/comunas.csv");

/// A commune's code, five digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Comuna(u32);

struct ComunaRow {
    code: &'static str,
    name: &'static str,
    region: &'static str,
    others: &'static str,
}

impl ComunaRow {
    fn names(&self) -> Names {
        Names { official: self.name, others: self.others }
    }
}

fn rows() -> impl Iterator<Item = ComunaRow> {
    TABLE.lines().skip(1).filter_map(|line| {
        let columns: Vec<&str> = line.trim_end().split(',').collect();
        let [code, name, _province, region, others] = columns[..] else { return None };
        Some(ComunaRow { code, name, region, others })
    })
}

impl Comuna {
    fn of(row: &ComunaRow) -> Option<Self> {
        row.code.parse().ok().map(Comuna)
    }

    fn row(self) -> Option<ComunaRow> {
        rows().find(|row| Comuna::of(row) == Some(self))
    }

    /// All of them, in the order of the bundled table.
    pub fn all() -> impl Iterator<Item = Comuna> {
        rows().filter_map(|row| Comuna::of(&row))
    }

    /// *Ñuñoa*, without its region.
    pub fn name(self) -> &'static str {
        self.row().map(|row| row.name).unwrap_or_default()
    }

    /// `Pica (Tarapacá)`: unique, unlike the bare name.
    pub fn label(self) -> String {
        self.row().map(|row| format!("{} ({})", row.name, row.region)).unwrap_or_default()
    }

    /// At most `limit` communes whose name, or another that people use, contains the typed letters,
    /// those that start with them first. Case, accents, blanks and punctuation don't matter.
    pub fn matching(typed: &str, limit: usize) -> Vec<Comuna> {
        let (wanted, in_full) = (letters(typed), letters(&without_abbreviations(typed)));
        let fits = rows().filter_map(|row| {
            let names = row.names();
            let fit = names.fit(&wanted).or_else(|| names.fit(&in_full))?;
            Some((fit, Comuna::of(&row)?))
        });
        let mut fits: Vec<_> = fits.collect();
        fits.sort_by_cached_key(|(fit, comuna)| match fit {
            Fit::Within => (*fit, String::new()),
            fit => (*fit, letters(comuna.name())),
        });
        fits.into_iter().map(|(_, comuna)| comuna).take(limit).collect()
    }

    /// The commune of exactly this name, label or other name; case, accents, blanks and punctuation
    /// aside.
    pub fn named(typed: &str) -> Option<Comuna> {
        let wanted = letters(typed);
        let is_official = |row: &ComunaRow| {
            let label = Comuna::of(row).map(|comuna| letters(&comuna.label()));
            letters(row.name) == wanted || label.as_ref() == Some(&wanted)
        };
        let found = rows().find(is_official).or_else(|| rows().find(|row| row.names().is_other(&wanted)));
        found.and_then(|row| Comuna::of(&row))
    }
}

/// As addresses shorten the first words of names.
const ABBREVIATIONS: [(&str, &str); 5] =
    [("pto", "puerto"), ("sta", "santa"), ("sto", "santo"), ("est", "estacion"), ("gral", "general")];

fn without_abbreviations(typed: &str) -> String {
    let folded = fold(typed);
    let words = folded.split(|symbol: char| !symbol.is_alphanumeric());
    let in_full = words.map(|word| match ABBREVIATIONS.iter().find(|(short, _)| *short == word) {
        Some((_, long)) => *long,
        None => word,
    });
    in_full.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_them_are_there_once() {
        let names: std::collections::BTreeSet<String> = Comuna::all().map(Comuna::label).collect();
        assert_eq!((Comuna::all().count(), names.len()), (346, 346));
    }

    #[test]
    fn typing_finds_them() {
        let names = |typed| Comuna::matching(typed, 3).into_iter().map(Comuna::name).collect::<Vec<_>>();
        assert_eq!(names("nunoa"), ["Ñuñoa"]);
        assert_eq!(names("VALPA"), ["Valparaíso"]);
        assert_eq!(names("santiago"), ["Santiago"]);
        assert!(names("zzz").is_empty());
        assert_eq!(
            Comuna::named(" ñuñoa ").map(Comuna::label).as_deref(),
            Some("Ñuñoa (Metropolitana de Santiago)")
        );
        assert_eq!(Comuna::named("ñu"), None);
    }

    /// As people write them: on signs, in letters, by another spelling.
    #[test]
    fn usual_names_find_them() {
        for (typed, name) in [
            ("Llay Llay", "Llaillay"),
            ("llay-llay", "Llaillay"),
            ("Til Til", "Tiltil"),
            ("TIL-TIL", "Tiltil"),
            ("La Calera", "Calera"),
            ("Con Con", "Concón"),
            ("con-cón", "Concón"),
            ("Est Central", "Estación Central"),
            ("Est. Central", "Estación Central"),
            ("Marchigüe", "Marchihue"),
            ("marchigue", "Marchihue"),
            ("Puerto Natales", "Natales"),
            ("Pto. Natales", "Natales"),
            ("O\u{2019}Higgins", "O'Higgins"),
            ("O Higgins", "O'Higgins"),
            ("ohiggins", "O'Higgins"),
            ("O\u{b4}Higgins", "O'Higgins"),
            ("Aisén", "Aysén"),
            ("Puerto Aysén", "Aysén"),
            ("Coihaique", "Coyhaique"),
            ("Rapa Nui", "Isla de Pascua"),
            ("isla de pascua", "Isla de Pascua"),
            ("Chol-Chol", "Cholchol"),
            ("Alto Bío-Bío", "Alto Biobío"),
            ("Pto Montt", "Puerto Montt"),
            ("Sta. Cruz", "Santa Cruz"),
            ("Sto Domingo", "Santo Domingo"),
            ("San Vicente de Tagua Tagua", "San Vicente"),
            ("Paiguano", "Paihuano"),
            ("Trehuaco", "Treguaco"),
            ("Nunoa", "Ñuñoa"),
            ("Nun\u{303}oa", "Ñuñoa"),
            ("PAC", "Pedro Aguirre Cerda"),
        ] {
            let first = Comuna::matching(typed, 5).first().map(|comuna| comuna.name());
            assert_eq!(first, Some(name), "{typed}");
        }
        assert_eq!(Comuna::named("La Calera").map(Comuna::name), Some("Calera"));
        assert_eq!(Comuna::named("San Pedro de Melipilla").map(Comuna::name), Some("San Pedro"));
    }

    #[test]
    fn no_other_name_is_anothers() {
        let mut known = std::collections::BTreeMap::new();
        for row in rows() {
            let others = row.others.split('|').filter(|name| !name.is_empty());
            for name in std::iter::once(row.name).chain(others) {
                let before = known.insert(letters(name), row.code);
                assert_eq!(before, None, "{name} is two communes");
            }
        }
    }
}
