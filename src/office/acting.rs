//! One act of a member of staff: whether it is theirs to do (S19), and the rows that tell of it. The
//! terminal has made sure before that the session is open there.

use super::means::Means;
use super::trouble::{Answer, Trouble};
use crate::audit::{Actor, Entry};
use crate::domain::deed::{Action, Outcome};
use crate::domain::folio::Folio;
use crate::domain::office_time::OfficeTime;
use crate::domain::rut::Rut;
use crate::domain::staff::{Act, StaffAccount};
use crate::effect::requests::{RequestAct, Shape};
use crate::effect::settlement::DisputeAct;
use crate::effect::{Reply, StaffAct, StaffOrder, StaffReply};
use crate::store::StoreError;

/// Whom an act serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concerned {
    /// Whose account it is, or will be.
    pub company: Rut,
    /// Whose card or papers are shown, as far as is known.
    pub people: Vec<Rut>,
}

impl Concerned {
    /// Nobody in person.
    pub fn company(company: Rut) -> Self {
        Concerned { company, people: vec![] }
    }

    /// Somebody who acts for a company.
    pub fn person(company: Rut, person: Rut) -> Self {
        Concerned { company, people: vec![person] }
    }
}

/// An act, who does it, and why.
#[derive(Clone, Copy)]
pub struct Acting<'a> {
    means: &'a Means,
    /// As the member of staff gave it.
    pub order: &'a StaffOrder,
}

impl<'a> Acting<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means, order: &'a StaffOrder) -> Self {
        Acting { means, order }
    }

    /// Whether whoever acts may do this for them: nobody serves themselves, or a company of their own. It is asked at each act, because an
    /// account that was ended meanwhile does nothing more. What is not allowed is on record.
    ///
    /// # Errors
    /// [`Trouble::Staff`] when they may not, or their account has ended.
    pub async fn allow(&self, act: Act, about: Option<Concerned>) -> Result<(), Trouble> {
        let account = self.account().await?;
        let is_own = match (&account, &about) {
            (Some(account), Some(concerned)) => self.is_of(concerned, account.rut).await?,
            _ => false,
        };
        match allowed(account.as_ref(), act, is_own) {
            Allowed::Yes => Ok(()),
            Allowed::SessionOver => Err(Trouble::Staff(StaffReply::SessionOver)),
            Allowed::No => {
                self.tell(Outcome::NotAllowed, about.map(|concerned| concerned.company), None).await?;
                Err(Trouble::Staff(StaffReply::NotAllowed))
            }
        }
    }

    /// The account of whoever acts; `None` if there is none any more.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn account(&self) -> Result<Option<StaffAccount>, StoreError> {
        let id = self.order.session.account();
        Ok(self.means.records.get::<StaffAccount>(id).await?.map(|held| held.value))
    }

    /// Whether it concerns this member themselves, or a company of theirs as far as is on file.
    async fn is_of(
        &self,
        Concerned { company, people }: &Concerned,
        member: Rut,
    ) -> Result<bool, StoreError> {
        let account = self.means.records.account_of(*company).await?;
        let is_on_file = account.is_some_and(|held| held.value.representative.rut == member);
        Ok(*company == member || people.contains(&member) || is_on_file)
    }

    /// A row about this act.
    pub fn row(&self, now_ms: u64, outcome: Outcome, about: Option<Rut>) -> Entry {
        let staff = Actor::Staff(self.order.session.name().clone());
        let action = action(&self.order.act);
        let entry = self.means.entry_by(staff, now_ms, action, outcome).noted(&self.order.reason);
        match about {
            Some(company) => entry.about(self.means.vault().pseudonym(company)),
            None => entry,
        }
    }

    /// Puts this act on record, and says when that was.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn tell(
        &self,
        outcome: Outcome,
        about: Option<Rut>,
        folio: Option<Folio>,
    ) -> Result<OfficeTime, StoreError> {
        let time = self.means.time().await?;
        let row = self.row(time.now_ms(), outcome, about);
        let row = match folio {
            Some(folio) => row.under(folio),
            None => row,
        };
        self.means.commit(self.means.records.draft(time.now_ms()).audit(&row)).await?;
        Ok(time)
    }

    /// A register refused what the act needed: it is on record, and whoever acts is told what it said.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn tell_refusal(&self, about: Rut) -> Answer {
        let time = self.tell(Outcome::Wrong, Some(about), None).await?;
        let seen = self.means.refusals.of_visit(time.now_ms(), self.order.visit);
        let why = seen.last().map(|seen| (seen.action, seen.outcome));
        Ok(Reply::Staff(StaffReply::RefusalTold(why)))
    }
}

