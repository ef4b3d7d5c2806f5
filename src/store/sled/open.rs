//! Opening a database without trusting it: sled may panic on what a broken disk left behind, and
//! then a kiosk must say so, not die with the screen full of letters.

use std::any::Any;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::panic::{self, AssertUnwindSafe, UnwindSafe};
use std::path::Path;
use std::sync::Once;
use std::thread;
use std::time::{Duration, Instant};

use super::chain_ends::ChainEnds;
use super::database::{Database, flush};
use super::durable::{self, apply_batch};
use super::folder::{self, SCHEMA};
use super::intent;
use super::journal::{self, Journal};
use super::open_error::OpenError;
use super::{readable, watch};

/// Bears the schema inside the database, from its making on. sled takes a log that it cannot read
/// for an empty one; without this mark, lost data would look like a new store.
const MARK: [u8; 17] = [0; 17];

/// How often sled's own thread wakes, at rest as well: it alone cleans segments, and syncs. Every
/// half second, as sled would have it, is most of what an idle kiosk does, and rouses all of
/// sled's other threads besides; each commit is made durable by its own group, and waits for none
/// of this. It may clean for half of the time, so that seldom is not less.
const CLEAN_EVERY_MS: u64 = 10_000;

/// Timer slack for sled's polling threads; notifications aren't delayed. Eight of them look every
/// second whether there is something to do. With this slack the kernel wakes them together, or when
/// something else wakes, every ten seconds at the latest.
const SLACK_NANOSECONDS: u64 = 10_000_000_000;

/// How long sled's own threads may hold on to a database that was just closed.
const LOCK_PATIENCE: Duration = Duration::from_secs(5);

/// sled's database together with our own handle of its file, which is what makes it durable.
struct Log {
    db: sled::Db,
    file: File,
}

impl Log {
    fn make_durable(&self) -> io::Result<()> {
        flush(&self.db)?;
        self.file.sync_data()
    }

    /// Closing may panic too, after an error that sled remembers.
    fn close(self) {
        let _ = quietly(AssertUnwindSafe(move || drop(self)));
    }
}

/// The same as [`open`], and calls nothing damaged that was looked at only once, or not seen whole: a
/// fault that passes, or a disk that does not read, may look like damage to sled.
pub fn open_for_sure(folder: &Path, cache_capacity_bytes: u64) -> Result<Database, OpenError> {
    let first = open(folder, cache_capacity_bytes);
    if !matches!(first, Err(OpenError::Damaged { .. })) {
        return first;
    }
    let again = open(folder, cache_capacity_bytes);
    if let Err(OpenError::Damaged { .. }) = again {
        readable::check_all(&folder::database(folder)).map_err(|error| OpenError::from_io(folder, error))?;
    }
    again
}

/// The same as [`open_for_sure`]; a full disk gets the ballast's room for it.
pub fn open_with_room(folder: &Path, cache_capacity_bytes: u64) -> Result<Database, OpenError> {
    match open_for_sure(folder, cache_capacity_bytes) {
        Err(OpenError::DiskFull { .. }) if watch::give_up_ballast(folder) => {
            open_for_sure(folder, cache_capacity_bytes)
        }
        opened => opened,
    }
}

/// Opens the database of a folder whose lock is held, making an empty one where there is none.
pub fn open(folder: &Path, cache_capacity_bytes: u64) -> Result<Database, OpenError> {
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
    reopen(folder, cache_capacity_bytes)
}

