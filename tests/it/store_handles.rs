//! What holds between two handles on one store, as two terminals have them.

use std::sync::Arc;

use totem::audit::ChainName;
use totem::store::{Change, Expect, Store, StoreError};

use crate::support::{account, append, assert_chained, batch, id, memory, message, on_disk, put, put_due};

type Handle = Arc<dyn Store>;

macro_rules! suite {
    ($($rule:ident)*) => {
        mod in_memory {
            $(#[tokio::test]
            async fn $rule() {
                let one = super::memory();
                let other = one.opened_again(crate::support::chain());
                super::$rule(std::sync::Arc::new(one), std::sync::Arc::new(other)).await;
            })*
        }
        mod on_postgres {
            $(#[tokio::test]
            async fn $rule() {
                let office = crate::postgres::Office::new();
                let handles = [office.store(), office.store()].map(std::sync::Arc::new);
                let [one, other] = handles;
                super::$rule(one, other).await;
            })*
        }
        // A folder lets one in at a time, so that two share what was opened.
        mod sled {
            $(#[tokio::test]
            async fn $rule() {
                let folder = tempfile::tempdir().expect("a temporary folder");
                let one: super::Handle = std::sync::Arc::new(super::on_disk(&folder.path().join("store")));
                super::$rule(std::sync::Arc::clone(&one), one).await;
            })*
        }
    };
}

suite! {
    what_one_commits_the_other_finds
    of_two_that_read_the_same_one_commits
    none_is_lost_of_what_both_count
    one_batch_sent_by_both_is_one_commit
    one_claim_of_two_counts
    each_writes_a_chain_of_its_own
    both_write_to_one_chain
}

async fn what_one_commits_the_other_finds(one: Handle, other: Handle) {
    let changes = vec![
        Change::Put { at: account(1), bytes: b"a".to_vec(), due_ms: None, groups: vec![id(7)] },
        Change::Link { index: id(8), to: account(1) },
        put_due(message(1), 5),
        append(b"row"),
    ];
    one.commit(batch(1, vec![Expect::Absent(account(1))], changes)).await.expect("a commit");
    assert_eq!(other.get(account(1)).await, one.get(account(1)).await);
    assert_eq!(other.find(id(8)).await, Ok(Some(account(1))));
    assert_eq!(other.group(id(7)).await, Ok(1));
    assert_eq!(other.next_due_ms().await, Ok(Some(5)));
    other.commit(batch(2, vec![], vec![append(b"next")])).await.expect("a commit");
    assert_chained(&one.rows(ChainName::FIRST, 0, 10).await.expect("rows"), 1, [0; 32]);
}

async fn of_two_that_read_the_same_one_commits(one: Handle, other: Handle) {
    one.commit(batch(1, vec![], vec![put(account(1), b"a")])).await.expect("a commit");
    let replacing =
        |number, bytes| batch(number, vec![Expect::At(account(1), 1)], vec![put(account(1), bytes)]);
    let both = tokio::join!(one.commit(replacing(2, b"b")), other.commit(replacing(3, b"c")));
    let conflict = Err(StoreError::Conflict(account(1)));
    assert!(both == (Ok(()), conflict.clone()) || both == (conflict, Ok(())), "{both:?}");
}

/// Counts up in a record, and reads again whenever the other was faster.
async fn count_up(store: Handle, first_batch: u64, times: u64) {
    let mut number = first_batch;
    for _ in 0..times {
        loop {
            let read = store.get(account(1)).await.expect("a read").expect("it is there");
            let count: u64 = String::from_utf8(read.bytes).expect("digits").parse().expect("a number");
            let changes = vec![put(account(1), (count + 1).to_string().as_bytes())];
            number += 1;
            match store.commit(batch(number, vec![Expect::At(account(1), read.version)], changes)).await {
                Ok(()) => break,
                Err(StoreError::Conflict(_)) => {}
                Err(error) => panic!("{error}"),
            }
        }
    }
}

async fn none_is_lost_of_what_both_count(one: Handle, other: Handle) {
    one.commit(batch(1, vec![], vec![put(account(1), b"0")])).await.expect("a commit");
    tokio::join!(count_up(Arc::clone(&one), 1_000, 40), count_up(other, 1_000_000, 40));
    let read = one.get(account(1)).await.expect("a read").expect("it is there");
    assert_eq!(read.bytes, b"80");
}

