//! The office's time, and the mark that it is reckoned from (S12, T12).

use super::reckoning::ClockMark;
use super::{Draft, Reckoned, Records};
use crate::audit::Entry;
use crate::domain::office_time::{OfficeTime, WallStanding};
use crate::domain::reference::Id;
use crate::store::StoreError;

pub(super) const CLOCK_MARK: Id = Id(*b"clock-mark\0\0\0\0\0\0");
/// How far the mark may lag behind, so that not every look at the clock is a write, in milliseconds.
const MARK_LAG_MS: u64 = 60_000;
/// How often the mark is read again when somebody else moved it.
const TRIES: usize = 5;

impl Records {
    /// What time it is for the office, for somebody who only looks: nothing is kept of it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn look_at_time(&self, wall_ms: u64) -> Result<OfficeTime, StoreError> {
        let Reckoned::ByMachine(boot) = &self.reckoned else { return self.time_of_store().await };
        // At the moment of the wall clock, however long the store takes.
        let boot = boot(wall_ms);
        let before = self.get::<ClockMark>(CLOCK_MARK).await?;
        let mark = before.map_or(ClockMark::at(wall_ms, boot), |held| held.value.reckon(wall_ms, boot));
        Ok(mark.time(wall_ms))
    }

    /// What time it is for the office (S12, T12), at this reading of the wall clock.
    pub async fn time(&self, wall_ms: u64) -> Result<OfficeTime, StoreError> {
        let Reckoned::ByMachine(boot) = &self.reckoned else { return self.time_of_store().await };
        // At the moment of the wall clock, however long the store takes.
        let boot = boot(wall_ms);
        let before = self.get::<ClockMark>(CLOCK_MARK).await?;
        let Some(before) = before else {
            let first = ClockMark::at(wall_ms, boot);
            let draft = self.draft(wall_ms).new_record(CLOCK_MARK, &first, None);
            return self.keep(draft).await.map(|()| first.time(wall_ms));
        };
        let next = before.value.reckon(wall_ms, boot);
        let time = next.time(wall_ms);
        if next.is_worth_keeping(&before.value, MARK_LAG_MS) {
            self.keep(self.draft(time.now_ms()).replace(&before, &next, None)).await?;
        }
        Ok(time)
    }

    async fn time_of_store(&self) -> Result<OfficeTime, StoreError> {
        let now_ms = self.store.get_many(&[]).await?.now_ms;
        Ok(OfficeTime::new(now_ms, now_ms, WallStanding::Agrees))
    }

    /// Somebody vouches for the wall clock (T12): from now on it is the time, with this row about it,
    /// which is told the time before. Also backwards, and then what was dated later stays so.
    ///
    /// # Errors
    /// When the store does not answer or can't save.
    pub async fn accept_clock(
        &self,
        wall_ms: u64,
        row: impl Fn(OfficeTime) -> Entry,
    ) -> Result<OfficeTime, StoreError> {
        let mut conflict = Err(StoreError::Unavailable("the mark of the clock changes all the time".into()));
        let Reckoned::ByMachine(boot) = &self.reckoned else {
            let says = "the time is the database's, and is set there";
            return Err(StoreError::Unavailable(says.into()));
        };
        let boot = boot(wall_ms);
        for _ in 0..TRIES {
            let before = self.time(wall_ms).await?;
            let held = self.get::<ClockMark>(CLOCK_MARK).await?;
            let mark = ClockMark::at(wall_ms, boot);
            let draft = self.draft(wall_ms).put_over(held.as_ref(), CLOCK_MARK, &mark, None);
            conflict = draft.audit(&row(before)).commit(self).await.map(|()| mark.time(wall_ms));
            match &conflict {
                Err(StoreError::Conflict(_)) => {}
                _ => return conflict,
            }
        }
        conflict
    }

    /// Somebody else may move the mark meanwhile, to about the same time.
    async fn keep(&self, draft: Draft) -> Result<(), StoreError> {
        match draft.commit(self).await {
            Ok(()) | Err(StoreError::Conflict(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }
}
