//! *Recuperar CS* (guide 3) behind the screens. Accepting it writes the request, the outbox and
//! the audit row as one batch (S5); the key itself is made by the courier when it sends it (S6).

use super::limits::Try;
use super::{Answer, Desk, Message, Trouble, post, post_as};
use crate::audit::{Action, Found, Outcome};
use crate::courier::errand::{Destination, Errand, ErrandKind};
use crate::domain::account::{
    Account, CODE_LIFE_MS, CODE_TRIES, HOLD_MS, Proof, ProofFor, RECOVERIES_KEPT, Recovery, RecoveryState,
    Route, UNDO_LIFE_MS, UNDOS_KEPT, Undo, Undoes,
};
use crate::domain::answer::Answer as SecretAnswer;
use crate::domain::cedula::Serial;
use crate::domain::clean::Clean;
use crate::domain::email::Email;
use crate::domain::folio::Folio;
use crate::domain::rut::Rut;
use crate::domain::secret::Secret;
use crate::effect::{AwaitingCode, CardValidated, Proved, Reply, RepresentativeValidated, SentTo};
use crate::registry::{Card, Representation};
use crate::store::records::{Draft, Held};
use crate::store::{Id, StoreError};
use crate::text::Language;

impl Desk {
    /// The company's question; for a RUT without account one made up, always the same (S9).
    pub(super) async fn begin_recovery(&self, company: Rut) -> Answer {
        Ok(match self.records.account_of(company).await? {
            Some(account) => match account.value.secret_question {
                Some(secret) => Reply::SecretQuestion { question: secret.question },
                None => Reply::NoSecretQuestion,
            },
            None => {
                let picked = self.vault().pick(company, self.office.questions.len());
                match self.office.questions.get(picked) {
                    Some(question) => Reply::SecretQuestion { question: question.clone() },
                    None => Reply::NoSecretQuestion,
                }
            }
        })
    }

    pub(super) async fn recover_with_answer(
        &self,
        company: Rut,
        answer: &SecretAnswer,
        language: Language,
    ) -> Answer {
        let action = Action::CheckAnswer;
        let counted = self.count_try(company, action).await?;
        let account = self.records.account_of(company).await?;
        let secret = account.as_ref().and_then(|account| account.value.secret_question.as_ref());
        let verdict = match secret {
            Some(secret) => self.vault().verify(answer.secret(), &secret.answer).await,
            None => self.vault().verify_nothing().await,
        };
        match account {
            Some(account) if verdict.is_right() => {
                let entry = self.entry(counted.now_ms, action, Outcome::Right, company);
                self.records.draft(counted.now_ms).audit(&entry).commit().await?;
                self.accept(account, Route::Answer, language, Some(&counted)).await
            }
            account => {
                let outcome = if account.is_some() { Outcome::Wrong } else { Outcome::NoAccount };
                self.fail(&counted, &self.entry(counted.now_ms, action, outcome, company)).await
            }
        }
    }

    pub(super) async fn check_representative(&self, company: Rut, representative: Rut) -> Answer {
        let action = Action::CheckRepresentative;
        let counted = self.count_try(company, action).await?;
        let answer = self.registry.representation(company, representative).await;
        let found = answer.as_ref().map_or_else(Found::from, Found::from);
        let entry = self.entry(counted.now_ms, action, Outcome::Found(found), company);
        match answer {
            Ok(Representation::Current { .. }) => {
                self.uncount(&counted, &entry).await?;
                Ok(Reply::RepresentativeRight(RepresentativeValidated { company, representative }))
            }
            Ok(Representation::Former | Representation::Never) => self.fail(&counted, &entry).await,
            Err(down) => {
                self.uncount(&counted, &entry).await?;
                Err(down.into())
            }
        }
    }

