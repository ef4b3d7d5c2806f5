//! *Mis datos* behind the screens (Ley 21.719): a copy to the address on file, and being
//! forgotten, which waits as long as a notice's code works, and can be taken back until then.

use super::undo::is_full;
use super::update::note_undo;
use super::{Answer, Desk, Message, post};
use crate::courier::Tally;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::errand::{DataErrand, ErrandKind};
use crate::domain::undo::Undoes;
use crate::domain::update::{ERASURE_HOLD_MS, Erasure, Former};
use crate::effect::{ClaveProved, Reply, SentTo};
use crate::office::means::CommitBy;

impl Desk {
    /// The mail is written when it is sent, from the account as it then is.
    pub(super) async fn send_copy(&self, proved: &ClaveProved) -> Answer {
        let now_ms = self.means.now_ms().await?;
        let Some(held) = self.still_owned(proved).await? else { return Ok(Reply::DataStale) };
        let to = Destination::Mail(held.value.email.clone());
        if Tally::read(&self.means.records, &to).await?.is_full(now_ms) {
            return Ok(Reply::CodeLimit);
        }
        let (company, folio) = (proved.company(), self.new_folio());
        let (kind, language) = (ErrandKind::Data(DataErrand::Copy), held.value.language);
        let copy = Message { kind, company, language, folio, now_ms }.to(to);
        let entry = self.means.entry(now_ms, Action::SendCopy, Outcome::Done, company).under(folio);
        let draft = self.means.records.draft(now_ms).audit(&entry).expect_unchanged(&held);
        post(&self.means.records, draft, &[copy]).commit_by(&self.means).await?;
        self.means.wake_courier();
        let sent_to = SentTo {
            email: Some(Clean::from(held.value.email.to_string())),
            mobile: None,
            demo_folder: self.means.settings.demo_folder.clone(),
        };
        Ok(Reply::CopySent { folio, sent_to })
    }

    pub(super) async fn request_erasure(&self, proved: &ClaveProved) -> Answer {
        let now_ms = self.means.now_ms().await?;
        let company = proved.company();
        if let Some(account) = self.means.records.account_of(company).await?
            && let Some(erasure) = self.means.records.get::<Erasure>(account.id).await?
        {
            // Asked before, by a press whose answer nobody waited for.
            return Ok(Reply::ErasureAsked { folio: erasure.value.folio });
        }
        let Some(held) = self.still_owned(proved).await? else { return Ok(Reply::DataStale) };
        let living = self.living_undos(&held.value, now_ms).await?;
        if is_full(&living) {
            return Ok(Reply::DataLimit);
        }
        let folio = self.new_folio();
        let what = Undoes::Erasure { before: Box::new(Former::of(&held.value)) };
        let undo = self.new_undo(company, folio, what, now_ms);
        let erasure = Erasure { company, folio, requested_ms: now_ms };
        let mut changed = held.value.clone();
        let entry = self.means.entry(now_ms, Action::RequestErasure, Outcome::Done, company).under(folio);
        let draft = self.means.records.draft(now_ms).audit(&entry);
        let draft = note_undo(draft, &mut changed, &living, &undo);
        let draft = draft.new_record(held.id, &erasure, Some(now_ms + ERASURE_HOLD_MS));
        let kind = ErrandKind::Data(DataErrand::ErasureAsked { undo: undo.0 });
        let language = held.value.language;
        let notices = Message { kind, company, language, folio, now_ms }.to_all_channels(&held.value);
        post(&self.means.records, draft.replace(&held, &changed, None), &notices)
            .commit_by(&self.means)
            .await?;
        self.means.wake_courier();
        Ok(Reply::ErasureAsked { folio })
    }

    /// Whoever has the key may take it back as long as it was not carried out.
    pub(super) async fn take_erasure_back(&self, proved: &ClaveProved) -> Answer {
        let now_ms = self.means.now_ms().await?;
        let company = proved.company();
        let Some(held) = self.still_owned(proved).await? else { return Ok(Reply::DataStale) };
        let Some(erasure) = self.means.records.get::<Erasure>(held.id).await? else {
            return Ok(Reply::DataStale);
        };
        let folio = erasure.value.folio;
        let entry = self.means.entry(now_ms, Action::CancelErasure, Outcome::Done, company).under(folio);
        // The notice's code lives on: a change of the key may have been told with it, for want of
        // room for another.
        let draft = self.means.records.draft(now_ms).audit(&entry).remove(&erasure).expect_unchanged(&held);
        let (kind, language) = (ErrandKind::Data(DataErrand::ErasureTakenBack), held.value.language);
        let notices = Message { kind, company, language, folio, now_ms }.to_all_channels(&held.value);
        post(&self.means.records, draft, &notices).commit_by(&self.means).await?;
        self.means.wake_courier();
        Ok(Reply::ErasureTakenBack { folio })
    }
}
