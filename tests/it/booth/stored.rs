//! The store of a booth: in memory or in a database, whose disk can be full and whose line can be cut.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use async_trait::async_trait;
use totem::audit::{ChainName, Row};
use totem::domain::reference::{Id, Kind, Ref};
use totem::store::memory::MemoryStore;
use totem::store::outage::LineOutage;
use totem::store::{Answered, Batch, DocumentShelf, StoreError, Versioned};
use totem::vault::Vault;

use super::world::booth_vault;
use crate::postgres;

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreFault {
    None,
    /// It can be read.
    Full,
    /// It writes, and nobody hears of it.
    Silent,
    /// Nothing reaches it.
    Away,
}

/// A store that several booths work with, on PostgreSQL.
#[derive(Clone)]
pub struct Office(Arc<dyn totem::store::Store>);

impl Office {
    pub fn new() -> Self {
        Office(Arc::new(postgres::elsewhere(booth_vault().chain())))
    }
}

/// A store with a fault of the test's.
pub struct Store {
    inner: Arc<dyn totem::store::Store>,
    /// Whether it keeps documents too, as one does that many terminals share.
    has_shelf: bool,
    fault: Mutex<StoreFault>,
    /// Once it is one that many terminals share.
    outage: OnceLock<LineOutage>,
}

impl Store {
    pub fn new(vault: &Vault) -> Self {
        Self::over(backing(vault), false)
    }

    /// One that other booths work with too.
    pub fn of_office(office: &Office) -> Self {
        Self::over(office.0.clone(), true)
    }

    fn over(inner: Arc<dyn totem::store::Store>, has_shelf: bool) -> Self {
        Store { inner, has_shelf, fault: Mutex::new(StoreFault::None), outage: OnceLock::new() }
    }

    pub fn set(&self, fault: StoreFault) {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = fault;
    }

    /// From now on it is one that many terminals share.
    pub fn is_shared(&self, outage: LineOutage) {
        assert!(self.outage.set(outage).is_ok(), "it is shared already");
    }

    fn fault(&self) -> StoreFault {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reaches(&self) -> Result<(), StoreError> {
        match self.fault() {
            StoreFault::Away => Err(StoreError::Unavailable("the test cut the line".to_string())),
            _ => Ok(()),
        }
    }
}

#[async_trait]
impl totem::store::Store for Store {
    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        let fault = self.fault();
        if matches!(fault, StoreFault::Full | StoreFault::Away) {
            return Err(StoreError::Unavailable("the test has no room or no line".to_string()));
        }
        self.inner.commit(batch).await?;
        match fault {
            StoreFault::Silent => Err(StoreError::Unknown("the test cut the line".to_string())),
            _ => Ok(()),
        }
    }

    async fn get(&self, what: Ref) -> Result<Option<Versioned>, StoreError> {
        self.reaches()?;
        self.inner.get(what).await
    }

    async fn get_many(&self, what: &[Ref]) -> Result<Answered, StoreError> {
        self.reaches()?;
        self.inner.get_many(what).await
    }

    async fn group(&self, group: Id) -> Result<u64, StoreError> {
        self.reaches()?;
        self.inner.group(group).await
    }

    async fn members(
        &self,
        group: Id,
        kind: Kind,
        after: Option<Id>,
        limit: u16,
    ) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        self.reaches()?;
        self.inner.members(group, kind, after, limit).await
    }

    async fn find(&self, index: Id) -> Result<Option<Ref>, StoreError> {
        self.reaches()?;
        self.inner.find(index).await
    }

    async fn list(
        &self,
        kind: Kind,
        after: Option<Id>,
        limit: u16,
    ) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        self.reaches()?;
        self.inner.list(kind, after, limit).await
    }

    async fn due(&self, now_ms: u64, limit: u16) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        self.reaches()?;
        self.inner.due(now_ms, limit).await
    }

    async fn due_of(&self, kind: Kind, now_ms: u64, limit: u16) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        self.reaches()?;
        self.inner.due_of(kind, now_ms, limit).await
    }

    async fn next_due_ms(&self) -> Result<Option<u64>, StoreError> {
        self.reaches()?;
        self.inner.next_due_ms().await
    }

    async fn rows(&self, chain: ChainName, after: u64, limit: u16) -> Result<Vec<Row>, StoreError> {
        self.reaches()?;
        self.inner.rows(chain, after, limit).await
    }

    async fn chains(&self, after: Option<ChainName>, limit: u16) -> Result<Vec<ChainName>, StoreError> {
        self.reaches()?;
        self.inner.chains(after, limit).await
    }

    fn outage(&self) -> Option<&LineOutage> {
        self.outage.get()
    }

    fn shelf(&self) -> Option<&dyn DocumentShelf> {
        self.inner.shelf().filter(|_| self.has_shelf)
    }
}

/// In memory, or in a database where `TOTEM_TEST_STORE=postgres` asks for that: each journey is one on
/// both.
#[expect(clippy::disallowed_methods, reason = "a way to run the journeys, and no setting of the program")]
fn backing(vault: &Vault) -> Arc<dyn totem::store::Store> {
    match std::env::var("TOTEM_TEST_STORE").as_deref() {
        Ok("postgres") => Arc::new(postgres::elsewhere(vault.chain())),
        _ => Arc::new(MemoryStore::new(vault.chain())),
    }
}
