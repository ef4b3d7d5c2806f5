//! How long a RUT waits after failed tries (S10), and how many messages an address gets (S11).
//! Pure policy: who counts and when is the desk's.

use std::time::Duration;

/// From this many failures on only staff, or a day, help.
pub const FAILURES_TO_BLOCK: u32 = 10;

/// The wait after so many failures in a row.
pub fn wait_after(failures: u32) -> Duration {
    Duration::from_secs(match failures {
        0..=2 => 0,
        3 => 5,
        4 => 15,
        5 => 60,
        6 => 5 * 60,
        7 => 15 * 60,
        8 | 9 => 60 * 60,
        _ => 24 * 60 * 60,
    })
}

/// How long a failure counts: as long as the longest wait, in milliseconds.
pub const FAILURE_KEPT_MS: u64 = 24 * 3_600_000;

/// Tries left before a day's block, as the person is told.
pub fn tries_left(failures: u32) -> u32 {
    FAILURES_TO_BLOCK.saturating_sub(failures)
}

/// At most so many messages to one address within so many milliseconds.
pub const MESSAGES_PER_ADDRESS: [(usize, u64); 3] = [(1, 60_000), (3, 3_600_000), (5, 86_400_000)];

/// Whether one more message may go to an address that got messages at these times
/// (milliseconds since 1970).
pub fn may_send(sent_ms: &[u64], now_ms: u64) -> bool {
    MESSAGES_PER_ADDRESS.iter().all(|(most, within_ms)| {
        sent_ms.iter().filter(|sent| now_ms.saturating_sub(**sent) < *within_ms).count() < *most
    })
}

/// Failing RUTs at one terminal within [`TERMINAL_WINDOW_MS`]: from the first on staff are told,
/// from the second on a staff PIN is needed.
pub const TERMINAL_FAILURES_TO_NOTICE: usize = 10;
pub const TERMINAL_FAILURES_TO_LOCK: usize = 20;
pub const TERMINAL_WINDOW_MS: u64 = 600_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow() {
        let waits: Vec<u64> = (0..=11).map(|failures| wait_after(failures).as_secs()).collect();
        assert_eq!(waits, [0, 0, 0, 5, 15, 60, 300, 900, 3600, 3600, 86400, 86400]);
        assert_eq!(wait_after(FAILURES_TO_BLOCK).as_millis(), u128::from(FAILURE_KEPT_MS));
        assert_eq!((tries_left(0), tries_left(6), tries_left(10), tries_left(30)), (10, 4, 0, 0));
    }

    #[test]
    fn one_a_minute_three_an_hour_five_a_day() {
        let minute = 60_000;
        assert!(may_send(&[], 0));
        assert!(!may_send(&[0], minute - 1));
        assert!(may_send(&[0], minute));
        assert!(!may_send(&[0, minute, 2 * minute], 59 * minute));
        assert!(may_send(&[0, minute, 2 * minute], 61 * minute));
        assert!(!may_send(&[0, 61 * minute, 122 * minute, 183 * minute, 244 * minute], 400 * minute));
    }
}
