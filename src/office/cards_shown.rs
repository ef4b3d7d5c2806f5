//! Whose cards were found right in this visit: nobody confirms to themselves that they saw their own
//! card (S19). Forgotten with the visit.

use std::sync::{Mutex, PoisonError};

use crate::domain::rut::Rut;

/// How many of one visit are remembered: more than anybody shows.
const CARDS_KEPT: usize = 32;

/// The holders, the latest last.
#[derive(Debug, Default)]
pub struct CardsShown(Mutex<Vec<Rut>>);

impl CardsShown {
    /// A register found this person's card right.
    pub fn note(&self, holder: Rut) {
        self.with(|holders| {
            holders.push(holder);
            let surplus = holders.len().saturating_sub(CARDS_KEPT);
            holders.drain(..surplus);
        });
    }

    /// All of them.
    pub fn holders(&self) -> Vec<Rut> {
        self.with(|holders| holders.clone())
    }

    /// Forgets all of them: the visit is over.
    pub fn forget(&self) {
        self.with(Vec::clear);
    }

    fn with<T>(&self, work: impl FnOnce(&mut Vec<Rut>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
