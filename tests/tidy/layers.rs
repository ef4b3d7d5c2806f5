//! Who may import whom within the crate: layers from the ground up, and no arrow that runs up.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::Source;

/// One module: what it may import of the crate, and why that is enough.
struct Row {
    module: &'static str,
    may: &'static [&'static str],
    why: &'static str,
}

const fn row(module: &'static str, may: &'static [&'static str], why: &'static str) -> Row {
    Row { module, may, why }
}

/// From the ground up: each row imports from rows above it alone.
const LAYERS: &[Row] = &[
    // Ground: words and policy.
    row("domain", &[], "parsed words and policy know nobody, so that everybody may know them"),
    row("text", &["domain"], "sentences speak of words, and decide nothing"),
    row("audit", &["domain"], "a row says what was done; keeping the chain is the store's"),
    // Pure core: what the screen does.
    row("effect", &["domain"], "what may be asked and answered, whoever does it"),
    row("event", &["domain", "effect"], "a key, a click or a reply, whatever the terminal"),
    row("page", &["domain", "event", "text"], "a screen as data: ui draws it, and no store fills it"),
    row("form", &["domain", "effect", "event", "page", "text"], "fields and focus, without a workflow"),
    row(
        "flow",
        &["domain", "effect", "event", "form", "page", "text"],
        "the guide's steps ask by effects alone",
    ),
    row(
        "kiosk",
        &["domain", "effect", "event", "flow", "form", "page", "text"],
        "one visit, driven by events and by the time that is passed in",
    ),
    // The world: each wraps one thing outside, and none knows a screen.
    row("clock", &["domain"], "the wall clock and the boot time are read in one place"),
    row("vault", &["audit", "domain"], "keys stay here; what they seal is somebody else's"),
    row("store", &["audit", "clock", "domain", "vault"], "records, sealed and typed; it asks nobody outside"),
    row("http", &["domain", "vault"], "the one way out; it knows nothing of what is asked"),
    row("soap", &["clock", "domain", "http", "vault"], "the State's envelopes, whoever needs them"),
    row("documents", &["clock", "domain", "store", "vault"], "files that people bring, looked at and kept"),
    row(
        "config",
        &["clock", "documents", "domain", "http", "soap", "text", "vault"],
        "settings are checked into the types of those who work by them",
    ),
    row("log", &["clock", "config", "domain"], "what the program did, without personal data"),
    row(
        "registry",
        &["clock", "config", "domain", "http", "soap"],
        "SII and Registro Civil; unknown is never yes",
    ),
    row(
        "phone",
        &["clock", "config", "documents", "domain", "http", "text", "vault"],
        "a page for a person's phone: files come in, and nothing else",
    ),
    // The office: what companies and staff ask for, whichever terminal they stand at.
    row(
        "rotation",
        &["audit", "domain", "store", "vault"],
        "a store under new keys, while nobody works on it",
    ),
    row(
        "office",
        &["audit", "clock", "documents", "domain", "effect", "registry", "store", "text", "vault"],
        "use cases answer effects; they send nothing and draw nothing",
    ),
    row(
        "courier",
        &[
            "audit",
            "clock",
            "config",
            "documents",
            "domain",
            "http",
            "office",
            "soap",
            "store",
            "text",
            "vault",
        ],
        "carries errands out of the outbox; it never talks to the kiosk",
    ),
    row(
        "caretaker",
        &[
            "audit",
            "clock",
            "courier",
            "config",
            "documents",
            "domain",
            "office",
            "registry",
            "store",
            "vault",
        ],
        "what nobody waits for; a message that is due it hands to the courier",
    ),
    // The terminal, and what puts it together.
    row(
        "desk",
        &[
            "audit",
            "clock",
            "config",
            "documents",
            "domain",
            "effect",
            "office",
            "phone",
            "registry",
            "store",
            "text",
            "vault",
        ],
        "one terminal's ports (drives, printer, phone, views, session) beside the office's use cases",
    ),
    row(
        "ui",
        &["domain", "event", "page", "text"],
        "the only drawing; it sees pages and nothing behind them",
    ),
    row(
        "terminal",
        &["config", "domain", "event", "ui"],
        "takes the terminal over, gives it back, and wipes it",
    ),
    row("demo", &["domain", "office", "store", "vault"], "the invented world's accounts"),
    row(
        "service",
        &[
            "audit",
            "caretaker",
            "clock",
            "config",
            "courier",
            "demo",
            "desk",
            "documents",
            "domain",
            "http",
            "log",
            "office",
            "phone",
            "registry",
            "soap",
            "store",
            "vault",
        ],
        "everything behind the screen, put together by the settings",
    ),
    row(
        "run",
        &[
            "config", "desk", "domain", "effect", "event", "flow", "kiosk", "page", "service", "terminal",
            "text", "ui",
        ],
        "the event loop: the one place where screen and service meet",
    ),
    row(
        "sandbox",
        &["clock", "config", "courier", "domain", "http", "registry", "soap", "vault"],
        "a stand-in for the State's services, reached through sockets alone",
    ),
    row(
        "cli",
        &[
            "audit",
            "caretaker",
            "clock",
            "config",
            "courier",
            "demo",
            "documents",
            "domain",
            "effect",
            "http",
            "log",
            "office",
            "phone",
            "registry",
            "rotation",
            "run",
            "sandbox",
            "service",
            "store",
            "terminal",
            "text",
            "ui",
            "vault",
        ],
        "one file a command",
    ),
    row("main", &["cli", "config"], "hands the command line and the environment on"),
];

/// More would mean that a change at the ground is felt too far up.
const MOST_FLOORS: usize = 15;

/// Which modules of the crate a file names, in its code without tests.
fn imports(source: &Source) -> BTreeSet<String> {
    let code = source.code_without_tests();
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => names.extend(heads(group)),
            None => names.extend(name_at(rest)),
        }
    }
    // The binary names the library.
    if source.path == "src/main.rs" {
        for (at, _) in code.match_indices("totem::") {
            names.extend(name_at(&code[at + "totem::".len()..]));
        }
    }
    names
}

