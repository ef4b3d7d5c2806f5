//! Laws about what is stored: batches are whole, versions never come twice, nothing is overwritten
//! unread, chains hold, and accounts change with all that belongs to it.

use std::collections::BTreeMap;

use totem::audit::ChainName;
use totem::domain::account::Account;
use totem::domain::errand::Errand;
use totem::domain::reference::{Kind, Ref};
use totem::domain::trust::ChannelOnFile;
use totem::store::{Batch, Change, Expect, Store, Versioned};

use super::{Held, evidence, must, secrets};
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
pub async fn acknowledged(world: &World, batch: &Batch, earlier: &Before) {
    if !world.laws().committed.insert(batch.id) {
        let is_same = before(world, batch).await == *earlier;
        let held = must(is_same, || format!("{:?}", batch.id));
        return world.holds("the same batch twice is one commit", held);
    }
    world.holds("what was acknowledged is stored, all of it", is_whole(world, batch).await);
    world.holds("a version never comes twice", versions_differ(world, batch, earlier));
    world.holds("nothing is overwritten unread", was_expected(batch, earlier));
    world.holds("no secret, RUT or address is stored in clear", secrets::sealed(world, batch));
    for change in &batch.changes {
        match change {
            Change::Put { at, .. } if at.kind == Kind::Account => account_changed(world, batch, *at).await,
            Change::Drop(at) if at.kind == Kind::Account => forget(world, *at),
            _ => {}
        }
    }
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

/// An account's record was written: whoever is touched hears of it in the same batch, and it has a row.
async fn account_changed(world: &World, batch: &Batch, at: Ref) {
    let read = world.store.get(at).await.expect("a store in memory is up");
    let Some(after) = read.and_then(|read| world.records.open::<Account>(at, &read).ok()) else { return };
    let after = after.value;
    let before = world.laws().accounts.insert(after.company, after.clone());
    match before {
        None => {
            world.holds("an account takes a card and a code, or staff", evidence::may_begin(world, &after))
        }
        Some(before) => account_became(world, batch, &before, &after).await,
    }
    let places = after.places(|_| true);
    world.laws().on_file.extend(places.iter().map(|place| (after.company, place.folded())));
}

/// What holds between an account and what it became.
async fn account_became(world: &World, batch: &Batch, before: &Account, after: &Account) {
    let is_deed = before.clave != after.clave
        || before.email != after.email
        || before.representative != after.representative
        || before.secret_question != after.secret_question
        || before.trust.is_frozen() != after.trust.is_frozen();
    if is_deed {
        world.holds("an account changes with its row in the log", has_row(batch));
        world.holds("all who are touched hear", all_hear(world, batch, before, after).await);
    }
    world.holds("a frozen account gets no other clave", stays_frozen(before, after));
    let law = "what was given in person gets a new mailbox in person alone";
    world.holds(law, evidence::may_readdress(world, before, after));
}

fn forget(world: &World, at: Ref) {
    let mut laws = world.laws();
    laws.accounts.retain(|company, _| world.records.account_id(*company) != at.id);
}

fn has_row(batch: &Batch) -> Held {
    let has = batch.changes.iter().any(|change| matches!(change, Change::Append { .. }));
    must(has, || "there is none".to_string())
}

/// The channels before and after, each with a message in the same batch (T5).
async fn all_hear(world: &World, batch: &Batch, before: &Account, after: &Account) -> Held {
    let mut told = Vec::new();
    for change in &batch.changes {
        let Change::Put { at, .. } = change else { continue };
        if at.kind != Kind::Outbox {
            continue;
        }
        let read = world.store.get(*at).await.expect("a store in memory is up");
        let errand = read.and_then(|read| world.records.open::<Errand>(*at, &read).ok());
        told.extend(errand.map(|errand| errand.value.to.folded()));
    }
    let mut touched = before.places(ChannelOnFile::is_on_file);
    touched.extend(after.places(ChannelOnFile::is_on_file));
    for place in touched {
        must(told.contains(&place.folded()), || format!("{place} hears nothing"))?;
    }
    Ok(())
}

/// A frozen account gets no other clave while it stays frozen (T6).
fn stays_frozen(before: &Account, after: &Account) -> Held {
    let was_and_is = before.trust.is_frozen() && after.trust.is_frozen();
    must(!was_and_is || before.clave == after.clave, || "another clave while it is frozen".to_string())
}

/// Every chain as it is stored hangs together, from where it was read last; receipts have their rows.
pub async fn chains_hold(world: &World) {
    for number in 0..=u64::from(TERMINALS) {
        let chain = ChainName::new(number);
        let records = world.records.in_chain(chain);
        let law = "the chains of the log hold";
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
    world.holds("what a receipt tells is in the log", held);
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
