//! Writes that become durable as one, each with what it replaces. That is read once for all who reckon
//! with it: what the database holds ([`super::contents`]), and where the store stands ([`super::stand`]).

use serde::ser::{Serialize, Serializer};
use sled::IVec;

use crate::store::rules::Writes;
use crate::store::standing;

/// Of one entry.
pub struct Replacement {
    pub key: Vec<u8>,
    /// What lies there now.
    pub before: Option<IVec>,
    /// What shall, or `None` to remove it.
    pub after: Option<Vec<u8>>,
}

/// Each key once, in no order.
pub struct WriteGroup(Vec<Replacement>);

impl WriteGroup {
    /// These writes, over what the database holds.
    pub fn over(db: &sled::Db, writes: Writes) -> sled::Result<Self> {
        let mut group = WriteGroup(Vec::with_capacity(writes.len() + 1));
        for (key, after) in writes {
            group.add(db, key, after)?;
        }
        Ok(group)
    }

    /// One more write, of a key that is not among the others.
    pub fn add(&mut self, db: &sled::Db, key: Vec<u8>, after: Option<Vec<u8>>) -> sled::Result<()> {
        let before = db.get(&key)?;
        self.0.push(Replacement { key, before, after });
        Ok(())
    }

    /// How many entries of sled's tree it moves, besides the one that says where the store stands: that
    /// is written over with each group.
    pub fn entries(&self) -> usize {
        self.iter().filter(|one| one.key != standing::KEY).count()
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Replacement> {
        self.0.iter()
    }

    pub fn into_writes(self) -> impl Iterator<Item = (Vec<u8>, Option<Vec<u8>>)> {
        self.0.into_iter().map(|one| (one.key, one.after))
    }
}

/// As [`Writes`] are, so that they are read as these; bytes in one piece instead of one by one.
impl Serialize for WriteGroup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer
            .collect_map(self.iter().map(|one| (InOnePiece(&one.key), one.after.as_deref().map(InOnePiece))))
    }
}

struct InOnePiece<'a>(&'a [u8]);

impl Serialize for InOnePiece<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_knows_what_it_replaces_and_is_written_as_its_writes_are() {
        let db = sled::Config::new().temporary(true).open().expect("a database");
        db.insert([1], &[7]).expect("a write");
        let writes: Writes =
            [(vec![1], Some(vec![8; 300])), (vec![2, 0], None), (vec![3], Some(vec![]))].into();
        let group = WriteGroup::over(&db, writes.clone()).expect("a read");
        let before: Vec<_> = group.iter().map(|one| one.before.as_deref()).collect();
        assert_eq!(before, [Some(&[7][..]), None, None]);
        assert_eq!(postcard::to_stdvec(&group), postcard::to_stdvec(&writes));
        // What comes behind out of order is read all the same.
        let mut group = group;
        group.add(&db, vec![0], Some(vec![1])).expect("a read");
        let bytes = postcard::to_stdvec(&group).expect("it is written");
        let read: Writes = postcard::from_bytes(&bytes).expect("it is read");
        assert_eq!((read.len(), &read[&vec![0][..]]), (4, &Some(vec![1])));
        group.add(&db, standing::KEY.to_vec(), Some(vec![1])).expect("a read");
        assert_eq!(group.entries(), 4);
    }
}
