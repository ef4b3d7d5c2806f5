//! The courier's day: sleep until an errand is due, look, bring up what is due, a few at once.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::Adapters;
use super::audit_kept::AUDIT_KEPT_MS;
use super::census::Teller;
use crate::audit::AuditAnchor;
use crate::audit::{Actor, Entry};
use crate::clock::{Clock, JumpWatch};
use crate::documents::declaration;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::errand::Errand;
use crate::domain::lives::FLOWS_KEPT_MS;
use crate::domain::reference::{Kind, Ref};
use crate::domain::refused_address::REFUSED_KEPT_MS;
use crate::domain::update::Erasure;
use crate::erasure::KeptOfCompany;
use crate::store::records::{Held, Records};
use crate::store::{StoreError, Versioned};

/// When a record that can't be read is looked at again.
const SET_ASIDE_MS: u64 = 3_600_000;
/// Errands read at once, and worked on at once.
const READ_AT_ONCE: u16 = 32;
const SENT_AT_ONCE: usize = 4;
/// The wait after the store failed.
const STORE_PAUSE: Duration = Duration::from_secs(30);
/// The longest wait for what is due: the clock may be set, or the machine sleep.
const LONGEST_SLEEP: Duration = Duration::from_secs(3600);

/// What a look into the outbox came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Records that were brought up, and those of them that a failing store left as they were.
    pub brought_up: usize,
    pub failed: usize,
    pub next_due_ms: Option<u64>,
}

/// The worker. One is enough; several do no harm.
#[derive(Clone)]
pub struct Courier {
    pub(super) records: Records,
    pub(super) adapters: Adapters,
    clock: Clock,
    /// The terminal's name, for the audit log.
    terminal: Clean,
    /// How long a recovery is kept after its last key ran out, in milliseconds (S15).
    pub(super) flows_kept_ms: u64,
    /// How long a refused address stays marked, in milliseconds (S15).
    pub(super) refused_kept_ms: u64,
    /// How long rows of the audit log are kept, in milliseconds (S15).
    pub(super) audit_kept_ms: u64,
    /// The template of the declaration that facilitators' requests need.
    pub(super) declaration: Arc<[u8]>,
}

impl Courier {
    pub fn new(records: Records, adapters: Adapters, clock: Clock, terminal: Clean) -> Self {
        Courier {
            records,
            adapters,
            clock,
            terminal,
            flows_kept_ms: FLOWS_KEPT_MS,
            refused_kept_ms: REFUSED_KEPT_MS,
            audit_kept_ms: AUDIT_KEPT_MS,
            declaration: Arc::from(declaration::BUILT_IN),
        }
    }

    /// The same, with recoveries kept for so many milliseconds after their last key (S15).
    pub fn keeping_flows(self, flows_kept_ms: u64) -> Self {
        Courier { flows_kept_ms, ..self }
    }

    /// The same, with refused addresses marked for so many milliseconds (S15).
    pub fn keeping_refusals(self, refused_kept_ms: u64) -> Self {
        Courier { refused_kept_ms, ..self }
    }

    /// The same, with rows of the audit log kept for so many milliseconds (S15).
    pub fn keeping_audit(self, audit_kept_ms: u64) -> Self {
        Courier { audit_kept_ms, ..self }
    }

    /// The same, with the office's own template of the declaration.
    pub fn handing_out(self, declaration: Arc<[u8]>) -> Self {
        Courier { declaration, ..self }
    }

    /// Works until `stop` resolves; what was begun is finished first. Sleeps until the next
    /// errand is due or `wake` is notified: who commits an errand does that.
    pub async fn run(self, wake: Arc<Notify>, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        let (mut watch, started, mut teller) = (JumpWatch::default(), Instant::now(), Teller::default());
        loop {
            let pause = self.round(&mut watch, started, &mut teller).await;
            tokio::select! {
                biased;
                () = &mut stop => return,
                () = wake.notified() => {}
                () = sleep(pause) => {}
            }
        }
    }

    /// One look by the clock; how long to sleep after it, `None` until woken.
    async fn round(&self, watch: &mut JumpWatch, started: Instant, teller: &mut Teller) -> Option<Duration> {
        let looked = match self.look(watch, started).await {
            Ok((now_ms, step)) => {
                let has_changed = step.brought_up > 0;
                teller.tell(&self.records, has_changed, now_ms).await.map(|until| (now_ms, step, until))
            }
            Err(error) => Err(error),
        };
        match looked {
            Ok((_, step, _)) if step.failed > 0 => Some(STORE_PAUSE),
            Ok((now_ms, step, until_told)) => {
                let until_due = |due_ms: u64| Duration::from_millis(due_ms.saturating_sub(now_ms));
                let until_due = step.next_due_ms.map(|due_ms| until_due(due_ms).min(LONGEST_SLEEP));
                until_due.into_iter().chain(until_told).min()
            }
            Err(error) => {
                tracing::error!(reason = %error, "the outbox can't be read");
                Some(STORE_PAUSE)
            }
        }
    }

    async fn look(&self, watch: &mut JumpWatch, started: Instant) -> Result<(u64, Step), StoreError> {
        let wall_ms = (self.clock)();
        let time = self.records.time(wall_ms).await?;
        let steady_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        if watch.jumped(wall_ms, steady_ms, time.behind_ms.is_some()) {
            tracing::warn!("the clock jumped by more than five minutes");
            let jump = self.entry(time.now_ms, Action::ClockJump, Outcome::Done);
            self.records.draft(time.now_ms).audit(&jump).commit(&self.records).await?;
        }
        Ok((time.now_ms, self.step(time.now_ms).await?))
    }

