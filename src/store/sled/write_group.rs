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
#[derive(Default)]
pub struct WriteGroup(Vec<Replacement>);

impl WriteGroup {
    /// These writes, over what lies at their keys before them: asked for each key, with what is written.
    pub fn new<E>(
        writes: Writes,
        mut before: impl FnMut(&[u8], Option<&[u8]>) -> Result<Option<IVec>, E>,
    ) -> Result<Self, E> {
        let mut group = WriteGroup(Vec::with_capacity(writes.len() + 1));
        for (key, after) in writes {
            let before = before(&key, after.as_deref())?;
            group.add(key, before, after);
        }
        Ok(group)
    }

    /// These writes, over what a database holds.
    #[cfg(test)]
    pub fn over(db: &sled::Db, writes: Writes) -> sled::Result<Self> {
        WriteGroup::new(writes, |key, _| db.get(key))
    }

    /// One more write, of a key that is not among the others.
    pub fn add(&mut self, key: Vec<u8>, before: Option<IVec>, after: Option<Vec<u8>>) {
        self.0.push(Replacement { key, before, after });
    }

    /// How many entries it hands sled at once; where the store stands follows once an epoch.
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
        group.add(vec![0], None, Some(vec![1]));
        let bytes = postcard::to_stdvec(&group).expect("it is written");
        let read: Writes = postcard::from_bytes(&bytes).expect("it is read");
        assert_eq!((read.len(), &read[&vec![0][..]]), (4, &Some(vec![1])));
        group.add(standing::KEY.to_vec(), None, Some(vec![1]));
        assert_eq!(group.entries(), 4);
    }
}
