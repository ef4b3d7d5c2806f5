//! The registers of a folder, each open once and followed: an import puts a new file in the place of
//! the old one, and the next look-up reads that.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::error::RegisterError;
use super::kind::Kind;
use super::sorted::{Sorted, SortedIdentity, SortedKey};

/// One kind's register, if it was opened yet, and which file it is.
type Open = Mutex<Option<(SortedIdentity, Arc<Sorted>)>>;

/// All kinds, of which some may be there.
pub struct RegisterShelf {
    folder: PathBuf,
    open: [Open; Kind::ALL.len()],
}

impl RegisterShelf {
    /// Opens nothing yet.
    pub fn new(folder: &Path) -> Self {
        RegisterShelf { folder: folder.to_path_buf(), open: Default::default() }
    }

    /// What stands under a key in the register as it is now.
    ///
    /// # Errors
    /// When there is no register of that kind that can be used.
    pub fn find(&self, kind: Kind, key: SortedKey) -> Result<Option<Vec<u8>>, RegisterError> {
        self.current(kind)?.find(key)
    }

    /// Whether anything stands under the keys from one to another, both included, as it is now.
    ///
    /// # Errors
    /// As [`RegisterShelf::find`].
    pub fn has_between(&self, kind: Kind, keys: (SortedKey, SortedKey)) -> Result<bool, RegisterError> {
        self.current(kind)?.has_between(keys)
    }

    /// The register that stands in the folder now.
    ///
    /// # Errors
    /// When there is none, or it can't be used.
    pub fn current(&self, kind: Kind) -> Result<Arc<Sorted>, RegisterError> {
        let path = kind.file(&self.folder);
        let metadata = fs::metadata(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => RegisterError::Missing(kind),
            _ => RegisterError::unreadable(kind, &error),
        })?;
        let identity = SortedIdentity::of(&metadata);
        let place = &self.open[kind as usize];
        // A thread that panicked while holding it left it unchanged.
        let mut open = place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, sorted)) = open.as_ref().filter(|(known, _)| *known == identity) {
            return Ok(sorted.clone());
        }
        *open = None;
        let sorted = Arc::new(Sorted::open(&path, kind)?);
        *open = Some((sorted.identity()?, sorted.clone()));
        Ok(sorted)
    }
}
