//! The store on a kiosk's own disk: one thread owns a sled database and makes every group of
//! batches durable before it acknowledges any of them.
//!
//! Reads go through the same thread and are answered with the group they came in, so nobody ever
//! acts on something that a power cut could still take back.

mod chain_ends;
mod contents;
mod database;
mod durable;
mod engine;
mod export;
mod failure;
mod folder;
mod health;
mod import;
mod intent;
mod journal;
mod load;
mod look_through;
mod older_journal;
mod open;
mod open_error;
mod pending;
mod read;
mod readable;
mod request;
mod rewrite;
mod seal;
mod sectors;
mod stand;
mod system_fault;
mod tally;
mod thread;
mod watch;
mod write_group;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread::JoinHandle;

use async_trait::async_trait;
use tokio::sync::{oneshot, watch as tokio_watch};

pub use export::{ExportError, find_in_export, verify_export};
pub use folder::SCHEMA;
pub use folder::{ballast_bytes, holds_store, is_in_use, make_private_folder, moved_aside, release_ballast};
pub use import::{Restoration, import_export};
pub use look_through::LookingThrough;
pub use open_error::OpenError;
pub use rewrite::{ClosedStore, RewriteError, Rewriter};
pub use stand::Beginning;
pub use system_fault::SystemFault;
pub use tally::StoreTotal;

use super::rules::{self, Tree};
use crate::audit::{Chain, ChainName, Row};
use crate::clock::{self, Clock};
use crate::domain::reference::{Id, Kind, Ref};
use crate::store::head::HeadFile;
use crate::store::standing::{self, StoreStanding};
use crate::store::upkeep::{Condition, Health, Space, Summary, Upkeep};
use crate::store::{Answered, Batch, Store, StoreError, Versioned};
use request::{Alone, StorageRequest};
use thread::StorageThread;
use watch::Watch;

/// How to open a store.
pub struct OpenOptions {
    /// Holds everything of the store and nothing else; made (0700) where there is none.
    pub folder: PathBuf,
    /// Chains the audit rows.
    pub chain: Chain,
    /// The store's time.
    pub clock: Clock,
    /// Memory for pages, in bytes. sled's own default would be a gigabyte.
    pub cache_capacity_bytes: u64,
    /// Space reserved, in bytes, to be given back when the disk is full; 0 for none.
    pub ballast_bytes: u64,
    /// Tells how far looking through is, if that has to be done.
    pub looking: LookingThrough,
}

impl OpenOptions {
    /// A cache of 32 MiB, a ballast of 64 MB, and the machine's clock.
    pub fn new(folder: impl Into<PathBuf>, chain: Chain) -> Self {
        OpenOptions {
            folder: folder.into(),
            chain,
            clock: clock::system(),
            cache_capacity_bytes: 32 * 1024 * 1024,
            ballast_bytes: 64_000_000,
            looking: LookingThrough::default(),
        }
    }
}

/// A store in a folder, which is locked for other processes until this is dropped. Dropping waits
/// for the thread to finish what is queued.
pub struct SledStore {
    folder: PathBuf,
    chain: Chain,
    clock: Clock,
    requests: Option<mpsc::Sender<StorageRequest>>,
    thread: Option<JoinHandle<()>>,
    condition: tokio_watch::Receiver<Condition>,
    _lock: folder::Lock,
}

