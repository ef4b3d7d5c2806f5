//! Where a store stands: how many groups it has committed, where its audit log ends, and a keyed sum
//! over what lies in it (T13). It lies in the store itself, changed with each group; a copy of it, the
//! head, is noted outside of the store's folder ([`super::head`]). A store that stands behind its head
//! is an older copy.
//!
//! All of it is keyed by the audit chain's own function: rows are numbered from 1, so that number 0 is
//! free for what is no row.

use serde::{Deserialize, Serialize};

use super::StoreError;
use super::keys::{self, Sort};
use crate::audit::{Chain, ChainName};

/// Where it lies in the database: outside of what is copied and exported.
pub const KEY: [u8; 18] = [0; 18];

/// What keyed bytes are for, so that none passes for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// One summand of a [`Sum`].
    Entry,
    /// Hides a sum, which would tell of its summands if it were compared with others.
    Mask,
    /// A standing in its store.
    Store,
    /// A standing in a head.
    Head,
    /// A whole backup.
    Export,
}

impl Label {
    fn bytes(self) -> [u8; 32] {
        let name: &[u8] = match self {
            Label::Entry => b"entry of a sum v1",
            Label::Mask => b"mask of a sum v1",
            Label::Store => b"standing of a store v1",
            Label::Head => b"standing in a head v1",
            Label::Export => b"backup v1",
        };
        std::array::from_fn(|place| name.get(place).copied().unwrap_or(0))
    }

    /// The MAC of these bytes.
    pub fn tag(self, chain: &Chain, bytes: &[u8]) -> [u8; 32] {
        chain(&self.bytes(), 0, bytes)
    }
}

/// A sum of MACs, modulo 2²⁵⁶: changed by what comes and goes, whatever the order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum([u64; 4]);

impl Sum {
    /// Adds a MAC.
    pub fn add(&mut self, tag: [u8; 32]) {
        let mut carry = false;
        for (digit, more) in self.0.iter_mut().zip(digits(tag)) {
            let (sum, over) = digit.overflowing_add(more);
            let (sum, again) = sum.overflowing_add(carry.into());
            (*digit, carry) = (sum, over || again);
        }
    }

    /// Takes a MAC away that was added.
    pub fn subtract(&mut self, tag: [u8; 32]) {
        let mut borrow = false;
        for (digit, less) in self.0.iter_mut().zip(digits(tag)) {
            let (rest, under) = digit.overflowing_sub(less);
            let (rest, again) = rest.overflowing_sub(borrow.into());
            (*digit, borrow) = (rest, under || again);
        }
    }
}

fn digits(tag: [u8; 32]) -> [u64; 4] {
    let (chunks, _) = tag.as_chunks::<8>();
    std::array::from_fn(|place| u64::from_le_bytes(chunks[place]))
}

/// The summand of an entry: a record's place, version, due time and groups; a link; a group. What is
/// sealed in a record is bound to these by its seal. `None` for what follows from records, for audit
/// rows, of which each chain's end counts ([`of_end`]), and for the ids of batches.
pub fn of_entry(chain: &Chain, key: &[u8], value: &[u8]) -> Result<Option<[u8; 32]>, StoreError> {
    let counted = match keys::sort(key) {
        Some(Sort::Record(_)) => keys::before_bytes(value)?,
        Some(Sort::Link | Sort::Group) => value,
        Some(Sort::Due | Sort::Audit | Sort::Seen | Sort::Member) => return Ok(None),
        None => return Err(StoreError::Corrupt("a key of no known sort".into())),
    };
    Ok(Some(Label::Entry.tag(chain, &[key, counted].concat())))
}

/// The summand of an audit chain's newest row.
pub fn of_end(chain: &Chain, name: ChainName, rows: u64, end: &[u8; 32]) -> [u8; 32] {
    Label::Entry.tag(chain, &[&keys::audit(name, rows)[..], end].concat())
}

/// A point in the life of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Drawn when a store is begun, restored, or taken as it is: whatever went on from the same point
    /// elsewhere has another one.
    pub line: [u8; 16],
    /// How many groups were committed; it never goes back, also from one line to the next.
    pub count: u64,
}

