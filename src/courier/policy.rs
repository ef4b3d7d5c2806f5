//! When a message may go, must wait, or is given up: its own time, what it is about, and what the
//! address got lately (S11).

use crate::domain::errand::{DataErrand, Errand, ErrandKind, ErrandState, FacilitatorErrand};
use crate::domain::office_time::{OfficeTime, ProtectionsTime};
use crate::domain::proof::{CODE_TRIES, Proof, ProofFor};
use crate::domain::recovery::{Recovery, RecoveryState};
use crate::domain::reference::Id;
use crate::domain::trust::Rank;
use crate::domain::undo::{Undo, Undoes};
use crate::store::StoreError;
use crate::store::records::Records;

/// The wait after the first attempt, in milliseconds.
const FIRST_RETRY_MS: u64 = 30_000;
/// The longest wait between two attempts, in milliseconds.
const LAST_RETRY_MS: u64 = 30 * 60_000;
/// The same for a code.
const LAST_RETRY_OF_CODE_MS: u64 = 2 * 60_000;

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
    /// A clave that is sent for a recovery, by evidence of this rank.
    Recovery(RecoveryState, Rank),
    /// It holds until then, in milliseconds since 1970.
    Until(u64),
    /// It holds.
    Holds,
    /// It holds, and two members of staff stand behind it (T6).
    HoldsInPerson,
    /// It is no more.
    Gone,
}

impl ErrandSubject {
    /// The rank of the evidence behind it.
    pub fn rank(&self) -> Rank {
        match self {
            ErrandSubject::Recovery(_, rank) => *rank,
            ErrandSubject::HoldsInPerson => Rank::Office,
            ErrandSubject::Until(_) | ErrandSubject::Holds | ErrandSubject::Gone => Rank::Low,
        }
    }

