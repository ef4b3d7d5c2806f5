//! Random sequences of batches: the store on disk and the one in the database answer like the one in
//! memory, and what is on disk holds the same after it is opened again.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use totem::audit::{ChainName, Row};
use totem::domain::reference::{Id, Kind, Ref};
use totem::store::sled::SledStore;
use totem::store::{Batch, Change, Expect, Store, StoreError, Versioned};

use crate::support::{account, append, batch_at, id, memory, message, on_disk};

const HOUR_MS: u64 = 60 * 60 * 1000;

fn some_ref() -> impl Strategy<Value = Ref> {
    prop_oneof![(0..4u64).prop_map(account), (0..4u64).prop_map(message)]
}

fn some_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => (some_ref(), vec(any::<u8>(), 0..40), proptest::option::of(0..5u64), vec(0..3u64, 0..3))
            .prop_map(|(at, bytes, due_ms, groups)| {
                let groups = groups.into_iter().map(id).collect();
                Change::Put { at, bytes, due_ms, groups }
            }),
        2 => (0..4u64, some_ref()).prop_map(|(index, to)| Change::Link { index: id(index), to }),
        1 => (0..4u64).prop_map(|index| Change::Unlink { index: id(index) }),
        1 => some_ref().prop_map(Change::Drop),
        2 => (0..3u64, vec(any::<u8>(), 0..20)).prop_map(|(chain, bytes)| {
            Change::Append { chain: ChainName::new(chain), bytes }
        }),
        1 => (4090..4100usize).prop_map(|size| append(&vec![1; size])),
        1 => (0..3u64, 0..4u64).prop_map(|(chain, up_to)| {
            Change::Cut { chain: ChainName::new(chain), up_to }
        }),
    ]
}

fn some_expect() -> impl Strategy<Value = Expect> {
    prop_oneof![
        some_ref().prop_map(Expect::Absent),
        (some_ref(), 0..60u64).prop_map(|(at, version)| Expect::At(at, version)),
        (0..3u64, 0..60u64).prop_map(|(group, version)| Expect::Group(id(group), version)),
    ]
}

fn some_batch() -> impl Strategy<Value = Batch> {
    // Few ids and long times between them, so that ids recur, some after they were forgotten.
    (0..60u64, vec(some_expect(), 0..2), vec(some_change(), 0..5))
        .prop_map(|(hour, expect, changes)| batch_at((hour + 24) * HOUR_MS, hour, expect, changes))
}

/// Everything that can be asked.
#[derive(Debug, PartialEq)]
struct Seen {
    lists: Vec<Vec<(Ref, Versioned)>>,
    links: Vec<Option<Ref>>,
    groups: Vec<u64>,
    due: Vec<(Ref, Versioned)>,
    next_due_ms: Option<u64>,
    chains: Vec<ChainName>,
    rows: Vec<Vec<Row>>,
}

async fn see(store: &dyn Store) -> Result<Seen, StoreError> {
    let mut seen = Seen {
        lists: Vec::new(),
        links: Vec::new(),
        groups: Vec::new(),
        due: store.due(3, 100).await?,
        next_due_ms: store.next_due_ms().await?,
        chains: store.chains(None, 100).await?,
        rows: Vec::new(),
    };
    for chain in (0..3).map(ChainName::new) {
        seen.rows.push(store.rows(chain, 0, 1000).await?);
    }
    for kind in [Kind::Meta, Kind::Account, Kind::Outbox, Kind::Undo, Kind::Application] {
        seen.lists.push(store.list(kind, None, 100).await?);
        seen.lists.push(store.list(kind, Some(Id([0; 16])), 2).await?);
    }
    for group in (0..3).map(id) {
        seen.groups.push(store.group(group).await?);
        for kind in [Kind::Account, Kind::Outbox] {
            seen.lists.push(store.members(group, kind, None, 100).await?);
            seen.lists.push(store.members(group, kind, Some(id(1)), 1).await?);
        }
    }
    for index in 0..4 {
        seen.links.push(store.find(id(index)).await?);
    }
    Ok(seen)
}

type Answers =
    (Result<(), StoreError>, Result<Vec<Row>, StoreError>, Result<Vec<(Ref, Versioned)>, StoreError>);

/// Commits without waiting for one before the next, each followed by two reads, so that the store
/// groups them. Tasks of one thread start in the order in which they were made.
async fn at_the_same_time(disk: &Arc<SledStore>, batches: &[Batch]) -> Vec<Answers> {
    let mut waiting = Vec::new();
    for batch in batches.iter().cloned() {
        let disks = [(); 3].map(|()| Arc::clone(disk));
        let [first, second, third] = disks;
        waiting.push((
            tokio::spawn(async move { first.commit(batch).await }),
            tokio::spawn(async move { second.rows(ChainName::new(1), 0, 1000).await }),
            tokio::spawn(async move { third.list(Kind::Outbox, None, 100).await }),
        ));
    }
    let mut answers = Vec::new();
    for (commit, rows, list) in waiting {
        let done = "the task ends by itself";
        answers.push((commit.await.expect(done), rows.await.expect(done), list.await.expect(done)));
    }
    answers
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn disk_and_memory_agree(batches in vec(some_batch(), 1..40), at_once in 1..8usize) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(async {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let (disk, memory) = (Arc::new(on_disk(folder.path())), memory());
            for together in batches.chunks(at_once) {
                let answers = at_the_same_time(&disk, together).await;
                for (batch, (answer, rows, list)) in together.iter().zip(answers) {
                    prop_assert_eq!(answer, memory.commit(batch.clone()).await);
                    prop_assert_eq!(rows, memory.rows(ChainName::new(1), 0, 1000).await);
                    prop_assert_eq!(list, memory.list(Kind::Outbox, None, 100).await);
                }
            }
            let expected = see(&memory).await;
            prop_assert!(expected.is_ok());
            prop_assert_eq!(see(&*disk).await, expected);
            drop(disk);
            prop_assert_eq!(see(&on_disk(folder.path())).await, see(&memory).await);
            Ok(())
        })?;
    }

    #[test]
    fn database_and_memory_agree(batches in vec(some_batch(), 1..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let office = crate::postgres::Office::new();
            let (shared, memory) = (office.store(), memory());
            // The database remembers ids by its own clock: here none is forgotten.
            let mut sent = std::collections::BTreeSet::new();
            for batch in batches.into_iter().filter(|batch| sent.insert(batch.id)) {
                prop_assert_eq!(shared.commit(batch.clone()).await, memory.commit(batch).await);
            }
            prop_assert_eq!(see(&shared).await, see(&memory).await);
            Ok(())
        })?;
    }
}
