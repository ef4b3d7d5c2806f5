//! A register on the disk: entries in the order of their keys, found by two reads of a page each,
//! whatever its size; only the first keys of the index's pages are kept in memory, 4 bytes for each
//! 100,000 companies.
//!
//! ```text
//! page 0        what this is: magic, kind, key width, counts, when and from what it was made, and of which
//!               time its list is
//! pages 1 to d  data
//! pages d+1 …   index: the first key of each page of data
//! ```

use std::fs::{File, Metadata};
use std::io;
use std::os::unix::fs::{FileExt as _, MetadataExt as _};
use std::path::Path;

use super::block::{self, BYTES, CONTENT_BYTES, Damaged, FillingBlock};
use super::error::RegisterError;
use super::kind::Kind;
use crate::domain::clean::Clean;

/// The last character is the format's version.
const MAGIC: &[u8; 8] = b"totemrg2";
/// Versions before the second don't say of which time their list is.
const WITHOUT_LIST_TIME: &[u8; 8] = b"totemrg1";
/// No file has a longer name.
const MAX_SOURCE_CHARACTERS: usize = 255;
/// Width of the widest key.
pub const MAX_KEY_BYTES: usize = 16;

/// A key as a number; its big-endian bytes, as many as its kind's keys have, stand in the file.
pub type SortedKey = u128;

/// What a register says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortedSummary {
    /// What it holds.
    pub kind: Kind,
    /// Entries, each with a key of its own.
    pub rows: u64,
    /// Lines for a key that a later one took the place of.
    pub repeated: u64,
    /// Lines that were left out.
    pub bad: u64,
    /// When it was made, in milliseconds since 1970.
    pub made_ms: u64,
    /// Of which time the list is, in milliseconds since 1970: no later than it was made.
    pub listed_ms: u64,
    /// The name of the file it was made from.
    pub source: Clean,
    /// Pages of entries.
    pub data_pages: u64,
    /// Pages of the index.
    pub index_pages: u64,
}

impl SortedSummary {
    /// What the file has on the disk.
    pub fn bytes(&self) -> u64 {
        (1 + self.data_pages + self.index_pages) * BYTES as u64
    }

    pub(super) fn page(&self) -> [u8; BYTES] {
        let mut filling = FillingBlock::default();
        filling.put(MAGIC);
        filling.put(&[self.kind.code(), self.kind.key_bytes() as u8]);
        for number in [
            self.made_ms,
            self.rows,
            self.repeated,
            self.bad,
            self.data_pages,
            self.index_pages,
            self.listed_ms,
        ] {
            filling.put(&number.to_le_bytes());
        }
        let source: String = self.source.as_str().chars().take(MAX_SOURCE_CHARACTERS).collect();
        filling.put(source.as_bytes());
        filling.close(self.made_ms, 0)
    }

    /// Reads a first page; says what is wrong with it.
    pub fn read(page: &[u8; BYTES], kind: Kind) -> Result<Self, RegisterError> {
        let raw = block::contents_unchecked(page).unwrap_or_default();
        let damaged = || RegisterError::damaged(kind, "its first page does not fit its checksum");
        let (magic, rest) = raw.split_first_chunk::<8>().ok_or_else(damaged)?;
        if ![MAGIC, WITHOUT_LIST_TIME].contains(&magic) {
            let is_ours = magic[..7] == MAGIC[..7] && magic[7].is_ascii_digit();
            return Err(if is_ours { RegisterError::OtherVersion(kind) } else { damaged() });
        }
        let (words, rest) = rest.split_first_chunk::<2>().ok_or_else(damaged)?;
        let (numbers, source) = rest.split_first_chunk::<48>().ok_or_else(damaged)?;
        let (numbers, _) = numbers.as_chunks::<8>();
        let number = |at: usize| u64::from_le_bytes(numbers[at]);
        let (listed_ms, source) = match magic == MAGIC {
            true => {
                let (listed_ms, source) = source.split_first_chunk::<8>().ok_or_else(damaged)?;
                (u64::from_le_bytes(*listed_ms), source)
            }
            false => (number(0), source),
        };
        block::contents(page, number(0), 0).map_err(|Damaged| damaged())?;
        if *words != [kind.code(), kind.key_bytes() as u8] {
            return Err(RegisterError::damaged(kind, "it is a register of something else"));
        }
        Ok(SortedSummary {
            kind,
            made_ms: number(0),
            rows: number(1),
            repeated: number(2),
            bad: number(3),
            data_pages: number(4),
            index_pages: number(5),
            listed_ms,
            source: Clean::new(&String::from_utf8_lossy(source)),
        })
    }
}

