//! What holds between two handles on one store, as two terminals have them.

use std::sync::Arc;

use totem::store::{Change, Expect, Store, StoreError};

use crate::support::{account, assert_chained, batch, id, memory, message, on_disk, put, put_due};

type Handle = Arc<dyn Store>;

macro_rules! suite {
    ($($rule:ident)*) => {
        mod in_memory {
            $(#[tokio::test]
            async fn $rule() {
                let one: super::Handle = std::sync::Arc::new(super::memory());
                super::$rule(std::sync::Arc::clone(&one), one).await;
            })*
        }
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
}

async fn what_one_commits_the_other_finds(one: Handle, other: Handle) {
    let changes = vec![
        Change::Put { at: account(1), bytes: b"a".to_vec(), due_ms: None, groups: vec![id(7)] },
        Change::Link { index: id(8), to: account(1) },
        put_due(message(1), 5),
        Change::Append(b"row".into()),
    ];
    one.commit(batch(1, vec![Expect::Absent(account(1))], changes)).await.expect("a commit");
    assert_eq!(other.get(account(1)).await, one.get(account(1)).await);
    assert_eq!(other.find(id(8)).await, Ok(Some(account(1))));
    assert_eq!(other.group(id(7)).await, Ok(1));
    assert_eq!(other.next_due_ms().await, Ok(Some(5)));
    other.commit(batch(2, vec![], vec![Change::Append(b"next".into())])).await.expect("a commit");
    assert_chained(&one.rows(0, 10).await.expect("rows"), 1, [0; 32]);
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
    let same = || {
        batch(1, vec![Expect::Absent(account(1))], vec![put(account(1), b"a"), Change::Append(b"row".into())])
    };
    let both = tokio::join!(one.commit(same()), other.commit(same()));
    assert_eq!(both, (Ok(()), Ok(())));
    assert_eq!(one.rows(0, 10).await.expect("rows").len(), 1);
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
