//! The one thread that owns the database.
//!
//! It takes all requests that wait, decides each batch, makes the whole group durable once, and
//! only then answers. Being the only writer it needs no sled transactions: it reads, decides and
//! makes the writes of the group durable as one ([`super::durable`]).

use std::io;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::{Duration, Instant};

use super::database::Database;
use super::durable;
use super::engine::quietly;
use super::failure::{StoreFailure, applying};
use super::load::Load;
use super::look_through::LookingThrough;
use super::open;
use super::open_error::OpenError;
use super::pending::Pending;
use super::request::{Alone, Settle, StorageRequest, fate, reply};
use super::stand::Stand;
use super::watch::{self, Watch};
use super::{folder, health, stand};
use crate::audit::Chain;
use crate::clock::Clock;
use crate::store::rules;
use crate::store::standing;
use crate::store::{Loss, StoreError};

/// How many requests one group answers at most.
const GROUP_REQUESTS: usize = 256;

/// After how many bytes of values a group is closed. With the largest batch on top it stays below
/// one of sled's segments, so that sled does not write over a segment whose records it moved to
/// where no sync has been.
const GROUP_BYTES: usize = 128 * 1024;

/// How long a group waits for as many requests as the last one had: those who were just answered
/// are about to ask again, and each sync saved is worth more than this.
const PATIENCE: Duration = Duration::from_micros(100);

/// After so long without a request, what is only in the journal is made durable in sled as well.
const AT_REST: Duration = Duration::from_millis(50);

/// How long a database that failed is left alone before it is opened again.
const REOPEN_AFTER: Duration = Duration::from_secs(1);

enum StoreState {
    Working(Database),
    /// What it last showed may never reach the disk, so it was closed; a later request opens it
    /// again, from what is in its files.
    Failed {
        why: String,
        again_at: Instant,
    },
    /// Its folder is gone, its files are damaged, or a sync failed. Linux then forgets what it could not
    /// write and lets the next sync succeed, so nothing read from here on could be believed; only a restart
    /// of the machine helps.
    Lost {
        why: String,
    },
}

pub struct StorageThread {
    folder: PathBuf,
    chain: Chain,
    cache_capacity_bytes: u64,
    state: StoreState,
    stand: Stand,
    requests: Receiver<StorageRequest>,
    /// How many requests the last group had.
    usual_group: usize,
    watch: Watch,
}

impl StorageThread {
    pub fn new(
        folder: PathBuf,
        (chain, clock): (Chain, Clock),
        cache_capacity_bytes: u64,
        (database, watch): (Database, Watch),
        requests: Receiver<StorageRequest>,
    ) -> Self {
        StorageThread {
            folder,
            stand: Stand::new(chain.clone(), clock),
            chain,
            cache_capacity_bytes,
            state: StoreState::Working(database),
            requests,
            usual_group: 1,
            watch,
        }
    }

