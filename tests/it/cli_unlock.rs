//! `totem unlock`: a wait or a lock is ended by an operator, who says why.

use std::fs;

use totem::audit::{Actor, Entry};
use totem::domain::clean::Clean;
use totem::domain::deed::Action;
use totem::domain::reference::Id;
use totem::domain::rut::Rut;
use totem::store::records::{Record, Records};
use totem::store::tallies::{FailuresAtTerminal, FailuresOfRut, TriesOfPair, TriesOfPairs};
use totem::vault::Blind;

use crate::booth::COMPANY;
use crate::cli_support::Place;

const REASON: &str = "pedido por teléfono, número 17";

fn company() -> Rut {
    COMPANY.parse().expect("a RUT")
}

async fn count<T: Record>(records: &Records, id: Id, tally: &T) {
    let now_ms = totem::clock::now_ms();
    records.draft(now_ms).new_record(id, tally, None).commit(records).await.expect("a commit");
}

fn failures() -> FailuresOfRut {
    FailuresOfRut { failures: 10, last_ms: totem::clock::now_ms() }
}

async fn unlocked(place: &Place) -> Vec<Entry> {
    let rows = place.opened().await.records.audit_rows(0, 200).await.expect("rows");
    rows.into_iter().map(|(_, entry)| entry).filter(|entry| entry.action == Action::Unlock).collect()
}

fn note(entry: &Entry) -> &str {
    entry.note.as_ref().map_or("", Clean::as_str)
}

#[tokio::test]
async fn a_rut_waits_no_more() {
    let place = Place::used();
    let unlock = ["unlock", COMPANY, "--reason", REASON];
    place.totem(&unlock).refused(1, "nothing is counted against 99.999.999-9");
    let ids = {
        let records = place.opened().await.records;
        let id = |purpose| records.vault().blind_rut(purpose, company());
        let of_failures = [Blind::LimitOfRut, Blind::SentKeysOfRut, Blind::UndoOfRut, Blind::StatusOfRut];
        for purpose in of_failures {
            count(&records, id(purpose), &failures()).await;
        }
        let of = vec![TriesOfPair { person: Id([1; 16]), tried_ms: vec![totem::clock::now_ms(); 5] }];
        for purpose in [Blind::CardsOfRut, Blind::RepresentativesOfRut] {
            count(&records, id(purpose), &TriesOfPairs { of: of.clone() }).await;
        }
        (of_failures.map(id), id(Blind::CardsOfRut))
    };
    let ran = place.totem(&unlock);
    assert_eq!(ran.done().out, "99.999.999-9 need not wait any more.\n");
    let records = place.opened().await.records;
    for id in ids.0 {
        assert_eq!(records.get::<FailuresOfRut>(id).await.expect("a store"), None);
    }
    assert_eq!(records.get::<TriesOfPairs>(ids.1).await.expect("a store"), None);
    drop(records);
    let rows = unlocked(&place).await;
    let [row] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!((&row.actor, note(row), row.subject.is_some()), (&Actor::Operator, REASON, true));
}

#[tokio::test]
async fn a_terminal_is_locked_no_more() {
    let place = Place::used();
    let unlock = ["unlock", "terminal", "--reason", REASON];
    place.totem(&unlock).refused(1, "terminal 07 is not locked: there is nothing to end");
    {
        let records = place.opened().await.records;
        let id = records.vault().blind(Blind::LimitOfTerminal, b"07");
        let list = FailuresAtTerminal { failing: vec![], locked_ms: Some(totem::clock::now_ms()) };
        count(&records, id, &list).await;
    }
    assert!(place.totem(&unlock).done().out.contains("is not locked any more"));
    place.totem(&unlock).refused(1, "is not locked");
    assert_eq!(unlocked(&place).await.len(), 1);
}

#[tokio::test]
async fn a_member_waits_no_more() {
    let place = Place::used();
    let unlock = ["unlock", "staff", "Pilar", "--reason", REASON];
    place.totem(&unlock).refused(1, "there is no account and no [[staff]] block of Pilar");
    let block = place.totem_reading(&["staff-pin", "Pilar"], "481902\n");
    let file = place.path("config.toml");
    let settings = fs::read_to_string(&file).expect("the settings") + &block.done().out;
    fs::write(&file, settings).expect("a file");
    place.totem(&unlock).refused(1, "nothing is counted against Pilar");
    {
        let records = place.opened().await.records;
        count(&records, records.vault().blind(Blind::LimitOfPin, b"1"), &failures()).await;
        let name = records.vault().blind_name(Blind::LimitOfStaff, &"pilar".into());
        count(&records, name, &failures()).await;
    }
    assert_eq!(place.totem(&unlock).done().out, "Pilar need not wait any more.\n");
    place.totem(&unlock).refused(1, "nothing is counted against Pilar");
    let rows = unlocked(&place).await;
    assert_eq!(rows.iter().map(note).collect::<Vec<_>>(), [format!("Pilar: {REASON}")]);
}

#[test]
fn it_says_whose_and_why() {
    let place = Place::used();
    for arguments in [
        &["unlock"][..],
        &["unlock", COMPANY],
        &["unlock", "99999999-8", "--reason", REASON],
        &["unlock", COMPANY, "--reason", ""],
        &["unlock", "terminal"],
        &["unlock", "staff", "--reason", REASON],
        &["unlock", "staff", "Rosa"],
    ] {
        assert_eq!(place.totem(arguments).code, 2, "{arguments:?}");
    }
    let script = place.totem(&["completions", "bash"]);
    for whose in ["unlock,terminal)", "unlock,staff)"] {
        assert!(script.done().out.contains(whose), "{whose}");
    }
}
