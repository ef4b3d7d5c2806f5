//! The road that codes guard most: a recovery to an address that is not on file (S8). It is held for
//! a day once the address is proved, and every old channel hears of it at once.

use super::drawn::Drawn;
use super::means::{Decision, Means, Rows};
use super::messages::{Message, post, post_as};
use super::notices::{Notices, new_notice};
use super::recoveries::KnownRecoveries;
use super::right_code::RightCode;
use super::trouble::{Answer, Trouble};
use crate::audit::Entry;
use crate::domain::account::Account;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::email::Email;
use crate::domain::errand::{Errand, ErrandKind};
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::lives::{CODE_LIFE_MS, HOLD_MS};
use crate::domain::proof::{CODE_TRIES, Proof, ProofFor};
use crate::domain::recovery::{Recovery, RecoveryState, Route};
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::undo::Undoes;
use crate::effect::{AwaitingCode, CardValidated, Proved, Reply, SentTo};
use crate::store::StoreError;
use crate::store::records::Held;

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
        let (means, company) = (self.means, card.company());
        let drawn = means.draw().await?;
        let Drawn { now_ms, folio, .. } = drawn;
        let mut ids = drawn.ids();
        let (id, proof_id) = (ids.fresh(), ids.fresh());
        let recovery = Recovery {
            company,
            folio,
            requested_ms: now_ms,
            route: Route::NewAddress(email.clone()),
            state: RecoveryState::Unproved,
            claves: Vec::new(),
        };
        let proof = Proof {
            company,
            to: Destination::Mail(email.clone()),
            what: ProofFor::Recovery { recovery: id },
            code: None,
            expires_ms: now_ms + CODE_LIFE_MS,
            tries: 0,
        };
        let sent_to = means.sent_to_typed(&email);
        let kind = ErrandKind::SendCode { proof: proof_id };
        let code = Message { kind, company, language, folio, now_ms }.to(Destination::Mail(email));
        let entry = means.entry(now_ms, Action::RequestRecovery, Outcome::Done, company).under(folio);
        let due_ms = Some(now_ms + means.kept.flows_ms);
        let draft = drawn.draft().new_record(id, &recovery, due_ms).new_record(proof_id, &proof, due_ms);
        means.commit(post(draft, &mut ids, &[code]).audit(&entry)).await?;
        means.wake_courier();
        Ok(Reply::NewAddressToProve { awaiting: AwaitingCode::recorded(proof_id, folio), sent_to })
    }

    /// The address is proved; the key waits a day, and every old channel hears of it at once (S8).
    ///
    /// # Errors
    /// [`Trouble::Outdated`] when the proof waits for another code.
    pub async fn hold(&self, right: &RightCode, proof: &Proof, recovery: Id) -> Answer {
        let (means, company) = (self.means, proof.company);
        let (rows, flows_kept_ms) = (means.rows(company), means.kept.flows_ms);
        let is_held = means
            .settle(
                || Holdable::read(means, right, company, recovery),
                |read| Ok(decide_hold(read, &right.drawn, &rows, flows_kept_ms)),
            )
            .await?;
        if !is_held {
            return Ok(Reply::CodeDead);
        }
        means.wake_courier();
        Ok(Reply::AddressProved(Proved::Held { awaiting: right.awaiting.clone() }))
    }

    /// Whose recovery this is.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn company_of(&self, awaiting: &AwaitingCode) -> Result<Option<Rut>, StoreError> {
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
                || Releasable::read(means, awaiting),
                |read| Ok(decide_release(read.as_ref(), &drawn, &row)),
            )
            .await?;
        let Some(Released { folio, to }) = released else { return Ok(Reply::CodeDead) };
        means.wake_courier();
        let sent_to = SentTo {
            email: Some(Clean::from(to.masked())),
            mobile: None,
            demo_folder: means.settings.demo_folder.clone(),
        };
        Ok(Reply::AddressProved(Proved::Sending { folio, sent_to }))
    }
}

/// What holding a recovery is decided on.
struct Holdable {
    proof: Held<Proof>,
    recovery: Held<Recovery>,
    account: Held<Account>,
    recoveries: KnownRecoveries,
    notices: Notices,
}

impl Holdable {
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
        let notices = Notices::read(means, &account.value, right.drawn.now_ms).await?;
        Ok(Some(Holdable { proof, recovery, account, recoveries, notices }))
    }
}

/// Whether it is held.
fn decide_hold(read: Option<Holdable>, drawn: &Drawn, rows: &Rows, flows_kept_ms: u64) -> Decision<bool> {
    let Some(Holdable { proof, recovery, account, recoveries, notices }) = read else {
        return Decision::answer(drawn, false);
    };
    let (now_ms, mut ids) = (drawn.now_ms, drawn.ids());
    let until_ms = now_ms + HOLD_MS;
    let held = Recovery { state: RecoveryState::Held { until_ms }, ..recovery.value.clone() };
    let (company, folio) = (account.value.company, recovery.value.folio);
    let undo_id = ids.fresh();
    let undo = new_notice(company, folio, Undoes::Recovery { recovery: recovery.id }, now_ms);
    let language = account.value.language;
    let about = |kind| Message { kind, company, language, folio, now_ms };
    let kind = ErrandKind::SendClave { recovery: recovery.id };
    let key = about(kind).to(proof.value.to.clone()).held_until(until_ms);
    let told = about(ErrandKind::NewAddressHeld { undo: undo_id }).to_all_channels(&account.value);
    let entry = rows.row(now_ms, Action::ProveAddress, Outcome::Done).under(folio);
    // The code is used; the proof stays, for staff may still confirm the card.
    let used = Proof { code: None, tries: CODE_TRIES, ..proof.value.clone() };
    let draft = drawn.draft().audit(&entry).replace(&proof, &used, Some(until_ms));
    let due_ms = Some(key.expires_ms + flows_kept_ms);
    let draft = draft.replace(&recovery, &held, due_ms);
    let mut changed = account.value.clone();
    let draft = recoveries.keep_newest(draft, &mut changed, recovery.id);
    // Each has a code of its own, for it undoes nothing else. There are few: each took a card and a
    // mailbox.
    let draft = notices.note(draft, &mut changed, &(undo_id, undo));
    let draft = post_as(recovery.id, draft.replace(&account, &changed, None), &key);
    Decision { draft: post(draft, &mut ids, &told), answer: true }
}

