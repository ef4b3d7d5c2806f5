//! *Cambiar CS* (guide 4) behind the screens, for the owner's key and for a sent one (S7).

use super::{Answer, Desk, Message, Trouble, post};
use crate::audit::{Action, Outcome};
use crate::courier::errand::ErrandKind;
use crate::domain::account::{Account, Recovery, RecoveryState, UNDO_LIFE_MS, Undo, Undoes};
use crate::domain::clave::Clave;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::effect::{ClaveKind, ClaveProved, Reply};
use crate::registry::Representation;
use crate::store::StoreError;
use crate::store::records::Held;
use crate::vault::Verdict;

impl Desk {
    pub(super) async fn check_clave(&self, company: Rut, representative: Rut, clave: &Secret) -> Answer {
        let action = Action::CheckClave;
        let counted = self.count_try(company, action).await?;
        let account = self.records.account_of(company).await?;
        let known = account.as_ref().is_some_and(|held| held.value.representative.rut == representative);
        let represents = known || self.represents(company, representative, &counted).await?;
        let kind = match &account {
            Some(held) => self.kind_of(held, clave, counted.now_ms).await?,
            None => {
                self.vault().verify_nothing().await;
                None
            }
        };
        match kind {
            Some(kind) if represents => {
                let entry = self.entry(counted.now_ms, action, Outcome::Right, company);
                let draft = self.records.draft(counted.now_ms).audit(&entry);
                self.forgive(draft, &counted).await?.commit().await?;
                let version = self.records.account_of(company).await?.map_or(0, |held| held.version);
                Ok(Reply::ClaveRight(ClaveProved { company, kind, version }))
            }
            _ => {
                let outcome = if account.is_some() { Outcome::Wrong } else { Outcome::NoAccount };
                self.fail(&counted, &self.entry(counted.now_ms, action, outcome, company)).await
            }
        }
    }

    /// A representative who is not the one on file may be another current one.
    async fn represents(
        &self,
        company: Rut,
        representative: Rut,
        counted: &super::limits::Try,
    ) -> Result<bool, Trouble> {
        match self.registry.representation(company, representative).await {
            Ok(Representation::Current { .. }) => Ok(true),
            Ok(Representation::Former | Representation::Never) => Ok(false),
            Err(down) => {
                let outcome = Outcome::Found((&down).into());
                let entry = self.entry(counted.now_ms, Action::CheckClave, outcome, company);
                self.uncount(counted, &entry).await?;
                Err(down.into())
            }
        }
    }

    /// Which of the company's keys this is: its own, one that was sent and is still alive, or none.
    async fn kind_of(
        &self,
        account: &Held<Account>,
        clave: &Secret,
        now_ms: u64,
    ) -> Result<Option<ClaveKind>, StoreError> {
        match self.vault().verify(clave, &account.value.clave).await {
            Verdict::Right => return Ok(Some(ClaveKind::Own)),
            Verdict::RightButOld => {
                self.renew_digest(account, clave, now_ms).await?;
                return Ok(Some(ClaveKind::Own));
            }
            Verdict::Wrong => {}
        }
        for id in account.value.recoveries.iter().rev() {
            let Some(recovery) = self.records.get::<Recovery>(*id).await? else { continue };
            if recovery.value.state != RecoveryState::Sending {
                continue;
            }
            for key in recovery.value.keys.iter().filter(|key| now_ms < key.expires_ms) {
                if self.vault().verify(clave, &key.digest).await.is_right() {
                    return Ok(Some(ClaveKind::Sent));
                }
            }
        }
        Ok(None)
    }

    /// Hashes the key anew at today's cost (S1). Somebody else may do it first, which is as well.
    async fn renew_digest(
        &self,
        held: &Held<Account>,
        clave: &Secret,
        now_ms: u64,
    ) -> Result<(), StoreError> {
        let account = Account { clave: self.vault().digest(clave).await, ..held.value.clone() };
        let entry = self.entry(now_ms, Action::UpgradeDigest, Outcome::Done, account.company);
        match self.records.draft(now_ms).replace(held, &account, None).audit(&entry).commit().await {
            Ok(()) | Err(StoreError::Conflict(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// The new key replaces the old one and every sent one, and all channels hear of it, with a
    /// code that undoes it (S7).
    pub(super) async fn change_clave(&self, proved: &ClaveProved, clave: &Clave) -> Answer {
        let company = proved.company;
        let digest = self.vault().digest(clave.secret()).await;
        let now_ms = self.now_ms().await?;
        let Some(account) = self.records.account_of(company).await? else {
            return Err(StoreError::Unavailable("the account is gone".into()).into());
        };
        let folio = self.new_folio();
        match self.kind_of(&account, clave.secret(), now_ms).await? {
            // Saved before, by a press whose answer nobody waited for.
            Some(ClaveKind::Own) if account.version > proved.version => {
                return Ok(Reply::ClaveChanged { folio });
            }
            Some(_) => return Ok(Reply::ClaveUnchanged),
            None => {}
        }
        let undo_id = self.records.new_id(now_ms);
        let undo = Undo {
            company,
            what: Undoes::KeyChange { before: account.value.clave.clone() },
            codes: Vec::new(),
            expires_ms: now_ms + UNDO_LIFE_MS,
            tries: 0,
        };
        let mut changed = account.value.clone();
        changed.clave = digest.clone();
        let mut draft = self.records.draft(now_ms).new_record(undo_id, &undo, Some(undo.expires_ms));
        for id in std::mem::take(&mut changed.recoveries) {
            if let Some(recovery) = self.records.get::<Recovery>(id).await? {
                draft = draft.remove(&recovery);
            }
        }
        draft = self.keep_newest_undos(draft, &mut changed, undo_id).await?;
        let kind = ErrandKind::KeyChanged { undo: undo_id };
        let language = account.value.language;
        let notices = Message { kind, company, language, folio, now_ms }.to_all_channels(&changed);
        let entry = self.entry(now_ms, Action::ChangeClave, Outcome::Done, company).under(folio);
        let draft = draft.replace(&account, &changed, None).audit(&entry);
        post(&self.records, draft, &notices).commit().await?;
        self.wake_courier();
        Ok(Reply::ClaveChanged { folio })
    }
}
