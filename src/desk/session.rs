//! Staff at the terminal: who they are (S18), and whether what they ask for is theirs to ask
//! (S19). A session belongs to this terminal and to one visit; there is one at a time.

use std::sync::PoisonError;

use super::{Answer, Desk, Trouble};
use crate::audit::{Actor, Entry};
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::domain::staff::{Act, Role, StaffAccount};
use crate::effect::requests::RequestAct;
use crate::effect::{Reply, StaffAct, StaffOrder, StaffReply, StaffSession};
use crate::office::means::CommitBy;
use crate::store::StoreError;
use crate::store::records::Held;
use crate::store::tallies::FailuresOfRut;
use crate::vault::{Blind, totp};

impl Desk {
    /// Name, password and a code that was not used before. Counted before it is checked; whoever
    /// is refused hears not which of them it was.
    pub(super) async fn sign_in(&self, name: &Clean, password: &Secret, code: &Secret) -> Answer {
        let tally = self.means.vault().blind_name(Blind::LimitOfStaff, name);
        self.count_pin(tally).await?;
        let now_ms = self.means.now_ms().await?;
        self.count_at_terminal(tally, now_ms).await?;
        let account = self.means.records.staff_named(name).await?;
        // One hashing for a name that nobody has, too.
        let verdict = match &account {
            Some(held) => self.means.vault().verify(password, &held.value.password).await,
            None => self.means.vault().verify_nothing().await,
        };
        let step =
            account.as_ref().and_then(|held| totp::step_of(&held.value.totp, code, (self.means.clock)()));
        match (account, step) {
            (Some(held), Some(step)) if verdict.is_right() && !held.value.disabled => {
                self.let_in(held, step, tally, now_ms).await
            }
            (Some(held), _) => {
                let outcome = if held.value.disabled { Outcome::Dead } else { Outcome::Wrong };
                self.refuse_sign_in(now_ms, outcome, Actor::Staff(held.value.name.clone())).await
            }
            (None, _) => self.refuse_sign_in(now_ms, Outcome::NoAccount, Actor::Person).await,
        }
    }

    /// The step of the code is used up with the batch that lets them in, so that of two at once
    /// one comes too late.
    async fn let_in(&self, held: Held<StaffAccount>, step: u64, tally: Id, now_ms: u64) -> Answer {
        let name = held.value.name.clone();
        if step <= held.value.last_step {
            return self.refuse_sign_in(now_ms, Outcome::Already, Actor::Staff(name)).await;
        }
        let used = StaffAccount { last_step: step, ..held.value.clone() };
        let entry = self.means.entry_by(Actor::Staff(name.clone()), now_ms, Action::SignIn, Outcome::Right);
        let draft = self.means.records.draft(now_ms).replace(&held, &used, None).audit(&entry);
        let draft = match self.means.records.get::<FailuresOfRut>(tally).await? {
            Some(failures) => draft.remove(&failures),
            None => draft,
        };
        self.forgive_name(draft, tally).await?.commit_by(&self.means).await?;
        let session = self.open_session(name, held.value.role, Some(held.id), now_ms);
        Ok(Reply::Staff(StaffReply::SignedIn(session)))
    }

    async fn refuse_sign_in(&self, now_ms: u64, outcome: Outcome, actor: Actor) -> Answer {
        let entry = self.means.entry_by(actor, now_ms, Action::SignIn, outcome);
        self.means.records.draft(now_ms).audit(&entry).commit_by(&self.means).await?;
        Ok(Reply::Staff(StaffReply::SignInWrong))
    }

    /// From now on this session counts at this terminal, and no other.
    pub(super) fn open_session(
        &self,
        name: Clean,
        role: Role,
        account: Option<Id>,
        now_ms: u64,
    ) -> StaffSession {
        let id = self.means.records.new_id(now_ms);
        *self.signed_in.lock().unwrap_or_else(PoisonError::into_inner) = Some(id);
        StaffSession::signed_in(id, name, role, account)
    }

