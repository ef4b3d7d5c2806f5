//! What is kept of the tries at one person (S10, T9): how many they have, and one more counted or taken
//! back, as part of the batch of whoever asks. Those of people at a terminal and those that nobody waits
//! for count alike.

use std::time::Duration;

use crate::domain::limits::{CARD_TRIES, FAILURE_KEPT_MS, LONGEST_SLOWING, tries_left, wait_after};
use crate::domain::office_time::ProtectionsTime;
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::effect::TriesLeft;
use crate::store::StoreError;
use crate::store::records::{Draft, Held, Records};
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

/// Where the tries at a person are kept, and as whose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// What is tried.
    pub check: PairCheck,
    /// Of the record.
    pub id: Id,
    /// The person in it.
    pub person: Id,
}

impl Place {
    /// Those at this person, who should represent the company.
    pub fn of(check: PairCheck, vault: &Vault, (company, person): (Rut, Rut)) -> Self {
        let purpose = check.kept_under();
        let under = match check {
            PairCheck::Representation => company,
            PairCheck::Card => person,
        };
        Place { check, id: vault.blind_rut(purpose, under), person: vault.blind_pair(purpose, under, person) }
    }
}

/// Whether other tries of a person's count still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// At least one does.
    Count,
    /// None does.
    None,
}

/// The tries at one person, as they were read.
#[derive(Clone, Debug)]
pub struct OfPerson {
    /// Where they are kept.
    pub place: Place,
    held: Option<Held<TriesOfPairs>>,
}

impl OfPerson {
    /// Those that are kept there.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read(records: &Records, place: Place) -> Result<Self, StoreError> {
        Ok(OfPerson { place, held: records.get::<TriesOfPairs>(place.id).await? })
    }

    /// One more try, and what is left if it fails.
    ///
    /// # Errors
    /// How long none may be made.
    pub fn counted(&self, draft: Draft, now: ProtectionsTime) -> Result<(Draft, TriesLeft), Duration> {
        let (Place { check, id, person }, now_ms) = (self.place, now.ms());
        let mut tries = self.held.as_ref().map(|held| held.value.clone()).unwrap_or_default();
        let until_ms = check.until_ms(&tries.of(person, now_ms));
        if !now.is_over(until_ms) {
            return Err(Duration::from_millis(until_ms - now_ms));
        }
        tries.add(person, now_ms);
        let tried_ms = tries.of(person, now_ms);
        let wait = Duration::from_millis(check.until_ms(&tried_ms).saturating_sub(now_ms));
        let left = TriesLeft::of(check.tries_left(tried_ms.len()), wait);
        let draft = draft.put_over(self.held.as_ref(), id, &tries, Some(now_ms + FAILURE_KEPT_MS));
        Ok((draft, left))
    }

    /// The try that was counted then counts no more.
    pub fn taken_back(&self, draft: Draft, counted: ProtectionsTime) -> (Draft, Others) {
        let Some(held) = &self.held else { return (draft, Others::None) };
        let mut tries = held.value.clone();
        let others = match tries.take_back(self.place.person, counted.ms()) {
            true => Others::Count,
            false => Others::None,
        };
        let draft = match tries.of.is_empty() {
            true => draft.remove(held),
            false => draft.replace(held, &tries, held.due_ms),
        };
        (draft, others)
    }
}

#[cfg(test)]
impl OfPerson {
    /// With these on record.
    pub fn for_test(place: Place, held: Held<TriesOfPairs>) -> Self {
        OfPerson { place, held: Some(held) }
    }
}
