//! What secrets become before anything is stored: argon2id over an HMAC with a pepper (S1), sealed
//! records and blind indexes (S13), pseudonyms for the log (S22), the audit chain (S23).
//!
//! Everything that needs a key happens here, so that no key travels.

mod draw;
mod keys;
mod seal;
mod secret_file;

pub use draw::{CLAVE_ALPHABET, challenge_letters, new_clave, new_code, random, random_up_to};
pub use keys::{CREDENTIAL_NAME, KeyError, Keys};
pub use seal::Unsealed;
pub use secret_file::{SecretFile, SecretFileError};

use std::sync::Arc;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::domain::account::Digest;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::store::{Chain, Id};

/// How many hashings run at once (S1): each takes 64 MiB.
const HASHINGS_AT_ONCE: usize = 2;

/// What one hashing by argon2id costs (RFC 9106).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CostError {
    #[error("hashing must take at least 19456 KiB, 2 passes and 1 lane")]
    TooCheap,
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
    /// Refuses what is under the floor of S1, and what a kiosk can't bear.
    pub fn new(memory_kib: u32, passes: u32, lanes: u32) -> Result<Self, CostError> {
        if memory_kib < 19_456 || passes < 2 || lanes < 1 {
            return Err(CostError::TooCheap);
        }
        if memory_kib > 1_048_576 || passes > 16 || lanes > 16 {
            return Err(CostError::TooDear);
        }
        Ok(Cost { memory_kib, passes, lanes })
    }

    /// Whatever argon2 itself takes. Only a configuration that asks for it by name gets it.
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

    fn argon2(self) -> Argon2<'static> {
        match Params::new(self.memory_kib, self.passes, self.lanes, None) {
            Ok(params) => Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            Err(error) => unreachable!("every cost is within argon2's range: {error}"),
        }
    }

    /// Whether a digest was made at this very cost, by this very algorithm.
    fn made(self, hash: &PasswordHash) -> bool {
        let of = |name| hash.params.get_decimal(name);
        hash.algorithm.as_str() == "argon2id"
            && hash.version == Some(19)
            && (of("m"), of("t"), of("p")) == (Some(self.memory_kib), Some(self.passes), Some(self.lanes))
    }
}

/// What became of comparing a secret with a digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Right,
    /// Right, but made at another cost than today's: hash it anew now that it is at hand (S1).
    RightButOld,
    Wrong,
}

impl Verdict {
    pub fn is_right(self) -> bool {
        self != Verdict::Wrong
    }
}

/// What a blind index or id is for: one value gives unrelated ids for different purposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blind {
    /// Finds the account; unique.
    AccountOfRut,
    /// Failed tries (S10).
    LimitOfRut,
    /// Failing RUTs at a terminal (S11).
    LimitOfTerminal,
    /// Messages sent to an address (S11).
    LimitOfAddress,
    /// Finds the newest thing that can be undone for a company (S7).
    UndoOfRut,
    /// An address that refused a message for good.
    RefusalOfAddress,
}

impl Blind {
    /// Ends in a zero, so that no label and value run together.
    fn label(self) -> &'static [u8] {
        match self {
            Blind::AccountOfRut => b"rut-v1\0",
            Blind::LimitOfRut => b"limit-rut-v1\0",
            Blind::LimitOfTerminal => b"limit-terminal-v1\0",
            Blind::LimitOfAddress => b"limit-address-v1\0",
            Blind::UndoOfRut => b"undo-rut-v1\0",
            Blind::RefusalOfAddress => b"refusal-address-v1\0",
        }
    }
}

/// A RUT as the log shows it (S22): the same RUT gives the same letters, which tell nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Pseudonym(String);

impl std::fmt::Display for Pseudonym {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

/// The keys, and all that is done with them.
pub struct Vault {
    keys: Keys,
    cost: Cost,
    hashings: Arc<Semaphore>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Vault(…)")
    }
}

impl Vault {
    pub fn new(keys: Keys, cost: Cost) -> Self {
        Vault { keys, cost, hashings: Arc::new(Semaphore::new(HASHINGS_AT_ONCE)) }
    }

    /// What may be stored of a secret (S1).
    pub async fn digest(&self, secret: &Secret) -> Digest {
        let peppered = self.pepper(secret);
        let cost = self.cost;
        let salt = random::<16>();
        self.hash(move || digest_of(cost, &peppered, &salt)).await
    }

