//! The road that codes guard most: a recovery to a place that is not proved yet. A channel on file gets
//! the key once its code was typed (T3). To another address the key is held for a day, and every old
//! channel hears of it at once (S8); staff who see person and card let it go (T4).

use super::drawn::Drawn;
use super::means::{Decision, Means, Rows};
use super::message_tally::MessageTally;
use super::messages::{Message, post, post_as};
use super::notices::{Notices, new_notice};
use super::outlooks::{Audience, Posting};
use super::recoveries::{KnownRecoveries, UnderWay};
use super::right_code::RightCode;
use super::trouble::{Answer, Trouble};
use super::under_way::warn_where_keys_went;
use crate::domain::account::Account;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::email::Email;
use crate::domain::errand::ErrandKind;
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::limits::Budget;
use crate::domain::lives::HOLD_MS;
use crate::domain::office_time::{OfficeTime, ProtectionsTime};
use crate::domain::proof::{CODE_TRIES, Proof, ProofFor};
use crate::domain::recovery::{Recovery, RecoveryState, Route};
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::trust::{ChannelOnFile, Rank};
use crate::domain::undo::Undoes;
use crate::effect::{AwaitingCode, CardValidated, HeldUntil, Proved, Refusal, Reply, SentTo, Witnesses};
use crate::store::records::{Draft, Held};

/// Recoveries to a new address: asked for, held, and let go by staff.
#[derive(Clone, Copy)]
pub struct NewAddress<'a> {
    means: &'a Means,
}

impl<'a> NewAddress<'a> {
    /// With the office's means.
    pub fn of(means: &'a Means) -> Self {
        NewAddress { means }
    }

    /// A new address is no way in by itself (S8): first it is proved by a code.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn ask(&self, card: &CardValidated, email: Email, language: Language) -> Answer {
        let (to, route) = (Destination::Mail(email.clone()), Route::NewAddress(email));
        let asked = (card.company(), route);
        Ok(match self.prove_first(asked, (to, Audience::Typist), language).await? {
            Some((awaiting, sent_to)) => Reply::NewAddressToProve { awaiting, sent_to },
            None => Reply::CodeLimit,
        })
    }

    /// A recovery that nothing comes of until the code that goes to this place was typed (T3). `None` when
    /// the place got as many codes as it may (T2, T10).
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn prove_first(
        &self,
        (company, route): (Rut, Route),
        (to, audience): (Destination, Audience),
        language: Language,
    ) -> Result<Option<(AwaitingCode, SentTo)>, Trouble> {
        let (means, drawn) = (self.means, self.means.draw().await?);
        let Drawn { now_ms, folio, .. } = drawn;
        let is_stranger = matches!(route, Route::NewAddress(_));
        let budget = if is_stranger { Budget::Strangers } else { Budget::Own };
        if MessageTally::read(&means.records, &to, budget).await?.is_full(drawn.protections()) {
            return Ok(None);
        }
        let mut ids = drawn.ids();
        let (id, proof_id) = (ids.fresh(), ids.fresh());
        let recovery = Recovery {
            company,
            folio,
            requested_ms: now_ms,
            route,
            state: RecoveryState::Unproved,
            rank: Rank::Low,
            claves: Vec::new(),
        };
        let what = ProofFor::Recovery { recovery: id };
        let proof = Proof::waiting(company, to.clone(), what, now_ms);
        let kind = match is_stranger {
            true => ErrandKind::SendCode { proof: proof_id },
            false => ErrandKind::SendOwnCode { proof: proof_id },
        };
        let sending = Posting::new(kind, Rank::Low, Some(folio));
        let sent_to = means.sent_to_one(&to, sending, (audience, drawn.protections())).await?;
        let code = Message { kind, company, language, folio, now_ms }.to(to);
        let entry = means.entry(now_ms, Action::RequestRecovery, Outcome::Done, company).under(folio);
        let due_ms = Some(now_ms + means.kept.flows_ms);
        let draft = drawn.draft().new_record(id, &recovery, due_ms).new_record(proof_id, &proof, due_ms);
        means.commit(post(draft, &mut ids, &[code]).audit(&entry)).await?;
        means.wake_courier();
        Ok(Some((AwaitingCode::recorded(proof_id, folio), sent_to)))
    }

    /// The place is proved. A channel on file gets its key now; to another one the key waits, and every
    /// channel on file hears of it at once (S8, T4).
    ///
    /// # Errors
    /// [`Trouble::Outdated`] when the proof waits for another code, [`Trouble::Refused`] when the
    /// account is frozen or something stronger is under way.
    pub async fn go_on(
        &self,
        right: &RightCode,
        proof: &Proof,
        (recovery, is_staffed): (Id, bool),
    ) -> Answer {
        let (means, company) = (self.means, proof.company);
        let (rows, flows_kept_ms) = (means.rows(company), means.kept.flows_ms);
        let going = means
            .settle(
                || ProvedPlace::read(means, right, company, recovery),
                |read| decide_proved(read, is_staffed, (&right.drawn, &rows), flows_kept_ms),
            )
            .await?;
        let (awaiting, now) = (right.awaiting.clone(), right.drawn.protections());
        let reply = match going {
            Going::Nowhere => Reply::CodeDead,
            Going::Held(until) => {
                let notices = means.outlooks(now).of_notices(&means.account(company).await?.value);
                Reply::AddressProved(Proved::Held { awaiting, until, notices })
            }
            Going::Out { folio, to } => {
                let kind = ErrandKind::SendClave { recovery };
                let sending = Posting::new(kind, Rank::Low, Some(folio));
                let sent_to = means.sent_to_one(&to, sending, (Audience::Prover, now)).await?;
                Reply::AddressProved(Proved::Sending { folio, sent_to })
            }
        };
        means.wake_courier();
        Ok(reply)
    }
}

