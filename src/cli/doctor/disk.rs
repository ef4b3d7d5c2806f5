//! The folders for data: present, private, writable, on a durable disk with enough room.

use std::collections::BTreeSet;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;

use rustix::fs::{Access, access, statfs, statvfs};

use crate::config::Config;

use super::Finding;

const MIB: u64 = 1024 * 1024;
/// Besides the ballast, room for a day's work.
const LEAST_FREE_MIB: u64 = 64;

/// In memory, by the magic number of statfs(2).
const TMPFS: i64 = 0x0102_1994;
/// File systems that don't keep what they acknowledged, by the magic number of statfs(2).
const UNSAFE_SYSTEMS: [(i64, &str); 5] = [
    (0x6969, "NFS"),
    (0xFF53_4D42, "CIFS"),
    (0xFE53_4D42, "SMB"),
    (TMPFS, "tmpfs, in memory"),
    (0x794C_7630, "overlayfs, of a container"),
];

pub(super) fn examine(config: &Config) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        config.data_folders().into_iter().flat_map(|(key, folder)| judge_folder(key, folder)).collect();
    if let Some(system) = unsafe_system(existing(&config.store.folder)) {
        findings.push(Finding::warn(
            format!("store.folder is on {system}: what was saved may be gone after a power cut"),
            "put it on a local disk (ext4, xfs, btrfs)",
        ));
    }
    let mut seen = BTreeSet::new();
    for (key, folder) in config.data_folders() {
        let place = existing(folder);
        let device = std::fs::metadata(place).map(|metadata| metadata.dev()).ok();
        if seen.insert(device) {
            findings.push(judge_room(config, key, place));
        }
    }
    findings
}

/// The folder, or the nearest one above it that exists.
fn existing(folder: &Path) -> &Path {
    folder.ancestors().find(|folder| folder.exists()).unwrap_or(Path::new("/"))
}

pub(super) fn judge_folder(key: &str, folder: &Path) -> Option<Finding> {
    let shown = folder.display();
    let place = existing(folder);
    if access(place, Access::WRITE_OK | Access::EXEC_OK).is_err() {
        return Some(Finding::fault(
            format!("{key}: this user may not write in {}", place.display()),
            "run doctor as the kiosk's own user, or give the folder to it (chown)",
        ));
    }
    if place != folder {
        return Some(Finding::ok(format!("{key}: {shown} will be made")));
    }
    let metadata = std::fs::metadata(folder).ok()?;
    let mode = metadata.permissions().mode() & 0o7777;
    // A mail server or a gateway takes what lies in the courier's folders, as another user.
    let is_shared = key.starts_with("courier.");
    if !metadata.is_dir() {
        Some(Finding::fault(format!("{key}: {shown} is not a folder"), "mend the setting"))
    } else if mode & 0o007 != 0 || mode & 0o070 != 0 && !is_shared {
        Some(Finding::fault(
            format!("{key}: others may look into {shown} (rights {mode:04o})"),
            format!("chmod {} {shown}", if is_shared { "o=" } else { "700" }),
        ))
    } else {
        Some(Finding::ok(format!("{key}: {shown}")))
    }
}

fn unsafe_system(folder: &Path) -> Option<&'static str> {
    let found = statfs(folder).ok()?.f_type;
    UNSAFE_SYSTEMS.iter().find(|(magic, _)| *magic == found).map(|(_, name)| *name)
}

/// Whether what is written there never reaches a disk, swap aside.
pub(super) fn is_in_memory(folder: &Path) -> bool {
    statfs(existing(folder)).is_ok_and(|found| found.f_type == TMPFS)
}

fn judge_room(config: &Config, key: &str, folder: &Path) -> Finding {
    let Ok(room) = statvfs(folder) else {
        return Finding::warn(format!("{key}: the disk doesn't tell its free room"), "df says more");
    };
    let free_mib = room.f_bavail.saturating_mul(room.f_frsize) / MIB;
    let percent = room.f_bavail.saturating_mul(100) / room.f_blocks.max(1);
    let shown = format!("disk of {key}: {free_mib} MiB free ({percent} %)");
    if room.f_files > 0 && room.f_favail == 0 {
        let shown = format!("{shown}, and no file more: its inodes are used up");
        Finding::fault(shown, "remove files that nobody needs; `df -i` and `du --inodes` tell where they are")
    } else if free_mib < LEAST_FREE_MIB + u64::from(config.store.ballast_mib) {
        Finding::fault(shown, "make room now: with a full disk nothing can be saved, nor opened again")
    } else if percent < u64::from(config.store.warn_free_percent) {
        Finding::warn(shown, "make room")
    } else {
        Finding::ok(shown)
    }
}
