//! *No fui yo* behind the screens: the code from a notice undoes what the notice told of, and what
//! came of it or after it (S7, S8).

use super::{Answer, Desk, Message, post};
use crate::courier::FINISHED_KEPT_MS;
use crate::domain::account::{Account, UNDOS_KEPT};
use crate::domain::deed::{Action, Outcome};
use crate::domain::digest::Digest;
use crate::domain::errand::{DataErrand, Errand, ErrandKind, ErrandState};
use crate::domain::lives::UNDO_LIFE_MS;
use crate::domain::recovery::{Recovery, RecoveryState};
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::domain::undo::{Undo, Undoes};
use crate::domain::update::{Erasure, Former};
use crate::effect::{Reply, Undoing};
use crate::office::facilitator_undone::UndoOfFacilitator;
use crate::office::means::CommitBy;
use crate::store::StoreError;
use crate::store::records::{Draft, Held};

/// Whether another deed of the company's would push a living notice out, so that its code worked no
/// more. What was done to its facilitators counts apart.
pub(super) fn is_full(living: &[Held<Undo>]) -> bool {
    of_company(living).count() >= UNDOS_KEPT
}

/// The notices of what was done to the company itself.
pub(super) fn of_company(living: &[Held<Undo>]) -> impl DoubleEndedIterator<Item = &Held<Undo>> {
    living.iter().filter(|undo| undo.value.what.facilitator().is_none())
}

/// A living notice tells of another deed too, for want of room for another one: its code, sent anew,
/// works as long from now on as the message says.
pub(super) fn tell_with<'a>(draft: Draft, notice: &Held<Undo>, now_ms: u64) -> Draft {
    let expires_ms = now_ms + UNDO_LIFE_MS;
    draft.replace(notice, &Undo { expires_ms, ..notice.value.clone() }, Some(expires_ms))
}

/// What was before the deeds that are undone.
#[derive(Default)]
struct RolledBack {
    /// Of the earliest of them that tells.
    clave: Option<Digest>,
    former: Option<Former>,
    /// A key, a contact, the question or the representative was changed.
    is_changed: bool,
    erasure: bool,
    recoveries: Vec<Id>,
    /// From here on everything goes.
    is_all_after: bool,
}

impl RolledBack {
    fn add(&mut self, what: &Undoes) {
        match what {
            Undoes::KeyChange { before, .. } => {
                self.clave.get_or_insert_with(|| before.clone());
                (self.is_changed, self.is_all_after) = (true, true);
            }
            Undoes::DataChange { before } | Undoes::Erasure { before } => {
                self.clave.get_or_insert_with(|| before.clave().clone());
                self.former.get_or_insert_with(|| (**before).clone());
                self.is_changed |= matches!(what, Undoes::DataChange { .. });
                self.erasure |= matches!(what, Undoes::Erasure { .. });
                self.is_all_after = true;
            }
            Undoes::Recovery { recovery } => self.recoveries.push(*recovery),
            // Never one of these.
            Undoes::Facilitator { .. } => {}
        }
    }

    /// The key last: a change of it that came first knows an older one.
    fn put_back(self, account: &mut Account) {
        if let Some(former) = self.former {
            former.put_back(account);
        }
        if let Some(clave) = self.clave {
            account.clave = clave;
        }
    }
}

impl Desk {
    pub(super) async fn undo(&self, company: Rut, code: &Secret) -> Answer {
        let action = Action::Undo;
        let counted = self.tries().count_undo(company, action).await?;
        let now_ms = counted.now_ms;
        let account = self.means.records.account_of(company).await?;
        let found = self.find_undo(account.as_ref().map(|held| &held.value), code, now_ms).await?;
        let (Some(account), Some(undo)) = (account, found) else {
            return self
                .tries()
                .fail(&counted, &self.means.entry(now_ms, action, Outcome::Wrong, company))
                .await;
        };
        if undo.value.what.facilitator().is_some() {
            return UndoOfFacilitator::of(&self.means).undo(&counted, company, &undo).await;
        }
        let folio = self.new_folio();
        let mut changed = account.clone();
        let draft = self.means.records.draft(now_ms);
        let (draft, kind) = self.roll_back(draft, &mut changed, &undo, now_ms).await?;
        let changed = changed.value;
        let language = account.value.language;
        let notices = Message { kind, company, language, folio, now_ms }.to_all_channels(&changed);
        let entry = self.means.entry(now_ms, action, Outcome::Done, company).under(folio);
        let draft =
            post(&self.means.records, draft.replace(&account, &changed, None), &notices).audit(&entry);
        self.forgive(draft, &counted).await?.commit_by(&self.means).await?;
        self.means.wake_courier();
        Ok(Reply::Undone { folio, leaves: Undoing::AsBefore })
    }

