//! What will become of a message, asked before a page, the desk or the command line speaks of it: of the
//! settings, of how its channel stands, of the tally that the courier will ask, of what waits before it,
//! and of the mark of an address that refuses (S11, T10).
//!
//! Who is told what. How a channel stands is the office's own matter, the same for every address, and
//! tells nothing of anybody. How full an address's budget is, was told before to whoever had a message
//! sent there: with the refusal of another one. Only the mark of an address that refuses could tell
//! something new: that messages of this office went there, and that a warning to its owner gets lost. So
//! it is told for a channel on file to whoever proved something about that account (E1 or more), because
//! they would wait for a key that never comes, and to staff. Whoever only typed an address, or brings a
//! folio, hears the same of one that refuses as of one that takes (T11); the page asks them in every case
//! to look at the address if nothing comes. Of notices nobody is told more than whether the channel works:
//! who holds a stolen clave must not learn that the owner doesn't hear of it.

use super::message_tally::MessageTally;
use super::refused_addresses::refused_address;
use super::ways_out::WaysOut;
use crate::domain::account::Account;
use crate::domain::clean::Clean;
use crate::domain::destination::{Channel, Destination};
use crate::domain::errand::{Errand, ErrandKind, ErrandState, FacilitatorErrand, MessageQueue};
use crate::domain::folio::Folio;
use crate::domain::limits::Budget;
use crate::domain::office_time::ProtectionsTime;
use crate::domain::outlook::Outlook;
use crate::domain::proof::{Proof, ProofFor};
use crate::domain::recovery::Recovery;
use crate::domain::reference::Kind;
use crate::domain::trust::{ChannelOnFile, Rank};
use crate::effect::Outgoing;
use crate::store::StoreError;
use crate::store::records::{Group, Held, Records};

/// How many waiting messages are looked through for those that go to the same address before. More wait
/// only while a channel is held up, and then that is what people are told.
const QUEUE_LOOKED_THROUGH: usize = 200;
/// A minute is what every message may take.
const MINUTE_MS: u64 = 60_000;

/// To whom a page speaks of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Whoever typed the company's own clave: their own contact is shown whole.
    Owner,
    /// Whoever brought an answer or a card, or stands before staff: a contact on file is masked.
    Prover,
    /// Whoever typed the address a moment ago: shown whole, a slip can be seen.
    Typist,
    /// Whoever brings a folio.
    Bearer,
}

impl Audience {
    fn sees_whole(self) -> bool {
        matches!(self, Audience::Owner | Audience::Typist)
    }

    fn may_hear_of_mark(self) -> bool {
        matches!(self, Audience::Owner | Audience::Prover)
    }
}

/// A message that is about to be put into the outbox, or was a moment ago.
#[derive(Clone, Copy, Debug)]
pub struct Posting {
    budget: Budget,
    life_ms: u64,
    /// It is not its own predecessor.
    under: Option<Folio>,
}

impl Posting {
    /// Of this kind, by evidence of this rank. What waits under `under` already is no other message.
    pub fn new(kind: ErrandKind, rank: Rank, under: Option<Folio>) -> Self {
        Posting { budget: kind.budget(rank), life_ms: kind.life_ms(), under }
    }
}

/// Looks ahead, at one moment.
#[derive(Clone, Copy)]
pub struct Outlooks<'a> {
    records: &'a Records,
    ways_out: &'a WaysOut,
    now: ProtectionsTime,
}

impl<'a> Outlooks<'a> {
    /// Over this store, with these ways out.
    pub fn new(records: &'a Records, ways_out: &'a WaysOut, now: ProtectionsTime) -> Self {
        Outlooks { records, ways_out, now }
    }

    /// As far as the channel alone says.
    pub fn by_channel(&self, channel: Channel) -> Outlook {
        Outlook::by_way_out(self.ways_out.of(channel))
    }

    /// Whether the contacts of an account hear of a deed: by the best of their channels, whatever becomes
    /// of one address.
    pub fn of_notices(&self, account: &Account) -> Outlook {
        let places = account.places(ChannelOnFile::is_on_file);
        let by_channel = places.iter().map(|place| self.by_channel(place.channel()));
        by_channel.reduce(Outlook::or).unwrap_or(Outlook::Off)
    }

