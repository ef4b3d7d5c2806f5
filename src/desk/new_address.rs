//! Codes to a mailbox, and the road that they guard most: a recovery to an address that is not on
//! file (S8). The same codes prove the address of a registration.

use super::{Answer, Desk, Message, post, post_as};
use crate::audit::{Actor, Entry};
use crate::courier::Tally;
use crate::domain::account::Account;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::email::Email;
use crate::domain::errand::{Errand, ErrandKind};
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::lives::{CODE_LIFE_MS, HOLD_MS, UNDO_LIFE_MS};
use crate::domain::pending::PendingApplication;
use crate::domain::proof::{CODE_TRIES, Proof, ProofFor};
use crate::domain::recovery::{Recovery, RecoveryState, Route};
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::domain::undo::{Undo, Undoes};
use crate::effect::{AwaitingCode, CardValidated, Proved, Reply, SentTo};
use crate::office::means::CommitBy;
use crate::office::pins::Pins;
use crate::store::StoreError;
use crate::store::records::Held;

impl Desk {
    /// A new address is no way in by itself (S8): first it is proved by a code.
    pub(super) async fn recover_to_new_address(
        &self,
        card: &CardValidated,
        email: Email,
        language: Language,
    ) -> Answer {
        let company = card.company();
        let now_ms = self.means.now_ms().await?;
        let (id, proof_id) = (self.means.records.new_id(now_ms), self.means.records.new_id(now_ms));
        let folio = self.new_folio();
        let recovery = Recovery {
            company,
            folio,
            requested_ms: now_ms,
            route: Route::NewAddress(email.clone()),
            state: RecoveryState::Unproved,
            keys: Vec::new(),
        };
        let proof = Proof {
            company,
            to: Destination::Mail(email.clone()),
            what: ProofFor::Recovery { recovery: id },
            code: None,
            expires_ms: now_ms + CODE_LIFE_MS,
            tries: 0,
        };
        let sent_to = SentTo {
            // They typed it a moment ago: shown whole, a slip can be seen.
            email: Some(Clean::from(email.to_string())),
            mobile: None,
            demo_folder: self.means.settings.demo_folder.clone(),
        };
        let kind = ErrandKind::SendCode { proof: proof_id };
        let code = Message { kind, company, language, folio, now_ms }.to(Destination::Mail(email));
        let entry = self.means.entry(now_ms, Action::RequestRecovery, Outcome::Done, company).under(folio);
        let due_ms = Some(now_ms + self.means.kept.flows_ms);
        let draft = self
            .means
            .records
            .draft(now_ms)
            .new_record(id, &recovery, due_ms)
            .new_record(proof_id, &proof, due_ms);
        post(&self.means.records, draft, &[code]).audit(&entry).commit_by(&self.means).await?;
        self.means.wake_courier();
        Ok(Reply::NewAddressToProve { awaiting: AwaitingCode::recorded(proof_id, folio), sent_to })
    }

    /// The code from the new mailbox. Each try is counted before it is checked (S8).
    pub(super) async fn check_code(&self, awaiting: AwaitingCode, code: &Secret) -> Answer {
        let now_ms = self.means.now_ms().await?;
        let Some(proof) = self.means.records.get::<Proof>(awaiting.proof()).await? else {
            return Ok(Reply::CodeDead);
        };
        let Some(digest) = proof.value.code.clone() else {
            let is_over = proof.value.tries > 0 || now_ms >= proof.value.expires_ms;
            return Ok(if is_over { Reply::CodeDead } else { Reply::CodeNotSent });
        };
        if now_ms >= proof.value.expires_ms || proof.value.tries >= CODE_TRIES {
            return Ok(Reply::CodeDead);
        }
        let tried = Proof { tries: proof.value.tries + 1, ..proof.value.clone() };
        self.means.records.draft(now_ms).replace(&proof, &tried, proof.due_ms).commit_by(&self.means).await?;
        let company = tried.company;
        if !self.means.vault().verify(code, &digest).await.is_right() {
            let entry =
                self.means.entry(now_ms, Action::CheckCode, Outcome::Wrong, company).under(awaiting.folio());
            self.means.records.draft(now_ms).audit(&entry).commit_by(&self.means).await?;
            let tries_left = CODE_TRIES - tried.tries;
            return Ok(if tries_left == 0 { Reply::CodeDead } else { Reply::CodeWrong { tries_left } });
        }
        let Some(proof) = self.means.records.get::<Proof>(awaiting.proof()).await? else {
            return Ok(Reply::CodeDead);
        };
        match proof.value.what.clone() {
            ProofFor::Registration { account } => {
                self.prove_registration(awaiting, &proof, account, now_ms).await
            }
            ProofFor::Recovery { recovery } => self.hold_recovery(awaiting, &proof, recovery, now_ms).await,
            ProofFor::Contact { account, contact } => {
                self.prove_contact(awaiting, &proof, (account, contact), now_ms).await
            }
        }
    }

