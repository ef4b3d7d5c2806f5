//! A primary with a synchronous standby. The primary dies under load, the standby is promoted, and the
//! terminals go on by themselves: what was acknowledged is there, and nothing is there twice.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tokio::task::JoinSet;
use tokio_postgres::config::TargetSessionAttrs;
use totem::audit::ChainName;
use totem::store::postgres::schema::STATEMENTS;
use totem::store::postgres::{DatabaseServer, PostgresStore};
use totem::store::{Batch, Change, Expect, Store, StoreError};

use super::cluster::{OWNER, PASSWORD, PostgresServer, as_owner, empty, made, owner, programs, succeed};
use super::trusting;
use crate::support::{account, assert_chained, batch, chain, put};

const TERMINALS: u64 = 8;
/// What each commits before the primary dies, and after that.
const COMMITS: u64 = 25;

struct Pair {
    primary: PostgresServer,
    standby: PostgresServer,
}

impl Pair {
    fn start() -> Self {
        let primary = PostgresServer::start(made());
        primary.sql("postgres", "CREATE DATABASE office");
        primary.sql("office", STATEMENTS);
        let folder = empty();
        let from = format!(
            "host={} port={} user={OWNER} application_name=standby",
            primary.folder.join("sockets").display(),
            primary.port
        );
        let mut copying = as_owner(&programs().join("pg_basebackup"), owner());
        copying.arg("-D").arg(folder.join("data")).args([
            "-X",
            "stream",
            "-c",
            "fast",
            "--no-sync",
            "-R",
            "-d",
        ]);
        succeed(copying.arg(&from));
        let standby = PostgresServer::start(folder);
        // Only now: the one that is promoted waits for nobody.
        primary.sql("office", "ALTER SYSTEM SET synchronous_standby_names = 'standby'");
        primary.sql("office", "SELECT pg_reload_conf()");
        let pair = Pair { primary, standby };
        pair.awaits("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'", "1");
        pair
    }

    /// Each question is one of the server's own waits; it ends by the test's patience alone.
    fn awaits(&self, question: &str, answer: &str) {
        while self.primary.sql("office", question) != answer {
            std::thread::yield_now();
        }
    }

    /// Both are known to a terminal, the primary first.
    fn terminal(&self) -> PostgresStore {
        let mut config = tokio_postgres::Config::new();
        for server in [&self.primary, &self.standby] {
            config.host("127.0.0.1").port(server.port);
        }
        config.dbname("office").user(OWNER).password(PASSWORD);
        config.target_session_attrs(TargetSessionAttrs::ReadWrite);
        let server: DatabaseServer = trusting(config, &self.primary.folder.join("authority.pem"));
        PostgresStore::new(server, chain())
    }

    /// As when the machine loses its power, but for its disk.
    fn primary_dies(&self) {
        signal(&self.primary, Signal::KILL);
    }

    fn standby_is_promoted(&self) {
        let mut promoting = as_owner(&programs().join("pg_ctl"), owner());
        succeed(promoting.arg("-D").arg(self.standby.folder.join("data")).args(["-w", "promote"]));
    }
}

/// To a server and its backends, each of which has a session of its own.
fn signal(server: &PostgresServer, signal: Signal) {
    let lines = std::fs::read_to_string(server.folder.join("data/postmaster.pid")).unwrap();
    let postmaster = lines.lines().next().unwrap();
    let children = Command::new("pgrep").args(["-P", postmaster]).output().unwrap();
    let children = String::from_utf8(children.stdout).unwrap();
    for process in std::iter::once(postmaster).chain(children.lines()) {
        // One of them may have ended by itself.
        let _ = kill_process(Pid::from_raw(process.parse().unwrap()).unwrap(), signal);
    }
}

/// Counts up in a record of its own and adds a row with each step; the last that was acknowledged.
async fn works(
    store: PostgresStore,
    terminal: u64,
    done: tokio::sync::watch::Sender<u64>,
    stop: Arc<AtomicBool>,
) {
    let mut count = 0;
    while !stop.load(Ordering::Relaxed) {
        let next = step(terminal, count + 1);
        loop {
            match store.commit(next.clone()).await {
                Ok(()) => break,
                Err(StoreError::Unavailable(_) | StoreError::Unknown(_)) => {}
                Err(error) => panic!("terminal {terminal}: {error}"),
            }
        }
        count += 1;
        done.send_replace(count);
    }
}

