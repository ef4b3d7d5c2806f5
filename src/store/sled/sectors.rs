//! The journal's file, sector by sector. A disk writes a sector whole or not at all, so each carries
//! a checksum, and one that doesn't match was not torn but has rotted. Each is there twice; one good copy
//! is enough. Both lie in the same page of memory, for what a sync costs are pages: a flipped bit is
//! mended, and a page that is lost whole is told.
//!
//! ```text
//! file     first area, second area: 512 sectors each, and after each sector its copy
//! sector   XXH3-128 of its place and of all that follows, epoch u64, number of the frame u32,
//!          part of it u16, of so many parts u16; then 480 bytes of the frame
//! ```

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;

use twox_hash::XxHash3_128;

pub const SECTOR_BYTES: usize = 512;
const HASH_BYTES: usize = 16;
const HEAD_BYTES: usize = HASH_BYTES + 8 + 4 + 2 + 2;
/// What one sector holds of a frame.
pub const PAYLOAD_BYTES: usize = SECTOR_BYTES - HEAD_BYTES;

/// As they are written, and as a program of schema 5 wrote them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Each sector, then its copy.
    Neighbours,
    /// Eight sectors, then their copies.
    Pages,
}

const PAGE_SECTORS: usize = 8;
const PAGE_BYTES: usize = PAGE_SECTORS * SECTOR_BYTES;
/// How many sectors an epoch has room for.
pub const AREA_SECTORS: usize = 512;
/// Both areas, each sector twice.
pub const FILE_BYTES: usize = 2 * 2 * AREA_SECTORS * SECTOR_BYTES;

/// Which part of which frame a sector holds. By default of none, as before its first use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// From 1.
    pub epoch: u64,
    /// In the epoch, from 0.
    pub number: u32,
    /// In the frame, from 0.
    pub part: u16,
    pub parts: u16,
}

/// A sector that is as it was written.
#[derive(Clone, Copy)]
pub struct Sector<'a> {
    pub stamp: Stamp,
    pub payload: &'a [u8],
    /// All of it, as it lies in the file.
    pub bytes: &'a [u8],
}

/// A sector for this place, counted through both areas.
pub fn write(place: usize, stamp: Stamp, payload: &[u8]) -> [u8; SECTOR_BYTES] {
    let mut sector = [0; SECTOR_BYTES];
    sector[16..24].copy_from_slice(&stamp.epoch.to_be_bytes());
    sector[24..28].copy_from_slice(&stamp.number.to_be_bytes());
    sector[28..30].copy_from_slice(&stamp.part.to_be_bytes());
    sector[30..32].copy_from_slice(&stamp.parts.to_be_bytes());
    sector[HEAD_BYTES..HEAD_BYTES + payload.len()].copy_from_slice(payload);
    let hash = hash(place, &sector);
    sector[..HASH_BYTES].copy_from_slice(&hash);
    sector
}

fn hash(place: usize, sector: &[u8]) -> [u8; HASH_BYTES] {
    XxHash3_128::oneshot_with_seed(place as u64, &sector[HASH_BYTES..]).to_be_bytes()
}

/// The sector at a place of the file, from the newer of its copies that are whole, and how many of
/// them are not. `None` if neither is.
pub fn read(file: &[u8], layout: Layout, place: usize) -> (Option<Sector<'_>>, usize) {
    let copies = [0, 1].map(|copy| whole(file, layout, place, copy));
    let newer = copies.into_iter().flatten().max_by_key(|sector| sector.stamp);
    (newer, copies.iter().filter(|copy| copy.is_none()).count())
}

fn whole(file: &[u8], layout: Layout, place: usize, copy: usize) -> Option<Sector<'_>> {
    let sector = file.get(offset(layout, place, copy)..)?.get(..SECTOR_BYTES)?;
    let (head, payload) = sector.split_at(HEAD_BYTES);
    let stamp = Stamp {
        epoch: u64::from_be_bytes(*head[16..].first_chunk()?),
        number: u32::from_be_bytes(*head[24..].first_chunk()?),
        part: u16::from_be_bytes(*head[28..].first_chunk()?),
        parts: u16::from_be_bytes(*head[30..].first_chunk()?),
    };
    (hash(place, sector) == head[..HASH_BYTES]).then_some(Sector { stamp, payload, bytes: sector })
}

/// Where a copy of a sector begins in the file.
fn offset(layout: Layout, place: usize, copy: usize) -> usize {
    match layout {
        Layout::Neighbours => (place * 2 + copy) * SECTOR_BYTES,
        Layout::Pages => (place / PAGE_SECTORS * 2 + copy) * PAGE_BYTES + place % PAGE_SECTORS * SECTOR_BYTES,
    }
}

/// Writes sectors that follow each other, both copies. Nothing is durable yet.
pub fn put(file: &File, place: usize, sectors: &[u8]) -> io::Result<()> {
    let mut twice = Vec::with_capacity(2 * sectors.len());
    for sector in sectors.chunks(SECTOR_BYTES) {
        twice.extend_from_slice(sector);
        twice.extend_from_slice(sector);
    }
    file.write_all_at(&twice, offset(Layout::Neighbours, place, 0) as u64)
}

/// The file as a program of schema 5 wrote it.
#[cfg(test)]
pub fn laid_as_pages(sectors: &[u8]) -> Vec<u8> {
    sectors.chunks(PAGE_BYTES).flat_map(|page| [page, page].concat()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEIGHBOURS: Layout = Layout::Neighbours;

    #[test]
    fn every_place_is_written_twice_and_read_back() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let places = 2 * AREA_SECTORS;
        let stamp = |place: usize| Stamp { epoch: 7, number: place as u32, part: 1, parts: 3 };
        let all: Vec<u8> = (0..places).flat_map(|place| write(place, stamp(place), &[place as u8])).collect();
        put(file.as_file(), 0, &all[..5 * SECTOR_BYTES]).unwrap();
        put(file.as_file(), 5, &all[5 * SECTOR_BYTES..]).unwrap();
        let mut bytes = std::fs::read(file.path()).unwrap();
        assert_eq!(bytes.len(), FILE_BYTES);
        for place in 0..places {
            let (sector, bad) = read(&bytes, NEIGHBOURS, place);
            let sector = sector.unwrap();
            assert_eq!((sector.stamp, sector.payload[0], bad), (stamp(place), place as u8, 0));
        }
        // One bit anywhere is noticed, and the other copy is enough.
        for at in 0..SECTOR_BYTES {
            bytes[offset(NEIGHBOURS, 9, 0) + at] ^= 4;
            assert!(matches!(read(&bytes, NEIGHBOURS, 9), (Some(_), 1)), "byte {at}");
            bytes[offset(NEIGHBOURS, 9, 1) + at] ^= 1;
            assert!(matches!(read(&bytes, NEIGHBOURS, 9), (None, 2)), "byte {at}");
            bytes[offset(NEIGHBOURS, 9, 0) + at] ^= 4;
            bytes[offset(NEIGHBOURS, 9, 1) + at] ^= 1;
        }
    }

    #[test]
    fn a_sector_in_another_place_is_none() {
        let file = tempfile::NamedTempFile::new().unwrap();
        put(file.as_file(), 3, &write(4, Stamp::default(), b"moved")).unwrap();
        let bytes = std::fs::read(file.path()).unwrap();
        assert!(matches!(read(&bytes, NEIGHBOURS, 3), (None, 2)));
        // Nor is one of zeros, as a disk may have them where it lost something.
        assert!(matches!(read(&vec![0; FILE_BYTES], NEIGHBOURS, 3), (None, 2)));
    }
}
