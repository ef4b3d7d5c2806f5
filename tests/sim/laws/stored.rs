//! Laws about what is stored: batches are whole, versions never come twice, nothing is overwritten
//! unread, seals bind, chains hold, and what is due is dealt with.

use std::collections::BTreeMap;

use totem::audit::ChainName;
use totem::domain::reference::{Kind, Ref};
use totem::store::{Batch, Change, Expect, Store, Versioned};
use totem::vault::{Place, is_bound_to_version};

use super::{Held, Law, accounts, must, secrets, tries};
use crate::sim::plan::TERMINALS;
use crate::sim::world::World;

/// What lay before a batch in the places that it changes.
pub type Before = BTreeMap<Ref, Option<Versioned>>;

/// What lies in the places that a batch changes.
pub async fn before(world: &World, batch: &Batch) -> Before {
    let mut before = Before::new();
    for change in &batch.changes {
        let (Change::Put { at, .. } | Change::Drop(at)) = change else { continue };
        before.insert(*at, world.store.get(*at).await.expect("a store in memory is up"));
    }
    before
}

/// A batch was acknowledged to the program.
pub async fn acknowledged(world: &World, terminal: u8, batch: &Batch, earlier: &Before) {
    tries::saved(world, terminal, batch);
    if batch.changes.iter().any(|change| matches!(change, Change::Put { at, .. } if is_clock_mark(*at))) {
        marks(world);
    }
    if !world.laws().committed.insert(batch.id) {
        let is_same = before(world, batch).await == *earlier;
        let held = must(is_same, || format!("{:?}", batch.id));
        return world.holds(Law::SameBatch, held);
    }
    recoveries_end(world, batch);
    world.holds(Law::Whole, is_whole(world, batch).await);
    world.holds(Law::VersionOnce, versions_differ(world, batch, earlier));
    world.holds(Law::ReadFirst, was_expected(batch, earlier));
    world.holds(Law::Sealed, secrets::sealed(world, batch));
    world.holds(Law::SealBinds, seals_bind(world, batch));
    accounts::acknowledged(world, batch).await;
}

/// Recoveries that the batch removes end now, and their keys with them.
fn recoveries_end(world: &World, batch: &Batch) {
    let now_ms = world.now_ms();
    let dropped = batch.changes.iter().filter_map(|change| match change {
        Change::Drop(at) if at.kind == Kind::Recovery => Some((at.id, now_ms)),
        _ => None,
    });
    world.laws().recoveries_ended.extend(dropped);
}

/// The mark of the clock was kept; the first one after a boot shows whether the wall clock tells how long the
/// machine was off.
fn marks(world: &World) {
    let mut laws = world.laws();
    laws.marked_ms = Some(world.now_ms());
    let off_ms = std::mem::take(&mut laws.off_ms);
    if world.clock_is_wrong() {
        laws.uncounted_ms = laws.uncounted_ms.max(off_ms);
    }
}

/// Whether the latest time that is proved lies there (S12).
fn is_clock_mark(at: Ref) -> bool {
    at.kind == Kind::Meta && at.id.0.starts_with(b"clock-mark")
}

/// All that the batch puts is there as it was put, and all that it drops is gone.
async fn is_whole(world: &World, batch: &Batch) -> Held {
    let mut last: BTreeMap<Ref, &Change> = BTreeMap::new();
    let mut appended: BTreeMap<ChainName, &[u8]> = BTreeMap::new();
    for change in &batch.changes {
        match change {
            Change::Put { at, .. } | Change::Drop(at) => {
                last.insert(*at, change);
            }
            Change::Append { chain, bytes } => {
                appended.insert(*chain, bytes);
            }
            Change::Link { .. } | Change::Unlink { .. } | Change::Cut { .. } => {}
        }
    }
    for (at, change) in last {
        let found = world.store.get(at).await.expect("a store in memory is up");
        let is_there = match change {
            Change::Put { bytes, due_ms, .. } => found.is_some_and(|found| {
                found.version == batch.id.version() && found.bytes == *bytes && found.due_ms == *due_ms
            }),
            _ => found.is_none(),
        };
        must(is_there, || format!("{:?} is not as it was saved", at.kind))?;
    }
    for (chain, bytes) in appended {
        let read = world.laws().chains.get(&chain).map_or(0, |(_, sequence)| *sequence);
        let rows = world.store.rows(chain, read, u16::MAX).await.expect("a store in memory is up");
        must(rows.iter().any(|row| row.bytes == bytes), || "a row of the log is missing".to_string())?;
    }
    Ok(())
}

