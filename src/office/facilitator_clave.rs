//! A facilitator's own clave: a sent one opens *choose your own*, and choosing replaces it and the one
//! before (S7). Who is unknown takes as long as who is known (S9). Tries are theirs alone: they make
//! neither the company nor another facilitator wait (T9).

use super::admission::Admission;
use super::drawn::Drawn;
use super::facilitator_notices::FacilitatorNotices;
use super::means::{Decision, Means, ROUNDS, Rows};
use super::messages::{Message, post};
use super::recoveries::KnownRecoveries;
use super::tries::Tries;
use super::trouble::{Trouble, too_busy};
use crate::domain::clave::{Clave, KnownWords};
use crate::domain::country::Country;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::{Channel, Destination};
use crate::domain::digest::Digest;
use crate::domain::errand::{Errand, ErrandKind, FacilitatorErrand};
use crate::domain::facilitator::{Facilitator, IdentityNumber};
use crate::domain::folio::Folio;
use crate::domain::office_time::{OfficeTime, RightsTime};
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::effect::facilitator::{FacilitatorProved, FacilitatorReply};
use crate::effect::{ClaveKind, Refusal};
use crate::store::StoreError;
use crate::store::records::Held;

/// Checks and changes it.
#[derive(Clone, Copy)]
pub struct ClaveOfFacilitator<'a> {
    means: &'a Means,
}

impl<'a> ClaveOfFacilitator<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        ClaveOfFacilitator { means }
    }

    /// Whether this is a clave of theirs.
    ///
    /// # Errors
    /// [`Trouble::Refused`] when it isn't.
    pub async fn check(
        &self,
        company: Rut,
        country: Country,
        number: &IdentityNumber,
        clave: &Secret,
    ) -> Result<FacilitatorReply, Trouble> {
        let (means, tries, action) = (self.means, Tries::of(self.means), Action::CheckFacilitatorClave);
        let who = (country, number);
        let admission = Admission::to_clave_of_facilitator(means, company, who, action).await?;
        let (time, known) = (admission.time(), Known::named(means, company, country, number).await?);
        let own = match &admission {
            Admission::Counted(_) | Admission::Again(_) => {
                known.as_ref().and_then(|known| known.held.value.clave.as_ref())
            }
            Admission::Blocked { .. } => None,
        };
        let kind = self.kind_of(own, known.as_ref(), clave, time.rights()).await;
        let entry = |outcome| means.entry(time.now_ms(), action, outcome, company);
        let (Some(known), Some(kind)) = (&known, kind) else {
            let Admission::Counted(counted) = &admission else { return Err(admission.mismatch()) };
            let outcome = if known.is_some() { Outcome::Wrong } else { Outcome::NoAccount };
            return tries.fail(counted, &entry(outcome)).await;
        };
        let drawn = Drawn::at(time, self.means.vault());
        means
            .settle(
                || async { Ok(tries.tallies_of_facilitator(company, who).await?) },
                |tallies| {
                    let draft = drawn.draft().audit(&entry(Outcome::Right));
                    let draft = tallies.iter().fold(draft, |draft, tally| tally.forgiven(draft));
                    Ok(Decision { draft, answer: () })
                },
            )
            .await?;
        // The company's account is frozen, and its facilitators' claves with it (T6).
        match means.records.account_of(company).await? {
            Some(account) if account.value.trust.is_frozen() => Err(Trouble::Refused(Refusal::Frozen)),
            _ => Ok(FacilitatorReply::ClaveRight(proved(&known.held, kind))),
        }
    }

    /// Which of the facilitator's claves this is, `own` or a sent one. Two hashings, whatever there is to
    /// compare with.
    async fn kind_of(
        &self,
        own: Option<&Digest>,
        known: Option<&Known>,
        clave: &Secret,
        now: RightsTime,
    ) -> Option<ClaveKind> {
        let vault = self.means.vault();
        let own = match own {
            Some(own) => vault.verify(clave, own).await,
            None => vault.verify_nothing().await,
        };
        let living = known.map(|known| known.recoveries.living_keys(now)).unwrap_or_default();
        let digests = living.into_iter().map(|key| key.digest).collect();
        let sent = vault.find(&clave.in_capitals(), digests).await.map(|_| ClaveKind::Sent);
        if own.is_right() { Some(ClaveKind::Own) } else { sent }
    }

    /// The facilitator chooses a clave. It must be none of those that they have, which holds for the
    /// ones that it was compared with: when they change meanwhile, it is compared again.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn change(
        &self,
        proved: &FacilitatorProved,
        clave: &Clave,
    ) -> Result<FacilitatorReply, Trouble> {
        let (means, id) = (self.means, proved.facilitator());
        let digest = means.vault().digest(clave.secret()).await;
        let drawn = means.draw().await?;
        for _ in 0..ROUNDS {
            let known = Known::read(means, id).await?;
            let own = known.held.value.clave.as_ref();
            match self.kind_of(own, Some(&known), clave.secret(), drawn.rights()).await {
                // Saved before, by a press whose answer nobody waited for.
                Some(ClaveKind::Own) if known.held.version != proved.version() => {
                    let notices = means.outlooks(drawn.protections()).by_channel(Channel::Mail);
                    return Ok(FacilitatorReply::ClaveChanged { folio: drawn.folio, notices });
                }
                Some(_) => return Ok(FacilitatorReply::ClaveUnchanged),
                None => {}
            }
            let rows = means.rows(known.held.value.company);
            let chosen = Chosen { digest: &digest, compared_with: &known };
            let changed = means.settle(
                || Changeable::read(means, id, drawn.time()),
                |read| decide_change(&read, &chosen, &drawn, &rows),
            );
            match changed.await {
                Err(Trouble::Outdated) => {}
                Err(trouble) => return Err(trouble),
                Ok(folio) => {
                    let notices = means.outlooks(drawn.protections()).by_channel(Channel::Mail);
                    means.wake_courier();
                    return Ok(FacilitatorReply::ClaveChanged { folio, notices });
                }
            }
        }
        Err(too_busy("the facilitator").into())
    }
}

