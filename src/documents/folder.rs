//! Sealed documents as files of a folder: one file each, whole or not there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use data_encoding::HEXLOWER;

use crate::domain::document::MOST_BYTES;
use crate::domain::reference::Id;

/// What a document's file is called before it is whole.
const UNFINISHED: &str = "partial";
const FINISHED: &str = "sealed";

/// Where a document's file is.
pub fn file(folder: &Path, id: Id) -> PathBuf {
    folder.join(format!("{}.{FINISHED}", stem(id)))
}

/// The document whose whole file this is.
pub fn finished(file: &Path) -> Option<Id> {
    file.extension().filter(|end| *end == FINISHED).and_then(|_| id_of(file))
}

fn stem(id: Id) -> String {
    HEXLOWER.encode(&id.0)
}

fn id_of(file: &Path) -> Option<Id> {
    let bytes = HEXLOWER.decode(file.file_stem()?.to_str()?.as_bytes()).ok()?;
    bytes.try_into().ok().map(Id)
}

/// Files of this folder that are named as ours are. Any other is somebody's own.
pub fn ours(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let file = entry?.path();
        let is_ours = file.extension().is_some_and(|end| end == FINISHED || end == UNFINISHED);
        if is_ours && id_of(&file).is_some() {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

/// Writes all of it durably, or nothing.
pub fn write(folder: &Path, id: Id, sealed: &[u8]) -> io::Result<()> {
    let aside = folder.join(format!("{}.{UNFINISHED}", stem(id)));
    let written = (|| {
        let mut written = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&aside)?;
        written.write_all(sealed)?;
        written.sync_all()?;
        fs::rename(&aside, file(folder, id))
    })();
    if let Err(error) = written {
        let _ = fs::remove_file(&aside);
        return Err(error);
    }
    File::open(folder)?.sync_all()
}

pub fn read(file: &Path) -> io::Result<Vec<u8>> {
    let mut sealed = Vec::new();
    // The seal adds a few bytes. A larger file is not ours.
    File::open(file)?.take(MOST_BYTES + 4096).read_to_end(&mut sealed)?;
    Ok(sealed)
}

pub fn written_ms(file: &Path) -> io::Result<u64> {
    let written = fs::metadata(file)?.modified()?;
    let since_1970 = written.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Ok(u64::try_from(since_1970.as_millis()).unwrap_or(u64::MAX))
}
