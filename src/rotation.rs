//! New keys for a store that is closed (S14). A power cut at any moment leaves a store that opens
//! with the keys in force or with those that follow, both on the disk; asked again, this goes on
//! where it was.

use std::path::{Path, PathBuf};

use crate::audit::{Actor, Entry};
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::store::records::{KEY_MARK, KeyCheckError, Reseal, check_key_mark};
use crate::store::sled::{ClosedStore, OpenError, RewriteError};
use crate::store::{StoreError, Versioned};
use crate::vault::{Cost, KeyError, Keys, Vault};

/// Memory for pages while the store is read once, in bytes.
const CACHE_BYTES: u64 = 16 * 1024 * 1024;

/// What is on the disk by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The keys that follow, beside those in force.
    Announced,
    /// A store that only the keys that follow open.
    Resealed,
    /// The keys that follow, in force.
    InForce,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotated {
    /// Records and unreadable ones; `None` when an earlier try had sealed the store.
    pub records: Option<(u64, u64)>,
    /// Where the keys lie that were in force before.
    pub kept: PathBuf,
}

#[derive(Debug, thiserror::Error)]
pub enum RotationError {
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error(transparent)]
    KeyCheck(#[from] KeyCheckError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("there is no store in {} that was ever used: there is nothing to seal anew", folder.display())]
    NoStore { folder: PathBuf },
    #[error("keys were changed 255 times, which is as often as a record can tell")]
    TooOften,
}

impl From<RewriteError> for RotationError {
    fn from(error: RewriteError) -> Self {
        match error {
            RewriteError::Open(error) => error.into(),
            RewriteError::Store(error) => error.into(),
        }
    }
}

/// The store, its key file, and who is at work.
pub struct Rotation<'a> {
    pub store: &'a Path,
    pub key: &'a Path,
    pub cost: Cost,
    pub terminal: &'a Clean,
    /// In milliseconds since 1970.
    pub now_ms: u64,
}

impl Rotation<'_> {
    /// Does all of it, or what is left of it, telling each step that is on the disk.
    ///
    /// # Errors
    /// When store or keys can't be used, or don't belong together.
    pub fn run(&self, reached: &mut dyn FnMut(Step)) -> Result<Rotated, RotationError> {
        let no_store = || RotationError::NoStore { folder: self.store.to_path_buf() };
        let store = ClosedStore::take(self.store, CACHE_BYTES)?.ok_or_else(no_store)?;
        let mark = store.get(KEY_MARK)?.ok_or_else(no_store)?;
        let in_force = Keys::load(self.key)?;
        let following = Keys::following(self.key)?;
        let was_resealed = match &following {
            Some(keys) => fits(&Vault::new(keys.copy(), self.cost), &mark)?,
            None => false,
        };
        let old = Vault::new(in_force.copy(), self.cost);
        if !was_resealed {
            check_key_mark(&old, &mark)?;
        }
        let is_announced = following.is_some();
        let following = following.or_else(|| in_force.successor()).ok_or(RotationError::TooOften)?;
        let kept = following.keep_before(self.key)?;
        if !is_announced {
            following.announce(self.key)?;
        }
        reached(Step::Announced);
        let records = match was_resealed {
            true => None,
            false => Some(self.reseal(&store, &old, &Vault::new(following.copy(), self.cost))?),
        };
        reached(Step::Resealed);
        Keys::put_in_force(self.key)?;
        reached(Step::InForce);
        Ok(Rotated { records, kept })
    }

    fn reseal(&self, store: &ClosedStore, old: &Vault, new: &Vault) -> Result<(u64, u64), RotationError> {
        let noted = |now_ms, head: [u8; 32]| {
            let head = data_encoding::HEXLOWER.encode(&head);
            let note = Clean::from(format!("the chain before ended in {head}"));
            Entry::new(now_ms, self.terminal, Actor::Operator, Action::ChangeKeys, Outcome::Done).noted(&note)
        };
        let mut reseal = Reseal::new(old, new, self.now_ms, &noted);
        store.rewrite(&mut reseal)?;
        Ok((reseal.resealed, reseal.unread))
    }
}

fn fits(vault: &Vault, mark: &Versioned) -> Result<bool, KeyCheckError> {
    match check_key_mark(vault, mark) {
        Ok(()) => Ok(true),
        Err(KeyCheckError::WrongKeys) => Ok(false),
        Err(error) => Err(error),
    }
}
