//! Registrations that came while a register was down: checked when it answers, and then finished or
//! refused by mail. The check is put off, never skipped.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use crate::audit::{Actor, Author, Entry};
use crate::clock::{self, Clock};
use crate::domain::account::Account;
use crate::domain::card_rule::{CardRule, CardWord};
use crate::domain::cedula::Serial;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::errand::ErrandKind;
use crate::domain::folio::Folio;
use crate::domain::found::Found;
use crate::domain::office_time::OfficeTime;
use crate::domain::pending::{CardShown, LONGEST_WAIT_MS, PendingApplication, RegistrationEvidence};
use crate::domain::reference::Kind;
use crate::domain::register::{Down, Looked, SaysNo};
use crate::domain::rut::Rut;
use crate::domain::sii_word::SiiWord;
use crate::domain::trust::Rank;
use crate::office::applications::told_registered;
use crate::office::card_tries::{CardTries, Counting};
use crate::office::drawn::Drawn;
use crate::office::messages::{Message, post};
use crate::registry::Registry;
use crate::store::StoreError;
use crate::store::records::{Draft, Held, Records};
use crate::store::tallies::FailuresOfRut;
use crate::vault::Blind;

/// The wait after the store failed.
const STORE_PAUSE: Duration = Duration::from_secs(30);
/// How often a decision that met a change is made anew. The registers are not asked again for it.
const TRIES: usize = 5;

/// Asks the registers about registrations that wait for them.
#[derive(Clone)]
pub struct PendingChecks {
    /// Where they wait.
    pub records: Records,
    /// Who is asked.
    pub registry: Arc<dyn Registry>,
    /// The wall clock.
    pub clock: Clock,
    /// What makes an application an account here (T1).
    pub evidence: RegistrationEvidence,
    /// Which expired cards count as valid.
    pub cards: CardRule,
    /// The terminal's name, for the audit log.
    pub terminal: Clean,
    /// Rung when a registration is left for later.
    pub left: Arc<Notify>,
    /// Rung by the checks when there is something to send.
    pub wake: Arc<Notify>,
}

/// What the registers make of an application.
#[derive(Clone, Debug, PartialEq, Eq)]
enum ApplicationVerdict {
    /// What they call the company and its representative, whose card matches if it was asked about.
    Right { company: Clean, representative: Clean, card: CardShown },
    /// It may not register.
    Refused(Found),
    /// A register doesn't answer.
    Down(Down),
    /// The card's holder has no try left today (T9).
    NoTryLeft,
}

/// What comes of a card's number that was typed while Registro Civil was silent.
enum TypedCard {
    Said(CardWord),
    Silent(Down),
    /// Its holder has no try left today, so that nobody was asked.
    NoTryLeft,
}

/// What to write about an application, and when it is to be checked again, in milliseconds since
/// 1970; `None` when it is finished.
#[derive(Debug, PartialEq)]
struct ApplicationDecision {
    draft: Draft,
    again_ms: Option<u64>,
}

/// What lies there besides the application.
#[derive(Clone, Debug, Default)]
struct Beside {
    /// The company's account: somebody was faster.
    account: Option<Held<Account>>,
    /// What makes an application of this company an account here.
    evidence: RegistrationEvidence,
    /// Failed tries of its RUT.
    failures: Option<Held<FailuresOfRut>>,
}

