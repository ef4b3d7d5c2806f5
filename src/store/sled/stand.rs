//! Keeps where the store stands: changed with each group, in the same frame of the journal, and noted
//! in the head once the group is durable (T13).

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::database::Database;
use super::durable;
use super::failure::{StoreFailure, applying};
use super::health::everything;
use super::read;
use super::tally::{StoreTally, StoreTotal};
use super::write_group::{Replacement, WriteGroup};
use crate::audit::{Chain, ChainName};
use crate::clock::Clock;
use crate::store::StoreError;
use crate::store::head::HeadFile;
use crate::store::rules::Head;
use crate::store::standing::{self, Label, Point, StoreStanding, of_end, of_entry};

/// What the storage thread knows of where its store stands.
pub struct Stand {
    chain: Chain,
    clock: Clock,
    known: KnownStanding,
    head: Option<HeadFile>,
    /// Since when the head lags behind what was reached, if it does.
    lags_since: Option<Instant>,
    /// Whether the last note failed, which was told then.
    is_told: bool,
}

/// How long the head may lag behind a store that never rests.
const LAGS_AT_MOST: Duration = Duration::from_millis(100);

/// What is known of the standing in the database.
enum KnownStanding {
    /// It was not looked for since the database was opened.
    Nothing,
    /// There is none: an older program's store, or one that is being made.
    None,
    Here(StoreStanding),
}

/// How a new line begins.
#[derive(Clone, Copy, Debug)]
pub struct Beginning {
    /// Drawn for it.
    pub line: [u8; 16],
    /// What it is begun in place of, knowingly.
    pub after: Option<Point>,
    /// Whether all records are bound to their version and due time.
    pub bound: bool,
}

impl Beginning {
    /// The first standing of the line: of a store that comes to this.
    pub fn standing(&self, before: Option<Point>, tallied: &StoreTotal, now_ms: u64) -> StoreStanding {
        let counts = [before, self.after].into_iter().flatten().map(|point| point.count);
        StoreStanding {
            point: Point { line: self.line, count: counts.max().unwrap_or(0) + 1 },
            after: self.after,
            noted: false,
            bound: self.bound,
            rows: tallied.rows,
            end: tallied.end,
            at_ms: now_ms,
            sum: tallied.sum,
        }
    }
}

/// The standing that lies in the database.
pub fn read(database: &Database, chain: &Chain) -> Result<Option<StoreStanding>, StoreError> {
    let written = database.value(&standing::KEY).map_err(read::store_error)?;
    written.map(|written| unsealed(chain, &written)).transpose()
}

/// What was written down as the standing of a store.
pub fn unsealed(chain: &Chain, written: &[u8]) -> Result<StoreStanding, StoreError> {
    StoreStanding::read(chain, Label::Store, written)
        .ok_or_else(|| StoreError::Corrupt("where it stands was not written with these keys".into()))
}

/// Adds a standing to the group that comes to it.
fn add(database: &Database, group: &mut WriteGroup, written: Vec<u8>) -> sled::Result<()> {
    let before = database.value(&standing::KEY)?;
    group.add(standing::KEY.to_vec(), before, Some(written));
    Ok(())
}

/// Counts everything in the database.
pub fn count(db: &sled::Db, chain: &Chain) -> Result<StoreTotal, StoreError> {
    let mut tally = StoreTally::new(chain);
    let all = everything();
    for entry in db.range(all.from..all.until) {
        let (key, value) = entry.map_err(read::store_error)?;
        tally.add(&key, &value)?;
    }
    Ok(tally.finish())
}

impl Stand {
    pub fn new(chain: Chain, clock: Clock) -> Self {
        Stand { chain, clock, known: KnownStanding::Nothing, head: None, lags_since: None, is_told: false }
    }

    /// For a database that was opened again.
    pub fn forget(&mut self) {
        self.known = KnownStanding::Nothing;
    }

