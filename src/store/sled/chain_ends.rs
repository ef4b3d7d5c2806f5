//! Where the audit chains end: each found once, then remembered, for each commit adds to it and the
//! thread that asks is the only one that writes.
//!
//! It is found by walking forwards. Walking backwards through a tree of sled needs a megabyte of
//! 0xFF in the program, as the key that is greater than all others.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::audit::ChainName;
use crate::store::StoreError;
use crate::store::keys::{self, Span};
use crate::store::rules::{self, Head};

use super::read;

#[derive(Default)]
pub struct ChainEnds(RefCell<BTreeMap<ChainName, Head>>);

impl ChainEnds {
    pub fn get(&self, db: &sled::Db, chain: ChainName) -> Result<Option<Head>, StoreError> {
        let known = self.0.borrow().get(&chain).copied();
        match known {
            Some(head) => Ok(Some(head)),
            None => {
                let found = find(db, chain)?;
                self.0.borrow_mut().extend(found.map(|head| (chain, head)));
                Ok(found)
            }
        }
    }

    /// For whoever has just written rows behind all others of their chains.
    pub fn set(&self, heads: BTreeMap<ChainName, Head>) {
        self.0.borrow_mut().extend(heads);
    }
}

/// Leaps of twice the length each, then between the last that met a row and the first that did
/// not: some forty reads for a million rows, wherever the first of them stands.
fn find(db: &sled::Db, chain: ChainName) -> Result<Option<Head>, StoreError> {
    let Some(mut head) = after(db, chain, 0)? else { return Ok(None) };
    let mut leap = 1_u64;
    while let Some(later) = after(db, chain, head.sequence.saturating_add(leap))? {
        head = later;
        leap = leap.saturating_mul(2);
    }
    let mut none_after = head.sequence.saturating_add(leap);
    while head.sequence < none_after {
        let middle = head.sequence + (none_after - head.sequence) / 2;
        match after(db, chain, middle)? {
            Some(later) => head = later,
            None => none_after = middle,
        }
    }
    Ok(Some(head))
}

/// The first row of the chain whose number is greater than this one.
fn after(db: &sled::Db, chain: ChainName, sequence: u64) -> Result<Option<Head>, StoreError> {
    let Span { from, until } = keys::audit_after(chain, sequence);
    let next = db.range(from..until).next();
    next.map(|found| rules::head(read::entry(found)?)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_row_is_found_wherever_the_chain_begins() {
        let db = sled::Config::new().temporary(true).open().expect("a database");
        let (chain, row) = (ChainName::new(7), keys::write_row(&[0xee; 32], b"row"));
        // What lies around it in the tree is no row, or one of another chain.
        db.insert([keys::audit(chain, 0)[0] - 1; 17], &[1]).expect("a neighbour");
        db.insert([keys::audit(chain, 0)[0] + 1; 17], &[1]).expect("a neighbour");
        for other in [0, 6, 8, u64::MAX] {
            for sequence in [1, 2, u64::MAX] {
                db.insert(keys::audit(ChainName::new(other), sequence), row.clone()).expect("a row");
            }
        }
        assert!(find(&db, chain).expect("an empty chain").is_none());
        for (first, last) in [(1, 1), (1, 2), (1, 3), (1, 100), (37, 37), (37, 1_000), (700, 1_025)] {
            for sequence in first..=last {
                let mac = [sequence as u8; 32];
                db.insert(keys::audit(chain, sequence), keys::write_row(&mac, b"row")).expect("a row");
            }
            let found = find(&db, chain).expect("a chain").expect("an end");
            assert_eq!((found.sequence, found.mac), (last, [last as u8; 32]), "from {first}");
            for sequence in first..=last {
                db.remove(keys::audit(chain, sequence)).expect("it goes");
            }
        }
    }
}