    /// The next request, or `None` when the last sender is dropped. Who was just answered asks
    /// again soon, for most of what a desk does takes several looks and a commit; going to sleep
    /// and being woken takes longer than they do.
    fn next(&mut self) -> Option<StorageRequest> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            match self.requests.try_recv() {
                Ok(request) => return Some(request),
                Err(TryRecvError::Disconnected) => return None,
                Err(TryRecvError::Empty) => std::thread::yield_now(),
            }
        }
        self.stand.note();
        if self.is_behind() {
            match self.requests.recv_timeout(AT_REST) {
                Ok(request) => return Some(request),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => self.settle(durable::rest),
            }
        }
        loop {
            match self.requests.recv_timeout(self.watch.rest()) {
                Ok(request) => return Some(request),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => self.look(),
            }
        }
    }

    /// Looks after what is no request, now and then.
    fn look(&mut self) {
        let open = match &self.state {
            StoreState::Working(database) => Some(database),
            StoreState::Failed { .. } | StoreState::Lost { .. } => None,
        };
        if let Err(failure) = self.watch.look(open) {
            self.fail(failure);
        }
    }

    fn is_behind(&self) -> bool {
        matches!(&self.state, StoreState::Working(database) if database.journal.is_behind())
    }

    /// Between two groups, when nobody waits for an answer.
    fn settle(&mut self, settle: impl FnOnce(&Database) -> Result<(), StoreFailure>) {
        let StoreState::Working(database) = &self.state else { return };
        let settled = quietly(AssertUnwindSafe(|| settle(database)));
        if let Err(failure) = settled.unwrap_or_else(|panic| Err(applying(panic))) {
            self.fail(failure);
        }
    }

    /// Serves until the last sender is dropped.
    pub fn run(mut self) {
        while let Some(first) = self.next() {
            self.look();
            self.reopen();
            let mut next = Some(first);
            while let Some(request) = next.take() {
                next = match (request, &self.state) {
                    (StorageRequest::Alone(alone), StoreState::Working(_)) => {
                        self.serve_alone(alone);
                        None
                    }
                    (request, StoreState::Working(_)) => self.serve_group(request),
                    (request, StoreState::Failed { why, .. } | StoreState::Lost { why }) => {
                        request.refuse(StoreError::Unavailable(why.clone()));
                        None
                    }
                };
            }
        }
        self.stand.note();
        if let StoreState::Working(database) = self.state {
            open::close_finished(&self.folder, database);
        }
    }

    /// Answers a group of requests. Hands back one that has to be served alone, if there was.
    fn serve_group(&mut self, first: StorageRequest) -> Option<StorageRequest> {
        let StoreState::Working(database) = &self.state else { return Some(first) };
        let (chain, requests) = (&self.chain, &mut self.requests);
        let usual = self.usual_group;
        let pending = Pending::new(database);
        let stand = &mut self.stand;
        let mut group =
            Gathered { database, chain, stand, pending, settles: Vec::new(), bytes: 0, unread: None };
        let served = quietly(AssertUnwindSafe(|| {
            let begun = Instant::now();
            let mut next = Some(first);
            while let Some(request) = next {
                if let StorageRequest::Alone(_) = request {
                    return (Some(request), group.make_durable());
                }
                group.add(request);
                next = None;
                while next.is_none() && !group.is_full() {
                    next = requests.try_recv().ok();
                    let all_came = group.settles.len() >= usual || begun.elapsed() > PATIENCE;
                    if next.is_none() {
                        if all_came {
                            break;
                        }
                        std::thread::yield_now();
                    }
                }
            }
            (None, group.make_durable())
        }));
        let (settles, unread) = (group.settles, group.unread);
        self.usual_group = settles.len();
        let (alone, durable) = served.unwrap_or_else(|panic| (None, Err(StoreFailure::Applying(panic))));
        let outcome = match durable {
            Ok(()) => Ok(()),
            Err(failure) => Err(self.fail(failure)),
        };
        for settle in settles {
            settle(outcome.clone());
        }
        if let Some(why) = unread {
            self.fail(StoreFailure::Applying(why));
        }
        self.stand.note_if_long();
        if matches!(&self.state, StoreState::Working(database) if database.journal.is_full()) {
            self.settle(durable::settle);
        }
        // Pages that sled let go of are freed some hundreds at a time, by whichever request comes
        // when there are enough; rather a few now that nobody waits.
        crossbeam_epoch::pin().flush();
        alone
    }

    fn serve_alone(&mut self, alone: Alone) {
        match alone {
            Alone::Compact(answer) => {
                let result = self.compact();
                reply(answer, result);
            }
            Alone::Begin(beginning, answer) => {
                let StoreState::Working(database) = &self.state else { return };
                let stand = AssertUnwindSafe(|| self.stand.begin(database, &beginning));
                let begun = quietly(stand).unwrap_or_else(|panic| Err(applying(panic)));
                let begun = begun.map_err(|failure| self.fail(failure));
                reply(answer, begun);
            }
            Alone::NoteIn(head, answer) => {
                self.stand.note_in(*head);
                reply(answer, Ok(()));
            }
            Alone::Count(answer) => {
                let StoreState::Working(database) = &self.state else { return };
                let counted = stand::read(database, &self.chain)
                    .and_then(|here| Ok((here, stand::count(&database.db, &self.chain)?)));
                reply(answer, counted);
            }
        }
    }

    /// Closes the database: what it has in memory may never reach the disk.
    fn fail(&mut self, failure: StoreFailure) -> StoreError {
        let (next, why) = match failure {
            // sled may have kept to itself that something was not written: our handle tells.
            StoreFailure::Applying(why) if self.is_synced() => (self.failed(why.clone()), why),
            StoreFailure::Applying(why) | StoreFailure::Syncing(why) => self.lost(Loss::Unsynced, why),
            StoreFailure::Gone => self.lost(Loss::Gone, Loss::Gone.to_string()),
        };
        if let StoreState::Working(database) = std::mem::replace(&mut self.state, next) {
            open::close(database);
        }
        StoreError::Unavailable(why)
    }

    /// Left alone for a while, unless a full disk just got room.
    fn failed(&self, why: String) -> StoreState {
        let pause = if self.watch.give_up_ballast() { Duration::ZERO } else { REOPEN_AFTER };
        StoreState::Failed { why, again_at: Instant::now() + pause }
    }

    fn lost(&self, loss: Loss, why: String) -> (StoreState, String) {
        self.watch.tell(loss);
        (StoreState::Lost { why: why.clone() }, why)
    }

    fn is_synced(&self) -> bool {
        matches!(&self.state, StoreState::Working(database) if database.sync().is_ok())
    }

    fn reopen(&mut self) {
        if let StoreState::Failed { again_at, .. } = self.state
            && again_at <= Instant::now()
        {
            self.stand.forget();
            self.state = self.opened_again();
        }
    }

    fn opened_again(&self) -> StoreState {
        match open::reopen(&self.folder, self.cache_capacity_bytes, &LookingThrough::default()) {
            Ok(database) => StoreState::Working(database),
            // It is looked through each time, and nothing gets better by that.
            Err(error @ OpenError::Damaged { .. }) => {
                tracing::error!(reason = %error, "store damaged");
                self.lost(Loss::Damaged, error.to_string()).0
            }
            Err(error) => self.failed(error.to_string()),
        }
    }

    /// Copies what is live into a new database and puts that in place.
    fn compact(&mut self) -> Result<(), StoreError> {
        let StoreState::Working(database) = &self.state else {
            return Err(StoreError::Unavailable("the store is closed".into()));
        };
        let built = open::build(&self.folder, self.cache_capacity_bytes, |load| {
            copy(database, load).map_err(|error| OpenError::from_io(&self.folder, error))
        });
        let refused = match built {
            Ok(contents) if contents == database.contents.get() => None,
            Ok(_) => Some(StoreError::Corrupt("the store does not hold what was written".into())),
            Err(error) => Some(StoreError::Unavailable(error.to_string())),
        };
        if let Some(refused) = refused {
            // What was built is worthless; the next opening removes it if this cannot.
            let _ = folder::remove_building(&self.folder);
            return Err(refused);
        }
        let closed = self.failed("the store is being compacted".into());
        if let StoreState::Working(database) = std::mem::replace(&mut self.state, closed) {
            open::close(database);
        }
        let placed = folder::put_in_place(&self.folder, &folder::compacted(&self.folder));
        self.state = self.opened_again();
        placed.map_err(|error| StoreError::Unavailable(error.to_string()))
    }
}

