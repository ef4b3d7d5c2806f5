//! *No fui yo* behind the screens: the code from a notice undoes what the notice told of, and what
//! came of it or after it (S7, S8).

use super::drawn::Drawn;
use super::facilitator_undone::UndoOfFacilitator;
use super::means::{Decision, Means, ROUNDS, Rows};
use super::messages::{Message, post};
use super::notices::Notices;
use super::tries::{Tally, Tries, Try};
use super::trouble::{Answer, Trouble, too_busy};
use super::under_way::AllUnderWay;
use crate::domain::account::Account;
use crate::domain::deed::{Action, Outcome};
use crate::domain::digest::Digest;
use crate::domain::errand::{DataErrand, ErrandKind};
use crate::domain::folio::Folio;
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::domain::undo::{Undo, Undoes};
use crate::domain::update::Former;
use crate::effect::{Refusal, Reply, UndoOver, Undoing};
use crate::store::records::{Draft, Held};

/// Finds the notice of a code, and undoes what was done to the company.
#[derive(Clone, Copy)]
pub struct UndoByCode<'a> {
    means: &'a Means,
}

/// The living notice that a code came with.
struct FoundNotice {
    notice: Held<Undo>,
    /// For which the code was right.
    on: Digest,
}

impl<'a> UndoByCode<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        UndoByCode { means }
    }

    /// Undoes what the notice of this code told of, to the company or to one of its facilitators. A
    /// verdict holds for the notice that it was made on: when that changes meanwhile, it is looked for
    /// again.
    ///
    /// # Errors
    /// [`Trouble::Refused`] when the code is wrong or no try may be made.
    pub async fn with(&self, company: Rut, code: &Secret) -> Answer {
        let counted = Tries::of(self.means).count_undo(company, Action::Undo).await?;
        for _ in 0..ROUNDS {
            let found = self.find(&counted, company, code).await?;
            let undone = match &found.notice.value.what {
                Undoes::Facilitator { .. } => {
                    UndoOfFacilitator::of(self.means).undo(&counted, company, &found.notice).await
                }
                Undoes::Ended => return self.ended(&counted, company).await,
                _ => self.of_company(&counted, company, &found).await,
            };
            match undone {
                Err(Trouble::Outdated) => {}
                undone => return undone,
            }
        }
        Err(too_busy("the notice").into())
    }

    /// The living notice that this code came with. One hashing, however many there are (S9).
    async fn find(&self, counted: &Try, company: Rut, code: &Secret) -> Result<FoundNotice, Trouble> {
        let (means, now_ms) = (self.means, counted.time.now_ms());
        let account = means.records.account_of(company).await?;
        let notices = match &account {
            Some(held) => Some(Notices::read(means, &held.value, counted.time).await?),
            None => None,
        };
        let newest_first = notices.iter().flat_map(|notices| notices.working().rev());
        let (of, codes): (Vec<&Held<Undo>>, Vec<Digest>) = newest_first
            .flat_map(|notice| notice.value.codes.iter().map(move |code| (notice, code.digest.clone())))
            .unzip();
        let place = means.vault().find(code, codes.clone()).await;
        match place {
            Some(place) => Ok(FoundNotice { notice: of[place].clone(), on: codes[place].clone() }),
            None => {
                let entry = means.entry(now_ms, Action::Undo, Outcome::Wrong, company);
                Tries::of(means).fail(counted, &entry).await
            }
        }
    }

    /// The code was right, and something stronger ended what it did. Whoever has it is told, and loses no try.
    async fn ended(&self, counted: &Try, company: Rut) -> Answer {
        match self.means.account(company).await?.value.trust.is_frozen() {
            true => {
                self.was_right(counted, company).await?;
                Err(Trouble::Refused(Refusal::Frozen))
            }
            false => self.over(counted, company, UndoOver::InPerson).await,
        }
    }

    async fn over(&self, counted: &Try, company: Rut, why: UndoOver) -> Answer {
        self.was_right(counted, company).await?;
        Ok(Reply::UndoOver(why))
    }

    /// It is on record that the code came too late.
    async fn was_right(&self, counted: &Try, company: Rut) -> Result<(), Trouble> {
        let entry = self.means.entry(counted.time.now_ms(), Action::Undo, Outcome::Dead, company);
        Tries::of(self.means).uncount(counted, &entry).await
    }

    /// Undoes what was done to the company itself.
    async fn of_company(&self, counted: &Try, company: Rut, found: &FoundNotice) -> Answer {
        let (means, drawn) = (self.means, Drawn::at(counted.time, self.means.vault()));
        let rows = means.rows(company);
        let done = means
            .settle(
                || DeedsToUndo::read(means, company, counted),
                |read| decide_undo(&read, found, &drawn, &rows),
            )
            .await?;
        let Some(done) = done else {
            return self.over(counted, company, UndoOver::Hold).await;
        };
        means.wake_courier();
        Ok(Reply::Undone { folio: done.folio, leaves: done.leaves })
    }
}

