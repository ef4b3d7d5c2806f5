//! What a batch means and what a question answers, over any ordered tree of bytes.
//!
//! Every backend that keeps its data in such a tree shares these rules, so that the one in memory
//! cannot be more lenient than the one on disk.

use std::collections::BTreeMap;

use super::keys::{self, Span};
use super::{
    Answered, Batch, ChainName, Change, Expect, Id, Kind, MAX_BATCH_BYTES, MAX_GROUPS, MAX_VALUE_BYTES,
    REMEMBERED_MS, Ref, Row, StoreError, Versioned,
};
use crate::audit::Chain;

/// How many forgotten batch ids one commit removes at most, so that none takes long.
const FORGOTTEN_PER_COMMIT: usize = 256;

pub type KeyValue = (Vec<u8>, Vec<u8>);
pub type KeyValues<'a> = Box<dyn Iterator<Item = Result<KeyValue, StoreError>> + 'a>;

/// The end of an audit chain: the number and the mac of its newest row.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    pub sequence: u64,
    pub mac: [u8; 32],
}

/// Reads of an ordered tree.
pub trait Tree {
    fn value(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;
    /// In the order of the keys.
    fn entries(&self, span: Span) -> KeyValues<'_>;
    /// Where an audit chain ends.
    fn newest_row(&self, chain: ChainName) -> Result<Option<Head>, StoreError>;
}

/// A key with its new value, or `None` to remove it.
pub type Writes = BTreeMap<Vec<u8>, Option<Vec<u8>>>;

/// The writes of a batch, to be applied all or none; `None` when this batch id was committed
/// before. The expectations are judged by the state before the batch, its changes in their order.
pub fn plan(tree: &dyn Tree, chain: &Chain, batch: &Batch) -> Result<Option<Writes>, StoreError> {
    refuse_large(batch)?;
    if tree.value(&keys::seen(batch.id))?.is_some() {
        return Ok(None);
    }
    for expect in &batch.expect {
        judge(tree, expect)?;
    }
    let mut plan =
        Plan { tree, chain, version: batch.id.version(), writes: Writes::new(), heads: BTreeMap::new() };
    for change in &batch.changes {
        plan.add(change)?;
    }
    let forget_before_ms = batch.id.time_ms().saturating_sub(REMEMBERED_MS);
    for entry in tree.entries(keys::seen_before(forget_before_ms)).take(FORGOTTEN_PER_COMMIT) {
        plan.writes.insert(entry?.0, None);
    }
    plan.writes.insert(keys::seen(batch.id), Some(Vec::new()));
    Ok(Some(plan.writes))
}

/// The sum of a batch's values, in bytes.
pub fn batch_bytes(batch: &Batch) -> usize {
    batch.changes.iter().map(value_bytes).sum()
}

fn value_bytes(change: &Change) -> usize {
    match change {
        Change::Put { bytes, .. } | Change::Append { bytes, .. } => bytes.len(),
        Change::Link { .. } | Change::Unlink { .. } | Change::Drop(_) | Change::Cut { .. } => 0,
    }
}

fn refuse_large(batch: &Batch) -> Result<(), StoreError> {
    if batch.changes.iter().any(|change| value_bytes(change) > MAX_VALUE_BYTES) {
        return Err(StoreError::Refused(format!("a value is over {MAX_VALUE_BYTES} bytes")));
    }
    let in_too_many =
        |change: &Change| matches!(change, Change::Put { groups, .. } if groups.len() > MAX_GROUPS);
    if batch.changes.iter().any(in_too_many) {
        return Err(StoreError::Refused(format!("a record is in over {MAX_GROUPS} groups")));
    }
    if batch_bytes(batch) > MAX_BATCH_BYTES {
        return Err(StoreError::Refused(format!("the batch is over {MAX_BATCH_BYTES} bytes")));
    }
    Ok(())
}

fn judge(tree: &dyn Tree, expect: &Expect) -> Result<(), StoreError> {
    match *expect {
        Expect::Absent(at) => match get(tree, at)? {
            None => Ok(()),
            Some(_) => Err(StoreError::Conflict(at)),
        },
        Expect::At(at, version) => match get(tree, at)? {
            Some(record) if record.version == version => Ok(()),
            _ => Err(StoreError::Conflict(at)),
        },
        Expect::Group(of, version) if group(tree, of)? == version => Ok(()),
        Expect::Group(of, _) => Err(StoreError::Conflict(Ref { kind: Kind::Meta, id: of })),
    }
}

/// A batch being planned: what it wrote so far lies over the tree.
struct Plan<'a> {
    tree: &'a dyn Tree,
    chain: &'a Chain,
    /// Of all that is written.
    version: u64,
    writes: Writes,
    /// Where the audit chains end that rows were added to.
    heads: BTreeMap<ChainName, Head>,
}

