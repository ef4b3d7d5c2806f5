//! Everything of a company's that is under way: recoveries and the keys sent for them, notices whose
//! codes still work, contacts that wait to be proved, a request to be forgotten. A deed in person ends
//! what is weaker, and a freeze ends all of it (T4c, T6).

use super::contact_proofs::ContactProofs;
use super::means::Means;
use super::messages::Message;
use super::notices::Notices;
use super::recoveries::UnderWay;
use crate::domain::account::Account;
use crate::domain::destination::Destination;
use crate::domain::errand::{Errand, ErrandKind};
use crate::domain::office_time::OfficeTime;
use crate::domain::reference::Id;
use crate::domain::undo::Undoes;
use crate::domain::update::Erasure;
use crate::store::StoreError;
use crate::store::records::{Draft, Held};

/// What is under way for one account, as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct AllUnderWay {
    /// Of what was done to the account.
    pub notices: Notices,
    /// The recoveries that the account or a notice names.
    pub recoveries: Vec<UnderWay>,
    /// New contacts that nobody has proved yet.
    pub proofs: ContactProofs,
    /// A request to be forgotten.
    pub erasure: Option<Held<Erasure>>,
}

impl AllUnderWay {
    /// Reads it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read(means: &Means, account: &Held<Account>, time: OfficeTime) -> Result<Self, StoreError> {
        let notices = Notices::read(means, &account.value, time).await?;
        let told = notices.all().filter_map(|notice| match notice.value.what {
            Undoes::Recovery { recovery } | Undoes::Hold { recovery } => Some(recovery),
            _ => None,
        });
        let ids = distinct(account.value.recoveries.iter().copied().chain(told));
        let recoveries = UnderWay::read_all(means, &ids).await?;
        let proofs = ContactProofs::read(means, account.value.company).await?;
        let erasure = means.records.get::<Erasure>(account.id).await?;
        Ok(AllUnderWay { notices, recoveries, proofs, erasure })
    }

    /// Nothing.
    #[cfg(test)]
    pub fn for_test(now_ms: u64) -> Self {
        AllUnderWay {
            notices: Notices::for_test(&[], now_ms),
            recoveries: Vec::new(),
            proofs: ContactProofs::default(),
            erasure: None,
        }
    }

    /// A deed in person ends all that is weaker, with the batch and on the account (T4c). What freezes goes
    /// on working: whoever was trusted before another such deed may still stop it.
    pub fn outranked(&self, draft: Draft, account: &mut Account, but: Id, now_ms: u64) -> Draft {
        let stays = |what: &Undoes| what.facilitator().is_some() || *what == Undoes::ByPerson;
        self.ended_but(draft, account, (Some(but), stays), now_ms)
    }

    /// A freeze, or what settles one, ends all of it (T6). Notices of what was done to facilitators stay:
    /// their claves are other people's.
    pub fn ended(&self, draft: Draft, account: &mut Account, now_ms: u64) -> Draft {
        self.ended_but(draft, account, (None, |what: &Undoes| what.facilitator().is_some()), now_ms)
    }

    fn ended_but(
        &self,
        draft: Draft,
        account: &mut Account,
        (but, stays): (Option<Id>, impl Fn(&Undoes) -> bool),
        now_ms: u64,
    ) -> Draft {
        let others = self.recoveries.iter().filter(|under_way| Some(under_way.id()) != but);
        let draft = others.fold(draft, |draft, under_way| under_way.cancelled(draft, now_ms));
        let has_keys = |id: &Id| self.recoveries.iter().any(|known| known.id() == *id && known.has_keys());
        account.recoveries.retain(|id| Some(*id) == but || has_keys(id));
        let draft = self.proofs.ended(draft);
        let draft = self.erasure.iter().fold(draft, Draft::remove);
        let (draft, undos) = self.notices.ended(draft, stays);
        account.undos = undos;
        draft
    }

    /// Wherever a key went that is over hears of it, as [`warn_where_keys_went`] says.
    pub fn warn_where_keys_went(&self, about: &Message, told: &mut Vec<Errand>, but: Option<&Destination>) {
        warn_where_keys_went(&self.recoveries, about, told, but);
    }

    /// A change of channels ends a key that waits for a new address (T4e).
    pub fn without_holds(&self, draft: Draft, account: &mut Account, now_ms: u64) -> Draft {
        let held: Vec<_> = self.recoveries.iter().filter(|under_way| under_way.is_held()).collect();
        account.recoveries.retain(|id| held.iter().all(|under_way| under_way.id() != *id));
        held.into_iter().fold(draft, |draft, under_way| under_way.cancelled(draft, now_ms))
    }
}

/// Wherever a key of these went, or one to a new address would have gone, hears that it is over, unless it is
/// told already or has the next key (T5). It may have been on file then, and have left since.
pub fn warn_where_keys_went(
    ended: &[UnderWay],
    about: &Message,
    told: &mut Vec<Errand>,
    but: Option<&Destination>,
) {
    for place in ended.iter().flat_map(UnderWay::places) {
        let is_told = |errand: &Errand| errand.to.folded() == place.folded();
        let has_next = but.is_some_and(|but| but.folded() == place.folded());
        if !has_next && !told.iter().any(is_told) {
            told.push(Message { kind: ErrandKind::Warned, ..*about }.to(place));
        }
    }
}

fn distinct(ids: impl Iterator<Item = Id>) -> Vec<Id> {
    let mut ids: Vec<Id> = ids.collect();
    ids.sort();
    ids.dedup();
    ids
}
