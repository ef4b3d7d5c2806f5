//! *Cambiar CS* (guide 4) behind the screens, for the owner's key and for a sent one (S7).

use super::undo::{is_full, of_company, tell_with};
use super::update::note_undo;
use super::{Answer, Desk, Message, post};
use crate::domain::account::Account;
use crate::domain::clave::{Clave, KnownWords};
use crate::domain::deed::{Action, Outcome};
use crate::domain::digest::Digest;
use crate::domain::errand::ErrandKind;
use crate::domain::folio::Folio;
use crate::domain::recovery::{Recovery, RecoveryState};
use crate::domain::reference::Id;
use crate::domain::register::Representation;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::domain::undo::{Undo, Undoes};
use crate::effect::{ClaveKind, ClaveProved, Reply};
use crate::office::means::CommitBy;
use crate::store::StoreError;
use crate::store::records::Held;
use crate::vault::Verdict;

/// One of the company's keys: its own, or one that a recovery sent and that is still alive.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Own,
    SentBy(Id),
}

impl Desk {
    /// Everything is asked and compared, whatever is known already: who has an account must not
    /// show by what a register that is down, or slow, does to the answer (S9).
    pub(super) async fn check_clave(&self, company: Rut, representative: Rut, clave: &Secret) -> Answer {
        let action = Action::CheckClave;
        let counted = self.tries().count(company, action).await?;
        let looked = self.means.registry.representation(company, representative).await;
        let representation = self.means.looked(company, looked).await?;
        let account = self.means.records.account_of(company).await?;
        let key = self.key_of(account.as_ref(), clave, counted.now_ms).await?;
        let on_file = account.as_ref().is_some_and(|held| held.value.representative.rut == representative);
        let represents = on_file || matches!(representation, Ok(Representation::Current { .. }));
        let Some(key) = key.filter(|_| represents) else {
            let outcome = match (&representation, &account) {
                (Err(down), _) => Outcome::Found(down.into()),
                (_, Some(_)) => Outcome::Wrong,
                (_, None) => Outcome::NoAccount,
            };
            let entry = self.means.entry(counted.now_ms, action, outcome, company);
            return match representation {
                // It stays counted: a register that is down must not give free tries.
                Err(down) => {
                    self.means.records.draft(counted.now_ms).audit(&entry).commit_by(&self.means).await?;
                    Err(down.into())
                }
                Ok(_) => self.tries().fail(&counted, &entry).await,
            };
        };
        let entry = self.means.entry(counted.now_ms, action, Outcome::Right, company);
        let draft = self.means.records.draft(counted.now_ms).audit(&entry);
        self.forgive(draft, &counted).await?.commit_by(&self.means).await?;
        let Some(held) = self.means.records.account_of(company).await? else {
            return Err(counted.mismatch());
        };
        Ok(Reply::ClaveRight(proved(&held, representative, key)))
    }

    /// Which of the company's keys this is, if it is one. Two hashings, whatever there is to compare
    /// with, and whatever comes of the first (S9).
    async fn key_of(
        &self,
        account: Option<&Held<Account>>,
        clave: &Secret,
        now_ms: u64,
    ) -> Result<Option<Key>, StoreError> {
        let own = match account {
            Some(held) => self.means.vault().verify(clave, &held.value.clave).await,
            None => self.means.vault().verify_nothing().await,
        };
        let recoveries = account.map_or(&[][..], |held| &held.value.recoveries);
        let (of, digests) = self.living_keys(recoveries, now_ms).await?;
        let sent = self.means.vault().find(clave, digests).await.map(|place| Key::SentBy(of[place]));
        if let (Verdict::RightButOld, Some(held)) = (own, account) {
            self.renew_digest(held, clave, now_ms).await?;
        }
        Ok(if own.is_right() { Some(Key::Own) } else { sent })
    }

    /// The keys that were sent and still work, and the recovery of each; the newest first.
    pub(super) async fn living_keys(
        &self,
        recoveries: &[Id],
        now_ms: u64,
    ) -> Result<(Vec<Id>, Vec<Digest>), StoreError> {
        let (mut of, mut digests) = (Vec::new(), Vec::new());
        for id in recoveries.iter().rev() {
            let Some(recovery) = self.means.records.get::<Recovery>(*id).await? else { continue };
            if recovery.value.state != RecoveryState::Sending {
                continue;
            }
            for key in recovery.value.keys.iter().filter(|key| now_ms < key.expires_ms) {
                of.push(*id);
                digests.push(key.digest.clone());
            }
        }
        Ok((of, digests))
    }

