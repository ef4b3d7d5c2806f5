//! The store in memory, for tests and for trying the kiosk out: the same rules as on disk, and
//! nothing left when it is dropped.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use async_trait::async_trait;

use super::keys::{self, Span};
use super::rules::{self, Head, KeyValues, Tree};
use crate::audit::{Chain, ChainName, Row};
use crate::clock::{self, Clock};
use crate::domain::reference::{Id, Kind, Ref};
use crate::store::{Answered, Batch, Store, StoreError, Versioned};

/// Keeps everything in one ordered map, under one lock.
pub struct MemoryStore {
    chain: Chain,
    clock: Clock,
    map: Arc<Mutex<Map>>,
}

#[derive(Default)]
struct Map(BTreeMap<Vec<u8>, Vec<u8>>);

impl MemoryStore {
    /// An empty store whose audit rows are chained by `chain`.
    pub fn new(chain: Chain) -> Self {
        MemoryStore { chain, clock: clock::system(), map: Arc::default() }
    }

    /// The same, with another clock than the machine's.
    pub fn with_clock(self, clock: Clock) -> Self {
        MemoryStore { clock, ..self }
    }

    /// Another handle on what this one keeps, as another terminal would open it.
    pub fn opened_again(&self, chain: Chain) -> Self {
        MemoryStore { chain, clock: Arc::clone(&self.clock), map: Arc::clone(&self.map) }
    }

    fn map(&self) -> MutexGuard<'_, Map> {
        self.map.lock().expect("nothing panics while it holds the lock")
    }
}

impl Tree for Map {
    fn value(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.0.get(key).cloned())
    }

    fn entries(&self, span: Span) -> KeyValues<'_> {
        if span.from >= span.until {
            return Box::new(std::iter::empty());
        }
        let entries = self.0.range(span.from..span.until);
        Box::new(entries.map(|(key, value)| Ok((key.clone(), value.clone()))))
    }

    fn newest_row(&self, chain: ChainName) -> Result<Option<Head>, StoreError> {
        let Span { from, until } = keys::audit_after(chain, 0);
        let newest = self.0.range(from..until).next_back();
        newest.map(|(key, value)| rules::head((key.clone(), value.clone()))).transpose()
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        let mut map = self.map();
        for (key, value) in rules::plan(&*map, &self.chain, &batch)?.into_iter().flatten() {
            match value {
                Some(value) => map.0.insert(key, value),
                None => map.0.remove(&key),
            };
        }
        Ok(())
    }

    async fn get(&self, what: Ref) -> Result<Option<Versioned>, StoreError> {
        rules::get(&*self.map(), what)
    }

    async fn get_many(&self, what: &[Ref]) -> Result<Answered, StoreError> {
        rules::get_many(&*self.map(), what, (self.clock)())
    }

    async fn group(&self, group: Id) -> Result<u64, StoreError> {
        rules::group(&*self.map(), group)
    }

    async fn members(
        &self,
        group: Id,
        kind: Kind,
        after: Option<Id>,
        limit: u16,
    ) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        rules::members(&*self.map(), group, kind, after, limit)
    }

    async fn find(&self, index: Id) -> Result<Option<Ref>, StoreError> {
        rules::find(&*self.map(), index)
    }

    async fn list(
        &self,
        kind: Kind,
        after: Option<Id>,
        limit: u16,
    ) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        rules::list(&*self.map(), kind, after, limit)
    }

    async fn due(&self, now_ms: u64, limit: u16) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        rules::due(&*self.map(), now_ms, limit)
    }

    async fn due_of(&self, kind: Kind, now_ms: u64, limit: u16) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        rules::due_of(&*self.map(), kind, now_ms, limit)
    }

    async fn next_due_ms(&self) -> Result<Option<u64>, StoreError> {
        rules::next_due_ms(&*self.map())
    }

    async fn rows(&self, chain: ChainName, after: u64, limit: u16) -> Result<Vec<Row>, StoreError> {
        rules::rows(&*self.map(), chain, after, limit)
    }

    async fn chains(&self, after: Option<ChainName>, limit: u16) -> Result<Vec<ChainName>, StoreError> {
        rules::chains(&*self.map(), after, limit)
    }
}
