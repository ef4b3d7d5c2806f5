//! The clock, passed in: milliseconds since 1970, UTC. Tests own theirs. And who notices when it
//! was set (S12).

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Reads the time, in milliseconds since 1970.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// The machine's own. Before 1970 it is 1970.
pub fn system() -> Clock {
    Arc::new(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    })
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
