//! Lines that an import leaves out: the first few on the terminal, all of them in a file.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use crate::registry::bulk::rows::BadLine;

/// So many stand on the terminal.
const SHOWN: usize = 10;

/// Gathers them; the file is made for the first.
pub(super) struct BadLines {
    path: PathBuf,
    /// The files of the list; one alone isn't named in each line.
    files: Vec<String>,
    out: Option<BufWriter<File>>,
    first: Vec<String>,
    count: u64,
    failed: Option<io::Error>,
}

impl BadLines {
    /// Lists them at `path`, once there is one.
    pub fn new(path: PathBuf, files: Vec<String>) -> Self {
        BadLines { path, files, out: None, first: Vec::new(), count: 0, failed: None }
    }

    /// Notes a line. A list that can't be written is no reason to break the import off.
    pub fn take(&mut self, file: usize, number: u64, line: BadLine) {
        self.count += 1;
        let text = match self.files.as_slice() {
            [] | [_] => format!("line {number}, {line}"),
            files => format!("{}, line {number}, {line}", files[file]),
        };
        if self.failed.is_none() {
            self.failed = self.write(&text).err();
        }
        if self.first.len() < SHOWN {
            self.first.push(text);
        }
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        if self.out.is_none() {
            let file =
                File::options().create(true).truncate(true).write(true).mode(0o600).open(&self.path)?;
            self.out = Some(BufWriter::new(file));
        }
        self.out.as_mut().map_or(Ok(()), |out| writeln!(out, "{text}"))
    }

    /// Writes what is left. What fails is told by [`BadLines::show`].
    pub fn finish(&mut self) {
        if let Some(mut out) = self.out.take() {
            self.failed = self.failed.take().or(out.flush().err());
        }
    }

    /// A list that an earlier import left says nothing of one without bad lines. Not for a file that
    /// somebody named.
    pub fn remove_old(&self) {
        if self.count == 0 {
            // Gone already, or not ours to take: it is only a list.
            let _ = std::fs::remove_file(&self.path);
        }
    }

    /// Tells of the first few, and where all of them stand.
    ///
    /// # Errors
    /// When nobody reads what is written.
    pub fn show(&self, out: &mut impl Write) -> io::Result<()> {
        for line in &self.first {
            writeln!(out, "  {line}")?;
        }
        let more = self.count.saturating_sub(SHOWN as u64);
        let path = self.path.display();
        match &self.failed {
            Some(error) => writeln!(
                out,
                "  {more} more; the list of all can't be written to {path} ({error}): name another with --bad-lines"
            ),
            None if self.count > 0 => writeln!(out, "  {more} more; all of them are listed in {path}"),
            None => Ok(()),
        }
    }
}
