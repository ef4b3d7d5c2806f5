//! Mistakes that are planted to see that the laws notice them. They lie in the simulator's own layer
//! around store, post, registers and chance: the program knows nothing of them.

use totem::domain::clean::Clean;
use totem::domain::reference::Kind;
use totem::store::{Batch, Change, Expect};

use super::world::World;

/// A mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plant {
    /// Failed tries are not kept, most of the time.
    TryForgotten,
    /// A courier takes a message without saying so.
    LeaseForgotten,
    /// One of those who should hear of a change doesn't.
    NoticeForgotten,
    /// What was done has no row in the log, now and then.
    RowForgotten,
    /// A key leaves, and its digest is not kept.
    KeyUnsaved,
    /// What was read before writing is not compared.
    WrittenUnread,
    /// A batch is acknowledged and not kept.
    LostWrite,
    /// Half of a batch is kept.
    TornBatch,
    /// Ids repeat.
    VersionRepeats,
    /// The boot time runs thirty times too fast.
    BootTimeLeaps,
    /// Registro Civil finds every card right.
    AnyCardMatches,
    /// Whatever is sent goes to a stranger too.
    KeyGoesToAnotherMailbox,
    /// A message is written into the log.
    SecretsInTheLog,
    /// A row of the log holds a secret in clear.
    SecretInClear,
    /// Answers come as soon as they are known.
    FloorForgotten,
    /// Rows of the log end too early.
    RowsCutEarly,
    /// The invented question is another one after each start.
    QuestionChanges,
}

impl Plant {
    pub const ALL: [Plant; 17] = [
        Plant::TryForgotten,
        Plant::LeaseForgotten,
        Plant::NoticeForgotten,
        Plant::RowForgotten,
        Plant::KeyUnsaved,
        Plant::WrittenUnread,
        Plant::LostWrite,
        Plant::TornBatch,
        Plant::VersionRepeats,
        Plant::BootTimeLeaps,
        Plant::AnyCardMatches,
        Plant::KeyGoesToAnotherMailbox,
        Plant::SecretsInTheLog,
        Plant::SecretInClear,
        Plant::FloorForgotten,
        Plant::RowsCutEarly,
        Plant::QuestionChanges,
    ];

    /// By its name.
    pub fn named(name: &str) -> Option<Plant> {
        Plant::ALL.into_iter().find(|plant| format!("{plant:?}") == name)
    }
}

fn puts(change: &Change, wanted: Kind) -> bool {
    matches!(change, Change::Put { at, .. } if at.kind == wanted)
}

/// What the program's batch is made into before it is stored; `None` if nothing is stored of it, though
/// it is acknowledged.
pub fn rewritten(world: &World, mut batch: Batch) -> Option<Batch> {
    let Some(plant) = world.plant else { return Some(batch) };
    let is_now = |of_hundred| world.faults().percent(of_hundred);
    match plant {
        Plant::TryForgotten if is_now(70) => batch.changes.retain(|change| !puts(change, Kind::Limit)),
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
        Plant::RowForgotten if is_now(20) => {
            batch.changes.retain(|change| !matches!(change, Change::Append { .. }));
        }
        Plant::KeyUnsaved => batch.changes.retain(|change| {
            let is_new =
                matches!(change, Change::Put { at, .. } if batch.expect.contains(&Expect::Absent(*at)));
            is_new || !puts(change, Kind::Recovery)
        }),
        Plant::WrittenUnread => batch.expect.retain(|expect| !matches!(expect, Expect::At(..))),
        Plant::SecretInClear if is_now(5) => {
            let secret = world.boxes().all().find_map(|(_, letter)| letter.secret.clone());
            for change in &mut batch.changes {
                if let (Change::Append { bytes, .. }, Some(secret)) = (change, &secret) {
                    bytes.extend(secret.bytes());
                }
            }
        }
        Plant::RowsCutEarly if is_now(5) => {
            let chain = batch.changes.iter().find_map(|change| match change {
                Change::Append { chain, .. } => Some(*chain),
                _ => None,
            });
            batch.changes.extend(chain.map(|chain| Change::Cut { chain, up_to: u64::MAX }));
        }
        _ => {}
    }
    Some(batch)
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

/// The office's secret questions, as a terminal that starts reads them.
pub fn questions(world: &World, mut questions: Vec<Clean>) -> Vec<Clean> {
    if world.plant == Some(Plant::QuestionChanges) {
        let by = world.faults().below(questions.len() as u64) as usize;
        questions.rotate_left(by);
    }
    questions
}
