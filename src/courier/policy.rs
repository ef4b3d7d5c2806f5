//! When a message may go, must wait, or is given up: its own time, what it is about, and what the
//! address got lately (S11).

use crate::domain::errand::{DataErrand, Errand, ErrandKind, ErrandState, FacilitatorErrand};
use crate::domain::limits::{MESSAGES_PER_ADDRESS, free_ms, is_full, may_send};
use crate::domain::proof::{CODE_TRIES, Proof};
use crate::domain::recovery::{Recovery, RecoveryState};
use crate::domain::reference::Id;
use crate::domain::undo::Undo;
use crate::store::StoreError;
use crate::store::records::Records;

/// The wait after the first attempt, in milliseconds.
const FIRST_RETRY_MS: u64 = 30_000;
/// The longest wait between two attempts, in milliseconds.
const LAST_RETRY_MS: u64 = 30 * 60_000;
/// In milliseconds.
const DAY_MS: u64 = 24 * 3_600_000;

/// What is to be done with an errand now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ruling {
    /// It comes due again then, in milliseconds since 1970.
    Wait { until_ms: u64 },
    /// It is given up.
    End(ErrandState),
    /// It is sent.
    Go,
}

/// What a message is about, as far as it decides whether the message still goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ErrandSubject {
    /// A clave that is sent for a recovery.
    Recovery(RecoveryState),
    /// It holds until then, in milliseconds since 1970.
    Until(u64),
    /// It holds.
    Holds,
    /// It is no more.
    Gone,
}

impl ErrandSubject {
    /// Reads what an errand is about.
    ///
    /// # Errors
    /// When the store does not answer, or what it is about can't be unsealed.
    pub async fn read(records: &Records, errand: &Errand) -> Result<Self, StoreError> {
        Ok(match errand.kind {
            ErrandKind::SendClave { recovery }
            | ErrandKind::Facilitator(FacilitatorErrand::Clave { recovery }) => {
                let recovery = records.get::<Recovery>(recovery).await?;
                recovery.map_or(ErrandSubject::Gone, |held| ErrandSubject::Recovery(held.value.state))
            }
            ErrandKind::SendCode { proof } => match records.get::<Proof>(proof).await? {
                Some(proof) if proof.value.tries < CODE_TRIES => ErrandSubject::Holds,
                _ => ErrandSubject::Gone,
            },
            ErrandKind::ClaveChanged { undo }
            | ErrandKind::NewAddressHeld { undo }
            | ErrandKind::HoldWarned { undo }
            | ErrandKind::DoneInPerson { undo } => Self::of_undo(records, undo).await?,
            ErrandKind::Data(DataErrand::Copy) => {
                // It goes to the address on file, and to no former one.
                match records.account_of(errand.company).await? {
                    Some(held) if held.value.email.folded() == errand.to.folded() => ErrandSubject::Holds,
                    _ => ErrandSubject::Gone,
                }
            }
            ErrandKind::Data(about) => match about.undo() {
                Some(undo) => Self::of_undo(records, undo).await?,
                None => ErrandSubject::Holds,
            },
            ErrandKind::Registered
            | ErrandKind::AlreadyRegistered
            | ErrandKind::RecoveryCancelled
            | ErrandKind::ClaveRestored
            | ErrandKind::RegistrationRefused
            | ErrandKind::Facilitator(_)
            | ErrandKind::Warned
            | ErrandKind::Frozen
            | ErrandKind::Settled => ErrandSubject::Holds,
        })
    }

    async fn of_undo(records: &Records, undo: Id) -> Result<Self, StoreError> {
        let undo = records.get::<Undo>(undo).await?;
        Ok(undo.map_or(ErrandSubject::Gone, |held| ErrandSubject::Until(held.value.expires_ms)))
    }
}

/// Whether an errand may be sent at this time, as far as it alone says.
pub(super) fn is_in_its_time(errand: &Errand, now_ms: u64) -> bool {
    (errand.not_before_ms..errand.expires_ms).contains(&now_ms)
}

