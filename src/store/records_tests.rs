//! Tests of the sealed layer, on the store in memory.

use super::*;
use crate::audit::{Actor, Entry};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::clock::BootMoment;
use crate::domain::deed::{Action, Outcome};
use crate::domain::digest::Digest;
use crate::domain::folio::Folio;
use crate::domain::office_time::OfficeTime;
use crate::domain::reference::Kind;
use crate::domain::undo::{Undo, Undoes};
use crate::store::memory::MemoryStore;
use crate::store::tallies::FailuresOfRut;
use crate::store::{Batch, Change};
use crate::vault::{Cost, Keys};

const NOON: u64 = 1_795_348_800_000;

fn vault() -> Arc<Vault> {
    Arc::new(Vault::new(Keys::random(), Cost::cheap_for_tests()))
}

fn records() -> Records {
    let vault = vault();
    Records::new(Arc::new(MemoryStore::new(vault.chain())), vault)
}

fn tally(failures: u32) -> FailuresOfRut {
    FailuresOfRut { failures, last_ms: NOON }
}

fn entry() -> Entry {
    Entry::new(NOON, &"puesto 1".into(), Actor::Kiosk, Action::StartUp, Outcome::Done)
}

#[tokio::test]
async fn written_read_replaced_removed() {
    let records = records();
    let id = records.new_id(NOON);
    records.draft(NOON).new_record(id, &tally(1), None).commit(&records).await.unwrap();
    let first = records.get::<FailuresOfRut>(id).await.unwrap().unwrap();
    assert_eq!(first.value, tally(1));
    let again = records.draft(NOON).new_record(id, &tally(9), None).commit(&records).await;
    assert_eq!(again, Err(StoreError::Conflict(first.at())));

    records.draft(NOON).replace(&first, &tally(2), Some(NOON)).commit(&records).await.unwrap();
    let late = records.draft(NOON).replace(&first, &tally(3), None).commit(&records).await;
    assert_eq!(late, Err(StoreError::Conflict(first.at())));
    let unchanged = records.draft(NOON).expect_unchanged(&first).audit(&entry()).commit(&records).await;
    assert_eq!(unchanged, Err(StoreError::Conflict(first.at())));
    assert!(records.audit_rows(0, 9).await.unwrap().is_empty());

    let second = records.get::<FailuresOfRut>(id).await.unwrap().unwrap();
    assert_eq!((second.value.failures, second.due_ms), (2, Some(NOON)));
    records.draft(NOON).remove(&second).commit(&records).await.unwrap();
    assert_eq!(records.get::<FailuresOfRut>(id).await.unwrap(), None);
}

#[tokio::test]
async fn another_shape_or_drawer_is_damage_not_data() {
    let records = records();
    let id = records.new_id(NOON);
    records.draft(NOON).new_record(id, &tally(1), None).commit(&records).await.unwrap();
    let read = records.store().get(Ref { kind: Kind::Limit, id }).await.unwrap().unwrap();
    let elsewhere = Ref { kind: Kind::Account, id };
    assert!(matches!(records.open::<Account>(elsewhere, &read), Err(StoreError::Corrupt(_))));
    let own = Ref { kind: Kind::Limit, id };
    assert!(matches!(records.open::<Account>(own, &read), Err(StoreError::Corrupt(_))));
}

#[tokio::test]
async fn what_cannot_be_unsealed_bars_no_other_where_it_may_be_missing() {
    let records = records();
    let (sound, rotten) = (records.new_id(NOON), records.new_id(NOON));
    records.draft(NOON).new_record(sound, &tally(1), None).commit(&records).await.unwrap();
    let at = Ref { kind: Kind::Limit, id: rotten };
    let put = Change::Put { at, bytes: vec![2; 60], due_ms: None, groups: Vec::new() };
    let batch = Batch { id: records.new_id(NOON), expect: Vec::new(), changes: vec![put] };
    records.store().commit(batch).await.unwrap();
    let ids = [rotten, records.new_id(NOON), sound];
    let all = records.get_many::<FailuresOfRut>(&ids).await;
    assert!(matches!(all, Err(StoreError::Corrupt(_))), "{all:?}");
    let readable = records.get_readable::<FailuresOfRut>(&ids).await.unwrap();
    assert_eq!(readable.iter().map(|held| held.id).collect::<Vec<_>>(), [sound]);
}

#[tokio::test]
async fn wrong_keys_stop_and_change_nothing() {
    let vault = vault();
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new(vault.chain()));
    let right = Records::new(Arc::clone(&store), vault);
    right.check_keys(NOON).await.unwrap();
    right.check_keys(NOON).await.unwrap();
    let before = store.list(Kind::Meta, None, 10).await.unwrap();
    let wrong = Records::new(Arc::clone(&store), self::vault());
    assert_eq!(wrong.check_keys(NOON).await, Err(KeyCheckError::WrongKeys));
    assert_eq!(store.list(Kind::Meta, None, 10).await.unwrap(), before);
}

#[tokio::test]
async fn a_used_store_without_its_mark_is_damaged() {
    let records = records();
    records.draft(NOON).audit(&entry()).commit(&records).await.unwrap();
    assert!(matches!(records.check_keys(NOON).await, Err(KeyCheckError::Store(StoreError::Corrupt(_)))));
}