    pub(super) async fn check_card(&self, validated: &RepresentativeValidated, serial: &Serial) -> Answer {
        let action = Action::CheckCard;
        let RepresentativeValidated { company, representative } = *validated;
        let counted = self.count_try(company, action).await?;
        let answer = self.registry.card(representative, serial).await;
        let found = answer.as_ref().map_or_else(Found::from, |card| Found::from(*card));
        let entry = self.entry(counted.now_ms, action, Outcome::Found(found), company);
        match answer {
            Ok(Card::Matches) => {}
            Ok(_) => return self.fail(&counted, &entry).await,
            Err(down) => {
                self.uncount(&counted, &entry).await?;
                return Err(down.into());
            }
        }
        let draft = self.records.draft(counted.now_ms).audit(&entry);
        self.forgive(draft, &counted).await?.commit().await?;
        Ok(match self.records.account_of(company).await? {
            Some(account) => Reply::CardRight {
                card: CardValidated { company, representative },
                masked_email: Clean::from(account.value.email.masked()),
            },
            None => Reply::CardRightNoAccount,
        })
    }

    pub(super) async fn recover_with_card(&self, card: &CardValidated, language: Language) -> Answer {
        match self.records.account_of(card.company).await? {
            Some(account) => self.accept(account, Route::Card, language, None).await,
            None => Ok(Reply::CardRightNoAccount),
        }
    }

    /// The one batch of an accepted recovery (S5).
    async fn accept(
        &self,
        account: Held<Account>,
        route: Route,
        language: Language,
        counted: Option<&Try>,
    ) -> Answer {
        let company = account.value.company;
        let now_ms = self.now_ms().await?;
        let (id, folio) = (self.records.new_id(now_ms), self.new_folio());
        let with_sms = route == Route::Answer;
        let state = RecoveryState::Sending;
        let recovery = Recovery { company, folio, requested_ms: now_ms, route, state, keys: Vec::new() };
        let kind = ErrandKind::SendKey { recovery: id };
        let message = Message { kind, company, language, folio, now_ms };
        let mut errands = vec![message.to(Destination::Mail(account.value.email.clone()))];
        if with_sms {
            errands.push(message.to(Destination::Mobile(account.value.representative.mobile.clone())));
        }
        let entry = self.entry(now_ms, Action::RequestRecovery, Outcome::Done, company).under(folio);
        // Each key that is sent moves it on (S6, S15).
        let due_ms = Some(now_ms + kind.life_ms() + self.flows_kept_ms);
        let draft = self.records.draft(now_ms).new_record(id, &recovery, due_ms).audit(&entry);
        let mut changed = account.value.clone();
        let draft = self.keep_newest_recoveries(draft, &mut changed, id).await?;
        let draft = post(&self.records, draft.replace(&account, &changed, None), &errands);
        let draft = match counted {
            Some(counted) => self.forgive(draft, counted).await?,
            None => draft,
        };
        draft.commit().await?;
        self.wake_courier();
        Ok(Reply::RecoveryTaken { folio, sent_to: self.sent_to(&account.value, with_sms) })
    }

    async fn reread(&self, company: Rut) -> Result<Held<Account>, Trouble> {
        let account = self.records.account_of(company).await?;
        account.ok_or_else(|| StoreError::Unavailable("the account is gone".into()).into())
    }

