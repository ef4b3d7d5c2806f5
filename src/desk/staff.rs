//! The line to staff, and what their PIN does: it stands for the letters, confirms a card, and
//! opens a terminal that too many tries locked. Wrong PINs are limited like everything else.

use super::{Answer, Desk, ROUNDS, Trouble};
use crate::audit::Actor;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::limits::{FAILURE_KEPT_MS, wait_after};
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::domain::staff::Role;
use crate::effect::{Refusal, Reply};
use crate::office::means::CommitBy;
use crate::store::StoreError;
use crate::store::records::{Draft, Held};
use crate::store::tallies::{FailuresAtTerminal, FailuresOfRut};
use crate::vault::Blind;

impl Desk {
    pub(super) async fn call_staff(&self) -> Answer {
        let now_ms = self.means.now_ms().await?;
        let entry = self.means.entry_by(Actor::Person, now_ms, Action::CallStaff, Outcome::Done);
        self.means.records.draft(now_ms).audit(&entry).commit_by(&self.means).await?;
        tracing::warn!("staff called");
        Ok(Reply::StaffCalled)
    }

    /// Staff stand in for the letters, which also opens a locked terminal (S11) and a company that
    /// has to wait (S10).
    pub(super) async fn vouch_for_person(
        &self,
        pin: &Secret,
        reason: &Clean,
        blocked: Option<Rut>,
    ) -> Answer {
        let Some(name) = self.check_pin(pin, Action::VouchForPerson).await? else {
            return Ok(Reply::PinWrong);
        };
        let staff = Actor::Staff(name.clone());
        let now_ms = self.means.now_ms().await?;
        let done = |action| self.means.entry_by(staff.clone(), now_ms, action, Outcome::Done).because(reason);
        let mut draft =
            self.open_terminal(self.means.records.draft(now_ms).audit(&done(Action::VouchForPerson))).await?;
        if let Some(company) = blocked {
            let entry = done(Action::Unblock).about(self.means.vault().pseudonym(company));
            draft = self.unblock(draft, company).await?.audit(&entry);
        }
        draft.commit_by(&self.means).await?;
        Ok(Reply::PinRight(self.open_session(name, Role::Badge, None, now_ms)))
    }

    /// Forgets who failed at this terminal, with the batch that it is part of (S11).
    pub(super) async fn open_terminal<'a>(&self, draft: Draft) -> Result<Draft, StoreError> {
        let terminal = self
            .means
            .vault()
            .blind(Blind::LimitOfTerminal, self.means.settings.terminal.as_str().as_bytes());
        Ok(match self.means.records.get::<FailuresAtTerminal>(terminal).await? {
            Some(held) => draft.remove(&held),
            None => draft,
        })
    }

    /// Whose PIN it is, counted before it is checked; nobody's is `None`.
    pub(super) async fn check_pin(&self, pin: &Secret, action: Action) -> Result<Option<Clean>, Trouble> {
        let key = format!("pin\0{}", self.means.settings.terminal);
        let id = self.means.vault().blind(Blind::LimitOfTerminal, key.as_bytes());
        self.count_pin(id).await?;
        for member in &self.means.settings.staff {
            if self.means.vault().verify(pin, &member.pin).await.is_right() {
                if let Some(held) = self.means.records.get::<FailuresOfRut>(id).await? {
                    self.means
                        .records
                        .draft((self.means.clock)())
                        .remove(&held)
                        .commit_by(&self.means)
                        .await?;
                }
                return Ok(Some(member.name.clone()));
            }
        }
        let now_ms = self.means.now_ms().await?;
        let entry = self.means.entry_by(Actor::Person, now_ms, action, Outcome::Wrong);
        self.means.records.draft(now_ms).audit(&entry).commit_by(&self.means).await?;
        Ok(None)
    }

    /// Counts a try before it is checked, or says how long to wait.
    pub(super) async fn count_pin(&self, id: Id) -> Result<(), Trouble> {
        for _ in 0..ROUNDS {
            let now_ms = self.means.now_ms().await?;
            let held: Option<Held<FailuresOfRut>> = self.means.records.get(id).await?;
            let before = held.as_ref().map(|held| held.value.clone()).unwrap_or_default();
            let until_ms = before.last_ms + wait_after(before.failures).as_millis() as u64;
            if now_ms < until_ms {
                let wait = std::time::Duration::from_millis(until_ms - now_ms);
                return Err(Trouble::Refused(Refusal::Wait(wait)));
            }
            let tally = FailuresOfRut { failures: before.failures + 1, last_ms: now_ms };
            let due_ms = Some(now_ms + FAILURE_KEPT_MS);
            match self
                .means
                .records
                .draft(now_ms)
                .put_over(held.as_ref(), id, &tally, due_ms)
                .commit_by(&self.means)
                .await
            {
                Err(StoreError::Conflict(_)) => continue,
                result => return Ok(result?),
            }
        }
        Err(StoreError::Unavailable("the limits are too busy".into()).into())
    }
}
