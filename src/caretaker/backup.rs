//! Backups of the store: one sealed file of one moment, read back before it counts. A running kiosk
//! makes its own when nobody is at the screen, because it alone can open the store. After a backup it
//! gives back the room that deleted records left.

use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use tokio::sync::watch;

use crate::audit::{Actor, Entry};
use crate::clock::Clock;
use crate::config;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::store::records::Records;
use crate::store::sled::{ExportError, SledStore, make_private_folder, verify_export};
use crate::store::{StoreError, backups};
use crate::store::{Summary, Upkeep};

/// How long a backup waits for the person at the screen to leave, in milliseconds.
const PATIENCE_MS: u64 = 3_600_000;
/// The wait before the screen is looked at again, in milliseconds, if nothing tells of it before.
const LOOK_AGAIN_MS: u64 = 60_000;
/// The wait after a backup that failed, in milliseconds.
const TRY_AGAIN_MS: u64 = 3_600_000;
/// The longest wait for the next one: the clock may be set, or the machine sleep.
const LONGEST_SLEEP: Duration = Duration::from_secs(3600);

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A backup never overwrites anything.
    #[error("there is a file {} already: give the backup another name; nothing was changed", file.display())]
    Exists {
        /// The file.
        file: PathBuf,
    },
    /// Its folder can't be made.
    #[error("the folder {} can't be made ({error}): check its place and its rights", folder.display())]
    Folder {
        /// The folder of the backups.
        folder: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was written can't be read.
    #[error(transparent)]
    ReadBack(#[from] ExportError),
    /// It reads back as something else.
    #[error(
        "{} doesn't read back as it was written: don't rely on it, and check the disk",
        file.display()
    )]
    Differs {
        /// The backup.
        file: PathBuf,
    },
}

/// Writes a backup to a file that is not there yet, and reads all of it back. `written` counts
/// entries for whoever waits. Commits wait meanwhile, about a second for each 10⁵ records.
///
/// # Errors
/// When there is such a file, or it can't be written, or doesn't read back as it was written.
pub async fn make(store: &SledStore, file: &Path, written: Arc<AtomicU64>) -> Result<Summary, BackupError> {
    if file.exists() {
        return Err(BackupError::Exists { file: file.to_path_buf() });
    }
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let fault = |error| BackupError::Folder { folder: folder.to_path_buf(), error };
        make_private_folder(folder).map_err(fault)?;
    }
    let summary = store.export_counting(file, written).await?;
    let copy = file.to_path_buf();
    let read_back = tokio::task::spawn_blocking(move || verify_export(&copy)).await;
    let read_back = read_back.map_err(|error| StoreError::Unavailable(error.to_string()))??;
    match read_back == summary {
        true => Ok(summary),
        false => Err(BackupError::Differs { file: file.to_path_buf() }),
    }
}

/// Puts a backup that was made on record.
///
/// # Errors
/// When the store can't save.
pub async fn note(records: &Records, terminal: &Clean, actor: Actor, now_ms: u64) -> Result<(), StoreError> {
    let entry = Entry::new(now_ms, terminal, actor, Action::BackUp, Outcome::Done);
    records.draft(now_ms).audit(&entry).commit(records).await
}

/// The kiosk's own backups: one every so often, the last few kept.
pub struct Backups {
    store: Arc<SledStore>,
    records: Records,
    clock: Clock,
    terminal: Clean,
    folder: PathBuf,
    every_ms: u64,
    keep: usize,
    /// Counts as the last backup where there is none.
    began_ms: u64,
}

impl Backups {
    /// `None` when the settings ask for none.
    pub fn new(
        settings: &config::Store,
        terminal: &Clean,
        store: Arc<SledStore>,
        records: Records,
        clock: Clock,
    ) -> Option<Self> {
        let every_ms = u64::try_from(settings.export_every?.as_millis()).ok()?;
        Some(Backups {
            store,
            records,
            terminal: terminal.clone(),
            folder: settings.export_folder.clone(),
            every_ms,
            keep: usize::try_from(settings.keep_exports).unwrap_or(usize::MAX),
            began_ms: clock(),
            clock,
        })
    }