    /// Another code to the same mailbox. It buys no new tries (S8), and the address gets no more
    /// messages than it may (S11).
    pub(super) async fn send_code_again(&self, awaiting: AwaitingCode, language: Language) -> Answer {
        let now_ms = self.means.now_ms().await?;
        let held = self.means.records.get::<Proof>(awaiting.proof()).await?;
        let Some(proof) = held.map(|held| held.value).filter(|proof| proof.tries < CODE_TRIES) else {
            return Ok(Reply::CodeDead);
        };
        if proof.code.is_none() {
            // The first one is still on its way.
            return Ok(Reply::CodeComing);
        }
        let to = proof.to.clone();
        if Tally::read(&self.means.records, &to).await?.is_full(now_ms) {
            return Ok(Reply::CodeLimit);
        }
        let (company, folio) = (proof.company, awaiting.folio());
        let kind = ErrandKind::SendCode { proof: awaiting.proof() };
        let code = Message { kind, company, language, folio, now_ms }.to(to);
        let entry = self.means.entry(now_ms, Action::SendCodeAgain, Outcome::Done, company).under(folio);
        post(&self.means.records, self.means.records.draft(now_ms), &[code])
            .audit(&entry)
            .commit_by(&self.means)
            .await?;
        self.means.wake_courier();
        Ok(Reply::CodeComing)
    }

    async fn prove_registration(
        &self,
        awaiting: AwaitingCode,
        proof: &Held<Proof>,
        account: Option<Id>,
        now_ms: u64,
    ) -> Answer {
        let folio = awaiting.folio();
        let entry =
            self.means.entry(now_ms, Action::ProveAddress, Outcome::Done, proof.value.company).under(folio);
        let mut draft = self.means.records.draft(now_ms).remove(proof).audit(&entry);
        if let Some(id) = account
            && let Some(held) = self.means.records.get::<Account>(id).await?
            && held.value.email.folded() == proof.value.to.folded()
        {
            draft = draft.replace(&held, &Account { email_proved: true, ..held.value.clone() }, None);
        }
        // The registry was down, and has not said yet whether there will be an account.
        if let Some(id) = account
            && let Some(held) = self.means.records.get::<PendingApplication>(id).await?
        {
            let mut pending = held.value.clone();
            pending.account.email_proved = true;
            draft = draft.replace(&held, &pending, None);
        }
        draft.commit_by(&self.means).await?;
        Ok(Reply::AddressProved(Proved::Registration { folio }))
    }

