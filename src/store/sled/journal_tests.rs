//! Frames written and read back, torn, rotten and cut off.

use super::*;

fn writes(value: u8, length: usize) -> Writes {
    [(vec![2; 17], Some(vec![value; length])), (vec![3; 17], None)].into()
}

fn holding(value: u8) -> Contents {
    let mut contents = Contents::default();
    contents.add(&[2; 17], &[value]);
    contents
}

fn made(folder: &Path) -> Journal {
    Journal::make(folder, Contents::default()).unwrap()
}

fn append(journal: &Journal, value: u8, length: usize) {
    let frame = encode(holding(value).into(), &writes(value, length));
    let frame = frame.unwrap_or_else(|_| panic!("it can be written"));
    assert!(journal.has_room_left_for(&frame));
    assert!(journal.append(2, &frame).is_ok());
}

/// What is to be done again, by the value and length that it writes.
fn behind(folder: &Path) -> Vec<(u8, usize)> {
    let found = read(folder).unwrap();
    let value =
        |writes: Writes| writes[[2; 17].as_slice()].clone().map_or((0, 0), |value| (value[0], value.len()));
    let behind: Vec<_> = found.behind.into_iter().map(value).collect();
    if let Some((value, _)) = behind.last() {
        assert_eq!(found.holds, holding(*value).into());
    }
    behind
}

fn bytes(folder: &Path) -> Vec<u8> {
    fs::read(path(folder)).unwrap()
}

#[test]
fn the_newest_epoch_is_done_again_until_it_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let journal = made(folder.path());
    assert!(behind(folder.path()).is_empty() && !journal.is_behind());
    (1..=3).for_each(|value| append(&journal, value, 100));
    assert_eq!(behind(folder.path()), [(1, 100), (2, 100), (3, 100)]);
    journal.turn();
    assert_eq!(behind(folder.path()).len(), 3, "the next epoch has not begun");
    append(&journal, 4, 200);
    assert_eq!(behind(folder.path()), [(4, 200)]);
    journal.turn();
    assert!(journal.say(holding(4).into()).is_ok() && !journal.is_behind());
    assert_eq!(behind(folder.path()), []);
    assert_eq!(read(folder.path()).unwrap().holds, holding(4).into());
    // After the frame without writes it goes on in the same epoch.
    append(&journal, 5, 300);
    assert!(journal.is_behind());
    assert_eq!(behind(folder.path()), [(5, 300)]);
    assert_eq!(bytes(folder.path()).len(), FILE_BYTES);
    let epoch = journal.epoch();
    assert_eq!(read(folder.path()).unwrap().epoch, epoch);
    // Whoever opens it begins the next epoch.
    let journal = Journal::go_on(folder.path(), &read(folder.path()).unwrap()).unwrap();
    assert_eq!(journal.epoch(), epoch);
    append(&journal, 6, 10);
    assert_eq!((journal.epoch(), behind(folder.path())), (epoch + 1, vec![(6, 10)]));
}

#[test]
fn an_epoch_is_full_before_its_area_is() {
    let folder = tempfile::tempdir().unwrap();
    let journal = made(folder.path());
    let mut count = 0;
    while !journal.is_full() {
        count += 1;
        append(&journal, 1, 4000);
    }
    assert_eq!(count, FULL_BYTES.div_ceil(4000 + 50));
    assert!(journal.has_room_left_for(&vec![0; 180 * 1024]));
    assert!(!journal.has_room_left_for(&vec![0; 200 * 1024]));
    assert!(Journal::has_room_for(&vec![0; 200 * 1024]) && !Journal::has_room_for(&vec![0; 256 * 1024]));
    assert_eq!(behind(folder.path()).len(), count);
}

/// What follows each other in one file: the beginnings of an epoch, and frames of many lengths.
fn written(folder: &Path, mut each: impl FnMut(&Journal, &[(u8, usize)], &[(u8, usize)], Vec<u8>)) {
    let journal = made(folder);
    let mut counted: Vec<(u8, usize)> = vec![];
    let mut length = 100;
    for value in 1..16 {
        if value % 5 == 0 {
            journal.turn();
            counted = vec![];
        }
        let before = bytes(folder);
        let counted_before = behind(folder);
        length = length * 7 % 2999 + 1;
        append(&journal, value, length);
        counted.push((value, length));
        each(&journal, &counted_before, &counted, before);
    }
}