    /// Reads what an errand is about.
    ///
    /// # Errors
    /// When the store does not answer, or what it is about can't be unsealed.
    pub async fn read(records: &Records, errand: &Errand) -> Result<Self, StoreError> {
        Ok(match errand.kind {
            ErrandKind::SendClave { recovery }
            | ErrandKind::Facilitator(FacilitatorErrand::Clave { recovery }) => {
                let recovery = records.get::<Recovery>(recovery).await?;
                recovery.map_or(ErrandSubject::Gone, |held| {
                    ErrandSubject::Recovery(held.value.state, held.value.rank)
                })
            }
            ErrandKind::SendCode { proof } | ErrandKind::SendOwnCode { proof } => {
                match records.get::<Proof>(proof).await? {
                    Some(proof) if proof.value.tries >= CODE_TRIES => ErrandSubject::Gone,
                    Some(proof) if matches!(proof.value.what, ProofFor::Settlement { .. }) => {
                        ErrandSubject::HoldsInPerson
                    }
                    Some(_) => ErrandSubject::Holds,
                    None => ErrandSubject::Gone,
                }
            }
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
        let living = undo.filter(|held| held.value.what != Undoes::Ended);
        Ok(living.map_or(ErrandSubject::Gone, |held| ErrandSubject::Until(held.value.expires_ms)))
    }
}

/// Whether an errand may be sent at this time, as far as it alone says.
pub(super) fn is_in_its_time(errand: &Errand, time: OfficeTime) -> bool {
    time.now_ms() >= errand.not_before_ms && !time.protections().is_over(errand.expires_ms)
}

/// What is to be done with an errand now. `free_ms` is when the budget that it goes out of lets its address
/// have another message, if not now.
pub(super) fn rule(
    errand: &Errand,
    subject: &ErrandSubject,
    free_ms: Option<u64>,
    time: OfficeTime,
) -> Ruling {
    let now = time.protections();
    if time.now_ms() < errand.not_before_ms {
        return Ruling::Wait { until_ms: errand.not_before_ms };
    }
    // Nothing is given up for a clock that nobody has confirmed (T12).
    if now.is_over(errand.expires_ms) {
        return Ruling::End(ErrandState::Expired);
    }
    match rule_by_subject(errand, subject, now) {
        Ruling::Go => rule_by_limits(errand, free_ms, now),
        other => other,
    }
}

/// Whether what the message is about still holds.
fn rule_by_subject(errand: &Errand, subject: &ErrandSubject, now: ProtectionsTime) -> Ruling {
    match subject {
        ErrandSubject::Holds | ErrandSubject::HoldsInPerson => Ruling::Go,
        ErrandSubject::Until(until_ms) if !now.is_over(*until_ms) => Ruling::Go,
        ErrandSubject::Until(_) | ErrandSubject::Gone => Ruling::End(ErrandState::Cancelled),
        ErrandSubject::Recovery(state, _) => rule_by_recovery(errand, *state, now),
    }
}

fn rule_by_recovery(errand: &Errand, state: RecoveryState, now: ProtectionsTime) -> Ruling {
    match state {
        RecoveryState::Cancelled | RecoveryState::Done => Ruling::End(ErrandState::Cancelled),
        // Nobody proved the address in time: it ends with the errand's life.
        RecoveryState::Unproved | RecoveryState::WaitsForStaff => {
            Ruling::Wait { until_ms: errand.expires_ms }
        }
        RecoveryState::Held { until_ms } if !now.is_over(until_ms) => Ruling::Wait { until_ms },
        RecoveryState::Held { .. } | RecoveryState::Sending => Ruling::Go,
    }
}

/// The wait after so many attempts, in milliseconds: 30 s, doubled each time up to 30 min, and up
/// to a quarter more by chance, so that many messages don't come back at once. Somebody who waits for a
/// code has it tried every two minutes.
pub(super) fn retry_after_ms(kind: ErrandKind, tried: u32, random_up_to: impl Fn(u64) -> u64) -> u64 {
    let last_ms = if kind.is_awaited() { LAST_RETRY_OF_CODE_MS } else { LAST_RETRY_MS };
    let doubled = FIRST_RETRY_MS << tried.saturating_sub(1).min(10);
    let wait = doubled.min(last_ms);
    (wait + random_up_to(wait / 4)).min(last_ms)
}

/// What the limits say (S11): a message that is too early waits, and none is dropped (T10).
fn rule_by_limits(errand: &Errand, free_ms: Option<u64>, now: ProtectionsTime) -> Ruling {
    match free_ms.filter(|free_ms| !now.is_over(*free_ms)) {
        Some(free_ms) => Ruling::Wait { until_ms: free_ms.min(errand.expires_ms) },
        None => Ruling::Go,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::destination::Destination;
    use crate::domain::folio::Folio;
    use crate::domain::language::Language;
    use crate::domain::limits::Budget;
    use crate::domain::rut::Rut;

    fn at(now_ms: u64) -> ProtectionsTime {
        OfficeTime::agreed(now_ms).protections()
    }

    fn errand(kind: ErrandKind, generation: u32) -> Errand {
        let to = Destination::Mail("a@example.cl".parse().unwrap());
        let company = Rut::of_body(99_999_999).unwrap();
        let errand = Errand::new(kind, company, to, Language::Es, Folio::new([0; 5]), 0);
        Errand { generation, ..errand }
    }

    #[test]
    fn retries_grow_to_half_an_hour() {
        let (notice, code) = (ErrandKind::Registered, ErrandKind::SendCode { proof: Id([0; 16]) });
        let waits = |kind| (1..=9).map(move |tried| retry_after_ms(kind, tried, |_| 0) / 1000);
        assert!(waits(notice).eq([30, 60, 120, 240, 480, 960, 1800, 1800, 1800]));
        assert!(waits(code).eq([30, 60, 120, 120, 120, 120, 120, 120, 120]));
        assert_eq!(retry_after_ms(notice, 2, |most| most), 75_000);
        assert_eq!(retry_after_ms(notice, u32::MAX, |most| most), LAST_RETRY_MS);
        assert_eq!(retry_after_ms(notice, 0, |_| 0), FIRST_RETRY_MS);
    }

    #[test]
    fn too_soon_waits_and_nothing_is_dropped() {
        let key = errand(ErrandKind::SendClave { recovery: Id([0; 16]) }, 0);
        let table = [
            (None, Ruling::Go),
            (Some(10), Ruling::Go),
            (Some(30), Ruling::Wait { until_ms: 30 }),
            (Some(u64::MAX), Ruling::Wait { until_ms: key.expires_ms }),
        ];
        for (free_ms, ruling) in table {
            assert_eq!(rule_by_limits(&key, free_ms, at(10)), ruling);
        }
    }

    #[test]
    fn what_strangers_cause_has_a_budget_of_its_own() {
        let id = Id([0; 16]);
        let table = [
            (ErrandKind::SendCode { proof: id }, Rank::Low, Budget::Strangers),
            (ErrandKind::SendOwnCode { proof: id }, Rank::Low, Budget::Own),
            (ErrandKind::SendClave { recovery: id }, Rank::Low, Budget::Own),
            (ErrandKind::SendClave { recovery: id }, Rank::Person, Budget::InPerson),
            (ErrandKind::ClaveChanged { undo: id }, Rank::Low, Budget::Notices),
            (ErrandKind::Warned, Rank::Low, Budget::Notices),
            (ErrandKind::Registered, Rank::Low, Budget::Own),
            (ErrandKind::Facilitator(FacilitatorErrand::Received), Rank::Low, Budget::Own),
        ];
        for (kind, rank, budget) in table {
            assert_eq!(kind.budget(rank), budget, "{kind:?}");
        }
    }

    #[test]
    fn a_held_key_waits_goes_or_is_cancelled() {
        let key = errand(ErrandKind::SendClave { recovery: Id([0; 16]) }, 0);
        let held = key.clone().held_until(100);
        let cancelled = Ruling::End(ErrandState::Cancelled);
        assert_eq!(
            rule_by_recovery(&held, RecoveryState::Held { until_ms: 120 }, at(110)),
            Ruling::Wait { until_ms: 120 }
        );
        assert_eq!(rule_by_recovery(&held, RecoveryState::Held { until_ms: 100 }, at(100)), Ruling::Go);
        // Staff released it.
        assert_eq!(rule_by_recovery(&held, RecoveryState::Sending, at(100)), Ruling::Go);
        assert_eq!(rule_by_recovery(&key, RecoveryState::Sending, at(100)), Ruling::Go);
        assert_eq!(rule_by_recovery(&key, RecoveryState::Cancelled, at(100)), cancelled);
        assert_eq!(rule_by_recovery(&key, RecoveryState::Done, at(100)), cancelled);
    }
}
