//! What a typed clave is compared with: the company's own and the keys that recoveries sent.

use super::means::Means;
use super::recoveries::{KnownRecoveries, LivingKey};
use super::trouble::Trouble;
use crate::domain::account::Account;
use crate::domain::deed::{Action, Outcome};
use crate::domain::digest::Digest;
use crate::domain::office_time::{OfficeTime, RightsTime};
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::store::StoreError;
use crate::store::records::Held;
use crate::vault::Verdict;

/// Which of a company's claves a typed one is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// All of them.
    All,
    /// Those that recoveries sent, and not its own.
    SentAlone,
}

/// Which of a company's claves was typed: its own, or one that a recovery sent and that still works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundClave {
    /// Its own.
    Own,
    /// One that this recovery sent.
    SentBy(Id),
}

impl FoundClave {
    /// The recovery that sent it, if one did.
    pub fn recovery(self) -> Option<Id> {
        match self {
            FoundClave::Own => None,
            FoundClave::SentBy(recovery) => Some(recovery),
        }
    }
}

/// All that opens the company's account.
pub struct Claves {
    /// With its own clave, if there is one.
    pub account: Option<Held<Account>>,
    /// Whose sent keys may work.
    pub recoveries: KnownRecoveries,
}

impl Claves {
    /// Those of a company.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read(means: &Means, company: Rut) -> Result<Self, StoreError> {
        let account = means.records.account_of(company).await?;
        let recoveries = account.as_ref().map_or(&[][..], |held| &held.value.recoveries);
        let recoveries = KnownRecoveries::read(means, recoveries).await?;
        Ok(Claves { account, recoveries })
    }

    /// Which of the company's claves this is, if it is one. Two hashings, whatever there is to
    /// compare with, and whatever comes of the first (S9).
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn compare(
        &self,
        means: &Means,
        typed: &Secret,
        (against, time): (Against, OfficeTime),
    ) -> Result<ComparedClave, StoreError> {
        let vault = means.vault();
        let mut own = self.account.as_ref().map(|held| held.value.clave.clone());
        let verdict = match (&own, against) {
            (Some(own), Against::All) => vault.verify(typed, own).await,
            (Some(_), Against::SentAlone) | (None, _) => vault.verify_nothing().await,
        };
        let living = self.recoveries.living_keys(time.rights());
        let ended = self.recoveries.ended_keys(time.rights());
        let digests = living.iter().chain(&ended).map(|key| key.digest.clone()).collect();
        // A sent key has no small letters: whoever types it in such has it right.
        let place = vault.find(&typed.in_capitals(), digests).await;
        let sent = place.and_then(|place| living.get(place));
        if let (Verdict::RightButOld, Some(held)) = (verdict, &self.account) {
            own = Some(renew_digest(means, held, typed, time.now_ms()).await?);
        }
        let (found, on) = match (verdict.is_right(), sent) {
            (true, _) => (Some(FoundClave::Own), own.clone()),
            (false, Some(key)) => (Some(FoundClave::SentBy(key.recovery)), Some(key.digest.clone())),
            (false, None) => (None, None),
        };
        let was_ended = found.is_none() && place.is_some();
        Ok(ComparedClave { own, living, found, on, was_ended })
    }
}

/// Hashes the clave anew at today's cost (S1). Somebody else may do it first, which is as well.
async fn renew_digest(
    means: &Means,
    held: &Held<Account>,
    clave: &Secret,
    now_ms: u64,
) -> Result<Digest, StoreError> {
    let digest = means.vault().digest(clave).await;
    let account = Account { clave: digest.clone(), ..held.value.clone() };
    let entry = means.entry(now_ms, Action::UpgradeDigest, Outcome::Done, account.company);
    let draft = means.records.draft(now_ms).replace(held, &account, None).audit(&entry);
    match means.commit(draft).await {
        Ok(()) | Err(StoreError::Conflict(_)) => Ok(digest),
        Err(error) => Err(error),
    }
}

/// What a typed clave was compared with, and what came of it.
pub struct ComparedClave {
    /// The company's own, as it was then.
    pub own: Option<Digest>,
    /// The sent keys that worked then.
    pub living: Vec<LivingKey>,
    /// Which of them it was, if it was one.
    pub found: Option<FoundClave>,
    /// For which what was typed was right.
    pub on: Option<Digest>,
    /// It is a sent key that something stronger ended.
    pub was_ended: bool,
}

impl ComparedClave {
    /// The account, if there is nothing else to compare with than there was.
    ///
    /// # Errors
    /// [`Trouble::Outdated`] when there is.
    pub fn still(&self, claves: &Claves, now: RightsTime) -> Result<Held<Account>, Trouble> {
        let account = claves.account.as_ref().filter(|held| self.own.as_ref() == Some(&held.value.clave));
        let is_same = self.living == claves.recoveries.living_keys(now);
        account.filter(|_| is_same).cloned().ok_or(Trouble::Outdated)
    }
}
