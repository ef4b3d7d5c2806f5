//! What becomes of a batch, and of whoever waits, when the line to the database breaks.

use std::sync::Arc;
use std::time::Duration;

use totem::audit::ChainName;
use totem::store::postgres::PostgresStore;
use totem::store::{Expect, Store, StoreError};

use super::relay::{Line, Relay};
use super::{Office, cluster::cluster};
use crate::support::{account, append, assert_chained, batch, chain, message, put, put_due};

async fn over_a_relay(office: &Office) -> (Relay, PostgresStore) {
    let relay = Relay::to(cluster().port).await;
    let store = PostgresStore::new(office.server_at(relay.port), chain());
    store.get(account(1)).await.expect("the line is whole");
    (relay, store)
}

/// Wherever the line is cut, in the first round trip or the second, before or after COMMIT was done: the
/// batch is one commit, and says so.
#[tokio::test]
async fn a_batch_is_one_commit_wherever_the_line_is_cut() {
    let office = Office::new();
    let (relay, store) = over_a_relay(&office).await;
    let before = relay.sent();
    store.commit(batch(1, vec![], vec![put(account(1), b"0"), append(b"0")])).await.expect("a commit");
    let pieces = relay.sent() - before;
    assert!(pieces >= 2, "two round trips");
    let cuts = (1..=pieces).map(Line::CutAfter).chain([Line::LosesAnswerTo(pieces)]);
    for (number, cut) in (2..).zip(cuts) {
        relay.set(cut);
        let expect = vec![Expect::At(account(1), number - 1)];
        let changes =
            vec![put(account(1), &[number as u8]), put_due(message(number), 1), append(&[number as u8])];
        let done = store.commit(batch(number, expect, changes)).await;
        assert_eq!(done, Ok(()), "{cut:?} of {pieces}");
        let read = store.get(account(1)).await.expect("a read").expect("it is there");
        assert_eq!((read.version, read.bytes), (number, vec![number as u8]));
    }
    let rows = store.rows(ChainName::FIRST, 0, 100).await.expect("a read");
    assert_eq!(rows.len() as u64, 2 + pieces);
    assert_chained(&rows, 1, [0; 32]);
    let resent: u64 = office.sql("SELECT count(*) FROM seen WHERE resent > 0").parse().unwrap();
    assert!(resent >= 1, "the last answer was lost, and what was found done was written to again");
}

/// Two round trips a commit, one a question.
#[tokio::test]
async fn round_trips_are_few() {
    let office = Office::new();
    let (relay, store) = over_a_relay(&office).await;
    let trips = async |asked: &mut (dyn Future<Output = ()> + Unpin + Send)| {
        let before = relay.sent();
        asked.await;
        relay.sent() - before
    };
    let changes = || vec![put(account(1), b"a"), put_due(message(1), 9), append(b"row")];
    let mut commit = Box::pin(async { store.commit(batch(1, vec![], changes())).await.expect("a commit") });
    assert_eq!(trips(&mut commit).await, 2);
    let mut reads =
        Box::pin(async { drop(store.get_many(&[account(1), message(1)]).await.expect("a read")) });
    assert_eq!(trips(&mut reads).await, 1);
    assert_eq!(relay.opened(), 1);
}

/// A database that is away is told within the patience of a person, and nothing was done.
#[tokio::test]
async fn a_database_that_is_away_is_unavailable_until_it_is_back() {
    let office = Office::new();
    let (relay, store) = over_a_relay(&office).await;
    relay.set(Line::Down);
    let (read, done) =
        tokio::join!(store.get(account(1)), store.commit(batch(1, vec![], vec![put(account(1), b"a")])));
    assert!(matches!(read, Err(StoreError::Unavailable(_))), "{read:?}");
    assert!(matches!(done, Err(StoreError::Unavailable(_))), "{done:?}");
    relay.set(Line::Whole);
    assert_eq!(store.get(account(1)).await, Ok(None));
    assert_eq!(store.commit(batch(1, vec![], vec![put(account(1), b"a")])).await, Ok(()));
}

/// A COMMIT that nobody answers is not called done or undone; sent again later, it is one commit.
#[tokio::test]
async fn a_commit_that_nobody_answers_is_unknown() {
    let office = Office::new();
    let (relay, store) = over_a_relay(&office).await;
    let store = Arc::new(store);
    let one = || batch(1, vec![Expect::Absent(account(1))], vec![put(account(1), b"a"), append(b"row")]);
    let before = relay.sent();
    let committing = tokio::spawn({
        let store = Arc::clone(&store);
        async move { store.commit(one()).await }
    });
    // The second piece carries COMMIT.
    while relay.sent() < before + 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    relay.set(Line::Silent);
    let done = committing.await.expect("it ends");
    assert!(matches!(done, Err(StoreError::Unknown(_)) | Ok(())), "{done:?}");
    relay.set(Line::Whole);
    assert_eq!(store.commit(one()).await, Ok(()));
    assert_eq!(store.rows(ChainName::FIRST, 0, 9).await.expect("a read").len(), 1);
}

/// Whoever gave up waiting leaves no transaction open, and the next is not mixed into it.
#[tokio::test]
async fn a_commit_that_is_given_up_leaves_the_line_clean() {
    let office = Office::new();
    let (_relay, store) = over_a_relay(&office).await;
    for number in 1..30 {
        let changes = vec![put(account(1), &[number as u8]), append(&[number as u8])];
        let given_up = tokio::time::timeout(
            Duration::from_micros(40 * number),
            store.commit(batch(number, vec![], changes)),
        );
        // Either is right: what counts is what comes after.
        let _ = given_up.await;
    }
    store.commit(batch(90, vec![], vec![put(account(2), b"b"), append(b"last")])).await.expect("a commit");
    let rows = store.rows(ChainName::FIRST, 0, 100).await.expect("a read");
    assert_chained(&rows, 1, [0; 32]);
    assert_eq!(rows.last().map(|row| row.bytes.clone()), Some(b"last".to_vec()));
}

/// A connection that nobody uses is given back, and the next question opens one.
#[tokio::test]
async fn an_idle_connection_is_closed() {
    let office = Office::new();
    let relay = Relay::to(cluster().port).await;
    let mut server = office.server_at(relay.port);
    server.waits.idle = Duration::from_millis(50);
    let store = PostgresStore::new(server, chain());
    for opened in 1..=2 {
        store.get(account(1)).await.expect("a read");
        assert_eq!(relay.opened(), opened);
        while office.sessions() > 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}
