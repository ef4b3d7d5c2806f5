//! How long a visit may be left alone before its data is erased, and when the person is warned.

use std::time::{Duration, Instant};

use crate::flow::Engagement;
use crate::text::Msg;

/// Seconds left at which the countdown is drawn anew; between them nothing moves.
const COUNTDOWN_SECONDS: [u64; 3] = [60, 30, 10];

/// How long one state may last without a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdleLimit {
    /// From the last key to the wiping.
    pub after: Duration,
    /// The last part of it, in which the warning stands; shorter than `after`.
    pub warning: Duration,
}

/// The limit of each state, as the office sets them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdleLimits {
    /// Somebody is here, who typed nothing yet.
    pub nothing_typed: IdleLimit,
    /// Something was typed.
    pub data_typed: IdleLimit,
    /// A confirmation stands.
    pub confirmation: IdleLimit,
    /// The person looks for a code in their telephone, or for a file.
    pub waiting: IdleLimit,
    /// Staff at their desk, and their session beside a person (S18).
    pub staff: IdleLimit,
    /// F8 was pressed, or staff are there: so many times longer, with this warning.
    pub more_time_factor: u32,
    /// How long before the end it then warns.
    pub more_time_warning: Duration,
}

impl Default for IdleLimits {
    fn default() -> Self {
        let limit = |after, warning| IdleLimit {
            after: Duration::from_secs(after),
            warning: Duration::from_secs(warning),
        };
        IdleLimits {
            nothing_typed: limit(60, 20),
            data_typed: limit(120, 60),
            confirmation: limit(90, 30),
            waiting: limit(300, 60),
            staff: limit(300, 60),
            more_time_factor: 10,
            more_time_warning: Duration::from_secs(60),
        }
    }
}

/// The limit of one state, with what is left of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdleState {
    limit: Duration,
    warning: Duration,
}

impl IdleState {
    /// `more_time`: F8 was pressed, or staff are there.
    pub fn of(limits: &IdleLimits, engagement: Engagement, more_time: bool) -> Self {
        let IdleLimit { after, warning } = match engagement {
            Engagement::NothingTyped => limits.nothing_typed,
            Engagement::DataTyped => limits.data_typed,
            Engagement::Confirmation => limits.confirmation,
            Engagement::WaitingForPhone | Engagement::WaitingForFile => limits.waiting,
            Engagement::Staff => limits.staff,
        };
        if more_time && engagement != Engagement::Staff {
            IdleState { limit: after * limits.more_time_factor, warning: limits.more_time_warning }
        } else {
            IdleState { limit: after, warning }
        }
    }

    /// How long it may still be left alone.
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

/// What the warning says. Where nothing was typed, or all of it is done, nothing is lost.
pub fn warning(engagement: Engagement, seconds: u64) -> Msg {
    match engagement {
        Engagement::DataTyped | Engagement::WaitingForPhone | Engagement::WaitingForFile => {
            Msg::IdleWarning { seconds }
        }
        Engagement::NothingTyped | Engagement::Confirmation | Engagement::Staff => {
            Msg::IdleWarningPage { seconds }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every change of a page that nobody touches: seconds since the last touch, and what is said.
    fn changes(engagement: Engagement, more_time: bool) -> Vec<(u64, Option<u64>)> {
        changes_under(&IdleLimits::default(), engagement, more_time)
    }

    fn changes_under(
        limits: &IdleLimits,
        engagement: Engagement,
        more_time: bool,
    ) -> Vec<(u64, Option<u64>)> {
        let start = Instant::now();
        let idle = IdleState::of(limits, engagement, more_time);
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
        assert_eq!(changes(Engagement::Staff, true)[0], (240, Some(60)));
    }

    #[test]
    fn an_office_sets_its_own() {
        let short = IdleLimit { after: Duration::from_secs(20), warning: Duration::from_secs(5) };
        let limits = IdleLimits { confirmation: short, more_time_factor: 2, ..IdleLimits::default() };
        let of = |engagement, more_time| changes_under(&limits, engagement, more_time);
        assert_eq!(of(Engagement::Confirmation, false), [(15, Some(5)), (20, Some(0))]);
        assert_eq!(of(Engagement::DataTyped, true)[0], (180, Some(60)));
    }
}
