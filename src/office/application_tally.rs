//! How many applications were made at this terminal lately without staff (T2).

use super::means::Means;
use crate::domain::limits::{APPLICATIONS_AT_TERMINAL, free_ms};
use crate::domain::office_time::ProtectionsTime;
use crate::domain::reference::Id;
use crate::store::StoreError;
use crate::store::records::{Draft, Held};
use crate::store::tallies::{COUNTED_FOR_MS, CountedTimes};
use crate::vault::Blind;

/// This terminal's tally as it was read.
#[derive(Clone, Debug)]
pub struct ApplicationTally {
    id: Id,
    held: Option<Held<CountedTimes>>,
}

impl ApplicationTally {
    /// This terminal's.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read(means: &Means) -> Result<Self, StoreError> {
        let key = format!("applications\0{}", means.settings.terminal);
        let id = means.vault().blind(Blind::LimitOfTerminal, key.as_bytes());
        Ok(ApplicationTally { id, held: means.records.get(id).await? })
    }

    /// Whether another one must wait, unless staff are there.
    pub fn is_full(&self, now: ProtectionsTime) -> bool {
        let made_ms = self.held.as_ref().map(|held| held.value.at_ms.as_slice()).unwrap_or_default();
        APPLICATIONS_AT_TERMINAL.iter().any(|limit| free_ms(*limit, made_ms, now.ms()).is_some())
    }

    /// Counts one more.
    pub fn counted(&self, draft: Draft, now: ProtectionsTime) -> Draft {
        let mut tally = self.held.as_ref().map(|held| held.value.clone()).unwrap_or_default();
        tally.add(now.ms());
        draft.put_over(self.held.as_ref(), self.id, &tally, Some(now.ms() + COUNTED_FOR_MS))
    }

    /// As many as these, made at these times.
    #[cfg(test)]
    pub fn for_test(made_ms: &[u64]) -> Self {
        let value = CountedTimes { at_ms: made_ms.to_vec() };
        let held = Held { id: Id([8; 16]), version: 1, due_ms: None, value };
        ApplicationTally { id: Id([8; 16]), held: (!made_ms.is_empty()).then_some(held) }
    }
}
