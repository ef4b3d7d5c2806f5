//! `totem outbox`: which messages wait, left or failed and why, trying failed ones again, and
//! ending those that shall not leave. Addresses are masked, and no message holds a secret (S5).

mod change;
mod list;
mod outlook;
mod remedy;
mod show;

use clap::{Args, Subcommand, ValueEnum};
use data_encoding::HEXLOWER;
use serde::Serialize;

use super::{Exit, Failure};
use crate::config::Config;
use crate::courier::census::Outbox;
use crate::domain::errand::{DataErrand, Errand, ErrandKind, ErrandState, FacilitatorErrand};
use crate::store::records::Held;

/// The fewest characters of an id that are taken for one.
const FEWEST_DIGITS: usize = 4;

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Show the messages, the oldest first; finished ones are kept for a day
    List {
        /// Only those in this state
        #[arg(long)]
        state: Option<State>,
        /// A line of JSON for each, with its whole id
        #[arg(long)]
        json: bool,
    },
    /// Show one message: its address (masked), each attempt and how it ended, and what comes next
    Show {
        /// The message, by its id as the list shows it
        id: String,
        /// As one line of JSON
        #[arg(long)]
        json: bool,
    },
    /// Send messages that failed or came too late once more, when the kiosk next runs
    Retry(Retry),
    /// End a message for good: it is never sent
    Drop {
        /// The message, by its id as the list shows it
        id: String,
        /// Without asking
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(super) struct Retry {
    /// A message, by its id as the list shows it
    id: Option<String>,
    /// All that failed or came too late
    #[arg(long)]
    failed: bool,
}

/// How a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    Waiting,
    Leased,
    Sent,
    Failed,
    Expired,
    Dropped,
    Cancelled,
    Withdrawn,
}

impl From<ErrandState> for State {
    fn from(state: ErrandState) -> Self {
        match state {
            ErrandState::Waiting => State::Waiting,
            ErrandState::Leased { .. } => State::Leased,
            ErrandState::Sent => State::Sent,
            ErrandState::Failed => State::Failed,
            ErrandState::Expired => State::Expired,
            ErrandState::Dropped => State::Dropped,
            ErrandState::Cancelled => State::Cancelled,
            ErrandState::Withdrawn => State::Withdrawn,
        }
    }
}

pub(super) fn run(action: &Action, config: &Config) -> anyhow::Result<Exit> {
    super::block_on(async {
        let records = super::opening::opened(config).await?.records;
        let outbox = Outbox::read(&records).await.map_err(Failure::from)?;
        match action {
            Action::List { state, json } => list::run(config, &records, &outbox, (*state, *json)).await,
            Action::Show { id, json } => {
                show::run(config, &records, chosen(&outbox.errands, id)?, *json).await
            }
            Action::Retry(Retry { id, .. }) => {
                change::retry(config, &records, &outbox.errands, id.as_deref()).await
            }
            Action::Drop { id, yes } => {
                change::withdraw(config, &records, chosen(&outbox.errands, id)?, *yes).await
            }
        }
    })?
}

/// The one message whose id ends so.
fn chosen<'a>(errands: &'a [Held<Errand>], id: &str) -> Result<&'a Held<Errand>, Failure> {
    let id = id.to_lowercase();
    let fits = |held: &&Held<Errand>| id.len() >= FEWEST_DIGITS && HEXLOWER.encode(&held.id.0).ends_with(&id);
    let found: Vec<&Held<Errand>> = errands.iter().filter(fits).collect();
    match found[..] {
        [one] => Ok(one),
        [] => Err(refuse(&format!("there is no message {id}: `totem outbox list` shows all"))),
        _ => Err(refuse(&format!("{id} is the end of several ids: give more of it"))),
    }
}

fn refuse(says: &str) -> Failure {
    Failure::new(Exit::Failed, says)
}

fn kind(kind: ErrandKind) -> &'static str {
    match kind {
        ErrandKind::SendClave { .. } => "key",
        ErrandKind::SendCode { .. } => "code",
        ErrandKind::SendOwnCode { .. } => "own_code",
        ErrandKind::Registered => "registered",
        ErrandKind::AlreadyRegistered => "already_registered",
        ErrandKind::ClaveChanged { .. } => "key_changed",
        ErrandKind::NewAddressHeld { .. } => "new_address",
        ErrandKind::RecoveryCancelled => "recovery_cancelled",
        ErrandKind::ClaveRestored => "key_restored",
        ErrandKind::RegistrationRefused => "registration_refused",
        ErrandKind::Warned => "warning",
        ErrandKind::HoldWarned { .. } => "new_address_warning",
        ErrandKind::DoneInPerson { .. } => "done_in_person",
        ErrandKind::Frozen => "frozen",
        ErrandKind::Settled => "settled",
        ErrandKind::Data(DataErrand::Changed { .. }) => "data_changed",
        ErrandKind::Data(DataErrand::ContactChanged { .. }) => "contact_changed",
        ErrandKind::Data(DataErrand::DetailsChanged) => "details_changed",
        ErrandKind::Data(DataErrand::Restored) => "data_restored",
        ErrandKind::Data(DataErrand::Copy) => "data_copy",
        ErrandKind::Data(DataErrand::ErasureAsked { .. }) => "erasure_asked",
        ErrandKind::Data(DataErrand::ErasureTakenBack) => "erasure_taken_back",
        ErrandKind::Facilitator(FacilitatorErrand::Declaration { .. }) => "declaration",
        ErrandKind::Facilitator(FacilitatorErrand::Received) => "facilitator_received",
        ErrandKind::Facilitator(FacilitatorErrand::Approved) => "facilitator_approved",
        ErrandKind::Facilitator(FacilitatorErrand::Refused { .. }) => "facilitator_refused",
        ErrandKind::Facilitator(FacilitatorErrand::Clave { .. }) => "facilitator_key",
        ErrandKind::Facilitator(FacilitatorErrand::ClaveChanged) => "facilitator_key_changed",
        ErrandKind::Facilitator(FacilitatorErrand::ClaveChosen { .. }) => "facilitator_key_chosen",
        ErrandKind::Facilitator(FacilitatorErrand::Readdressed { .. }) => "facilitator_readdressed",
        ErrandKind::Facilitator(FacilitatorErrand::Restored) => "facilitator_restored",
    }
}

/// As JSON has it, without quotes.
fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_string)).unwrap_or_default()
}