    fn here(&mut self, database: &Database) -> Result<Option<StoreStanding>, StoreError> {
        if let KnownStanding::Nothing = self.known {
            self.known = read(database, &self.chain)?.map_or(KnownStanding::None, KnownStanding::Here);
        }
        Ok(match self.known {
            KnownStanding::Here(standing) => Some(standing),
            KnownStanding::Nothing | KnownStanding::None => None,
        })
    }

    /// Adds to a group where the store stands after it; nothing for a store that has no standing yet.
    pub fn add_to(
        &mut self,
        database: &Database,
        group: &mut WriteGroup,
        ends: &BTreeMap<ChainName, Head>,
    ) -> Result<Option<StoreStanding>, StoreError> {
        let Some(mut next) = self.here(database)? else { return Ok(None) };
        for Replacement { key, before, after } in group.iter() {
            if let Some(before) = before
                && let Some(summand) = of_entry(&self.chain, key, before)?
            {
                next.sum.subtract(summand);
            }
            if let Some(after) = after
                && let Some(summand) = of_entry(&self.chain, key, after)?
            {
                next.sum.add(summand);
            }
        }
        for (name, end) in ends {
            if let Some(before) = database.chain_ends.get(&database.db, *name)? {
                next.sum.subtract(of_end(&self.chain, *name, before.sequence, &before.mac));
            }
            next.sum.add(of_end(&self.chain, *name, end.sequence, &end.mac));
        }
        if let Some(end) = ends.get(&ChainName::FIRST) {
            (next.rows, next.end) = (end.sequence, end.mac);
        }
        next.point.count += 1;
        next.noted |= self.head.is_some();
        next.at_ms = (self.clock)();
        let written = next.write(&self.chain, Label::Store)?;
        add(database, group, written).map_err(read::store_error)?;
        Ok(Some(next))
    }

    /// The group is durable, and so the store stands here. The head is noted when nobody waits
    /// ([`Stand::note`]).
    pub fn reached(&mut self, standing: Option<StoreStanding>) {
        let Some(standing) = standing else { return };
        self.known = KnownStanding::Here(standing);
        self.lags_since.get_or_insert_with(Instant::now);
    }

    /// The same as [`Stand::note`] if the head has lagged for long, for a store that never rests.
    pub fn note_if_long(&mut self) {
        if self.lags_since.is_some_and(|since| since.elapsed() >= LAGS_AT_MOST) {
            self.note();
        }
    }

    /// Notes in the head where the store stands, if it lags. A head that can't be written does not keep the
    /// store from working: it lags on, which is told.
    pub fn note(&mut self) {
        let (Some(_), Some(head), KnownStanding::Here(standing)) =
            (self.lags_since.take(), &mut self.head, &self.known)
        else {
            return;
        };
        match head.note(standing) {
            Ok(()) if self.is_told => {
                self.is_told = false;
                tracing::info!("the head is noted again");
            }
            Ok(()) => {}
            Err(_) if self.is_told => {}
            Err(error) => {
                self.is_told = true;
                tracing::error!(reason = %error, "the head can't be noted: an older copy would be taken for this store");
            }
        }
    }

    /// From now on each group is noted there.
    pub fn note_in(&mut self, head: HeadFile) {
        self.head = Some(head);
        // Something may have been committed since it was opened.
        self.lags_since = Some(Instant::now());
    }

