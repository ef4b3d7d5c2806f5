//! What a typed clave is compared with: everything that opens, or, while a block runs, what was sent
//! alone.

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
    /// Compared with what was sent alone, for a block must not keep the owner from the key that they
    /// recovered (T9). Such a key can't be guessed; all else is told to wait, right or wrong.
    Blocked {
        /// When it would have been counted.
        time: OfficeTime,
        /// For how long yet.
        wait: Duration,
    },
}

impl Admission {
    /// To a company's clave: counted before it is compared, if it may be.
    ///
    /// # Errors
    /// [`Trouble::Refused`] when the terminal is locked.
    pub async fn to_clave(means: &Means, company: Rut, action: Action) -> Result<Self, Trouble> {
        Self::of(means, Tries::of(means).count(company, action).await).await
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
        Self::of(means, Tries::of(means).count_facilitator(company, who, action).await).await
    }

    async fn of(means: &Means, counted: Result<Try, Trouble>) -> Result<Self, Trouble> {
        match counted {
            Ok(counted) => Ok(Admission::Counted(counted)),
            Err(Trouble::Refused(Refusal::Wait(wait))) => {
                Ok(Admission::Blocked { time: means.time().await?, wait })
            }
            Err(trouble) => Err(trouble),
        }
    }

    /// When it was counted, or would have been.
    pub fn time(&self) -> OfficeTime {
        match self {
            Admission::Counted(counted) => counted.time,
            Admission::Blocked { time, .. } => *time,
        }
    }

    /// What the person is told who goes no further.
    pub fn mismatch(&self) -> Trouble {
        match self {
            Admission::Counted(counted) => counted.mismatch(),
            Admission::Blocked { wait, .. } => Trouble::Refused(Refusal::Wait(*wait)),
        }
    }
}
