//! How fast the store on disk commits and finds, relative to the disk it is on.
//!
//! Commits: 1, 4 and 16 writers, each waiting for one commit before the next, against a bare append
//! with fdatasync of as many bytes, in alternating rounds of one run. The median ratio to the
//! appends just before and just after counts. Look-ups: of an account by its RUT, including blind
//! index and sealing, among 10⁴, 10⁵ and 10⁶ accounts. Openings: of a store of 10⁵ and of 10⁶ accounts
//! that was closed, and of one that was not. (`cargo bench --bench store -- commits`, `look-ups` or
//! `openings` runs one of them.)

#[path = "accounts.rs"]
mod accounts;

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use totem::audit::ChainName;
use totem::domain::reference::{Id, Kind, Ref};
use totem::service;
use totem::store::sled::{OpenOptions, SledStore};
use totem::store::{Batch, Change, Store};

const ROUNDS: usize = 21;
const ROUND: Duration = Duration::from_millis(300);
const RECORD_BYTES: usize = 400;
const ROW_BYTES: usize = 120;
/// Writers, and the ratio to the bare append that is the goal.
const AIMS: [(u64, f64); 3] = [(1, 0.6), (4, 1.3), (16, 3.0)];

fn main() {
    let only = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder on a real disk");
    let runs = |part: &str| only.as_deref().is_none_or(|only| only == part);
    if runs("commits") {
        runtime.block_on(commits(folder.path()));
    }
    if runs("openings") {
        for count in [100_000, 1_000_000] {
            openings(&folder.path().join(format!("openings-{count}")), count);
        }
    }
    if runs("look-ups") {
        let p99 =
            [10_000, 100_000, 1_000_000].map(|count| look_ups(&folder.path().join(count.to_string()), count));
        let ratio = p99[2].as_secs_f64() / p99[0].as_secs_f64();
        println!("p99 at a million against ten thousand: {ratio:.2} x (aim 3 x)");
    }
}

fn open(folder: &Path) -> SledStore {
    let chain: totem::audit::Chain = Arc::new(|before, _, _| *before);
    let options = OpenOptions { ballast_bytes: 0, ..OpenOptions::new(folder, chain) };
    SledStore::open(options).expect("the store opens")
}

fn id(number: u64) -> Id {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    Id(bytes)
}

fn account(number: u64) -> Ref {
    Ref { kind: Kind::Account, id: id(number) }
}

/// What a visit commits: a record, a message that is due, and an audit row.
fn visit(number: u64) -> Batch {
    let bytes = vec![number as u8; RECORD_BYTES];
    let message = Ref { kind: Kind::Outbox, id: id(number) };
    let changes = vec![
        Change::Put { at: account(number % 10_000), bytes: bytes.clone(), due_ms: None, groups: vec![] },
        Change::Put { at: message, bytes, due_ms: Some(number), groups: vec![] },
        Change::Append { chain: ChainName::FIRST, bytes: vec![0; ROW_BYTES] },
    ];
    Batch { id: Id::at(number, [1; 10]), expect: vec![], changes }
}

async fn commits(folder: &Path) {
    let store = Arc::new(open(&folder.join("commits")));
    let mut bare = File::options().create(true).append(true).open(folder.join("bare")).expect("a file");
    let mut rates = vec![Vec::new(); AIMS.len()];
    let mut ratios = vec![Vec::new(); AIMS.len()];
    let mut bare_rates = vec![bare_round(&mut bare)];
    let mut next = 1;
    for _ in 0..ROUNDS {
        for (((writers, _), rates), ratios) in AIMS.iter().zip(&mut rates).zip(&mut ratios) {
            let start = Instant::now();
            let mut tasks = tokio::task::JoinSet::new();
            for writer in 0..*writers {
                let (store, mut number) = (Arc::clone(&store), next + writer);
                let step = *writers;
                tasks.spawn(async move {
                    while start.elapsed() < ROUND {
                        store.commit(visit(number)).await.expect("a commit");
                        number += step;
                    }
                    number
                });
            }
            let ends = tasks.join_all().await;
            let end = ends.into_iter().max().unwrap_or(next);
            let rate = (end - next) as f64 / start.elapsed().as_secs_f64();
            let (before, after) = (bare_rates[bare_rates.len() - 1], bare_round(&mut bare));
            bare_rates.push(after);
            rates.push(rate);
            ratios.push(2.0 * rate / (before + after));
            next = end;
        }
    }
    println!("bare append + fdatasync: {:.0}/s", median(&mut bare_rates));
    for (((writers, aim), rates), ratios) in AIMS.iter().zip(&mut rates).zip(&mut ratios) {
        let (rate, ratio) = (median(rates), median(ratios));
        println!("{writers:2} writers: {rate:.0} commits/s, ratio {ratio:.2} (aim {aim})");
    }
}

fn bare_round(file: &mut File) -> f64 {
    let bytes = vec![7; 2 * RECORD_BYTES + ROW_BYTES];
    let (start, mut count) = (Instant::now(), 0u32);
    while start.elapsed() < ROUND {
        file.write_all(&bytes).and_then(|()| file.sync_data()).expect("an append");
        count += 1;
    }
    f64::from(count) / start.elapsed().as_secs_f64()
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// How long a look-up takes: the median and the 99th percentile.
fn look_ups(folder: &Path, count: u32) -> Duration {
    std::fs::create_dir(folder).expect("a folder");
    accounts::write(folder, count);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let opening = Instant::now();
        let records = service::open(&accounts::config(folder)).await.expect("the store opens").records;
        let opening = opening.elapsed();
        let mut times = Vec::new();
        let mut number = 1u64;
        for _ in 0..20_000 {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let company = accounts::company(((number >> 33) % u64::from(count)) as u32);
            let start = Instant::now();
            records.account_of(company).await.expect("a look-up").expect("it is there");
            times.push(start.elapsed());
        }
        times.sort();
        let (p50, p99) = (times[times.len() / 2], times[times.len() * 99 / 100]);
        println!("{count:7} accounts: look-up p50 {p50:.1?}, p99 {p99:.1?}; opening {opening:.1?}");
        p99
    })
}

/// How long opening takes.
fn openings(folder: &Path, count: u32) {
    std::fs::create_dir(folder).expect("a folder");
    accounts::write(folder, count);
    let store = accounts::config(folder).store.folder;
    let bytes = std::fs::metadata(store.join("sled/db")).expect("sled's log").len();
    let mut closed = (0..5).map(|_| opening(&store)).collect::<Vec<_>>();
    let mut not_closed = (0..5)
        .map(|_| {
            std::fs::remove_file(store.join("sled/seal")).expect("it was closed");
            opening(&store)
        })
        .collect::<Vec<_>>();
    let (closed, not_closed) = (median(&mut closed), median(&mut not_closed));
    println!(
        "{count:7} accounts, {} MiB: opens in {closed:.2} s, not closed in {not_closed:.2} s",
        bytes >> 20
    );
}

fn opening(store: &Path) -> f64 {
    let begun = Instant::now();
    let opened = open(store);
    let took = begun.elapsed();
    drop(opened);
    took.as_secs_f64()
}
