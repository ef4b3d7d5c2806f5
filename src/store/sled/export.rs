//! One file that holds a whole store: the backup, and the way to a smaller database.
//!
//! ```text
//! "totem\0x1"  schema: u32
//! 1  key length: u16  value length: u32  key  value      … in the order of the keys
//! 0  entries: u64
//! SHA-256 of all of the above
//! ```
//! Numbers are big-endian. The file is written beside its name and renamed when it is durable, so
//! whatever stands under the name is whole. It is read and written as a stream. Records were
//! sealed before they reached the store, so the file tells no more than the store itself.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::folder;
use super::folder::SCHEMA;
use super::open::build;
use super::open_error::OpenError;
use crate::domain::reference::Ref;
use crate::store::rules::KeyValue;
use crate::store::upkeep::Summary;
use crate::store::{MAX_VALUE_BYTES, StoreError, Versioned, keys};

const MAGIC: &[u8; 8] = b"totem\0x1";
const MAX_KEY_BYTES: usize = 64;
/// Loading needs no cache: keys come in order and are not read again.
const LOAD_CACHE_BYTES: u64 = 16 * 1024 * 1024;

/// Why a backup can't be written or read. For operators.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// It is not what was written.
    #[error("{} is damaged ({reason}): take an earlier export; nothing was changed", file.display())]
    Damaged {
        /// The backup.
        file: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A newer program wrote it.
    #[error(
        "{} was made by a newer totem (schema {found}, this one knows {known}): import it with that one; \
         nothing was changed",
        file.display()
    )]
    TooNew {
        /// The backup.
        file: PathBuf,
        /// Its schema.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// The file can't be used.
    #[error("{} cannot be read or written ({error}): check its place, its rights and the free space", file.display())]
    File {
        /// The backup.
        file: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The store's folder can't be used.
    #[error(transparent)]
    Folder(#[from] OpenError),
}

impl ExportError {
    fn damaged(file: &Path, reason: &str) -> Self {
        ExportError::Damaged { file: file.into(), reason: reason.into() }
    }

    fn from_io(file: &Path, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => ExportError::damaged(file, "its end is missing"),
            _ => ExportError::File { file: file.into(), error },
        }
    }
}

/// Writes all entries to `file`, durable when it returns; a file under that name is replaced.
pub fn write(
    file: &Path,
    entries: impl Iterator<Item = Result<KeyValue, StoreError>>,
) -> Result<Summary, StoreError> {
    let partial = beside(file);
    let written = write_partial(&partial, entries).and_then(|summary| {
        let failed = |error| unavailable(file, error);
        fs::rename(&partial, file).map_err(failed)?;
        folder::sync_folder(parent(file)).map_err(failed)?;
        Ok(summary)
    });
    if written.is_err() {
        // Whatever is left is of no use, and a full disk is a likely reason to be here.
        let _ = fs::remove_file(&partial);
    }
    written
}

fn write_partial(
    partial: &Path,
    entries: impl Iterator<Item = Result<KeyValue, StoreError>>,
) -> Result<Summary, StoreError> {
    let failed = |error| unavailable(partial, error);
    let file = File::options().create(true).truncate(true).write(true).mode(0o600).open(partial);
    let mut out = Hashed { inner: BufWriter::new(file.map_err(failed)?), hash: Sha256::new(), bytes: 0 };
    out.put(MAGIC).map_err(failed)?;
    out.put(&SCHEMA.to_be_bytes()).map_err(failed)?;
    let mut count = 0u64;
    for entry in entries {
        let (key, value) = entry?;
        out.put_entry(&key, &value).map_err(failed)?;
        count += 1;
    }
    out.put(&[0]).map_err(failed)?;
    out.put(&count.to_be_bytes()).map_err(failed)?;
    let digest = out.hash.clone().finalize();
    out.hash.update(digest);
    out.inner.write_all(&digest).map_err(failed)?;
    let file = out.inner.into_inner().map_err(|error| failed(error.into_error()))?;
    file.sync_all().map_err(failed)?;
    let bytes = out.bytes + digest.len() as u64;
    Ok(Summary { schema: SCHEMA, entries: count, bytes, sha256: out.hash.finalize().into() })
}

fn unavailable(file: &Path, error: io::Error) -> StoreError {
    StoreError::Unavailable(format!("{}: {error}", file.display()))
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_os_string();
    name.push(".partial");
    file.with_file_name(name)
}

fn parent(file: &Path) -> &Path {
    match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Reads a whole export and checks its form and its checksum.
pub fn verify_export(file: &Path) -> Result<Summary, ExportError> {
    read(file, |_| Ok(()))
}

/// The same, and the records that lie in it at these places, in their order.
pub fn find_in_export<const N: usize>(
    file: &Path,
    places: [Ref; N],
) -> Result<(Summary, [Option<Versioned>; N]), ExportError> {
    let wanted = places.map(keys::record);
    let mut found = [const { None }; N];
    let summary = read(file, |(key, value)| {
        if let Some(place) = wanted.iter().position(|wanted| *wanted == key) {
            let record = keys::read_versioned(&value);
            found[place] = Some(record.map_err(|error| ExportError::damaged(file, &error.to_string()))?);
        }
        Ok(())
    })?;
    Ok((summary, found))
}

/// Makes the export's content the store of `folder` (made if absent), which nobody may have open.
/// A store that was there is moved aside, never deleted: its new place is returned. A file that
/// is not whole changes nothing. `now_ms` is in milliseconds since 1970.
pub fn import_export(file: &Path, folder: &Path, now_ms: u64) -> Result<Option<PathBuf>, ExportError> {
    verify_export(file)?;
    let failed = |error| ExportError::Folder(OpenError::from_io(folder, error));
    folder::make_private_folder(folder).map_err(failed)?;
    let _lock = folder::lock(folder)?;
    folder::settle(folder).map_err(failed)?;
    let mut refused = None;
    build(folder, LOAD_CACHE_BYTES, |load| {
        // It may have changed since it was verified, so what is loaded is checked again.
        let loaded = read(file, |(key, value)| load.add(key, value).map_err(failed));
        refused = loaded.err();
        Ok(())
    })?;
    if let Some(error) = refused {
        return Err(error);
    }
    let aside = folder::aside(folder, "before-import", now_ms);
    folder::put_in_place(folder, &aside).map_err(failed)?;
    Ok(aside.is_dir().then_some(aside))
}

fn read(
    file: &Path,
    mut each: impl FnMut(KeyValue) -> Result<(), ExportError>,
) -> Result<Summary, ExportError> {
    let failed = |error| ExportError::from_io(file, error);
    let opened = File::open(file).map_err(failed)?;
    let mut input = Hashed { inner: BufReader::new(opened), hash: Sha256::new(), bytes: 0 };
    if &input.take::<8>().map_err(failed)? != MAGIC {
        return Err(ExportError::damaged(file, "it is not an export of totem"));
    }
    let schema = u32::from_be_bytes(input.take().map_err(failed)?);
    let mut entries = 0u64;
    let mut last_key = Vec::new();
    loop {
        match input.take::<1>().map_err(failed)? {
            [0] => break,
            [1] => {}
            _ => return Err(ExportError::damaged(file, "an entry is garbled")),
        }
        let (key, value) = input.take_entry(file)?;
        if key <= last_key || keys::sort(&key).is_none() && schema <= SCHEMA {
            return Err(ExportError::damaged(file, "an entry is out of place"));
        }
        last_key.clone_from(&key);
        entries += 1;
        each((key, value))?;
    }
    let count = u64::from_be_bytes(input.take().map_err(failed)?);
    let digest: [u8; 32] = input.hash.clone().finalize().into();
    if input.take::<32>().map_err(failed)? != digest {
        return Err(ExportError::damaged(file, "its checksum does not match"));
    }
    if count != entries || !input.at_end().map_err(failed)? {
        return Err(ExportError::damaged(file, "it has more or less than it says"));
    }
    if schema > SCHEMA {
        return Err(ExportError::TooNew { file: file.into(), found: schema, known: SCHEMA });
    }
    Ok(Summary { schema, entries, bytes: input.bytes, sha256: input.hash.finalize().into() })
}

/// A stream whose bytes are hashed as they pass.
struct Hashed<S> {
    inner: S,
    hash: Sha256,
    bytes: u64,
}

impl<W: Write> Hashed<W> {
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        self.inner.write_all(bytes)
    }

    fn put_entry(&mut self, key: &[u8], value: &[u8]) -> io::Result<()> {
        let too_long = |_| io::Error::other("an entry is too long");
        self.put(&[1])?;
        self.put(&u16::try_from(key.len()).map_err(too_long)?.to_be_bytes())?;
        self.put(&u32::try_from(value.len()).map_err(too_long)?.to_be_bytes())?;
        self.put(key)?;
        self.put(value)
    }
}

impl<R: Read> Hashed<R> {
    fn take<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }

    fn fill(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        self.inner.read_exact(bytes)?;
        self.hash.update(&*bytes);
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    fn take_entry(&mut self, file: &Path) -> Result<KeyValue, ExportError> {
        let failed = |error| ExportError::from_io(file, error);
        let key_bytes = u16::from_be_bytes(self.take().map_err(failed)?) as usize;
        let value_bytes = u32::from_be_bytes(self.take().map_err(failed)?) as usize;
        // An audit row's `mac` is shorter than what a record may carry of the store's own.
        if key_bytes > MAX_KEY_BYTES || value_bytes > MAX_VALUE_BYTES + keys::OVERHEAD_BYTES {
            return Err(ExportError::damaged(file, "an entry is too long"));
        }
        let (mut key, mut value) = (vec![0; key_bytes], vec![0; value_bytes]);
        self.fill(&mut key).map_err(failed)?;
        self.fill(&mut value).map_err(failed)?;
        Ok((key, value))
    }

    fn at_end(&mut self) -> io::Result<bool> {
        Ok(self.inner.read(&mut [0])? == 0)
    }
}
