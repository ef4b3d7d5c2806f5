//! The sentences of screens and letters: every language has the same keys, and each key is used
//! somewhere.

use std::collections::BTreeSet;

use crate::source::{Source, lines_with};

pub const FOLDERS: [(&str, &str); 2] = [("assets/text", "Msg"), ("assets/messages", "MailMsg")];
pub const LANGUAGES: [&str; 2] = ["es", "en"];

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

pub fn unused(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for (folder, name) in FOLDERS {
        for key in keys_of(folder, LANGUAGES[0]) {
            let variant = camel(&key);
            if !sources.iter().any(|source| says(source, name, &variant)) {
                faults.push(format!("{folder}/*.ftl: {key}: nothing says {name}::{variant}"));
            }
        }
    }
    faults
}

/// How the key of an error begins, and what no error says in any language.
const ERRORS: [&str; 3] = ["wrong-", "missing-", "mismatch"];
const CLUMSY: [&str; 6] = ["inválid", "debe ingresar", "lo sentimos", "invalid", "you must enter", "sorry"];
const MOST_WORDS: usize = 20;

pub fn clumsy_errors() -> Vec<String> {
    LANGUAGES.iter().flat_map(|language| clumsy(language, &text_of(FOLDERS[0].0, language))).collect()
}

/// What is wrong with the errors of a file.
pub fn clumsy(language: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for (key, said) in said(text) {
        if !ERRORS.iter().any(|error| key.starts_with(error)) {
            continue;
        }
        let words = said.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
        if words > MOST_WORDS {
            faults.push(format!("{language}.ftl: {key} has {words} words"));
        }
        let low = said.to_lowercase();
        faults.extend(
            CLUMSY
                .iter()
                .filter(|clumsy| low.contains(*clumsy))
                .map(|clumsy| format!("{language}.ftl: {key} says «{clumsy}»")),
        );
    }
    faults
}

/// The keys of one language of a folder, with what they say.
pub fn said_in(folder: &str, language: &str) -> Vec<(String, String)> {
    said(&text_of(folder, language))
}

/// Each key with what it says: of several plural forms the last, and a word for each argument.
pub fn said(text: &str) -> Vec<(String, String)> {
    let mut sentences: Vec<(String, String)> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match (line.starts_with(char::is_alphabetic), line.split_once('=')) {
            (true, Some((key, said))) => sentences.push((key.trim().to_string(), said.to_string())),
            _ if line.trim_start().starts_with('[') => {}
            _ => {
                let more = line.trim_start().trim_start_matches("*[other]");
                if let Some((_, said)) = sentences.last_mut() {
                    said.push_str(more);
                }
            }
        }
    }
    for (_, said) in &mut sentences {
        *said = without_arguments(said);
    }
    sentences
}

/// `{ $name }` and `{ NUMBER($count) }` as a word; of a choice between forms the name is left.
pub fn without_arguments(said: &str) -> String {
    let mut parts = said.split('{');
    let mut plain = parts.next().unwrap_or_default().to_string();
    for part in parts {
        match part.split_once('}') {
            Some((argument, rest)) if argument.contains('$') && !argument.contains("->") => {
                plain.push('X');
                plain.push_str(rest);
            }
            _ => plain.push_str(&part.replace("->", "").replace('$', "")),
        }
    }
    plain
}

/// Which sentences can't both be so is no place where one of them is said.
const SPEAKS_OF_SENTENCES: &str = "src/page/contradiction.rs";

/// Whether the program itself names the variant, not its tests.
pub fn says(source: &Source, name: &str, variant: &str) -> bool {
    if source.in_src().is_none() || source.path == SPEAKS_OF_SENTENCES {
        return false;
    }
    let code = source.code_without_tests();
    !lines_with(code, &format!("{name}::{variant}")).is_empty()
        || code.contains(&format!("{name}::*")) && !lines_with(code, variant).is_empty()
}

fn keys_of(folder: &str, language: &str) -> BTreeSet<String> {
    keys(&text_of(folder, language))
}

pub fn text_of(folder: &str, language: &str) -> String {
    let path = format!("{folder}/{language}.ftl");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The names that begin a line before ` =`.
pub fn keys(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter(|line| line.starts_with(|symbol: char| symbol.is_ascii_alphabetic()))
        .filter_map(|line| line.split_once('=').map(|(key, _)| key.trim().to_string()))
        .collect()
}

/// `rut-has-error` → `RutHasError`, as the build does.
pub fn camel(key: &str) -> String {
    key.split('-')
        .map(|word| {
            let (first, rest) = word.split_at(word.len().min(1));
            first.to_ascii_uppercase() + rest
        })
        .collect()
}
