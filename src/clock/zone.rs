//! The office's time zone, which says when its day changes. It comes from the system's tables,
//! which system updates keep right, or from a written rule. Chile's zones are known without tables.

use std::str::FromStr;

use tz::TimeZone;

use crate::domain::time_of_day::TimeOfDay;

const DAY_SECONDS: i64 = 24 * 3600;

/// Chile's zones by the rules of 2026, for a system that has no tables.
const CHILE: [(&str, &str); 3] = [
    ("America/Santiago", "<-04>4<-03>,M9.1.6/24,M4.1.6/24"),
    ("America/Punta_Arenas", "<-03>3"),
    ("Pacific/Easter", "<-06>6<-05>,M9.1.6/22,M4.1.6/22"),
];

/// A time zone, parsed from a name such as `America/Santiago` or from a POSIX rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// Neither a zone of the system's tables nor a POSIX rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is no time zone that this system knows, as \"America/Santiago\" (Debian: apt install tzdata)")]
pub struct UnknownZone;

impl FromStr for Zone {
    type Err = UnknownZone;

    fn from_str(name: &str) -> Result<Self, UnknownZone> {
        let rule = CHILE.iter().find(|(known, _)| *known == name).map_or(name, |(_, rule)| rule);
        let zone = TimeZone::from_posix_tz(name).or_else(|_| TimeZone::from_posix_tz(rule));
        zone.map(Zone).map_err(|_| UnknownZone)
    }
}

impl Zone {
    /// For an office that sets no zone of its own.
    pub fn utc() -> Self {
        Zone(TimeZone::utc())
    }

    /// The number of the day at a time in milliseconds since 1970. It changes at the zone's
    /// midnight.
    pub fn day(&self, ms: u64) -> i64 {
        self.seconds(ms).div_euclid(DAY_SECONDS)
    }

    /// What clocks show there at a time in milliseconds since 1970.
    pub fn time_of_day(&self, ms: u64) -> TimeOfDay {
        TimeOfDay::of_seconds(self.seconds(ms))
    }

    /// Since 1970, as clocks there count them.
    fn seconds(&self, ms: u64) -> i64 {
        let seconds = i64::try_from(ms / 1000).unwrap_or(i64::MAX);
        let ahead_seconds = self.0.find_local_time_type(seconds).map_or(0, |local| local.ut_offset());
        seconds.saturating_add(i64::from(ahead_seconds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-22, 00:00 UTC.
    const SUMMER_SECONDS: u64 = 1_795_305_600;
    /// 2026-07-01, 00:00 UTC.
    const WINTER_SECONDS: u64 = 1_782_864_000;

    /// How many hours after UTC midnight the day changes there.
    fn changes(zone: &str, midnight_seconds: u64) -> u64 {
        let zone: Zone = zone.parse().expect("a zone");
        let day = |hour: u64| zone.day((midnight_seconds + hour * 3600) * 1000);
        assert_ne!(zone.day((midnight_seconds + 86_399) * 1000), zone.day(midnight_seconds * 1000 - 1000));
        (0..24).find(|hour| zone.day((midnight_seconds + hour * 3600) * 1000 - 1) < day(*hour)).expect("one")
    }

    #[test]
    fn the_day_changes_at_the_office_s_midnight() {
        for ((zone, rule), hours) in CHILE.into_iter().zip([(3, 4), (3, 3), (5, 6)]) {
            for written in [zone, rule] {
                let found = (changes(written, SUMMER_SECONDS), changes(written, WINTER_SECONDS));
                assert_eq!(found, hours, "{written}");
            }
        }
    }

    #[test]
    fn clocks_show_the_zone_s_time() {
        for ((zone, _), times) in
            CHILE.into_iter().zip([("21:00", "20:00"), ("21:00", "21:00"), ("19:00", "18:00")])
        {
            let zone: Zone = zone.parse().expect("a zone");
            let shown = |seconds: u64| zone.time_of_day(seconds * 1000).to_string();
            assert_eq!((shown(SUMMER_SECONDS).as_str(), shown(WINTER_SECONDS).as_str()), times);
        }
    }

    #[test]
    fn no_zone() {
        for text in ["Chile", "America/Nowhere", "UTC+3 or so"] {
            assert_eq!(text.parse::<Zone>(), Err(UnknownZone), "{text}");
        }
    }
}
