//! `totem backup`, `restore` and `compact`: what is written is whole, and only what is whole is
//! restored.

use std::fs;

use sha2::{Digest, Sha256};

use crate::cli_support::Place;

/// Makes a backup under this name.
fn back_up(place: &Place, name: &str) {
    place.totem(&["backup", name]).done();
}

#[test]
fn a_backup_says_what_it_holds() {
    let place = Place::used();
    let made = place.totem(&["backup"]);
    let file = made.done().out.lines().next().expect("its name").to_string();
    let name = file.rsplit('/').next().expect("a name");
    assert!(file.contains("/totem-data/exports/"), "{made:?}");
    assert!(name.starts_with("totem-2") && name.ends_with("Z.totem") && name.len() == 28, "{name}");
    let bytes = fs::read(&file).expect("the backup");
    assert_eq!(made.value("bytes"), bytes.len().to_string());
    assert_eq!(made.value("sha256"), data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes)));
    assert!(made.value("entries").parse::<u64>().expect("a number") > 2, "{made:?}");
    let doctor = place.totem(&["doctor"]);
    assert!(doctor.out.contains("ok     backups: the last is "), "{doctor:?}");
    assert!(doctor.out.contains("ok     store: schema 6, the key fits"), "{doctor:?}");
    assert!(doctor.out.contains("ok     staff of the demo world"), "{doctor:?}");

    back_up(&place, "mine.totem");
    assert_eq!(place.open_to_others("mine.totem"), []);
    let before = fs::read(place.path("mine.totem")).expect("the backup");
    place.totem(&["backup", "mine.totem"]).refused(1, "there is a file mine.totem already");
    assert_eq!(fs::read(place.path("mine.totem")).expect("the backup"), before);
}

#[test]
fn a_working_store_is_replaced_only_when_that_is_meant() {
    let place = Place::used();
    back_up(&place, "one.totem");
    place.kiosk().stop();
    let rows = || place.totem(&["audit", "verify"]).value("rows").to_string();
    let before = rows();
    place.totem(&["restore", "one.totem"]).refused(1, "say --yes as well");
    assert_eq!(rows(), before);
    let restored = place.totem(&["restore", "one.totem", "--yes"]);
    assert!(restored.done().out.contains("sled.before-import-"), "{restored:?}");
    // The start before the backup, and the restore.
    assert_eq!(rows(), "2");
    let exported = place.totem(&["audit", "export", "--after", "1"]);
    assert!(exported.out.contains(r#""actor":"operator","action":"restore""#), "{exported:?}");
}

#[test]
fn a_bad_backup_or_another_key_touches_nothing() {
    let place = Place::used();
    back_up(&place, "good.totem");
    let head = place.totem(&["audit", "verify"]).value("head").to_string();
    let good = fs::read(place.path("good.totem")).expect("the backup");
    let mut flipped = good.clone();
    flipped[good.len() / 2] ^= 1;
    for bad in [&flipped[..], &good[..good.len() - 9], b"something else"] {
        fs::write(place.path("bad.totem"), bad).expect("a file");
        place.totem(&["restore", "bad.totem", "--yes"]).refused(5, "bad.totem is damaged");
    }
    place.totem(&["restore", "none.totem", "--yes"]).refused(1, "none.totem cannot be read");

    let other = Place::used();
    fs::copy(place.path("good.totem"), other.path("good.totem")).expect("a copy");
    other.totem(&["restore", "good.totem", "--yes"]).refused(6, "the keys are not those");
    let keyless = Place::new();
    fs::copy(place.path("good.totem"), keyless.path("good.totem")).expect("a copy");
    keyless.totem(&["restore", "good.totem"]).refused(6, "there is no key at");
    assert!(!keyless.path("totem.key").exists() && !keyless.path("totem-data").exists());
    assert_eq!(place.totem(&["audit", "verify"]).done().value("head"), head);
}

#[test]
fn a_new_machine_takes_key_and_backup_over() {
    let (old, new) = (Place::used(), Place::new());
    back_up(&old, "moved.totem");
    let head = old.totem(&["audit", "verify"]).value("head").to_string();
    for name in ["totem.key", "moved.totem"] {
        fs::copy(old.path(name), new.path(name)).expect("a copy");
    }
    new.totem(&["restore", "moved.totem"]).done();
    assert_eq!(new.open_to_others("totem-data"), []);
    // The old store noted the backup after it was made.
    new.totem(&["audit", "verify", "--head", &head]).refused_after_showing(7, "rows were cut off");
    new.kiosk().stop();
}

#[test]
fn compacting_keeps_the_chain() {
    let place = Place::used();
    let head = place.totem(&["audit", "verify"]).value("head").to_string();
    let compacted = place.totem(&["compact"]);
    assert!(compacted.done().value("after").contains("live"), "{compacted:?}");
    assert_eq!(place.totem(&["audit", "verify"]).done().value("head"), head);
}
