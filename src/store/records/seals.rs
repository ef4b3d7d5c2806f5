//! Whether every record opens: a seal is bound to where the record lies, to its version and to its due
//! time, so that none of them can be changed without it (T13).

use super::{Records, place_of, set_aside};
use crate::store::{KINDS, StoreError};
use crate::vault::is_bound_to_version;

/// What became of opening every record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seals {
    /// How many there are.
    pub records: u64,
    /// How many don't open, or would open in another place too.
    pub broken: u64,
}

impl Records {
    /// Opens every record, a few microseconds each.
    ///
    /// # Errors
    /// When the store can't be read.
    pub async fn seals(&self) -> Result<Seals, StoreError> {
        let mut seals = Seals::default();
        for kind in KINDS {
            let mut all = self.all(kind);
            while let Some((at, read)) = all.next().await? {
                let opened = set_aside::open(self.vault(), place_of(at, &read), &read.bytes);
                seals.records += 1;
                seals.broken += u64::from(opened.is_err() || !is_bound_to_version(&read.bytes));
            }
        }
        Ok(seals)
    }
}
