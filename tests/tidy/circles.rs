//! No files of the crate import each other in a circle.

use std::collections::{BTreeMap, BTreeSet};

use crate::layers::name_at;
use crate::source::Source;

/// Files that import each other in a loop. A module and its own parts are one thing: an import of
/// what encloses a file is no arrow.
pub fn circles(sources: &[Source]) -> Vec<String> {
    let files: Vec<File> = sources.iter().filter_map(File::of).collect();
    let place: BTreeMap<&[String], usize> =
        files.iter().enumerate().map(|(place, file)| (file.module.as_slice(), place)).collect();
    let arrows: Vec<BTreeSet<usize>> = files.iter().map(|file| file.arrows(&place)).collect();
    let mut faults = Vec::new();
    for (place, file) in files.iter().enumerate() {
        if let Some(way) = way_back(place, &arrows)
            // Each circle is told once, from its first file.
            && way.iter().all(|other| *other >= place)
        {
            let names: Vec<&str> = way.iter().map(|place| files[*place].path).collect();
            faults.push(format!("{} and back", [&[file.path], names.as_slice()].concat().join(" → ")));
        }
    }
    faults
}

/// The shortest way from a file back to itself.
fn way_back(start: usize, arrows: &[BTreeSet<usize>]) -> Option<Vec<usize>> {
    let mut came_from: BTreeMap<usize, usize> = BTreeMap::new();
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for next in &arrows[at] {
            if *next == start {
                let mut way = Vec::new();
                let mut step = at;
                while step != start {
                    way.insert(0, step);
                    step = came_from[&step];
                }
                return Some(way);
            }
            if !came_from.contains_key(next) {
                came_from.insert(*next, at);
                queue.push_back(*next);
            }
        }
    }
    None
}

/// A file of the crate and the path of its module.
struct File<'a> {
    path: &'a str,
    module: Vec<String>,
    code: &'a str,
}

impl<'a> File<'a> {
    fn of(source: &'a Source) -> Option<Self> {
        let path = source.in_src()?;
        let is_test = path.ends_with("tests.rs") || path.contains("/tests/");
        if is_test || path == "main.rs" || path == "lib.rs" {
            return None;
        }
        let stem = path.strip_suffix(".rs")?;
        let stem = stem.strip_suffix("/mod").unwrap_or(stem);
        let module = stem.split('/').map(str::to_string).collect();
        Some(File { path: &source.path, module, code: source.code_without_tests() })
    }

    fn arrows(&self, place: &BTreeMap<&[String], usize>) -> BTreeSet<usize> {
        let paths = self.paths();
        let targets = paths.iter().filter_map(|path| {
            // The longest front of the path that is a file.
            (1..=path.len()).rev().find_map(|length| place.get(&path[..length]).map(|at| (*at, length)))
        });
        targets
            .filter(|(_, length)| *length > 0)
            .filter(|(at, _)| !self.is_within(*at, place))
            .map(|(at, _)| at)
            .collect()
    }

    /// Whether that file is this one, or encloses it.
    fn is_within(&self, at: usize, place: &BTreeMap<&[String], usize>) -> bool {
        (1..=self.module.len()).any(|length| place.get(&self.module[..length]) == Some(&at))
    }

    /// Every path that the file names, from the crate's root.
    fn paths(&self) -> Vec<Vec<String>> {
        let mut paths = Vec::new();
        for (keyword, up) in
            [("crate::", None), ("self::", Some(0)), ("super::super::", Some(2)), ("super::", Some(1))]
        {
            for (at, _) in self.code.match_indices(keyword) {
                let before = &self.code[..at];
                if before.ends_with("::")
                    || before.ends_with(|symbol: char| symbol.is_alphanumeric() || symbol == '_')
                {
                    continue;
                }
                let root = match up {
                    None => Vec::new(),
                    Some(up) if up <= self.module.len() => self.module[..self.module.len() - up].to_vec(),
                    Some(_) => continue,
                };
                read_paths(&root, &self.code[at + keyword.len()..], &mut paths);
            }
        }
        paths
    }
}

/// Reads one path, or the group that it ends in.
fn read_paths(root: &[String], text: &str, paths: &mut Vec<Vec<String>>) {
    let mut path = root.to_vec();
    let mut rest = text;
    while let Some(name) = name_at(rest) {
        rest = &rest[name.len()..];
        path.push(name);
        match rest.strip_prefix("::") {
            Some(after) => rest = after,
            None => break,
        }
    }
    match rest.strip_prefix('{') {
        Some(group) => {
            let (mut depth, mut begin) = (1, 0);
            for (at, symbol) in group.char_indices() {
                match symbol {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                if depth == 0 || (depth == 1 && symbol == ',') {
                    read_paths(&path, group[begin..at].trim_start(), paths);
                    begin = at + 1;
                }
                if depth == 0 {
                    break;
                }
            }
        }
        None => paths.push(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_is_found_and_a_part_of_a_module_is_none() {
        let one = Source::new("src/a/one.rs", "use super::two::{x, y};\n");
        let two = Source::new("src/a/two.rs", "use crate::b::z;\nuse super::Face;\n");
        let b = Source::new("src/b.rs", "use crate::{a::one::w, c::v};\n");
        let face = Source::new("src/a/mod.rs", "mod one;\nuse self::one::x;\npub struct Face;\n");
        let found = circles(&[one, two, b, face]);
        assert_eq!(found, ["src/a/one.rs → src/a/two.rs → src/b.rs and back"]);
    }
}
