//! What was acknowledged and may not be in sled's log yet, and what the store holds with it. A group
//! of writes is durable when it is here: one append to a file that never grows, and one sync. sled is
//! handed the same writes, and makes them durable some hundred at a time; whatever a crash takes of
//! them is done again from here.
//!
//! ```text
//! first area    frames of one epoch, each in sectors of its own ([`super::sectors`])
//! second area   frames of the epoch before or after
//! frame         what the store holds after it, what it may hold as well, its writes (postcard)
//! ```
//! An epoch fills one area. When all of it is durable in sled, the next one begins in the other area,
//! so that a torn write never lies among frames that still count: those of the newest epoch, from its
//! first to the last that is whole. Doing all of them again changes nothing, for nothing was written
//! after them.
//!
//! A frame that was cut short lacks sectors, and nothing lies behind it. A sector that is not as it was
//! written, or a whole frame behind one that is not, is damage.

use std::cell::Cell;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::contents::Contents;
use super::failure::{StoreFailure, applying, syncing};
use super::folder;
use super::sectors::{self, AREA_SECTORS, FILE_BYTES, Layout, PAYLOAD_BYTES, SECTOR_BYTES, Stamp};
use crate::store::rules::Writes;

/// From this on an epoch should be made durable in sled, which writes over a segment (512 KiB) whose
/// records it moved, and where to has to be synced before. Its log takes more than the writes
/// themselves: with every tenth write to a page it writes the whole page, of 16 entries, and maybe
/// another one that it moves.
const FULL_BYTES: usize = 48 * 1024;
const FULL_WRITES: usize = 128;

/// Where it lies in a database's folder. Each schema that wrote it otherwise had another name for it, so
/// that an older program never finds one that it would write over.
pub fn path(database: &Path) -> PathBuf {
    database.join("journal3")
}

/// Where a program of schema 5 had it, which laid the copies of the sectors otherwise.
pub fn path_of_schema_5(database: &Path) -> PathBuf {
    database.join("journal2")
}

/// What the store holds after a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holds {
    pub now: Contents,
    /// What it may hold as well: a group that goes to sled alone is about to be written.
    pub soon: Option<Contents>,
}

impl From<Contents> for Holds {
    fn from(now: Contents) -> Self {
        Holds { now, soon: None }
    }
}

/// Where the next frame goes.
#[derive(Clone, Copy)]
struct NextFrame {
    /// From 1. Odd ones are in the second area.
    epoch: u64,
    number: u32,
    /// In sectors.
    used: usize,
    /// Of frames, in the epoch.
    bytes: usize,
    /// Of single entries, in the epoch.
    writes: usize,
    /// Something before it may not be durable in sled.
    behind: bool,
}

impl NextFrame {
    fn beginning(epoch: u64) -> Self {
        NextFrame { epoch, number: 0, used: 0, bytes: 0, writes: 0, behind: false }
    }
}

/// The first sector of an epoch's area.
fn area(epoch: u64) -> usize {
    if epoch % 2 == 1 { AREA_SECTORS } else { 0 }
}

/// A journal as it was found, before anything is written.
pub struct FoundJournal {
    /// What has to be done again, in order.
    pub behind: Vec<Writes>,
    /// What the store holds after that.
    pub holds: Holds,
    /// The newest epoch that has a whole frame.
    pub epoch: u64,
    /// How many sectors had rotted and were read from their other copy.
    pub mended: usize,
    /// All sectors, without those of a frame that was cut short.
    sectors: Vec<u8>,
    layout: Layout,
}

/// Reads the journal of a database, and changes nothing.
///
/// # Errors
/// When it can't be read, or is not what was written (`InvalidData`, `NotFound`).
pub fn read(database: &Path) -> io::Result<FoundJournal> {
    read_laid(&path(database), Layout::Neighbours)
}

/// The same for the journal of a database of schema 5.
///
/// # Errors
/// As above.
pub fn read_of_schema_5(database: &Path) -> io::Result<FoundJournal> {
    read_laid(&path_of_schema_5(database), Layout::Pages)
}

