//! A Rust file as text, with a copy whose comments and strings are blanked out, so that a rule
//! about code isn't misled by words.

use std::path::{Path, PathBuf};

/// One file.
pub struct Source {
    /// The path below the package's folder: `src/store/sled.rs`.
    pub path: String,
    pub text: String,
    /// `text` with comments and strings replaced by blanks; its lines stay the same.
    pub code: String,
    /// The counterpart: `text` with everything but comments replaced by blanks.
    pub comments: String,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        let (code, comments) = split(text);
        Source { path: path.to_string(), text: text.to_string(), code, comments }
    }

    /// Every Rust file of the package, in the order of the paths.
    pub fn all() -> Vec<Source> {
        let mut paths = vec![PathBuf::from("build.rs")];
        for folder in ["src", "tests", "benches"] {
            gather(Path::new(folder), &mut paths);
        }
        paths.sort();
        assert!(paths.len() > 20, "tests run in the package's folder");
        paths
            .iter()
            .map(|path| {
                let text = std::fs::read_to_string(path).expect("sources are readable UTF-8");
                Source::new(&path.to_string_lossy(), &text)
            })
            .collect()
    }

    /// The path below `src/`, if it lies there.
    pub fn in_src(&self) -> Option<&str> {
        self.path.strip_prefix("src/")
    }

    /// Whether it belongs to one of these modules: `kiosk` is `kiosk.rs` and everything in
    /// `kiosk/`.
    pub fn is_of(&self, modules: &[&str]) -> bool {
        self.in_src().is_some_and(|path| {
            modules.iter().any(|module| {
                path.strip_prefix(module).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
            })
        })
    }

    /// The code without its modules of tests, which stand at the end.
    pub fn code_without_tests(&self) -> &str {
        if self.path.ends_with("/tests.rs") {
            return "";
        }
        let end = self.code.find("#[cfg(test)]\nmod tests {").unwrap_or(self.code.len());
        &self.code[..end]
    }
}

/// The lines, from 1, in which `needle` stands in `text` and is not part of a longer name.
pub fn lines_with(text: &str, needle: &str) -> Vec<usize> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| line.match_indices(needle).any(|(at, _)| stands_alone(line, at, needle.len())))
        .map(|(index, _)| index + 1)
        .collect()
}

fn stands_alone(line: &str, at: usize, length: usize) -> bool {
    let is_name = |symbol: char| symbol.is_alphanumeric() || symbol == '_';
    let needle = &line[at..at + length];
    let joins_before = needle.starts_with(is_name) && line[..at].ends_with(is_name);
    let joins_after = needle.ends_with(is_name) && line[at + length..].starts_with(is_name);
    !joins_before && !joins_after
}

fn gather(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

/// Splits a text into code and comments of the same shape. It need not be right on every program,
/// only on those that rustfmt has formatted.
fn split(text: &str) -> (String, String) {
    let mut code = String::with_capacity(text.len());
    let mut comments = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (length, into) = piece(rest, code.chars().last()).unwrap_or((first.len_utf8(), Into::Code));
        for symbol in rest[..length].chars() {
            let blank = if symbol == '\n' { '\n' } else { ' ' };
            code.push(if into == Into::Code { symbol } else { blank });
            comments.push(if into == Into::Comments { symbol } else { blank });
        }
        rest = &rest[length..];
    }
    (code, comments)
}

#[derive(PartialEq)]
enum Into {
    Code,
    Comments,
    Nothing,
}

/// The comment, string or character at the beginning of `rest`: its length, and which half it
/// belongs to.
fn piece(rest: &str, before: Option<char>) -> Option<(usize, Into)> {
    if rest.starts_with("//") {
        return Some((rest.find('\n').unwrap_or(rest.len()), Into::Comments));
    }
    if rest.starts_with("/*") {
        return Some((rest.find("*/").map_or(rest.len(), |at| at + 2), Into::Comments));
    }
    let in_name = before.is_some_and(|symbol| symbol.is_alphanumeric() || symbol == '_');
    if rest.starts_with('r') && !in_name {
        let marks = rest[1..].bytes().take_while(|byte| *byte == b'#').count();
        if rest[1 + marks..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(marks));
            let start = marks + 2;
            return Some((
                rest[start..].find(&end).map_or(rest.len(), |at| start + at + end.len()),
                Into::Nothing,
            ));
        }
    }
    if rest.starts_with('"') {
        return Some((quoted(rest, '"'), Into::Nothing));
    }
    // A character, unless it is a lifetime.
    let mut symbols = rest.strip_prefix('\'')?.chars();
    let first = symbols.next()?;
    (first == '\\' || symbols.next() == Some('\'')).then(|| (quoted(rest, '\''), Into::Nothing))
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, symbol) in rest.char_indices().skip(1) {
        if symbol == quote && !escaped {
            return at + 1;
        }
        escaped = symbol == '\\' && !escaped;
    }
    rest.len()
}
