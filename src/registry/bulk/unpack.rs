//! The file as it was downloaded: plain, gzip or zip, told apart by the first bytes and not by the
//! name, from a file or from standard input.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;
use zip::ZipArchive;
use zip::result::ZipError;

const BUFFER_BYTES: usize = 128 * 1024;
const GZIP: &[u8] = b"\x1f\x8b";
const ZIP: &[u8] = b"PK\x03\x04";
const EMPTY_ZIP: &[u8] = b"PK\x05\x06";
const UTF16: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];
const NAMES_OF_TABLES: [&str; 3] = [".txt", ".csv", ".tsv"];

/// What keeps a file from being read.
#[derive(Debug, thiserror::Error)]
pub enum UnpackError {
    /// The system's words.
    #[error("it can't be read ({0})")]
    Read(#[source] io::Error),
    /// It breaks off, or a checksum is wrong.
    #[error("it is damaged or breaks off ({0}): download it again")]
    Damaged(String),
    /// It is encrypted, or compressed by another method.
    #[error("it is packed in a way that isn't known here ({0}): unpack it yourself")]
    Unknown(String),
    /// An archive of so many files, of which none or several look like a table.
    #[error("it holds {0} files, and which one is meant can't be told: unpack it yourself")]
    Several(usize),
    /// It has the byte-order mark of UTF-16.
    #[error("it is UTF-16: save it as UTF-8")]
    Utf16,
}

/// Bytes that come from outside, counted as they come.
pub struct CountedReads<'a, R> {
    inner: R,
    bytes: &'a AtomicU64,
}

impl<R: Read> Read for CountedReads<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.bytes.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl<R: Seek> Seek for CountedReads<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// Where the bytes come from.
pub enum Source {
    /// A file that can be read from any place.
    File(File),
    /// A pipe, or standard input.
    Stream(Box<dyn Read + Send>),
}

impl Source {
    /// A file, a pipe or a device, told apart by what it is.
    ///
    /// # Errors
    /// When it can't be opened, or is a folder.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        match file.metadata()? {
            metadata if metadata.is_file() => Ok(Source::File(file)),
            metadata if metadata.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            _ => Ok(Source::Stream(Box::new(file))),
        }
    }

    /// How many bytes there are, if that can be known.
    pub fn bytes(&self) -> Option<u64> {
        match self {
            Source::File(file) => file.metadata().ok().map(|metadata| metadata.len()),
            Source::Stream(_) => None,
        }
    }

    /// Hands the unpacked bytes to `take`. A zip that comes as a stream is laid down in `folder`
    /// first, without a name: its table of contents stands at its end.
    ///
    /// # Errors
    /// When it can't be read or unpacked; else whatever `take` fails with.
    pub fn unpack<T, E: From<UnpackError>>(
        self,
        folder: &Path,
        bytes: &AtomicU64,
        take: impl FnOnce(&mut dyn Read) -> Result<T, E>,
    ) -> Result<T, E> {
        match self {
            Source::File(mut file) => {
                let head = head_of(&mut file).map_err(UnpackError::Read)?;
                file.rewind().map_err(UnpackError::Read)?;
                let inner = CountedReads { inner: file, bytes };
                match is_zip(&head) {
                    true => from_zip(BufReader::with_capacity(BUFFER_BYTES, inner), take),
                    false => from_stream(&head, inner, take),
                }
            }
            Source::Stream(stream) => {
                let mut inner = CountedReads { inner: stream, bytes };
                let head = head_of(&mut inner).map_err(UnpackError::Read)?;
                let mut whole = Cursor::new(head.clone()).chain(inner);
                if !is_zip(&head) {
                    return from_stream(&head, whole, take);
                }
                let mut spooled = tempfile::tempfile_in(folder).map_err(UnpackError::Read)?;
                io::copy(&mut whole, &mut spooled).map_err(UnpackError::Read)?;
                from_zip(BufReader::with_capacity(BUFFER_BYTES, spooled), take)
            }
        }
    }
}

/// The first bytes, four if there are as many.
fn head_of(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    from.take(4).read_to_end(&mut head)?;
    Ok(head)
}

fn is_zip(head: &[u8]) -> bool {
    head == ZIP || head == EMPTY_ZIP
}

/// Hands out what is plain or gzip, as its first bytes say.
pub fn from_stream<T, E: From<UnpackError>>(
    head: &[u8],
    bytes: impl Read,
    take: impl FnOnce(&mut dyn Read) -> Result<T, E>,
) -> Result<T, E> {
    if UTF16.iter().any(|mark| head.starts_with(mark)) {
        return Err(UnpackError::Utf16.into());
    }
    match head.starts_with(GZIP) {
        true => take(&mut MultiGzDecoder::new(BufReader::with_capacity(BUFFER_BYTES, bytes))),
        false => take(&mut { bytes }),
    }
}

/// Hands out the one table of a zip.
pub fn from_zip<T, E: From<UnpackError>>(
    bytes: impl Read + Seek,
    take: impl FnOnce(&mut dyn Read) -> Result<T, E>,
) -> Result<T, E> {
    let mut archive = ZipArchive::new(bytes).map_err(of_zip)?;
    let index = the_table(&archive)?;
    let mut file = archive.by_index(index).map_err(of_zip)?;
    take(&mut file)
}

/// The only file in it, or the only one that looks like a table.
fn the_table<R: Read + Seek>(archive: &ZipArchive<R>) -> Result<usize, UnpackError> {
    let names = (0..archive.len()).filter_map(|index| Some((index, archive.name_for_index(index)?.ok()?)));
    let files: Vec<(usize, String)> = names
        .map(|(index, name)| (index, name.to_lowercase()))
        .filter(|(_, name)| !name.ends_with('/') && !name.starts_with("__macosx/"))
        .collect();
    let is_table = |name: &str| NAMES_OF_TABLES.iter().any(|end| name.ends_with(end));
    let tables: Vec<usize> =
        files.iter().filter(|(_, name)| is_table(name)).map(|(index, _)| *index).collect();
    match (files.as_slice(), tables.as_slice()) {
        ([(index, _)], _) | (_, [index]) => Ok(*index),
        _ => Err(UnpackError::Several(files.len())),
    }
}

fn of_zip(error: ZipError) -> UnpackError {
    match error {
        ZipError::Io(error) => of_read(error),
        ZipError::InvalidArchive(reason) => UnpackError::Damaged(reason.into_owned()),
        other => UnpackError::Unknown(other.to_string()),
    }
}

/// The error of a decompressing reader when the file is not what it should be.
pub fn of_read(error: io::Error) -> UnpackError {
    match error.kind() {
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
            UnpackError::Damaged(error.to_string())
        }
        _ => UnpackError::Read(error),
    }
}
