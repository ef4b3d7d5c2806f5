//! Mistakes in what is stored: the program's batch is made into another one. A record is unsealed, changed
//! and sealed again with the simulator's own keys, as a program with that mistake would have written it.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use totem::audit::{ChainName, Row};
use totem::domain::account::Account;
use totem::domain::contact::Contact;
use totem::domain::dispute::{Dispute, DisputeState, Second};
use totem::domain::errand::{Errand, ErrandKind, ErrandState};
use totem::domain::facilitator::FacilitatorRequest;
use totem::domain::office_time::OfficeTime;
use totem::domain::recovery::{Recovery, RecoveryState};
use totem::domain::reference::{Id, Kind, Ref};
use totem::domain::rut::Rut;
use totem::domain::trust::Rank;
use totem::domain::update::Erasure;
use totem::store::records::{Draft, Record, Records};
use totem::store::{Answered, Batch, Change, Expect, Store, StoreError, Versioned};

use super::Plant;
use crate::sim::world::World;

const HOLD_MS: u64 = 24 * 3_600_000;
/// How late a try is counted that should be counted first.
const LATE: std::time::Duration = std::time::Duration::from_secs(3);

fn puts(change: &Change, wanted: Kind) -> bool {
    matches!(change, Change::Put { at, .. } if at.kind == wanted)
}

/// What the program's batch is made into before it is stored; `None` if nothing is stored of it, though
/// it is acknowledged.
pub async fn rewritten(world: &Arc<World>, mut batch: Batch) -> Option<Batch> {
    let Some(plant) = world.plant else { return Some(batch) };
    messages(world, plant, &mut batch).await;
    accounts(world, plant, &mut batch).await;
    staffs(world, plant, &mut batch).await;
    let is_now = |of_hundred| world.faults().percent(of_hundred);
    match plant {
        Plant::TryForgotten if is_now(70) => batch.changes.retain(|change| !puts(change, Kind::Limit)),
        Plant::TryCountedLate => return counted_late(world, batch),
        Plant::LeaseForgotten => {
            let is_claim = batch.changes.iter().any(|change| puts(change, Kind::Outbox))
                && batch.changes.iter().all(|change| puts(change, Kind::Outbox) || puts(change, Kind::Limit));
            if is_claim {
                return None;
            }
        }
        Plant::NoticeForgotten if batch.changes.iter().any(|change| puts(change, Kind::Account)) => {
            let notice = batch.changes.iter().position(|change| puts(change, Kind::Outbox));
            notice.into_iter().for_each(|notice| {
                batch.changes.remove(notice);
            });
        }
        Plant::RankForgotten => batch.changes.retain(|change| !puts(change, Kind::Remembered)),
        Plant::RowForgotten if is_now(20) => {
            batch.changes.retain(|change| !matches!(change, Change::Append { .. }));
        }
        Plant::KeyUnsaved => drops_changed(&mut batch, Kind::Recovery),
        Plant::CodeUnsaved => drops_changed(&mut batch, Kind::Proof),
        Plant::WrittenUnread => batch.expect.retain(|expect| !matches!(expect, Expect::At(..))),
        Plant::SealLoose if is_now(5) => loosens(&mut batch),
        Plant::SecretInClear if is_now(5) => tells(world, &mut batch),
        Plant::RowsCutEarly if is_now(5) => {
            let chain = batch.changes.iter().find_map(|change| match change {
                Change::Append { chain, .. } => Some(*chain),
                _ => None,
            });
            let read = chain.map_or(0, |chain| world.laws().read_of(chain));
            batch.changes.extend(chain.map(|chain| Change::Cut { chain, up_to: read }));
        }
        _ => {}
    }
    Some(batch)
}

