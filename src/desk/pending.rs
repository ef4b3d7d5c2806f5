//! Registrations that came while the registry was down: kept as they are, checked when it answers,
//! and then finished or refused by message. The check is put off, never skipped.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use super::{Desk, Message, post, post_as};
use crate::audit::{Actor, Entry};
use crate::domain::account::Account;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::errand::ErrandKind;
use crate::domain::found::Found;
use crate::domain::pending::PendingApplication;
use crate::domain::reference::Kind;
use crate::domain::register::{Company, Down, Representation};
use crate::office::means::CommitBy;
use crate::office::register::{FIRST_WAIT_MS, RESULT_AFTER_MS};
use crate::store::StoreError;
use crate::store::records::{Draft, Held};
use crate::vault::Blind;

/// The longest wait for the registry; each one is twice as long as the one before.
const LONGEST_WAIT_MS: u64 = 15 * 60_000;
/// The wait after the store failed.
const STORE_PAUSE: Duration = Duration::from_secs(30);

/// What the registry made of an application.
enum Checked {
    /// As it calls company and representative.
    Right(Box<Account>),
    Refused(Found),
    Down(Down),
}

impl Desk {
    /// Checks what waits, until `stop` resolves.
    pub async fn check_pending_until(self: Arc<Self>, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        loop {
            let pause = match self.check_pending().await {
                Ok(Some(next_ms)) => {
                    let now_ms = (self.means.clock)();
                    Duration::from_millis(next_ms.saturating_sub(now_ms))
                        .min(Duration::from_millis(LONGEST_WAIT_MS))
                }
                Ok(None) => Duration::MAX,
                Err(error) => {
                    tracing::error!(reason = %error, "pending applications can't be checked");
                    STORE_PAUSE
                }
            };
            tokio::select! {
                biased;
                () = &mut stop => return,
                () = self.means.pending.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Checks every application whose time has come; when the next one's comes, if any is left.
    ///
    /// # Errors
    /// When the store fails. One application that fails holds up no other.
    pub async fn check_pending(&self) -> Result<Option<u64>, StoreError> {
        let now_ms = self.means.now_ms().await?;
        let (mut next_ms, mut failed) = (None, None);
        let mut cursor = self.means.records.all(Kind::Application);
        while let Some((at, read)) = cursor.next().await? {
            let checked = match self.means.records.open::<PendingApplication>(at, &read) {
                Ok(held) if held.value.next_ms > now_ms => Ok(Some(held.value.next_ms)),
                Ok(held) => self.check_application(&held, now_ms).await,
                Err(error) => Err(error),
            };
            let due_ms = match checked {
                Ok(due_ms) => due_ms,
                // Its address was proved meanwhile.
                Err(StoreError::Conflict(_)) => Some(now_ms),
                Err(error) => {
                    failed.get_or_insert(error);
                    None
                }
            };
            next_ms = [next_ms, due_ms].into_iter().flatten().min();
        }
        failed.map_or(Ok(next_ms), Err)
    }

    /// When it is to be checked again; `None` when that is done.
    async fn check_application(
        &self,
        held: &Held<PendingApplication>,
        now_ms: u64,
    ) -> Result<Option<u64>, StoreError> {
        let entry = |outcome| {
            Entry::new(now_ms, &self.means.settings.terminal, Actor::Kiosk, Action::CheckApplication, outcome)
                .about(self.means.vault().pseudonym(held.value.account.company))
                .under(held.value.folio)
        };
        let draft = self.means.records.draft(now_ms);
        match self.ask_about(&held.value.account).await? {
            Checked::Right(account) => self.accept_application(held, &account, draft, entry).await?,
            Checked::Refused(found) => {
                self.refuse_application(held, draft, entry(Outcome::Found(found)), now_ms).await?;
            }
            Checked::Down(down) if now_ms >= held.value.expires_ms => {
                tracing::warn!(service = ?down.service, "a pending application was never checked");
                self.refuse_application(held, draft, entry(Outcome::Found((&down).into())), now_ms).await?;
            }
            Checked::Down(down) => {
                tracing::warn!(service = ?down.service, reason = %down.reason, "registry down");
                let wait_ms = (FIRST_WAIT_MS << held.value.tries.min(8)).min(LONGEST_WAIT_MS);
                let later = PendingApplication {
                    tries: held.value.tries.saturating_add(1),
                    next_ms: now_ms + wait_ms,
                    ..held.value.clone()
                };
                draft.replace(held, &later, None).commit_by(&self.means).await?;
                return Ok(Some(later.next_ms));
            }
        }
        self.means.wake_courier();
        Ok(None)
    }

    async fn ask_about(&self, account: &Account) -> Result<Checked, StoreError> {
        let company = account.company;
        let name = match self.means.looked(company, self.means.registry.company(company).await).await? {
            Ok(Company::Open { name }) => name,
            Ok(other) => return Ok(Checked::Refused((&other).into())),
            Err(down) => return Ok(Checked::Down(down)),
        };
        let looked = self.means.registry.representation(company, account.representative.rut).await;
        Ok(match self.means.looked(company, looked).await? {
            Ok(Representation::Current { name: representative_name }) => {
                let mut account = Account { name, ..account.clone() };
                account.representative.name = representative_name;
                Checked::Right(Box::new(account))
            }
            Ok(other) => Checked::Refused((&other).into()),
            Err(down) => Checked::Down(down),
        })
    }

    /// The code that proves its address finds the account by the company's RUT.
    async fn accept_application(
        &self,
        held: &Held<PendingApplication>,
        account: &Account,
        draft: Draft,
        entry: impl Fn(Outcome) -> Entry,
    ) -> Result<(), StoreError> {
        let now_ms = entry(Outcome::Done).at_ms;
        let about = |kind| Message {
            kind,
            company: account.company,
            language: account.language,
            folio: held.value.folio,
            now_ms,
        };
        let draft = draft.remove(held);
        if let Some(known) = self.means.records.account_of(account.company).await? {
            // Somebody was faster: as when a company registers that has a key (S9).
            let draft = match known.value.email.folded() == account.email.folded() {
                true => draft,
                false => {
                    let owner = Destination::Mail(known.value.email.clone());
                    let notice = about(ErrandKind::AlreadyRegistered).to(owner);
                    post_as(self.means.records.new_id(now_ms), draft, &notice)
                }
            };
            return draft.audit(&entry(Outcome::Already)).commit_by(&self.means).await;
        }
        let mut result = about(ErrandKind::Registered).to(Destination::Mail(account.email.clone()));
        result.not_before_ms += RESULT_AFTER_MS;
        let draft = self.forget_tries(draft, Blind::LimitOfRut, account.company).await?;
        let draft = draft.new_account(account).audit(&entry(Outcome::Done));
        post(&self.means.records, draft, &[result]).commit_by(&self.means).await
    }

    async fn refuse_application(
        &self,
        held: &Held<PendingApplication>,
        draft: Draft,
        entry: Entry,
        now_ms: u64,
    ) -> Result<(), StoreError> {
        let account = &held.value.account;
        let refusal = Message {
            kind: ErrandKind::RegistrationRefused,
            company: account.company,
            language: account.language,
            folio: held.value.folio,
            now_ms,
        };
        let draft = draft.remove(held).audit(&entry);
        post(&self.means.records, draft, &[refusal.to(Destination::Mail(account.email.clone()))])
            .commit_by(&self.means)
            .await
    }
}
