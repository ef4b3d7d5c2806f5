//! New keys for an existing store: nothing is lost or changed, the old key opens nothing new, and
//! the same command completes what a process killed anywhere in between left.

#![allow(
    clippy::disallowed_methods,
    reason = "a child is told by the environment where to die, and another dies at a moment that nothing \
              announces"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use totem::audit::{Actor, AuditAnchor, ChainName, Entry};
use totem::domain::deed::{Action, Outcome};
use totem::domain::reference::{Id, Kind, Ref};
use totem::rotation::{Rotated, Rotation, RotationError, Step};
use totem::store::records::{Records, place_of};
use totem::store::sled::{ClosedStore, OpenOptions, SledStore};
use totem::vault::{Cost, Keys, Vault};

use crate::child::Chance;
use crate::cli_support::{NOON, Place};
use crate::powercut::{Machine, Survives};

const FOLDER: &str = "TOTEM_TEST_ROTATION";
const LAST_STEP: &str = "TOTEM_TEST_LAST_STEP";
/// Dies at no step.
const NEVER: &str = "";
const STEPS: [Step; 3] = [Step::Announced, Step::Resealed, Step::InForce];
const KILLS: u32 = 20;
const CUTS: u32 = 30;

/// A record without its seal, and when it is due.
type Plain = (Ref, u64, Option<u64>, Vec<u8>);

/// Everything except what the store keeps about itself.
fn contents(place: &Place) -> Vec<Plain> {
    contents_below(&place.path(""))
}

/// The same, with the key and the store of a folder; its audit log must be whole.
fn contents_below(folder: &Path) -> Vec<Plain> {
    let kinds = [Kind::Account, Kind::Limit, Kind::Recovery, Kind::Outbox, Kind::Staff, Kind::Document];
    let keys = Keys::load(&folder.join("totem.key")).expect("a key");
    let vault = Arc::new(Vault::new(keys, Cost::cheap_for_tests()));
    let options =
        OpenOptions { ballast_bytes: 0, ..OpenOptions::new(folder.join("totem-data/store"), vault.chain()) };
    let store = Arc::new(SledStore::open(options).expect("the store opens"));
    let records = Records::new(store, vault);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        assert_eq!(records.keys_fit().await, Ok(true));
        records.verify_audit().await.expect("rows").expect("the chain holds");
        let mut all = Vec::new();
        for kind in kinds {
            for (at, read) in records.store().list(kind, None, 1000).await.expect("it reads") {
                let plain = records.vault().open(place_of(at, &read), &read.bytes).expect("it opens");
                all.push((at, read.version, read.due_ms, plain.to_vec()));
            }
        }
        all
    })
}

/// One with the demo world's accounts.
fn place() -> Place {
    Place::used()
}

/// The audit log as lines, without the MACs that chain its rows.
fn rows(place: &Place) -> Vec<String> {
    let exported = place.totem(&["audit", "export"]).out;
    let lines = exported.lines().map(|line| line.split(",\"mac\":").next().expect("a line").to_string());
    lines.collect()
}

fn key(place: &Place) -> PathBuf {
    place.path("totem.key")
}

/// Whether any file of the store holds a record sealed by the first key.
fn holds_old_seals(place: &Place) -> bool {
    let store = ClosedStore::take(&place.store(), 16 << 20).expect("nobody has it").expect("a store");
    let mark = Ref { kind: Kind::Meta, id: Id(*b"key-check\0\0\0\0\0\0\0") };
    store.get(mark).expect("it opens").expect("the mark").bytes[1] == 1
}

