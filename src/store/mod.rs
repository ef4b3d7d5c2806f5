//! What the kiosk asks of its storage: small sealed records, committed in atomic, durable batches.
//!
//! Data goes in, not closures: a [`Batch`] lists what was believed ([`Expect`]) and what shall
//! change ([`Change`]), and is all or nothing. A caller reads, decides, commits with
//! [`Expect::At`], and on [`StoreError::Conflict`] reads and decides again. Nothing here knows
//! what a record means; [`records`] seals and types them, so a store sees neither a RUT nor an
//! e-mail.

pub mod backups;
pub mod head;
mod keys;
pub mod memory;
pub mod newest;
pub mod outage;
pub mod postgres;
pub mod records;
mod rules;
pub mod sled;
pub mod standing;
pub mod tallies;
mod upkeep;

use async_trait::async_trait;

pub use keys::KINDS;
pub use upkeep::{Condition, ExportProof, Health, Loss, Space, Summary, Upkeep};

use crate::audit::{ChainName, Row};
use crate::domain::reference::{Id, Kind, Ref};

/// Largest value a store takes, in bytes: beyond about 4 KiB sled writes files that it never
/// makes durable.
pub const MAX_VALUE_BYTES: usize = 4096;

/// Largest sum of the values of one batch, in bytes: half of what sled writes in one piece, so
/// that a batch never waits for a buffer that it holds itself.
pub const MAX_BATCH_BYTES: usize = 256 * 1024;

/// In how many groups a record can be.
pub const MAX_GROUPS: usize = 4;

/// How long the id of a batch is remembered, in milliseconds: sent again within this time, it is
/// one commit. Measured by the times inside the ids.
pub const REMEMBERED_MS: u64 = 24 * 60 * 60 * 1000;

/// What must still be true for a batch to be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// No record is there.
    Absent(Ref),
    /// The record is there at the version that was read. Versions have no order and never come again.
    At(Ref, u64),
    /// The group's members are those that were there at this version of it ([`Store::group`]).
    Group(Id, u64),
}

/// One change of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Writes a record at the version of the batch ([`Id::version`]). With `due_ms` (milliseconds
    /// since 1970) it is listed by [`Store::due`] from then on; without, it is not. It is in these
    /// groups from then on ([`Store::members`]), and in no other; at most [`MAX_GROUPS`].
    Put {
        /// Where it lies.
        at: Ref,
        /// Sealed; at most [`MAX_VALUE_BYTES`].
        bytes: Vec<u8>,
        /// When it is due, in milliseconds since 1970.
        due_ms: Option<u64>,
        /// The groups that it belongs to from now on.
        groups: Vec<Id>,
    },
    /// Points a blind unique index at a record. Linked already to another record: a conflict on
    /// that record.
    Link {
        /// The keyed hash by which the record is found.
        index: Id,
        /// The record.
        to: Ref,
    },
    /// By this index nothing is found any more.
    Unlink {
        /// The keyed hash.
        index: Id,
    },
    /// Removes a record, its due time, and it from its groups.
    Drop(Ref),
    /// Adds one row to an audit chain, which begins with it if there is none of that name; the store
    /// numbers and chains it.
    Append {
        /// Which chain. All its rows have one writer.
        chain: ChainName,
        /// Sealed; at most [`MAX_VALUE_BYTES`].
        bytes: Vec<u8>,
    },
    /// Takes away the rows of an audit chain up to this number; never the newest.
    Cut {
        /// Which chain.
        chain: ChainName,
        /// The number of the last row that goes.
        up_to: u64,
    },
}

/// All or nothing, on stable storage once acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Time-ordered. The same id twice is one commit.
    pub id: Id,
    /// What must still be true.
    pub expect: Vec<Expect>,
    /// What changes then, in order.
    pub changes: Vec<Change>,
}

/// A record as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versioned {
    /// Of the batch that wrote it ([`Id::version`]).
    pub version: u64,
    /// Sealed.
    pub bytes: Vec<u8>,
    /// When it is due, in milliseconds since 1970.
    pub due_ms: Option<u64>,
    /// The groups that it is in.
    pub groups: Vec<Id>,
}

/// Several records, and the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The store's own, in milliseconds since 1970.
    pub now_ms: u64,
    /// In the order in which they were asked for.
    pub records: Vec<Option<Versioned>>,
}

