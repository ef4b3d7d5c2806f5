//! Typed records over a [`Store`]: postcard inside, a version byte in front, sealed by the vault
//! before they reach it (S13). A use case reads [`Held`] records, decides, and commits a
//! [`Draft`]: account, limits, outbox and audit as one atomic, durable batch.

mod cut;
mod facilitators;
mod reseal;
mod rows;
mod staff;

use std::sync::{Arc, Mutex};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::tallies::{FailuresAtTerminal, FailuresOfRut, MessagesToAddress, VisitsOfDay};
use super::{Batch, Change, Expect, Id, Kind, Ref, Store, StoreError, Versioned};
use crate::audit::Entry;
use crate::clock::JUMP_MS;
use crate::courier::errand::Errand;
use crate::courier::refusals::RefusedAddress;
use crate::domain::account::{Account, PendingApplication, Proof, Recovery, Undo};
use crate::domain::document::Document;
use crate::domain::facilitator::{Facilitator, FacilitatorRequest};
use crate::domain::rut::Rut;
use crate::domain::staff::StaffAccount;
use crate::domain::update::Erasure;
use crate::vault::{Blind, Vault, random};

pub use cut::AuditAnchor;
pub use reseal::Reseal;

/// Something that is kept: its drawer, and the version of its shape.
pub trait Record: Serialize + DeserializeOwned {
    const KIND: Kind;
    const VERSION: u8;
}

macro_rules! records {
    ($($record:ty => $kind:ident, $version:literal;)*) => {
        $(impl Record for $record {
            const KIND: Kind = Kind::$kind;
            const VERSION: u8 = $version;
        })*
    };
}

records! {
    Account => Account, 1;
    Recovery => Recovery, 1;
    Proof => Proof, 2;
    Undo => Undo, 1;
    PendingApplication => Application, 1;
    Errand => Outbox, 1;
    FailuresOfRut => Limit, 1;
    FailuresAtTerminal => Limit, 1;
    MessagesToAddress => Limit, 1;
    VisitsOfDay => Limit, 1;
    RefusedAddress => Refusal, 1;
    Document => Document, 1;
    Erasure => Erasure, 1;
    StaffAccount => Staff, 1;
    FacilitatorRequest => FacilitatorRequest, 1;
    Facilitator => Facilitator, 1;
    KeyCheck => Meta, 1;
    ClockMark => Meta, 1;
    AuditAnchor => Meta, 1;
}

/// Sealed when the store is first used; opens only with the same keys (S14).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct KeyCheck {
    fingerprints: [[u8; 16]; 4],
}

/// The latest time ever seen (S12).
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct ClockMark {
    latest_ms: u64,
}

const KEY_CHECK: Id = Id(*b"key-check\0\0\0\0\0\0\0");
/// Where the mark of the keys lies, also in a backup.
pub const KEY_MARK: Ref = Ref { kind: Kind::Meta, id: KEY_CHECK };
const CLOCK_MARK: Id = Id(*b"clock-mark\0\0\0\0\0\0");
/// How far the mark may lag behind, so that not every look at the clock is a write.
const MARK_LAG_MS: u64 = 60_000;

/// A record as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held<T> {
    pub id: Id,
    pub version: u64,
    /// When it is to be brought up, in milliseconds since 1970.
    pub due_ms: Option<u64>,
    pub value: T,
}

impl<T: Record> Held<T> {
    pub fn at(&self) -> Ref {
        Ref { kind: T::KIND, id: self.id }
    }
}

/// The time for everything that a limit or a life depends on (S12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// The later of the clock and the latest time ever seen, in milliseconds since 1970.
    pub now_ms: u64,
    /// How far the clock stands behind the latest time ever seen, if over 5 minutes.
    pub behind_ms: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyCheckError {
    #[error(
        "the keys are not those that this data was written with. Put the right key file in its place; nothing was changed"
    )]
    WrongKeys,
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

fn unseal<T: Record>(vault: &Vault, at: Ref, read: &Versioned) -> Result<Held<T>, StoreError> {
    let corrupt = |what: &str| StoreError::Corrupt(format!("a record of kind {:?}: {what}", at.kind));
    let plain = vault.open(at, &read.bytes).map_err(|error| corrupt(&error.to_string()))?;
    match plain.split_first() {
        Some((version, bytes)) if *version == T::VERSION && at.kind == T::KIND => {
            let value = postcard::from_bytes(bytes).map_err(|_| corrupt("it has another shape"))?;
            Ok(Held { id: at.id, version: read.version, due_ms: read.due_ms, value })
        }
        Some((version, _)) => Err(corrupt(&format!("version {version} is not known here"))),
        None => Err(corrupt("it is empty")),
    }
}

