//! Tries at the number of a card that nobody waits for: it is asked later, and no terminal's lock has part
//! in it. They count together with those at a terminal (S10, T9).

use super::kept_tries::{OfPerson, PairCheck, Place};
use super::means::ROUNDS;
use crate::domain::office_time::OfficeTime;
use crate::domain::rut::Rut;
use crate::store::StoreError;
use crate::store::records::{Draft, Records};

/// Whether a try may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// It is counted.
    Counted,
    /// Its holder has no try left today: none was counted.
    NoTryLeft,
}

/// Counts tries at the card of one person.
#[derive(Clone, Copy)]
pub struct CardTries<'a> {
    records: &'a Records,
    place: Place,
}

impl<'a> CardTries<'a> {
    /// At this holder's card, whichever company it is shown for.
    pub fn of(records: &'a Records, holder: Rut) -> Self {
        CardTries { records, place: Place::of(PairCheck::Card, records.vault(), (holder, holder)) }
    }

    /// Counts a try, durably, before the register is asked.
    ///
    /// # Errors
    /// When the store does not answer or can't save.
    pub async fn count(&self, time: OfficeTime) -> Result<Counting, StoreError> {
        self.settle(time, |tries, draft| match tries.counted(draft, time.protections()) {
            Ok((draft, _)) => (draft, Counting::Counted),
            Err(_) => (self.records.draft(time.now_ms()), Counting::NoTryLeft),
        })
        .await
    }

    /// The try that was counted at this time was no wrong one: it counts no more.
    ///
    /// # Errors
    /// When the store does not answer or can't save.
    pub async fn take_back(&self, time: OfficeTime) -> Result<(), StoreError> {
        self.settle(time, |tries, draft| (tries.taken_back(draft, time.protections()).0, ())).await
    }

    /// Reads and decides, and again when somebody else was faster.
    async fn settle<T>(
        &self,
        time: OfficeTime,
        decide: impl Fn(&OfPerson, Draft) -> (Draft, T),
    ) -> Result<T, StoreError> {
        for _ in 0..ROUNDS {
            let tries = OfPerson::read(self.records, self.place).await?;
            let (draft, answer) = decide(&tries, self.records.draft(time.now_ms()));
            if draft.writes().is_empty() {
                return Ok(answer);
            }
            match draft.commit(self.records).await {
                Err(StoreError::Conflict(_)) => {}
                ended => return ended.map(|()| answer),
            }
        }
        Err(StoreError::Unavailable("the tries at a card changed at every round".into()))
    }
}
