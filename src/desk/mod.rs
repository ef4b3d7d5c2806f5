//! The only place where effects run: an order comes in, the registry, the vault and the store do
//! their part, and a reply goes out. What a reply must not tell a stranger is decided here.

mod calls;
mod facilitator;
mod files;
mod papers;
mod signed_in;
mod staff;
mod viewing;

pub use papers::{Papers, PapersError};

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use crate::clock::Clock;
use crate::domain::facilitator::DOCUMENTS_KEPT_MS;
use crate::domain::language::Language;
use crate::domain::lives::{FLOWS_KEPT_MS, PENDING_KEPT_MS};
use crate::domain::secret::Secret;
use crate::effect::{Application, AwaitingCode, CardValidated, Effect, LastAsked, OfficeAway, Reply};
use crate::office::answers::Answers;
use crate::office::assist::Assist;
use crate::office::cards_shown::CardsShown;
use crate::office::change::Change;
use crate::office::codes::AddressCodes;
use crate::office::erasure_request::ErasureRequest;
use crate::office::means::{KeptFor, Means, OfficeSettings};
use crate::office::new_address::NewAddress;
use crate::office::own_data::OwnData;
use crate::office::recover::Recover;
use crate::office::refusals::Refusals;
use crate::office::register::Registration;
use crate::office::review::Review;
use crate::office::settle::Settlements;
use crate::office::trouble::{Answer, Trouble};
use crate::office::unconfirmed::Unconfirmed;
use crate::office::undo::UndoByCode;
use crate::office::ways_out::WaysOut;
use crate::registry::Registry;
use crate::store::StoreError;
use crate::store::records::Records;
use files::FilesHere;
use staff::StaffPlace;
use viewing::Views;

/// The desk of one terminal.
pub struct Desk {
    means: Means,
    staff: StaffPlace,
    files: FilesHere,
}

impl Desk {
    /// A desk over these records, registers and settings.
    pub fn new(
        records: Records,
        registry: Arc<dyn Registry>,
        clock: Clock,
        settings: OfficeSettings,
        courier: Arc<Notify>,
    ) -> Self {
        let means = Means {
            records,
            registry,
            clock,
            settings,
            kept: KeptFor {
                flows_ms: FLOWS_KEPT_MS,
                pending_ms: PENDING_KEPT_MS,
                documents_ms: DOCUMENTS_KEPT_MS,
            },
            refusals: Refusals::default(),
            cards_shown: CardsShown::default(),
            unconfirmed: Unconfirmed::default(),
            ways_out: WaysOut::default(),
            courier,
            pending: Arc::default(),
        };
        Desk { means, staff: StaffPlace::default(), files: FilesHere::default() }
    }

    /// The same, beside a courier that notes here how the ways out stand.
    pub fn seeing_ways_out(mut self, ways_out: WaysOut) -> Self {
        self.means.ways_out = ways_out;
        self
    }

    /// The same, with unfinished requests kept for so many milliseconds (S15).
    pub fn keeping_flows(mut self, flows_kept_ms: u64) -> Self {
        self.means.kept.flows_ms = flows_kept_ms;
        self
    }

    /// The same, with the registry asked for so many milliseconds about what came while it was
    /// down (S15).
    pub fn keeping_pending(mut self, pending_kept_ms: u64) -> Self {
        self.means.kept.pending_ms = pending_kept_ms;
        self
    }

    /// The same, with documents to take and to keep for so many milliseconds after the decision (S15).
    pub fn with_papers(mut self, papers: Papers, documents_kept_ms: u64) -> Self {
        self.means.kept.documents_ms = documents_kept_ms;
        let staff = StaffPlace::new(Views::new(papers.viewing.clone()));
        Desk { files: FilesHere::new(papers), staff, ..self }
    }

    /// Rung when a registration is left for later.
    pub fn left_for_later(&self) -> Arc<Notify> {
        self.means.pending.clone()
    }

