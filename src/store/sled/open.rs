//! Opening a database: only if it holds all that was acknowledged, and nothing else.

use std::cell::{Cell, RefCell};
use std::io::{self, ErrorKind};
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::atomic::AtomicU64;

use super::chain_ends::ChainEnds;
use super::contents::{Contents, MARK};
use super::database::{Database, FileIdentity};
use super::durable::{self, apply_batch};
use super::engine::{Log, lock_of_sled, open_sled, quietly};
use super::folder::{self, KNOWS_CONTENTS, SCHEMA};
use super::intent;
use super::journal::{self, FoundJournal, Journal};
use super::load::Load;
use super::look_through::{self, LookingThrough};
use super::older_journal;
use super::open_error::OpenError;
use super::{readable, seal, watch};
use crate::store::rules::Writes;

/// What is known of a database before sled opens it.
enum KnownBefore {
    /// A store of schema 4 or before: what has to be done again, and nothing else.
    Behind(Vec<Writes>),
    /// What is in its journal, and what was found to be in a copy of the database with that. None was
    /// looked through if the database is as it was left, or if there was no room.
    Looked(FoundJournal, Option<Contents>),
}

/// The same as [`open`], and calls nothing damaged that was looked at only once, or not seen whole: a
/// fault that passes, or a disk that does not read, may look like damage to sled.
pub fn open_for_sure(
    folder: &Path,
    cache_capacity_bytes: u64,
    looking: &LookingThrough,
) -> Result<Database, OpenError> {
    let first = open(folder, cache_capacity_bytes, looking);
    if !matches!(first, Err(OpenError::Damaged { .. })) {
        return first;
    }
    let again = open(folder, cache_capacity_bytes, looking);
    if let Err(OpenError::Damaged { .. }) = again {
        readable::check_all(&folder::database(folder)).map_err(|error| OpenError::from_io(folder, error))?;
    }
    again
}

/// The same as [`open_for_sure`]; a full disk gets the ballast's room for it.
pub fn open_with_room(
    folder: &Path,
    cache_capacity_bytes: u64,
    looking: &LookingThrough,
) -> Result<Database, OpenError> {
    match open_for_sure(folder, cache_capacity_bytes, looking) {
        Err(OpenError::DiskFull { .. }) if watch::give_up_ballast(folder) => {
            open_for_sure(folder, cache_capacity_bytes, looking)
        }
        opened => opened,
    }
}

/// Opens the database of a folder whose lock is held, making an empty one where there is none.
pub fn open(
    folder: &Path,
    cache_capacity_bytes: u64,
    looking: &LookingThrough,
) -> Result<Database, OpenError> {
    let failed = |error| OpenError::from_io(folder, error);
    let path = folder::database(folder);
    if folder::is_there(&path).map_err(failed)? {
        // Before anything is touched: a newer program may have its own way with the rest.
        check_schema(folder, &path)?;
    }
    folder::settle(folder).map_err(failed)?;
    if !folder::is_there(&path).map_err(failed)? {
        build(folder, cache_capacity_bytes, |_| Ok(()))?;
        // There is nothing to move: the name is never used.
        folder::put_in_place(folder, &folder::compacted(folder)).map_err(failed)?;
    }
    reopen(folder, cache_capacity_bytes, looking)
}

/// Opens the database that must be there, if it holds all that was acknowledged and nothing else. What
/// it shows is on stable storage, also when an earlier process was killed before it could sync what it
/// wrote. One that is damaged is left as it was found.
pub fn reopen(
    folder: &Path,
    cache_capacity_bytes: u64,
    looking: &LookingThrough,
) -> Result<Database, OpenError> {
    let failed = |error| OpenError::from_io(folder, error);
    let path = folder::database(folder);
    folder::settle(folder).map_err(failed)?;
    check_schema(folder, &path)?;
    let known = what_is_known(folder, &path, looking)?;
    seal::take_off(&path).and_then(|()| folder::remove_torn_snapshots(&path)).map_err(failed)?;
    let log = open_sled(folder, &path, cache_capacity_bytes)?;
    let ready = quietly(AssertUnwindSafe(|| {
        if log.db.get(MARK).map_err(|error| OpenError::from_sled(folder, error))?.is_none() {
            return Err(OpenError::damaged(folder, "its log cannot be read"));
        }
        let identity = FileIdentity::from(&log.file.metadata().map_err(failed)?);
        let (journal, contents) = match known {
            KnownBefore::Looked(found, contents) => go_on(folder, &path, &log, &found, contents, looking)?,
            KnownBefore::Behind(behind) => raise(folder, &path, &log, behind)?,
        };
        Ok((journal, contents, identity))
    }));
    match ready.unwrap_or_else(|panic| Err(OpenError::damaged(folder, panic))) {
        Ok((journal, contents, identity)) => Ok(Database {
            db: log.db,
            chain_ends: ChainEnds::default(),
            journal,
            contents: Cell::new(contents),
            standing: RefCell::default(),
            file: log.file,
            place: path.join("db"),
            identity,
        }),
        Err(error) => {
            log.close();
            Err(error)
        }
    }
}