    /// Begins a line with what is in the database, durable when it returns.
    pub fn begin(
        &mut self,
        database: &Database,
        beginning: &Beginning,
    ) -> Result<StoreStanding, StoreFailure> {
        let tallied = count(&database.db, &self.chain).map_err(applying)?;
        // One that can't be read is left behind with its line.
        let before = self.here(database).unwrap_or(None).map(|standing| standing.point);
        let standing = beginning.standing(before, &tallied, (self.clock)());
        let written = standing.write(&self.chain, Label::Store).map_err(applying)?;
        let mut group = WriteGroup::default();
        add(database, &mut group, written).map_err(applying)?;
        durable::commit(database, group)?;
        self.reached(Some(standing));
        self.note();
        Ok(standing)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::{LookingThrough, OpenOptions, SledStore, open};
    use super::*;
    use crate::domain::reference::{Id, Kind, Ref};
    use crate::store::keys;
    use crate::store::{Batch, Change, Store as _, Upkeep as _, Versioned};
    use crate::vault::{Cost, Keys, Vault};

    const ACCOUNT: Ref = Ref { kind: Kind::Account, id: Id([1; 16]) };
    const MESSAGE: Ref = Ref { kind: Kind::Outbox, id: Id([2; 16]) };
    const FIRST: ChainName = ChainName::FIRST;

    fn chain() -> Chain {
        Vault::new(Keys::random(), Cost::cheap_for_tests()).chain()
    }

    fn opened(folder: &Path, chain: &Chain) -> SledStore {
        let options = OpenOptions { ballast_bytes: 0, ..OpenOptions::new(folder, chain.clone()) };
        SledStore::open(options).expect("it opens")
    }

    fn database(folder: &Path) -> Database {
        open::open(folder, 1 << 20, &LookingThrough::default()).expect("it opens")
    }

    async fn commit(store: &SledStore, number: u64, changes: Vec<Change>) {
        let id = Id::at(number, [number as u8; 10]);
        store.commit(Batch { id, expect: vec![], changes }).await.expect("a commit");
    }

    fn put(at: Ref, bytes: &[u8], due_ms: Option<u64>, groups: Vec<Id>) -> Change {
        Change::Put { at, bytes: bytes.to_vec(), due_ms, groups }
    }

    /// Some of everything, in several groups.
    async fn fill(store: &SledStore) {
        let row = || Change::Append { chain: FIRST, bytes: b"row".to_vec() };
        let link = Change::Link { index: Id([9; 16]), to: ACCOUNT };
        let (one, other) = (Id([3; 16]), Id([4; 16]));
        commit(store, 1, vec![put(ACCOUNT, b"first", None, vec![one]), link, row()]).await;
        commit(store, 2, vec![put(MESSAGE, b"mail", Some(70), vec![one, other]), row()]).await;
        commit(store, 3, vec![put(ACCOUNT, b"second", Some(9), vec![other]), row()]).await;
        let named = Change::Append { chain: ChainName::new(5), bytes: b"row".to_vec() };
        commit(store, 4, vec![put(MESSAGE, b"sent", None, vec![]), named]).await;
        commit(
            store,
            5,
            vec![put(MESSAGE, b"again", Some(80), vec![one]), Change::Cut { chain: FIRST, up_to: 1 }],
        )
        .await;
        let third = Ref { kind: Kind::Limit, id: Id([5; 16]) };
        commit(store, 6, vec![put(third, b"goes", Some(2), vec![one])]).await;
        commit(store, 7, vec![Change::Drop(third), Change::Unlink { index: Id([8; 16]) }, row()]).await;
    }

    async fn is_whole(store: &SledStore) -> bool {
        let (standing, tallied) = store.count().await.expect("it is counted");
        tallied.is_what_was_at(&standing.expect("it stands somewhere"))
    }

    async fn begun(folder: &Path, chain: &Chain) -> SledStore {
        let store = opened(folder, chain);
        let beginning = Beginning { line: [1; 16], after: None, bound: true };
        store.begin(beginning).await.expect("it is begun");
        store
    }

    #[tokio::test]
    async fn a_store_stands_where_its_groups_brought_it_and_comes_to_what_it_says() {
        let (folder, chain) = (tempfile::tempdir().expect("a folder"), chain());
        let store = begun(folder.path(), &chain).await;
        assert!(is_whole(&store).await);
        fill(&store).await;
        let standing = store.standing().await.expect("a read").expect("it stands somewhere");
        assert_eq!((standing.point.count, standing.rows), (8, 4));
        assert!(is_whole(&store).await);
        store.compact().await.expect("a compaction");
        assert_eq!(store.standing().await.expect("a read"), Some(standing));
        drop(store);
        let store = opened(folder.path(), &chain);
        assert!(is_whole(&store).await);
        fill(&store).await;
        assert!(is_whole(&store).await, "the same batches again change nothing");
        // Begun again it goes on counting.
        let beginning =
            Beginning { line: [2; 16], after: Some(Point { line: [7; 16], count: 40 }), bound: true };
        let again = store.begin(beginning).await.expect("it is begun");
        assert_eq!((again.point.count, again.rows, again.sum), (41, 4, standing.sum));
    }

    /// What somebody with the files, and without the keys, can do to entries.
    #[tokio::test]
    async fn whatever_is_changed_behind_the_program_s_back_is_found_when_all_is_counted() {
        let chain = chain();
        let moved_due = |value: &[u8]| {
            let read = keys::read_versioned(value).expect("a record");
            keys::write_versioned(&Versioned { due_ms: Some(8), ..read })
        };
        let in_no_group = |value: &[u8]| {
            let read = keys::read_versioned(value).expect("a record");
            keys::write_versioned(&Versioned { groups: vec![], ..read })
        };
        type Deed<'a> = (&'a str, Vec<u8>, &'a dyn Fn(&[u8], &[u8]) -> Option<Vec<u8>>);
        let account = || keys::record(ACCOUNT);
        let deeds: [Deed<'_>; 8] = [
            ("an older record of the same key is put back", account(), &|_, older| Some(older.to_vec())),
            ("a record is taken away", account(), &|_, _| None),
            ("its due time is moved", account(), &|now, _| Some(moved_due(now))),
            ("it is in no group", account(), &|now, _| Some(in_no_group(now))),
            ("it is not listed as due", keys::due(9, ACCOUNT), &|_, _| None),
            ("a group forgets a member", keys::member(Id([4; 16]), ACCOUNT), &|_, _| None),
            ("a link leads elsewhere", keys::link(Id([9; 16])), &|_, _| Some(keys::target(MESSAGE))),
            ("the newest row is cut off", keys::audit(FIRST, 4), &|_, _| None),
        ];
        for (what, key, deed) in deeds {
            let folder = tempfile::tempdir().expect("a folder");
            let store = begun(folder.path(), &chain).await;
            commit(&store, 20, vec![put(ACCOUNT, b"older", None, vec![])]).await;
            drop(store);
            let value = |key: &[u8]| {
                let database = database(folder.path());
                let value = database.db.get(key).expect("a read").map(|value| value.to_vec());
                open::close_finished(folder.path(), database);
                value
            };
            let older = value(&account()).expect("it is there");
            fill(&opened(folder.path(), &chain)).await;
            let now = value(&key).unwrap_or_else(|| panic!("{what}: nothing is there"));
            let database = database(folder.path());
            // What needs no key is made right: count, hashes and seal of the files.
            let group = WriteGroup::over(&database.db, [(key, deed(&now, &older))].into()).expect("a read");
            assert!(durable::commit(&database, group).is_ok());
            open::close_finished(folder.path(), database);
            assert!(!is_whole(&opened(folder.path(), &chain)).await, "{what}");
        }
    }

    #[tokio::test]
    async fn a_standing_that_was_changed_or_is_another_key_s_is_no_standing() {
        let (folder, chain) = (tempfile::tempdir().expect("a folder"), chain());
        drop(begun(folder.path(), &chain).await);
        let other = opened(folder.path(), &self::chain());
        assert!(matches!(other.standing().await, Err(StoreError::Corrupt(_))));
        let changes = vec![put(ACCOUNT, b"first", None, vec![])];
        let refused = other.commit(Batch { id: Id::at(1, [1; 10]), expect: vec![], changes }).await;
        assert!(refused.is_err(), "nothing is written with other keys");
        drop(other);
        assert!(is_whole(&opened(folder.path(), &chain)).await);
    }
}
