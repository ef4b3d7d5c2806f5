//! Whoever gets at the files puts an older store back, or a backup of their own making (T13): it is told,
//! it serves nobody until the operator says so, and that is on record. A store whose disk is not mounted
//! is not taken for a new one.

use std::fs;
use std::path::Path;

use sha2::{Digest as _, Sha256};
use totem::domain::reference::{Id, Kind, Ref};
use totem::store::tallies::VisitsOfDay;
use totem::store::{Batch, Change};

use crate::cli_support::Place;

/// Commands that look into the store.
const LOOKING: [&[&str]; 5] =
    [&["audit", "verify"], &["audit", "export"], &["outbox", "list"], &["backup"], &["compact"]];
const ADOPT: [&str; 4] = ["store", "adopt", "--reason", "the disk came from a snapshot"];
const NEW: [&str; 4] = ["store", "new", "--reason", "the disk burnt"];

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = to.join(entry.file_name());
        match entry.file_type().expect("a type").is_dir() {
            true => copy(&entry.path(), &name),
            false => _ = fs::copy(entry.path(), name).expect("a copy"),
        }
    }
}

/// Puts a copy of the store in its place.
fn put_back(place: &Place, from: &str) {
    fs::remove_dir_all(place.store()).expect("a folder");
    copy(&place.path(from), &place.store());
}

fn keep(place: &Place, name: &str) {
    copy(&place.store(), &place.path(name));
}

fn database(place: &Place) -> Vec<u8> {
    fs::read(place.store().join("sled/db")).expect("the database")
}

/// Nothing works on the store, each command says why, and nothing is changed.
fn is_refused_everywhere(place: &Place, why: &str) {
    for command in LOOKING {
        place.totem(command).refused(8, why);
    }
    place.kiosk_refuses().refused(8, why);
    let doctor = place.totem(&["doctor"]);
    assert!(
        doctor.code == 1 && doctor.out.contains("fault  store: ") && doctor.out.contains(why),
        "{doctor:?}"
    );
}

