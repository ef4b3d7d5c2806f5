//! An open database: sled, the journal before it, and our own handle of sled's file, which is what
//! makes it durable.

use std::cell::Cell;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt as _;
use std::path::PathBuf;

use super::chain_ends::ChainEnds;
use super::contents::Contents;
use super::journal::Journal;

/// A database and the journal before it.
pub struct Database {
    pub db: sled::Db,
    pub chain_ends: ChainEnds,
    pub journal: Journal,
    /// With all that was acknowledged.
    pub contents: Cell<Contents>,
    pub(super) file: File,
    /// Where that file was opened, and the next start will look for it.
    pub(super) place: PathBuf,
}

impl Database {
    pub fn flush(&self) -> io::Result<()> {
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
        let own = self.file.metadata()?;
        match fs::metadata(&self.place) {
            Ok(there) => Ok((there.dev(), there.ino()) == (own.dev(), own.ino())),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// Hands everything to the operating system. On Linux this is not yet durable: sled only calls
/// `sync_file_range`, and a power cut then takes what was written, and often the whole database. A
/// sync has to follow.
pub(super) fn flush(db: &sled::Db) -> io::Result<()> {
    db.flush()?;
    Ok(())
}
