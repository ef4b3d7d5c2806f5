//! One name, one type: who reads a name knows what it is without looking where it was imported from.

use std::collections::BTreeMap;

use crate::source::Source;

/// Names that are always said with their module before them: each command of the command line has
/// its options and actions, each workflow its steps, and a section of the settings is called what it
/// sets.
pub const WITH_MODULE: &[&str] = &[
    "Action",
    "Courier",
    "Idle",
    "Kiosk",
    "Log",
    "Mail",
    "Options",
    "Phone",
    "Register",
    "Registry",
    "Rotation",
    "Sms",
    "Smtp",
    "Soap",
    "Source",
    "StaffMember",
    "Step",
    "Store",
    "Theme",
];

/// Names that several types bear by accident. The list only shrinks.
pub const BY_ACCIDENT: &[&str] = &[
    "About",
    "Answer",
    "Asked",
    "At",
    "Change",
    "Checked",
    "Chosen",
    "Company",
    "Decision",
    "Desk",
    "Destination",
    "Facilitator",
    "Failure",
    "Fault",
    "Keys",
    "Kind",
    "Known",
    "Line",
    "Panel",
    "Panels",
    "Person",
    "Place",
    "Reader",
    "Recover",
    "Refusal",
    "Requests",
    "Road",
    "Row",
    "Seen",
    "Service",
    "Table",
    "Then",
    "Told",
    "Undo",
    "Unfit",
    "Verdict",
    "Wanted",
    "Wish",
    "Words",
];

/// Types that share a name which is on neither list, and names that stand on one for nothing.
pub fn shared(sources: &[Source], lists: [&[&str]; 2]) -> Vec<String> {
    let mut places: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for source in sources.iter().filter(|source| source.in_src().is_some()) {
        for (line, text) in source.code_without_tests().lines().enumerate() {
            if let Some(name) = declared(text) {
                places.entry(name).or_default().push(format!("{}:{}", source.path, line + 1));
            }
        }
    }
    let is_listed = |name: &str| lists.iter().any(|list| list.contains(&name));
    let mut faults: Vec<String> = places
        .iter()
        .filter(|(name, found)| found.len() > 1 && !is_listed(name))
        .map(|(name, found)| format!("{name} is the name of {} types: {}", found.len(), found.join(", ")))
        .collect();
    let is_alone = |name: &&&str| places.get(**name).is_none_or(|found| found.len() < 2);
    let listed = lists.iter().flat_map(|list| list.iter());
    faults.extend(listed.filter(is_alone).map(|name| format!("{name} needs no exception any more")));
    faults
}

/// The type that this line declares for its module: no associated one, and none within a function.
fn declared(line: &str) -> Option<&str> {
    let rest = match line.strip_prefix("pub") {
        Some(rest) if rest.starts_with('(') => rest.split_once(") ")?.1,
        Some(rest) => rest.strip_prefix(' ')?,
        None => line,
    };
    let rest = ["struct ", "enum ", "trait ", "type "].iter().find_map(|kind| rest.strip_prefix(kind))?;
    let end = rest.find(|symbol: char| !symbol.is_alphanumeric() && symbol != '_').unwrap_or(rest.len());
    Some(&rest[..end])
}

#[test]
fn a_name_that_two_types_bear() {
    let told = |first: &str, second: &str, known: &[&str]| {
        shared(&[Source::new("src/a.rs", first), Source::new("src/b.rs", second)], [known, &[]])
    };
    let twice = ["Row is the name of 2 types: src/a.rs:1, src/b.rs:1"];
    assert_eq!(told("pub struct Row;", "enum Row {", &[]), twice);
    assert_eq!(told("pub(super) struct Row<'a> {", "type Row = u8;", &["Row"]), Vec::<String>::new());
    assert_eq!(told("struct Row;", "fn row() {\n    struct Row;\n}", &[]), Vec::<String>::new());
    assert_eq!(told("struct Row;", "", &["Row"]), ["Row needs no exception any more"]);
}
