//! The one thread that owns the database.
//!
//! It takes all requests that wait, applies each batch all or nothing, makes the whole group
//! durable once, and only then answers. Being the only writer it needs no sled transactions: it
//! reads, decides and hands sled one `apply_batch`, which sled's log replays whole or not at all
//! (a manifest in front names the last entry of the batch; replay stops where that is missing).

use std::io;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot};

use super::export::Load;
use super::open::{self, Database, OpenError};
use super::{folder, health};
use crate::store::keys::Span;
use crate::store::rules::{self, Entries, Tree};
use crate::store::{Batch, Chain, StoreError};

/// How many requests one group answers at most.
const GROUP_REQUESTS: usize = 256;

/// After how many bytes of values a group is made durable: half of one of sled's segments, so
/// that sled does not write over a segment whose records it moved to where no sync has been.
const GROUP_BYTES: usize = 256 * 1024;

/// How long a database that failed is left alone before it is opened again.
const REOPEN_AFTER: Duration = Duration::from_secs(1);

type Answer<T> = oneshot::Sender<Result<T, StoreError>>;

/// Tells the caller, once it is known whether the group is durable.
type Settle = Box<dyn FnOnce(Result<(), StoreError>)>;

type Read = Box<dyn FnOnce(Result<&dyn Tree, StoreError>) -> Settle + Send>;

pub enum Request {
    Commit { batch: Batch, answer: Answer<()> },
    Read(Read),
    Compact(Answer<()>),
}

impl Request {
    pub fn read<T: Send + 'static>(
        question: impl FnOnce(&dyn Tree) -> Result<T, StoreError> + Send + 'static,
        answer: Answer<T>,
    ) -> Self {
        Request::Read(Box::new(move |tree| {
            let result = tree.and_then(question);
            Box::new(move |durable| reply(answer, durable.and(result)))
        }))
    }

    fn refuse(self, why: StoreError) {
        match self {
            Request::Commit { answer, .. } | Request::Compact(answer) => reply(answer, Err(why)),
            Request::Read(read) => read(Err(why))(Ok(())),
        }
    }
}

/// A caller that has gone away is no concern of ours: its work is done all the same.
fn reply<T>(answer: Answer<T>, result: Result<T, StoreError>) {
    let _ = answer.send(result);
}

enum State {
    Working(Database),
    /// What it last showed may never reach the disk, so it was closed; a later request opens it
    /// again, from what is in its files.
    Failed {
        why: String,
        since: Instant,
    },
    /// A sync failed. Linux then forgets what it could not write and lets the next sync succeed,
    /// so nothing read from here on could be believed; only a restart of the machine helps.
    Lost {
        why: String,
    },
}

pub struct StorageThread {
    folder: PathBuf,
    chain: Chain,
    cache_capacity_bytes: u64,
    state: State,
    requests: mpsc::Receiver<Request>,
}

impl StorageThread {
    pub fn new(
        folder: PathBuf,
        chain: Chain,
        cache_capacity_bytes: u64,
        database: Database,
        requests: mpsc::Receiver<Request>,
    ) -> Self {
        StorageThread { folder, chain, cache_capacity_bytes, state: State::Working(database), requests }
    }

    /// Serves until the last sender is dropped.
    pub fn run(mut self) {
        while let Some(first) = self.requests.blocking_recv() {
            self.reopen();
            let mut next = Some(first);
            while let Some(request) = next.take() {
                next = match (request, &self.state) {
                    (Request::Compact(answer), State::Working(_)) => {
                        let result = self.compact();
                        reply(answer, result);
                        None
                    }
                    (request, State::Working(_)) => self.serve_group(request),
                    (request, State::Failed { why, .. } | State::Lost { why }) => {
                        request.refuse(StoreError::Unavailable(why.clone()));
                        None
                    }
                };
            }
        }
        if let State::Working(database) = self.state {
            open::close(database);
        }
    }

    /// Answers a group of requests. Hands back one that has to be served alone, if there was.
    fn serve_group(&mut self, first: Request) -> Option<Request> {
        let State::Working(database) = &self.state else { return Some(first) };
        let (chain, requests) = (&self.chain, &mut self.requests);
        let mut group = Group { database, chain, settles: Vec::new(), bytes: 0, dirty: false };
        let served = open::quietly(AssertUnwindSafe(|| {
            let mut next = Some(first);
            while let Some(request) = next {
                if let Request::Compact(_) = request {
                    return (Some(request), group.make_durable());
                }
                if let Err(failure) = group.add(request) {
                    return (None, Err(failure));
                }
                next = if group.is_full() { None } else { requests.try_recv().ok() };
            }
            (None, group.make_durable())
        }));
        let settles = std::mem::take(&mut group.settles);
        let (alone, durable) = served.unwrap_or_else(|panic| (None, Err(Failure::Applying(panic))));
        let outcome = match durable {
            Ok(()) => Ok(()),
            Err(failure) => Err(self.fail(failure)),
        };
        for settle in settles {
            settle(outcome.clone());
        }
        alone
    }

