//! The folder of backups: how they are named, which is the newest, and which may go.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::clock;

const PREFIX: &str = "totem-";
const SUFFIX: &str = ".totem";
/// What a backup is called before it is whole.
const UNFINISHED: &str = ".totem.partial";

/// The name of a backup that is made at a time, in milliseconds since 1970.
pub fn name_at(now_ms: u64) -> String {
    format!("{PREFIX}{}{SUFFIX}", clock::stamp(now_ms))
}

/// Backups of a folder under such names, with the time in them, the oldest first. Files under any
/// other name are somebody's own, and are never touched.
pub fn named(folder: &Path) -> Vec<(u64, PathBuf)> {
    let time_of = |name: &str| clock::read_stamp(name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?);
    let mut found: Vec<(u64, PathBuf)> = names(folder)
        .into_iter()
        .filter_map(|name| time_of(&name).map(|made_ms| (made_ms, folder.join(name))))
        .collect();
    found.sort();
    found
}

/// The newest backup by the time in its name; without any, the last `*.totem` by name.
pub fn newest(folder: &Path) -> Option<PathBuf> {
    let others = || names(folder).into_iter().filter(|name| name.ends_with(SUFFIX)).max();
    named(folder).pop().map(|(_, file)| file).or_else(|| others().map(|name| folder.join(name)))
}

/// Removes all but the newest `keep` backups, and what was begun and never finished. Only who has
/// the store open may do that: nobody else is making one then.
pub fn sweep(folder: &Path, keep: usize) -> io::Result<()> {
    for name in names(folder) {
        if name.starts_with(PREFIX) && name.ends_with(UNFINISHED) {
            fs::remove_file(folder.join(name))?;
        }
    }
    let mut backups = named(folder);
    let surplus = backups.len().saturating_sub(keep);
    backups.drain(..surplus).try_for_each(|(_, file)| fs::remove_file(file))
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_stay_and_what_is_not_ours_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        assert_eq!(newest(path), None);
        fs::write(path.join("before-the-move.totem"), "").unwrap();
        assert_eq!(newest(path), Some(path.join("before-the-move.totem")));
        let day = 24 * 3_600_000;
        let made: Vec<String> = (1..=4).map(|number| name_at(1_795_348_800_000 + number * day)).collect();
        made.iter().for_each(|name| fs::write(path.join(name), "").unwrap());
        fs::write(path.join(format!("{}.partial", made[0])), "").unwrap();
        assert_eq!(newest(path), Some(path.join(&made[3])));
        sweep(path, 2).unwrap();
        let mut left = names(path);
        left.sort();
        assert_eq!(left, ["before-the-move.totem", made[2].as_str(), made[3].as_str()]);
        assert_eq!(named(path)[1].0, 1_795_348_800_000 + 4 * day);
    }
}
