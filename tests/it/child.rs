//! A process that writes until it is killed: this test binary, started again for one test. The
//! starter reads what it acknowledged.
//!
//! Several writers share a store. Each commit counts its writer up in an account, in a message that
//! is due then, and in an audit row. These three must always agree.

#![allow(
    clippy::disallowed_methods,
    reason = "the parent tells its child what to do by the environment, and the seed is of the moment"
)]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use totem::audit::{ChainName, Row};
use totem::store::sled::SledStore;
use totem::store::{Batch, Change, Expect, Store, StoreError};

use crate::support::{account, append, assert_chained, batch_at, message, on_disk};

pub const WRITERS: u64 = 4;

const MODE: &str = "TOTEM_TEST_CHILD";
const FOLDER: &str = "TOTEM_TEST_FOLDER";

/// What the child does, until it is killed.
#[derive(Clone, Copy, PartialEq)]
pub enum Mode {
    /// Writes through the store.
    Store,
    /// Writes with sled alone and trusts its flush: the mistake that the tests must catch.
    FlushOnly,
}

/// The child's way in; in an ordinary run of the tests it has nothing to do.
#[test]
fn child_entry() {
    let (Ok(mode), Some(folder)) = (std::env::var(MODE), std::env::var_os(FOLDER)) else { return };
    // Ends the line that the test harness began.
    say("");
    say("opening");
    match mode.as_str() {
        "store" => write_to_store(Path::new(&folder)),
        _ => write_with_flush_only(Path::new(&folder)),
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let said = out.write_all(format!("{line}\n").as_bytes()).and_then(|()| out.flush());
    said.expect("the parent reads until the child is dead");
}

fn write_to_store(folder: &Path) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let store = Arc::new(on_disk(folder));
    say("open");
    runtime.block_on(async {
        let mut writers = tokio::task::JoinSet::new();
        for writer in 0..WRITERS {
            writers.spawn(count_up(Arc::clone(&store), writer));
        }
        writers.join_all().await;
    });
}

async fn count_up(store: Arc<SledStore>, writer: u64) {
    loop {
        let now = store.get(account(writer)).await;
        let count = match now {
            Ok(record) => record.map_or(0, |record| record.version - version(writer, 0)),
            Err(StoreError::Unavailable(_)) => {
                say("unavailable");
                continue;
            }
            Err(other) => panic!("{other}"),
        };
        match store.commit(counting(writer, count + 1)).await {
            Ok(()) => say(&format!("ack {writer} {}", count + 1)),
            Err(StoreError::Unavailable(_) | StoreError::Unknown(_)) => say("unavailable"),
            Err(other) => panic!("{other}"),
        }
    }
}

/// The commit that counts a writer up to `count`.
fn counting(writer: u64, count: u64) -> Batch {
    let expect = match count {
        1 => Expect::Absent(account(writer)),
        _ => Expect::At(account(writer), version(writer, count - 1)),
    };
    let changes = vec![
        Change::Put { at: account(writer), bytes: text(writer, count), due_ms: None, groups: vec![] },
        Change::Put { at: message(writer), bytes: text(writer, count), due_ms: Some(count), groups: vec![] },
        append(format!("{writer} {count}").as_bytes()),
    ];
    batch_at(count, version(writer, count), vec![expect], changes)
}

/// The version of what a writer's commit writes, which is the tail of the batch's id.
fn version(writer: u64, count: u64) -> u64 {
    writer << 32 | count
}

/// Of many lengths, so that writes end anywhere in a block.
fn text(writer: u64, count: u64) -> Vec<u8> {
    let length = usize::try_from(count * 37 % 900).expect("a small number");
    format!("{writer} {count} {}", "x".repeat(length)).into_bytes()
}

fn write_with_flush_only(folder: &Path) {
    let db = sled::Config::new().path(folder).flush_every_ms(None).open().expect("an empty folder opens");
    say("open");
    for count in 1u64.. {
        db.insert(count.to_be_bytes(), text(0, count)).expect("an insert");
        db.flush().expect("a flush");
        say(&format!("ack 0 {count}"));
    }
}

/// What a child prints, one line each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Said {
    Opening,
    Open,
    Acknowledged,
    Unavailable,
}

/// A running child and what it printed.
pub struct Writer {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
    /// The highest count that was acknowledged, by writer.
    pub acknowledged: [u64; WRITERS as usize],
    pub opened: bool,
}

