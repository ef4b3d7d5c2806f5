//! The database from a test whose time stands still: there a wait for an answer would pass at once, so
//! that the store works on a thread with time of its own.

use std::sync::Arc;
use std::thread::JoinHandle;

use async_trait::async_trait;
use tokio::runtime::Handle;
use tokio::sync::oneshot::{Sender, channel};
use totem::audit::{Chain, ChainName, Row};
use totem::domain::reference::{Id, Kind, Ref};
use totem::store::postgres::PostgresStore;
use totem::store::{Answered, Batch, DocumentShelf, Store, StoreError, Versioned};

use super::Office;

/// A database of its own, for as long as this lasts.
pub struct Elsewhere {
    store: Arc<PostgresStore>,
    works: Handle,
    /// The thread ends when this goes.
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
    /// It goes last.
    _office: Office,
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        drop(self.stop.take());
        self.thread.take().map(JoinHandle::join);
    }
}

pub fn elsewhere(chain: Chain) -> Elsewhere {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let works = runtime.handle().clone();
    let (stop, stopped) = channel();
    let thread = std::thread::spawn(move || {
        let _ = runtime.block_on(stopped);
    });
    let office = Office::new();
    let store = Arc::new(PostgresStore::new(office.server(), chain));
    Elsewhere { store, works, stop: Some(stop), thread: Some(thread), _office: office }
}

impl Elsewhere {
    async fn ask<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, StoreError>> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.works.spawn(work).await.unwrap()
    }
}

#[async_trait]
impl Store for Elsewhere {
    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        let store = self.store.clone();
        self.ask(async move { store.commit(batch).await }).await
    }

    async fn get(&self, what: Ref) -> Result<Option<Versioned>, StoreError> {
        let store = self.store.clone();
        self.ask(async move { store.get(what).await }).await
    }

    async fn get_many(&self, what: &[Ref]) -> Result<Answered, StoreError> {
        let (store, what) = (self.store.clone(), what.to_vec());
        self.ask(async move { store.get_many(&what).await }).await
    }

    async fn find(&self, index: Id) -> Result<Option<Ref>, StoreError> {
        let store = self.store.clone();
        self.ask(async move { store.find(index).await }).await
    }

    async fn list(
        &self,
        kind: Kind,
        after: Option<Id>,
        limit: u16,
    ) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        let store = self.store.clone();
        self.ask(async move { store.list(kind, after, limit).await }).await
    }

    async fn group(&self, group: Id) -> Result<u64, StoreError> {
        let store = self.store.clone();
        self.ask(async move { store.group(group).await }).await
    }

    async fn members(
        &self,
        group: Id,
        kind: Kind,
        after: Option<Id>,
        limit: u16,
    ) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        let store = self.store.clone();
        self.ask(async move { store.members(group, kind, after, limit).await }).await
    }

    async fn due(&self, now_ms: u64, limit: u16) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        let store = self.store.clone();
        self.ask(async move { store.due(now_ms, limit).await }).await
    }

    async fn due_of(&self, kind: Kind, now_ms: u64, limit: u16) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        let store = self.store.clone();
        self.ask(async move { store.due_of(kind, now_ms, limit).await }).await
    }

    async fn next_due_ms(&self) -> Result<Option<u64>, StoreError> {
        let store = self.store.clone();
        self.ask(async move { store.next_due_ms().await }).await
    }

    async fn rows(&self, chain: ChainName, after: u64, limit: u16) -> Result<Vec<Row>, StoreError> {
        let store = self.store.clone();
        self.ask(async move { store.rows(chain, after, limit).await }).await
    }

    async fn chains(&self, after: Option<ChainName>, limit: u16) -> Result<Vec<ChainName>, StoreError> {
        let store = self.store.clone();
        self.ask(async move { store.chains(after, limit).await }).await
    }

    fn shelf(&self) -> Option<&dyn DocumentShelf> {
        Some(self)
    }
}

#[async_trait]
impl DocumentShelf for Elsewhere {
    async fn lay(&self, id: Id, sealed: &[u8]) -> Result<(), StoreError> {
        let (store, sealed) = (self.store.clone(), sealed.to_vec());
        self.ask(async move { store.lay(id, &sealed).await }).await
    }

    async fn take(&self, id: Id) -> Result<Option<Vec<u8>>, StoreError> {
        let store = self.store.clone();
        self.ask(async move { store.take(id).await }).await
    }

    async fn remove(&self, id: Id) -> Result<(), StoreError> {
        let store = self.store.clone();
        self.ask(async move { DocumentShelf::remove(&*store, id).await }).await
    }

    async fn clean(&self, kept_ms: u64) -> Result<usize, StoreError> {
        let store = self.store.clone();
        self.ask(async move { store.clean(kept_ms).await }).await
    }

    async fn missing(&self) -> Result<Vec<Id>, StoreError> {
        let store = self.store.clone();
        self.ask(async move { store.missing().await }).await
    }
}