impl PendingChecks {
    /// Checks what waits, until `stop` resolves.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        loop {
            let pause = match self.pause().await {
                Ok(pause) => pause,
                Err(error) => {
                    tracing::error!(reason = %error, "pending applications can't be checked");
                    STORE_PAUSE
                }
            };
            tokio::select! {
                biased;
                () = &mut stop => return,
                () = self.left.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Checks what waits, and says how long to sleep then. It is counted by the office's time, for a wall
    /// clock that is far ahead would leave no pause at all.
    async fn pause(&self) -> Result<Duration, StoreError> {
        let Some(next_ms) = self.check().await? else { return Ok(Duration::MAX) };
        let wait_ms = next_ms.saturating_sub(self.time().await?.now_ms());
        Ok(Duration::from_millis(wait_ms.min(LONGEST_WAIT_MS)))
    }

    /// Checks every application whose time has come, a page at a time. Says when the next one's
    /// comes, in milliseconds since 1970, if any is left.
    ///
    /// # Errors
    /// When the store fails. One application that fails holds up no other.
    pub async fn check(&self) -> Result<Option<u64>, StoreError> {
        let time = self.time().await?;
        let now_ms = time.now_ms();
        let (mut next_ms, mut failed) = (None, None);
        let mut cursor = self.records.all(Kind::Application);
        while let Some((at, read)) = cursor.next().await? {
            let checked = match self.records.open::<PendingApplication>(at, &read) {
                // It waits for its applicant alone, and ends by itself.
                Ok(held) if !held.value.waits_for_register() => Ok(None),
                // One that waits longer than any was dated by a clock that has been mended since.
                Ok(held) if (1..=LONGEST_WAIT_MS).contains(&held.value.next_ms.saturating_sub(now_ms)) => {
                    Ok(Some(held.value.next_ms))
                }
                Ok(held) => self.check_one(held, time).await,
                Err(error) => Err(error),
            };
            let due_ms = checked.unwrap_or_else(|error| {
                failed.get_or_insert(error);
                None
            });
            next_ms = [next_ms, due_ms].into_iter().flatten().min();
        }
        failed.map_or(Ok(next_ms), Err)
    }

    /// When it is to be checked again; `None` when that is done.
    async fn check_one(
        &self,
        mut held: Held<PendingApplication>,
        time: OfficeTime,
    ) -> Result<Option<u64>, StoreError> {
        let asked = asked_about(&held.value);
        let verdict = self.ask(&held.value).await?;
        if let ApplicationVerdict::Down(down) = &verdict {
            tracing::warn!(service = ?down.service, reason = %down.reason, "registry down");
        }
        let (drawn, now_ms) = (Drawn::at(time, self.records.vault()), time.now_ms());
        for _ in 0..TRIES {
            let company = held.value.account.company;
            let account = self.records.account_of(company).await?;
            let remembered = self.records.remembered_of(company).await?;
            let remembered = remembered.map_or(Rank::Low, |held| held.value.rank(time.protections()));
            let beside = Beside {
                evidence: self.evidence.after_erased(remembered),
                account,
                failures: self
                    .records
                    .get(self.records.vault().blind_rut(Blind::LimitOfRut, company))
                    .await?,
            };
            let row = self.row(&held.value, now_ms);
            let ApplicationDecision { draft, again_ms } = decide(&drawn, &held, &verdict, &beside, &row);
            match draft.commit(&self.records).await {
                Ok(()) => {
                    if again_ms.is_none() {
                        self.wake.notify_one();
                    }
                    return Ok(again_ms);
                }
                // Its address was proved meanwhile, or somebody else checked it.
                Err(StoreError::Conflict(_)) => match self.records.get(held.id).await? {
                    Some(anew) if asked_about(&anew.value) == asked => held = anew,
                    Some(_) => return Ok(Some(now_ms)),
                    None => return Ok(None),
                },
                Err(error) => return Err(error),
            }
        }
        Ok(Some(now_ms))
    }

    async fn ask(&self, application: &PendingApplication) -> Result<ApplicationVerdict, StoreError> {
        let (company, representative) = asked_about(application);
        let known = self.answer(company, self.registry.company(company).await).await?;
        let looked = self.registry.representation(company, representative).await;
        let (name, named) = match SiiWord::of(known, self.answer(company, looked).await?) {
            SiiWord::Yes { company, representative: Some(name) } => (company, name),
            // Nobody could show a card: two members of staff see their papers (T6).
            SiiWord::Yes { representative: None, .. } => {
                return Ok(ApplicationVerdict::Refused(Found::RepresentativeWithoutRun));
            }
            word @ (SiiWord::No(_) | SiiWord::Unlisted) => {
                return Ok(ApplicationVerdict::Refused(word.found()));
            }
            SiiWord::Silent(down) => return Ok(ApplicationVerdict::Down(down)),
        };
        let card = match &application.card {
            CardShown::Typed(serial) => match self.look_at((company, representative), serial).await? {
                TypedCard::Said(CardWord::Yes(_)) => CardShown::Matched,
                TypedCard::Said(CardWord::No(found)) => return Ok(ApplicationVerdict::Refused(found)),
                TypedCard::Said(CardWord::Unlisted) => {
                    return Ok(ApplicationVerdict::Refused(Found::CardUnlisted));
                }
                TypedCard::Said(CardWord::Nobody) => {
                    return Ok(ApplicationVerdict::Refused(Found::CardHolderUnknown));
                }
                TypedCard::Silent(down) => return Ok(ApplicationVerdict::Down(down)),
                TypedCard::NoTryLeft => return Ok(ApplicationVerdict::NoTryLeft),
            },
            known => known.clone(),
        };
        Ok(ApplicationVerdict::Right { company: name, representative: named, card })
    }

    /// Asks about a number that was typed while Registro Civil was silent. It is a try at its holder's card
    /// as one at a terminal is: counted before it is asked, and taken back unless it was wrong (S10, T9).
    async fn look_at(&self, (company, holder): (Rut, Rut), serial: &Serial) -> Result<TypedCard, StoreError> {
        let tries = CardTries::of(&self.records, holder);
        let time = self.time().await?;
        if tries.count(time).await? == Counting::NoTryLeft {
            return Ok(TypedCard::NoTryLeft);
        }
        let looked = self.registry.card(holder, serial).await;
        let today = clock::day_in_chile(time.now_ms());
        let said = match self.answer(company, looked).await?.map(|card| self.cards.word(card, today)) {
            Ok(word) => TypedCard::Said(word),
            Err(down) => TypedCard::Silent(down),
        };
        if !matches!(said, TypedCard::Said(CardWord::No(_))) {
            tries.take_back(time).await?;
        }
        Ok(said)
    }

    /// The answer of a register, once every call that was made for it is on record under a folio of
    /// its own (DS 12/2023). The person asked for these calls, if not now.
    async fn answer<T: SaysNo>(
        &self,
        company: Rut,
        looked: Looked<T>,
    ) -> Result<Result<T, Down>, StoreError> {
        let now_ms = self.time().await?.now_ms();
        if !looked.calls.is_empty() {
            let (author, vault) = (Author::new(self.terminal.clone(), Actor::Person), self.records.vault());
            let folio = Folio::new(vault.random());
            let mut draft = self.records.draft(now_ms);
            for call in &looked.calls {
                let outcome = Outcome::Called { operation: call.operation, end: call.end };
                let row = author.row(call.at_ms, Action::RegistryCall, outcome);
                draft = draft.audit(&row.about(vault.pseudonym(company)).under(folio));
            }
            draft.commit(&self.records).await?;
        }
        Ok(looked.counts(now_ms))
    }

    /// A row about the check of this application, whose outcome is still to come.
    fn row(&self, application: &PendingApplication, now_ms: u64) -> Entry {
        let author = Author::new(self.terminal.clone(), Actor::Kiosk);
        let subject = self.records.vault().pseudonym(application.account.company);
        let row = author.row(now_ms, Action::CheckApplication, Outcome::Done);
        row.about(subject).under(application.folio)
    }

    /// The office's time (S12, T12).
    async fn time(&self) -> Result<OfficeTime, StoreError> {
        let time = self.records.time((self.clock)()).await?;
        if let Some(behind_ms) = time.behind_ms() {
            tracing::warn!(milliseconds = behind_ms, "clock jump");
        }
        Ok(time)
    }
}

/// What a verdict is bound to: the company and who says to represent it.
fn asked_about(application: &PendingApplication) -> (Rut, Rut) {
    (application.account.company, application.account.representative.rut)
}

fn decide(
    drawn: &Drawn,
    held: &Held<PendingApplication>,
    verdict: &ApplicationVerdict,
    beside: &Beside,
    row: &Entry,
) -> ApplicationDecision {
    let told = |outcome| Entry { outcome, ..row.clone() };
    match verdict {
        ApplicationVerdict::Right { company, representative, card } => {
            let mut right = held.value.clone();
            right.account.name = company.clone();
            right.account.representative.name = representative.clone();
            (right.card, right.is_represented) = (card.clone(), true);
            ApplicationDecision { draft: confirmed(drawn, held, &right, beside, told), again_ms: None }
        }
        ApplicationVerdict::Refused(found) => {
            ApplicationDecision { draft: refuse(drawn, held, &told(Outcome::Found(*found))), again_ms: None }
        }
        ApplicationVerdict::Down(down) if drawn.protections().is_over(held.value.expires_ms) => {
            ApplicationDecision {
                draft: refuse(drawn, held, &told(Outcome::Found(down.into()))),
                again_ms: None,
            }
        }
        ApplicationVerdict::NoTryLeft if drawn.protections().is_over(held.value.expires_ms) => {
            ApplicationDecision { draft: refuse(drawn, held, &told(Outcome::MustWait)), again_ms: None }
        }
        ApplicationVerdict::Down(_) | ApplicationVerdict::NoTryLeft => {
            let later = held.value.asked_in_vain(drawn.now_ms);
            ApplicationDecision {
                draft: drawn.draft().replace(held, &later, None),
                again_ms: Some(later.next_ms),
            }
        }
    }
}

/// The registers confirm it. It is an account at once if that was all that it waited for; otherwise its
/// applicant finishes it with a code (T1).
fn confirmed(
    drawn: &Drawn,
    held: &Held<PendingApplication>,
    right: &PendingApplication,
    beside: &Beside,
    told: impl Fn(Outcome) -> Entry,
) -> Draft {
    // Who was right all along is forgiven the one try that the registration counted as (S10). Nothing
    // else is: a card is no proof that its holder knows the clave.
    let draft = beside.failures.iter().fold(drawn.draft(), |draft, held| match held.value.failures {
        0 | 1 => draft.remove(held),
        failures => {
            let left = FailuresOfRut { failures: failures - 1, ..held.value };
            draft.replace(held, &left, held.due_ms)
        }
    });
    let mailbox = Destination::Mail(right.account.email.clone());
    let is_complete = right.account.has_proved(&mailbox)
        && right.card == CardShown::Matched
        && beside.evidence == RegistrationEvidence::Card;
    let outcome = if beside.account.is_some() { Outcome::Already } else { Outcome::Done };
    let draft = draft.audit(&told(outcome));
    if !is_complete {
        return draft.replace(held, right, Some(right.expires_ms));
    }
    let (mut ids, draft) = (drawn.ids(), draft.remove(held));
    match beside.account {
        // Only whoever applied hears of it: with the same card they recover the CS.
        Some(_) => {
            let already = message(drawn, held, ErrandKind::AlreadyRegistered).to(mailbox);
            post(draft, &mut ids, &[already])
        }
        None => post(draft.new_account(&right.account), &mut ids, &[told_registered(right, drawn.now_ms)]),
    }
}

fn refuse(drawn: &Drawn, held: &Held<PendingApplication>, row: &Entry) -> Draft {
    let to = Destination::Mail(held.value.account.email.clone());
    let refusal = message(drawn, held, ErrandKind::RegistrationRefused).to(to);
    post(drawn.draft().remove(held).audit(row), &mut drawn.ids(), &[refusal])
}

fn message(drawn: &Drawn, held: &Held<PendingApplication>, kind: ErrandKind) -> Message {
    let PendingApplication { account, folio, .. } = &held.value;
    let (company, language) = (account.company, account.language);
    Message { kind, company, language, folio: *folio, now_ms: drawn.now_ms }
}

#[cfg(test)]
#[path = "pending_tests.rs"]
mod tests;
