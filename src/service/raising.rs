//! While a store that was not closed is looked through, and while what an older program wrote is being
//! raised, which takes minutes for millions of records, whoever waits is told how far it is.

use std::pin::pin;
use std::time::Duration;

use tokio::time::Instant;

use super::{Opened, ServiceError};
use crate::domain::reference::Kind;
use crate::store::Upkeep as _;
use crate::store::sled::LookingThrough;

/// Between two reports.
const EVERY: Duration = Duration::from_millis(500);
/// Looking through a store that takes less is not worth a word.
const WORTH_TELLING: Duration = Duration::from_secs(5);

/// What an opening takes its time for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Whether all is there that was acknowledged.
    LookingThrough,
    /// What an older program wrote.
    Raising,
}

/// How far opening is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raising {
    /// What is being done.
    pub work: Work,
    /// Records that were looked at, each as often as it has to be.
    pub done: u64,
    /// Of so many.
    pub of: u64,
}

/// Waits for the store's opening, and tells meanwhile how far looking through is, if that is done.
pub(super) async fn opening<T>(
    looking: &LookingThrough,
    tell: &mut (dyn FnMut(Raising) + Send),
    opening: impl Future<Output = T>,
) -> T {
    let (mut opening, begun) = (pin!(opening), Instant::now());
    loop {
        tokio::select! {
            opened = &mut opening => return opened,
            () = tokio::time::sleep(EVERY) => {
                let progress = looking.progress().filter(|_| begun.elapsed() >= WORTH_TELLING);
                if let Some((done, of)) = progress {
                    tell(Raising { work: Work::LookingThrough, done, of });
                }
            }
        }
    }
}

/// Does the work that raises the store, and tells meanwhile.
pub(super) async fn telling<T>(
    opened: &Opened,
    tell: &mut (dyn FnMut(Raising) + Send),
    work: impl Future<Output = T>,
) -> Result<T, ServiceError> {
    let kinds = opened.records.kinds_to_raise().await?;
    if kinds.is_empty() {
        return Ok(work.await);
    }
    let records = opened.store.own()?.health().await?.records;
    let times = |of: &Kind| kinds.iter().filter(|kind| *kind == of).count() as u64;
    let of = records.iter().map(|(kind, count)| count * times(kind)).sum();
    let mut work = pin!(work);
    loop {
        tokio::select! {
            done = &mut work => return Ok(done),
            () = tokio::time::sleep(EVERY) => {
                tell(Raising { work: Work::Raising, done: opened.records.looked_at().min(of), of });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::Home;
    use super::*;
    use crate::store::records::Records;
    use crate::store::sled::{OpenOptions, SledStore};
    use crate::vault::{Cost, Keys, Vault};

    #[tokio::test(start_paused = true)]
    async fn whoever_waits_is_told_until_it_is_done() {
        let folder = tempfile::tempdir().expect("a folder");
        let vault = Arc::new(Vault::new(Keys::random(), Cost::cheap_for_tests()));
        let options = OpenOptions { ballast_bytes: 0, ..OpenOptions::new(folder.path(), vault.chain()) };
        let store = Arc::new(SledStore::open(options).expect("it opens"));
        let opened =
            Opened { records: Records::new(store.clone(), vault), store: Home::Own(store), unnoted: None };
        crate::demo::furnish(&opened.records, 1).await.expect("three accounts");
        let mut told = Vec::new();
        let work = tokio::time::sleep(3 * EVERY - EVERY / 2);
        telling(&opened, &mut |raising| told.push(raising), work).await.expect("the store answers");
        assert_eq!(told, [Raising { work: Work::Raising, done: 0, of: 6 }; 2]);

        opened.records.raise(1).await.expect("it is raised");
        told.clear();
        let work = tokio::time::sleep(3 * EVERY);
        telling(&opened, &mut |raising| told.push(raising), work).await.expect("the store answers");
        assert_eq!(told, [], "nothing is left to be raised");
    }
}