/// The sealed, typed layer over a store. Cheap to clone.
#[derive(Clone)]
pub struct Records {
    store: Arc<dyn Store>,
    vault: Arc<Vault>,
    /// While the clock stands behind what was ever seen: a reading of it, and the time that was
    /// reckoned then. From there time goes on as the clock does, or nothing would ever end.
    behind: Arc<Mutex<Option<(u64, u64)>>>,
}

impl Records {
    pub fn new(store: Arc<dyn Store>, vault: Arc<Vault>) -> Self {
        Records { store, vault, behind: Arc::default() }
    }

    pub fn vault(&self) -> &Arc<Vault> {
        &self.vault
    }

    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// A new time-ordered id.
    pub fn new_id(&self, now_ms: u64) -> Id {
        Id::at(now_ms, random())
    }

    pub async fn get<T: Record>(&self, id: Id) -> Result<Option<Held<T>>, StoreError> {
        let at = Ref { kind: T::KIND, id };
        self.store.get(at).await?.map(|read| self.open(at, &read)).transpose()
    }

    /// The account of a company.
    pub async fn account_of(&self, company: Rut) -> Result<Option<Held<Account>>, StoreError> {
        match self.store.find(self.vault.blind_rut(Blind::AccountOfRut, company)).await? {
            Some(at) if at.kind == Kind::Account => self.get(at.id).await,
            Some(at) => Err(StoreError::Corrupt(format!("a RUT leads to a record of kind {:?}", at.kind))),
            None => Ok(None),
        }
    }

    /// Records of a kind in the order of their ids. Not for `Limit` and `Meta`, whose drawers
    /// hold records of several shapes.
    pub async fn list<T: Record>(&self, after: Option<Id>, limit: u16) -> Result<Vec<Held<T>>, StoreError> {
        let read = self.store.list(T::KIND, after, limit).await?;
        read.iter().map(|(at, read)| self.open(*at, read)).collect()
    }

    /// What was read of a store, unsealed. The drawer must be the record's own.
    pub fn open<T: Record>(&self, at: Ref, read: &Versioned) -> Result<Held<T>, StoreError> {
        unseal(&self.vault, at, read)
    }

    /// Starts a batch.
    pub fn draft(&self, now_ms: u64) -> Draft<'_> {
        let batch = Batch { id: self.new_id(now_ms), expect: Vec::new(), changes: Vec::new() };
        Draft { records: self, batch, fault: None }
    }

    /// Makes sure that the keys are those of this data, before anything else is done. A store
    /// that was never used is marked with them (S14).
    pub async fn check_keys(&self, now_ms: u64) -> Result<(), KeyCheckError> {
        if self.keys_fit().await? {
            return Ok(());
        }
        let used = !self.store.rows(0, 1).await?.is_empty()
            || !self.store.list(Kind::Account, None, 1).await?.is_empty();
        if used {
            return Err(StoreError::Corrupt("the mark of the keys is gone".into()).into());
        }
        let ours = KeyCheck { fingerprints: self.vault.fingerprints() };
        Ok(self.draft(now_ms).new_record(KEY_CHECK, &ours, None).commit().await?)
    }

    /// The same without writing: false for a store that was never marked.
    pub async fn keys_fit(&self) -> Result<bool, KeyCheckError> {
        match self.store.get(KEY_MARK).await? {
            Some(mark) => check_key_mark(&self.vault, &mark).map(|()| true),
            None => Ok(false),
        }
    }

    /// The time to reckon with (S12), for this reading of the wall clock.
    pub async fn time(&self, wall_ms: u64) -> Result<Time, StoreError> {
        let mark = self.get::<ClockMark>(CLOCK_MARK).await?;
        let now_ms = self.reckon(wall_ms, mark.as_ref().map_or(0, |mark| mark.value.latest_ms));
        let now = ClockMark { latest_ms: now_ms };
        let written = match &mark {
            None => self.draft(now_ms).new_record(CLOCK_MARK, &now, None).commit().await,
            Some(mark) if now_ms >= mark.value.latest_ms + MARK_LAG_MS => {
                self.draft(now_ms).replace(mark, &now, None).commit().await
            }
            Some(_) => Ok(()),
        };
        match written {
            // Somebody else moved it meanwhile, to about the same time.
            Ok(()) | Err(StoreError::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
        let behind_ms = now_ms - wall_ms;
        Ok(Time { now_ms, behind_ms: (behind_ms > JUMP_MS).then_some(behind_ms) })
    }

    /// Never before the mark, and never standing still.
    fn reckon(&self, wall_ms: u64, mark_ms: u64) -> u64 {
        let mut behind = self.behind.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (then_wall_ms, then_ms) = behind.unwrap_or((wall_ms, mark_ms));
        let now_ms = wall_ms.max(mark_ms).max(then_ms + wall_ms.saturating_sub(then_wall_ms));
        if now_ms == wall_ms {
            *behind = None;
        } else if behind.is_none() || wall_ms < then_wall_ms {
            *behind = Some((wall_ms, now_ms));
        }
        now_ms
    }
}

/// A batch being put together. Nothing happens before [`Draft::commit`].
pub struct Draft<'a> {
    records: &'a Records,
    batch: Batch,
    /// The first thing that went wrong, told by the commit.
    fault: Option<StoreError>,
}

