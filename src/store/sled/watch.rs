//! What the storage thread looks after besides its requests: that the folder is still there, that a
//! full disk gets the ballast's room, and that the ballast is kept again when there is room for it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tokio::sync::watch::Sender;

use super::database::Database;
use super::failure::{StoreFailure, applying};
use super::folder;
use crate::store::upkeep::{Condition, Loss};

/// Between two looks.
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// With less than this a disk is full: sled writes half a mebibyte in one piece, and its list of pages
/// besides.
const FULL_BELOW_BYTES: u64 = 4 * 1024 * 1024;

/// When to look, what for, and whom to tell.
pub struct Watch {
    folder: PathBuf,
    ballast_bytes: u64,
    condition: Sender<Condition>,
    next: Instant,
}

impl Watch {
    /// `ballast_bytes` are kept where there is room for them; 0 for none.
    pub fn new(folder: PathBuf, ballast_bytes: u64, condition: Sender<Condition>) -> Self {
        Watch { folder, ballast_bytes, condition, next: Instant::now() + LOOK_EVERY }
    }

    /// Until the next look.
    pub fn rest(&self) -> Duration {
        self.next.saturating_duration_since(Instant::now())
    }

    /// Looks around, if it is time to and anything is open. An error is the folder's.
    pub fn look(&mut self, open: Option<&Database>) -> Result<(), StoreFailure> {
        if !self.rest().is_zero() {
            return Ok(());
        }
        self.next = Instant::now() + LOOK_EVERY;
        let Some(database) = open else { return Ok(()) };
        is_in_place(database)?;
        self.keep_ballast();
        Ok(())
    }

    /// Reserves the ballast where it is missing and there is room for twice as much. A store works
    /// without it; `space` tells that it is missing.
    pub fn keep_ballast(&self) {
        if self.ballast_bytes == 0 {
            return;
        }
        if folder::ballast_bytes(&self.folder) == 0 {
            // Without room for it there is none.
            let _ = folder::make_ballast(&self.folder, self.ballast_bytes);
        }
        let is_kept = folder::ballast_bytes(&self.folder) > 0;
        self.becomes(if is_kept { Condition::Well } else { Condition::WithoutBallast });
    }

    /// Gives the ballast's room to the disk, if that is full. Whether there was any to give.
    pub fn give_up_ballast(&self) -> bool {
        let given = give_up_ballast(&self.folder);
        if given {
            self.becomes(Condition::WithoutBallast);
        }
        given
    }

    fn becomes(&self, condition: Condition) {
        let has_changed = self.condition.send_if_modified(|before| {
            let changes = *before != condition;
            *before = condition;
            changes
        });
        match condition {
            Condition::Well if has_changed => tracing::info!("the ballast is kept again"),
            Condition::WithoutBallast if has_changed => {
                tracing::warn!("no ballast is kept for a full disk: make room");
            }
            _ => {}
        }
    }

    /// Says that nothing is served any more.
    pub fn tell(&self, loss: Loss) {
        tracing::error!(reason = %loss, "the store serves no more");
        self.condition.send_replace(Condition::Lost(loss));
    }
}

/// Whether what was just written is where the next start looks for it.
pub fn is_in_place(database: &Database) -> Result<(), StoreFailure> {
    match database.is_in_place() {
        Ok(true) => Ok(()),
        Ok(false) => Err(StoreFailure::Gone),
        Err(error) => Err(applying(error)),
    }
}

/// Gives the ballast's room to a full disk. Whether there was any to give.
pub fn give_up_ballast(folder: &Path) -> bool {
    let bytes = folder::ballast_bytes(folder);
    let is_full = folder::free_bytes(folder).is_ok_and(|(free, _)| free < FULL_BELOW_BYTES);
    if bytes == 0 || !is_full || folder::release_ballast(folder).is_err() {
        return false;
    }
    tracing::error!(bytes, "the disk is full, and the ballast was given up: make room");
    true
}
