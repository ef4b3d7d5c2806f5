//! `totem dispute`: what it shows of a settlement, and the operator as its second.

use totem::audit::{Actor, Entry};
use totem::domain::cedula::CardEnding;
use totem::domain::clean::Clean;
use totem::domain::deed::{Action, Outcome};
use totem::domain::digest::Digest;
use totem::domain::dispute::{Dispute, DisputeState, Grounds, Second, Witness};
use totem::domain::folio::Folio;
use totem::domain::reference::Id;
use totem::domain::rut::Rut;
use totem::domain::staff::{Role, StaffAccount};
use totem::office::disputes::{blind_ending, dispute_of};
use totem::vault::totp;

use crate::cli_support::Place;

const REASON: &str = "llamó al número de la oficina";

fn rut(body: u32) -> Rut {
    Rut::of_body(body).expect("a RUT")
}

fn folio() -> Folio {
    Folio::new([1, 2, 3, 4, 5])
}

/// Opened by Rosa a moment ago; the card ends in 4567.
async fn place() -> Place {
    let place = Place::used();
    let records = place.opened().await.records;
    let (now_ms, holder) = (totem::clock::now_ms(), rut(11_111_111));
    let ending: CardEnding = "4567".parse().expect("four symbols");
    let by = Witness {
        account: Id([1; 16]),
        rut: rut(12_345_678),
        name: "rosa".into(),
        terminal: "07".into(),
        at_ms: now_ms,
    };
    let dispute = Dispute {
        company: rut(99_999_999),
        representative: holder,
        representative_name: "Ana Ejemplo".into(),
        folio: folio(),
        opened_ms: now_ms,
        ending: blind_ending(records.vault(), holder, &ending),
        tries: 0,
        state: DisputeState::Opened { by },
        email: None,
        mobile: None,
        grounds: Grounds::Sii,
    };
    let draft = records.draft(now_ms).new_record(Id([3; 16]), &dispute, Some(dispute.expires_ms()));
    draft.commit(&records).await.expect("a commit");
    place
}

async fn employs(place: &Place, name: &str, body: u32) {
    let records = place.opened().await.records;
    let now_ms = totem::clock::now_ms();
    let account = StaffAccount {
        name: name.into(),
        rut: rut(body),
        role: Role::Helper,
        password: Digest("digest".into()),
        totp: totp::new_secret(),
        last_step: 0,
        disabled: false,
        created_ms: now_ms,
    };
    let draft = records.draft(now_ms).new_staff(records.new_id(now_ms), &account);
    draft.commit(&records).await.expect("a commit");
}

async fn rows(place: &Place) -> Vec<Entry> {
    let rows = place.opened().await.records.audit_rows(0, 200).await.expect("rows");
    rows.into_iter().map(|(_, entry)| entry).filter(|entry| entry.action == Action::ConfirmDispute).collect()
}

fn settle(place: &Place, folio: &str, last_four: &str) -> crate::cli_support::Ran {
    place.totem(&["dispute", "settle", folio, "--last-four", last_four, "--reason", REASON])
}

#[tokio::test]
async fn settlements_are_shown_masked() {
    let place = place().await;
    let listed = place.totem(&["dispute", "list"]);
    assert!(listed.done().out.starts_with("0410-6105-A  opened  99.xxx.xxx-9"), "{listed:?}");
    let shown = place.totem(&["dispute", "show", "0410-6105-A", "--reason", REASON]);
    assert!(shown.done().out.contains("first           rosa"), "{shown:?}");
    let json = place.totem(&["dispute", "show", "0410-6105-A", "--reason", REASON, "--json"]);
    let line: serde_json::Value = serde_json::from_str(&json.done().out).expect("one line of JSON");
    assert_eq!((&line["state"], &line["first_terminal"]), (&"opened".into(), &"07".into()));
    for said in [&listed.out, &shown.out, &json.out] {
        assert!(!said.contains("Ana") && !said.contains("11.111.111"), "{said}");
    }
    let none = Place::used();
    assert_eq!(none.totem(&["dispute", "list"]).done().out, "No settlement is under way.\n");
    none.totem(&["dispute", "show", "0410-6105-A", "--reason", REASON]).refused(1, "totem dispute list");
}

#[tokio::test]
async fn the_operator_is_the_second_where_there_is_nobody_else() {
    let place = place().await;
    // The invented world's own staff are gone.
    for name in ["Rosa", "Eva", "Marta"] {
        place.totem(&["staff", "disable", name]).done();
    }
    employs(&place, "sola", 12_345_678).await;
    // Her second account and the representative are nobody else.
    employs(&place, "sola2", 12_345_678).await;
    employs(&place, "ana", 11_111_111).await;
    settle(&place, "0410-6105-A", "9999").refused(1, "4 more tries are left");
    let settled = settle(&place, "0410-6105-A", "4567");
    assert!(settled.done().out.starts_with("Settlement 0410-6105-A is confirmed"), "{settled:?}");
    settle(&place, "0410-6105-A", "4567").refused(1, "it is confirmed already");
    let records = place.opened().await.records;
    let held = dispute_of(&records, folio()).await.expect("a store").expect("it is kept");
    assert!(matches!(held.value.state.second(), Some(Second::Operator { .. })));
    drop(records);
    let rows = rows(&place).await;
    let outcomes: Vec<Outcome> = rows.iter().map(|row| row.outcome).collect();
    assert_eq!(outcomes, [Outcome::Wrong, Outcome::Done, Outcome::Already]);
    let told = rows.iter().all(|row| {
        let note = row.note.as_ref().map_or("", Clean::as_str);
        row.actor == Actor::Operator && note == REASON && row.folio == Some(folio())
    });
    assert!(told, "{rows:?}");
}

#[tokio::test]
async fn the_operator_is_not_where_another_member_is() {
    let place = place().await;
    employs(&place, "pedro", 22_222_222).await;
    settle(&place, "0410-6105-A", "4567").refused(1, "another one confirms it at a terminal");
}

#[test]
fn it_says_which_and_why() {
    let place = Place::used();
    for arguments in [
        &["dispute"][..],
        &["dispute", "show", "0410-6105-A"],
        &["dispute", "settle", "0410-6105-A", "--reason", REASON],
        &["dispute", "settle", "0410-6105-A", "--last-four", "456", "--reason", REASON],
        &["dispute", "settle", "0410-6105-B", "--last-four", "4567", "--reason", REASON],
    ] {
        assert_eq!(place.totem(arguments).code, 2, "{arguments:?}");
    }
    assert!(place.totem(&["completions", "bash"]).done().out.contains("dispute,settle)"));
}
