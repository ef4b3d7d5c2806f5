//! Questions to the registers that count as a try: a wrong representative costs one, a register
//! that is down does not.

use super::means::Means;
use super::tries::{Tries, Try};
use super::trouble::Trouble;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::found::Found;
use crate::domain::register::Representation;
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
