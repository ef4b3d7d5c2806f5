//! A store serves one world for all its life: the real one, or the one that is invented to try the
//! kiosk with (T14).

use std::path::Path;

use super::{ServiceError, WorldError};
use crate::config::Config;
use crate::demo::{self, KNOWN_COMPANIES};
use crate::domain::account::Account;
use crate::store::Versioned;
use crate::store::records::{Records, World, read_world_mark, unseal};
use crate::vault::Vault;

/// The world that the settings name.
fn wanted(config: &Config) -> World {
    if config.is_demo() { World::Invented } else { World::Real }
}

fn compare(config: &Config, found: World, place: &Path) -> Result<(), WorldError> {
    match found {
        _ if found == wanted(config) => Ok(()),
        World::Invented => Err(WorldError::Invented { place: place.to_path_buf() }),
        World::Real => Err(WorldError::Real { place: place.to_path_buf() }),
    }
}

/// Refuses a store that is known to be of the other world, before anything in it is raised.
pub(super) async fn refuse_unraised(config: &Config, records: &Records) -> Result<(), ServiceError> {
    let known = match records.world().await? {
        Some(world) => Some(world),
        // Older accounts lie elsewhere until they are raised, so that only a yes can be told.
        None => Some(recognised(records).await?).filter(|world| *world == World::Invented),
    };
    Ok(known.map_or(Ok(()), |world| compare(config, world, &config.store.folder))?)
}

/// Whether the open store is of the world that the settings name. One that bears no mark is marked,
/// if it is.
pub(super) async fn check(config: &Config, records: &Records, now_ms: u64) -> Result<(), ServiceError> {
    let marked = records.world().await?;
    let found = match marked {
        Some(world) => world,
        None if !records.is_used().await? => wanted(config),
        None => recognised(records).await?,
    };
    compare(config, found, &config.store.folder)?;
    if marked.is_none() {
        records.mark_world(found, now_ms).await?;
    }
    Ok(())
}

async fn recognised(records: &Records) -> Result<World, ServiceError> {
    let found = records.store().get_many(&demo::places(records.vault())).await?.records;
    Ok(unmarked(records.vault(), &found))
}

/// Whether a backup is of the world that the settings name, by its mark or by what lies in
/// [`demo::places`].
///
/// # Errors
/// When the backup is of another world, or its mark can't be read.
pub fn check_backup(
    config: &Config,
    vault: &Vault,
    file: &Path,
    mark: Option<&Versioned>,
    invented: &[Option<Versioned>],
) -> Result<(), ServiceError> {
    let found = match mark {
        Some(mark) => read_world_mark(vault, mark)?,
        None => unmarked(vault, invented),
    };
    Ok(compare(config, found, file)?)
}

/// The world of a store from before stores were marked, by what lies in [`demo::places`]. What can't
/// be unsealed was not made by the demonstration.
fn unmarked(vault: &Vault, found: &[Option<Versioned>]) -> World {
    let places = demo::places(vault);
    let account = |place: usize| {
        let read = found.get(place)?.as_ref()?;
        Some(unseal::<Account>(vault, places[place], read).ok()?.value)
    };
    let accounts: [Option<Account>; KNOWN_COMPANIES] = std::array::from_fn(account);
    if demo::are_invented(&accounts) { World::Invented } else { World::Real }
}

/// Whether the settings let the invented world send messages to real people (T14).
///
/// # Errors
/// When they do.
pub fn stays_inside(config: &Config) -> Result<(), WorldError> {
    match config.way_outside() {
        Some(setting) if config.is_demo() => Err(WorldError::SendsOutside { setting }),
        _ => Ok(()),
    }
}
