//! `totem outbox`: which messages wait, left or failed, and trying failed ones again. Addresses
//! are masked, and no message holds a secret (S5).

use std::io::Write as _;

use clap::{Args, Subcommand, ValueEnum};
use data_encoding::HEXLOWER;
use serde::Serialize;

use super::{Exit, Failure};
use crate::audit::{Action as Audited, Actor, Entry, Outcome};
use crate::clock;
use crate::config::Config;
use crate::courier::errand::{AttemptOutcome, Destination, Errand, ErrandKind, ErrandState};
use crate::domain::account::Channel;
use crate::service;
use crate::store::StoreError;
use crate::store::records::{Held, Records};

/// How many messages are read at once.
const READ_AT_ONCE: u16 = 256;
/// The fewest characters of a short id.
const SHORT_ID: usize = 8;

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
    /// Send messages that failed or came too late once more, when the kiosk next runs
    Retry(Retry),
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
        }
    }
}

/// One message as it is shown.
#[derive(Serialize)]
struct Line {
    id: String,
    state: State,
    kind: &'static str,
    channel: Channel,
    to: String,
    folio: String,
    created_utc: String,
    tries: u32,
    /// Of a finished one, when it is forgotten.
    due_utc: Option<String>,
    last_outcome: Option<AttemptOutcome>,
}

impl From<&Held<Errand>> for Line {
    fn from(held: &Held<Errand>) -> Self {
        let errand = &held.value;
        Line {
            id: HEXLOWER.encode(&held.id.0),
            state: errand.state.into(),
            kind: kind(errand.kind),
            channel: errand.to.channel(),
            to: match &errand.to {
                Destination::Mail(email) => email.masked(),
                Destination::Mobile(mobile) => mobile.masked(),
            },
            folio: errand.folio.to_string(),
            created_utc: clock::utc(errand.created_ms),
            tries: errand.tried,
            due_utc: held.due_ms.filter(|_| !errand.state.is_final()).map(clock::utc),
            last_outcome: errand.attempts.last().map(|attempt| attempt.outcome),
        }
    }
}

fn kind(kind: ErrandKind) -> &'static str {
    match kind {
        ErrandKind::SendKey { .. } => "key",
        ErrandKind::SendCode { .. } => "code",
        ErrandKind::Registered => "registered",
        ErrandKind::AlreadyRegistered => "already_registered",
        ErrandKind::KeyChanged { .. } => "key_changed",
        ErrandKind::NewAddressHeld { .. } => "new_address",
        ErrandKind::RecoveryCancelled => "recovery_cancelled",
        ErrandKind::KeyRestored => "key_restored",
        ErrandKind::RegistrationRefused => "registration_refused",
    }
}

pub(super) fn run(action: &Action, config: &Config) -> anyhow::Result<Exit> {
    super::block_on(async {
        let records = service::open_existing(config).await.map_err(Failure::from)?.records;
        let errands = all(&records).await.map_err(Failure::from)?;
        match action {
            Action::List { state, json } => list(&errands, *state, *json),
            Action::Retry(Retry { id: Some(id), .. }) => {
                let chosen = chosen(&errands, id)?;
                retry(config, &records, &[chosen]).await
            }
            Action::Retry(_) => {
                let failed = |held: &&Held<Errand>| can_retry(&held.value).is_ok();
                let failed: Vec<&Held<Errand>> = errands.iter().filter(failed).collect();
                retry(config, &records, &failed).await
            }
        }
    })?
}

async fn all(records: &Records) -> Result<Vec<Held<Errand>>, StoreError> {
    let mut errands: Vec<Held<Errand>> = Vec::new();
    loop {
        let more = records.list::<Errand>(errands.last().map(|held| held.id), READ_AT_ONCE).await?;
        if more.is_empty() {
            return Ok(errands);
        }
        errands.extend(more);
    }
}

fn list(errands: &[Held<Errand>], state: Option<State>, json: bool) -> anyhow::Result<Exit> {
    // Short ids are short among all of them, not among those shown.
    let short = short_length(&errands.iter().map(|held| HEXLOWER.encode(&held.id.0)).collect::<Vec<_>>());
    let lines: Vec<Line> =
        errands.iter().map(Line::from).filter(|line| state.is_none_or(|state| line.state == state)).collect();
    let mut out = std::io::stdout().lock();
    if json {
        for line in &lines {
            writeln!(out, "{}", serde_json::to_string(line)?)?;
        }
        return Ok(Exit::Done);
    }
    let heads = ["id", "state", "kind", "channel", "to", "created", "tries", "due", "last"];
    let mut rows = vec![heads.map(str::to_string)];
    rows.extend(lines.iter().map(|line| cells(line, short)));
    for row in aligned(&rows) {
        writeln!(out, "{row}")?;
    }
    Ok(Exit::Done)
}

