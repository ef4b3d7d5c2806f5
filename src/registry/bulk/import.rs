//! From a table to a register: one thread unpacks, this one reads the lines, sorts and writes. What
//! was written is read back before it takes the old register's place.

use std::fs::{DirBuilder, File, TryLockError};
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::kind::Kind;
use super::lines::{Chunks, Header, MAX_LINE_BYTES, lines};
use super::rows::{BadLine, NoColumn, RowReader};
use super::sort::{self, Sorter};
use super::sorted::{Sorted, Summary, Writer};
use super::staging::Staging;
use super::unpack::{Source, UnpackError, of_read};
use crate::domain::clean::Clean;
use crate::registry::bulk::error::RegisterError;

/// A larger part of bad lines, in percent, means a wrong file and not a few slips.
pub const MOST_BAD_PERCENT: u64 = 5;
/// Pieces that wait between the two threads.
const WAITING_CHUNKS: usize = 4;

/// Why there is no new register. The old one stays in use.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file can't be read or unpacked.
    #[error(transparent)]
    Unpack(#[from] UnpackError),
    /// The head of the table, found in this line, lacks a column.
    #[error("line {line}: {error}")]
    Column {
        /// The head's line, from 1.
        line: u64,
        /// The column.
        error: NoColumn,
    },
    /// There is no line, or none beside the head.
    #[error("there is nothing in it: download it again")]
    Empty,
    /// There are lines, and not one is good.
    #[error("none of its {bad} lines is good: is it the right file? --force takes it all the same")]
    NoGoodLine {
        /// Lines, the head aside.
        bad: u64,
    },
    /// Too many lines are bad: see [`MOST_BAD_PERCENT`].
    #[error(
        "{bad} of its {all} lines are bad, more than {MOST_BAD_PERCENT} %: is it the right file? --force \
         leaves them out and takes the rest"
    )]
    ManyBadLines {
        /// Lines that were left out.
        bad: u64,
        /// Lines, the head aside.
        all: u64,
    },
    /// Somebody else imports into this folder.
    #[error("another import into {} is running: wait for it", .0.display())]
    Running(PathBuf),
    /// The folder can't be written: the system's words.
    #[error("the folder {} can't be written to ({error}): check its rights and the free space", folder.display())]
    Folder {
        /// The folder of registers.
        folder: PathBuf,
        /// The system's words.
        error: io::Error,
    },
    /// The disk doesn't give back what was written.
    #[error("what was written does not read back: {0}")]
    ReadBack(RegisterError),
}

/// How far it is, for whoever shows it.
#[derive(Debug, Default)]
pub struct Progress {
    /// Of the file as it lies there, packed or not.
    pub bytes: AtomicU64,
    /// Good lines.
    pub rows: AtomicU64,
    /// Lines that were left out.
    pub bad: AtomicU64,
    /// All lines are read, and the register is being written.
    pub is_writing: AtomicBool,
}

/// What is imported, into what.
pub struct Import<'a> {
    /// Which table it is, and so which register it becomes.
    pub kind: Kind,
    /// The folder of the registers; it is made when there is none.
    pub folder: &'a Path,
    /// What the file is called, for those who ask later.
    pub name: Clean,
    /// UTC, in milliseconds since 1970: when the register is made.
    pub now_ms: u64,
    /// Takes it although many lines are bad.
    pub force: bool,
    /// Memory for sorting; [`sort::RUN_BYTES`] unless a test wants less.
    pub run_bytes: usize,
}

