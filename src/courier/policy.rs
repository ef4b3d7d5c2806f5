//! When a message may go, must wait, or is given up: its own time, what it is about, and what the
//! address got lately (S11).

use super::Courier;
use crate::domain::destination::Destination;
use crate::domain::errand::{DataErrand, Errand, ErrandKind, ErrandState, FacilitatorErrand};
use crate::domain::limits::{MESSAGES_PER_ADDRESS, may_send};
use crate::domain::proof::{CODE_TRIES, Proof};
use crate::domain::recovery::{Recovery, RecoveryState};
use crate::domain::reference::Id;
use crate::domain::undo::Undo;
use crate::store::StoreError;
use crate::store::records::{Draft, Held, Records};
use crate::store::tallies::MessagesToAddress;
use crate::vault::Blind;

const FIRST_RETRY_MS: u64 = 30_000;
const LAST_RETRY_MS: u64 = 30 * 60_000;

/// What is to be done with an errand now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    Wait { until_ms: u64 },
    End(ErrandState),
    Go,
}

/// The wait after so many attempts: 30 s, doubled each time up to 30 min, and up to a quarter
/// more by chance, so that many messages don't come back at once.
pub fn retry_after_ms(tried: u32, random_up_to: impl Fn(u64) -> u64) -> u64 {
    let doubled = FIRST_RETRY_MS << tried.saturating_sub(1).min(10);
    let wait = doubled.min(LAST_RETRY_MS);
    (wait + random_up_to(wait / 4)).min(LAST_RETRY_MS)
}

/// What the limits say (S11). A message over the hour's or the day's number is dropped; one that
/// only came too soon waits, and so does one that was tried already or can't be had again. Notices that guard the owner
/// always go.
pub fn rule_by_limits(errand: &Errand, sent_ms: &[u64], now_ms: u64) -> Ruling {
    let lately = sent_ms.iter().any(|sent_ms| now_ms.saturating_sub(*sent_ms) < DAY_MS);
    if errand.kind == ErrandKind::AlreadyRegistered && lately {
        // Anybody can cause this one: it must not use up what the owner's keys need.
        return Ruling::End(ErrandState::Dropped);
    }
    if errand.kind.guards_the_owner() || may_send(sent_ms, now_ms) {
        return Ruling::Go;
    }
    if errand.generation == 0 && !errand.kind.waits_its_turn() && is_full(sent_ms, now_ms) {
        return Ruling::End(ErrandState::Dropped);
    }
    let free_ms = MESSAGES_PER_ADDRESS.iter().filter_map(|limit| free_ms(*limit, sent_ms, now_ms)).max();
    Ruling::Wait { until_ms: free_ms.unwrap_or(now_ms).min(errand.expires_ms) }
}

/// When a limit lets the next message go, if it does not now.
fn free_ms((most, within_ms): (usize, u64), sent_ms: &[u64], now_ms: u64) -> Option<u64> {
    let oldest = sent_ms.len().checked_sub(most)?;
    Some(sent_ms[oldest] + within_ms).filter(|free_ms| *free_ms > now_ms)
}

/// Whether the hour's or the day's number is reached; the minute's only makes wait.
fn is_full(sent_ms: &[u64], now_ms: u64) -> bool {
    MESSAGES_PER_ADDRESS.iter().skip(1).any(|limit| free_ms(*limit, sent_ms, now_ms).is_some())
}

impl Courier {
    pub(super) async fn rule(
        &self,
        errand: &Errand,
        tally: &Tally,
        now_ms: u64,
    ) -> Result<Ruling, StoreError> {
        if now_ms < errand.not_before_ms {
            return Ok(Ruling::Wait { until_ms: errand.not_before_ms });
        }
        if now_ms >= errand.expires_ms {
            return Ok(Ruling::End(ErrandState::Expired));
        }
        Ok(match self.rule_by_subject(errand, now_ms).await? {
            Ruling::Go => rule_by_limits(errand, tally.sent_ms(), now_ms),
            other => other,
        })
    }

    /// Whether what the message is about still holds.
    async fn rule_by_subject(&self, errand: &Errand, now_ms: u64) -> Result<Ruling, StoreError> {
        let cancelled = Ruling::End(ErrandState::Cancelled);
        Ok(match errand.kind {
            ErrandKind::SendKey { recovery }
            | ErrandKind::Facilitator(FacilitatorErrand::Key { recovery }) => {
                match self.records.get::<Recovery>(recovery).await? {
                    Some(recovery) => rule_by_recovery(errand, recovery.value.state, now_ms),
                    None => cancelled,
                }
            }
            ErrandKind::SendCode { proof } => match self.records.get::<Proof>(proof).await? {
                Some(proof) if proof.value.tries < CODE_TRIES => Ruling::Go,
                _ => cancelled,
            },
            ErrandKind::KeyChanged { undo } | ErrandKind::NewAddressHeld { undo } => {
                self.rule_by_undo(undo, now_ms).await?
            }
            ErrandKind::Data(DataErrand::Copy) => {
                // It goes to the address on file, and to no former one.
                match self.records.account_of(errand.company).await? {
                    Some(held) if held.value.email.folded() == errand.to.folded() => Ruling::Go,
                    _ => cancelled,
                }
            }
            ErrandKind::Data(about) => match about.undo() {
                Some(undo) => self.rule_by_undo(undo, now_ms).await?,
                None => Ruling::Go,
            },
            ErrandKind::Registered
            | ErrandKind::AlreadyRegistered
            | ErrandKind::RecoveryCancelled
            | ErrandKind::KeyRestored
            | ErrandKind::RegistrationRefused
            | ErrandKind::Facilitator(_) => Ruling::Go,
        })
    }

