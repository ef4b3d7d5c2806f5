//! What was acknowledged and may not be in sled's log yet. A group of writes is durable when it is
//! here: one append to a file that never grows, and one sync. sled is handed the same writes, and
//! makes them durable some hundred at a time; whatever a crash takes of them is done again from here.
//!
//! ```text
//! first area    frame, frame, frame, …
//! second area   frame, frame, …
//! frame         epoch u64, number in the epoch u64, length u32, SHA-256 of these and the writes,
//!               the writes (postcard)
//! ```
//! An epoch fills one area. When all of it is durable in sled, the next one begins in the other area,
//! so that a torn write never lies among frames that still count: those of the newest epoch, from its
//! first frame to the first that is not whole. Doing all of them again changes nothing, for nothing
//! was written after them.

use std::cell::Cell;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read as _};
use std::os::unix::fs::{FileExt as _, OpenOptionsExt as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::failure::{Failure, applying, syncing};
use super::folder;
use crate::store::rules::Writes;

/// What an epoch has room for.
const AREA_BYTES: usize = 256 * 1024;

/// From this on an epoch should be made durable in sled, which writes over a segment (512 KiB) whose
/// records it moved, and where to has to be synced before. Its log takes more than the writes
/// themselves: with every tenth write to a page it writes the whole page, of 16 entries, and maybe
/// another one that it moves.
const FULL_BYTES: usize = 48 * 1024;
const FULL_WRITES: usize = 128;

const HEAD_BYTES: usize = 8 + 8 + 4;
const DIGEST_BYTES: usize = 32;
const BEFORE_WRITES: usize = HEAD_BYTES + DIGEST_BYTES;

/// Where the next frame goes.
#[derive(Clone, Copy)]
struct Place {
    /// From 1: a file of zeros has none.
    epoch: u64,
    second_area: bool,
    number: u64,
    used: usize,
    /// Of single entries, in the epoch.
    writes: usize,
    /// Something before it may not be durable in sled.
    behind: bool,
}

impl Place {
    /// The beginning of the next epoch, in the other area.
    fn next_epoch(self) -> Self {
        let (epoch, second_area) = (self.epoch + 1, !self.second_area);
        Place { epoch, second_area, number: 0, used: 0, writes: 0, behind: false }
    }

    fn offset(self) -> u64 {
        (usize::from(self.second_area) * AREA_BYTES + self.used) as u64
    }
}

pub struct Journal {
    file: File,
    place: Cell<Place>,
}

impl Journal {
    /// Opens the journal of this database, or makes an empty one. What has to be done again comes
    /// with it, in order; the journal counts on that being durable before the next append.
    ///
    /// # Errors
    /// When it can't be read or made, or what it says is none of ours.
    pub fn open(database: &Path) -> io::Result<(Self, Vec<Writes>)> {
        let path = database.join("journal");
        let mut options = OpenOptions::new();
        let mut file = options.read(true).write(true).create(true).truncate(false).mode(0o600).open(&path)?;
        let mut bytes = Vec::with_capacity(2 * AREA_BYTES);
        file.read_to_end(&mut bytes)?;
        if bytes.len() < 2 * AREA_BYTES {
            if bytes.iter().any(|byte| *byte != 0) {
                return Err(io::Error::new(ErrorKind::InvalidData, "the journal is cut off"));
            }
            // Whole before it is used: no frame is ever written beyond the end.
            bytes = vec![0; 2 * AREA_BYTES];
        }
        // What was read may be in memory alone, left by a process that was killed, or whose sync
        // failed. Nothing may be done by it that a power cut then leaves without its reason.
        file.write_all_at(&bytes, 0)?;
        folder::give_to_owner_of(database, &path)?;
        file.sync_all()?;
        folder::sync_folder(database)?;
        let (first, second) = bytes.split_at(AREA_BYTES);
        let areas = [(epoch_of(first), first, false), (epoch_of(second), second, true)];
        let newest = areas.into_iter().max_by_key(|(epoch, ..)| *epoch);
        let (epoch, area, second_area) = newest.unwrap_or((0, &[], false));
        let place = Place { epoch, second_area, number: 0, used: 0, writes: 0, behind: false }.next_epoch();
        Ok((Journal { file, place: Cell::new(place) }, frames(area, epoch)?))
    }

    /// Whether a group so large goes into an epoch at all.
    pub fn has_room_for(writes: &[u8]) -> bool {
        BEFORE_WRITES + writes.len() <= AREA_BYTES
    }

    /// Whether a group so large goes into the rest of this epoch.
    pub fn has_room_left_for(&self, writes: &[u8]) -> bool {
        self.place.get().used + BEFORE_WRITES + writes.len() <= AREA_BYTES
    }

    /// Whether anything may be here that is not durable in sled.
    pub fn is_behind(&self) -> bool {
        self.place.get().behind
    }

    /// Whether it is time to make the epoch durable in sled.
    pub fn is_full(&self) -> bool {
        is_full(self.place.get().used, self.place.get().writes)
    }

    /// Writes a frame of so many entries, and makes it durable. After an error of the latter nothing
    /// can be believed.
    pub fn append(&self, entries: usize, writes: &[u8]) -> Result<(), Failure> {
        let place = self.place.get();
        let frame = frame(place.epoch, place.number, writes);
        self.file.write_all_at(&frame, place.offset()).map_err(applying)?;
        self.file.sync_data().map_err(syncing)?;
        let (number, used) = (place.number + 1, place.used + frame.len());
        let writes = place.writes + entries;
        self.place.set(Place { number, used, writes, behind: true, ..place });
        Ok(())
    }

    /// Everything so far is durable in sled.
    pub fn turn(&self) {
        self.place.set(self.place.get().next_epoch());
    }

    /// After [`Journal::turn`] says so in the file as well, by a frame without writes: nothing is
    /// done again at the next opening, and nothing undone that sled is given alone.
    pub fn end_epoch(&self) -> Result<(), Failure> {
        if self.place.get().used > 0 {
            return Ok(());
        }
        self.append(0, &encode(&Writes::new())?)?;
        self.place.set(Place { behind: false, ..self.place.get() });
        Ok(())
    }
}

/// Whether sled's log should be made durable, after so many bytes of so many entries.
pub fn is_full(bytes: usize, writes: usize) -> bool {
    bytes >= FULL_BYTES || writes >= FULL_WRITES
}

/// The writes as they stand in a frame.
pub fn encode(writes: &Writes) -> Result<Vec<u8>, Failure> {
    postcard::to_stdvec(writes).map_err(applying)
}

fn frame(epoch: u64, number: u64, writes: &[u8]) -> Vec<u8> {
    let mut frame = Vec::with_capacity(BEFORE_WRITES + writes.len());
    frame.extend(epoch.to_be_bytes());
    frame.extend(number.to_be_bytes());
    frame.extend((writes.len() as u32).to_be_bytes());
    let digest = digest(&frame, writes);
    frame.extend(digest);
    frame.extend(writes);
    frame
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

#[cfg(test)]
mod tests {
    use super::*;

    fn writes(value: u8, length: usize) -> Writes {
        [(vec![2; 17], Some(vec![value; length])), (vec![3; 17], None)].into()
    }

    fn append(journal: &Journal, value: u8, length: usize) {
        let frame = encode(&writes(value, length)).unwrap_or_else(|_| panic!("it can be written"));
        assert!(journal.has_room_left_for(&frame));
        assert!(journal.append(2, &frame).is_ok());
    }

    /// What is to be done again, by the value and length that it writes.
    fn behind(folder: &Path) -> Vec<(u8, usize)> {
        let (_, behind) = Journal::open(folder).unwrap();
        let value = |writes: Writes| {
            writes[[2; 17].as_slice()].clone().map_or((0, 0), |value| (value[0], value.len()))
        };
        behind.into_iter().map(value).collect()
    }

    fn bytes(folder: &Path) -> Vec<u8> {
        std::fs::read(folder.join("journal")).unwrap()
    }

    #[test]
    fn the_newest_epoch_is_done_again_until_it_is_ended() {
        let folder = tempfile::tempdir().unwrap();
        let (journal, nothing) = Journal::open(folder.path()).unwrap();
        assert!(nothing.is_empty() && !journal.is_behind());
        (1..=3).for_each(|value| append(&journal, value, 100));
        assert_eq!(behind(folder.path()), [(1, 100), (2, 100), (3, 100)]);
        journal.turn();
        assert_eq!(behind(folder.path()).len(), 3, "the next epoch has not begun");
        append(&journal, 4, 200);
        assert_eq!(behind(folder.path()), [(4, 200)]);
        journal.turn();
        assert!(journal.end_epoch().is_ok() && !journal.is_behind());
        assert_eq!(behind(folder.path()), []);
        // After the frame without writes it goes on in the same epoch.
        append(&journal, 5, 300);
        assert!(journal.is_behind());
        assert_eq!(behind(folder.path()), [(5, 300)]);
        assert_eq!(bytes(folder.path()).len(), 2 * AREA_BYTES);
    }

    #[test]
    fn an_epoch_is_full_before_its_area_is() {
        let folder = tempfile::tempdir().unwrap();
        let (journal, _) = Journal::open(folder.path()).unwrap();
        let mut count = 0;
        while !journal.is_full() {
            count += 1;
            append(&journal, 1, 4000);
        }
        assert_eq!(count, FULL_BYTES.div_ceil(4000 + BEFORE_WRITES + 40));
        assert!(journal.has_room_left_for(&vec![0; 200 * 1024]));
        assert!(!journal.has_room_left_for(&vec![0; 210 * 1024]));
        assert!(Journal::has_room_for(&vec![0; 200 * 1024]) && !Journal::has_room_for(&vec![0; AREA_BYTES]));
        assert_eq!(behind(folder.path()).len(), count);
    }

    /// Whatever part of a frame a power cut lets through, it is there whole or not at all, and what
    /// counted before it still does: that of its own epoch, or if it is the first, the one before.
    #[test]
    fn a_torn_frame_takes_nothing_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let (journal, _) = Journal::open(folder.path()).unwrap();
        let mut counted: Vec<(u8, usize)> = vec![];
        let mut length = 100;
        for value in 1..30 {
            if value % 7 == 0 {
                journal.turn();
            }
            let begins = value % 7 == 0;
            let before = bytes(folder.path());
            length = length * 7 % 2999 + 1;
            append(&journal, value, length);
            let after = bytes(folder.path());
            let all = if begins {
                vec![(value, length)]
            } else {
                [counted.clone(), vec![(value, length)]].concat()
            };
            for kept in (0..64_u64).step_by(5) {
                // Blocks of 512 bytes, each of which survived or did not.
                let torn = before.chunks(512).zip(after.chunks(512)).enumerate();
                let torn =
                    torn.flat_map(|(at, (old, new))| if kept >> (at % 6) & 1 == 1 { new } else { old });
                std::fs::write(folder.path().join("journal"), torn.copied().collect::<Vec<u8>>()).unwrap();
                let found = behind(folder.path());
                assert!(found == counted || found == all, "{value}, {kept:b}: {found:?} of {counted:?}");
            }
            std::fs::write(folder.path().join("journal"), after).unwrap();
            counted = all;
        }
    }

    #[test]
    fn a_journal_that_was_cut_off_is_no_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        append(&Journal::open(folder.path()).unwrap().0, 1, 100);
        let whole = bytes(folder.path());
        std::fs::write(folder.path().join("journal"), &whole[..AREA_BYTES]).unwrap();
        assert_eq!(
            Journal::open(folder.path()).err().map(|error| error.kind()),
            Some(ErrorKind::InvalidData)
        );
        // One that was never whole holds nothing.
        std::fs::write(folder.path().join("journal"), vec![0; 7000]).unwrap();
        assert_eq!(behind(folder.path()), []);
    }
}
