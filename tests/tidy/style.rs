//! How a file opens, what may not stand in it, and what the log may say.

use crate::source::{Source, lines_with};

/// The crate roots, which forbid unsafe code for all their modules.
const ROOTS: [&str; 2] = ["src/lib.rs", "src/main.rs"];

/// Written in two halves, so that this file doesn't break its own law.
const HALF_DONE: [(&str, &str); 5] = [
    (concat!("to", "do!"), "do it, or leave it out"),
    (concat!("unimple", "mented!"), "do it, or leave it out"),
    (concat!("FIX", "ME"), "mend it"),
    (concat!("TO", "DO"), "do it"),
    (concat!("#[ig", "nore"), "run it, or say aloud why it can't run here"),
];

const TRACKERS: [&str; 5] = ["issue ", "ticket ", "pull request ", "bug ", "PR "];

const LOG_MACROS: [&str; 5] = ["error!", "warn!", "info!", "debug!", "trace!"];

pub fn without_opening(source: &Source) -> Option<String> {
    let first = source.text.lines().next().unwrap_or_default();
    let words = first.strip_prefix("//!").map_or(0, |rest| rest.split_whitespace().count());
    (words == 0).then(|| format!("{}:1: begin with //! and what the file is for", source.path))
}

pub fn without_forbid(source: &Source) -> Option<String> {
    let is_root = ROOTS.contains(&source.path.as_str());
    (is_root && !source.code.contains("#![forbid(unsafe_code)]"))
        .then(|| format!("{}: #![forbid(unsafe_code)] is missing", source.path))
}

pub fn half_done(source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    for (word, instead) in HALF_DONE {
        let code = lines_with(&source.code, word);
        for line in code.into_iter().chain(lines_with(&source.comments, word)) {
            faults.push(format!("{}:{line}: {word}: {instead}", source.path));
        }
    }
    for (index, line) in source.comments.lines().enumerate() {
        if names_a_ticket(line) {
            faults.push(format!("{}:{}: say the reason, not a ticket's number", source.path, index + 1));
        }
    }
    faults
}

/// A number after a hash sign, or after a tracker's word for an entry.
fn names_a_ticket(comment: &str) -> bool {
    let starts_with_digit = |rest: &str| rest.starts_with(|symbol: char| symbol.is_ascii_digit());
    let by_mark = comment.match_indices('#').any(|(at, _)| {
        let begins_a_word = !comment[..at].ends_with(|symbol: char| symbol.is_alphanumeric());
        begins_a_word && starts_with_digit(&comment[at + 1..])
    });
    let by_word = TRACKERS.iter().any(|word| {
        comment.match_indices(word).any(|(at, _)| {
            let begins_a_word = !comment[..at].ends_with(char::is_alphanumeric);
            begins_a_word && starts_with_digit(&comment[at + word.len()..])
        })
    });
    by_mark || by_word
}

/// Calls of the log's macros with a `{` in any of their texts.
pub fn message_with_values(source: &Source) -> Vec<String> {
    if source.in_src().is_none() {
        return Vec::new();
    }
    let code = source.code_without_tests();
    let mut faults = Vec::new();
    for name in LOG_MACROS {
        for (at, _) in code.match_indices(name) {
            let before = &code[..at];
            let is_ours = before.ends_with("tracing::") || before.ends_with([' ', '\n', '{', '(']);
            let start = at + name.len();
            let Some(length) = call_length(&code[start..]).filter(|_| is_ours) else { continue };
            // Blanks stand for characters in the code, while the text may have more bytes, so count
            // lines.
            let line = before.matches('\n').count();
            let lines = code[start..start + length].matches('\n').count() + 1;
            let call: Vec<&str> = source.text.lines().skip(line).take(lines).collect();
            if literals(&call.join("\n")).iter().any(|literal| literal.contains('{')) {
                faults.push(format!("{}:{}: put the value into a field", source.path, line + 1));
            }
        }
    }
    faults
}

/// The length of the `(…)` at the beginning, with the brackets inside it paired.
fn call_length(code: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, symbol) in code.char_indices() {
        match symbol {
            '(' => depth += 1,
            ')' if depth == 1 => return Some(at + 1),
            ')' => depth -= 1,
            _ if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// The texts between double quotes.
fn literals(text: &str) -> Vec<&str> {
    text.split('"').skip(1).step_by(2).collect()
}
