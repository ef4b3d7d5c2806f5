//! The folder of an open store is deleted, renamed, or replaced by another: nothing is confirmed into
//! nothing, and the store says that it serves no more. A lock file that somebody removed lets nobody in.

use std::fs;
use std::path::{Path, PathBuf};

use totem::store::sled::{OpenError, SledStore, is_in_use, move_aside};
use totem::store::{Condition, Loss, Store, StoreError};

use crate::support::{NOW_MS, account, batch, on_disk, options, put};

fn new_folder() -> (tempfile::TempDir, PathBuf) {
    let root = tempfile::tempdir().expect("a temporary folder");
    let folder = root.path().join("store");
    (root, folder)
}

/// After what `happens` to the folder, a batch is not acknowledged.
async fn is_not_acknowledged_after(happens: impl FnOnce(&Path)) {
    let (_root, folder) = new_folder();
    let store = on_disk(&folder);
    store.commit(batch(1, vec![], vec![put(account(1), b"a")])).await.expect("a commit");
    happens(&folder);
    let second = store.commit(batch(2, vec![], vec![put(account(2), b"b")])).await;
    assert!(matches!(second, Err(StoreError::Unknown(_))), "{second:?}");
    let mut condition = store.condition();
    assert_eq!(*condition.borrow_and_update(), Condition::Lost(Loss::Gone));
    let third = store.commit(batch(3, vec![], vec![put(account(3), b"c")])).await;
    assert!(matches!(third, Err(StoreError::Unavailable(_))), "{third:?}");
    assert!(matches!(store.get(account(1)).await, Err(StoreError::Unavailable(_))));
}

#[tokio::test]
async fn nothing_is_confirmed_into_a_folder_that_was_deleted() {
    is_not_acknowledged_after(|folder| fs::remove_dir_all(folder).expect("it goes")).await;
}

#[tokio::test]
async fn nothing_is_confirmed_into_a_folder_that_was_renamed() {
    is_not_acknowledged_after(|folder| {
        fs::rename(folder, folder.with_extension("old")).expect("it is renamed");
    })
    .await;
}

/// As when another disk is mounted there.
#[tokio::test]
async fn nothing_is_confirmed_beneath_another_folder() {
    is_not_acknowledged_after(|folder| {
        fs::rename(folder, folder.with_extension("old")).expect("it is renamed");
        drop(on_disk(folder));
    })
    .await;
}

#[test]
fn without_its_lock_file_a_store_is_in_use_all_the_same() {
    let (_root, folder) = new_folder();
    let store = on_disk(&folder);
    fs::remove_file(folder.join("lock")).expect("it is there");
    assert!(is_in_use(&folder));
    for _ in 0..2 {
        // The second time there is a new lock file, which nobody holds.
        let second = SledStore::open(options(&folder)).err().expect("it is in use");
        assert!(matches!(second, OpenError::InUse { .. }), "{second}");
        assert!(matches!(move_aside(&folder, NOW_MS), Err(OpenError::InUse { .. })));
    }
    assert!(folder.join("sled/db").exists());
    drop(store);
    drop(on_disk(&folder));
}
