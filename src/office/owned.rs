//! An account whose own clave was proved, as long as it is what it was then.

use super::means::Means;
use super::notices::Notices;
use crate::domain::account::Account;
use crate::domain::office_time::OfficeTime;
use crate::effect::{ClaveKind, ClaveProved};
use crate::store::StoreError;
use crate::store::records::Held;

/// The account of whoever proved its own clave, and the notices of what was done to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Owned {
    /// As it was when the clave was proved.
    pub account: Held<Account>,
    /// Of what was done to it.
    pub notices: Notices,
}

impl Owned {
    /// Nothing, if the account changed since the clave was proved, or the clave was a sent key.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read(
        means: &Means,
        proved: &ClaveProved,
        time: OfficeTime,
    ) -> Result<Option<Self>, StoreError> {
        let Some(account) = still_owned(means, proved).await? else { return Ok(None) };
        let notices = Notices::read(means, &account.value, time).await?;
        Ok(Some(Owned { account, notices }))
    }
}

/// The account alone.
///
/// # Errors
/// When the store does not answer.
pub async fn still_owned(means: &Means, proved: &ClaveProved) -> Result<Option<Held<Account>>, StoreError> {
    let account = means.records.account_of(proved.company()).await?;
    let is_same = |held: &Held<Account>| held.version == proved.version();
    Ok(account.filter(|held| proved.kind() == ClaveKind::Own && is_same(held)))
}
