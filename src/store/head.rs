//! The head: where a store was last seen to stand, noted in a folder of its own outside of the data
//! (T13). Whoever puts an older copy of the data back doesn't put back the head.
//!
//! ```text
//! head    two slots of 512 bytes, written in turn
//!         "totem\0h1"  number: u64  length: u16  the standing, with its MAC
//! ```
//! A group is noted once it is durable in the store, and without a sync of its own: after a power cut
//! the head may lag behind the store, and never leads. A write that is torn spoils one slot alone.

use std::fs::{self, DirBuilder, File};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt as _, FileExt as _, MetadataExt as _, OpenOptionsExt as _, lchown};
use std::path::{Path, PathBuf};

use super::standing::{Label, StoreStanding};
use crate::audit::Chain;

const MAGIC: &[u8; 8] = b"totem\0h1";
const SLOT_BYTES: usize = 512;
/// Magic, number and length.
const FRONT_BYTES: usize = 18;

/// What is found where a head should be.
#[derive(Debug)]
pub enum FoundHead {
    /// No file, or one that nothing was ever noted in.
    Nothing,
    /// This was noted last.
    At(Box<StoreStanding>),
    /// Something that these keys don't read.
    Foreign,
    /// The system doesn't let it be read.
    Unreadable(io::Error),
}

/// The head of an open store.
pub struct HeadFile {
    path: PathBuf,
    /// Whom it is to belong to: the owner of this.
    like: PathBuf,
    chain: Chain,
    file: File,
    /// Of the next note; the slot follows from it.
    number: u64,
}

/// The file in the head's folder.
pub fn file_in(folder: &Path) -> PathBuf {
    folder.join("head")
}

/// What was noted in this folder.
pub fn look(folder: &Path, chain: &Chain) -> FoundHead {
    match fs::read(file_in(folder)) {
        Ok(bytes) if bytes.iter().all(|byte| *byte == 0) => FoundHead::Nothing,
        Ok(bytes) => {
            newest(&bytes, chain).map_or(FoundHead::Foreign, |(_, found)| FoundHead::At(Box::new(found)))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => FoundHead::Nothing,
        Err(error) => FoundHead::Unreadable(error),
    }
}

/// The newest slot that is whole.
fn newest(bytes: &[u8], chain: &Chain) -> Option<(u64, StoreStanding)> {
    bytes.chunks(SLOT_BYTES).filter_map(|slot| read_slot(slot, chain)).max_by_key(|(number, _)| *number)
}

fn read_slot(slot: &[u8], chain: &Chain) -> Option<(u64, StoreStanding)> {
    let (magic, rest) = slot.split_first_chunk::<8>()?;
    let (number, rest) = rest.split_first_chunk::<8>()?;
    let (length, rest) = rest.split_first_chunk::<2>()?;
    let written = rest.get(..usize::from(u16::from_be_bytes(*length)))?;
    let standing = StoreStanding::read(chain, Label::Head, written)?;
    (magic == MAGIC).then_some((u64::from_be_bytes(*number), standing))
}

impl HeadFile {
    /// Opens the head of a folder, which is made (0700) where there is none, and notes this. A file that
    /// is made is durable when this returns; `like` says whom it is to belong to.
    ///
    /// # Errors
    /// When it can't be made or written.
    pub fn open(folder: &Path, like: &Path, chain: &Chain, now: &StoreStanding) -> io::Result<Self> {
        let path = file_in(folder);
        let found = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        let last = newest(&found, chain);
        let number = last.as_ref().map_or(0, |(number, _)| number + 1);
        let (chain, like) = (chain.clone(), like.to_path_buf());
        let file = if found.is_empty() { make(&path, &like)? } else { reopen(&path)? };
        let mut head = HeadFile { path, like, chain, file, number };
        if last.is_none_or(|(_, last)| last != *now) {
            head.note(now)?;
        }
        if found.is_empty() {
            head.sync()?;
        }
        Ok(head)
    }

    /// Notes that the store stands here. It does not wait for the disk.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn note(&mut self, standing: &StoreStanding) -> io::Result<()> {
        if self.file.metadata()?.nlink() == 0 {
            // Somebody took it away; what is known here is newer than anything that was noted.
            self.file = make(&self.path, &self.like)?;
        }
        let written = standing.write(&self.chain, Label::Head).map_err(io::Error::other)?;
        let length = u16::try_from(written.len()).map_err(io::Error::other)?;
        let mut slot = Vec::with_capacity(FRONT_BYTES + written.len());
        slot.extend_from_slice(MAGIC);
        slot.extend_from_slice(&self.number.to_be_bytes());
        slot.extend_from_slice(&length.to_be_bytes());
        slot.extend_from_slice(&written);
        self.file.write_all_at(&slot, (self.number % 2) * SLOT_BYTES as u64)?;
        self.number += 1;
        Ok(())
    }

    /// Waits until what was noted is on stable storage, for what happens once.
    ///
    /// # Errors
    /// When that can't be known.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_all()?;
        self.path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
    }
}

