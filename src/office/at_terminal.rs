//! The RUTs, and names of staff, that failed at this terminal of late (S11).

use super::means::Means;
use crate::domain::limits::{FAILURE_KEPT_MS, TERMINAL_FAILURES_TO_LOCK};
use crate::domain::reference::Id;
use crate::store::StoreError;
use crate::store::records::{Draft, Held};
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
        let id = means.vault().blind(Blind::LimitOfTerminal, means.settings.terminal.as_str().as_bytes());
        Ok(AtTerminal { id, held: means.records.get(id).await? })
    }

    /// A list on which these failed.
    #[cfg(test)]
    pub fn for_test(failing: &[(u64, Id)]) -> Self {
        let value = FailuresAtTerminal { failing: failing.to_vec(), locked: false };
        let id = Id([4; 16]);
        AtTerminal { id, held: Some(Held { id, version: 1, due_ms: None, value }) }
    }

    /// Whether too many failed: a staff PIN opens it again.
    pub fn is_locked(&self) -> bool {
        self.held.as_ref().is_some_and(|held| held.value.locked)
    }

    /// One more failed; how many different ones that makes within the window.
    pub fn counted(&self, draft: Draft, failed: Id, now_ms: u64) -> (Draft, usize) {
        let mut list = self.held.as_ref().map(|held| held.value.clone()).unwrap_or_default();
        let failing = list.count(failed, now_ms);
        list.locked |= failing >= TERMINAL_FAILURES_TO_LOCK;
        let due_ms = Some(now_ms + FAILURE_KEPT_MS).filter(|_| !list.locked);
        (draft.put_over(self.held.as_ref(), self.id, &list, due_ms), failing)
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