/// Reads what a database should hold, and whether it does, without changing anything.
fn what_is_known(folder: &Path, path: &Path, looking: &LookingThrough) -> Result<KnownBefore, OpenError> {
    let unread = |error: io::Error| match error.kind() {
        ErrorKind::NotFound => OpenError::damaged(folder, error),
        _ => OpenError::from_content(folder, error),
    };
    // Whoever had it open may still be writing.
    let _lock = lock_of_sled(folder, path)?;
    if is_older(path).map_err(unread)? {
        return Ok(KnownBefore::Behind(older_journal::read(path).map_err(unread)?));
    }
    let found = match is_of_schema_5(path).map_err(unread)? {
        true => journal::read_of_schema_5(path),
        false => journal::read(path),
    };
    let found = found.map_err(unread)?;
    if found.mended > 0 {
        tracing::warn!(count = found.mended, "sectors of the store's journal have rotted, and were mended");
    }
    let is_as_left = seal::fits(path, found.epoch).map_err(|error| OpenError::from_io(folder, error))?;
    let contents = match is_as_left {
        true => None,
        false => look_through::in_copy(folder, path, &found, looking)?,
    };
    Ok(KnownBefore::Looked(found, contents))
}

/// Whether the database has yet to be told what it holds. An earlier program's journal goes last.
fn is_older(path: &Path) -> io::Result<bool> {
    let has_new = journal::path(path).try_exists()?;
    let has_old = older_journal::path(path).try_exists()?;
    Ok(folder::read_schema(path)? < KNOWS_CONTENTS && (has_old || !has_new))
}

/// Whether the journal of schema 5 counts. One of this schema may lie there too, of a raising that was cut
/// off, and an older program may have gone on since.
fn is_of_schema_5(path: &Path) -> io::Result<bool> {
    Ok(folder::read_schema(path)? == 5 && journal::path_of_schema_5(path).try_exists()?)
}

/// Brought to this schema, a database is without what older programs had in it.
fn be_of_this_schema(path: &Path) -> io::Result<()> {
    folder::raise_schema(path)?;
    older_journal::remove(path)?;
    journal::remove_of_schema_5(path)
}

/// Does again what a crash may have taken of what was acknowledged.
fn go_on(
    folder: &Path,
    path: &Path,
    log: &Log,
    found: &FoundJournal,
    looked: Option<Contents>,
    looking: &LookingThrough,
) -> Result<(Journal, Contents), OpenError> {
    let failed = |error| OpenError::from_io(folder, error);
    let journal = Journal::go_on(path, found).map_err(failed)?;
    catch_up(folder, log, found.behind.clone())?;
    let contents = match looked {
        Some(contents) => contents,
        // Something may have rotted before it was left so.
        None => {
            looking.begins(found.holds.now.entries().max(1));
            let contents = look_through::contents(folder, &log.db, found.holds, looking);
            looking.ends();
            contents?
        }
    };
    folder::sync_folder(path).map_err(failed)?;
    if !found.behind.is_empty() || found.holds != contents.into() {
        journal.say(contents.into()).map_err(|failure| failed(failure.into()))?;
    }
    be_of_this_schema(path).map_err(failed)?;
    Ok((journal, contents))
}

