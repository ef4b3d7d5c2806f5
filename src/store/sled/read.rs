//! What sled answers, in the words of the store.

use crate::store::StoreError;
use crate::store::rules::KeyValue;

/// A key and its value, copied out of sled.
pub fn entry(read: sled::Result<(sled::IVec, sled::IVec)>) -> Result<KeyValue, StoreError> {
    let (key, value) = read.map_err(store_error)?;
    Ok((key.to_vec(), value.to_vec()))
}

/// sled calls damage by name; anything else may pass.
pub fn store_error(error: sled::Error) -> StoreError {
    match error {
        sled::Error::Corruption { .. } => {
            tracing::error!(reason = %error, "store damaged");
            StoreError::Corrupt(error.to_string())
        }
        other => StoreError::Unavailable(other.to_string()),
    }
}