    async fn rule_by_undo(&self, undo: Id, now_ms: u64) -> Result<Ruling, StoreError> {
        Ok(match self.records.get::<Undo>(undo).await? {
            Some(undo) if now_ms < undo.value.expires_ms => Ruling::Go,
            _ => Ruling::End(ErrandState::Cancelled),
        })
    }
}

fn rule_by_recovery(errand: &Errand, state: RecoveryState, now_ms: u64) -> Ruling {
    match state {
        RecoveryState::Cancelled | RecoveryState::Done => Ruling::End(ErrandState::Cancelled),
        // Nobody proved the address in time: it ends with the errand's life.
        RecoveryState::Unproved => Ruling::Wait { until_ms: errand.expires_ms },
        RecoveryState::Held { until_ms } if now_ms < until_ms => Ruling::Wait { until_ms },
        RecoveryState::Held { .. } | RecoveryState::Sending => Ruling::Go,
    }
}

/// What an address got lately, as it was read.
pub struct Tally {
    id: Id,
    held: Option<Held<MessagesToAddress>>,
}

const DAY_MS: u64 = 24 * 3_600_000;

/// A tally that nothing was added to for a day says nothing any more.
const TALLY_LIFE_MS: u64 = DAY_MS;

impl Tally {
    pub async fn read(records: &Records, to: &Destination) -> Result<Self, StoreError> {
        let id = records.vault().blind(Blind::LimitOfAddress, to.folded().as_bytes());
        Ok(Tally { id, held: records.get(id).await? })
    }

    /// Whether another message would be dropped (S11).
    pub fn is_full(&self, now_ms: u64) -> bool {
        is_full(self.sent_ms(), now_ms)
    }

    fn sent_ms(&self) -> &[u64] {
        self.held.as_ref().map(|held| held.value.sent_ms.as_slice()).unwrap_or_default()
    }

    pub fn add<'a>(&self, draft: Draft, now_ms: u64) -> Draft {
        let mut tally = self.held.as_ref().map(|held| held.value.clone()).unwrap_or_default();
        tally.add(now_ms);
        draft.put_over(self.held.as_ref(), self.id, &tally, Some(now_ms + TALLY_LIFE_MS))
    }

    pub fn take_back<'a>(&self, draft: Draft, counted_ms: u64) -> Draft {
        let Some(held) = &self.held else {
            return draft;
        };
        let mut tally = held.value.clone();
        tally.take_back(counted_ms);
        draft.replace(held, &tally, held.due_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::folio::Folio;
    use crate::domain::language::Language;
    use crate::domain::rut::Rut;

    fn errand(kind: ErrandKind, generation: u32) -> Errand {
        let to = Destination::Mail("a@example.cl".parse().unwrap());
        let company = Rut::of_body(99_999_999).unwrap();
        let errand = Errand::new(kind, company, to, Language::Es, Folio::new([0; 5]), 0);
        Errand { generation, ..errand }
    }

    #[test]
    fn retries_grow_to_half_an_hour() {
        let waits: Vec<u64> = (1..=9).map(|tried| retry_after_ms(tried, |_| 0) / 1000).collect();
        assert_eq!(waits, [30, 60, 120, 240, 480, 960, 1800, 1800, 1800]);
        assert_eq!(retry_after_ms(2, |most| most), 75_000);
        assert_eq!(retry_after_ms(u32::MAX, |most| most), LAST_RETRY_MS);
        assert_eq!(retry_after_ms(0, |_| 0), FIRST_RETRY_MS);
    }

    #[test]
    fn too_soon_waits_too_many_is_dropped() {
        let minute = 60_000;
        let key = ErrandKind::SendKey { recovery: Id([0; 16]) };
        let rule = |kind, generation, sent: &[u64], now| rule_by_limits(&errand(kind, generation), sent, now);
        assert_eq!(rule(key, 0, &[], 0), Ruling::Go);
        assert_eq!(rule(key, 0, &[10], 20), Ruling::Wait { until_ms: 10 + minute });
        let three = [0, minute, 2 * minute];
        assert_eq!(rule(key, 0, &three, 3 * minute), Ruling::End(ErrandState::Dropped));
        assert_eq!(rule(key, 2, &three, 3 * minute), Ruling::Wait { until_ms: 60 * minute });
        let refused = ErrandKind::Facilitator(FacilitatorErrand::Refused { request: Id([0; 16]) });
        assert_eq!(rule(refused, 0, &three, 3 * minute), Ruling::Wait { until_ms: 60 * minute });
        let notice = ErrandKind::KeyChanged { undo: Id([0; 16]) };
        assert_eq!(rule(notice, 0, &three, 2 * minute), Ruling::Go);
    }

    #[test]
    fn a_held_key_waits_goes_or_is_cancelled() {
        let key = errand(ErrandKind::SendKey { recovery: Id([0; 16]) }, 0);
        let held = key.clone().held_until(100);
        let cancelled = Ruling::End(ErrandState::Cancelled);
        assert_eq!(
            rule_by_recovery(&held, RecoveryState::Held { until_ms: 120 }, 110),
            Ruling::Wait { until_ms: 120 }
        );
        assert_eq!(rule_by_recovery(&held, RecoveryState::Held { until_ms: 100 }, 100), Ruling::Go);
        // Staff released it.
        assert_eq!(rule_by_recovery(&held, RecoveryState::Sending, 100), Ruling::Go);
        assert_eq!(rule_by_recovery(&key, RecoveryState::Sending, 100), Ruling::Go);
        assert_eq!(rule_by_recovery(&key, RecoveryState::Cancelled, 100), cancelled);
        assert_eq!(rule_by_recovery(&key, RecoveryState::Done, 100), cancelled);
    }
}
