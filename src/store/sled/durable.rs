//! How a group of writes becomes durable and visible: through the journal, and from there in sled.

use super::contents::Contents;
use super::database::Database;
use super::failure::{StoreFailure, applying, syncing};
use super::journal::{self, Holds, Journal};
use super::write_group::WriteGroup;

/// Makes the writes durable, all or none, and hands them to sled.
pub fn commit(database: &Database, group: WriteGroup) -> Result<(), StoreFailure> {
    let journal = &database.journal;
    let after = database.contents.get().after(&group);
    let frame = journal::encode(after.into(), &group)?;
    if !Journal::has_room_for(&frame) {
        return commit_batch(database, group, after);
    }
    if !journal.has_room_left_for(&frame) {
        settle(database)?;
        if !journal.has_room_left_for(&frame) {
            // There is nothing but the end of an epoch.
            journal.turn();
        }
    }
    journal.append(group.entries(), &frame)?;
    database.contents.set(after);
    for (key, value) in group.into_writes() {
        database.apply(key, value).map_err(applying)?;
    }
    Ok(())
}

/// A group that the journal has no room for goes to sled as one. The journal is ended before: done
/// again, it would undo some of the group.
fn commit_batch(database: &Database, group: WriteGroup, after: Contents) -> Result<(), StoreFailure> {
    settle(database)?;
    database.journal.say(Holds { now: database.contents.get(), soon: Some(after) })?;
    apply_batch(&database.db, group.into_writes()).map_err(applying)?;
    database.flush().map_err(applying)?;
    database.sync().map_err(syncing)?;
    database.contents.set(after);
    database.journal.say(after.into())
}

/// Hands the writes to sled, which keeps all of them or none.
pub fn apply_batch(
    db: &sled::Db,
    writes: impl IntoIterator<Item = (Vec<u8>, Option<Vec<u8>>)>,
) -> sled::Result<()> {
    let mut batch = sled::Batch::default();
    for (key, value) in writes {
        match value {
            Some(value) => batch.insert(key, value),
            None => batch.remove(key),
        }
    }
    db.apply_batch(batch)
}

/// Makes durable in sled what is only in the journal so far, which begins anew.
pub fn settle(database: &Database) -> Result<(), StoreFailure> {
    if !database.journal.is_behind() {
        return Ok(());
    }
    database.flush().map_err(applying)?;
    database.sync().map_err(syncing)?;
    database.journal.turn();
    Ok(())
}

/// The same, for when nobody waits: nothing is left to do at the next opening either.
pub fn rest(database: &Database) -> Result<(), StoreFailure> {
    if !database.journal.is_behind() {
        return Ok(());
    }
    settle(database)?;
    database.journal.say(database.contents.get().into())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::look_through::LookingThrough;
    use super::super::{folder, open};
    use super::*;
    use crate::store::rules::Writes;

    /// Of these, over what lies there.
    fn committed(database: &Database, writes: Writes) -> bool {
        let group = WriteGroup::over(&database.db, writes).unwrap();
        commit(database, group).is_ok()
    }

    fn writes(value: u8, length: usize) -> Writes {
        let rest = (0..length / 4000).map(|number| (vec![4, number as u8], Some(vec![value; 4000])));
        [(vec![2; 17], Some(vec![value])), (vec![3; 17], None)].into_iter().chain(rest).collect()
    }

    fn opened(folder: &Path) -> Database {
        open::open(folder, 1 << 20, &LookingThrough::default()).unwrap_or_else(|error| panic!("{error}"))
    }

    fn value(database: &Database) -> Option<u8> {
        database.db.get([2; 17]).unwrap().map(|value| value[0])
    }

    /// As when the process ends at that moment, with whatever sled wrote of it.
    fn end_at_once(database: Database) {
        open::close(database);
    }

    #[test]
    fn whatever_was_written_last_counts() {
        let folder = tempfile::tempdir().unwrap();
        let mut database = opened(folder.path());
        let lengths = [100, 300_000, 100, 200_000, 200_000, 100, 300_000, 300_000, 100];
        for (number, length) in (1..).zip(lengths) {
            assert!(committed(&database, writes(number, length)));
            assert_eq!(value(&database), Some(number));
            match number % 4 {
                0 => assert!(settle(&database).is_ok()),
                1 => assert!(rest(&database).is_ok() && !database.journal.is_behind()),
                _ => {
                    end_at_once(database);
                    database = opened(folder.path());
                }
            }
            assert_eq!(value(&database), Some(number), "{length}");
        }
    }

    /// From what an area takes beside the end of an epoch to what it doesn't take at all.
    #[test]
    fn a_group_as_large_as_an_area_fits_or_goes_another_way() {
        let folder = tempfile::tempdir().unwrap();
        let mut database = opened(folder.path());
        for (number, short) in (1..).zip((0..240).step_by(24)) {
            let pieces = (0..65).map(|piece| (vec![5, piece], Some(vec![number; 4000])));
            let last = (vec![6], Some(vec![number; 256 * 1024 - 65 * 4005 - short]));
            let first = (vec![2; 17], Some(vec![number]));
            assert!(committed(&database, pieces.chain([first, last]).collect()));
            end_at_once(database);
            database = opened(folder.path());
            assert_eq!(value(&database), Some(number), "{short} bytes short");
            assert!(committed(&database, writes(number, 100)) && rest(&database).is_ok());
        }
    }

    /// As after a power cut that took everything from sled that was not synced.
    #[test]
    fn what_sled_lost_comes_from_the_journal() {
        let folder = tempfile::tempdir().unwrap();
        let database = opened(folder.path());
        assert!(committed(&database, writes(1, 100)) && committed(&database, writes(2, 9000)));
        database.db.clear().unwrap();
        database.db.insert([0; 17], b"mark").unwrap();
        database.db.insert([3; 17], b"goes").unwrap();
        end_at_once(database);
        let database = opened(folder.path());
        assert_eq!((value(&database), database.db.get([3; 17]).unwrap()), (Some(2), None));
        assert_eq!(database.db.get([4, 1]).unwrap().map(|value| value.len()), Some(4000));
        assert!(!database.journal.is_behind());
        let found = journal::read(&folder::database(folder.path())).unwrap();
        assert_eq!((found.behind, found.holds), (vec![], database.contents.get().into()));
    }

    /// As after a power cut that took what sled had synced, and what no longer is in the journal.
    #[test]
    fn what_nobody_has_is_missed() {
        let folder = tempfile::tempdir().unwrap();
        let database = opened(folder.path());
        assert!(committed(&database, writes(1, 100)) && settle(&database).is_ok());
        assert!(committed(&database, [(vec![9; 17], Some(vec![9]))].into()));
        database.db.remove([2; 17]).unwrap();
        end_at_once(database);
        let opened = open::open(folder.path(), 1 << 20, &LookingThrough::default());
        let error = opened.map(end_at_once).unwrap_err().to_string();
        assert!(error.contains("1 entries are left of it, and there were 2"), "{error}");
    }
}
