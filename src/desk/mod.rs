//! The only place where effects run: an order comes in, the registry, the vault and the store do
//! their part, and a reply goes out. What a reply must not tell a stranger is decided here.

mod assist;
mod change;
mod facilitator;
mod limits;
mod new_address;
mod own_data;
mod pending;
mod recover;
mod register;
mod requests;
mod session;
mod staff;
mod staff_desk;
mod undo;
mod update;
mod viewing;
mod visits;

pub use facilitator::{DecideError, Papers, PapersError, Reviewer};

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Notify;

use crate::audit::{Actor, Entry};
use crate::clock::{Clock, Zone};
use crate::domain::account::Account;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::Destination;
use crate::domain::digest::Digest;
use crate::domain::errand::{Errand, ErrandKind};
use crate::domain::facilitator::DOCUMENTS_KEPT_MS;
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::lives::{FLOWS_KEPT_MS, PENDING_KEPT_MS};
use crate::domain::reference::Id;
use crate::domain::register::{Down, Looked};
use crate::domain::rut::Rut;
use crate::effect::{Effect, Refusal, Reply, SentTo, StaffReply};
use crate::registry::Registry;
use crate::store::StoreError;
use crate::store::records::{Draft, Records};
use crate::vault::{Vault, challenge_letters, random};
use viewing::View;
use visits::RefusalSeen;

/// How often a use case reads and decides again when somebody else was faster.
const ROUNDS: u32 = 8;

/// What belongs to this terminal and its office.
#[derive(Clone, Debug)]
pub struct Office {
    pub terminal: Clean,
    /// The secret questions, from which one is made up for a RUT that has none (S9).
    pub questions: Vec<Clean>,
    pub staff: Vec<StaffMember>,
    /// Its midnight begins the figures of a day.
    pub zone: Zone,
    /// In the demo world, the folder where mails can be read.
    pub demo_folder: Option<Clean>,
    /// No answer about a RUT comes sooner (S9).
    pub floor: Duration,
}

/// Somebody who may vouch for a person and their card.
#[derive(Clone, Debug)]
pub struct StaffMember {
    pub name: Clean,
    pub pin: Digest,
}

pub struct Desk {
    records: Records,
    registry: Arc<dyn Registry>,
    clock: Clock,
    office: Office,
    /// Rung when there is something to send.
    courier: Arc<Notify>,
    /// How long unfinished requests are kept, in milliseconds (S15).
    flows_kept_ms: u64,
    /// How long the registry is asked about an application that came while it was down (S15).
    pending_kept_ms: u64,
    /// Rung when an application is left for later.
    pending: Notify,
    /// The session of staff at this terminal: one at a time.
    signed_in: Mutex<Option<Id>>,
    refusals: Mutex<Vec<RefusalSeen>>,
    /// Where documents come from and are kept; without, there are none.
    papers: Option<Papers>,
    /// How long documents are kept after the decision, in milliseconds (S15).
    documents_kept_ms: u64,
    /// What lies laid out for staff to look at.
    views: Mutex<Vec<View>>,
    /// Rung when something is laid out.
    view_laid: Notify,
}

/// Why a use case ended without its answer.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Registry(#[from] Down),
    #[error("refused: {0:?}")]
    Refused(Refusal),
    #[error("not for this member of staff: {0:?}")]
    Staff(StaffReply),
}

type Answer = Result<Reply, Trouble>;

impl Desk {
    pub fn new(
        records: Records,
        registry: Arc<dyn Registry>,
        clock: Clock,
        office: Office,
        courier: Arc<Notify>,
    ) -> Self {
        Desk {
            records,
            registry,
            clock,
            office,
            courier,
            flows_kept_ms: FLOWS_KEPT_MS,
            pending_kept_ms: PENDING_KEPT_MS,
            pending: Notify::new(),
            signed_in: Mutex::default(),
            refusals: Mutex::default(),
            papers: None,
            documents_kept_ms: DOCUMENTS_KEPT_MS,
            views: Mutex::default(),
            view_laid: Notify::new(),
        }
    }

    /// The same, with unfinished requests kept for so many milliseconds (S15).
    pub fn keeping_flows(self, flows_kept_ms: u64) -> Self {
        Desk { flows_kept_ms, ..self }
    }

