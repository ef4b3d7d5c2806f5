//! Failed tries, counted durably before the check that they are counted for (S10, S11), so that
//! pulling the plug never gives a try back. Counting is a step of its own: a use case that decides
//! again after a conflict never counts again.

use std::time::Duration;

use super::at_terminal::AtTerminal;
use super::counted_under::{TalliesOfFacilitator, Under};
use super::drawn::Drawn;
use super::means::{Decision, Means};
use super::trouble::Trouble;
use crate::audit::Entry;
use crate::domain::country::Country;
use crate::domain::deed::{Action, Outcome};
use crate::domain::facilitator::IdentityNumber;
use crate::domain::limits::{FAILURE_KEPT_MS, tries_left, wait_after};
use crate::domain::office_time::{OfficeTime, ProtectionsTime};
use crate::domain::rut::Rut;
use crate::effect::{Refusal, TriesLeft};
use crate::store::StoreError;
use crate::store::records::{Draft, Held};
use crate::store::tallies::FailuresOfRut;
use crate::vault::Blind;

/// A try that was counted and may now be made. Only [`Tries`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Try {
    /// When it was counted.
    pub time: OfficeTime,
    under: Under,
    failures: u32,
    /// When the failure before it was counted.
    last_ms: u64,
}

impl Try {
    /// What is left if it fails.
    pub fn left(&self) -> TriesLeft {
        TriesLeft::of(tries_left(self.failures), wait_after(self.failures).min(self.under.longest))
    }

    /// What the person is told if it fails.
    pub fn mismatch(&self) -> Trouble {
        Trouble::Refused(Refusal::Mismatch { left: self.left() })
    }
}

/// Counts tries for a RUT, over all steps and terminals.
#[derive(Clone, Copy)]
pub struct Tries<'a> {
    means: &'a Means,
}

