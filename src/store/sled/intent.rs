//! What schema 2 may have left undone: the last small group of writes, as one entry before them. A
//! journal keeps that now.

use std::io;

use super::durable::apply_batch;

/// Outside of everything that is copied or exported.
const KEY: [u8; 16] = [0; 16];

/// Does again what the last group was about to do. Nothing was written after it, so that doing it
/// twice changes nothing.
pub fn finish(db: &sled::Db) -> sled::Result<()> {
    let Some(intent) = db.get(KEY)? else { return Ok(()) };
    let unread = |_| io::Error::new(io::ErrorKind::InvalidData, "an intent cannot be read");
    let mut writes: crate::store::rules::Writes = postcard::from_bytes(&intent).map_err(unread)?;
    writes.insert(KEY.to_vec(), None);
    apply_batch(db, writes)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::super::database::Database;
    use super::super::look_through::LookingThrough;
    use super::super::open_error::OpenError;
    use super::super::{folder, journal, open};
    use super::*;
    use crate::store::rules::Writes;

    fn writes() -> Writes {
        [(vec![2; 17], Some(vec![7; 100])), (vec![3; 17], None), (vec![4; 17], Some(vec![]))].into()
    }

    fn opened(folder: &Path) -> Result<Database, OpenError> {
        open::open(folder, 1 << 20, &LookingThrough::default())
    }

    /// As a program of that time left it.
    fn is_of_schema_2(folder: &Path) {
        let database = folder::database(folder);
        fs::write(database.join("schema"), "2\n").unwrap();
        fs::remove_file(journal::path(&database)).unwrap();
    }

    /// As after a power cut that left nothing of the group but its beginning.
    #[test]
    fn what_was_begun_is_done_at_the_next_opening() {
        let folder = tempfile::tempdir().unwrap();
        let database = opened(folder.path()).unwrap();
        database.db.insert([3; 17], b"goes").unwrap();
        database.db.insert(KEY, postcard::to_stdvec(&writes()).unwrap()).unwrap();
        database.db.flush().unwrap();
        open::close(database);
        is_of_schema_2(folder.path());
        let database = opened(folder.path()).unwrap();
        assert_eq!(database.db.get([2; 17]).unwrap().as_deref(), Some(&[7; 100][..]));
        assert_eq!(database.db.get([3; 17]).unwrap(), None);
        assert_eq!(database.db.get([4; 17]).unwrap().as_deref(), Some(&[][..]));
        assert_eq!(database.db.get(KEY).unwrap(), None);
    }

    #[test]
    fn an_intent_that_cannot_be_read_is_damage() {
        let folder = tempfile::tempdir().unwrap();
        let database = opened(folder.path()).unwrap();
        database.db.insert(KEY, [0xff; 9].as_slice()).unwrap();
        database.db.flush().unwrap();
        open::close(database);
        is_of_schema_2(folder.path());
        let opened = opened(folder.path());
        assert!(matches!(opened.map(open::close), Err(OpenError::Damaged { .. })));
    }
}
