//! What every store must do: one suite, run over each backend.

use totem::audit::ChainName;
use totem::domain::reference::{Kind, Ref};
use totem::store::{Change, Expect, MAX_BATCH_BYTES, MAX_VALUE_BYTES, Store, StoreError};

use crate::support::{
    NOW_MS, account, append, assert_chained, batch, batch_at, id, message, put, put_due, suite,
};

const FIRST: ChainName = ChainName::FIRST;

suite! {
    an_empty_store_has_nothing
    a_version_is_that_of_its_batch
    a_version_never_comes_again
    the_same_batch_twice_is_one_commit
    absent_is_a_conflict_when_there_is_a_record
    an_old_version_is_a_conflict
    a_link_is_unique
    a_late_conflict_leaves_nothing
    changes_of_a_batch_see_each_other
    due_records_come_earliest_first
    a_record_is_due_only_once
    a_list_is_read_in_pages
    rows_are_numbered_and_chained
    too_large_is_refused
    members_of_a_group_are_listed_by_kind
    a_record_leaves_the_groups_that_it_is_no_longer_put_in
    a_member_that_comes_or_goes_changes_the_group
    several_records_are_read_at_once
}

mod by_the_programs_clock {
    use super::{a_batch_id_is_forgotten_after_a_day, the_time_is_that_of_the_programs_clock};
    use crate::support::embedded_suite;

    embedded_suite! {
        a_batch_id_is_forgotten_after_a_day
        the_time_is_that_of_the_programs_clock
    }
}

async fn commit(store: &dyn Store, number: u64, expect: Vec<Expect>, changes: Vec<Change>) {
    store.commit(batch(number, expect, changes)).await.expect("nothing is against it");
}

async fn version(store: &dyn Store, at: Ref) -> Option<u64> {
    store.get(at).await.expect("a read").map(|record| record.version)
}

async fn due(store: &dyn Store, now_ms: u64, limit: u16) -> Vec<Ref> {
    store.due(now_ms, limit).await.expect("a read").into_iter().map(|(at, _)| at).collect()
}

async fn an_empty_store_has_nothing(store: &dyn Store) {
    assert_eq!(store.get(account(1)).await, Ok(None));
    assert_eq!(store.find(id(1)).await, Ok(None));
    assert_eq!(store.list(Kind::Account, None, 10).await, Ok(vec![]));
    assert_eq!(store.due(u64::MAX, 10).await, Ok(vec![]));
    assert_eq!(store.next_due_ms().await, Ok(None));
    assert_eq!(store.rows(FIRST, 0, 10).await, Ok(vec![]));
    assert_eq!(store.chains(None, 10).await, Ok(vec![]));
}

async fn a_version_is_that_of_its_batch(store: &dyn Store) {
    commit(store, 1, vec![Expect::Absent(account(1))], vec![put(account(1), b"a")]).await;
    assert_eq!(version(store, account(1)).await, Some(1));
    commit(store, 2, vec![Expect::At(account(1), 1)], vec![put(account(1), b"b")]).await;
    let record = store.get(account(1)).await.expect("a read").expect("it is there");
    assert_eq!((record.version, record.bytes.as_slice()), (2, &b"b"[..]));
    commit(store, 3, vec![], vec![Change::Drop(account(1))]).await;
    assert_eq!(version(store, account(1)).await, None);
    let changes = vec![put(account(1), b"c"), put(account(2), b"d"), Change::Drop(account(9))];
    commit(store, 4, vec![], changes).await;
    for at in [account(1), account(2)] {
        assert_eq!(version(store, at).await, Some(4));
    }
    // Of the id's tail all bits count but the first.
    commit(store, u64::MAX, vec![], vec![put(account(3), b"e")]).await;
    assert_eq!(version(store, account(3)).await, Some(u64::MAX >> 1));
}

