//! The folder of a store on disk: who may open it, what is refused, moved aside, exported, restored
//! and compacted.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

use totem::audit::ChainName;
use totem::domain::reference::Kind;
use totem::store::sled::{
    ExportError, OpenError, OpenOptions, SCHEMA, SledStore, import_export, move_aside, release_ballast,
    verify_export,
};
use totem::store::{Batch, Change, Store, Upkeep};

use crate::support::{
    account, append, assert_chained, batch, chain, id, import, on_disk, options, put, put_due,
};

/// 2026-11-22 10:00:00 UTC, in milliseconds since 1970.
const NOW_MS: u64 = 1_795_341_600_000;

fn new_folder() -> (tempfile::TempDir, PathBuf) {
    let root = tempfile::tempdir().expect("a temporary folder");
    let folder = root.path().join("store");
    (root, folder)
}

/// Every file below a folder with its content.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.append(&mut files(&path));
        } else {
            let bytes = fs::read(&path).expect("a file");
            found.insert(path, bytes);
        }
    }
    found
}

fn some_batch(number: u64) -> Batch {
    let changes = vec![
        put(account(number), &[7; 300]),
        put_due(crate::support::message(number), 1000 - number),
        Change::Link { index: id(number + 5000), to: account(number) },
        append(format!("row {number}").as_bytes()),
    ];
    batch(number, vec![], changes)
}

async fn fill(store: &SledStore, count: u64) {
    for number in 1..=count {
        store.commit(some_batch(number)).await.expect("a commit");
    }
}

async fn assert_filled(store: &SledStore, count: u64) {
    assert_eq!(store.list(Kind::Account, None, 1000).await.expect("a list").len() as u64, count);
    assert_eq!(store.find(id(5001)).await, Ok(Some(account(1))));
    let due = store.due(u64::MAX, 1000).await.expect("what is due");
    assert_eq!((due.len() as u64, due[0].0), (count, crate::support::message(count)));
    let rows = store.rows(ChainName::FIRST, 0, 1000).await.expect("rows");
    assert_eq!(rows.len() as u64, count);
    assert_chained(&rows, 1, [0; 32]);
    // Its batch ids were restored too: what was committed is not committed again.
    store.commit(some_batch(1)).await.expect("a commit");
    assert_eq!(store.get(account(1)).await.map(|record| record.map(|r| r.version)), Ok(Some(1)));
}

#[tokio::test]
async fn what_was_committed_is_there_after_opening_again() {
    let (_root, folder) = new_folder();
    for _ in 0..3 {
        let store = on_disk(&folder);
        fill(&store, 20).await;
        assert_filled(&store, 20).await;
    }
    let mode = fs::metadata(&folder).expect("the folder").permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[test]
fn a_second_opening_is_told_so() {
    let (_root, folder) = new_folder();
    let first = on_disk(&folder);
    let second = SledStore::open(options(&folder)).err().expect("it is in use");
    assert!(matches!(second, OpenError::InUse { .. }), "{second}");
    assert!(second.to_string().contains("in use by another totem"), "{second}");
    assert!(matches!(move_aside(&folder, NOW_MS), Err(OpenError::InUse { .. })));
    drop(first);
    on_disk(&folder);
}

#[test]
fn a_child_being_started_does_not_keep_the_folder() {
    let (_root, folder) = new_folder();
    let opening = AtomicBool::new(true);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while opening.load(Ordering::Relaxed) {
                Command::new("true").status().expect("a child");
            }
        });
        let opened = (0..60).try_for_each(|_| SledStore::open(options(&folder)).map(drop));
        opening.store(false, Ordering::Relaxed);
        opened.expect("nobody else has it open");
    });
}

#[test]
fn a_newer_schema_is_refused_and_nothing_is_changed() {
    let (_root, folder) = new_folder();
    drop(on_disk(&folder));
    fs::write(folder.join("sled/schema"), format!("{}\n", SCHEMA + 1)).expect("the schema file");
    fs::write(folder.join("sled/snap.FF.generating"), "torn").expect("a file");
    let before = files(&folder);
    let refused = SledStore::open(options(&folder)).err().expect("it is too new");
    assert!(
        matches!(refused, OpenError::TooNew { found, known: SCHEMA, .. } if found == SCHEMA + 1),
        "{refused}"
    );
    assert_eq!(files(&folder), before);
}

