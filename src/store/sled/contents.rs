//! What a database holds, in a few bytes: how many entries, and the sum of their hashes. Kept up with
//! each write, it tells at the next opening whether all that was ever acknowledged is there, and
//! nothing else: sled takes a log with a flipped bit for one that ends there.
//!
//! It is no proof against a forger, who could make any sum.

use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

use super::write_group::{Replacement, WriteGroup};

/// Bears the schema inside the database, from its making on. sled takes a log that it cannot read
/// for an empty one; without this mark, lost data would look like a new store.
pub const MARK: [u8; 17] = [0; 17];

/// All entries of a database that come after its mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    entries: u64,
    /// Of each entry's hash, wrapping: the order doesn't matter, and an entry can be taken out.
    sum: u128,
}

impl Contents {
    pub fn entries(self) -> u64 {
        self.entries
    }

    pub fn add(&mut self, key: &[u8], value: &[u8]) {
        if key <= MARK.as_slice() {
            return;
        }
        self.entries = self.entries.wrapping_add(1);
        self.sum = self.sum.wrapping_add(hash(key, value));
    }

    fn take_out(&mut self, key: &[u8], value: &[u8]) {
        if key <= MARK.as_slice() {
            return;
        }
        self.entries = self.entries.wrapping_sub(1);
        self.sum = self.sum.wrapping_sub(hash(key, value));
    }

    /// What there is after this group in a database that holds this.
    pub fn after(self, group: &WriteGroup) -> Self {
        let mut contents = self;
        for Replacement { key, before, after } in group.iter() {
            if let Some(before) = before {
                contents.take_out(key, before);
            }
            if let Some(after) = after {
                contents.add(key, after);
            }
        }
        contents
    }

    /// Reads all of a database, and counts each entry in `done`.
    pub fn of(db: &sled::Db, done: &AtomicU64) -> sled::Result<Self> {
        let mut found = Contents::default();
        for entry in db.range(MARK..) {
            let (key, value) = entry?;
            found.add(&key, &value);
            done.store(found.entries, Ordering::Relaxed);
        }
        Ok(found)
    }
}

/// The key's own hash goes in as the seed, so that where it ends matters.
fn hash(key: &[u8], value: &[u8]) -> u128 {
    XxHash3_128::oneshot_with_seed(XxHash3_128::oneshot(key) as u64, value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::rules::Writes;

    #[test]
    fn it_is_kept_up_as_if_all_were_read() {
        let db = sled::Config::new().temporary(true).open().expect("a database");
        let (mut kept, count) = (Contents::default(), AtomicU64::new(0));
        for round in 1..=40_u8 {
            // Some are new, some replaced, some go, and some were never there.
            let writes: Writes = (0..9)
                .map(|number| {
                    let value = (number % 4 != round % 4).then(|| vec![round; usize::from(number)]);
                    (vec![1 + number % 5, round % 3, number], value)
                })
                .collect();
            let group = WriteGroup::over(&db, writes).expect("a read");
            kept = kept.after(&group);
            super::super::durable::apply_batch(&db, group.into_writes()).expect("a write");
            assert_eq!(Contents::of(&db, &count).expect("a read"), kept, "round {round}");
            assert_eq!(count.load(Ordering::Relaxed), kept.entries());
        }
        // Its mark doesn't count.
        db.insert(MARK, b"mark").expect("a write");
        assert_eq!(Contents::of(&db, &count).expect("a read"), kept);
    }

    #[test]
    fn every_bit_of_an_entry_counts() {
        let of = |key: &[u8], value: &[u8]| {
            let mut contents = Contents::default();
            contents.add(key, value);
            contents
        };
        let (key, value) = ([7_u8; 17], [9_u8; 300]);
        for bit in 0..8 * (17 + 300) {
            let (mut other_key, mut other_value) = (key, value);
            match bit / 8 {
                at @ 0..17 => other_key[at] ^= 1 << (bit % 8),
                at => other_value[at - 17] ^= 1 << (bit % 8),
            }
            assert_ne!(of(&other_key, &other_value), of(&key, &value), "bit {bit}");
        }
        assert_ne!(of(b"ab", b"c"), of(b"a", b"bc"));
        assert_ne!(of(b"a", b""), Contents::default());
    }
}
