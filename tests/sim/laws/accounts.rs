//! Laws about accounts and what hangs on them: keys that wait, notices, erasures. Each batch is held against
//! what lay there before (T4 to T6, T10, T12).

use totem::domain::account::Account;
use totem::domain::destination::Destination;
use totem::domain::errand::{Errand, ErrandKind, ErrandState};
use totem::domain::facilitator::FacilitatorRequest;
use totem::domain::office_time::OfficeTime;
use totem::domain::proof::Proof;
use totem::domain::recovery::{Recovery, RecoveryState};
use totem::domain::reference::{Kind, Ref};
use totem::domain::trust::{ChannelOnFile, Rank};
use totem::store::records::Record;
use totem::store::{Batch, Change, Store, Versioned};

use super::{Held, Law, evidence, must};
use crate::sim::world::World;

/// How long an erasure waits for an objection (S15), in milliseconds.
const ERASURE_MS: u64 = 72 * 3_600_000;

/// What a batch puts into one drawer, unsealed.
pub fn put_in<T: Record>(world: &World, batch: &Batch) -> Vec<(Ref, T)> {
    let mut found = Vec::new();
    for change in &batch.changes {
        let Change::Put { at, bytes, due_ms, groups } = change else { continue };
        if at.kind != T::KIND {
            continue;
        }
        let (version, bytes) = (batch.id.version(), bytes.clone());
        let read = Versioned { version, bytes, due_ms: *due_ms, groups: groups.clone() };
        found.extend(world.records.open::<T>(*at, &read).ok().map(|held| (*at, held.value)));
    }
    found
}

/// A batch was acknowledged to the program.
pub async fn acknowledged(world: &World, batch: &Batch) {
    for (at, proof) in put_in::<Proof>(world, batch) {
        world.laws().proofs.insert(at.id, (proof.company, proof.to.folded()));
    }
    for (_, request) in put_in::<FacilitatorRequest>(world, batch) {
        let goes_to = (request.company, Destination::Mail(request.person.email.clone()).folded());
        world.laws().requests.insert(request.folio.to_string(), goes_to);
    }
    world.holds(Law::OneHold, one_hold(world, batch));
    world.holds(Law::NothingDropped, not_dropped(world, batch));
    world.holds(Law::SentHasLeft, sent_has_left(world, batch));
    for change in &batch.changes {
        match change {
            Change::Put { at, .. } if at.kind == Kind::Account => changed(world, batch, *at).await,
            Change::Drop(at) if at.kind == Kind::Account => forgets(world, batch, *at),
            _ => {}
        }
    }
}

/// An account's record was written: whoever is touched hears of it in the same batch, and it has a row.
async fn changed(world: &World, batch: &Batch, at: Ref) {
    let read = world.store.get(at).await.expect("a store in memory is up");
    let Some(after) = read.and_then(|read| world.records.open::<Account>(at, &read).ok()) else { return };
    let after = after.value;
    let before = world.laws().accounts.insert(after.company, after.clone());
    match before {
        None => world.holds(Law::AccountsBegin, evidence::may_begin(world, &after)),
        Some(before) => became(world, batch, &before, &after),
    }
    let places = after.places(|_| true);
    world.laws().on_file.extend(places.iter().map(|place| (after.company, place.folded())));
}

/// What holds between an account and what it became.
fn became(world: &World, batch: &Batch, before: &Account, after: &Account) {
    let holds_key = put_in::<Recovery>(world, batch)
        .iter()
        .any(|(_, recovery)| matches!(recovery.state, RecoveryState::Held { .. }));
    let is_deed = before.clave != after.clave
        || before.email != after.email
        || before.representative != after.representative
        || before.secret_question != after.secret_question
        || before.trust.is_frozen() != after.trust.is_frozen();
    if is_deed {
        world.holds(Law::RowWithAccount, has_row(batch));
    }
    if is_deed || holds_key {
        world.holds(Law::AllHear, all_hear(world, batch, before, after));
    }
    if before.trust.is_frozen() && !after.trust.is_frozen() {
        world.holds(Law::TwoGive, super::staff::two_saw(world, after.company));
    }
    world.holds(Law::FrozenClave, stays_frozen(before, after));
    world.holds(Law::NewMailbox, evidence::may_readdress(world, before, after));
    world.holds(Law::FreezePlaces, freezes_from_trusted(world, batch, before, after));
}

fn has_row(batch: &Batch) -> Held {
    let has = batch.changes.iter().any(|change| matches!(change, Change::Append { .. }));
    must(has, || "there is none".to_string())
}

