//! The store on PostgreSQL: one office, many terminals over it.
//!
//! A commit is two round trips. The first opens a transaction, notes the batch's id, and locks and reads
//! what the batch is judged by. The second writes what [`super::rules`] makes of that, and commits. So a
//! batch means here what it means on disk and in memory. A terminal has one connection: what it reads
//! comes from the server that took its last commit, and never from a primary that was left behind.
//!
//! Time is the database's. Each deadline is this side's own, for a COMMIT that waits for a standby heeds
//! none of the server's.

mod before;
mod commit;
mod failure;
mod line;
mod read;
pub mod schema;
pub mod setup;
mod shelf;
mod tend;
mod types;
mod writes;

use async_trait::async_trait;
use tokio::time::Instant;

use crate::audit::{Chain, ChainName, Row};
use crate::clock;
use crate::domain::reference::{Id, Kind, Ref};
use crate::store::outage::LineOutage;
use crate::store::{Answered, Batch, DocumentShelf, Store, StoreError, Versioned};
use failure::Failure;
use line::Line;

pub use line::{DatabaseServer, DatabaseWaits};

/// Asks on the line, and again on a new connection if the old one broke: reading twice does no harm.
macro_rules! ask {
    ($store:expr, |$client:ident| $question:expr) => {{
        let asking = Asking::on(&$store.line);
        loop {
            let answer = match $store.line.shared(asking.until).await {
                Err(failure) => Err(failure),
                Ok(line) => {
                    let $client = line.client();
                    line.ask($question, asking.until).await
                }
            };
            if let Some(answer) = asking.heard(answer).await {
                break $store.noted(answer);
            }
        }
    }};
}

/// One terminal's way to the office's store.
pub struct PostgresStore {
    line: Line,
    chain: Chain,
    outage: LineOutage,
}

impl PostgresStore {
    /// Nothing is connected before something is asked. Audit rows are chained by `chain`.
    pub fn new(server: DatabaseServer, chain: Chain) -> Self {
        PostgresStore { line: Line::new(server), chain, outage: LineOutage::new(clock::system()) }
    }

    /// Passes an answer on.
    fn noted<T>(&self, answer: Result<T, StoreError>) -> Result<T, StoreError> {
        match answer {
            Err(StoreError::Unavailable(_) | StoreError::Unknown(_)) => self.outage.goes_on(),
            _ => self.outage.is_over(),
        }
        answer
    }

    /// Keeps the tables well; to be done once a minute.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tend(&self) -> Result<(), StoreError> {
        ask!(self, |client| tend::tend(client))
    }
}

/// A question until it is answered, or until nobody waits for it any more.
struct Asking {
    until: Instant,
}

impl Asking {
    fn on(line: &Line) -> Self {
        Asking { until: line.patience_ends() }
    }

    /// What there is to answer; `None`, after a pause, when it is to be asked again.
    async fn heard<T>(&self, answer: Result<T, Failure>) -> Option<Result<T, StoreError>> {
        match answer {
            Ok(answer) => return Some(Ok(answer)),
            Err(Failure::Told(error)) => return Some(Err(error)),
            Err(Failure::Lost(reason)) if Instant::now() >= self.until => {
                return Some(Err(StoreError::Unavailable(reason)));
            }
            Err(Failure::Lost(_) | Failure::Again) => {}
        }
        line::pause(self.until).await;
        None
    }
}

#[async_trait]
impl Store for PostgresStore {
    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        self.noted(commit::commit(&self.line, &self.chain, &batch, self.line.patience_ends()).await)
    }

    async fn get(&self, what: Ref) -> Result<Option<Versioned>, StoreError> {
        let answered = ask!(self, |client| read::get_many(client, &[what]));
        Ok(answered?.records.pop().flatten())
    }

    async fn get_many(&self, what: &[Ref]) -> Result<Answered, StoreError> {
        ask!(self, |client| read::get_many(client, what))
    }

    async fn find(&self, index: Id) -> Result<Option<Ref>, StoreError> {
        ask!(self, |client| read::find(client, index))
    }

    async fn list(
        &self,
        kind: Kind,
        after: Option<Id>,
        limit: u16,
    ) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        ask!(self, |client| read::list(client, kind, after, limit))
    }

    async fn group(&self, group: Id) -> Result<u64, StoreError> {
        ask!(self, |client| read::group(client, group))
    }

    async fn members(
        &self,
        group: Id,
        kind: Kind,
        after: Option<Id>,
        limit: u16,
    ) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        ask!(self, |client| read::members(client, group, kind, after, limit))
    }

    async fn due(&self, now_ms: u64, limit: u16) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        ask!(self, |client| read::due(client, None, now_ms, limit))
    }

    async fn due_of(&self, kind: Kind, now_ms: u64, limit: u16) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        ask!(self, |client| read::due(client, Some(kind), now_ms, limit))
    }

    async fn next_due_ms(&self) -> Result<Option<u64>, StoreError> {
        ask!(self, |client| read::next_due_ms(client))
    }

    async fn rows(&self, chain: ChainName, after: u64, limit: u16) -> Result<Vec<Row>, StoreError> {
        ask!(self, |client| read::rows(client, chain, after, limit))
    }

    async fn chains(&self, after: Option<ChainName>, limit: u16) -> Result<Vec<ChainName>, StoreError> {
        ask!(self, |client| read::chains(client, after, limit))
    }

    fn outage(&self) -> Option<&LineOutage> {
        Some(&self.outage)
    }

    fn shelf(&self) -> Option<&dyn DocumentShelf> {
        Some(self)
    }
}

#[async_trait]
impl DocumentShelf for PostgresStore {
    async fn lay(&self, id: Id, sealed: &[u8]) -> Result<(), StoreError> {
        ask!(self, |client| shelf::lay(client, id, sealed))
    }

    async fn take(&self, id: Id) -> Result<Option<Vec<u8>>, StoreError> {
        ask!(self, |client| shelf::take(client, id))
    }

    async fn remove(&self, id: Id) -> Result<(), StoreError> {
        ask!(self, |client| shelf::remove(client, id))
    }

    async fn clean(&self, kept_ms: u64) -> Result<usize, StoreError> {
        ask!(self, |client| shelf::clean(client, kept_ms))
    }

    async fn missing(&self) -> Result<Vec<Id>, StoreError> {
        ask!(self, |client| shelf::missing(client))
    }
}
