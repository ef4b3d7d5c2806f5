//! *Mis datos* behind the screens (Ley 21.719): being forgotten, which waits as long as a notice's
//! code works, and can be taken back until then.

use super::drawn::Drawn;
use super::means::{Decision, Means, Rows};
use super::messages::{Message, post};
use super::notices::new_notice;
use super::owned::{Owned, still_owned};
use super::trouble::{Answer, Trouble};
use crate::domain::account::Account;
use crate::domain::deed::{Action, Outcome};
use crate::domain::errand::{DataErrand, ErrandKind};
use crate::domain::folio::Folio;
use crate::domain::office_time::OfficeTime;
use crate::domain::outlook::Outlook;
use crate::domain::undo::Undoes;
use crate::domain::update::{ERASURE_HOLD_MS, Erasure, Former};
use crate::effect::{ClaveProved, Reply};
use crate::store::records::Held;

/// A company's request to be forgotten.
#[derive(Clone, Copy)]
pub struct ErasureRequest<'a> {
    means: &'a Means,
}

impl<'a> ErasureRequest<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        ErasureRequest { means }
    }

    /// Asked for twice, it is one.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn ask(&self, proved: &ClaveProved) -> Answer {
        let (means, rows, drawn) = (self.means, self.means.rows(proved.company()), self.means.draw().await?);
        let asked = means
            .settle(
                || Forgettable::read(means, proved, drawn.time()),
                |read| Ok(decide_ask(&read, &drawn, &rows)),
            )
            .await?;
        let notices = self.notices(proved, &drawn).await?;
        means.wake_courier();
        Ok(match asked {
            Asked::Kept(folio) => Reply::ErasureAsked { folio, notices },
            Asked::Stale => Reply::DataStale,
            Asked::TooMany => Reply::DataLimit,
        })
    }

    /// Whoever has the clave may take it back as long as it was not carried out.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn take_back(&self, proved: &ClaveProved) -> Answer {
        let (means, rows, drawn) = (self.means, self.means.rows(proved.company()), self.means.draw().await?);
        let taken_back = means
            .settle(
                || async {
                    let Some(account) = still_owned(means, proved).await? else { return Ok(None) };
                    let erasure = means.records.get::<Erasure>(account.id).await?;
                    Ok(erasure.map(|erasure| (account, erasure)))
                },
                |read| Ok(decide_take_back(read.as_ref(), &drawn, &rows)),
            )
            .await?;
        let notices = self.notices(proved, &drawn).await?;
        means.wake_courier();
        Ok(taken_back.map_or(Reply::DataStale, |folio| Reply::ErasureTakenBack { folio, notices }))
    }

    /// Whether the contacts hear of it.
    async fn notices(&self, proved: &ClaveProved, drawn: &Drawn) -> Result<Outlook, Trouble> {
        let account = self.means.records.account_of(proved.company()).await?;
        let outlooks = self.means.outlooks(drawn.protections());
        Ok(account.map_or(Outlook::Off, |held| outlooks.of_notices(&held.value)))
    }
}

/// What a request came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// Now, or by a press before.
    Kept(Folio),
    Stale,
    /// Another notice would push a living one out.
    TooMany,
}

/// What a request is decided on.
enum Forgettable {
    /// By a press whose answer nobody waited for.
    Asked(Held<Erasure>),
    Owned(Box<Owned>),
    Stale,
}

impl Forgettable {
    async fn read(means: &Means, proved: &ClaveProved, time: OfficeTime) -> Result<Self, Trouble> {
        if let Some(account) = means.records.account_of(proved.company()).await?
            && let Some(erasure) = means.records.get::<Erasure>(account.id).await?
        {
            return Ok(Forgettable::Asked(erasure));
        }
        let owned = Owned::read(means, proved, time).await?;
        Ok(owned.map_or(Forgettable::Stale, |owned| Forgettable::Owned(Box::new(owned))))
    }
}

