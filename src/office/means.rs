//! What every use case works with: the records, the registers, the time, the settings of the
//! office, and the loop that decides again when somebody else was faster.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use super::cards_shown::CardsShown;
use super::drawn::Drawn;
use super::outlooks::{Audience, Outlooks, Posting};
use super::refusals::Refusals;
use super::trouble::{Trouble, too_busy};
use super::unconfirmed::Unconfirmed;
use super::ways_out::WaysOut;
use crate::audit::{Actor, Entry};
use crate::clock::{Clock, Zone, utc};
use crate::domain::account::Account;
use crate::domain::card_rule::CardRule;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::{DemoFolders, Destination};
use crate::domain::digest::Digest;
use crate::domain::folio::Folio;
use crate::domain::office_time::{JUMP_MS, OfficeTime, ProtectionsTime};
use crate::domain::pending::RegistrationEvidence;
use crate::domain::pseudonym::Pseudonym;
use crate::domain::register::{Down, Looked, SaysNo};
use crate::domain::rut::Rut;
use crate::effect::{Outgoing, SentTo};
use crate::registry::Registry;
use crate::store::StoreError;
use crate::store::records::{Draft, Held, Records};
use crate::vault::Vault;

/// How often a use case reads and decides again when somebody else was faster.
pub const ROUNDS: u32 = 8;

/// What belongs to this terminal and its office.
#[derive(Clone, Debug)]
pub struct OfficeSettings {
    /// The terminal's name.
    pub terminal: Clean,
    /// The secret questions. For a RUT that has none, one of them is made up (S9).
    pub questions: Vec<Clean>,
    /// Who may stand in for the letters, by a PIN of the settings.
    pub staff: Vec<StaffMember>,
    /// The figures of a day begin at its midnight.
    pub zone: Zone,
    /// What makes an application an account (T1).
    pub registration: RegistrationEvidence,
    /// Which expired cards count as valid.
    pub cards: CardRule,
    /// In the demo world, where messages can be read.
    pub demo: DemoFolders,
    /// No answer about a RUT comes sooner (S9).
    pub floor: Duration,
}

/// Somebody whose PIN stands for the letters (T8).
#[derive(Clone, Debug)]
pub struct StaffMember {
    /// What they type before their PIN; nobody else has it.
    pub number: u16,
    /// As the audit log shows it.
    pub name: Clean,
    /// Of their PIN.
    pub pin: Digest,
}

/// How long the office keeps what comes to an end by itself, in milliseconds (S15).
#[derive(Clone, Copy, Debug)]
pub struct KeptFor {
    /// Unfinished requests.
    pub flows_ms: u64,
    /// Registrations that wait for a register.
    pub pending_ms: u64,
    /// Documents, after the decision.
    pub documents_ms: u64,
}

/// Everything that a use case may touch.
pub struct Means {
    /// Accounts and all else that is kept.
    pub records: Records,
    /// SII and Registro Civil.
    pub registry: Arc<dyn Registry>,
    /// The wall clock.
    pub clock: Clock,
    /// Of the office.
    pub settings: OfficeSettings,
    /// How long things are kept.
    pub kept: KeptFor,
    /// What this visit was refused, for the staff beside the person.
    pub refusals: Refusals,
    /// Whose cards were right in this visit.
    pub cards_shown: CardsShown,
    /// The clave or answer whose outcome SII's silence keeps back in this visit.
    pub unconfirmed: Unconfirmed,
    /// How the ways out for messages stand.
    pub ways_out: WaysOut,
    /// Rung when there is something to send.
    pub courier: Arc<Notify>,
    /// Rung when a registration is left for later.
    pub pending: Arc<Notify>,
}

/// Writes rows about what the person at this terminal does with one company: all that deciding
/// needs to know for it.
#[derive(Clone, Debug)]
pub struct Rows {
    terminal: Clean,
    subject: Pseudonym,
}

impl Rows {
    /// What was done, and how it ended.
    pub fn row(&self, now_ms: u64, action: Action, outcome: Outcome) -> Entry {
        Entry::new(now_ms, &self.terminal, Actor::Person, action, outcome).about(self.subject.clone())
    }

    /// At the terminal `03`.
    #[cfg(test)]
    pub fn for_test() -> Self {
        Rows { terminal: "03".into(), subject: Pseudonym::for_test("abcdefgh") }
    }
}

/// What was decided on what was read: what to write, all or nothing, and what to answer then.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision<T> {
    /// Without a write, nothing is committed.
    pub draft: Draft,
    /// Given once the draft is durable.
    pub answer: T,
}

impl<T> Decision<T> {
    /// An answer that writes nothing.
    pub fn answer(drawn: &Drawn, answer: T) -> Self {
        Decision { draft: drawn.draft(), answer }
    }
}

impl Means {
    /// The keys, and what is done with them.
    pub fn vault(&self) -> &Vault {
        self.records.vault()
    }

    /// The office's time (S12, T12).
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn time(&self) -> Result<OfficeTime, StoreError> {
        let time = self.records.time((self.clock)()).await?;
        if let Some(behind_ms) = time.behind_ms() {
            tracing::warn!(milliseconds = behind_ms, "clock jump");
        }
        Ok(time)
    }