    /// Runs an effect to its end. It goes on when the person has left, so every save can be asked
    /// for twice.
    pub async fn perform(&self, effect: Effect, language: Language) -> Reply {
        let begun = tokio::time::Instant::now();
        let floor = tells_of_accounts(&effect).then_some(self.means.settings.floor);
        let answer = self.answer(effect, language).await;
        if let Some(floor) = floor {
            tokio::time::sleep_until(begun + whole_steps(begun.elapsed(), floor)).await;
        }
        match answer {
            Ok(reply) => reply,
            Err(Trouble::Refused(refusal)) => Reply::Refused(refusal),
            Err(Trouble::Staff(reply)) => Reply::Staff(reply),
            Err(Trouble::Registry(down)) => {
                tracing::warn!(service = ?down.service, reason = %down.reason, "registry down");
                Reply::RegistryDown(down.service)
            }
            Err(Trouble::Outdated) => {
                tracing::error!("what was proved changed at every try");
                Reply::StoreDown
            }
            Err(Trouble::Store(error)) => self.store_failed(&error),
        }
    }

    /// What a person is told of it.
    fn store_failed(&self, error: &StoreError) -> Reply {
        let last = match error {
            StoreError::Unknown(_) => {
                tracing::error!(reason = %error, "it is not known whether it was saved");
                LastAsked::Unsure
            }
            _ => {
                tracing::error!(reason = %error, "store down");
                LastAsked::NotSaved
            }
        };
        match (self.means.records.store().outage(), error) {
            (Some(outage), StoreError::Unavailable(_) | StoreError::Unknown(_)) => {
                let since = self.means.settings.zone.time_of_day(outage.since_ms());
                Reply::OfficeAway(OfficeAway { since, last })
            }
            _ if last == LastAsked::Unsure => Reply::StoreUnsure,
            _ => Reply::StoreDown,
        }
    }

    async fn answer(&self, effect: Effect, language: Language) -> Answer {
        match effect {
            Effect::DrawChallenge => Ok(Reply::Challenge(self.means.vault().challenge_letters())),
            Effect::LookUpCompany(company) => self.registration().look_up_company(company).await,
            Effect::LookUpRepresentative { company, representative } => {
                self.registration().look_up_representative(company, representative).await
            }
            Effect::CheckApplicantCard { company, representative, serial } => {
                self.registration().check_card(company, representative, &serial).await
            }
            Effect::CreateAccount(application) => self.create(&application, language).await,
            Effect::ResumeApplication(folio) => self.registration().resume(folio, language).await,
            Effect::CheckCode { awaiting, code } => self.check_code(awaiting, &code).await,
            Effect::SendCodeAgain { awaiting } => self.codes().send_again(awaiting, language).await,
            Effect::BeginRecovery(company) => self.recover().begin(company).await,
            Effect::CheckAnswer { company, answer } => Answers::of(&self.means).check(company, &answer).await,
            Effect::RecoverWithAnswer { proved } => self.recover().with_answer(&proved, language).await,
            Effect::CheckRepresentative { company, representative } => {
                self.recover().check_representative(company, representative).await
            }
            Effect::CheckCard { representative, serial } => {
                self.recover().check_card(&representative, &serial).await
            }
            Effect::RecoverWithCard { card } => self.recover_with_card(&card, language).await,
            Effect::RecoverToNewAddress { card, email } => {
                NewAddress::of(&self.means).ask(&card, email, language).await
            }
            Effect::CheckClave { company, representative, clave } => {
                Change::of(&self.means).check_clave(company, representative, &clave).await
            }
            Effect::ChangeClave { proved, clave } => {
                Change::of(&self.means).change_clave(&proved, &clave).await
            }
            Effect::ReadData(proved) => self.own_data().read(&proved).await,
            Effect::CheckNewRepresentative(proved, rut) => {
                self.own_data().check_new_representative(&proved, rut).await
            }
            Effect::SaveData(proved, change) => self.own_data().save(&proved, &change, language).await,
            Effect::SendCopy(proved) => self.own_data().send_copy(&proved).await,
            Effect::RequestErasure(proved) => ErasureRequest::of(&self.means).ask(&proved).await,
            Effect::TakeErasureBack(proved) => ErasureRequest::of(&self.means).take_back(&proved).await,
            Effect::Undo { company, code } => UndoByCode::of(&self.means).with(company, &code).await,
            Effect::VouchForPerson { pin, reason } => {
                Assist::of(&self.means).vouch_by_pin(&pin, &reason).await
            }
            Effect::CallStaff => self.staff.call(&self.means).await,
            Effect::SignIn { name, password, code } => {
                self.staff.sign_in(&self.means, &name, &password, &code).await
            }
            Effect::Staff(order) => self.staff_act(&order, language).await,
            Effect::SignOut { session } => self.staff.sign_out(&self.means, &session).await,
            Effect::RecoverVouched { vouched } => self.recover().vouched(&vouched).await,
            Effect::EndVisit { ending, lasted, session } => {
                self.staff.end_visit(&self.means, ending, lasted, session).await
            }
            Effect::Facilitator(effect) => self.about_facilitator(effect, language).await,
            Effect::Settlement(effect) => Settlements::of(&self.means).answer(&effect, language).await,
        }
    }