fn read_laid(path: &Path, layout: Layout) -> io::Result<FoundJournal> {
    let file = fs::read(path)?;
    if file.len() != FILE_BYTES {
        return Err(damaged("it has another length"));
    }
    let (mut sectors, mut mended) = (Vec::with_capacity(2 * AREA_SECTORS), 0);
    for place in 0..2 * AREA_SECTORS {
        let (sector, bad_copies) = sectors::read(&file, layout, place);
        sectors.push(sector.ok_or_else(|| damaged("a sector of it has rotted"))?);
        mended += bad_copies;
    }
    let stamps: Vec<Stamp> = sectors.iter().map(|sector| sector.stamp).collect();
    let newest = stamps.iter().map(|stamp| stamp.epoch).max().unwrap_or(0);
    let mut torn = None;
    let (epoch, frames) = match frames(&stamps, newest)? {
        // Its first frame was cut short, and the one before still counts.
        none if none.is_empty() => {
            torn = Some(newest);
            (newest.saturating_sub(1), self::frames(&stamps, newest.saturating_sub(1))?)
        }
        some => (newest, some),
    };
    let (mut behind, mut holds) = (Vec::new(), None);
    for frame in frames {
        let bytes = sectors[frame].iter().map(|sector| sector.payload).collect::<Vec<_>>().concat();
        let read = postcard::take_from_bytes::<(Holds, Writes)>(&bytes);
        let ((then, writes), _) = read.map_err(|_| damaged("a frame of it cannot be read"))?;
        holds = Some(then);
        behind.extend((!writes.is_empty()).then_some(writes));
    }
    let holds = holds.ok_or_else(|| damaged("there is no whole frame in it"))?;
    let kept =
        sectors.iter().enumerate().flat_map(|(place, sector)| match torn == Some(sector.stamp.epoch) {
            true => sectors::write(place, Stamp::default(), &[]).to_vec(),
            false => sector.bytes.to_vec(),
        });
    Ok(FoundJournal { behind, holds, epoch, mended, sectors: kept.collect(), layout })
}

fn damaged(why: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, format!("its journal: {why}"))
}

/// Where the whole frames of an epoch lie, from its first on.
fn frames(stamps: &[Stamp], epoch: u64) -> io::Result<Vec<std::ops::Range<usize>>> {
    let area = area(epoch)..area(epoch) + AREA_SECTORS;
    let (mut found, mut from) = (Vec::new(), area.start);
    for number in 0.. {
        let parts = stamps[area.clone()].get(from - area.start).map_or(0, |first| first.parts);
        let whole = parts > 0
            && (0..parts).all(|part| {
                stamps[..area.end].get(from + usize::from(part))
                    == Some(&Stamp { epoch, number, part, parts })
            });
        if !whole {
            let behind = |stamp: &&Stamp| stamp.epoch == epoch && stamp.number > number;
            return match stamps[area].iter().find(behind) {
                Some(_) => Err(damaged("a frame before another is not whole")),
                None => Ok(found),
            };
        }
        found.push(from..from + usize::from(parts));
        from += usize::from(parts);
    }
    Ok(found)
}

pub struct Journal {
    file: File,
    place: Cell<NextFrame>,
}

