//! Where an open store lies. What only an embedded one offers (backups, room on the disk, a head) is
//! asked of it through here.

use std::sync::Arc;

use super::ServiceError;
use crate::config::{Config, StoreKind};
use crate::store::postgres::PostgresStore;
use crate::store::sled::SledStore;

/// Where an open store lies.
pub enum Home {
    /// In a folder of this terminal's own.
    Own(Arc<SledStore>),
    /// In the office's database.
    Shared(Arc<PostgresStore>),
}

impl Home {
    /// The embedded store.
    ///
    /// # Errors
    /// When it is the office's database.
    pub fn own(&self) -> Result<&Arc<SledStore>, ServiceError> {
        match self {
            Home::Own(store) => Ok(store),
            Home::Shared(_) => Err(ServiceError::Shared),
        }
    }
}

/// For commands that work on the embedded store's files.
///
/// # Errors
/// When the settings name the office's database.
pub fn must_be_own(config: &Config) -> Result<(), ServiceError> {
    match config.store.kind {
        StoreKind::Sled => Ok(()),
        StoreKind::Postgres(_) => Err(ServiceError::Shared),
    }
}