/// What letting a held key go is decided on.
struct Releasable {
    to: Destination,
    recovery: Held<Recovery>,
    errand: Held<Errand>,
}

impl Releasable {
    /// Nothing, if any of it is gone.
    async fn read(means: &Means, awaiting: &AwaitingCode) -> Result<Option<Self>, Trouble> {
        let records = &means.records;
        let Some(proof) = records.get::<Proof>(awaiting.proof()).await? else { return Ok(None) };
        let ProofFor::Recovery { recovery: id } = proof.value.what else { return Ok(None) };
        let (recovery, errand) = (records.get::<Recovery>(id).await?, records.get::<Errand>(id).await?);
        let to = proof.value.to;
        Ok(recovery.zip(errand).map(|(recovery, errand)| Releasable { to, recovery, errand }))
    }
}

/// A key that goes out, or went.
#[derive(Clone, Debug, PartialEq)]
struct Released {
    folio: Folio,
    to: Destination,
}

fn decide_release(read: Option<&Releasable>, drawn: &Drawn, row: &Entry) -> Decision<Option<Released>> {
    let Some(Releasable { to, recovery, errand }) = read else { return Decision::answer(drawn, None) };
    let folio = recovery.value.folio;
    let released = Some(Released { folio, to: to.clone() });
    match recovery.value.state {
        RecoveryState::Held { .. } => {}
        // Confirmed before, by a press whose answer nobody waited for.
        RecoveryState::Sending => return Decision::answer(drawn, released),
        RecoveryState::Unproved | RecoveryState::Cancelled | RecoveryState::Done => {
            return Decision::answer(drawn, None);
        }
    }
    let sending = Recovery { state: RecoveryState::Sending, ..recovery.value.clone() };
    let now = errand.value.clone().held_until(drawn.now_ms);
    let draft = drawn.draft().replace(recovery, &sending, recovery.due_ms).audit(&row.clone().under(folio));
    Decision { draft: draft.replace(errand, &now, now.due_ms()), answer: released }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::samples::{NOON, account, company, digest, folio, held, told};

    fn recovery(state: RecoveryState) -> Held<Recovery> {
        let route = Route::NewAddress(account().email);
        let recovery = Recovery {
            company: company(),
            folio: folio(2),
            requested_ms: NOON,
            route,
            state,
            claves: Vec::new(),
        };
        held(9, recovery)
    }

    #[test]
    fn a_proved_address_waits_and_every_channel_hears_of_it() {
        let proof = Proof {
            company: company(),
            to: Destination::Mail("nueva@comercial.example".parse().expect("an address")),
            what: ProofFor::Recovery { recovery: Id([9; 16]) },
            code: Some(digest("code")),
            expires_ms: NOON + CODE_LIFE_MS,
            tries: 1,
        };
        let read = Holdable {
            proof: held(4, proof),
            recovery: recovery(RecoveryState::Unproved),
            account: held(1, account()),
            recoveries: KnownRecoveries::for_test(&[]),
            notices: Notices::for_test(&[], NOON),
        };
        let decision = decide_hold(Some(read), &Drawn::for_test(NOON), &Rows::for_test(), 1_000);
        let all = [
            "row ProveAddress Done",
            "replace Proof",
            "replace Recovery",
            "new Undo",
            "replace Account",
            "new Outbox",
            "new Outbox",
            "new Outbox",
            "new Outbox",
        ];
        assert_eq!((told(decision.draft.writes()), decision.answer), (all.map(String::from).to_vec(), true));
        let gone = decide_hold(None, &Drawn::for_test(NOON), &Rows::for_test(), 1_000);
        assert_eq!((told(gone.draft.writes()), gone.answer), (Vec::new(), false));
    }

    #[test]
    fn staff_let_a_held_key_go_once() {
        let until_ms = NOON + HOLD_MS;
        let table = [
            (RecoveryState::Held { until_ms }, true, 3),
            (RecoveryState::Sending, true, 0),
            (RecoveryState::Unproved, false, 0),
            (RecoveryState::Cancelled, false, 0),
            (RecoveryState::Done, false, 0),
        ];
        for (state, goes, writes) in table {
            let to = Destination::Mail(account().email);
            let kind = ErrandKind::SendClave { recovery: Id([9; 16]) };
            let key = Errand::new(kind, company(), to.clone(), Language::Es, folio(2), NOON);
            let read =
                Releasable { to, recovery: recovery(state), errand: held(9, key.held_until(until_ms)) };
            let row = Rows::for_test().row(NOON, Action::WitnessCard, Outcome::Done);
            let decision = decide_release(Some(&read), &Drawn::for_test(NOON), &row);
            assert_eq!(
                (decision.answer.is_some(), decision.draft.writes().len()),
                (goes, writes),
                "{state:?}"
            );
        }
    }
}