    /// Undoes the notice's own deed and, unless that was a recovery alone, everything after: whoever
    /// did the one did the others. What was before the earliest of them comes back. A recovery's
    /// notice leaves a change alone that did not come of it.
    async fn roll_back<'a>(
        &'a self,
        mut draft: Draft,
        account: &mut Held<Account>,
        undo: &Held<Undo>,
        now_ms: u64,
    ) -> Result<(Draft, ErrandKind), StoreError> {
        let mut rolled = RolledBack::default();
        let recovery_undone = match &undo.value.what {
            Undoes::Recovery { recovery } => Some(*recovery),
            _ => None,
        };
        let since = account.value.undos.iter().position(|id| *id == undo.id).unwrap_or(0);
        for id in account.value.undos.split_off(since) {
            let Some(held) = self.means.records.get::<Undo>(id).await? else { continue };
            let goes = match &held.value.what {
                // A facilitator's key is another person's.
                Undoes::Facilitator { .. } => false,
                _ if id == undo.id || rolled.is_all_after => true,
                Undoes::KeyChange { by, .. } => by.is_some() && *by == recovery_undone,
                _ => false,
            };
            match goes {
                true => {
                    rolled.add(&held.value.what);
                    draft = draft.remove(&held);
                }
                false => account.value.undos.push(id),
            }
        }
        draft = self.end_contact_proofs(draft, account.value.company).await?;
        if rolled.erasure
            && let Some(erasure) = self.means.records.get::<Erasure>(account.id).await?
        {
            draft = draft.remove(&erasure);
        }
        if rolled.is_changed {
            rolled.recoveries.append(&mut account.value.recoveries);
        }
        rolled.recoveries.sort();
        rolled.recoveries.dedup();
        account.value.recoveries.retain(|id| !rolled.recoveries.contains(id));
        for recovery in &rolled.recoveries {
            draft = self.end_recovery(draft, *recovery, now_ms).await?;
        }
        let kind = match (&undo.value.what, &rolled.clave) {
            (Undoes::DataChange { .. }, _) => ErrandKind::Data(DataErrand::Restored),
            (Undoes::Erasure { .. }, _) => ErrandKind::Data(DataErrand::ErasureTakenBack),
            (_, Some(_)) => ErrandKind::KeyRestored,
            (_, None) => ErrandKind::RecoveryCancelled,
        };
        rolled.put_back(&mut account.value);
        Ok((draft, kind))
    }

    /// The living notice that this code came with. One hashing, however many there are (S9).
    async fn find_undo(
        &self,
        account: Option<&Account>,
        code: &Secret,
        now_ms: u64,
    ) -> Result<Option<Held<Undo>>, StoreError> {
        let mut living = match account {
            Some(account) => self.living_undos(account, now_ms).await?,
            None => Vec::new(),
        };
        let codes = living.iter().enumerate().rev();
        let (of, codes): (Vec<usize>, Vec<Digest>) = codes
            .flat_map(|(of, undo)| undo.value.codes.iter().map(move |code| (of, code.digest.clone())))
            .unzip();
        let found = self.means.vault().find(code, codes).await;
        Ok(found.map(|place| living.swap_remove(of[place])))
    }

    /// The notices whose codes still work, in the order in which it happened.
    pub(super) async fn living_undos(
        &self,
        account: &Account,
        now_ms: u64,
    ) -> Result<Vec<Held<Undo>>, StoreError> {
        let mut living = Vec::new();
        for id in &account.undos {
            let undo = self.means.records.get::<Undo>(*id).await?;
            living.extend(undo.filter(|undo| now_ms < undo.value.expires_ms));
        }
        Ok(living)
    }

    /// Cancels a recovery and the message that would carry its key.
    pub(super) async fn end_recovery<'a>(
        &'a self,
        mut draft: Draft,
        id: Id,
        now_ms: u64,
    ) -> Result<Draft, StoreError> {
        if let Some(recovery) = self.means.records.get::<Recovery>(id).await? {
            let cancelled =
                Recovery { state: RecoveryState::Cancelled, keys: Vec::new(), ..recovery.value.clone() };
            draft = draft.replace(&recovery, &cancelled, recovery.due_ms);
        }
        if let Some(errand) = self.means.records.get::<Errand>(id).await?
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
