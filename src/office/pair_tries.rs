//! Failed tries at one person who should represent a company, and at their card, counted durably
//! before the check (S10). They count apart for each person (T9): a stranger who fails as somebody
//! makes nobody else wait, and no block of the company's stands in the way of its owner's card. A card
//! has its five tries whichever company it is shown for.

use super::at_terminal::AtTerminal;
use super::drawn::Drawn;
use super::kept_tries::{OfPerson, Others, PairCheck, Place};
use super::means::{Decision, Means};
use super::trouble::Trouble;
use crate::audit::Entry;
use crate::domain::deed::{Action, Outcome};
use crate::domain::office_time::{OfficeTime, ProtectionsTime};
use crate::domain::rut::Rut;
use crate::effect::{Refusal, TriesLeft};
use crate::store::StoreError;
use crate::store::records::Draft;

/// A try that was counted and may now be made. Only [`PairTries`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairTry {
    /// When it was counted.
    pub time: OfficeTime,
    place: Place,
    left: TriesLeft,
}

/// Counts tries at a person of a company.
#[derive(Clone, Copy)]
pub struct PairTries<'a> {
    means: &'a Means,
}

impl<'a> PairTries<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        PairTries { means }
    }

    /// Counts a try before it is checked.
    ///
    /// # Errors
    /// [`Trouble::Refused`] when it must wait or the terminal is locked: no try was counted.
    pub async fn count(
        &self,
        check: PairCheck,
        (company, person): (Rut, Rut),
        action: Action,
    ) -> Result<PairTry, Trouble> {
        let (means, place) = (self.means, Place::of(check, self.means.vault(), (company, person)));
        let (drawn, rows) = (means.draw().await?, means.rows(company));
        let counted = means
            .settle(
                || async { Ok(Tallied::read(means, place).await?) },
                |read| Ok(decide_count(&read, &drawn, |outcome| rows.row(drawn.now_ms, action, outcome))),
            )
            .await?;
        let (counted, failing) = counted.map_err(Trouble::Refused)?;
        AtTerminal::tell_of(failing);
        Ok(counted)
    }

    /// It was right, or a register gave no answer: it counts no more.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn uncount(&self, counted: &PairTry, entry: &Entry) -> Result<(), Trouble> {
        let (means, drawn) = (self.means, self.means.draw().await?);
        means
            .settle(
                || async { Ok(Tallied::read(means, counted.place).await?) },
                |read| {
                    let draft = read.taken_back(drawn.draft().audit(entry), counted.time.protections());
                    Ok(Decision { draft, answer: () })
                },
            )
            .await
    }

    /// Records a failed try; it stays counted. `told` says in which words it is told.
    ///
    /// # Errors
    /// Always: what the person is told, or that the store does not answer.
    pub async fn fail<T>(
        &self,
        counted: &PairTry,
        entry: &Entry,
        told: impl FnOnce(TriesLeft) -> Refusal,
    ) -> Result<T, Trouble> {
        self.means.commit(self.means.records.draft(counted.time.now_ms()).audit(entry)).await?;
        Err(Trouble::Refused(told(counted.left)))
    }
}

/// What is counted of one person, and at this terminal, as it was read.
struct Tallied {
    of_person: OfPerson,
    at_terminal: AtTerminal,
}

impl Tallied {
    async fn read(means: &Means, place: Place) -> Result<Self, StoreError> {
        let of_person = OfPerson::read(&means.records, place).await?;
        Ok(Tallied { of_person, at_terminal: AtTerminal::read(means).await? })
    }

    /// This one try counts no more. The person still fails at this terminal while others of theirs do.
    fn taken_back(&self, draft: Draft, counted: ProtectionsTime) -> Draft {
        match self.of_person.taken_back(draft, counted) {
            (draft, Others::Count) => draft,
            (draft, Others::None) => self.at_terminal.forgiven(draft, self.of_person.place.person),
        }
    }
}