/// Brings an older store to this schema: what is in it counts as what should be.
fn raise(
    folder: &Path,
    path: &Path,
    log: &Log,
    behind: Vec<Writes>,
) -> Result<(Journal, Contents), OpenError> {
    let of_sled = |error| OpenError::from_sled(folder, error);
    let failed = |error| OpenError::from_io(folder, error);
    intent::finish(&log.db).map_err(of_sled)?;
    older_journal::make_durable(path).map_err(failed)?;
    catch_up(folder, log, behind)?;
    let contents = Contents::of(&log.db, &AtomicU64::new(0)).map_err(of_sled)?;
    folder::sync_folder(path).map_err(failed)?;
    let journal = Journal::make(path, contents).map_err(failed)?;
    be_of_this_schema(path).map_err(failed)?;
    Ok((journal, contents))
}

/// Hands sled what it may lack, and makes it durable.
fn catch_up(folder: &Path, log: &Log, behind: Vec<Writes>) -> Result<(), OpenError> {
    let failed = |error| OpenError::from_io(folder, error);
    let (mut bytes, mut entries) = (0, 0);
    for writes in behind {
        bytes +=
            writes.iter().map(|(key, value)| key.len() + value.as_ref().map_or(0, Vec::len)).sum::<usize>();
        entries += writes.len();
        apply_batch(&log.db, writes).map_err(|error| OpenError::from_sled(folder, error))?;
        if journal::is_full(bytes, entries) {
            log.make_durable().map_err(failed)?;
            (bytes, entries) = (0, 0);
        }
    }
    log.make_durable().map_err(failed)
}

/// Makes a database beside the one in use and fills it; nothing counts before it is put in place.
pub fn build(
    folder: &Path,
    cache_capacity_bytes: u64,
    fill: impl FnOnce(&mut Load) -> Result<(), OpenError>,
) -> Result<Contents, OpenError> {
    let failed = |error| OpenError::from_io(folder, error);
    let path = folder::building(folder);
    let made = folder::make_private_folder(&path).and_then(|()| folder::write_schema(&path));
    made.map_err(failed)?;
    let log = open_sled(folder, &path, cache_capacity_bytes)?;
    let filled = quietly(AssertUnwindSafe(|| {
        let marked = log.db.insert(MARK, &SCHEMA.to_be_bytes());
        marked.map_err(|error| OpenError::from_sled(folder, error))?;
        let mut load = Load::new(&log.db);
        fill(&mut load)?;
        let contents = load.finish().map_err(failed)?;
        log.make_durable().map_err(failed)?;
        Ok(contents)
    }));
    log.close();
    let contents = filled.map_err(|panic| OpenError::damaged(folder, panic))??;
    let journal = Journal::make(&path, contents).map_err(failed)?;
    let _lock = lock_of_sled(folder, &path)?;
    let sealed = seal::put_on(&path, journal.epoch());
    sealed.and_then(|()| folder::give_to_owner_of(folder, &path)).map_err(failed)?;
    Ok(contents)
}

/// Closes the database of a folder after its last write, with nothing left to do at the next opening. If
/// that fails, it is done then.
pub fn close_finished(folder: &Path, database: Database) {
    let rested = quietly(AssertUnwindSafe(|| durable::rest(&database).is_ok()));
    let epoch = database.journal.epoch();
    close(database);
    if rested == Ok(true) {
        let path = folder::database(folder);
        let sealed = lock_of_sled(folder, &path).map(|_lock| seal::put_on(&path, epoch));
        if !matches!(sealed, Ok(Ok(()))) {
            tracing::warn!("the store's files could not be sealed: it is looked through at the next start");
        }
    }
}

/// Closing may panic too, after an error that sled remembers.
pub fn close(database: Database) {
    let _ = quietly(AssertUnwindSafe(move || drop(database)));
}

fn check_schema(folder: &Path, database: &Path) -> Result<(), OpenError> {
    match folder::read_schema(database) {
        Ok(found) if found > SCHEMA => Err(OpenError::TooNew { folder: folder.into(), found, known: SCHEMA }),
        Ok(_) => Ok(()),
        // Every database was made with one.
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Err(OpenError::damaged(folder, format!("schema: {error}")))
        }
        Err(error) => Err(OpenError::from_content(folder, error)),
    }
}

#[cfg(test)]
#[path = "open_tests.rs"]
mod tests;
