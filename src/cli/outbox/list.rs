//! All messages, one line each.

use std::collections::BTreeMap;
use std::io::Write as _;

use data_encoding::HEXLOWER;
use serde::Serialize;

use super::outlook::{self, Prospect};
use super::remedy::{self, Remedy};
use super::{State, kind, word};
use crate::cli::{Exit, Failure};
use crate::clock;
use crate::config::Config;
use crate::courier::census::Outbox;
use crate::domain::destination::Channel;
use crate::domain::errand::{AttemptOutcome, Errand};
use crate::domain::outlook::Outlook;
use crate::domain::refused_address::RefusedAddress;
use crate::office::refused_addresses::refused_address;
use crate::store::records::{Held, Records};

/// The fewest characters of a short id.
const SHORT_ID: usize = 8;

/// One message as it is shown.
#[derive(Serialize)]
struct MessageLine {
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
    /// Since when its address is marked as one that refuses messages for good.
    refused_utc: Option<String>,
    /// What will become of one that waits.
    outlook: Option<Prospect>,
    /// What to do, where something keeps it.
    #[serde(serialize_with = "says")]
    to_do: Option<Remedy>,
}

fn says<S: serde::Serializer>(remedy: &Option<Remedy>, serializer: S) -> Result<S::Ok, S::Error> {
    remedy.as_ref().map(|remedy| &remedy.says).serialize(serializer)
}

impl MessageLine {
    fn new(
        held: &Held<Errand>,
        refused: Option<RefusedAddress>,
        (outlook, to_do): (Option<Outlook>, Option<Remedy>),
    ) -> Self {
        let errand = &held.value;
        MessageLine {
            id: HEXLOWER.encode(&held.id.0),
            state: errand.state.into(),
            kind: kind(errand.kind),
            channel: errand.to.channel(),
            to: errand.to.masked(),
            folio: errand.folio.to_string(),
            created_utc: clock::utc(errand.created_ms),
            tries: errand.tried,
            due_utc: held.due_ms.filter(|_| !errand.state.is_final()).map(clock::utc),
            last_outcome: errand.attempts.last().map(|attempt| attempt.outcome),
            refused_utc: refused.map(|refused| clock::utc(refused.first_ms)),
            outlook: outlook.map(Prospect::from),
            to_do,
        }
    }
}

pub(super) async fn run(
    config: &Config,
    records: &Records,
    outbox: &Outbox,
    (state, json): (Option<State>, bool),
) -> anyhow::Result<Exit> {
    let errands = &outbox.errands;
    // Short ids are short among all of them, not among those shown.
    let short = short_length(&errands.iter().map(|held| HEXLOWER.encode(&held.id.0)).collect::<Vec<_>>());
    let mut lines = Vec::new();
    let is_shown = |held: &&Held<Errand>| state.is_none_or(|state| State::from(held.value.state) == state);
    let shown: Vec<&Held<Errand>> = errands.iter().filter(is_shown).collect();
    for (held, outlook) in shown.iter().zip(outlook::of_each(config, records, &shown).await?) {
        let refused = refused_address(records, &held.value.to).await.map_err(Failure::from)?;
        let to_do = remedy::of(&held.value, "ID", outlook, &config.courier);
        lines.push(MessageLine::new(held, refused, (outlook, to_do)));
    }
    let mut out = std::io::stdout().lock();
    if json {
        for line in &lines {
            writeln!(out, "{}", serde_json::to_string(line)?)?;
        }
        return Ok(Exit::Done);
    }
    if lines.is_empty() && outbox.unreadable == 0 {
        writeln!(out, "There is no such message; finished ones are kept for a day.")?;
        return Ok(Exit::Done);
    }
    let heads =
        ["id", "state", "kind", "channel", "to", "created", "tries", "due", "last", "refused", "outlook"];
    let mut rows = vec![heads.map(str::to_string)];
    rows.extend(lines.iter().map(|line| cells(line, short)));
    for row in aligned(&rows) {
        writeln!(out, "{row}")?;
    }
    for line in to_do(&lines) {
        writeln!(out, "{line}")?;
    }
    if outbox.unreadable > 0 {
        writeln!(
            out,
            "\n{} more can't be read; they are set aside and hold up no other.",
            outbox.unreadable
        )?;
    }
    Ok(Exit::Done)
}

fn cells(line: &MessageLine, short: usize) -> [String; 11] {
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
        line.refused_utc.clone().unwrap_or_else(nothing),
        line.outlook.as_ref().map_or_else(nothing, word),
    ]
}

/// What to do, each once and by what keeps how many of them, below a blank line.
fn to_do(lines: &[MessageLine]) -> Vec<String> {
    let mut counts: BTreeMap<&Remedy, usize> = BTreeMap::new();
    for remedy in lines.iter().filter_map(|line| line.to_do.as_ref()) {
        *counts.entry(remedy).or_default() += 1;
    }
    let told = counts.iter().map(|(Remedy { because, says }, count)| format!("{because} ({count}): {says}."));
    let head = (!counts.is_empty()).then(|| "\nTo do:".to_string());
    head.into_iter().chain(told).collect()
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