    /// A member of staff typed the code that their telephone shows for what the wall clock says, so the
    /// wall clock is right: a jump forwards waits no longer (T12). One that is behind takes an operator,
    /// for who notes a code down could bring its minute back.
    ///
    /// # Errors
    /// When the store does not answer or can't save.
    pub async fn vouched_by(&self, member: &Clean) -> Result<(), StoreError> {
        let machine_ms = (self.clock)();
        if !self.records.time(machine_ms).await?.asks_for_a_word() {
            return Ok(());
        }
        // The code was compared by this machine's clock. Of a database's it says nothing where they differ.
        if self.records.wall_ms(machine_ms).await?.abs_diff(machine_ms) > JUMP_MS {
            return Ok(());
        }
        let row = |before: OfficeTime, wall_ms: u64| {
            let note = format!("from {} to {}", utc(before.protections().ms()), utc(wall_ms));
            let staff = Actor::Staff(member.clone());
            self.entry_by(staff, wall_ms, Action::AcceptClock, Outcome::Done).noted(&Clean::from(note))
        };
        self.records.accept_clock(machine_ms, row).await.map(|_| ())
    }

    /// By which everything is dated (S12), in milliseconds since 1970.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn now_ms(&self) -> Result<u64, StoreError> {
        self.time().await.map(OfficeTime::now_ms)
    }

    /// The account of a company that must have one.
    ///
    /// # Errors
    /// When it is gone, or the store does not answer.
    pub async fn account(&self, company: Rut) -> Result<Held<Account>, StoreError> {
        let account = self.records.account_of(company).await?;
        account.ok_or_else(|| StoreError::Unavailable("the account is gone".into()))
    }

    /// The time and the chance of one use case, drawn before it decides.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn draw(&self) -> Result<Drawn, StoreError> {
        self.time().await.map(|time| Drawn::at(time, self.vault()))
    }

    /// Reads, decides, and commits what was decided. When somebody else was faster, it reads and
    /// decides again. Neither a counted try nor a call to a register belongs into `read`: it runs
    /// once a round.
    ///
    /// # Errors
    /// Those of reading, deciding and committing; [`StoreError::Unavailable`] when somebody else
    /// comes first at every round.
    pub async fn settle<R, T, Reading>(
        &self,
        read: impl Fn() -> Reading,
        decide: impl Fn(R) -> Result<Decision<T>, Trouble>,
    ) -> Result<T, Trouble>
    where
        Reading: Future<Output = Result<R, Trouble>>,
    {
        for _ in 0..ROUNDS {
            let Decision { draft, answer } = decide(read().await?)?;
            match self.commit(draft).await {
                Err(StoreError::Conflict(_)) => continue,
                Err(error) => return Err(error.into()),
                Ok(()) => return Ok(answer),
            }
        }
        Err(too_busy("what was decided on").into())
    }

    /// Commits a draft, unless there is nothing in it. Rows that tell of a refusal are remembered
    /// for the length of the visit, so that staff can be told of it.
    ///
    /// # Errors
    /// Those of [`Draft::commit`].
    pub async fn commit(&self, draft: Draft) -> Result<(), StoreError> {
        if draft.writes().is_empty() {
            return Ok(());
        }
        self.refusals.remember(&draft);
        draft.commit(&self.records).await
    }

    /// Writes rows about what the person at this terminal does with a company.
    pub fn rows(&self, company: Rut) -> Rows {
        Rows { terminal: self.settings.terminal.clone(), subject: self.vault().pseudonym(company) }
    }

    /// One row about what the person did.
    pub fn entry(&self, now_ms: u64, action: Action, outcome: Outcome, company: Rut) -> Entry {
        self.rows(company).row(now_ms, action, outcome)
    }

    /// A row about what somebody else did.
    pub fn entry_by(&self, actor: Actor, now_ms: u64, action: Action, outcome: Outcome) -> Entry {
        Entry::new(now_ms, &self.settings.terminal, actor, action, outcome)
    }

    /// What counts of a register's answer, once every call that was made for it is on record under a
    /// folio of its own (DS 12/2023).
    ///
    /// # Errors
    /// When the rows can't be kept.
    pub async fn looked<T: SaysNo>(
        &self,
        company: Rut,
        looked: Looked<T>,
    ) -> Result<Result<T, Down>, StoreError> {
        let now_ms = self.now_ms().await?;
        if !looked.calls.is_empty() {
            let folio = Folio::new(self.vault().random());
            let mut draft = self.records.draft(now_ms);
            for call in &looked.calls {
                let outcome = Outcome::Called { operation: call.operation, end: call.end };
                let row = self.entry(call.at_ms, Action::RegistryCall, outcome, company).under(folio);
                draft = draft.audit(&row);
            }
            self.commit(draft).await?;
        }
        Ok(looked.counts(now_ms))
    }

    /// What will become of messages, at this moment.
    pub fn outlooks(&self, now: ProtectionsTime) -> Outlooks<'_> {
        Outlooks::new(&self.records, &self.ways_out, now)
    }

    /// The messages of a confirmation, for the screen.
    pub fn sent_to(&self, messages: Vec<Outgoing>) -> SentTo {
        SentTo { messages, demo: self.settings.demo.clone() }
    }

    /// One message, for the screen.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn sent_to_one(
        &self,
        to: &Destination,
        sending: Posting,
        (audience, now): (Audience, ProtectionsTime),
    ) -> Result<SentTo, StoreError> {
        Ok(self.sent_to(vec![self.outlooks(now).outgoing(to, sending, audience).await?]))
    }

    /// There is something to send.
    pub fn wake_courier(&self) {
        self.courier.notify_one();
    }
}
