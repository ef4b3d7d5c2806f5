//! What secrets become before anything is stored: argon2id over an HMAC with a pepper (S1), sealed
//! records and blind indexes (S13), pseudonyms for the logs (S22), the audit chain (S23).
//!
//! Everything that needs a key happens here, so that no key leaves.

mod document;
mod draw;
mod hashing;
mod keys;
mod seal;
mod secret_file;
pub mod totp;

pub use draw::{CLAVE_ALPHABET, Chance, random, random_up_to};
pub use hashing::{Cost, CostError};
pub use keys::{CREDENTIAL_NAME, KeyError, Keys};
pub use seal::{Place, Unsealed, is_bound_to_version};
pub use secret_file::{SecretFile, SecretFileError};

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::audit::Chain;
use crate::domain::clean::Clean;
use crate::domain::digest::Digest;
use crate::domain::pseudonym::Pseudonym;
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use hashing::{Mill, is_same, made_alike};

/// How many hashes are computed at once (S1): each takes 64 MiB.
pub const HASHINGS_AT_ONCE: usize = 2;

/// The result of comparing a secret with a digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the secret, at today's cost.
    Right,
    /// It is the secret, but at another cost than today's: digest it again while it is at hand
    /// (S1).
    RightButOld,
    /// It isn't the secret, or the digest can't be read.
    Wrong,
}

impl Verdict {
    /// Whether it is the secret, at any cost.
    pub fn is_right(self) -> bool {
        self != Verdict::Wrong
    }
}

/// What a blind index or id is for. The same value gives unrelated ids for different purposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blind {
    /// Finds an account; unique.
    AccountOfRut,
    /// Failed tries (S10).
    LimitOfRut,
    /// Failing RUTs at a terminal (S11).
    LimitOfTerminal,
    /// Messages sent to an address (S11).
    LimitOfAddress,
    /// Finds the newest change of a company that can be undone (S7).
    UndoOfRut,
    /// An address that refused a message for good.
    RefusalOfAddress,
    /// Where a notice's code went (S7).
    NoticeToAddress,
    /// Finds a staff account; unique.
    StaffOfName,
    /// Failed attempts to sign in under a name.
    LimitOfStaff,
    /// How the visits of one day went.
    VisitsOfDay,
    /// Finds a facilitator's request by its receipt; unique.
    RequestOfFolio,
    /// Finds a company's facilitator by their document; unique.
    FacilitatorOfCompany,
    /// Finds what there is of a company; not unique.
    RecordsOfCompany,
    /// Finds what was done under a receipt; not unique.
    RecordsOfFolio,
    /// Finds what staff look after; not unique.
    QueueOfStaff,
    /// What the invented world's staff sign in with, which is written nowhere (T14).
    InventedStaff,
    /// Failed tries at a person who should represent a company (T9).
    RepresentativesOfRut,
    /// Failed tries at a person's card, whichever company they say to represent (T9).
    CardsOfRut,
    /// Failed looks for a request under a representative's RUT (T9).
    StatusOfRut,
    /// Failed tries at a facilitator's clave (T9).
    LimitOfFacilitator,
    /// Failed tries at the keys that were sent for a company, while its block runs (T9).
    SentKeysOfRut,
    /// The same of a facilitator's.
    SentKeysOfFacilitator,
    /// Failed tries at the PIN of a member's number (T9).
    LimitOfPin,
    /// Finds the settlement of a company with a representative (T6).
    DisputeOf,
    /// The last four symbols of a card (T6).
    CardEnding,
    /// Finds the rank of a company's account that was erased (T4d).
    RankOfRut,
}

impl Blind {
    /// Ends in a zero byte, so that a label and a value can't run together.
    fn label(self) -> &'static [u8] {
        match self {
            Blind::AccountOfRut => b"rut-v1\0",
            Blind::LimitOfRut => b"limit-rut-v1\0",
            Blind::LimitOfTerminal => b"limit-terminal-v1\0",
            Blind::LimitOfAddress => b"limit-address-v1\0",
            Blind::UndoOfRut => b"undo-rut-v1\0",
            Blind::RefusalOfAddress => b"refusal-address-v1\0",
            Blind::NoticeToAddress => b"notice-address-v1\0",
            Blind::StaffOfName => b"staff-name-v1\0",
            Blind::LimitOfStaff => b"limit-staff-v1\0",
            Blind::VisitsOfDay => b"visits-day-v1\0",
            Blind::RequestOfFolio => b"request-folio-v1\0",
            Blind::FacilitatorOfCompany => b"facilitator-v1\0",
            Blind::RecordsOfCompany => b"records-of-company-v1\0",
            Blind::RecordsOfFolio => b"records-of-folio-v1\0",
            Blind::QueueOfStaff => b"queue-of-staff-v1\0",
            Blind::InventedStaff => b"invented-staff-v1\0",
            Blind::RepresentativesOfRut => b"limit-representatives-v1\0",
            Blind::CardsOfRut => b"limit-cards-v1\0",
            Blind::StatusOfRut => b"limit-status-v1\0",
            Blind::LimitOfFacilitator => b"limit-facilitator-v1\0",
            Blind::SentKeysOfRut => b"limit-sent-keys-v1\0",
            Blind::SentKeysOfFacilitator => b"limit-sent-facilitator-v1\0",
            Blind::LimitOfPin => b"limit-pin-v1\0",
            Blind::DisputeOf => b"dispute-v1\0",
            Blind::RankOfRut => b"rank-rut-v1\0",
            Blind::CardEnding => b"card-ending-v1\0",
        }
    }
}

