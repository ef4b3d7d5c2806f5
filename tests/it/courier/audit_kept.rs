//! The audit log's oldest rows reach their end, and the rest is still whole.

use totem::audit::{Actor, Break, ChainName, Entry};

use super::*;

const DAY_MS: u64 = 24 * 3_600_000;
const YEAR_MS: u64 = 366 * DAY_MS;

/// A log with one row an hour for this many days, and a keeper that keeps a year of it.
async fn world(days: u64) -> World {
    let mut world = World::new();
    for hour in 0..days * 24 {
        let now_ms = NOON + hour * 3_600_000;
        let entry = Entry::new(now_ms, &"puesto 1".into(), Actor::Kiosk, Action::StartUp, Outcome::Done);
        world.records.draft(now_ms).audit(&entry).commit(&world.records).await.unwrap();
    }
    world.caretaker = world.caretaker.clone().keeping_audit(YEAR_MS);
    world.caretaker.keep_audit(NOON).await.unwrap();
    world.caretaker.keep_audit(NOON).await.unwrap();
    world
}

impl World {
    /// Works until nothing is left to do before the next day.
    async fn cuts(&self, now_ms: u64) {
        let mut at_ms = now_ms;
        for _ in 0..100 {
            match self.step(at_ms).await {
                Some(due_ms) if due_ms <= at_ms + 60_000 => at_ms = due_ms,
                _ => return,
            }
        }
        panic!("it goes on and on");
    }

    /// The oldest row that is left, in hours after the very first one.
    async fn oldest_hour(&self) -> u64 {
        let rows = self.records.audit_rows(0, 1).await.unwrap();
        (rows[0].1.at_ms - NOON) / 3_600_000
    }
}

#[tokio::test]
async fn rows_go_day_by_day_and_the_rest_still_holds() {
    let world = world(40).await;
    // Nothing is a year old yet.
    world.cuts(NOON + YEAR_MS).await;
    assert_eq!(world.oldest_hour().await, 0);
    world.cuts(NOON + YEAR_MS + 2 * DAY_MS).await;
    assert_eq!(world.oldest_hour().await, 48);
    let Ok(Ok(last)) = world.records.verify_audit().await else { panic!("the chain is broken") };
    let rows = world.records.audit_rows(0, 1000).await.unwrap();
    assert_eq!((rows[0].0.sequence, rows.last().unwrap().0.sequence), (49, last));
    let note = rows.last().unwrap().1.clone();
    assert_eq!(note.action, Action::CutAudit);
    assert!(note.note.unwrap().as_str().starts_with("rows up to 48 with the mac "));
    // A day later another day is removed, and new rows follow as usual.
    world.cuts(NOON + YEAR_MS + 3 * DAY_MS).await;
    // Days are counted from the end of the last look.
    assert_eq!(world.oldest_hour().await, 73);
    assert!(world.records.verify_audit().await.unwrap().is_ok());
}

#[tokio::test]
async fn a_clock_far_ahead_takes_a_month_at_most_in_a_day() {
    let world = world(40).await;
    let ahead_ms = NOON + 6 * YEAR_MS;
    world.cuts(ahead_ms).await;
    assert_eq!(world.oldest_hour().await, 31 * 24);
    world.cuts(ahead_ms + 3_600_000).await;
    assert_eq!(world.oldest_hour().await, 31 * 24, "it waits for the next day");
    // In the end the newest rows stay, so that the next can be chained to them.
    for day in 1..3 {
        world.cuts(ahead_ms + day * DAY_MS).await;
    }
    assert!(world.records.verify_audit().await.unwrap().is_ok());
    assert!(!world.records.audit_rows(0, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn rows_that_others_cut_off_are_missed() {
    let world = world(2).await;
    let cut = Change::Cut { chain: ChainName::FIRST, up_to: 10 };
    let id = world.records.new_id(NOON);
    world.store.commit(Batch { id, expect: vec![], changes: vec![cut] }).await.unwrap();
    assert_eq!(world.records.verify_audit().await.unwrap(), Err(Break { sequence: 1 }));
}

/// Another terminal's rows reach their end as well, and the caretaker's own chain says so.
#[tokio::test]
async fn every_chain_is_cut() {
    let world = world(4).await;
    let other = world.records.in_chain(ChainName::new(0xab));
    for hour in 0..72 {
        let now_ms = NOON + hour * 3_600_000;
        let entry = Entry::new(now_ms, &"puesto 2".into(), Actor::Kiosk, Action::StartUp, Outcome::Done);
        other.draft(now_ms).audit(&entry).commit(&other).await.unwrap();
    }
    // It is met with the next look at the own chain, and looked after from the day after that.
    world.cuts(NOON + DAY_MS).await;
    assert!(other.audit_anchor().await.unwrap().is_some());
    world.cuts(NOON + YEAR_MS + 2 * DAY_MS).await;
    let rows = other.audit_rows(0, 100).await.unwrap();
    assert_eq!((rows[0].0.sequence, rows.len()), (49, 24), "nothing was written in its name");
    assert_eq!(other.verify_audit().await.unwrap(), Ok(72));
    assert!(world.records.verify_audit().await.unwrap().is_ok());
    let notes: Vec<String> =
        world.records.audit_rows(0, 1000).await.unwrap().into_iter().filter_map(note).collect();
    assert!(notes.iter().any(|note| note.starts_with("rows up to 48 of chain 00000000000000ab with")));
}

fn note((_, entry): (totem::audit::Row, Entry)) -> Option<String> {
    Some(entry.note?.as_str().to_string())
}
