//! The wall clock, read in this one place and passed in everywhere else: tests own theirs. And
//! who notices when it was set (S12).

use std::sync::Arc;
use std::time::SystemTime;

/// Reads the time, in milliseconds since 1970, UTC.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// The machine's own.
pub fn system() -> Clock {
    Arc::new(now_ms)
}

/// Now, as the machine's clock says; it may be wrong, and it may jump (S12).
#[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
pub fn now() -> SystemTime {
    SystemTime::now()
}

/// Now in milliseconds since 1970 (UTC); 0 for a clock that stands before.
pub fn now_ms() -> u64 {
    let since_1970 = now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since_1970.as_millis()).unwrap_or(u64::MAX)
}

/// Further than this from where it should be, a clock has jumped (S12).
pub const JUMP_MS: u64 = 300_000;

/// Compares the wall clock with a steady one, which nobody can set.
#[derive(Clone, Copy, Debug, Default)]
pub struct JumpWatch {
    last: Option<(u64, u64)>,
    was_behind: bool,
}

impl JumpWatch {
    /// Whether the wall clock went on by more than 5 minutes more or less than the steady one
    /// since the last look, or is found for the first time to stand `behind` what was ever seen.
    /// All in milliseconds.
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