/// A facilitator and the recoveries whose sent claves may work.
struct Known {
    held: Held<Facilitator>,
    recoveries: KnownRecoveries,
}

impl Known {
    async fn of(means: &Means, held: Held<Facilitator>) -> Result<Self, StoreError> {
        let recoveries = KnownRecoveries::read(means, &held.value.recoveries).await?;
        Ok(Known { held, recoveries })
    }

    async fn named(
        means: &Means,
        company: Rut,
        country: Country,
        number: &IdentityNumber,
    ) -> Result<Option<Self>, StoreError> {
        match means.records.facilitator_of(company, country, number).await? {
            Some(held) => Known::of(means, held).await.map(Some),
            None => Ok(None),
        }
    }

    async fn read(means: &Means, id: Id) -> Result<Self, StoreError> {
        let held = means.records.get::<Facilitator>(id).await?;
        let gone = || StoreError::Unavailable("the facilitator is gone".into());
        Known::of(means, held.ok_or_else(gone)?).await
    }
}

/// What a change is decided on.
struct Changeable {
    known: Known,
    notices: FacilitatorNotices,
}

impl Changeable {
    async fn read(means: &Means, id: Id, time: OfficeTime) -> Result<Self, Trouble> {
        let known = Known::read(means, id).await?;
        let notices = FacilitatorNotices::read(means, known.held.value.company, time).await?;
        Ok(Changeable { known, notices })
    }
}

/// The new clave, and the facilitator as they were when it was none of theirs.
struct Chosen<'a> {
    digest: &'a Digest,
    compared_with: &'a Known,
}

fn decide_change(
    read: &Changeable,
    chosen: &Chosen<'_>,
    drawn: &Drawn,
    rows: &Rows,
) -> Result<Decision<Folio>, Trouble> {
    let (held, Drawn { now_ms, folio, .. }) = (&read.known.held, *drawn);
    let compared = chosen.compared_with;
    if held.value.clave != compared.held.value.clave || read.known.recoveries != compared.recoveries {
        return Err(Trouble::Outdated);
    }
    let mut ids = drawn.ids();
    let noted = read.notices.note(drawn.draft(), &mut ids, held, folio);
    let draft = read.known.recoveries.forget_all(noted.draft);
    let changed =
        Facilitator { clave: Some(chosen.digest.clone()), recoveries: Vec::new(), ..held.value.clone() };
    let about =
        noted.undo.map_or(FacilitatorErrand::ClaveChanged, |undo| FacilitatorErrand::ClaveChosen { undo });
    let (kind, company, language) = (ErrandKind::Facilitator(about), changed.company, changed.language);
    let message = Message { kind, company, language, folio, now_ms };
    let told: Vec<Errand> =
        noted.mailboxes.into_iter().map(|mailbox| message.to(Destination::Mail(mailbox))).collect();
    let row = rows.row(now_ms, Action::ChangeFacilitatorClave, Outcome::Done).under(folio);
    let draft = draft.replace(held, &changed, None).audit(&row);
    Ok(Decision { draft: post(draft, &mut ids, &told), answer: folio })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::facilitator_samples::{NOON, facilitator, held};

    fn known(clave: &str) -> Known {
        Known { held: held(1, facilitator(clave)), recoveries: KnownRecoveries::default() }
    }

    fn change(compared_with: &str, on_file: &str) -> Result<Decision<Folio>, Trouble> {
        let read = Changeable { known: known(on_file), notices: FacilitatorNotices::for_test(NOON) };
        let (digest, compared_with) = (Digest("new".into()), known(compared_with));
        let chosen = Chosen { digest: &digest, compared_with: &compared_with };
        decide_change(&read, &chosen, &Drawn::for_test(NOON), &Rows::for_test())
    }

    #[test]
    fn a_clave_that_was_compared_with_others_is_compared_again() {
        assert!(matches!(change("old", "another"), Err(Trouble::Outdated)));
        let decision = change("old", "old").expect("nothing changed meanwhile");
        let changed = facilitator("new");
        let replaced = Drawn::for_test(NOON).draft().replace(&known("old").held, &changed, None);
        assert_eq!(decision.draft.writes().first(), replaced.writes().first());
    }
}