pub fn name_at(text: &str) -> Option<String> {
    let end = text.find(|symbol: char| !symbol.is_alphanumeric() && symbol != '_').unwrap_or(text.len());
    (end > 0).then(|| text[..end].to_string())
}

/// The first names of a group's members, up to its closing brace.
fn heads(group: &str) -> Vec<String> {
    let (mut depth, mut names, mut begins) = (1, Vec::new(), true);
    for (at, symbol) in group.char_indices() {
        match symbol {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => begins = true,
            symbol if begins && !symbol.is_whitespace() => {
                names.extend(name_at(&group[at..]));
                begins = false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

fn module_of(source: &Source) -> Option<&str> {
    let path = source.in_src()?;
    Some(path.split(['/', '.']).next().unwrap_or(path)).filter(|module| *module != "lib")
}

/// Imports that the table does not allow, and modules that it does not know.
pub fn out_of_layer(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources {
        let Some(module) = module_of(source) else { continue };
        let Some(row) = LAYERS.iter().find(|row| row.module == module) else {
            faults.push(format!("{}: the module {module} stands in no layer", source.path));
            continue;
        };
        for name in imports(source) {
            let is_module = LAYERS.iter().any(|row| row.module == name);
            if is_module && name != module && !row.may.contains(&name.as_str()) {
                faults.push(format!("{}: {module} may not import {name}: {}", source.path, row.why));
            }
        }
    }
    faults
}

/// Rows of the table itself that run up, that name nobody, or that give no reason.
pub fn table_faults() -> Vec<String> {
    let mut faults = Vec::new();
    let mut floors: BTreeMap<&str, usize> = BTreeMap::new();
    for row in LAYERS {
        let mut floor = 1;
        for below in row.may {
            match floors.get(below) {
                Some(of_below) => floor = floor.max(of_below + 1),
                None => {
                    faults.push(format!("{} may import {below}, which does not stand above it", row.module))
                }
            }
        }
        if row.why.is_empty() {
            faults.push(format!("{} has no reason beside it", row.module));
        }
        floors.insert(row.module, floor);
    }
    faults
}

/// Floors that are really built: one more than the longest way down by imports.
pub fn too_high(sources: &[Source]) -> Vec<String> {
    let floors = floors(sources);
    let highest = floors.iter().max_by_key(|(_, floor)| **floor);
    match highest {
        Some((module, floor)) if *floor > MOST_FLOORS => {
            vec![format!("{module} stands on floor {floor}; {MOST_FLOORS} are enough")]
        }
        _ => Vec::new(),
    }
}

fn floors(sources: &[Source]) -> BTreeMap<&'static str, usize> {
    let mut by_module: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for source in sources {
        if let Some(module) = module_of(source) {
            by_module.entry(module).or_default().extend(imports(source));
        }
    }
    let mut floors = BTreeMap::new();
    // The table stands in order, so that what is imported has its floor already.
    for row in LAYERS {
        let below = by_module.get(row.module).into_iter().flatten();
        let below = below.filter(|name| *name != row.module).filter_map(|name| floors.get(name.as_str()));
        let floor = 1 + below.copied().max().unwrap_or(0);
        floors.insert(row.module, floor);
    }
    floors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_upwards_is_found() {
        let wrong = Source::new("src/flow/recover.rs", "use crate::{store::records::Held, text::Msg};\n");
        assert_eq!(out_of_layer(&[wrong]).len(), 1);
        let unknown = Source::new("src/somewhere.rs", "");
        assert_eq!(out_of_layer(&[unknown]).len(), 1);
        let right = Source::new("src/flow/recover.rs", "use crate::effect::{Effect, reply::Reply};\n");
        assert!(out_of_layer(&[right]).is_empty());
    }
}
