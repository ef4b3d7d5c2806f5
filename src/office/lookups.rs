//! What staff look at: a company, masked, and the outbox. Each look is on record with its reason
//! (S19), and nothing that opens an account is ever among it.

use super::acting::{Acting, Concerned};
use super::drawn::Drawn;
use super::means::{Decision, Means};
use super::requests::{Looking, Requests};
use super::trouble::{Answer, Trouble};
use crate::audit::Entry;
use crate::clock;
use crate::domain::account::Account;
use crate::domain::clean::Clean;
use crate::domain::deed::Outcome;
use crate::domain::errand::{Errand, ErrandKind, ErrandState, MessageQueue};
use crate::domain::folio::Folio;
use crate::domain::pending::PendingApplication;
use crate::domain::recovery::Recovery;
use crate::domain::reference::{Id, Kind};
use crate::domain::rut::Rut;
use crate::domain::staff::Act;
use crate::effect::{CompanySeen, KeySeen, MessageSeen, RecoverySeen, Reply, Sought, StaffReply};
use crate::store::StoreError;
use crate::store::records::{Group, Held, Records};
use crate::store::tallies::FailuresOfRut;
use crate::vault::Blind;

/// How many messages are shown: those that failed first.
const MESSAGES_SHOWN: usize = 20;

/// Shows what is kept, masked.
#[derive(Clone, Copy)]
pub struct Lookups<'a> {
    means: &'a Means,
    acting: Acting<'a>,
}

impl<'a> Lookups<'a> {
    /// For whoever acts.
    pub fn of(means: &'a Means, acting: Acting<'a>) -> Self {
        Lookups { means, acting }
    }

    /// What is held of a company. A request of the folio that was sought is shown as such to whoever
    /// may see it.
    ///
    /// # Errors
    /// [`Trouble::Staff`] when they may not.
    pub async fn see_company(&self, sought: Sought, looking: Looking) -> Answer {
        let (means, acting) = (self.means, &self.acting);
        if let Sought::Folio(folio) = sought
            && acting.order.session.may(Act::SeeRequests)
            && means.records.request_of(folio).await?.is_some()
        {
            return Requests::of(means, *acting).see(folio, looking).await;
        }
        let (found, folio) = match sought {
            Sought::Company(company) => (Some(company), None),
            Sought::Folio(folio) => (company_of(&means.records, folio).await?, Some(folio)),
        };
        // By a folio one may come to one's own, too.
        acting.allow(Act::SeeCompany, found.map(Concerned::company)).await?;
        let account = match found {
            Some(company) => means.records.account_of(company).await?,
            None => None,
        };
        let outcome = if account.is_some() { Outcome::Done } else { Outcome::NoAccount };
        acting.tell(outcome, found, folio).await?;
        Ok(Reply::Staff(match account {
            Some(held) => StaffReply::CompanySeen(Box::new(self.seen(&held.value).await?)),
            None => StaffReply::NothingHeld,
        }))
    }

    async fn seen(&self, account: &Account) -> Result<CompanySeen, StoreError> {
        let records = &self.means.records;
        let tally = self.means.vault().blind_rut(Blind::LimitOfRut, account.company);
        let failures = records.get::<FailuresOfRut>(tally).await?;
        let mut recoveries = Vec::new();
        for held in records.get_many::<Recovery>(&account.recoveries).await? {
            let (folio, state) = (held.value.folio, held.value.state);
            let errands = records.read_all_in::<Errand>(Group::Folio(folio)).await?;
            recoveries.push(RecoverySeen { folio, state, key: key_of(held.id, &errands) });
        }
        Ok(CompanySeen {
            company: account.company,
            name: account.name.clone(),
            masked_representative: Clean::from(account.representative.rut.masked()),
            masked_email: Clean::from(account.email.masked()),
            masked_mobile: Clean::from(account.representative.mobile.masked()),
            has_question: account.secret_question.is_some(),
            created: Clean::from(clock::written_day_in_chile(account.created_ms)),
            failures: failures.map_or(0, |held| held.value.failures),
            recoveries,
            requests: Requests::of(self.means, self.acting).count_of(account.company).await?,
        })
    }

