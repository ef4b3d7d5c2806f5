//! `totem clock`, and what `totem doctor` says of the clock (T12): a store whose time an older program
//! pushed into the future is mended, on record.

use totem::audit::{Actor, Entry};
use totem::clock::{now_ms, utc};
use totem::domain::deed::{Action, Outcome};

use crate::cli_support::Place;

const DAY_MS: u64 = 24 * 3_600_000;
const REASON: &str = "compared with the network's time";

/// As if the wall clock had been accepted when it was wrong by this.
async fn push(place: &Place, by_ms: u64) {
    let records = place.opened().await.records;
    let row = |_, _| Entry::new(now_ms(), &"07".into(), Actor::Operator, Action::StartUp, Outcome::Done);
    records.accept_clock(now_ms() + by_ms, row).await.expect("a commit");
}

#[tokio::test]
async fn a_time_that_was_pushed_into_the_future_is_mended_on_record() {
    let place = Place::used();
    let shown = place.totem(&["clock", "show"]).done().out.clone();
    assert!(shown.ends_with("They agree.\n"), "{shown}");
    let accept = ["clock", "accept", "--reason", REASON];
    place.totem(&accept).refused(1, "there is nothing to accept");
    let unsaid = place.totem(&["clock", "accept"]);
    assert!(unsaid.code == 2 && unsaid.err.contains("--reason"), "{unsaid:?}");

    push(&place, 400 * DAY_MS).await;
    let shown = place.totem(&["clock", "show"]).done().out.clone();
    assert!(shown.contains("is 399 days behind") || shown.contains("is 400 days behind"), "{shown}");
    assert!(shown.starts_with(&format!("wall clock  {}", &utc(now_ms())[..13])), "{shown}");
    let doctor = place.totem(&["doctor"]).out.clone();
    for named in ["fault  time: ", "totem clock accept", "set-ntp", "hwclock --systohc", "set-local-rtc 0"] {
        assert!(doctor.contains(named), "{named}: {doctor}");
    }

    let out = place.totem(&accept).done().out.clone();
    assert!(out.starts_with("From now on it is "), "{out}");
    let records = place.opened().await.records;
    let time = records.look_at_time(now_ms()).await.expect("the store answers");
    assert!(time.now_ms() < now_ms() + 60_000, "{time:?}");
    let rows = records.audit_rows(0, 200).await.expect("rows");
    let row = rows.into_iter().map(|(_, entry)| entry).find(|entry| entry.action == Action::AcceptClock);
    let row = row.expect("it is on record");
    let note = row.note.expect("from when to when, and why");
    assert!(note.as_str().starts_with("from 20") && note.as_str().ends_with(REASON), "{note:?}");
    drop(records);
    let doctor = place.totem(&["doctor"]).out.clone();
    assert!(doctor.contains("ok     time: the wall clock agrees"), "{doctor}");
}
