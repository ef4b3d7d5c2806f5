//! New keys for a store that is closed (S14). A power cut at any moment leaves a store that opens
//! with the keys in force or with the next ones, both on the disk; the next run continues where
//! this one was.

use std::path::{Path, PathBuf};

use crate::audit::{Actor, Entry};
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::store::head::{self, HeadFile};
use crate::store::newest::{NotNewest, judge};
use crate::store::records::{KEY_MARK, KeyCheckError, Reseal, check_key_mark};
use crate::store::sled::{ClosedStore, OpenError, RewriteError};
use crate::store::standing::StoreStanding;
use crate::store::{StoreError, Versioned};
use crate::vault::{Cost, KeyError, Keys, Vault};

/// Memory for pages while the store is read once, in bytes.
const CACHE_BYTES: u64 = 16 * 1024 * 1024;

/// What is already on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The next keys, beside those in force.
    Announced,
    /// A store that only the next keys open.
    Resealed,
    /// The next keys are the ones in force.
    InForce,
}

/// The result of a rotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotated {
    /// How many records, and how many of them unreadable; `None` if an earlier run had sealed the
    /// store.
    pub records: Option<(u64, u64)>,
    /// Where the former keys are kept.
    pub kept: PathBuf,
}

/// Why keys can't be rotated. Nothing is lost; the command can be run again.
#[derive(Debug, thiserror::Error)]
pub enum RotationError {
    /// Keys can't be read or written.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The keys in force are not those of this store, or that can't be told.
    #[error(transparent)]
    KeyCheck(#[from] KeyCheckError),
    /// The store can't be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The store can't be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is nothing to seal again.
    #[error("there is no store in {} that was ever used: there is nothing to seal anew", folder.display())]
    NoStore {
        /// Where it would be.
        folder: PathBuf,
    },
    /// The store is not the newest that was noted (T13).
    #[error(transparent)]
    NotNewest(#[from] NotNewest),
    /// A head that the new keys don't read would keep the store from being opened.
    #[error("the head in {} can't be noted ({error}): mend that, then run the command again", folder.display())]
    Head {
        /// Where it lies.
        folder: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A sealed record names its key by one byte.
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
    /// The store's folder.
    pub store: &'a Path,
    /// Where the head lies (T13).
    pub head: &'a Path,
    /// The key file.
    pub key: &'a Path,
    /// Of hashes; rotation makes none, but a vault needs it.
    pub cost: Cost,
    /// For the row of the audit log.
    pub terminal: &'a Clean,
    /// Milliseconds since 1970.
    pub now_ms: u64,
}

impl Rotation<'_> {
    /// Does all of it, or what is left of it, and reports each step once it is on the disk.
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
            self.check_newest(store.standing(&old.chain())?, &old)?;
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
        self.note(&store, &Vault::new(following.copy(), self.cost))?;
        Keys::put_in_force(self.key)?;
        reached(Step::InForce);
        Ok(Rotated { records, kept })
    }

    /// New keys are no way to pass an older copy off as the newest.
    fn check_newest(&self, standing: Option<StoreStanding>, vault: &Vault) -> Result<(), NotNewest> {
        let refused = |reason| NotNewest { folder: self.store.into(), head: self.head.into(), reason };
        judge(standing.as_ref(), head::look(self.head, &vault.chain())).map(drop).map_err(refused)
    }

    /// Notes the store under the new keys before they are in force, on stable storage.
    fn note(&self, store: &ClosedStore, new: &Vault) -> Result<(), RotationError> {
        let failed = |error| RotationError::Head { folder: self.head.into(), error };
        let Some(standing) = store.standing(&new.chain())? else { return Ok(()) };
        match HeadFile::open(self.head, self.store, &new.chain(), &standing) {
            Ok(head) => head.sync().map_err(failed),
            Err(_) if !standing.noted => Ok(()),
            Err(error) => Err(failed(error)),
        }
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