/// What a proved place is decided on.
struct ProvedPlace {
    proof: Held<Proof>,
    recovery: Held<Recovery>,
    account: Held<Account>,
    recoveries: KnownRecoveries,
    /// What this one would push out.
    pushed_out: Vec<UnderWay>,
    notices: Notices,
}

impl ProvedPlace {
    /// Nothing, if the code or the recovery is gone.
    async fn read(
        means: &Means,
        right: &RightCode,
        company: Rut,
        recovery: Id,
    ) -> Result<Option<Self>, Trouble> {
        let Some(proof) = right.proof(means).await? else { return Ok(None) };
        let account = means.account(company).await?;
        let Some(recovery) = means.records.get::<Recovery>(recovery).await? else { return Ok(None) };
        let recoveries = KnownRecoveries::read(means, &account.value.recoveries).await?;
        let pushed_out = KnownRecoveries::pushed_out(means, &account.value).await?;
        let notices = Notices::read(means, &account.value, right.drawn.time()).await?;
        Ok(Some(ProvedPlace { proof, recovery, account, recoveries, pushed_out, notices }))
    }
}

/// What becomes of the key.
#[derive(Clone, Debug, PartialEq)]
enum Going {
    /// The code was used meanwhile.
    Nowhere,
    Held(HeldUntil),
    Out {
        folio: Folio,
        to: Destination,
    },
}

fn decide_proved(
    read: Option<ProvedPlace>,
    is_staffed: bool,
    (drawn, rows): (&Drawn, &Rows),
    flows_kept_ms: u64,
) -> Result<Decision<Going>, Trouble> {
    let Some(read) = read else { return Ok(Decision::answer(drawn, Going::Nowhere)) };
    if read.account.value.trust.is_frozen() {
        return Err(Trouble::Refused(Refusal::Frozen));
    }
    let row = rows.row(drawn.now_ms, Action::ProveAddress, Outcome::Done).under(read.recovery.value.folio);
    let draft = drawn.draft().audit(&row);
    Ok(match needed(&read, is_staffed, drawn.time()) {
        None => sent_on_file(&read, draft, drawn, flows_kept_ms),
        Some(HeldUntil::NextDay) => held_a_day(&read, draft, drawn, flows_kept_ms),
        Some(until @ (HeldUntil::Staff(_) | HeldUntil::StaffBesideHold { .. })) => {
            left_to_staff(&read, until, draft, (drawn, flows_kept_ms))
        }
    })
}

