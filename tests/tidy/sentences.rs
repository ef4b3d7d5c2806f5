//! The sentences of screens and letters: the same keys in every language, and each of them said
//! somewhere.

use std::collections::BTreeSet;

use crate::source::{Source, lines_with};

const FOLDERS: [(&str, &str); 2] = [("assets/text", "Msg"), ("assets/messages", "Letter")];
const LANGUAGES: [&str; 2] = ["es", "en"];

/// Sentences that stand ready for what is being built, by key. Only ever take one away.
pub const NOT_YET_USED: &[&str] = &[];

pub fn in_one_language_only() -> Vec<String> {
    let mut faults = Vec::new();
    for (folder, _) in FOLDERS {
        let [first, second] = LANGUAGES.map(|language| keys_of(folder, language));
        for key in first.symmetric_difference(&second) {
            let lacking = if first.contains(key) { LANGUAGES[1] } else { LANGUAGES[0] };
            faults.push(format!("{folder}/{lacking}.ftl lacks {key}"));
        }
    }
    faults
}

pub fn unused(sources: &[Source], not_yet: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    for (folder, name) in FOLDERS {
        for key in keys_of(folder, LANGUAGES[0]) {
            let variant = camel(&key);
            let is_used = sources.iter().any(|source| says(source, name, &variant));
            match (is_used, not_yet.contains(&key.as_str())) {
                (false, false) => {
                    faults.push(format!("{folder}/*.ftl: {key}: nothing says {name}::{variant}"))
                }
                (true, true) => faults.push(format!("{key} is used now: take it off the list")),
                _ => {}
            }
        }
    }
    faults
}

/// Whether the program itself, not its tests, names the variant.
pub fn says(source: &Source, name: &str, variant: &str) -> bool {
    if source.in_src().is_none() {
        return false;
    }
    let code = source.code_without_tests();
    !lines_with(code, &format!("{name}::{variant}")).is_empty()
        || code.contains(&format!("{name}::*")) && !lines_with(code, variant).is_empty()
}

fn keys_of(folder: &str, language: &str) -> BTreeSet<String> {
    let path = format!("{folder}/{language}.ftl");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    keys(&text)
}

/// The names that stand at the beginning of a line before ` =`.
pub fn keys(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter(|line| line.starts_with(|symbol: char| symbol.is_ascii_alphabetic()))
        .filter_map(|line| line.split_once('=').map(|(key, _)| key.trim().to_string()))
        .collect()
}

/// `rut-has-error` → `RutHasError`, as the build does it.
pub fn camel(key: &str) -> String {
    key.split('-')
        .map(|word| {
            let (first, rest) = word.split_at(word.len().min(1));
            first.to_ascii_uppercase() + rest
        })
        .collect()
}
