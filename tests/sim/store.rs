//! The one store, as one terminal reaches it: calls linger, fail, are cut off, or don't say what they
//! did. What is stored is stored by the rules of the store in memory.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use totem::audit::{ChainName, Row};
use totem::domain::reference::{Id, Kind, Ref};
use totem::store::{Answered, Batch, Change, Store, StoreError, Versioned};

use super::laws::stored;
use super::plan::StoreWeather;
use super::plants;
use super::power::Power;
use super::world::World;

pub struct FaultyStore {
    pub world: Arc<World>,
    /// At which terminal.
    pub terminal: u8,
    pub power: Arc<Power>,
}

impl FaultyStore {
    /// At the beginning of each call.
    async fn enters(&self) -> Result<(), StoreError> {
        self.power.calls().await;
        self.world.lingers().await;
        let weather = self.world.weather().store;
        if weather == StoreWeather::Slow {
            let pause_ms = self.world.faults().between(1, 700);
            tokio::time::sleep(Duration::from_millis(pause_ms)).await;
        }
        self.power.holds().await;
        match weather {
            StoreWeather::Down => Err(StoreError::Unavailable("the weather".to_string())),
            _ => Ok(()),
        }
    }

    /// What several records read as.
    fn as_read(&self, records: Vec<(Ref, Versioned)>) -> Vec<(Ref, Versioned)> {
        records.into_iter().map(|(at, read)| (at, self.world.read_as(at, read))).collect()
    }

    /// Stores what is kept of the batch.
    async fn stores(&self, batch: Batch) -> Result<(), StoreError> {
        let Some(batch) = plants::rewritten(&self.world, batch).await else { return Ok(()) };
        let before = stored::before(&self.world, &batch).await;
        let stored = match plants::kept(&self.world, &batch) {
            Some(kept) => self.world.store.commit(kept).await,
            None => Ok(()),
        };
        self.world.notes(|| format!("batch {:?}: {stored:?}", batch.id));
        if stored.is_ok() {
            for change in &batch.changes {
                if let Change::Put { bytes, .. } | Change::Append { bytes, .. } = change {
                    self.world.hashes(bytes);
                }
            }
            stored::acknowledged(&self.world, self.terminal, &batch, &before).await;
        }
        stored
    }
}

#[async_trait]
impl Store for FaultyStore {
    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        self.enters().await?;
        let weather = self.world.weather().store;
        if weather == StoreWeather::Full {
            return Err(StoreError::Unavailable("the disk is full".to_string()));
        }
        let (is_unsure, is_lost, is_twice) = {
            let mut dice = self.world.faults();
            (dice.percent(50), dice.percent(50), dice.percent(3))
        };
        if weather == StoreWeather::Unsure && is_unsure {
            if !is_lost {
                // As if it had been acknowledged, for so it is stored.
                let _ = self.stores(batch).await;
            }
            return Err(StoreError::Unknown("the line broke".to_string()));
        }
        let again = is_twice.then(|| batch.clone());
        let stored = self.stores(batch).await;
        if let (Ok(()), Some(again)) = (&stored, again) {
            // Sent again under its id, it is one commit.
            self.stores(again).await?;
        }
        // The power may go after it was stored and before it is said.
        self.world.lingers().await;
        self.power.holds().await;
        stored
    }

    async fn get(&self, what: Ref) -> Result<Option<Versioned>, StoreError> {
        self.enters().await?;
        Ok(self.world.store.get(what).await?.map(|read| self.world.read_as(what, read)))
    }

    async fn get_many(&self, what: &[Ref]) -> Result<Answered, StoreError> {
        self.enters().await?;
        let mut answered = self.world.store.get_many(what).await?;
        for (at, read) in what.iter().zip(&mut answered.records) {
            *read = read.take().map(|read| self.world.read_as(*at, read));
        }
        Ok(answered)
    }

    async fn group(&self, group: Id) -> Result<u64, StoreError> {
        self.enters().await?;
        self.world.store.group(group).await
    }

    async fn members(
        &self,
        group: Id,
        kind: Kind,
        after: Option<Id>,
        limit: u16,
    ) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        self.enters().await?;
        Ok(self.as_read(self.world.store.members(group, kind, after, limit).await?))
    }

    async fn find(&self, index: Id) -> Result<Option<Ref>, StoreError> {
        self.enters().await?;
        self.world.store.find(index).await
    }

    async fn list(
        &self,
        kind: Kind,
        after: Option<Id>,
        limit: u16,
    ) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        self.enters().await?;
        Ok(self.as_read(self.world.store.list(kind, after, limit).await?))
    }

    async fn due(&self, now_ms: u64, limit: u16) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        self.enters().await?;
        Ok(plants::due(&self.world, self.as_read(self.world.store.due(now_ms, limit).await?)))
    }

    async fn due_of(&self, kind: Kind, now_ms: u64, limit: u16) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        self.enters().await?;
        let due = self.world.store.due_of(kind, now_ms, limit).await?;
        Ok(plants::due(&self.world, self.as_read(due)))
    }

    async fn next_due_ms(&self) -> Result<Option<u64>, StoreError> {
        self.enters().await?;
        Ok(plants::next_due_ms(&self.world, self.world.store.next_due_ms().await?))
    }

    async fn rows(&self, chain: ChainName, after: u64, limit: u16) -> Result<Vec<Row>, StoreError> {
        self.enters().await?;
        self.world.store.rows(chain, after, limit).await
    }

    async fn chains(&self, after: Option<ChainName>, limit: u16) -> Result<Vec<ChainName>, StoreError> {
        self.enters().await?;
        self.world.store.chains(after, limit).await
    }
}
