//! An open database: sled, the journal before it, and our own handle of sled's file, which is what
//! makes it durable.

use std::cell::Cell;
use std::fs::File;
use std::io;

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
}

impl Database {
    pub fn flush(&self) -> io::Result<()> {
        flush(&self.db)
    }

    /// What was flushed is on stable storage when this returns.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }
}

/// Hands everything to the operating system. On Linux this is not yet durable: sled only calls
/// `sync_file_range`, and a power cut then takes what was written, and often the whole database. A
/// sync has to follow.
pub(super) fn flush(db: &sled::Db) -> io::Result<()> {
    db.flush()?;
    Ok(())
}
