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

/// The newest backup by the time in its name; without any, the last `*.totem` by name. One that is named
/// for a time after `now_ms` was made while the clock was wrong, and comes last (T12).
pub fn newest(folder: &Path, now_ms: u64) -> Option<PathBuf> {
    let others = || names(folder).into_iter().filter(|name| name.ends_with(SUFFIX)).max();
    let is_past = |(made_ms, _): &(u64, PathBuf)| *made_ms <= now_ms;
    let all = named(folder);
    let newest = all.iter().rfind(|backup| is_past(backup)).or(all.last());
    newest.map(|(_, file)| file.clone()).or_else(|| others().map(|name| folder.join(name)))
}

/// Removes all but the newest `keep` backups, and what was begun and never finished. Those that are
/// named for a time after `now_ms` push none out, and stay until it has come (T12). Only who has the
/// store open may do that: nobody else is making one then.
pub fn sweep(folder: &Path, keep: usize, now_ms: u64) -> io::Result<()> {
    for name in names(folder) {
        if name.starts_with(PREFIX) && name.ends_with(UNFINISHED) {
            fs::remove_file(folder.join(name))?;
        }
    }
    let mut backups = named(folder);
    backups.retain(|(made_ms, _)| *made_ms <= now_ms);
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

    const NOW: u64 = 1_795_348_800_000 + 5 * 24 * 3_600_000;

    #[test]
    fn the_newest_stay_and_what_is_not_ours_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        assert_eq!(newest(path, NOW), None);
        fs::write(path.join("before-the-move.totem"), "").unwrap();
        assert_eq!(newest(path, NOW), Some(path.join("before-the-move.totem")));
        let day = 24 * 3_600_000;
        let made: Vec<String> = (1..=4).map(|number| name_at(1_795_348_800_000 + number * day)).collect();
        made.iter().for_each(|name| fs::write(path.join(name), "").unwrap());
        fs::write(path.join(format!("{}.partial", made[0])), "").unwrap();
        assert_eq!(newest(path, NOW), Some(path.join(&made[3])));
        sweep(path, 2, NOW).unwrap();
        let mut left = names(path);
        left.sort();
        assert_eq!(left, ["before-the-move.totem", made[2].as_str(), made[3].as_str()]);
        assert_eq!(named(path)[1].0, 1_795_348_800_000 + 4 * day);
        // One that a wrong clock named for the future is neither the newest nor in the way of others.
        let future = name_at(NOW + 6 * 365 * day);
        fs::write(path.join(&future), "").unwrap();
        assert_eq!(newest(path, NOW), Some(path.join(&made[3])));
        sweep(path, 2, NOW).unwrap();
        assert_eq!(names(path).len(), 4);
        sweep(path, 1, NOW).unwrap();
        assert_eq!(
            named(path),
            [(1_795_348_800_000 + 4 * day, path.join(&made[3])), (NOW + 6 * 365 * day, path.join(&future))]
        );
    }
}