fn cells(line: &Line, short: usize) -> [String; 9] {
    let nothing = || "-".to_string();
    [
        line.id[line.id.len() - short..].to_string(),
        word(&line.state),
        line.kind.to_string(),
        word(&line.channel),
        line.to.clone(),
        line.created_utc.clone(),
        line.tries.to_string(),
        line.due_utc.clone().unwrap_or_else(nothing),
        line.last_outcome.as_ref().map_or_else(nothing, word),
    ]
}

/// As JSON has it, without quotes.
fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_string)).unwrap_or_default()
}

/// How many characters from its end tell each id from all others: ids begin with the time, and
/// many were made at about the same.
fn short_length(ids: &[String]) -> usize {
    let is_enough = |length: &usize| {
        let mut ends: Vec<&str> = ids.iter().map(|id| &id[id.len() - length..]).collect();
        ends.sort_unstable();
        ends.windows(2).all(|pair| pair[0] != pair[1])
    };
    (SHORT_ID..32).find(is_enough).unwrap_or(32)
}

/// Columns two blanks apart, without blanks at the end of a row.
fn aligned<const N: usize>(rows: &[[String; N]]) -> Vec<String> {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; N] = std::array::from_fn(width);
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_string()
    };
    rows.iter().map(line).collect()
}

fn chosen<'a>(errands: &'a [Held<Errand>], id: &str) -> Result<&'a Held<Errand>, Failure> {
    let id = id.to_lowercase();
    let fits = |held: &&Held<Errand>| id.len() >= 4 && HEXLOWER.encode(&held.id.0).ends_with(&id);
    let found: Vec<&Held<Errand>> = errands.iter().filter(fits).collect();
    match found[..] {
        [one] => can_retry(&one.value).map(|()| one),
        [] => Err(refuse(&format!("there is no message {id}: `totem outbox list` shows all"))),
        _ => Err(refuse(&format!("{id} is the end of several ids: give more of it"))),
    }
}

fn refuse(says: &str) -> Failure {
    Failure::new(Exit::Failed, says)
}

/// Whether trying again makes sense; why not, in a sentence.
fn can_retry(errand: &Errand) -> Result<(), Failure> {
    match errand.state {
        ErrandState::Failed | ErrandState::Expired => Ok(()),
        ErrandState::Sent => Err(refuse("it was sent already; who lost it asks for a new one at the kiosk")),
        ErrandState::Waiting | ErrandState::Leased { .. } => {
            Err(refuse("it is waiting already, and goes out when it is due and the kiosk runs"))
        }
        ErrandState::Dropped => Err(refuse("it was dropped, for its address got too many; it stays so")),
        ErrandState::Cancelled => Err(refuse("what it was about is no more; it stays cancelled")),
    }
}

async fn retry(config: &Config, records: &Records, errands: &[&Held<Errand>]) -> anyhow::Result<Exit> {
    let now_ms = records.time(clock::now_ms()).await.map_err(Failure::from)?.now_ms;
    for held in errands {
        let mut errand = held.value.clone();
        errand.state = ErrandState::Waiting;
        errand.expires_ms = now_ms + errand.kind.life_ms();
        let pseudonym = records.vault().pseudonym(errand.company);
        let entry =
            Entry::new(now_ms, &config.kiosk.desk, Actor::Operator, Audited::RetryMessage, Outcome::Done)
                .about(pseudonym)
                .under(errand.folio);
        let draft = records.draft(now_ms).replace(held, &errand, Some(now_ms)).audit(&entry);
        draft.commit().await.map_err(Failure::from)?;
    }
    let mut out = std::io::stdout().lock();
    match errands.len() {
        0 => writeln!(out, "No message failed or came too late.")?,
        1 => writeln!(out, "1 message waits again, for the kiosk to send it.")?,
        count => writeln!(out, "{count} messages wait again, for the kiosk to send them.")?,
    }
    Ok(Exit::Done)
}
