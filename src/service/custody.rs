//! The keys, and the cost of a hash, as the settings say.

use super::ServiceError;
use crate::config::Config;
use crate::store::records::KeyCheckError;
use crate::vault::{Cost, CostError, KeyError, Keys, Vault};

/// The vault alone, for commands that need no store. It makes no key.
///
/// # Errors
/// When there is no usable key, or the cost is not allowed.
pub fn vault(config: &Config) -> Result<Vault, ServiceError> {
    Ok(Vault::new(Keys::load(&config.keys.file)?, cost(config)?))
}

/// The cost of a hash (S1).
///
/// # Errors
/// When the settings ask for less than is allowed.
pub fn cost(config: &Config) -> Result<Cost, CostError> {
    let hash = &config.hash;
    match hash.allow_weak {
        true => Cost::weak(hash.memory_kib, hash.passes, hash.lanes),
        false => Cost::new(hash.memory_kib, hash.passes, hash.lanes),
    }
}

/// The keys from a systemd credential or the key file; new ones at the very first start.
pub(super) fn keys(config: &Config, store_exists: bool) -> Result<Keys, ServiceError> {
    let path = &config.keys.file;
    match Keys::load(path) {
        Err(KeyError::Missing { .. }) if store_exists => {
            Err(ServiceError::KeyLost { store: config.store.folder.clone(), key: path.clone() })
        }
        Err(KeyError::Missing { .. }) if !config.keys.is_credential => Ok(Keys::create(path)?),
        keys => Ok(keys?),
    }
}

/// Keys that don't fit may be about to be replaced by keys that do.
pub(super) fn key_check(config: &Config, error: KeyCheckError) -> ServiceError {
    match (error, Keys::following(&config.keys.file)) {
        (KeyCheckError::WrongKeys, Ok(Some(_))) => ServiceError::KeysChanging,
        (error, _) => error.into(),
    }
}