impl Plan<'_> {
    fn value(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        match self.writes.get(key) {
            Some(written) => Ok(written.clone()),
            None => self.tree.value(key),
        }
    }

    fn add(&mut self, change: &Change) -> Result<(), StoreError> {
        match change {
            Change::Put { at, bytes, due_ms, groups } => self.put(*at, bytes, *due_ms, groups),
            Change::Link { index, to } => self.link(*index, *to),
            Change::Unlink { index } => {
                self.writes.insert(keys::link(*index), None);
                Ok(())
            }
            Change::Drop(at) => {
                for group in self.take(*at)? {
                    self.leave(group, *at)?;
                }
                self.writes.insert(keys::record(*at), None);
                Ok(())
            }
            Change::Append { chain, bytes } => self.append(*chain, bytes),
            Change::Cut { chain, up_to } => self.cut(*chain, *up_to),
        }
    }

    /// Removes the due entry of the record that is there, if any; the groups that it is in.
    fn take(&mut self, at: Ref) -> Result<Vec<Id>, StoreError> {
        let Some(value) = self.value(&keys::record(at))? else { return Ok(Vec::new()) };
        let Versioned { due_ms, groups, .. } = keys::read_versioned(&value)?;
        if let Some(due_ms) = due_ms {
            self.writes.insert(keys::due(due_ms, at), None);
        }
        Ok(groups)
    }

    fn put(&mut self, at: Ref, bytes: &[u8], due_ms: Option<u64>, groups: &[Id]) -> Result<(), StoreError> {
        let before = self.take(at)?;
        for group in before.iter().filter(|group| !groups.contains(group)) {
            self.leave(*group, at)?;
        }
        let mut kept: Vec<Id> = Vec::with_capacity(groups.len());
        for group in groups {
            if !before.contains(group) && !kept.contains(group) {
                self.join(*group, at)?;
            }
            if !kept.contains(group) {
                kept.push(*group);
            }
        }
        let record = Versioned { version: self.version, bytes: bytes.to_vec(), due_ms, groups: kept };
        self.writes.insert(keys::record(at), Some(keys::write_versioned(&record)));
        if let Some(due_ms) = due_ms {
            self.writes.insert(keys::due(due_ms, at), Some(Vec::new()));
        }
        Ok(())
    }

    fn join(&mut self, group: Id, at: Ref) -> Result<(), StoreError> {
        self.writes.insert(keys::member(group, at), Some(Vec::new()));
        let members = self.members_of(group)?;
        self.count(group, members + 1);
        Ok(())
    }

    fn leave(&mut self, group: Id, at: Ref) -> Result<(), StoreError> {
        self.writes.insert(keys::member(group, at), None);
        let members = self.members_of(group)?;
        self.count(group, members.saturating_sub(1));
        Ok(())
    }

    fn members_of(&self, group: Id) -> Result<u64, StoreError> {
        match self.value(&keys::group(group))? {
            Some(value) => Ok(keys::read_group(&value)?.1),
            None => Ok(0),
        }
    }

    fn count(&mut self, group: Id, members: u64) {
        let head = (members > 0).then(|| keys::write_group(self.version, members));
        self.writes.insert(keys::group(group), head);
    }

    fn link(&mut self, index: Id, to: Ref) -> Result<(), StoreError> {
        let key = keys::link(index);
        if let Some(value) = self.value(&key)? {
            let taken_by = keys::read_target(&value)?;
            if taken_by != to {
                return Err(StoreError::Conflict(taken_by));
            }
        }
        self.writes.insert(key, Some(keys::target(to)));
        Ok(())
    }

    fn append(&mut self, chain: ChainName, bytes: &[u8]) -> Result<(), StoreError> {
        let head = match self.heads.get(&chain) {
            Some(head) => Some(*head),
            None => self.tree.newest_row(chain)?,
        };
        let (last, mac) = head.map_or((0, chain.root()), |head| (head.sequence, head.mac));
        let sequence = last + 1;
        let mac = (self.chain)(&mac, sequence, bytes);
        self.writes.insert(keys::audit(chain, sequence), Some(keys::write_row(&mac, bytes)));
        self.heads.insert(chain, Head { sequence, mac });
        Ok(())
    }
}

impl Plan<'_> {
    /// The newest row stays: the next one is chained to it.
    fn cut(&mut self, chain: ChainName, up_to: u64) -> Result<(), StoreError> {
        if self.tree.newest_row(chain)?.is_none_or(|newest| newest.sequence <= up_to) {
            return Err(StoreError::Refused("the newest audit row can't be cut off".into()));
        }
        for entry in self.tree.entries(keys::audit_until(chain, up_to)) {
            self.writes.insert(entry?.0, None);
        }
        Ok(())
    }
}

