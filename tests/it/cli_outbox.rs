//! `totem outbox`: what it shows of each message, and which ones may be tried again.

use crate::cli_support::{NOON, Place};
use totem::audit::Actor;
use totem::domain::deed::Action;
use totem::domain::destination::Destination;
use totem::domain::errand::{Attempt, AttemptOutcome, Errand, ErrandKind, ErrandState};
use totem::domain::folio::Folio;
use totem::domain::language::Language;
use totem::domain::rut::Rut;

const STATES: [ErrandState; 6] = [
    ErrandState::Waiting,
    ErrandState::Sent,
    ErrandState::Failed,
    ErrandState::Expired,
    ErrandState::Dropped,
    ErrandState::Cancelled,
];

fn errand(state: ErrandState) -> Errand {
    let to = match state {
        ErrandState::Sent => Destination::Mobile("987654321".parse().expect("a mobile")),
        _ => Destination::Mail("duena@empresa.example".parse().expect("an address")),
    };
    let company = Rut::of_body(99_999_999).expect("a RUT");
    let kind = ErrandKind::Registered;
    let mut errand = Errand::new(kind, company, to, Language::Es, Folio::new([1, 2, 3, 4, 5]), NOON);
    errand.state = state;
    if state == ErrandState::Failed {
        errand.remember(Attempt { at_ms: NOON, outcome: AttemptOutcome::Permanent });
    }
    errand
}

/// An installation with a message in each state.
async fn place() -> Place {
    let place = Place::used();
    let records = place.opened().await.records;
    for state in STATES {
        let (id, errand) = (records.new_id(NOON), errand(state));
        records
            .draft(NOON)
            .new_record(id, &errand, Some(u64::MAX / 2))
            .commit(&records)
            .await
            .expect("a commit");
    }
    place
}

/// The short id of the only message in this state.
fn id_of(place: &Place, state: &str) -> String {
    let listed = place.totem(&["outbox", "list", "--state", state]);
    let line = listed.done().out.lines().nth(1).expect("one message").to_string();
    line.split_whitespace().next().expect("an id").to_string()
}

/// The table alone: what to do stands below a blank line.
fn table(out: &str) -> impl Iterator<Item = &str> {
    out.lines().take_while(|line| !line.is_empty())
}

#[tokio::test]
async fn messages_are_listed_without_their_addresses() {
    let place = place().await;
    let listed = place.totem(&["outbox", "list"]);
    let lines: Vec<&str> = table(&listed.done().out).collect();
    assert_eq!(lines.len(), 1 + STATES.len(), "{listed:?}");
    assert!(!listed.out.contains("duena@") && !listed.out.contains("87654321"), "{listed:?}");
    assert!(lines.iter().all(|line| !line.ends_with(' ')), "{listed:?}");
    let column = lines[0].find("kind").expect("a head");
    assert!(lines[1..].iter().all(|line| line[column..].starts_with("registered")), "{listed:?}");
    let failed = place.totem(&["outbox", "list", "--state", "failed"]);
    assert_eq!(table(&failed.out).count(), 2, "{failed:?}");
    let words: Vec<&str> = failed.out.lines().nth(1).expect("one").split_whitespace().collect();
    assert_eq!((words[1], words[3], words[6], words[8]), ("failed", "mail", "1", "permanent"));

    let json = place.totem(&["outbox", "list", "--json", "--state", "sent"]);
    let line: serde_json::Value = serde_json::from_str(&json.done().out).expect("one line of JSON");
    assert_eq!((&line["state"], &line["channel"]), (&"sent".into(), &"sms".into()));
    assert_eq!(line["created_utc"], "2026-11-22T12:00:00Z");
    assert_eq!(line["id"].as_str().map(str::len), Some(32));
}