/// Which file it is. An open one keeps its number, so that no other can have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SortedIdentity {
    device: u64,
    number: u64,
}

impl SortedIdentity {
    /// What the system says of an open or a named file.
    pub fn of(metadata: &Metadata) -> Self {
        SortedIdentity { device: metadata.dev(), number: metadata.ino() }
    }
}

/// An open register.
#[derive(Debug)]
pub struct Sorted {
    file: File,
    summary: SortedSummary,
    /// The first key of each page of the index.
    fences: Vec<SortedKey>,
}

impl Sorted {
    /// Opens a register whose first page, length and index are right. Pages of data are judged when
    /// they are read.
    ///
    /// # Errors
    /// When it is missing, can't be read, is damaged, or is of another version or kind.
    pub fn open(path: &Path, kind: Kind) -> Result<Self, RegisterError> {
        let file = File::open(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => RegisterError::Missing(kind),
            _ => RegisterError::unreadable(kind, &error),
        })?;
        Self::over(file, kind)
    }

    /// Takes over a file that is open already; else as [`Sorted::open`].
    ///
    /// # Errors
    /// When it can't be read, is damaged, or is of another version or kind.
    pub fn over(file: File, kind: Kind) -> Result<Self, RegisterError> {
        let length = file.metadata().map_err(|error| RegisterError::unreadable(kind, &error))?.len();
        if length < BYTES as u64 {
            return Err(RegisterError::damaged(kind, "its end is missing"));
        }
        let mut page = [0; BYTES];
        file.read_exact_at(&mut page, 0).map_err(|error| RegisterError::unreadable(kind, &error))?;
        let summary = SortedSummary::read(&page, kind)?;
        if summary.bytes() != length {
            return Err(RegisterError::damaged(kind, "it is not as long as it says"));
        }
        let mut sorted = Sorted { file, summary, fences: Vec::new() };
        for page in 0..sorted.summary.index_pages {
            let (bytes, width) = (sorted.page(1 + sorted.summary.data_pages + page)?, kind.key_bytes());
            let contents = sorted.contents(&bytes, 1 + sorted.summary.data_pages + page)?;
            let first = contents.get(..width).ok_or_else(|| sorted.damaged("its index is empty"))?;
            sorted.fences.push(key_of(first));
        }
        Ok(sorted)
    }

    /// Which file it is, to see whether another has taken its place.
    ///
    /// # Errors
    /// When the system doesn't say.
    pub fn identity(&self) -> Result<SortedIdentity, RegisterError> {
        let metadata = self.file.metadata();
        Ok(SortedIdentity::of(
            &metadata.map_err(|error| RegisterError::unreadable(self.summary.kind, &error))?,
        ))
    }

    /// What it says of itself.
    pub fn summary(&self) -> &SortedSummary {
        &self.summary
    }

    /// What stands under a key.
    ///
    /// # Errors
    /// When a page that the look-up needs can't be read or is damaged.
    pub fn find(&self, key: SortedKey) -> Result<Option<Vec<u8>>, RegisterError> {
        Ok(self.last_up_to(key)?.filter(|(found, _)| *found == key).map(|(_, value)| value))
    }

    /// Whether anything stands under the keys from one to another, both included.
    ///
    /// # Errors
    /// As [`Sorted::find`].
    pub fn has_between(&self, (first, last): (SortedKey, SortedKey)) -> Result<bool, RegisterError> {
        Ok(self.last_up_to(last)?.is_some_and(|(found, _)| found >= first))
    }

    /// The entry of the greatest key that is not above this one.
    fn last_up_to(&self, key: SortedKey) -> Result<Option<(SortedKey, Vec<u8>)>, RegisterError> {
        let Some(fence) = self.fences.partition_point(|first| *first <= key).checked_sub(1) else {
            return Ok(None);
        };
        let wanted = key.to_be_bytes();
        let wanted = &wanted[MAX_KEY_BYTES - self.width()..];
        let place = 1 + self.summary.data_pages + fence as u64;
        let page = self.page(place)?;
        let before = count_up_to(self.contents(&page, place)?, wanted) as u64;
        let place = fence as u64 * self.keys_in_index_page() + before;
        let page = self.page(place)?;
        let mut last = None;
        for entry in block::entries(self.contents(&page, place)?, self.width()) {
            let (key, value) = entry.map_err(|Damaged| self.damaged("a page of it is cut off"))?;
            if key > wanted {
                break;
            }
            last = Some((key, value));
        }
        Ok(last.map(|(key, value)| (key_of(key), value.to_vec())))
    }

    /// Reads all of it: each page's checksum, the order of the keys, and their count.
    ///
    /// # Errors
    /// For the first page that can't be read or is damaged.
    pub fn check(&self) -> Result<(), RegisterError> {
        let (mut rows, mut last) = (0_u64, None);
        let mut index = vec![0; 0];
        for place in 1..=self.summary.data_pages {
            let page = self.page(place)?;
            let before = rows;
            for entry in block::entries(self.contents(&page, place)?, self.width()) {
                let (key, _) = entry.map_err(|Damaged| self.damaged("a page of it is cut off"))?;
                if rows == before {
                    index.extend_from_slice(key);
                }
                if last.replace(key_of(key)).is_some_and(|last| last >= key_of(key)) {
                    return Err(self.damaged("its keys are out of order"));
                }
                rows += 1;
            }
        }
        let mut index = index.as_slice();
        for page in 0..self.summary.index_pages {
            let place = 1 + self.summary.data_pages + page;
            let page = self.page(place)?;
            let rest = index.strip_prefix(self.contents(&page, place)?);
            index = rest.ok_or_else(|| self.damaged("its index does not fit its data"))?;
        }
        match rows == self.summary.rows && index.is_empty() {
            true => Ok(()),
            false => Err(self.damaged("it does not hold as many rows as it says")),
        }
    }

    /// The keys of one page of entries; pages are counted from 1.
    ///
    /// # Errors
    /// When it can't be read or is damaged.
    pub fn keys_of(&self, place: u64) -> Result<Vec<SortedKey>, RegisterError> {
        let page = self.page(place)?;
        let entries = block::entries(self.contents(&page, place)?, self.width());
        let key = |entry: Result<(&[u8], &[u8]), Damaged>| entry.map(|(key, _)| key_of(key));
        entries.map(key).collect::<Result<_, _>>().map_err(|Damaged| self.damaged("a page of it is cut off"))
    }

    fn width(&self) -> usize {
        self.summary.kind.key_bytes()
    }

    fn keys_in_index_page(&self) -> u64 {
        (CONTENT_BYTES / self.width()) as u64
    }

    fn page(&self, place: u64) -> Result<[u8; BYTES], RegisterError> {
        let mut page = [0; BYTES];
        let read = self.file.read_exact_at(&mut page, place * BYTES as u64);
        read.map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => self.damaged("its end is missing"),
            _ => RegisterError::unreadable(self.summary.kind, &error),
        })?;
        Ok(page)
    }

    fn contents<'a>(&self, page: &'a [u8; BYTES], place: u64) -> Result<&'a [u8], RegisterError> {
        let contents = block::contents(page, self.summary.made_ms, place);
        contents.map_err(|damaged| self.damaged(&damaged.to_string()))
    }

    fn damaged(&self, reason: &str) -> RegisterError {
        RegisterError::damaged(self.summary.kind, reason)
    }
}

/// How many of the keys of an index's page, which are in order, are not above the wanted one.
fn count_up_to(keys: &[u8], wanted: &[u8]) -> usize {
    let width = wanted.len();
    let (mut least, mut most) = (0, keys.len() / width);
    while least < most {
        let middle = (least + most) / 2;
        if keys[middle * width..(middle + 1) * width] <= *wanted {
            least = middle + 1;
        } else {
            most = middle;
        }
    }
    least
}

fn key_of(bytes: &[u8]) -> SortedKey {
    bytes.iter().fold(0, |key, byte| key << 8 | SortedKey::from(*byte))
}

#[cfg(test)]
#[path = "sorted_tests.rs"]
mod tests;
