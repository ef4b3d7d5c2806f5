//! Since when a store that lies behind a line does not answer. Whoever asks it notes here how that went, and
//! whoever tells people about it looks here.

use std::sync::{Arc, Mutex, PoisonError};

use crate::clock::Clock;

/// Shared by all who use one line.
#[derive(Clone)]
pub struct LineOutage {
    clock: Clock,
    since_ms: Arc<Mutex<Option<u64>>>,
}

impl LineOutage {
    /// None yet, dated by this clock: the store's own is out of reach meanwhile.
    pub fn new(clock: Clock) -> Self {
        LineOutage { clock, since_ms: Arc::default() }
    }

    /// The store answered, whatever it said.
    pub fn is_over(&self) {
        *self.since_ms.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// No answer came.
    pub fn goes_on(&self) {
        let mut since_ms = self.since_ms.lock().unwrap_or_else(PoisonError::into_inner);
        *since_ms = since_ms.or_else(|| Some((self.clock)()));
    }

    /// When it was first missed, in milliseconds since 1970; now, if it answers.
    pub fn since_ms(&self) -> u64 {
        let since_ms = *self.since_ms.lock().unwrap_or_else(PoisonError::into_inner);
        since_ms.unwrap_or_else(|| (self.clock)())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn it_begins_with_the_first_answer_that_is_missed_and_ends_with_any() {
        let now = Arc::new(AtomicU64::new(1));
        let clock = now.clone();
        let outage = LineOutage::new(Arc::new(move || clock.load(Ordering::SeqCst)));
        let told = |moment: u64, happens: &dyn Fn()| {
            now.store(moment, Ordering::SeqCst);
            happens();
            now.store(9, Ordering::SeqCst);
            outage.since_ms()
        };
        assert_eq!(told(2, &|| outage.goes_on()), 2);
        assert_eq!(told(3, &|| outage.goes_on()), 2);
        assert_eq!(told(4, &|| outage.is_over()), 9);
        assert_eq!(told(5, &|| outage.goes_on()), 5);
    }
}
