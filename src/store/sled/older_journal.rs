//! The journal as schema 3 and 4 had it: read once more when such a store is first opened, and never
//! written again.
//!
//! ```text
//! first area    frame, frame, frame, …
//! second area   frame, frame, …
//! frame         epoch u64, number in the epoch u64, length u32, SHA-256 of these and the writes,
//!               the writes (postcard)
//! ```

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::folder;
use crate::store::rules::Writes;

const AREA_BYTES: usize = 256 * 1024;
const HEAD_BYTES: usize = 8 + 8 + 4;
const DIGEST_BYTES: usize = 32;
const BEFORE_WRITES: usize = HEAD_BYTES + DIGEST_BYTES;

/// Where it lies in a database's folder.
pub fn path(database: &Path) -> PathBuf {
    database.join("journal")
}

/// What has to be done again, in order. Schema 2 had no journal.
///
/// # Errors
/// When it can't be read, or what it says is none of ours.
pub fn read(database: &Path) -> io::Result<Vec<Writes>> {
    let Some(bytes) = bytes(database)? else { return Ok(Vec::new()) };
    if bytes.len() < 2 * AREA_BYTES {
        return match bytes.iter().any(|byte| *byte != 0) {
            true => Err(io::Error::new(ErrorKind::InvalidData, "the journal is cut off")),
            // No frame was ever written before it was whole.
            false => Ok(Vec::new()),
        };
    }
    let (first, second) = bytes.split_at(AREA_BYTES);
    let areas = [(epoch_of(first), first), (epoch_of(second), second)];
    let newest = areas.into_iter().max_by_key(|(epoch, _)| *epoch);
    newest.map_or(Ok(Vec::new()), |(epoch, area)| frames(area, epoch))
}

/// Makes what was read durable: it may be in memory alone, left by a process that was killed.
///
/// # Errors
/// When it can't be written.
pub fn make_durable(database: &Path) -> io::Result<()> {
    let Some(bytes) = bytes(database)? else { return Ok(()) };
    let file = File::options().write(true).open(path(database))?;
    file.write_all_at(&bytes, 0)?;
    file.sync_all()
}

/// Removes it, once the store has another.
///
/// # Errors
/// When it can't be removed.
pub fn remove(database: &Path) -> io::Result<()> {
    match fs::remove_file(path(database)) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed.and_then(|()| folder::sync_folder(database)),
    }
}

fn bytes(database: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path(database)) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        read => read.map(Some),
    }
}

fn digest(head: &[u8], writes: &[u8]) -> [u8; DIGEST_BYTES] {
    Sha256::new().chain_update(head).chain_update(writes).finalize().into()
}

/// A frame that is whole.
struct WholeFrame<'a> {
    epoch: u64,
    number: u64,
    writes: &'a [u8],
}

/// The frame at the beginning of these bytes, if there is a whole one.
fn whole(bytes: &[u8]) -> Option<WholeFrame<'_>> {
    let (head, rest) = bytes.split_first_chunk::<HEAD_BYTES>()?;
    let (said, rest) = rest.split_first_chunk::<DIGEST_BYTES>()?;
    let (epoch, after) = head.split_first_chunk::<8>()?;
    let (number, length) = after.split_first_chunk::<8>()?;
    let length = u32::from_be_bytes(*length.first_chunk()?);
    let writes = rest.get(..usize::try_from(length).ok()?)?;
    let (epoch, number) = (u64::from_be_bytes(*epoch), u64::from_be_bytes(*number));
    (epoch > 0 && digest(head, writes) == *said).then_some(WholeFrame { epoch, number, writes })
}

/// The epoch of an area: that of its first frame, or 0.
fn epoch_of(area: &[u8]) -> u64 {
    whole(area).filter(|frame| frame.number == 0).map_or(0, |frame| frame.epoch)
}

/// The writes of an area's whole frames, but for those that only end an epoch.
fn frames(area: &[u8], epoch: u64) -> io::Result<Vec<Writes>> {
    let (mut rest, mut found) = (area, Vec::new());
    for number in 0.. {
        let next = whole(rest).filter(|frame| (frame.epoch, frame.number) == (epoch, number));
        let Some(frame) = next else { break };
        let read: Writes = postcard::from_bytes(frame.writes)
            .map_err(|error| io::Error::new(ErrorKind::InvalidData, error))?;
        found.extend((!read.is_empty()).then_some(read));
        rest = &rest[BEFORE_WRITES + frame.writes.len()..];
    }
    Ok(found)
}

/// The file as a program of that time wrote it.
#[cfg(test)]
pub fn with_one_frame(writes: &Writes) -> Vec<u8> {
    let mut bytes = frame(1, 0, writes);
    bytes.resize(2 * AREA_BYTES, 0);
    bytes
}

#[cfg(test)]
fn frame(epoch: u64, number: u64, writes: &Writes) -> Vec<u8> {
    let writes = postcard::to_stdvec(writes).expect("it can be written");
    let length = (writes.len() as u32).to_be_bytes();
    let head = [&epoch.to_be_bytes()[..], &number.to_be_bytes(), &length].concat();
    [&head[..], &digest(&head, &writes), &writes].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writes(value: u8) -> Writes {
        [(vec![2; 17], Some(vec![value; 100])), (vec![3; 17], None)].into()
    }

    #[test]
    fn the_newest_epoch_is_done_again() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path()).unwrap(), [], "schema 2");
        let mut bytes = vec![0; 2 * AREA_BYTES];
        fs::write(path(folder.path()), &bytes[..7000]).unwrap();
        assert_eq!(read(folder.path()).unwrap(), [], "it was never whole");
        let first = [frame(7, 0, &writes(1)), frame(7, 1, &writes(2))].concat();
        bytes[..first.len()].copy_from_slice(&first);
        let second = [frame(8, 0, &writes(3)), frame(8, 1, &Writes::new()), frame(8, 2, &writes(4))].concat();
        bytes[AREA_BYTES..AREA_BYTES + second.len()].copy_from_slice(&second);
        fs::write(path(folder.path()), &bytes).unwrap();
        assert_eq!(read(folder.path()).unwrap(), [writes(3), writes(4)]);
        make_durable(folder.path()).unwrap();
        assert_eq!(fs::read(path(folder.path())).unwrap(), bytes);
        fs::write(path(folder.path()), &bytes[..AREA_BYTES]).unwrap();
        assert_eq!(read(folder.path()).unwrap_err().kind(), ErrorKind::InvalidData);
        remove(folder.path()).unwrap();
        remove(folder.path()).unwrap();
    }
}
