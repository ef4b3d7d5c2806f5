//! Documents at rest: sealed, each with a key that lies in a record of the store (S13). Dropping the
//! record erases the document. What was sealed is then removed; without its key it tells nothing, even
//! if the removal is interrupted. It is a file of this terminal's own, or lies on the store's shelf, where
//! every terminal finds it.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::PathBuf;

use sha2::{Digest as _, Sha256};

use super::folder::{file, finished, ours, read, write, written_ms};
use crate::domain::document::{Checked, Document};
use crate::domain::reference::{Id, Kind as RecordKind};
use crate::store::StoreError;
use crate::store::records::{Held, Records};
use crate::store::sled::make_private_folder;

/// Why a document can't be kept or opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeepError {
    /// The disk is full, or the folder can't be written: the system's words.
    #[error("the documents' folder can't be used: {0}")]
    Folder(String),
    /// There is no such document: never kept, or erased.
    #[error("there is no such document")]
    Erased,
    /// The record exists, but its file doesn't.
    #[error("the document's file is gone")]
    FileGone,
    /// The file is not what was written.
    #[error("the document's file was changed")]
    Damaged,
    /// The store can't be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A document whose file is on the disk, and whose record is still to be committed: without it
/// nobody can read the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laid {
    /// What it is found by, in the store and in the folder.
    pub id: Id,
    /// Its key and what is known of it.
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

/// How long a file without a record stays: after an old backup is restored, the records that were
/// there before may come back.
const LOOSE_KEPT_MS: u64 = 24 * 3_600_000;

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
        make_private_folder(&folder).map_err(of_folder)?;
        Ok(Self::existing(folder, records))
    }

    /// Opens it for reading only: a folder that doesn't exist holds nothing.
    pub fn existing(folder: PathBuf, records: Records) -> Self {
        Kept { records, folder }
    }

    /// Writes the sealed file. It counts once its record is committed, in the same batch as what
    /// it belongs to: `draft.new_record(laid.id, &laid.record, None)`.
    ///
    /// # Errors
    /// When the disk doesn't take it.
    pub async fn lay_down(&self, document: &Checked, now_ms: u64) -> Result<Laid, KeepError> {
        let vault = self.records.vault();
        let id = Id(vault.random());
        let record = Document {
            key: vault.document_key(),
            kind: document.kind(),
            extent: document.extent(),
            bytes: document.len(),
            sha256: Sha256::digest(document.bytes()).into(),
            created_ms: now_ms,
        };
        let sealed = vault.seal_document(&record.key, (id, record.kind), document.bytes());
        match self.records.store().shelf() {
            Some(shelf) => shelf.lay(id, &sealed).await?,
            None => {
                let folder = self.folder.clone();
                self.off_loop(move || write(&folder, id, &sealed)).await?;
            }
        }
        Ok(Laid { id, record })
    }

    /// The document, to be exported for staff.
    ///
    /// # Errors
    /// When it was erased or is damaged.
    pub async fn open_document(&self, id: Id) -> Result<Checked, KeepError> {
        let record = self.facts(id).await?.ok_or(KeepError::Erased)?.value;
        let sealed = self.sealed(id).await?;
        let plain = record.key.open(id, record.kind, &sealed).map_err(|_| KeepError::Damaged)?;
        let is_same = Sha256::digest(&*plain)[..] == record.sha256;
        match is_same {
            true => Ok(Checked::looked_at(record.kind, record.extent, plain.to_vec())),
            false => Err(KeepError::Damaged),
        }
    }

    async fn sealed(&self, id: Id) -> Result<Vec<u8>, KeepError> {
        if let Some(shelf) = self.records.store().shelf() {
            return shelf.take(id).await?.ok_or(KeepError::FileGone);
        }
        let place = file(&self.folder, id);
        let sealed = self.off_loop(move || read(&place)).await;
        match sealed {
            Err(KeepError::Folder(_)) if !file(&self.folder, id).exists() => Err(KeepError::FileGone),
            sealed => sealed,
        }
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
        if let Some(held) = self.facts(id).await? {
            self.records.draft(now_ms).remove(&held).commit(&self.records).await?;
        }
        self.remove_file(id).await;
        Ok(())
    }

    /// After its record was dropped. What fails here is cleaned at a later start, and tells
    /// nothing until then.
    pub async fn remove_file(&self, id: Id) {
        let removed = match self.records.store().shelf() {
            Some(shelf) => shelf.remove(id).await.map_err(KeepError::from),
            None => {
                let place = file(&self.folder, id);
                let removing = self.off_loop(move || match fs::remove_file(&place) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                    _ => Ok(()),
                });
                removing.await
            }
        };
        if let Err(error) = removed {
            tracing::warn!(reason = %error, "a document's file could not be removed");
        }
    }

    /// What doesn't belong together, for `totem doctor`; nothing is changed.
    ///
    /// # Errors
    /// When store or folder can't be read.
    pub async fn loose(&self) -> Result<Loose, KeepError> {
        if let Some(shelf) = self.records.store().shelf() {
            return Ok(Loose { files: Vec::new(), records: shelf.missing().await? });
        }
        let mut unseen = self.ids().await?;
        let folder = self.folder.clone();
        let mut loose = Loose::default();
        for file in self.off_loop(move || ours(&folder)).await? {
            if !finished(&file).is_some_and(|id| unseen.remove(&id)) {
                loose.files.push(file);
            }
        }
        loose.records.extend(unseen);
        Ok(loose)
    }

    /// At the start, when nobody is laying one down: removes what was begun and never finished, and
    /// files that no record has had a key for since a day. How many. Records whose file is gone
    /// stay: a folder that isn't mounted today may be tomorrow.
    ///
    /// # Errors
    /// When store or folder can't be read.
    pub async fn clean(&self, now_ms: u64) -> Result<usize, KeepError> {
        if let Some(shelf) = self.records.store().shelf() {
            return Ok(shelf.clean(LOOSE_KEPT_MS).await?);
        }
        let files = self.loose().await?.files;
        self.off_loop(move || {
            let mut removed = 0;
            for file in files {
                if finished(&file).is_none() || written_ms(&file)?.saturating_add(LOOSE_KEPT_MS) < now_ms {
                    fs::remove_file(&file)?;
                    removed += 1;
                }
            }
            Ok(removed)
        })
        .await
    }

    /// Of all records.
    async fn ids(&self) -> Result<BTreeSet<Id>, KeepError> {
        let (mut ids, mut cursor) = (BTreeSet::new(), self.records.all(RecordKind::Document));
        while let Some((at, _)) = cursor.next().await? {
            ids.insert(at.id);
        }
        Ok(ids)
    }

    /// On another thread, for a disk may be slow; but where the vault computes its hashes, if that is here.
    async fn off_loop<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> io::Result<T> + Send + 'static,
    ) -> Result<T, KeepError> {
        if self.records.vault().works_here() {
            return work().map_err(of_folder);
        }
        match tokio::task::spawn_blocking(work).await {
            Ok(done) => done.map_err(of_folder),
            Err(error) => Err(KeepError::Folder(error.to_string())),
        }
    }
}

fn of_folder(error: io::Error) -> KeepError {
    KeepError::Folder(error.to_string())
}
