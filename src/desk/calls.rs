//! Calls of staff from this terminal. Whoever presses F2 again is told the same, but one call a minute
//! is enough for the log and the audit, or a finger on the key would fill both.

use std::sync::{Mutex, PoisonError};

use crate::domain::office_time::RightsTime;

/// For how long a call stands for those after it.
const STANDS_MS: u64 = 60_000;

/// The last call that went on record.
#[derive(Debug, Default)]
pub(super) struct Calls(Mutex<Option<u64>>);

impl Calls {
    /// Whether a call of the last minute is on record.
    pub fn stand(&self, now: RightsTime) -> bool {
        self.last().is_some_and(|last_ms| !now.is_over(last_ms.saturating_add(STANDS_MS), STANDS_MS))
    }

    /// One is on record now.
    pub fn note(&self, now_ms: u64) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(now_ms);
    }

    fn last(&self) -> Option<u64> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::office_time::OfficeTime;

    fn at(now_ms: u64) -> RightsTime {
        OfficeTime::agreed(now_ms).rights()
    }

    #[test]
    fn a_call_stands_for_a_minute() {
        let calls = Calls::default();
        assert!(!calls.stand(at(5_000)));
        calls.note(5_000);
        assert!(calls.stand(at(5_000)) && calls.stand(at(64_999)) && !calls.stand(at(65_000)));
    }
}
