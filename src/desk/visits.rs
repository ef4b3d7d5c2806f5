//! The visit as the desk saw it: why it was refused, for staff beside the person, and how it went,
//! for the day's figures. The figures name nobody; the refusals are forgotten with the visit.

use std::time::Duration;

use super::{Answer, Desk, ROUNDS};
use crate::domain::deed::Outcome;
use crate::domain::reference::Id;
use crate::domain::visits::Ending;
use crate::effect::{Figures, Reply, StaffReply, StaffSession};
use crate::office::means::CommitBy;
use crate::store::StoreError;
use crate::store::tallies::VisitsOfDay;
use crate::vault::Blind;

const DAY_MS: u64 = 24 * 3_600_000;
/// How long a day's figures are kept.
const FIGURES_KEPT_MS: u64 = 400 * DAY_MS;

impl Desk {
    pub(super) async fn end_visit(
        &self,
        ending: Option<Ending>,
        lasted: Duration,
        session: Option<Box<StaffSession>>,
    ) -> Answer {
        // Before anything that the store could keep waiting, and whoever laid it out: a session that
        // another took the place of ends with the visit too.
        let signed_out = match session {
            Some(session) => self.sign_out(&session).await,
            None => Ok(Reply::Staff(StaffReply::Done)),
        };
        self.end_all_views().await;
        let now_ms = self.means.now_ms().await?;
        let seen = self.means.refusals.of_visit(now_ms, lasted);
        self.means.refusals.forget();
        signed_out?;
        if let Some(ending) = ending {
            let refusals: Vec<Outcome> = seen.iter().map(|refusal| refusal.outcome).collect();
            self.tally(now_ms, ending, lasted, &refusals).await?;
        }
        Ok(Reply::Staff(StaffReply::Done))
    }

    async fn tally(
        &self,
        now_ms: u64,
        ending: Ending,
        lasted: Duration,
        refusals: &[Outcome],
    ) -> Result<(), StoreError> {
        let id = self.day(now_ms);
        for _ in 0..ROUNDS {
            let held = self.means.records.get::<VisitsOfDay>(id).await?;
            let mut day = held.as_ref().map(|held| held.value.clone()).unwrap_or_default();
            day.add(ending, lasted.as_secs(), refusals);
            let due_ms = Some(now_ms + FIGURES_KEPT_MS);
            match self
                .means
                .records
                .draft(now_ms)
                .put_over(held.as_ref(), id, &day, due_ms)
                .commit_by(&self.means)
                .await
            {
                Err(StoreError::Conflict(_)) => {}
                result => return result,
            }
        }
        Err(StoreError::Unavailable("the figures are too busy".into()))
    }

    /// The office's own days.
    fn day(&self, now_ms: u64) -> Id {
        let day = format!("{}\0{}", self.means.settings.terminal, self.means.settings.zone.day(now_ms));
        self.means.vault().blind(Blind::VisitsOfDay, day.as_bytes())
    }

    pub(super) async fn see_figures(&self, now_ms: u64) -> Answer {
        let held = self.means.records.get::<VisitsOfDay>(self.day(now_ms)).await?;
        let VisitsOfDay { visits, completed, only_looked, seconds, mut abandoned, mut refused } =
            held.map(|held| held.value).unwrap_or_default();
        abandoned.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
        refused.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
        let figures = Figures {
            visits,
            completed,
            only_looked,
            average_minutes: average_minutes(seconds, visits),
            abandoned: abandoned.into_iter().map(|((road, stage), times)| (road, stage, times)).collect(),
            refused,
        };
        Ok(Reply::Staff(StaffReply::FiguresSeen(Box::new(figures))))
    }
}

/// Rounded to the nearest.
fn average_minutes(seconds: u64, visits: u32) -> u32 {
    let whole = u64::from(visits.max(1)) * 60;
    u32::try_from((seconds + whole / 2) / whole).unwrap_or(u32::MAX)
}
