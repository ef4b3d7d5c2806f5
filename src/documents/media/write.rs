//! Writing to a drive: to a temporary file, made durable, then renamed. Never overwrites a file.

use std::fs::File;
use std::io::Write as _;
use std::os::fd::OwnedFd;

use rustix::fs::{AtFlags, Mode, OFlags, RenameFlags, fsync, openat, renameat_with, statat, unlinkat};
use rustix::io::Errno;

/// The hidden name of an unfinished file.
const ASIDE: &str = ".totem-unfinished";
/// How many files may share a name.
const MOST_NAMES: u32 = 99;

/// Writes the file and returns the name it got: `name`, or `name (2)` where that is taken.
///
/// # Errors
/// When the name is none, or the drive doesn't take it; what was begun is removed, if it still can be.
pub fn write(folder: &OwnedFd, name: &str, bytes: &[u8]) -> Result<String, Errno> {
    let is_name = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\0']);
    if !is_name {
        return Err(Errno::INVAL);
    }
    let written = write_aside(folder, bytes).and_then(|()| settle(folder, name));
    if written.is_err() {
        let _ = unlinkat(folder, ASIDE, AtFlags::empty());
    }
    let name = written?;
    match fsync(folder) {
        // Some file systems have nothing to say about folders.
        Ok(()) | Err(Errno::INVAL | Errno::NOTSUP) => Ok(name),
        Err(error) => Err(error),
    }
}

fn write_aside(folder: &OwnedFd, bytes: &[u8]) -> Result<(), Errno> {
    // Left behind by a drive that was pulled out.
    let _ = unlinkat(folder, ASIDE, AtFlags::empty());
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let mut file = File::from(openat(folder, ASIDE, flags, Mode::RUSR | Mode::WUSR)?);
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.map_err(|error| Errno::from_io_error(&error).unwrap_or(Errno::IO))
}

fn settle(folder: &OwnedFd, name: &str) -> Result<String, Errno> {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    for number in 1..=MOST_NAMES {
        let free = match number {
            1 => name.to_string(),
            _ => format!("{stem} ({number}).{extension}"),
        };
        match rename_to_free(folder, &free) {
            Ok(()) => return Ok(free),
            Err(Errno::EXIST) => {}
            Err(error) => return Err(error),
        }
    }
    Err(Errno::EXIST)
}

fn rename_to_free(folder: &OwnedFd, name: &str) -> Result<(), Errno> {
    match renameat_with(folder, ASIDE, folder, name, RenameFlags::NOREPLACE) {
        // Not every file system supports it, and nobody else writes to a person's stick.
        Err(Errno::INVAL | Errno::NOSYS) => match statat(folder, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(_) => Err(Errno::EXIST),
            Err(Errno::NOENT) => renameat_with(folder, ASIDE, folder, name, RenameFlags::empty()),
            Err(error) => Err(error),
        },
        done => done,
    }
}