#[test]
fn everything_is_sealed_with_the_new_key_and_nothing_else_changes() {
    let place = place();
    let (before, rows_before) = (contents(&place), rows(&place));
    assert!(before.len() > 2, "{}", before.len());
    let head = place.totem(&["audit", "verify"]).value("head").to_string();
    let old_backup = place.totem(&["backup"]).done().out.lines().next().expect("its name").to_string();
    let old_key = fs::read(key(&place)).expect("the key");

    let head_at_rotation = place.totem(&["audit", "verify"]).value("head").to_string();
    let told = place.totem(&["key", "rotate"]);
    assert!(told.done().out.contains("are sealed with the new key"), "{told:?}");
    // The test's own process may make files that others can read.
    assert_eq!(place.open_to_others("totem-data/store"), []);
    assert_eq!(contents(&place), before);
    assert!(!holds_old_seals(&place));
    let kept = place.path("totem.key.until-2");
    assert_eq!(fs::read(&kept).expect("the old key"), old_key);
    assert_eq!([place.open_to_others("totem.key"), place.open_to_others("totem.key.until-2")], [[], []]);
    assert!(!place.path("totem.key.next").exists() && !place.path("totem.key.next.partial").exists());

    // The rows are the same under a new chain, and the next row holds the end of the old chain.
    place.totem(&["audit", "verify"]).done();
    let rows_after = rows(&place);
    assert_eq!(rows_after[..rows_before.len()], rows_before);
    let last = rows_after.last().expect("a row");
    assert!(last.contains("change_keys") && last.contains(&head_at_rotation), "{last}");
    assert_eq!(place.totem(&["audit", "verify", "--head", &head]).code, 7, "another chain");
    place.kiosk().stop();

    // The old key opens nothing new, the new one nothing old.
    place.totem(&["restore", &old_backup, "--yes"]).refused(6, "totem.key.until-2: put ");
    let new_backup = "new.totem";
    place.totem(&["backup", new_backup]).done();
    let (new_key, aside) = (key(&place), place.path("aside"));
    fs::rename(&new_key, &aside).expect("a rename");
    fs::copy(&kept, &new_key).expect("a copy");
    place.totem(&["audit", "verify"]).refused(6, "the keys are not those");
    place.totem(&["restore", &old_backup, "--yes"]).done();
    place.totem(&["audit", "verify", "--head", &head]).done();
    fs::rename(&aside, &new_key).expect("a rename");
    place.totem(&["restore", new_backup, "--yes"]).done();
    assert_eq!(contents(&place), before);

    // And a second time.
    place.totem(&["key", "rotate"]).done();
    assert!(place.path("totem.key.until-3").exists());
    place.totem(&["audit", "verify"]).done();
}

/// Each chain is made again apart from the others, and its own last row holds its own former end.
#[test]
fn every_chain_is_sealed_anew() {
    let place = place();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let chain = ChainName::new(0xab);
    let before: Vec<String> = runtime.block_on(async {
        let records = place.opened().await.records;
        let other = records.in_chain(chain);
        for number in 0..3 {
            let entry = Entry::new(number, &"08".into(), Actor::Kiosk, Action::StartUp, Outcome::Done);
            other.draft(NOON).audit(&entry).commit(&other).await.expect("a commit");
        }
        // One of its rows was removed long ago.
        other.draft(NOON).new_anchor(chain, NOON).commit(&other).await.expect("a commit");
        let anchor = other.audit_anchor().await.expect("it reads").expect("it was made");
        let first = other.audit_rows(0, 1).await.expect("rows").remove(0).0;
        let to = AuditAnchor { sequence: 1, mac: first.mac, cutting_until_ms: None };
        other.draft(NOON).cut_rows(&anchor, &to, NOON).commit(&other).await.expect("a commit");
        let mut heads = Vec::new();
        for records in [&records, &other] {
            let last = records.audit_rows(0, 100).await.expect("rows").pop().expect("a row").0;
            heads.push(data_encoding::HEXLOWER.encode(&last.mac));
        }
        heads
    });
    place.totem(&["key", "rotate"]).done();
    let verified = place.totem(&["audit", "verify"]);
    assert!(verified.done().out.contains("chain  00000000000000ab\nrows   3\ncut    1 "), "{verified:?}");
    runtime.block_on(async {
        let records = place.opened().await.records;
        for (records, head) in [(records.clone(), &before[0]), (records.in_chain(chain), &before[1])] {
            let (_, last) = records.audit_rows(0, 100).await.expect("rows").pop().expect("a row");
            assert_eq!(last.action, Action::ChangeKeys);
            assert!(last.note.expect("a note").as_str().ends_with(head.as_str()));
        }
    });
}

