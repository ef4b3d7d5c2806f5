//! Keys and store, opened together. Nothing else is done before it is certain that they belong to
//! each other (S14), that the store is of the world that the settings name (T14), and that it is the
//! newest that was noted (T13).

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use super::ServiceError;
use super::custody::{cost, key_check, keys};
use super::home::{self, Home};
use super::newest::{self, Compared};
use super::raising::{self, Raising, Work};
use super::shared::{self, Unused};
use super::world;
use crate::clock;
use crate::config::{Config, StoreKind};
use crate::store::records::Records;
use crate::store::sled::{OpenError, OpenOptions, SledStore, holds_store, move_aside, moved_aside};
use crate::store::{StoreError, backups};
use crate::vault::Vault;

const MIB: u64 = 1024 * 1024;

/// An open store and the typed layer over it.
pub struct Opened {
    /// For what only an embedded store offers: space, backups, upkeep.
    pub store: Home,
    /// For everything else.
    pub records: Records,
    /// Why the head can't be noted (T13), if it can't: the store works all the same.
    pub unnoted: Option<io::Error>,
}

/// A store that was taken as it is, although it is not the newest that was noted (T13).
pub struct Adopted {
    /// What it is now.
    pub opened: Opened,
    /// What was the matter with it; `None` if nothing was.
    pub lacks: Option<String>,
}

/// What becomes of a store that is not the newest that was noted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Older {
    Refused,
    TakenAsItIs,
}

/// Opens keys and store, off the event loop, and makes sure that they belong together (S14), to the
/// world of the settings (T14), and that no newer store was noted (T13). Makes both at the very first start.
///
/// # Errors
/// When either can't be opened or they don't fit. A damaged store is moved aside first.
pub async fn open(config: &Config) -> Result<Opened, ServiceError> {
    if let StoreKind::Postgres(settings) = &config.store.kind {
        return shared::open(config, settings, Unused::Begun).await;
    }
    let store_exists = must_not_be_aside(config)?;
    if !store_exists {
        newest::refuse_gone(config)?;
    }
    let ballast_bytes = u64::from(config.store.ballast_mib) * MIB;
    let opened = match open_store(config, store_exists, ballast_bytes, &mut log_raising).await {
        Err(ServiceError::Open(damaged @ OpenError::Damaged { .. })) => {
            return Err(set_aside(config, damaged));
        }
        opened => opened?,
    };
    Ok(made_fit(config, opened, Older::Refused, &mut log_raising).await?.opened)
}

/// Makes an empty store where one was noted and is gone (T13), in its place and knowingly.
///
/// # Errors
/// When there is a store, or none can be made.
pub async fn begin_anew(config: &Config) -> Result<Adopted, ServiceError> {
    home::must_be_own(config)?;
    if must_not_be_aside(config)? {
        return Err(ServiceError::StoreExists { folder: config.store.folder.clone() });
    }
    let opened = open_store(config, false, 0, &mut log_raising).await?;
    made_fit(config, opened, Older::TakenAsItIs, &mut log_raising).await
}

/// Makes sure of all that must be so before a store is worked with, and raises what an older program
/// wrote; marks one that was never used.
async fn made_fit(
    config: &Config,
    mut opened: Opened,
    older: Older,
    tell: &mut (dyn FnMut(Raising) + Send),
) -> Result<Adopted, ServiceError> {
    let now_ms = clock::now_ms();
    // What is not ours to open is not looked through either.
    let is_new = !opened.records.keys_fit().await.map_err(|error| key_check(config, error))?;
    let compared = Compared::new(config, &opened).await?;
    let (compared, lacks) = match older {
        Older::Refused => (compared.check()?, None),
        Older::TakenAsItIs => compared.taken_as_it_is(&opened).await?,
    };
    if compared.standing.is_some_and(|standing| standing.bound) {
        opened.records = opened.records.refusing_older_seals();
    }
    let checking = opened.records.check_keys(now_ms);
    let checked = if is_new {
        checking.await
    } else {
        world::refuse_unraised(config, &opened.records).await?;
        raising::telling(&opened, tell, checking).await?
    };
    checked.map_err(|error| key_check(config, error))?;
    world::check(config, &opened.records, now_ms).await?;
    let standing = match compared.standing.filter(|standing| standing.bound && lacks.is_none()) {
        Some(_) => opened.store.own()?.standing().await?,
        None => None,
    };
    let standing = match standing {
        Some(standing) => standing,
        None => compared.begin(&opened).await?,
    };
    opened.unnoted = compared.note(&opened, &standing).await?;
    opened.records = opened.records.refusing_older_seals();
    Ok(Adopted { opened, lacks })
}

