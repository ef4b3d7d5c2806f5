//! A facilitator's own key: a sent one opens *choose your own*, and choosing replaces it and the one
//! before (S7). Who is unknown takes as long as who is known (S9).

use super::{Desk, Message, post};
use crate::desk::Trouble;
use crate::domain::clave::{Clave, KnownWords};
use crate::domain::country::Country;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::errand::{Errand, ErrandKind, FacilitatorErrand};
use crate::domain::facilitator::{Facilitator, IdentityNumber};
use crate::domain::recovery::Recovery;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::effect::ClaveKind;
use crate::effect::facilitator::{FacilitatorProved, FacilitatorReply};
use crate::office::means::CommitBy;
use crate::store::StoreError;
use crate::store::records::Held;

impl Desk {
    pub(super) async fn check_facilitator_key(
        &self,
        company: Rut,
        country: Country,
        number: &IdentityNumber,
        clave: &Secret,
    ) -> Result<FacilitatorReply, Trouble> {
        let action = Action::CheckFacilitatorKey;
        let counted = self.tries().count(company, action).await?;
        let facilitator = self.means.records.facilitator_of(company, country, number).await?;
        let kind = self.facilitator_key(facilitator.as_ref(), clave, counted.now_ms).await?;
        let (Some(held), Some(kind)) = (&facilitator, kind) else {
            let outcome = if facilitator.is_some() { Outcome::Wrong } else { Outcome::NoAccount };
            return self
                .tries()
                .fail(&counted, &self.means.entry(counted.now_ms, action, outcome, company))
                .await;
        };
        // It proves nothing of the company itself: its other failures stay counted.
        let entry = self.means.entry(counted.now_ms, action, Outcome::Right, company);
        self.tries().uncount(&counted, &entry).await?;
        Ok(FacilitatorReply::ClaveRight(proved(held, kind)))
    }

    /// Which of the facilitator's keys this is. Two hashings, whatever there is to compare with.
    async fn facilitator_key(
        &self,
        facilitator: Option<&Held<Facilitator>>,
        clave: &Secret,
        now_ms: u64,
    ) -> Result<Option<ClaveKind>, StoreError> {
        let own = match facilitator.and_then(|held| held.value.clave.as_ref()) {
            Some(own) => self.means.vault().verify(clave, own).await,
            None => self.means.vault().verify_nothing().await,
        };
        let recoveries = facilitator.map_or(&[][..], |held| &held.value.recoveries);
        let (_, digests) = self.living_keys(recoveries, now_ms).await?;
        let sent = self.means.vault().find(clave, digests).await.map(|_| ClaveKind::Sent);
        Ok(if own.is_right() { Some(ClaveKind::Own) } else { sent })
    }

    pub(super) async fn change_facilitator_key(
        &self,
        proved: &FacilitatorProved,
        clave: &Clave,
    ) -> Result<FacilitatorReply, Trouble> {
        let digest = self.means.vault().digest(clave.secret()).await;
        let now_ms = self.means.now_ms().await?;
        let Some(held) = self.means.records.get::<Facilitator>(proved.facilitator()).await? else {
            return Err(StoreError::Unavailable("the facilitator is gone".into()).into());
        };
        match self.facilitator_key(Some(&held), clave.secret(), now_ms).await? {
            // Saved before, by a press whose answer nobody waited for.
            Some(ClaveKind::Own) if held.version != proved.version() => {
                return Ok(FacilitatorReply::ClaveChanged { folio: self.new_folio() });
            }
            Some(_) => return Ok(FacilitatorReply::ClaveUnchanged),
            None => {}
        }
        let (company, folio) = (held.value.company, self.new_folio());
        let mut changed = held.value.clone();
        changed.clave = Some(digest);
        let noted = self.note_facilitator(self.means.records.draft(now_ms), &held, folio, now_ms).await?;
        let (mut draft, undo) = (noted.draft, noted.undo);
        for id in std::mem::take(&mut changed.recoveries) {
            if let Some(recovery) = self.means.records.get::<Recovery>(id).await? {
                draft = draft.remove(&recovery);
            }
        }
        let about = undo.map_or(FacilitatorErrand::KeyChanged, |undo| FacilitatorErrand::KeyChosen { undo });
        let (kind, language) = (ErrandKind::Facilitator(about), changed.language);
        let message = Message { kind, company, language, folio, now_ms };
        let notices: Vec<Errand> =
            noted.mailboxes.into_iter().map(|mailbox| message.to(Destination::Mail(mailbox))).collect();
        let entry =
            self.means.entry(now_ms, Action::ChangeFacilitatorKey, Outcome::Done, company).under(folio);
        let draft = draft.replace(&held, &changed, None).audit(&entry);
        post(&self.means.records, draft, &notices).commit_by(&self.means).await?;
        self.means.wake_courier();
        Ok(FacilitatorReply::ClaveChanged { folio })
    }
}

fn proved(held: &Held<Facilitator>, kind: ClaveKind) -> FacilitatorProved {
    let Facilitator { company, person, .. } = &held.value;
    let (name, number) = (person.full_name(), person.identity.number.to_string());
    FacilitatorProved::proved_by_digest(
        (held.id, *company),
        kind,
        held.version,
        KnownWords::new(*company, &[name.as_str(), &number, person.identity.country.name()]),
    )
}
