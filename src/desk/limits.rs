//! Failed tries, counted durably before the check that they are counted for (S10, S11), so that
//! pulling the plug never gives a try back.

use std::time::Duration;

use super::{Desk, ROUNDS, Trouble};
use crate::audit::Entry;
use crate::domain::deed::{Action, Outcome};
use crate::domain::limits::{
    FAILURE_KEPT_MS, TERMINAL_FAILURES_TO_LOCK, TERMINAL_FAILURES_TO_NOTICE, tries_left, wait_after,
};
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::effect::Refusal;
use crate::store::StoreError;
use crate::store::records::{Draft, Held};
use crate::store::tallies::{FailuresAtTerminal, FailuresOfRut};
use crate::vault::Blind;

/// 72 hours of such waits are some 290 tries against a hundred million codes.
const LONGEST_UNDO_WAIT: Duration = Duration::from_secs(15 * 60);

/// A try that was counted and may now be made.
#[derive(Debug)]
pub(super) struct Try {
    pub(super) now_ms: u64,
    id: Id,
    failures: u32,
    /// When the failure before it was counted.
    last_ms: u64,
}

impl Try {
    /// What the person is told if it fails.
    pub(super) fn mismatch(&self) -> Trouble {
        Trouble::Refused(Refusal::Mismatch { tries_left: tries_left(self.failures) })
    }
}

impl Desk {
    /// Counts a try for a RUT before it is checked, or refuses it.
    pub(super) async fn count_try(&self, company: Rut, action: Action) -> Result<Try, Trouble> {
        let id = self.vault().blind_rut(Blind::LimitOfRut, company);
        self.count(id, company, action, Duration::MAX).await
    }

    /// The same for the codes of notices, which have a tally of their own with shorter waits:
    /// whoever blocks a company must not block its owner's brake too.
    pub(super) async fn count_undo_try(&self, company: Rut, action: Action) -> Result<Try, Trouble> {
        let id = self.vault().blind_rut(Blind::UndoOfRut, company);
        self.count(id, company, action, LONGEST_UNDO_WAIT).await
    }

    async fn count(&self, id: Id, company: Rut, action: Action, longest: Duration) -> Result<Try, Trouble> {
        let terminal = self.vault().blind(Blind::LimitOfTerminal, self.office.terminal.as_str().as_bytes());
        for _ in 0..ROUNDS {
            let now_ms = self.now_ms().await?;
            let of_rut = self.records.get::<FailuresOfRut>(id).await?;
            let at_terminal = self.records.get::<FailuresAtTerminal>(terminal).await?;
            if let Some(refusal) = refusal(of_rut.as_ref(), at_terminal.as_ref(), now_ms, longest) {
                let outcome = match refusal {
                    Refusal::TerminalLocked => Outcome::TerminalLocked,
                    _ => Outcome::MustWait,
                };
                let entry = self.entry(now_ms, action, outcome, company);
                self.records.draft(now_ms).audit(&entry).commit(&self.records).await?;
                return Err(Trouble::Refused(refusal));
            }
            let before = of_rut.as_ref().map(|held| fresh(&held.value, now_ms)).unwrap_or_default();
            let tally = FailuresOfRut { failures: before + 1, last_ms: now_ms };
            let mut list = at_terminal.as_ref().map(|held| held.value.clone()).unwrap_or_default();
            let failing = list.count(id, now_ms);
            // Nothing is left of a failure that counts no more (S15).
            let due_ms = Some(now_ms + FAILURE_KEPT_MS);
            list.locked = failing >= TERMINAL_FAILURES_TO_LOCK;
            let list_due_ms = due_ms.filter(|_| !list.locked);
            let draft = self.records.draft(now_ms).put_over(of_rut.as_ref(), id, &tally, due_ms);
            let draft = draft.put_over(at_terminal.as_ref(), terminal, &list, list_due_ms);
            match draft.commit(&self.records).await {
                Err(StoreError::Conflict(_)) => continue,
                Err(error) => return Err(error.into()),
                Ok(()) if failing >= TERMINAL_FAILURES_TO_NOTICE => {
                    tracing::warn!(count = failing, "many failing companies at this terminal");
                }
                Ok(()) => {}
            }
            let last_ms = of_rut.map_or(0, |held| held.value.last_ms);
            return Ok(Try { now_ms, id, failures: before + 1, last_ms });
        }
        Err(StoreError::Unavailable("the limits are too busy".into()).into())
    }

    /// A try to sign in under a name counts among those that fail at this terminal (S11), and is
    /// made all the same: only staff open it again.
    pub(super) async fn count_at_terminal(&self, id: Id, now_ms: u64) -> Result<(), Trouble> {
        let terminal = self.vault().blind(Blind::LimitOfTerminal, self.office.terminal.as_str().as_bytes());
        let held = self.records.get::<FailuresAtTerminal>(terminal).await?;
        let mut list = held.as_ref().map(|held| held.value.clone()).unwrap_or_default();
        let failing = list.count(id, now_ms);
        list.locked |= failing >= TERMINAL_FAILURES_TO_LOCK;
        let due_ms = Some(now_ms + FAILURE_KEPT_MS).filter(|_| !list.locked);
        Ok(self
            .records
            .draft(now_ms)
            .put_over(held.as_ref(), terminal, &list, due_ms)
            .commit(&self.records)
            .await?)
    }