    /// Works until `stop` is notified; a backup that was begun is finished first. `at_rest` says
    /// whether nobody is at the screen.
    pub async fn run(self, mut at_rest: watch::Receiver<bool>, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        loop {
            let is_at_rest = *at_rest.borrow_and_update();
            let until_ms = self.step(is_at_rest).await;
            let now_ms = self.now_ms().await.unwrap_or(until_ms.saturating_sub(TRY_AGAIN_MS));
            let pause_ms = until_ms.saturating_sub(now_ms);
            tokio::select! {
                biased;
                () = &mut stop => return,
                changed = at_rest.changed() => if changed.is_err() { return },
                () = tokio::time::sleep(Duration::from_millis(pause_ms).min(LONGEST_SLEEP)) => {}
            }
        }
    }

    /// Makes a backup if it is time for one. Says when to look again, in milliseconds since 1970.
    pub async fn step(&self, is_at_rest: bool) -> u64 {
        let Ok(now_ms) = self.now_ms().await else {
            return (self.clock)().saturating_add(TRY_AGAIN_MS);
        };
        // One from the future was made while the clock was wrong, and says nothing.
        let mut past = backups::named(&self.folder).into_iter().filter(|(made_ms, _)| *made_ms <= now_ms);
        let last_ms = past.next_back().map_or(self.began_ms.min(now_ms), |(made_ms, _)| made_ms);
        if let Some(until_ms) = waits_until(last_ms, self.every_ms, is_at_rest, now_ms) {
            return until_ms;
        }
        match self.make_one(now_ms).await {
            Ok(()) => {
                if is_at_rest {
                    self.give_room_back().await;
                }
                now_ms.saturating_add(self.every_ms)
            }
            Err(error) => {
                tracing::error!(reason = %error, "no backup could be made");
                now_ms + TRY_AGAIN_MS
            }
        }
    }

    /// The office's time: a backup is neither due nor named by a clock that nobody believes (T12).
    async fn now_ms(&self) -> Result<u64, StoreError> {
        Ok(self.records.time((self.clock)()).await?.now_ms())
    }

    /// Compacts the store when that pays: right after a backup and with nobody at the screen, because
    /// commits wait meanwhile. A compaction that fails leaves everything as it was.
    async fn give_room_back(&self) {
        let compacted = async {
            let before = self.store.health().await?;
            if !before.is_wasteful() {
                return Ok(());
            }
            self.store.compact().await?;
            let after = self.store.health().await?;
            tracing::info!(
                before_bytes = before.disk_bytes,
                after_bytes = after.disk_bytes,
                "store compacted"
            );
            Ok::<(), StoreError>(())
        };
        if let Err(error) = compacted.await {
            tracing::warn!(reason = %error, "the store could not be compacted");
        }
    }

    async fn make_one(&self, now_ms: u64) -> Result<(), BackupError> {
        let file = self.folder.join(backups::name_at(now_ms));
        let made = make(&self.store, &file, Arc::default()).await?;
        tracing::info!(bytes = made.bytes, count = made.entries, "backup made");
        note(&self.records, &self.terminal, Actor::Kiosk, now_ms).await?;
        if let Err(error) = backups::sweep(&self.folder, self.keep, now_ms) {
            tracing::warn!(reason = %error, "old backups could not be removed");
        }
        Ok(())
    }
}

/// When to look again whether it is time for a backup; `None` when it is. All in milliseconds since
/// 1970, but for `every_ms`.
fn waits_until(last_ms: u64, every_ms: u64, is_at_rest: bool, now_ms: u64) -> Option<u64> {
    let due_ms = last_ms.saturating_add(every_ms);
    if now_ms < due_ms {
        return Some(due_ms);
    }
    let is_patient = !is_at_rest && now_ms < due_ms.saturating_add(PATIENCE_MS);
    is_patient.then_some(now_ms + LOOK_AGAIN_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_waits_for_its_time_and_an_hour_for_the_screen() {
        let (day, last) = (24 * 3_600_000, 500);
        let due = last + day;
        let table = [
            (true, due - 1, Some(due)),
            (true, due, None),
            (false, due, Some(due + LOOK_AGAIN_MS)),
            (false, due + PATIENCE_MS - 1, Some(due + PATIENCE_MS - 1 + LOOK_AGAIN_MS)),
            (false, due + PATIENCE_MS, None),
        ];
        for (is_at_rest, now_ms, wait) in table {
            assert_eq!(waits_until(last, day, is_at_rest, now_ms), wait, "{is_at_rest} {now_ms}");
        }
        assert_eq!(waits_until(5, u64::MAX, true, 9), Some(u64::MAX));
    }
}
