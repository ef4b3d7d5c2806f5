//! How the program ends: a closed list of codes, the same in `--help`, in the manual and in fact.

use std::process::ExitCode;

use crate::caretaker::backup::BackupError;
use crate::config::ConfigError;
use crate::config::UnsafePlace;
use crate::service::ServiceError;
use crate::store::StoreError;
use crate::store::records::KeyCheckError;
use crate::store::sled::{ExportError, OpenError};
use crate::vault::KeyError;

/// A code to leave with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// What was asked for is done.
    Done = 0,
    /// It was refused or failed.
    Failed = 1,
    /// The command line is wrong.
    Usage = 2,
    /// A setting is wrong.
    Config = 3,
    /// Another process has the store.
    StoreInUse = 4,
    /// Store or backup is damaged.
    StoreDamaged = 5,
    /// The key is missing, wrong, or not kept safe.
    Key = 6,
    /// The audit chain is broken.
    Audit = 7,
    /// The store is not the newest that was noted.
    StoreNotNewest = 8,
    /// SIGHUP.
    HungUp = 129,
    /// SIGINT.
    Interrupted = 130,
    /// SIGTERM.
    Terminated = 143,
}

impl Exit {
    /// All of them, by number.
    pub const ALL: [Exit; 12] = [
        Exit::Done,
        Exit::Failed,
        Exit::Usage,
        Exit::Config,
        Exit::StoreInUse,
        Exit::StoreDamaged,
        Exit::Key,
        Exit::Audit,
        Exit::StoreNotNewest,
        Exit::HungUp,
        Exit::Interrupted,
        Exit::Terminated,
    ];

    /// The number, as the shell sees it.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// What it means, for operators.
    pub fn meaning(self) -> &'static str {
        match self {
            Exit::Done => "done",
            Exit::Failed => "refused, failed, or doctor found a fault",
            Exit::Usage => "the command line is wrong",
            Exit::Config => "a setting is wrong, or the file can't be read",
            Exit::StoreInUse => "another process has the store open",
            Exit::StoreDamaged => "the store, or the backup, is damaged; restore a good one",
            Exit::Key => "the key is missing, is not this store's, or is not kept safe",
            Exit::Audit => "the audit chain is broken",
            Exit::StoreNotNewest => {
                "the store is older than was noted, another one, or gone; see totem store"
            }
            Exit::HungUp => "ended by SIGHUP, after wiping the screen",
            Exit::Interrupted => "ended by SIGINT, after wiping the screen",
            Exit::Terminated => "ended by SIGTERM, after wiping the screen",
        }
    }

    /// The code for an error of any command.
    pub fn of(error: &anyhow::Error) -> Self {
        for cause in error.chain() {
            if let Some(failure) = cause.downcast_ref::<Failure>() {
                return failure.exit;
            }
            if cause.is::<ConfigError>() {
                return Exit::Config;
            }
            if let Some(StoreError::Corrupt(_)) = cause.downcast_ref::<StoreError>() {
                return Exit::StoreDamaged;
            }
        }
        Exit::Failed
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit.code())
    }
}

/// Why a command was not done, in one sentence for the operator, with its code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{says}")]
pub struct Failure {
    /// What to leave with.
    pub exit: Exit,
    /// What to tell the operator: one sentence.
    pub says: String,
}

impl Failure {
    /// A failure with this exit code and sentence.
    pub fn new(exit: Exit, says: impl Into<String>) -> Self {
        Failure { exit, says: says.into() }
    }
}

impl From<UnsafePlace> for Failure {
    fn from(error: UnsafePlace) -> Self {
        Failure::new(Exit::Config, error.to_string())
    }
}

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Self {
        let exit = match &error {
            ServiceError::Key(error) => of_key(error),
            ServiceError::KeyLost { .. } | ServiceError::KeyElsewhere { .. } | ServiceError::KeysChanging => {
                Exit::Key
            }
            ServiceError::KeyCheck(error) => of_key_check(error),
            ServiceError::Open(error) => of_open(error),
            ServiceError::MovedAside { .. } => Exit::StoreDamaged,
            ServiceError::NotNewest(_) => Exit::StoreNotNewest,
            ServiceError::Store(error) => of_store(error),
            ServiceError::Cost(_)
            | ServiceError::World(_)
            | ServiceError::Registry(_)
            | ServiceError::Soap(_)
            | ServiceError::Papers(_)
            | ServiceError::Postgres(_)
            | ServiceError::Password(_)
            | ServiceError::Smtp(_)
            | ServiceError::SmsGateway(_) => Exit::Config,
            ServiceError::Threads
            | ServiceError::Log(_)
            | ServiceError::NoStore { .. }
            | ServiceError::Unused
            | ServiceError::Shared
            | ServiceError::StoreExists { .. }
            | ServiceError::Messages { .. } => Exit::Failed,
        };
        Failure::new(exit, error.to_string())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Failure::new(of_store(&error), error.to_string())
    }
}

impl From<KeyCheckError> for Failure {
    fn from(error: KeyCheckError) -> Self {
        Failure::new(of_key_check(&error), error.to_string())
    }
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        Failure::new(of_export(&error), error.to_string())
    }
}

impl From<BackupError> for Failure {
    fn from(error: BackupError) -> Self {
        let exit = match &error {
            BackupError::Store(error) => of_store(error),
            BackupError::ReadBack(error) => of_export(error),
            BackupError::Exists { .. } | BackupError::Folder { .. } | BackupError::Differs { .. } => {
                Exit::Failed
            }
        };
        Failure::new(exit, error.to_string())
    }
}

fn of_key(error: &KeyError) -> Exit {
    match error {
        KeyError::Io { .. } => Exit::Failed,
        KeyError::Missing { .. }
        | KeyError::TooOpen { .. }
        | KeyError::Malformed { .. }
        | KeyError::Exists { .. } => Exit::Key,
    }
}

fn of_key_check(error: &KeyCheckError) -> Exit {
    match error {
        KeyCheckError::WrongKeys => Exit::Key,
        KeyCheckError::Store(error) => of_store(error),
    }
}

fn of_open(error: &OpenError) -> Exit {
    match error {
        OpenError::InUse { .. } => Exit::StoreInUse,
        OpenError::Damaged { .. } => Exit::StoreDamaged,
        OpenError::TooNew { .. }
        | OpenError::DiskFull { .. }
        | OpenError::System { .. }
        | OpenError::Folder { .. } => Exit::Failed,
    }
}

fn of_store(error: &StoreError) -> Exit {
    match error {
        StoreError::Corrupt(_) => Exit::StoreDamaged,
        StoreError::Conflict(_)
        | StoreError::Unknown(_)
        | StoreError::Unavailable(_)
        | StoreError::Refused(_) => Exit::Failed,
    }
}

fn of_export(error: &ExportError) -> Exit {
    match error {
        ExportError::Damaged { .. } | ExportError::Forged { .. } => Exit::StoreDamaged,
        ExportError::Folder(error) => of_open(error),
        ExportError::TooNew { .. } | ExportError::File { .. } | ExportError::Unproved { .. } => Exit::Failed,
    }
}

/// The codes as they stand under `--help`.
pub(super) fn table() -> String {
    let lines: Vec<String> =
        Exit::ALL.iter().map(|exit| format!("  {:>3}  {}", exit.code(), exit.meaning())).collect();
    format!("Exit codes:\n{}", lines.join("\n"))
}
