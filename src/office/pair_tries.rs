//! Failed tries at one person who should represent a company, and at their card, counted durably
//! before the check (S10). They count apart for each person (T9): a stranger who fails as somebody
//! makes nobody else wait, and no block of the company's stands in the way of its owner's card. A card
//! has its five tries whichever company it is shown for.

use std::time::Duration;

use super::at_terminal::AtTerminal;
use super::drawn::Drawn;
use super::means::{Decision, Means};
use super::trouble::Trouble;
use crate::audit::Entry;
use crate::domain::deed::{Action, Outcome};
use crate::domain::limits::{CARD_TRIES, FAILURE_KEPT_MS, LONGEST_SLOWING, tries_left, wait_after};
use crate::domain::office_time::{OfficeTime, ProtectionsTime};
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::effect::Refusal;
use crate::store::StoreError;
use crate::store::records::{Draft, Held};
use crate::store::tallies::TriesOfPairs;
use crate::vault::{Blind, Vault};

/// What is checked of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairCheck {
    /// Whether they represent the company. It waits only to spare SII: the answer stays the same.
    Representation,
    /// Whether a card number is theirs.
    Card,
}

impl PairCheck {
    /// Where its tries are kept: of those who should represent a company, or of a card's holder.
    pub fn kept_under(self) -> Blind {
        match self {
            PairCheck::Representation => Blind::RepresentativesOfRut,
            PairCheck::Card => Blind::CardsOfRut,
        }
    }

    /// Where the tries at this person are kept, and as whose.
    fn place(self, vault: &Vault, (company, person): (Rut, Rut)) -> Place {
        let (check, purpose) = (self, self.kept_under());
        let under = match self {
            PairCheck::Representation => company,
            PairCheck::Card => person,
        };
        Place { check, id: vault.blind_rut(purpose, under), person: vault.blind_pair(purpose, under, person) }
    }

    /// Until when none may be made after these, which all count still.
    fn until_ms(self, tried_ms: &[u64]) -> u64 {
        let failures = u32::try_from(tried_ms.len()).unwrap_or(u32::MAX);
        match self {
            PairCheck::Representation => {
                let wait = wait_after(failures).min(LONGEST_SLOWING).as_millis() as u64;
                tried_ms.last().map_or(0, |last_ms| last_ms + wait)
            }
            PairCheck::Card => match tried_ms.len().checked_sub(CARD_TRIES as usize) {
                Some(first) => tried_ms.get(first).map_or(0, |tried_ms| tried_ms + FAILURE_KEPT_MS),
                None => 0,
            },
        }
    }

    fn tries_left(self, failures: usize) -> u32 {
        let failures = u32::try_from(failures).unwrap_or(u32::MAX);
        match self {
            PairCheck::Representation => tries_left(failures),
            PairCheck::Card => CARD_TRIES.saturating_sub(failures),
        }
    }
}

/// A try that was counted and may now be made. Only [`PairTries`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairTry {
    /// When it was counted.
    pub time: OfficeTime,
    place: Place,
    tries_left: u32,
}

/// Where it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    check: PairCheck,
    id: Id,
    person: Id,
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
        let (means, place) = (self.means, check.place(self.means.vault(), (company, person)));
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

    /// Records a failed try; it stays counted.
    ///
    /// # Errors
    /// Always: what the person is told, or that the store does not answer.
    pub async fn fail<T>(&self, counted: &PairTry, entry: &Entry) -> Result<T, Trouble> {
        self.means.commit(self.means.records.draft(counted.time.now_ms()).audit(entry)).await?;
        Err(Trouble::Refused(Refusal::Mismatch { tries_left: counted.tries_left }))
    }
}

/// What is counted of one person, and at this terminal, as it was read.
struct Tallied {
    place: Place,
    held: Option<Held<TriesOfPairs>>,
    at_terminal: AtTerminal,
}

impl Tallied {
    async fn read(means: &Means, place: Place) -> Result<Self, StoreError> {
        let held = means.records.get::<TriesOfPairs>(place.id).await?;
        Ok(Tallied { place, held, at_terminal: AtTerminal::read(means).await? })
    }

    /// This one try counts no more. The person still fails at this terminal while others of theirs do.
    fn taken_back(&self, draft: Draft, counted: ProtectionsTime) -> Draft {
        let Some(held) = &self.held else { return draft };
        let mut tries = held.value.clone();
        let are_left = tries.take_back(self.place.person, counted.ms());
        let draft = match tries.of.is_empty() {
            true => draft.remove(held),
            false => draft.replace(held, &tries, held.due_ms),
        };
        if are_left { draft } else { self.at_terminal.forgiven(draft, self.place.person) }
    }
}

