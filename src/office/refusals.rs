//! Why this visit was refused, for the staff beside the person. Forgotten with the visit.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::audit::Actor;
use crate::domain::deed::{Action, Outcome};
use crate::domain::found::Found;
use crate::store::records::{Draft, Write};

/// How many refusals of one visit are remembered.
const REFUSALS_KEPT: usize = 64;

/// Something that did not pass, as it is on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefusalSeen {
    at_ms: u64,
    /// What was tried.
    pub action: Action,
    /// How it ended.
    pub outcome: Outcome,
}

/// The refusals of this terminal's visit, the oldest first.
#[derive(Debug, Default)]
pub struct Refusals(Mutex<Vec<RefusalSeen>>);

impl Refusals {
    /// Notes every row of the draft that says of somebody's company that it did not pass.
    pub fn remember(&self, draft: &Draft) {
        let rows = draft.writes().iter().filter_map(|write| match write {
            Write::Audit(entry) => Some(entry),
            _ => None,
        });
        let seen = rows
            .filter(|row| row.actor == Actor::Person && row.subject.is_some() && is_refusal(row.outcome))
            .map(|row| RefusalSeen { at_ms: row.at_ms, action: row.action, outcome: row.outcome });
        self.with(|refusals| {
            refusals.extend(seen);
            let surplus = refusals.len().saturating_sub(REFUSALS_KEPT);
            refusals.drain(..surplus);
        });
    }

    /// Those of the visit that began so long ago: a slow answer to somebody before is not among
    /// them.
    pub fn of_visit(&self, now_ms: u64, visit: Duration) -> Vec<RefusalSeen> {
        let begun_ms = now_ms.saturating_sub(u64::try_from(visit.as_millis()).unwrap_or(u64::MAX));
        self.with(|refusals| refusals.iter().filter(|refusal| refusal.at_ms >= begun_ms).copied().collect())
    }

    /// Whether a register gave no answer in this visit.
    pub fn register_was_down(&self, now_ms: u64, visit: Duration) -> bool {
        let down = [Outcome::Found(Found::SiiDown), Outcome::Found(Found::RegistroCivilDown)];
        self.of_visit(now_ms, visit).iter().any(|refusal| down.contains(&refusal.outcome))
    }

    /// Forgets all of them: the visit is over.
    pub fn forget(&self) {
        self.with(Vec::clear);
    }

    fn with<T>(&self, work: impl FnOnce(&mut Vec<RefusalSeen>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn is_refusal(outcome: Outcome) -> bool {
    match outcome {
        Outcome::Wrong | Outcome::NoAccount | Outcome::MustWait | Outcome::TerminalLocked | Outcome::Dead => {
            true
        }
        Outcome::Found(found) => !matches!(
            found,
            Found::CompanyOpen | Found::RepresentativeCurrent | Found::CardMatches | Found::CardExtended
        ),
        _ => false,
    }
}
