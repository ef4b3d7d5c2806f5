//! The one connection of a terminal: opened when something is asked, shared by questions, alone for a
//! commit, closed when nothing was asked for a while. One that broke, or that somebody stopped waiting
//! for, is never used again.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep, sleep_until, timeout_at};
use tokio_postgres::{Client, Config};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::failure::{Failure, words};
use super::schema;
use crate::store::StoreError;

/// How long the tables may take to be made.
const WORK: Duration = Duration::from_secs(60);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(150);
/// What is sent first. A commit is durable here and, where there is one, at the standby.
const BEGIN: &str = "SET synchronous_commit TO on; SET idle_in_transaction_session_timeout TO '20s'";

/// Where the store is, who asks, and whom to trust.
#[derive(Clone)]
pub struct DatabaseServer {
    /// Hosts, database, user, password.
    pub config: Config,
    /// The authorities that may vouch for it.
    pub tls: MakeRustlsConnect,
    /// How long is waited for it.
    pub waits: DatabaseWaits,
}

/// How long is waited, by this side's clock.
#[derive(Clone, Copy, Debug)]
pub struct DatabaseWaits {
    /// For one server to let somebody in.
    pub connect: Duration,
    /// For the answer to a question or a commit, connecting again included.
    pub answer: Duration,
    /// Before a connection that nobody uses is closed.
    pub idle: Duration,
}

impl Default for DatabaseWaits {
    fn default() -> Self {
        DatabaseWaits {
            connect: Duration::from_secs(3),
            answer: Duration::from_secs(10),
            idle: Duration::from_secs(30),
        }
    }
}

/// A terminal's way to its store.
pub struct Line {
    server: DatabaseServer,
    open: Arc<RwLock<Option<Connection>>>,
}

struct Connection {
    client: Client,
    driver: AbortHandle,
    /// Nobody knows any more what comes back on it.
    is_spent: AtomicBool,
    used: Mutex<Instant>,
}

impl Connection {
    fn is_good(&self) -> bool {
        !self.client.is_closed() && !self.is_spent.load(Ordering::Relaxed)
    }

    fn is_idle(&self, idle: Duration) -> bool {
        self.used.lock().is_ok_and(|used| used.elapsed() >= idle)
    }

    fn touch(&self) {
        if let Ok(mut used) = self.used.lock() {
            *used = Instant::now();
        }
    }
}

/// The server is not asked to stop what it does: a commit is never called off.
impl Drop for Connection {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

impl Line {
    pub fn new(server: DatabaseServer) -> Self {
        Line { server, open: Arc::default() }
    }

    /// For questions, beside others.
    pub async fn shared(&self, until: Instant) -> Result<Shared<'_>, Failure> {
        let late = |_| Failure::Lost("the connection is waited for by others".into());
        let open = timeout_at(until, self.open.read()).await.map_err(late)?;
        if let Ok(line) = RwLockReadGuard::try_map(open, |open| open.as_ref().filter(|open| open.is_good())) {
            return Ok(Shared { line });
        }
        let mut open = timeout_at(until, self.open.write()).await.map_err(late)?;
        self.reopen(&mut open, until).await?;
        match RwLockReadGuard::try_map(open.downgrade(), Option::as_ref) {
            Ok(line) => Ok(Shared { line }),
            Err(_) => Err(Failure::Lost("the connection was closed".into())),
        }
    }

    /// For a transaction.
    pub async fn alone(&self, until: Instant) -> Result<Exclusive<'_>, Failure> {
        let late = |_| Failure::Lost("the connection is waited for by others".into());
        let mut open = timeout_at(until, self.open.write()).await.map_err(late)?;
        self.reopen(&mut open, until).await?;
        match RwLockWriteGuard::try_map(open, Option::as_mut) {
            Ok(line) => Ok(Exclusive { line, is_done: false }),
            Err(_) => Err(Failure::Lost("the connection was closed".into())),
        }
    }

    pub fn patience_ends(&self) -> Instant {
        Instant::now() + self.server.waits.answer
    }

    async fn reopen(&self, open: &mut Option<Connection>, until: Instant) -> Result<(), Failure> {
        if open.as_ref().is_some_and(Connection::is_good) {
            return Ok(());
        }
        *open = None;
        let until = until.min(Instant::now() + self.server.waits.connect);
        let opened = timeout_at(until, self.server.connect()).await;
        *open = Some(opened.map_err(|_| Failure::Lost("the server lets nobody in".into()))??);
        tokio::spawn(close_when_idle(Arc::downgrade(&self.open), self.server.waits.idle));
        Ok(())
    }
}

