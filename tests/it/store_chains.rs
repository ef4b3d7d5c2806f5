//! What every store must do with several audit chains: one suite, run over each backend.

use totem::audit::ChainName;
use totem::store::{Change, Expect, Store, StoreError};

use crate::support::{account, append, assert_chained, batch, put, suite};

suite! {
    chains_are_apart
    a_chain_is_cut_alone
    chains_are_listed_in_pages
}

async fn commit(store: &dyn Store, number: u64, changes: Vec<Change>) {
    store.commit(batch(number, vec![], changes)).await.expect("nothing is against it");
}

fn append_to(chain: u64, bytes: &[u8]) -> Change {
    Change::Append { chain: ChainName::new(chain), bytes: bytes.to_vec() }
}

async fn chains_are_apart(store: &dyn Store) {
    let one_batch = vec![append_to(9, b"a"), append(b"b"), append_to(u64::MAX, b"c"), append_to(9, b"d")];
    commit(store, 1, one_batch).await;
    commit(store, 2, vec![append(b"e"), append_to(9, b"f")]).await;
    let refused = vec![append_to(9, b"g"), append_to(10, b"h"), put(account(1), b"i")];
    let refused = store.commit(batch(3, vec![Expect::At(account(1), 9)], refused)).await;
    assert_eq!(refused, Err(StoreError::Conflict(account(1))));
    for (chain, texts) in [(9, "adf"), (0, "be"), (u64::MAX, "c"), (8, ""), (10, "")] {
        let chain = ChainName::new(chain);
        let rows = store.rows(chain, 0, 10).await.expect("a read");
        assert_chained(&rows, 1, chain.root());
        let read: Vec<u8> = rows.into_iter().flat_map(|row| row.bytes).collect();
        assert_eq!(read, texts.as_bytes(), "{chain}");
    }
    // The same row at the same place of two chains is not the same row.
    let first = |chain| store.rows(ChainName::new(chain), 0, 1);
    commit(store, 4, vec![append_to(1, b"same"), append_to(2, b"same")]).await;
    assert_ne!(first(1).await.expect("a read")[0].mac, first(2).await.expect("a read")[0].mac);
}

async fn a_chain_is_cut_alone(store: &dyn Store) {
    let rows = [1, 2, 3].map(|number| [append(&[number]), append_to(7, &[number])]);
    commit(store, 1, rows.concat()).await;
    let cut = |chain, up_to| Change::Cut { chain: ChainName::new(chain), up_to };
    for (number, cut) in [(90, cut(7, 3)), (91, cut(8, 0))] {
        let refused = store.commit(batch(number, vec![], vec![cut])).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
    }
    let before = store.rows(ChainName::new(7), 2, 10).await.expect("a read");
    commit(store, 2, vec![cut(7, 2), append_to(7, b"next")]).await;
    let left = store.rows(ChainName::new(7), 0, 10).await.expect("a read");
    assert_eq!((left.len(), &left[..1]), (2, &before[..]));
    assert_chained(&left[1..], 4, before[0].mac);
    assert_eq!(store.rows(ChainName::FIRST, 0, 10).await.expect("a read").len(), 3);
}

async fn chains_are_listed_in_pages(store: &dyn Store) {
    let numbers = [u64::MAX, 300, 0, 7];
    let rows = numbers.map(|chain| [append_to(chain, b"a"), append_to(chain, b"b")]);
    commit(store, 1, rows.concat()).await;
    let named = |numbers: &[u64]| Ok(numbers.iter().map(|number| ChainName::new(*number)).collect());
    assert_eq!(store.chains(None, 10).await, named(&[0, 7, 300, u64::MAX]));
    assert_eq!(store.chains(None, 2).await, named(&[0, 7]));
    assert_eq!(store.chains(Some(ChainName::new(7)), 2).await, named(&[300, u64::MAX]));
    assert_eq!(store.chains(Some(ChainName::new(8)), 1).await, named(&[300]));
    assert_eq!(store.chains(Some(ChainName::new(u64::MAX)), 9).await, named(&[]));
}
