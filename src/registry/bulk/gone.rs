//! What an import takes away: the keys of the register in place that the new one doesn't have.

use std::iter::Peekable;

use super::error::RegisterError;
use super::sorted::{Sorted, SortedKey};

/// The keys of a register, in their order.
struct SortedKeys<'a> {
    sorted: &'a Sorted,
    /// The page to read next.
    place: u64,
    /// Those of the page that was read last.
    read: std::vec::IntoIter<SortedKey>,
}

impl Iterator for SortedKeys<'_> {
    type Item = Result<SortedKey, RegisterError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(key) = self.read.next() {
                return Some(Ok(key));
            }
            if self.place > self.sorted.summary().data_pages {
                return None;
            }
            let place = self.place;
            self.place += 1;
            match self.sorted.keys_of(place) {
                Ok(keys) => self.read = keys.into_iter(),
                Err(error) => {
                    self.place = u64::MAX;
                    return Some(Err(error));
                }
            }
        }
    }
}

/// Counts them while the new keys go by in their order. A register that can't be read to its end has
/// nothing to compare with.
pub struct LostRows<'a> {
    before: Peekable<SortedKeys<'a>>,
    count: Option<u64>,
}

impl<'a> LostRows<'a> {
    /// Nothing has gone by yet.
    pub fn of(before: &'a Sorted) -> Self {
        let keys = SortedKeys { sorted: before, place: 1, read: Vec::new().into_iter() };
        LostRows { before: keys.peekable(), count: Some(0) }
    }

    /// The next key of the new register.
    pub fn pass(&mut self, key: SortedKey) {
        while let Some(before) = self.before.next_if(|before| !matches!(before, Ok(before) if *before > key))
        {
            self.note(before.ok(), key);
        }
    }

    fn note(&mut self, before: Option<SortedKey>, key: SortedKey) {
        self.count = match before {
            Some(before) => self.count.map(|count| count + u64::from(before < key)),
            None => None,
        };
    }

    /// How many there are; nothing when the register before could not be read.
    pub fn count(mut self) -> Option<u64> {
        for before in self.before {
            self.count = self.count.filter(|_| before.is_ok()).map(|count| count + 1);
        }
        self.count
    }
}

#[cfg(test)]
mod tests {
    use super::super::kind::Kind;
    use super::super::sorted_writer::{ListSummary, SortedWriter};
    use super::*;

    fn register(keys: impl Iterator<Item = SortedKey>) -> Sorted {
        let mut writer = SortedWriter::new(tempfile::tempfile().unwrap(), Kind::Res, 7).unwrap();
        keys.for_each(|key| writer.put(key, &[0; 500]).unwrap());
        let list = ListSummary { source: "list".into(), listed_ms: 7, repeated: 0, bad: 0 };
        Sorted::over(writer.finish(list).unwrap().0, Kind::Res).unwrap()
    }

    fn lost(before: impl Iterator<Item = SortedKey>, now: impl Iterator<Item = SortedKey>) -> Option<u64> {
        let before = register(before);
        let mut lost = LostRows::of(&before);
        now.for_each(|key| lost.pass(key));
        lost.count()
    }

    #[test]
    fn what_the_new_one_does_not_have_is_counted_wherever_it_stood() {
        assert_eq!(lost(0..100, 0..100), Some(0));
        assert_eq!(lost(0..100, 10..90), Some(20));
        assert_eq!(lost(0..100, (0..100).filter(|key| key % 3 > 0)), Some(34));
        assert_eq!(lost(0..100, 100..200), Some(100));
        assert_eq!(lost(100..200, 0..100), Some(100));
        assert_eq!(lost(0..100, 0..0), Some(100));
        assert_eq!(lost(0..0, 0..100), Some(0));
    }
}
