//! Small constructors that the store's tests share.

use std::path::Path;
use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use totem::audit::{Chain, ChainName, Row};
use totem::clock::Clock;
use totem::domain::reference::{Id, Kind, Ref};
use totem::store::memory::MemoryStore;
use totem::store::sled::{OpenOptions, Restoration, SledStore};
use totem::store::{Batch, Change, Expect};

/// One suite of what every store must do, run over each backend.
macro_rules! suite {
    ($($rule:ident)*) => {
        crate::support::embedded_suite! { $($rule)* }
        mod on_postgres {
            $(#[tokio::test]
            async fn $rule() {
                let office = crate::postgres::Office::new();
                super::$rule(&office.store()).await;
            })*
        }
    };
}
pub(crate) use suite;

/// The same over the backends that live in the program and tell the time of its clock.
macro_rules! embedded_suite {
    ($($rule:ident)*) => {
        mod in_memory {
            $(#[tokio::test]
            async fn $rule() {
                super::$rule(&crate::support::memory()).await;
            })*
        }
        mod sled {
            $(#[tokio::test]
            async fn $rule() {
                let folder = tempfile::tempdir().expect("a temporary folder");
                super::$rule(&crate::support::on_disk(&folder.path().join("store"))).await;
            })*
        }
    };
}
pub(crate) use embedded_suite;

/// The time that the stores here tell, in milliseconds since 1970.
pub const NOW_MS: u64 = 1_795_341_600_000;

/// A chain like the real one, with a key that everybody knows.
pub fn chain() -> Chain {
    Arc::new(|before, sequence, bytes| {
        let mut mac = Hmac::<Sha256>::new_from_slice(b"test").expect("any length will do");
        mac.update(before);
        mac.update(&sequence.to_be_bytes());
        mac.update(bytes);
        mac.finalize().into_bytes().into()
    })
}

fn clock() -> Clock {
    Arc::new(|| NOW_MS)
}

pub fn memory() -> MemoryStore {
    MemoryStore::new(chain()).with_clock(clock())
}

pub fn options(folder: &Path) -> OpenOptions {
    let options = OpenOptions::new(folder, chain());
    OpenOptions { ballast_bytes: 0, cache_capacity_bytes: 8 << 20, clock: clock(), ..options }
}

/// How a backup that this chain's keys made becomes a store.
pub fn import(chain: &Chain) -> Restoration<'_> {
    Restoration { chain, unproved: false, line: [7; 16], after: None, now_ms: NOW_MS }
}

pub fn on_disk(folder: &Path) -> SledStore {
    SledStore::open(options(folder)).expect("an empty or sound folder opens")
}

/// An id whose bytes are a number, for records and indexes.
pub fn id(number: u64) -> Id {
    let mut bytes = [0; 16];
    bytes[8..].copy_from_slice(&number.to_be_bytes());
    Id(bytes)
}

pub fn account(number: u64) -> Ref {
    Ref { kind: Kind::Account, id: id(number) }
}

pub fn message(number: u64) -> Ref {
    Ref { kind: Kind::Outbox, id: id(number) }
}

pub fn put(at: Ref, bytes: &[u8]) -> Change {
    Change::Put { at, bytes: bytes.to_vec(), due_ms: None, groups: vec![] }
}

pub fn put_due(at: Ref, due_ms: u64) -> Change {
    Change::Put { at, bytes: b"message".to_vec(), due_ms: Some(due_ms), groups: vec![] }
}

/// A row for the first audit chain.
pub fn append(bytes: &[u8]) -> Change {
    Change::Append { chain: ChainName::FIRST, bytes: bytes.to_vec() }
}

/// A batch whose id is a time and a number.
pub fn batch_at(now_ms: u64, number: u64, expect: Vec<Expect>, changes: Vec<Change>) -> Batch {
    let mut random = [0; 10];
    random[2..].copy_from_slice(&number.to_be_bytes());
    Batch { id: Id::at(now_ms, random), expect, changes }
}

pub fn batch(number: u64, expect: Vec<Expect>, changes: Vec<Change>) -> Batch {
    batch_at(1_000_000, number, expect, changes)
}

/// Fails unless the rows are numbered without a gap from `first` and chained from `before`.
pub fn assert_chained(rows: &[Row], first: u64, mut before: [u8; 32]) {
    let chain = chain();
    for (row, sequence) in rows.iter().zip(first..) {
        assert_eq!(row.sequence, sequence);
        assert_eq!(row.mac, chain(&before, sequence, &row.bytes), "row {sequence} is not chained");
        before = row.mac;
    }
}
