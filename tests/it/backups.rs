//! The kiosk's own backups, on a clock that the test owns.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::cli_support::{NOON, Place};
use crate::support::{account, batch, put};
use totem::audit::Actor;
use totem::caretaker::backup::Backups;
use totem::clock::{BootMoment, Clock};
use totem::domain::deed::Action;
use totem::store::Upkeep as _;
use totem::store::records::Records;
use totem::store::sled::{SledStore, verify_export};
use totem::store::{Change, Store as _, backups};

const HOUR: u64 = 3_600_000;
const MINUTE: u64 = 60_000;

/// A kiosk that makes one every 24 hours and keeps two.
struct World {
    place: Place,
    time: Arc<AtomicU64>,
    /// By which the wall clock is ahead of the truth.
    ahead_ms: Arc<AtomicU64>,
    store: Arc<SledStore>,
    records: Records,
    task: Backups,
}

impl World {
    async fn new() -> Self {
        let place = Place::new();
        let opened = place.opened().await;
        let store = opened.store.own().unwrap().clone();
        let time = Arc::new(AtomicU64::new(NOON));
        let reading = time.clone();
        let clock: Clock = Arc::new(move || reading.load(Ordering::SeqCst));
        let settings = place.config(&[("store.keep_exports", "2")]).store;
        let ahead_ms: Arc<AtomicU64> = Arc::default();
        let ahead = ahead_ms.clone();
        let booted = move |wall_ms| wall_ms - ahead.load(Ordering::SeqCst);
        let boot = move |wall_ms| BootMoment { boot: [1; 16], at_ms: booted(wall_ms) };
        let records = opened.records.clone().timed_by(Arc::new(boot));
        let task = Backups::new(&settings, &"07".into(), store.clone(), records.clone(), clock);
        let task = task.expect("the settings ask for backups");
        World { place, time, ahead_ms, store, records, task }
    }

    /// Fills the store with records that are then deleted.
    async fn wastes_room(&self) {
        let accounts = |batch: u64| (0..25).map(move |number| account(batch * 25 + number));
        for number in 1..=300 {
            let puts = accounts(number).map(|account| put(account, &[9; 4000])).collect();
            self.store.commit(batch(number, vec![], puts)).await.expect("a commit");
        }
        for number in 1..=300 {
            let drops = accounts(number).map(Change::Drop).collect();
            self.store.commit(batch(1000 + number, vec![], drops)).await.expect("a commit");
        }
        assert!(self.wastes().await);
    }

    async fn wastes(&self) -> bool {
        self.store.health().await.expect("how it is").is_wasteful()
    }

    async fn step(&self, now_ms: u64, is_at_rest: bool) -> u64 {
        self.time.store(now_ms, Ordering::SeqCst);
        self.task.step(is_at_rest).await
    }

    /// When each backup was made, the oldest first.
    fn made(&self) -> Vec<u64> {
        let found = backups::named(&self.place.path("totem-data/exports"));
        found.iter().for_each(|(_, file)| _ = verify_export(file).expect("it is whole"));
        found.into_iter().map(|(made_ms, _)| made_ms).collect()
    }
}

#[tokio::test]
async fn one_a_day_and_the_last_two_stay() {
    let world = World::new().await;
    assert_eq!(world.step(NOON, true).await, NOON + 24 * HOUR);
    assert!(world.made().is_empty());
    for day in 1..=3 {
        let due_ms = NOON + day * 24 * HOUR;
        assert_eq!(world.step(due_ms - 1, true).await, due_ms);
        assert_eq!(world.step(due_ms, true).await, due_ms + 24 * HOUR);
    }
    assert_eq!(world.made(), [NOON + 48 * HOUR, NOON + 72 * HOUR]);
    let rows = world.records.audit_rows(0, 100).await.expect("rows");
    let noted =
        rows.iter().filter(|(_, entry)| entry.action == Action::BackUp && entry.actor == Actor::Kiosk);
    assert_eq!(noted.count(), 3);
}

#[tokio::test]
async fn nobody_waits_for_a_backup_unless_the_screen_is_never_left() {
    let world = World::new().await;
    let due_ms = NOON + 24 * HOUR;
    assert_eq!(world.step(due_ms, false).await, due_ms + MINUTE);
    assert_eq!(world.step(due_ms + 59 * MINUTE, false).await, due_ms + 60 * MINUTE);
    assert!(world.made().is_empty());
    world.step(due_ms + HOUR, false).await;
    assert_eq!(world.made(), [due_ms + HOUR]);
}

/// Nobody at the screen waits for a compaction, even when a backup could wait no longer.
#[tokio::test]
async fn after_a_backup_the_store_gives_back_room_while_nobody_waits() {
    let world = World::new().await;
    world.wastes_room().await;
    let due_ms = NOON + 25 * HOUR;
    world.step(due_ms, false).await;
    assert!((world.made() == [due_ms]) && world.wastes().await);
    let due_ms = due_ms + 24 * HOUR;
    world.step(due_ms, true).await;
    assert!((world.made().last() == Some(&due_ms)) && !world.wastes().await);
    world.records.verify_audit().await.expect("the store is up").expect("the chain holds");
}

#[tokio::test]
async fn a_clock_that_was_wrong_stops_no_backup() {
    let world = World::new().await;
    let year = 365 * 24 * HOUR;
    assert_eq!(world.step(NOON, true).await, NOON + 24 * HOUR);
    // For a moment it is a year ahead: no backup is due by it, or named by it.
    world.ahead_ms.store(year, Ordering::SeqCst);
    assert_eq!(world.step(NOON + year, true).await, NOON + 24 * HOUR);
    world.ahead_ms.store(0, Ordering::SeqCst);
    world.step(NOON + HOUR, true).await;
    world.step(NOON + 24 * HOUR, true).await;
    // One that an older program named for the future counts for nothing, and pushes none out.
    let folder = world.place.config(&[]).store.export_folder;
    let file = |made_ms| folder.join(backups::name_at(made_ms));
    fs::copy(file(NOON + 24 * HOUR), file(NOON + year)).expect("a copy");
    for day in 2..=3 {
        world.step(NOON + day * 24 * HOUR, true).await;
    }
    assert_eq!(world.made(), [NOON + 48 * HOUR, NOON + 72 * HOUR, NOON + year]);
}

#[tokio::test]
async fn a_folder_that_can_not_be_written_is_tried_again() {
    let world = World::new().await;
    let folder = world.place.path("totem-data/exports");
    std::fs::write(&folder, "in the way").expect("a file");
    let due_ms = NOON + 24 * HOUR;
    assert_eq!(world.step(due_ms, true).await, due_ms + HOUR);
    std::fs::remove_file(&folder).expect("it goes");
    world.step(due_ms + HOUR, true).await;
    assert_eq!(world.made(), [due_ms + HOUR]);
}

#[tokio::test]
async fn zero_hours_are_never() {
    let place = Place::new();
    let opened = place.opened().await;
    let settings = place.config(&[("store.export_every_hours", "0")]).store;
    let clock: Clock = Arc::new(|| NOON);
    assert!(
        Backups::new(&settings, &"07".into(), opened.store.own().unwrap().clone(), opened.records, clock)
            .is_none()
    );
}
