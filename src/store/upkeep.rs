//! What keeps a store well, apart from what use cases ask of it.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use async_trait::async_trait;

use super::StoreError;
use crate::domain::reference::Kind;

/// Room on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Space {
    /// What this user may still write.
    pub free_bytes: u64,
    /// Of the whole disk; below 10 it is time to warn.
    pub free_percent: u8,
    /// What [`Upkeep::release_ballast`] would give back.
    pub ballast_bytes: u64,
}

/// Why an open store serves nobody any more, until the next start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Its folder is not where it was: deleted, renamed, or something else was mounted there. What is
    /// written goes nowhere.
    Gone,
    /// A sync failed. What is on the disk can't be told before the machine is started again.
    Unsynced,
    /// Its files don't hold what was saved. The next start says so, and what to type.
    Damaged,
}

/// What to do, for operators.
impl fmt::Display for Loss {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Loss::Gone => {
                "the store's folder is not where it was opened: put it back or mount its disk, then start the kiosk \
                 again"
            }
            Loss::Unsynced => {
                "the disk did not make durable what was saved: look into `dmesg`, then start the machine again"
            }
            Loss::Damaged => "the store's files are damaged: start the kiosk again, which says what to type",
        })
    }
}

/// How an open store is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// It serves.
    Well,
    /// It serves without the ballast that it should keep: the disk is, or was just now, full.
    WithoutBallast,
    /// It serves nobody.
    Lost(Loss),
}

/// What the store holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// What the database takes on the disk.
    pub disk_bytes: u64,
    /// Keys and values of all entries.
    pub live_bytes: u64,
    /// Records of each kind.
    pub records: Vec<(Kind, u64)>,
    /// Entries of the unique index.
    pub links: u64,
    /// Records with a due time.
    pub due: u64,
    /// Of the audit log.
    pub rows: u64,
    /// Of the disk that it lies on.
    pub space: Space,
}

impl Health {
    /// Whether compacting pays: over three times the live bytes, and enough to matter.
    pub fn is_wasteful(&self) -> bool {
        const WORTH_BYTES: u64 = 16 * 1024 * 1024;
        self.disk_bytes > WORTH_BYTES && self.disk_bytes / 3 > self.live_bytes
    }
}

/// What an export holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// How records lie in it.
    pub schema: u32,
    /// Records, links, groups, due times, audit rows and batch ids together.
    pub entries: u64,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Of the whole file, as `sha256sum` tells it.
    pub sha256: [u8; 32],
}

/// Looking after a store.
#[async_trait]
pub trait Upkeep: Send + Sync {
    /// Writes a backup of one moment, durable when it resolves; see
    /// [`super::sled::import_export`]. Commits wait meanwhile, about a second for each 10⁵ records.
    ///
    /// # Errors
    /// When the store can't be read or the file not be written.
    async fn export(&self, file: &Path) -> Result<Summary, StoreError> {
        self.export_counting(file, Arc::default()).await
    }

    /// The same, counting up `written` with each entry, for whoever waits.
    ///
    /// # Errors
    /// When the store can't be read or the file not be written.
    async fn export_counting(&self, file: &Path, written: Arc<AtomicU64>) -> Result<Summary, StoreError>;

    /// Counts what is there, reading all of it; commits wait meanwhile.
    ///
    /// # Errors
    /// When the store can't be read.
    async fn health(&self) -> Result<Health, StoreError>;

    /// Free space and ballast; cheap enough to ask every minute.
    ///
    /// # Errors
    /// When the disk does not say.
    fn space(&self) -> io::Result<Space>;

    /// Writes the database anew without the room that deleted records left, when
    /// [`Health::is_wasteful`] says so. Needs free space for the live records; commits wait.
    ///
    /// # Errors
    /// When there is no room for it; the store is as it was then.
    async fn compact(&self) -> Result<(), StoreError>;

    /// Gives the ballast's space back to a full disk.
    ///
    /// # Errors
    /// When the file can't be removed.
    fn release_ballast(&self) -> io::Result<()>;
}