/// Somebody who read a record must not find another one in its place and take it for what they read.
async fn a_version_never_comes_again(store: &dyn Store) {
    commit(store, 1, vec![], vec![put(account(1), b"first")]).await;
    let read = version(store, account(1)).await.expect("it is there");
    commit(store, 2, vec![], vec![Change::Drop(account(1))]).await;
    commit(store, 3, vec![Expect::Absent(account(1))], vec![put(account(1), b"second")]).await;
    let stale = batch(4, vec![Expect::At(account(1), read)], vec![put(account(1), b"third")]);
    assert_eq!(store.commit(stale).await, Err(StoreError::Conflict(account(1))));
}

async fn the_same_batch_twice_is_one_commit(store: &dyn Store) {
    let first = batch(1, vec![Expect::Absent(account(1))], vec![put(account(1), b"a"), append(b"row")]);
    assert_eq!(store.commit(first.clone()).await, Ok(()));
    // Its expectation no longer holds, but it is the same commit.
    assert_eq!(store.commit(first).await, Ok(()));
    assert_eq!(version(store, account(1)).await, Some(1));
    assert_eq!(store.rows(FIRST, 0, 10).await.expect("a read").len(), 1);
}

async fn a_batch_id_is_forgotten_after_a_day(store: &dyn Store) {
    let day_ms = 24 * 60 * 60 * 1000;
    let first = batch_at(day_ms, 1, vec![], vec![append(b"row")]);
    let at_its_end = batch_at(2 * day_ms, 2, vec![], vec![]);
    let past_its_end = batch_at(2 * day_ms + 1, 3, vec![], vec![]);
    for again in [first.clone(), at_its_end, first.clone()] {
        assert_eq!(store.commit(again).await, Ok(()));
    }
    assert_eq!(store.rows(FIRST, 0, 10).await.expect("a read").len(), 1);
    for again in [past_its_end, first] {
        assert_eq!(store.commit(again).await, Ok(()));
    }
    assert_eq!(store.rows(FIRST, 0, 10).await.expect("a read").len(), 2);
}

async fn absent_is_a_conflict_when_there_is_a_record(store: &dyn Store) {
    commit(store, 1, vec![], vec![put(account(1), b"a")]).await;
    let second = batch(2, vec![Expect::Absent(account(1))], vec![put(account(1), b"b")]);
    assert_eq!(store.commit(second).await, Err(StoreError::Conflict(account(1))));
    assert_eq!(version(store, account(1)).await, Some(1));
}

async fn an_old_version_is_a_conflict(store: &dyn Store) {
    let of_nothing = batch(1, vec![Expect::At(account(1), 1)], vec![]);
    assert_eq!(store.commit(of_nothing).await, Err(StoreError::Conflict(account(1))));
    commit(store, 2, vec![], vec![put(account(1), b"a")]).await;
    commit(store, 3, vec![Expect::At(account(1), 2)], vec![put(account(1), b"b")]).await;
    let late = batch(4, vec![Expect::At(account(1), 2)], vec![put(account(1), b"c")]);
    assert_eq!(store.commit(late.clone()).await, Err(StoreError::Conflict(account(1))));
    // A conflict is not a commit: the same id may be tried again.
    assert_eq!(store.commit(late).await, Err(StoreError::Conflict(account(1))));
    assert_eq!(version(store, account(1)).await, Some(3));
}

async fn a_link_is_unique(store: &dyn Store) {
    let link = |to| Change::Link { index: id(77), to };
    commit(store, 1, vec![], vec![put(account(1), b"a"), link(account(1))]).await;
    commit(store, 2, vec![], vec![link(account(1))]).await;
    assert_eq!(store.find(id(77)).await, Ok(Some(account(1))));
    let other = batch(3, vec![], vec![put(account(2), b"b"), link(account(2))]);
    assert_eq!(store.commit(other).await, Err(StoreError::Conflict(account(1))));
    assert_eq!(version(store, account(2)).await, None);
    commit(store, 4, vec![], vec![Change::Unlink { index: id(77) }, link(account(2))]).await;
    assert_eq!(store.find(id(77)).await, Ok(Some(account(2))));
    commit(store, 5, vec![], vec![Change::Unlink { index: id(77) }]).await;
    assert_eq!(store.find(id(77)).await, Ok(None));
}

