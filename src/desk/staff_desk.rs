//! What staff look at: a company, masked, and the outbox. Each look is on record with its reason
//! (S19), and nothing that opens an account is ever among it.

use super::{Answer, Desk, Trouble};
use crate::clock;
use crate::courier::census::Outbox;
use crate::domain::account::Account;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::errand::{Errand, ErrandState};
use crate::domain::folio::Folio;
use crate::domain::pending::PendingApplication;
use crate::domain::recovery::Recovery;
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::staff::Act;
use crate::effect::{CompanySeen, MessageSeen, Reply, Sought, StaffOrder, StaffReply};
use crate::office::means::CommitBy;
use crate::store::StoreError;
use crate::store::records::Group;
use crate::store::tallies::FailuresOfRut;
use crate::vault::Blind;

/// How many messages are shown: those that failed first.
const MESSAGES_SHOWN: usize = 20;

impl Desk {
    pub(super) async fn see_company(&self, acting: &StaffOrder, sought: Sought) -> Answer {
        // A request of that folio is shown as such to whoever may see it.
        if let Sought::Folio(folio) = sought
            && acting.session.may(Act::SeeRequests)
            && self.means.records.request_of(folio).await?.is_some()
        {
            return self.see_request(acting, folio).await;
        }
        let found = match sought {
            Sought::Company(company) => Some(company),
            Sought::Folio(folio) => self.company_of(folio).await?,
        };
        // By a folio one may come to one's own, too.
        self.allow(acting, Act::SeeCompany, found).await?;
        let account = match found {
            Some(company) => self.means.records.account_of(company).await?,
            None => None,
        };
        let now_ms = self.means.now_ms().await?;
        let outcome = if account.is_some() { Outcome::Done } else { Outcome::NoAccount };
        let entry = self.staff_entry(acting, now_ms, Action::SeeCompany, outcome, found);
        let entry = match sought {
            Sought::Folio(folio) => entry.under(folio),
            Sought::Company(_) => entry,
        };
        self.means.records.draft(now_ms).audit(&entry).commit_by(&self.means).await?;
        Ok(Reply::Staff(match account {
            Some(held) => StaffReply::CompanySeen(Box::new(self.seen(&held.value).await?)),
            None => StaffReply::NothingHeld,
        }))
    }

    async fn seen(&self, account: &Account) -> Result<CompanySeen, StoreError> {
        let tally = self.means.vault().blind_rut(Blind::LimitOfRut, account.company);
        let failures = self.means.records.get::<FailuresOfRut>(tally).await?;
        let mut recoveries = Vec::new();
        for id in &account.recoveries {
            if let Some(held) = self.means.records.get::<Recovery>(*id).await? {
                recoveries.push((held.value.folio, held.value.state));
            }
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
            requests: self.requests_of(account.company).await?,
        })
    }

    /// Whose receipt this is, among what is still kept.
    async fn company_of(&self, folio: Folio) -> Result<Option<Rut>, StoreError> {
        if let Some(held) = self.means.records.request_of(folio).await? {
            return Ok(Some(held.value.company));
        }
        let group = Group::Folio(folio);
        if let Some(recovery) = self.means.records.read_all_in::<Recovery>(group).await?.first() {
            return Ok(Some(recovery.value.company));
        }
        if let Some(pending) = self.means.records.read_all_in::<PendingApplication>(group).await?.first() {
            return Ok(Some(pending.value.account.company));
        }
        let errands = self.means.records.read_all_in::<Errand>(group).await?;
        Ok(errands.first().map(|held| held.value.company))
    }

    /// What failed first, then what waits.
    pub(super) async fn see_outbox(&self) -> Answer {
        let mut errands = Outbox::read(&self.means.records).await?.errands;
        errands.retain(|held| rank(held.value.state) < NOT_SHOWN);
        errands.sort_by_key(|held| rank(held.value.state));
        errands.truncate(MESSAGES_SHOWN);
        let seen = errands.into_iter().map(|held| MessageSeen {
            id: held.id,
            kind: held.value.kind,
            masked_to: Clean::from(held.value.to.masked()),
            state: held.value.state,
            folio: held.value.folio,
            last: held.value.attempts.last().map(|attempt| attempt.outcome),
        });
        Ok(Reply::Staff(StaffReply::OutboxSeen(seen.collect())))
    }

    pub(super) async fn retry_message(&self, acting: &StaffOrder, id: Id) -> Answer {
        let over = || Trouble::Staff(StaffReply::NothingHeld);
        let held = self.means.records.get::<Errand>(id).await?.ok_or_else(over)?;
        if !matches!(held.value.state, ErrandState::Failed | ErrandState::Expired) {
            return Err(over());
        }
        let company = held.value.company;
        self.allow(acting, Act::RetryMessage, Some(company)).await?;
        let now_ms = self.means.now_ms().await?;
        let mut errand = held.value.clone();
        errand.begin_anew(now_ms);
        let entry = self.staff_entry(acting, now_ms, Action::RetryMessage, Outcome::Done, Some(company));
        let draft = self.means.records.draft(now_ms).replace(&held, &errand, Some(now_ms));
        draft.audit(&entry.under(errand.folio)).commit_by(&self.means).await?;
        self.means.wake_courier();
        self.see_outbox().await
    }
}

const NOT_SHOWN: u8 = 2;

fn rank(state: ErrandState) -> u8 {
    match state {
        ErrandState::Failed | ErrandState::Expired => 0,
        ErrandState::Waiting | ErrandState::Leased { .. } => 1,
        ErrandState::Sent | ErrandState::Dropped | ErrandState::Cancelled | ErrandState::Withdrawn => {
            NOT_SHOWN
        }
    }
}
