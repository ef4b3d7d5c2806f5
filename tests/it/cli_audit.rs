//! `totem audit`: a whole chain, a broken one, one without its tail, and what is exported.

use std::os::unix::fs::PermissionsExt;

use crate::cli_support::{NOON, Place};
use totem::audit::{Actor, Entry};
use totem::domain::deed::{Action, Outcome};

/// A used installation with some more rows.
async fn place_with_rows(count: u64) -> Place {
    let place = Place::used();
    let records = place.opened().await.records;
    for number in 0..count {
        let at_ms = NOON + number * 1000;
        let entry = Entry::new(at_ms, &"07".into(), Actor::Person, Action::CheckCard, Outcome::Wrong);
        records.draft(NOON).audit(&entry).commit(&records).await.expect("a commit");
    }
    place
}

/// Changes the database behind the program's back: audit rows, by their keys.
fn tamper(place: &Place, change: impl FnOnce(&sled::Db, Vec<(sled::IVec, sled::IVec)>)) {
    let db = sled::Config::new().path(place.store().join("sled")).open().expect("it opens");
    let rows = db.scan_prefix([0x42]).collect::<Result<Vec<_>, _>>().expect("rows");
    change(&db, rows);
    db.flush().expect("a flush");
}

#[tokio::test]
async fn a_whole_chain_is_told_with_its_head() {
    let place = place_with_rows(3).await;
    let verified = place.totem(&["audit", "verify"]);
    verified.done();
    assert_eq!(verified.value("rows"), "4");
    assert_eq!(verified.value("last"), "2026-11-22T12:00:02Z");
    let head = verified.value("head").to_string();
    assert_eq!(head.len(), 64);
    let again = place.totem(&["audit", "verify", "--expect-head", &head]);
    assert!(again.done().out.contains("the expected mac is that of row 4"), "{again:?}");
    place
        .totem(&["audit", "verify", "--head", &"0".repeat(64)])
        .refused_after_showing(7, "rows were cut off");
    assert_eq!(place.totem(&["audit", "verify", "--head", "abc"]).code, 2);
}

#[tokio::test]
async fn a_changed_row_and_a_cut_tail_are_found() {
    let place = place_with_rows(5).await;
    let head = place.totem(&["audit", "verify"]).value("head").to_string();
    tamper(&place, |db, rows| _ = db.remove(&rows[rows.len() - 1].0).expect("a removal"));
    let cut = place.totem(&["audit", "verify"]);
    assert_eq!(cut.done().value("rows"), "5");
    place.totem(&["audit", "verify", "--expect-head", &head]).refused_after_showing(7, "rows were cut off");
    tamper(&place, |db, rows| {
        let (key, value) = &rows[2];
        let mut changed = value.to_vec();
        *changed.last_mut().expect("bytes") ^= 1;
        db.insert(key, changed).expect("an insert");
    });
    place.totem(&["audit", "verify"]).refused(7, "changed at row 3");
}

#[tokio::test]
async fn rows_are_exported_as_lines_of_json() {
    let place = place_with_rows(3).await;
    let all = place.totem(&["audit", "export"]);
    assert_eq!(all.code, 0, "{all:?}");
    let lines: Vec<serde_json::Value> =
        all.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["action"], "start_up");
    assert_eq!(lines[3]["utc"], "2026-11-22T12:00:02Z");
    let mac = lines[3]["mac"].as_str().expect("a mac");
    assert!(all.err.contains("4 rows") && all.err.contains(mac), "{all:?}");

    let some = place.totem(&["audit", "export", "rows.jsonl", "--after", "2"]);
    assert!(some.done().out.contains("2 rows, the last of them 4"), "{some:?}");
    let file = place.path("rows.jsonl");
    let written = std::fs::read_to_string(&file).expect("the file");
    assert_eq!(written, all.out.lines().skip(2).map(|line| format!("{line}\n")).collect::<String>());
    assert_eq!(std::fs::metadata(&file).expect("the file").permissions().mode() & 0o777, 0o600);
    assert!(!place.path("rows.jsonl.partial").exists());
    place.totem(&["audit", "export", "nowhere/rows.jsonl"]).refused(1, "can't be written");
}
