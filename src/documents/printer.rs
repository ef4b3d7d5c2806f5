//! A printer for what is handed out: the operator's own command, with a time limit.

use std::io::Write as _;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

/// A word processor that turns a `.docx` into pages takes its time.
const TAKES_AT_MOST: Duration = Duration::from_secs(60);
/// What stands for the file in the command.
const FILE: &str = "{file}";

/// Why nothing was printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    /// The command is not there, or said that it failed.
    #[error("the printer's command failed")]
    Failed,
    /// The command was stopped: it ran over its time.
    #[error("the printer's command does not end")]
    TookTooLong,
}

/// The command, `{file}` standing for what is to be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printer {
    command: Vec<String>,
    takes_at_most: Duration,
}

impl Printer {
    /// None for an empty command: then nothing is offered to be printed.
    pub fn new(command: Vec<String>) -> Option<Self> {
        (!command.is_empty()).then_some(Printer { command, takes_at_most: TAKES_AT_MOST })
    }

    /// Another patience.
    pub fn waiting(self, takes_at_most: Duration) -> Self {
        Printer { takes_at_most, ..self }
    }

    /// Hands the bytes over, as a file that is gone afterwards; `extension` is the end of its name,
    /// without the dot. Done when the command is: `lp` has taken it then, and the paper may still
    /// be missing.
    ///
    /// # Errors
    /// When the command fails or takes too long.
    pub async fn print(&self, extension: &'static str, bytes: Vec<u8>) -> Result<(), PrintError> {
        let failed = |error: std::io::Error| {
            tracing::error!(reason = %error, "the printer's command could not be used");
            PrintError::Failed
        };
        let file = tokio::task::spawn_blocking(move || written_aside(extension, &bytes)).await;
        let file = file.map_err(|_| PrintError::Failed)?.map_err(failed)?;
        let (program, arguments) = self.command.split_first().ok_or(PrintError::Failed)?;
        let path = file.path().to_string_lossy();
        let mut child = Command::new(program)
            .args(arguments.iter().map(|argument| argument.replace(FILE, &path)))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        match tokio::time::timeout(self.takes_at_most, child.wait()).await {
            Ok(Ok(status)) if status.success() => Ok(()),
            Ok(Ok(status)) => {
                tracing::error!(reason = %status, "the printer's command failed");
                Err(PrintError::Failed)
            }
            Ok(Err(error)) => Err(failed(error)),
            Err(_) => {
                let _ = child.kill().await;
                Err(PrintError::TookTooLong)
            }
        }
    }
}

/// Readable by this user alone; gone when it is dropped.
fn written_aside(extension: &str, bytes: &[u8]) -> std::io::Result<tempfile::NamedTempFile> {
    let mut file = tempfile::Builder::new().prefix("totem-").suffix(&format!(".{extension}")).tempfile()?;
    file.write_all(bytes)?;
    file.flush()?;
    Ok(file)
}