/// Counts one more try, and says how many fail at this terminal with it, or why none may be made.
fn decide_count(
    read: &Tallied,
    drawn: &Drawn,
    refused: impl Fn(Outcome) -> Entry,
) -> Decision<Result<(PairTry, usize), Refusal>> {
    let (now, place) = (drawn.protections(), read.place);
    let now_ms = now.ms();
    let not =
        |outcome, refusal| Decision { draft: drawn.draft().audit(&refused(outcome)), answer: Err(refusal) };
    if read.at_terminal.is_locked(now) {
        return not(Outcome::TerminalLocked, Refusal::TerminalLocked);
    }
    let mut tries = read.held.as_ref().map(|held| held.value.clone()).unwrap_or_default();
    let until_ms = place.check.until_ms(&tries.of(place.person, now_ms));
    if !now.is_over(until_ms) {
        return not(Outcome::MustWait, Refusal::Wait(Duration::from_millis(until_ms - now_ms)));
    }
    tries.add(place.person, now_ms);
    let tries_left = place.check.tries_left(tries.of(place.person, now_ms).len());
    let due_ms = Some(now_ms + FAILURE_KEPT_MS);
    let draft = drawn.draft().put_over(read.held.as_ref(), place.id, &tries, due_ms);
    let (draft, failing) = read.at_terminal.counted(draft, place.person, now);
    Decision { draft, answer: Ok((PairTry { time: drawn.time(), place, tries_left }, failing)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::means::Rows;
    use crate::store::tallies::TriesOfPair;

    const NOON: u64 = 1_795_348_800_000;
    const DAY: u64 = FAILURE_KEPT_MS;

    fn read(check: PairCheck, tried_ms: &[u64]) -> Tallied {
        let (id, person) = (Id([3; 16]), Id([4; 16]));
        // Another person of this company failed much oftener.
        let other = TriesOfPair { person: Id([5; 16]), tried_ms: vec![NOON; 9] };
        let of = vec![other, TriesOfPair { person, tried_ms: tried_ms.to_vec() }];
        let held = Held { id, version: 5, due_ms: Some(NOON + 5), value: TriesOfPairs { of } };
        Tallied {
            place: Place { check, id, person },
            held: Some(held),
            at_terminal: AtTerminal::for_test(&[]),
        }
    }

    /// How many tries are left after one more at noon, or how long to wait, in seconds.
    fn counts(check: PairCheck, tried_ms: &[u64]) -> Result<u32, u64> {
        let row = |outcome| Rows::for_test().row(NOON, Action::CheckCard, outcome);
        match decide_count(&read(check, tried_ms), &Drawn::for_test(NOON), row).answer {
            Ok((counted, _)) => Ok(counted.tries_left),
            Err(Refusal::Wait(wait)) => Err(wait.as_secs()),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_card_has_five_tries_a_day() {
        let table = [
            (vec![], Ok(4)),
            (vec![NOON; 4], Ok(0)),
            (vec![NOON; 5], Err(86_400)),
            (vec![NOON - DAY + 1_000, NOON, NOON, NOON, NOON], Err(1)),
            (vec![NOON - DAY, NOON, NOON, NOON, NOON], Ok(0)),
        ];
        for (tried_ms, expected) in table {
            assert_eq!(counts(PairCheck::Card, &tried_ms), expected, "{tried_ms:?}");
        }
    }

    #[test]
    fn a_representative_waits_a_quarter_of_an_hour_at_most() {
        let table = [
            (vec![], Ok(9)),
            (vec![NOON; 2], Ok(7)),
            (vec![NOON; 3], Err(5)),
            (vec![NOON - 5_000; 3], Ok(6)),
            (vec![NOON; 12], Err(900)),
            (vec![NOON - 900_000; 12], Ok(0)),
        ];
        for (tried_ms, expected) in table {
            assert_eq!(counts(PairCheck::Representation, &tried_ms), expected, "{tried_ms:?}");
        }
    }

    #[test]
    fn what_is_taken_back_counts_no_more() {
        let read = read(PairCheck::Card, &[NOON - 5, NOON]);
        let draft = read.taken_back(Drawn::for_test(NOON).draft(), Drawn::for_test(NOON).protections());
        let mut left = read.held.as_ref().map(|held| held.value.clone()).unwrap_or_default();
        left.take_back(read.place.person, NOON);
        let held = read.held.as_ref().unwrap_or_else(|| unreachable!("it was read"));
        assert_eq!(draft, Drawn::for_test(NOON).draft().replace(held, &left, held.due_ms));
    }
}
