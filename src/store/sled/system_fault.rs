//! What the system refuses a store that is whole, and what helps against each.

use std::fmt;
use std::io;
use std::path::Path;

use rustix::io::Errno;

/// Why the system does not read or write now. None of it says anything against the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemFault {
    /// A block of the disk can't be read or written.
    Disk,
    /// The disk was mounted read-only, as after errors.
    ReadOnly,
    /// No file can be opened any more.
    Descriptors,
    /// A file may not grow so large.
    FileSize,
    /// There is no memory, or no thread.
    Memory,
    /// The disk has room, but for no more files.
    Inodes,
    /// Anything else.
    Other,
}

impl SystemFault {
    /// By the system's own number. An error that passed through other hands may have lost it.
    pub(super) fn of(error: &io::Error) -> Self {
        match Errno::from_io_error(error) {
            Some(Errno::IO) => SystemFault::Disk,
            Some(Errno::ROFS) => SystemFault::ReadOnly,
            Some(Errno::MFILE | Errno::NFILE) => SystemFault::Descriptors,
            Some(Errno::FBIG) => SystemFault::FileSize,
            Some(Errno::NOMEM | Errno::AGAIN) => SystemFault::Memory,
            _ => match error.kind() {
                io::ErrorKind::FileTooLarge => SystemFault::FileSize,
                io::ErrorKind::ReadOnlyFilesystem => SystemFault::ReadOnly,
                io::ErrorKind::OutOfMemory => SystemFault::Memory,
                _ => SystemFault::Other,
            },
        }
    }
}

/// What to do, for operators.
impl fmt::Display for SystemFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            SystemFault::Disk => {
                "look into `dmesg` for the disk's errors and copy the folder to another disk, then start again"
            }
            SystemFault::ReadOnly => {
                "`dmesg` says why the disk became read-only; have it checked (fsck) and mounted again, then \
                 start again"
            }
            SystemFault::Descriptors => {
                "close other programs or raise LimitNOFILE of the service (`ulimit -n`), then start again"
            }
            SystemFault::FileSize => {
                "raise LimitFSIZE of the service (`ulimit -f`) above the size of sled/db, then start again"
            }
            SystemFault::Memory => {
                "close other programs or raise MemoryMax and TasksMax of the service, then start again"
            }
            SystemFault::Inodes => {
                "remove files that nobody needs (`df -i` tells where), then start again"
            }
            SystemFault::Other => "`dmesg` and `totem doctor` may say more; then start again",
        })
    }
}

/// Whether the disk of a folder has room but for no more files. Some count none.
pub(super) fn has_no_inodes(folder: &Path) -> bool {
    rustix::fs::statvfs(folder).is_ok_and(|disk| disk.f_files > 0 && disk.f_favail == 0 && disk.f_bavail > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_is_known_by_its_number() {
        let table = [
            (Errno::IO, SystemFault::Disk),
            (Errno::ROFS, SystemFault::ReadOnly),
            (Errno::MFILE, SystemFault::Descriptors),
            (Errno::NFILE, SystemFault::Descriptors),
            (Errno::FBIG, SystemFault::FileSize),
            (Errno::NOMEM, SystemFault::Memory),
            (Errno::NODEV, SystemFault::Other),
        ];
        for (errno, fault) in table {
            assert_eq!(SystemFault::of(&errno.into()), fault, "{errno}");
        }
        // As sled hands on what its threads met.
        let copied = io::Error::new(io::ErrorKind::FileTooLarge, "Os { code: 27 }");
        assert_eq!(SystemFault::of(&copied), SystemFault::FileSize);
    }
}