/// Whatever part of a frame a power cut lets through, it is there whole or not at all, and what
/// counted before it still does: that of its own epoch, or if it is the first, the one before.
#[test]
fn a_torn_frame_takes_nothing_with_it() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), |_, counted, all, before| {
        let after = bytes(folder.path());
        for (block, kept) in
            [512, 4096].into_iter().flat_map(|block| (0..64).step_by(9).map(move |kept| (block, kept)))
        {
            // Blocks, each of which survived or did not.
            let torn = before.chunks(block).zip(after.chunks(block)).enumerate();
            let torn = torn.flat_map(|(at, (old, new))| if kept >> (at % 6) & 1 == 1 { new } else { old });
            fs::write(path(folder.path()), torn.copied().collect::<Vec<u8>>()).unwrap();
            let found = behind(folder.path());
            assert!(found == counted || found == all, "{kept:b}: {found:?} of {counted:?} and {all:?}");
            // Whoever opens it after that, and is torn in the same way, finds no mixture.
            let torn = read(folder.path()).unwrap();
            let next = Journal::go_on(folder.path(), &torn).unwrap();
            append(&next, 77, 1500);
            assert_eq!(behind(folder.path()), [(77, 1500)]);
        }
        fs::write(path(folder.path()), after).unwrap();
    });
}

/// One copy of a sector, of each that counts, of each epoch: nothing is missing. Both: damage.
#[test]
fn a_sector_that_rotted_is_mended_or_told() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), |_, _, all, _| {
        let whole = bytes(folder.path());
        for sector in [0, 1, 7, 8, 15] {
            for area in [0, FILE_BYTES / 2] {
                let first = area + sector * 1024;
                let mut rotten = whole.clone();
                rotten[first + 77] ^= 16;
                fs::write(path(folder.path()), &rotten).unwrap();
                assert_eq!((behind(folder.path()), read(folder.path()).unwrap().mended), (all.to_vec(), 1));
                rotten[first + 512..][..512].fill(0);
                fs::write(path(folder.path()), &rotten).unwrap();
                assert_eq!(read(folder.path()).map(|_| ()).unwrap_err().kind(), ErrorKind::InvalidData);
            }
        }
        fs::write(path(folder.path()), whole).unwrap();
    });
}

/// As when a disk loses a write that it had confirmed: no checksum is wrong.
#[test]
fn a_whole_frame_behind_one_that_is_not_is_damage() {
    let folder = tempfile::tempdir().unwrap();
    let journal = made(folder.path());
    journal.turn();
    let before = bytes(folder.path());
    (1..=3).for_each(|value| append(&journal, value, 100));
    let mut after = bytes(folder.path());
    // The first or the second frame, both copies.
    for sector in [0, 1] {
        for copy in [0, 512] {
            let range = copy + sector * 1024..copy + sector * 1024 + 512;
            after[range.clone()].copy_from_slice(&before[range]);
        }
        fs::write(path(folder.path()), &after).unwrap();
        let told = read(folder.path()).map(|_| ()).unwrap_err().to_string();
        assert!(told.contains("before another"), "{told}");
    }
}

#[test]
fn a_journal_that_was_cut_off_is_no_empty_one() {
    let folder = tempfile::tempdir().unwrap();
    append(&made(folder.path()), 1, 100);
    let whole = bytes(folder.path());
    for length in [0, 7000, FILE_BYTES / 2, FILE_BYTES - 1] {
        fs::write(path(folder.path()), &whole[..length]).unwrap();
        assert_eq!(read(folder.path()).map(|_| ()).unwrap_err().kind(), ErrorKind::InvalidData);
    }
    fs::remove_file(path(folder.path())).unwrap();
    assert_eq!(read(folder.path()).map(|_| ()).unwrap_err().kind(), ErrorKind::NotFound);
}
