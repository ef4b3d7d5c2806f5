//! What staff prove themselves with: tries at a PIN, a password or a code, counted durably before the
//! check that they are counted for, and the PINs of the settings. Wrong ones slow one member, by a
//! quarter of an hour at most, and bar nobody (T9).

use std::time::Duration;

use super::drawn::Drawn;
use super::means::{Decision, Means};
use super::trouble::Trouble;
use crate::audit::Actor;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::limits::{FAILURE_KEPT_MS, LONGEST_SLOWING, wait_after};
use crate::domain::reference::Id;
use crate::domain::staff::StaffPin;
use crate::effect::Refusal;
use crate::store::records::Held;
use crate::store::tallies::FailuresOfRut;
use crate::vault::{Blind, Vault};

/// Counts and checks what staff type.
#[derive(Clone, Copy)]
pub struct Pins<'a> {
    means: &'a Means,
}

impl<'a> Pins<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        Pins { means }
    }

    /// Counts a try before it is checked.
    ///
    /// # Errors
    /// [`Trouble::Refused`] with how long to wait: no try was counted.
    pub async fn count(&self, id: Id) -> Result<(), Trouble> {
        let (means, drawn) = (self.means, self.means.draw().await?);
        let counted = means
            .settle(
                || async { Ok(means.records.get::<FailuresOfRut>(id).await?) },
                |held| Ok(decide_count(held.as_ref(), id, &drawn)),
            )
            .await?;
        counted.map_err(Trouble::Refused)
    }

    /// Whose PIN it is, counted for that number before it is checked; nobody's is `None`, and on
    /// record. A number that nobody has takes as long.
    ///
    /// # Errors
    /// [`Trouble::Refused`] with how long to wait: nothing was checked.
    pub async fn whose(&self, typed: &StaffPin, action: Action) -> Result<Option<Clean>, Trouble> {
        let means = self.means;
        let id = tally_of_pin(means.vault(), typed.number);
        self.count(id).await?;
        let member = means.settings.staff.iter().find(|member| member.number == typed.number);
        let verdict = match member {
            Some(member) => means.vault().verify(&typed.pin, &member.pin).await,
            None => means.vault().verify_nothing().await,
        };
        if let Some(member) = member.filter(|_| verdict.is_right()) {
            self.forgive(id).await?;
            return Ok(Some(member.name.clone()));
        }
        let now_ms = means.now_ms().await?;
        let entry = means.entry_by(Actor::Person, now_ms, action, Outcome::Wrong);
        means.commit(means.records.draft(now_ms).audit(&entry)).await?;
        Ok(None)
    }

    async fn forgive(&self, id: Id) -> Result<(), Trouble> {
        let (means, drawn) = (self.means, self.means.draw().await?);
        means
            .settle(
                || async { Ok(means.records.get::<FailuresOfRut>(id).await?) },
                |held| {
                    let draft = held.iter().fold(drawn.draft(), |draft, held| draft.remove(held));
                    Ok(Decision { draft, answer: () })
                },
            )
            .await
    }
}

/// Where the failed tries at the PIN of a member's number are counted, whatever the terminal.
pub fn tally_of_pin(vault: &Vault, number: u16) -> Id {
    vault.blind(Blind::LimitOfPin, number.to_string().as_bytes())
}

/// Counts one more try, or says how long to wait.
fn decide_count(held: Option<&Held<FailuresOfRut>>, id: Id, drawn: &Drawn) -> Decision<Result<(), Refusal>> {
    let now = drawn.protections();
    let before = held.map(|held| held.value.clone()).unwrap_or_default();
    let until_ms = before.last_ms + wait_after(before.failures).min(LONGEST_SLOWING).as_millis() as u64;
    if !now.is_over(until_ms) {
        let wait = Duration::from_millis(until_ms - now.ms());
        return Decision::answer(drawn, Err(Refusal::Wait(wait)));
    }
    let tally = FailuresOfRut { failures: before.failures + 1, last_ms: now.ms() };
    let draft = drawn.draft().put_over(held, id, &tally, Some(now.ms() + FAILURE_KEPT_MS));
    Decision { draft, answer: Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: u64 = 1_795_348_800_000;
    const ID: Id = Id([3; 16]);

    fn held(failures: u32, last_ms: u64) -> Held<FailuresOfRut> {
        Held { id: ID, version: 5, due_ms: None, value: FailuresOfRut { failures, last_ms } }
    }

    #[test]
    fn every_try_is_counted_until_one_must_wait() {
        let drawn = Drawn::for_test(NOON);
        let due_ms = Some(NOON + FAILURE_KEPT_MS);
        let counted = |failures| FailuresOfRut { failures, last_ms: NOON };
        let first = decide_count(None, ID, &drawn);
        assert_eq!(first.draft, drawn.draft().new_record(ID, &counted(1), due_ms));
        let known = held(2, NOON);
        let third = decide_count(Some(&known), ID, &drawn);
        assert_eq!(third.draft, drawn.draft().replace(&known, &counted(3), due_ms));
        assert_eq!((first.answer, third.answer), (Ok(()), Ok(())));

        let fourth = decide_count(Some(&held(3, NOON)), ID, &drawn);
        assert_eq!(fourth, Decision::answer(&drawn, Err(Refusal::Wait(wait_after(3)))));
        let hundredth = decide_count(Some(&held(100, NOON)), ID, &drawn);
        assert_eq!(hundredth, Decision::answer(&drawn, Err(Refusal::Wait(LONGEST_SLOWING))));
        let later = decide_count(Some(&held(100, NOON - 900_000)), ID, &drawn);
        assert_eq!(later.answer, Ok(()), "nobody is barred");
    }
}