#[tokio::test]
async fn what_failed_is_tried_again_and_nothing_else() {
    let place = place().await;
    for (state, why) in
        [("sent", "it was sent already"), ("waiting", "it is waiting already"), ("cancelled", "is no more")]
    {
        place.totem(&["outbox", "retry", &id_of(&place, state)]).refused(1, why);
    }
    place.totem(&["outbox", "retry", "0123456789abcdef"]).refused(1, "there is no message");
    assert_eq!(place.totem(&["outbox", "retry"]).code, 2);

    let failed = id_of(&place, "failed");
    let one = place.totem(&["outbox", "retry", &failed]);
    assert!(one.done().out.starts_with("1 message waits again"), "{one:?}");
    place.totem(&["outbox", "retry", &failed]).refused(1, "it is waiting already");
    let rest = place.totem(&["outbox", "retry", "--failed"]);
    assert!(rest.done().out.starts_with("2 messages wait again"), "{rest:?}");
    // What an older program dropped is tried again too.
    let none = place.totem(&["outbox", "retry", "--failed"]);
    assert!(none.done().out.starts_with("No message failed"), "{none:?}");
    assert_eq!(table(&place.totem(&["outbox", "list", "--state", "waiting"]).out).count(), 5);

    let records = place.opened().await.records;
    let rows = records.audit_rows(0, 100).await.expect("rows");
    let retried = rows.iter().filter(|(_, entry)| entry.action == Action::RetryMessage);
    assert_eq!(retried.filter(|(_, entry)| entry.actor == Actor::Operator).count(), 3);
}

#[tokio::test]
async fn one_message_is_shown_whole() {
    let place = place().await;
    let shown = place.totem(&["outbox", "show", &id_of(&place, "failed")]);
    assert!(!shown.done().out.contains("duena@"), "{shown:?}");
    assert_eq!((shown.value("state"), shown.value("kind")), ("failed", "registered"));
    assert_eq!((shown.value("to"), shown.value("tries")), ("duxxxx@empxxxx", "1"));
    assert_eq!(shown.value("created"), "2026-11-22T12:00:00Z");
    assert_eq!(shown.out.lines().last(), Some("  2026-11-22T12:00:00Z  permanent"));
    assert!(shown.out.contains("\nforgotten ") && !shown.out.contains("\nnext "), "{shown:?}");
    let waits = place.totem(&["outbox", "show", &id_of(&place, "waiting")]);
    assert!(waits.done().out.contains("\nnext ") && waits.out.contains("\nexpires "), "{waits:?}");
    let json = place.totem(&["outbox", "show", "--json", &id_of(&place, "sent")]);
    let whole: serde_json::Value = serde_json::from_str(&json.done().out).expect("one line of JSON");
    assert_eq!((&whole["channel"], &whole["attempts"]), (&"sms".into(), &serde_json::json!([])));
    place.totem(&["outbox", "show", "0123456789abcdef"]).refused(1, "there is no message");
}

/// What comes of a message that waits is told before the kiosk runs, and of the one that is to be tried again.
#[tokio::test]
async fn what_will_become_of_a_message_is_told() {
    let place = place().await;
    let outlook = |place: &Place| {
        let listed = place.totem(&["outbox", "list", "--json", "--state", "waiting"]);
        let line: serde_json::Value = serde_json::from_str(&listed.done().out).expect("one line of JSON");
        line["outlook"].as_str().map(str::to_string)
    };
    // It is due in a hundred years only: `place` put it so.
    assert_eq!(outlook(&place).as_deref(), Some("used_up"));
    let sent = place.totem(&["outbox", "list", "--state", "sent"]);
    assert!(sent.done().out.lines().nth(1).is_some_and(|line| line.ends_with('-')), "{sent:?}");

    let settings = std::fs::read_to_string(place.path("config.toml")).expect("the settings");
    let off = format!("{settings}\n[courier]\nmail = \"off\"\n");
    std::fs::write(place.path("config.toml"), off).expect("a file");
    assert_eq!(outlook(&place).as_deref(), Some("off"));
    let shown = place.totem(&["outbox", "show", &id_of(&place, "waiting")]);
    assert_eq!(shown.done().value("outlook"), "does not leave: courier.mail is \"off\"");
    let again = place.totem(&["outbox", "retry", "--failed"]);
    assert!(again.done().out.starts_with("3 messages wait again"), "{again:?}");
    assert_eq!(again.out.matches("courier.mail is \"off\"").count(), 3, "{again:?}");
    assert!(!again.out.contains("duena@"), "{again:?}");
}

