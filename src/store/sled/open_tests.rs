//! Stores of each schema raised, damage told from what is none, and whose what is made is.

use std::os::unix::fs::{MetadataExt as _, chown};

use super::super::write_group::WriteGroup;
use super::*;

/// As when root changes the keys of a store that the kiosk's own user opens.
#[test]
fn what_is_built_belongs_to_whom_the_folder_belongs() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = std::fs::metadata(folder.path()).expect("it is there").uid();
    let owner = if own == 0 { 12_345 } else { own };
    chown(folder.path(), Some(owner), None).expect("root may, and to oneself everybody");
    build(folder.path(), 1 << 20, |_| Ok(())).expect("a database");
    let built = folder::building(folder.path());
    let inside: Vec<_> = std::fs::read_dir(&built).expect("a folder").flatten().collect();
    assert!(inside.len() >= 3, "{inside:?}");
    let paths = inside.iter().map(|entry| entry.path()).chain([built]);
    for path in paths {
        assert_eq!(std::fs::metadata(&path).expect("it is there").uid(), owner, "{}", path.display());
    }
}

fn opened(folder: &Path) -> Database {
    open(folder, 1 << 20, &LookingThrough::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// A program of that time left a group behind; and another time it ended while this one raised it.
#[test]
fn a_store_of_schema_4_is_raised_and_from_then_on_missed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder::database(folder.path());
    let database = opened(folder.path());
    database.db.insert([2; 17], b"settled").expect("a write");
    close(database);
    std::fs::remove_file(journal::path(&path)).expect("it is there");
    for value in [1_u8, 2] {
        let behind: Writes = [(vec![3; 17], Some(vec![value]))].into();
        std::fs::write(older_journal::path(&path), older_journal::with_one_frame(&behind)).expect("a file");
        std::fs::write(path.join("schema"), "4\n").expect("a file");
        let database = opened(folder.path());
        assert_eq!(database.contents.get().entries(), 2);
        assert_eq!(database.db.get([3; 17]).expect("a read").as_deref(), Some(&[value][..]));
        assert!(journal::path(&path).exists() && !older_journal::path(&path).exists());
        assert_eq!(folder::read_schema(&path).expect("a number"), SCHEMA);
        close(database);
    }
    let database = opened(folder.path());
    database.db.remove([2; 17]).expect("it goes");
    close(database);
    let error = open(folder.path(), 1 << 20, &LookingThrough::default()).map(close).expect_err("damage");
    assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
}

fn put(database: &Database, value: u8) {
    let group = WriteGroup::over(&database.db, [(vec![3; 17], Some(vec![value]))].into());
    assert!(durable::commit(database, group.expect("a read")).is_ok());
}

fn value(database: &Database) -> Option<u8> {
    database.db.get([3; 17]).expect("a read").map(|value| value[0])
}

/// What was in its journal alone counts, one copy of it is enough, and one that a raising left half done
/// is nothing to go by.
#[test]
fn a_store_of_schema_5_is_raised_with_what_was_in_its_journal() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder::database(folder.path());
    let database = opened(folder.path());
    put(&database, 1);
    close(database);
    let stale = std::fs::read(journal::path(&path)).expect("a journal");
    let database = opened(folder.path());
    put(&database, 2);
    close(database);
    journal::lay_as_schema_5(&path);
    std::fs::write(journal::path(&path), stale).expect("a file");
    let mut journal = std::fs::read(journal::path_of_schema_5(&path)).expect("a journal");
    journal[100] ^= 1;
    std::fs::write(journal::path_of_schema_5(&path), journal).expect("a file");
    let database = opened(folder.path());
    assert_eq!(value(&database), Some(2));
    assert_eq!(folder::read_schema(&path).expect("a number"), SCHEMA);
    assert!(journal::path(&path).exists() && !journal::path_of_schema_5(&path).exists());
    put(&database, 3);
    close(database);
    let database = opened(folder.path());
    assert_eq!(value(&database), Some(3));
    close(database);
}

#[test]
fn a_store_of_schema_5_without_its_journal_is_damaged() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder::database(folder.path());
    let database = opened(folder.path());
    put(&database, 1);
    close(database);
    journal::lay_as_schema_5(&path);
    std::fs::remove_file(journal::path_of_schema_5(&path)).expect("it is there");
    let error = open(folder.path(), 1 << 20, &LookingThrough::default()).map(close).expect_err("damage");
    assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
}

/// As when an intent can't be finished for want of space: the store stays where it is.
#[test]
fn a_full_disk_is_not_damage() {
    let full = sled::Error::Io(io::Error::from(ErrorKind::StorageFull));
    let error = OpenError::from_sled(Path::new("/srv"), full);
    assert!(matches!(error, OpenError::DiskFull { .. }), "{error}");
}

#[test]
fn what_may_not_be_read_is_not_damaged() {
    let denied = || io::Error::from(ErrorKind::PermissionDenied);
    let error = OpenError::from_sled(Path::new("/srv"), sled::Error::Io(denied()));
    assert!(matches!(error, OpenError::Folder { .. }), "{error}");
}
