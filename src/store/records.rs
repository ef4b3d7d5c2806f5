//! Typed records over a [`Store`]: postcard inside, a version byte in front, sealed by the vault
//! before they reach it (S13). A use case reads [`Held`] records, decides, and commits a
//! [`Draft`]: account, limits, outbox and audit as one atomic, durable batch.

mod claim;
mod cursor;
mod cut;
mod draft;
mod facilitators;
mod key_mark;
mod older;
mod raise;
mod reckoning;
mod reseal;
mod rows;
mod seals;
mod seen_passing;
mod set_aside;
mod staff;
mod stored;
mod time;
mod world;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::{Id, Ref, Store, StoreError, Versioned};
use crate::audit::ChainName;
use crate::clock::{self, BootClock};
use crate::domain::account::Account;
use crate::domain::rut::Rut;
use crate::domain::trust::Ranked;
use crate::vault::{Blind, Place, Vault, is_bound_to_version};

pub use cursor::{Cursor, Group};
pub use cut::chain_of_anchor;
pub use draft::{Draft, Index, Write};
pub use key_mark::{KEY_MARK, KeyCheckError, check_key_mark};
pub use reckoning::FIRST_KIOSK_MS;
pub use reseal::Reseal;
pub use seals::Seals;
use seen_passing::SeenPassing;
pub use stored::{Record, Stored};
pub use world::{WORLD_MARK, World, read_world_mark};

/// A record as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held<T> {
    /// Where it lies in its drawer.
    pub id: Id,
    /// At which it was read: what is decided on it expects this one.
    pub version: u64,
    /// When it is to be brought up, in milliseconds since 1970.
    pub due_ms: Option<u64>,
    /// Unsealed.
    pub value: T,
}

impl<T: Record> Held<T> {
    /// Its drawer and id.
    pub fn at(&self) -> Ref {
        Ref { kind: T::KIND, id: self.id }
    }
}

/// What the seal of a record that was read here is bound to.
pub fn place_of(at: Ref, read: &Versioned) -> Place {
    Place { at, version: read.version, due_ms: read.due_ms }
}

/// What was read of a store or a backup, unsealed by these keys. The drawer must be the record's own.
///
/// # Errors
/// When the keys don't open it, or it has no shape that is known here.
pub fn unseal<T: Record>(vault: &Vault, at: Ref, read: &Versioned) -> Result<Held<T>, StoreError> {
    let corrupt = |what: &str| StoreError::Corrupt(format!("a record of kind {:?}: {what}", at.kind));
    let plain = set_aside::open(vault, place_of(at, read), &read.bytes);
    let plain = plain.map_err(|error| corrupt(&error.to_string()))?;
    match plain.split_first() {
        Some((version, bytes)) => {
            let value = match *version {
                _ if at.kind != T::KIND => None,
                version if version == T::VERSION => Some(postcard::from_bytes(bytes)),
                older => T::read_older(older, bytes),
            };
            let value = value.ok_or_else(|| corrupt(&format!("version {version} is not known here")))?;
            let value = value.map_err(|_| corrupt("it has another shape"))?;
            Ok(Held { id: at.id, version: read.version, due_ms: read.due_ms, value })
        }
        None => Err(corrupt("it is empty")),
    }
}

/// The sealed, typed layer over a store. Cheap to clone.
#[derive(Clone)]
pub struct Records {
    store: Arc<dyn Store>,
    vault: Arc<Vault>,
    /// The audit chain that is written and read here.
    chain: ChainName,
    /// What time is reckoned by (T12).
    reckoned: Reckoned,
    /// How many records raising has looked at, for whoever waits.
    looked_at: Arc<AtomicU64>,
    older_seals: OlderSeals,
}

/// Whose clocks tell the office's time.
#[derive(Clone)]
enum Reckoned {
    /// This machine's: the wall clock, and beside it the time since the boot.
    ByMachine(BootClock),
    /// The store's own, and beside it the time since this machine's boot.
    ByStore { boot: BootClock, seen: Arc<SeenPassing> },
}

/// What becomes of a record whose seal is bound to its place alone, as older programs sealed them: it
/// would also open at another version or due time, or back in the place of a newer one (T13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OlderSeals {
    /// It is read, for the store was not raised yet.
    Read,
    /// None can be there any more.
    Refused,
}

impl Records {
    /// Over this store, sealed by these keys. Rows go to the first audit chain.
    pub fn new(store: Arc<dyn Store>, vault: Arc<Vault>) -> Self {
        let chain = ChainName::FIRST;
        Records {
            store,
            vault,
            chain,
            reckoned: Reckoned::ByMachine(clock::of_machine()),
            looked_at: Arc::default(),
            older_seals: OlderSeals::Read,
        }
    }

    /// The same records of a store that was raised: a seal that is bound to no version is refused (T13).
    pub fn refusing_older_seals(self) -> Self {
        Records { older_seals: OlderSeals::Refused, ..self }
    }

    /// The same, with another boot time than the machine's.
    pub fn timed_by(self, boot: BootClock) -> Self {
        Records { reckoned: Reckoned::ByMachine(boot), ..self }
    }

