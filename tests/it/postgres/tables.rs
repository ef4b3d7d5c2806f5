//! What only a shared store does: time that is the database's, ids that go by it, documents on its shelf,
//! and tables that are made and checked.

use std::process::Command;
use std::sync::Arc;

use totem::audit::{Actor, ChainName, Entry};
use totem::clock;
use totem::domain::deed::{Action, Outcome};
use totem::domain::office_time::WallStanding;
use totem::store::postgres::{PostgresStore, setup};
use totem::store::records::Records;
use totem::store::{Change, DocumentShelf, Store, StoreError};
use totem::vault::{Cost, Keys, Vault};

use super::Office;
use super::cluster::{PASSWORD, cluster};
use super::kiosks::terminal;
use crate::support::{account, append, batch, id, put};

const HOUR_MS: u64 = 3_600_000;

/// The database's clock, as it tells the time to whoever connects from now on, may be set wrong.
fn with_a_clock_that_may_be_wrong(office: &Office) {
    office.sql(&format!(
        "CREATE SCHEMA wrong; \
         CREATE TABLE wrong.clock (ms bigint NOT NULL); \
         INSERT INTO wrong.clock VALUES (0); \
         CREATE FUNCTION wrong.clock_timestamp() RETURNS timestamptz LANGUAGE SQL AS \
         'SELECT pg_catalog.clock_timestamp() + ms * interval ''1 millisecond'' FROM wrong.clock'; \
         ALTER DATABASE \"{}\" SET search_path = wrong, pg_catalog, public",
        office.database
    ));
}

#[tokio::test]
async fn a_wrong_clock_of_the_database_ends_nothing_early() {
    let office = Office::new();
    with_a_clock_that_may_be_wrong(&office);
    let vault = Arc::new(Vault::new(Keys::random(), Cost::cheap_for_tests()));
    let terminal =
        || Records::new(Arc::new(office.store()), vault.clone()).timed_by_store(clock::of_machine());
    let (first, second) = (terminal(), terminal());
    // What this machine's clock says counts for nothing.
    let looks = async |terminal: &Records| terminal.time(7).await.expect("it answers");
    let true_ms = clock::now_ms;
    let is_now = |told_ms: u64| told_ms.abs_diff(true_ms()) < HOUR_MS / 60;
    assert!(is_now(looks(&first).await.now_ms()) && is_now(looks(&second).await.now_ms()));
    for years in [6_u64, 12] {
        office.sql(&format!("UPDATE wrong.clock SET ms = {}", years * 365 * 24 * HOUR_MS));
        assert!(!is_now(first.wall_ms(7).await.expect("it answers")));
        for records in [&first, &second, &terminal()] {
            let time = looks(records).await;
            assert!(is_now(time.now_ms()) && is_now(time.protections().ms()), "{time:?}");
            assert!(matches!(time.standing(), WallStanding::Ahead { is_believed: false, .. }), "{time:?}");
        }
    }
    // Set back, time goes on by what the terminals saw pass; mended, nothing is left of it.
    office.sql(&format!("UPDATE wrong.clock SET ms = -{}", 3 * HOUR_MS));
    for records in [&first, &second, &terminal()] {
        let time = looks(records).await;
        assert!(is_now(time.now_ms()) && time.behind_ms().is_some(), "{time:?}");
    }
    office.sql("UPDATE wrong.clock SET ms = 0");
    let time = looks(&second).await;
    assert!(is_now(time.now_ms()) && time.standing() == WallStanding::Agrees, "{time:?}");
    // Somebody vouches for it, forwards and back, at one for all.
    for ms in [24 * HOUR_MS, 0] {
        office.sql(&format!("UPDATE wrong.clock SET ms = {ms}"));
        let row = |_, wall_ms| {
            Entry::new(wall_ms, &"03".into(), Actor::Operator, Action::AcceptClock, Outcome::Done)
        };
        first.accept_clock(7, row).await.expect("it is on record");
        for records in [&first, &second, &terminal()] {
            let time = looks(records).await;
            assert!(time.protections().ms().abs_diff(true_ms() + ms) < HOUR_MS / 60, "{time:?}");
            assert_eq!(time.standing(), WallStanding::Agrees);
        }
    }
}

#[tokio::test]
async fn a_batch_is_remembered_for_two_hours() {
    let office = Office::new();
    let store = office.store();
    let again = async || {
        store.commit(batch(1, vec![], vec![append(b"row")])).await.expect("a commit");
        store.rows(ChainName::FIRST, 0, 9).await.expect("a read").len()
    };
    assert_eq!(again().await, 1);
    office.sql("UPDATE seen SET at = at - interval '119 minutes'");
    store.tend().await.expect("it is tended");
    assert_eq!(again().await, 1);
    office.sql("UPDATE seen SET at = at - interval '2 minutes'");
    store.tend().await.expect("it is tended");
    assert_eq!(again().await, 2);
}