/// Opens the database that must be there. What it shows is on stable storage, also when an
/// earlier process was killed before it could sync what it wrote.
pub fn reopen(folder: &Path, cache_capacity_bytes: u64) -> Result<Database, OpenError> {
    let failed = |error| OpenError::from_io(folder, error);
    let path = folder::database(folder);
    folder::settle(folder).map_err(failed)?;
    check_schema(folder, &path)?;
    let log = open_sled(folder, &path, cache_capacity_bytes)?;
    let ready = quietly(AssertUnwindSafe(|| {
        if log.db.get(MARK).map_err(|error| OpenError::from_sled(folder, error))?.is_none() {
            return Err(OpenError::damaged(folder, "its log cannot be read"));
        }
        catch_up(folder, &path, &log)
    }));
    match ready.unwrap_or_else(|panic| Err(OpenError::damaged(folder, panic))) {
        Ok(journal) => {
            let (place, chain_ends) = (path.join("db"), ChainEnds::default());
            Ok(Database { db: log.db, chain_ends, journal, file: log.file, place })
        }
        Err(error) => {
            log.close();
            Err(error)
        }
    }
}

/// Does again what a crash may have taken of what was acknowledged.
fn catch_up(folder: &Path, path: &Path, log: &Log) -> Result<Journal, OpenError> {
    let of_sled = |error| OpenError::from_sled(folder, error);
    let failed = |error| OpenError::from_io(folder, error);
    intent::finish(&log.db).map_err(of_sled)?;
    let opened = Journal::open(path).map_err(|error| OpenError::from_content(folder, error));
    let (journal, behind) = opened?;
    let was_behind = !behind.is_empty();
    let (mut bytes, mut entries) = (0, 0);
    for writes in behind {
        bytes +=
            writes.iter().map(|(key, value)| key.len() + value.as_ref().map_or(0, Vec::len)).sum::<usize>();
        entries += writes.len();
        apply_batch(&log.db, writes).map_err(of_sled)?;
        if journal::is_full(bytes, entries) {
            log.make_durable().map_err(failed)?;
            (bytes, entries) = (0, 0);
        }
    }
    log.make_durable().and_then(|()| folder::sync_folder(path)).map_err(failed)?;
    if was_behind {
        journal.end_epoch().map_err(|failure| failed(failure.into()))?;
    }
    folder::raise_schema(path).map_err(failed)?;
    Ok(journal)
}

/// Makes a database beside the one in use and fills it; nothing counts before it is put in place.
pub fn build(
    folder: &Path,
    cache_capacity_bytes: u64,
    fill: impl FnOnce(&sled::Db) -> Result<(), OpenError>,
) -> Result<(), OpenError> {
    let path = folder::building(folder);
    let made = folder::make_private_folder(&path).and_then(|()| folder::write_schema(&path));
    made.map_err(|error| OpenError::from_io(folder, error))?;
    let log = open_sled(folder, &path, cache_capacity_bytes)?;
    let filled = quietly(AssertUnwindSafe(|| {
        let marked = log.db.insert(MARK, &SCHEMA.to_be_bytes());
        marked.map_err(|error| OpenError::from_sled(folder, error))?;
        fill(&log.db)?;
        log.make_durable().map_err(|error| OpenError::from_io(folder, error))
    }));
    log.close();
    filled.map_err(|panic| OpenError::damaged(folder, panic))??;
    let given = folder::give_to_owner_of(folder, &path);
    given.map_err(|error| OpenError::from_io(folder, error))
}

