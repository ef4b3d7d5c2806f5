//! Whether the keys are those that the data was written with (S14).

use serde::{Deserialize, Serialize};

use super::{Records, unseal};
use crate::domain::reference::{Id, Kind, Ref};
use crate::store::{StoreError, Versioned};
use crate::vault::Vault;

/// Sealed when the store is first used; opens only with the same keys (S14).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyCheck {
    pub(super) fingerprints: [[u8; 16]; 4],
}

const KEY_CHECK: Id = Id(*b"key-check\0\0\0\0\0\0\0");
/// Where the mark of the keys lies, also in a backup.
pub const KEY_MARK: Ref = Ref { kind: Kind::Meta, id: KEY_CHECK };

/// Why the keys can't be used with this data (S14).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyCheckError {
    /// The data was written with other keys.
    #[error(
        "the keys are not those that this data was written with. Put the right key file in its place; nothing was changed"
    )]
    WrongKeys,
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether this mark was made by these keys (S14).
pub fn check_key_mark(vault: &Vault, mark: &Versioned) -> Result<(), KeyCheckError> {
    match unseal::<KeyCheck>(vault, KEY_MARK, mark) {
        Ok(theirs) if theirs.value.fingerprints == vault.fingerprints() => Ok(()),
        _ => Err(KeyCheckError::WrongKeys),
    }
}

impl Records {
    /// Makes sure that the keys are those of this data, before anything else is done. A store
    /// that was never used is marked with them (S14).
    pub async fn check_keys(&self, now_ms: u64) -> Result<(), KeyCheckError> {
        if self.keys_fit().await? {
            return Ok(self.raise(now_ms).await?);
        }
        if self.is_used().await? {
            return Err(StoreError::Corrupt("the mark of the keys is gone".into()).into());
        }
        let ours = KeyCheck { fingerprints: self.vault.fingerprints() };
        let draft = self.draft(now_ms).new_record(KEY_CHECK, &ours, None);
        Ok(draft.raised(None).commit(self).await?)
    }

    /// The same for a store that should be there: false, and nothing is done, for one that was never
    /// marked. What an older program wrote is raised.
    pub async fn check_keys_of_existing(&self, now_ms: u64) -> Result<bool, KeyCheckError> {
        let fit = self.keys_fit().await?;
        if fit {
            self.raise(now_ms).await?;
        }
        Ok(fit)
    }

    /// The same without writing: false for a store that was never marked.
    pub async fn keys_fit(&self) -> Result<bool, KeyCheckError> {
        match self.store.get(KEY_MARK).await? {
            Some(mark) => check_key_mark(&self.vault, &mark).map(|()| true),
            None => Ok(false),
        }
    }
}
