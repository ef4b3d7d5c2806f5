//! Where the audit chain ends: found once, then remembered, for each commit adds to it and the
//! thread that asks is the only one that writes.
//!
//! It is found by walking forwards. Walking backwards through a tree of sled needs a megabyte of
//! 0xFF in the program, as the key that is greater than all others.

use std::cell::Cell;

use crate::store::StoreError;
use crate::store::keys::{self, Span};
use crate::store::rules::{self, Head};

use super::read;

#[derive(Default)]
pub struct ChainEnd(Cell<Option<Head>>);

impl ChainEnd {
    pub fn get(&self, db: &sled::Db) -> Result<Option<Head>, StoreError> {
        if self.0.get().is_none() {
            self.0.set(find(db)?);
        }
        Ok(self.0.get())
    }

    /// For whoever has just written a row behind all others.
    pub fn set(&self, head: Head) {
        self.0.set(Some(head));
    }
}

/// Leaps of twice the length each, then between the last that met a row and the first that did
/// not: some forty reads for a million rows, wherever the first of them stands.
fn find(db: &sled::Db) -> Result<Option<Head>, StoreError> {
    let Some(mut head) = after(db, 0)? else { return Ok(None) };
    let mut leap = 1_u64;
    while let Some(later) = after(db, head.sequence.saturating_add(leap))? {
        head = later;
        leap = leap.saturating_mul(2);
    }
    let mut none_after = head.sequence.saturating_add(leap);
    while head.sequence < none_after {
        let middle = head.sequence + (none_after - head.sequence) / 2;
        match after(db, middle)? {
            Some(later) => head = later,
            None => none_after = middle,
        }
    }
    Ok(Some(head))
}

/// The first row whose number is greater than this one.
fn after(db: &sled::Db, sequence: u64) -> Result<Option<Head>, StoreError> {
    let Span { from, until } = keys::audit_after(sequence);
    let next = db.range(from..until).next();
    next.map(|found| rules::head(read::entry(found)?)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_row_is_found_wherever_the_chain_begins() {
        let db = sled::Config::new().temporary(true).open().expect("a database");
        // What lies around it in the tree is no row.
        db.insert([keys::audit(0)[0] - 1; 17], &[1]).expect("a neighbour");
        db.insert([keys::audit(0)[0] + 1; 17], &[1]).expect("a neighbour");
        assert!(find(&db).expect("an empty chain").is_none());
        for (first, last) in [(1, 1), (1, 2), (1, 3), (1, 100), (37, 37), (37, 1_000), (700, 1_025)] {
            for sequence in first..=last {
                let mac = [sequence as u8; 32];
                db.insert(keys::audit(sequence), keys::write_row(&mac, b"row")).expect("a row");
            }
            let found = find(&db).expect("a chain").expect("an end");
            assert_eq!((found.sequence, found.mac), (last, [last as u8; 32]), "from {first}");
            for sequence in first..=last {
                db.remove(keys::audit(sequence)).expect("it goes");
            }
        }
    }
}