/// A log whose oldest rows were removed still begins with the same row.
#[test]
fn an_audit_log_that_was_cut_is_chained_from_the_cut() {
    let place = place();
    place.totem(&["backup"]).done();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let records = place.opened().await.records;
        let anchor = records.audit_anchor().await.expect("it reads").expect("the kiosk made it");
        let first = records.store().rows(ChainName::FIRST, 0, 1).await.expect("rows").remove(0);
        let to = AuditAnchor { sequence: 1, mac: first.mac, cutting_until_ms: None };
        let now_ms = records.time(0).await.expect("the time").now_ms();
        let entry = Entry::new(now_ms, &"07".into(), Actor::Courier, Action::CutAudit, Outcome::Done);
        records
            .draft(now_ms)
            .cut_rows(&anchor, &to, now_ms)
            .audit(&entry)
            .commit(&records)
            .await
            .expect("a commit");
    });
    place.totem(&["audit", "verify"]).done();
    place.totem(&["key", "rotate"]).done();
    let verified = place.totem(&["audit", "verify"]);
    assert_eq!(verified.done().value("cut"), "1 rows before these, past retention.audit_years");
    place.kiosk().stop();
    place.totem(&["audit", "verify"]).done();
}

#[test]
fn what_can_t_be_done_changes_nothing() {
    let place = place();
    let kiosk = place.kiosk();
    place.totem(&["key", "rotate"]).refused(4, "is in use by another totem");
    kiosk.stop();
    let before = fs::read(key(&place)).expect("the key");
    fs::write(key(&place), fs::read(Place::used().path("totem.key")).expect("a key")).expect("a file");
    place.totem(&["key", "rotate"]).refused(6, "the keys are not those");
    fs::write(key(&place), &before).expect("a file");
    // A copy of other keys under the old key's name is not overwritten.
    fs::copy(Place::used().path("totem.key"), place.path("totem.key.until-2")).expect("a copy");
    place.totem(&["key", "rotate"]).refused(6, "a key file is there already");
    assert_eq!(fs::read(key(&place)).expect("the key"), before);
    assert!(!place.path("totem.key.next").exists());
    place.totem(&["audit", "verify"]).done();
    fs::remove_file(place.path("totem.key.until-2")).expect("a file");
    place.totem(&["key", "rotate"]).done();
    place.totem(&["audit", "verify"]).done();
    Place::new().totem(&["key", "rotate"]).refused(1, "there is no store");
}

/// Rotates the keys of what is in a folder.
fn rotate(folder: &Path, reached: &mut dyn FnMut(Step)) -> Result<Rotated, RotationError> {
    let (store, key) = (folder.join("totem-data/store"), folder.join("totem.key"));
    let (head, terminal, cost) = (folder.join("totem.key.head"), "07".into(), Cost::cheap_for_tests());
    Rotation { store: &store, head: &head, key: &key, cost, terminal: &terminal, now_ms: 0 }.run(reached)
}

/// This test binary, started again to rotate keys and to die at a step, if one is given.
fn rotating(folder: &Path, last: &str) -> Command {
    let mut child = Command::new(std::env::current_exe().expect("this binary"));
    child.args(["--exact", "key_rotation::rotating_child", "--nocapture", "--test-threads=1"]);
    child.env(FOLDER, folder).env(LAST_STEP, last).stdout(Stdio::null()).stderr(Stdio::null());
    child
}

/// The child's way in; in an ordinary run of the tests it has nothing to do.
#[test]
fn rotating_child() {
    let (Some(folder), Ok(last)) = (std::env::var_os(FOLDER), std::env::var(LAST_STEP)) else { return };
    let rotated = rotate(Path::new(&folder), &mut |step| {
        if format!("{step:?}") == last {
            std::process::abort();
        }
    });
    assert!(rotated.is_ok() && last == NEVER, "{rotated:?}");
}

