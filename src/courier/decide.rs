//! What becomes of an errand: when it comes due, and after it was carried (S6, S11). Nothing here
//! reads or sends: what was read comes in, and what to write goes out.

use super::policy::{self, ErrandSubject, Ruling};
use super::refusals::Mark;
use crate::audit::{Author, Entry};
use crate::domain::deed::{Action, Outcome};
use crate::domain::errand::{Attempt, AttemptOutcome, Errand, ErrandState, Fate};
use crate::domain::lives::FINISHED_KEPT_MS;
use crate::domain::office_time::OfficeTime;
use crate::domain::pseudonym::Pseudonym;
use crate::office::message_tally::MessageTally;
use crate::store::records::{Draft, Held};

/// How long one courier has an errand to itself, in milliseconds (S6).
pub const LEASE_MS: u64 = 60_000;
/// Writes the rows about one errand.
#[derive(Clone, Debug)]
pub(super) struct ErrandRows {
    /// The courier.
    pub author: Author,
    /// The company whose errand it is.
    pub subject: Pseudonym,
}

impl ErrandRows {
    /// What was done with the errand, and how it ended.
    pub fn row(&self, errand: &Errand, now_ms: u64, action: Action, outcome: Outcome) -> Entry {
        self.author.row(now_ms, action, outcome).about(self.subject.clone()).under(errand.folio)
    }
}

/// What becomes of an errand that came due.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ErrandClaim {
    /// There is nothing to send. The draft says why.
    Rests(Draft),
    /// It is leased with this draft, and is to be sent as it stands here.
    Goes(Draft, Box<Held<Errand>>),
}

/// Decides on an errand that came due and is not finished. `tally` is what its address got lately.
pub(super) fn claim(
    draft: Draft,
    held: &Held<Errand>,
    subject: &ErrandSubject,
    tally: &MessageTally,
    rows: &ErrandRows,
    time: OfficeTime,
) -> ErrandClaim {
    let (mut draft, mut errand, now_ms) = (draft, held.value.clone(), time.now_ms());
    if let ErrandState::Leased { until_ms } = errand.state {
        // Whoever leased it never came back, so the message may have left (S6).
        let at_ms = until_ms.saturating_sub(LEASE_MS);
        errand.remember(Attempt { at_ms, outcome: AttemptOutcome::Unknown });
        errand.state = ErrandState::Waiting;
        draft = draft.audit(&rows.row(&errand, now_ms, Action::SendMessage, last_attempt(&errand)));
    }
    match policy::rule(&errand, subject, tally.free_ms(time.protections()), time) {
        // It is due by one clock, and waits for the other.
        Ruling::Wait { until_ms }
            if until_ms <= now_ms && held.due_ms == Some(until_ms) && errand == held.value =>
        {
            ErrandClaim::Rests(draft)
        }
        Ruling::Wait { until_ms } => ErrandClaim::Rests(draft.replace(held, &errand, Some(until_ms))),
        Ruling::End(state) => ErrandClaim::Rests(end(draft, held, errand, state, rows, now_ms)),
        Ruling::Go => {
            let until_ms = now_ms + LEASE_MS;
            errand.state = ErrandState::Leased { until_ms };
            errand.begin_sending();
            let (draft, leased) = draft.claim(held, errand, until_ms);
            ErrandClaim::Goes(tally.add(draft, time.protections()), Box::new(leased))
        }
    }
}

/// How carrying a leased errand ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Carried {
    /// It was handed to whoever carries it.
    Tried(AttemptOutcome),
    /// What it is about is no more, so nothing was sent.
    Pointless,
}

/// What was read and drawn for [`settle`].
pub(super) struct Settling {
    /// What the address got lately.
    pub tally: MessageTally,
    /// Whether the address refused messages.
    pub mark: Mark,
    /// How long a refusing address stays marked, in milliseconds.
    pub refused_kept_ms: u64,
    /// The wait before another try, in milliseconds.
    pub retry_ms: u64,
}

/// Writes down how carrying a leased errand ended, and when it comes due again.
pub(super) fn settle(
    draft: Draft,
    leased: &Held<Errand>,
    carried: Carried,
    read: &Settling,
    rows: &ErrandRows,
    time: OfficeTime,
) -> Draft {
    let (mut errand, now_ms) = (leased.value.clone(), time.now_ms());
    let Carried::Tried(outcome) = carried else {
        let draft = read.tally.take_back(draft, time.protections());
        return end(draft, leased, errand, ErrandState::Cancelled, rows, now_ms);
    };
    errand.remember(Attempt { at_ms: now_ms, outcome });
    let draft = match outcome.fate() {
        Fate::Sent | Fate::Unknown => draft,
        // What certainly did not leave doesn't count against the address (S11).
        Fate::Permanent | Fate::Temporary => read.tally.take_back(draft, time.protections()),
    };
    let draft = read.mark.after(outcome, draft, now_ms, read.refused_kept_ms);
    match outcome.fate() {
        Fate::Sent => end(draft, leased, errand, ErrandState::Sent, rows, now_ms),
        Fate::Permanent => end(draft, leased, errand, ErrandState::Failed, rows, now_ms),
        Fate::Temporary | Fate::Unknown => {
            errand.state = ErrandState::Waiting;
            let due_ms = errand.expires_ms.min(now_ms + read.retry_ms);
            let row = rows.row(&errand, now_ms, Action::SendMessage, last_attempt(&errand));
            draft.replace(leased, &errand, Some(due_ms)).audit(&row)
        }
    }
}

/// Ends an errand in this state. It is kept a while longer, to answer what became of it.
fn end(
    draft: Draft,
    held: &Held<Errand>,
    mut errand: Errand,
    state: ErrandState,
    rows: &ErrandRows,
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
        | ErrandState::Leased { .. } => (Action::SendMessage, last_attempt(&errand)),
    };
    let row = rows.row(&errand, now_ms, action, outcome);
    draft.replace(held, &errand, Some(now_ms + FINISHED_KEPT_MS)).audit(&row)
}

/// How the last attempt went, for the audit log.
fn last_attempt(errand: &Errand) -> Outcome {
    match errand.attempts.last() {
        Some(last) => Outcome::Attempt { channel: errand.to.channel(), outcome: last.outcome },
        None => Outcome::Done,
    }
}

#[cfg(test)]
#[path = "decide_tests.rs"]
mod tests;
