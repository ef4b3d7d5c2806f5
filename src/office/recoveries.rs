//! Recoveries that are under way: those that an account or a facilitator names, the keys that were
//! sent for them, and their end (S5 to S8).

use super::means::Means;
use crate::domain::account::{Account, RECOVERIES_KEPT};
use crate::domain::destination::Destination;
use crate::domain::digest::Digest;
use crate::domain::errand::{Errand, ErrandKind, ErrandState, FacilitatorErrand};
use crate::domain::folio::Folio;
use crate::domain::lives::{FINISHED_KEPT_MS, SENT_CLAVE_LIFE_MS};
use crate::domain::office_time::{ProtectionsTime, RightsTime};
use crate::domain::recovery::{Recovery, RecoveryState, Route, SentClave};
use crate::domain::reference::Id;
use crate::domain::trust::Rank;
use crate::store::StoreError;
use crate::store::records::{Draft, Group, Held, Records};

const HOUR_MS: u64 = 3_600_000;
/// Within this a recovery asked for again is the same one, not another.
const ASKED_AGAIN_MS: u64 = 60_000;

/// Recoveries, the newest last, as they were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownRecoveries(Vec<Held<Recovery>>);

impl KnownRecoveries {
    /// Those of these that are still there.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read(means: &Means, ids: &[Id]) -> Result<Self, StoreError> {
        Ok(KnownRecoveries(means.records.get_many(ids).await?))
    }

    /// As if they had been read.
    #[cfg(test)]
    pub fn for_test(known: &[Held<Recovery>]) -> Self {
        KnownRecoveries(known.to_vec())
    }

    /// The same recovery, accepted a moment ago: asked for again, it is answered as it was.
    pub fn accepted_just_now(&self, account: &Account, route: &Route, now_ms: u64) -> Option<Folio> {
        let newest = self.0.last().filter(|held| account.recoveries.last() == Some(&held.id))?;
        let newest = &newest.value;
        let is_same = newest.route == *route
            && newest.state == RecoveryState::Sending
            && now_ms.abs_diff(newest.requested_ms) < ASKED_AGAIN_MS;
        is_same.then_some(newest.folio)
    }

    /// Whether a key of a deed in person is on its way or works still: until then nothing weaker is
    /// done (T4c).
    pub fn is_in_person(&self, now: ProtectionsTime) -> bool {
        self.0.iter().any(|held| {
            let is_living = |key: &SentClave| !now.is_over(key.expires_ms);
            let claves = &held.value.claves;
            held.value.rank > Rank::Low
                && held.value.state == RecoveryState::Sending
                && (claves.is_empty() || claves.iter().any(is_living))
        })
    }

    /// For how many hours, counted up, a key to a new address waits already: there is one at a time (T4e).
    pub fn held_for_hours(&self, now: ProtectionsTime) -> Option<u64> {
        let until = |held: &Held<Recovery>| match held.value.state {
            RecoveryState::Held { until_ms } => Some(until_ms).filter(|until_ms| !now.is_over(*until_ms)),
            _ => None,
        };
        let last_ms = self.0.iter().filter_map(until).max()?;
        Some(last_ms.saturating_sub(now.ms()).div_ceil(HOUR_MS))
    }

    /// The rank of a recovery among these.
    pub fn rank_of(&self, id: Id) -> Rank {
        self.0.iter().find(|held| held.id == id).map_or(Rank::Low, |held| held.value.rank)
    }

    /// The sent keys that still work, the newest recovery's first.
    pub fn living_keys(&self, now: RightsTime) -> Vec<LivingKey> {
        self.keys_of(RecoveryState::Sending, now)
    }

    /// Those that would work still, had not something stronger ended them (T4c, T6).
    pub fn ended_keys(&self, now: RightsTime) -> Vec<LivingKey> {
        self.keys_of(RecoveryState::Cancelled, now)
    }

    fn keys_of(&self, state: RecoveryState, now: RightsTime) -> Vec<LivingKey> {
        let those = self.0.iter().rev().filter(|held| held.value.state == state);
        let living = those.flat_map(|held| {
            let is_living = move |key: &&SentClave| !now.is_over(key.expires_ms, SENT_CLAVE_LIFE_MS);
            let keys = held.value.claves.iter().filter(is_living);
            keys.map(|key| LivingKey { recovery: held.id, digest: key.digest.clone() })
        });
        living.collect()
    }

    /// What another one pushes over the bound, with its keys.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn pushed_out(means: &Means, account: &Account) -> Result<Vec<UnderWay>, StoreError> {
        let over = (account.recoveries.len() + 1).saturating_sub(RECOVERIES_KEPT);
        UnderWay::read_all(means, account.recoveries.get(..over).unwrap_or_default()).await
    }

    /// Notes the newest recovery on the account, and forgets the oldest over the bound.
    pub fn keep_newest(&self, draft: Draft, account: &mut Account, newest: Id) -> Draft {
        self.keep_newest_of(draft, &mut account.recoveries, newest)
    }

    /// The same for whoever else names recoveries.
    pub fn keep_newest_of(&self, mut draft: Draft, named: &mut Vec<Id>, newest: Id) -> Draft {
        named.push(newest);
        while named.len() > RECOVERIES_KEPT {
            let oldest = named.remove(0);
            if let Some(held) = self.0.iter().find(|held| held.id == oldest) {
                draft = draft.remove(held);
            }
        }
        draft
    }

    /// All of them go.
    pub fn forget_all(&self, draft: Draft) -> Draft {
        self.0.iter().fold(draft, |draft, held| draft.remove(held))
    }
}