async fn one_batch_sent_by_both_is_one_commit(one: Handle, other: Handle) {
    let same = || batch(1, vec![Expect::Absent(account(1))], vec![put(account(1), b"a"), append(b"row")]);
    let both = tokio::join!(one.commit(same()), other.commit(same()));
    assert_eq!(both, (Ok(()), Ok(())));
    assert_eq!(one.rows(ChainName::FIRST, 0, 10).await.expect("rows").len(), 1);
}

/// A claim is a batch: whoever comes second has to look again.
async fn one_claim_of_two_counts(one: Handle, other: Handle) {
    one.commit(batch(1, vec![], vec![put_due(message(1), 10)])).await.expect("a commit");
    let claim = |number| batch(number, vec![Expect::At(message(1), 1)], vec![put_due(message(1), 70)]);
    let both = tokio::join!(one.commit(claim(2)), other.commit(claim(3)));
    assert!([&both.0, &both.1].iter().filter(|outcome| outcome.is_ok()).count() == 1, "{both:?}");
    assert_eq!(other.due(10, 9).await, Ok(vec![]));
    // Whoever has it commits against its claim, which the other has not got.
    let holder = if both.0.is_ok() { 2 } else { 3 };
    let finish =
        |version| batch(90 + version, vec![Expect::At(message(1), version)], vec![Change::Drop(message(1))]);
    assert_eq!(other.commit(finish(5 - holder)).await, Err(StoreError::Conflict(message(1))));
    assert_eq!(one.commit(finish(holder)).await, Ok(()));
}

/// Adds rows to a chain, one after the other.
async fn write_rows(store: Handle, chain: ChainName, first_batch: u64, times: u64) {
    for number in 0..times {
        let row = Change::Append { chain, bytes: number.to_be_bytes().to_vec() };
        store.commit(batch(first_batch + number, vec![], vec![row])).await.expect("a commit");
    }
}

async fn each_writes_a_chain_of_its_own(one: Handle, other: Handle) {
    let chains = [1, 2].map(ChainName::new);
    tokio::join!(
        write_rows(Arc::clone(&one), chains[0], 1_000, 40),
        write_rows(Arc::clone(&other), chains[1], 1_000_000, 40)
    );
    // Each finds what the other wrote, and what both wrote stands in the order in which it was written.
    for (chain, reader) in chains.into_iter().zip([other, Arc::clone(&one)]) {
        let rows = reader.rows(chain, 0, 100).await.expect("rows");
        assert_chained(&rows, 1, chain.root());
        let read: Vec<Vec<u8>> = rows.into_iter().map(|row| row.bytes).collect();
        assert_eq!(read, (0..40_u64).map(|number| number.to_be_bytes().to_vec()).collect::<Vec<_>>());
    }
    assert_eq!(one.chains(None, 10).await, Ok(chains.to_vec()));
}

async fn both_write_to_one_chain(one: Handle, other: Handle) {
    let chain = ChainName::new(3);
    tokio::join!(write_rows(Arc::clone(&one), chain, 1_000, 30), write_rows(other, chain, 1_000_000, 30));
    let rows = one.rows(chain, 0, 100).await.expect("rows");
    assert_eq!(rows.len(), 60);
    assert_chained(&rows, 1, chain.root());
}

/// Where a folder lets one in at a time, the next one goes on where the former was.
#[tokio::test]
async fn who_opens_a_folder_next_goes_on_with_each_chain() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let chains = [0, 7].map(ChainName::new);
    for first_batch in [1_000, 2_000, 3_000] {
        let store: Handle = Arc::new(on_disk(&folder.path().join("store")));
        for (chain, ahead) in chains.into_iter().zip([0, 500]) {
            write_rows(Arc::clone(&store), chain, first_batch + ahead, 3).await;
        }
    }
    let store = on_disk(&folder.path().join("store"));
    for chain in chains {
        let rows = store.rows(chain, 0, 100).await.expect("rows");
        assert_eq!(rows.len(), 9);
        assert_chained(&rows, 1, chain.root());
    }
}
