//! One message, one file: written aside, made durable, then renamed into its place, so that who
//! reads the folder never sees half a message.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use super::SendError;

/// A folder that only its owner may enter.
pub(super) fn private_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Writes a file that only its owner may read. The same name again replaces it: a message sent
/// twice under one key arrives once.
pub(super) fn deliver(aside: &Path, into: &Path, name: &str, bytes: &[u8]) -> Result<(), SendError> {
    let (from, to) = (aside.join(name), into.join(name));
    let not_sent = |error: io::Error| SendError::Temporary(error.to_string());
    let written = write(&from, bytes).and_then(|()| fs::rename(&from, &to));
    if let Err(error) = written {
        // What may stand there holds a secret, and is of no use.
        let _ = fs::remove_file(&from);
        return Err(not_sent(error));
    }
    let durable = File::open(into).and_then(|folder| folder.sync_all());
    durable.map_err(|error| SendError::Unknown(error.to_string()))
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // Left behind by a crash, if it is there.
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Runs file work off the event loop.
pub(super) async fn off_loop(
    work: impl FnOnce() -> Result<(), SendError> + Send + 'static,
) -> Result<(), SendError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => Err(SendError::Unknown(error.to_string())),
    }
}
