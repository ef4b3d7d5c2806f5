//! What staff do beside a person: they stand in for the letters, end a wait or a lock, say why
//! somebody was refused, and vouch for a card while no register answers (S10, S11, S19).

use super::acting::Acting;
use super::at_terminal::AtTerminal;
use super::checks::Checks;
use super::locks::CountedAgainst;
use super::means::{Decision, Means};
use super::pins::Pins;
use super::recover::Recover;
use super::register::Registration;
use super::trouble::{Answer, Trouble};
use crate::audit::Actor;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::found::Found;
use crate::domain::rut::Rut;
use crate::domain::staff::StaffPin;
use crate::effect::{Refusal, RefusedCard, Reply, StaffReply, VouchedOnFile};

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

    /// A PIN stands in for the letters that are on the screen, and for nothing else (T8). `None` when it
    /// is nobody's.
    ///
    /// # Errors
    /// [`Trouble::Refused`] with how long to wait: nothing was checked.
    pub async fn vouch_by_pin(&self, pin: &StaffPin, reason: &Clean) -> Answer {
        let (means, action) = (self.means, Action::VouchForPerson);
        let Some(name) = Pins::of(means).whose(pin, action).await? else { return Ok(Reply::PinWrong) };
        let now_ms = means.now_ms().await?;
        let done = means.entry_by(Actor::Staff(name), now_ms, action, Outcome::Done).because(reason);
        means.commit(means.records.draft(now_ms).audit(&done)).await?;
        Ok(Reply::PinRight)
    }

    /// The last refusal of this visit, as it stands on record.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn see_refusal(&self, acting: &Acting<'_>) -> Answer {
        let time = acting.tell(Outcome::Done, None, None).await?;
        let seen = self.means.refusals.of_visit(time.now_ms(), acting.order.visit);
        Ok(Reply::Staff(StaffReply::RefusalTold(seen.last().map(|seen| (seen.action, seen.outcome)))))
    }

    /// Staff stand in for the letters.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn waive_challenge(&self, acting: &Acting<'_>) -> Answer {
        acting.tell(Outcome::Done, None, None).await?;
        Ok(Reply::Staff(StaffReply::Done))
    }

    /// Tries may be made again at this terminal (S11).
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn unlock_terminal(&self, acting: &Acting<'_>) -> Answer {
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

    /// A company need not wait any longer (S10), for anything that counts against it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn unblock(&self, acting: &Acting<'_>, company: Rut) -> Answer {
        let (means, drawn) = (self.means, self.means.draw().await?);
        let done = acting.row(drawn.now_ms, Outcome::Done, Some(company));
        means
            .settle(
                || async { Ok(CountedAgainst::of_rut(&means.records, company).await?) },
                |waits| {
                    let draft = waits.ended(drawn.draft().audit(&done));
                    Ok(Decision { draft, answer: Reply::Staff(StaffReply::Done) })
                },
            )
            .await
    }

    /// Registro Civil calls the card expired, and something else says that it is valid still: a residence
    /// that is being decided on (Ley 21.325 art. 43), or a decree. Staff see person and card (E5), so it
    /// counts as matched; the number must be right all the same, and the try is counted as the person's
    /// own. A card that is blocked, replaced or of another is refused to staff too.
    ///
    /// # Errors
    /// [`Trouble::Registry`] when Registro Civil does not answer, [`Trouble::Refused`] when no try may be
    /// made.
    pub async fn accept_card(&self, acting: &Acting<'_>, card: &RefusedCard) -> Answer {
        let (means, (company, holder), serial) = (self.means, card.of(), card.serial());
        // A number that was wrong is no more right before staff, and asking again would cost a try.
        let now_ms = means.now_ms().await?;
        let seen = means.refusals.of_visit(now_ms, acting.order.visit);
        if seen.last().is_none_or(|seen| seen.outcome != Outcome::Found(Found::CardExpired)) {
            return acting.tell_refusal(company).await;
        }
        let checked = Checks::of(means).card_before_staff(company, holder, serial, Action::CheckCard).await;
        match checked {
            Ok(()) => {}
            Err(Trouble::Refused(Refusal::Mismatch { .. })) => return acting.tell_refusal(company).await,
            Err(trouble) => return Err(trouble),
        }
        acting.tell(Outcome::Done, Some(company), None).await?;
        match card {
            RefusedCard::OfRepresentative { representative, serial } => {
                Recover::of(means).card_is_right(representative, serial).await
            }
            RefusedCard::OfApplicant { company, representative, serial } => {
                Ok(Registration::of(means).card_is_right(*company, *representative, serial))
            }
        }
    }

    /// No register answers, and staff saw the card: whoever is on file as the representative goes on
    /// to the address on file. The account was checked when it was made; nobody else gets further. No
    /// block of the company's stands in the way (T9): it is their code that makes it safe, and the
    /// record.
    ///
    /// # Errors
    /// [`Trouble::Staff`] when the registers answer, or it is somebody else.
    pub async fn vouch_unchecked(&self, acting: &Acting<'_>, company: Rut, representative: Rut) -> Answer {
        let means = self.means;
        let now_ms = means.now_ms().await?;
        if !means.refusals.register_was_down(now_ms, acting.order.visit) {
            return Err(Trouble::Staff(StaffReply::RegistersAnswer));
        }
        let account = means.records.account_of(company).await?;
        let outcome = match &account {
            // Nothing secret goes to a channel that nobody proved (T3).
            Some(held) if !held.value.has_proved(&Destination::Mail(held.value.email.clone())) => {
                Outcome::NotAllowed
            }
            Some(held) if held.value.representative.rut == representative => Outcome::Done,
            Some(_) => Outcome::Wrong,
            None => Outcome::NoAccount,
        };
        acting.tell(outcome, Some(company), None).await?;
        match account.filter(|_| outcome == Outcome::Done) {
            Some(held) => Ok(Reply::Staff(StaffReply::Vouched {
                vouched: VouchedOnFile::seen_by_staff(company),
                masked_email: Clean::from(held.value.email.masked()),
            })),
            None if outcome == Outcome::NotAllowed => Err(Trouble::Staff(StaffReply::NotAllowed)),
            None => Err(Trouble::Staff(StaffReply::NotOnFile)),
        }
    }
}