/// Counts one more try, and says how many fail at this terminal with it, or why none may be made.
fn decide_count(
    read: &Tallied,
    drawn: &Drawn,
    refused: impl Fn(Outcome) -> Entry,
) -> Decision<Result<(PairTry, usize), Refusal>> {
    let (now, place) = (drawn.protections(), read.of_person.place);
    let not =
        |outcome, refusal| Decision { draft: drawn.draft().audit(&refused(outcome)), answer: Err(refusal) };
    if read.at_terminal.is_locked(now) {
        return not(Outcome::TerminalLocked, Refusal::TerminalLocked);
    }
    match read.of_person.counted(drawn.draft(), now) {
        Err(wait) => not(Outcome::MustWait, Refusal::Wait(wait)),
        Ok((draft, left)) => {
            let (draft, failing) = read.at_terminal.counted(draft, place.person, now);
            let counted = PairTry { time: drawn.time(), place, left };
            Decision { draft, answer: Ok((counted, failing)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::domain::limits::FAILURE_KEPT_MS;
    use crate::domain::reference::Id;
    use crate::office::means::Rows;
    use crate::store::records::Held;
    use crate::store::tallies::{TriesOfPair, TriesOfPairs};

    const NOON: u64 = 1_795_348_800_000;
    const DAY: u64 = FAILURE_KEPT_MS;

    fn held(tried_ms: &[u64]) -> Held<TriesOfPairs> {
        let (id, person) = (Id([3; 16]), Id([4; 16]));
        // Another person of this company failed much oftener.
        let other = TriesOfPair { person: Id([5; 16]), tried_ms: vec![NOON; 9] };
        let of = vec![other, TriesOfPair { person, tried_ms: tried_ms.to_vec() }];
        Held { id, version: 5, due_ms: Some(NOON + 5), value: TriesOfPairs { of } }
    }

    fn read(check: PairCheck, tried_ms: &[u64]) -> Tallied {
        let place = Place { check, id: Id([3; 16]), person: Id([4; 16]) };
        let of_person = OfPerson::for_test(place, held(tried_ms));
        Tallied { of_person, at_terminal: AtTerminal::for_test(&[]) }
    }

    /// What is left after one more at noon, or how long to wait, in seconds.
    fn counts(check: PairCheck, tried_ms: &[u64]) -> Result<TriesLeft, u64> {
        let row = |outcome| Rows::for_test().row(NOON, Action::CheckCard, outcome);
        match decide_count(&read(check, tried_ms), &Drawn::for_test(NOON), row).answer {
            Ok((counted, _)) => Ok(counted.left),
            Err(Refusal::Wait(wait)) => Err(wait.as_secs()),
            Err(other) => panic!("{other:?}"),
        }
    }

    fn number(tries: u32) -> Result<TriesLeft, u64> {
        Ok(TriesLeft::Number(tries))
    }

    fn none_for(seconds: u64) -> Result<TriesLeft, u64> {
        Ok(TriesLeft::NoneFor(Duration::from_secs(seconds)))
    }

    #[test]
    fn a_card_has_five_tries_a_day() {
        let table = [
            (vec![], number(4)),
            (vec![NOON; 4], none_for(86_400)),
            (vec![NOON; 5], Err(86_400)),
            (vec![NOON - DAY + 1_000, NOON, NOON, NOON, NOON], Err(1)),
            // The first of them counts no more in an hour.
            (vec![NOON - DAY + 3_600_000, NOON, NOON, NOON], none_for(3_600)),
            (vec![NOON - DAY, NOON, NOON, NOON, NOON], none_for(86_400)),
        ];
        for (tried_ms, expected) in table {
            assert_eq!(counts(PairCheck::Card, &tried_ms), expected, "{tried_ms:?}");
        }
    }

    #[test]
    fn a_representative_waits_a_quarter_of_an_hour_at_most() {
        let table = [
            (vec![], number(9)),
            (vec![NOON; 2], number(7)),
            (vec![NOON; 3], Err(5)),
            (vec![NOON - 5_000; 3], number(6)),
            (vec![NOON; 12], Err(900)),
            (vec![NOON - 900_000; 12], none_for(900)),
        ];
        for (tried_ms, expected) in table {
            assert_eq!(counts(PairCheck::Representation, &tried_ms), expected, "{tried_ms:?}");
        }
    }

    #[test]
    fn what_is_taken_back_counts_no_more() {
        let read = read(PairCheck::Card, &[NOON - 5, NOON]);
        let draft = read.taken_back(Drawn::for_test(NOON).draft(), Drawn::for_test(NOON).protections());
        let held = held(&[NOON - 5, NOON]);
        let mut left = held.value.clone();
        left.take_back(read.of_person.place.person, NOON);
        assert_eq!(draft, Drawn::for_test(NOON).draft().replace(&held, &left, held.due_ms));
    }
}
