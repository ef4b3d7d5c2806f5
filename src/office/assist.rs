//! What staff do beside a person: they stand in for the letters, end a wait, say why somebody was
//! refused, and vouch for a card while no register answers (S10, S11, S19).

use super::acting::Acting;
use super::at_terminal::AtTerminal;
use super::means::{Decision, Means};
use super::pins::Pins;
use super::sign_in::Admitted;
use super::tries::Tries;
use super::trouble::{Answer, Trouble};
use crate::audit::Actor;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::domain::staff::Role;
use crate::effect::{Reply, StaffReply, VouchedOnFile};
use crate::store::records::{Draft, Held};
use crate::store::tallies::FailuresOfRut;

/// Helps the person at the terminal.
#[derive(Clone, Copy)]
pub struct Assist<'a> {
    means: &'a Means,
}

impl<'a> Assist<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        Assist { means }
    }

    /// *Pedir ayuda*
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn call_staff(&self, now_ms: u64) -> Answer {
        let means = self.means;
        let entry = means.entry_by(Actor::Person, now_ms, Action::CallStaff, Outcome::Done);
        means.commit(means.records.draft(now_ms).audit(&entry)).await?;
        tracing::warn!("staff called");
        Ok(Reply::StaffCalled)
    }

    /// A PIN stands in for the letters, which also opens a locked terminal (S11) and ends the wait of
    /// a company (S10). `None` when the PIN is nobody's.
    ///
    /// # Errors
    /// [`Trouble::Refused`] with how long to wait: nothing was checked.
    pub async fn vouch_by_pin(
        &self,
        pin: &Secret,
        reason: &Clean,
        blocked: Option<Rut>,
    ) -> Result<Option<Admitted>, Trouble> {
        let means = self.means;
        let Some(name) = Pins::of(means).whose(pin, Action::VouchForPerson).await? else { return Ok(None) };
        let drawn = means.draw().await?;
        let now_ms = drawn.now_ms;
        let done = |action| {
            let staff = Actor::Staff(name.clone());
            means.entry_by(staff, now_ms, action, Outcome::Done).because(reason)
        };
        let unblocked = blocked.map(|company| done(Action::Unblock).about(means.vault().pseudonym(company)));
        means
            .settle(
                || async { Ok((AtTerminal::read(means).await?, Blocked::read(means, blocked).await?)) },
                |(at_terminal, blocked)| {
                    let draft = at_terminal.opened(drawn.draft().audit(&done(Action::VouchForPerson)));
                    let draft = blocked.released(draft);
                    let draft = unblocked.iter().fold(draft, |draft, row| draft.audit(row));
                    Ok(Decision { draft, answer: () })
                },
            )
            .await?;
        Ok(Some(Admitted { name, role: Role::Badge, account: None, now_ms }))
    }

    /// The last refusal of this visit, as it stands on record.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn see_refusal(&self, acting: &Acting<'_>) -> Answer {
        let now_ms = acting.tell(Outcome::Done, None, None).await?;
        let seen = self.means.refusals.of_visit(now_ms, acting.order.visit);
        Ok(Reply::Staff(StaffReply::RefusalTold(seen.last().map(|seen| (seen.action, seen.outcome)))))
    }

    /// Staff stand in for the letters, which also opens a locked terminal (S11).
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn waive_challenge(&self, acting: &Acting<'_>) -> Answer {
        let (means, drawn) = (self.means, self.means.draw().await?);
        let done = acting.row(drawn.now_ms, Outcome::Done, None);
        means
            .settle(
                || async { Ok(AtTerminal::read(means).await?) },
                |at_terminal| {
                    let draft = at_terminal.opened(drawn.draft().audit(&done));
                    Ok(Decision { draft, answer: Reply::Staff(StaffReply::Done) })
                },
            )
            .await
    }

    /// A company need not wait any longer (S10).
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn unblock(&self, acting: &Acting<'_>, company: Rut) -> Answer {
        let (means, drawn) = (self.means, self.means.draw().await?);
        let done = acting.row(drawn.now_ms, Outcome::Done, Some(company));
        means
            .settle(
                || Blocked::read(means, Some(company)),
                |blocked| {
                    let draft = blocked.released(drawn.draft().audit(&done));
                    Ok(Decision { draft, answer: Reply::Staff(StaffReply::Done) })
                },
            )
            .await
    }

    /// No register answers, and staff saw the card: whoever is on file as the representative goes on
    /// to the address on file. The account was checked when it was made; nobody else gets further.
    ///
    /// # Errors
    /// [`Trouble::Staff`] when the registers answer, [`Trouble::Refused`] when it is somebody else.
    pub async fn vouch_unchecked(&self, acting: &Acting<'_>, company: Rut, representative: Rut) -> Answer {
        let (means, tries) = (self.means, Tries::of(self.means));
        let now_ms = means.now_ms().await?;
        if !means.refusals.register_was_down(now_ms, acting.order.visit) {
            return Err(Trouble::Staff(StaffReply::RegistersAnswer));
        }
        let counted = tries.count(company, Action::VouchUnchecked).await?;
        let account = means.records.account_of(company).await?;
        let entry = |outcome| acting.row(counted.now_ms, outcome, Some(company));
        match account {
            Some(held) if held.value.representative.rut == representative => {
                // A card that was looked at proves no more than one that a register knows.
                tries.uncount(&counted, &entry(Outcome::Done)).await?;
                Ok(Reply::Staff(StaffReply::Vouched {
                    vouched: VouchedOnFile::seen_by_staff(company),
                    masked_email: Clean::from(held.value.email.masked()),
                }))
            }
            Some(_) => tries.fail(&counted, &entry(Outcome::Wrong)).await,
            None => tries.fail(&counted, &entry(Outcome::NoAccount)).await,
        }
    }
}

/// What is counted against a company that must wait.
struct Blocked(Vec<Held<FailuresOfRut>>);

impl Blocked {
    async fn read(means: &Means, company: Option<Rut>) -> Result<Self, Trouble> {
        match company {
            Some(company) => Ok(Blocked(Tries::of(means).all_of(company).await?)),
            None => Ok(Blocked(Vec::new())),
        }
    }

    /// Nothing is counted against it any more.
    fn released(&self, draft: Draft) -> Draft {
        self.0.iter().fold(draft, |draft, held| draft.remove(held))
    }
}
