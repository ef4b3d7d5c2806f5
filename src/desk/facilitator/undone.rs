//! *No fui yo* of a facilitator: whoever had the mailbox before hears of another key, or of a key
//! that goes to another mailbox, with a code that puts everything back as it was (S7, S8).

use super::{Desk, Message, post};
use crate::desk::undo::tell_with;
use crate::desk::{Answer, Trouble};
use crate::domain::account::Account;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::email::Email;
use crate::domain::errand::{Errand, ErrandKind, FacilitatorErrand};
use crate::domain::facilitator::{Facilitator, FormerFacilitator};
use crate::domain::folio::Folio;
use crate::domain::lives::UNDO_LIFE_MS;
use crate::domain::reference::Id;
use crate::domain::undo::{Undo, Undoes};
use crate::effect::{Reply, Undoing};
use crate::office::means::CommitBy;
use crate::office::tries::Try;
use crate::store::StoreError;
use crate::store::records::{Draft, Held};

/// How many notices of one facilitator work at once.
const NOTICES_OF_ONE: usize = 3;
/// How many of all of a company's facilitators: they lie with its account, whose record has its size.
const NOTICES_OF_ALL: usize = 32;

/// A notice that is to be written down, and where it lies then.
pub(super) struct Noted {
    pub draft: Draft,
    /// What its code undoes; none when there is no room for another one.
    pub undo: Option<Id>,
    /// Every mailbox that the facilitator had while a notice lives, each once, the present one last.
    pub mailboxes: Vec<Email>,
}

impl Desk {
    /// Writes down what a code is to undo, with the batch that does it. A code undoes all that came
    /// after it, so that the newest one does for this where a facilitator has as many as may be.
    pub(super) async fn note_facilitator<'a>(
        &'a self,
        draft: Draft,
        held: &Held<Facilitator>,
        folio: Folio,
        now_ms: u64,
    ) -> Result<Noted, StoreError> {
        let company = held.value.company;
        let account = self.means.records.account_of(company).await?;
        let Some(account) = account else {
            return Ok(Noted { draft, undo: None, mailboxes: vec![held.value.person.email.clone()] });
        };
        let living = self.living_undos(&account.value, now_ms).await?;
        let of_all = living.iter().filter(|undo| undo.value.what.facilitator().is_some());
        let of_one: Vec<_> = of_all.clone().filter(|undo| is_about(undo, held.id)).collect();
        let mailboxes = mailboxes(&of_one, &held.value);
        if let Some(newest) = of_one.last().filter(|_| of_one.len() >= NOTICES_OF_ONE) {
            let draft = tell_with(draft, newest, now_ms);
            return Ok(Noted { draft, undo: Some(newest.id), mailboxes });
        }
        if of_all.count() >= NOTICES_OF_ALL {
            return Ok(Noted { draft, undo: None, mailboxes });
        }
        let before = Box::new(FormerFacilitator::of(&held.value));
        let what = Undoes::Facilitator { facilitator: held.id, before };
        let (id, expires_ms) = (self.means.records.new_id(now_ms), now_ms + UNDO_LIFE_MS);
        let undo = Undo { company, folio, what, codes: Vec::new(), expires_ms, tries: 0 };
        let undos = living.iter().map(|held| held.id).chain([id]).collect();
        let noted = Account { undos, ..account.value.clone() };
        let draft = draft.replace(&account, &noted, None).new_record(id, &undo, Some(expires_ms));
        Ok(Noted { draft, undo: Some(id), mailboxes })
    }

    /// Undoes the notice's own deed and all that was done to this facilitator after it. The company's
    /// own key is another matter: it stays, and so do the failures that were counted.
    pub(in crate::desk) async fn undo_for_facilitator(
        &self,
        counted: &Try,
        account: &Held<Account>,
        undo: &Held<Undo>,
        facilitator: Id,
    ) -> Answer {
        let (company, now_ms, folio) = (account.value.company, counted.now_ms, self.new_folio());
        let Undoes::Facilitator { before, .. } = &undo.value.what else { return Err(counted.mismatch()) };
        let Some(held) = self.means.records.get::<Facilitator>(facilitator).await? else {
            return Err(counted.mismatch());
        };
        let mut draft = self.means.records.draft(now_ms);
        let mut undos = account.value.undos.clone();
        let since = undos.iter().position(|id| *id == undo.id).unwrap_or(0);
        for id in undos.split_off(since) {
            match self.means.records.get::<Undo>(id).await? {
                Some(later) if is_about(&later, facilitator) => draft = draft.remove(&later),
                Some(_) => undos.push(id),
                None => {}
            }
        }
        let mut restored = held.value.clone();
        for id in before.put_back(&mut restored) {
            draft = self.end_recovery(draft, id, now_ms).await?;
        }
        let leaves = if restored.clave.is_some() { Undoing::AsBefore } else { Undoing::NoClave };
        let kind = ErrandKind::Facilitator(FacilitatorErrand::Restored);
        let told = |to: &Email, language| {
            Message { kind, company, language, folio, now_ms }.to(Destination::Mail(to.clone()))
        };
        let notices: [Errand; 2] = [
            told(&restored.person.email, restored.language),
            told(&account.value.email, account.value.language),
        ];
        let entry = self.means.entry(now_ms, Action::Undo, Outcome::Done, company).under(folio);
        let kept = Account { undos, ..account.value.clone() };
        let draft = draft.replace(account, &kept, None).replace(&held, &restored, None).audit(&entry);
        let draft = self.take_back(post(&self.means.records, draft, &notices), counted).await?;
        draft.commit_by(&self.means).await.map_err(Trouble::from)?;
        self.means.wake_courier();
        Ok(Reply::Undone { folio, leaves })
    }
}

fn is_about(undo: &Held<Undo>, facilitator: Id) -> bool {
    undo.value.what.facilitator() == Some(facilitator)
}

fn mailboxes(living: &[&Held<Undo>], now: &Facilitator) -> Vec<Email> {
    let former = living.iter().filter_map(|undo| match &undo.value.what {
        Undoes::Facilitator { before, .. } => Some(&before.person.email),
        _ => None,
    });
    let mut mailboxes: Vec<Email> = Vec::new();
    for email in former.chain([&now.person.email]) {
        mailboxes.retain(|known| known.folded() != email.folded());
        mailboxes.push(email.clone());
    }
    mailboxes
}