    /// The same, with the registry asked for so many milliseconds about what came while it was
    /// down (S15).
    pub fn keeping_pending(self, pending_kept_ms: u64) -> Self {
        Desk { pending_kept_ms, ..self }
    }

    /// The same, with documents to take and to keep for so many milliseconds after the decision (S15).
    pub fn with_papers(self, papers: Papers, documents_kept_ms: u64) -> Self {
        Desk { papers: Some(papers), documents_kept_ms, ..self }
    }

    /// Runs an effect to its end. It goes on when the person has left, so every save can be asked
    /// for twice.
    pub async fn perform(&self, effect: Effect, language: Language) -> Reply {
        let floor = tells_of_accounts(&effect).then(|| tokio::time::Instant::now() + self.office.floor);
        let answer = self.answer_unhindered(effect, language).await;
        if let Some(floor) = floor {
            tokio::time::sleep_until(floor).await;
        }
        match answer {
            Ok(reply) => reply,
            Err(Trouble::Refused(refusal)) => Reply::Refused(refusal),
            Err(Trouble::Staff(reply)) => Reply::Staff(reply),
            Err(Trouble::Registry(down)) => {
                tracing::warn!(service = ?down.service, reason = %down.reason, "registry down");
                Reply::RegistryDown(down.service)
            }
            Err(Trouble::Store(error)) => {
                tracing::error!(reason = %error, "store down");
                Reply::StoreDown
            }
        }
    }

    /// Reads and decides again when somebody else changed a record meanwhile.
    async fn answer_unhindered(&self, effect: Effect, language: Language) -> Answer {
        for _ in 0..ROUNDS {
            match self.answer(effect.clone(), language).await {
                Err(Trouble::Store(StoreError::Conflict(_))) => {}
                answer => return answer,
            }
        }
        Err(StoreError::Unavailable("somebody else always comes first".into()).into())
    }

    async fn answer(&self, effect: Effect, language: Language) -> Answer {
        match effect {
            Effect::DrawLetters => Ok(Reply::Letters(challenge_letters())),
            Effect::LookUpCompany(company) => self.look_up_company(company).await,
            Effect::LookUpRepresentative { company, representative } => {
                self.look_up_representative(company, representative).await
            }
            Effect::CreateAccount(application) => self.create_account(&application, language).await,
            Effect::CheckCode { awaiting, code } => self.check_code(awaiting, &code).await,
            Effect::SendCodeAgain { awaiting } => self.send_code_again(awaiting, language).await,
            Effect::BeginRecovery(company) => self.begin_recovery(company).await,
            Effect::RecoverWithAnswer { company, answer } => {
                self.recover_with_answer(company, &answer, language).await
            }
            Effect::CheckRepresentative { company, representative } => {
                self.check_representative(company, representative).await
            }
            Effect::CheckCard { representative, serial } => self.check_card(&representative, &serial).await,
            Effect::RecoverWithCard { card } => self.recover_with_card(&card, language).await,
            Effect::RecoverToNewAddress { card, email } => {
                self.recover_to_new_address(&card, email, language).await
            }
            Effect::WitnessCard { awaiting, pin, reason } => self.witness_card(awaiting, &pin, &reason).await,
            Effect::CheckClave { company, representative, clave } => {
                self.check_clave(company, representative, &clave).await
            }
            Effect::ChangeClave { proved, clave } => self.change_clave(&proved, &clave).await,
            Effect::ReadData(proved) => self.read_data(&proved).await,
            Effect::CheckNewRepresentative(proved, rut) => self.check_new_representative(&proved, rut).await,
            Effect::SaveData(proved, change) => self.save_data(&proved, &change, language).await,
            Effect::SendCopy(proved) => self.send_copy(&proved).await,
            Effect::RequestErasure(proved) => self.request_erasure(&proved).await,
            Effect::TakeErasureBack(proved) => self.take_erasure_back(&proved).await,
            Effect::Undo { company, code } => self.undo(company, &code).await,
            Effect::VouchForPerson { pin, reason, blocked } => {
                self.vouch_for_person(&pin, &reason, blocked).await
            }
            Effect::CallStaff => self.call_staff().await,
            Effect::SignIn { name, password, code } => self.sign_in(&name, &password, &code).await,
            Effect::Staff(order) => self.staff_act(&order, language).await,
            Effect::SignOut { session } => self.sign_out(&session).await,
            Effect::RecoverVouched { vouched } => self.recover_vouched(&vouched, language).await,
            Effect::EndVisit { ending, lasted, session } => self.end_visit(ending, lasted, session).await,
            Effect::Facilitator(effect) => self.about_facilitator(effect, language).await,
        }
    }

