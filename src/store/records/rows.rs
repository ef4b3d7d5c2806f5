//! The rows of the audit log: how they are read back, and how their chain is followed.

use super::Records;
use super::stored::plain;
use crate::audit::Row;
use crate::audit::{Break, Entry};
use crate::store::StoreError;
use crate::vault::Vault;

/// Rows of the audit chain read at once.
const ROWS_AT_ONCE: u16 = 256;
pub(super) const ENTRY_VERSION_WITHOUT_NOTE: u8 = 1;
const ENTRY_VERSION: u8 = 2;

/// A row as it is kept: sealed, with the version of its shape in front.
pub(super) fn seal(vault: &Vault, entry: &Entry) -> Result<Vec<u8>, StoreError> {
    Ok(vault.seal_row(&plain(ENTRY_VERSION, entry)?))
}

impl Records {
    /// Rows of the audit chain after `after` (0 for all), as they are and unsealed.
    pub async fn audit_rows(&self, after: u64, limit: u16) -> Result<Vec<(Row, Entry)>, StoreError> {
        let rows = self.store.rows(self.chain, after, limit).await?;
        rows.into_iter().map(|row| self.open_row(&row).map(|entry| (row, entry))).collect()
    }

    fn open_row(&self, row: &Row) -> Result<Entry, StoreError> {
        let corrupt = |what: &str| StoreError::Corrupt(format!("audit row {}: {what}", row.sequence));
        let plain = self.vault.open_row(&row.bytes).map_err(|error| corrupt(&error.to_string()))?;
        match plain.split_first() {
            Some((&ENTRY_VERSION, bytes)) => {
                postcard::from_bytes(bytes).map_err(|_| corrupt("it has another shape"))
            }
            // Version-1 rows: append the zero meaning no note.
            Some((&ENTRY_VERSION_WITHOUT_NOTE, bytes)) => {
                let bytes = [bytes, &[0]].concat();
                postcard::from_bytes(&bytes).map_err(|_| corrupt("it has another shape"))
            }
            _ => Err(corrupt("its version is not known here")),
        }
    }

    /// Follows the whole audit chain: the number of rows, or where it breaks (S23).
    pub async fn verify_audit(&self) -> Result<Result<u64, Break>, StoreError> {
        let mut verifier = self.audit_verifier().await?;
        loop {
            let rows = self.store.rows(self.chain, verifier.count(), ROWS_AT_ONCE).await?;
            for row in &rows {
                if let Err(broken) = verifier.check(row) {
                    return Ok(Err(broken));
                }
            }
            if rows.is_empty() {
                return Ok(Ok(verifier.count()));
            }
        }
    }
}
