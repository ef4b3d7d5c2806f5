//! Folders that belong to other people: entered step by step without following a link, listed without
//! opening a file, and read up to a limit (S16).

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::Read as _;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, Stat, fstat, open, openat, statat};
use rustix::io::Errno;

/// Never a link, never waiting for the other end of a pipe, never left open to a child.
const CAREFULLY: OFlags = OFlags::RDONLY
    .union(OFlags::NOFOLLOW)
    .union(OFlags::NONBLOCK)
    .union(OFlags::CLOEXEC)
    .union(OFlags::NOCTTY);
/// Folders below the one that is listed, one within the other: a camera's pictures lie in the second,
/// and somebody's papers of a year in the third.
const MOST_LEVELS: usize = 3;
/// Entries looked at, in all folders of a drive together.
const MOST_ENTRIES: usize = 10_000;

/// Tells whether a file is still the same one. The inode number can't: FAT changes it now and then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// The device it is on, by the system's number.
    pub device: u64,
    /// Its size.
    pub bytes: u64,
    /// When it was last written: seconds since 1970, and nanoseconds.
    pub written: (i64, u64),
}

impl Likeness {
    fn of(stat: &Stat) -> Self {
        Likeness {
            device: stat.st_dev,
            bytes: u64::try_from(stat.st_size).unwrap_or(0),
            written: (stat.st_mtime, stat.st_mtime_nsec),
        }
    }

    /// When it was last written, in milliseconds since 1970, to the second.
    pub fn written_ms(&self) -> u64 {
        u64::try_from(self.written.0).unwrap_or(0).saturating_mul(1000)
    }
}

/// A regular file: the folders that lead to it, and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFile {
    /// Folders from the drive's root on, and last the file's name.
    pub way: Vec<OsString>,
    /// What it was like when it was listed.
    pub likeness: Likeness,
}

/// Opens a folder, which must not be a link.
///
/// # Errors
/// When it is a link or no folder, or can't be opened.
pub fn enter(folder: &Path) -> Result<OwnedFd, Errno> {
    open(folder, CAREFULLY | OFlags::DIRECTORY, Mode::empty())
}

/// The device that a folder is on: another one when the drive is no longer mounted there.
pub fn device(folder: &OwnedFd) -> Result<u64, Errno> {
    fstat(folder).map(|stat| stat.st_dev)
}

/// What a walk through a drive came upon.
#[derive(Debug)]
pub struct Walked {
    /// All regular files in it and in the folders below, without the hidden ones.
    pub found: Vec<FoundFile>,
    /// How many entries were not looked at.
    pub not_looked_at: usize,
    /// Whether the drive stopped answering on the way: it was pulled out, or fails.
    pub stopped: bool,
}

/// Walks through it. What can't be read is passed over.
pub fn list(root: &OwnedFd) -> Walked {
    let mut walk = Walk { found: Vec::new(), device: device(root).unwrap_or(0), entries: 0, stopped: false };
    walk.folder(root, &[], 0);
    let not_looked_at = walk.entries.saturating_sub(MOST_ENTRIES);
    Walked { found: walk.found, not_looked_at, stopped: walk.stopped }
}

struct Walk {
    found: Vec<FoundFile>,
    device: u64,
    entries: usize,
    stopped: bool,
}

impl Walk {
    fn folder(&mut self, folder: &OwnedFd, way: &[OsString], level: usize) {
        let Some(entries) = self.answered(Dir::read_from(folder)) else { return };
        for entry in entries {
            // One that can't be read would be tried for ever.
            let Some(entry) = self.answered(entry) else { return };
            let name = OsStr::from_bytes(entry.file_name().to_bytes());
            if is_hidden(name) {
                continue;
            }
            self.entries += 1;
            if self.entries > MOST_ENTRIES {
                continue;
            }
            self.entry(folder, way, name, level);
        }
    }

    /// What the drive answered, if it did.
    fn answered<T>(&mut self, answer: Result<T, Errno>) -> Option<T> {
        if let Err(error) = &answer {
            self.stopped |= is_of_drive(*error);
        }
        answer.ok()
    }

    fn entry(&mut self, folder: &OwnedFd, way: &[OsString], name: &OsStr, level: usize) {
        let Some(stat) = self.answered(statat(folder, name, AtFlags::SYMLINK_NOFOLLOW)) else { return };
        let way: Vec<OsString> = way.iter().cloned().chain([name.to_os_string()]).collect();
        // What is mounted within is another drive, listed by itself.
        if stat.st_dev != self.device {
            return;
        }
        match FileType::from_raw_mode(stat.st_mode) {
            FileType::RegularFile => self.found.push(FoundFile { way, likeness: Likeness::of(&stat) }),
            FileType::Directory if level < MOST_LEVELS => {
                let below = openat(folder, name, CAREFULLY | OFlags::DIRECTORY, Mode::empty());
                if let Some(below) = self.answered(below) {
                    self.folder(&below, &way, level + 1);
                }
            }
            _ => {}
        }
    }
}

/// Whether the drive itself doesn't answer, and not a single file or folder.
fn is_of_drive(error: Errno) -> bool {
    matches!(error, Errno::IO | Errno::NODEV | Errno::NXIO | Errno::NOMEDIUM | Errno::STALE)
}

/// Includes what Windows keeps for itself.
fn is_hidden(name: &OsStr) -> bool {
    let name = name.as_bytes();
    name.starts_with(b".") || name.starts_with(b"$") || name == b"System Volume Information"
}

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRead {
    /// Another file than was listed, or one that is being written.
    Changed,
    /// The system doesn't let it be read.
    System(Errno),
}

/// The bytes of a file that is still as it was listed, `most` at most.
///
/// # Errors
/// When it is a different file by now, or can't be read.
pub fn read(root: impl AsFd, found: &FoundFile, most: u64) -> Result<Vec<u8>, NotRead> {
    let (name, folders) = found.way.split_last().ok_or(NotRead::Changed)?;
    let mut at = root.as_fd().try_clone_to_owned().map_err(|_| NotRead::System(Errno::MFILE))?;
    for folder in folders {
        at = openat(&at, folder, CAREFULLY | OFlags::DIRECTORY, Mode::empty()).map_err(of_opening)?;
    }
    let mut file = File::from(openat(&at, name, CAREFULLY, Mode::empty()).map_err(of_opening)?);
    let before = fstat(&file).map_err(NotRead::System)?;
    let is_file = FileType::from_raw_mode(before.st_mode) == FileType::RegularFile;
    if !is_file || Likeness::of(&before) != found.likeness {
        return Err(NotRead::Changed);
    }
    let mut bytes = Vec::new();
    let taken = (&mut file).take(most + 1).read_to_end(&mut bytes);
    taken.map_err(|error| NotRead::System(Errno::from_io_error(&error).unwrap_or(Errno::IO)))?;
    let after = fstat(&file).map_err(NotRead::System)?;
    let is_whole = bytes.len() as u64 == found.likeness.bytes.min(most + 1);
    match is_whole && Likeness::of(&after) == found.likeness {
        true => Ok(bytes),
        false => Err(NotRead::Changed),
    }
}

/// A link, or a folder where a file was, came in between.
fn of_opening(error: Errno) -> NotRead {
    match error {
        Errno::LOOP | Errno::NOTDIR => NotRead::Changed,
        error => NotRead::System(error),
    }
}
