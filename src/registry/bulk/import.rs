//! From the files of a list to a register: one thread unpacks, this one reads the lines, sorts and writes.
//! What was written is compared with the old register, and read back, before it takes its place.

use std::fs::{DirBuilder, File, TryLockError};
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::gone::LostRows;
use super::import_error::{FEW_LINES, MOST_BAD_PERCENT, MOST_LOST_PERCENT};
pub use super::import_error::{FileError, ImportError};
use super::kind::Kind;
use super::lines::{Chunks, Header, MAX_LINE_BYTES, lines};
use super::rows::{BadLine, RowReader, needed_columns};
use super::sort::{self, Sorter};
use super::sorted::{Sorted, SortedSummary};
use super::sorted_writer::{ListSummary, SortedWriter};
use super::staging::Staging;
use super::unpack::{Source, TableSign, UnpackError, of_read};
use crate::domain::clean::Clean;

/// 1 January 2000: an archive or a file that says an earlier time doesn't know its own.
const FIRST_LIST_MS: u64 = 946_684_800_000;
const DAY_MS: u64 = 24 * 3_600_000;
/// Pieces that wait between the two threads.
const WAITING_CHUNKS: usize = 4;

/// Why the lines of a file are read no further.
enum TakeError {
    File(FileError),
    Folder(io::Error),
}

impl From<UnpackError> for TakeError {
    fn from(error: UnpackError) -> Self {
        TakeError::File(error.into())
    }
}

impl From<FileError> for TakeError {
    fn from(error: FileError) -> Self {
        TakeError::File(error)
    }
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
    /// All lines of the files that were read to their end.
    pub lines: AtomicU64,
    /// All lines are read, and the register is being written.
    pub is_writing: AtomicBool,
}

/// One file of a list.
pub struct TableFile {
    /// What it is called in messages.
    pub shown: String,
    /// What it is called in the register, for those who ask later.
    pub name: Clean,
    /// Its bytes.
    pub source: Source,
}

/// What is imported, into what.
pub struct Import<'a> {
    /// Which table it is, and so which register it becomes.
    pub kind: Kind,
    /// The folder of the registers; it is made when there is none.
    pub folder: &'a Path,
    /// UTC, in milliseconds since 1970: when the register is made.
    pub now_ms: u64,
    /// Takes it although many lines are bad, the last one breaks off, or the register would shrink.
    pub force: bool,
    /// Memory for sorting; [`sort::RUN_BYTES`] unless a test wants less.
    pub run_bytes: usize,
}

/// What an import made.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The new register.
    pub summary: SortedSummary,
    /// The rows of the one before, if there was one that could be read.
    pub before: Option<u64>,
    /// How many of these the new one doesn't have.
    pub gone: Option<u64>,
}

/// Hears of each line that is left out: in which file of the list, from 0, and its number there, from 1.
pub type BadLineHeard<'a> = dyn FnMut(usize, u64, BadLine) + Send + 'a;

/// What was read of one file.
struct FileTaken {
    rows: u64,
    bad: u64,
    /// The last line, if it breaks off.
    cut: Option<u64>,
}

