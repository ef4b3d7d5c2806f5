//! How the visits of a day went: figures that name nobody. A day begins at the office's midnight.

use std::time::Duration;

use super::drawn::Drawn;
use super::means::{Decision, Means};
use super::trouble::Trouble;
use crate::clock;
use crate::domain::clean::Clean;
use crate::domain::deed::Outcome;
use crate::domain::office_time::OfficeTime;
use crate::domain::reference::Id;
use crate::domain::visits::VisitEnding;
use crate::effect::{FIGURES_KEPT_DAYS, Figures};
use crate::store::StoreError;
use crate::store::records::{Held, Records};
use crate::store::tallies::VisitsOfDay;
use crate::vault::Blind;

const DAY_MS: u64 = 24 * 3_600_000;
const FIGURES_KEPT_MS: u64 = FIGURES_KEPT_DAYS as u64 * DAY_MS;

/// Counts visits at this terminal.
#[derive(Clone, Copy)]
pub struct Visits<'a> {
    means: &'a Means,
}

impl<'a> Visits<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        Visits { means }
    }

    /// One more visit is over.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn add(&self, time: OfficeTime, visit: &Visited) -> Result<(), Trouble> {
        let (means, drawn) = (self.means, Drawn::at(time, self.means.vault()));
        let id = self.day(drawn.now_ms);
        means
            .settle(
                || async { Ok(means.records.get::<VisitsOfDay>(id).await?) },
                |held| Ok(decide_add(held.as_ref(), id, visit, &drawn)),
            )
            .await
    }

    /// How the visits went so many days before today.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn figures(&self, now_ms: u64, days_ago: u16) -> Result<Figures, StoreError> {
        let settings = &self.means.settings;
        let day = settings.zone.day(now_ms) - i64::from(days_ago);
        let figures = figures_of(&self.means.records, &settings.terminal, day).await?;
        Ok(Figures { days_ago, ..figures })
    }

    fn day(&self, now_ms: u64) -> Id {
        let settings = &self.means.settings;
        place(&self.means.records, &settings.terminal, settings.zone.day(now_ms))
    }
}

/// How the visits of a day at this terminal went. The day is counted from 1970, by the office's zone.
///
/// # Errors
/// When the store does not answer.
pub async fn figures_of(records: &Records, terminal: &Clean, day: i64) -> Result<Figures, StoreError> {
    let held = records.get::<VisitsOfDay>(place(records, terminal, day)).await?;
    let VisitsOfDay { visits, completed, only_looked, seconds, mut abandoned, mut refused } =
        held.map(|held| held.value).unwrap_or_default();
    abandoned.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    refused.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    Ok(Figures {
        day: Clean::from(clock::day_written(day)),
        days_ago: 0,
        visits,
        completed,
        only_looked,
        average_minutes: average_minutes(seconds, visits),
        abandoned: abandoned.into_iter().map(|((road, stage), times)| (road, stage, times)).collect(),
        refused,
    })
}

fn place(records: &Records, terminal: &Clean, day: i64) -> Id {
    records.vault().blind(Blind::VisitsOfDay, format!("{terminal}\0{day}").as_bytes())
}

/// A visit that is over.
pub struct Visited {
    /// How it ended.
    pub ending: VisitEnding,
    /// From the first key on.
    pub lasted: Duration,
    /// What did not pass in it.
    pub refusals: Vec<Outcome>,
}

fn decide_add(held: Option<&Held<VisitsOfDay>>, id: Id, visit: &Visited, drawn: &Drawn) -> Decision<()> {
    let mut day = held.map(|held| held.value.clone()).unwrap_or_default();
    day.add(visit.ending, visit.lasted.as_secs(), &visit.refusals);
    let due_ms = Some(drawn.now_ms + FIGURES_KEPT_MS);
    Decision { draft: drawn.draft().put_over(held, id, &day, due_ms), answer: () }
}

/// Rounded to the nearest.
fn average_minutes(seconds: u64, visits: u32) -> u32 {
    let whole = u64::from(visits.max(1)) * 60;
    u32::try_from((seconds + whole / 2) / whole).unwrap_or(u32::MAX)
}
