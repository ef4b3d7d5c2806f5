//! How long a RUT waits after failed tries (S10), and how many messages an address gets (S11). Pure
//! policy: the desk counts and reads the clock.

use std::time::Duration;

/// From this many failures on, only staff or a day's wait help.
pub const FAILURES_TO_BLOCK: u32 = 10;

/// The wait after this many failures in a row.
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

/// The longest wait of what a stranger must not be able to bar: a member's PIN or password, *No fui
/// yo*, *Estado de mi solicitud*, and whether somebody represents a company (T9). A day of such waits
/// is 96 tries, against a million PINs or a hundred million codes.
pub const LONGEST_SLOWING: Duration = Duration::from_secs(15 * 60);

/// How many wrong numbers of a representative's card count within [`FAILURE_KEPT_MS`] before none may
/// be typed (T9).
pub const CARD_TRIES: u32 = 5;

/// How long a failure counts, in milliseconds: as long as the longest wait.
pub const FAILURE_KEPT_MS: u64 = 24 * 3_600_000;

/// How many tries are left before the wait of a day, as the person is told.
pub fn tries_left(failures: u32) -> u32 {
    FAILURES_TO_BLOCK.saturating_sub(failures)
}

/// How many messages one address may get within how many milliseconds.
pub const MESSAGES_PER_ADDRESS: [(usize, u64); 3] = [(1, 60_000), (3, 3_600_000), (5, 86_400_000)];

/// How many applications one terminal takes without staff within how many milliseconds (T2).
pub const APPLICATIONS_AT_TERMINAL: [(usize, u64); 2] = [(3, 3_600_000), (10, 86_400_000)];

/// How many codes one settlement sends within how many milliseconds (T10): many more than anybody needs
/// who mistypes a mailbox and a mobile.
pub const CODES_OF_SETTLEMENT: (usize, u64) = (12, 3_600_000);

/// Messages to one address are counted apart, by who can cause them (T10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Budget {
    /// Anybody at a terminal: codes of applications and of new addresses (T2).
    Strangers,
    /// Whoever brings an answer, a card or the clave.
    Own,
    /// Notices that guard the owner.
    Notices,
    /// Keys that staff let go, and codes of a settlement. They never wait.
    InPerson,
}

impl Budget {
    /// How many messages within how many milliseconds; none for what never waits.
    pub fn limits(self) -> &'static [(usize, u64)] {
        match self {
            Budget::Strangers => &CODES_OF_STRANGERS,
            Budget::Own => &MESSAGES_PER_ADDRESS,
            Budget::Notices | Budget::InPerson => &[],
        }
    }

    /// When the next message may go, if not now, in milliseconds since 1970. `sent_ms` are the times of
    /// those before it, the oldest first.
    pub fn free_ms(self, sent_ms: &[u64], now_ms: u64) -> Option<u64> {
        self.limits().iter().filter_map(|limit| free_ms(*limit, sent_ms, now_ms)).max()
    }

    /// Whether the hour's or the day's number is reached. The minute's number only makes wait.
    pub fn is_full(self, sent_ms: &[u64], now_ms: u64) -> bool {
        self.limits().iter().skip(1).any(|limit| free_ms(*limit, sent_ms, now_ms).is_some())
    }
}

/// Codes that anybody can have sent to one address (T2), as [`MESSAGES_PER_ADDRESS`].
const CODES_OF_STRANGERS: [(usize, u64); 2] = [(1, 60_000), (3, 86_400_000)];

/// When a limit of [`MESSAGES_PER_ADDRESS`] lets the next message go, if it does not now, in
/// milliseconds since 1970.
pub fn free_ms((most, within_ms): (usize, u64), sent_ms: &[u64], now_ms: u64) -> Option<u64> {
    let oldest = sent_ms.len().checked_sub(most)?;
    Some(sent_ms[oldest] + within_ms).filter(|free_ms| *free_ms > now_ms)
}

/// How many RUTs may fail at one terminal within [`TERMINAL_WINDOW_MS`]. At NOTICE staff are told;
/// at LOCK it is locked for [`TERMINAL_LOCK_MS`] (S11).
pub const TERMINAL_FAILURES_TO_NOTICE: usize = 10;
/// See [`TERMINAL_FAILURES_TO_NOTICE`].
pub const TERMINAL_FAILURES_TO_LOCK: usize = 20;
/// Ten minutes.
pub const TERMINAL_WINDOW_MS: u64 = 600_000;
/// How long a lock lasts, whatever happens meanwhile (T9): half an hour.
pub const TERMINAL_LOCK_MS: u64 = 1_800_000;

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
        let own = |sent: &[u64], now| Budget::Own.free_ms(sent, now);
        assert_eq!(own(&[], 0), None);
        assert_eq!(own(&[0], minute - 1), Some(minute));
        assert_eq!(own(&[0], minute), None);
        assert_eq!(own(&[0, minute, 2 * minute], 59 * minute), Some(60 * minute));
        assert_eq!(own(&[0, minute, 2 * minute], 61 * minute), None);
        let five = [0, 61 * minute, 122 * minute, 183 * minute, 244 * minute];
        assert_eq!(own(&five, 400 * minute), Some(86_400_000));
        let strangers = |sent: &[u64], now| Budget::Strangers.free_ms(sent, now);
        assert_eq!(strangers(&[0, 61 * minute, 122 * minute], 400 * minute), Some(86_400_000));
        assert!(Budget::Own.is_full(&[0, 1, 2], 5) && !Budget::Own.is_full(&[0], 5));
        for budget in [Budget::Notices, Budget::InPerson] {
            assert_eq!(budget.free_ms(&[0; 30], 0), None);
        }
    }
}
