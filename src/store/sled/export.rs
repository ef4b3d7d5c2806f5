//! One file that holds a whole store: the backup.
//!
//! ```text
//! "totem\0x2"  schema: u32  length: u16  where the store stood, with its MAC
//! 1  key length: u16  value length: u32  key  value      … in the order of the keys
//! 0  entries: u64
//! SHA-256 of all of the above
//! MAC of that (T13)
//! ```
//! Files that begin with "totem\0x1" have no standing and no MAC: older programs wrote them, and anybody
//! can make such a checksum. Numbers are big-endian. The file is written beside its name and renamed when it is durable, so
//! whatever stands under the name is whole. It is read and written as a stream. Records were
//! sealed before they reached the store, so the file tells no more than the store itself.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::folder;
use super::folder::SCHEMA;
use super::open_error::OpenError;
use crate::audit::Chain;
use crate::domain::reference::Ref;
use crate::store::rules::KeyValue;
use crate::store::standing::Label;
use crate::store::upkeep::{ExportProof, Summary};
use crate::store::{MAX_VALUE_BYTES, StoreError, Versioned, keys};

const MAGIC: &[u8; 8] = b"totem\0x2";
/// Of those without a MAC.
const OLDER_MAGIC: &[u8; 8] = b"totem\0x1";
const MAX_KEY_BYTES: usize = 64;
/// The last schema whose backups had no MAC.
const LAST_UNPROVED: u32 = 4;

/// Why a backup can't be written or read. For operators.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// It is not what was written.
    #[error("{} is damaged ({reason}): take an earlier backup; nothing was changed", file.display())]
    Damaged {
        /// The backup.
        file: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Its checksum is right, and its MAC is not.
    #[error(
        "{} was changed since it was made, or made with other keys (its MAC does not match): take another \
         backup; nothing was changed",
        file.display()
    )]
    Forged {
        /// The backup.
        file: PathBuf,
    },
    /// An older program wrote it, or somebody who wants that to be believed.
    #[error(
        "{} was made by an older totem (schema {schema}) and bears no MAC, so that nothing shows whether it is \
         as it was made: take a newer backup, or, if it was never out of your hands, say --unproved as well; \
         nothing was changed",
        file.display()
    )]
    Unproved {
        /// The backup.
        file: PathBuf,
        /// Its schema.
        schema: u32,
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
    pub(super) fn damaged(file: &Path, reason: &str) -> Self {
        ExportError::Damaged { file: file.into(), reason: reason.into() }
    }

    pub(super) fn from_io(file: &Path, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => ExportError::damaged(file, "its end is missing"),
            _ => ExportError::File { file: file.into(), error },
        }
    }
}

/// Writes all entries to `file`, durable when it returns; a file under that name is replaced.
/// `standing` is as it lies in the store, or empty.
pub fn write(
    file: &Path,
    chain: &Chain,
    standing: Vec<u8>,
    entries: impl Iterator<Item = Result<KeyValue, StoreError>>,
) -> Result<Summary, StoreError> {
    let partial = beside(file);
    let written = write_partial(&partial, chain, standing, entries).and_then(|summary| {
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
    chain: &Chain,
    standing: Vec<u8>,
    entries: impl Iterator<Item = Result<KeyValue, StoreError>>,
) -> Result<Summary, StoreError> {
    let failed = |error| unavailable(partial, error);
    let file = File::options().create(true).truncate(true).write(true).mode(0o600).open(partial);
    let mut out = Hashed { inner: BufWriter::new(file.map_err(failed)?), hash: Sha256::new(), bytes: 0 };
    out.put(MAGIC).map_err(failed)?;
    out.put(&SCHEMA.to_be_bytes()).map_err(failed)?;
    let length = u16::try_from(standing.len()).map_err(|error| failed(io::Error::other(error)))?;
    out.put(&length.to_be_bytes()).and_then(|()| out.put(&standing)).map_err(failed)?;
    let mut count = 0u64;
    for entry in entries {
        let (key, value) = entry?;
        out.put_entry(&key, &value).map_err(failed)?;
        count += 1;
    }
    out.put(&[0]).map_err(failed)?;
    out.put(&count.to_be_bytes()).map_err(failed)?;
    let digest: [u8; 32] = out.hash.clone().finalize().into();
    let tag = Label::Export.tag(chain, &digest);
    out.put(&digest).and_then(|()| out.put(&tag)).map_err(failed)?;
    let file = out.inner.into_inner().map_err(|error| failed(error.into_error()))?;
    file.sync_all().map_err(failed)?;
    let proof = ExportProof::Mac { digest, tag, standing };
    let (bytes, sha256) = (out.bytes, out.hash.finalize().into());
    Ok(Summary { schema: SCHEMA, entries: count, bytes, sha256, proof })
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

/// Reads a whole export and checks its form and its checksum; [`Summary::is_proved`] tells of its MAC.
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

/// Reads all entries; the summary counts once it is returned.
pub fn read(
    file: &Path,
    mut each: impl FnMut(KeyValue) -> Result<(), ExportError>,
) -> Result<Summary, ExportError> {
    let failed = |error| ExportError::from_io(file, error);
    let opened = File::open(file).map_err(failed)?;
    let mut input = Hashed { inner: BufReader::new(opened), hash: Sha256::new(), bytes: 0 };
    let magic = input.take::<8>().map_err(failed)?;
    if &magic != MAGIC && &magic != OLDER_MAGIC {
        return Err(ExportError::damaged(file, "it is not an export of totem"));
    }
    let schema = u32::from_be_bytes(input.take().map_err(failed)?);
    let standing = match &magic == MAGIC {
        true => Some(input.take_standing().map_err(failed)?),
        false if schema > LAST_UNPROVED => return Err(ExportError::damaged(file, "it lacks its MAC")),
        false => None,
    };
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
    let proof = match standing {
        Some(standing) => ExportProof::Mac { digest, tag: input.take().map_err(failed)?, standing },
        None => ExportProof::Checksum,
    };
    if count != entries || !input.at_end().map_err(failed)? {
        return Err(ExportError::damaged(file, "it has more or less than it says"));
    }
    if schema > SCHEMA {
        return Err(ExportError::TooNew { file: file.into(), found: schema, known: SCHEMA });
    }
    Ok(Summary { schema, entries, bytes: input.bytes, sha256: input.hash.finalize().into(), proof })
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

    fn take_standing(&mut self) -> io::Result<Vec<u8>> {
        let length = u16::from_be_bytes(self.take()?);
        let mut standing = vec![0; length.into()];
        self.fill(&mut standing)?;
        Ok(standing)
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
