//! New keys in place of old ones (S14), as files beside the key file:
//!
//! ```text
//! totem.key            the keys in force
//! totem.key.next       the next keys, while the store is being sealed with them
//! totem.key.until-2    the keys in force before seal.2, which old backups need
//! ```
//! Each file appears whole and durable, or not at all.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt, fchown};
use std::path::{Path, PathBuf};

use super::{KeyError, Keys, random};

impl Keys {
    /// New keys for sealing and for the audit chain; `None` after 255 times. The others can't be
    /// replaced: ids of tallies can't be computed without their RUTs, digests without what people
    /// know, pseudonyms without the rows that are kept.
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

    /// The keys that will follow those of this file, if a rotation was begun.
    ///
    /// # Errors
    /// When they can't be read.
    pub fn following(path: &Path) -> Result<Option<Self>, KeyError> {
        match Keys::load(&beside(path, "next")) {
            Err(KeyError::Missing { .. }) => Ok(None),
            read => read.map(Some),
        }
    }

    /// Writes these down as the keys that will follow; durable when it returns.
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

    /// Keeps the keys of this file under a name that these keys determine, and returns that name;
    /// durable when it returns. Does nothing if they are kept already.
    ///
    /// # Errors
    /// When they can't be written, or other keys have that name, which are not overwritten.
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

    /// Where the keys lie that were in force before those of this file, the latest first.
    pub fn kept_before(path: &Path) -> Vec<PathBuf> {
        (0..=u8::MAX)
            .rev()
            .map(|seal| beside(path, &format!("until-{seal}")))
            .filter(|kept| kept.is_file())
            .collect()
    }

    /// Puts the announced keys in force; durable when it returns.
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

/// Gives the file to the owner of `like`, even when root writes it.
fn write_private(path: &Path, bytes: &[u8], like: &Path) -> io::Result<()> {
    // What an earlier try left is not written over: it may be somebody's link to another place.
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