impl DatabaseServer {
    /// A connection to a database whose tables this program can work with.
    async fn connect(&self) -> Result<Connection, Failure> {
        let open = self.reach().await?;
        schema::check(&open.client).await?;
        Ok(open)
    }

    /// A connection to any database.
    async fn reach(&self) -> Result<Connection, Failure> {
        let (client, connection) =
            self.config.connect(self.tls.clone()).await.map_err(|error| refused(&error))?;
        let driver = tokio::spawn(async move {
            // Whoever waits for an answer hears of it too.
            if let Err(error) = connection.await {
                tracing::debug!(reason = %words(&error), "a connection to PostgreSQL broke");
            }
        });
        let open = Connection {
            client,
            driver: driver.abort_handle(),
            is_spent: AtomicBool::new(false),
            used: Mutex::new(Instant::now()),
        };
        open.client.batch_execute(BEGIN).await?;
        Ok(open)
    }
}

/// Does something with a connection of its own, past the tables' check, and closes it.
pub async fn with_connection<T>(
    server: &DatabaseServer,
    work: impl AsyncFnOnce(&Client) -> Result<T, Failure>,
) -> Result<T, StoreError> {
    let worked = async { work(&server.reach().await?.client).await };
    match timeout_at(Instant::now() + WORK, worked).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(Failure::Told(error))) => Err(error),
        Ok(Err(Failure::Lost(reason))) => Err(StoreError::Unavailable(reason)),
        Ok(Err(Failure::Again)) => Err(StoreError::Unavailable("somebody else does the same now".into())),
        Err(_) => Err(StoreError::Unavailable("no answer came in time".into())),
    }
}

/// Whoever is not let in hears why; a server that isn't there may come back.
fn refused(error: &tokio_postgres::Error) -> Failure {
    match error.as_db_error() {
        Some(told) if told.code().code().starts_with("28") || told.code().code() == "3D000" => {
            Failure::Told(StoreError::Unavailable(format!("PostgreSQL lets nobody in: {}", told.message())))
        }
        _ => Failure::Lost(words(error)),
    }
}

async fn close_when_idle(line: Weak<RwLock<Option<Connection>>>, idle: Duration) {
    loop {
        let Some(shared) = line.upgrade() else { return };
        let due = match shared.read().await.as_ref().map(|open| open.used.lock().map(|used| *used + idle)) {
            Some(Ok(due)) => due,
            Some(Err(_)) | None => return,
        };
        drop(shared);
        sleep_until(due).await;
        let Some(shared) = line.upgrade() else { return };
        let mut open = shared.write().await;
        if open.as_ref().is_none_or(|open| open.is_idle(idle)) {
            *open = None;
            return;
        }
    }
}

/// Before another try, and never beyond the end of patience.
pub async fn pause(until: Instant) {
    let share = f64::from(rand::random::<u8>()) / 255.0;
    let pause = PAUSE.mul_f64(0.5 + share);
    sleep(pause.min(until.saturating_duration_since(Instant::now()))).await;
}

/// The connection, beside others.
pub struct Shared<'a> {
    line: RwLockReadGuard<'a, Connection>,
}

impl Shared<'_> {
    pub fn client(&self) -> &Client {
        &self.line.client
    }

    /// Waits for an answer until then, and no longer relies on a connection that gave none.
    pub async fn ask<T>(
        &self,
        asked: impl Future<Output = Result<T, Failure>>,
        until: Instant,
    ) -> Result<T, Failure> {
        let answer = timeout_at(until, asked).await;
        let answer = answer.unwrap_or_else(|_| Err(Failure::Lost("no answer came in time".into())));
        match &answer {
            Err(Failure::Lost(_)) => self.line.is_spent.store(true, Ordering::Relaxed),
            Ok(_) | Err(Failure::Again | Failure::Told(_)) => self.line.touch(),
        }
        answer
    }
}

/// The connection, for one transaction. Dropped before that came to an end, it is not used again.
pub struct Exclusive<'a> {
    line: tokio::sync::RwLockMappedWriteGuard<'a, Connection>,
    is_done: bool,
}

impl Exclusive<'_> {
    pub fn client(&self) -> &Client {
        &self.line.client
    }

    /// The transaction came to an end, and the next may begin.
    pub fn done(mut self) {
        self.line.touch();
        self.is_done = true;
    }
}

impl Drop for Exclusive<'_> {
    fn drop(&mut self) {
        if !self.is_done {
            self.line.is_spent.store(true, Ordering::Relaxed);
        }
    }
}
