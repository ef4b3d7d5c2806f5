//! How the outbox stands: all that is in it, and the few numbers that whoever runs the kiosk wants
//! to see in the log (S22).

use std::time::Duration;

use tokio::time::Instant;

use crate::domain::errand::{Attempt, Errand, ErrandState};
use crate::domain::reference::Kind;
use crate::office::refused_addresses::count_refused;
use crate::store::StoreError;
use crate::store::records::{Held, Records};

/// The log has one line of numbers in this time at most.
const SAID_EVERY: Duration = Duration::from_secs(60);

/// Everything in the outbox, the oldest first.
#[derive(Debug, Default)]
pub struct Outbox {
    /// Those that can be unsealed.
    pub errands: Vec<Held<Errand>>,
    /// Messages that can't be read, and that hide no other.
    pub unreadable: usize,
}

impl Outbox {
    /// Reads all of it, a page at a time.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read(records: &Records) -> Result<Self, StoreError> {
        let (mut outbox, mut cursor) = (Outbox::default(), records.all(Kind::Outbox));
        while let Some((at, read)) = cursor.next().await? {
            match records.open(at, &read) {
                Ok(held) => outbox.errands.push(held),
                Err(_) => outbox.unreadable += 1,
            }
        }
        Ok(outbox)
    }
}

/// The numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Waiting or being sent.
    pub waiting: usize,
    /// Of those that wait, how many wait for somebody of the office to mend something.
    pub held: usize,
    /// Refused for good.
    pub failed: usize,
    /// Not sent in time.
    pub expired: usize,
    /// They can't be unsealed.
    pub unreadable: usize,
    /// Addresses that are marked as refusing.
    pub refused: usize,
    /// When the oldest of those that wait could first have gone, in milliseconds since 1970.
    pub oldest_ms: Option<u64>,
}

impl Census {
    /// Counts.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn take(records: &Records) -> Result<Self, StoreError> {
        let outbox = Outbox::read(records).await?;
        let refused = count_refused(records).await?;
        let start = Census { unreadable: outbox.unreadable, refused, ..Census::default() };
        Ok(outbox.errands.iter().fold(start, |census, held| census.and(&held.value)))
    }

    fn and(mut self, errand: &Errand) -> Self {
        match errand.state {
            ErrandState::Waiting | ErrandState::Leased { .. } => {
                self.waiting += 1;
                let is_held = |attempt: &Attempt| attempt.outcome.is_ours_to_mend();
                self.held += usize::from(errand.attempts.last().is_some_and(is_held));
                let oldest_ms = self.oldest_ms.unwrap_or(u64::MAX);
                self.oldest_ms = Some(oldest_ms.min(errand.not_before_ms));
            }
            ErrandState::Failed => self.failed += 1,
            ErrandState::Expired => self.expired += 1,
            ErrandState::Sent | ErrandState::Dropped | ErrandState::Cancelled | ErrandState::Withdrawn => {}
        }
        self
    }

    /// How long the oldest has been waiting; one that is held back doesn't wait yet.
    fn oldest_seconds(&self, now_ms: u64) -> u64 {
        self.oldest_ms.map_or(0, |oldest_ms| now_ms.saturating_sub(oldest_ms) / 1000)
    }
}

/// Says the numbers when they changed, once a minute at most.
#[derive(Debug, Default)]
pub struct Teller {
    said: Option<(Instant, Census)>,
    /// Something changed since they were taken.
    is_owed: bool,
}

impl Teller {
    /// Takes and says them if it is time. Otherwise it answers how long it will be until then.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn tell(
        &mut self,
        records: &Records,
        has_changed: bool,
        now_ms: u64,
    ) -> Result<Option<Duration>, StoreError> {
        self.is_owed |= has_changed || self.said.is_none();
        if !self.is_owed {
            return Ok(None);
        }
        let since = self.said.map(|(at, _)| at.elapsed());
        if let Some(wait) =
            since.and_then(|since| SAID_EVERY.checked_sub(since)).filter(|wait| !wait.is_zero())
        {
            return Ok(Some(wait));
        }
        let census = Census::take(records).await?;
        if self.said.is_none_or(|(_, before)| before != census) {
            say(&census, now_ms);
        }
        (self.said, self.is_owed) = (Some((Instant::now(), census)), false);
        Ok(None)
    }
}

fn say(census: &Census, now_ms: u64) {
    tracing::info!(
        waiting = census.waiting,
        held = census.held,
        failed = census.failed,
        expired = census.expired,
        unreadable = census.unreadable,
        refused = census.refused,
        oldest_seconds = census.oldest_seconds(now_ms),
        "the outbox"
    );
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::destination::Destination;
    use crate::domain::errand::ErrandKind;
    use crate::domain::folio::Folio;
    use crate::domain::language::Language;
    use crate::domain::rut::Rut;
    use crate::store::memory::MemoryStore;
    use crate::vault::{Cost, Keys, Vault};

    async fn put(records: &Records, state: ErrandState, created_ms: u64) {
        let to = Destination::Mail("a@example.cl".parse().unwrap());
        let company = Rut::of_body(99_999_999).unwrap();
        let folio = Folio::new([0; 5]);
        let errand = Errand::new(ErrandKind::Registered, company, to, Language::Es, folio, created_ms);
        let (id, errand) = (records.new_id(created_ms), Errand { state, ..errand });
        records.draft(created_ms).new_record(id, &errand, None).commit(records).await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn numbers_are_said_when_they_change_and_once_a_minute_at_most() {
        let vault = Arc::new(Vault::new(Keys::random(), Cost::cheap_for_tests()));
        let records = Records::new(Arc::new(MemoryStore::new(vault.chain())), vault);
        let mut teller = Teller::default();
        let mut tell = async |has_changed| teller.tell(&records, has_changed, 9_000_000).await.unwrap();
        // The first look is told, so that the log says how a kiosk began.
        assert_eq!(tell(false).await, None);
        tokio::time::advance(Duration::from_secs(20)).await;
        assert_eq!(tell(false).await, None, "nothing is owed");
        assert_eq!(tell(true).await, Some(Duration::from_secs(40)));
        tokio::time::advance(Duration::from_secs(40)).await;
        assert_eq!(tell(false).await, None);

        put(&records, ErrandState::Waiting, 5_000_000).await;
        put(&records, ErrandState::Leased { until_ms: 1 }, 4_000_000).await;
        for state in [ErrandState::Failed, ErrandState::Expired, ErrandState::Sent, ErrandState::Withdrawn] {
            put(&records, state, 1).await;
        }
        let census = Census::take(&records).await.unwrap();
        let oldest_ms = Some(4_000_000);
        assert_eq!(census, Census { waiting: 2, failed: 1, expired: 1, oldest_ms, ..Census::default() });
        assert_eq!((census.oldest_seconds(9_000_000), census.oldest_seconds(0)), (5000, 0));
    }
}
