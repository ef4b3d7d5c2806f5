//! One errand's way: claim, make what it carries, send, write down how it went (S6). Each step is a
//! batch of its own. A crash after any of them leads to a new lease, never to silence.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use super::decide::{self, Carried, ErrandClaim, ErrandRows, LEASE_MS, Settling};
use super::mail::{self, Composed};
use super::mint::Minter;
use super::minted::Minted;
use super::places::Places;
use super::policy::{self, ErrandSubject};
use super::refusals::Mark;
use super::sending::{Adapters, Mail, SendError, SendingKey, Text};
use crate::audit::{Actor, Author};
use crate::documents::declaration;
use crate::domain::clean::Clean;
use crate::domain::destination::Destination;
use crate::domain::errand::{AttemptOutcome, Errand, ErrandState};
use crate::domain::limits::Budget;
use crate::domain::lives::FLOWS_KEPT_MS;
use crate::domain::office_time::OfficeTime;
use crate::domain::refused_address::REFUSED_KEPT_MS;
use crate::office::message_tally::MessageTally;
use crate::office::ways_out::WaysOut;
use crate::store::StoreError;
use crate::store::records::{Held, Records};

/// An adapter that takes longer has an unknown outcome. Each ends by limits of its own, well before.
const SENDING_TAKES_AT_MOST: Duration = Duration::from_secs(3600);
/// How often the lease is renewed while a message is under way. Well under the lease.
const RENEWED_EVERY: Duration = Duration::from_secs(20);
/// When a message for which there is no place comes up again, in milliseconds.
const PUT_ASIDE_MS: u64 = 10_000;
/// The longest that whoever carries a message can put it off, in milliseconds.
const PUT_OFF_AT_MOST_MS: u64 = 3_600_000;
/// How often a batch that met a change is decided anew.
const TRIES: usize = 5;

/// A message was handed over, or was not.
struct Handed {
    /// The errand with its newest lease.
    leased: Held<Errand>,
    sent: Result<(), SendError>,
    /// When the answer came, as near as the lease is renewed.
    time: OfficeTime,
}

/// Carries errands, one at a time. One courier is enough; several do no harm.
#[derive(Clone)]
pub struct Courier {
    records: Records,
    adapters: Adapters,
    minter: Minter,
    author: Author,
    refused_kept_ms: u64,
    ways_out: WaysOut,
    places: Places,
}

impl Courier {
    /// At the terminal of this name.
    pub fn new(records: Records, adapters: Adapters, terminal: Clean) -> Self {
        let author = Author::new(terminal, Actor::Courier);
        let minter = Minter {
            records: records.clone(),
            flows_kept_ms: FLOWS_KEPT_MS,
            declaration: Arc::from(declaration::BUILT_IN),
        };
        Courier {
            records,
            adapters,
            minter,
            author,
            refused_kept_ms: REFUSED_KEPT_MS,
            ways_out: WaysOut::default(),
            places: Places::default(),
        }
    }

    /// The same, with recoveries kept for so many milliseconds after their last clave (S15).
    pub fn keeping_flows(mut self, flows_kept_ms: u64) -> Self {
        self.minter.flows_kept_ms = flows_kept_ms;
        self
    }

    /// The same, noting there how the ways out stand.
    pub fn noting(self, ways_out: WaysOut) -> Self {
        Courier { ways_out, ..self }
    }

    /// The same, with refused addresses marked for so many milliseconds (S15).
    pub fn keeping_refusals(self, refused_kept_ms: u64) -> Self {
        Courier { refused_kept_ms, ..self }
    }

    /// The same, with the office's own template of the declaration.
    pub fn handing_out(mut self, declaration: Arc<[u8]>) -> Self {
        self.minter.declaration = declaration;
        self
    }

    /// Does what is due with an errand at this time. While a message is under way, which may take minutes,
    /// the lease is renewed: nobody makes another secret for it before its fate is known.
    ///
    /// # Errors
    /// When the store fails. [`StoreError::Conflict`] when somebody else has the errand.
    pub async fn carry(&self, held: Held<Errand>, time: OfficeTime) -> Result<(), StoreError> {
        let channel = held.value.to.channel();
        let subject = self.records.vault().pseudonym(held.value.company);
        let rows = ErrandRows { author: self.author.clone(), subject };
        let Some(_place) = self.places.take(channel) else {
            return self.put_aside(&held, time).await;
        };
        let Some((leased, budget)) = self.claim(held, &rows, time).await? else {
            return Ok(());
        };
        let (leased, carried, put_off, time) = match self.minter.mint(&leased, &rows, time.now_ms()).await? {
            None => (leased, Carried::Pointless, None, time),
            Some(minted) => {
                let Handed { leased, sent, time } = self.send(leased, &minted, time).await?;
                let outcome = sent.as_ref().map_or_else(SendError::outcome, |()| AttemptOutcome::Sent);
                self.ways_out.note(channel, outcome, time.now_ms());
                (leased, Carried::Tried(outcome), sent.err().and_then(|error| error.put_off()), time)
            }
        };
        self.settle((&leased, budget), (carried, put_off), &rows, time).await
    }

    /// As many messages are under way as may be: it comes up again soon.
    async fn put_aside(&self, held: &Held<Errand>, time: OfficeTime) -> Result<(), StoreError> {
        let due_ms = Some(time.now_ms() + PUT_ASIDE_MS);
        self.records.draft(time.now_ms()).replace(held, &held.value, due_ms).commit(&self.records).await
    }