impl<'a> Tries<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        Tries { means }
    }

    /// Counts a try for a RUT before it is checked.
    ///
    /// # Errors
    /// [`Trouble::Refused`] when the RUT must wait or the terminal is locked: no try was counted.
    pub async fn count(&self, company: Rut, action: Action) -> Result<Try, Trouble> {
        self.count_under(Under::all_of(self.means.vault(), company), company, action).await
    }

    /// The same for a facilitator's clave: neither they nor their company wait for the other (T9).
    ///
    /// # Errors
    /// As [`Tries::count`].
    pub async fn count_facilitator(
        &self,
        company: Rut,
        who: (Country, &IdentityNumber),
        action: Action,
    ) -> Result<Try, Trouble> {
        self.count_under(self.of_facilitator(company, who).all_under(), company, action).await
    }

    /// The same for the keys that were sent for a company, while its block runs: in a tally of their own with
    /// shorter waits, whatever the terminal. Nobody guesses them uncounted, and whoever blocks a company
    /// keeps its owner from such a key for a quarter of an hour at most (T9).
    ///
    /// # Errors
    /// As [`Tries::count`].
    pub async fn count_sent(&self, company: Rut, action: Action) -> Result<Try, Trouble> {
        self.count_under(Under::sent_to(self.means.vault(), company), company, action).await
    }

    /// The same for those that were sent to a facilitator, while their block runs.
    ///
    /// # Errors
    /// As [`Tries::count`].
    pub async fn count_sent_to_facilitator(
        &self,
        company: Rut,
        who: (Country, &IdentityNumber),
        action: Action,
    ) -> Result<Try, Trouble> {
        self.count_under(self.of_facilitator(company, who).sent_under(), company, action).await
    }

    /// The same for the codes of notices, which have a tally of their own with shorter waits, whatever
    /// the terminal: whoever blocks a company must not block its owner's brake too (T9).
    ///
    /// # Errors
    /// As [`Tries::count`].
    pub async fn count_undo(&self, company: Rut, action: Action) -> Result<Try, Trouble> {
        self.count_slowing(Blind::UndoOfRut, company, action).await
    }

    /// The same for *Estado de mi solicitud*, by the representative's RUT.
    ///
    /// # Errors
    /// As [`Tries::count`].
    pub async fn count_status(&self, representative: Rut, action: Action) -> Result<Try, Trouble> {
        self.count_slowing(Blind::StatusOfRut, representative, action).await
    }

    fn of_facilitator(&self, company: Rut, who: (Country, &IdentityNumber)) -> TalliesOfFacilitator {
        TalliesOfFacilitator::of(self.means.vault(), company, who)
    }

    async fn count_slowing(&self, purpose: Blind, rut: Rut, action: Action) -> Result<Try, Trouble> {
        let id = self.means.vault().blind_rut(purpose, rut);
        self.count_under(Under::slowing(id), rut, action).await
    }

    async fn count_under(&self, under: Under, rut: Rut, action: Action) -> Result<Try, Trouble> {
        self.count_more(under, (rut, action), 1).await
    }

    /// The same try once more, of which nobody was told what came of it. It begins its wait anew, and counts
    /// once.
    ///
    /// # Errors
    /// As [`Tries::count`].
    pub async fn count_again(&self, company: Rut, action: Action) -> Result<Try, Trouble> {
        self.count_more(Under::all_of(self.means.vault(), company), (company, action), 0).await
    }

    async fn count_more(
        &self,
        under: Under,
        (rut, action): (Rut, Action),
        more: u32,
    ) -> Result<Try, Trouble> {
        let drawn = self.means.draw().await?;
        let rows = self.means.rows(rut);
        let counted = self
            .means
            .settle(
                || async { Ok(self.read(under).await?) },
                |tally| {
                    let row = |outcome| rows.row(drawn.now_ms, action, outcome);
                    Ok(decide_count(&tally, &drawn, more, row))
                },
            )
            .await?;
        let Counted { counted, failing } = counted.map_err(Trouble::Refused)?;
        AtTerminal::tell_of(failing);
        Ok(counted)
    }

    /// What is counted against this try's RUT and terminal.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn tally(&self, counted: &Try) -> Result<Tally, StoreError> {
        self.read(counted.under).await
    }

    /// All that is counted against a company's clave and the keys that were sent for it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn tallies_of(&self, company: Rut) -> Result<Vec<Tally>, StoreError> {
        let vault = self.means.vault();
        let all = self.read(Under::all_of(vault, company)).await?;
        Ok(vec![all, self.read(Under::sent_to(vault, company)).await?])
    }

    /// The same for a facilitator's.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn tallies_of_facilitator(
        &self,
        company: Rut,
        who: (Country, &IdentityNumber),
    ) -> Result<Vec<Tally>, StoreError> {
        let tallies = self.of_facilitator(company, who);
        let all = self.read(tallies.all_under()).await?;
        Ok(vec![all, self.read(tallies.sent_under()).await?])
    }

    async fn read(&self, under: Under) -> Result<Tally, StoreError> {
        let of_rut = self.means.records.get::<FailuresOfRut>(under.id).await?;
        let at_terminal = match under.at_terminal {
            true => Some(AtTerminal::read(self.means).await?),
            false => None,
        };
        Ok(Tally { under, of_rut, at_terminal })
    }

    /// The try did not fail, but proved nothing either (an intermediate step, a register that was
    /// down): it counts no more, and nothing is forgiven.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn uncount(&self, counted: &Try, entry: &Entry) -> Result<(), Trouble> {
        let drawn = self.means.draw().await?;
        self.means
            .settle(
                || async { Ok(self.tally(counted).await?) },
                |tally| {
                    let draft = tally.taken_back(drawn.draft().audit(entry), counted);
                    Ok(Decision { draft, answer: () })
                },
            )
            .await
    }

    /// Records a failed try; it stays counted.
    ///
    /// # Errors
    /// Always: what the person is told, or that the store does not answer.
    pub async fn fail<T>(&self, counted: &Try, entry: &Entry) -> Result<T, Trouble> {
        self.fail_as(counted, entry, |left| Refusal::Mismatch { left }).await
    }

    /// The same, told in other words.
    ///
    /// # Errors
    /// As [`Tries::fail`].
    pub async fn fail_as<T>(
        &self,
        counted: &Try,
        entry: &Entry,
        told: impl FnOnce(TriesLeft) -> Refusal,
    ) -> Result<T, Trouble> {
        self.means.commit(self.means.records.draft(counted.time.now_ms()).audit(entry)).await?;
        Err(Trouble::Refused(told(counted.left())))
    }
}

/// What is counted against one RUT, and at this terminal, as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    under: Under,
    of_rut: Option<Held<FailuresOfRut>>,
    /// `None` where the terminal doesn't matter.
    at_terminal: Option<AtTerminal>,
}

impl Tally {
    /// Nothing counted.
    #[cfg(test)]
    pub fn for_test() -> Self {
        let under = Under::blocking(crate::domain::reference::Id([3; 16]));
        Tally { under, of_rut: None, at_terminal: Some(AtTerminal::for_test(&[])) }
    }

    /// This one try counts no more, with the batch that it is part of.
    pub fn taken_back(&self, draft: Draft, counted: &Try) -> Draft {
        let failures = self.of_rut.as_ref().map_or(0, |held| held.value.failures.saturating_sub(1));
        let draft = match &self.of_rut {
            Some(held) => {
                draft.replace(held, &FailuresOfRut { failures, last_ms: counted.last_ms }, held.due_ms)
            }
            None => draft,
        };
        // The RUT still fails at this terminal while other tries of it do.
        match failures {
            0 => self.forgiven_at_terminal(draft),
            _ => draft,
        }
    }

    /// Proof of possession clears the RUT's failures, with the batch that it is part of.
    pub fn forgiven(&self, draft: Draft) -> Draft {
        let draft = self.of_rut.iter().fold(draft, |draft, held| draft.remove(held));
        self.forgiven_at_terminal(draft)
    }