    /// The same, with the clock of a store that many machines share, which is one for all of them. What
    /// passes beside it is told by the boot time of this machine.
    pub fn timed_by_store(self, boot: BootClock) -> Self {
        Records { reckoned: Reckoned::ByStore { boot, seen: Arc::default() }, ..self }
    }

    /// The same records, with the rows of another audit chain.
    pub fn in_chain(&self, chain: ChainName) -> Self {
        Records { chain, ..self.clone() }
    }

    /// The audit chain whose rows are written and read here.
    pub fn chain(&self) -> ChainName {
        self.chain
    }

    /// The keys, and what is done with them.
    pub fn vault(&self) -> &Arc<Vault> {
        &self.vault
    }

    /// The store beneath, which knows sealed bytes alone.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// A new time-ordered id.
    pub fn new_id(&self, now_ms: u64) -> Id {
        Id::at(now_ms, self.vault.random())
    }

    /// The record under this id, if there is one.
    pub async fn get<T: Record>(&self, id: Id) -> Result<Option<Held<T>>, StoreError> {
        let at = Ref { kind: T::KIND, id };
        self.store.get(at).await?.map(|read| self.open(at, &read)).transpose()
    }

    /// Those of the records under these ids that are there, in their order, in one read.
    pub async fn get_many<T: Record>(&self, ids: &[Id]) -> Result<Vec<Held<T>>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let places: Vec<Ref> = ids.iter().map(|id| Ref { kind: T::KIND, id: *id }).collect();
        let found = self.store.get_many(&places).await?.records;
        let there = places.iter().zip(&found).filter_map(|(at, read)| Some((at, read.as_ref()?)));
        there.map(|(at, read)| self.open(*at, read)).collect()
    }

    /// Those of the records under these ids that are there and can be unsealed. What can't be is nobody's,
    /// where it bars no other.
    ///
    /// # Errors
    /// When the store can't be read.
    pub async fn get_readable<T: Record>(&self, ids: &[Id]) -> Result<Vec<Held<T>>, StoreError> {
        let mut readable = Vec::new();
        for id in ids {
            match self.get(*id).await {
                Ok(held) => readable.extend(held),
                Err(StoreError::Corrupt(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(readable)
    }

    /// The account of a company.
    pub async fn account_of(&self, company: Rut) -> Result<Option<Held<Account>>, StoreError> {
        self.get(self.account_id(company)).await
    }

    /// Where a company's account lies: under the keyed hash of its RUT, so that one entry is all
    /// that a company takes. Of the store's many entries these are what its memory goes by.
    pub fn account_id(&self, company: Rut) -> Id {
        self.vault.blind_rut(Blind::AccountOfRut, company)
    }

    /// What the erasure of a company's account left (T4d). Whoever decides on it and on the account reads
    /// the account first: an erasure writes the one and takes the other in one batch.
    pub async fn remembered_of(&self, company: Rut) -> Result<Option<Held<Ranked>>, StoreError> {
        self.get(self.remembered_id(company)).await
    }

    /// Where that lies: no RUT stands in it.
    pub fn remembered_id(&self, company: Rut) -> Id {
        self.vault.blind_rut(Blind::RankOfRut, company)
    }

    /// The keyed hash under which the store links what this names (S13).
    fn index(&self, index: &Index) -> Id {
        match index {
            Index::Account(company) => self.account_id(*company),
            Index::Request(folio) => self.vault.blind(Blind::RequestOfFolio, folio.to_string().as_bytes()),
            Index::Facilitator { company, country, number } => {
                let value = format!("{}\0{}\0{number}", company.canonical(), country.code());
                self.vault.blind(Blind::FacilitatorOfCompany, value.as_bytes())
            }
            Index::Staff(name) => self.vault.blind_name(Blind::StaffOfName, name),
        }
    }

    /// The record that this names, if any.
    async fn find(&self, index: &Index) -> Result<Option<Ref>, StoreError> {
        self.store.find(self.index(index)).await
    }

    /// Records of a kind in the order of their ids. Not for `Limit` and `Meta`, whose drawers
    /// hold records of several shapes.
    pub async fn list<T: Record>(&self, after: Option<Id>, limit: u16) -> Result<Vec<Held<T>>, StoreError> {
        let read = self.store.list(T::KIND, after, limit).await?;
        read.iter().map(|(at, read)| self.open(*at, read)).collect()
    }

    /// What was read of a store, unsealed. The drawer must be the record's own.
    pub fn open<T: Record>(&self, at: Ref, read: &Versioned) -> Result<Held<T>, StoreError> {
        if self.older_seals == OlderSeals::Refused && !is_bound_to_version(&read.bytes) {
            let what = "its seal is bound to no version, and none of this store is";
            return Err(StoreError::Corrupt(format!("a record of kind {:?}: {what}", at.kind)));
        }
        unseal(&self.vault, at, read)
    }

    /// Starts a batch.
    pub fn draft(&self, now_ms: u64) -> Draft {
        Draft::new(self.new_id(now_ms))
    }
}

#[cfg(test)]
#[path = "records_tests.rs"]
mod tests;