    /// The address is proved; the key waits a day, and every old channel hears of it at once (S8).
    async fn hold_recovery(
        &self,
        awaiting: AwaitingCode,
        proof: &Held<Proof>,
        recovery_id: Id,
        now_ms: u64,
    ) -> Answer {
        let company = proof.value.company;
        let account = self.reread(company).await?;
        let Some(recovery) = self.means.records.get::<Recovery>(recovery_id).await? else {
            return Ok(Reply::CodeDead);
        };
        let until_ms = now_ms + HOLD_MS;
        let held = Recovery { state: RecoveryState::Held { until_ms }, ..recovery.value.clone() };
        let undo_id = self.means.records.new_id(now_ms);
        let undo = Undo {
            company,
            folio: recovery.value.folio,
            what: Undoes::Recovery { recovery: recovery_id },
            codes: Vec::new(),
            expires_ms: now_ms + UNDO_LIFE_MS,
            tries: 0,
        };
        let folio = recovery.value.folio;
        let language = account.value.language;
        let about = |kind| Message { kind, company, language, folio, now_ms };
        let key = about(ErrandKind::SendKey { recovery: recovery_id })
            .to(proof.value.to.clone())
            .held_until(until_ms);
        let notices = about(ErrandKind::NewAddressHeld { undo: undo_id }).to_all_channels(&account.value);
        let entry = self.means.entry(now_ms, Action::ProveAddress, Outcome::Done, company).under(folio);
        // The code is used; the proof stays, for staff may still confirm the card.
        let used = Proof { code: None, tries: CODE_TRIES, ..proof.value.clone() };
        let mut changed = account.value.clone();
        let draft = self.means.records.draft(now_ms).audit(&entry).replace(proof, &used, Some(until_ms));
        let due_ms = Some(key.expires_ms + self.means.kept.flows_ms);
        let draft = draft.replace(&recovery, &held, due_ms);
        let draft = draft.new_record(undo_id, &undo, Some(undo.expires_ms));
        let draft = self.keep_newest_recoveries(draft, &mut changed, recovery_id).await?;
        // Each has a code of its own, for it undoes nothing else. There are few: each took a card
        // and a mailbox.
        let living = self.living_undos(&account.value, now_ms).await?;
        changed.undos = living.iter().map(|held| held.id).chain([undo_id]).collect();
        let draft = post_as(recovery_id, draft.replace(&account, &changed, None), &key);
        post(&self.means.records, draft, &notices).commit_by(&self.means).await?;
        self.means.wake_courier();
        Ok(Reply::AddressProved(Proved::Held { awaiting }))
    }

    /// Staff saw the card: the held key goes out now (S8).
    pub(super) async fn witness_card(&self, awaiting: AwaitingCode, pin: &Secret, reason: &Clean) -> Answer {
        let Some(name) = Pins::of(&self.means).whose(pin, Action::WitnessCard).await? else {
            return Ok(Reply::PinWrong);
        };
        self.release_held(awaiting, |now_ms| {
            let staff = Actor::Staff(name.clone());
            self.means.entry_by(staff, now_ms, Action::WitnessCard, Outcome::Done).because(reason)
        })
        .await
    }

    /// Whose recovery this is.
    pub(super) async fn held_for(&self, awaiting: &AwaitingCode) -> Result<Option<Rut>, StoreError> {
        Ok(self.means.records.get::<Proof>(awaiting.proof()).await?.map(|proof| proof.value.company))
    }

    /// Lets a held key go, with this row on record.
    pub(super) async fn release_held(&self, awaiting: AwaitingCode, row: impl Fn(u64) -> Entry) -> Answer {
        let now_ms = self.means.now_ms().await?;
        let Some(proof) = self.means.records.get::<Proof>(awaiting.proof()).await? else {
            return Ok(Reply::CodeDead);
        };
        let ProofFor::Recovery { recovery: id } = proof.value.what else { return Ok(Reply::CodeDead) };
        let recovery = self.means.records.get::<Recovery>(id).await?;
        let errand = self.means.records.get::<Errand>(id).await?;
        let (Some(recovery), Some(errand)) = (recovery, errand) else { return Ok(Reply::CodeDead) };
        let folio: Folio = recovery.value.folio;
        let sent_to = SentTo {
            email: Some(Clean::from(proof.value.to.masked())),
            mobile: None,
            demo_folder: self.means.settings.demo_folder.clone(),
        };
        match recovery.value.state {
            RecoveryState::Held { .. } => {}
            // Confirmed before, by a press whose answer nobody waited for.
            RecoveryState::Sending => return Ok(Reply::AddressProved(Proved::Sending { folio, sent_to })),
            RecoveryState::Unproved | RecoveryState::Cancelled | RecoveryState::Done => {
                return Ok(Reply::CodeDead);
            }
        }
        let sending = Recovery { state: RecoveryState::Sending, ..recovery.value.clone() };
        let now = errand.value.clone().held_until(now_ms);
        let pseudonym = self.means.vault().pseudonym(proof.value.company);
        let entry = row(now_ms).about(pseudonym).under(folio);
        let draft =
            self.means.records.draft(now_ms).replace(&recovery, &sending, recovery.due_ms).audit(&entry);
        draft.replace(&errand, &now, now.due_ms()).commit_by(&self.means).await?;
        self.means.wake_courier();
        Ok(Reply::AddressProved(Proved::Sending { folio, sent_to }))
    }
}
