//! Addresses that refused a message for good: marked under a keyed hash, until one takes a message
//! again or the mark grows old (S15). The mark holds no address, so nobody can list them.

use crate::domain::destination::Destination;
use crate::domain::reference::{Id, Kind};
use crate::domain::refused_address::RefusedAddress;
use crate::store::StoreError;
use crate::store::records::Records;
use crate::vault::Blind;

/// The mark of an address, if it has one.
///
/// # Errors
/// When the store does not answer.
pub async fn refused_address(
    records: &Records,
    to: &Destination,
) -> Result<Option<RefusedAddress>, StoreError> {
    Ok(records.get(id_of_mark(records, to)).await?.map(|held| held.value))
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

/// Under which an address is marked.
pub fn id_of_mark(records: &Records, to: &Destination) -> Id {
    records.vault().blind(Blind::RefusalOfAddress, to.folded().as_bytes())
}
