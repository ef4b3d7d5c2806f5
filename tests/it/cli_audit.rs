//! `totem audit`: a whole chain, a broken one, one without its tail, and what is exported.

use std::os::unix::fs::PermissionsExt;

use crate::cli_support::{NOON, Place};
use totem::audit::{Actor, ChainName, Entry};
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

/// Changes the database behind the program's back: audit rows, by their keys. What would tell at the
/// opening that something is missing goes too, as if an older program had left the store.
fn tamper(place: &Place, change: impl FnOnce(&sled::Db, Vec<(sled::IVec, sled::IVec)>)) {
    let db = sled::Config::new().path(place.store().join("sled")).open().expect("it opens");
    let rows = db.scan_prefix([0x42]).collect::<Result<Vec<_>, _>>().expect("rows");
    change(&db, rows);
    db.flush().expect("a flush");
    drop(db);
    for vouching in ["journal3", "seal"] {
        let path = place.store().join("sled").join(vouching);
        std::fs::remove_file(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
    std::fs::write(place.store().join("sled/schema"), "4\n").expect("it can be written");
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
    place.totem(&["audit", "verify"]).refused(8, "does not hold row 6");
    // Whoever goes on with it all the same can still tell by the head that they wrote down.
    place.totem(&["store", "adopt", "--reason", "tried"]).done();
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

/// A second chain beside the first, as another terminal of the office would write it.
async fn add_chain(place: &Place) {
    let records = place.opened().await.records.in_chain(ChainName::new(0xab));
    for number in 0..2 {
        let entry = Entry::new(NOON + number, &"08".into(), Actor::Kiosk, Action::StartUp, Outcome::Done);
        records.draft(NOON).audit(&entry).commit(&records).await.expect("a commit");
    }
    records.draft(NOON).new_anchor(records.chain(), NOON).commit(&records).await.expect("a commit");
}

#[tokio::test]
async fn several_chains_are_told_one_after_the_other() {
    let place = place_with_rows(3).await;
    add_chain(&place).await;
    let verified = place.totem(&["audit", "verify"]);
    let blocks: Vec<&str> = verified.done().out.split("chain  ").collect();
    assert!(blocks[1].starts_with("first\nrows   4\n"), "{verified:?}");
    assert!(blocks[2].starts_with("00000000000000ab\nrows   2\n"), "{verified:?}");
    let one = place.totem(&["audit", "verify", "--chain", "00000000000000ab"]);
    assert_eq!(one.done().value("rows"), "2");
    let head = one.value("head").to_string();
    let found = place.totem(&["audit", "verify", "--head", &head]);
    assert!(found.done().out.contains("that of row 2 of chain 00000000000000ab."), "{found:?}");
    let elsewhere = place.totem(&["audit", "verify", "--head", &head, "--chain", "first"]);
    elsewhere.refused_after_showing(7, "rows were cut off");
    let nobodys = place.totem(&["audit", "verify", "--chain", "00000000000000ac"]);
    nobodys.refused(1, "there are: first, 00000000000000ab");
    assert_eq!(place.totem(&["audit", "verify", "--chain", "second"]).code, 2);

    let all = place.totem(&["audit", "export"]);
    let lines: Vec<serde_json::Value> =
        all.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let chains: Vec<Option<&str>> = lines.iter().map(|line| line["chain"].as_str()).collect();
    assert_eq!(chains[3..], [None, Some("00000000000000ab"), Some("00000000000000ab")]);
    assert!(all.err.contains("4 rows, ") && all.err.contains("2 rows of chain 00000000000000ab,"), "{all:?}");
    assert_eq!(place.totem(&["audit", "export", "--chain", "first"]).out.lines().count(), 4);
    assert_eq!(place.totem(&["audit", "export", "--after", "1"]).out.lines().count(), 3, "of the first");
    let rest = place.totem(&["audit", "export", "--after", "1", "--chain", "00000000000000ab"]);
    assert_eq!(rest.out.lines().count(), 1);

    // A backup takes all of them along.
    place.totem(&["backup", "all.totem"]).done();
    place.totem(&["restore", "all.totem", "--yes"]).done();
    let restored = place.totem(&["audit", "verify", "--chain", "00000000000000ab"]);
    assert_eq!(restored.done().value("head"), head);
}

#[tokio::test]
async fn rows_moved_from_chain_to_chain_and_a_chain_that_is_gone_are_found() {
    let place = place_with_rows(3).await;
    add_chain(&place).await;
    let of_chain = |key: &[u8], chain: u8| key[8] == chain;
    // The first row of one takes the place of the other's.
    tamper(&place, |db, rows| {
        let (_, stranger) = rows.iter().find(|(key, _)| of_chain(key, 0)).expect("a row");
        let (place, _) = rows.iter().find(|(key, _)| of_chain(key, 0xab)).expect("a row");
        db.insert(place, stranger).expect("an insert");
    });
    let told = "changed at row 1 of chain 00000000000000ab";
    place.totem(&["audit", "verify"]).refused_after_showing(7, told);
    place.totem(&["audit", "verify", "--chain", "first"]).done();
    tamper(&place, |db, rows| {
        for (key, _) in rows.iter().filter(|(key, _)| of_chain(key, 0xab)) {
            db.remove(key).expect("a removal");
        }
    });
    place.totem(&["audit", "verify"]).refused_after_showing(7, told);
}