/// Why the store did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Somebody else changed it meanwhile: read and decide again. For a group it is the drawer
    /// [`Kind::Meta`] with the group's id.
    #[error("the record changed meanwhile")]
    Conflict(Ref),
    /// Whether the batch was committed can't be told: it, and only it, may be sent again under its
    /// id. What was made for it outside of the store must not be taken away.
    #[error(
        "it is not known whether this was saved ({0}): start again, and look whether it was (`totem audit export`) \
         before it is asked for once more"
    )]
    Unknown(String),
    /// The store can't work now (disk full, thread gone); what was acknowledged is safe.
    #[error("the store can't work now ({0}): `totem doctor` says what to mend; what was saved is safe")]
    Unavailable(String),
    /// What was read is not what was written.
    #[error(
        "the store is damaged: {0}; keep a copy of its folder, and restore the last backup (`totem restore FILE`)"
    )]
    Corrupt(String),
    /// The caller's batch breaks a rule (a value over [`MAX_VALUE_BYTES`]): a bug.
    #[error("the store refuses the batch: {0}")]
    Refused(String),
}

/// Where records are kept. Many handles may share one store: a batch sees all that was committed
/// before it, through whichever handle.
#[async_trait]
pub trait Store: Send + Sync {
    /// All or nothing, on stable storage when it resolves.
    async fn commit(&self, batch: Batch) -> Result<(), StoreError>;
    /// The record that lies there.
    async fn get(&self, what: Ref) -> Result<Option<Versioned>, StoreError>;
    /// Several records as they are at one moment, and the store's time then.
    async fn get_many(&self, what: &[Ref]) -> Result<Answered, StoreError>;
    /// The record that this index points at.
    async fn find(&self, index: Id) -> Result<Option<Ref>, StoreError>;
    /// Records of a kind in the order of their ids, after `after`.
    async fn list(
        &self,
        kind: Kind,
        after: Option<Id>,
        limit: u16,
    ) -> Result<Vec<(Ref, Versioned)>, StoreError>;
    /// The version of a group, which each member that comes or goes changes; 0 for one without
    /// members. Read before them, it tells when committing that none slipped in.
    async fn group(&self, group: Id) -> Result<u64, StoreError>;
    /// Members of a group of this kind in the order of their ids, after `after`.
    async fn members(
        &self,
        group: Id,
        kind: Kind,
        after: Option<Id>,
        limit: u16,
    ) -> Result<Vec<(Ref, Versioned)>, StoreError>;
    /// Records whose `due_ms` is at or before `now_ms`, the earliest first.
    async fn due(&self, now_ms: u64, limit: u16) -> Result<Vec<(Ref, Versioned)>, StoreError>;
    /// The same for records of one kind alone.
    async fn due_of(&self, kind: Kind, now_ms: u64, limit: u16) -> Result<Vec<(Ref, Versioned)>, StoreError>;
    /// When the next record is due, in milliseconds since 1970.
    async fn next_due_ms(&self) -> Result<Option<u64>, StoreError>;
    /// Rows of an audit chain after `after` (0 for all), in order.
    async fn rows(&self, chain: ChainName, after: u64, limit: u16) -> Result<Vec<Row>, StoreError>;
    /// The audit chains that have rows, in the order of their names, after `after`.
    async fn chains(&self, after: Option<ChainName>, limit: u16) -> Result<Vec<ChainName>, StoreError>;
    /// Where it keeps documents itself; `None` where they are files of the terminal's own.
    fn shelf(&self) -> Option<&dyn DocumentShelf> {
        None
    }

    /// Since when it does not answer, of a store that lies behind a line; `None` of one of this machine's.
    fn outage(&self) -> Option<&outage::LineOutage> {
        None
    }
}

/// Sealed documents, which every terminal can read, beside the records that hold their keys.
#[async_trait]
pub trait DocumentShelf: Send + Sync {
    /// Lays a document down, durable when it resolves. It counts once its record is committed.
    ///
    /// # Errors
    /// When it can't be kept, or that is not known: then it is nobody's, and goes a day later.
    async fn lay(&self, id: Id, sealed: &[u8]) -> Result<(), StoreError>;
    /// The document, if it is there.
    ///
    /// # Errors
    /// When the store does not answer.
    async fn take(&self, id: Id) -> Result<Option<Vec<u8>>, StoreError>;
    /// Takes it away; one that is gone already is gone.
    ///
    /// # Errors
    /// When the store does not answer.
    async fn remove(&self, id: Id) -> Result<(), StoreError>;
    /// Removes those that no record has a key for and that have lain for so long, in milliseconds; how many.
    ///
    /// # Errors
    /// When the store does not answer.
    async fn clean(&self, kept_ms: u64) -> Result<usize, StoreError>;
    /// Records of documents that are not here.
    ///
    /// # Errors
    /// When the store does not answer.
    async fn missing(&self) -> Result<Vec<Id>, StoreError>;
}
