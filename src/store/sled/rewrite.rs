//! A store that nobody has open, written anew entry by entry: for what changes all of it at once.
//! The new database takes the place of the old one as a whole, or not at all.

use std::path::{Path, PathBuf};

use super::database::Database;
use super::folder::{self, Lock};
use super::health::everything;
use super::load::Load;
use super::look_through::LookingThrough;
use super::open;
use super::open_error::OpenError;
use super::stand;
use super::tally::{StoreTally, StoreTotal};
use crate::audit::{Chain, ChainName, Row};
use crate::domain::reference::Ref;
use crate::store::keys::{self, Sort};
use crate::store::rules::KeyValue;
use crate::store::standing::{self, Label, StoreStanding};
use crate::store::{StoreError, Versioned};

/// What becomes of each entry. Records come first, those of the store itself before all others;
/// then the audit rows, chain after chain, in their order. Links, groups, due times and batch ids stay as they are.
pub trait Rewriter {
    /// What the store's audit rows and its standing are keyed by so far, and what from now on.
    fn chains(&self) -> (Chain, Chain);

    /// The record's bytes in the new database.
    ///
    /// # Errors
    /// To leave the store as it is.
    fn record(&mut self, at: Ref, read: &Versioned) -> Result<Vec<u8>, StoreError>;

    /// The row in the new database, under the same number.
    ///
    /// # Errors
    /// To leave the store as it is.
    fn row(&mut self, chain: ChainName, row: &Row) -> Result<Row, StoreError>;

    /// A row after all others of its chain, for each chain that shall have one.
    ///
    /// # Errors
    /// To leave the store as it is.
    fn last_rows(&mut self) -> Result<Vec<(ChainName, Row)>, StoreError>;
}

/// Why a store can't be written anew. The old one stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum RewriteError {
    /// It can't be opened, or the new one can't be made.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// What is in it can't be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A closed store, which is this process's alone until this is dropped.
pub struct ClosedStore {
    folder: PathBuf,
    cache_capacity_bytes: u64,
    _lock: Lock,
}

impl ClosedStore {
    /// Takes the store of a folder; `None` where there is none.
    ///
    /// # Errors
    /// When another process has it.
    pub fn take(folder: &Path, cache_capacity_bytes: u64) -> Result<Option<Self>, OpenError> {
        if !folder::holds_store(folder) {
            return Ok(None);
        }
        let lock = folder::lock(folder)?;
        Ok(Some(ClosedStore { folder: folder.into(), cache_capacity_bytes, _lock: lock }))
    }

    /// One record.
    ///
    /// # Errors
    /// When the store can't be opened, or the record not be read.
    pub fn get(&self, at: Ref) -> Result<Option<Versioned>, RewriteError> {
        let database = self.open()?;
        let value = database.db.get(keys::record(at)).map_err(|error| self.failed(error));
        open::close_finished(&self.folder, database);
        Ok(value?.map(|value| keys::read_versioned(&value)).transpose()?)
    }

    /// Where the store stands, by the keys that it was written with.
    ///
    /// # Errors
    /// When the store can't be opened, or its standing was not written with these keys.
    pub fn standing(&self, chain: &Chain) -> Result<Option<StoreStanding>, RewriteError> {
        let database = self.open()?;
        let standing = stand::read(&database, chain);
        open::close(database);
        Ok(standing?)
    }

    /// Writes the whole store anew. When it returns, the new one is in place and durable, and the
    /// old one is gone; after an error, or a power cut before, the old one is as it was.
    ///
    /// # Errors
    /// When the store can't be opened, read or written, or the rewriter says so.
    pub fn rewrite(&self, rewriter: &mut dyn Rewriter) -> Result<(), RewriteError> {
        let old = self.open()?;
        let mut refused = None;
        let built = open::build(&self.folder, self.cache_capacity_bytes, |load| {
            refused = self.copy(&old, load, rewriter).err();
            Ok(())
        });
        open::close_finished(&self.folder, old);
        if let Some(error) = built.err().map(RewriteError::Open).or(refused) {
            // What was built is worthless; the next opening removes it if this cannot.
            let _ = folder::remove_building(&self.folder);
            return Err(error);
        }
        let replaced = folder::compacted(&self.folder);
        let placed = folder::put_in_place(&self.folder, &replaced);
        placed
            .and_then(|()| folder::settle(&self.folder))
            .map_err(|error| OpenError::from_io(&self.folder, error).into())
    }

    fn open(&self) -> Result<Database, OpenError> {
        open::open(&self.folder, self.cache_capacity_bytes, &LookingThrough::default())
    }

    fn copy(&self, old: &Database, load: &mut Load, rewriter: &mut dyn Rewriter) -> Result<(), RewriteError> {
        let unwritten = |error| OpenError::from_io(&self.folder, error);
        let (chain_before, chain) = rewriter.chains();
        let mut tally = StoreTally::new(&chain);
        let all = everything();
        for entry in old.db.range(all.from..all.until) {
            let (key, value) = entry.map_err(|error| self.failed(error))?;
            let (key, value) = rewritten((key.to_vec(), value.to_vec()), rewriter)?;
            tally.add(&key, &value)?;
            load.add(key, value).map_err(unwritten)?;
        }
        for (chain, last) in rewriter.last_rows()? {
            let (key, row) = (keys::audit(chain, last.sequence), keys::write_row(&last.mac, &last.bytes));
            tally.add(&key, &row)?;
            load.add(key, row).map_err(unwritten)?;
        }
        if let Some(standing) = stand::read(old, &chain_before)? {
            let written = rewritten_standing(standing, tally.finish()).write(&chain, Label::Store)?;
            load.add(standing::KEY.to_vec(), written).map_err(unwritten)?;
        }
        Ok(())
    }

    fn failed(&self, error: sled::Error) -> OpenError {
        OpenError::from_io(&self.folder, error.into())
    }
}

/// One group further, with all that was written.
fn rewritten_standing(mut standing: StoreStanding, tallied: StoreTotal) -> StoreStanding {
    let StoreTotal { sum, rows, end, is_listed: _ } = tallied;
    standing.point.count += 1;
    StoreStanding { sum, rows, end, ..standing }
}

fn rewritten((key, value): KeyValue, rewriter: &mut dyn Rewriter) -> Result<KeyValue, StoreError> {
    let value = match keys::sort(&key) {
        Some(Sort::Record(_)) => {
            let read = keys::read_versioned(&value)?;
            let bytes = rewriter.record(keys::read_target(&key)?, &read)?;
            keys::write_versioned(&Versioned { bytes, ..read })
        }
        Some(Sort::Audit) => {
            let row = rewriter.row(keys::read_chain(&key)?, &keys::read_row(&key, &value)?)?;
            keys::write_row(&row.mac, &row.bytes)
        }
        Some(Sort::Link | Sort::Due | Sort::Seen | Sort::Member | Sort::Group) => value,
        None => return Err(StoreError::Corrupt("a key of no known sort".into())),
    };
    Ok((key, value))
}
