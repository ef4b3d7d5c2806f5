//! An open database: sled, the journal before it, and our own handle of sled's file, which is what
//! makes it durable.

use std::cell::{Cell, RefCell};
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt as _;
use std::path::PathBuf;

use sled::IVec;

use super::chain_ends::ChainEnds;
use super::contents::Contents;
use super::journal::Journal;
use crate::store::standing;

/// A database and the journal before it.
pub struct Database {
    pub db: sled::Db,
    pub chain_ends: ChainEnds,
    pub journal: Journal,
    /// With all that was acknowledged.
    pub contents: Cell<Contents>,
    /// Where the store stands, if that is in the journal only so far. Each group writes it over, and sled
    /// needs no more than the last of an epoch.
    pub(super) standing: RefCell<Option<Vec<u8>>>,
    pub(super) file: File,
    /// Where that file was opened, and the next start will look for it.
    pub(super) place: PathBuf,
    pub(super) identity: FileIdentity,
}

impl Database {
    /// What lies at a key, as of the last group.
    pub fn value(&self, key: &[u8]) -> sled::Result<Option<IVec>> {
        match &*self.standing.borrow() {
            Some(standing) if key == standing::KEY => Ok(Some(standing.as_slice().into())),
            _ => self.db.get(key),
        }
    }

    /// Hands sled one write of a group that is durable in the journal.
    pub fn apply(&self, key: Vec<u8>, value: Option<Vec<u8>>) -> sled::Result<()> {
        match value {
            Some(standing) if key == standing::KEY => _ = self.standing.replace(Some(standing)),
            Some(value) => _ = self.db.insert(key, value)?,
            None => _ = self.db.remove(key)?,
        }
        Ok(())
    }

    /// Hands everything to the operating system; a sync has to follow.
    pub fn flush(&self) -> io::Result<()> {
        if let Some(standing) = self.standing.take() {
            self.db.insert(standing::KEY, standing)?;
        }
        flush(&self.db)
    }

    /// What was flushed is on stable storage when this returns.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    /// Whether the file that is written is the one that lies in its place: a folder may be deleted or
    /// renamed, or another disk be mounted over it, while what is written goes on as if nothing were.
    ///
    /// # Errors
    /// When the system doesn't say.
    pub fn is_in_place(&self) -> io::Result<bool> {
        match fs::metadata(&self.place) {
            Ok(there) => Ok(FileIdentity::from(&there) == self.identity),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// Which file it is, whatever its name; it is that as long as it is open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct FileIdentity {
    device: u64,
    inode: u64,
}

impl From<&Metadata> for FileIdentity {
    fn from(file: &Metadata) -> Self {
        FileIdentity { device: file.dev(), inode: file.ino() }
    }
}

/// Hands everything to the operating system. On Linux this is not yet durable: sled only calls
/// `sync_file_range`, and a power cut then takes what was written, and often the whole database. A
/// sync has to follow.
pub(super) fn flush(db: &sled::Db) -> io::Result<()> {
    db.flush()?;
    Ok(())
}
