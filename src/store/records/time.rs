//! The office's time, and the mark that it is reckoned from (S12, T12).

use super::reckoning::ClockMark;
use super::{Draft, Held, Reckoned, Record as _, Records};
use crate::audit::Entry;
use crate::clock::BootMoment;
use crate::domain::office_time::OfficeTime;
use crate::domain::reference::{Id, Ref};
use crate::store::StoreError;

pub(super) const CLOCK_MARK: Id = Id(*b"clock-mark\0\0\0\0\0\0");
/// How far the mark may lag behind, so that not every look at the clock is a write, in milliseconds.
const MARK_LAG_MS: u64 = 60_000;
/// How often the mark is read again when somebody else moved it.
const TRIES: usize = 5;

/// Both clocks at one moment, and the mark.
struct Reading {
    /// The mark as it is kept.
    kept: Option<Held<ClockMark>>,
    /// What time passes from; none before the first mark.
    from: Option<ClockMark>,
    wall_ms: u64,
    boot: BootMoment,
}

impl Reading {
    /// The mark at this moment.
    fn mark(&self) -> ClockMark {
        let first = || ClockMark::at(self.wall_ms, self.boot);
        self.from.as_ref().map_or_else(first, |from| from.reckon(self.wall_ms, self.boot))
    }
}

impl Records {
    /// The wall clock that counts: this machine's, which says `machine_ms`, or that of the store that many
    /// machines share. In milliseconds since 1970.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn wall_ms(&self, machine_ms: u64) -> Result<u64, StoreError> {
        match &self.reckoned {
            Reckoned::ByMachine(_) => Ok(machine_ms),
            Reckoned::ByStore { .. } => Ok(self.store.get_many(&[]).await?.now_ms),
        }
    }

    /// What time it is for the office, for somebody who only looks: nothing is kept of it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn look_at_time(&self, machine_ms: u64) -> Result<OfficeTime, StoreError> {
        let reading = self.read_clocks(machine_ms).await?;
        Ok(reading.mark().time(reading.wall_ms))
    }

    /// What time it is for the office (S12, T12), at this reading of the machine's wall clock.
    ///
    /// # Errors
    /// When the store does not answer or can't save.
    pub async fn time(&self, machine_ms: u64) -> Result<OfficeTime, StoreError> {
        let reading = self.read_clocks(machine_ms).await?;
        let next = reading.mark();
        let time = next.time(reading.wall_ms);
        let mark = self.as_kept(next.clone());
        match &reading.kept {
            None => self.keep(self.draft(reading.wall_ms).new_record(CLOCK_MARK, &mark, None)).await?,
            Some(kept) if mark.is_worth_keeping(&kept.value, MARK_LAG_MS) => {
                self.keep(self.draft(time.now_ms()).replace(kept, &mark, None)).await?;
            }
            Some(_) => {}
        }
        if let Reckoned::ByStore { seen, .. } = &self.reckoned {
            seen.note(reading.kept.as_ref().map_or(&mark, |kept| &kept.value), &next, reading.boot);
        }
        Ok(time)
    }

    async fn read_clocks(&self, machine_ms: u64) -> Result<Reading, StoreError> {
        match &self.reckoned {
            Reckoned::ByMachine(boot) => {
                // At the moment of the wall clock, however long the store takes.
                let boot = boot(machine_ms);
                let kept = self.get::<ClockMark>(CLOCK_MARK).await?;
                let from = kept.as_ref().map(|kept| kept.value.clone());
                Ok(Reading { kept, from, wall_ms: machine_ms, boot })
            }
            Reckoned::ByStore { boot, seen } => {
                let boot = boot(machine_ms);
                let at = Ref { kind: ClockMark::KIND, id: CLOCK_MARK };
                let answered = self.store.get_many(&[at]).await?;
                let read = answered.records.into_iter().next().flatten();
                let kept = read.map(|read| self.open::<ClockMark>(at, &read)).transpose()?;
                let from = kept.as_ref().map(|kept| seen.beside(&kept.value, boot));
                Ok(Reading { kept, from, wall_ms: answered.now_ms, boot })
            }
        }
    }

    /// The mark as it is kept.
    fn as_kept(&self, mark: ClockMark) -> ClockMark {
        match &self.reckoned {
            Reckoned::ByMachine(_) => mark,
            Reckoned::ByStore { .. } => mark.of_no_boot(),
        }
    }

    /// Somebody vouches for the wall clock (T12): from now on it is the time, with this row about it,
    /// which is told the time before and what the wall clock says. Also backwards, and then what was dated
    /// later stays so.
    ///
    /// # Errors
    /// When the store does not answer or can't save.
    pub async fn accept_clock(
        &self,
        machine_ms: u64,
        row: impl Fn(OfficeTime, u64) -> Entry,
    ) -> Result<OfficeTime, StoreError> {
        let mut conflict = Err(StoreError::Unavailable("the mark of the clock changes all the time".into()));
        for _ in 0..TRIES {
            let Reading { kept, from, wall_ms, boot } = self.read_clocks(machine_ms).await?;
            let accepted = ClockMark::at(wall_ms, boot);
            let before = from.map_or_else(|| accepted.clone(), |from| from.reckon(wall_ms, boot));
            let mark = self.as_kept(accepted.clone());
            let draft = self.draft(wall_ms).put_over(kept.as_ref(), CLOCK_MARK, &mark, None);
            let draft = draft.audit(&row(before.time(wall_ms), wall_ms));
            conflict = draft.commit(self).await.map(|()| accepted.time(wall_ms));
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
