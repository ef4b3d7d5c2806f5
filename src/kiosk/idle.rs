//! How long a visit may be left alone before its data is erased, and when the person is warned.

use std::time::{Duration, Instant};

use crate::flow::Engagement;

/// Seconds left at which the countdown is drawn anew; between them nothing moves.
const COUNTDOWN_SECONDS: [u64; 3] = [60, 30, 10];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Idle {
    limit: Duration,
    warning: Duration,
}

impl Idle {
    /// `more_time`: F8 was pressed, or staff are there.
    pub fn of(engagement: Engagement, more_time: bool) -> Self {
        let (limit, warning) = match engagement {
            Engagement::NothingTyped => (60, 20),
            Engagement::DataTyped => (120, 60),
            Engagement::Confirmation => (90, 30),
            Engagement::WaitingForPhone => (300, 60),
        };
        if more_time {
            Idle { limit: Duration::from_secs(limit * 10), warning: Duration::from_secs(60) }
        } else {
            Idle { limit: Duration::from_secs(limit), warning: Duration::from_secs(warning) }
        }
    }

    pub fn left(self, last_touch: Instant, now: Instant) -> Duration {
        self.limit.saturating_sub(now.saturating_duration_since(last_touch))
    }

    /// The seconds left, rounded up, once they are few enough to warn.
    pub fn warning_seconds(self, last_touch: Instant, now: Instant) -> Option<u64> {
        let left = self.left(last_touch, now);
        (left <= self.warning).then(|| left.as_millis().div_ceil(1000) as u64)
    }

    /// When the page next changes by itself: the warning, its countdown, the end.
    pub fn next_change(self, last_touch: Instant, now: Instant) -> Instant {
        let left = self.left(last_touch, now);
        let end = last_touch + self.limit;
        if left > self.warning {
            return end - self.warning;
        }
        let steps =
            COUNTDOWN_SECONDS.map(Duration::from_secs).into_iter().filter(|step| *step < self.warning);
        end - steps.into_iter().find(|step| *step < left).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every change of a page that nobody touches: seconds since the last touch, and what is said.
    fn changes(engagement: Engagement, more_time: bool) -> Vec<(u64, Option<u64>)> {
        let start = Instant::now();
        let idle = Idle::of(engagement, more_time);
        let mut now = start;
        let mut seen = Vec::new();
        while !idle.left(start, now).is_zero() {
            now = idle.next_change(start, now);
            seen.push(((now - start).as_secs(), idle.warning_seconds(start, now)));
        }
        seen
    }

    #[test]
    fn the_table_of_limits() {
        assert_eq!(changes(Engagement::NothingTyped, false), [(40, Some(20)), (50, Some(10)), (60, Some(0))]);
        assert_eq!(
            changes(Engagement::DataTyped, false),
            [(60, Some(60)), (90, Some(30)), (110, Some(10)), (120, Some(0))]
        );
        assert_eq!(changes(Engagement::Confirmation, false), [(60, Some(30)), (80, Some(10)), (90, Some(0))]);
        assert_eq!(changes(Engagement::WaitingForPhone, false)[0], (240, Some(60)));
        assert_eq!(changes(Engagement::DataTyped, true)[0], (1140, Some(60)));
    }
}
