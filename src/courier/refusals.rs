//! Addresses that refused a message for good: marked under a keyed hash, until one takes a message
//! again or the mark grows old (S15). The mark holds no address, so nobody can list them.

use crate::domain::destination::{Channel, Destination};
use crate::domain::errand::AttemptOutcome;
use crate::domain::reference::{Id, Kind};
use crate::domain::refused_address::RefusedAddress;
use crate::store::StoreError;
use crate::store::records::{Draft, Held, Records};
use crate::vault::Blind;

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
        let id = id_of(records, to);
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

/// The mark of an address, if it has one.
///
/// # Errors
/// When the store does not answer.
pub async fn refused_address(
    records: &Records,
    to: &Destination,
) -> Result<Option<RefusedAddress>, StoreError> {
    Ok(records.get(id_of(records, to)).await?.map(|held| held.value))
}

/// How many addresses are marked.
///
/// # Errors
/// When the store does not answer.
pub async fn count_refused(records: &Records) -> Result<usize, StoreError> {
    let (mut count, mut cursor) = (0, records.all(Kind::Refusal));
    while cursor.next().await?.is_some() {
        count += 1;
    }
    Ok(count)
}

fn id_of(records: &Records, to: &Destination) -> Id {
    records.vault().blind(Blind::RefusalOfAddress, to.folded().as_bytes())
}