#[tokio::test]
async fn documents_are_kept_where_every_terminal_finds_them() {
    let office = Office::new();
    let (one, other) = (office.store(), office.store());
    let sealed: Vec<u8> = (0..700_000_u32).map(|place| (place % 251) as u8).collect();
    one.lay(id(1), &sealed).await.expect("it is laid");
    one.lay(id(1), &sealed).await.expect("once more");
    assert_eq!(other.take(id(1)).await, Ok(Some(sealed)));
    assert_eq!(other.take(id(2)).await, Ok(None));
    let key = totem::domain::reference::Ref { kind: totem::domain::reference::Kind::Document, id: id(1) };
    one.lay(id(3), b"nobody's").await.expect("it is laid");
    one.commit(batch(1, vec![], vec![put(key, b"key"), put(account(1), b"a")])).await.expect("a commit");
    assert_eq!(other.clean(24 * HOUR_MS).await, Ok(0), "whoever lays one down commits its key soon");
    office.sql("UPDATE document_piece SET laid = laid - interval '25 hours'");
    assert_eq!(other.clean(24 * HOUR_MS).await, Ok(1));
    assert_eq!((other.take(id(3)).await, other.missing().await), (Ok(None), Ok(vec![])));
    other.remove(id(1)).await.expect("it is removed");
    assert_eq!((one.take(id(1)).await, one.missing().await), (Ok(None), Ok(vec![id(1)])));
}

/// What an operator types before the first kiosk, and what each answer says.
#[test]
fn tables_are_made_and_checked_by_commands() {
    let office = Office::new();
    let folder = terminal(&office, "Puesto 01", cluster().port);
    let schema = |action: &str| {
        let done = Command::new(crate::program::program())
            .args(["schema", action])
            .current_dir(folder.path())
            .output()
            .unwrap();
        let said = [done.stdout, done.stderr].concat();
        (done.status.code(), String::from_utf8(said).unwrap())
    };
    office.sql("DROP TABLE office");
    let (code, said) = schema("check");
    assert!(code == Some(1) && said.contains("run `totem schema apply`"), "{said}");
    for _ in 0..2 {
        let (code, said) = schema("apply");
        assert_eq!((code, said.as_str()), (Some(0), "The tables are of schema 1 now.\n"));
    }
    assert_eq!(schema("check").0, Some(0));
    // A newer program has been here, and still serves ours.
    office.sql("UPDATE office SET schema = 2, oldest_program = 1");
    assert_eq!(schema("check").0, Some(0));
    office.sql("UPDATE office SET schema = 3, oldest_program = 2");
    let (code, said) = schema("check");
    assert!(code == Some(1) && said.contains("install a newer one"), "{said}");
    assert!(schema("print").1.contains("CREATE TABLE IF NOT EXISTS record"));
}

/// The terminals' role works with the tables that another one owns, and can't change them or what is on
/// record.
#[tokio::test]
async fn a_terminals_role_works_with_the_tables_and_changes_none() {
    let office = Office::new();
    let role = format!("terminal of \"{}\"", office.database);
    let quoted = format!("\"{}\"", role.replace('"', "\"\""));
    office.sql(&format!("CREATE ROLE {quoted} LOGIN PASSWORD '{PASSWORD}'"));
    setup::apply(&office.server(), Some(&role)).await.expect("the owner may");
    let mut server = office.server();
    server.config.user(&role);
    let store = PostgresStore::new(server, crate::support::chain());
    let link = Change::Link { index: id(8), to: account(1) };
    let grouped = Change::Put { at: account(2), bytes: vec![1], due_ms: Some(3), groups: vec![id(7)] };
    let changes = vec![put(account(1), b"a"), link, grouped, append(b"row"), append(b"row")];
    store.commit(batch(1, vec![], changes)).await.expect("a commit");
    store.lay(id(3), b"sealed").await.expect("a document");
    store.tend().await.expect("it is tended");
    let cut = Change::Cut { chain: ChainName::FIRST, up_to: 1 };
    store.commit(batch(2, vec![], vec![cut, Change::Drop(account(2))])).await.expect("a commit");
    for statement in [
        "UPDATE audit_row SET bytes = ''",
        "UPDATE office SET schema = 9",
        "ALTER TABLE record ADD COLUMN more text",
        "DROP TABLE seen",
        "TRUNCATE record",
    ] {
        let answer = office.sql_refused(&format!("SET ROLE {quoted}; {statement}"));
        assert!(
            answer.contains("permission denied") || answer.contains("must be owner"),
            "{statement}: {answer}"
        );
    }
    office.sql(&format!("DROP OWNED BY {quoted}; DROP ROLE {quoted}"));
}

/// A terminal of a program that the tables are too new for is told so, and does nothing.
#[tokio::test]
async fn a_program_that_is_too_old_is_refused() {
    let office = Office::new();
    office.sql("UPDATE office SET schema = 3, oldest_program = 2");
    let refused = office.store().commit(batch(1, vec![], vec![append(b"row")])).await;
    assert!(
        matches!(&refused, Err(StoreError::Unavailable(says)) if says.contains("install a newer one")),
        "{refused:?}"
    );
    assert_eq!(office.sql("SELECT count(*) FROM audit_row"), "0");
}
