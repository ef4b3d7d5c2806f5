//! Writing a register, from entries that come in the order of their keys.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;

use super::block::{self, BYTES, FillingBlock};
use super::kind::Kind;
use super::sorted::{MAX_KEY_BYTES, SortedKey, SortedSummary};
use crate::domain::clean::Clean;

/// What is known of a list besides its rows.
#[derive(Clone, Debug)]
pub struct ListSummary {
    /// The names of the files it came in.
    pub source: Clean,
    /// Of which time it is, in milliseconds since 1970.
    pub listed_ms: u64,
    /// Lines for a key that a later one took the place of.
    pub repeated: u64,
    /// Lines that were left out.
    pub bad: u64,
}

/// Writes a register from entries that come in the order of their keys.
pub struct SortedWriter {
    file: io::BufWriter<File>,
    kind: Kind,
    made_ms: u64,
    page: FillingBlock,
    /// The first key of each page of data. A file with as many pages as memory has no room for
    /// would have billions of rows.
    firsts: Vec<SortedKey>,
    rows: u64,
    pages: u64,
}

impl SortedWriter {
    /// Begins at the head of an empty file.
    pub fn new(file: File, kind: Kind, made_ms: u64) -> io::Result<Self> {
        let mut file = io::BufWriter::with_capacity(64 * BYTES, file);
        // The first page is written last, when the counts are known.
        io::Write::write_all(&mut file, &[0; BYTES])?;
        Ok(SortedWriter {
            file,
            kind,
            made_ms,
            page: FillingBlock::default(),
            firsts: Vec::new(),
            rows: 0,
            pages: 0,
        })
    }

    /// Adds an entry. Keys must come in ascending order, each once.
    ///
    /// # Errors
    /// When the disk doesn't take it.
    pub fn put(&mut self, key: SortedKey, value: &[u8]) -> io::Result<()> {
        let width = self.kind.key_bytes();
        if !self.page.has_room_for(block::entry_bytes(width, value)) {
            self.end_page()?;
        }
        if self.page.is_empty() {
            self.firsts.push(key);
        }
        self.page.put_entry(&key.to_be_bytes()[MAX_KEY_BYTES - width..], value);
        self.rows += 1;
        Ok(())
    }

    /// Writes index and first page, and makes all of it durable.
    ///
    /// # Errors
    /// When the disk doesn't take it.
    pub fn finish(mut self, list: ListSummary) -> io::Result<(File, SortedSummary)> {
        if !self.page.is_empty() {
            self.end_page()?;
        }
        let data_pages = self.pages;
        let width = self.kind.key_bytes();
        for first in std::mem::take(&mut self.firsts) {
            if !self.page.has_room_for(width) {
                self.end_page()?;
            }
            self.page.put(&first.to_be_bytes()[MAX_KEY_BYTES - width..]);
        }
        if !self.page.is_empty() {
            self.end_page()?;
        }
        let summary = SortedSummary {
            kind: self.kind,
            rows: self.rows,
            repeated: list.repeated,
            bad: list.bad,
            made_ms: self.made_ms,
            listed_ms: list.listed_ms.min(self.made_ms),
            source: list.source,
            data_pages,
            index_pages: self.pages - data_pages,
        };
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.write_all_at(&summary.page(), 0)?;
        file.sync_all()?;
        Ok((file, summary))
    }

    fn end_page(&mut self) -> io::Result<()> {
        self.pages += 1;
        io::Write::write_all(&mut self.file, &self.page.close(self.made_ms, self.pages))
    }
}
