//! Questions to the registers that count as a try: a wrong representative costs one, a register
//! that is down does not.

use super::means::Means;
use super::pair_tries::{PairCheck, PairTries};
use super::tries::{Tries, Try};
use super::trouble::Trouble;
use crate::audit::Entry;
use crate::domain::cedula::Serial;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::found::Found;
use crate::domain::register::{Card, Down, Representation};
use crate::domain::rut::Rut;

/// Asks the registers, and counts.
#[derive(Clone, Copy)]
pub struct Checks<'a> {
    means: &'a Means,
}

impl<'a> Checks<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        Checks { means }
    }

    /// What SII calls this person, if they represent the company. It is counted for this person alone,
    /// so that no stranger's tries, and no block of the company's, stand in another's way (T9).
    ///
    /// # Errors
    /// [`Trouble::Refused`] when they don't, [`Trouble::Registry`] when SII does not answer.
    pub async fn representation(&self, company: Rut, person: Rut, action: Action) -> Result<Clean, Trouble> {
        let tries = PairTries::of(self.means);
        let counted = tries.count(PairCheck::Representation, (company, person), action).await?;
        let (answer, entry) = self.asked((company, person), action, counted.time.now_ms()).await?;
        match answer {
            Ok(Representation::Current { name }) => {
                tries.uncount(&counted, &entry).await?;
                Ok(name)
            }
            Ok(Representation::Former | Representation::Never) => tries.fail(&counted, &entry).await,
            Err(down) => {
                tries.uncount(&counted, &entry).await?;
                Err(down.into())
            }
        }
    }

    /// Whether this card is the person's and valid (E2). Five wrong numbers a day for each person, counted
    /// before the register is asked, and whatever else is blocked (T9).
    ///
    /// # Errors
    /// [`Trouble::Refused`] when it is not, [`Trouble::Registry`] when Registro Civil does not answer.
    pub async fn card(
        &self,
        company: Rut,
        person: Rut,
        serial: &Serial,
        action: Action,
    ) -> Result<(), Trouble> {
        let (means, tries) = (self.means, PairTries::of(self.means));
        let counted = tries.count(PairCheck::Card, (company, person), action).await?;
        let answer = means.looked(company, means.registry.card(person, serial).await).await?;
        let found = answer.as_ref().map_or_else(Found::from, |card| Found::from(*card));
        let entry = means.entry(counted.time.now_ms(), action, Outcome::Found(found), company);
        match answer {
            // Two RUTs and a card number are no proof of possession (S8): nothing is forgiven.
            Ok(Card::Matches) => tries.uncount(&counted, &entry).await,
            Ok(_) => tries.fail(&counted, &entry).await,
            Err(down) => {
                tries.uncount(&counted, &entry).await?;
                Err(down.into())
            }
        }
    }

    /// The same as [`Checks::representation`] for a try that was counted before, as the company's own.
    ///
    /// # Errors
    /// As [`Checks::representation`].
    pub async fn counted_representation(
        &self,
        counted: &Try,
        company: Rut,
        person: Rut,
        action: Action,
    ) -> Result<Clean, Trouble> {
        let tries = Tries::of(self.means);
        let (answer, entry) = self.asked((company, person), action, counted.time.now_ms()).await?;
        match answer {
            Ok(Representation::Current { name }) => {
                tries.uncount(counted, &entry).await?;
                Ok(name)
            }
            Ok(Representation::Former | Representation::Never) => tries.fail(counted, &entry).await,
            Err(down) => {
                tries.uncount(counted, &entry).await?;
                Err(down.into())
            }
        }
    }
    /// SII's answer, and the row that tells of it.
    async fn asked(
        &self,
        (company, person): (Rut, Rut),
        action: Action,
        now_ms: u64,
    ) -> Result<(Result<Representation, Down>, Entry), Trouble> {
        let means = self.means;
        let looked = means.registry.representation(company, person).await;
        let answer = means.looked(company, looked).await?;
        let found = answer.as_ref().map_or_else(Found::from, Found::from);
        let entry = means.entry(now_ms, action, Outcome::Found(found), company);
        Ok((answer, entry))
    }
}
