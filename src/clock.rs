//! The wall clock, read in this one place and passed in everywhere else: tests own theirs.

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