    /// Notes the newest recovery on the account, and forgets the oldest over the bound.
    async fn keep_newest_recoveries<'a>(
        &'a self,
        mut draft: Draft<'a>,
        account: &mut Account,
        newest: Id,
    ) -> Result<Draft<'a>, StoreError> {
        account.recoveries.push(newest);
        while account.recoveries.len() > RECOVERIES_KEPT {
            let oldest = account.recoveries.remove(0);
            if let Some(held) = self.records.get::<Recovery>(oldest).await? {
                draft = draft.remove(&held);
            }
        }
        Ok(draft)
    }

    /// A new address is no way in by itself (S8): first it is proved by a code.
    pub(super) async fn recover_to_new_address(
        &self,
        card: &CardValidated,
        email: Email,
        language: Language,
    ) -> Answer {
        let company = card.company;
        let now_ms = self.now_ms().await?;
        let (id, proof_id) = (self.records.new_id(now_ms), self.records.new_id(now_ms));
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
            email: email.clone(),
            what: ProofFor::Recovery { recovery: id },
            code: None,
            expires_ms: now_ms + CODE_LIFE_MS,
            tries: 0,
        };
        let sent_to = SentTo {
            email: Clean::from(email.masked()),
            mobile: None,
            demo_folder: self.office.demo_folder.clone(),
        };
        let kind = ErrandKind::SendCode { proof: proof_id };
        let code = Message { kind, company, language, folio, now_ms }.to(Destination::Mail(email));
        let entry = self.entry(now_ms, Action::RequestRecovery, Outcome::Done, company).under(folio);
        let due_ms = Some(now_ms + self.flows_kept_ms);
        let draft =
            self.records.draft(now_ms).new_record(id, &recovery, due_ms).new_record(proof_id, &proof, due_ms);
        post(&self.records, draft, &[code]).audit(&entry).commit().await?;
        self.wake_courier();
        Ok(Reply::NewAddressToProve { awaiting: AwaitingCode { proof: proof_id, folio }, sent_to })
    }

    /// The code from the new mailbox. Each try is counted before it is checked (S8).
    pub(super) async fn check_code(&self, awaiting: AwaitingCode, code: &Secret) -> Answer {
        let now_ms = self.now_ms().await?;
        let Some(proof) = self.records.get::<Proof>(awaiting.proof).await? else {
            return Ok(Reply::CodeDead);
        };
        let Some(digest) = proof.value.code.clone() else {
            // Not sent yet: nobody can know it, so it costs no try.
            let sent = proof.value.tries > 0 || now_ms >= proof.value.expires_ms;
            let tries_left = CODE_TRIES;
            return Ok(if sent { Reply::CodeDead } else { Reply::CodeWrong { tries_left } });
        };
        if now_ms >= proof.value.expires_ms || proof.value.tries >= CODE_TRIES {
            return Ok(Reply::CodeDead);
        }
        let tried = Proof { tries: proof.value.tries + 1, ..proof.value.clone() };
        self.records.draft(now_ms).replace(&proof, &tried, proof.due_ms).commit().await?;
        let company = tried.company;
        if !self.vault().verify(code, &digest).await.is_right() {
            let entry = self.entry(now_ms, Action::CheckCode, Outcome::Wrong, company).under(awaiting.folio);
            self.records.draft(now_ms).audit(&entry).commit().await?;
            let tries_left = CODE_TRIES - tried.tries;
            return Ok(if tries_left == 0 { Reply::CodeDead } else { Reply::CodeWrong { tries_left } });
        }
        let Some(proof) = self.records.get::<Proof>(awaiting.proof).await? else {
            return Ok(Reply::CodeDead);
        };
        match proof.value.what {
            ProofFor::Registration { account } => {
                self.prove_registration(awaiting, &proof, account, now_ms).await
            }
            ProofFor::Recovery { recovery } => self.hold_recovery(awaiting, &proof, recovery, now_ms).await,
        }
    }

    async fn prove_registration(
        &self,
        awaiting: AwaitingCode,
        proof: &Held<Proof>,
        account: Option<Id>,
        now_ms: u64,
    ) -> Answer {
        let folio = awaiting.folio;
        let entry = self.entry(now_ms, Action::ProveAddress, Outcome::Done, proof.value.company).under(folio);
        let mut draft = self.records.draft(now_ms).remove(proof).audit(&entry);
        if let Some(id) = account
            && let Some(held) = self.records.get::<Account>(id).await?
            && held.value.email.folded() == proof.value.email.folded()
        {
            draft = draft.replace(&held, &Account { email_proved: true, ..held.value.clone() }, None);
        }
        draft.commit().await?;
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
        let Some(recovery) = self.records.get::<Recovery>(recovery_id).await? else {
            return Ok(Reply::CodeDead);
        };
        let until_ms = now_ms + HOLD_MS;
        let held = Recovery { state: RecoveryState::Held { until_ms }, ..recovery.value.clone() };
        let undo_id = self.records.new_id(now_ms);
        let undo = Undo {
            company,
            what: Undoes::Recovery { recovery: recovery_id },
            codes: Vec::new(),
            expires_ms: now_ms + UNDO_LIFE_MS,
            tries: 0,
        };
        let folio = recovery.value.folio;
        let language = account.value.language;
        let about = |kind| Message { kind, company, language, folio, now_ms };
        let key = about(ErrandKind::SendKey { recovery: recovery_id })
            .to(Destination::Mail(proof.value.email.clone()))
            .held_until(until_ms);
        let notices = about(ErrandKind::NewAddressHeld { undo: undo_id }).to_all_channels(&account.value);
        let entry = self.entry(now_ms, Action::ProveAddress, Outcome::Done, company).under(folio);
        // The code is used; the proof stays, for staff may still confirm the card.
        let used = Proof { code: None, tries: CODE_TRIES, ..proof.value.clone() };
        let mut changed = account.value.clone();
        let draft = self.records.draft(now_ms).audit(&entry).replace(proof, &used, Some(until_ms));
        let due_ms = Some(key.expires_ms + self.flows_kept_ms);
        let draft = draft.replace(&recovery, &held, due_ms);
        let draft = draft.new_record(undo_id, &undo, Some(undo.expires_ms));
        let draft = self.keep_newest_recoveries(draft, &mut changed, recovery_id).await?;
        let draft = self.keep_newest_undos(draft, &mut changed, undo_id).await?;
        let draft = post_as(recovery_id, draft.replace(&account, &changed, None), &key);
        post(&self.records, draft, &notices).commit().await?;
        self.wake_courier();
        Ok(Reply::AddressProved(Proved::Held { awaiting }))
    }

    /// Notes the newest undo on the account, and forgets the oldest over the bound.
    pub(super) async fn keep_newest_undos<'a>(
        &'a self,
        mut draft: Draft<'a>,
        account: &mut Account,
        newest: Id,
    ) -> Result<Draft<'a>, StoreError> {
        account.undos.push(newest);
        while account.undos.len() > UNDOS_KEPT {
            let oldest = account.undos.remove(0);
            if let Some(held) = self.records.get::<Undo>(oldest).await? {
                draft = draft.remove(&held);
            }
        }
        Ok(draft)
    }

    /// Staff saw the card: the held key goes out now (S8).
    pub(super) async fn witness_card(&self, awaiting: AwaitingCode, pin: &Secret) -> Answer {
        let Some(staff) = self.check_pin(pin, Action::WitnessCard).await? else { return Ok(Reply::PinWrong) };
        let now_ms = self.now_ms().await?;
        let Some(proof) = self.records.get::<Proof>(awaiting.proof).await? else {
            return Ok(Reply::CodeDead);
        };
        let ProofFor::Recovery { recovery: id } = proof.value.what else { return Ok(Reply::CodeDead) };
        let recovery = self.records.get::<Recovery>(id).await?;
        let errand = self.records.get::<Errand>(id).await?;
        let (Some(recovery), Some(errand)) = (recovery, errand) else { return Ok(Reply::CodeDead) };
        if !matches!(recovery.value.state, RecoveryState::Held { .. }) {
            return Ok(Reply::CodeDead);
        }
        let folio: Folio = recovery.value.folio;
        let sending = Recovery { state: RecoveryState::Sending, ..recovery.value.clone() };
        let now = errand.value.clone().held_until(now_ms);
        let pseudonym = self.vault().pseudonym(proof.value.company);
        let entry =
            self.entry_by(staff, now_ms, Action::WitnessCard, Outcome::Done).about(pseudonym).under(folio);
        let draft = self
            .records
            .draft(now_ms)
            .replace(&recovery, &sending, recovery.due_ms)
            .remove(&proof)
            .audit(&entry);
        draft.replace(&errand, &now, now.due_ms()).commit().await?;
        self.wake_courier();
        let sent_to = SentTo {
            email: Clean::from(proof.value.email.masked()),
            mobile: None,
            demo_folder: self.office.demo_folder.clone(),
        };
        Ok(Reply::AddressProved(Proved::Sending { folio, sent_to }))
    }
}