#[test]
fn a_process_that_dies_at_a_step_is_followed_by_one_that_goes_on() {
    for step in STEPS {
        let place = place();
        let (before, old) = (contents(&place), fs::read(key(&place)).expect("the key"));
        let ended = rotating(&place.path(""), &format!("{step:?}")).status().expect("it starts");
        assert!(ended.code().is_none(), "{step:?}: it was to die by a signal: {ended:?}");

        let doctor = place.totem(&["doctor"]).out;
        let is_begun = doctor.contains("was begun and not finished");
        assert_eq!(is_begun, step != Step::InForce, "{step:?}: {doctor}");
        match step {
            // The old key is in force and opens everything.
            Step::Announced => assert_eq!(contents(&place), before),
            Step::Resealed => {
                place.totem(&["audit", "verify"]).refused(6, "run `totem key rotate` again");
                place.kiosk_refuses().refused(6, "run `totem key rotate` again");
                assert_eq!(fs::read(key(&place)).expect("the key"), old);
            }
            Step::InForce => assert_eq!(contents(&place), before),
        }
        if step != Step::InForce {
            place.totem(&["key", "rotate"]).done();
        }
        assert_eq!(contents(&place), before, "{step:?}");
        place.totem(&["audit", "verify"]).done();
        assert_eq!(fs::read(place.path("totem.key.until-2")).expect("the old key"), old, "{step:?}");
        assert!(!holds_old_seals(&place) && !place.path("totem.key.next").exists(), "{step:?}");
    }
}

/// Until a moment after the next keys appear, or a random moment.
fn wait_for_its_work(child: &mut Child, folder: &Path, chance: &mut Chance) {
    let next = folder.join("totem.key.next");
    if chance.below(4) > 0 {
        while !next.exists() && child.try_wait().expect("it is our child").is_none() {
            std::thread::yield_now();
        }
    }
    std::thread::sleep(Duration::from_micros(chance.below(40_000)));
}

/// The real program, killed at random moments, again and again: at every moment one of two keys
/// opens the store, and in the end it is the one in force.
#[test]
fn a_change_of_keys_outlives_every_kill() {
    let place = place();
    let (before, mut chance) = (contents(&place), Chance::new("key_rotation"));
    let mut cut_short = 0;
    for _ in 0..KILLS {
        let mut command = place.command(crate::program::program());
        let mut child = command.args(["key", "rotate"]).spawn().expect("the binary starts");
        wait_for_its_work(&mut child, &place.path(""), &mut chance);
        child.kill().expect("it runs or has ended");
        child.wait().expect("it ends");
        cut_short += u32::from(Keys::following(&key(&place)).expect("whole or absent").is_some());
        // Sometimes one cut follows another.
        if chance.below(3) > 0 {
            place.totem(&["key", "rotate"]).done();
            assert_eq!(contents(&place), before);
        }
    }
    println!("{cut_short} of {KILLS} cut short with a key announced");
    assert!(cut_short > 0, "no kill came in between");
    place.totem(&["key", "rotate"]).done();
    assert_eq!(contents(&place), before);
    place.totem(&["audit", "verify"]).done();
    assert!(!holds_old_seals(&place));
}

/// The power is cut at random moments, and unsynced writes are lost or not: one of two keys opens
/// what is left, and the next run completes it.
#[test]
fn a_change_of_keys_outlives_every_power_cut() {
    let place = place();
    let before = contents(&place);
    let machine = Machine::holding(&place.path(""));
    let (mut chance, mut cut_short) = (Chance::new("key_rotation_powercut"), 0);
    for _ in 0..CUTS {
        let mut child =
            rotating(&machine.live(), NEVER).envs(machine.environment()).spawn().expect("it starts");
        wait_for_its_work(&mut child, &machine.live(), &mut chance);
        child.kill().expect("it runs or has ended");
        child.wait().expect("it ends");
        let survives = match chance.below(4) {
            0 => Survives::OnlySynced,
            1 => Survives::All,
            _ => Survives::Some,
        };
        machine.cut(survives, &mut chance);
        cut_short += u32::from(machine.live().join("totem.key.next").exists());
        rotate(&machine.live(), &mut |_| {}).expect("it goes on where it was");
        assert_eq!(contents_below(&machine.live()), before);
        machine.forget();
    }
    println!("{cut_short} of {CUTS} cut short with a key announced");
    assert!(cut_short > 0, "no cut came in between");
}
