//! Why an import is refused, each with what to do.

use std::io;
use std::path::PathBuf;

use super::error::RegisterError;
use super::rows::NoColumn;
use super::unpack::UnpackError;

/// A larger part of bad lines, in percent, means a wrong file and not a few slips.
pub const MOST_BAD_PERCENT: u64 = 5;
/// A larger part of the rows that are there now, in percent, isn't lost without a word.
pub const MOST_LOST_PERCENT: u64 = 10;
/// So many lines or rows of a list of one's own are slips, whatever part of it they are, if they are less than
/// half of it: one of nine would be 11 %.
pub const FEW_LINES: u64 = 3;

/// Why one file is not taken.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
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
    #[error(
        "there is nothing in it, or nothing below its first line: look whether it is the right file, and whole"
    )]
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
    /// The last line has no end and is not whole.
    #[error(
        "line {line}: it breaks off there, as a download does that was cut off: download it again, or end the \
         line if nothing is missing; --force takes the list all the same"
    )]
    Cut {
        /// The last line, from 1.
        line: u64,
    },
}

/// Why there is no new register. The old one stays in use.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// One of the files is not taken.
    #[error("{file}: {error}")]
    InFile {
        /// As whoever imports it calls it.
        file: String,
        /// What is wrong with it.
        error: FileError,
    },
    /// Too many rows of a published list would be lost: see [`MOST_LOST_PERCENT`].
    #[error(
        "{gone} of the {before} rows that are there now are not in it: name all files of the list in one import \
         (RES has one a year), or download it again; --force takes it all the same"
    )]
    Loses {
        /// Rows of the register in place that the new one would not have.
        gone: u64,
        /// Rows of the register in place.
        before: u64,
    },
    /// The register would be much smaller: see [`MOST_LOST_PERCENT`].
    #[error(
        "it has {rows} rows, and there are {before} now: name all files of the list in one import, or look \
         whether it is whole; --force takes it all the same"
    )]
    Shrinks {
        /// Rows of the new register.
        rows: u64,
        /// Rows of the register in place.
        before: u64,
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
