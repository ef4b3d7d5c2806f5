//! The 346 communes and their five-digit codes (CUT), whose first two digits are the region's.

use super::fold::fold;

static TABLE: &str = include_str!("../../assets/comunas.csv");

/// A commune's code, five digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Comuna(u32);

struct Row {
    code: &'static str,
    name: &'static str,
    region: &'static str,
}

fn rows() -> impl Iterator<Item = Row> {
    TABLE.lines().skip(1).filter_map(|line| {
        let mut columns = line.trim_end().split(',');
        let (code, name, _province, region) =
            (columns.next()?, columns.next()?, columns.next()?, columns.next()?);
        Some(Row { code, name, region })
    })
}

impl Comuna {
    fn of(row: &Row) -> Option<Self> {
        row.code.parse().ok().map(Comuna)
    }

    fn row(self) -> Option<Row> {
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

    /// At most `limit` communes whose name contains the typed letters, those that start with them
    /// first. Case and accents don't matter.
    pub fn matching(typed: &str, limit: usize) -> Vec<Comuna> {
        let wanted = fold(typed);
        let wanted = wanted.trim();
        let mut starting = Vec::new();
        let mut within = Vec::new();
        for row in rows() {
            let name = fold(row.name);
            let found = if name.starts_with(wanted) { &mut starting } else { &mut within };
            if name.contains(wanted) {
                found.extend(Comuna::of(&row));
            }
        }
        starting.sort_by_key(|comuna: &Comuna| fold(comuna.name()));
        starting.extend(within);
        starting.truncate(limit);
        starting
    }

    /// The commune of exactly this name or label, case and accents aside.
    pub fn named(typed: &str) -> Option<Comuna> {
        let wanted = fold(typed.trim());
        rows()
            .find(|row| {
                fold(row.name) == wanted
                    || Comuna::of(row).is_some_and(|comuna| fold(&comuna.label()) == wanted)
            })
            .and_then(|row| Comuna::of(&row))
    }
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
}
