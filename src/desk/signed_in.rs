//! The session of staff at this terminal: there is one at a time, and it belongs to one visit (S18).

use std::sync::{Mutex, PoisonError};

use crate::domain::reference::Id;

/// Which session counts at this terminal.
#[derive(Default)]
pub(super) struct SignedIn(Mutex<Option<Id>>);

impl SignedIn {
    /// This session counts, and no other any more.
    pub fn open(&self, session: Id) {
        self.with(|open| *open = Some(session));
    }

    /// Whether this session counts.
    pub fn is_open(&self, session: Id) -> bool {
        self.with(|open| *open == Some(session))
    }

    /// Whether any session counts.
    pub fn is_anyone(&self) -> bool {
        self.with(|open| open.is_some())
    }

    /// It counts no more; whether it did. One that took its place stays.
    pub fn close(&self, session: Id) -> bool {
        self.with(|open| open.take_if(|open| *open == session).is_some())
    }

    /// No session counts any more.
    pub fn close_any(&self) {
        self.with(|open| *open = None);
    }

    fn with<T>(&self, work: impl FnOnce(&mut Option<Id>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_session_counts_at_a_time() {
        let (first, second) = (Id([1; 16]), Id([2; 16]));
        let signed_in = SignedIn::default();
        signed_in.open(first);
        signed_in.open(second);
        assert_eq!((signed_in.is_open(first), signed_in.is_open(second)), (false, true));
        assert!(!signed_in.close(first) && signed_in.close(second) && !signed_in.close(second));
        signed_in.open(first);
        signed_in.close_any();
        assert!(!signed_in.is_open(first));
    }
}