pub fn head((key, value): KeyValue) -> Result<Head, StoreError> {
    let row = keys::read_row(&key, &value)?;
    Ok(Head { sequence: row.sequence, mac: row.mac })
}

pub fn get(tree: &dyn Tree, what: Ref) -> Result<Option<Versioned>, StoreError> {
    tree.value(&keys::record(what))?.map(|value| keys::read_versioned(&value)).transpose()
}

pub fn get_many(tree: &dyn Tree, what: &[Ref], now_ms: u64) -> Result<Answered, StoreError> {
    let records = what.iter().map(|at| get(tree, *at)).collect::<Result<_, _>>()?;
    Ok(Answered { now_ms, records })
}

pub fn group(tree: &dyn Tree, group: Id) -> Result<u64, StoreError> {
    match tree.value(&keys::group(group))? {
        Some(value) => Ok(keys::read_group(&value)?.0),
        None => Ok(0),
    }
}

pub fn members(
    tree: &dyn Tree,
    group: Id,
    kind: Kind,
    after: Option<Id>,
    limit: u16,
) -> Result<Vec<(Ref, Versioned)>, StoreError> {
    tree.entries(keys::members_after(group, kind, after))
        .take(limit.into())
        .map(|entry| {
            let at = keys::read_member(&entry?.0)?;
            match get(tree, at)? {
                Some(record) => Ok((at, record)),
                None => Err(StoreError::Corrupt("a member of a group is no record".into())),
            }
        })
        .collect()
}

pub fn find(tree: &dyn Tree, index: Id) -> Result<Option<Ref>, StoreError> {
    tree.value(&keys::link(index))?.map(|value| keys::read_target(&value)).transpose()
}

pub fn list(
    tree: &dyn Tree,
    kind: Kind,
    after: Option<Id>,
    limit: u16,
) -> Result<Vec<(Ref, Versioned)>, StoreError> {
    tree.entries(keys::records_after(kind, after))
        .take(limit.into())
        .map(|entry| {
            let (key, value) = entry?;
            Ok((keys::read_target(&key)?, keys::read_versioned(&value)?))
        })
        .collect()
}

pub fn due(tree: &dyn Tree, now_ms: u64, limit: u16) -> Result<Vec<(Ref, Versioned)>, StoreError> {
    tree.entries(keys::due_until(Some(now_ms)))
        .take(limit.into())
        .map(|entry| {
            let (due_ms, of) = keys::read_due(&entry?.0)?;
            match get(tree, of)? {
                Some(record) if record.due_ms == Some(due_ms) => Ok((of, record)),
                _ => Err(StoreError::Corrupt("a due entry names no such record".into())),
            }
        })
        .collect()
}

/// Those of one kind, past the others that are due before them.
pub fn due_of(
    tree: &dyn Tree,
    kind: Kind,
    now_ms: u64,
    limit: u16,
) -> Result<Vec<(Ref, Versioned)>, StoreError> {
    let mut found = Vec::new();
    for entry in tree.entries(keys::due_until(Some(now_ms))) {
        let (due_ms, of) = keys::read_due(&entry?.0)?;
        if of.kind != kind {
            continue;
        }
        match get(tree, of)? {
            Some(record) if record.due_ms == Some(due_ms) => found.push((of, record)),
            _ => return Err(StoreError::Corrupt("a due entry names no such record".into())),
        }
        if found.len() >= limit.into() {
            break;
        }
    }
    Ok(found)
}

pub fn next_due_ms(tree: &dyn Tree) -> Result<Option<u64>, StoreError> {
    match tree.entries(keys::due_until(None)).next() {
        Some(entry) => Ok(Some(keys::read_due(&entry?.0)?.0)),
        None => Ok(None),
    }
}

pub fn rows(tree: &dyn Tree, chain: ChainName, after: u64, limit: u16) -> Result<Vec<Row>, StoreError> {
    tree.entries(keys::audit_after(chain, after))
        .take(limit.into())
        .map(|entry| {
            let (key, value) = entry?;
            keys::read_row(&key, &value)
        })
        .collect()
}

/// A leap from the first row of each chain to the next: chains are few, and their rows many.
pub fn chains(
    tree: &dyn Tree,
    mut after: Option<ChainName>,
    limit: u16,
) -> Result<Vec<ChainName>, StoreError> {
    let mut found = Vec::new();
    while found.len() < usize::from(limit) {
        let Some(row) = tree.entries(keys::audit_of_later(after)).next() else { break };
        let chain = keys::read_chain(&row?.0)?;
        found.push(chain);
        after = Some(chain);
    }
    Ok(found)
}