/// Closes a database after its last write, with nothing left to do at the next opening.
pub fn close_finished(database: Database) {
    let _ = quietly(AssertUnwindSafe(|| {
        // If not now, then at the next opening.
        durable::rest(&database).is_ok()
    }));
    close(database);
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

#[expect(clippy::disallowed_methods, reason = "a lock of sled's tells nobody when it is free")]
fn open_sled(folder: &Path, path: &Path, cache_capacity_bytes: u64) -> Result<Log, OpenError> {
    // sled takes what it reads for durable, and goes on from there; who wrote it may have been killed.
    match File::open(path.join("db")) {
        Ok(file) => file.sync_all().map_err(|error| OpenError::from_io(folder, error))?,
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(OpenError::from_io(folder, error)),
    }
    readable::check(path).map_err(|error| OpenError::from_io(folder, error))?;
    let config = sled::Config::new().path(path).cache_capacity(cache_capacity_bytes);
    let config = config.flush_every_ms(Some(CLEAN_EVERY_MS));
    let give_up = Instant::now() + LOCK_PATIENCE;
    let db = loop {
        // With its first write sled starts what threads it lacks.
        let opened = with_patient_threads(|| {
            quietly(AssertUnwindSafe(|| config.open().and_then(|db| db.flush().map(|_| db))))
        });
        match opened.map_err(|panic| OpenError::damaged(folder, panic))? {
            Ok(db) => break db,
            // The folder's lock is ours, so it is a thread of sled that has yet to let go, or a
            // child being started that has a copy of the file.
            Err(sled::Error::Io(error)) if is_lock(&error) && Instant::now() < give_up => {
                thread::sleep(Duration::from_millis(5));
            }
            // Another process, whose lock file was removed.
            Err(sled::Error::Io(_)) if folder::is_locked(&path.join("db")) => {
                return Err(OpenError::InUse { folder: folder.into() });
            }
            Err(error) => return Err(OpenError::from_sled(folder, error)),
        }
    };
    match File::options().read(true).write(true).open(path.join("db")) {
        Ok(file) => Ok(Log { db, file }),
        Err(error) => Err(OpenError::from_io(folder, error)),
    }
}

/// The threads that `open` starts take over how punctually this one wakes.
fn with_patient_threads<T>(open: impl FnOnce() -> T) -> T {
    #[cfg(target_os = "linux")]
    let slack = |nanoseconds| {
        // Refused, they wake as often as before.
        let _ = rustix::thread::set_current_timer_slack(std::num::NonZeroU64::new(nanoseconds));
    };
    #[cfg(not(target_os = "linux"))]
    let slack = |_| ();
    slack(SLACK_NANOSECONDS);
    let opened = open();
    // None is the usual one again.
    slack(0);
    opened
}

fn is_lock(error: &io::Error) -> bool {
    error.to_string().starts_with("could not acquire lock")
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; a panic becomes its message, and nothing is printed onto the kiosk's screen,
/// neither by this thread nor by sled's own.
pub fn quietly<T>(work: impl FnOnce() -> T + UnwindSafe) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let thread = thread::current();
            let of_sled = thread.name().is_some_and(|name| name.starts_with("sled-io-"));
            if !of_sled && !QUIET.get() {
                others(info);
            }
        }));
    });
    let before = QUIET.replace(true);
    let result = panic::catch_unwind(work);
    QUIET.set(before);
    result.map_err(|panic| message(&*panic))
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("panic: {}", text.unwrap_or("without a message"))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{MetadataExt as _, chown};

    use super::*;

    /// As when root changes the keys of a store that the kiosk's own user opens.
    #[test]
    fn what_is_built_belongs_to_whom_the_folder_belongs() {
        let folder = tempfile::tempdir().expect("a folder");
        let own = std::fs::metadata(folder.path()).expect("it is there").uid();
        let owner = if own == 0 { 12_345 } else { own };
        chown(folder.path(), Some(owner), None).expect("root may, and to oneself everybody");
        build(folder.path(), 1 << 20, |_| Ok(())).expect("a database");
        let built = folder::building(folder.path());
        let inside: Vec<_> = std::fs::read_dir(&built).expect("a folder").flatten().collect();
        assert!(inside.len() >= 3, "{inside:?}");
        let paths = inside.iter().map(|entry| entry.path()).chain([built]);
        for path in paths {
            assert_eq!(std::fs::metadata(&path).expect("it is there").uid(), owner, "{}", path.display());
        }
    }

    #[test]
    fn a_panic_becomes_its_message() {
        assert_eq!(quietly(|| 7), Ok(7));
        assert_eq!(quietly(|| panic!("torn")), Err::<(), _>("panic: torn".into()));
        assert_eq!(quietly(|| panic!("torn at {}", 3)), Err::<(), _>("panic: torn at 3".into()));
    }
}
