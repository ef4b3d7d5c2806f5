//! The writes of one group, lying over the database until the group is whole.
//!
//! One group for all commits that wait, instead of each by itself, matters: every group is a wait for
//! the disk.

use std::cell::RefCell;
use std::collections::{BTreeMap, btree_map};
use std::iter::Peekable;

use sled::IVec;

use super::database::Database;
use super::read::{entry, store_error};
use super::write_group::WriteGroup;
use crate::audit::ChainName;
use crate::store::StoreError;
use crate::store::keys::{self, Sort, Span};
use crate::store::rules::{self, Head, KeyValue, KeyValues, Tree, Writes};

pub struct Pending<'a> {
    database: &'a Database,
    writes: Writes,
    /// What was read while the group was planned: most of it is about to be replaced, and who writes has
    /// to know what.
    read: RefCell<BTreeMap<Vec<u8>, Option<IVec>>>,
}

impl<'a> Pending<'a> {
    pub fn new(database: &'a Database) -> Self {
        Pending { database, writes: Writes::new(), read: RefCell::default() }
    }

    pub fn is_empty(&self) -> bool {
        self.writes.is_empty()
    }

    pub fn add(&mut self, writes: Writes) {
        self.writes.extend(writes);
    }

    /// Hands out everything, and the newest audit row of each chain among it.
    pub fn take(&mut self) -> Result<(WriteGroup, BTreeMap<ChainName, Head>), StoreError> {
        let mut newest = BTreeMap::new();
        let Span { from, until } = keys::audit_of_later(None);
        for (key, value) in self.writes.range(from..until) {
            if let Some(value) = value {
                newest.insert(keys::read_chain(key)?, rules::head((key.clone(), value.clone()))?);
            }
        }
        let mut read = self.read.take();
        let group = WriteGroup::new(std::mem::take(&mut self.writes), |key, after| match read.remove(key) {
            Some(before) => Ok(before),
            // A row that is written comes after the newest.
            None if after.is_some() && matches!(keys::sort(key), Some(Sort::Audit)) => Ok(None),
            None => self.database.value(key).map_err(store_error),
        })?;
        Ok((group, newest))
    }

    /// The newest audit row of a chain among the writes.
    fn written_row(&self, chain: ChainName) -> Result<Option<Head>, StoreError> {
        let Span { from, until } = keys::audit_after(chain, 0);
        let newest = self.writes.range(from..until).next_back();
        let newest = newest.and_then(|(key, value)| Some((key.clone(), value.clone()?)));
        newest.map(rules::head).transpose()
    }
}

impl Tree for Pending<'_> {
    fn value(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        match self.writes.get(key) {
            Some(written) => Ok(written.clone()),
            None => {
                let read = self.database.value(key).map_err(store_error)?;
                let value = read.as_ref().map(|value| value.to_vec());
                self.read.borrow_mut().insert(key.to_vec(), read);
                Ok(value)
            }
        }
    }

    fn entries(&self, span: Span) -> KeyValues<'_> {
        if span.from >= span.until {
            return Box::new(std::iter::empty());
        }
        let below = self.database.db.range(span.from.clone()..span.until.clone()).map(entry);
        let above = self.writes.range(span.from..span.until).peekable();
        Box::new(Merged { below: below.peekable(), above })
    }

    fn newest_row(&self, chain: ChainName) -> Result<Option<Head>, StoreError> {
        match self.written_row(chain)? {
            Some(head) => Ok(Some(head)),
            None => self.database.chain_ends.get(&self.database.db, chain),
        }
    }
}

/// Two ordered sequences as one; of two equal keys the pending one counts.
struct Merged<'a, B: Iterator<Item = Result<KeyValue, StoreError>>> {
    below: Peekable<B>,
    above: Peekable<btree_map::Range<'a, Vec<u8>, Option<Vec<u8>>>>,
}

impl<B: Iterator<Item = Result<KeyValue, StoreError>>> Iterator for Merged<'_, B> {
    type Item = Result<KeyValue, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some((pending, _)) = self.above.peek() else { return self.below.next() };
            match self.below.peek() {
                Some(Ok((key, _))) if key < *pending => return self.below.next(),
                Some(Err(_)) => return self.below.next(),
                Some(Ok((key, _))) if key == *pending => drop(self.below.next()),
                Some(Ok(_)) | None => {}
            }
            if let Some((key, Some(value))) = self.above.next() {
                return Some(Ok((key.clone(), value.clone())));
            }
        }
    }
}
