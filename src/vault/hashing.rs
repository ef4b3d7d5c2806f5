//! Argon2id itself (S1): its cost, and every run of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{CustomizedPasswordHasher, PasswordHasher};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::domain::digest::Digest;

/// The cost of one run of argon2id (RFC 9106).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// Why a cost can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CostError {
    /// Under the floor of S1, or less than argon2 itself takes.
    #[error("hashing must take at least 19456 KiB, 2 passes and 1 lane")]
    TooCheap,
    /// More than a kiosk can bear.
    #[error("hashing takes at most 1048576 KiB, 16 passes and 16 lanes")]
    TooDear,
}

impl Default for Cost {
    /// RFC 9106's second choice: 64 MiB, 3 passes, 4 lanes (S1).
    fn default() -> Self {
        Cost { memory_kib: 65_536, passes: 3, lanes: 4 }
    }
}

impl Cost {
    /// A cost for real use.
    ///
    /// # Errors
    /// When it is under the floor of S1, or more than a kiosk can bear.
    pub fn new(memory_kib: u32, passes: u32, lanes: u32) -> Result<Self, CostError> {
        if memory_kib < 19_456 || passes < 2 || lanes < 1 {
            return Err(CostError::TooCheap);
        }
        if memory_kib > 1_048_576 || passes > 16 || lanes > 16 {
            return Err(CostError::TooDear);
        }
        Ok(Cost { memory_kib, passes, lanes })
    }

    /// Whatever argon2 itself takes. Only settings that ask for it by name get it.
    ///
    /// # Errors
    /// When argon2 itself refuses it.
    pub fn weak(memory_kib: u32, passes: u32, lanes: u32) -> Result<Self, CostError> {
        match Params::new(memory_kib, passes, lanes, None) {
            Ok(_) => Ok(Cost { memory_kib, passes, lanes }),
            Err(_) => Err(CostError::TooCheap),
        }
    }

    /// Far under the floor.
    pub fn cheap_for_tests() -> Self {
        Cost { memory_kib: 32, passes: 1, lanes: 1 }
    }

    /// Whether a digest was made at exactly this cost, by this algorithm.
    pub(super) fn made(self, hash: &PasswordHash) -> bool {
        let of = |name| hash.params.get_decimal(name);
        hash.algorithm.as_str() == "argon2id"
            && hash.version == Some(19)
            && (of("m"), of("t"), of("p")) == (Some(self.memory_kib), Some(self.passes), Some(self.lanes))
    }
}

/// Computes digests, and counts them. Cheap to clone.
#[derive(Clone)]
pub(super) struct Mill {
    pub(super) cost: Cost,
    runs: Arc<AtomicU64>,
}

impl Mill {
    pub(super) fn new(cost: Cost) -> Self {
        Mill { cost, runs: Arc::default() }
    }

    pub(super) fn runs(&self) -> u64 {
        self.runs.load(Ordering::Relaxed)
    }

    /// A digest at this cost.
    pub(super) fn digest(&self, peppered: &[u8; 32], salt: &[u8; 16]) -> Digest {
        self.runs.fetch_add(1, Ordering::Relaxed);
        let Cost { memory_kib, passes, lanes } = self.cost;
        let made = Params::new(memory_kib, passes, lanes, None).map_err(Into::into).and_then(|params| {
            Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_with_salt(peppered, salt)
        });
        match made {
            Ok(hash) => Digest(hash.to_string()),
            Err(error) => unreachable!("cost, salt and input are all of lengths that argon2 takes: {error}"),
        }
    }

    /// The digest of this secret, computed the way the known digest was. `None` if that names no
    /// way argon2 knows.
    pub(super) fn alike(&self, peppered: &[u8; 32], known: &PasswordHash) -> Option<PasswordHash> {
        let (params, salt) = (Params::try_from(known).ok()?, known.salt.as_ref()?);
        self.runs.fetch_add(1, Ordering::Relaxed);
        let (algorithm, version) = (Some(known.algorithm.as_str()), known.version);
        let hasher = Argon2::default();
        hasher.hash_password_customized(peppered, salt, algorithm, version, params).ok()
    }
}

/// Whether one run serves both: everything but the result is the same.
pub(super) fn made_alike(one: &PasswordHash, other: &PasswordHash) -> bool {
    one.algorithm == other.algorithm
        && one.version == other.version
        && one.params == other.params
        && one.salt == other.salt
}

/// Takes a time that doesn't reveal how much was right.
pub(super) fn is_same(one: &PasswordHash, other: &PasswordHash) -> bool {
    matches!((&one.hash, &other.hash), (Some(one), Some(other)) if one == other)
}
