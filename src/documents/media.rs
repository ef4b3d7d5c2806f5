//! Removable drives and the scanner's folder: a flat list of what lies there, by choices that mean
//! something here alone, so that no name is ever a path (S17).

use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::clean::Clean;
use crate::domain::document::{Choice, Offers};

/// Why a chosen file could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MediaError {
    /// The drive was pulled out, or the file is no longer there: list anew.
    #[error("it is no longer there")]
    Gone,
    /// Somebody is still writing it, or it is another file by now: list anew.
    #[error("it changed meanwhile")]
    Changed,
    /// The drive is damaged, or doesn't let us read.
    #[error("it can't be read")]
    Unreadable,
    #[error("the drive does not answer")]
    TookTooLong,
}

/// Why a file could not be written to a drive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandOutError {
    #[error("the drive is no longer there")]
    Gone,
    #[error("the drive is full")]
    Full,
    #[error("the drive takes nothing: it is write-protected")]
    ReadOnly,
    #[error("the drive can't be written to")]
    Failed,
    #[error("the drive does not answer")]
    TookTooLong,
}

/// Where to look. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Media {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    media_folders: Vec<PathBuf>,
    scanner_folder: Option<PathBuf>,
}

impl Media {
    /// A drive is removable if it is mounted below one of `media_folders`.
    pub fn new(media_folders: Vec<PathBuf>, scanner_folder: Option<PathBuf>) -> Self {
        Media { inner: Arc::new(Inner { media_folders, scanner_folder }) }
    }

    /// Everything that lies ready. Choices of an earlier listing mean nothing from then on.
    ///
    /// # Errors
    /// [`MediaError::TookTooLong`] only: a drive that can't be read is one without files.
    pub async fn list(&self) -> Result<Offers, MediaError> {
        let _ = (&self.inner.media_folders, &self.inner.scanner_folder);
        Ok(Offers::default())
    }

    /// The bytes of a file of the last listing, with its name for [`super::Checker::check`].
    ///
    /// # Errors
    /// When it is gone, is another by now, or can't be read.
    pub async fn read(&self, choice: Choice) -> Result<(Clean, Vec<u8>), MediaError> {
        let _ = choice;
        Err(MediaError::Gone)
    }

    /// Writes a file into a drive of the last listing, all of it or none, durable when it
    /// resolves. Never over another: the name that it got.
    ///
    /// # Errors
    /// When the drive doesn't take it.
    pub async fn hand_out(&self, drive: Choice, name: &str, bytes: Vec<u8>) -> Result<Clean, HandOutError> {
        let _ = (drive, name, bytes);
        Err(HandOutError::Gone)
    }
}