    /// A message to this address, as it may be told.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn outgoing(
        &self,
        to: &Destination,
        sending: Posting,
        audience: Audience,
    ) -> Result<Outgoing, StoreError> {
        let shown = if audience.sees_whole() { to.to_string() } else { to.masked() };
        let ahead = self.ahead(to, sending.budget, |held| Some(held.value.folio) != sending.under).await?;
        let wait_ms = self.wait_ms(to, sending.budget, ahead).await?;
        let is_marked = audience.may_hear_of_mark() && refused_address(self.records, to).await?.is_some();
        let outlook = self.reckon(to.channel(), wait_ms, sending.life_ms, is_marked);
        Ok(Outgoing { channel: to.channel(), to: Clean::from(shown), outlook })
    }

    /// A message that is in the outbox, for staff and operators; `None` once it has come to its end.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn of(&self, held: &Held<Errand>) -> Result<Option<Outlook>, StoreError> {
        let errand = &held.value;
        if errand.state.is_final() {
            return Ok(None);
        }
        let budget = self.budget_of(errand).await?;
        let is_before = |other: &Held<Errand>| {
            other.id != held.id && (other.value.created_ms, other.id) < (errand.created_ms, held.id)
        };
        let ahead = self.ahead(&errand.to, budget, is_before).await?;
        let until_due_ms = held.due_ms.unwrap_or(0).saturating_sub(self.now.ms());
        let wait_ms = self.wait_ms(&errand.to, budget, ahead).await?.max(until_due_ms);
        let left_ms = errand.expires_ms.saturating_sub(self.now.ms());
        let is_marked = refused_address(self.records, &errand.to).await?.is_some();
        Ok(Some(self.reckon(errand.to.channel(), wait_ms, left_ms, is_marked)))
    }

    fn reckon(&self, channel: Channel, wait_ms: u64, life_ms: u64, is_marked: bool) -> Outlook {
        let minutes = wait_ms.div_ceil(MINUTE_MS);
        match self.by_channel(channel) {
            Outlook::Off => Outlook::Off,
            _ if wait_ms > life_ms => Outlook::UsedUp { minutes },
            Outlook::Held => Outlook::Held,
            _ if is_marked => Outlook::Refused,
            _ if wait_ms > MINUTE_MS => Outlook::Later { minutes },
            by_channel => by_channel,
        }
    }

    /// How long the address's budget makes another message wait, with so many before it.
    async fn wait_ms(&self, to: &Destination, budget: Budget, ahead: usize) -> Result<u64, StoreError> {
        let tally = MessageTally::read(self.records, to, budget).await?;
        Ok(wait_ms(budget, tally.sent_ms(), ahead, self.now.ms()))
    }

    /// How many messages wait for the same budget of the same address, among those that are meant.
    async fn ahead(
        &self,
        to: &Destination,
        budget: Budget,
        is_meant: impl Fn(&Held<Errand>) -> bool,
    ) -> Result<usize, StoreError> {
        if budget.limits().is_empty() {
            return Ok(0);
        }
        let (mut count, mut looked_through) = (0, 0);
        let mut cursor = self.records.all_in(Group::Messages(MessageQueue::Waiting), Kind::Outbox);
        while looked_through < QUEUE_LOOKED_THROUGH
            && let Some((at, read)) = cursor.next().await?
        {
            looked_through += 1;
            // One that can't be read never leaves, and takes nobody's place.
            let Ok(held) = self.records.open::<Errand>(at, &read) else { continue };
            let errand = &held.value;
            // One that is being sent is in the tally.
            let is_due = errand.state == ErrandState::Waiting && errand.not_before_ms <= self.now.ms();
            if is_due && errand.to.folded() == to.folded() && is_meant(&held) {
                count += usize::from(self.budget_of(errand).await? == budget);
            }
        }
        Ok(count)
    }

    /// Out of which budget a message in the outbox goes.
    async fn budget_of(&self, errand: &Errand) -> Result<Budget, StoreError> {
        let rank = match errand.kind {
            ErrandKind::SendClave { recovery }
            | ErrandKind::Facilitator(FacilitatorErrand::Clave { recovery }) => {
                self.records.get::<Recovery>(recovery).await?.map_or(Rank::Low, |held| held.value.rank)
            }
            ErrandKind::SendOwnCode { proof } => match self.records.get::<Proof>(proof).await? {
                Some(held) if matches!(held.value.what, ProofFor::Settlement { .. }) => Rank::Office,
                _ => Rank::Low,
            },
            _ => Rank::Low,
        };
        Ok(errand.kind.budget(rank))
    }
}

/// As if those ahead had left as soon as each of them may.
fn wait_ms(budget: Budget, sent_ms: &[u64], ahead: usize, now_ms: u64) -> u64 {
    let mut leaving_ms = sent_ms.to_vec();
    for _ in 0..ahead {
        leaving_ms.push(budget.free_ms(&leaving_ms, now_ms).unwrap_or(now_ms));
    }
    budget.free_ms(&leaving_ms, now_ms).map_or(0, |free_ms| free_ms.saturating_sub(now_ms))
}

#[cfg(test)]
#[path = "outlooks_tests.rs"]
mod tests;
