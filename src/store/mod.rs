//! What the kiosk asks of its storage: small sealed records, committed in atomic, durable batches.
//!
//! Data goes in, not closures: a [`Batch`] lists what was believed ([`Expect`]) and what shall
//! change ([`Change`]), and is all or nothing. A caller reads, decides, commits with
//! [`Expect::At`], and on [`StoreError::Conflict`] reads and decides again. Nothing here knows
//! what a record means; [`records`] seals and types them, so a store sees neither a RUT nor an
//! e-mail.

pub mod backups;
mod keys;
pub mod memory;
pub mod records;
mod rules;
pub mod sled;
pub mod tallies;

use async_trait::async_trait;

pub use keys::KINDS;

use crate::audit::Row;
use crate::domain::reference::{Id, Kind, Ref};

/// Largest value a store takes, in bytes: beyond about 4 KiB sled writes files that it never
/// makes durable.
pub const MAX_VALUE_BYTES: usize = 4096;

/// Largest sum of the values of one batch, in bytes: half of what sled writes in one piece, so
/// that a batch never waits for a buffer that it holds itself.
pub const MAX_BATCH_BYTES: usize = 256 * 1024;

/// How long the id of a batch is remembered, in milliseconds: sent again within this time, it is
/// one commit. Measured by the times inside the ids.
pub const REMEMBERED_MS: u64 = 24 * 60 * 60 * 1000;

/// What must still be true for a batch to be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    Absent(Ref),
    /// The record is there at the version that was read. Versions have no order and never come again.
    At(Ref, u64),
}

/// One change of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Writes a record at the version of the batch ([`Id::version`]). With `due_ms` (milliseconds
    /// since 1970) it is listed by [`Store::due`] from then on; without, it is not.
    Put {
        at: Ref,
        bytes: Vec<u8>,
        due_ms: Option<u64>,
    },
    /// Points a blind unique index at a record. Linked already to another record: a conflict on
    /// that record.
    Link {
        index: Id,
        to: Ref,
    },
    Unlink {
        index: Id,
    },
    Drop(Ref),
    /// Adds one row to the audit chain; the store numbers and chains it.
    Append(Vec<u8>),
    /// Takes away the rows of the audit chain up to this number; never the newest.
    Cut {
        up_to: u64,
    },
}

/// All or nothing, on stable storage once acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Time-ordered. The same id twice is one commit.
    pub id: Id,
    pub expect: Vec<Expect>,
    pub changes: Vec<Change>,
}

/// A record as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versioned {
    pub version: u64,
    pub bytes: Vec<u8>,
    pub due_ms: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Somebody else changed it meanwhile: read and decide again.
    #[error("the record changed meanwhile")]
    Conflict(Ref),
    /// The store can't work now (disk full, thread gone); what was acknowledged is safe.
    #[error("the store does not answer: {0}")]
    Unavailable(String),
    /// What was read is not what was written.
    #[error("the store is damaged: {0}")]
    Corrupt(String),
    /// The caller's batch breaks a rule (a value over [`MAX_VALUE_BYTES`]): a bug.
    #[error("the store refuses the batch: {0}")]
    Refused(String),
}

#[async_trait]
pub trait Store: Send + Sync {
    /// All or nothing, on stable storage when it resolves.
    async fn commit(&self, batch: Batch) -> Result<(), StoreError>;
    async fn get(&self, what: Ref) -> Result<Option<Versioned>, StoreError>;
    async fn find(&self, index: Id) -> Result<Option<Ref>, StoreError>;
    /// Records of a kind in the order of their ids, after `after`.
    async fn list(
        &self,
        kind: Kind,
        after: Option<Id>,
        limit: u16,
    ) -> Result<Vec<(Ref, Versioned)>, StoreError>;
    /// Records whose `due_ms` is at or before `now_ms`, the earliest first.
    async fn due(&self, now_ms: u64, limit: u16) -> Result<Vec<(Ref, Versioned)>, StoreError>;
    /// When the next record is due, in milliseconds since 1970.
    async fn next_due_ms(&self) -> Result<Option<u64>, StoreError>;
    /// Rows of the audit chain after `after` (0 for all), in order.
    async fn rows(&self, after: u64, limit: u16) -> Result<Vec<Row>, StoreError>;
}
