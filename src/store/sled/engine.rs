//! sled, opened without trusting it: it may panic on what a broken disk left behind, and then a kiosk
//! must say so, not die with the screen full of letters.

use std::any::Any;
use std::cell::Cell;
use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind};
use std::panic::{self, AssertUnwindSafe, UnwindSafe};
use std::path::Path;
use std::sync::Once;
use std::thread;
use std::time::{Duration, Instant};

use super::database::flush;
use super::open_error::OpenError;
use super::{folder as places, readable};

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
pub struct Log {
    pub db: sled::Db,
    pub file: File,
}

impl Log {
    pub fn make_durable(&self) -> io::Result<()> {
        flush(&self.db)?;
        self.file.sync_data()
    }

    /// Closing may panic too, after an error that sled remembers.
    pub fn close(self) {
        let _ = quietly(AssertUnwindSafe(move || drop(self)));
    }
}

/// Takes sled's own lock, as soon as its threads have let go of a database that was just closed.
#[expect(clippy::disallowed_methods, reason = "a lock of sled's tells nobody when it is free")]
pub fn lock_of_sled(folder: &Path, path: &Path) -> Result<File, OpenError> {
    let file = File::open(path.join("db")).map_err(|error| match error.kind() {
        ErrorKind::NotFound => OpenError::damaged(folder, "its log is missing"),
        _ => OpenError::from_io(folder, error),
    })?;
    let give_up = Instant::now() + LOCK_PATIENCE;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if Instant::now() < give_up => {
                thread::sleep(Duration::from_millis(5));
            }
            // Another process, whose lock file was removed.
            Err(TryLockError::WouldBlock) => return Err(OpenError::InUse { folder: folder.into() }),
            Err(TryLockError::Error(error)) => return Err(OpenError::from_io(folder, error)),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a lock of sled's tells nobody when it is free")]
pub fn open_sled(folder: &Path, path: &Path, cache_capacity_bytes: u64) -> Result<Log, OpenError> {
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
            Err(sled::Error::Io(_)) if places::is_locked(&path.join("db")) => {
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
    use super::*;

    #[test]
    fn a_panic_becomes_its_message() {
        assert_eq!(quietly(|| 7), Ok(7));
        assert_eq!(quietly(|| panic!("torn")), Err::<(), _>("panic: torn".into()));
        assert_eq!(quietly(|| panic!("torn at {}", 3)), Err::<(), _>("panic: torn at 3".into()));
    }
}