impl Draft<'_> {
    /// A record that is not there yet.
    pub fn new_record<T: Record>(mut self, id: Id, value: &T, due_ms: Option<u64>) -> Self {
        let at = Ref { kind: T::KIND, id };
        self.batch.expect.push(Expect::Absent(at));
        self.put(at, value, due_ms)
    }

    /// Another value for a record that is still as it was read.
    pub fn replace<T: Record>(mut self, held: &Held<T>, value: &T, due_ms: Option<u64>) -> Self {
        self.batch.expect.push(Expect::At(held.at(), held.version));
        self.put(held.at(), value, due_ms)
    }

    /// A new record, or another value for the one that was read.
    pub fn put_over<T: Record>(self, held: Option<&Held<T>>, id: Id, value: &T, due_ms: Option<u64>) -> Self {
        match held {
            Some(held) => self.replace(held, value, due_ms),
            None => self.new_record(id, value, due_ms),
        }
    }

    pub fn remove<T: Record>(mut self, held: &Held<T>) -> Self {
        self.batch.expect.push(Expect::At(held.at(), held.version));
        self.batch.changes.push(Change::Drop(held.at()));
        self
    }

    /// The same for a record that was not unsealed.
    pub fn remove_unread(mut self, at: Ref, version: u64) -> Self {
        self.batch.expect.push(Expect::At(at, version));
        self.batch.changes.push(Change::Drop(at));
        self
    }

    /// Leaves the bytes of a record that can't be unsealed, and brings it up later.
    pub fn postpone_unread(mut self, at: Ref, read: &Versioned, due_ms: u64) -> Self {
        self.batch.expect.push(Expect::At(at, read.version));
        self.batch.changes.push(Change::Put { at, bytes: read.bytes.clone(), due_ms: Some(due_ms) });
        self
    }

    /// A record that must still be as it was read, and stays so.
    pub fn expect_unchanged<T: Record>(mut self, held: &Held<T>) -> Self {
        self.batch.expect.push(Expect::At(held.at(), held.version));
        self
    }

    pub fn link(mut self, index: Id, to: Ref) -> Self {
        self.batch.changes.push(Change::Link { index, to });
        self
    }

    /// A company's first account, found by its RUT from then on.
    pub fn new_account(self, id: Id, account: &Account) -> Self {
        let index = self.records.vault.blind_rut(Blind::AccountOfRut, account.company);
        self.new_record(id, account, None).link(index, Ref { kind: Kind::Account, id })
    }

    /// A company's account, by its RUT no longer found.
    pub fn remove_account(self, held: &Held<Account>) -> Self {
        let index = self.records.vault.blind_rut(Blind::AccountOfRut, held.value.company);
        self.unlink(index).remove(held)
    }

    pub fn unlink(mut self, index: Id) -> Self {
        self.batch.changes.push(Change::Unlink { index });
        self
    }

    pub fn audit(mut self, entry: &Entry) -> Self {
        if let Some(plain) = self.plain(rows::ENTRY_VERSION, entry) {
            let sealed = self.records.vault.seal_row(&plain);
            self.batch.changes.push(Change::Append(sealed));
        }
        self
    }

    /// All or nothing, on stable storage when it resolves. On [`StoreError::Conflict`] nothing
    /// was done: read and decide again.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self.fault {
            Some(fault) => Err(fault),
            None => self.records.store.commit(self.batch).await,
        }
    }

    fn put<T: Record>(mut self, at: Ref, value: &T, due_ms: Option<u64>) -> Self {
        if let Some(plain) = self.plain(T::VERSION, value) {
            let bytes = self.records.vault.seal(at, &plain);
            self.batch.changes.push(Change::Put { at, bytes, due_ms });
        }
        self
    }

    fn plain<T: Serialize>(&mut self, version: u8, value: &T) -> Option<Zeroizing<Vec<u8>>> {
        match postcard::to_extend(value, vec![version]) {
            Ok(plain) => Some(Zeroizing::new(plain)),
            Err(error) => {
                self.fault.get_or_insert(StoreError::Refused(format!("a value can't be written: {error}")));
                None
            }
        }
    }
}

#[cfg(test)]
#[path = "records_tests.rs"]
mod tests;