/// After that an older program, which knows neither the place of accounts nor intents, refuses it.
#[tokio::test]
async fn an_older_schema_is_read_and_raised() {
    let (_root, folder) = new_folder();
    let store = on_disk(&folder);
    fill(&store, 7).await;
    drop(store);
    fs::write(folder.join("sled/schema"), "1\n").expect("the schema file");
    let store = on_disk(&folder);
    assert_eq!(store.list(Kind::Account, None, 1000).await.expect("a list").len(), 7);
    let text = fs::read_to_string(folder.join("sled/schema")).expect("the schema file");
    assert_eq!(text, format!("{SCHEMA}\n"));
}

#[tokio::test]
async fn a_torn_snapshot_does_no_harm() {
    let (_root, folder) = new_folder();
    let store = on_disk(&folder);
    fill(&store, 5).await;
    drop(store);
    fs::write(folder.join("sled/snap.7FFFFFFFFFFFFFFF.generating"), "torn").expect("a file");
    assert_filled(&on_disk(&folder), 5).await;
}

#[tokio::test]
async fn a_damaged_store_is_moved_aside_and_the_export_brought_back() {
    let (root, folder) = new_folder();
    let export = root.path().join("backup");
    let store = on_disk(&folder);
    fill(&store, 30).await;
    store.export(&export).await.expect("an export");
    drop(store);
    // sled refuses a file that is named like a snapshot and is none.
    fs::write(folder.join("sled/snap.7FFFFFFFFFFFFFFF"), "neither").expect("a file");
    let damaged = SledStore::open(options(&folder)).err().expect("it is damaged");
    assert!(matches!(damaged, OpenError::Damaged { .. }), "{damaged}");
    let aside = move_aside(&folder, NOW_MS).expect("it moves");
    assert!(aside.ends_with("sled.aside-20261122T100000Z") && aside.join("db").is_file(), "{aside:?}");
    assert_eq!(import_export(&export, &folder, &import(&chain())).expect("an import"), None);
    assert_filled(&on_disk(&folder), 30).await;
    assert!(aside.join("db").is_file());
}

#[test]
fn garbage_in_a_file_is_never_taken_for_an_empty_store() {
    let (_root, folder) = new_folder();
    drop(on_disk(&folder));
    for name in ["conf", "db", "schema"] {
        for byte in [0, 0xa5] {
            let path = folder.join("sled").join(name);
            let good = fs::read(&path).expect("a file");
            fs::write(&path, vec![byte; good.len().max(4096)]).expect("a file");
            let opened = SledStore::open(options(&folder)).map(drop);
            assert!(matches!(opened, Err(OpenError::Damaged { .. })), "{name}, {byte}: {opened:?}");
            fs::write(&path, good).expect("a file");
        }
    }
}

#[tokio::test]
async fn an_export_is_verified_and_imported() {
    let (root, folder) = new_folder();
    let export = root.path().join("backup");
    let store = on_disk(&folder);
    fill(&store, 50).await;
    let summary = store.export(&export).await.expect("an export");
    assert_eq!(verify_export(&export).expect("it is sound"), summary);
    // An account, a message, its due time, a link, a row and a batch id each.
    assert_eq!((summary.entries, summary.schema), (300, SCHEMA));
    assert!(matches!(import_export(&export, &folder, &import(&chain())), Err(ExportError::Folder(_))));
    let elsewhere = root.path().join("elsewhere");
    assert_eq!(import_export(&export, &elsewhere, &import(&chain())).expect("an import"), None);
    assert_filled(&on_disk(&elsewhere), 50).await;
    // What came after the export is moved aside, not deleted.
    fill(&store, 60).await;
    drop(store);
    let aside =
        import_export(&export, &folder, &import(&chain())).expect("an import").expect("the one before");
    assert!(aside.join("db").is_file(), "{aside:?}");
    assert_filled(&on_disk(&folder), 50).await;
}