async fn a_late_conflict_leaves_nothing(store: &dyn Store) {
    commit(store, 1, vec![], vec![Change::Link { index: id(5), to: account(1) }]).await;
    let changes = vec![
        put(account(2), b"a"),
        put_due(message(3), 10),
        append(b"row"),
        Change::Link { index: id(6), to: account(2) },
        Change::Link { index: id(5), to: account(2) },
    ];
    assert_eq!(store.commit(batch(2, vec![], changes)).await, Err(StoreError::Conflict(account(1))));
    assert_eq!(version(store, account(2)).await, None);
    assert_eq!(version(store, message(3)).await, None);
    assert_eq!(store.next_due_ms().await, Ok(None));
    assert_eq!(store.find(id(6)).await, Ok(None));
    assert_eq!(store.rows(FIRST, 0, 10).await, Ok(vec![]));
}

async fn changes_of_a_batch_see_each_other(store: &dyn Store) {
    let changes = vec![
        put_due(message(1), 10),
        put_due(message(1), 20),
        put(message(2), b"gone"),
        Change::Drop(message(2)),
        put_due(message(3), 30),
        Change::Drop(message(3)),
    ];
    commit(store, 1, vec![Expect::Absent(message(1))], changes).await;
    assert_eq!(version(store, message(1)).await, Some(1));
    assert_eq!(version(store, message(2)).await, None);
    assert_eq!(due(store, u64::MAX, 10).await, [message(1)]);
    assert_eq!(store.next_due_ms().await, Ok(Some(20)));
}

async fn due_records_come_earliest_first(store: &dyn Store) {
    let changes = [(1, 300), (2, 70_000), (3, 5), (4, 300), (5, 0)];
    let changes = changes.map(|(number, due_ms)| put_due(message(number), due_ms)).to_vec();
    commit(store, 1, vec![], changes).await;
    assert_eq!(store.next_due_ms().await, Ok(Some(0)));
    assert_eq!(due(store, 299, 10).await, [message(5), message(3)]);
    assert_eq!(due(store, 300, 10).await, [message(5), message(3), message(1), message(4)]);
    assert_eq!(due(store, u64::MAX, 2).await, [message(5), message(3)]);
    assert_eq!(due(store, u64::MAX, 10).await.len(), 5);
    // Of one kind, past whatever is due before.
    commit(store, 2, vec![], vec![put_due(account(1), 1), put_due(account(2), 250)]).await;
    let of = async |kind, now_ms, limit| {
        let due = store.due_of(kind, now_ms, limit).await.expect("a read");
        due.into_iter().map(|(at, _)| at).collect::<Vec<_>>()
    };
    assert_eq!(of(Kind::Outbox, 300, 3).await, [message(5), message(3), message(1)]);
    assert_eq!(of(Kind::Account, 249, 9).await, [account(1)]);
    assert_eq!(of(Kind::Account, u64::MAX, 9).await, [account(1), account(2)]);
}

async fn a_record_is_due_only_once(store: &dyn Store) {
    commit(store, 1, vec![], vec![put_due(message(1), 10)]).await;
    commit(store, 2, vec![Expect::At(message(1), 1)], vec![put_due(message(1), 90)]).await;
    assert_eq!(due(store, 50, 10).await, []);
    assert_eq!(store.next_due_ms().await, Ok(Some(90)));
    commit(store, 3, vec![], vec![put(message(1), b"sent")]).await;
    assert_eq!(store.next_due_ms().await, Ok(None));
    assert_eq!(store.get(message(1)).await.map(|record| record.and_then(|r| r.due_ms)), Ok(None));
    commit(store, 4, vec![], vec![put_due(message(1), 7)]).await;
    commit(store, 5, vec![], vec![Change::Drop(message(1))]).await;
    assert_eq!(due(store, u64::MAX, 10).await, []);
}