/// Until when the key waits; `None` for a channel on file, to which it goes at once. Beside staff it waits
/// for them: what they confirm is a person's deed, whatever the address (T4c). While a key of such a deed
/// works, only another one goes on. Where one member would be refused, two are asked for from the start.
fn needed(read: &ProvedPlace, is_staffed: bool, time: OfficeTime) -> Option<HeldUntil> {
    let now = time.protections();
    let (account, place) = (&read.account.value, &read.proof.value.to);
    if account.takes_two_for(place, now) {
        return Some(HeldUntil::Staff(Witnesses::Two));
    }
    let beside = read.recoveries.held_for_hours(now).map(|hours| HeldUntil::StaffBesideHold { hours });
    let staff = beside.unwrap_or(HeldUntil::Staff(Witnesses::One));
    if is_staffed || read.recoveries.is_in_person(now) {
        return Some(staff);
    }
    let to = place.folded();
    let leads_there = |places: &[Destination]| places.iter().any(|place| place.folded() == to);
    let (on_file, proved) =
        (account.places(ChannelOnFile::is_on_file), account.places(ChannelOnFile::is_proved));
    // What was given in person is not proved by less (T3).
    let in_person = account.trust.rank(now) > Rank::Low;
    if leads_there(&proved) || leads_there(&on_file) && !in_person {
        return None;
    }
    // A channel that nobody has proved may be a stranger's, and would let the hold run out (T4e). So would a
    // clock that is mended by hours and that staff vouch for then (T12).
    match in_person || proved.is_empty() || beside.is_some() || !time.is_sure() {
        true => Some(staff),
        false => Some(HeldUntil::NextDay),
    }
}

/// Who brings the answer or the card proves a channel on file (T3), and has the key there.
fn sent_on_file(read: &ProvedPlace, draft: Draft, drawn: &Drawn, flows_kept_ms: u64) -> Decision<Going> {
    let ProvedPlace { proof, recovery, account, recoveries, .. } = read;
    let Drawn { now_ms, .. } = *drawn;
    let (to, folio) = (&proof.value.to, recovery.value.folio);
    let sending = Recovery { state: RecoveryState::Sending, ..recovery.value.clone() };
    let (company, language) = (account.value.company, account.value.language);
    let kind = ErrandKind::SendClave { recovery: recovery.id };
    let key = Message { kind, company, language, folio, now_ms }.to(to.clone());
    let draft = draft.remove(proof);
    let draft = draft.replace(recovery, &sending, Some(key.expires_ms + flows_kept_ms));
    let mut changed = account.value.clone();
    changed.prove(to, Rank::Low, now_ms);
    let draft = recoveries.keep_newest(draft, &mut changed, recovery.id);
    let draft = post_as(recovery.id, draft.replace(account, &changed, None), &key);
    let (about, mut told) =
        (Message { kind: ErrandKind::Warned, company, language, folio, now_ms }, Vec::new());
    warn_where_keys_went(&read.pushed_out, &about, &mut told, Some(to));
    let draft = post(draft, &mut drawn.ids(), &told);
    Decision { draft, answer: Going::Out { folio, to: to.clone() } }
}