impl SledStore {
    /// Opens the store of a folder, or makes it. Blocks: its files are read, and if it was not closed,
    /// all of it is looked through.
    pub fn open(options: OpenOptions) -> Result<SledStore, OpenError> {
        let OpenOptions { folder, chain, clock, cache_capacity_bytes, ballast_bytes, looking } = options;
        let failed = |error| OpenError::from_io(&folder, error);
        folder::make_private_folder(&folder).map_err(failed)?;
        let lock = folder::lock(&folder)?;
        let (sender, requests) = mpsc::channel();
        let (tell, opened) = mpsc::sync_channel(1);
        // The thread that will use the database also opens it: what it frees after reading the
        // snapshot then serves the pages, instead of lying about in another thread's memory.
        let (path, keyed) = (folder.clone(), (chain.clone(), clock.clone()));
        let (become_so, condition) = tokio_watch::channel(Condition::Well);
        let watch = Watch::new(folder.clone(), ballast_bytes, become_so);
        let work = move || match open::open_with_room(&path, cache_capacity_bytes, &looking) {
            Ok(database) => {
                watch.keep_ballast();
                let _ = tell.send(Ok(()));
                StorageThread::new(path, keyed, cache_capacity_bytes, (database, watch), requests).run();
            }
            Err(error) => _ = tell.send(Err(error)),
        };
        let thread = std::thread::Builder::new().name("storage".into()).spawn(work);
        let thread = Some(thread.map_err(failed)?);
        let died = || OpenError::damaged(&folder, "its thread died");
        opened.recv().unwrap_or_else(|_| Err(died()))?;
        Ok(SledStore { folder, chain, clock, requests: Some(sender), thread, condition, _lock: lock })
    }

    /// How the store is, from now on.
    pub fn condition(&self) -> tokio_watch::Receiver<Condition> {
        self.condition.clone()
    }

    async fn read<T: Send + 'static>(
        &self,
        question: impl FnOnce(&dyn Tree) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, outcome) = oneshot::channel();
        self.ask(StorageRequest::read(question, answer), outcome).await
    }

    async fn alone<T>(
        &self,
        request: Alone,
        outcome: oneshot::Receiver<Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        self.ask(StorageRequest::Alone(request), outcome).await
    }

    /// Where the store stands (T13); `None` for one that an older program made, or a new one.
    ///
    /// # Errors
    /// When the store does not answer, or its standing was not written with these keys.
    pub async fn standing(&self) -> Result<Option<StoreStanding>, StoreError> {
        let chain = self.chain.clone();
        self.read(move |tree| {
            tree.value(&standing::KEY)?.map(|written| stand::unsealed(&chain, &written)).transpose()
        })
        .await
    }

    /// Counts all that lies in the store, which takes a few seconds for a million records, beside where
    /// it says that it stands.
    ///
    /// # Errors
    /// When the store can't be read.
    pub async fn count(&self) -> Result<(Option<StoreStanding>, StoreTotal), StoreError> {
        let (answer, outcome) = oneshot::channel();
        self.alone(Alone::Count(answer), outcome).await
    }

    /// Begins a line of standings with what lies in the store, whatever that is.
    ///
    /// # Errors
    /// When the store can't be read or written.
    pub async fn begin(&self, beginning: Beginning) -> Result<StoreStanding, StoreError> {
        let (answer, outcome) = oneshot::channel();
        self.alone(Alone::Begin(beginning, answer), outcome).await
    }

    /// Notes each group there, once it is durable.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn note_in(&self, head: HeadFile) -> Result<(), StoreError> {
        let (answer, outcome) = oneshot::channel();
        self.alone(Alone::NoteIn(Box::new(head), answer), outcome).await
    }

    async fn ask<T>(
        &self,
        request: StorageRequest,
        outcome: oneshot::Receiver<Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let requests = self.requests.as_ref().ok_or_else(gone)?;
        requests.send(request).map_err(|_| gone())?;
        outcome.await.unwrap_or_else(|_| Err(gone()))
    }
}

#[async_trait]
impl Upkeep for SledStore {
    async fn export_counting(&self, file: &Path, written: Arc<AtomicU64>) -> Result<Summary, StoreError> {
        let (file, chain) = (file.to_path_buf(), self.chain.clone());
        self.read(move |tree| {
            let standing = tree.value(&standing::KEY)?;
            let entries = tree.entries(health::everything());
            let counted = entries.inspect(|_| _ = written.fetch_add(1, Ordering::Relaxed));
            export::write(&file, &chain, standing.unwrap_or_default(), counted)
        })
        .await
    }

    async fn health(&self) -> Result<Health, StoreError> {
        let folder = self.folder.clone();
        self.read(move |tree| health::measure(tree, &folder)).await
    }

