//! The store's folder: whose it is, which database in it counts, and the ballast.
//!
//! ```text
//! lock             held by the one process that has the store open
//! ballast          space to give back when the disk is full
//! sled/            the database, with the number of its schema in the file `schema`, its journal, and
//!                  from each end to the next beginning a seal
//! sled.building/   being made; worthless until it is renamed
//! sled.ready/      complete and durable, about to take the place of `sled`
//! sled.compacted/  replaced by a smaller one, about to be removed
//! sled.*-<time>/   moved aside for people to look at, never removed from here
//! ```
//! A database is only ever put in place whole, by renaming: neither a crash nor a power cut can
//! leave half a one under the name `sled`.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt as _, OpenOptionsExt, lchown};
use std::path::{Path, PathBuf};

use super::open_error::OpenError;
use crate::clock;

/// How records lie in the tree, and what lies beside it. Raised when an older program could not read
/// them: 1 had accounts under ids of their own, 2 had no journal, 3 counted versions up and sealed
/// records without them, 4 did not know what it should hold, nor say where it stands, 5 laid its journal
/// otherwise; all are read still.
pub const SCHEMA: u32 = 6;

/// From this schema on a database knows what it should hold.
pub const KNOWS_CONTENTS: u32 = 5;

/// Where sled puts what is too large for its log.
pub const BLOBS: &str = "blobs";

/// The database inside the store's folder.
pub fn database(folder: &Path) -> PathBuf {
    folder.join("sled")
}

pub fn building(folder: &Path) -> PathBuf {
    folder.join("sled.building")
}

pub fn compacted(folder: &Path) -> PathBuf {
    folder.join("sled.compacted")
}

fn ready(folder: &Path) -> PathBuf {
    folder.join("sled.ready")
}

fn ballast(folder: &Path) -> PathBuf {
    folder.join("ballast")
}

/// Makes what a folder lists durable.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Whether there is a folder of this name. A system that doesn't say is no answer: what looks away for
/// a moment is not gone.
pub fn is_there(folder: &Path) -> io::Result<bool> {
    match fs::metadata(folder) {
        Ok(found) => Ok(found.is_dir()),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Makes a folder (0700) where there is none, and its name durable.
pub fn make_private_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => sync_folder(parent),
        _ => sync_folder(Path::new(".")),
    }
}

/// The folder is this process's until this is dropped. The file of the lock can be removed by anybody
/// who tidies up; the folder itself can't, while it is used, so that is locked as well.
pub struct Lock {
    file: File,
    folder: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone would not do: a child that is just being started has a copy of the file
        // for a moment. If this fails, closing has to do.
        let _ = self.folder.unlock();
        let _ = self.file.unlock();
    }
}

/// Takes the folder for this process.
pub fn lock(folder: &Path) -> Result<Lock, OpenError> {
    let failed = |error| OpenError::from_io(folder, error);
    let path = folder.join("lock");
    let file = File::options().create(true).append(true).mode(0o600).open(path).map_err(failed)?;
    let itself = File::open(folder).map_err(failed)?;
    match (file.try_lock(), itself.try_lock()) {
        (Err(TryLockError::WouldBlock), _) | (_, Err(TryLockError::WouldBlock)) => {
            Err(OpenError::InUse { folder: folder.into() })
        }
        (Err(TryLockError::Error(error)), _) => Err(failed(error)),
        // Some network file systems lock no folder; the file, and sled's own lock, are left.
        (Ok(()), Ok(()) | Err(TryLockError::Error(_))) => Ok(Lock { file, folder: itself }),
    }
}

/// Whether another process has the folder; makes nothing.
pub fn is_in_use(folder: &Path) -> bool {
    is_locked(&folder.join("lock")) || is_locked(folder)
}

/// Whether somebody holds a lock on a file or folder.
pub fn is_locked(path: &Path) -> bool {
    File::open(path).is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}

/// Whether there is a database in the folder, or one that is about to take its place. If the system
/// doesn't say, there is: nothing may be done that only an empty place allows.
pub fn holds_store(folder: &Path) -> bool {
    is_there(&database(folder)).unwrap_or(true) || is_there(&ready(folder)).unwrap_or(true)
}

/// The newest database that was moved aside because it was damaged.
pub fn moved_aside(folder: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(folder).ok()?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    // The names hold the time.
    names.filter(|name| name.starts_with("sled.aside-")).max().map(|name| folder.join(name))
}

/// Finishes or undoes what an earlier process was doing with whole databases.
pub fn settle(folder: &Path) -> io::Result<()> {
    let (database, ready) = (database(folder), ready(folder));
    remove_folder(&building(folder))?;
    if is_there(&ready)? {
        if is_there(&database)? {
            // Nobody was told that the new one counts.
            remove_folder(&ready)?;
        } else {
            fs::rename(&ready, &database)?;
        }
    }
    if is_there(&database)? {
        remove_folder(&compacted(folder))?;
    }
    sync_folder(folder)
}

/// sled takes a snapshot that it had not finished writing for a good one, and then cannot open.
pub fn remove_torn_snapshots(database: &Path) -> io::Result<()> {
    for entry in fs::read_dir(database)? {
        let entry = entry?;
        if is_torn_snapshot(&entry.file_name().to_string_lossy()) {
            fs::remove_file(entry.path())?;
        }
    }
    sync_folder(database)
}

fn is_torn_snapshot(name: &str) -> bool {
    name.starts_with("snap.") && name.ends_with(".generating")
}