    /// The errand, leased, if it is to be sent now.
    async fn claim(
        &self,
        mut held: Held<Errand>,
        rows: &ErrandRows,
        time: OfficeTime,
    ) -> Result<Option<(Held<Errand>, Budget)>, StoreError> {
        for _ in 0..TRIES {
            match self.claim_once(&held, rows, time).await {
                Err(StoreError::Conflict(_)) => match self.records.get(held.id).await? {
                    Some(anew) if anew.due_ms.is_some_and(|due_ms| due_ms <= time.now_ms()) => held = anew,
                    _ => return Ok(None),
                },
                done => return done,
            }
        }
        Err(StoreError::Conflict(held.at()))
    }

    async fn claim_once(
        &self,
        held: &Held<Errand>,
        rows: &ErrandRows,
        time: OfficeTime,
    ) -> Result<Option<(Held<Errand>, Budget)>, StoreError> {
        let (errand, draft) = (&held.value, self.records.draft(time.now_ms()));
        if errand.state.is_final() {
            if !held.due_ms.is_some_and(|due_ms| time.protections().is_over(due_ms)) {
                return Ok(None);
            }
            draft.remove(held).commit(&self.records).await?;
            return Ok(None);
        }
        let subject = match policy::is_in_its_time(errand, time) {
            true => ErrandSubject::read(&self.records, errand).await?,
            false => ErrandSubject::Holds,
        };
        let budget = errand.kind.budget(subject.rank());
        let tally = MessageTally::read(&self.records, &errand.to, budget).await?;
        match decide::claim(draft, held, &subject, &tally, rows, time) {
            ErrandClaim::Rests(draft) if draft.writes().is_empty() => Ok(None),
            ErrandClaim::Rests(draft) => {
                draft.commit(&self.records).await?;
                Ok(None)
            }
            ErrandClaim::Goes(draft, leased) => {
                draft.commit(&self.records).await?;
                Ok(Some((*leased, budget)))
            }
        }
    }

    /// Sends what was made, and renews the lease meanwhile. An error here is the store's; the message's own
    /// is within.
    async fn send(
        &self,
        mut leased: Held<Errand>,
        minted: &Minted,
        mut time: OfficeTime,
    ) -> Result<Handed, StoreError> {
        let errand = leased.value.clone();
        let account = self.records.account_of(errand.company).await?.map(|held| held.value);
        let Composed { subject, body, sms } = mail::compose(&errand, account.as_ref(), minted);
        let key = SendingKey { errand: leased.id, generation: errand.generation };
        let (at_ms, language) = (errand.dated_ms(time.now_ms()), errand.language);
        let sending = async {
            match &errand.to {
                Destination::Mail(to) => {
                    let attachment = minted.file();
                    let mail = Mail { to: to.clone(), subject, body, language, key, at_ms, attachment };
                    self.adapters.mailer.send(&mail).await
                }
                Destination::Mobile(to) => {
                    let text = Text { to: to.clone(), text: sms, key, at_ms };
                    self.adapters.texter.send(&text).await
                }
            }
        };
        let mut sending = pin!(timeout(SENDING_TAKES_AT_MOST, sending));
        let sent = loop {
            match timeout(RENEWED_EVERY, &mut sending).await {
                Ok(sent) => break sent,
                Err(_) => {
                    time = time.later_by(RENEWED_EVERY.as_millis() as u64);
                    leased = self.renew(leased, time.now_ms()).await?;
                }
            }
        };
        let sent = sent.unwrap_or_else(|_| Err(SendError::Unknown("it took too long".to_string())));
        if let Err(error) = &sent {
            tracing::warn!(reason = %error, folio = %errand.folio, "a message did not leave");
        }
        Ok(Handed { leased, sent, time })
    }

    /// Keeps the errand for another minute. A store that fails just then is asked again later.
    async fn renew(&self, leased: Held<Errand>, now_ms: u64) -> Result<Held<Errand>, StoreError> {
        let until_ms = now_ms + LEASE_MS;
        let errand = Errand { state: ErrandState::Leased { until_ms }, ..leased.value.clone() };
        let (draft, renewed) = self.records.draft(now_ms).claim(&leased, errand, until_ms);
        match draft.commit(&self.records).await {
            Ok(()) => Ok(renewed),
            Err(error @ StoreError::Conflict(_)) => Err(error),
            Err(_) => Ok(leased),
        }
    }

    /// Writes down how it went, unless the lease was lost meanwhile.
    async fn settle(
        &self,
        (leased, budget): (&Held<Errand>, Budget),
        (carried, put_off): (Carried, Option<Duration>),
        rows: &ErrandRows,
        time: OfficeTime,
    ) -> Result<(), StoreError> {
        let tried = leased.value.tried.saturating_add(1);
        let random_up_to = |most| self.records.vault().random_up_to(most);
        let retry_ms = policy::retry_after_ms(leased.value.kind, tried, random_up_to);
        let put_off_ms = put_off.map_or(0, |put_off| u64::try_from(put_off.as_millis()).unwrap_or(u64::MAX));
        let retry_ms = retry_ms.max(put_off_ms.min(PUT_OFF_AT_MOST_MS));
        let mut conflict = Err(StoreError::Conflict(leased.at()));
        for _ in 0..TRIES {
            let read = Settling {
                tally: MessageTally::read(&self.records, &leased.value.to, budget).await?,
                mark: Mark::read(&self.records, &leased.value.to).await?,
                refused_kept_ms: self.refused_kept_ms,
                retry_ms,
            };
            let draft = decide::settle(self.records.draft(time.now_ms()), leased, carried, &read, rows, time);
            conflict = match draft.commit(&self.records).await {
                Err(StoreError::Conflict(at)) if at != leased.at() => Err(StoreError::Conflict(at)),
                done => return done,
            };
        }
        conflict
    }
}