    fn space(&self) -> io::Result<Space> {
        health::space(&self.folder)
    }

    async fn compact(&self) -> Result<(), StoreError> {
        let (answer, outcome) = oneshot::channel();
        self.alone(Alone::Compact(answer), outcome).await
    }

    fn release_ballast(&self) -> io::Result<()> {
        release_ballast(&self.folder)
    }
}

impl Drop for SledStore {
    fn drop(&mut self) {
        self.requests = None;
        if let Some(thread) = self.thread.take() {
            // It catches its panics; and there is nobody left to tell.
            let _ = thread.join();
        }
    }
}

fn gone() -> StoreError {
    StoreError::Unavailable("the storage thread dropped the request".into())
}

/// Moves the database of a folder aside, for people to look at; never deletes. The folder must
/// not be open. `now_ms` (milliseconds since 1970) goes into the new name, which is returned.
pub fn move_aside(folder: &Path, now_ms: u64) -> Result<PathBuf, OpenError> {
    let _lock = folder::lock(folder)?;
    // A kiosk of before the folder was locked as well, whose lock file was removed; or threads of sled's that
    // hold on to a database which was refused a moment ago. A log that is missing moves with the rest.
    let log = engine::lock_of_sled(folder, &folder::database(folder));
    if let Err(in_use @ OpenError::InUse { .. }) = log {
        return Err(in_use);
    }
    let aside = folder::aside(folder, "aside", now_ms);
    let moved = std::fs::rename(folder::database(folder), &aside);
    moved.and_then(|()| folder::sync_folder(folder)).map_err(|error| OpenError::from_io(folder, error))?;
    Ok(aside)
}

#[async_trait]
impl Store for SledStore {
    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        let (answer, outcome) = oneshot::channel();
        let requests = self.requests.as_ref().ok_or_else(gone)?;
        requests.send(StorageRequest::Commit { batch, answer }).map_err(|_| gone())?;
        // It died with the batch in its hands.
        outcome.await.unwrap_or_else(|_| Err(StoreError::Unknown("the storage thread died".into())))
    }

    async fn get(&self, what: Ref) -> Result<Option<Versioned>, StoreError> {
        self.read(move |tree| rules::get(tree, what)).await
    }

    async fn get_many(&self, what: &[Ref]) -> Result<Answered, StoreError> {
        let (what, clock) = (what.to_vec(), Arc::clone(&self.clock));
        self.read(move |tree| rules::get_many(tree, &what, clock())).await
    }

    async fn group(&self, group: Id) -> Result<u64, StoreError> {
        self.read(move |tree| rules::group(tree, group)).await
    }

    async fn members(
        &self,
        group: Id,
        kind: Kind,
        after: Option<Id>,
        limit: u16,
    ) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        self.read(move |tree| rules::members(tree, group, kind, after, limit)).await
    }

    async fn find(&self, index: Id) -> Result<Option<Ref>, StoreError> {
        self.read(move |tree| rules::find(tree, index)).await
    }

    async fn list(
        &self,
        kind: Kind,
        after: Option<Id>,
        limit: u16,
    ) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        self.read(move |tree| rules::list(tree, kind, after, limit)).await
    }

    async fn due(&self, now_ms: u64, limit: u16) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        self.read(move |tree| rules::due(tree, now_ms, limit)).await
    }

    async fn due_of(&self, kind: Kind, now_ms: u64, limit: u16) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        self.read(move |tree| rules::due_of(tree, kind, now_ms, limit)).await
    }

    async fn next_due_ms(&self) -> Result<Option<u64>, StoreError> {
        self.read(move |tree| rules::next_due_ms(tree)).await
    }

    async fn rows(&self, chain: ChainName, after: u64, limit: u16) -> Result<Vec<Row>, StoreError> {
        self.read(move |tree| rules::rows(tree, chain, after, limit)).await
    }

    async fn chains(&self, after: Option<ChainName>, limit: u16) -> Result<Vec<ChainName>, StoreError> {
        self.read(move |tree| rules::chains(tree, after, limit)).await
    }
}