/// Digests of one company that share their salt, because they are searched together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// The keys that recoveries sent (S6).
    SentClaves,
    /// The codes of notices (S7).
    UndoCodes,
}

impl Among {
    fn label(self) -> &'static [u8] {
        match self {
            Among::SentClaves => b"sent-key-salt-v1\0",
            Among::UndoCodes => b"undo-code-salt-v1\0",
        }
    }
}

/// Holds the keys, and does everything that needs one.
pub struct Vault {
    keys: Keys,
    mill: Mill,
    chance: Chance,
    place: HashingPlace,
}

/// Where a hash is computed.
enum HashingPlace {
    /// On other threads, as many at once as the semaphore lets.
    Beside(Arc<Semaphore>),
    /// Where it is asked for, one after the other.
    Here,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Vault(…)")
    }
}

impl Vault {
    /// Over these keys; digests are made at this cost.
    pub fn new(keys: Keys, cost: Cost) -> Self {
        let place = HashingPlace::Beside(Arc::new(Semaphore::new(HASHINGS_AT_ONCE)));
        Vault { keys, mill: Mill::new(cost), chance: draw::of_system(), place }
    }

    /// The same with all its randomness from this source, for a simulation that is to be repeated.
    pub fn drawing_from(self, chance: Chance) -> Self {
        Vault { chance, ..self }
    }

    /// The same without threads: whoever asks for a hash computes it, and everything else waits. For a
    /// simulation, which has the order of everything in its own hand.
    pub fn hashing_here(self) -> Self {
        Vault { place: HashingPlace::Here, ..self }
    }

    /// Whether whatever takes long is done where it is asked for.
    pub fn works_here(&self) -> bool {
        matches!(self.place, HashingPlace::Here)
    }

    /// How many hashes were begun. Their number must not reveal what an answer found (S9).
    pub fn hashings(&self) -> u64 {
        self.mill.runs()
    }

    /// What may be stored of a secret (S1).
    pub async fn digest(&self, secret: &Secret) -> Digest {
        self.digest_salted(secret, self.random::<16>()).await
    }

    /// The same for one of several that [`Vault::find`] searches. They share their salt, which
    /// can't be known without the index key, so that one hash serves all of them. Only for secrets
    /// that were drawn at random and soon expire: somebody with the store and the keys could try
    /// all of them at once.
    pub async fn digest_among(&self, secret: &Secret, among: Among, company: Rut) -> Digest {
        let salt = first(mac(self.keys.index(), &[among.label(), company.canonical().as_bytes()]));
        self.digest_salted(secret, salt).await
    }

    async fn digest_salted(&self, secret: &Secret, salt: [u8; 16]) -> Digest {
        let (peppered, mill) = (self.pepper(secret), self.mill.clone());
        self.hash(move || mill.digest(&peppered, &salt)).await
    }

    /// Compares in a time that doesn't reveal how much was right. A digest that can't be read is
    /// [`Verdict::Wrong`]: unknown is never yes.
    pub async fn verify(&self, secret: &Secret, digest: &Digest) -> Verdict {
        let peppered = self.pepper(secret);
        let (mill, digest) = (self.mill.clone(), digest.clone());
        self.hash(move || {
            let Ok(known) = PasswordHash::new(&digest.0) else {
                return Verdict::Wrong;
            };
            match mill.alike(&peppered, &known) {
                Some(made) if !is_same(&made, &known) => Verdict::Wrong,
                Some(made) if mill.cost.made(&made) => Verdict::Right,
                Some(_) => Verdict::RightButOld,
                None => Verdict::Wrong,
            }
        })
        .await
    }

