//! Why a store can't be opened, in words for whoever runs the kiosk.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::system_fault::{SystemFault, has_no_inodes};

/// Why a store can't be opened. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has it open.
    #[error(
        "the store in {} is in use by another totem: stop that one, as a rule the kiosk, then try again",
        folder.display()
    )]
    InUse {
        /// The store's.
        folder: PathBuf,
    },
    /// A newer program wrote it.
    #[error(
        "the store in {} was written by a newer totem (schema {found}, this one knows {known}): \
         start the newer totem, or restore a backup that this one made",
        folder.display()
    )]
    TooNew {
        /// The store's.
        folder: PathBuf,
        /// Its schema.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// It is not what was written.
    #[error(
        "the store in {} cannot be opened ({reason}): move it aside, and restore the last backup (`totem restore FILE`)",
        folder.display()
    )]
    Damaged {
        /// The store's.
        folder: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// There is no room to open it in.
    #[error(
        "the disk of {} is full, and there is no ballast left to give up: make room (`df -h` tells where), then \
         start again; nothing is lost",
        folder.display()
    )]
    DiskFull {
        /// The store's.
        folder: PathBuf,
    },
    /// The system does not read or write it now. It is not damaged for that.
    #[error(
        "the store in {} cannot be read or written now ({error}), which is the system's fault and no damage; \
         nothing was moved: {fault}",
        folder.display()
    )]
    System {
        /// The store's.
        folder: PathBuf,
        /// What helps.
        fault: SystemFault,
        /// What the system says.
        error: io::Error,
    },
    /// The folder can't be used.
    #[error("the folder {} cannot be used ({error}): check that it exists and belongs to this user", folder.display())]
    Folder {
        /// The store's.
        folder: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

impl OpenError {
    pub(super) fn from_io(folder: &Path, error: io::Error) -> Self {
        let system = |fault, error| OpenError::System { folder: folder.into(), fault, error };
        match error.kind() {
            ErrorKind::StorageFull if has_no_inodes(folder) => system(SystemFault::Inodes, error),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                OpenError::DiskFull { folder: folder.into() }
            }
            ErrorKind::PermissionDenied | ErrorKind::NotFound | ErrorKind::NotADirectory => {
                OpenError::Folder { folder: folder.into(), error }
            }
            _ => system(SystemFault::of(&error), error),
        }
    }

    pub(super) fn damaged(folder: &Path, reason: impl ToString) -> Self {
        OpenError::Damaged { folder: folder.into(), reason: reason.to_string() }
    }

    /// Of a file of the store: only what was read and is not what was written is damage.
    pub(super) fn from_content(folder: &Path, error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::InvalidData | ErrorKind::UnexpectedEof => OpenError::damaged(folder, error),
            _ => OpenError::from_io(folder, error),
        }
    }

    pub(super) fn from_sled(folder: &Path, error: sled::Error) -> Self {
        match error {
            sled::Error::Io(error) => OpenError::from_content(folder, error),
            other => OpenError::damaged(folder, other),
        }
    }
}

#[cfg(test)]
mod tests {
    use rustix::io::Errno;

    use super::*;

    fn of_sled(error: impl Into<io::Error>) -> OpenError {
        OpenError::from_sled(Path::new("/srv"), sled::Error::Io(error.into()))
    }

    /// As when an intent can't be finished for want of space: the store stays where it is.
    #[test]
    fn a_full_disk_is_not_damage() {
        let error = of_sled(ErrorKind::StorageFull);
        assert!(matches!(error, OpenError::DiskFull { .. }), "{error}");
    }

    #[test]
    fn what_may_not_be_read_is_not_damaged() {
        let error = of_sled(ErrorKind::PermissionDenied);
        assert!(matches!(error, OpenError::Folder { .. }), "{error}");
    }

    #[test]
    fn what_the_system_refuses_is_not_damaged_and_what_is_no_record_is() {
        for errno in [Errno::IO, Errno::MFILE, Errno::FBIG, Errno::ROFS, Errno::NOMEM] {
            let error = of_sled(errno);
            assert!(matches!(error, OpenError::System { .. }), "{error}");
            assert!(error.to_string().contains("nothing was moved: "), "{error}");
        }
        for kind in [ErrorKind::InvalidData, ErrorKind::UnexpectedEof] {
            assert!(matches!(of_sled(kind), OpenError::Damaged { .. }), "{kind}");
        }
    }
}
