//! Why a store can't be opened, in words for whoever runs the kiosk.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Why a store can't be opened. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has it open.
    #[error("the store in {} is in use by another totem: close that one, then try again", folder.display())]
    InUse {
        /// The store's.
        folder: PathBuf,
    },
    /// A newer program wrote it.
    #[error(
        "the store in {} was written by a newer totem (schema {found}, this one knows {known}): \
         start the newer totem, or restore an export made by this one",
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
        "the store in {} cannot be opened ({reason}): move it aside and restore the last export",
        folder.display()
    )]
    Damaged {
        /// The store's.
        folder: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// There is no room to open it in.
    #[error("the disk of {} is full: free some space or release the ballast, then try again", folder.display())]
    DiskFull {
        /// The store's.
        folder: PathBuf,
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
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                OpenError::DiskFull { folder: folder.into() }
            }
            _ => OpenError::Folder { folder: folder.into(), error },
        }
    }

    pub(super) fn damaged(folder: &Path, reason: impl ToString) -> Self {
        OpenError::Damaged { folder: folder.into(), reason: reason.to_string() }
    }

    pub(super) fn from_sled(folder: &Path, error: sled::Error) -> Self {
        match error {
            // Another user's, not a broken one.
            sled::Error::Io(error) if error.kind() == ErrorKind::PermissionDenied => {
                OpenError::from_io(folder, error)
            }
            sled::Error::Io(error) => match OpenError::from_io(folder, error) {
                OpenError::Folder { error, .. } => OpenError::damaged(folder, error),
                full => full,
            },
            other => OpenError::damaged(folder, other),
        }
    }
}
