//! A notice's code puts a facilitator back as they were (S7, S8): what the notice told of is undone,
//! and all that was done to this facilitator after it. The company's own clave is another matter: it
//! stays, and so do the failures that were counted.

use super::drawn::Drawn;
use super::facilitator_notices::is_about;
use super::means::{Decision, Means, Rows};
use super::messages::{Message, post};
use super::notices::Notices;
use super::recoveries::UnderWay;
use super::tries::{Tally, Tries, Try};
use super::trouble::{Answer, Trouble};
use crate::domain::account::Account;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::email::Email;
use crate::domain::errand::{ErrandKind, FacilitatorErrand};
use crate::domain::facilitator::Facilitator;
use crate::domain::folio::Folio;
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::undo::{Undo, Undoes};
use crate::effect::{Reply, Undoing};
use crate::store::records::Held;

/// Puts facilitators back.
#[derive(Clone, Copy)]
pub struct UndoOfFacilitator<'a> {
    means: &'a Means,
}

impl<'a> UndoOfFacilitator<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        UndoOfFacilitator { means }
    }

    /// Undoes what this notice told of, whose code was right.
    ///
    /// # Errors
    /// [`Trouble::Outdated`] when the notice is not what it was: find it again. [`Trouble::Refused`]
    /// when the facilitator is gone.
    pub async fn undo(&self, counted: &Try, company: Rut, notice: &Held<Undo>) -> Answer {
        let (means, drawn) = (self.means, Drawn::at(counted.time, self.means.vault()));
        let Undoes::Facilitator { facilitator, .. } = &notice.value.what else {
            return Err(counted.mismatch());
        };
        let rows = means.rows(company);
        let undone = means
            .settle(
                || Undoable::read(means, company, *facilitator, counted),
                |read| decide_undo(&read, notice, counted, (&drawn, &rows)),
            )
            .await?;
        means.wake_courier();
        let UndoneFacilitator { folio, leaves } = undone;
        Ok(Reply::Undone { folio, leaves })
    }
}

/// What undoing is decided on.
struct Undoable {
    account: Held<Account>,
    notices: Notices,
    facilitator: Option<Held<Facilitator>>,
    /// The facilitator's recoveries.
    under_way: Vec<UnderWay>,
    tally: Tally,
}

impl Undoable {
    async fn read(means: &Means, company: Rut, facilitator: Id, counted: &Try) -> Result<Self, Trouble> {
        let account = means.records.account_of(company).await?.ok_or(Trouble::Outdated)?;
        let notices = Notices::read(means, &account.value, counted.time).await?;
        let facilitator = means.records.get::<Facilitator>(facilitator).await?;
        let recoveries = facilitator.as_ref().map_or(&[][..], |held| &held.value.recoveries);
        let under_way = UnderWay::read_all(means, recoveries).await?;
        let tally = Tries::of(means).tally(counted).await?;
        Ok(Undoable { account, notices, facilitator, under_way, tally })
    }
}

/// What was undone, and what it leaves.
struct UndoneFacilitator {
    folio: Folio,
    leaves: Undoing,
}

fn decide_undo(
    read: &Undoable,
    notice: &Held<Undo>,
    counted: &Try,
    (drawn, rows): (&Drawn, &Rows),
) -> Result<Decision<UndoneFacilitator>, Trouble> {
    let Drawn { now_ms, folio, .. } = *drawn;
    if read.notices.known(notice.id) != Some(notice) {
        return Err(Trouble::Outdated);
    }
    let (Undoes::Facilitator { before, .. }, Some(held)) = (&notice.value.what, &read.facilitator) else {
        return Err(counted.mismatch());
    };
    let mut draft = drawn.draft();
    let mut kept = read.account.value.clone();
    let since = kept.undos.iter().position(|id| *id == notice.id).unwrap_or(0);
    for id in kept.undos.split_off(since) {
        match read.notices.known(id) {
            Some(later) if is_about(later, held.id) => draft = draft.remove(later),
            Some(_) => kept.undos.push(id),
            None => {}
        }
    }
    let mut restored = held.value.clone();
    let since = before.put_back(&mut restored);
    for recovery in read.under_way.iter().filter(|under_way| since.contains(&under_way.id())) {
        draft = recovery.cancelled(draft, now_ms);
    }
    let leaves = if restored.clave.is_some() { Undoing::AsBefore } else { Undoing::NoClave };
    let kind = ErrandKind::Facilitator(FacilitatorErrand::Restored);
    let company = kept.company;
    let told = |to: &Email, language| {
        Message { kind, company, language, folio, now_ms }.to(Destination::Mail(to.clone()))
    };
    let told = [told(&restored.person.email, restored.language), told(&kept.email, kept.language)];
    let row = rows.row(now_ms, Action::Undo, Outcome::Done).under(folio);
    let draft = draft.replace(&read.account, &kept, None).replace(held, &restored, None).audit(&row);
    let draft = read.tally.taken_back(post(draft, &mut drawn.ids(), &told), counted);
    Ok(Decision { draft, answer: UndoneFacilitator { folio, leaves } })
}