/// What undoing is decided on: all that it may touch.
struct DeedsToUndo {
    account: Held<Account>,
    under_way: AllUnderWay,
    tally: Tally,
}

impl DeedsToUndo {
    async fn read(means: &Means, company: Rut, counted: &Try) -> Result<Self, Trouble> {
        let account = means.records.account_of(company).await?.ok_or(Trouble::Outdated)?;
        Ok(DeedsToUndo {
            under_way: AllUnderWay::read(means, &account, counted.time).await?,
            tally: Tries::of(means).tally(counted).await?,
            account,
        })
    }

    /// Whether the key of this recovery waits still.
    fn is_held(&self, recovery: Id) -> bool {
        self.under_way.recoveries.iter().any(|under_way| under_way.id() == recovery && under_way.is_held())
    }
}

/// Nothing, if the code stops a hold alone and that is over.
fn decide_undo(
    read: &DeedsToUndo,
    found: &FoundNotice,
    drawn: &Drawn,
    rows: &Rows,
) -> Result<Decision<Option<Undone>>, Trouble> {
    let Drawn { now_ms, folio, .. } = *drawn;
    let still = read.under_way.notices.working().find(|notice| {
        notice.id == found.notice.id && notice.value.codes.iter().any(|code| code.digest == found.on)
    });
    let notice = still.filter(|notice| notice.value.what != Undoes::Ended).ok_or(Trouble::Outdated)?;
    if matches!(notice.value.what, Undoes::Hold { recovery } if !read.is_held(recovery)) {
        return Ok(Decision::answer(drawn, None));
    }
    let mut changed = read.account.value.clone();
    let (company, language) = (changed.company, changed.language);
    let (draft, kind, leaves) = match notice.value.what {
        Undoes::ByPerson => (frozen(read, drawn, &mut changed), ErrandKind::Frozen, Undoing::Frozen),
        _ => {
            let (draft, kind) = rolled_back(read, drawn.draft(), &mut changed, (notice, now_ms));
            let leaves = match notice.value.what {
                Undoes::Erasure { .. } => Undoing::NotErased,
                _ => Undoing::AsBefore,
            };
            (draft, kind, leaves)
        }
    };
    let told = Message { kind, company, language, folio, now_ms };
    let about = told;
    let mut told = about.to_all_touched(&read.account.value, &changed);
    read.under_way.warn_where_keys_went(&about, &mut told, None);
    let action = if leaves == Undoing::Frozen { Action::Freeze } else { Action::Undo };
    let entry = rows.row(now_ms, action, Outcome::Done).under(folio);
    let draft = draft.replace(&read.account, &changed, None);
    let draft = post(draft, &mut drawn.ids(), &told).audit(&entry);
    Ok(Decision { draft: read.tally.forgiven(draft), answer: Some(Undone { folio, leaves }) })
}

/// What came of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Undone {
    folio: Folio,
    leaves: Undoing,
}

/// What staff did is not undone by a code: nothing goes on until two of them have seen who it is (T4a,
/// T6). The clave before stays on file, and opens nothing here.
fn frozen(read: &DeedsToUndo, drawn: &Drawn, account: &mut Account) -> Draft {
    account.trust.freeze(drawn.now_ms);
    read.under_way.ended(drawn.draft(), account, drawn.now_ms)
}

