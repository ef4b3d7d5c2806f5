//! *No fui yo* behind the screens: the code from a notice undoes what the notice told of (S7, S8).

use super::{Answer, Desk, Message, post};
use crate::audit::{Action, Outcome};
use crate::courier::FINISHED_KEPT_MS;
use crate::courier::errand::{Errand, ErrandKind, ErrandState};
use crate::domain::account::{Account, Recovery, RecoveryState, Undo, Undoes};
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::effect::Reply;
use crate::store::records::{Draft, Held};
use crate::store::{Id, StoreError};

impl Desk {
    pub(super) async fn undo(&self, company: Rut, code: &Secret) -> Answer {
        let action = Action::Undo;
        let counted = self.count_try(company, action).await?;
        let now_ms = counted.now_ms;
        let account = self.records.account_of(company).await?;
        let found = match &account {
            Some(account) => self.find_undo(&account.value, code, now_ms).await?,
            None => {
                self.vault().verify_nothing().await;
                None
            }
        };
        let (Some(account), Some(undo)) = (account, found) else {
            return self.fail(&counted, &self.entry(now_ms, action, Outcome::Wrong, company)).await;
        };
        let folio = self.new_folio();
        let mut changed = account.value.clone();
        changed.undos.retain(|id| *id != undo.id);
        let mut draft = self.records.draft(now_ms).remove(&undo);
        let kind = match &undo.value.what {
            Undoes::KeyChange { before } => {
                changed.clave = before.clone();
                for id in std::mem::take(&mut changed.recoveries) {
                    draft = self.end_recovery(draft, id, now_ms).await?;
                }
                ErrandKind::KeyRestored
            }
            Undoes::Recovery { recovery } => {
                changed.recoveries.retain(|id| id != recovery);
                draft = self.end_recovery(draft, *recovery, now_ms).await?;
                ErrandKind::RecoveryCancelled
            }
        };
        let language = account.value.language;
        let notices = Message { kind, company, language, folio, now_ms }.to_all_channels(&changed);
        let entry = self.entry(now_ms, action, Outcome::Done, company).under(folio);
        let draft = post(&self.records, draft.replace(&account, &changed, None), &notices).audit(&entry);
        self.forgive(draft, &counted).await?.commit().await?;
        self.wake_courier();
        Ok(Reply::Undone { folio })
    }

    /// The living notice that this code came with.
    async fn find_undo(
        &self,
        account: &Account,
        code: &Secret,
        now_ms: u64,
    ) -> Result<Option<Held<Undo>>, StoreError> {
        for id in account.undos.iter().rev() {
            let Some(undo) = self.records.get::<Undo>(*id).await? else { continue };
            if now_ms >= undo.value.expires_ms {
                continue;
            }
            for digest in &undo.value.codes {
                if self.vault().verify(code, digest).await.is_right() {
                    return Ok(Some(undo));
                }
            }
        }
        Ok(None)
    }

    /// Cancels a recovery and the message that would carry its key.
    async fn end_recovery<'a>(
        &'a self,
        mut draft: Draft<'a>,
        id: Id,
        now_ms: u64,
    ) -> Result<Draft<'a>, StoreError> {
        if let Some(recovery) = self.records.get::<Recovery>(id).await? {
            let cancelled =
                Recovery { state: RecoveryState::Cancelled, keys: Vec::new(), ..recovery.value.clone() };
            draft = draft.replace(&recovery, &cancelled, recovery.due_ms);
        }
        if let Some(errand) = self.records.get::<Errand>(id).await?
            && !errand.value.state.is_final()
        {
            let cancelled = Errand { state: ErrandState::Cancelled, ..errand.value.clone() };
            // It is kept a day more, to answer what became of it.
            let kept_until_ms = now_ms + FINISHED_KEPT_MS;
            draft = draft.replace(&errand, &cancelled, Some(kept_until_ms));
        }
        Ok(draft)
    }
}