/// What is to be done with an errand now. `sent_ms` is when its address got messages lately, the
/// oldest first.
pub(super) fn rule(errand: &Errand, subject: &ErrandSubject, sent_ms: &[u64], now_ms: u64) -> Ruling {
    if now_ms < errand.not_before_ms {
        return Ruling::Wait { until_ms: errand.not_before_ms };
    }
    if now_ms >= errand.expires_ms {
        return Ruling::End(ErrandState::Expired);
    }
    match rule_by_subject(errand, subject, now_ms) {
        Ruling::Go => rule_by_limits(errand, sent_ms, now_ms),
        other => other,
    }
}

/// Whether what the message is about still holds.
fn rule_by_subject(errand: &Errand, subject: &ErrandSubject, now_ms: u64) -> Ruling {
    match subject {
        ErrandSubject::Holds => Ruling::Go,
        ErrandSubject::Until(until_ms) if now_ms < *until_ms => Ruling::Go,
        ErrandSubject::Until(_) | ErrandSubject::Gone => Ruling::End(ErrandState::Cancelled),
        ErrandSubject::Recovery(state) => rule_by_recovery(errand, *state, now_ms),
    }
}

fn rule_by_recovery(errand: &Errand, state: RecoveryState, now_ms: u64) -> Ruling {
    match state {
        RecoveryState::Cancelled | RecoveryState::Done => Ruling::End(ErrandState::Cancelled),
        // Nobody proved the address in time: it ends with the errand's life.
        RecoveryState::Unproved | RecoveryState::WaitsForStaff => {
            Ruling::Wait { until_ms: errand.expires_ms }
        }
        RecoveryState::Held { until_ms } if now_ms < until_ms => Ruling::Wait { until_ms },
        RecoveryState::Held { .. } | RecoveryState::Sending => Ruling::Go,
    }
}

/// The wait after so many attempts, in milliseconds: 30 s, doubled each time up to 30 min, and up
/// to a quarter more by chance, so that many messages don't come back at once.
pub(super) fn retry_after_ms(tried: u32, random_up_to: impl Fn(u64) -> u64) -> u64 {
    let doubled = FIRST_RETRY_MS << tried.saturating_sub(1).min(10);
    let wait = doubled.min(LAST_RETRY_MS);
    (wait + random_up_to(wait / 4)).min(LAST_RETRY_MS)
}

/// What the limits say (S11). A message over the hour's or the day's number is dropped. Merely
/// early, already tried or irreplaceable: it waits. Notices that guard the owner always go.
fn rule_by_limits(errand: &Errand, sent_ms: &[u64], now_ms: u64) -> Ruling {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::destination::Destination;
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
        let key = ErrandKind::SendClave { recovery: Id([0; 16]) };
        let rule = |kind, generation, sent: &[u64], now| rule_by_limits(&errand(kind, generation), sent, now);
        assert_eq!(rule(key, 0, &[], 0), Ruling::Go);
        assert_eq!(rule(key, 0, &[10], 20), Ruling::Wait { until_ms: 10 + minute });
        let three = [0, minute, 2 * minute];
        assert_eq!(rule(key, 0, &three, 3 * minute), Ruling::End(ErrandState::Dropped));
        assert_eq!(rule(key, 2, &three, 3 * minute), Ruling::Wait { until_ms: 60 * minute });
        let refused = ErrandKind::Facilitator(FacilitatorErrand::Refused { request: Id([0; 16]) });
        assert_eq!(rule(refused, 0, &three, 3 * minute), Ruling::Wait { until_ms: 60 * minute });
        let notice = ErrandKind::ClaveChanged { undo: Id([0; 16]) };
        assert_eq!(rule(notice, 0, &three, 2 * minute), Ruling::Go);
    }

    #[test]
    fn a_held_key_waits_goes_or_is_cancelled() {
        let key = errand(ErrandKind::SendClave { recovery: Id([0; 16]) }, 0);
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