/// The same for commands that work on an existing store. It makes no store, key or ballast, and
/// leaves a damaged store where it is.
///
/// # Errors
/// When there is no store, or keys and store can't be opened or don't fit.
pub async fn open_existing(config: &Config) -> Result<Opened, ServiceError> {
    open_existing_telling(config, &mut log_raising).await
}

/// The same, telling how far it is while the store is looked through or raised.
///
/// # Errors
/// Those of [`open_existing`].
pub async fn open_existing_telling(
    config: &Config,
    tell: &mut (dyn FnMut(Raising) + Send),
) -> Result<Opened, ServiceError> {
    if let StoreKind::Postgres(settings) = &config.store.kind {
        return shared::open(config, settings, Unused::Refused).await;
    }
    Ok(open_used(config, Older::Refused, tell).await?.opened)
}

/// The same for a store that may be an older copy (T13): it is taken as it is, from now on as the newest.
///
/// # Errors
/// Those of [`open_existing`], but for [`ServiceError::NotNewest`].
pub async fn adopt(config: &Config) -> Result<Adopted, ServiceError> {
    home::must_be_own(config)?;
    open_used(config, Older::TakenAsItIs, &mut log_raising).await
}

async fn open_used(
    config: &Config,
    older: Older,
    tell: &mut (dyn FnMut(Raising) + Send),
) -> Result<Adopted, ServiceError> {
    let no_store = || ServiceError::NoStore { folder: config.store.folder.clone() };
    if !must_not_be_aside(config)? {
        newest::refuse_gone(config)?;
        return Err(no_store());
    }
    let opened = open_store(config, true, 0, tell).await?;
    match opened.records.keys_fit().await.map_err(|error| key_check(config, error))? {
        true => made_fit(config, opened, older, tell).await,
        // The first start was interrupted.
        false if opened.records.store().chains(None, 1).await?.is_empty() => Err(no_store()),
        false => Err(StoreError::Corrupt("the mark of the keys is gone".into()).into()),
    }
}

/// For who has no terminal to tell it on.
fn log_raising(raising: Raising) {
    let percent = raising.done.saturating_mul(100) / raising.of.max(1);
    match raising.work {
        Work::LookingThrough => {
            tracing::info!(
                count = raising.done,
                percent,
                "the store was not closed, and is being looked through"
            );
        }
        Work::Raising => {
            tracing::info!(count = raising.done, percent, "what an older program wrote is being raised");
        }
    }
}

/// Whether there is a store. It is an error if there was one and it was moved aside.
fn must_not_be_aside(config: &Config) -> Result<bool, ServiceError> {
    let folder = &config.store.folder;
    match moved_aside(folder) {
        _ if holds_store(folder) => Ok(true),
        Some(aside) => Err(moved_to(config, aside)),
        None => Ok(false),
    }
}

async fn open_store(
    config: &Config,
    store_exists: bool,
    ballast_bytes: u64,
    tell: &mut (dyn FnMut(Raising) + Send),
) -> Result<Opened, ServiceError> {
    let vault = Arc::new(Vault::new(keys(config, store_exists)?, cost(config)?));
    let options = OpenOptions {
        cache_capacity_bytes: u64::from(config.store.cache_mib) * MIB,
        ballast_bytes,
        ..OpenOptions::new(config.store.folder.clone(), vault.chain())
    };
    let looking = options.looking.clone();
    let opening = tokio::task::spawn_blocking(move || SledStore::open(options));
    let opened = raising::opening(&looking, tell, opening).await;
    let store = Arc::new(opened.map_err(|error| StoreError::Unavailable(error.to_string()))??);
    Ok(Opened { records: Records::new(store.clone(), vault), store: Home::Own(store), unnoted: None })
}

/// A store that can't be opened is moved aside, never deleted; the operator decides what replaces
/// it.
fn set_aside(config: &Config, damaged: OpenError) -> ServiceError {
    tracing::error!(reason = %damaged, "store damaged");
    match move_aside(&config.store.folder, clock::now_ms()) {
        Ok(aside) => moved_to(config, aside),
        Err(error) => error.into(),
    }
}

fn moved_to(config: &Config, aside: PathBuf) -> ServiceError {
    ServiceError::MovedAside {
        aside,
        export: backups::newest(&config.store.export_folder, crate::clock::now_ms()),
    }
}
