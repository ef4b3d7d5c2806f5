//! The RUTs that failed at this terminal of late (S11).

use super::means::Means;
use crate::domain::clean::Clean;
use crate::domain::limits::{
    FAILURE_KEPT_MS, TERMINAL_FAILURES_TO_LOCK, TERMINAL_FAILURES_TO_NOTICE, TERMINAL_LOCK_MS,
};
use crate::domain::office_time::ProtectionsTime;
use crate::domain::reference::Id;
use crate::store::StoreError;
use crate::store::records::{Draft, Held, Records};
use crate::store::tallies::FailuresAtTerminal;
use crate::vault::Blind;

/// This terminal's list as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtTerminal {
    id: Id,
    held: Option<Held<FailuresAtTerminal>>,
}

impl AtTerminal {
    /// This terminal's list.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read(means: &Means) -> Result<Self, StoreError> {
        Self::named(&means.records, &means.settings.terminal).await
    }

    /// The list of a terminal by its name, for an operator.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn named(records: &Records, terminal: &Clean) -> Result<Self, StoreError> {
        let id = records.vault().blind(Blind::LimitOfTerminal, terminal.as_str().as_bytes());
        Ok(AtTerminal { id, held: records.get(id).await? })
    }

    /// A list on which these failed.
    #[cfg(test)]
    pub fn for_test(failing: &[(u64, Id)]) -> Self {
        let value = FailuresAtTerminal { failing: failing.to_vec(), locked_ms: None };
        let id = Id([4; 16]);
        AtTerminal { id, held: Some(Held { id, version: 1, due_ms: None, value }) }
    }

    /// Whether too many failed less than half an hour ago. Nothing that anybody does prolongs it (T9).
    pub fn is_locked(&self, now: ProtectionsTime) -> bool {
        let locked_ms = self.held.as_ref().and_then(|held| held.value.locked_ms);
        locked_ms.is_some_and(|locked_ms| now.since_ms(locked_ms) < TERMINAL_LOCK_MS)
    }

    /// One more failed; how many different ones that makes within the window.
    pub fn counted(&self, draft: Draft, failed: Id, now: ProtectionsTime) -> (Draft, usize) {
        let mut list = self.held.as_ref().map(|held| held.value.clone()).unwrap_or_default();
        if self.is_locked(now) {
            return (draft, list.failing.len());
        }
        let failing = list.count(failed, now.ms());
        list.locked_ms = (failing >= TERMINAL_FAILURES_TO_LOCK).then_some(now.ms());
        (draft.put_over(self.held.as_ref(), self.id, &list, Some(now.ms() + FAILURE_KEPT_MS)), failing)
    }

    /// Tells the log, and so the office, that many fail here, and when that locked the terminal.
    pub fn tell_of(failing: usize) {
        match failing {
            TERMINAL_FAILURES_TO_LOCK.. => tracing::warn!(
                count = failing,
                "too many failing companies: the terminal is locked for half an hour, or until totem unlock terminal"
            ),
            TERMINAL_FAILURES_TO_NOTICE.. => {
                tracing::warn!(count = failing, "many failing companies at this terminal");
            }
            _ => {}
        }
    }

    /// This one fails no more here.
    pub fn forgiven(&self, draft: Draft, failed: Id) -> Draft {
        match &self.held {
            Some(held) => {
                let mut list = held.value.clone();
                list.failing.retain(|(_, known)| *known != failed);
                draft.replace(held, &list, held.due_ms)
            }
            None => draft,
        }
    }

    /// Forgets who failed here, which opens a locked terminal.
    pub fn opened(&self, draft: Draft) -> Draft {
        self.held.iter().fold(draft, |draft, held| draft.remove(held))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::drawn::Drawn;
    use crate::store::records::Write;

    const NOON: u64 = 1_795_348_800_000;

    fn list(failing: usize, locked_ms: Option<u64>) -> AtTerminal {
        let failing = (0..failing).map(|n| (NOON - 1_000, Id([u8::try_from(n).unwrap_or(u8::MAX); 16])));
        let value = FailuresAtTerminal { failing: failing.collect(), locked_ms };
        let id = Id([4; 16]);
        AtTerminal { id, held: Some(Held { id, version: 1, due_ms: None, value }) }
    }

    /// Whether a failure at noon writes, and whether the terminal is locked a moment after it.
    #[test]
    fn a_lock_lasts_half_an_hour_and_no_longer() {
        let table = [
            (list(0, None), false, 1),
            (list(TERMINAL_FAILURES_TO_LOCK - 1, None), false, 1),
            (list(TERMINAL_FAILURES_TO_LOCK, Some(NOON)), true, 0),
            (list(TERMINAL_FAILURES_TO_LOCK, Some(NOON - TERMINAL_LOCK_MS + 1)), true, 0),
            (list(TERMINAL_FAILURES_TO_LOCK, Some(NOON - TERMINAL_LOCK_MS)), false, 1),
        ];
        let noon = Drawn::for_test(NOON).protections();
        for (number, (list, is_locked, writes)) in table.into_iter().enumerate() {
            let (draft, _) = list.counted(Drawn::for_test(NOON).draft(), Id([99; 16]), noon);
            assert_eq!((list.is_locked(noon), draft.writes().len()), (is_locked, writes), "{number}");
            assert!(
                draft.writes().iter().all(|write| matches!(write, Write::Replace { due_ms: Some(_), .. }))
            );
        }
    }
}
