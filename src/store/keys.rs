//! How records, links, groups, due times, audit rows and batch ids lie as keys and values in one ordered
//! tree.
//!
//! A byte in front says what a key is, and all keys of a sort have the same length, so that the
//! order of the bytes is the order of the ids, numbers and times.

use super::{ChainName, Id, Kind, MAX_GROUPS, Ref, Row, StoreError, Versioned};

const LINK: u8 = 0x40;
const DUE: u8 = 0x41;
const AUDIT: u8 = 0x42;
const SEEN: u8 = 0x43;
const MEMBER: u8 = 0x44;
const GROUP: u8 = 0x45;

/// What a record's value has in front of its bytes, but for its groups.
const HEAD_BYTES: usize = 17;
/// The most that a record's value is longer than its bytes.
pub const OVERHEAD_BYTES: usize = HEAD_BYTES + 1 + 16 * MAX_GROUPS;

/// Every kind, in the order of its number.
pub const KINDS: [Kind; 16] = [
    Kind::Meta,
    Kind::Account,
    Kind::Limit,
    Kind::Recovery,
    Kind::Proof,
    Kind::Outbox,
    Kind::Undo,
    Kind::Application,
    Kind::Refusal,
    Kind::Staff,
    Kind::FacilitatorRequest,
    Kind::Document,
    Kind::Erasure,
    Kind::Facilitator,
    Kind::Dispute,
    Kind::Remembered,
];

/// A half-open range of keys.
pub struct Span {
    pub from: Vec<u8>,
    pub until: Vec<u8>,
}

fn prefixed(prefix: u8, rest: &[u8]) -> Vec<u8> {
    let mut key = Vec::with_capacity(1 + rest.len());
    key.push(prefix);
    key.extend_from_slice(rest);
    key
}

pub fn record(at: Ref) -> Vec<u8> {
    prefixed(at.kind as u8, &at.id.0)
}

pub fn link(index: Id) -> Vec<u8> {
    prefixed(LINK, &index.0)
}

pub fn due(due_ms: u64, of: Ref) -> Vec<u8> {
    let mut key = prefixed(DUE, &due_ms.to_be_bytes());
    key.extend_from_slice(&target(of));
    key
}

pub fn audit(chain: ChainName, sequence: u64) -> Vec<u8> {
    let mut key = prefixed(AUDIT, &chain.number().to_be_bytes());
    key.extend_from_slice(&sequence.to_be_bytes());
    key
}

pub fn seen(batch: Id) -> Vec<u8> {
    prefixed(SEEN, &batch.0)
}

pub fn group(id: Id) -> Vec<u8> {
    prefixed(GROUP, &id.0)
}

pub fn member(of: Id, at: Ref) -> Vec<u8> {
    let mut key = prefixed(MEMBER, &of.0);
    key.extend_from_slice(&target(at));
    key
}

/// What a link points at: kind, then id.
pub fn target(of: Ref) -> Vec<u8> {
    record(of)
}

/// Records of a kind after an id.
pub fn records_after(kind: Kind, after: Option<Id>) -> Span {
    let mut from = prefixed(kind as u8, after.as_ref().map_or(&[], |id| &id.0[..]));
    if after.is_some() {
        // The smallest key beyond that id.
        from.push(0);
    }
    Span { from, until: vec![kind as u8 + 1] }
}

/// Members of a group, of a kind, after an id.
pub fn members_after(group: Id, kind: Kind, after: Option<Id>) -> Span {
    let of_group = prefixed(MEMBER, &group.0);
    let Span { from, until } = records_after(kind, after);
    Span { from: [&of_group[..], &from].concat(), until: [&of_group[..], &until].concat() }
}

/// Due entries at or before a time, or all of them.
pub fn due_until(now_ms: Option<u64>) -> Span {
    let until = match now_ms.and_then(|now| now.checked_add(1)) {
        Some(end) => prefixed(DUE, &end.to_be_bytes()),
        None => vec![DUE + 1],
    };
    Span { from: vec![DUE], until }
}

/// The smallest key beyond that of a row.
fn beyond(chain: ChainName, sequence: u64) -> Vec<u8> {
    let mut key = audit(chain, sequence);
    key.push(0);
    key
}

/// Audit rows of a chain after a number.
pub fn audit_after(chain: ChainName, after: u64) -> Span {
    Span { from: beyond(chain, after), until: beyond(chain, u64::MAX) }
}

/// Audit rows of a chain up to a number.
pub fn audit_until(chain: ChainName, up_to: u64) -> Span {
    Span { from: audit(chain, 0), until: beyond(chain, up_to) }
}

/// Audit rows of all chains after this one, or of all.
pub fn audit_of_later(after: Option<ChainName>) -> Span {
    let from = after.map_or(vec![AUDIT], |chain| beyond(chain, u64::MAX));
    Span { from, until: vec![AUDIT + 1] }
}

/// Batch ids whose time is before `time_ms`.
pub fn seen_before(time_ms: u64) -> Span {
    Span { from: vec![SEEN], until: seen(Id::at(time_ms, [0; 10])) }
}

/// What a key is, for counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Record(Kind),
    Link,
    Due,
    Audit,
    Seen,
    Member,
    Group,
}

pub fn sort(key: &[u8]) -> Option<Sort> {
    let (&first, rest) = key.split_first()?;
    match (first, rest.len()) {
        (LINK, 16) => Some(Sort::Link),
        (DUE, 25) => Some(Sort::Due),
        (AUDIT, 16) => Some(Sort::Audit),
        (SEEN, 16) => Some(Sort::Seen),
        (MEMBER, 33) => Some(Sort::Member),
        (GROUP, 16) => Some(Sort::Group),
        (_, 16) => KINDS.into_iter().find(|kind| *kind as u8 == first).map(Sort::Record),
        _ => None,
    }
}