    /// Compares in a time that doesn't tell how much was right. A digest that can't be read is
    /// [`Verdict::Wrong`]: unknown is never yes.
    pub async fn verify(&self, secret: &Secret, digest: &Digest) -> Verdict {
        let peppered = self.pepper(secret);
        let (cost, digest) = (self.cost, digest.clone());
        self.hash(move || {
            let Ok(known) = PasswordHash::new(&digest.0) else {
                return Verdict::Wrong;
            };
            match cost.argon2().verify_password(peppered.as_slice(), &known) {
                Ok(()) if cost.made(&known) => Verdict::Right,
                Ok(()) => Verdict::RightButOld,
                Err(_) => Verdict::Wrong,
            }
        })
        .await
    }

    /// Takes as long as [`Vault::verify`], for who has nothing to compare with (S9).
    pub async fn verify_nothing(&self) -> Verdict {
        let cost = self.cost;
        let (peppered, salt) = (Zeroizing::new(random::<32>()), random::<16>());
        self.hash(move || {
            let _ = digest_of(cost, &peppered, &salt);
            Verdict::Wrong
        })
        .await
    }

    fn pepper(&self, secret: &Secret) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(mac(self.keys.pepper(), &[secret.expose().as_bytes()]))
    }

    /// Runs off the event loop, two at once. The permit goes with the work: who walks away from
    /// the answer doesn't let a third one start.
    async fn hash<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let Ok(permit) = Arc::clone(&self.hashings).acquire_owned().await else {
            unreachable!("the semaphore is never closed");
        };
        let task = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        });
        match task.await {
            Ok(done) => done,
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            // The runtime is going down, and whoever asked goes with it.
            Err(_) => std::future::pending().await,
        }
    }

    /// An id that tells nothing without the index key, however few values there are to try (S13).
    pub fn blind(&self, purpose: Blind, value: &[u8]) -> Id {
        Id(first(mac(self.keys.index(), &[purpose.label(), value])))
    }

    /// The id under which an account is found.
    pub fn blind_rut(&self, purpose: Blind, rut: Rut) -> Id {
        self.blind(purpose, rut.canonical().as_bytes())
    }

    /// How the store chains its audit rows: HMAC over the row before, the number and the bytes
    /// (S23).
    pub fn chain(&self) -> Chain {
        let key = Zeroizing::new(*self.keys.audit());
        Arc::new(move |before, sequence, bytes| mac(&key, &[before, &sequence.to_be_bytes(), bytes]))
    }

    /// Eight letters and digits for the log (S22).
    pub fn pseudonym(&self, rut: Rut) -> Pseudonym {
        let bytes: [u8; 5] = first(mac(self.keys.pseudonym(), &[b"log-v1\0", rut.canonical().as_bytes()]));
        Pseudonym(BASE32_NOPAD.encode(&bytes).to_lowercase())
    }

    /// A number under `among`, always the same for a RUT: the question made up for one that has
    /// no account (S9). 0 when there is nothing to choose from.
    pub fn pick(&self, rut: Rut, among: usize) -> usize {
        let bytes = first(mac(self.keys.index(), &[b"pick-v1\0", rut.canonical().as_bytes()]));
        let number = u64::from_be_bytes(bytes);
        (number % (among.max(1) as u64)) as usize
    }

    /// What is kept to know the keys again: it tells nothing about them.
    pub fn fingerprints(&self) -> [[u8; 16]; 4] {
        [self.keys.index(), self.keys.pepper(), self.keys.audit(), self.keys.pseudonym()]
            .map(|key| first(mac(key, &[b"check-v1\0"])))
    }
}

fn digest_of(cost: Cost, peppered: &[u8; 32], salt: &[u8; 16]) -> Digest {
    match cost.argon2().hash_password_with_salt(peppered, salt) {
        Ok(hash) => Digest(hash.to_string()),
        Err(error) => unreachable!("cost, salt and input are all of lengths that argon2 takes: {error}"),
    }
}

/// HMAC-SHA256 over the parts, one after the other.
fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        unreachable!("HMAC takes a key of any length");
    };
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

fn first<const N: usize>(mac: [u8; 32]) -> [u8; N] {
    std::array::from_fn(|place| mac[place])
}

#[cfg(test)]
mod tests;