impl Writer {
    /// Starts a child on a folder, with extra variables for a preloaded library.
    pub fn start(mode: Mode, folder: &Path, environment: &[(&str, &Path)]) -> Self {
        let this = std::env::current_exe().expect("the path of this binary");
        let mode = if mode == Mode::Store { "store" } else { "flush-only" };
        let mut command = Command::new(this);
        command.args(["--exact", "child::child_entry", "--nocapture", "--test-threads=1"]);
        command.env(MODE, mode).env(FOLDER, folder).envs(environment.iter().copied());
        let mut child = command.stdout(Stdio::piped()).spawn().expect("this binary starts again");
        let out = child.stdout.take().expect("its output is a pipe");
        let lines = BufReader::new(out).lines();
        Writer { child, lines, acknowledged: [0; WRITERS as usize], opened: false }
    }

    /// Reads the child's next line; `None` at the end.
    pub fn hear(&mut self) -> Option<Said> {
        loop {
            let line = self.lines.next()?.ok()?;
            let mut words = line.split(' ');
            let said = match words.next() {
                Some("opening") => Said::Opening,
                Some("open") => Said::Open,
                Some("unavailable") => Said::Unavailable,
                Some("ack") => {
                    let mut number = || words.next().and_then(|word| word.parse::<u64>().ok());
                    let (Some(writer), Some(count)) = (number(), number()) else { continue };
                    let slot = usize::try_from(writer).expect("a writer");
                    self.acknowledged[slot] = self.acknowledged[slot].max(count);
                    Said::Acknowledged
                }
                // The test harness prints too.
                _ => continue,
            };
            self.opened |= said == Said::Open;
            return Some(said);
        }
    }

    /// Reads on until `wanted` was printed `times` times; false if the child ended before.
    pub fn wait_for(&mut self, wanted: Said, times: u64) -> bool {
        let mut heard = 0;
        while heard < times {
            match self.hear() {
                Some(said) => heard += u64::from(said == wanted),
                None => return false,
            }
        }
        true
    }

    /// Kills the child and reads what it still printed.
    pub fn kill(&mut self) {
        self.child.kill().expect("the child runs or has ended");
        self.child.wait().expect("the child ends");
        while self.hear().is_some() {}
    }
}

/// What was found in order so far, so that each look reads only what is new.
#[derive(Default)]
pub struct Checked {
    counts: [u64; WRITERS as usize],
    rows: u64,
    mac: [u8; 32],
}

impl Checked {
    /// Opens the store, and fails unless everything acknowledged is there and everything agrees.
    pub fn check(&mut self, folder: &Path, acknowledged: &[u64]) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let store = on_disk(folder);
        runtime.block_on(self.check_open(&store, acknowledged));
    }

    async fn check_open(&mut self, store: &SledStore, acknowledged: &[u64]) {
        loop {
            let rows = store.rows(ChainName::FIRST, self.rows, 500).await.expect("rows are read");
            let Some(last) = rows.last() else { break };
            assert_chained(&rows, self.rows + 1, self.mac);
            (self.rows, self.mac) = (last.sequence, last.mac);
            rows.iter().for_each(|row| self.count(row));
        }
        for (writer, acknowledged) in (0u64..).zip(acknowledged) {
            let count = self.counts[usize::try_from(writer).expect("a writer")];
            assert!(count >= *acknowledged, "writer {writer}: {acknowledged} acknowledged, {count} there");
            let at = [account(writer), message(writer)];
            for (at, due_ms) in at.into_iter().zip([None, Some(count)]) {
                let record = store.get(at).await.expect("a read");
                let found = record.map(|record| (record.version, record.bytes, record.due_ms));
                let expected = (count > 0).then(|| (version(writer, count), text(writer, count), due_ms));
                assert_eq!(found, expected, "writer {writer} disagrees with its audit rows");
            }
        }
        let due = store.due(u64::MAX, 100).await.expect("what is due").len();
        assert_eq!(due, self.counts.iter().filter(|count| **count > 0).count());
    }

    fn count(&mut self, row: &Row) {
        let text = std::str::from_utf8(&row.bytes).expect("a row of text");
        let (writer, count) = text.split_once(' ').expect("a row of two words");
        let count: u64 = count.parse().expect("a number");
        let slot = &mut self.counts[writer.parse::<usize>().expect("a number")];
        assert_eq!(count, *slot + 1, "writer {writer} has a gap");
        *slot = count;
    }

    pub fn rows(&self) -> u64 {
        self.rows
    }
}

/// A small random generator; every failure reports its seed.
pub struct Chance(u64);

impl Chance {
    /// From TOTEM_TEST_SEED, or else from the clock.
    pub fn new(test: &str) -> Self {
        let given = std::env::var("TOTEM_TEST_SEED").ok().and_then(|seed| seed.parse().ok());
        let clock = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let seed = given.unwrap_or_else(|| clock.map_or(1, |time| time.as_micros() as u64));
        // The harness shows it when the test fails.
        println!("{test}: TOTEM_TEST_SEED={seed}");
        Chance(seed)
    }

    /// The same ones again.
    pub fn from(seed: u64) -> Self {
        Chance(seed)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}