fn copy(from: &Database, load: &mut Load) -> io::Result<()> {
    let everything = health::everything();
    for entry in from.db.range(everything.from..everything.until) {
        let (key, value) = entry?;
        load.add(key.to_vec(), value.to_vec())?;
    }
    if let Some(standing) = from.value(&standing::KEY)? {
        load.add(standing::KEY.to_vec(), standing.to_vec())?;
    }
    Ok(())
}

struct Gathered<'a> {
    database: &'a Database,
    chain: &'a Chain,
    stand: &'a mut Stand,
    pending: Pending<'a>,
    settles: Vec<Settle>,
    bytes: usize,
    /// Why sled could not be read: it remembers what its threads could not write, and answers nothing
    /// more until it is opened again.
    unread: Option<String>,
}

impl Gathered<'_> {
    fn is_full(&self) -> bool {
        self.bytes >= GROUP_BYTES || self.settles.len() >= GROUP_REQUESTS
    }

    fn add(&mut self, request: StorageRequest) {
        match request {
            StorageRequest::Read(read) => self.settles.push(read(Ok(&self.pending))),
            StorageRequest::Commit { batch, answer } => {
                let planned = rules::plan(&self.pending, self.chain, &batch);
                if let Err(StoreError::Unavailable(why)) = &planned {
                    self.unread = Some(why.clone());
                }
                let result = planned.map(|writes| {
                    self.bytes += rules::batch_bytes(&batch);
                    self.pending.add(writes.unwrap_or_default());
                });
                self.settles.push(Box::new(move |durable| reply(answer, fate(durable, result))));
            }
            StorageRequest::Alone(alone) => alone.refuse(StoreError::Unavailable("the store is busy".into())),
        }
    }

    fn make_durable(&mut self) -> Result<(), StoreFailure> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let (mut group, newest_rows) = self.pending.take().map_err(applying)?;
        let standing = self.stand.add_to(self.database, &mut group, &newest_rows).map_err(applying)?;
        durable::commit(self.database, group)?;
        watch::is_in_place(self.database)?;
        self.database.chain_ends.set(newest_rows);
        self.stand.reached(standing);
        Ok(())
    }
}
