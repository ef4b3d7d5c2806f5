//! New keys in place of old ones (S14), as files beside the key file:
//!
//! ```text
//! totem.key            the keys in force
//! totem.key.next       those that follow, while the store is being sealed with them
//! totem.key.until-2    those that were in force until seal.2: old backups open with them alone
//! ```
//! Each appears whole and durable, or not at all.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt, fchown};
use std::path::{Path, PathBuf};

use super::{KeyError, Keys, random};

impl Keys {
    /// New keys for sealing and for the audit chain; `None` after 255 times. What the others made
    /// can't be made anew: ids of tallies without the RUTs that they are of, digests without what
    /// people know, pseudonyms in rows that are kept.
    pub fn successor(&self) -> Option<Self> {
        let (newest, _) = self.newest_seal();
        let seal = vec![(newest.checked_add(1)?, random::<32>())];
        Some(Keys {
            seal,
            index: self.index,
            pepper: self.pepper,
            audit: random(),
            pseudonym: self.pseudonym,
        })
    }

    /// The keys that are to follow those of this file, if a change of keys was begun.
    ///
    /// # Errors
    /// When they can't be read.
    pub fn following(path: &Path) -> Result<Option<Self>, KeyError> {
        match Keys::load(&beside(path, "next")) {
            Err(KeyError::Missing { .. }) => Ok(None),
            read => read.map(Some),
        }
    }

    /// Puts these down as those that are to follow; durable when it returns.
    ///
    /// # Errors
    /// When they can't be written.
    pub fn announce(&self, path: &Path) -> Result<(), KeyError> {
        let (partial, next) = (beside(path, "next.partial"), beside(path, "next"));
        let written = write_private(&partial, self.text().as_bytes(), path)
            .and_then(|()| fs::rename(&partial, &next))
            .and_then(|()| sync_folder_of(path));
        written.map_err(|source| KeyError::Io { path: next, source })
    }

    /// Keeps those of this file, under the name of these that follow, which is returned; durable
    /// then. Kept already is kept.
    ///
    /// # Errors
    /// When they can't be written, or other keys have that name: those are not given up.
    pub fn keep_before(&self, path: &Path) -> Result<PathBuf, KeyError> {
        let kept = beside(path, &format!("until-{}", self.newest_seal().0));
        let in_force = Keys::load(path)?;
        match Keys::load(&kept) {
            Ok(known) if known.text() == in_force.text() => return Ok(kept),
            Ok(_) => return Err(KeyError::Exists { path: kept }),
            Err(KeyError::Missing { .. }) => {}
            Err(error) => return Err(error),
        }
        let partial = beside(&kept, "partial");
        let written = write_private(&partial, in_force.text().as_bytes(), path)
            .and_then(|()| fs::rename(&partial, &kept))
            .and_then(|()| sync_folder_of(path));
        match written {
            Ok(()) => Ok(kept),
            Err(source) => Err(KeyError::Io { path: kept, source }),
        }
    }

    /// Puts these, which were announced, in force; durable when it returns.
    ///
    /// # Errors
    /// When files can't be renamed.
    pub fn put_in_force(path: &Path) -> Result<(), KeyError> {
        let moved = fs::rename(beside(path, "next"), path).and_then(|()| sync_folder_of(path));
        moved.map_err(|source| KeyError::Io { path: path.to_path_buf(), source })
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().map(OsString::from).unwrap_or_default();
    name.push(".");
    name.push(ending);
    path.with_file_name(name)
}

/// For whoever the file `like` belongs to, also when root writes it.
fn write_private(path: &Path, bytes: &[u8], like: &Path) -> io::Result<()> {
    // What an earlier try left is not written over: it may be somebody's link to elsewhere.
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    let (made, owner) = (file.metadata()?, fs::metadata(like)?);
    if made.uid() != owner.uid() {
        fchown(&file, Some(owner.uid()), Some(owner.gid()))?;
    }
    file.write_all(bytes)?;
    file.sync_all()
}

fn sync_folder_of(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
