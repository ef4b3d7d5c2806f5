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
    name: String,
    file: File,
}

impl Files {
    /// Opens the current file, in a folder for its owner alone that is made when it isn't there.
    pub fn open(settings: &config::Log, now: fn() -> SystemTime) -> io::Result<Self> {
        let folder = settings.folder.clone();
        DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
        let name = name(settings.rotation, now());
        let file = open(&folder.join(&name))?;
        let keep = settings.keep_files as usize;
        let files = Files { folder, rotation: settings.rotation, keep, now, name, file };
        files.forget_old();
        Ok(files)
    }

    /// Moves on to the next file when it is time. If that can't be opened, the current one is kept.
    fn turn(&mut self) {
        let name = name(self.rotation, (self.now)());
        if name == self.name {
            return;
        }
        if let Ok(file) = open(&self.folder.join(&name)) {
            self.file = file;
            self.name = name;
            self.forget_old();
        }
    }

    /// Removes the oldest files over the number to keep. One that can't be removed stays: there is
    /// nobody to tell, and it will be tried again.
    fn forget_old(&self) {
        let Ok(entries) = std::fs::read_dir(&self.folder) else { return };
        let mut names: Vec<String> = entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX) && *name != self.name)
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
        self.turn();
        self.file.write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
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
