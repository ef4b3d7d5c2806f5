//! Questions to the registers that count as a try: a wrong representative costs one, a register
//! that is down does not.

use super::means::Means;
use super::tries::{Tries, Try};
use super::trouble::Trouble;
use crate::domain::cedula::Serial;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::found::Found;
use crate::domain::register::{Card, Representation};
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

    /// What SII calls this person, if they represent the company.
    ///
    /// # Errors
    /// [`Trouble::Refused`] when they don't, [`Trouble::Registry`] when SII does not answer.
    pub async fn representation(&self, company: Rut, person: Rut, action: Action) -> Result<Clean, Trouble> {
        let counted = Tries::of(self.means).count(company, action).await?;
        self.counted_representation(&counted, company, person, action).await
    }

    /// Whether this card is the person's and valid (E2).
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
        let (means, tries) = (self.means, Tries::of(self.means));
        let counted = tries.count(company, action).await?;
        let answer = means.looked(company, means.registry.card(person, serial).await).await?;
        let found = answer.as_ref().map_or_else(Found::from, |card| Found::from(*card));
        let entry = means.entry(counted.now_ms, action, Outcome::Found(found), company);
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

    /// The same for a try that was counted before.
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
        let (means, tries) = (self.means, Tries::of(self.means));
        let looked = means.registry.representation(company, person).await;
        let answer = means.looked(company, looked).await?;
        let found = answer.as_ref().map_or_else(Found::from, Found::from);
        let entry = means.entry(counted.now_ms, action, Outcome::Found(found), company);
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
}