    /// Staff who are signed in here may be asked to see the card.
    async fn create(&self, application: &Application, language: Language) -> Answer {
        let is_staffed = self.staff.signed_in.is_anyone();
        self.registration().create(application, is_staffed, language).await
    }

    /// At the start, when nobody looks at anything: removes the documents that were left laid out.
    pub async fn end_left_views(&self) {
        self.staff.views.end_left().await;
    }

    /// Removes the documents that have lain out long enough, and says when the next ones end, if any
    /// are left, in milliseconds since 1970.
    pub async fn end_old_views(&self) -> Option<u64> {
        self.staff.views.end_old(&self.means).await
    }

    /// Removes the documents that have lain out long enough, until `stop` resolves; then all of them.
    pub async fn end_views_until(&self, stop: impl Future<Output = ()>) {
        self.staff.views.end_until(&self.means, &self.staff.signed_in, stop).await;
    }

    /// Decides on facilitators' requests.
    pub fn review(&self) -> Review<'_> {
        Review::of(&self.means)
    }

    fn registration(&self) -> Registration<'_> {
        Registration::of(&self.means)
    }

    /// Beside staff a right code waits for them to confirm the card.
    async fn check_code(&self, awaiting: AwaitingCode, code: &Secret) -> Answer {
        self.codes().check(awaiting, code, self.staff.signed_in.is_anyone()).await
    }

    async fn recover_with_card(&self, card: &CardValidated, language: Language) -> Answer {
        self.recover().with_card(card, self.staff.signed_in.is_anyone(), language).await
    }

    fn codes(&self) -> AddressCodes<'_> {
        AddressCodes::of(&self.means)
    }

    fn own_data(&self) -> OwnData<'_> {
        OwnData::of(&self.means)
    }

    fn recover(&self) -> Recover<'_> {
        Recover::of(&self.means)
    }
}

/// How long an answer takes: whole steps, so that a slow line to the store does not tell by some
/// milliseconds how much there was to look up (S9).
fn whole_steps(took: Duration, step: Duration) -> Duration {
    let steps = took.as_nanos().div_ceil(step.as_nanos().max(1)).max(1);
    step.saturating_mul(u32::try_from(steps).unwrap_or(u32::MAX)).max(took)
}

/// Whether the time that the answer takes could tell whether a RUT has an account.
fn tells_of_accounts(effect: &Effect) -> bool {
    match effect {
        Effect::DrawChallenge
        | Effect::CallStaff
        | Effect::VouchForPerson { .. }
        | Effect::SignIn { .. }
        | Effect::Staff(_)
        | Effect::SignOut { .. }
        | Effect::EndVisit { .. } => false,
        Effect::Facilitator(effect) => !effect.is_about_files(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// However long a slow line takes, what was looked up shows by whole steps at most (S9).
    #[test]
    fn answers_come_by_whole_steps() {
        let ms = Duration::from_millis;
        let table =
            [(0, 600), (1, 600), (600, 600), (601, 1200), (1199, 1200), (1201, 1800), (10_000, 10_200)];
        for (took, answered) in table {
            assert_eq!(whole_steps(ms(took), ms(600)), ms(answered), "{took}");
        }
        assert_eq!(whole_steps(ms(7), Duration::ZERO), ms(7));
    }
}