/// Mistakes about what is to be sent.
async fn messages(world: &World, plant: Plant, batch: &mut Batch) {
    let undo = undo_of(batch);
    let changes = |errand: &mut Errand| match (plant, undo) {
        (Plant::NoticeUnsent, _) if errand.kind.guards_the_owner() => errand.state = ErrandState::Sent,
        (Plant::NoticeDropped, _) if errand.kind.guards_the_owner() && errand.tried > 0 => {
            errand.state = ErrandState::Dropped;
        }
        (Plant::CodesToUnproved, Some(undo)) if errand.kind == ErrandKind::Warned => {
            errand.kind = ErrandKind::ClaveChanged { undo };
        }
        (Plant::EveryNoticeFreezes, Some(undo)) if errand.kind.guards_the_owner() && errand.tried == 0 => {
            errand.kind = ErrandKind::DoneInPerson { undo };
        }
        _ => {}
    };
    let is_about_messages = matches!(
        plant,
        Plant::NoticeUnsent | Plant::NoticeDropped | Plant::CodesToUnproved | Plant::EveryNoticeFreezes
    );
    if is_about_messages {
        change::<Errand>(world, batch, changes).await;
    }
}

/// Mistakes about accounts and the keys to them.
async fn accounts(world: &World, plant: Plant, batch: &mut Batch) {
    let (now_ms, now) = (world.now_ms(), OfficeTime::agreed(world.now_ms()));
    match plant {
        Plant::FreezeForgotten => {
            change::<Account>(world, batch, |account| {
                if account.trust.is_frozen() {
                    account.trust.settle(now);
                }
            })
            .await;
        }
        Plant::ThiefIsTold => {
            change::<Account>(world, batch, |account| {
                if account.trust.rank(now.protections()) == Rank::Office {
                    let stranger = "ajeno@correo.example".parse().expect("an invented address is right");
                    account.put_contact(Contact::RepresentativeEmail(stranger), Rank::Office, now_ms);
                }
            })
            .await;
        }
        Plant::DayInsteadOfStaff => {
            change::<Recovery>(world, batch, |recovery| {
                if recovery.state == RecoveryState::WaitsForStaff {
                    recovery.state = RecoveryState::Held { until_ms: now_ms + HOLD_MS };
                }
            })
            .await;
        }
        Plant::ErasedAtOnce => due::<Erasure>(world, batch, now_ms + 60_000).await,
        _ => {}
    }
}

/// Mistakes about staff and what takes two of them.
async fn staffs(world: &World, plant: Plant, batch: &mut Batch) {
    match plant {
        Plant::OneGives => {
            let now_ms = world.now_ms();
            change::<Dispute>(world, batch, |dispute| {
                if let DisputeState::Opened { by } = &dispute.state {
                    let second = Second::Operator { at_ms: now_ms };
                    dispute.state = DisputeState::Confirmed { by: by.clone(), second };
                }
            })
            .await;
        }
        Plant::SamePersonApproves => {
            change::<FacilitatorRequest>(world, batch, |request| {
                for decision in &mut request.decisions {
                    decision.staff = "nadie".into();
                    decision.rut = Rut::of_body(18_000_000).expect("an invented RUT is right");
                }
            })
            .await;
        }
        _ => {}
    }
}

/// Records are sealed as older programs did.
fn loosens(batch: &mut Batch) {
    for change in &mut batch.changes {
        if let Change::Put { bytes, .. } = change {
            bytes[0] = 1;
        }
    }
}

/// A row holds a secret that was sent.
fn tells(world: &World, batch: &mut Batch) {
    let secret = world.boxes().all().find_map(|(_, letter)| letter.secret.clone());
    for change in &mut batch.changes {
        if let (Change::Append { bytes, .. }, Some(secret)) = (change, &secret) {
            bytes.extend(secret.bytes());
        }
    }
}

/// Of what was there before, nothing is put.
fn drops_changed(batch: &mut Batch, kind: Kind) {
    let Batch { changes, expect, .. } = batch;
    changes.retain(|change| {
        let is_new = matches!(change, Change::Put { at, .. } if expect.contains(&Expect::Absent(*at)));
        is_new || !puts(change, kind)
    });
}

/// A batch that counts a try is stored some seconds later.
fn counted_late(world: &Arc<World>, batch: Batch) -> Option<Batch> {
    let counts = batch.changes.iter().any(|change| match change {
        Change::Put { at, .. } => at.kind == Kind::Limit && world.laws().counts_tries(at.id),
        _ => false,
    });
    if !counts {
        return Some(batch);
    }
    let world = world.clone();
    tokio::spawn(async move {
        tokio::time::sleep(LATE).await;
        // Somebody else may have written there meanwhile: then the try is lost.
        let _ = world.store.commit(batch).await;
    });
    None
}

