//! The operational log: JSON lines in files that turn over, for whoever runs the kiosk (S22).
//!
//! It holds no personal data: of an event's fields only those on a list are written, a RUT only as
//! a keyed [`RutTag`], and what still looks like a RUT, a telephone or an address is masked.
//! Events of other crates are left out, for nobody checked what they say. Nothing of this ever
//! writes to the terminal, which belongs to the screen.
//!
//! An event's message is written as it stands, so it never has values in it: these are fields.
//!
//! ```
//! tracing::info!(folio = "0410-6105-A", milliseconds = 12_u64, "account created");
//! ```

mod files;
mod line;
mod rut_tag;
#[cfg(test)]
mod tests;
mod writer;

use std::path::PathBuf;

use tracing::Subscriber;
use tracing_subscriber::Registry;
use tracing_subscriber::layer::SubscriberExt as _;

use crate::config;
use crate::domain::clean::Clean;

pub use line::FIELDS;
pub use rut_tag::{RutTag, RutTags};

/// A log that is being written. Keep it until the program ends: dropping it writes what still
/// waits.
#[must_use = "the log ends when this is dropped"]
pub struct RunningLog {
    _guard: writer::Guard,
    fault: Option<LogError>,
}

impl RunningLog {
    /// Why nothing could be written when it was started. It is tried again with each line.
    pub fn fault(&self) -> Option<&LogError> {
        self.fault.as_ref()
    }
}

/// Why there is no log.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The folder can't be made, or no file can be written in it. Nothing ends for that.
    #[error(
        "the log can't be written to {} ({reason}), and the kiosk serves without it: check that folder's place, \
         rights and room",
        folder.display()
    )]
    Folder {
        /// The folder of the settings, absolute.
        folder: PathBuf,
        /// The system's words.
        reason: std::io::Error,
    },
    /// The system gives no thread to write it.
    #[error("the log can't be started ({0}): close other programs or raise TasksMax of the service")]
    Thread(std::io::Error),
    /// A bug: the program starts it once.
    #[error("the log was started twice")]
    Twice,
}

/// Starts the log of this process: from here on each `tracing` event goes to the folder.
///
/// # Errors
/// When no thread can be started, or there is a log already. A folder that can't be made or written is
/// none: [`RunningLog::fault`] tells of it.
pub fn start(settings: &config::Log, desk: &Clean) -> Result<RunningLog, LogError> {
    let (subscriber, running) = prepare(settings, desk)?;
    tracing::subscriber::set_global_default(subscriber).map_err(|_| LogError::Twice)?;
    Ok(running)
}

/// Prepares the log without installing it for the process.
fn prepare(
    settings: &config::Log,
    desk: &Clean,
) -> Result<(impl Subscriber + Send + Sync + use<>, RunningLog), LogError> {
    let (files, opened) = files::Files::open(settings, crate::clock::now);
    let fault = opened.err().map(|reason| LogError::Folder { folder: settings.folder.clone(), reason });
    let (writer, guard) = writer::start(files).map_err(LogError::Thread)?;
    let lines = line::Lines::new(writer, settings.level, desk.clone());
    Ok((Registry::default().with(lines), RunningLog { _guard: guard, fault }))
}
