//! The time to reckon with, which never goes back, whatever the clock does (S12).

use serde::{Deserialize, Serialize};

use super::Records;
use crate::clock::JUMP_MS;
use crate::domain::reference::Id;
use crate::store::StoreError;

/// The latest time ever seen (S12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockMark {
    pub(super) latest_ms: u64,
}

pub(super) const CLOCK_MARK: Id = Id(*b"clock-mark\0\0\0\0\0\0");
/// How far the mark may lag behind, so that not every look at the clock is a write.
const MARK_LAG_MS: u64 = 60_000;

/// The time for everything that a limit or a life depends on (S12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// The later of the clock and the latest time ever seen, in milliseconds since 1970.
    pub now_ms: u64,
    /// How far the clock stands behind the latest time ever seen, if over 5 minutes.
    pub behind_ms: Option<u64>,
}

impl Records {
    /// The time to reckon with (S12), for this reading of the wall clock.
    pub async fn time(&self, wall_ms: u64) -> Result<Time, StoreError> {
        let mark = self.get::<ClockMark>(CLOCK_MARK).await?;
        let now_ms = self.reckon(wall_ms, mark.as_ref().map_or(0, |mark| mark.value.latest_ms));
        let now = ClockMark { latest_ms: now_ms };
        let written = match &mark {
            None => self.draft(now_ms).new_record(CLOCK_MARK, &now, None).commit(self).await,
            Some(mark) if now_ms >= mark.value.latest_ms + MARK_LAG_MS => {
                self.draft(now_ms).replace(mark, &now, None).commit(self).await
            }
            Some(_) => Ok(()),
        };
        match written {
            // Somebody else moved it meanwhile, to about the same time.
            Ok(()) | Err(StoreError::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
        let behind_ms = now_ms - wall_ms;
        Ok(Time { now_ms, behind_ms: (behind_ms > JUMP_MS).then_some(behind_ms) })
    }

    /// Never before the mark, and never standing still.
    fn reckon(&self, wall_ms: u64, mark_ms: u64) -> u64 {
        let mut behind = self.behind.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (then_wall_ms, then_ms) = behind.unwrap_or((wall_ms, mark_ms));
        let now_ms = wall_ms.max(mark_ms).max(then_ms + wall_ms.saturating_sub(then_wall_ms));
        if now_ms == wall_ms {
            *behind = None;
        } else if behind.is_none() || wall_ms < then_wall_ms {
            *behind = Some((wall_ms, now_ms));
        }
        now_ms
    }
}
