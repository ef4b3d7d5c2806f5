//! The clock, passed in: milliseconds since 1970, UTC. Tests own theirs.

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
