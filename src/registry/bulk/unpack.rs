//! The file as it was downloaded: plain, gzip or zip, told apart by the first bytes and not by the
//! name, from a file or from standard input. Of the files in a zip the list is the one whose head names its
//! columns: SII's lies beside a catalogue.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::UNIX_EPOCH;

use flate2::bufread::MultiGzDecoder;
use zip::result::ZipError;
use zip::{DateTime, ZipArchive};

use super::lines::{MAX_LINE_BYTES, lines};

const BUFFER_BYTES: usize = 128 * 1024;
const GZIP: &[u8] = b"\x1f\x8b";
const ZIP: &[u8] = b"PK\x03\x04";
const EMPTY_ZIP: &[u8] = b"PK\x05\x06";
const UTF16: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];

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
    /// An archive of so many files, and none of them is such a list.
    #[error("none of its {files} files has the columns {}: download it again", columns.join(", "))]
    NoTable {
        /// How many there are.
        files: usize,
        /// What a list of this kind can't do without.
        columns: &'static [&'static str],
    },
    /// An archive with several such lists, by their names.
    #[error("several of its files are such a list ({}): unpack it, and name the right one, or all", .0.join(", "))]
    Several(Vec<String>),
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

/// How a list is told from what lies beside it in an archive.
#[derive(Clone, Copy)]
pub struct TableSign<'a> {
    /// The columns that its head must name.
    pub columns: &'static [&'static str],
    /// Whether a line is such a head.
    pub is_head: &'a dyn Fn(&[u8]) -> bool,
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

    /// Hands the unpacked bytes to `take`, and says of which time the list is, in milliseconds since 1970, if
    /// that can be known: by the archive, or else by the file. A zip that comes as a stream is laid down in
    /// `folder` first, without a name: its table of contents stands at its end.
    ///
    /// # Errors
    /// When it can't be read or unpacked; else whatever `take` fails with.
    pub fn unpack<T, E: From<UnpackError>>(
        self,
        folder: &Path,
        bytes: &AtomicU64,
        sign: TableSign<'_>,
        take: impl FnOnce(&mut dyn Read) -> Result<T, E>,
    ) -> Result<(T, Option<u64>), E> {
        match self {
            Source::File(mut file) => {
                let written_ms = file.metadata().and_then(|metadata| metadata.modified()).ok();
                let written_ms = written_ms.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
                let written_ms = written_ms.and_then(|since| u64::try_from(since.as_millis()).ok());
                let head = head_of(&mut file).map_err(UnpackError::Read)?;
                file.rewind().map_err(UnpackError::Read)?;
                let inner = CountedReads { inner: file, bytes };
                match is_zip(&head) {
                    true => {
                        let (taken, dated_ms) =
                            from_zip(BufReader::with_capacity(BUFFER_BYTES, inner), sign, take)?;
                        Ok((taken, dated_ms.or(written_ms)))
                    }
                    false => Ok((from_stream(&head, inner, take)?, written_ms)),
                }
            }
            Source::Stream(stream) => {
                let mut inner = CountedReads { inner: stream, bytes };
                let head = head_of(&mut inner).map_err(UnpackError::Read)?;
                let mut whole = Cursor::new(head.clone()).chain(inner);
                if !is_zip(&head) {
                    return Ok((from_stream(&head, whole, take)?, None));
                }
                let mut spooled = tempfile::tempfile_in(folder).map_err(UnpackError::Read)?;
                io::copy(&mut whole, &mut spooled).map_err(UnpackError::Read)?;
                from_zip(BufReader::with_capacity(BUFFER_BYTES, spooled), sign, take)
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

/// Hands out the one table of a zip, and of which time it says that it is, in milliseconds since 1970.
///
/// # Errors
/// When it can't be unpacked, or which file is meant can't be told; else whatever `take` fails with.
pub fn from_zip<T, E: From<UnpackError>>(
    bytes: impl Read + Seek,
    sign: TableSign<'_>,
    take: impl FnOnce(&mut dyn Read) -> Result<T, E>,
) -> Result<(T, Option<u64>), E> {
    let mut archive = ZipArchive::new(bytes).map_err(of_zip)?;
    let index = the_table(&mut archive, sign)?;
    let mut file = archive.by_index(index).map_err(of_zip)?;
    let dated_ms = file.last_modified().and_then(noon_of);
    Ok((take(&mut file)?, dated_ms))
}

/// Archives say the packer's own time and not which zone that is: the day is what can be known.
fn noon_of(packed: DateTime) -> Option<u64> {
    let month = time::Month::try_from(packed.month()).ok()?;
    let day = time::Date::from_calendar_date(i32::from(packed.year()), month, packed.day()).ok()?;
    let noon = day.with_hms(12, 0, 0).ok()?.assume_utc();
    u64::try_from(noon.unix_timestamp()).ok().map(|seconds| seconds * 1000)
}

/// The only file in it that has the columns; or the only file, whose faults are then told.
fn the_table<R: Read + Seek>(archive: &mut ZipArchive<R>, sign: TableSign<'_>) -> Result<usize, UnpackError> {
    let names = (0..archive.len()).filter_map(|index| Some((index, archive.name_for_index(index)?.ok()?)));
    let files: Vec<(usize, String)> = names
        .map(|(index, name)| (index, name.to_string()))
        .filter(|(_, name)| !name.ends_with('/') && !name.to_lowercase().starts_with("__macosx/"))
        .collect();
    if let [(index, _)] = files.as_slice() {
        return Ok(*index);
    }
    let count = files.len();
    let mut tables = Vec::new();
    for (index, name) in files {
        if has_head(archive, index, sign)? {
            tables.push((index, name));
        }
    }
    match tables.as_slice() {
        [(index, _)] => Ok(*index),
        [] => Err(UnpackError::NoTable { files: count, columns: sign.columns }),
        _ => Err(UnpackError::Several(tables.into_iter().map(|(_, name)| name).collect())),
    }
}

/// Whether the first line of a file that isn't blank is the head of such a list.
fn has_head<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
    sign: TableSign<'_>,
) -> Result<bool, UnpackError> {
    let file = match archive.by_index(index) {
        // Locked or packed in another way: whatever it is, it isn't the list that SII publishes.
        Err(ZipError::UnsupportedArchive(_)) => return Ok(false),
        opened => opened.map_err(of_zip)?,
    };
    let mut head = Vec::new();
    file.take(MAX_LINE_BYTES as u64).read_to_end(&mut head).map_err(of_read)?;
    let first = lines(&head).find(|line| !line.trim_ascii().is_empty());
    Ok(first.is_some_and(sign.is_head))
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