fn number(terminal: u64, count: u64) -> u64 {
    terminal * 1_000_000 + count
}

fn step(terminal: u64, count: u64) -> Batch {
    let at = account(terminal);
    let expect = match count {
        1 => Expect::Absent(at),
        _ => Expect::At(at, number(terminal, count - 1)),
    };
    let row = Change::Append { chain: ChainName::new(terminal), bytes: count.to_be_bytes().to_vec() };
    batch(number(terminal, count), vec![expect], vec![put(at, &count.to_be_bytes()), row])
}

/// A row of audit alone, so that nothing is locked where it was written before.
fn row(count: u64) -> Batch {
    let row = Change::Append { chain: ChainName::new(1), bytes: count.to_be_bytes().to_vec() };
    batch(number(1, count), vec![], vec![row])
}

async fn fails_over() {
    let pair = Pair::start();
    let stop = Arc::new(AtomicBool::new(false));
    let mut terminals = JoinSet::new();
    let mut counts = Vec::new();
    for terminal in 1..=TERMINALS {
        let (done, heard) = tokio::sync::watch::channel(0);
        counts.push(heard);
        terminals.spawn(works(pair.terminal(), terminal, done, stop.clone()));
    }
    for heard in &mut counts {
        heard.wait_for(|count| *count >= COMMITS).await.unwrap();
    }
    pair.primary_dies();
    pair.standby_is_promoted();
    for heard in &mut counts {
        let promoted_at = *heard.borrow();
        let goes_on = heard.wait_for(|count| *count >= promoted_at + COMMITS);
        tokio::time::timeout(Duration::from_secs(60), goes_on).await.expect("it goes on by itself").unwrap();
    }
    stop.store(true, Ordering::Relaxed);
    terminals.join_all().await;
    let store = pair.terminal();
    for (terminal, heard) in (1..=TERMINALS).zip(&counts) {
        let acknowledged = *heard.borrow();
        let record = store.get(account(terminal)).await.unwrap().unwrap();
        assert_eq!(record.bytes, acknowledged.to_be_bytes(), "terminal {terminal}");
        let mut rows = Vec::new();
        while let page @ [_, ..] =
            &store.rows(ChainName::new(terminal), rows.len() as u64, 1000).await.unwrap()[..]
        {
            rows.extend_from_slice(page);
        }
        assert_eq!(rows.len() as u64, acknowledged, "terminal {terminal}");
        assert_chained(&rows, 1, ChainName::new(terminal).root());
    }
}

/// How often; `TOTEM_FAILOVERS=50` for long.
#[expect(clippy::disallowed_methods, reason = "how often there is one is no setting of the program")]
fn times() -> u32 {
    std::env::var("TOTEM_FAILOVERS").ok().and_then(|times| times.parse().ok()).unwrap_or(2)
}

#[tokio::test]
async fn what_was_acknowledged_survives_the_primary() {
    for _ in 0..times() {
        fails_over().await;
    }
}

/// A commit that no standby has is not confirmed, also where the primary shows it as done: what is found
/// there may be lost with it.
#[tokio::test]
async fn what_no_standby_has_is_not_confirmed() {
    let pair = Pair::start();
    let store = pair.terminal();
    store.commit(row(1)).await.expect("both have it");
    signal(&pair.standby, Signal::STOP);
    let unconfirmed = store.commit(row(2)).await;
    assert!(matches!(unconfirmed, Err(StoreError::Unknown(_))), "{unconfirmed:?}");
    // The primary's backends give up their wait, as they do when it is shut down: now all see it there.
    pair.primary
        .sql("office", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
    pair.awaits("SELECT count(*) FROM audit_row", "2");
    let again = store.commit(row(2)).await;
    assert!(matches!(again, Err(StoreError::Unknown(_))), "{again:?}");
    pair.primary_dies();
    signal(&pair.standby, Signal::CONT);
    pair.standby_is_promoted();
    assert_eq!(store.commit(row(2)).await, Ok(()));
    let rows = store.rows(ChainName::new(1), 0, 9).await.expect("a read");
    assert_eq!(rows.len(), 2);
}
