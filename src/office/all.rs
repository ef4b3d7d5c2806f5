//! Goes through records, a page at a time. One that can't be read hides no other.

use crate::store::StoreError;
use crate::store::records::{Cursor, Held, Record, Records};

/// Shows every record of the cursor's, in the order of their ids, which is that in which they came.
///
/// # Errors
/// When the store does not answer.
pub async fn each<T: Record>(
    records: &Records,
    mut cursor: Cursor,
    mut look: impl FnMut(Held<T>),
) -> Result<(), StoreError> {
    while let Some((at, read)) = cursor.next().await? {
        match records.open::<T>(at, &read) {
            Ok(held) => look(held),
            Err(error) => tracing::error!(kind = ?at.kind, reason = %error, "a record can't be read"),
        }
    }
    Ok(())
}
