//! The files of the log: private ones, a new one each day or hour by UTC, and only so many.
//!
//! Not by `tracing-appender`: it makes the folder 755 and the files 644, where these are 700 and
//! 600; it takes no clock from a test; and it prints its troubles on the terminal, which belongs to
//! the screen, even when it first makes the folder (0.2.5).

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::PathBuf;
use std::time::SystemTime;

use time::OffsetDateTime;

use crate::config::{self, Rotation};

const PREFIX: &str = "totem.";
const SUFFIX: &str = "jsonl";

/// Writes each line to the file of its time.
pub(super) struct Files {
    folder: PathBuf,
    rotation: Rotation,
    keep: usize,
    now: fn() -> SystemTime,
    /// `None` while none can be opened.
    current: Option<CurrentFile>,
    /// The last line may have been cut short.
    is_torn: bool,
}

struct CurrentFile {
    name: String,
    file: File,
}

impl Files {
    /// Opens the current file, in a folder for its owner alone that is made when it isn't there. One
    /// that can't be opened now is tried again with each line; the error comes with it.
    pub fn open(settings: &config::Log, now: fn() -> SystemTime) -> (Self, io::Result<()>) {
        let (folder, keep) = (settings.folder.clone(), settings.keep_files as usize);
        let rotation = settings.rotation;
        let mut files = Files { folder, rotation, keep, now, current: None, is_torn: false };
        let opened = files.turn();
        (files, opened)
    }

    /// Moves on to the next file when it is time. If that can't be opened, the current one is kept.
    fn turn(&mut self) -> io::Result<()> {
        let name = name(self.rotation, (self.now)());
        if self.current.as_ref().is_some_and(|current| current.name == name) {
            return Ok(());
        }
        DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)?;
        let file = open(&self.folder.join(&name))?;
        self.forget_old(&name);
        self.current = Some(CurrentFile { name, file });
        Ok(())
    }

    /// Removes the oldest files over the number to keep. One that can't be removed stays: there is
    /// nobody to tell, and it will be tried again.
    fn forget_old(&self, current: &str) {
        let Ok(entries) = std::fs::read_dir(&self.folder) else { return };
        let mut names: Vec<String> = entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX) && name != current)
            .collect();
        names.sort_unstable();
        let surplus = (names.len() + 1).saturating_sub(self.keep);
        for name in names.into_iter().take(surplus) {
            let _ = std::fs::remove_file(self.folder.join(name));
        }
    }
}

impl Write for Files {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let turned = self.turn();
        let Some(current) = &mut self.current else {
            return turned.and(Err(io::ErrorKind::NotFound.into()));
        };
        if self.is_torn {
            current.file.write_all(b"\n")?;
        }
        self.is_torn = true;
        current.file.write_all(line)?;
        self.is_torn = false;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.current.as_mut().map_or(Ok(()), |current| current.file.flush())
    }
}

fn open(path: &std::path::Path) -> io::Result<File> {
    OpenOptions::new().append(true).create(true).mode(0o600).open(path)
}

/// Named so that the order of names is the order of time.
fn name(rotation: Rotation, now: SystemTime) -> String {
    let now = OffsetDateTime::from(now);
    let (date, hour) = (now.date(), now.hour());
    match rotation {
        Rotation::Daily => format!("{PREFIX}{date}.{SUFFIX}"),
        Rotation::Hourly => format!("{PREFIX}{date}T{hour:02}.{SUFFIX}"),
        Rotation::Never => format!("{PREFIX}{SUFFIX}"),
    }
}