async fn a_list_is_read_in_pages(store: &dyn Store) {
    let numbers = [9u64, 3, 256, 1, 70_000];
    let mut changes: Vec<_> = numbers.iter().map(|number| put(account(*number), b"a")).collect();
    changes.push(put(message(2), b"of another kind"));
    commit(store, 1, vec![], changes).await;
    let mut pages = Vec::new();
    let mut after = None;
    loop {
        let page = store.list(Kind::Account, after, 2).await.expect("a read");
        let Some((last, _)) = page.last() else { break };
        after = Some(last.id);
        pages.push(page.into_iter().map(|(at, _)| at).collect::<Vec<_>>());
    }
    let expected = [vec![account(1), account(3)], vec![account(9), account(256)], vec![account(70_000)]];
    assert_eq!(pages, expected);
    assert_eq!(store.list(Kind::Account, None, 0).await, Ok(vec![]));
}

async fn rows_are_numbered_and_chained(store: &dyn Store) {
    for number in 0..3u8 {
        let rows = vec![append(&[number]), append(&[number; 5])];
        commit(store, number.into(), vec![], rows).await;
    }
    let rows = store.rows(FIRST, 0, 100).await.expect("a read");
    assert_eq!(rows.len(), 6);
    assert_chained(&rows, 1, [0; 32]);
    assert_eq!(store.rows(FIRST, 4, 1).await, Ok(vec![rows[4].clone()]));
    assert_eq!(store.rows(FIRST, 6, 10).await, Ok(vec![]));
    assert_eq!(store.rows(FIRST, u64::MAX, 10).await, Ok(vec![]));
    // The oldest rows may be removed, the newest not; and the chain goes on.
    for up_to in [6, 7] {
        let refused =
            store.commit(batch(90 + up_to, vec![], vec![Change::Cut { chain: FIRST, up_to }])).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
    }
    commit(store, 80, vec![], vec![Change::Cut { chain: FIRST, up_to: 3 }, append(b"next")]).await;
    let left = store.rows(FIRST, 0, 100).await.expect("a read");
    assert_eq!(left[..3], rows[3..]);
    assert_chained(&left, 4, rows[2].mac);
    assert_eq!(left.len(), 4);
}

async fn too_large_is_refused(store: &dyn Store) {
    let largest = vec![7; MAX_VALUE_BYTES];
    let fits = vec![put(account(1), &largest), append(&largest)];
    commit(store, 1, vec![], fits).await;
    let over = vec![7; MAX_VALUE_BYTES + 1];
    for change in [put(account(2), &over), append(&over)] {
        let refused = store.commit(batch(2, vec![], vec![put(account(3), b"a"), change])).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
    }
    assert_eq!(version(store, account(3)).await, None);
    let count = u64::try_from(MAX_BATCH_BYTES / MAX_VALUE_BYTES).expect("a small number");
    let changes = |count| (0..count).map(|number| put(account(10 + number), &largest)).collect();
    commit(store, 3, vec![], changes(count)).await;
    let refused = store.commit(batch(4, vec![], changes(count + 1))).await;
    assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
    assert_eq!(store.get(account(1)).await.map(|r| r.map(|r| r.bytes.len())), Ok(Some(MAX_VALUE_BYTES)));
}

fn put_in(at: Ref, groups: &[u64]) -> Change {
    let groups = groups.iter().map(|group| id(*group)).collect();
    Change::Put { at, bytes: b"a".to_vec(), due_ms: None, groups }
}

async fn members(store: &dyn Store, group: u64, kind: Kind) -> Vec<Ref> {
    let members = store.members(id(group), kind, None, 100).await.expect("a read");
    members.into_iter().map(|(at, _)| at).collect()
}