    /// The try did not fail, but proved nothing either (an intermediate step, a register that was
    /// down): it counts no more, and nothing is forgiven.
    pub(super) async fn uncount(&self, counted: &Try, entry: &Entry) -> Result<(), Trouble> {
        for _ in 0..ROUNDS {
            let draft = self.records.draft(counted.now_ms).audit(entry);
            match self.take_back(draft, counted).await?.commit(&self.records).await {
                Err(StoreError::Conflict(_)) => continue,
                result => return Ok(result?),
            }
        }
        Err(StoreError::Unavailable("the limits are too busy".into()).into())
    }

    /// This one try counts no more, with the batch that it is part of.
    pub(super) async fn take_back<'a>(&'a self, draft: Draft, counted: &Try) -> Result<Draft, Trouble> {
        let held = self.records.get::<FailuresOfRut>(counted.id).await?;
        let failures = held.as_ref().map_or(0, |held| held.value.failures.saturating_sub(1));
        let draft = match &held {
            Some(held) => {
                draft.replace(held, &FailuresOfRut { failures, last_ms: counted.last_ms }, held.due_ms)
            }
            None => draft,
        };
        // The RUT still fails at this terminal while other tries of it do.
        match failures {
            0 => self.forgive_at_terminal(draft, counted).await,
            _ => Ok(draft),
        }
    }

    /// Proof of possession clears the RUT's failures, with the batch that it is part of.
    pub(super) async fn forgive<'a>(&'a self, draft: Draft, counted: &Try) -> Result<Draft, Trouble> {
        let draft = match self.records.get::<FailuresOfRut>(counted.id).await? {
            Some(held) => draft.remove(&held),
            None => draft,
        };
        self.forgive_at_terminal(draft, counted).await
    }

    async fn forgive_at_terminal<'a>(&'a self, draft: Draft, counted: &Try) -> Result<Draft, Trouble> {
        self.forgive_name(draft, counted.id).await
    }

    /// Who signed in fails no more at this terminal.
    pub(super) async fn forgive_name<'a>(&self, draft: Draft, name: Id) -> Result<Draft, Trouble> {
        let terminal = self.vault().blind(Blind::LimitOfTerminal, self.office.terminal.as_str().as_bytes());
        Ok(match self.records.get::<FailuresAtTerminal>(terminal).await? {
            Some(held) => {
                let mut list = held.value.clone();
                list.failing.retain(|(_, failed)| *failed != name);
                draft.replace(&held, &list, held.due_ms)
            }
            None => draft,
        })
    }

    /// Staff let a company try again (S10): its failures are forgotten.
    pub(super) async fn unblock<'a>(&'a self, mut draft: Draft, company: Rut) -> Result<Draft, StoreError> {
        for purpose in [Blind::LimitOfRut, Blind::UndoOfRut] {
            draft = self.forget_tries(draft, purpose, company).await?;
        }
        Ok(draft)
    }

    /// Of one tally, with the batch that this is part of.
    pub(super) async fn forget_tries<'a>(
        &self,
        draft: Draft,
        purpose: Blind,
        company: Rut,
    ) -> Result<Draft, StoreError> {
        let tally = self.records.get::<FailuresOfRut>(self.vault().blind_rut(purpose, company)).await?;
        Ok(match tally {
            Some(held) => draft.remove(&held),
            None => draft,
        })
    }

    /// Records a failed try; it stays counted.
    pub(super) async fn fail<T>(&self, counted: &Try, entry: &Entry) -> Result<T, Trouble> {
        self.records.draft(counted.now_ms).audit(entry).commit(&self.records).await?;
        Err(counted.mismatch())
    }
}

/// Failures older than the longest wait are forgotten.
fn fresh(tally: &FailuresOfRut, now_ms: u64) -> u32 {
    if now_ms.saturating_sub(tally.last_ms) < FAILURE_KEPT_MS { tally.failures } else { 0 }
}

fn refusal(
    of_rut: Option<&Held<FailuresOfRut>>,
    at_terminal: Option<&Held<FailuresAtTerminal>>,
    now_ms: u64,
    longest: Duration,
) -> Option<Refusal> {
    if at_terminal.is_some_and(|held| held.value.locked) {
        return Some(Refusal::TerminalLocked);
    }
    let tally = &of_rut?.value;
    let until_ms = tally.last_ms + wait_after(fresh(tally, now_ms)).min(longest).as_millis() as u64;
    (now_ms < until_ms).then(|| Refusal::Wait(Duration::from_millis(until_ms - now_ms)))
}
