//! The wall clock. It is read in this one place and passed in everywhere else, so that tests own
//! theirs. Also detects clock changes (S12).

mod boot;
mod zone;

use std::sync::Arc;
use std::time::SystemTime;

use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Date, OffsetDateTime, PrimitiveDateTime};

pub use boot::{BootClock, BootMoment, like_the_wall, of_machine};
pub use zone::{UnknownZone, Zone};

use crate::domain::office_time::JUMP_MS;

/// Reads the time, in milliseconds since 1970, UTC.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// The machine's clock.
pub fn system() -> Clock {
    Arc::new(now_ms)
}

/// The time by the machine's clock, which may be wrong and may jump (S12).
#[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
pub fn now() -> SystemTime {
    SystemTime::now()
}

/// The time in milliseconds since 1970 (UTC); 0 if the clock stands before 1970.
pub fn now_ms() -> u64 {
    let since_1970 = now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since_1970.as_millis()).unwrap_or(u64::MAX)
}

/// A time in milliseconds since 1970 as part of a file's name: `20261122T101500Z`. Such names sort
/// by time.
pub fn stamp(ms: u64) -> String {
    written(ms, STAMP)
}

/// Reads [`stamp`] back, in milliseconds since 1970; `None` if it is none.
pub fn read_stamp(stamp: &str) -> Option<u64> {
    let time = PrimitiveDateTime::parse(stamp, STAMP).ok()?.assume_utc().unix_timestamp();
    u64::try_from(time).ok().map(|seconds| seconds * 1000)
}

/// A time in milliseconds since 1970, for operators: `2026-11-22T10:15:00Z`.
pub fn utc(ms: u64) -> String {
    written(ms, UTC)
}

/// Chile is three or four hours behind UTC. The larger is taken, so that a day never ends early.
const BEHIND_UTC_MS: u64 = 4 * 3_600_000;

/// The day in Chile at a time in milliseconds since 1970; in summer it changes an hour late.
pub fn day_in_chile(ms: u64) -> Option<Date> {
    let seconds = i64::try_from(ms.saturating_sub(BEHIND_UTC_MS) / 1000).ok()?;
    OffsetDateTime::from_unix_timestamp(seconds).ok().map(OffsetDateTime::date)
}

/// That day as Chile writes it: `22-11-2026`.
pub fn written_day_in_chile(ms: u64) -> String {
    day_in_chile(ms).and_then(|day| day.format(DAY).ok()).unwrap_or_else(|| ms.to_string())
}

/// The day of this number since 1970 as Chile writes it: `22-11-2026`.
pub fn day_written(day: i64) -> String {
    date_of(day).and_then(|date| date.format(DAY).ok()).unwrap_or_else(|| day.to_string())
}

/// The same for operators, so that days sort: `2026-11-22`.
pub fn day_sortable(day: i64) -> String {
    date_of(day).and_then(|date| date.format(SORTABLE_DAY).ok()).unwrap_or_else(|| day.to_string())
}

/// Reads [`day_sortable`] back: days since 1970; `None` if the calendar has no such day.
pub fn read_day(text: &str) -> Option<i64> {
    let date = Date::parse(text, SORTABLE_DAY).ok()?;
    Some(i64::from(date.to_julian_day() - FIRST_JULIAN_DAY))
}

/// The Julian day of 1 January 1970.
const FIRST_JULIAN_DAY: i32 = 2_440_588;

fn date_of(day: i64) -> Option<Date> {
    Date::from_julian_day(i32::try_from(day).ok()?.checked_add(FIRST_JULIAN_DAY)?).ok()
}

type Format = &'static [BorrowedFormatItem<'static>];

const STAMP: Format = format_description!("[year][month][day]T[hour][minute][second]Z");
const DAY: Format = format_description!("[day]-[month]-[year]");
const SORTABLE_DAY: Format = format_description!("[year]-[month]-[day]");
const UTC: Format = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");

fn written(ms: u64, format: Format) -> String {
    let seconds = i64::try_from(ms / 1000).unwrap_or(i64::MAX);
    let time = OffsetDateTime::from_unix_timestamp(seconds).ok();
    time.and_then(|time| time.format(format).ok()).unwrap_or_else(|| ms.to_string())
}

/// Compares the wall clock with a monotonic one, which nobody can set.
#[derive(Clone, Copy, Debug, Default)]
pub struct JumpWatch {
    last: Option<(u64, u64)>,
    was_behind: bool,
}

impl JumpWatch {
    /// Whether the wall clock jumped since the last call: it moved by over 5 minutes more or less
    /// than the steady clock, or it is newly `behind` the latest time that the store has seen. Both
    /// clocks in milliseconds.
    pub fn jumped(&mut self, wall_ms: u64, steady_ms: u64, behind: bool) -> bool {
        let last = self.last.replace((wall_ms, steady_ms));
        let was_behind = std::mem::replace(&mut self.was_behind, behind);
        let drifted = last.is_some_and(|(last_wall_ms, last_steady_ms)| {
            let should_be_ms = last_wall_ms.saturating_add(steady_ms.saturating_sub(last_steady_ms));
            wall_ms.abs_diff(should_be_ms) > JUMP_MS
        });
        drifted || behind && !was_behind
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_names_and_for_operators() {
        assert_eq!(utc(1_795_348_800_123), "2026-11-22T12:00:00Z");
        assert_eq!(stamp(1_795_348_800_123), "20261122T120000Z");
        assert_eq!(read_stamp("20261122T120000Z"), Some(1_795_348_800_000));
        assert_eq!(read_stamp("yesterday"), None);
        assert_eq!(day_written(20_779), "22-11-2026");
        assert_eq!((day_sortable(20_779).as_str(), read_day("2026-11-22")), ("2026-11-22", Some(20_779)));
        assert_eq!(read_day("2026-02-30"), None);
        assert_eq!(written_day_in_chile(1_795_348_800_123), "22-11-2026");
        assert_eq!(written_day_in_chile(1_795_348_800_123 - 10 * 3_600_000), "21-11-2026");
    }

    #[test]
    fn jumps_in_both_directions_are_noticed_once() {
        let mut watch = JumpWatch::default();
        let hour = 3_600_000;
        assert!(!watch.jumped(10 * hour, 0, false));
        assert!(!watch.jumped(11 * hour, hour, false));
        assert!(!watch.jumped(11 * hour + JUMP_MS, hour, false));
        assert!(watch.jumped(13 * hour, hour, false));
        assert!(!watch.jumped(13 * hour, hour, false));
        assert!(watch.jumped(9 * hour, hour, true));
        assert!(!watch.jumped(10 * hour, 2 * hour, true));
        assert!(JumpWatch::default().jumped(hour, 0, true));
    }
}