/// Seen: nothing said what to do about a message that is stuck.
#[tokio::test]
async fn what_to_do_is_told_for_each_cause() {
    let place = place().await;
    let listed = place.totem(&["outbox", "list"]);
    let to_do: Vec<&str> = listed.done().out.lines().skip_while(|line| *line != "To do:").skip(1).collect();
    assert!(to_do.iter().any(|line| line.starts_with("permanent (1): ")), "{listed:?}");
    assert!(to_do.iter().any(|line| line.starts_with("used_up (1): ")), "{listed:?}");
    assert!(to_do.iter().any(|line| line.starts_with("expired (1): `totem outbox retry ID`")), "{listed:?}");
    assert_eq!(to_do.len(), 3, "{listed:?}");
    let shown = place.totem(&["outbox", "show", &id_of(&place, "failed")]);
    let whole = shown.done().value("id").to_string();
    assert!(shown.value("to do").ends_with(&format!("`totem outbox retry {whole}`")), "{shown:?}");
    let json = place.totem(&["outbox", "list", "--json", "--state", "failed"]);
    let line: serde_json::Value = serde_json::from_str(&json.done().out).expect("one line of JSON");
    assert!(line["to_do"].as_str().is_some_and(|says| says.contains("refused this message")), "{line}");
    let sent = place.totem(&["outbox", "show", &id_of(&place, "sent")]);
    assert!(!sent.done().out.contains("to do"), "{sent:?}");
}

#[tokio::test]
async fn a_message_is_ended_for_good_once_somebody_says_yes() {
    let place = place().await;
    for (state, why) in
        [("sent", "it was sent already"), ("dropped", "it has ended"), ("cancelled", "it has ended")]
    {
        place.totem(&["outbox", "drop", "--yes", &id_of(&place, state)]).refused(1, why);
    }
    let (waiting, failed) = (id_of(&place, "waiting"), id_of(&place, "failed"));
    for answer in ["", "n\n", "\n"] {
        let asked = place.totem_reading(&["outbox", "drop", &waiting], answer);
        assert_eq!((asked.code, asked.out.as_str()), (1, ""), "{asked:?}");
        assert!(asked.err.contains("[y/N]") && asked.err.contains("nothing was changed"), "{asked:?}");
        assert!(!asked.err.contains("duena@"), "{asked:?}");
    }
    assert_eq!(place.totem(&["outbox", "list", "--state", "withdrawn"]).out.lines().count(), 1);
    let asked = place.totem_reading(&["outbox", "drop", &waiting], "y\n");
    assert_eq!((asked.code, asked.out.as_str()), (0, "It is never sent.\n"), "{asked:?}");
    place.totem(&["outbox", "drop", "--yes", &failed]).done();
    place.totem(&["outbox", "drop", "--yes", &failed]).refused(1, "it has ended already");
    place.totem(&["outbox", "retry", &failed]).refused(1, "an operator ended it");
    assert_eq!(place.totem(&["outbox", "list", "--state", "withdrawn"]).out.lines().count(), 3);

    let records = place.opened().await.records;
    let rows = records.audit_rows(0, 100).await.expect("rows");
    let ended = rows.iter().filter(|(_, entry)| entry.action == Action::DropMessage);
    assert_eq!(ended.filter(|(_, entry)| entry.actor == Actor::Operator && entry.folio.is_some()).count(), 2);
}

#[tokio::test]
async fn one_that_can_not_be_read_hides_no_other() {
    use totem::domain::reference::{Id, Kind, Ref};
    use totem::store::{Batch, Change};
    let place = place().await;
    let records = place.opened().await.records;
    let at = Ref { kind: Kind::Outbox, id: Id::at(NOON - 1, [0; 10]) };
    let change = Change::Put { at, bytes: vec![1; 60], due_ms: None, groups: vec![] };
    let batch = Batch { id: records.new_id(NOON), expect: Vec::new(), changes: vec![change] };
    records.store().commit(batch).await.expect("a commit");
    drop(records);
    let listed = place.totem(&["outbox", "list"]);
    assert_eq!(table(&listed.done().out).count(), 1 + STATES.len(), "{listed:?}");
    assert!(listed.out.contains("1 more can't be read"), "{listed:?}");
}

#[tokio::test]
async fn the_kiosk_sends_what_waits_again() {
    let place = place().await;
    place.totem(&["outbox", "retry", "--failed"]).done();
    let before = std::time::Instant::now();
    let kiosk = place.kiosk();
    let new = place.path("totem-data/mail/new");
    let arrived = || std::fs::read_dir(&new).map_or(0, |entries| entries.count());
    while arrived() == 0 {
        assert!(before.elapsed().as_secs() < 60, "nothing is sent");
        std::thread::yield_now();
    }
    kiosk.stop();
    assert_eq!(place.open_to_others("totem-data/mail"), []);
}
