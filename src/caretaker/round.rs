//! The caretaker's day: sleep until something is due, look, bring up what is due, a few at once.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, RwLock};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

use super::cut::AUDIT_KEPT_MS;
use super::due::DueWork;
use crate::audit::{Actor, Author};
use crate::clock::{Clock, JumpWatch};
use crate::courier::Courier;
use crate::courier::census::Teller;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::office_time::OfficeTime;
use crate::domain::reference::{Kind, Ref};
use crate::store::records::Records;
use crate::store::{StoreError, Versioned};

/// Records read at once.
const READ_AT_ONCE: u16 = 32;
/// Records worked on at once.
const WORKED_AT_ONCE: usize = 4;
/// What takes longer holds up nothing else.
const PATIENCE: Duration = Duration::from_secs(10);
/// What was begun has so long to finish when the kiosk stops.
const FINISHED_WITHIN: Duration = Duration::from_secs(20);
/// The wait after the store failed.
const STORE_PAUSE: Duration = Duration::from_secs(30);
/// The longest wait for what is due: the clock may be set, or the machine sleep.
const LONGEST_SLEEP: Duration = Duration::from_secs(3600);
/// How soon what waits for a second clock is looked at again, in milliseconds.
const LOOK_AGAIN_MS: u64 = 5_000;

/// What one look at the records that are due came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// How many records were brought up.
    pub brought_up: usize,
    /// How many of them a failing store left as they were.
    pub failed: usize,
    /// When the next record is due, in milliseconds since 1970.
    pub next_due_ms: Option<u64>,
}

/// Brings up whatever is due, and hands errands to the courier. One is enough; several do no harm.
#[derive(Clone)]
pub struct Caretaker {
    records: Records,
    clock: Clock,
    work: DueWork,
    /// Shared by all that is being worked on.
    at_work: Arc<RwLock<()>>,
}

impl Caretaker {
    /// At the terminal of this name.
    pub fn new(records: Records, courier: Courier, clock: Clock, terminal: Clean) -> Self {
        // Rows of the log are stored, and have told of all that is due in the courier's name.
        let author = Author::new(terminal, Actor::Courier);
        let work = DueWork { records: records.clone(), courier, author, audit_kept_ms: AUDIT_KEPT_MS };
        Caretaker { records, clock, work, at_work: Arc::default() }
    }

    /// The same, with rows of the audit log kept for so many milliseconds (S15).
    pub fn keeping_audit(mut self, audit_kept_ms: u64) -> Self {
        self.work.audit_kept_ms = audit_kept_ms;
        self
    }

    /// From then on the front of the audit log is looked after.
    ///
    /// # Errors
    /// When the store can't save.
    pub async fn keep_audit(&self, now_ms: u64) -> Result<(), StoreError> {
        super::cut::begin(&self.records, now_ms).await
    }

    /// Works until `stop` resolves; what was begun is finished first, unless it takes too long. Sleeps until the next record
    /// is due or `wake` is notified: whoever commits an errand does that.
    pub async fn run(self, wake: Arc<Notify>, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        let (mut watch, started, mut teller) = (JumpWatch::default(), Instant::now(), Teller::default());
        loop {
            let pause = self.round(&mut watch, started, &mut teller).await;
            tokio::select! {
                biased;
                () = &mut stop => break,
                () = wake.notified() => {}
                () = sleep(pause) => {}
            }
        }
        // A mail whose fate is open would be sent again after the next start.
        let _ = timeout(FINISHED_WITHIN, self.at_work.write()).await;
    }

    /// One look by the clock; how long to sleep after it, `None` until woken.
    async fn round(&self, watch: &mut JumpWatch, started: Instant, teller: &mut Teller) -> Option<Duration> {
        let looked = match self.look(watch, started).await {
            Ok((now_ms, round)) => {
                let has_changed = round.brought_up > 0;
                teller.tell(&self.records, has_changed, now_ms).await.map(|until| (now_ms, round, until))
            }
            Err(error) => Err(error),
        };
        match looked {
            Ok((now_ms, round, until_told)) => pause_after(&round, until_told, now_ms),
            Err(error) => {
                tracing::error!(reason = %error, "the outbox can't be read");
                Some(STORE_PAUSE)
            }
        }
    }

    async fn look(&self, watch: &mut JumpWatch, started: Instant) -> Result<(u64, Round), StoreError> {
        let wall_ms = (self.clock)();
        let time = self.records.time(wall_ms).await?;
        let steady_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        if watch.jumped(wall_ms, steady_ms, time.behind_ms().is_some()) {
            tracing::warn!("the clock jumped by more than five minutes");
            let jump = self.work.author.row(time.now_ms(), Action::ClockJump, Outcome::Done);
            self.records.draft(time.now_ms()).audit(&jump).commit(&self.records).await?;
        }
        Ok((time.now_ms(), self.step_at(time).await?))
    }

