//! What is counted to limit tries and messages (S10, S11): records of the drawer `Limit`, found
//! by keyed hashes of a RUT, a terminal or an address. Times are milliseconds since 1970.

use serde::{Deserialize, Serialize};

use super::Id;
use crate::domain::deed::Outcome;
use crate::domain::limits::{FAILURE_KEPT_MS, TERMINAL_WINDOW_MS};
use crate::domain::visits::{Road, Stage, VisitEnding};

/// Failed tries for one RUT, over all steps and terminals (S10).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailuresOfRut {
    /// Those that count, one after the other.
    pub failures: u32,
    /// When the newest one was counted, which is before it was checked.
    pub last_ms: u64,
}

/// RUTs that failed at one terminal (S11), by their blind ids.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailuresAtTerminal {
    /// The oldest first; [`FailuresAtTerminal::count`] forgets what is over.
    pub failing: Vec<(u64, Id)>,
    /// When there were too many, which locked it.
    pub locked_ms: Option<u64>,
}

/// How many failing RUTs are remembered: more than any limit asks, few enough for one record.
const FAILING_KEPT: usize = 64;

impl FailuresAtTerminal {
    /// Notes a failing RUT, and says how many different ones failed within the window.
    pub fn count(&mut self, rut: Id, now_ms: u64) -> usize {
        self.failing
            .retain(|(at_ms, failed)| *failed != rut && now_ms.saturating_sub(*at_ms) < TERMINAL_WINDOW_MS);
        self.failing.push((now_ms, rut));
        let surplus = self.failing.len().saturating_sub(FAILING_KEPT);
        self.failing.drain(..surplus);
        self.failing.len()
    }
}

/// Failed tries of one kind for one company, apart for each person who is said to represent it (T9):
/// whoever fails as one of them makes no other wait.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriesOfPairs {
    /// Each person once, by a blind id; a card's holder alone.
    pub of: Vec<TriesOfPair>,
}

/// What counts against one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriesOfPair {
    /// Who.
    pub person: Id,
    /// When they were counted, the oldest first.
    pub tried_ms: Vec<u64>,
}

/// How many persons of one company are remembered: the one who failed longest ago goes first.
const PAIRS_KEPT: usize = 32;
/// How many tries of one person: more than any limit asks.
const TRIES_KEPT: usize = 16;

impl TriesOfPairs {
    /// Those of a person that still count.
    pub fn of(&self, person: Id, now_ms: u64) -> Vec<u64> {
        let pair = self.of.iter().find(|pair| pair.person == person);
        pair.map(|pair| pair.tried_ms.clone())
            .unwrap_or_default()
            .into_iter()
            .filter(|tried_ms| now_ms.saturating_sub(*tried_ms) < FAILURE_KEPT_MS)
            .collect()
    }

    /// Notes one more, and forgets what counts no more.
    pub fn add(&mut self, person: Id, now_ms: u64) {
        let mut tried_ms = self.of(person, now_ms);
        tried_ms.push(now_ms);
        tried_ms.drain(..tried_ms.len().saturating_sub(TRIES_KEPT));
        self.of.retain(|pair| {
            let newest = pair.tried_ms.last().is_some_and(|at| now_ms.saturating_sub(*at) < FAILURE_KEPT_MS);
            newest && pair.person != person
        });
        self.of.push(TriesOfPair { person, tried_ms });
        self.of.drain(..self.of.len().saturating_sub(PAIRS_KEPT));
    }

    /// Takes one back, that proved right or was never checked. Says whether others of that person are
    /// left.
    pub fn take_back(&mut self, person: Id, counted_ms: u64) -> bool {
        for pair in self.of.iter_mut().filter(|pair| pair.person == person) {
            if let Some(place) = pair.tried_ms.iter().rposition(|tried_ms| *tried_ms == counted_ms) {
                pair.tried_ms.remove(place);
            }
        }
        self.of.retain(|pair| !pair.tried_ms.is_empty());
        self.of.iter().any(|pair| pair.person == person)
    }
}

/// When something was done of which there may be so many within a day: messages to one address (S11),
/// applications at one terminal (T2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedTimes {
    /// The oldest first; those that no limit looks at any more are forgotten.
    pub at_ms: Vec<u64>,
}

/// For how long a time counts, in milliseconds: no limit looks further back.
pub const COUNTED_FOR_MS: u64 = 24 * 3_600_000;
/// Security notices are counted and never dropped, so a bound is needed beside the limits.
const TIMES_KEPT: usize = 32;

impl CountedTimes {
    /// Notes one more at this time, in milliseconds since 1970.
    pub fn add(&mut self, now_ms: u64) {
        self.at_ms.retain(|at_ms| now_ms.saturating_sub(*at_ms) < COUNTED_FOR_MS);
        self.at_ms.push(now_ms);
        let surplus = self.at_ms.len().saturating_sub(TIMES_KEPT);
        self.at_ms.drain(..surplus);
    }

