//! Stores that an older program wrote, as it left them: `older/` holds a backup and the key of each.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use totem::audit::{Actor, Entry};
use totem::domain::deed::{Action, Outcome};
use totem::domain::office_time::WallStanding;
use totem::domain::reference::Kind;
use totem::store::records::Records;
use totem::store::sled::{
    ExportError, OpenOptions, Restoration, SCHEMA, SledStore, import_export, verify_export,
};
use totem::vault::{Cost, Keys, Vault};

/// Some time after it was written.
const LATER_MS: u64 = 1_800_000_000_000;

fn restored(folder: &Path, name: &str) -> Records {
    let older = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/older");
    let key = folder.join("totem.key");
    fs::copy(older.join(format!("{name}.key")), &key).expect("a key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).expect("its owner may");
    let vault = Arc::new(Vault::new(Keys::load(&key).expect("a key"), Cost::cheap_for_tests()));
    let (backup, store) = (older.join(format!("{name}.totem")), folder.join("store"));
    let chain = vault.chain();
    let how = Restoration { chain: &chain, unproved: true, line: [7; 16], after: None, now_ms: LATER_MS };
    let refused = import_export(&backup, &store, &Restoration { unproved: false, ..how })
        .expect_err("a yes is missing");
    assert!(matches!(refused, ExportError::Unproved { .. }) && !store.exists(), "{refused}");
    import_export(&backup, &store, &how).expect("an import");
    let options = OpenOptions { ballast_bytes: 0, ..OpenOptions::new(store, vault.chain()) };
    Records::new(Arc::new(SledStore::open(options).expect("it opens")), vault)
}

/// Its versions were counted up, and its seals were bound to none.
#[tokio::test]
async fn one_of_schema_3_is_read_and_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let backup = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/older/schema-3.totem");
    assert_eq!(verify_export(&backup).expect("it is whole").schema, 3);
    let records = restored(folder.path(), "schema-3");
    let before = records.store().list(Kind::Meta, None, 10).await.expect("a list");
    assert!(before.iter().all(|(_, read)| read.version < 9 && read.bytes[0] == 1), "{before:?}");

    records.check_keys(LATER_MS).await.expect("its own key");
    assert_eq!(records.verify_audit().await.expect("rows"), Ok(1));
    // Months later nothing is dated by the wall clock until somebody vouches for it (T12).
    let standing = records.time(LATER_MS).await.expect("its mark is read").standing();
    assert!(matches!(standing, WallStanding::Ahead { is_believed: false, .. }), "{standing:?}");
    let entry = Entry::new(LATER_MS, &"07".into(), Actor::Kiosk, Action::StartUp, Outcome::Done);
    records.draft(LATER_MS).audit(&entry).commit(&records).await.expect("a commit");
    assert_eq!(records.verify_audit().await.expect("rows"), Ok(2));
    let after = records.store().list(Kind::Meta, None, 10).await.expect("a list");
    let rewritten: Vec<u8> =
        after.iter().filter(|one| !before.contains(one)).map(|(_, read)| read.bytes[0]).collect();
    assert!(rewritten.len() >= 3 && rewritten.iter().all(|seal| *seal == 2), "{rewritten:?}");
    let seals = records.seals().await.expect("they are read");
    assert!(
        seals.broken == 0 && seals.records >= after.len() as u64,
        "all are bound to their versions: {seals:?}"
    );
    let text = fs::read_to_string(folder.path().join("store/sled/schema")).expect("the schema file");
    assert_eq!(text, format!("{SCHEMA}\n"));
}

/// It bore a MAC over all of it, and its records were bound to their versions: nothing is to be vouched for,
/// and nothing to be sealed anew.
#[tokio::test]
async fn one_of_schema_5_is_restored_as_whole_and_ours() {
    let folder = tempfile::tempdir().expect("a folder");
    let older = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/older");
    let (backup, key) = (older.join("schema-5.totem"), folder.path().join("totem.key"));
    assert_eq!(verify_export(&backup).expect("it is whole").schema, 5);
    fs::copy(older.join("schema-5.key"), &key).expect("a key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).expect("its owner may");
    let vault = Arc::new(Vault::new(Keys::load(&key).expect("a key"), Cost::cheap_for_tests()));
    let (chain, store) = (vault.chain(), folder.path().join("store"));
    let how = Restoration { chain: &chain, unproved: false, line: [7; 16], after: None, now_ms: LATER_MS };
    import_export(&backup, &store, &how).expect("an import");
    let options = OpenOptions { ballast_bytes: 0, ..OpenOptions::new(store, vault.chain()) };
    let store = SledStore::open(options).expect("it opens");
    let standing = store.standing().await.expect("a read").expect("it stands somewhere");
    assert!(standing.bound, "{standing:?}");
    let (_, counted) = store.count().await.expect("a read");
    assert!(counted.is_what_was_at(&standing));
    let records = Records::new(Arc::new(store), vault);
    records.check_keys(LATER_MS).await.expect("its own key");
    assert_eq!(records.verify_audit().await.expect("rows"), Ok(1));
}
