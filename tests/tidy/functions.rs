//! How long files and functions are. A ratchet: what is too long today stands on a list with its
//! length, may shrink, must not grow, and leaves the list when it is short enough.

use crate::source::Source;

const MOST_LINES_OF_A_FILE: usize = 400;
const MOST_LINES_OF_A_FUNCTION: usize = 60;

/// Today's exceptions: `path` for a file, `path::function` for a function, with its lines. Only
/// ever make a number smaller or take a line away.
pub const EXCEPTIONS: &[(&str, usize)] = &[];

pub fn too_long(sources: &[Source], exceptions: &[(&str, usize)]) -> Vec<String> {
    let long: Vec<(String, usize, usize)> = sources.iter().flat_map(long_parts).collect();
    let mut faults = Vec::new();
    for (name, lines, most) in &long {
        match exceptions.iter().find(|(exception, _)| exception == name) {
            None => faults.push(format!("{name} has {lines} lines, more than {most}")),
            Some((_, allowed)) if lines > allowed => {
                faults.push(format!("{name} grew from {allowed} to {lines} lines"));
            }
            Some((_, allowed)) if lines < allowed => {
                faults.push(format!("{name} shrank to {lines} lines: write that instead of {allowed}"));
            }
            Some(_) => {}
        }
    }
    for (exception, _) in exceptions {
        if !long.iter().any(|(name, _, _)| name == exception) {
            faults.push(format!("{exception} is no exception any more: take it off the list"));
        }
    }
    faults
}

/// What is too long in a file: name, lines, most.
fn long_parts(source: &Source) -> Vec<(String, usize, usize)> {
    let mut parts = vec![(source.path.clone(), source.text.lines().count(), MOST_LINES_OF_A_FILE)];
    for (name, lines) in functions(&without_texts(source)) {
        parts.push((format!("{}::{name}", source.path), lines, MOST_LINES_OF_A_FUNCTION));
    }
    parts.retain(|(_, lines, most)| lines > most);
    parts
}

/// The code without the lines that lie wholly within a text: the snapshot that a test compares with
/// is not part of what the test does.
fn without_texts(source: &Source) -> String {
    let lines = source.text.lines().zip(source.code.lines()).zip(source.comments.lines());
    let is_code = |((text, code), comment): &((&str, &str), &str)| {
        text.trim().is_empty() || !code.trim().is_empty() || !comment.trim().is_empty()
    };
    lines.filter(is_code).map(|((_, code), _)| format!("{code}\n")).collect()
}

/// Each function with a body: its name, and its lines from `fn` to the closing brace.
pub fn functions(code: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        let begins_a_word = !code[..at].ends_with(|symbol: char| symbol.is_alphanumeric() || symbol == '_');
        let name: String =
            code[at + 3..].chars().take_while(|symbol| symbol.is_alphanumeric() || *symbol == '_').collect();
        if !begins_a_word || name.is_empty() {
            continue;
        }
        if let Some(length) = body_end(&code[at..]) {
            found.push((name, code[at..at + length].lines().count()));
        }
    }
    found
}

/// Where the body ends, counted from `fn`; `None` if a `;` comes before any body.
fn body_end(code: &str) -> Option<usize> {
    let (mut braces, mut brackets) = (0_usize, 0_usize);
    for (at, symbol) in code.char_indices() {
        match symbol {
            '{' => braces += 1,
            '}' => {
                braces = braces.saturating_sub(1);
                if braces == 0 {
                    return Some(at + 1);
                }
            }
            // `[u8; 32]` among the arguments is not the end.
            '[' | '(' => brackets += 1,
            ']' | ')' => brackets = brackets.saturating_sub(1),
            ';' if braces == 0 && brackets == 0 => return None,
            _ => {}
        }
    }
    None
}