impl Import<'_> {
    /// Does it, from all files of the list in their order. Of each line that is left out `bad_line` hears.
    ///
    /// # Errors
    /// The register that was there before stays as it is then.
    pub fn run(
        &self,
        files: Vec<TableFile>,
        progress: &Progress,
        bad_line: &mut BadLineHeard<'_>,
    ) -> Result<Imported, ImportError> {
        let _lock = self.lock()?;
        let target = self.kind.file(self.folder);
        let of_folder = |error| self.of_folder(error);
        let (mut staging, file) = Staging::new(&target).map_err(of_folder)?;
        let mut sorter = Sorter::new(self.folder, self.run_bytes);
        let (mut names, mut times) = (Vec::new(), Vec::new());
        for (index, file) in files.into_iter().enumerate() {
            let TableFile { shown, name, source } = file;
            let mut heard = |number, line| bad_line(index, number, line);
            let dated_ms =
                self.take_file(source, &mut sorter, progress, &mut heard).map_err(|stop| match stop {
                    TakeError::File(error) => ImportError::InFile { file: shown, error },
                    TakeError::Folder(error) => self.of_folder(error),
                })?;
            names.push(name.to_string());
            times.push(self.believed(dated_ms));
        }
        progress.is_writing.store(true, Ordering::Relaxed);
        let before = Sorted::open(&target, self.kind).ok();
        let mut gone = before.as_ref().map(LostRows::of);
        let mut writer = SortedWriter::new(file, self.kind, self.now_ms).map_err(of_folder)?;
        let put = |key, value: &[u8]| {
            if let Some(gone) = &mut gone {
                gone.pass(key);
            }
            writer.put(key, value)
        };
        let repeated = sorter.each(put).map_err(of_folder)?;
        let list = ListSummary {
            source: Clean::from(names.join(", ")),
            listed_ms: self.time_of_all(times),
            repeated,
            bad: progress.bad.load(Ordering::Relaxed),
        };
        let (file, summary) = writer.finish(list).map_err(of_folder)?;
        let gone = gone.and_then(LostRows::count);
        let before = before.as_ref().map(|before| before.summary().rows);
        if !self.force {
            judge_loss(&summary, before, gone)?;
        }
        let again = Sorted::over(file.try_clone().map_err(of_folder)?, self.kind);
        again.and_then(|sorted| sorted.check()).map_err(ImportError::ReadBack)?;
        staging.publish(&file).map_err(of_folder)?;
        Ok(Imported { summary, before, gone })
    }

    /// Of which time a file's list is: never of one to come, nor of one before there were such lists.
    fn believed(&self, dated_ms: Option<u64>) -> u64 {
        dated_ms
            .filter(|ms| (FIRST_LIST_MS..self.now_ms + DAY_MS).contains(ms))
            .unwrap_or(self.now_ms)
            .min(self.now_ms)
    }

    /// Of which time all of it is. RES has a file a year, of which only the newest changes; the parts of any
    /// other list are all as old as the oldest.
    fn time_of_all(&self, times: Vec<u64>) -> u64 {
        let times = times.into_iter();
        let time = if self.kind == Kind::Res { times.max() } else { times.min() };
        time.unwrap_or(self.now_ms)
    }

    /// Reads one file into the sorter; says of which time it is, if that can be known.
    fn take_file(
        &self,
        source: Source,
        sorter: &mut Sorter,
        progress: &Progress,
        bad_line: &mut (dyn FnMut(u64, BadLine) + Send),
    ) -> Result<Option<u64>, TakeError> {
        let is_head = |line: &[u8]| RowReader::new(self.kind, &head_of(line)).is_ok();
        let sign = TableSign { columns: needed_columns(self.kind), is_head: &is_head };
        let (taken, dated_ms) = source.unpack(self.folder, &progress.bytes, sign, |bytes| {
            let (send, receive) = sync_channel(WAITING_CHUNKS);
            std::thread::scope(|scope| {
                let reading = scope.spawn(|| self.take_lines(receive, sorter, progress, bad_line));
                let sent = send_chunks(bytes, send);
                let taken = reading.join().expect("reading lines does not panic");
                sent.map_err(of_read)?;
                taken
            })
        })?;
        if !self.force {
            judge(self.kind, &taken)?;
        }
        Ok(dated_ms)
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
        sorter: &mut Sorter,
        progress: &Progress,
        bad_line: &mut (dyn FnMut(u64, BadLine) + Send),
    ) -> Result<FileTaken, TakeError> {
        let (mut reader, mut value, mut number) = (None, Vec::new(), 0_u64);
        let mut taken = FileTaken { rows: 0, bad: 0, cut: None };
        // Lines of the files before come first.
        let before = progress.lines.load(Ordering::Relaxed);
        for chunk in chunks {
            let (mut rows, mut bad, mut breaks_off) = (0, 0, false);
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
                        let rank = u64::from(row.day) << 40 | (before + number);
                        sorter.push(row.key, rank, &value).map_err(TakeError::Folder)?;
                        rows += 1;
                        breaks_off = reader.breaks_off(line, None);
                    }
                    Err(fault) => {
                        bad_line(number, fault);
                        bad += 1;
                        breaks_off = reader.breaks_off(line, Some(fault));
                    }
                }
            }
            // All pieces but the last one end with a line's end.
            let has_end = chunk.last() == Some(&b'\n');
            taken.cut = Some(number).filter(|_| !has_end && breaks_off);
            taken.rows += rows;
            taken.bad += bad;
            progress.rows.fetch_add(rows, Ordering::Relaxed);
            progress.bad.fetch_add(bad, Ordering::Relaxed);
        }
        progress.lines.fetch_add(number, Ordering::Relaxed);
        match reader {
            Some(_) => Ok(taken),
            None => Err(FileError::Empty.into()),
        }
    }

    fn reader(&self, line: &[u8], number: u64) -> Result<RowReader, FileError> {
        RowReader::new(self.kind, &head_of(line)).map_err(|error| FileError::Column { line: number, error })
    }
}

fn head_of(line: &[u8]) -> Header {
    Header::read(&line[..line.len().min(MAX_LINE_BYTES)])
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

/// Whether a file is what it should be.
fn judge(kind: Kind, taken: &FileTaken) -> Result<(), FileError> {
    let FileTaken { rows, bad, cut } = *taken;
    let all = rows + bad;
    if let Some(line) = cut {
        Err(FileError::Cut { line })
    } else if rows == 0 && bad > 0 {
        Err(FileError::NoGoodLine { bad })
    } else if rows == 0 {
        Err(FileError::Empty)
    } else if is_too_much(kind, bad, (all, MOST_BAD_PERCENT)) {
        Err(FileError::ManyBadLines { bad, all })
    } else {
        Ok(())
    }
}

/// Whether a part of a list is more than this percentage, and more than the few slips of a small one.
fn is_too_much(kind: Kind, part: u64, (whole, percent): (u64, u64)) -> bool {
    let are_slips = !kind.is_published() && part <= FEW_LINES && part * 2 < whole;
    !are_slips && part * 100 > whole * percent
}

/// Whether the register may take the place of the one that has so many rows, of which so many would be gone.
fn judge_loss(summary: &SortedSummary, before: Option<u64>, gone: Option<u64>) -> Result<(), ImportError> {
    let (Some(before), rows) = (before, summary.rows) else { return Ok(()) };
    let is_too_much = |lost| is_too_much(summary.kind, lost, (before, MOST_LOST_PERCENT));
    match gone {
        Some(gone) if summary.kind.is_published() && is_too_much(gone) => {
            Err(ImportError::Loses { gone, before })
        }
        _ if is_too_much(before.saturating_sub(rows)) => Err(ImportError::Shrinks { rows, before }),
        _ => Ok(()),
    }
}
