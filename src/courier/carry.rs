//! One errand's way: lease, make the secret, send, write down how it went (S6). Each step is a
//! batch of its own, and a crash after any of them leads to a new lease, never to silence.

use std::time::Duration;

use super::mail::{self, Composed};
use super::minted::Minted;
use super::policy::{self, Ruling, Tally};
use super::refusals::Mark;
use super::{Courier, Mail, SendError, SendingKey, Text};
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::errand::{Attempt, AttemptOutcome, Errand, ErrandState, Fate};
use crate::store::StoreError;
use crate::store::records::{Draft, Held};

/// How long one courier has an errand to itself (S6).
pub const LEASE_MS: u64 = 60_000;
/// How long a finished errand is kept, to answer what became of it (S15).
pub const FINISHED_KEPT_MS: u64 = 24 * 3_600_000;
/// An adapter that takes longer has an unknown outcome. Well under the lease.
const SENDING_TAKES_AT_MOST: Duration = Duration::from_secs(25);
/// How often a batch that met a change is decided anew.
const TRIES: usize = 5;

impl Courier {
    pub(super) async fn carry(&self, held: Held<Errand>, now_ms: u64) -> Result<(), StoreError> {
        let Some(leased) = self.lease(held, now_ms).await? else {
            return Ok(());
        };
        match self.mint(&leased, now_ms).await? {
            None => self.settle(&leased, now_ms, Err(ErrandState::Cancelled)).await,
            Some(minted) => {
                let outcome = self.send(&leased, &minted, now_ms).await?;
                self.settle(&leased, now_ms, Ok(outcome)).await
            }
        }
    }

    /// Decides what is to be done now; the errand, leased, if it is to be sent.
    async fn lease(&self, mut held: Held<Errand>, now_ms: u64) -> Result<Option<Held<Errand>>, StoreError> {
        for _ in 0..TRIES {
            match self.lease_once(&held, now_ms).await {
                Err(StoreError::Conflict(_)) => match self.records.get(held.id).await? {
                    Some(anew) if anew.due_ms.is_some_and(|due_ms| due_ms <= now_ms) => held = anew,
                    _ => return Ok(None),
                },
                done => return done,
            }
        }
        Err(StoreError::Conflict(held.at()))
    }

    async fn lease_once(&self, held: &Held<Errand>, now_ms: u64) -> Result<Option<Held<Errand>>, StoreError> {
        let mut errand = held.value.clone();
        let draft = self.records.draft(now_ms);
        if errand.state.is_final() {
            draft.remove(held).commit(&self.records).await?;
            return Ok(None);
        }
        let mut draft = draft;
        if let ErrandState::Leased { until_ms } = errand.state {
            // Whoever had it never came back: the message may have left (S6).
            let at_ms = until_ms.saturating_sub(LEASE_MS);
            errand.remember(Attempt { at_ms, outcome: AttemptOutcome::Unknown });
            errand.state = ErrandState::Waiting;
            draft = draft.audit(&self.about(&errand, now_ms, Action::SendMessage, attempt(&errand)));
        }
        let tally = Tally::read(&self.records, &errand.to).await?;
        match self.rule(&errand, &tally, now_ms).await? {
            Ruling::Wait { until_ms } => {
                draft.replace(held, &errand, Some(until_ms)).commit(&self.records).await?;
                Ok(None)
            }
            Ruling::End(state) => {
                self.end(draft, held, errand, state, now_ms).commit(&self.records).await?;
                Ok(None)
            }
            Ruling::Go => {
                let until_ms = now_ms + LEASE_MS;
                errand.state = ErrandState::Leased { until_ms };
                errand.begin_sending();
                let (draft, leased) = draft.claim(held, errand, until_ms);
                tally.add(draft, now_ms).commit(&self.records).await?;
                Ok(Some(leased))
            }
        }
    }

