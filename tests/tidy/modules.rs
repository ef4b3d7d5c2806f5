//! Which module may know what.

use crate::source::{Source, lines_with};

/// What the kiosk is made of, without a world around it.
const PURE: [&str; 9] =
    ["kiosk", "event", "effect", "flow", "domain", "form", "page", "text", "terminal/input"];

/// What those may not name, each with what they do instead.
const WORLD: [(&str, &str); 15] = [
    ("ratatui", "a page is data; ui draws it"),
    ("crossterm", "keys arrive as events"),
    ("tokio", "what takes time is an effect"),
    ("sled", "what is kept is an effect"),
    ("reqwest", "who is asked is an effect"),
    ("sqlx", "what is kept is an effect"),
    ("rand", "randomness comes with a reply"),
    ("SystemTime", "time is passed in"),
    ("Instant::now", "time is passed in"),
    ("std::env", "settings are passed in"),
    ("std::fs", "files are an effect"),
    ("std::net", "who is asked is an effect"),
    ("std::process", "only main ends the process"),
    ("std::io", "the edges read and write"),
    ("std::thread", "what takes time is an effect"),
];

/// Where the world is touched.
const EDGES: [&str; 15] = [
    "cli",
    "clock",
    "config",
    "courier",
    "desk",
    "documents",
    "http",
    "log",
    "main",
    "phone",
    "registry",
    "sandbox",
    "store",
    "terminal",
    "vault",
];

const INPUT_AND_OUTPUT: [&str; 12] = [
    "std::fs",
    "std::net",
    "std::process",
    "std::os::unix",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "tokio::fs",
    "tokio::net",
    "File::open",
    "File::create",
    "rustix",
];

/// Only these speak on the terminal outside the screen.
const SPEAKERS: [&str; 2] = ["cli", "main"];
const SPEAKING: [&str; 4] = ["println!", "eprintln!", "print!", "eprint!"];

/// A library, and the modules that may import it.
const LIBRARIES: [(&str, &[&str]); 10] = [
    ("ratatui", &["ui", "terminal"]),
    ("crossterm", &["ui", "terminal", "cli"]),
    ("sled", &["store/sled"]),
    ("reqwest", &["http"]),
    ("rustls", &["http"]),
    ("lettre", &["courier"]),
    ("quick_xml", &["soap", "documents"]),
    ("image", &["documents"]),
    ("lopdf", &["documents"]),
    ("hyper", &["http", "phone", "sandbox"]),
];

pub fn impure(source: &Source) -> Vec<String> {
    if !source.is_of(&PURE) {
        return Vec::new();
    }
    let mut faults = Vec::new();
    for (name, instead) in WORLD {
        for line in lines_with(source.code_without_tests(), name) {
            faults.push(format!("{}:{line}: {name} in a pure module: {instead}", source.path));
        }
    }
    faults
}

pub fn input_or_output(source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    if source.in_src().is_none() {
        return faults;
    }
    if !source.is_of(&EDGES) {
        for name in INPUT_AND_OUTPUT {
            for line in lines_with(source.code_without_tests(), name) {
                faults.push(format!("{}:{line}: {name} outside the edges", source.path));
            }
        }
    }
    if !source.is_of(&SPEAKERS) {
        for name in SPEAKING {
            for line in lines_with(source.code_without_tests(), name) {
                faults.push(format!("{}:{line}: {name} writes over the screen; use the log", source.path));
            }
        }
    }
    faults
}

pub fn strayed_library(source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    for (library, homes) in LIBRARIES {
        let is_home = homes.iter().any(|home| {
            source.in_src().and_then(|path| path.strip_prefix(home)).is_some_and(|rest| {
                // `store/sled` also means `store/sled_lock.rs`.
                home.contains('/') || rest == ".rs" || rest.starts_with('/')
            })
        });
        if source.in_src().is_none() || is_home {
            continue;
        }
        for (index, line) in source.code.lines().enumerate() {
            if imports(line, library) {
                let homes = homes.join(" and ");
                faults.push(format!("{}:{}: {library} belongs to {homes}", source.path, index + 1));
            }
        }
    }
    faults
}

/// Whether the line names the crate: `use sled…`, `sled::…` at the head of a path, `::sled`.
fn imports(line: &str, library: &str) -> bool {
    let is_name = |symbol: char| symbol.is_alphanumeric() || symbol == '_';
    line.match_indices(&format!("{library}::")).any(|(at, _)| {
        let before = &line[..at];
        let is_crate = before.ends_with(" ::") || before == "::" || before.ends_with("use ::");
        let is_head = !before.ends_with(is_name) && !before.ends_with("::") && !before.ends_with("super::");
        is_crate || is_head
    }) || line.trim() == format!("use {library};")
}
