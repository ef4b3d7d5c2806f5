//! The store on bad days, through the real program: in use, damaged, under another key, without
//! one, from a newer program. Each ends with one sentence and an exit code, and deletes nothing.

use std::fs;

use crate::cli_support::Place;

/// Commands that look into the store.
const LOOKING: [&[&str]; 5] =
    [&["audit", "verify"], &["audit", "export"], &["outbox", "list"], &["backup"], &["compact"]];

#[test]
fn what_a_kiosk_makes_is_its_owners_alone() {
    let place = Place::used();
    place.totem(&["backup"]).done();
    assert_eq!(place.open_to_others("totem-data"), []);
    assert_eq!(place.open_to_others("totem.key"), []);
}

#[test]
fn a_running_kiosk_has_the_store_to_itself() {
    let place = Place::new();
    let kiosk = place.kiosk();
    for command in LOOKING {
        place.totem(command).refused(4, "is in use by another totem");
    }
    place.totem(&["restore", "any.totem", "--yes"]).refused(4, "is in use by another totem");
    let doctor = place.totem(&["doctor"]);
    assert!(doctor.out.contains("store: a kiosk has it open"), "{doctor:?}");
    let second = place.kiosk_refuses();
    second.refused(4, "is in use by another totem");
    // Somebody tidies up.
    fs::remove_file(place.store().join("lock")).expect("it is there");
    for _ in 0..2 {
        place.kiosk_refuses().refused(4, "is in use by another totem");
        place.totem(&["audit", "verify"]).refused(4, "is in use by another totem");
    }
    assert!(place.store().join("sled/db").exists(), "nothing was moved");
    kiosk.stop();
    place.totem(&["audit", "verify"]).done();
}

#[test]
fn without_a_store_nothing_is_made() {
    let place = Place::new();
    for command in LOOKING {
        place.totem(command).refused(1, "there is no store in");
    }
    let doctor = place.totem(&["doctor"]);
    assert!(doctor.out.contains("store: none yet"), "{doctor:?}");
    assert!(!place.path("totem.key").exists() && !place.path("totem-data").exists());
}

#[test]
fn a_damaged_store_is_moved_aside_and_a_backup_restored() {
    let place = Place::used();
    let head = place.totem(&["audit", "verify"]).value("head").to_string();
    let backup = place.totem(&["backup"]).done().out.lines().next().expect("its name").to_string();
    let database = place.store().join("sled/db");
    let length = fs::metadata(&database).expect("the database").len();
    let garbage = vec![0xa5; usize::try_from(length.max(4096)).expect("a small file")];
    fs::write(&database, &garbage).expect("a file");

    place.totem(&["audit", "verify"]).refused(5, "cannot be opened");
    assert!(place.store().join("sled").exists(), "only the kiosk moves it aside");
    for _ in 0..2 {
        let refused = place.kiosk_refuses();
        refused.refused(5, "totem restore");
        assert!(refused.err.contains(&backup) && refused.err.contains("`mv "), "{refused:?}");
    }
    place.totem(&["audit", "verify"]).refused(5, "totem restore");
    let doctor = place.totem(&["doctor"]);
    assert!(doctor.code == 1 && doctor.out.contains("fault  store: "), "{doctor:?}");
    let aside = only_one(&place, "sled.aside-");
    assert_eq!(fs::read(aside.join("db")).expect("it is kept"), garbage);

    place.totem(&["restore", &backup]).done();
    place.totem(&["audit", "verify", "--head", &head]).done();
    place.kiosk().stop();
    assert!(aside.exists(), "nothing is deleted");
}

/// sled alone would go on with what lies before that bit.
#[test]
fn one_flipped_bit_is_told_and_nothing_is_changed() {
    let place = Place::used();
    let database = place.store().join("sled/db");
    let mut bytes = fs::read(&database).expect("the database");
    let written: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] != 0).collect();
    bytes[written[written.len() / 2]] ^= 4;
    fs::write(&database, &bytes).expect("a file");
    let files = || {
        let entries = fs::read_dir(place.store().join("sled")).expect("the folder");
        let files = entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file());
        let mut files: Vec<_> = files.map(|path| (path.clone(), fs::read(path).expect("a file"))).collect();
        files.sort();
        files
    };
    let before = files();
    for command in LOOKING {
        place.totem(command).refused(5, "move it aside, and restore the last backup");
    }
    let doctor = place.totem(&["doctor"]);
    assert!(doctor.code == 1 && doctor.out.contains("fault  store: "), "{doctor:?}");
    assert!(files() == before && !place.store().join("sled.building").exists());
}

fn only_one(place: &Place, prefix: &str) -> std::path::PathBuf {
    let entries =
        fs::read_dir(place.store()).expect("the folder").map(|entry| entry.expect("an entry").path());
    let name = |path: &std::path::Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let found: Vec<_> = entries.filter(|path| name(path).starts_with(prefix)).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].clone()
}

#[test]
fn another_key_or_none_changes_nothing() {
    let place = Place::used();
    let head = place.totem(&["audit", "verify"]).value("head").to_string();
    let (key, right, wrong) = (place.path("totem.key"), place.path("right"), Place::used());
    fs::rename(&key, &right).expect("a rename");
    for command in LOOKING {
        place.totem(command).refused(6, "put the right key back");
    }
    place.kiosk_refuses().refused(6, "put the right key back");
    assert!(!key.exists(), "no new key for old data");

    fs::copy(wrong.path("totem.key"), &key).expect("a copy");
    place.totem(&["audit", "verify"]).refused(6, "the keys are not those");
    place.kiosk_refuses().refused(6, "the keys are not those");
    let doctor = place.totem(&["doctor"]);
    assert!(doctor.code == 1 && doctor.out.contains("fault  store: the keys are not those"), "{doctor:?}");

    fs::rename(&right, &key).expect("a rename");
    assert_eq!(place.totem(&["audit", "verify"]).done().value("head"), head);
}

#[test]
fn a_store_of_a_newer_program_is_left_alone() {
    let place = Place::used();
    let schema = place.store().join("sled/schema");
    fs::write(&schema, "99\n").expect("a file");
    place.totem(&["audit", "verify"]).refused(1, "was written by a newer totem");
    place.kiosk_refuses().refused(1, "was written by a newer totem");
    assert_eq!(fs::read_to_string(&schema).expect("the file"), "99\n");
    fs::write(&schema, "1\n").expect("a file");
    place.totem(&["audit", "verify"]).done();
}

#[test]
fn looking_over_a_store_leaves_it_as_it_is() {
    let place = Place::used();
    let read = |name: &str| fs::read(place.store().join(name)).expect("a file");
    let before = [read("sled/db"), read("sled/schema")];
    let head = place.totem(&["audit", "verify"]).value("head").to_string();
    for command in [&["doctor"][..], &["audit", "verify"], &["outbox", "list"]] {
        place.totem(command);
    }
    assert!(before == [read("sled/db"), read("sled/schema")], "the database changed");
    assert!(!place.store().join("ballast").exists());
    assert_eq!(place.totem(&["audit", "verify"]).done().value("head"), head);
}