    fn forgiven_at_terminal(&self, draft: Draft) -> Draft {
        self.at_terminal.iter().fold(draft, |draft, list| list.forgiven(draft, self.under.id))
    }
}

/// A try that was counted, and how many different RUTs fail at this terminal with it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Counted {
    counted: Try,
    failing: usize,
}

/// Counts one more try, or the same again, or says why none may be made.
fn decide_count(
    tally: &Tally,
    drawn: &Drawn,
    more: u32,
    refused: impl Fn(Outcome) -> Entry,
) -> Decision<Result<Counted, Refusal>> {
    let (now, under) = (drawn.protections(), tally.under);
    if let Some(refusal) = refusal(tally, now) {
        let outcome = match refusal {
            Refusal::TerminalLocked => Outcome::TerminalLocked,
            _ => Outcome::MustWait,
        };
        return Decision { draft: drawn.draft().audit(&refused(outcome)), answer: Err(refusal) };
    }
    let before = tally.of_rut.as_ref().map_or(0, |held| fresh(&held.value, now));
    // What was forgiven meanwhile counts anew.
    let failed = (before + more).max(1);
    let failures = FailuresOfRut { failures: failed, last_ms: now.ms() };
    // Nothing is left of a failure that counts no more (S15).
    let due_ms = Some(now.ms() + FAILURE_KEPT_MS);
    let draft = drawn.draft().put_over(tally.of_rut.as_ref(), under.id, &failures, due_ms);
    let (draft, failing) = match &tally.at_terminal {
        Some(list) => list.counted(draft, under.id, now),
        None => (draft, 0),
    };
    let last_ms = tally.of_rut.as_ref().map_or(0, |held| held.value.last_ms);
    let counted = Try { time: drawn.time(), under, failures: failed, last_ms };
    Decision { draft, answer: Ok(Counted { counted, failing }) }
}

/// Failures older than the longest wait are forgotten.
fn fresh(tally: &FailuresOfRut, now: ProtectionsTime) -> u32 {
    if now.since_ms(tally.last_ms) < FAILURE_KEPT_MS { tally.failures } else { 0 }
}

fn refusal(tally: &Tally, now: ProtectionsTime) -> Option<Refusal> {
    if tally.at_terminal.as_ref().is_some_and(|list| list.is_locked(now)) {
        return Some(Refusal::TerminalLocked);
    }
    let failures = &tally.of_rut.as_ref()?.value;
    let wait = wait_after(fresh(failures, now)).min(tally.under.longest);
    let until_ms = failures.last_ms + wait.as_millis() as u64;
    (!now.is_over(until_ms)).then(|| Refusal::Wait(Duration::from_millis(until_ms - now.ms())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::limits::LONGEST_SLOWING;
    use crate::domain::reference::Id;
    use crate::office::means::Rows;

    const NOON: u64 = 1_795_348_800_000;

    fn held(failures: u32, last_ms: u64) -> Option<Held<FailuresOfRut>> {
        let value = FailuresOfRut { failures, last_ms };
        Some(Held { id: Id([3; 16]), version: 5, due_ms: None, value })
    }

    /// How many failures are counted after one more try at noon, or how long to wait, in seconds.
    fn counts(of_rut: Option<Held<FailuresOfRut>>, longest: Duration) -> Result<u32, u64> {
        counts_more(of_rut, longest, 1)
    }

    fn counts_more(of_rut: Option<Held<FailuresOfRut>>, longest: Duration, more: u32) -> Result<u32, u64> {
        let under = Under { id: Id([3; 16]), longest, at_terminal: true };
        let tally = Tally { under, of_rut, at_terminal: Some(AtTerminal::for_test(&[])) };
        let drawn = Drawn::for_test(NOON);
        let row = |outcome| Rows::for_test().row(NOON, Action::CheckAnswer, outcome);
        let decision = decide_count(&tally, &drawn, more, row);
        match decision.answer {
            Ok(counted) => Ok(counted.counted.failures),
            Err(Refusal::Wait(wait)) => Err(wait.as_secs()),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn tries_are_counted_or_must_wait() {
        let table = [
            (None, Ok(1)),
            (held(1, NOON), Ok(2)),
            (held(2, NOON), Ok(3)),
            (held(3, NOON), Err(5)),
            (held(3, NOON - 5_000), Ok(4)),
            (held(9, NOON - 60_000), Err(3_540)),
            (held(10, NOON - 3_600_000), Err(82_800)),
            // A day later nothing of it counts.
            (held(10, NOON - FAILURE_KEPT_MS), Ok(1)),
        ];
        for (of_rut, expected) in table {
            assert_eq!(counts(of_rut.clone(), Duration::MAX), expected, "{of_rut:?}");
        }
        assert_eq!(counts(held(10, NOON), LONGEST_SLOWING), Err(900));
        // The same try once more.
        let again = |of_rut| counts_more(of_rut, Duration::MAX, 0);
        assert_eq!((again(held(2, NOON)), again(held(3, NOON)), again(None)), (Ok(2), Err(5), Ok(1)));
    }
}