    /// What [`Caretaker::step_at`] does when both clocks agree on this time, in milliseconds since 1970.
    ///
    /// # Errors
    /// As there.
    pub async fn step(&self, now_ms: u64) -> Result<Round, StoreError> {
        self.step_at(OfficeTime::agreed(now_ms)).await
    }

    /// Brings up what is due at this time, a few at once. A record that can't be read, or that
    /// breaks whoever works on it, is set aside and holds up no other.
    ///
    /// # Errors
    /// When the store can't say what is due.
    pub async fn step_at(&self, time: OfficeTime) -> Result<Round, StoreError> {
        let due = self.due(time).await?;
        let mut round = Round { brought_up: due.len(), failed: 0, next_due_ms: None };
        let mut tasks = JoinSet::new();
        for (at, read) in due {
            if tasks.len() >= WORKED_AT_ONCE {
                round.failed += usize::from(!matches!(tasks.join_next().await, Some(Ok(true))));
            }
            let caretaker = self.clone();
            tasks.spawn(async move { caretaker.begin(at, read, time).await });
        }
        while let Some(done) = tasks.join_next().await {
            round.failed += usize::from(!matches!(done, Ok(true)));
        }
        round.next_due_ms = self.records.store().next_due_ms().await?;
        if time.protections().ms() < time.now_ms() {
            // What is due by one clock alone is looked at again, but not without a pause.
            let soonest_ms = time.now_ms() + LOOK_AGAIN_MS;
            round.next_due_ms = round.next_due_ms.map(|due_ms| due_ms.max(soonest_ms));
        }
        Ok(round)
    }

    /// Whatever is due by what is proved, and messages that are due by what they are dated by: sending
    /// one takes nothing away (T12).
    async fn due(&self, time: OfficeTime) -> Result<Vec<(Ref, Versioned)>, StoreError> {
        let (store, proved) = (self.records.store(), time.protections());
        let mut due = store.due(proved.ms(), READ_AT_ONCE).await?;
        if proved.ms() < time.now_ms() {
            let messages = store.due_of(Kind::Outbox, time.now_ms(), READ_AT_ONCE).await?;
            due.extend(messages.into_iter().filter(|(_, read)| read.due_ms > Some(proved.ms())));
        }
        Ok(due)
    }

    /// Whether the record was dealt with, or somebody is at it: what takes long holds up nothing else, and
    /// goes on by itself.
    async fn begin(self, at: Ref, read: Versioned, time: OfficeTime) -> bool {
        let at_work = self.at_work.clone().read_owned().await;
        let mut work = tokio::spawn(async move {
            let _at_work = at_work;
            self.bring_up(at, read, time).await
        });
        match timeout(PATIENCE, &mut work).await {
            Ok(done) => matches!(done, Ok(true)),
            Err(_) => true,
        }
    }

    /// Whether the record was dealt with.
    async fn bring_up(&self, at: Ref, read: Versioned, time: OfficeTime) -> bool {
        let (work, copy) = (self.work.clone(), read.clone());
        // A task of its own: what breaks there breaks nothing here.
        let done = tokio::spawn(async move { work.bring_up(at, &copy, time).await }).await;
        let done = match done {
            Ok(Err(StoreError::Corrupt(_))) | Err(_) => self.work.set_aside(at, &read, time.now_ms()).await,
            Ok(done) => done,
        };
        match done {
            // Somebody else has it, or it changed: it comes up again when it is due.
            Ok(()) | Err(StoreError::Conflict(_)) => true,
            Err(error) => {
                tracing::error!(reason = %error, "a record that is due could not be dealt with");
                false
            }
        }
    }
}

/// How long to sleep after a look; `None` until woken.
fn pause_after(round: &Round, until_told: Option<Duration>, now_ms: u64) -> Option<Duration> {
    if round.failed > 0 {
        return Some(STORE_PAUSE);
    }
    let until_due = |due_ms: u64| Duration::from_millis(due_ms.saturating_sub(now_ms));
    let until_due = round.next_due_ms.map(|due_ms| until_due(due_ms).min(LONGEST_SLEEP));
    until_due.into_iter().chain(until_told).min()
}

async fn sleep(pause: Option<Duration>) {
    match pause {
        Some(pause) => tokio::time::sleep(pause).await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sleeps_until_something_is_due_or_to_be_told() {
        let (now_ms, second) = (50_000, Duration::from_secs(1));
        let round = |failed, next_due_ms| Round { brought_up: 3, failed, next_due_ms };
        let table = [
            (round(0, None), None, None),
            (round(0, Some(52_000)), None, Some(2 * second)),
            (round(0, Some(40_000)), None, Some(Duration::ZERO)),
            (round(0, Some(u64::MAX)), None, Some(LONGEST_SLEEP)),
            (round(0, Some(52_000)), Some(second), Some(second)),
            (round(0, None), Some(second), Some(second)),
            (round(1, Some(52_000)), Some(second), Some(STORE_PAUSE)),
        ];
        for (round, until_told, pause) in table {
            assert_eq!(pause_after(&round, until_told, now_ms), pause, "{round:?}");
        }
    }
}