    /// Takes one back that was counted and certainly not done.
    pub fn take_back(&mut self, counted_ms: u64) {
        if let Some(place) = self.at_ms.iter().rposition(|at_ms| *at_ms == counted_ms) {
            self.at_ms.remove(place);
        }
    }
}

/// How the visits of one day at one terminal went: numbers, and nothing of anybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitsOfDay {
    /// All of them.
    pub visits: u32,
    /// Those that ended with what the person came for.
    pub completed: u32,
    /// Those in which nothing was begun.
    pub only_looked: u32,
    /// How long all of them lasted together.
    pub seconds: u64,
    /// Where people gave up, and how many.
    pub abandoned: Vec<((Road, Stage), u32)>,
    /// Why people were refused, and how often.
    pub refused: Vec<(Outcome, u32)>,
}

impl VisitsOfDay {
    /// One more visit.
    pub fn add(&mut self, ending: VisitEnding, seconds: u64, refusals: &[Outcome]) {
        self.visits += 1;
        self.seconds += seconds;
        match ending {
            VisitEnding::Completed => self.completed += 1,
            VisitEnding::OnlyLooked => self.only_looked += 1,
            VisitEnding::Abandoned(road, stage) => count(&mut self.abandoned, (road, stage)),
        }
        refusals.iter().for_each(|refusal| count(&mut self.refused, *refusal));
    }
}

fn count<T: PartialEq>(counts: &mut Vec<(T, u32)>, what: T) {
    match counts.iter_mut().find(|(known, _)| *known == what) {
        Some((_, times)) => *times += 1,
        None => counts.push((what, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::limits::{APPLICATIONS_AT_TERMINAL, Budget, MESSAGES_PER_ADDRESS};

    #[test]
    fn a_terminal_counts_different_ruts_within_ten_minutes() {
        let mut tally = FailuresAtTerminal::default();
        assert_eq!(tally.count(Id([1; 16]), 0), 1);
        assert_eq!(tally.count(Id([1; 16]), 10), 1);
        assert_eq!(tally.count(Id([2; 16]), 20), 2);
        assert_eq!(tally.count(Id([3; 16]), TERMINAL_WINDOW_MS + 15), 2);
        (0..200).for_each(|n| _ = tally.count(Id([n; 16]), TERMINAL_WINDOW_MS + 16));
        assert_eq!(tally.failing.len(), FAILING_KEPT);
    }

    #[test]
    fn each_person_of_a_company_is_counted_apart() {
        let (ana, bruno) = (Id([1; 16]), Id([2; 16]));
        let mut tries = TriesOfPairs::default();
        [10, 20, 30].into_iter().for_each(|now_ms| tries.add(ana, now_ms));
        tries.add(bruno, 40);
        assert_eq!((tries.of(ana, 40), tries.of(bruno, 40)), (vec![10, 20, 30], vec![40]));
        assert!(tries.take_back(ana, 20) && !tries.take_back(bruno, 40));
        assert_eq!((tries.of(ana, 40), tries.of(bruno, 40)), (vec![10, 30], vec![]));
        assert_eq!(tries.of(ana, FAILURE_KEPT_MS + 10), [30]);
        // A day later the company has none of it, and many others push out who failed longest ago.
        tries.add(bruno, FAILURE_KEPT_MS + 31);
        assert_eq!(tries.of.len(), 1);
        (0..200).for_each(|n| tries.add(Id([n; 16]), FAILURE_KEPT_MS + 100 + u64::from(n)));
        assert_eq!(
            (tries.of.len(), tries.of.last().map(|pair| pair.person)),
            (PAIRS_KEPT, Some(Id([199; 16])))
        );
        (0..200).for_each(|n| tries.add(ana, FAILURE_KEPT_MS + 400 + n));
        assert_eq!(tries.of(ana, FAILURE_KEPT_MS + 600).len(), TRIES_KEPT);
    }

    #[test]
    fn messages_are_counted_taken_back_and_forgotten() {
        let mut tally = CountedTimes::default();
        [0, 10, 20].into_iter().for_each(|now_ms| tally.add(now_ms));
        tally.take_back(10);
        tally.take_back(11);
        assert_eq!(tally.at_ms, [0, 20]);
        tally.add(86_400_010);
        assert_eq!(tally.at_ms, [20, 86_400_010]);
    }

    #[test]
    fn a_time_counts_as_long_as_any_limit_looks_back() {
        let limits = MESSAGES_PER_ADDRESS.iter().chain(&APPLICATIONS_AT_TERMINAL);
        let limits = limits.chain(Budget::Strangers.limits());
        assert_eq!(limits.map(|(_, within_ms)| *within_ms).max(), Some(COUNTED_FOR_MS));
    }
}
