//! The page of a register on the disk: 4096 bytes, as large as a page of memory, so that a look-up
//! costs two of them. Each carries a checksum over its contents, its place and the file it belongs
//! to, so that a page that is damaged, misplaced or left over from another import is never believed.
//!
//! ```text
//! crc32: u32   used: u16   contents, `used` bytes   zeros
//! ```
//! A page of data holds entries, in the order of their keys: key, length of the value: u16, value.
//! A page of the index holds the first keys of pages of data. Lengths are little-endian, keys are
//! big-endian, so that their bytes sort as they do.

/// Size of a page in bytes.
pub const BYTES: usize = 4096;
const HEAD_BYTES: usize = 6;
/// What fits into one page.
pub const CONTENT_BYTES: usize = BYTES - HEAD_BYTES;
/// What an entry takes besides its key and its value.
const LENGTH_BYTES: usize = 2;

/// The page is not what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a page of it does not fit its checksum")]
pub struct Damaged;

/// A page that is being filled.
#[derive(Default)]
pub struct FillingBlock {
    bytes: Vec<u8>,
}

impl FillingBlock {
    /// Whether nothing was put into it yet.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Whether so many bytes more fit.
    pub fn has_room_for(&self, bytes: usize) -> bool {
        self.bytes.len() + bytes <= CONTENT_BYTES
    }

    /// Adds bytes, for which there must be room.
    pub fn put(&mut self, bytes: &[u8]) {
        assert!(self.has_room_for(bytes.len()), "a page is closed before it is too full");
        self.bytes.extend_from_slice(bytes);
    }

    /// Adds an entry, for which there must be room: see [`entry_bytes`].
    pub fn put_entry(&mut self, key: &[u8], value: &[u8]) {
        let length = u16::try_from(value.len()).expect("a value fits into a page");
        self.put(key);
        self.put(&length.to_le_bytes());
        self.put(value);
    }

    /// The page as it is written, and an empty one to go on with.
    pub fn close(&mut self, seal: u64, place: u64) -> [u8; BYTES] {
        let mut page = [0; BYTES];
        let used = u16::try_from(self.bytes.len()).expect("a page is smaller");
        page[4..HEAD_BYTES].copy_from_slice(&used.to_le_bytes());
        page[HEAD_BYTES..HEAD_BYTES + self.bytes.len()].copy_from_slice(&self.bytes);
        let crc = checksum(&page, seal, place);
        page[..4].copy_from_slice(&crc.to_le_bytes());
        self.bytes.clear();
        page
    }
}

/// What an entry takes in a page.
pub fn entry_bytes(key_bytes: usize, value: &[u8]) -> usize {
    key_bytes + LENGTH_BYTES + value.len()
}

fn checksum(page: &[u8; BYTES], seal: u64, place: u64) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&seal.to_le_bytes());
    hasher.update(&place.to_le_bytes());
    hasher.update(&page[4..]);
    hasher.finalize()
}

/// The contents of a page, once its checksum is seen to be right.
pub fn contents(page: &[u8; BYTES], seal: u64, place: u64) -> Result<&[u8], Damaged> {
    if page[..4] != checksum(page, seal, place).to_le_bytes() {
        return Err(Damaged);
    }
    contents_unchecked(page).ok_or(Damaged)
}

/// The contents as the page itself tells their length.
pub fn contents_unchecked(page: &[u8; BYTES]) -> Option<&[u8]> {
    let used = u16::from_le_bytes([page[4], page[5]]);
    page[HEAD_BYTES..].get(..usize::from(used))
}

/// The entries of a page of data, in their order. An entry that is cut off is damage.
pub struct Entries<'a> {
    rest: &'a [u8],
    key_bytes: usize,
}

/// Goes through a page's contents, whose keys have this width in bytes.
pub fn entries(contents: &[u8], key_bytes: usize) -> Entries<'_> {
    Entries { rest: contents, key_bytes }
}

impl<'a> Iterator for Entries<'a> {
    type Item = Result<(&'a [u8], &'a [u8]), Damaged>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let rest = std::mem::take(&mut self.rest);
        let taken = rest.split_at_checked(self.key_bytes).and_then(|(key, rest)| {
            let (length, rest) = rest.split_first_chunk::<LENGTH_BYTES>()?;
            let (value, rest) = rest.split_at_checked(usize::from(u16::from_le_bytes(*length)))?;
            Some((key, value, rest))
        });
        Some(taken.ok_or(Damaged).map(|(key, value, rest)| {
            self.rest = rest;
            (key, value)
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_page_belongs_to_its_file_and_its_place() {
        let mut filling = FillingBlock::default();
        filling.put_entry(b"key1", b"value");
        filling.put_entry(b"key2", b"");
        let page = filling.close(7, 3);
        assert!(filling.is_empty());
        let read: Vec<_> = entries(contents(&page, 7, 3).unwrap(), 4).map(Result::unwrap).collect();
        assert_eq!(read, [(&b"key1"[..], &b"value"[..]), (b"key2", b"")]);
        assert_eq!(contents(&page, 7, 4), Err(Damaged));
        assert_eq!(contents(&page, 8, 3), Err(Damaged));
        for at in [0, 4, 9, 30, BYTES - 1] {
            let mut other = page;
            other[at] ^= 1;
            assert_eq!(contents(&other, 7, 3), Err(Damaged), "byte {at}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(raw in proptest::collection::vec(any::<u8>(), 0..200), key in 1usize..15) {
            let count = entries(&raw, key).take_while(Result::is_ok).count();
            prop_assert!(count <= raw.len());
        }
    }
}
