//! What a small group of writes is about to do, as one entry that is written before them.
//!
//! sled replays its log up to the first entry that is not whole. A batch of its own is made whole by
//! a manifest in front, which is a write to the disk of its own, and wakes sled's threads once more:
//! a third of what one commit takes. With the intent first in the log no manifest is needed: whatever
//! of the group's other writes a crash takes away is done again from it at the next opening.

use std::io;

use super::pending::store_error;
use crate::store::StoreError;
use crate::store::rules::Writes;

/// Outside of everything that is copied or exported.
const KEY: [u8; 16] = [0; 16];

/// A longer intent costs more than a manifest does. Far below what sled moves into files that it
/// never makes durable.
const MAX_BYTES: usize = 16 * 1024;

/// Hands a group of writes to sled, which keeps all of them or none through a crash.
pub fn apply(db: &sled::Db, writes: Writes) -> Result<(), StoreError> {
    let plain: usize = writes.iter().map(|(key, value)| key.len() + value.as_ref().map_or(0, Vec::len)).sum();
    if plain > MAX_BYTES {
        return apply_batch(db, writes).map_err(store_error);
    }
    let intent = postcard::to_stdvec(&writes);
    let intent =
        intent.map_err(|error| StoreError::Refused(format!("an intent can't be written: {error}")))?;
    db.insert(KEY, intent).map_err(store_error)?;
    for (key, value) in writes {
        let done = match value {
            Some(value) => db.insert(key, value),
            None => db.remove(key),
        };
        done.map_err(store_error)?;
    }
    Ok(())
}

/// Takes the intent away with the rest: done again, it would undo them.
fn apply_batch(db: &sled::Db, writes: Writes) -> sled::Result<()> {
    let mut batch = sled::Batch::default();
    for (key, value) in writes {
        match value {
            Some(value) => batch.insert(key, value),
            None => batch.remove(key),
        }
    }
    if db.contains_key(KEY)? {
        batch.remove(&KEY);
    }
    db.apply_batch(batch)
}

/// Does again what the last group was about to do, if it was a small one. Nothing was written after
/// it, so that doing it twice changes nothing. Whether anything has to be made durable.
pub fn finish(db: &sled::Db) -> sled::Result<bool> {
    let Some(intent) = db.get(KEY)? else { return Ok(false) };
    let unread = |_| io::Error::new(io::ErrorKind::InvalidData, "an intent cannot be read");
    apply_batch(db, postcard::from_bytes(&intent).map_err(unread)?)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::super::open;
    use super::*;

    fn writes(value: u8, length: usize) -> Writes {
        [(vec![2; 17], Some(vec![value; length])), (vec![3; 17], None), (vec![4; 17], Some(vec![]))].into()
    }

    fn value(db: &sled::Db) -> Option<u8> {
        db.get([2; 17]).unwrap().map(|value| value[0])
    }

    /// As after a power cut that left nothing of the group but its beginning.
    #[test]
    fn what_was_begun_is_done_at_the_next_opening() {
        let folder = tempfile::tempdir().unwrap();
        let database = open::open(folder.path(), 1 << 20).unwrap();
        database.db.insert([3; 17], b"goes").unwrap();
        database.db.insert(KEY, postcard::to_stdvec(&writes(7, 100)).unwrap()).unwrap();
        database.db.flush().unwrap();
        open::close(database);
        let database = open::open(folder.path(), 1 << 20).unwrap();
        assert_eq!((value(&database.db), database.db.get([3; 17]).unwrap()), (Some(7), None));
        assert_eq!(database.db.get([4; 17]).unwrap().as_deref(), Some(&[][..]));
        assert!(!finish(&database.db).unwrap(), "nothing is left to do");
    }

    #[test]
    fn an_intent_never_outlives_what_comes_after_it() {
        let folder = tempfile::tempdir().unwrap();
        let database = open::open(folder.path(), 1 << 20).unwrap();
        for (number, length) in [(1, 100), (2, 100), (3, MAX_BYTES + 1), (4, MAX_BYTES), (5, 100)] {
            apply(&database.db, writes(number, length)).unwrap();
            finish(&database.db).unwrap();
            assert_eq!(value(&database.db), Some(number));
            apply(&database.db, writes(number, length)).unwrap();
        }
        apply(&database.db, writes(6, MAX_BYTES)).unwrap();
        assert!(!finish(&database.db).unwrap(), "a batch takes the intent away");
        assert_eq!(value(&database.db), Some(6));
    }

    #[test]
    fn an_intent_that_cannot_be_read_is_damage() {
        let folder = tempfile::tempdir().unwrap();
        let database = open::open(folder.path(), 1 << 20).unwrap();
        database.db.insert(KEY, [0xff; 9].as_slice()).unwrap();
        database.db.flush().unwrap();
        open::close(database);
        let opened = open::open(folder.path(), 1 << 20);
        assert!(matches!(opened.map(open::close), Err(open::OpenError::Damaged { .. })));
    }
}
