//! Filling a new database.

use std::io;

use super::contents::Contents;

/// How much is handed to the new database at once.
const LOAD_BYTES: usize = 256 * 1024;

/// Fills a new database in pieces of bounded size.
pub struct Load<'a> {
    db: &'a sled::Db,
    batch: sled::Batch,
    bytes: usize,
    contents: Contents,
}

impl<'a> Load<'a> {
    pub fn new(db: &'a sled::Db) -> Self {
        Load { db, batch: sled::Batch::default(), bytes: 0, contents: Contents::default() }
    }

    /// Another entry, of a key that was not there.
    pub fn add(&mut self, key: Vec<u8>, value: Vec<u8>) -> io::Result<()> {
        self.bytes += key.len() + value.len();
        self.contents.add(&key, &value);
        self.batch.insert(key, value);
        if self.bytes >= LOAD_BYTES { self.hand_over() } else { Ok(()) }
    }

    fn hand_over(&mut self) -> io::Result<()> {
        self.bytes = 0;
        Ok(self.db.apply_batch(std::mem::take(&mut self.batch))?)
    }

    /// What was loaded.
    pub fn finish(&mut self) -> io::Result<Contents> {
        self.hand_over()?;
        Ok(self.contents)
    }
}
