//! What staff let go who see person and card: a key that waits for a day or for them, and one to the
//! mailbox on file. It is a person's deed, and outranks what is weaker (T4).

use super::acting::Concerned;
use super::drawn::Drawn;
use super::means::{Decision, Means, Rows};
use super::messages::{Message, post, post_as};
use super::notices::told_in_person;
use super::outlooks::{Audience, Posting};
use super::trouble::{Answer, Trouble};
use super::under_way::AllUnderWay;
use crate::audit::Entry;
use crate::domain::account::{Account, RECOVERIES_KEPT};
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::errand::{Errand, ErrandKind};
use crate::domain::folio::Folio;
use crate::domain::office_time::OfficeTime;
use crate::domain::pending::PendingApplication;
use crate::domain::proof::{CODE_TRIES, Proof, ProofFor};
use crate::domain::recovery::{Recovery, RecoveryState, Route};
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::trust::Rank;
use crate::effect::{AwaitingCode, Proved, Refusal, Reply};
use crate::store::StoreError;
use crate::store::records::Held;

/// Keys that staff let go.
#[derive(Clone, Copy)]
pub struct InPerson<'a> {
    means: &'a Means,
}

impl<'a> InPerson<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        InPerson { means }
    }

    /// A recovery to the mailbox on file, which is proved, that waits for staff to confirm the card.
    ///
    /// # Errors
    /// [`Trouble::Refused`] when the account is frozen.
    pub async fn wait_for_staff(&self, company: Rut) -> Result<Option<AwaitingCode>, Trouble> {
        let (means, drawn) = (self.means, self.means.draw().await?);
        let (rows, flows_kept_ms) = (means.rows(company), means.kept.flows_ms);
        means
            .settle(
                || async { Ok(means.records.account_of(company).await?) },
                |account| decide_wait(account.as_ref(), (&drawn, &rows), flows_kept_ms),
            )
            .await
    }

    /// Whose recovery or application this is.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn concerned(&self, awaiting: &AwaitingCode) -> Result<Option<Concerned>, StoreError> {
        let records = &self.means.records;
        let Some(proof) = records.get::<Proof>(awaiting.proof()).await? else { return Ok(None) };
        let application = match proof.value.what {
            ProofFor::Registration { application: Some(id) } => {
                records.get::<PendingApplication>(id).await?.map(|held| held.value)
            }
            _ => None,
        };
        let company = proof.value.company;
        Ok(Some(match application {
            Some(application) => Concerned::person(company, application.account.representative.rut),
            // It is confirmed in the visit in which its card was shown.
            None => Concerned { company, people: self.means.cards_shown.holders() },
        }))
    }

    async fn company_of(&self, awaiting: &AwaitingCode) -> Result<Option<Rut>, StoreError> {
        Ok(self.means.records.get::<Proof>(awaiting.proof()).await?.map(|proof| proof.value.company))
    }

    /// Staff saw the card: the held key goes out now (S8), with this row on record.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn release(&self, awaiting: &AwaitingCode, row: impl Fn(u64) -> Entry) -> Answer {
        let (means, drawn) = (self.means, self.means.draw().await?);
        let Some(company) = self.company_of(awaiting).await? else { return Ok(Reply::CodeDead) };
        let row = row(drawn.now_ms).about(means.vault().pseudonym(company));
        let released = means
            .settle(
                || Releasable::read(means, awaiting, drawn.time()),
                |read| decide_release(read.as_ref(), &drawn, &row),
            )
            .await?;
        let Some(Released { folio, to }) = released else { return Ok(Reply::CodeDead) };
        // Whatever the recovery, what staff let go never waits (T10).
        let kind = ErrandKind::SendClave { recovery: Id([0; 16]) };
        let sending = Posting::new(kind, Rank::Person, Some(folio));
        let sent_to = means.sent_to_one(&to, sending, (Audience::Prover, drawn.protections())).await?;
        means.wake_courier();
        Ok(Reply::AddressProved(Proved::Sending { folio, sent_to }))
    }
}

fn decide_wait(
    account: Option<&Held<Account>>,
    (drawn, rows): (&Drawn, &Rows),
    flows_kept_ms: u64,
) -> Result<Decision<Option<AwaitingCode>>, Trouble> {
    let Some(account) = account else { return Ok(Decision::answer(drawn, None)) };
    if account.value.trust.is_frozen() {
        return Err(Trouble::Refused(Refusal::Frozen));
    }
    let Drawn { now_ms, folio, .. } = *drawn;
    let (company, to) = (account.value.company, Destination::Mail(account.value.email.clone()));
    if !account.value.has_proved(&to) {
        return Ok(Decision::answer(drawn, None));
    }
    let mut ids = drawn.ids();
    let (id, proof_id) = (ids.fresh(), ids.fresh());
    let (state, rank) = (RecoveryState::WaitsForStaff, Rank::Low);
    let (route, claves) = (Route::Card, Vec::new());
    let recovery = Recovery { company, folio, requested_ms: now_ms, route, state, rank, claves };
    let (what, until_ms) = (ProofFor::Recovery { recovery: id }, now_ms + flows_kept_ms);
    let proof = Proof { company, to, what, code: None, expires_ms: until_ms, tries: CODE_TRIES };
    let row = rows.row(now_ms, Action::RequestRecovery, Outcome::Done).under(folio);
    let draft = drawn.draft().new_record(id, &recovery, Some(until_ms)).audit(&row);
    let draft = draft.new_record(proof_id, &proof, Some(until_ms)).expect_unchanged(account);
    Ok(Decision { draft, answer: Some(AwaitingCode::recorded(proof_id, folio)) })
}

