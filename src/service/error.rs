//! Why the kiosk can't do its work. Each message says what to do.

use std::path::PathBuf;

use crate::desk::PapersError;
use crate::http::SetUpError;
use crate::log::LogError;
use crate::registry::TableError;
use crate::store::StoreError;
use crate::store::newest::NotNewest;
use crate::store::records::KeyCheckError;
use crate::store::sled::OpenError;
use crate::vault::{CostError, KeyError, SecretFileError};

/// Why the kiosk, or a command that opens its store, can't start.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The key file can't be read or made (S14).
    #[error(transparent)]
    Key(#[from] KeyError),
    /// There is data, and its key is gone. A new key would make the data unreadable for good.
    #[error(
        "the store in {} is there, but its key is not at {}: put the right key back; nothing was changed",
        store.display(),
        key.display()
    )]
    KeyLost {
        /// Where the data lie.
        store: PathBuf,
        /// Where the key should be.
        key: PathBuf,
    },
    /// The keys are not those of this store, or that can't be told (S14).
    #[error(transparent)]
    KeyCheck(#[from] KeyCheckError),
    /// The cost is under what is allowed (S1).
    #[error("the cost in [hash] can't be used: {0}")]
    Cost(#[from] CostError),
    /// The store can't be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The settings name another world than the store's, or the invented one would act on the real
    /// one (T14).
    #[error(transparent)]
    World(#[from] WorldError),
    /// The store is sealed with keys that exist but are not in force yet.
    #[error("a change of keys was cut short: run `totem key rotate` again, and it goes on; nothing is lost")]
    KeysChanging,
    /// For commands that look into a store and must not make one.
    #[error(
        "there is no store in {} yet: the kiosk makes it at its first start; if there is one elsewhere, name its \
         settings (--config FILE)",
        folder.display()
    )]
    NoStore {
        /// Where it would be.
        folder: PathBuf,
    },
    /// A newer store was noted, another one, or one where there is none (T13).
    #[error(transparent)]
    NotNewest(#[from] NotNewest),
    /// For who would begin an empty store.
    #[error(
        "there is a store in {}: move that folder elsewhere before an empty one is begun; nothing was changed",
        folder.display()
    )]
    StoreExists {
        /// Where it lies.
        folder: PathBuf,
    },
    /// The damaged store was moved aside, and nobody has yet decided what replaces it.
    #[error(
        "the store could not be opened and lies in {}; {}; if the disk was at fault, `mv {} {}` brings it back as it \
         was; to go on without it, move that folder elsewhere",
        aside.display(),
        match export {
            Some(export) => format!("`totem restore {}` puts back the last backup", export.display()),
            None => "there is no backup to restore in the export folder".to_string(),
        },
        aside.display(),
        aside.with_file_name("sled").display()
    )]
    MovedAside {
        /// Where it lies.
        aside: PathBuf,
        /// The newest backup in the export folder.
        export: Option<PathBuf>,
    },
    /// No more threads or processes may be started.
    #[error(
        "the system lets this user, or this unit, have no more threads and processes: raise TasksMax= or \
         LimitNPROC= of the unit, pids.max of its group, or `ulimit -u`; nothing was changed"
    )]
    Threads,
    /// For commands that look after a store of the terminal's own.
    #[error(
        "the store is the office's database (store.kind = \"postgres\"): its backups, its disk and its clock are the \
         database's own"
    )]
    Shared,
    /// The database is in use, and this terminal has no key to what lies there.
    #[error(
        "the office's database is in use, and there is no key at {}: bring the key file of a terminal that works \
         with it; nothing was changed",
        key.display()
    )]
    KeyElsewhere {
        /// Where the key should be.
        key: PathBuf,
    },
    /// Nobody has begun to work with the database.
    #[error("the office's database is empty: start a kiosk on it once")]
    Unused,
    /// The database can't be called with these settings.
    #[error("[postgres] can't be used: {0}")]
    Postgres(SetUpError),
    /// The password can't be read.
    #[error(transparent)]
    Password(#[from] SecretFileError),
    /// The open store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The invented or given register can't be read.
    #[error(transparent)]
    Registry(#[from] TableError),
    /// The services of the State can't be called.
    #[error("[soap] can't be used: {0}")]
    Soap(#[from] SetUpError),
    /// The log can't be written.
    #[error(transparent)]
    Log(#[from] LogError),
    /// A folder that messages go to can't be used.
    #[error("the folder {} can't be used for messages ({error}): check that it belongs to this user", folder.display())]
    Messages {
        /// Where mail or SMS should be put.
        folder: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The documents' folder, template or checker can't be used.
    #[error(transparent)]
    Papers(#[from] PapersError),
    /// The mail server can't be used.
    #[error("mail can't be sent as [smtp] says: {0}")]
    Smtp(SetUpError),
    /// The SMS gateway can't be used.
    #[error("SMS can't be sent as [sms_gateway] says: {0}")]
    SmsGateway(SetUpError),
}

/// Why the settings and a store can't go together (T14). For operators.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorldError {
    /// Anybody knows the claves of the invented companies.
    #[error(
        "{} belongs to the invented world, and [registry] names real registers: they never serve it; set \
         store.folder and keys.file to other places; nothing was changed",
        place.display()
    )]
    Invented {
        /// The store's folder, or the backup.
        place: PathBuf,
    },
    /// Whoever tries the kiosk would act on real accounts.
    #[error(
        "{} belongs to real companies, and [registry] names the invented world: name the registers, or, to try \
         something out, set store.folder and keys.file to other places; nothing was changed",
        place.display()
    )]
    Real {
        /// The store's folder, or the backup.
        place: PathBuf,
    },
    /// Whoever tries the kiosk would send messages to strangers.
    #[error(
        "{setting} leads out of this machine, and [registry] names the invented world, whose messages never \
         leave it: name the registers, or leave messages in folders (courier.mail = \"maildir\", courier.sms = \
         \"file\")"
    )]
    SendsOutside {
        /// The setting that names a server elsewhere.
        setting: &'static str,
    },
}
