//! *Recuperar CS* (guide 3) behind the screens. Accepting it writes the request, the outbox and
//! the audit row as one batch (S5); the key itself is made by the courier when it sends it (S6).

use super::limits::Try;
use super::{Answer, Desk, Message, Trouble, post};
use crate::domain::account::{Account, RECOVERIES_KEPT};
use crate::domain::answer::Answer as SecretAnswer;
use crate::domain::cedula::Serial;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::errand::ErrandKind;
use crate::domain::folio::Folio;
use crate::domain::found::Found;
use crate::domain::language::Language;
use crate::domain::recovery::{Recovery, RecoveryState, Route};
use crate::domain::reference::Id;
use crate::domain::register::{Card, Representation};
use crate::domain::rut::Rut;
use crate::effect::{CardValidated, Reply, RepresentativeValidated, VouchedOnFile};
use crate::store::StoreError;
use crate::store::records::{Draft, Held};
use crate::vault::Verdict;

/// Within this a recovery asked for again is the same one, not another.
const ASKED_AGAIN_MS: u64 = 60_000;

impl Desk {
    /// The company's question; for a RUT without account one made up, always the same (S9). It is a
    /// look at what is kept of a company, by whoever types its RUT, and so leaves a row (S23).
    pub(super) async fn begin_recovery(&self, company: Rut) -> Answer {
        let (outcome, question) = match self.records.account_of(company).await? {
            Some(account) => (Outcome::Done, account.value.secret_question.map(|secret| secret.question)),
            None => {
                let picked = self.vault().pick(company, self.office.questions.len());
                (Outcome::NoAccount, self.office.questions.get(picked).cloned())
            }
        };
        let now_ms = self.now_ms().await?;
        let entry = self.entry(now_ms, Action::BeginRecovery, outcome, company);
        self.records.draft(now_ms).audit(&entry).commit(&self.records).await?;
        Ok(question.map_or(Reply::NoSecretQuestion, |question| Reply::SecretQuestion { question }))
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
            Some(mut account) if verdict.is_right() => {
                if let (Verdict::RightButOld, Some(secret)) = (verdict, &mut account.value.secret_question) {
                    secret.answer = self.vault().digest(answer.secret()).await;
                }
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
        let looked = self.registry.representation(company, representative).await;
        let answer = self.looked(company, looked).await?;
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
        let looked = self.registry.card(representative, serial).await;
        let answer = self.looked(company, looked).await?;
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
        // Two RUTs and a card number are no proof of possession (S8): nothing is forgiven.
        self.uncount(&counted, &entry).await?;
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

    /// On the word of staff who saw the card: to the address on file, as with a card that a register
    /// confirmed.
    pub(super) async fn recover_vouched(&self, vouched: &VouchedOnFile, language: Language) -> Answer {
        match self.records.account_of(vouched.company).await? {
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
        let with_sms = route == Route::Answer;
        if let Some(folio) = self.accepted_just_now(&account.value, &route, now_ms).await? {
            if let Some(counted) = counted {
                let entry = self.entry(now_ms, Action::CheckAnswer, Outcome::Right, company).under(folio);
                self.forgive(self.records.draft(now_ms).audit(&entry), counted)
                    .await?
                    .commit(&self.records)
                    .await?;
            }
            return Ok(Reply::RecoveryTaken { folio, sent_to: self.sent_to(&account.value, with_sms) });
        }
        let (id, folio) = (self.records.new_id(now_ms), self.new_folio());
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
            Some(counted) => {
                let entry = self.entry(now_ms, Action::CheckAnswer, Outcome::Right, company).under(folio);
                self.forgive(draft.audit(&entry), counted).await?
            }
            None => draft,
        };
        draft.commit(&self.records).await?;
        self.wake_courier();
        Ok(Reply::RecoveryTaken { folio, sent_to: self.sent_to(&account.value, with_sms) })
    }

    /// The same recovery, accepted a moment ago: asked for again, it is answered as it was.
    async fn accepted_just_now(
        &self,
        account: &Account,
        route: &Route,
        now_ms: u64,
    ) -> Result<Option<Folio>, StoreError> {
        let Some(newest) = account.recoveries.last() else { return Ok(None) };
        let recovery = self.records.get::<Recovery>(*newest).await?;
        Ok(recovery
            .map(|held| held.value)
            .filter(|recovery| {
                recovery.route == *route
                    && recovery.state == RecoveryState::Sending
                    && now_ms.saturating_sub(recovery.requested_ms) < ASKED_AGAIN_MS
            })
            .map(|recovery| recovery.folio))
    }

    pub(super) async fn reread(&self, company: Rut) -> Result<Held<Account>, Trouble> {
        let account = self.records.account_of(company).await?;
        account.ok_or_else(|| StoreError::Unavailable("the account is gone".into()).into())
    }

    /// Notes the newest recovery on the account, and forgets the oldest over the bound.
    pub(super) async fn keep_newest_recoveries<'a>(
        &'a self,
        mut draft: Draft,
        account: &mut Account,
        newest: Id,
    ) -> Result<Draft, StoreError> {
        account.recoveries.push(newest);
        while account.recoveries.len() > RECOVERIES_KEPT {
            let oldest = account.recoveries.remove(0);
            if let Some(held) = self.records.get::<Recovery>(oldest).await? {
                draft = draft.remove(&held);
            }
        }
        Ok(draft)
    }
}