/// What was before the deeds that are undone.
#[derive(Default)]
struct RolledBack {
    /// Of the earliest of them that tells.
    clave: Option<Digest>,
    former: Option<Former>,
    /// A clave, a contact, the question or the representative was changed.
    is_changed: bool,
    erasure: bool,
    recoveries: Vec<Id>,
    /// By a code that does no more.
    hold_stopped: Option<Id>,
    /// From here on everything goes.
    is_all_after: bool,
}

impl RolledBack {
    fn add(&mut self, what: &Undoes) {
        match what {
            Undoes::ClaveChange { before, .. } => {
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
            Undoes::Recovery { recovery } | Undoes::Hold { recovery } => self.recoveries.push(*recovery),
            // Never one of these.
            Undoes::Facilitator { .. } | Undoes::ByPerson | Undoes::Ended => {}
        }
    }

    /// Whether a later deed goes too.
    fn takes(&self, what: &Undoes, recovery_undone: Option<Id>) -> bool {
        match what {
            // A facilitator's clave is another person's, what staff did stays, and what is ended is over.
            Undoes::Facilitator { .. } | Undoes::ByPerson | Undoes::Ended => false,
            _ if self.is_all_after => true,
            Undoes::ClaveChange { by, .. } => by.is_some() && *by == recovery_undone,
            // The other notice of the same hold.
            Undoes::Recovery { recovery } => Some(*recovery) == self.hold_stopped,
            _ => false,
        }
    }

    /// The clave last: a change of it that came first knows an older one.
    fn put_back(self, account: &mut Account) {
        if let Some(former) = self.former {
            former.put_back(account);
        }
        if let Some(clave) = self.clave {
            account.clave = clave;
        }
    }
}

/// Undoes the notice's own deed and, unless that was a recovery alone, everything after: whoever did
/// the one did the others. What was before the earliest of them comes back. A recovery's notice
/// leaves a change alone that did not come of it.
fn rolled_back(
    read: &DeedsToUndo,
    mut draft: Draft,
    account: &mut Account,
    (notice, now_ms): (&Held<Undo>, u64),
) -> (Draft, ErrandKind) {
    let (recovery_undone, hold_stopped) = match &notice.value.what {
        Undoes::Recovery { recovery } => (Some(*recovery), None),
        Undoes::Hold { recovery } => (None, Some(*recovery)),
        _ => (None, None),
    };
    let mut rolled = RolledBack { hold_stopped, ..RolledBack::default() };
    let since = account.undos.iter().position(|id| *id == notice.id).unwrap_or(0);
    for id in account.undos.split_off(since) {
        let Some(held) = read.under_way.notices.known(id) else { continue };
        match id == notice.id || rolled.takes(&held.value.what, recovery_undone) {
            true => {
                rolled.add(&held.value.what);
                draft = draft.remove(held);
            }
            false => account.undos.push(id),
        }
    }
    draft = read.under_way.proofs.ended(draft);
    if let Some(erasure) = read.under_way.erasure.as_ref().filter(|_| rolled.erasure) {
        draft = draft.remove(erasure);
    }
    if rolled.is_changed {
        rolled.recoveries.append(&mut account.recoveries);
    }
    account.recoveries.retain(|id| !rolled.recoveries.contains(id));
    let ended =
        read.under_way.recoveries.iter().filter(|under_way| rolled.recoveries.contains(&under_way.id()));
    draft = ended.fold(draft, |draft, under_way| under_way.cancelled(draft, now_ms));
    let kind = match (&notice.value.what, &rolled.clave) {
        (Undoes::DataChange { .. }, _) => ErrandKind::Data(DataErrand::Restored),
        (Undoes::Erasure { .. }, _) => ErrandKind::Data(DataErrand::ErasureTakenBack),
        (_, Some(_)) => ErrandKind::ClaveRestored,
        (_, None) => ErrandKind::RecoveryCancelled,
    };
    rolled.put_back(account);
    (draft, kind)
}

#[cfg(test)]
#[path = "undo_tests.rs"]
mod tests;
