//! What an attempt means for the mark of its address: a refusal for good leaves one, a delivery takes
//! it away (S15).

use crate::domain::destination::{Channel, Destination};
use crate::domain::errand::AttemptOutcome;
use crate::domain::reference::Id;
use crate::domain::refused_address::RefusedAddress;
use crate::office::refused_addresses::id_of_mark;
use crate::store::StoreError;
use crate::store::records::{Draft, Held, Records};

/// An address's mark as it was read.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    id: Id,
    channel: Channel,
    held: Option<Held<RefusedAddress>>,
}

impl Mark {
    /// Reads the mark of this address, if it has one.
    pub async fn read(records: &Records, to: &Destination) -> Result<Self, StoreError> {
        let id = id_of_mark(records, to);
        Ok(Mark { id, channel: to.channel(), held: records.get(id).await? })
    }

    /// Adds what follows from an attempt: a refusal marks the address for `kept_ms` milliseconds, a
    /// delivery clears the mark.
    pub fn after(&self, outcome: AttemptOutcome, draft: Draft, now_ms: u64, kept_ms: u64) -> Draft {
        match (outcome, &self.held) {
            (AttemptOutcome::AddressRefused, held) => {
                let before = held.as_ref().map(|held| held.value);
                let mark = RefusedAddress {
                    channel: self.channel,
                    first_ms: before.map_or(now_ms, |before| before.first_ms),
                    last_ms: now_ms,
                    times: before.map_or(0, |before| before.times).saturating_add(1),
                };
                draft.put_over(held.as_ref(), self.id, &mark, Some(now_ms + kept_ms))
            }
            (AttemptOutcome::Sent, Some(held)) => draft.remove(held),
            _ => draft,
        }
    }

    /// An address that takes mail, or was marked before.
    #[cfg(test)]
    pub fn for_test(id: Id, held: Option<Held<RefusedAddress>>) -> Self {
        Mark { id, channel: Channel::Mail, held }
    }
}
