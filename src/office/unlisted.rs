//! A company of the last weeks, where lists alone answer for SII: it is on none yet, and its own papers
//! stand for SII's word. Two members of staff see them, and give the company its account (E6).

use super::acting::Acting;
use super::checks::Checks;
use super::disputes::{Disputes, blind_ending, told};
use super::means::Means;
use super::trouble::{Answer, Trouble};
use crate::domain::deed::{Action, Outcome};
use crate::domain::dispute::{Grounds, Unsettled};
use crate::domain::sii_word::SiiWord;
use crate::effect::Refusal;
use crate::effect::settlement::{DisputeReply, UnlistedCompany};

/// What the first of the two does.
#[derive(Clone, Copy)]
pub struct Unlisted<'a> {
    means: &'a Means,
    acting: Acting<'a>,
}

impl<'a> Unlisted<'a> {
    /// For whoever acts, whose role was checked.
    pub fn of(means: &'a Means, acting: Acting<'a>) -> Self {
        Unlisted { means, acting }
    }

    /// The first of the two, beside the representative. Only a list was asked, of whatever age, and it lacks
    /// the company; where SII itself is asked, its word counts. The card is checked as any other before
    /// staff, and the second reads the same symbols off it. Another document stands for a card only where
    /// Registro Civil, or the list in its place, knows none of that person's.
    ///
    /// # Errors
    /// [`Trouble::Registry`] when a register does not answer, [`Trouble::Refused`] when no try may be made
    /// at the card.
    pub async fn open(&self, unlisted: &UnlistedCompany) -> Answer {
        let (means, checks) = (self.means, Checks::of(self.means));
        let (company, representative) = (unlisted.company, unlisted.representative);
        let why = match checks.unlisted(company, representative).await? {
            SiiWord::Unlisted => None,
            SiiWord::Silent(down) => return Err(down.into()),
            SiiWord::Yes { .. } => Some(Unsettled::Listed),
            SiiWord::No(_) => Some(Unsettled::NotRepresentative),
        };
        if let Some(why) = why {
            self.acting.tell(Outcome::Wrong, Some(company), None).await?;
            return told(DisputeReply::Not(why));
        }
        let (document, action) = (&unlisted.document, Action::CheckCard);
        match checks.card_before_staff(company, representative, &document.asked_with(), action).await {
            // Nor may a list have the card yet, and the two see that besides the papers.
            Ok(()) | Err(Trouble::Refused(Refusal::CardUnlisted | Refusal::WithoutRun)) => {}
            Err(Trouble::Refused(Refusal::Mismatch { .. })) => {
                return self.acting.tell_refusal(company).await;
            }
            Err(trouble) => return Err(trouble),
        }
        let ending = blind_ending(means.vault(), representative, &document.ending());
        let names = (unlisted.company_name.clone(), unlisted.representative_name.clone());
        let disputes = Disputes::of(means, self.acting);
        disputes.open_named((company, representative), names, (ending, ending), Grounds::Papers).await
    }
}
