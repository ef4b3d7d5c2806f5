//! A file that is whole or not there: written aside for its owner alone (0600), made durable,
//! renamed.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use super::{Exit, Failure};

/// Where it is written before it is whole.
pub(super) fn partial_of(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_os_string();
    name.push(".partial");
    file.with_file_name(name)
}

pub(super) fn open_partial(file: &Path) -> Result<File, Failure> {
    let opened = File::options().create(true).truncate(true).write(true).mode(0o600).open(partial_of(file));
    opened.map_err(|error| fault(file, &error))
}

/// Puts what was written aside in the file's place, and makes both durable.
pub(super) fn finish(written: &File, file: &Path) -> Result<(), Failure> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let done = written
        .sync_all()
        .and_then(|()| fs::rename(partial_of(file), file))
        .and_then(|()| File::open(folder))
        .and_then(|folder| folder.sync_all());
    done.map_err(|error| fault(file, &error))
}

pub(super) fn write(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut written = open_partial(file)?;
    let done = written.write_all(bytes).map_err(|error| fault(file, &error));
    match done.and_then(|()| finish(&written, file)) {
        Ok(()) => Ok(()),
        Err(error) => {
            let _ = fs::remove_file(partial_of(file));
            Err(error)
        }
    }
}

pub(super) fn fault(file: &Path, error: &io::Error) -> Failure {
    let says = format!(
        "{} can't be written ({error}): check its place, its rights and the free space",
        file.display()
    );
    Failure::new(Exit::Failed, says)
}