/// The channels before and after, each with a message in the same batch (T5).
fn all_hear(world: &World, batch: &Batch, before: &Account, after: &Account) -> Held {
    let told: Vec<String> =
        put_in::<Errand>(world, batch).into_iter().map(|(_, errand)| errand.to.folded()).collect();
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

/// A code that freezes goes to who was on file by staff, or for a month (T4b).
fn freezes_from_trusted(world: &World, batch: &Batch, before: &Account, after: &Account) -> Held {
    let now = OfficeTime::agreed(world.now_ms()).protections();
    let mut trusted = before.places(|channel| channel.may_freeze(now));
    trusted.extend(after.places(|channel| channel.may_freeze(now)));
    let trusted: Vec<String> = trusted.iter().map(|place| place.folded()).collect();
    for (_, errand) in put_in::<Errand>(world, batch) {
        let freezes = matches!(errand.kind, ErrandKind::DoneInPerson { .. });
        must(!freezes || trusted.contains(&errand.to.folded()), || format!("{}", errand.to))?;
    }
    Ok(())
}

/// Of one company one key waits for a day at most, and none once staff stood behind the account (T4d, T4e).
fn one_hold(world: &World, batch: &Batch) -> Held {
    let now_ms = world.now_ms();
    let now = OfficeTime::agreed(now_ms).protections();
    let put = put_in::<Recovery>(world, batch);
    let mut laws = world.laws();
    for change in &batch.changes {
        if let Change::Drop(at) = change {
            laws.waiting.values_mut().for_each(|waiting| {
                waiting.remove(&at.id);
            });
        }
    }
    for (at, recovery) in put {
        let company = recovery.company;
        let until_ms = match recovery.state {
            RecoveryState::Held { until_ms } => Some(until_ms),
            _ => None,
        };
        let waiting = laws.waiting.entry(company).or_default();
        let is_new = match until_ms {
            Some(until_ms) => waiting.insert(at.id, until_ms).is_none(),
            None => {
                waiting.remove(&at.id);
                false
            }
        };
        // One whose day is over waits no more, even if its message can't be read.
        let count = waiting.values().filter(|until_ms| **until_ms > now_ms).count();
        must(count <= 1, || format!("{count} keys for {company}"))?;
        let rank = laws.account(company).map(|account| account.trust.rank(now));
        must(!is_new || rank.is_none_or(|rank| rank == Rank::Low), || {
            format!("a key for {company}, which was given by {rank:?}")
        })?;
    }
    Ok(())
}

/// A limit never drops what guards the owner (T10).
fn not_dropped(world: &World, batch: &Batch) -> Held {
    let put = put_in::<Errand>(world, batch);
    let dropped =
        put.iter().find(|(_, errand)| errand.state == ErrandState::Dropped && errand.kind.guards_the_owner());
    must(dropped.is_none(), || format!("{:?}", dropped.map(|(_, errand)| errand.kind)))
}

/// Nobody is told that a message left which did not (T5, T10).
fn sent_has_left(world: &World, batch: &Batch) -> Held {
    let put = put_in::<Errand>(world, batch);
    let laws = world.laws();
    let unsent =
        put.iter().find(|(at, errand)| errand.state == ErrandState::Sent && !laws.left.contains(&at.id));
    must(unsent.is_none(), || format!("{:?}", unsent.map(|(_, errand)| errand.kind)))
}

/// An account is erased: only three days after its owner asked for it, and what was done in person is
/// remembered (T4d, T12).
fn forgets(world: &World, batch: &Batch, at: Ref) {
    let now_ms = world.now_ms();
    let gone = {
        let mut laws = world.laws();
        let company =
            laws.accounts.keys().copied().find(|company| world.records.account_id(*company) == at.id);
        company.and_then(|company| {
            let asked_ms = laws.erasure_asked.remove(&company).unwrap_or_default();
            // Nobody gains by it: there is nothing left to guess.
            laws.wrong.remove(&company);
            laws.accounts.remove(&company).map(|account| (account, asked_ms))
        })
    };
    let Some((account, asked_ms)) = gone else { return };
    // A wall clock that stands wrong for two days is believed in the end. And one that is behind at a boot, or
    // so far ahead that it is not believed, leaves the office's time behind by as long as the machine was off; what is asked for then ends earlier by
    // that, once the clock is mended and has stood so for a day, or staff sign in. A key never waits so.
    let wrong_ms = {
        let laws = world.laws();
        laws.clocks_wrong_ms + laws.uncounted_ms
    };
    let is_held_long = asked_ms.iter().any(|at_ms| now_ms - at_ms >= ERASURE_MS.saturating_sub(wrong_ms));
    world.holds(
        Law::ErasureWaits,
        must(is_held_long, || {
            let last_ms = asked_ms.last().map(|at_ms| (now_ms - at_ms) / 60_000);
            format!("{}, {last_ms:?} minutes after it was asked", account.company)
        }),
    );
    let was_in_person =
        account.trust.is_frozen() || account.trust.rank(OfficeTime::agreed(now_ms).protections()) > Rank::Low;
    let is_remembered = batch
        .changes
        .iter()
        .any(|change| matches!(change, Change::Put { at, .. } if at.kind == Kind::Remembered));
    world.holds(Law::RankStays, must(!was_in_person || is_remembered, || format!("{}", account.company)));
}
