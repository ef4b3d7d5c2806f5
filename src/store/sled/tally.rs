//! A whole store, counted entry by entry: what its standing must say, and whether its indexes are those
//! that follow from its records.

use std::collections::BTreeMap;

use crate::audit::{Chain, ChainName};
use crate::store::StoreError;
use crate::store::keys::{self, Sort};
use crate::store::standing::{StoreStanding, Sum, of_end, of_entry};

/// What was counted so far.
pub struct StoreTally<'a> {
    chain: &'a Chain,
    sum: Sum,
    ends: BTreeMap<ChainName, (u64, [u8; 32])>,
    /// Due entries and members as they follow from the records, less those that are there.
    missing: [Sum; 2],
}

/// What a whole store comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoreTotal {
    /// Over all that lies in it.
    pub sum: Sum,
    /// The number of the newest row of the first chain.
    pub rows: u64,
    /// Its `mac`.
    pub end: [u8; 32],
    /// Whether each record is listed where it is due and where it belongs, and nothing else is.
    pub is_listed: bool,
}

impl StoreTotal {
    /// Whether this is what lay in the store when it stood there (T13).
    pub fn is_what_was_at(&self, standing: &StoreStanding) -> bool {
        (self.sum, self.rows, self.end) == (standing.sum, standing.rows, standing.end) && self.is_listed
    }
}

impl<'a> StoreTally<'a> {
    /// Of nothing.
    pub fn new(chain: &'a Chain) -> Self {
        StoreTally { chain, sum: Sum::default(), ends: BTreeMap::new(), missing: Default::default() }
    }

    /// One more entry; those of a chain come in their order.
    pub fn add(&mut self, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        if let Some(summand) = of_entry(self.chain, key, value)? {
            self.sum.add(summand);
        }
        let [due, members] = &mut self.missing;
        match keys::sort(key) {
            Some(Sort::Record(_)) => {
                let (at, record) = (keys::read_target(key)?, keys::read_versioned(value)?);
                if let Some(due_ms) = record.due_ms {
                    due.add(hashed(&keys::due(due_ms, at)));
                }
                record.groups.iter().for_each(|group| members.add(hashed(&keys::member(*group, at))));
            }
            Some(Sort::Due) => due.subtract(hashed(key)),
            Some(Sort::Member) => members.subtract(hashed(key)),
            Some(Sort::Audit) => {
                let row = keys::read_row(key, value)?;
                self.ends.insert(keys::read_chain(key)?, (row.sequence, row.mac));
            }
            Some(Sort::Link | Sort::Seen | Sort::Group) | None => {}
        }
        Ok(())
    }

    /// When nothing is left to be added.
    pub fn finish(mut self) -> StoreTotal {
        for (name, (rows, end)) in &self.ends {
            self.sum.add(of_end(self.chain, *name, *rows, end));
        }
        let (rows, end) = self.ends.get(&ChainName::FIRST).copied().unwrap_or((0, ChainName::FIRST.root()));
        StoreTotal { sum: self.sum, rows, end, is_listed: self.missing == <[Sum; 2]>::default() }
    }
}

/// No key is needed: both sides are made here, from what lies in the store.
fn hashed(key: &[u8]) -> [u8; 32] {
    use sha2::{Digest as _, Sha256};
    Sha256::digest(key).into()
}