/// A sent key that still works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LivingKey {
    /// For which it was sent.
    pub recovery: Id,
    /// Of the key itself.
    pub digest: Digest,
}

/// A recovery and the messages that carry its keys, as they were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderWay {
    id: Id,
    recovery: Option<Held<Recovery>>,
    /// The message that waits with the key, if one does: it has the recovery's own id.
    errand: Option<Held<Errand>>,
    /// Where keys were sent. A message is kept for a day after it left, as long as its key works.
    went_to: Vec<Destination>,
}

impl UnderWay {
    /// What is there of each of these recoveries. A message that can't be unsealed is never sent, and so
    /// needs no cancelling.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read_all(means: &Means, ids: &[Id]) -> Result<Vec<Self>, StoreError> {
        let records = &means.records;
        let (recoveries, errands) =
            tokio::try_join!(records.get_many::<Recovery>(ids), records.get_readable::<Errand>(ids))?;
        let mut found = Vec::new();
        for id in ids {
            let recovery = recoveries.iter().find(|held| held.id == *id).cloned();
            let went_to = match &recovery {
                // Where a key went that was ended before, has heard of it then.
                Some(recovery) if recovery.value.state != RecoveryState::Cancelled => {
                    sent_keys_of(records, recovery).await?
                }
                _ => Vec::new(),
            };
            let errand = errands.iter().find(|held| held.id == *id).cloned();
            found.push(UnderWay { id: *id, recovery, errand, went_to });
        }
        Ok(found)
    }

    /// As if it had been read.
    #[cfg(test)]
    pub fn for_test(id: Id, recovery: Option<Held<Recovery>>, errand: Option<Held<Errand>>) -> Self {
        UnderWay { id, recovery, errand, went_to: Vec::new() }
    }

    /// The same, whose keys went to these places.
    #[cfg(test)]
    pub fn that_went_to(self, went_to: Vec<Destination>) -> Self {
        UnderWay { went_to, ..self }
    }

    /// Which recovery it is.
    pub fn id(&self) -> Id {
        self.id
    }

    /// Where its keys went, and the new address that one waits for (T5).
    pub fn places(&self) -> Vec<Destination> {
        let Some(recovery) = &self.recovery else { return Vec::new() };
        let new_address = match (&recovery.value.route, recovery.value.state) {
            (Route::NewAddress(email), RecoveryState::Held { .. } | RecoveryState::Sending) => {
                Some(Destination::Mail(email.clone()))
            }
            _ => None,
        };
        self.went_to.iter().cloned().chain(new_address).collect()
    }

    /// Whether its key waits for a day to pass.
    pub fn is_held(&self) -> bool {
        let state = self.recovery.as_ref().map(|held| held.value.state);
        matches!(state, Some(RecoveryState::Held { .. }))
    }

    /// Whether keys were sent for it: whoever types one is told that it is over.
    pub fn has_keys(&self) -> bool {
        self.recovery.as_ref().is_some_and(|held| !held.value.claves.is_empty())
    }

    /// Cancels the recovery, and the message that would carry its key.
    pub fn cancelled(&self, mut draft: Draft, now_ms: u64) -> Draft {
        let living = self.recovery.as_ref().filter(|held| held.value.state != RecoveryState::Cancelled);
        if let Some(recovery) = living {
            let cancelled = Recovery { state: RecoveryState::Cancelled, ..recovery.value.clone() };
            draft = draft.replace(recovery, &cancelled, recovery.due_ms);
        }
        if let Some(errand) = self.errand.as_ref().filter(|errand| !errand.value.state.is_final()) {
            let cancelled = Errand { state: ErrandState::Cancelled, ..errand.value.clone() };
            // It is kept a day more, to answer what became of it.
            draft = draft.replace(errand, &cancelled, Some(now_ms + FINISHED_KEPT_MS));
        }
        draft
    }
}

/// Where keys of this recovery were made and sent, or are just being sent.
async fn sent_keys_of(records: &Records, recovery: &Held<Recovery>) -> Result<Vec<Destination>, StoreError> {
    let errands = records.read_all_in::<Errand>(Group::Folio(recovery.value.folio)).await?.into_iter();
    let carried = errands.filter(|held| match held.value.kind {
        ErrandKind::SendClave { recovery: of }
        | ErrandKind::Facilitator(FacilitatorErrand::Clave { recovery: of }) => {
            of == recovery.id && held.value.generation > 0
        }
        _ => false,
    });
    Ok(carried.map(|held| held.value.to).collect())
}
