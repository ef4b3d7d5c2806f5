//! Why a clave or an answer that was typed leads nowhere: it is wrong, whoever typed it may not use it, or
//! something stronger stands in its way. What each costs, and what is said of it.

use super::admission::Admission;
use super::means::Means;
use super::tries::Tries;
use super::trouble::{Answer, Trouble};
use crate::domain::account::Account;
use crate::domain::deed::{Action, Outcome};
use crate::domain::rut::Rut;
use crate::domain::sii_word::SiiWord;
use crate::effect::{Refusal, Reply};

/// A clave or an answer of this company's that was let in to be compared, and leads nowhere.
#[derive(Clone, Copy)]
pub struct SecretRefused<'a> {
    /// Of the office.
    pub means: &'a Means,
    /// Whose it should be.
    pub company: Rut,
    /// How it is counted.
    pub admission: &'a Admission,
    /// For the audit log.
    pub action: Action,
}

impl SecretRefused<'_> {
    /// The try stays counted. Staff can tell them why.
    pub async fn refuse(&self, outcome: Outcome, word: Option<&SiiWord>) -> Answer {
        let counted = match self.admission {
            Admission::Counted(counted) => counted,
            Admission::Again(_) => return self.refuse_again(outcome, word).await,
            Admission::Blocked { .. } => return Err(self.admission.mismatch()),
        };
        let entry = self.means.entry(counted.time.now_ms(), self.action, outcome, self.company);
        let told = |left| match word {
            Some(SiiWord::Silent(_)) => Refusal::Unconfirmed { left },
            _ => Refusal::Mismatch { left },
        };
        Tries::of(self.means).fail_as(counted, &entry, told).await
    }

    /// The same try as before, and it still fails, or nobody can tell still.
    async fn refuse_again(&self, outcome: Outcome, word: Option<&SiiWord>) -> Answer {
        self.tell(outcome).await?;
        Err(match word {
            Some(SiiWord::Silent(down)) => down.clone().into(),
            _ => self.admission.mismatch(),
        })
    }

    /// The clave is right, and whoever typed it may not use it.
    pub async fn turn_away(&self, word: &SiiWord) -> Answer {
        let outcome = Outcome::Found(word.found());
        match (self.admission, word) {
            (Admission::Counted(_) | Admission::Again(_), word) => self.refuse(outcome, Some(word)).await,
            (Admission::Blocked { .. }, SiiWord::Silent(down)) => {
                self.uncount(outcome).await?;
                Err(down.clone().into())
            }
            (Admission::Blocked { .. }, _) => {
                self.tell(outcome).await?;
                Err(self.admission.mismatch())
            }
        }
    }

    /// It is right, and something stronger is under way (T4c, T6).
    pub async fn outranked(&self, refusal: Refusal) -> Answer {
        self.uncount(Outcome::NotAllowed).await?;
        Err(Trouble::Refused(refusal))
    }

    /// A sent key that was right, and that something stronger ended: only whoever has it is told.
    pub async fn over(&self, account: &Account) -> Answer {
        self.uncount(Outcome::Dead).await?;
        match account.trust.is_frozen() {
            true => Err(Trouble::Refused(Refusal::Frozen)),
            false => Ok(Reply::ClaveOver),
        }
    }

    async fn tell(&self, outcome: Outcome) -> Result<(), Trouble> {
        let now_ms = self.admission.time().now_ms();
        let entry = self.means.entry(now_ms, self.action, outcome, self.company);
        Ok(self.means.commit(self.means.records.draft(now_ms).audit(&entry)).await?)
    }

    /// What is right, and whose it is, counts as no try, whatever stands in its way.
    async fn uncount(&self, outcome: Outcome) -> Result<(), Trouble> {
        let now_ms = self.admission.time().now_ms();
        let entry = self.means.entry(now_ms, self.action, outcome, self.company);
        Tries::of(self.means).uncount(self.admission.counted(), &entry).await
    }
}