    /// Closes the database: what it has in memory may never reach the disk.
    fn fail(&mut self, failure: Failure) -> StoreError {
        let (next, why) = match failure {
            Failure::Applying(why) => (State::Failed { why: why.clone(), since: Instant::now() }, why),
            Failure::Syncing(why) => (State::Lost { why: why.clone() }, why),
        };
        if let State::Working(database) = std::mem::replace(&mut self.state, next) {
            open::close(database);
        }
        StoreError::Unavailable(why)
    }

    fn reopen(&mut self) {
        if let State::Failed { since, .. } = self.state
            && since.elapsed() >= REOPEN_AFTER
        {
            self.state = match open::reopen(&self.folder, self.cache_capacity_bytes) {
                Ok(database) => State::Working(database),
                Err(error) => State::Failed { why: error.to_string(), since: Instant::now() },
            };
        }
    }

    /// Copies what is live into a new database and puts that in place.
    fn compact(&mut self) -> Result<(), StoreError> {
        let State::Working(database) = &self.state else {
            return Err(StoreError::Unavailable("the store is closed".into()));
        };
        let built = open::build(&self.folder, self.cache_capacity_bytes, |new| {
            copy(&database.db, new).map_err(|error| OpenError::from_io(&self.folder, error))
        });
        if let Err(error) = built {
            // What was built is worthless; the next opening removes it if this cannot.
            let _ = folder::remove_building(&self.folder);
            return Err(StoreError::Unavailable(error.to_string()));
        }
        let closed = State::Failed { why: "the store is being compacted".into(), since: Instant::now() };
        if let State::Working(database) = std::mem::replace(&mut self.state, closed) {
            open::close(database);
        }
        let placed = folder::put_in_place(&self.folder, &folder::compacted(&self.folder));
        let opened = open::reopen(&self.folder, self.cache_capacity_bytes);
        self.state = match opened {
            Ok(database) => State::Working(database),
            Err(error) => State::Failed { why: error.to_string(), since: Instant::now() },
        };
        placed.map_err(|error| StoreError::Unavailable(error.to_string()))
    }
}

fn copy(from: &sled::Db, to: &sled::Db) -> io::Result<()> {
    let mut load = Load::new(to);
    let everything = health::everything();
    for entry in from.range(everything.from..everything.until) {
        let (key, value) = entry?;
        load.add(key.to_vec(), value.to_vec())?;
    }
    load.finish()
}

enum Failure {
    /// The files are as good as before; only what was not acknowledged may be missing.
    Applying(String),
    Syncing(String),
}

struct Group<'a> {
    database: &'a Database,
    chain: &'a Chain,
    settles: Vec<Settle>,
    bytes: usize,
    dirty: bool,
}

impl Group<'_> {
    fn is_full(&self) -> bool {
        self.bytes >= GROUP_BYTES || self.settles.len() >= GROUP_REQUESTS
    }

    fn add(&mut self, request: Request) -> Result<(), Failure> {
        let db = DbTree(&self.database.db);
        match request {
            Request::Read(read) => self.settles.push(read(Ok(&db))),
            Request::Commit { batch, answer } => {
                let planned = rules::plan(&db, self.chain, &batch);
                let (result, writes) = match planned {
                    Ok(writes) => (Ok(()), writes),
                    Err(error) => (Err(error), None),
                };
                self.settles.push(Box::new(move |durable| reply(answer, durable.and(result))));
                if let Some(writes) = writes {
                    self.bytes += rules::batch_bytes(&batch);
                    self.dirty = true;
                    let applied = self.database.db.apply_batch(sled_batch(writes));
                    applied.map_err(|error| Failure::Applying(error.to_string()))?;
                }
            }
            Request::Compact(answer) => {
                reply(answer, Err(StoreError::Unavailable("the store is busy".into())));
            }
        }
        Ok(())
    }

    fn make_durable(&self) -> Result<(), Failure> {
        if self.dirty {
            self.database.flush().map_err(|error| Failure::Applying(error.to_string()))?;
            self.database.sync().map_err(|error| Failure::Syncing(error.to_string()))?;
        }
        Ok(())
    }
}

fn sled_batch(writes: rules::Writes) -> sled::Batch {
    let mut batch = sled::Batch::default();
    for (key, value) in writes {
        match value {
            Some(value) => batch.insert(key, value),
            None => batch.remove(key),
        }
    }
    batch
}

/// The database as the rules see it.
struct DbTree<'a>(&'a sled::Db);

impl Tree for DbTree<'_> {
    fn value(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.0.get(key).map_err(store_error)?.map(|value| value.to_vec()))
    }

    fn entries(&self, span: Span) -> Entries<'_> {
        let entries = self.0.range(span.from..span.until);
        Box::new(entries.map(|entry| {
            let (key, value) = entry.map_err(store_error)?;
            Ok((key.to_vec(), value.to_vec()))
        }))
    }
}

fn store_error(error: sled::Error) -> StoreError {
    match error {
        sled::Error::Corruption { .. } => StoreError::Corrupt(error.to_string()),
        other => StoreError::Unavailable(other.to_string()),
    }
}