    /// Which of these digests belongs to this secret, if any. It computes one hash whether there
    /// are none or many with one salt (S9); digests from before a change of cost take one more.
    pub async fn find(&self, secret: &Secret, digests: Vec<Digest>) -> Option<usize> {
        let (peppered, mill, salt) = (self.pepper(secret), self.mill.clone(), self.random::<16>());
        self.hash(move || {
            let mut made: Vec<PasswordHash> = Vec::new();
            let mut found = None;
            for (place, digest) in digests.iter().enumerate() {
                let Ok(known) = PasswordHash::new(&digest.0) else { continue };
                if !made.iter().any(|made| made_alike(made, &known)) {
                    made.extend(mill.alike(&peppered, &known));
                }
                if made.iter().any(|made| made_alike(made, &known) && is_same(made, &known)) {
                    found.get_or_insert(place);
                }
            }
            if made.is_empty() {
                let _ = mill.digest(&peppered, &salt);
            }
            found
        })
        .await
    }

    /// Takes as long as [`Vault::verify`], for when there is nothing to compare with (S9).
    pub async fn verify_nothing(&self) -> Verdict {
        let mill = self.mill.clone();
        let (peppered, salt) = (Zeroizing::new(self.random::<32>()), self.random::<16>());
        self.hash(move || {
            let _ = mill.digest(&peppered, &salt);
            Verdict::Wrong
        })
        .await
    }

    fn pepper(&self, secret: &Secret) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(mac(self.keys.pepper(), &[secret.expose().as_bytes()]))
    }

    /// Runs off the event loop, two at once. The permit goes with the work: a caller that stops
    /// waiting doesn't let a third one start.
    async fn hash<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let HashingPlace::Beside(hashings) = &self.place else {
            return work();
        };
        let Ok(permit) = Arc::clone(hashings).acquire_owned().await else {
            unreachable!("the semaphore is never closed");
        };
        let task = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        });
        match task.await {
            Ok(done) => done,
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            // The runtime is shutting down, and the caller with it.
            Err(_) => std::future::pending().await,
        }
    }

    /// An id that reveals nothing without the index key, however few values there are to try (S13).
    pub fn blind(&self, purpose: Blind, value: &[u8]) -> Id {
        Id(first(mac(self.keys.index(), &[purpose.label(), value])))
    }

    /// The same for a RUT.
    pub fn blind_rut(&self, purpose: Blind, rut: Rut) -> Id {
        self.blind(purpose, rut.canonical().as_bytes())
    }

    /// The same for the name of a member of staff, whatever its case.
    pub fn blind_name(&self, purpose: Blind, name: &Clean) -> Id {
        self.blind(purpose, name.as_str().to_lowercase().as_bytes())
    }

    /// The same for a person of a company.
    pub fn blind_pair(&self, purpose: Blind, company: Rut, person: Rut) -> Id {
        self.blind(purpose, format!("{}\0{}", company.canonical(), person.canonical()).as_bytes())
    }

    /// How the store chains its audit rows: HMAC over the row before, the number and the bytes
    /// (S23).
    pub fn chain(&self) -> Chain {
        // The key is taken in once: each group of writes is tagged a dozen times.
        let keyed = keyed(self.keys.audit());
        Arc::new(move |before, sequence, bytes| {
            finish(keyed.clone(), &[before, &sequence.to_be_bytes(), bytes])
        })
    }

    /// Eight letters and digits for the logs (S22).
    pub fn pseudonym(&self, rut: Rut) -> Pseudonym {
        let bytes: [u8; 5] = first(mac(self.keys.pseudonym(), &[b"log-v1\0", rut.canonical().as_bytes()]));
        Pseudonym(BASE32_NOPAD.encode(&bytes).to_lowercase())
    }

    /// A number below `among`, always the same for one RUT. It chooses the invented question of a
    /// RUT without an account (S9). 0 when there is nothing to choose from.
    pub fn pick(&self, rut: Rut, among: usize) -> usize {
        let bytes = first(mac(self.keys.index(), &[b"pick-v1\0", rut.canonical().as_bytes()]));
        let number = u64::from_be_bytes(bytes);
        (number % (among.max(1) as u64)) as usize
    }

    /// What is kept in order to recognise the keys; it reveals nothing about them.
    pub fn fingerprints(&self) -> [[u8; 16]; 4] {
        [self.keys.index(), self.keys.pepper(), self.keys.audit(), self.keys.pseudonym()]
            .map(|key| first(mac(key, &[b"check-v1\0"])))
    }
}

/// HMAC-SHA256 over the concatenated parts.
fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    finish(keyed(key), parts)
}

/// Ready for the parts; wiped when it is dropped, as the key is.
fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    match Hmac::new_from_slice(key) {
        Ok(keyed) => keyed,
        Err(_) => unreachable!("HMAC takes a key of any length"),
    }
}

fn finish(mut mac: Hmac<Sha256>, parts: &[&[u8]]) -> [u8; 32] {
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

fn first<const N: usize>(mac: [u8; 32]) -> [u8; N] {
    std::array::from_fn(|place| mac[place])
}

#[cfg(test)]
mod tests;
