//! *No fui yo* of a facilitator: whoever had the mailbox before hears of another clave, or of a clave
//! that goes to another mailbox, with a code that puts everything back as it was (S7, S8).

use super::drawn::Ids;
use super::means::Means;
use super::notices::{Notices, new_notice, tell_with};
use crate::domain::account::Account;
use crate::domain::email::Email;
use crate::domain::facilitator::{Facilitator, FormerFacilitator};
use crate::domain::folio::Folio;
use crate::domain::office_time::OfficeTime;
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::undo::{Undo, Undoes};
use crate::store::StoreError;
use crate::store::records::{Draft, Held};

/// How many notices of one facilitator work at once.
const NOTICES_OF_ONE: usize = 3;
/// How many of all of a company's facilitators: they lie with its account, whose record has its size.
const NOTICES_OF_ALL: usize = 32;

/// Where notices about a company's facilitators lie: with its account, if it is still there.
pub struct FacilitatorNotices {
    account: Option<(Held<Account>, Notices)>,
    time: OfficeTime,
}

/// A notice that is to be written down, and where it lies then.
pub struct Noted {
    /// The batch that it is part of.
    pub draft: Draft,
    /// What its code undoes; none when there is no room for another one.
    pub undo: Option<Id>,
    /// Every mailbox that the facilitator had while a notice lives, each once, the present one last.
    pub mailboxes: Vec<Email>,
}

impl FacilitatorNotices {
    /// Those of a company, at this time.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read(means: &Means, company: Rut, time: OfficeTime) -> Result<Self, StoreError> {
        let account = match means.records.account_of(company).await? {
            Some(held) => {
                let notices = Notices::read(means, &held.value, time).await?;
                Some((held, notices))
            }
            None => None,
        };
        Ok(FacilitatorNotices { account, time })
    }

    /// Of a company that has no account any more.
    #[cfg(test)]
    pub fn for_test(now_ms: u64) -> Self {
        FacilitatorNotices { account: None, time: OfficeTime::agreed(now_ms) }
    }

    /// The company's account.
    pub fn account(&self) -> Option<&Account> {
        self.account.as_ref().map(|(held, _)| &held.value)
    }

    /// Writes down what a code is to undo, with the batch that does it. A code undoes all that came
    /// after it, so that the newest one does for this where a facilitator has as many as may be.
    pub fn note(&self, draft: Draft, ids: &mut Ids, held: &Held<Facilitator>, folio: Folio) -> Noted {
        let company = held.value.company;
        let Some((account, notices)) = &self.account else {
            return Noted { draft, undo: None, mailboxes: vec![held.value.person.email.clone()] };
        };
        let of_one: Vec<_> = notices.living().filter(|undo| is_about(undo, held.id)).collect();
        let mailboxes = mailboxes(&of_one, &held.value);
        if let Some(newest) = of_one.last().filter(|_| of_one.len() >= NOTICES_OF_ONE) {
            let draft = tell_with(draft, newest, self.time.now_ms());
            return Noted { draft, undo: Some(newest.id), mailboxes };
        }
        let of_all = notices.living().filter(|undo| undo.value.what.facilitator().is_some());
        if of_all.count() >= NOTICES_OF_ALL {
            return Noted { draft, undo: None, mailboxes };
        }
        let before = Box::new(FormerFacilitator::of(&held.value));
        let what = Undoes::Facilitator { facilitator: held.id, before };
        let (id, undo) = (ids.fresh(), new_notice(company, folio, what, self.time.now_ms()));
        let mut noted = account.value.clone();
        noted.undos = notices.living().map(|held| held.id).chain([id]).collect();
        let draft = draft.replace(account, &noted, None).new_record(id, &undo, Some(undo.expires_ms));
        Noted { draft, undo: Some(id), mailboxes }
    }
}

/// Whether a notice tells of this facilitator.
pub fn is_about(undo: &Held<Undo>, facilitator: Id) -> bool {
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