/// What the table of roles says of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Allowed {
    Yes,
    /// Not for this role, or it concerns a company of their own.
    No,
    /// The account has ended since they signed in.
    SessionOver,
}

/// The role is the account's of today, not the session's.
fn allowed(account: Option<&StaffAccount>, act: Act, is_own: bool) -> Allowed {
    match account.filter(|account| !account.disabled) {
        None => Allowed::SessionOver,
        Some(account) if account.role.may(act) && !is_own => Allowed::Yes,
        Some(_) => Allowed::No,
    }
}

/// The word under which an act is on record.
fn action(act: &StaffAct) -> Action {
    match act {
        StaffAct::WaiveChallenge => Action::VouchForPerson,
        StaffAct::Unblock(_) => Action::Unblock,
        StaffAct::UnlockTerminal => Action::UnlockTerminal,
        StaffAct::WitnessCard(_) => Action::WitnessCard,
        StaffAct::SeeRefusal => Action::SeeRefusal,
        StaffAct::VouchUnchecked { .. } => Action::VouchUnchecked,
        StaffAct::AcceptCard(_) => Action::AcceptCard,
        StaffAct::SeeCompany(_) => Action::SeeCompany,
        StaffAct::SeeOutbox => Action::SeeOutbox,
        StaffAct::RetryMessage(_) => Action::RetryMessage,
        StaffAct::SeeFigures { .. } => Action::SeeFigures,
        StaffAct::Request(RequestAct::List { .. }) => Action::SeeRequests,
        StaffAct::Request(RequestAct::See(_)) => Action::SeeRequest,
        StaffAct::Request(RequestAct::Export(_, Shape::Pages)) => Action::ExportDocuments,
        StaffAct::Request(RequestAct::Export(_, Shape::Files)) => Action::ExportDocumentFiles,
        StaffAct::Request(RequestAct::Approve(..)) => Action::ApproveRequest,
        StaffAct::Request(RequestAct::Refuse(_)) => Action::RefuseRequest,
        StaffAct::Request(RequestAct::Withdraw(_)) => Action::WithdrawRequest,
        StaffAct::Dispute(DisputeAct::Open { .. } | DisputeAct::OpenWithPapers { .. }) => Action::OpenDispute,
        StaffAct::Dispute(DisputeAct::OpenUnlisted(_)) => Action::OpenUnlisted,
        StaffAct::Dispute(DisputeAct::Confirm { .. }) => Action::ConfirmDispute,
        StaffAct::Dispute(DisputeAct::List) => Action::SeeDisputes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::digest::Digest;
    use crate::domain::staff::{Role, TotpSecret};

    fn account(role: Role, disabled: bool) -> StaffAccount {
        StaffAccount {
            name: "rosa".into(),
            rut: Rut::of_body(12_345_678).expect("it is a RUT"),
            role,
            password: Digest("digest".into()),
            totp: TotpSecret([1; 20]),
            last_step: 0,
            disabled,
            created_ms: 0,
        }
    }

    #[test]
    fn the_role_of_today_decides() {
        let of = |role| Some(account(role, false));
        let table = [
            (of(Role::Helper), Act::WaiveChallenge, false, Allowed::Yes),
            (of(Role::Helper), Act::SeeCompany, false, Allowed::Yes),
            (of(Role::Helper), Act::SeeCompany, true, Allowed::No),
            (of(Role::Manager), Act::SeeOutbox, false, Allowed::Yes),
            (of(Role::Helper), Act::SeeOutbox, false, Allowed::No),
            (of(Role::Badge), Act::Unblock, false, Allowed::No),
            (Some(account(Role::Helper, true)), Act::SeeCompany, false, Allowed::SessionOver),
            (None, Act::SeeCompany, false, Allowed::SessionOver),
        ];
        for (account, act, is_own, expected) in table {
            assert_eq!(allowed(account.as_ref(), act, is_own), expected, "{account:?} {act:?}");
        }
    }
}