impl Import<'_> {
    /// Does it. `bad_line` hears of each line that is left out, with its number from 1.
    ///
    /// # Errors
    /// The register that was there before stays as it is then.
    pub fn run(
        &self,
        source: Source,
        progress: &Progress,
        bad_line: &mut (dyn FnMut(u64, BadLine) + Send),
    ) -> Result<Summary, ImportError> {
        let _lock = self.lock()?;
        let target = self.kind.file(self.folder);
        let (mut staging, file) = Staging::new(&target).map_err(|error| self.of_folder(error))?;
        let sorter = source.unpack(self.folder, &progress.bytes, |bytes| {
            let (send, receive) = sync_channel(WAITING_CHUNKS);
            std::thread::scope(|scope| {
                let reading = scope.spawn(|| self.take_lines(receive, progress, bad_line));
                let sent = send_chunks(bytes, send);
                let taken = reading.join().expect("reading lines does not panic");
                sent.map_err(of_read)?;
                taken
            })
        })?;
        let (rows, bad) = (progress.rows.load(Ordering::Relaxed), progress.bad.load(Ordering::Relaxed));
        if !self.force {
            judge(rows, bad)?;
        }
        progress.is_writing.store(true, Ordering::Relaxed);
        let of_folder = |error| self.of_folder(error);
        let mut writer = Writer::new(file, self.kind, self.now_ms).map_err(of_folder)?;
        let repeated = sorter.each(|key, value| writer.put(key, value)).map_err(of_folder)?;
        let (file, summary) = writer.finish(&self.name, repeated, bad).map_err(of_folder)?;
        let again = Sorted::over(file.try_clone().map_err(of_folder)?, self.kind);
        again.and_then(|sorted| sorted.check()).map_err(ImportError::ReadBack)?;
        staging.publish(&file).map_err(of_folder)?;
        Ok(summary)
    }

    /// Makes sure that nobody else imports into this folder, for as long as the folder is held open.
    fn lock(&self) -> Result<File, ImportError> {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(self.folder);
        made.map_err(|error| self.of_folder(error))?;
        let file = File::open(self.folder).map_err(|error| self.of_folder(error))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(ImportError::Running(self.folder.to_path_buf())),
            Err(TryLockError::Error(error)) => Err(self.of_folder(error)),
        }
    }

    fn of_folder(&self, error: io::Error) -> ImportError {
        ImportError::Folder { folder: self.folder.to_path_buf(), error }
    }

    /// Reads the lines of all pieces into a sorter.
    fn take_lines(
        &self,
        chunks: Receiver<Vec<u8>>,
        progress: &Progress,
        bad_line: &mut (dyn FnMut(u64, BadLine) + Send),
    ) -> Result<Sorter, ImportError> {
        let mut sorter = Sorter::new(self.folder, self.run_bytes);
        let (mut reader, mut value, mut number) = (None, Vec::new(), 0_u64);
        for chunk in chunks {
            let (mut rows, mut bad) = (0, 0);
            for line in lines(&chunk) {
                number += 1;
                if line.trim_ascii().is_empty() {
                    continue;
                }
                let Some(reader) = &mut reader else {
                    reader = Some(self.reader(line, number)?);
                    continue;
                };
                match RowReader::read_line(reader, line, &mut value) {
                    Ok(row) => {
                        let rank = u64::from(row.day) << 40 | number;
                        sorter.push(row.key, rank, &value).map_err(|error| self.of_folder(error))?;
                        rows += 1;
                    }
                    Err(fault) => {
                        bad_line(number, fault);
                        bad += 1;
                    }
                }
            }
            progress.rows.fetch_add(rows, Ordering::Relaxed);
            progress.bad.fetch_add(bad, Ordering::Relaxed);
        }
        match reader {
            Some(_) => Ok(sorter),
            None => Err(ImportError::Empty),
        }
    }

    fn reader(&self, line: &[u8], number: u64) -> Result<RowReader, ImportError> {
        let header = Header::read(&line[..line.len().min(MAX_LINE_BYTES)]);
        RowReader::new(self.kind, &header).map_err(|error| ImportError::Column { line: number, error })
    }
}

/// The memory an import has for sorting.
pub const RUN_BYTES: usize = sort::RUN_BYTES;

/// Sends piece after piece, until there is no more or nobody takes it.
fn send_chunks(bytes: &mut dyn io::Read, send: SyncSender<Vec<u8>>) -> io::Result<()> {
    let mut chunks = Chunks::new(bytes);
    while let Some(chunk) = chunks.take_next()? {
        if send.send(chunk).is_err() {
            return Ok(());
        }
    }
    Ok(())
}

fn judge(rows: u64, bad: u64) -> Result<(), ImportError> {
    let all = rows + bad;
    if rows == 0 && bad > 0 {
        Err(ImportError::NoGoodLine { bad })
    } else if rows == 0 {
        Err(ImportError::Empty)
    } else if bad * 100 > all * MOST_BAD_PERCENT {
        Err(ImportError::ManyBadLines { bad, all })
    } else {
        Ok(())
    }
}