fn on_record(place: &Place, action: &str) -> String {
    let exported = place.totem(&["audit", "export"]);
    let word = format!(r#""action":"{action}""#);
    assert_eq!(exported.code, 0, "{exported:?}");
    let row = exported.out.lines().rfind(|line| line.contains(&word)).map(str::to_string);
    row.unwrap_or_else(|| panic!("{action}: {exported:?}"))
}

#[test]
fn an_older_copy_is_told_and_gone_on_with_only_on_record() {
    let place = Place::used();
    keep(&place, "older");
    place.totem(&ADOPT).refused(1, "there is nothing to adopt");
    place.kiosk().stop();
    place.kiosk().stop();
    keep(&place, "newest");
    put_back(&place, "older");
    let before = database(&place);
    is_refused_everywhere(&place, "is an older copy: it ends with row 1 of its audit log");
    let told = place.totem(&["audit", "verify"]);
    assert!(
        told.err.contains("knows row 3 of its audit log") && told.err.contains("2 rows, and"),
        "{told:?}"
    );
    assert!(told.err.contains("totem store adopt --reason TEXT"), "{told:?}");
    assert!(database(&place) == before, "it was left as it is");

    // The newest one is taken without a word.
    put_back(&place, "newest");
    place.totem(&["audit", "verify"]).done();
    put_back(&place, "older");
    assert_eq!(place.totem(&["store", "adopt"]).code, 2, "a reason is missing");
    let adopted = place.totem(&ADOPT);
    assert!(adopted.done().out.contains("2 rows, and what was done with them since "), "{adopted:?}");
    let row = on_record(&place, "adopt_store");
    assert!(row.contains("the disk came from a snapshot; 2 rows") && row.contains("operator"), "{row}");
    place.kiosk().stop();
    place.totem(&["audit", "verify"]).done();
    // From now on the former newest one is an older copy.
    put_back(&place, "newest");
    is_refused_everywhere(&place, "is an older copy");
}

/// What changes no row of the audit log is told too.
#[tokio::test]
async fn a_copy_that_lacks_no_row_is_older_all_the_same() {
    let place = Place::used();
    keep(&place, "older");
    let records = place.opened().await.records;
    let tally = VisitsOfDay::default();
    records.draft(1).new_record(records.new_id(1), &tally, None).commit(&records).await.expect("a commit");
    drop(records);
    place.totem(&["audit", "verify"]).done();
    put_back(&place, "older");
    is_refused_everywhere(&place, "without a row is missing");
}

#[test]
fn a_copy_that_went_on_elsewhere_is_no_newer_one() {
    let (place, elsewhere) = (Place::used(), Place::new());
    copy(&place.path("totem.key.head"), &elsewhere.path("totem.key.head"));
    fs::copy(place.path("totem.key"), elsewhere.path("totem.key")).expect("a copy");
    copy(&place.store(), &elsewhere.store());
    place.kiosk().stop();
    (0..3).for_each(|_| elsewhere.kiosk().stop());
    fs::remove_dir_all(place.store()).expect("a folder");
    copy(&elsewhere.store(), &place.store());
    is_refused_everywhere(&place, "went on from an older copy, elsewhere");
    place.totem(&ADOPT).done();
    place.kiosk().stop();
}

#[test]
fn a_head_that_lags_is_no_matter() {
    let place = Place::used();
    let head = place.path("totem.key.head/head");
    let before = fs::read(&head).expect("the head");
    place.kiosk().stop();
    let after = fs::read(&head).expect("the head");
    fs::write(&head, &before).expect("as after a power cut");
    place.totem(&["audit", "verify"]).done();
    assert_ne!(fs::read(&head).expect("the head"), before, "it was noted again");
    place.kiosk().stop();
    assert_ne!(fs::read(&head).expect("the head"), after);
    assert_eq!(place.open_to_others("totem.key.head"), []);
}

#[test]
fn a_head_that_is_gone_or_another_store_s_is_told() {
    let (place, other) = (Place::used(), Place::new());
    fs::remove_dir_all(place.path("totem.key.head")).expect("a folder");
    is_refused_everywhere(&place, "the head of the store in ");
    assert!(!place.path("totem.key.head").exists());
    place.totem(&ADOPT).done();
    assert!(on_record(&place, "adopt_store").contains("the head was gone"));
    place.kiosk().stop();

    fs::copy(place.path("totem.key"), other.path("totem.key")).expect("a copy");
    other.kiosk().stop();
    let swap = |from: &Place| {
        fs::remove_dir_all(place.path("totem.key.head")).expect("a folder");
        copy(&from.path("totem.key.head"), &place.path("totem.key.head"));
    };
    swap(&other);
    is_refused_everywhere(&place, "is another one than the head in ");
    swap(&Place::used());
    is_refused_everywhere(&place, "was noted with other keys");
    place.totem(&ADOPT).done();
    place.kiosk().stop();
}

#[test]
fn a_head_that_can_t_be_read_or_noted_is_told_and_only_the_first_stops_the_store() {
    let place = Place::used();
    let at = |head: &str| fs::write(place.path("config.toml"), format!("[store]\nhead = \"{head}\"\n"));
    fs::create_dir_all(place.path("elsewhere/head")).expect("a folder in the file's place");
    at("elsewhere").expect("a file");
    is_refused_everywhere(&place, "can't be read");
    at("").expect("a file");
    place.totem(&["audit", "verify"]).done();

    // A new store whose head can't be made serves, and doctor tells.
    let place = Place::new();
    fs::write(place.path("config.toml"), "[store]\nhead = \"/proc/head\"\n").expect("a file");
    place.kiosk().stop();
    place.totem(&["audit", "verify"]).done();
    let doctor = place.totem(&["doctor"]);
    assert!(
        doctor.code == 1 && doctor.out.contains("fault  head: it can't be noted in /proc/head"),
        "{doctor:?}"
    );
    let log =
        fs::read_dir(place.path("totem-data/log")).expect("a folder").map(|file| file.expect("an entry"));
    let text: String = log.map(|file| fs::read_to_string(file.path()).expect("a log")).collect();
    assert!(text.contains("the head can't be noted"), "{text}");
    // Once it can, it is.
    fs::write(place.path("config.toml"), "").expect("a file");
    place.kiosk().stop();
    assert!(place.path("totem.key.head/head").exists());
}

#[test]
fn a_store_whose_disk_is_not_mounted_is_not_begun_anew() {
    let place = Place::used();
    fs::rename(place.store(), place.path("unmounted")).expect("a rename");
    for folder in [false, true] {
        if folder {
            fs::create_dir(place.store()).expect("an empty mount point");
        }
        is_refused_everywhere(&place, "there is no store in ");
        assert!(!place.store().join("sled").exists(), "nothing was made");
    }
    let told = place.kiosk_refuses();
    for part in
        ["which ended with row 1", "is mounted", "totem restore FILE", "totem store new --reason TEXT"]
    {
        assert!(told.err.contains(part), "{told:?}");
    }
    // Also without the key, which would otherwise be made anew.
    fs::rename(place.path("totem.key"), place.path("key")).expect("a rename");
    place.kiosk_refuses().refused(8, "there is no store in ");
    assert!(!place.path("totem.key").exists(), "no new key");
    fs::rename(place.path("key"), place.path("totem.key")).expect("a rename");
    // It is mounted again.
    fs::remove_dir(place.store()).expect("an empty folder");
    fs::rename(place.path("unmounted"), place.store()).expect("a rename");
    place.totem(&NEW).refused(1, "there is a store in ");
    place.kiosk().stop();

    fs::rename(place.store(), place.path("lost")).expect("a rename");
    let begun = place.totem(&NEW);
    assert!(begun.done().out.contains("An empty store is in "), "{begun:?}");
    assert!(on_record(&place, "begin_store").contains("the disk burnt; the 2 rows that were noted"));
    place.kiosk().stop();
    put_back(&place, "lost");
    is_refused_everywhere(&place, "is an older copy");
}

#[test]
fn a_fresh_machine_needs_one_command() {
    let place = Place::new();
    place.kiosk().stop();
    place.kiosk().stop();
    let doctor = place.totem(&["doctor"]);
    assert!(doctor.out.contains("ok     head: ") && doctor.out.contains("up to row 2, "), "{doctor:?}");
}

#[test]
fn a_restored_backup_is_a_known_way_back() {
    let place = Place::used();
    place.totem(&["backup", "one.totem"]).done();
    place.kiosk().stop();
    keep(&place, "newest");
    let restored = place.totem(&["restore", "one.totem", "--yes"]);
    assert!(
        restored.done().out.contains("Of the store that was noted last 2 rows, and what"),
        "{restored:?}"
    );
    assert!(on_record(&place, "restore").contains("2 rows, and what was done with them since"));
    place.kiosk().stop();
    place.totem(&["audit", "verify"]).done();
    put_back(&place, "newest");
    is_refused_everywhere(&place, "is an older copy");
}

/// What the program does not write: the bytes of a record, under the seal's own version.
#[tokio::test]
async fn a_record_that_does_not_open_is_told_by_the_audit() {
    let place = Place::used();
    let opened = place.opened().await;
    let at = Ref { kind: Kind::Limit, id: Id([7; 16]) };
    let change = Change::Put { at, bytes: vec![2; 80], due_ms: None, groups: vec![] };
    let batch = Batch { id: opened.records.new_id(1), expect: vec![], changes: vec![change] };
    opened.records.store().commit(batch).await.expect("a commit");
    drop(opened);
    place.totem(&["audit", "verify"]).refused_after_showing(5, "1 of ");
}

/// What lies in a backup: what is before the entries, each entry, and what is after them.
struct Backup {
    front: Vec<u8>,
    entries: Vec<(Vec<u8>, Vec<u8>)>,
    mac: Vec<u8>,
}

impl Backup {
    fn read(bytes: &[u8]) -> Self {
        let number = |at: usize, length: usize| {
            bytes[at..at + length].iter().fold(0, |all, byte| all << 8 | usize::from(*byte))
        };
        let mut at = 14 + number(12, 2);
        let front = bytes[..at].to_vec();
        let mut entries = Vec::new();
        while bytes[at] == 1 {
            let (key, value) = (number(at + 1, 2), number(at + 3, 4));
            at += 7;
            entries.push((bytes[at..at + key].to_vec(), bytes[at + key..at + key + value].to_vec()));
            at += key + value;
        }
        Backup { front, entries, mac: bytes[at + 1 + 8 + 32..].to_vec() }
    }

    /// As an attacker writes it: the checksum is anybody's to make.
    fn write(&self) -> Vec<u8> {
        let mut bytes = self.front.clone();
        for (key, value) in &self.entries {
            bytes.push(1);
            bytes.extend(u16::try_from(key.len()).expect("a short key").to_be_bytes());
            bytes.extend(u32::try_from(value.len()).expect("a short value").to_be_bytes());
            bytes.extend(key.iter().chain(value));
        }
        bytes.push(0);
        bytes.extend((self.entries.len() as u64).to_be_bytes());
        let digest = Sha256::digest(&bytes);
        bytes.extend(digest);
        bytes.extend(&self.mac);
        bytes
    }
}

#[tokio::test]
async fn a_backup_with_an_older_record_in_it_is_refused() {
    let place = Place::used();
    let id = Id([7; 16]);
    let records = place.opened().await.records;
    records.draft(1).new_record(id, &VisitsOfDay::default(), None).commit(&records).await.expect("a commit");
    drop(records);
    place.totem(&["backup", "older.totem"]).done();
    let records = place.opened().await.records;
    let held = records.get::<VisitsOfDay>(id).await.expect("a read").expect("it is there");
    records.draft(2).replace(&held, &VisitsOfDay::default(), None).commit(&records).await.expect("a commit");
    drop(records);
    place.totem(&["backup", "newer.totem"]).done();
    let read = |name: &str| Backup::read(&fs::read(place.path(name)).expect("a backup"));
    let (older, mut newer) = (read("older.totem"), read("newer.totem"));
    assert_eq!(newer.write(), fs::read(place.path("newer.totem")).expect("a backup"), "it is read as it is");
    // A record of that key whose seal is whole, from before.
    let same = |(key, value): &&(Vec<u8>, Vec<u8>)| {
        key[0] < 0x40 && newer.entries.iter().any(|(now, is)| now == key && is != value)
    };
    let (key, value) = older.entries.iter().find(same).expect("a record that changed").clone();
    let at = newer.entries.iter().position(|(now, _)| *now == key).expect("it is there");
    newer.entries[at].1 = value;
    fs::write(place.path("forged.totem"), newer.write()).expect("a file");
    let before = database(&place);
    place.totem(&["restore", "forged.totem", "--yes"]).refused(5, "its MAC does not match");
    place.totem(&["restore", "forged.totem", "--yes", "--unproved"]).refused(5, "its MAC does not match");
    // Given out for an older program's, which had no MAC.
    for (schema, code, why) in [(5, 5, "it lacks its MAC"), (4, 1, "bears no MAC")] {
        let front = [&b"totem\0x1"[..], &[0, 0, 0, schema]].concat();
        let stripped = Backup { front, entries: newer.entries.clone(), mac: Vec::new() };
        fs::write(place.path("forged.totem"), stripped.write()).expect("a file");
        place.totem(&["restore", "forged.totem", "--yes"]).refused(code, why);
    }
    assert!(database(&place) == before, "nothing was changed");
    // One that another key made is another key's.
    let other = Place::used();
    other.totem(&["backup", "other.totem"]).done();
    fs::copy(other.path("other.totem"), place.path("other.totem")).expect("a copy");
    place.totem(&["restore", "other.totem", "--yes"]).refused(6, "the keys are not those");
}

#[test]
fn a_backup_of_an_older_program_takes_an_explicit_yes() {
    let older = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/older");
    for (schema, has_head) in [(3, false), (4, false), (4, true)] {
        let place = if has_head { Place::used() } else { Place::new() };
        fs::write(place.path("config.toml"), "[kiosk]\ndesk = \"07\"\n").expect("a file");
        let _ = fs::remove_file(place.path("totem.key"));
        fs::copy(older.join(format!("schema-{schema}.key")), place.path("totem.key")).expect("a copy");
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        fs::set_permissions(place.path("totem.key"), mode).expect("its owner may");
        let backup = older.join(format!("schema-{schema}.totem"));
        let backup = backup.to_str().expect("UTF-8");
        place.totem(&["restore", backup, "--yes"]).refused(1, "bears no MAC");
        let restored = place.totem(&["restore", backup, "--yes", "--unproved"]);
        restored.done();
        if schema == 4 {
            place.kiosk().stop();
        }
        let verified = place.totem(&["audit", "verify"]);
        assert!(verified.done().out.contains("as they were written"), "{verified:?}");
    }
}