impl Journal {
    /// Makes the journal of a database that holds this and nothing more, durable.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn make(database: &Path, contents: Contents) -> io::Result<Self> {
        let frame = encode(contents.into(), &Writes::new())?;
        let blank = (0..2 * AREA_SECTORS).flat_map(|place| sectors::write(place, Stamp::default(), &[]));
        let file = make_file(database, &blank.collect::<Vec<u8>>())?;
        let journal = Journal { file, place: Cell::new(NextFrame::beginning(1)) };
        journal.append(0, &frame)?;
        name_file(database)?;
        journal.place.set(NextFrame { behind: false, ..journal.place.get() });
        Ok(journal)
    }

    /// Goes on with a journal as it was found. What has to be done again is durable when this
    /// returns; the journal counts on it being so in sled before the next append.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn go_on(database: &Path, found: &FoundJournal) -> io::Result<Self> {
        // What was read may be in memory alone, left by a process that was killed, or whose sync
        // failed. Nothing may be done by it that a power cut then leaves without its reason.
        let file = match found.layout {
            Layout::Neighbours => {
                let file = File::options().write(true).open(path(database))?;
                sectors::put(&file, 0, &found.sectors)?;
                file.sync_all()?;
                folder::sync_folder(database)?;
                file
            }
            Layout::Pages => {
                let file = make_file(database, &found.sectors)?;
                name_file(database)?;
                file
            }
        };
        Ok(Journal { file, place: Cell::new(NextFrame::beginning(found.epoch + 1)) })
    }

    /// Whether a frame so large goes into an epoch at all.
    pub fn has_room_for(frame: &[u8]) -> bool {
        sector_count(frame) <= AREA_SECTORS
    }

    /// Whether a frame so large goes into the rest of this epoch.
    pub fn has_room_left_for(&self, frame: &[u8]) -> bool {
        self.place.get().used + sector_count(frame) <= AREA_SECTORS
    }

    /// Whether anything may be here that is not durable in sled.
    pub fn is_behind(&self) -> bool {
        self.place.get().behind
    }

    /// Whether it is time to make the epoch durable in sled.
    pub fn is_full(&self) -> bool {
        is_full(self.place.get().bytes, self.place.get().writes)
    }

    /// Writes a frame of so many entries, and makes it durable. After an error of the latter nothing
    /// can be believed.
    pub fn append(&self, entries: usize, frame: &[u8]) -> Result<(), StoreFailure> {
        let place = self.place.get();
        let (at, parts) = (area(place.epoch) + place.used, sector_count(frame));
        let mut sectors = Vec::with_capacity(parts * SECTOR_BYTES);
        for (part, payload) in frame.chunks(PAYLOAD_BYTES).enumerate() {
            let (part_at, part) = (at + part, part as u16);
            let stamp = Stamp { epoch: place.epoch, number: place.number, part, parts: parts as u16 };
            sectors.extend(sectors::write(part_at, stamp, payload));
        }
        sectors::put(&self.file, at, &sectors).map_err(applying)?;
        self.file.sync_data().map_err(syncing)?;
        let (number, used) = (place.number + 1, place.used + parts);
        let (bytes, writes) = (place.bytes + frame.len(), place.writes + entries);
        self.place.set(NextFrame { epoch: place.epoch, number, used, bytes, writes, behind: true });
        Ok(())
    }

    /// Everything so far is durable in sled.
    pub fn turn(&self) {
        self.place.set(NextFrame::beginning(self.place.get().epoch + 1));
    }

    /// Says what the store holds, by a frame without writes. When nothing else is here that is not in
    /// sled, nothing is done again at the next opening, and nothing undone that sled is given alone.
    pub fn say(&self, holds: Holds) -> Result<(), StoreFailure> {
        let frame = encode(holds, &Writes::new())?;
        if !self.has_room_left_for(&frame) {
            self.turn();
        }
        self.append(0, &frame)?;
        self.place.set(NextFrame { behind: false, ..self.place.get() });
        Ok(())
    }

    /// The epoch of what was written last.
    pub fn epoch(&self) -> u64 {
        let NextFrame { epoch, used, .. } = self.place.get();
        if used == 0 { epoch - 1 } else { epoch }
    }
}

fn new_file(database: &Path) -> PathBuf {
    database.join("journal3.new")
}

/// Makes a journal of these sectors beside the one that counts.
fn make_file(database: &Path, sectors: &[u8]) -> io::Result<File> {
    let made = new_file(database);
    let file = File::options().create(true).truncate(true).write(true).mode(0o600).open(&made)?;
    sectors::put(&file, 0, sectors)?;
    file.sync_all()?;
    Ok(file)
}

/// Gives the one that was made its name: it is whole under that, or not there.
fn name_file(database: &Path) -> io::Result<()> {
    folder::give_to_owner_of(database, &new_file(database))?;
    fs::rename(new_file(database), path(database))?;
    folder::sync_folder(database)
}

/// Removes what a program of schema 5 had, if anything is left of it.
///
/// # Errors
/// When it can't be removed.
pub fn remove_of_schema_5(database: &Path) -> io::Result<()> {
    match fs::remove_file(path_of_schema_5(database)) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed.and_then(|()| folder::sync_folder(database)),
    }
}

/// Lays a database's journal as a program of schema 5 had it.
#[cfg(test)]
pub fn lay_as_schema_5(database: &Path) {
    let found = read(database).expect("a journal");
    fs::write(path_of_schema_5(database), sectors::laid_as_pages(&found.sectors)).expect("a file");
    fs::remove_file(path(database)).expect("it is there");
    fs::write(database.join("schema"), "5\n").expect("a file");
}

/// Whether sled's log should be made durable, after so many bytes of so many entries.
pub fn is_full(bytes: usize, writes: usize) -> bool {
    bytes >= FULL_BYTES || writes >= FULL_WRITES
}

/// The bytes of a frame. Its writes are read as [`Writes`].
pub fn encode(holds: Holds, writes: &impl Serialize) -> Result<Vec<u8>, StoreFailure> {
    postcard::to_stdvec(&(holds, writes)).map_err(applying)
}

fn sector_count(frame: &[u8]) -> usize {
    frame.len().div_ceil(PAYLOAD_BYTES)
}

#[cfg(test)]
#[path = "journal_tests.rs"]
mod tests;
