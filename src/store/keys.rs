//! How records, links, due times, audit rows and batch ids lie as keys and values in one ordered
//! tree.
//!
//! A byte in front says what a key is, and all keys of a sort have the same length, so that the
//! order of the bytes is the order of the ids, numbers and times.

use super::{Id, Kind, Ref, Row, StoreError, Versioned};

const LINK: u8 = 0x40;
const DUE: u8 = 0x41;
const AUDIT: u8 = 0x42;
const SEEN: u8 = 0x43;

/// Every kind, in the order of its number.
pub const KINDS: [Kind; 14] = [
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

pub fn audit(sequence: u64) -> Vec<u8> {
    let mut key = prefixed(AUDIT, &[0; 8]);
    key.extend_from_slice(&sequence.to_be_bytes());
    key
}

pub fn seen(batch: Id) -> Vec<u8> {
    prefixed(SEEN, &batch.0)
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

/// Due entries at or before a time, or all of them.
pub fn due_until(now_ms: Option<u64>) -> Span {
    let until = match now_ms.and_then(|now| now.checked_add(1)) {
        Some(end) => prefixed(DUE, &end.to_be_bytes()),
        None => vec![DUE + 1],
    };
    Span { from: vec![DUE], until }
}

/// Audit rows after a number.
pub fn audit_after(after: u64) -> Span {
    let mut from = audit(after);
    from.push(0);
    Span { from, until: vec![AUDIT + 1] }
}

/// Audit rows up to a number.
pub fn audit_until(up_to: u64) -> Span {
    let mut until = audit(up_to);
    until.push(0);
    Span { from: audit(0), until }
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
}

pub fn sort(key: &[u8]) -> Option<Sort> {
    let (&first, rest) = key.split_first()?;
    match (first, rest.len()) {
        (LINK, 16) => Some(Sort::Link),
        (DUE, 25) => Some(Sort::Due),
        (AUDIT, 16) => Some(Sort::Audit),
        (SEEN, 16) => Some(Sort::Seen),
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

/// A record's value: version, whether it is due, when, then its bytes.
pub fn write_versioned(record: &Versioned) -> Vec<u8> {
    let mut value = Vec::with_capacity(17 + record.bytes.len());
    value.extend_from_slice(&record.version.to_be_bytes());
    value.push(record.due_ms.is_some().into());
    value.extend_from_slice(&record.due_ms.unwrap_or(0).to_be_bytes());
    value.extend_from_slice(&record.bytes);
    value
}

pub fn read_versioned(value: &[u8]) -> Result<Versioned, StoreError> {
    let corrupt = || StoreError::Corrupt("a record cannot be read".into());
    let (head, bytes) = value.split_first_chunk::<17>().ok_or_else(corrupt)?;
    let number = |at: usize| {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&head[at..at + 8]);
        u64::from_be_bytes(bytes)
    };
    let due_ms = match head[8] {
        0 => None,
        1 => Some(number(9)),
        _ => return Err(corrupt()),
    };
    Ok(Versioned { version: number(0), bytes: bytes.to_vec(), due_ms })
}

pub fn write_row(mac: &[u8; 32], bytes: &[u8]) -> Vec<u8> {
    let mut value = mac.to_vec();
    value.extend_from_slice(bytes);
    value
}

pub fn read_row(key: &[u8], value: &[u8]) -> Result<Row, StoreError> {
    let corrupt = || StoreError::Corrupt("an audit row cannot be read".into());
    let sequence = key.last_chunk::<8>().ok_or_else(corrupt)?;
    let (mac, bytes) = value.split_first_chunk::<32>().ok_or_else(corrupt)?;
    Ok(Row { sequence: u64::from_be_bytes(*sequence), mac: *mac, bytes: bytes.to_vec() })
}