    /// Brings up what is due at this time, a few at once, and says when the next is due. One
    /// that can't be read, or that breaks the courier, is set aside, and holds up no other.
    pub async fn step(&self, now_ms: u64) -> Result<Step, StoreError> {
        let due = self.records.store().due(now_ms, READ_AT_ONCE).await?;
        let mut step = Step { brought_up: due.len(), failed: 0, next_due_ms: None };
        let mut tasks = JoinSet::new();
        for (at, read) in due {
            if tasks.len() >= SENT_AT_ONCE {
                step.failed += usize::from(!matches!(tasks.join_next().await, Some(Ok(true))));
            }
            let courier = self.clone();
            tasks.spawn(async move { courier.bring_up_guarded(at, read, now_ms).await });
        }
        while let Some(done) = tasks.join_next().await {
            step.failed += usize::from(!matches!(done, Ok(true)));
        }
        step.next_due_ms = self.records.store().next_due_ms().await?;
        Ok(step)
    }

    /// Whether the record was dealt with.
    async fn bring_up_guarded(&self, at: Ref, read: Versioned, now_ms: u64) -> bool {
        let (courier, copy) = (self.clone(), read.clone());
        let done = match tokio::spawn(async move { courier.bring_up(at, copy, now_ms).await }).await {
            Ok(done) => done,
            Err(_) => self.set_aside(at, &read, now_ms).await,
        };
        match done {
            // Another courier has it, or it changed: it comes up again when it is due.
            Ok(()) | Err(StoreError::Conflict(_)) => true,
            // What it is about can't be read: it must not come first again and again.
            Err(StoreError::Corrupt(_)) => match self.set_aside(at, &read, now_ms).await {
                Ok(()) | Err(StoreError::Conflict(_)) => true,
                Err(_) => false,
            },
            Err(error) => {
                tracing::error!(reason = %error, "an errand could not be dealt with");
                false
            }
        }
    }

    async fn bring_up(&self, at: Ref, read: Versioned, now_ms: u64) -> Result<(), StoreError> {
        if at.kind == Kind::Erasure {
            return match self.records.open::<Erasure>(at, &read) {
                Ok(held) => self.forget_company(&held, now_ms).await,
                Err(_) => self.set_aside(at, &read, now_ms).await,
            };
        }
        if at.kind == Kind::Meta {
            return match self.records.open::<AuditAnchor>(at, &read) {
                Ok(held) => self.cut_audit(&held, now_ms).await,
                Err(_) => self.set_aside(at, &read, now_ms).await,
            };
        }
        // A due time on anything else but an errand is the end of its life (S15).
        if at.kind != Kind::Outbox {
            let draft = self.records.draft(now_ms).remove_unread(at, read.version);
            let erased = self.entry(now_ms, Action::Erase, Outcome::Done);
            // Tallies come and go by the hundred, and tell of nobody.
            let draft = if at.kind == Kind::Limit { draft } else { draft.audit(&erased) };
            return draft.commit(&self.records).await;
        }
        match self.records.open::<Errand>(at, &read) {
            Ok(held) => self.carry(held, now_ms).await,
            Err(_) => self.set_aside(at, &read, now_ms).await,
        }
    }

    /// Nobody took the request back in time: all that is kept of the company goes.
    async fn forget_company(&self, erasure: &Held<Erasure>, now_ms: u64) -> Result<(), StoreError> {
        let Erasure { company, folio, .. } = erasure.value;
        let kept = KeptOfCompany::find(&self.records, company).await?;
        let subject = self.records.vault().pseudonym(company);
        let entry = self.entry(now_ms, Action::EraseCompany, Outcome::Done).about(subject).under(folio);
        let draft = self.records.draft(now_ms).audit(&entry);
        match &kept.erasure {
            Some(found) if found == erasure => kept.remove(draft).commit(&self.records).await,
            // An operator was faster, and the company may have come back since.
            _ => self.records.draft(now_ms).remove(erasure).commit(&self.records).await,
        }
    }

    async fn set_aside(&self, at: Ref, read: &Versioned, now_ms: u64) -> Result<(), StoreError> {
        let entry = self.entry(now_ms, Action::SetAside, Outcome::Damaged);
        let draft = self.records.draft(now_ms).postpone_unread(at, read, now_ms + SET_ASIDE_MS);
        draft.audit(&entry).commit(&self.records).await
    }

    pub(super) fn entry(&self, now_ms: u64, action: Action, outcome: Outcome) -> Entry {
        Entry::new(now_ms, &self.terminal, Actor::Courier, action, outcome)
    }

    /// The same, about an errand.
    pub(super) fn about(&self, errand: &Errand, now_ms: u64, action: Action, outcome: Outcome) -> Entry {
        let subject = self.records.vault().pseudonym(errand.company);
        self.entry(now_ms, action, outcome).about(subject).under(errand.folio)
    }
}

async fn sleep(pause: Option<Duration>) {
    match pause {
        Some(pause) => tokio::time::sleep(pause).await,
        None => std::future::pending().await,
    }
}