    fn vault(&self) -> &Vault {
        self.records.vault()
    }

    /// The time that limits and lives are reckoned by (S12), in milliseconds since 1970.
    async fn now_ms(&self) -> Result<u64, StoreError> {
        let time = self.records.time((self.clock)()).await?;
        if let Some(behind_ms) = time.behind_ms {
            tracing::warn!(milliseconds = behind_ms, "clock jump");
        }
        Ok(time.now_ms)
    }

    /// A row about what the person did. A refusal is remembered for the length of the visit, for
    /// staff to be told of.
    fn entry(&self, now_ms: u64, action: Action, outcome: Outcome, company: Rut) -> Entry {
        self.remember_refusal(now_ms, action, outcome);
        self.entry_by(Actor::Person, now_ms, action, outcome).about(self.vault().pseudonym(company))
    }

    fn entry_by(&self, actor: Actor, now_ms: u64, action: Action, outcome: Outcome) -> Entry {
        Entry::new(now_ms, &self.office.terminal, actor, action, outcome)
    }

    /// The answer of a register, once every call that was made for it is on record under a folio of
    /// its own (DS 12/2023).
    async fn looked<T>(&self, company: Rut, looked: Looked<T>) -> Result<Result<T, Down>, StoreError> {
        if !looked.calls.is_empty() {
            let now_ms = self.now_ms().await?;
            let folio = self.new_folio();
            let mut draft = self.records.draft(now_ms);
            for call in &looked.calls {
                let outcome = Outcome::Called { operation: call.operation, end: call.end };
                let row = self.entry(call.at_ms, Action::RegistryCall, outcome, company).under(folio);
                draft = draft.audit(&row);
            }
            draft.commit(&self.records).await?;
        }
        Ok(looked.answer)
    }

    fn new_folio(&self) -> Folio {
        Folio::new(random())
    }

    /// Notes on the screen where messages went, masked.
    fn sent_to(&self, account: &Account, with_mobile: bool) -> SentTo {
        SentTo {
            email: Some(Clean::from(account.email.masked())),
            mobile: with_mobile.then(|| Clean::from(account.representative.mobile.masked())),
            demo_folder: self.office.demo_folder.clone(),
        }
    }

    fn wake_courier(&self) {
        self.courier.notify_one();
    }
}

/// One message of a company to one place.
struct Message {
    kind: ErrandKind,
    company: Rut,
    language: Language,
    folio: Folio,
    now_ms: u64,
}

impl Message {
    fn to(&self, to: Destination) -> Errand {
        Errand::new(self.kind, self.company, to, self.language, self.folio, self.now_ms)
    }

    /// The same message to every channel that the company is known by, each place once.
    fn to_all_channels(&self, account: &Account) -> Vec<Errand> {
        let mut places = vec![
            Destination::Mail(account.email.clone()),
            Destination::Mobile(account.representative.mobile.clone()),
        ];
        if account.representative.email.folded() != account.email.folded() {
            places.push(Destination::Mail(account.representative.email.clone()));
        }
        places.into_iter().map(|place| self.to(place)).collect()
    }
}

/// Puts errands into the outbox with the batch.
fn post<'a>(records: &Records, mut draft: Draft, errands: &[Errand]) -> Draft {
    for errand in errands {
        draft = post_as(records.new_id(errand.created_ms), draft, errand);
    }
    draft
}

fn post_as<'a>(id: Id, draft: Draft, errand: &Errand) -> Draft {
    draft.new_record(id, errand, errand.due_ms())
}

/// Whether the time that the answer takes could tell whether a RUT has an account.
fn tells_of_accounts(effect: &Effect) -> bool {
    match effect {
        Effect::DrawLetters
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