#[tokio::test]
async fn time_goes_on_from_the_mark_whatever_the_wall_clock_says() {
    let booted = Arc::new(AtomicU64::new(0));
    let timed = |records: Records| {
        let booted = booted.clone();
        let boot = move |_wall_ms| BootMoment { boot: [1; 16], at_ms: booted.load(Ordering::SeqCst) };
        records.timed_by(Arc::new(boot))
    };
    let records = timed(records());
    let at = |wall_ms, boot_ms| {
        booted.store(boot_ms, Ordering::SeqCst);
        records.time(wall_ms)
    };
    assert_eq!(at(NOON, 0).await, Ok(OfficeTime::agreed(NOON)));
    assert_eq!(at(NOON + 59_000, 59_000).await, Ok(OfficeTime::agreed(NOON + 59_000)));
    assert_eq!(at(NOON + HOUR, HOUR).await, Ok(OfficeTime::agreed(NOON + HOUR)));
    // Set an hour back by somebody, time still goes on, also for a program that starts anew.
    let behind = at(NOON + 90_000, HOUR + 90_000).await.unwrap();
    assert_eq!((behind.now_ms(), behind.behind_ms()), (NOON + HOUR + 90_000, Some(HOUR)));
    let anew = timed(Records::new(records.store().clone(), records.vault().clone()));
    assert_eq!(anew.time(NOON + 91_000).await.unwrap().now_ms(), NOON + HOUR + 90_000);
    // Mended, nothing is left over.
    assert_eq!(at(NOON + 2 * HOUR, 2 * HOUR).await, Ok(OfficeTime::agreed(NOON + 2 * HOUR)));
    // A look that keeps nothing says the same.
    let ahead = NOON + 50 * HOUR;
    booted.store(2 * HOUR, Ordering::SeqCst);
    let looked = records.look_at_time(ahead).await.unwrap();
    assert_eq!(records.look_at_time(NOON + 2 * HOUR).await, Ok(OfficeTime::agreed(NOON + 2 * HOUR)));
    assert_eq!(at(ahead, 2 * HOUR).await.unwrap(), looked);
    // Somebody vouches for the wall clock, also backwards; the row says what it was before.
    let row = |before: OfficeTime, _wall_ms| Entry { at_ms: before.now_ms(), ..entry() };
    assert_eq!(records.accept_clock(ahead, row).await, Ok(OfficeTime::agreed(ahead)));
    assert_eq!(records.accept_clock(NOON, row).await, Ok(OfficeTime::agreed(NOON)));
    let rows: Vec<u64> =
        records.audit_rows(0, 9).await.unwrap().iter().map(|(_, entry)| entry.at_ms).collect();
    assert_eq!(rows, [looked.now_ms(), ahead]);
}

const HOUR: u64 = 3_600_000;

#[tokio::test]
async fn audit_rows_are_sealed_chained_and_read_again() {
    let records = records();
    let company = Rut::of_body(99_999_999).unwrap();
    let about = entry().about(records.vault().pseudonym(company)).under(Folio::new([7; 5]));
    records.draft(NOON).audit(&entry()).audit(&about).commit(&records).await.unwrap();
    assert_eq!(records.verify_audit().await, Ok(Ok(2)));
    let rows = records.audit_rows(1, 10).await.unwrap();
    assert_eq!((rows.len(), &rows[0].1), (1, &about));
    assert!(!String::from_utf8_lossy(&rows[0].0.bytes).contains("puesto"));
}

/// Rows that were written before there was a note are read as having none.
#[tokio::test]
async fn rows_without_a_note_are_read_still() {
    let records = records();
    let noted = entry().noted(&"ve poco".into());
    records.draft(NOON).audit(&noted).commit(&records).await.unwrap();
    let whole = postcard::to_extend(&entry(), vec![rows::ENTRY_VERSION_WITHOUT_NOTE]).unwrap();
    let sealed = records.vault().seal_row(&whole[..whole.len() - 1]);
    let changes = vec![Change::Append { chain: records.chain(), bytes: sealed }];
    let batch = Batch { id: records.new_id(NOON), expect: Vec::new(), changes };
    records.store().commit(batch).await.unwrap();
    let rows = records.audit_rows(0, 9).await.unwrap();
    let read: Vec<&Entry> = rows.iter().map(|(_, entry)| entry).collect();
    assert_eq!(read, [&noted, &entry()]);
}

/// A notice that was written before its codes said which message they were made for.
#[tokio::test]
async fn codes_without_their_message_are_read_still_and_written_with_it() {
    let records = records();
    let at = Ref { kind: Kind::Undo, id: records.new_id(NOON) };
    let (company, folio) = (Rut::of_body(99_999_999).unwrap(), Folio::new([7; 5]));
    let what = Undoes::ClaveChange { before: Digest("before".into()), by: None };
    let digests = vec![Digest("one".into()), Digest("two".into())];
    let plain = postcard::to_extend(&(company, folio, &what, &digests, NOON, 3_u32), vec![1]).unwrap();
    let sealed = records.vault().seal_unversioned(at, &plain);
    let change = Change::Put { at, bytes: sealed, due_ms: Some(NOON), groups: vec![] };
    let batch = Batch { id: records.new_id(NOON), expect: Vec::new(), changes: vec![change] };
    records.store().commit(batch).await.unwrap();

    let held = records.get::<Undo>(at.id).await.unwrap().unwrap();
    let codes: Vec<Digest> = held.value.codes.iter().map(|code| code.digest.clone()).collect();
    assert_eq!((codes, &held.value.what, held.due_ms), (digests, &what, Some(NOON)));
    let told = (held.value.company, held.value.folio, held.value.expires_ms, held.value.tries);
    assert_eq!(told, (company, folio, NOON, 3));
    records.draft(NOON).replace(&held, &held.value, held.due_ms).commit(&records).await.unwrap();
    let again = records.get::<Undo>(at.id).await.unwrap().unwrap();
    assert_eq!(again.value, held.value);
    assert_ne!(again.version, held.version);
}
