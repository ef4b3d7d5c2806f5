//! The session of staff at this terminal: there is one at a time, and it belongs to one visit (S18).

use std::sync::{Mutex, PoisonError};

use crate::domain::office_time::RightsTime;
use crate::domain::reference::Id;
use crate::domain::staff::CODE_FRESH_MS;

/// Which session counts at this terminal.
#[derive(Default)]
pub(super) struct SignedIn(Mutex<Option<OpenSession>>);

/// A session that counts.
#[derive(Clone, Copy)]
struct OpenSession {
    session: Id,
    /// When a code of theirs was last accepted, in milliseconds since 1970.
    code_ms: u64,
}

impl SignedIn {
    /// This session counts, and no other any more. The code that opened it was typed at this time, in
    /// milliseconds since 1970.
    pub fn open(&self, session: Id, code_ms: u64) {
        self.with(|open| *open = Some(OpenSession { session, code_ms }));
    }

    /// Another code was typed, if the session counts still.
    pub fn renew(&self, session: Id, code_ms: u64) {
        self.with(|open| {
            if let Some(open) = open.as_mut().filter(|open| open.session == session) {
                open.code_ms = code_ms;
            }
        });
    }

    /// Whether its last code was typed within the minute before this time (T8).
    pub fn is_fresh(&self, session: Id, now: RightsTime) -> bool {
        self.with(|open| {
            let open = open.filter(|open| open.session == session);
            open.is_some_and(|open| !now.is_over(open.code_ms + CODE_FRESH_MS + 1, CODE_FRESH_MS + 1))
        })
    }

    /// Whether this session counts.
    pub fn is_open(&self, session: Id) -> bool {
        self.with(|open| open.is_some_and(|open| open.session == session))
    }

    /// Whether any session counts.
    pub fn is_anyone(&self) -> bool {
        self.with(|open| open.is_some())
    }

    /// It counts no more; whether it did. One that took its place stays.
    pub fn close(&self, session: Id) -> bool {
        self.with(|open| open.take_if(|open| open.session == session).is_some())
    }

    /// No session counts any more.
    pub fn close_any(&self) {
        self.with(|open| *open = None);
    }

    fn with<T>(&self, work: impl FnOnce(&mut Option<OpenSession>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
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
    fn one_session_counts_at_a_time() {
        let (first, second) = (Id([1; 16]), Id([2; 16]));
        let signed_in = SignedIn::default();
        signed_in.open(first, 0);
        signed_in.open(second, 0);
        assert_eq!((signed_in.is_open(first), signed_in.is_open(second)), (false, true));
        assert!(!signed_in.close(first) && signed_in.close(second) && !signed_in.close(second));
        signed_in.open(first, 0);
        signed_in.close_any();
        assert!(!signed_in.is_open(first));
    }

    #[test]
    fn a_code_is_fresh_for_a_minute() {
        let (first, second) = (Id([1; 16]), Id([2; 16]));
        let signed_in = SignedIn::default();
        assert!(!signed_in.is_fresh(first, at(0)));
        signed_in.open(first, 1_000);
        let fresh = |now_ms| signed_in.is_fresh(first, at(now_ms));
        assert_eq!((fresh(1_000), fresh(61_000), fresh(61_001)), (true, true, false));
        signed_in.renew(second, 90_000);
        assert!(!fresh(61_001) && !signed_in.is_fresh(second, at(90_000)));
        signed_in.renew(first, 90_000);
        assert!(fresh(150_000));
    }
}