#[tokio::test]
async fn a_damaged_export_changes_nothing() {
    let (root, folder) = new_folder();
    let export = root.path().join("backup");
    let store = on_disk(&folder);
    fill(&store, 10).await;
    store.export(&export).await.expect("an export");
    drop(store);
    let before = files(&folder);
    let good = fs::read(&export).expect("the export");
    let mut damaged = vec![Vec::new(), b"something else altogether".to_vec(), [&good[..], b"x"].concat()];
    for at in (0..good.len()).step_by(97).chain(good.len() - 50..good.len()) {
        damaged.push(good[..at].to_vec());
        let mut flipped = good.clone();
        flipped[at] ^= 0x10;
        damaged.push(flipped);
    }
    for bytes in damaged {
        fs::write(&export, bytes).expect("a file");
        let refused = import_export(&export, &folder, &import(&chain())).expect_err("it is damaged");
        assert!(
            matches!(
                refused,
                ExportError::Damaged { .. } | ExportError::TooNew { .. } | ExportError::Forged { .. }
            ),
            "{refused}"
        );
        assert!(refused.to_string().contains("backup"), "{refused}");
    }
    assert_eq!(files(&folder), before);
}

#[tokio::test]
async fn compacting_keeps_everything_and_gives_room_back() {
    let (_root, folder) = new_folder();
    let store = on_disk(&folder);
    let big = vec![9; 4000];
    for number in 1..=900 {
        let changes = (0..10).map(|slot| put(account(1000 + number % 3 * 10 + slot), &big)).collect();
        store.commit(batch(10_000 + number, vec![], changes)).await.expect("a commit");
    }
    let drops = (1000..1030).map(|number| Change::Drop(account(number))).collect();
    store.commit(batch(20_000, vec![], drops)).await.expect("a commit");
    fill(&store, 20).await;
    let before = store.health().await.expect("how it is");
    store.compact().await.expect("a compaction");
    let after = store.health().await.expect("how it is");
    assert!(after.disk_bytes < before.disk_bytes, "{before:?} {after:?}");
    assert_eq!((after.live_bytes, &after.records), (before.live_bytes, &before.records));
    assert_filled(&store, 20).await;
    drop(store);
    assert_filled(&on_disk(&folder), 20).await;
    assert!(!folder.join("sled.compacted").exists());
}

#[tokio::test]
async fn health_counts_what_is_there() {
    let (_root, folder) = new_folder();
    let store = on_disk(&folder);
    fill(&store, 7).await;
    let health = store.health().await.expect("how it is");
    let count = |of| health.records.iter().find(|(kind, _)| *kind == of).map(|(_, count)| *count);
    assert_eq!((count(Kind::Account), count(Kind::Outbox), count(Kind::Undo)), (Some(7), Some(7), Some(0)));
    assert_eq!((health.links, health.due, health.rows), (7, 7, 7));
    assert!(health.live_bytes > 7 * 300 && health.disk_bytes > 0 && !health.is_wasteful());
    assert!(health.space.free_percent <= 100 && health.space.free_bytes > 0);
}

#[test]
fn the_ballast_is_made_and_released() {
    let (_root, folder) = new_folder();
    let open = || SledStore::open(OpenOptions { ballast_bytes: 1 << 20, ..options(&folder) });
    let store = open().expect("it opens");
    assert_eq!(store.space().expect("the disk").ballast_bytes, 1 << 20);
    store.release_ballast().expect("it is released");
    assert_eq!(store.space().expect("the disk").ballast_bytes, 0);
    release_ballast(&folder).expect("there is nothing to release");
    drop(store);
    let store = open().expect("it opens");
    assert_eq!(store.space().expect("the disk").ballast_bytes, 1 << 20);
}

#[tokio::test]
async fn an_interrupted_exchange_of_databases_is_settled() {
    let (_root, folder) = new_folder();
    let store = on_disk(&folder);
    fill(&store, 5).await;
    drop(store);
    // The new one was complete and the old one already away.
    fs::rename(folder.join("sled"), folder.join("sled.ready")).expect("a rename");
    fs::create_dir(folder.join("sled.building")).expect("a folder");
    assert_filled(&on_disk(&folder), 5).await;
    // The new one was complete, but the old one still in its place.
    fs::create_dir(folder.join("sled.ready")).expect("a folder");
    fs::create_dir(folder.join("sled.compacted")).expect("a folder");
    assert_filled(&on_disk(&folder), 5).await;
    let names = fs::read_dir(&folder).expect("the folder").count();
    assert_eq!(names, 2, "the lock and the database");
}
