//! What an address got lately, as it was read, and how the next message is counted: apart for what
//! strangers cause, what the owner asks for, and notices (S11, T10).

use crate::domain::destination::Destination;
use crate::domain::limits::Budget;
use crate::domain::office_time::ProtectionsTime;
use crate::domain::reference::Id;
use crate::store::StoreError;
use crate::store::records::{Draft, Held, Records};
use crate::store::tallies::{COUNTED_FOR_MS, CountedTimes};
use crate::vault::Blind;

/// The messages of one address, as they were read.
#[derive(Clone, Debug)]
pub struct MessageTally {
    id: Id,
    budget: Budget,
    held: Option<Held<CountedTimes>>,
}

impl MessageTally {
    /// Reads what this address got lately out of this budget.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read(records: &Records, to: &Destination, budget: Budget) -> Result<Self, StoreError> {
        let place = match budget {
            Budget::Own => to.folded(),
            Budget::Strangers => format!("{}\0strangers", to.folded()),
            Budget::Notices => format!("{}\0notices", to.folded()),
            Budget::InPerson => format!("{}\0person", to.folded()),
        };
        let id = records.vault().blind(Blind::LimitOfAddress, place.as_bytes());
        Ok(MessageTally { id, budget, held: records.get(id).await? })
    }

    /// Whether another message must wait for hours (S11).
    pub fn is_full(&self, now: ProtectionsTime) -> bool {
        self.budget.is_full(self.sent_ms(), now.ms())
    }

    /// When another message may go, if not now, in milliseconds since 1970.
    pub fn free_ms(&self, now: ProtectionsTime) -> Option<u64> {
        self.budget.free_ms(self.sent_ms(), now.ms())
    }

    /// When messages left for it, in milliseconds since 1970, the oldest first.
    pub fn sent_ms(&self) -> &[u64] {
        self.held.as_ref().map(|held| held.value.at_ms.as_slice()).unwrap_or_default()
    }

    /// Counts one more message.
    pub fn add(&self, draft: Draft, now: ProtectionsTime) -> Draft {
        let mut tally = self.held.as_ref().map(|held| held.value.clone()).unwrap_or_default();
        tally.add(now.ms());
        draft.put_over(self.held.as_ref(), self.id, &tally, Some(now.ms() + COUNTED_FOR_MS))
    }

    /// Takes back a message that was counted at this time and certainly did not leave.
    pub fn take_back(&self, draft: Draft, counted: ProtectionsTime) -> Draft {
        let Some(held) = &self.held else {
            return draft;
        };
        let mut tally = held.value.clone();
        tally.take_back(counted.ms());
        draft.replace(held, &tally, held.due_ms)
    }

    /// An address that got messages at these times.
    #[cfg(test)]
    pub fn for_test(id: Id, sent_ms: &[u64]) -> Self {
        let value = CountedTimes { at_ms: sent_ms.to_vec() };
        let held = Held { id, version: 1, due_ms: None, value };
        MessageTally { id, budget: Budget::Own, held: (!sent_ms.is_empty()).then_some(held) }
    }
}