/// Where a store stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreStanding {
    /// In the store's life.
    pub point: Point,
    /// What the line was knowingly begun in place of.
    pub after: Option<Point>,
    /// Whether a head was ever noted: then one that is missing was taken away.
    pub noted: bool,
    /// Whether all records were sealed to their version and due time, or sealed anew so.
    pub bound: bool,
    /// The number of the newest row of the first audit chain.
    pub rows: u64,
    /// The `mac` of that row.
    pub end: [u8; 32],
    /// When it was so, in milliseconds since 1970, by the machine's clock.
    pub at_ms: u64,
    /// Over all that lies in it.
    pub sum: Sum,
}

impl StoreStanding {
    /// Written down: its MAC, and what that is over. The sum is hidden.
    pub fn write(&self, chain: &Chain, label: Label) -> Result<Vec<u8>, StoreError> {
        let mut hidden = *self;
        hidden.sum.add(self.mask(chain));
        let bytes = postcard::to_stdvec(&hidden);
        let bytes = bytes.map_err(|error| StoreError::Refused(error.to_string()))?;
        Ok([&label.tag(chain, &bytes)[..], &bytes].concat())
    }

    /// What was written down; `None` if it was with other keys, or is not as it was.
    pub fn read(chain: &Chain, label: Label, written: &[u8]) -> Option<Self> {
        let (tag, bytes) = written.split_first_chunk::<32>()?;
        // Not in constant time: whoever compares holds the key.
        if label.tag(chain, bytes) != *tag {
            return None;
        }
        let mut standing: StoreStanding = postcard::from_bytes(bytes).ok()?;
        standing.sum.subtract(standing.mask(chain));
        Some(standing)
    }

    fn mask(&self, chain: &Chain) -> [u8; 32] {
        let Point { line, count } = self.point;
        Label::Mask.tag(chain, &[&line[..], &count.to_be_bytes()].concat())
    }

    /// Whether both say the same of what lies in the store.
    pub fn is_same_as(&self, other: &StoreStanding) -> bool {
        let content = |of: &StoreStanding| (of.point, of.rows, of.end, of.sum);
        content(self) == content(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::{Cost, Keys, Vault};

    fn chain() -> Chain {
        Vault::new(Keys::random(), Cost::cheap_for_tests()).chain()
    }

    fn standing() -> StoreStanding {
        StoreStanding {
            point: Point { line: [7; 16], count: 300 },
            after: Some(Point { line: [6; 16], count: 299 }),
            noted: true,
            bound: true,
            rows: 40,
            end: [9; 32],
            at_ms: 1_800_000_000_000,
            sum: Sum([u64::MAX, 1, 2, u64::MAX]),
        }
    }

    #[test]
    fn a_sum_forgets_what_was_taken_away_and_the_order() {
        let (one, other, all) = ([0xff; 32], [0x81; 32], [0x0f; 32]);
        let mut sum = Sum::default();
        [one, other, all].into_iter().for_each(|tag| sum.add(tag));
        let mut turned = Sum::default();
        [all, one, other].into_iter().for_each(|tag| turned.add(tag));
        assert_eq!(sum, turned);
        [other, one].into_iter().for_each(|tag| sum.subtract(tag));
        let mut alone = Sum::default();
        alone.add(all);
        assert_eq!(sum, alone);
        alone.subtract(one);
        alone.add(one);
        assert_eq!(sum, alone);
    }

    #[test]
    fn only_what_was_written_with_these_keys_for_this_place_is_read() {
        let chain = chain();
        let written = standing().write(&chain, Label::Store).expect("it can be written");
        assert_eq!(StoreStanding::read(&chain, Label::Store, &written), Some(standing()));
        assert_eq!(StoreStanding::read(&chain, Label::Head, &written), None);
        assert_eq!(StoreStanding::read(&self::chain(), Label::Store, &written), None);
        for place in 0..written.len() {
            let mut changed = written.clone();
            changed[place] ^= 1;
            assert_eq!(StoreStanding::read(&chain, Label::Store, &changed), None, "byte {place}");
            assert_eq!(StoreStanding::read(&chain, Label::Store, &written[..place]), None);
        }
    }

    /// Two sums of one store would tell the summand between them.
    #[test]
    fn a_sum_is_hidden_by_another_mask_each_time() {
        let chain = chain();
        let now = standing();
        let next = StoreStanding { point: Point { count: 301, ..now.point }, ..now };
        let tail =
            |of: &StoreStanding| of.write(&chain, Label::Store).expect("it can be written")[100..].to_vec();
        assert_ne!(tail(&now), tail(&next), "the same sum");
    }
}
