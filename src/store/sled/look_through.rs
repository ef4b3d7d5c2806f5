//! Looking through a database that was not closed, or is not as it was left, before anything is done
//! with it: whether it holds all that was acknowledged, and nothing else.
//!
//! sled, when it opens a log, cuts off what it can't read and writes over it. So a copy is opened and
//! read through, and if something is missing there, the database is still as it was found.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::contents::Contents;
use super::durable::apply_batch;
use super::engine::{open_sled, quietly};
use super::folder;
use super::journal::{FoundJournal, Holds};
use super::open_error::OpenError;

/// The copy is read once, in order.
const CACHE_BYTES: u64 = 16 * 1024 * 1024;
/// What is left free beside a copy.
const SPARE_BYTES: u64 = 16 * 1024 * 1024;

/// How far looking through is, for whoever waits.
#[derive(Clone, Debug, Default)]
pub struct LookingThrough {
    done: Arc<AtomicU64>,
    of: Arc<AtomicU64>,
}

impl LookingThrough {
    /// Entries that were read, and how many there should be. `None` while nothing is looked through.
    pub fn progress(&self) -> Option<(u64, u64)> {
        let of = self.of.load(Ordering::Relaxed);
        (of > 0).then(|| (self.done.load(Ordering::Relaxed).min(of), of))
    }

    pub(super) fn begins(&self, of: u64) {
        self.done.store(0, Ordering::Relaxed);
        self.of.store(of, Ordering::Relaxed);
    }

    pub(super) fn ends(&self) {
        self.of.store(0, Ordering::Relaxed);
    }

    pub(super) fn done(&self) -> &AtomicU64 {
        &self.done
    }
}

/// Looks through a copy of the database. `None` if there is no room for one.
///
/// # Errors
/// Damage, when something is missing or strange; otherwise when the files can't be used.
pub fn in_copy(
    folder: &Path,
    database: &Path,
    found: &FoundJournal,
    looking: &LookingThrough,
) -> Result<Option<Contents>, OpenError> {
    let copy = folder::building(folder);
    looking.begins(found.holds.now.entries().max(1));
    let looked = copy_files(folder, database, &copy).and_then(|copied| match copied {
        true => look_through_copy(folder, &copy, found, looking).map(Some),
        false => Ok(None),
    });
    looking.ends();
    let removed = folder::remove_building(folder).map_err(|error| OpenError::from_io(folder, error));
    let contents = looked?;
    removed.map(|()| contents)
}

/// Whether there was room.
fn copy_files(folder: &Path, database: &Path, copy: &Path) -> Result<bool, OpenError> {
    let failed = |error| OpenError::from_io(folder, error);
    let files = folder::files_of_sled(database).map_err(failed)?;
    let lengths = files.iter().map(|file| Ok(fs::metadata(database.join(file))?.len()));
    let needed = lengths.sum::<io::Result<u64>>().map_err(failed)?.saturating_add(SPARE_BYTES);
    if folder::free_bytes(folder).map_err(failed)?.0 < needed {
        return Ok(false);
    }
    let copied = folder::make_private_folder(copy)
        .and_then(|()| folder::make_private_folder(&copy.join(folder::BLOBS)))
        .and_then(|()| {
            files.iter().try_for_each(|file| fs::copy(database.join(file), copy.join(file)).map(drop))
        });
    match copied.map_err(|error| (error.kind(), error)) {
        Ok(()) => Ok(true),
        Err((ErrorKind::StorageFull | ErrorKind::QuotaExceeded, _)) => Ok(false),
        Err((_, error)) => Err(failed(error)),
    }
}

fn look_through_copy(
    folder: &Path,
    copy: &Path,
    found: &FoundJournal,
    looking: &LookingThrough,
) -> Result<Contents, OpenError> {
    let log = open_sled(folder, copy, CACHE_BYTES)?;
    let looked = quietly(std::panic::AssertUnwindSafe(|| {
        for writes in &found.behind {
            apply_batch(&log.db, writes.clone()).map_err(|error| OpenError::from_sled(folder, error))?;
        }
        contents(folder, &log.db, found.holds, looking)
    }));
    log.close();
    looked.map_err(|panic| OpenError::damaged(folder, panic))?
}

/// What a database holds, which has to be what was acknowledged.
///
/// # Errors
/// Damage, when it holds anything else.
pub fn contents(
    folder: &Path,
    db: &sled::Db,
    holds: Holds,
    looking: &LookingThrough,
) -> Result<Contents, OpenError> {
    let found = Contents::of(db, looking.done()).map_err(|error| OpenError::from_sled(folder, error))?;
    if found == holds.now || Some(found) == holds.soon {
        return Ok(found);
    }
    let (has, had) = (found.entries(), holds.now.entries());
    Err(OpenError::damaged(
        folder,
        match has == had {
            true => format!("some of its {had} entries are not what was written"),
            false => format!("{has} entries are left of it, and there were {had}"),
        },
    ))
}
