//! What a typed clave is compared with: everything that opens, or, while a block runs, what was sent
//! alone. And whether an answer is compared at all.

use std::time::Duration;

use super::means::Means;
use super::tries::{Tries, Try};
use super::trouble::Trouble;
use crate::domain::country::Country;
use crate::domain::deed::Action;
use crate::domain::facilitator::IdentityNumber;
use crate::domain::office_time::OfficeTime;
use crate::domain::rut::Rut;
use crate::effect::Refusal;

/// Whether a try at a clave is counted, and so what it is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Admission {
    /// Compared with everything that opens.
    Counted(Try),
    /// The same, for a try that was counted before and whose outcome SII's silence kept back.
    Again(Try),
    /// Compared with what was sent alone, for a block must not keep the owner from the key that they
    /// recovered (T9). Tries at such keys are counted apart, with waits of a quarter of an hour at most; all
    /// else is told to wait, right or wrong.
    Blocked {
        /// Among those at sent keys.
        counted: Try,
        /// For how long yet the block runs.
        wait: Duration,
    },
}

impl Admission {
    /// To a company's clave: counted before it is compared, if it may be.
    ///
    /// # Errors
    /// [`Trouble::Refused`] when the terminal is locked, or when a block runs and so many failed at sent keys
    /// that these wait too.
    pub async fn to_clave(means: &Means, company: Rut, action: Action) -> Result<Self, Trouble> {
        let tries = Tries::of(means);
        Self::of(tries.count(company, action).await, || tries.count_sent(company, action)).await
    }

    /// The same, where what is typed was counted before, word for word: it counts once.
    ///
    /// # Errors
    /// As [`Admission::to_clave`].
    pub async fn again(means: &Means, company: Rut, action: Action) -> Result<Self, Trouble> {
        match Tries::of(means).count_again(company, action).await {
            Ok(counted) => Ok(Admission::Again(counted)),
            // A block runs, which leaves sent keys a way (T9).
            Err(Trouble::Refused(Refusal::Wait(_))) => Self::to_clave(means, company, action).await,
            Err(trouble) => Err(trouble),
        }
    }

    /// To a company's answer, which nothing lets through a block. `is_again`: it was counted before, word for
    /// word.
    ///
    /// # Errors
    /// [`Trouble::Refused`] when the company must wait or the terminal is locked.
    pub async fn to_answer(
        means: &Means,
        company: Rut,
        action: Action,
        is_again: bool,
    ) -> Result<Self, Trouble> {
        let tries = Tries::of(means);
        Ok(match is_again {
            true => Admission::Again(tries.count_again(company, action).await?),
            false => Admission::Counted(tries.count(company, action).await?),
        })
    }

    /// To a facilitator's.
    ///
    /// # Errors
    /// As [`Admission::to_clave`].
    pub async fn to_clave_of_facilitator(
        means: &Means,
        company: Rut,
        who: (Country, &IdentityNumber),
        action: Action,
    ) -> Result<Self, Trouble> {
        let tries = Tries::of(means);
        let sent = || tries.count_sent_to_facilitator(company, who, action);
        Self::of(tries.count_facilitator(company, who, action).await, sent).await
    }

    async fn of<Counting>(
        counted: Result<Try, Trouble>,
        count_sent: impl FnOnce() -> Counting,
    ) -> Result<Self, Trouble>
    where
        Counting: Future<Output = Result<Try, Trouble>>,
    {
        let wait = match counted {
            Ok(counted) => return Ok(Admission::Counted(counted)),
            Err(Trouble::Refused(Refusal::Wait(wait))) => wait,
            Err(trouble) => return Err(trouble),
        };
        match count_sent().await {
            Ok(counted) => Ok(Admission::Blocked { counted, wait }),
            // Whichever ends sooner lets them try again.
            Err(Trouble::Refused(Refusal::Wait(slowed))) => {
                Err(Trouble::Refused(Refusal::Wait(slowed.min(wait))))
            }
            Err(trouble) => Err(trouble),
        }
    }

    /// The try that was counted, of whichever tally.
    pub fn counted(&self) -> &Try {
        match self {
            Admission::Counted(counted) | Admission::Again(counted) | Admission::Blocked { counted, .. } => {
                counted
            }
        }
    }

    /// When it was counted.
    pub fn time(&self) -> OfficeTime {
        self.counted().time
    }

    /// What the person is told who goes no further.
    pub fn mismatch(&self) -> Trouble {
        match self {
            Admission::Counted(counted) => counted.mismatch(),
            Admission::Again(_) => Trouble::Refused(Refusal::Repeated),
            Admission::Blocked { wait, .. } => Trouble::Refused(Refusal::Wait(*wait)),
        }
    }
}
