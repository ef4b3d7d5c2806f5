//! Wrong settings as an operator meets them, and the PINs of staff.

use std::fs;

use crate::cli_support::Place;

#[test]
fn every_fault_is_told_with_its_place_its_value_and_what_to_do() {
    let place = Place::new();
    let file = place.path("config.toml");
    fs::write(&file, "[idle]\nconfirmation_seconds = 2\n[store]\nkeep_export = 3\n").expect("a file");
    for command in [&["config", "check"][..], &["audit", "verify"], &["backup"], &["outbox", "list"]] {
        let ran = place.totem(command);
        assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{ran:?}");
        let lines: Vec<&str> = ran.err.lines().collect();
        assert_eq!(lines.len(), 2, "{ran:?}");
        let expected = "config.toml:2: idle.confirmation_seconds = 2: It must be from 5 to 7200.";
        assert!(lines[0].starts_with("totem: ") && lines[0].ends_with(expected), "{ran:?}");
        let expected = "config.toml:4: store.keep_export = 3: There is no such setting; did you mean \
                        store.keep_exports?";
        assert!(lines[1].ends_with(expected), "{ran:?}");
    }
    let named = place.totem(&["--config", "other.toml", "config", "check"]);
    named.refused(3, "Give --config a file that this user may read");
}

#[test]
fn settings_of_old_are_faults() {
    for text in ["[clave]\nmin_characters = 8\n", "[hash]\nat_once = 2\n", "[retention]\naudit_days = 5\n"] {
        let place = Place::new();
        fs::write(place.path("config.toml"), text).expect("a file");
        place.totem(&["config", "check"]).refused(3, "There is no such setting");
    }
}

#[test]
fn a_pin_needs_the_key_and_leaves_only_its_hash() {
    let place = Place::new();
    place
        .totem_reading(&["staff-pin", "Rosa"], "481902\n")
        .refused(6, "The kiosk makes one at its first start");
    assert!(!place.path("totem.key").exists());
    place.kiosk().stop();

    let made = place.totem_reading(&["staff-pin", "Rosa"], "481902\n");
    assert!(made.done().out.contains("number = 1\nname = \"Rosa\"\npin_hash = \"$argon2id$"), "{made:?}");
    assert!(!made.out.contains("481902"), "{made:?}");
    let file = place.path("config.toml");
    let settings = fs::read_to_string(&file).expect("the settings");
    fs::write(&file, settings + &made.out).expect("a file");
    place.totem(&["config", "check"]).done();
    place.totem_reading(&["staff-pin", "Rosa"], "481902\n").refused(1, "there is a Rosa among the staff");
    place.totem_reading(&["staff-pin", "Eva"], "123456\n").refused(1, "the first that anybody would try");
    place.totem_reading(&["staff-pin", "Eva"], "4819021\n").refused(1, "a PIN has 6 digits");
    let second = place.totem_reading(&["staff-pin", "Eva"], "730915\n");
    assert!(second.done().out.contains("number = 2\nname = \"Eva\""), "{second:?}");
    // A block of before says what it lacks.
    let settings = fs::read_to_string(&file).expect("the settings");
    fs::write(&file, settings.replace("number = 1\n", "")).expect("a file");
    place.totem(&["config", "check"]).refused(3, "Each [[staff]] block needs a number of its own");
}

#[test]
fn a_kiosk_without_a_terminal_says_so() {
    let place = Place::new();
    place.totem(&[]).refused(1, "needs a terminal to draw on");
    assert!(!place.path("totem-data").exists(), "nothing was made");
}

#[test]
fn a_single_fault_is_one_sentence_and_doctor_tells_it_too() {
    let place = Place::new();
    fs::write(place.path("config.toml"), "[store]\ncache_mib = 1\n").expect("a file");
    place.totem(&["backup"]).refused(3, "config.toml:2: store.cache_mib = 1: It must be from 8 to 65536.");
    fs::write(place.path("config.toml"), "[log]\nkeep_files = 0\n").expect("a file");
    place.totem(&["doctor"]).out.contains("fault").then_some(()).expect("doctor tells of settings too");
}