    /// What failed first, then what waits.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn see_outbox(&self) -> Answer {
        let records = &self.means.records;
        let mut errands = Vec::new();
        for queue in [MessageQueue::Failed, MessageQueue::Waiting] {
            let mut cursor = records.all_in(Group::Messages(queue), Kind::Outbox);
            while errands.len() < MESSAGES_SHOWN
                && let Some((at, read)) = cursor.next().await?
            {
                // One that can't be read hides no other.
                errands.extend(records.open::<Errand>(at, &read));
            }
        }
        let outlooks = self.means.outlooks(self.means.time().await?.protections());
        let mut seen = Vec::new();
        for held in errands {
            seen.push(MessageSeen {
                id: held.id,
                kind: held.value.kind,
                masked_to: Clean::from(held.value.to.masked()),
                state: held.value.state,
                folio: held.value.folio,
                last: held.value.attempts.last().map(|attempt| attempt.outcome),
                outlook: outlooks.of(&held).await?,
            });
        }
        Ok(Reply::Staff(StaffReply::OutboxSeen(seen)))
    }

    /// A message that failed is tried again.
    ///
    /// # Errors
    /// [`Trouble::Staff`] when they may not, or there is no such message.
    pub async fn retry_message(&self, id: Id) -> Answer {
        let means = self.means;
        let held = means.records.get::<Errand>(id).await?;
        let company = held.filter(has_failed).ok_or(Trouble::Staff(StaffReply::NothingHeld))?.value.company;
        self.acting.allow(Act::RetryMessage, Some(Concerned::company(company))).await?;
        let drawn = means.draw().await?;
        let done = self.acting.row(drawn.now_ms, Outcome::Done, Some(company));
        means
            .settle(
                || async { Ok(means.records.get::<Errand>(id).await?) },
                |held| decide_retry(held.as_ref(), &drawn, &done),
            )
            .await?;
        means.wake_courier();
        self.see_outbox().await
    }
}

/// What became of the messages that carry this recovery's key.
fn key_of(recovery: Id, errands: &[Held<Errand>]) -> KeySeen {
    let of_key = |held: &&Held<Errand>| held.value.kind == ErrandKind::SendClave { recovery };
    let states: Vec<_> = errands.iter().filter(of_key).map(|held| held.value.state).collect();
    if states.contains(&ErrandState::Sent) {
        KeySeen::Left
    } else if states.iter().any(|state| !state.is_final()) {
        KeySeen::Waits
    } else {
        KeySeen::Failed
    }
}

fn has_failed(held: &Held<Errand>) -> bool {
    held.value.state.queue() == Some(MessageQueue::Failed)
}

fn decide_retry(held: Option<&Held<Errand>>, drawn: &Drawn, done: &Entry) -> Result<Decision<()>, Trouble> {
    let held = held.filter(|held| has_failed(held)).ok_or(Trouble::Staff(StaffReply::NothingHeld))?;
    let mut errand = held.value.clone();
    errand.begin_anew(drawn.now_ms);
    let draft = drawn.draft().replace(held, &errand, Some(drawn.now_ms));
    Ok(Decision { draft: draft.audit(&done.clone().under(errand.folio)), answer: () })
}

/// Whose receipt this is, among what is still kept.
async fn company_of(records: &Records, folio: Folio) -> Result<Option<Rut>, StoreError> {
    if let Some(held) = records.request_of(folio).await? {
        return Ok(Some(held.value.company));
    }
    let group = Group::Folio(folio);
    if let Some(recovery) = records.read_all_in::<Recovery>(group).await?.first() {
        return Ok(Some(recovery.value.company));
    }
    if let Some(pending) = records.read_all_in::<PendingApplication>(group).await?.first() {
        return Ok(Some(pending.value.account.company));
    }
    let errands = records.read_all_in::<Errand>(group).await?;
    Ok(errands.first().map(|held| held.value.company))
}