/// What letting a key go in person is decided on.
struct Releasable {
    to: Destination,
    recovery: Held<Recovery>,
    account: Held<Account>,
    /// Waits with the key, where a day would have let it go.
    errand: Option<Held<Errand>>,
    under_way: AllUnderWay,
}

impl Releasable {
    /// Nothing, if any of it is gone.
    async fn read(means: &Means, awaiting: &AwaitingCode, time: OfficeTime) -> Result<Option<Self>, Trouble> {
        let records = &means.records;
        let Some(proof) = records.get::<Proof>(awaiting.proof()).await? else { return Ok(None) };
        let ProofFor::Recovery { recovery: id } = proof.value.what else { return Ok(None) };
        let Some(recovery) = records.get::<Recovery>(id).await? else { return Ok(None) };
        let account = means.account(proof.value.company).await?;
        let under_way = AllUnderWay::read(means, &account, time).await?;
        let errand = records.get::<Errand>(id).await?;
        Ok(Some(Releasable { to: proof.value.to, recovery, account, errand, under_way }))
    }
}

/// A key that goes out, or went.
#[derive(Clone, Debug, PartialEq)]
struct Released {
    folio: Folio,
    to: Destination,
}

/// A person's deed (T4c): the key goes out, its address is on file, the former channels leave, and all
/// that is weaker ends. Who could be trusted before hears of it with a code that freezes.
fn decide_release(
    read: Option<&Releasable>,
    drawn: &Drawn,
    row: &Entry,
) -> Result<Decision<Option<Released>>, Trouble> {
    let Some(read) = read else { return Ok(Decision::answer(drawn, None)) };
    let (recovery, account, now_ms) = (&read.recovery, &read.account.value, drawn.now_ms);
    let (folio, to) = (recovery.value.folio, read.to.clone());
    let released = Some(Released { folio, to: to.clone() });
    match recovery.value.state {
        RecoveryState::Held { .. } | RecoveryState::WaitsForStaff => {}
        // Confirmed before, by a press whose answer nobody waited for.
        RecoveryState::Sending => return Ok(Decision::answer(drawn, released)),
        RecoveryState::Unproved | RecoveryState::Cancelled | RecoveryState::Done => {
            return Ok(Decision::answer(drawn, None));
        }
    }
    if account.trust.is_frozen() {
        return Err(Trouble::Refused(Refusal::Frozen));
    }
    if account.takes_two_for(&to, drawn.protections()) {
        return Err(Trouble::Refused(Refusal::TwoOfStaff));
    }
    let Destination::Mail(email) = &to else { return Ok(Decision::answer(drawn, None)) };
    let (mut changed, mut ids) = (account.clone(), drawn.ids());
    changed.readdress(email.clone(), Rank::Person, now_ms);
    changed.trust.remember(Rank::Person, drawn.time());
    let draft = drawn.draft().audit(&row.clone().under(folio));
    let draft = read.under_way.outranked(draft, &mut changed, recovery.id, now_ms);
    changed.recoveries.retain(|id| *id != recovery.id);
    changed.recoveries.push(recovery.id);
    let surplus = changed.recoveries.len().saturating_sub(RECOVERIES_KEPT);
    changed.recoveries.drain(..surplus);
    let (draft, mut told) = told_in_person(draft, &mut ids, account, &mut changed, (folio, drawn.time()));
    let (company, language) = (account.company, account.language);
    let about = Message { kind: ErrandKind::Warned, company, language, folio, now_ms };
    read.under_way.warn_where_keys_went(&about, &mut told, Some(&to));
    let kind = ErrandKind::SendClave { recovery: recovery.id };
    let key = Message { kind, company, language, folio, now_ms }.to(to);
    let due_ms = recovery.due_ms.max(Some(key.expires_ms));
    let sending = Recovery { state: RecoveryState::Sending, rank: Rank::Person, ..recovery.value.clone() };
    let draft = draft.replace(recovery, &sending, due_ms).replace(&read.account, &changed, None);
    let draft = match &read.errand {
        Some(errand) => {
            let now = errand.value.clone().held_until(now_ms);
            draft.replace(errand, &now, now.due_ms())
        }
        None => post_as(recovery.id, draft, &key),
    };
    Ok(Decision { draft: post(draft, &mut ids, &told), answer: released })
}

#[cfg(test)]
#[path = "in_person_tests.rs"]
mod tests;