async fn members_of_a_group_are_listed_by_kind(store: &dyn Store) {
    assert_eq!(members(store, 1, Kind::Account).await, []);
    assert_eq!(store.group(id(1)).await, Ok(0));
    let of_one = [300, 2, 70_000, 9].map(|number| put_in(account(number), &[1]));
    commit(store, 1, vec![], of_one.to_vec()).await;
    commit(store, 2, vec![], vec![put_in(message(5), &[1, 2]), put_in(account(4), &[2])]).await;
    let accounts = [account(2), account(9), account(300), account(70_000)];
    assert_eq!(members(store, 1, Kind::Account).await, accounts);
    assert_eq!(members(store, 1, Kind::Outbox).await, [message(5)]);
    assert_eq!(members(store, 2, Kind::Account).await, [account(4)]);
    let page = store.members(id(1), Kind::Account, Some(id(2)), 2).await.expect("a read");
    assert_eq!(page.iter().map(|(at, _)| *at).collect::<Vec<_>>(), accounts[1..3]);
    // A member is the record as it is, and says which groups it is in.
    let record = store.get(message(5)).await.expect("a read").expect("it is there");
    assert_eq!(record.groups, [id(1), id(2)]);
    assert_eq!(store.members(id(2), Kind::Outbox, None, 9).await, Ok(vec![(message(5), record)]));
    let too_many = batch(3, vec![], vec![put_in(account(1), &[1, 2, 3, 4, 5])]);
    assert!(matches!(store.commit(too_many).await, Err(StoreError::Refused(_))));
}

async fn a_record_leaves_the_groups_that_it_is_no_longer_put_in(store: &dyn Store) {
    commit(store, 1, vec![], vec![put_in(account(1), &[1, 2]), put_in(account(2), &[1])]).await;
    commit(store, 2, vec![], vec![put_in(account(1), &[2, 3])]).await;
    for (group, expected) in [(1, vec![account(2)]), (2, vec![account(1)]), (3, vec![account(1)])] {
        assert_eq!(members(store, group, Kind::Account).await, expected, "{group}");
    }
    let changes = vec![put_in(account(3), &[3]), Change::Drop(account(1)), Change::Drop(account(3))];
    commit(store, 3, vec![], changes).await;
    for group in [2, 3] {
        assert_eq!(members(store, group, Kind::Account).await, []);
        assert_eq!(store.group(id(group)).await, Ok(0));
    }
}

async fn a_member_that_comes_or_goes_changes_the_group(store: &dyn Store) {
    let expecting = |number, version| batch(number, vec![Expect::Group(id(1), version)], vec![]);
    let conflict = Err(StoreError::Conflict(Ref { kind: Kind::Meta, id: id(1) }));
    assert_eq!(store.commit(expecting(1, 0)).await, Ok(()));
    commit(store, 2, vec![], vec![put_in(account(1), &[1])]).await;
    assert_eq!(store.commit(expecting(3, 0)).await, conflict);
    let first = store.group(id(1)).await.expect("a read");
    // Another value of a member is none that came or went.
    commit(store, 4, vec![], vec![put_in(account(1), &[1])]).await;
    assert_eq!(store.commit(expecting(5, first)).await, Ok(()));
    commit(store, 6, vec![], vec![put_in(account(2), &[1])]).await;
    assert_eq!(store.commit(expecting(7, first)).await, conflict);
    let second = store.group(id(1)).await.expect("a read");
    // The same members again are no longer those that were read.
    commit(store, 8, vec![], vec![Change::Drop(account(2))]).await;
    commit(store, 9, vec![], vec![put_in(account(2), &[1])]).await;
    assert_eq!(store.commit(expecting(10, second)).await, conflict);
}

async fn several_records_are_read_at_once(store: &dyn Store) {
    commit(store, 1, vec![], vec![put(account(1), b"a"), put_due(message(1), 9)]).await;
    let refs = [message(1), account(2), account(1), message(1)];
    let answered = store.get_many(&refs).await.expect("a read");
    for (at, read) in refs.into_iter().zip(&answered.records) {
        assert_eq!(store.get(at).await, Ok(read.clone()));
    }
    assert_eq!((answered.records.len(), answered.records[1].is_none()), (4, true));
    assert_eq!(store.get_many(&[]).await.map(|answered| answered.records), Ok(vec![]));
}

async fn the_time_is_that_of_the_programs_clock(store: &dyn Store) {
    assert_eq!(store.get_many(&[]).await.map(|answered| answered.now_ms), Ok(NOW_MS));
}
