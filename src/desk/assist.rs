//! What staff do beside a person: each act is allowed or not by one table, and goes on record with
//! its reason (S19).

use super::session::action;
use super::{Answer, Desk, Trouble};
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::language::Language;
use crate::domain::rut::Rut;
use crate::effect::{AwaitingCode, Reply, StaffAct, StaffOrder, StaffReply, VouchedOnFile};
use crate::office::means::CommitBy;

impl Desk {
    pub(super) async fn staff_act(&self, acting: &StaffOrder, language: Language) -> Answer {
        let act = acting.act.clone();
        let needs = act.needs();
        let about = match &act {
            StaffAct::Unblock(company) | StaffAct::VouchUnchecked { company, .. } => Some(*company),
            StaffAct::WitnessCard(awaiting) => self.held_for(awaiting).await?,
            _ => None,
        };
        self.allow(acting, needs, about).await?;
        let now_ms = self.means.now_ms().await?;
        let done = self.staff_entry(acting, now_ms, action(&act), Outcome::Done, about);
        let draft = self.means.records.draft(now_ms);
        match act {
            StaffAct::SeeRefusal => {
                draft.audit(&done).commit_by(&self.means).await?;
                let told = self
                    .means
                    .refusals
                    .of_visit(now_ms, acting.visit)
                    .last()
                    .map(|seen| (seen.action, seen.outcome));
                Ok(Reply::Staff(StaffReply::RefusalTold(told)))
            }
            StaffAct::WaiveChallenge => {
                self.open_terminal(draft.audit(&done)).await?.commit_by(&self.means).await?;
                Ok(Reply::Staff(StaffReply::Done))
            }
            StaffAct::Unblock(company) => {
                self.unblock(draft.audit(&done), company).await?.commit_by(&self.means).await?;
                Ok(Reply::Staff(StaffReply::Done))
            }
            StaffAct::WitnessCard(awaiting) => self.witness_by(acting, awaiting).await,
            StaffAct::VouchUnchecked { company, representative } => {
                self.vouch_unchecked(acting, company, representative).await
            }
            StaffAct::SeeCompany(sought) => self.see_company(acting, sought).await,
            StaffAct::SeeOutbox => {
                draft.audit(&done).commit_by(&self.means).await?;
                self.see_outbox().await
            }
            StaffAct::RetryMessage(id) => self.retry_message(acting, id).await,
            StaffAct::SeeFigures => {
                draft.audit(&done).commit_by(&self.means).await?;
                self.see_figures(now_ms).await
            }
            StaffAct::Request(act) => self.about_request(acting, act, language).await,
        }
    }

    async fn witness_by(&self, acting: &StaffOrder, awaiting: AwaitingCode) -> Answer {
        self.release_held(awaiting, |now_ms| {
            self.staff_entry(acting, now_ms, Action::WitnessCard, Outcome::Done, None)
        })
        .await
    }

    /// No register answers, and staff saw the card: whoever is on file as the representative goes on
    /// to the address on file. The account was checked when it was made; nobody else gets further.
    async fn vouch_unchecked(&self, acting: &StaffOrder, company: Rut, representative: Rut) -> Answer {
        let action = Action::VouchUnchecked;
        let now_ms = self.means.now_ms().await?;
        if !self.means.refusals.register_was_down(now_ms, acting.visit) {
            return Err(Trouble::Staff(StaffReply::RegistersAnswer));
        }
        let counted = self.tries().count(company, action).await?;
        let account = self.means.records.account_of(company).await?;
        let entry = |outcome| self.staff_entry(acting, counted.now_ms, action, outcome, Some(company));
        match account {
            Some(held) if held.value.representative.rut == representative => {
                // A card that was looked at proves no more than one that a register knows.
                self.tries().uncount(&counted, &entry(Outcome::Done)).await?;
                Ok(Reply::Staff(StaffReply::Vouched {
                    vouched: VouchedOnFile::seen_by_staff(company),
                    masked_email: Clean::from(held.value.email.masked()),
                }))
            }
            Some(_) => self.tries().fail(&counted, &entry(Outcome::Wrong)).await,
            None => self.tries().fail(&counted, &entry(Outcome::NoAccount)).await,
        }
    }
}