/// The key waits a day, and every channel on file hears of it with a code that stops it.
fn held_a_day(read: &ProvedPlace, draft: Draft, drawn: &Drawn, flows_kept_ms: u64) -> Decision<Going> {
    let ProvedPlace { recovery, account, recoveries, notices, .. } = read;
    let (now_ms, mut ids) = (drawn.now_ms, drawn.ids());
    let until_ms = now_ms + HOLD_MS;
    let held = Recovery { state: RecoveryState::Held { until_ms }, ..recovery.value.clone() };
    let (company, folio) = (account.value.company, recovery.value.folio);
    let (stop_id, undo_id) = (ids.fresh(), ids.fresh());
    let undo = new_notice(company, folio, Undoes::Recovery { recovery: recovery.id }, now_ms);
    let stop = new_notice(company, folio, Undoes::Hold { recovery: recovery.id }, now_ms);
    let language = account.value.language;
    let about = |kind| Message { kind, company, language, folio, now_ms };
    let kind = ErrandKind::SendClave { recovery: recovery.id };
    let key = about(kind).to(read.proof.value.to.clone()).held_until(until_ms);
    let mut told = about(ErrandKind::NewAddressHeld { undo: undo_id }).to_all_channels(&account.value);
    // What goes to a channel that nobody proved stops the hold, and undoes nothing later (T3).
    let unproved = told.iter_mut().filter(|errand| matches!(errand.kind, ErrandKind::HoldWarned { .. }));
    let warned = unproved.map(|errand| errand.kind = ErrandKind::HoldWarned { undo: stop_id }).count();
    warn_where_keys_went(&read.pushed_out, &about(ErrandKind::Warned), &mut told, None);
    let draft = code_used(read, draft, until_ms);
    let draft = draft.replace(recovery, &held, Some(key.expires_ms + flows_kept_ms));
    let mut changed = account.value.clone();
    let draft = recoveries.keep_newest(draft, &mut changed, recovery.id);
    // Each has a code of its own, for it undoes nothing else. There is one at a time.
    let draft = match warned {
        0 => notices.note(draft, &mut changed, &(undo_id, undo)),
        _ => {
            let draft = notices.note(draft, &mut changed, &(stop_id, stop));
            changed.undos.push(undo_id);
            draft.new_record(undo_id, &undo, Some(undo.expires_ms))
        }
    };
    let draft = post_as(recovery.id, draft.replace(account, &changed, None), &key);
    Decision { draft: post(draft, &mut ids, &told), answer: Going::Held(HeldUntil::NextDay) }
}

/// Nothing waits that a clock could let go.
fn left_to_staff(
    read: &ProvedPlace,
    until: HeldUntil,
    draft: Draft,
    (drawn, flows_kept_ms): (&Drawn, u64),
) -> Decision<Going> {
    let until_ms = drawn.now_ms + flows_kept_ms;
    let waits = Recovery { state: RecoveryState::WaitsForStaff, ..read.recovery.value.clone() };
    let draft = code_used(read, draft, until_ms).replace(&read.recovery, &waits, Some(until_ms));
    Decision { draft: draft.expect_unchanged(&read.account), answer: Going::Held(until) }
}

/// The code is used; the proof stays, for staff may still confirm the card.
fn code_used(read: &ProvedPlace, draft: Draft, until_ms: u64) -> Draft {
    let used = Proof { code: None, tries: CODE_TRIES, ..read.proof.value.clone() };
    draft.replace(&read.proof, &used, Some(until_ms))
}

/// Nothing weaker is done to a frozen account, nor while a key of a deed in person works (T4c, T6).
///
/// # Errors
/// [`Trouble::Refused`] with which of the two it is.
pub fn not_overruled(
    account: &Account,
    recoveries: &KnownRecoveries,
    now: ProtectionsTime,
) -> Result<(), Trouble> {
    if account.trust.is_frozen() {
        return Err(Trouble::Refused(Refusal::Frozen));
    }
    match recoveries.is_in_person(now) {
        true => Err(Trouble::Refused(Refusal::InPerson)),
        false => Ok(()),
    }
}

#[cfg(test)]
#[path = "new_address_tests.rs"]
mod tests;
