//! What is left of documents that nobody can read (S13, S15): their files go when a kiosk starts.

use crate::documents::Kept;

/// Removes files that no record has a key for. A folder that can't be cleaned today is no reason
/// not to serve: the log tells of it.
pub async fn clean(kept: &Kept, now_ms: u64) {
    match kept.clean(now_ms).await {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "files of documents without a key removed"),
        Err(error) => tracing::warn!(reason = %error, "the documents' folder could not be cleaned"),
    }
}
