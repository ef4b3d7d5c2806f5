//! Reads what sled is about to read. sled takes a segment that it can't read for the torn end of its
//! log, and writes zeros over what comes after it (0.34.7): one bad sector would cost everything that
//! was saved later. What was read here once, sled gets from the system's memory.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::os::unix::fs::FileExt as _;
use std::path::Path;

/// sled's own, as it is set by default.
const SEGMENT_BYTES: u64 = 512 * 1024;
/// At the beginning of a segment: a checksum, and where in the log it stands, little-endian.
const LSN_AT: usize = 4;
const HEADER_BYTES: usize = 20;
/// sled keeps the number of a segment under this mask, so that zeros are none.
const LSN_MASK: u64 = 0x7fff_ffff_ffff_ffff;
const SNAPSHOT: &str = "snap.";

/// Reads each small file of a database, and of its log the head of every segment and all of those that
/// the newest snapshot doesn't cover, which sled goes through at opening.
///
/// # Errors
/// What the system says. It is never damage: what is there was not seen.
pub fn check(database: &Path) -> io::Result<()> {
    let mut covered = 0;
    for entry in fs::read_dir(database)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name == "db" || !entry.file_type()?.is_file() {
            continue;
        }
        match File::open(entry.path()).and_then(|mut file| io::copy(&mut file, &mut io::sink())) {
            // sled's own thread may be removing an older snapshot.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            other => _ = other?,
        }
        let lsn = name.strip_prefix(SNAPSHOT).and_then(|digits| u64::from_str_radix(digits, 16).ok());
        covered = covered.max(lsn.unwrap_or(0));
    }
    match File::open(database.join("db")) {
        Ok(log) => check_log(&log, covered),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// The same for a database that nobody can open: all of its log.
///
/// # Errors
/// What the system says.
pub fn check_all(database: &Path) -> io::Result<()> {
    check(database)?;
    match File::open(database.join("db")) {
        Ok(mut log) => io::copy(&mut log, &mut io::sink()).map(|_| ()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

fn check_log(log: &File, covered: u64) -> io::Result<()> {
    let length = log.metadata()?.len();
    let mut segment = Vec::new();
    for at in (0..length).step_by(usize::try_from(SEGMENT_BYTES).unwrap_or(usize::MAX)) {
        let mut header = [0; HEADER_BYTES];
        match log.read_exact_at(&mut header, at) {
            // Too short to be a segment: sled doesn't look at it.
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => continue,
            other => other?,
        }
        if is_open(&header, covered) {
            segment.resize(usize::try_from(SEGMENT_BYTES.min(length - at)).unwrap_or(usize::MAX), 0);
            log.read_exact_at(&mut segment, at)?;
        }
    }
    Ok(())
}

/// Whether sled reads all of a segment: the snapshot ends in it, or before.
fn is_open(header: &[u8; HEADER_BYTES], covered: u64) -> bool {
    let lsn = header[LSN_AT..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes) ^ LSN_MASK);
    lsn >= covered / SEGMENT_BYTES * SEGMENT_BYTES
}