    pub(super) async fn sign_out(&self, session: &StaffSession) -> Answer {
        let was_in = {
            let mut signed_in = self.signed_in.lock().unwrap_or_else(PoisonError::into_inner);
            let was_in = *signed_in == Some(session.id());
            if was_in {
                *signed_in = None;
            }
            was_in
        };
        // Also of a session that another took the place of meanwhile.
        self.end_views_of(session.id()).await;
        if was_in {
            let now_ms = self.means.now_ms().await?;
            let staff = Actor::Staff(session.name().clone());
            let entry = self.means.entry_by(staff, now_ms, Action::SignOut, Outcome::Done);
            self.means.records.draft(now_ms).audit(&entry).commit_by(&self.means).await?;
        }
        Ok(Reply::Staff(StaffReply::Done))
    }

    /// Whether this session may do this, about this company. Asked at each act: an account that
    /// was ended meanwhile does nothing more. What is not allowed is on record.
    pub(super) async fn allow(
        &self,
        acting: &StaffOrder,
        act: Act,
        about: Option<Rut>,
    ) -> Result<(), Trouble> {
        let session = &acting.session;
        let is_in = self.is_signed_in(session.id());
        let account = match session.account() {
            Some(id) => self.means.records.get::<StaffAccount>(id).await?,
            None => None,
        };
        let has_ended =
            session.account().is_some() && account.as_ref().is_none_or(|held| held.value.disabled);
        if !is_in || has_ended {
            self.end_views_of(session.id()).await;
            return Err(Trouble::Staff(StaffReply::SessionOver));
        }
        let is_own = match (&account, about) {
            (Some(held), Some(company)) => self.is_of(company, held.value.rut).await?,
            _ => false,
        };
        let role = account.as_ref().map_or(session.role(), |held| held.value.role);
        if role.may(act) && !is_own {
            return Ok(());
        }
        let now_ms = self.means.now_ms().await?;
        let entry = self.staff_entry(acting, now_ms, action(&acting.act), Outcome::NotAllowed, about);
        self.means.records.draft(now_ms).audit(&entry).commit_by(&self.means).await?;
        Err(Trouble::Staff(StaffReply::NotAllowed))
    }

    pub(super) fn is_signed_in(&self, session: Id) -> bool {
        *self.signed_in.lock().unwrap_or_else(PoisonError::into_inner) == Some(session)
    }

    /// Whether a company is this person's own, as far as is on file.
    async fn is_of(&self, company: Rut, person: Rut) -> Result<bool, StoreError> {
        let account = self.means.records.account_of(company).await?;
        Ok(company == person || account.is_some_and(|held| held.value.representative.rut == person))
    }

    pub(super) fn staff_entry(
        &self,
        acting: &StaffOrder,
        now_ms: u64,
        action: Action,
        outcome: Outcome,
        about: Option<Rut>,
    ) -> Entry {
        let staff = Actor::Staff(acting.session.name().clone());
        let entry = self.means.entry_by(staff, now_ms, action, outcome).noted(&acting.reason);
        match about {
            Some(company) => entry.about(self.means.vault().pseudonym(company)),
            None => entry,
        }
    }
}

/// Under what an act is on record.
pub(super) fn action(act: &StaffAct) -> Action {
    match act {
        StaffAct::WaiveChallenge => Action::VouchForPerson,
        StaffAct::Unblock(_) => Action::Unblock,
        StaffAct::WitnessCard(_) => Action::WitnessCard,
        StaffAct::SeeRefusal => Action::SeeRefusal,
        StaffAct::VouchUnchecked { .. } => Action::VouchUnchecked,
        StaffAct::SeeCompany(_) => Action::SeeCompany,
        StaffAct::SeeOutbox => Action::SeeOutbox,
        StaffAct::RetryMessage(_) => Action::RetryMessage,
        StaffAct::SeeFigures => Action::SeeFigures,
        StaffAct::Request(RequestAct::List { .. }) => Action::SeeRequests,
        StaffAct::Request(RequestAct::See(_)) => Action::SeeRequest,
        StaffAct::Request(RequestAct::Export(_)) => Action::ExportDocuments,
        StaffAct::Request(RequestAct::Approve(..)) => Action::ApproveRequest,
        StaffAct::Request(RequestAct::Refuse(_)) => Action::RefuseRequest,
        StaffAct::Request(RequestAct::Withdraw(_)) => Action::WithdrawRequest,
    }
}
