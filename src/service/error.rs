//! Why the kiosk can't do its work. Each says what to do.

use std::path::PathBuf;

use crate::desk::PapersError;
use crate::http::SetUpError;
use crate::log::LogError;
use crate::registry::TableError;
use crate::store::StoreError;
use crate::store::records::KeyCheckError;
use crate::store::sled::OpenError;
use crate::vault::{CostError, KeyError};

#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    #[error(transparent)]
    Key(#[from] KeyError),
    /// There is data, and its key is gone: a new one would make the data unreadable for good.
    #[error(
        "the store in {} is there, but its key is not at {}: put the right key back; nothing was changed",
        store.display(),
        key.display()
    )]
    KeyLost { store: PathBuf, key: PathBuf },
    #[error(transparent)]
    KeyCheck(#[from] KeyCheckError),
    #[error("the cost in [hash] can't be used: {0}")]
    Cost(#[from] CostError),
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The store is sealed with keys that are there, but not in force yet.
    #[error("a change of keys was cut short: run `totem key rotate` again, and it goes on; nothing is lost")]
    KeysChanging,
    /// For commands that look into a store and would not make one.
    #[error("there is no store in {} yet: the kiosk makes it at its first start", folder.display())]
    NoStore { folder: PathBuf },
    /// The damaged store was moved aside, and nobody has decided yet what comes in its place.
    #[error(
        "the store could not be opened and lies in {}; {}; to go on without it, move that folder elsewhere",
        aside.display(),
        match export {
            Some(export) => format!("`totem restore {}` puts back the last backup", export.display()),
            None => "there is no backup to restore in the export folder".to_string(),
        }
    )]
    MovedAside { aside: PathBuf, export: Option<PathBuf> },
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Registry(#[from] TableError),
    #[error("[soap] can't be used: {0}")]
    Soap(#[from] SetUpError),
    #[error(transparent)]
    Log(#[from] LogError),
    #[error("the folder {} can't be used for messages ({error}): check that it belongs to this user", folder.display())]
    Messages { folder: PathBuf, error: std::io::Error },
    #[error(transparent)]
    Papers(#[from] PapersError),
    #[error("mail can't be sent as [smtp] says: {0}")]
    Smtp(SetUpError),
    #[error("SMS can't be sent as [sms_gateway] says: {0}")]
    SmsGateway(SetUpError),
}