/// No version was at this place before.
fn versions_differ(world: &World, batch: &Batch, before: &Before) -> Held {
    let version = batch.id.version();
    let mut laws = world.laws();
    for at in before.keys() {
        must(laws.versions.insert((*at, version)), || format!("{:?}: {version}", at.kind))?;
    }
    Ok(())
}

/// Whoever writes over a record says which version they read, so that nobody's change is lost.
fn was_expected(batch: &Batch, before: &Before) -> Held {
    for (at, read) in before {
        let Some(read) = read else { continue };
        let is_expected = batch.expect.contains(&Expect::At(*at, read.version));
        must(is_expected, || format!("{:?} was written over unread", at.kind))?;
    }
    Ok(())
}

/// What was put opens at its own version and due time, and at no other (T13).
fn seals_bind(world: &World, batch: &Batch) -> Held {
    let vault = world.records.vault();
    for change in &batch.changes {
        let Change::Put { at, bytes, due_ms, .. } = change else { continue };
        let own = Place { at: *at, version: batch.id.version(), due_ms: *due_ms };
        let later = Place { due_ms: Some(due_ms.unwrap_or(0) + 1), ..own };
        let newer = Place { version: own.version ^ 1, ..own };
        must(is_bound_to_version(bytes), || format!("{:?} is bound to no version", at.kind))?;
        for place in [later, newer] {
            must(vault.open(place, bytes).is_err(), || format!("{:?} opens at {place:?}", at.kind))?;
        }
    }
    Ok(())
}

/// Whatever has been due for hours was dealt with, or set aside till later (S15, T12, T13).
pub async fn nothing_is_left_due(world: &World) -> Held {
    let since_ms = world.now_ms() - 2 * 3_600_000;
    let due = world.store.due(since_ms, 100).await.expect("a store in memory is up");
    let kinds: Vec<Kind> = due.iter().map(|(at, _)| at.kind).collect();
    must(kinds.is_empty(), || format!("{kinds:?}"))
}

/// Every chain as it is stored hangs together, from where it was read last; receipts have their rows.
pub async fn chains_hold(world: &World) {
    for number in 0..=u64::from(TERMINALS) {
        let chain = ChainName::new(number);
        let records = world.records.in_chain(chain);
        // Rows are kept for years, and no office lasts as long.
        let first = world.store.rows(chain, 0, 1).await.expect("a store in memory is up");
        let is_whole = first.first().is_none_or(|row| row.sequence == 1);
        world.holds(Law::ChainsHold, must(is_whole, || "its first rows are gone".to_string()));
        let law = Law::ChainsHold;
        loop {
            let (link, after) = world.laws().chains.get(&chain).copied().unwrap_or_else(|| (chain.root(), 0));
            let rows = match records.audit_rows(after, 200).await {
                Ok(rows) => rows,
                Err(error) => return world.holds(law, Err(error.to_string())),
            };
            let Some((last, _)) = rows.last() else { break };
            let last = (last.mac, last.sequence);
            world.holds(law, hangs_together(world, link, after, rows.iter().map(|(row, _)| row)));
            let deeds = rows.iter().map(|(_, entry)| (entry.action, entry.outcome));
            world.figures().reads_log(deeds);
            let mut laws = world.laws();
            laws.logged
                .extend(rows.iter().filter_map(|(_, entry)| entry.folio.map(|folio| folio.to_string())));
            laws.chains.insert(chain, last);
        }
    }
    let mut laws = world.laws();
    let receipts = std::mem::take(&mut laws.receipts);
    let missing = receipts.into_iter().find(|folio| !laws.logged.contains(&folio.to_string()));
    drop(laws);
    let held = must(missing.is_none(), || format!("{missing:?} is on a receipt, and not in the log"));
    world.holds(Law::ReceiptsLogged, held);
}

fn hangs_together<'a>(
    world: &World,
    mut link: [u8; 32],
    mut after: u64,
    rows: impl Iterator<Item = &'a totem::audit::Row>,
) -> Held {
    let chain = world.records.vault().chain();
    for row in rows {
        let is_next = row.sequence == after + 1 && row.mac == chain(&link, row.sequence, &row.bytes);
        must(is_next, || format!("row {}", row.sequence))?;
        (link, after) = (row.mac, row.sequence);
    }
    Ok(())
}
