//! Notices of what was done to a company, with codes that undo it (S7): which of them work, and
//! where another one finds room.

use super::drawn::Ids;
use super::means::Means;
use super::messages::Message;
use crate::domain::account::{Account, UNDOS_KEPT};
use crate::domain::errand::{Errand, ErrandKind};
use crate::domain::folio::Folio;
use crate::domain::lives::UNDO_LIFE_MS;
use crate::domain::office_time::OfficeTime;
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::undo::{Undo, Undoes};
use crate::domain::update::Former;
use crate::store::StoreError;
use crate::store::records::{Draft, Held};

/// The notices that an account names, in the order in which it happened, as they were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notices {
    known: Vec<Held<Undo>>,
    time: OfficeTime,
}

impl Notices {
    /// Those that are still there. At this time some of them work.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read(means: &Means, account: &Account, time: OfficeTime) -> Result<Self, StoreError> {
        Ok(Notices { known: means.records.get_many(&account.undos).await?, time })
    }

    /// As if they had been read.
    #[cfg(test)]
    pub fn for_test(known: &[Held<Undo>], now_ms: u64) -> Self {
        Notices { known: known.to_vec(), time: OfficeTime::agreed(now_ms) }
    }

    /// One of them, whether its codes still work or not.
    pub fn known(&self, id: Id) -> Option<&Held<Undo>> {
        self.known.iter().find(|held| held.id == id)
    }

    /// All of them, whether their codes still work or not.
    pub fn all(&self) -> impl Iterator<Item = &Held<Undo>> {
        self.known.iter()
    }

    /// Those whose codes still work.
    pub fn working(&self) -> impl DoubleEndedIterator<Item = &Held<Undo>> {
        let now = self.time.rights();
        self.known.iter().filter(move |held| !now.is_over(held.value.expires_ms, UNDO_LIFE_MS))
    }

    /// Those that are kept: none is forgotten for a clock that nobody has confirmed (T12), also while its
    /// codes don't work by it.
    pub fn living(&self) -> impl DoubleEndedIterator<Item = &Held<Undo>> {
        let now = self.time.protections();
        self.known.iter().filter(move |held| !now.is_over(held.value.expires_ms))
    }

    /// Whether another deed of the company's would push a living notice out, so that its code worked
    /// no more. What was done to its facilitators counts apart, and of a hold's two notices one counts.
    pub fn is_full(&self) -> bool {
        let undoing =
            self.of_company().filter(|held| !matches!(held.value.what, Undoes::Hold { .. } | Undoes::Ended));
        undoing.count() >= UNDOS_KEPT
    }

    /// The newest living one whose code brings a clave back.
    pub fn newest_of_clave(&self) -> Option<&Held<Undo>> {
        self.of_company().rfind(|held| matches!(held.value.what, Undoes::ClaveChange { .. }))
    }

    /// Of the newest one of what was done to the company itself.
    pub fn newest_folio(&self) -> Option<Folio> {
        let is_of_company =
            |held: &&Held<Undo>| held.value.what.facilitator().is_none() && held.value.what != Undoes::Ended;
        let newest = self.known.iter().rfind(is_of_company);
        newest.map(|held| held.value.folio)
    }

    fn of_company(&self) -> impl DoubleEndedIterator<Item = &Held<Undo>> {
        self.living().filter(|held| held.value.what.facilitator().is_none())
    }

    /// Puts a new one with the account and those before it that still work.
    pub fn note(&self, draft: Draft, account: &mut Account, (id, undo): &(Id, Undo)) -> Draft {
        self.keep_living(account);
        account.undos.push(*id);
        draft.new_record(*id, undo, Some(undo.expires_ms))
    }

    /// A stronger deed ends all but those that stay, with the batch: which the account names then. Who types
    /// a code of an ended one is told so; the oldest of them over the bound are forgotten.
    pub fn ended(&self, mut draft: Draft, stays: impl Fn(&Undoes) -> bool) -> (Draft, Vec<Id>) {
        let ending = self.known.iter().filter(|held| !stays(&held.value.what)).count();
        let (mut surplus, mut named) = (ending.saturating_sub(UNDOS_KEPT), Vec::new());
        for held in &self.known {
            match &held.value.what {
                what if stays(what) => named.push(held.id),
                _ if surplus > 0 => {
                    surplus -= 1;
                    draft = draft.remove(held);
                }
                Undoes::Ended => named.push(held.id),
                _ => {
                    named.push(held.id);
                    draft = draft.replace(held, &held.value.ended(), held.due_ms);
                }
            }
        }
        (draft, named)
    }

    /// The account forgets those whose codes work no more.
    pub fn keep_living(&self, account: &mut Account) {
        account.undos = self.living().map(|held| held.id).collect();
    }
}

/// A new one. Its codes are made as they are sent.
pub fn new_notice(company: Rut, folio: Folio, what: Undoes, now_ms: u64) -> Undo {
    Undo { company, folio, what, codes: Vec::new(), expires_ms: now_ms + UNDO_LIFE_MS, tries: 0 }
}

/// A notice that brings back what was before a change.
pub fn before_change(account: &Account, id: Id, folio: Folio, now_ms: u64) -> (Id, Undo) {
    let what = Undoes::DataChange { before: Box::new(Former::of(account)) };
    (id, new_notice(account.company, folio, what, now_ms))
}

/// A deed in person: whoever could be trusted before hears of it with a code that freezes the account,
/// and everybody else who was on file with a warning (T4a, T4b, T5). A channel that the deed itself brought
/// hears by the key that goes there.
pub fn told_in_person(
    draft: Draft,
    ids: &mut Ids,
    before: &Account,
    changed: &mut Account,
    (folio, time): (Folio, OfficeTime),
) -> (Draft, Vec<Errand>) {
    let (undo_id, now_ms) = (ids.fresh(), time.now_ms());
    let trusted = before.places(|channel| channel.may_freeze(time.protections()));
    let (company, language) = (before.company, before.language);
    let kind = ErrandKind::DoneInPerson { undo: undo_id };
    let message = Message { kind, company, language, folio, now_ms };
    let told = message.to_trusted(&trusted, before);
    if trusted.is_empty() {
        return (draft, told);
    }
    let undo = new_notice(company, folio, Undoes::ByPerson, now_ms);
    changed.undos.push(undo_id);
    (draft.new_record(undo_id, &undo, Some(undo.expires_ms)), told)
}

/// No room for another notice: the newest living one covers this deed too. Its code is sent again,
/// and its life begins anew.
pub fn tell_with(draft: Draft, notice: &Held<Undo>, now_ms: u64) -> Draft {
    let expires_ms = now_ms + UNDO_LIFE_MS;
    draft.replace(notice, &Undo { expires_ms, ..notice.value.clone() }, Some(expires_ms))
}