fn make(path: &Path, like: &Path) -> io::Result<File> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let is_new = !folder.is_dir();
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let file = File::options().create(true).truncate(false).write(true).mode(0o600).open(path)?;
    // Root may make it, and the kiosk's own user notes in it next.
    let owner = fs::metadata(like)?;
    for made in [Some(path), is_new.then_some(folder)].into_iter().flatten() {
        if fs::symlink_metadata(made)?.uid() != owner.uid() {
            lchown(made, Some(owner.uid()), Some(owner.gid()))?;
        }
    }
    Ok(file)
}

fn reopen(path: &Path) -> io::Result<File> {
    File::options().write(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::standing::{Point, Sum};
    use crate::vault::{Cost, Keys, Vault};

    fn chain() -> Chain {
        Vault::new(Keys::random(), Cost::cheap_for_tests()).chain()
    }

    fn standing(count: u64) -> StoreStanding {
        StoreStanding {
            point: Point { line: [1; 16], count },
            after: None,
            noted: true,
            bound: true,
            rows: count,
            end: [2; 32],
            at_ms: 5,
            sum: Sum::default(),
        }
    }

    fn noted(folder: &Path, chain: &Chain) -> Option<u64> {
        match look(folder, chain) {
            FoundHead::At(standing) => Some(standing.point.count),
            FoundHead::Nothing | FoundHead::Foreign | FoundHead::Unreadable(_) => None,
        }
    }

    #[test]
    fn the_last_note_counts_also_when_the_next_one_is_torn() {
        let (root, chain) = (tempfile::tempdir().expect("a folder"), chain());
        let folder = root.path().join("head");
        assert!(matches!(look(&folder, &chain), FoundHead::Nothing));
        let mut head = HeadFile::open(&folder, root.path(), &chain, &standing(1)).expect("it is made");
        assert_eq!(fs::metadata(&folder).expect("a folder").mode() & 0o777, 0o700);
        assert_eq!(fs::metadata(file_in(&folder)).expect("a file").mode() & 0o777, 0o600);
        for count in 2..9 {
            let before = fs::read(file_in(&folder)).expect("a file");
            let begins = usize::try_from(head.number % 2).expect("a slot") * SLOT_BYTES;
            head.note(&standing(count)).expect("it can be written");
            assert_eq!(noted(&folder, &chain), Some(count));
            let after = fs::read(file_in(&folder)).expect("a file");
            for torn in (begins..begins + FRONT_BYTES + 100).step_by(7) {
                let mut half = after.clone();
                half.resize(after.len().max(before.len()), 0);
                let old = before.get(torn..).unwrap_or_default();
                half[torn..].fill(0);
                half[torn..torn + old.len()].copy_from_slice(old);
                fs::write(file_in(&folder), &half).expect("a file");
                assert_eq!(noted(&folder, &chain), Some(count - 1), "{torn}");
            }
            fs::write(file_in(&folder), &after).expect("a file");
            head = HeadFile::open(&folder, root.path(), &chain, &standing(count)).expect("it is there");
            assert_eq!(fs::read(file_in(&folder)).expect("a file"), after, "it was noted already");
        }
    }

    #[test]
    fn another_keys_head_is_foreign_and_one_without_a_note_is_none() {
        let (root, chain) = (tempfile::tempdir().expect("a folder"), chain());
        HeadFile::open(root.path(), root.path(), &chain, &standing(1)).expect("it is made");
        assert!(matches!(look(root.path(), &self::chain()), FoundHead::Foreign));
        fs::write(file_in(root.path()), vec![0; 700]).expect("a file");
        assert!(matches!(look(root.path(), &chain), FoundHead::Nothing));
        fs::write(file_in(root.path()), b"something").expect("a file");
        assert!(matches!(look(root.path(), &chain), FoundHead::Foreign));
        fs::remove_file(file_in(root.path())).expect("it was there");
        fs::create_dir(file_in(root.path())).expect("a folder in its place");
        assert!(matches!(look(root.path(), &chain), FoundHead::Unreadable(_)));
    }

    #[test]
    fn a_head_that_was_taken_away_is_made_again() {
        let (root, chain) = (tempfile::tempdir().expect("a folder"), chain());
        let folder = root.path().join("head");
        let mut head = HeadFile::open(&folder, root.path(), &chain, &standing(1)).expect("it is made");
        fs::remove_dir_all(&folder).expect("it was there");
        head.note(&standing(2)).expect("it is made again");
        assert_eq!(noted(&folder, &chain), Some(2));
    }
}