    /// Hashes the key anew at today's cost (S1). Somebody else may do it first, which is as well.
    async fn renew_digest(
        &self,
        held: &Held<Account>,
        clave: &Secret,
        now_ms: u64,
    ) -> Result<(), StoreError> {
        let account = Account { clave: self.means.vault().digest(clave).await, ..held.value.clone() };
        let entry = self.means.entry(now_ms, Action::UpgradeDigest, Outcome::Done, account.company);
        match self
            .means
            .records
            .draft(now_ms)
            .replace(held, &account, None)
            .audit(&entry)
            .commit_by(&self.means)
            .await
        {
            Ok(()) | Err(StoreError::Conflict(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// The new key replaces the old one and every sent one, and all channels hear of it, with a
    /// code that undoes it (S7).
    pub(super) async fn change_clave(&self, proved: &ClaveProved, clave: &Clave) -> Answer {
        let company = proved.company();
        let digest = self.means.vault().digest(clave.secret()).await;
        let now_ms = self.means.now_ms().await?;
        let Some(account) = self.means.records.account_of(company).await? else {
            return Err(StoreError::Unavailable("the account is gone".into()).into());
        };
        match self.key_of(Some(&account), clave.secret(), now_ms).await? {
            // Saved before, by a press whose answer nobody waited for.
            Some(Key::Own) if account.version != proved.version() => {
                if let Some(folio) = self.folio_of_newest_change(&account.value).await? {
                    return Ok(Reply::ClaveChanged { folio });
                }
                return Ok(Reply::ClaveUnchanged);
            }
            Some(_) => return Ok(Reply::ClaveUnchanged),
            None => {}
        }
        let folio = self.new_folio();
        let mut changed = account.value.clone();
        changed.clave = digest;
        let mut draft = self.means.records.draft(now_ms);
        let living = self.living_undos(&account.value, now_ms).await?;
        // A living notice is never forgotten for a newer one: whoever has the account could push
        // the owner's out. A code undoes all that came after it, so one that brings a key back does
        // for this; where none does, there is one more.
        let of_a_key = |undo: &&Held<Undo>| matches!(undo.value.what, Undoes::KeyChange { .. });
        let undo_id = match of_company(&living).rfind(of_a_key).filter(|_| is_full(&living)) {
            Some(newest) => {
                changed.undos = living.iter().map(|held| held.id).collect();
                draft = tell_with(draft, newest, now_ms);
                newest.id
            }
            None => {
                let what = Undoes::KeyChange { before: account.value.clave.clone(), by: proved.by() };
                let undo = self.new_undo(company, folio, what, now_ms);
                draft = note_undo(draft, &mut changed, &living, &undo);
                undo.0
            }
        };
        for id in std::mem::take(&mut changed.recoveries) {
            if let Some(recovery) = self.means.records.get::<Recovery>(id).await? {
                draft = draft.remove(&recovery);
            }
        }
        draft = self.end_contact_proofs(draft, company).await?;
        let language = account.value.language;
        let kind = ErrandKind::KeyChanged { undo: undo_id };
        let notices = Message { kind, company, language, folio, now_ms }.to_all_channels(&changed);
        let entry = self.means.entry(now_ms, Action::ChangeClave, Outcome::Done, company).under(folio);
        let draft = draft.replace(&account, &changed, None).audit(&entry);
        post(&self.means.records, draft, &notices).commit_by(&self.means).await?;
        self.means.wake_courier();
        Ok(Reply::ClaveChanged { folio })
    }

    async fn folio_of_newest_change(&self, account: &Account) -> Result<Option<Folio>, StoreError> {
        for id in account.undos.iter().rev() {
            if let Some(undo) = self.means.records.get::<Undo>(*id).await?
                && undo.value.what.facilitator().is_none()
            {
                return Ok(Some(undo.value.folio));
            }
        }
        Ok(None)
    }
}

fn proved(account: &Held<Account>, typed: Rut, key: Key) -> ClaveProved {
    let Account { company, name, representative, address, .. } = &account.value;
    let (kind, by) = match key {
        Key::Own => (ClaveKind::Own, None),
        Key::SentBy(recovery) => (ClaveKind::Sent, Some(recovery)),
    };
    let names = [name.as_str(), representative.name.as_str(), address.comuna.name()];
    ClaveProved::proved_by_digest(
        (*company, typed),
        (kind, by),
        account.version,
        KnownWords::new(*company, &names),
    )
}