/// The files of a database that are sled's own, by their path within it.
pub fn files_of_sled(database: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(database)? {
        let name = entry?.file_name();
        let text = name.to_string_lossy();
        if ["db", "conf"].contains(&&*text) || text.starts_with("snap.") && !is_torn_snapshot(&text) {
            files.push(name.into());
        }
    }
    match fs::read_dir(database.join(BLOBS)) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        blobs => {
            for entry in blobs? {
                files.push(Path::new(BLOBS).join(entry?.file_name()));
            }
        }
    }
    Ok(files)
}

fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Makes all files of the database that was just built durable; sled does not care for its own
/// configuration file, nor for the names of its files.
pub fn sync_database(database: &Path) -> io::Result<()> {
    for entry in fs::read_dir(database)? {
        File::open(entry?.path())?.sync_all()?;
    }
    sync_folder(database)
}

/// Puts the database that was built in place. The one before it, if any, is renamed to `old`.
pub fn put_in_place(folder: &Path, old: &Path) -> io::Result<()> {
    let (database, ready) = (database(folder), ready(folder));
    sync_database(&building(folder))?;
    remove_folder(&ready)?;
    fs::rename(building(folder), &ready)?;
    sync_folder(folder)?;
    if is_there(&database)? {
        fs::rename(&database, old)?;
        sync_folder(folder)?;
    }
    fs::rename(&ready, &database)?;
    sync_folder(folder)
}

/// Removes a database that was not finished.
pub fn remove_building(folder: &Path) -> io::Result<()> {
    remove_folder(&building(folder))
}

pub fn write_schema(database: &Path) -> io::Result<()> {
    fs::write(database.join("schema"), format!("{SCHEMA}\n"))
}

/// Gives what lies here to whom the store's folder belongs: root may have made it, and the kiosk's
/// own user opens it next.
pub fn give_to_owner_of(folder: &Path, made: &Path) -> io::Result<()> {
    let (owner, found) = (fs::metadata(folder)?, fs::symlink_metadata(made)?);
    if found.is_dir() {
        for entry in fs::read_dir(made)? {
            give_to_owner_of(folder, &entry?.path())?;
        }
    }
    match found.uid() == owner.uid() {
        true => Ok(()),
        false => lchown(made, Some(owner.uid()), Some(owner.gid())),
    }
}

/// Says of an older database that from now on this program writes it.
pub fn raise_schema(database: &Path) -> io::Result<()> {
    if read_schema(database)? == SCHEMA {
        return Ok(());
    }
    let raised = database.join("schema.new");
    fs::write(&raised, format!("{SCHEMA}\n"))?;
    File::open(&raised)?.sync_all()?;
    give_to_owner_of(database, &raised)?;
    fs::rename(&raised, database.join("schema"))?;
    sync_folder(database)
}

/// The schema of a database. It stands in a file of its own, so that a newer one is refused
/// before sled touches anything.
pub fn read_schema(database: &Path) -> io::Result<u32> {
    let text = fs::read_to_string(database.join("schema"))?;
    text.trim().parse().map_err(|_| io::Error::new(ErrorKind::InvalidData, "no schema number"))
}

/// A name for what is moved aside at a time, in milliseconds since 1970.
pub fn aside(folder: &Path, why: &str, now_ms: u64) -> PathBuf {
    let stamp = clock::stamp(now_ms);
    let first = folder.join(format!("sled.{why}-{stamp}"));
    let others = (2u32..).map(|n| folder.join(format!("sled.{why}-{stamp}-{n}")));
    let mut names = std::iter::once(first).chain(others);
    names.find(|name| !name.exists()).expect("there are more numbers than folders")
}

/// Reserves the ballast, unless it is there already or the disk is short of space without it.
pub fn make_ballast(folder: &Path, bytes: u64) -> io::Result<()> {
    let path = ballast(folder);
    if bytes == 0 || path.exists() || free_bytes(folder)?.0 < bytes.saturating_mul(2) {
        return Ok(());
    }
    let file = File::options().create_new(true).write(true).mode(0o600).open(&path)?;
    let made = match rustix::fs::fallocate(&file, rustix::fs::FallocateFlags::empty(), 0, bytes) {
        Err(rustix::io::Errno::OPNOTSUPP) => fill(file, bytes),
        other => other.map_err(Into::into),
    };
    if made.is_err() {
        fs::remove_file(&path)?;
    }
    made
}

/// Writes what cannot be reserved; not zeroes, which some file systems keep as a hole.
fn fill(mut file: File, bytes: u64) -> io::Result<()> {
    let block = [0x5a; 64 * 1024];
    let mut left = bytes;
    while left > 0 {
        let count = left.min(block.len() as u64);
        file.write_all(&block[..usize::try_from(count).unwrap_or(block.len())])?;
        left -= count;
    }
    Ok(())
}

/// What the ballast holds; 0 where there is none.
pub fn ballast_bytes(folder: &Path) -> u64 {
    fs::metadata(ballast(folder)).map_or(0, |file| file.len())
}

/// Gives the ballast's space back to a full disk, so that the store can be opened and tidied.
/// Works while the store is open or cannot be opened; without a ballast it does nothing.
pub fn release_ballast(folder: &Path) -> io::Result<()> {
    match fs::remove_file(ballast(folder)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Free bytes for us, and the free part of the disk in percent.
pub fn free_bytes(folder: &Path) -> io::Result<(u64, u8)> {
    let disk = rustix::fs::statvfs(folder)?;
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    let percent = disk.f_bavail.saturating_mul(100) / disk.f_blocks.max(1);
    Ok((free, u8::try_from(percent).unwrap_or(100)))
}
