//! Which world a store belongs to: the real one, or the one that is invented to try the kiosk with
//! (T14). The mark is sealed, comes with the store's first use, goes into every backup, and never
//! changes.

use serde::{Deserialize, Serialize};

use super::{Records, unseal};
use crate::domain::reference::{Id, Kind, Ref};
use crate::store::{StoreError, Versioned};
use crate::vault::Vault;

/// Whom a store's accounts belong to. Stored: new ones go to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum World {
    /// Companies that exist.
    Real,
    /// Companies that nobody is, with claves that everybody may read.
    Invented,
}

/// The world that a store serves, for all its life (T14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorldMark {
    world: World,
}

const WORLD: Id = Id(*b"world\0\0\0\0\0\0\0\0\0\0\0");
/// Where the mark of the world lies, also in a backup.
pub const WORLD_MARK: Ref = Ref { kind: Kind::Meta, id: WORLD };

/// The world that this mark names.
///
/// # Errors
/// When it can't be read.
pub fn read_world_mark(vault: &Vault, mark: &Versioned) -> Result<World, StoreError> {
    Ok(unseal::<WorldMark>(vault, WORLD_MARK, mark)?.value.world)
}

impl Records {
    /// The world that the store is marked with; `None` for one that an older program made.
    ///
    /// # Errors
    /// When the store can't be read.
    pub async fn world(&self) -> Result<Option<World>, StoreError> {
        Ok(self.get::<WorldMark>(WORLD).await?.map(|mark| mark.value.world))
    }

    /// Marks a store that bears no mark yet.
    ///
    /// # Errors
    /// When it bears one, or can't save.
    pub async fn mark_world(&self, world: World, now_ms: u64) -> Result<(), StoreError> {
        self.draft(now_ms).new_record(WORLD, &WorldMark { world }, None).commit(self).await
    }

    /// Whether anything was ever done in the store.
    ///
    /// # Errors
    /// When the store can't be read.
    pub async fn is_used(&self) -> Result<bool, StoreError> {
        Ok(!self.store.chains(None, 1).await?.is_empty()
            || !self.store.list(Kind::Account, None, 1).await?.is_empty())
    }
}