/// The notice whose codes undo what the batch does.
fn undo_of(batch: &Batch) -> Option<Id> {
    batch.changes.iter().find_map(|change| match change {
        Change::Put { at, .. } if at.kind == Kind::Undo => Some(at.id),
        _ => None,
    })
}

async fn change<T: Record>(world: &World, batch: &mut Batch, change: impl Fn(&mut T)) {
    reseals(world, batch, |value: &mut T, due_ms| {
        change(value);
        due_ms
    })
    .await;
}

async fn due<T: Record>(world: &World, batch: &mut Batch, due_ms: u64) {
    reseals(world, batch, |_: &mut T, _| Some(due_ms)).await;
}

/// Every record of one drawer that the batch puts, unsealed, changed and sealed again.
async fn reseals<T: Record>(
    world: &World,
    batch: &mut Batch,
    change: impl Fn(&mut T, Option<u64>) -> Option<u64>,
) {
    let (id, version) = (batch.id, batch.id.version());
    for put in &mut batch.changes {
        let Change::Put { at, bytes, due_ms, groups } = put else { continue };
        if at.kind != T::KIND {
            continue;
        }
        let read = Versioned { version, bytes: bytes.clone(), due_ms: *due_ms, groups: groups.clone() };
        let Ok(held) = world.records.open::<T>(*at, &read) else { continue };
        let mut value = held.value;
        let due_ms = change(&mut value, *due_ms);
        let sealed = Arc::new(Sealed::default());
        let records = Records::new(sealed.clone(), world.records.vault().clone());
        let draft = Draft::new(id).new_record(at.id, &value, due_ms);
        draft.commit(&records).await.expect("it is only written down");
        *put = sealed.take();
    }
}

/// Keeps what a draft becomes when it is sealed, and stores nothing.
#[derive(Default)]
struct Sealed(Mutex<Option<Change>>);

impl Sealed {
    fn take(&self) -> Change {
        self.0.lock().expect("nobody panics with it").take().expect("a draft was sealed")
    }
}

#[async_trait]
impl Store for Sealed {
    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        *self.0.lock().expect("nobody panics with it") = batch.changes.into_iter().next();
        Ok(())
    }
    async fn get(&self, _: Ref) -> Result<Option<Versioned>, StoreError> {
        Ok(None)
    }
    async fn get_many(&self, what: &[Ref]) -> Result<Answered, StoreError> {
        Ok(Answered { records: vec![None; what.len()], now_ms: 0 })
    }
    async fn group(&self, _: Id) -> Result<u64, StoreError> {
        Ok(0)
    }
    async fn members(
        &self,
        _: Id,
        _: Kind,
        _: Option<Id>,
        _: u16,
    ) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        Ok(Vec::new())
    }
    async fn find(&self, _: Id) -> Result<Option<Ref>, StoreError> {
        Ok(None)
    }
    async fn list(&self, _: Kind, _: Option<Id>, _: u16) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        Ok(Vec::new())
    }
    async fn due(&self, _: u64, _: u16) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        Ok(Vec::new())
    }
    async fn due_of(&self, _: Kind, _: u64, _: u16) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        Ok(Vec::new())
    }
    async fn next_due_ms(&self) -> Result<Option<u64>, StoreError> {
        Ok(None)
    }
    async fn rows(&self, _: ChainName, _: u64, _: u16) -> Result<Vec<Row>, StoreError> {
        Ok(Vec::new())
    }
    async fn chains(&self, _: Option<ChainName>, _: u16) -> Result<Vec<ChainName>, StoreError> {
        Ok(Vec::new())
    }
}

/// What is really kept of a batch; `None` for nothing.
pub fn kept(world: &World, batch: &Batch) -> Option<Batch> {
    let mut kept = batch.clone();
    match world.plant {
        Some(Plant::LostWrite) if world.faults().percent(2) => return None,
        Some(Plant::TornBatch) if world.faults().percent(5) => {
            kept.changes.truncate(batch.changes.len().div_ceil(2));
        }
        _ => {}
    }
    Some(kept)
}
