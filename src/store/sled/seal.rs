//! What the files of a database were when it was closed, so that one that is as it was left need not
//! be copied to be looked through. It stands beside them from the end of one process to the beginning
//! of the next; without it, or when a file is not as it says, a copy is made.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

use super::folder;

const HASH_BYTES: usize = 16;
const READ_BYTES: usize = 256 * 1024;

/// The files, and the journal's epoch that they go with.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
struct Seal {
    epoch: u64,
    files: BTreeMap<PathBuf, (u64, u128)>,
}

fn path(database: &Path) -> PathBuf {
    database.join("seal")
}

/// Puts the seal on a database that is closed, with its journal at this epoch.
///
/// # Errors
/// When a file can't be read, or the seal not be written.
pub fn put_on(database: &Path, epoch: u64) -> io::Result<()> {
    let seal = Seal { epoch, files: hashes(database)? };
    let mut bytes = postcard::to_stdvec(&seal).map_err(io::Error::other)?;
    bytes.extend(XxHash3_128::oneshot(&bytes).to_be_bytes());
    fs::write(path(database), bytes)?;
    folder::give_to_owner_of(database, &path(database))?;
    File::open(path(database))?.sync_all()?;
    folder::sync_folder(database)
}

/// Whether every file is as it was when the database was closed at this epoch.
///
/// # Errors
/// When a file can't be read.
pub fn fits(database: &Path, epoch: u64) -> io::Result<bool> {
    let bytes = match fs::read(path(database)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        read => read?,
    };
    let Some((said, hash)) = bytes.split_last_chunk::<HASH_BYTES>() else { return Ok(false) };
    if XxHash3_128::oneshot(said).to_be_bytes() != *hash {
        return Ok(false);
    }
    // Of another program it says nothing.
    let Ok(seal) = postcard::from_bytes::<Seal>(said) else { return Ok(false) };
    Ok(seal.epoch == epoch && seal == Seal { epoch, files: hashes(database)? })
}

/// Takes it off, durably, before anything is changed.
///
/// # Errors
/// When it can't be removed.
pub fn take_off(database: &Path) -> io::Result<()> {
    match fs::remove_file(path(database)) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed.and_then(|()| folder::sync_folder(database)),
    }
}

fn hashes(database: &Path) -> io::Result<BTreeMap<PathBuf, (u64, u128)>> {
    let mut hashes = BTreeMap::new();
    for file in folder::files_of_sled(database)? {
        let hash = hash(&database.join(&file))?;
        hashes.insert(file, hash);
    }
    Ok(hashes)
}

fn hash(file: &Path) -> io::Result<(u64, u128)> {
    let (mut file, mut hash, mut length) = (File::open(file)?, XxHash3_128::new(), 0);
    let mut bytes = vec![0; READ_BYTES];
    loop {
        match file.read(&mut bytes)? {
            0 => return Ok((length, hash.finish_128())),
            count => {
                hash.write(&bytes[..count]);
                length += count as u64;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_fits_what_it_was_put_on_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("blobs")).unwrap();
        for name in ["db", "conf", "snap.01", "blobs/7", "journal3", "schema"] {
            fs::write(at(name), name.repeat(100_000)).unwrap();
        }
        assert!(!fits(folder.path(), 5).unwrap(), "there is none");
        put_on(folder.path(), 5).unwrap();
        assert!(fits(folder.path(), 5).unwrap() && !fits(folder.path(), 6).unwrap());
        // These say themselves what they are.
        fs::write(at("journal3"), "another").unwrap();
        assert!(fits(folder.path(), 5).unwrap());
        for name in ["db", "conf", "snap.01", "blobs/7", "seal"] {
            let whole = fs::read(at(name)).unwrap();
            let mut flipped = whole.clone();
            flipped[whole.len() / 2] ^= 1;
            fs::write(at(name), flipped).unwrap();
            assert!(!fits(folder.path(), 5).unwrap(), "{name}");
            fs::write(at(name), &whole[1..]).unwrap();
            assert!(!fits(folder.path(), 5).unwrap(), "{name}");
            fs::remove_file(at(name)).unwrap();
            assert!(!fits(folder.path(), 5).unwrap(), "{name}");
            fs::write(at(name), whole).unwrap();
            assert!(fits(folder.path(), 5).unwrap(), "{name}");
        }
        fs::write(at("snap.02"), "one more").unwrap();
        assert!(!fits(folder.path(), 5).unwrap());
        fs::remove_file(at("snap.02")).unwrap();
        take_off(folder.path()).unwrap();
        take_off(folder.path()).unwrap();
        assert!(!fits(folder.path(), 5).unwrap());
    }
}