pub fn read_target(bytes: &[u8]) -> Result<Ref, StoreError> {
    match (sort(bytes), <[u8; 16]>::try_from(bytes.get(1..).unwrap_or_default())) {
        (Some(Sort::Record(kind)), Ok(id)) => Ok(Ref { kind, id: Id(id) }),
        _ => Err(StoreError::Corrupt("a reference to a record cannot be read".into())),
    }
}

/// The time and the record of a due entry.
pub fn read_due(key: &[u8]) -> Result<(u64, Ref), StoreError> {
    let time = key.get(1..9).and_then(|bytes| <[u8; 8]>::try_from(bytes).ok());
    let time = time.ok_or_else(|| StoreError::Corrupt("a due entry cannot be read".into()))?;
    Ok((u64::from_be_bytes(time), read_target(&key[9..])?))
}

/// The id that the key of a link or a group names, or the group that a member's does.
pub fn read_id(key: &[u8]) -> Result<Id, StoreError> {
    let id = key.get(1..17).and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
    id.map(Id).ok_or_else(|| StoreError::Corrupt("a key names no id".into()))
}

/// The record that a member's key names.
pub fn read_member(key: &[u8]) -> Result<Ref, StoreError> {
    read_target(key.get(17..).unwrap_or_default())
}

/// A group's version and how many members it has.
pub fn write_group(version: u64, members: u64) -> Vec<u8> {
    [version.to_be_bytes(), members.to_be_bytes()].concat()
}

pub fn read_group(value: &[u8]) -> Result<(u64, u64), StoreError> {
    match value.as_chunks::<8>() {
        ([version, members], []) => Ok((u64::from_be_bytes(*version), u64::from_be_bytes(*members))),
        _ => Err(StoreError::Corrupt("a group cannot be read".into())),
    }
}

/// Whether a record is due, and whether it is in groups.
const IS_DUE: u8 = 1;
const IN_GROUPS: u8 = 2;

/// A record's value: version, what there is of the rest, when it is due, how many groups it is in and
/// which, then its bytes.
pub fn write_versioned(record: &Versioned) -> Vec<u8> {
    let Versioned { version, bytes, due_ms, groups } = record;
    let mut value = Vec::with_capacity(OVERHEAD_BYTES + bytes.len());
    value.extend_from_slice(&version.to_be_bytes());
    let due = if due_ms.is_some() { IS_DUE } else { 0 };
    value.push(if groups.is_empty() { due } else { due | IN_GROUPS });
    value.extend_from_slice(&due_ms.unwrap_or(0).to_be_bytes());
    if let Some(count) = u8::try_from(groups.len()).ok().filter(|count| *count > 0) {
        value.push(count);
        groups.iter().for_each(|group| value.extend_from_slice(&group.0));
    }
    value.extend_from_slice(bytes);
    value
}

pub fn read_versioned(value: &[u8]) -> Result<Versioned, StoreError> {
    let corrupt = || StoreError::Corrupt("a record cannot be read".into());
    let (head, rest) = value.split_first_chunk::<HEAD_BYTES>().ok_or_else(corrupt)?;
    let number = |at: usize| {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&head[at..at + 8]);
        u64::from_be_bytes(bytes)
    };
    if head[8] & !(IS_DUE | IN_GROUPS) != 0 {
        return Err(corrupt());
    }
    let due_ms = (head[8] & IS_DUE != 0).then(|| number(9));
    let (groups, bytes) = match head[8] & IN_GROUPS {
        0 => (Vec::new(), rest),
        _ => read_groups(rest).ok_or_else(corrupt)?,
    };
    Ok(Versioned { version: number(0), bytes: bytes.to_vec(), due_ms, groups })
}

/// A record's value without its bytes: what the store itself keeps of it.
pub fn before_bytes(value: &[u8]) -> Result<&[u8], StoreError> {
    let groups = match value.get(8).map(|flags| flags & IN_GROUPS) {
        None | Some(0) => 0,
        Some(_) => 1 + 16 * usize::from(value.get(HEAD_BYTES).copied().unwrap_or(0)),
    };
    value.get(..HEAD_BYTES + groups).ok_or_else(|| StoreError::Corrupt("a record cannot be read".into()))
}

fn read_groups(rest: &[u8]) -> Option<(Vec<Id>, &[u8])> {
    let (count, rest) = rest.split_first()?;
    let (groups, bytes) = rest.split_at_checked(16 * usize::from(*count))?;
    let (groups, _) = groups.as_chunks::<16>();
    Some((groups.iter().map(|id| Id(*id)).collect(), bytes))
}

pub fn write_row(mac: &[u8; 32], bytes: &[u8]) -> Vec<u8> {
    let mut value = mac.to_vec();
    value.extend_from_slice(bytes);
    value
}

/// The chain that a row's key names.
pub fn read_chain(key: &[u8]) -> Result<ChainName, StoreError> {
    let number = key.get(1..9).and_then(|bytes| <[u8; 8]>::try_from(bytes).ok());
    let number = number.ok_or_else(|| StoreError::Corrupt("an audit row cannot be read".into()))?;
    Ok(ChainName::new(u64::from_be_bytes(number)))
}

pub fn read_row(key: &[u8], value: &[u8]) -> Result<Row, StoreError> {
    let corrupt = || StoreError::Corrupt("an audit row cannot be read".into());
    let sequence = key.last_chunk::<8>().ok_or_else(corrupt)?;
    let (mac, bytes) = value.split_first_chunk::<32>().ok_or_else(corrupt)?;
    Ok(Row { sequence: u64::from_be_bytes(*sequence), mac: *mac, bytes: bytes.to_vec() })
}
