//! A time as a clock on the wall of the office shows it.

use std::fmt;

/// Hours and minutes in the office's zone; shown as `14:05`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeOfDay {
    hour: u8,
    minute: u8,
}

impl TimeOfDay {
    /// So many seconds after midnight; whole days are left out.
    pub fn of_seconds(seconds: i64) -> Self {
        let minutes = seconds.div_euclid(60).rem_euclid(24 * 60);
        let part = |number: i64| u8::try_from(number).unwrap_or_default();
        TimeOfDay { hour: part(minutes / 60), minute: part(minutes % 60) }
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_written_as_a_clock_shows_it() {
        let written = [0, 59, 60, 9 * 3600 + 5 * 60, 86_399, 86_400 + 61, -60]
            .map(|seconds| TimeOfDay::of_seconds(seconds).to_string());
        assert_eq!(written, ["00:00", "00:00", "00:01", "09:05", "23:59", "00:01", "23:59"]);
    }
}