    fn end<'a>(
        &self,
        draft: Draft,
        held: &Held<Errand>,
        mut errand: Errand,
        state: ErrandState,
        now_ms: u64,
    ) -> Draft {
        errand.state = state;
        let channel = errand.to.channel();
        let (action, outcome) = match state {
            ErrandState::Dropped => (Action::LimitHit, Outcome::Dropped(channel)),
            ErrandState::Expired => (Action::SendMessage, Outcome::Expired(channel)),
            ErrandState::Cancelled => (Action::SendMessage, Outcome::Cancelled(channel)),
            ErrandState::Sent
            | ErrandState::Failed
            | ErrandState::Withdrawn
            | ErrandState::Waiting
            | ErrandState::Leased { .. } => (Action::SendMessage, attempt(&errand)),
        };
        let entry = self.about(&errand, now_ms, action, outcome);
        draft.replace(held, &errand, Some(now_ms + FINISHED_KEPT_MS)).audit(&entry)
    }

    /// Sends what was made. An error here is the store's; the message's own is the outcome.
    async fn send(
        &self,
        leased: &Held<Errand>,
        minted: &Minted,
        now_ms: u64,
    ) -> Result<AttemptOutcome, StoreError> {
        let errand = &leased.value;
        let account = self.records.account_of(errand.company).await?.map(|held| held.value);
        let attachment = minted.file();
        let Composed { subject, body, sms } = mail::compose(errand, account.as_ref(), minted);
        let key = SendingKey { errand: leased.id, generation: errand.generation };
        let (at_ms, language) = (errand.dated_ms(now_ms), errand.language);
        let sending = async {
            match &errand.to {
                Destination::Mail(to) => {
                    let mail = Mail { to: to.clone(), subject, body, language, key, at_ms, attachment };
                    self.adapters.mailer.send(&mail).await
                }
                Destination::Mobile(to) => {
                    let text = Text { to: to.clone(), text: sms, key, at_ms };
                    self.adapters.texter.send(&text).await
                }
            }
        };
        let sent = match tokio::time::timeout(SENDING_TAKES_AT_MOST, sending).await {
            Ok(sent) => sent,
            Err(_) => Err(SendError::Unknown("it took too long".to_string())),
        };
        Ok(match sent {
            Ok(()) => AttemptOutcome::Sent,
            Err(error) => {
                tracing::warn!(reason = %error, folio = %errand.folio, "a message did not leave");
                error.outcome()
            }
        })
    }

    /// Writes down how it went, unless the lease was lost meanwhile.
    async fn settle(
        &self,
        leased: &Held<Errand>,
        now_ms: u64,
        result: Result<AttemptOutcome, ErrandState>,
    ) -> Result<(), StoreError> {
        let mut conflict = Err(StoreError::Conflict(leased.at()));
        for _ in 0..TRIES {
            let tally = Tally::read(&self.records, &leased.value.to).await?;
            let mark = Mark::read(&self.records, &leased.value.to).await?;
            let mut errand = leased.value.clone();
            let draft = self.records.draft(now_ms);
            // What certainly did not leave doesn't count against the address (S11).
            let draft = match result.map(AttemptOutcome::fate) {
                Ok(Fate::Sent | Fate::Unknown) => draft,
                _ => tally.take_back(draft, now_ms),
            };
            let draft = match result {
                Err(state) => self.end(draft, leased, errand, state, now_ms),
                Ok(outcome) => {
                    errand.remember(Attempt { at_ms: now_ms, outcome });
                    let draft = mark.after(outcome, draft, now_ms, self.refused_kept_ms);
                    match outcome.fate() {
                        Fate::Sent => self.end(draft, leased, errand, ErrandState::Sent, now_ms),
                        Fate::Permanent => self.end(draft, leased, errand, ErrandState::Failed, now_ms),
                        Fate::Temporary | Fate::Unknown => self.try_later(draft, leased, errand, now_ms),
                    }
                }
            };
            conflict = match draft.commit(&self.records).await {
                Err(StoreError::Conflict(at)) if at != leased.at() => Err(StoreError::Conflict(at)),
                done => return done,
            };
        }
        conflict
    }

    fn try_later<'a>(&self, draft: Draft, leased: &Held<Errand>, mut errand: Errand, now_ms: u64) -> Draft {
        errand.state = ErrandState::Waiting;
        let wait_ms = policy::retry_after_ms(errand.tried, crate::vault::random_up_to);
        let due_ms = errand.expires_ms.min(now_ms + wait_ms);
        let entry = self.about(&errand, now_ms, Action::SendMessage, attempt(&errand));
        draft.replace(leased, &errand, Some(due_ms)).audit(&entry)
    }
}

/// How the last attempt went, for the audit log.
fn attempt(errand: &Errand) -> Outcome {
    match errand.attempts.last() {
        Some(last) => Outcome::Attempt { channel: errand.to.channel(), outcome: last.outcome },
        None => Outcome::Done,
    }
}