fn decide_ask(read: &Forgettable, drawn: &Drawn, rows: &Rows) -> Decision<Asked> {
    let Drawn { now_ms, folio, .. } = *drawn;
    let Owned { account, notices } = match read {
        Forgettable::Asked(erasure) => {
            return Decision::answer(drawn, Asked::Kept(erasure.value.folio));
        }
        Forgettable::Stale => return Decision::answer(drawn, Asked::Stale),
        Forgettable::Owned(owned) if owned.notices.is_full() => {
            return Decision::answer(drawn, Asked::TooMany);
        }
        Forgettable::Owned(owned) => &**owned,
    };
    let (company, language) = (account.value.company, account.value.language);
    let mut ids = drawn.ids();
    let what = Undoes::Erasure { before: Box::new(Former::of(&account.value)) };
    let undo = (ids.fresh(), new_notice(company, folio, what, now_ms));
    let erasure = Erasure { company, folio, requested_ms: now_ms };
    let mut changed = account.value.clone();
    let entry = rows.row(now_ms, Action::RequestErasure, Outcome::Done).under(folio);
    let draft = notices.note(drawn.draft().audit(&entry), &mut changed, &undo);
    let draft = draft.new_record(account.id, &erasure, Some(now_ms + ERASURE_HOLD_MS));
    let kind = ErrandKind::Data(DataErrand::ErasureAsked { undo: undo.0 });
    let told = Message { kind, company, language, folio, now_ms }.to_all_channels(&account.value);
    let draft = post(draft.replace(account, &changed, None), &mut ids, &told);
    Decision { draft, answer: Asked::Kept(folio) }
}

fn decide_take_back(
    read: Option<&(Held<Account>, Held<Erasure>)>,
    drawn: &Drawn,
    rows: &Rows,
) -> Decision<Option<Folio>> {
    let Some((account, erasure)) = read else { return Decision::answer(drawn, None) };
    let (now_ms, folio) = (drawn.now_ms, erasure.value.folio);
    let (company, language) = (account.value.company, account.value.language);
    let entry = rows.row(now_ms, Action::CancelErasure, Outcome::Done).under(folio);
    // The notice's code lives on: a change of the clave may have been told with it, for want of room
    // for another.
    let draft = drawn.draft().audit(&entry).remove(erasure).expect_unchanged(account);
    let kind = ErrandKind::Data(DataErrand::ErasureTakenBack);
    let told = Message { kind, company, language, folio, now_ms }.to_all_channels(&account.value);
    Decision { draft: post(draft, &mut drawn.ids(), &told), answer: Some(folio) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::samples::{NOON, account, company, folio, held, notices, told};

    fn erasure() -> Held<Erasure> {
        held(1, Erasure { company: company(), folio: folio(7), requested_ms: NOON })
    }

    fn owned(count: u8) -> Forgettable {
        Forgettable::Owned(Box::new(Owned { account: held(1, account()), notices: notices(count) }))
    }

    #[test]
    fn it_is_asked_for_once_and_only_where_it_can_be_undone() {
        let drawn = Drawn::for_test(NOON);
        let table = [
            (Forgettable::Stale, Asked::Stale, 0),
            (Forgettable::Asked(erasure()), Asked::Kept(folio(7)), 0),
            (owned(8), Asked::TooMany, 0),
            (owned(7), Asked::Kept(drawn.folio), 7),
        ];
        for (read, asked, writes) in table {
            let decision = decide_ask(&read, &drawn, &Rows::for_test());
            assert_eq!((decision.answer, decision.draft.writes().len()), (asked, writes));
        }
    }

    #[test]
    fn taken_back_it_leaves_the_account_and_the_notices() {
        let (drawn, read) = (Drawn::for_test(NOON), (held(1, account()), erasure()));
        let decision = decide_take_back(Some(&read), &drawn, &Rows::for_test());
        assert_eq!(
            told(&decision.draft.writes()[..3]),
            ["row CancelErasure Done", "remove Erasure 1", "unchanged Account"]
        );
        assert_eq!(decision.answer, Some(folio(7)));
        assert_eq!(decide_take_back(None, &drawn, &Rows::for_test()).answer, None);
    }
}
