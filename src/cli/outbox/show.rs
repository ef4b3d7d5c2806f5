//! One message whole: what it is, each attempt and how it ended, and what comes next.

use std::io::Write as _;

use data_encoding::HEXLOWER;
use serde::Serialize;

use super::outlook::{self, Prospect};
use super::remedy::{self, Remedy};
use super::{State, kind, word};
use crate::cli::{Exit, Failure};
use crate::clock;
use crate::config::Config;
use crate::domain::destination::Channel;
use crate::domain::errand::{AttemptOutcome, Errand, ErrandState};
use crate::domain::outlook::Outlook;
use crate::domain::refused_address::RefusedAddress;
use crate::office::refused_addresses::refused_address;
use crate::store::records::{Held, Records};

#[derive(Serialize)]
struct Whole {
    id: String,
    state: State,
    kind: &'static str,
    channel: Channel,
    to: String,
    refused: Option<Refused>,
    language: &'static str,
    folio: String,
    created_utc: String,
    /// Held back until then.
    not_before_utc: Option<String>,
    /// What will become of one that waits.
    outlook: Option<Prospect>,
    #[serde(skip)]
    comes: Option<String>,
    /// When it is looked at next: to be sent, or to be looked for by whoever had it.
    next_utc: Option<String>,
    expires_utc: Option<String>,
    /// What to do, where something keeps it.
    to_do: Option<String>,
    /// Which sending of a secret it is, where one before may have arrived: the newest is the one to use.
    sent_again: Option<u32>,
    /// Of a finished one.
    forgotten_utc: Option<String>,
    tries: u32,
    /// The newest last; the oldest of many are forgotten.
    attempts: Vec<Tried>,
}

#[derive(Serialize)]
struct Refused {
    times: u32,
    first_utc: String,
    last_utc: String,
}

#[derive(Serialize)]
struct Tried {
    at_utc: String,
    outcome: AttemptOutcome,
}

impl Whole {
    fn new(
        held: &Held<Errand>,
        refused: Option<RefusedAddress>,
        (outlook, remedy): (Option<Outlook>, Option<Remedy>),
    ) -> Self {
        let errand = &held.value;
        let is_final = errand.state.is_final();
        let due_utc = held.due_ms.map(clock::utc);
        let tried = |attempt: &crate::domain::errand::Attempt| Tried {
            at_utc: clock::utc(attempt.at_ms),
            outcome: attempt.outcome,
        };
        Whole {
            id: HEXLOWER.encode(&held.id.0),
            state: errand.state.into(),
            kind: kind(errand.kind),
            channel: errand.to.channel(),
            to: errand.to.masked(),
            refused: refused.map(|refused| Refused {
                times: refused.times,
                first_utc: clock::utc(refused.first_ms),
                last_utc: clock::utc(refused.last_ms),
            }),
            language: match errand.language {
                crate::domain::language::Language::Es => "es",
                crate::domain::language::Language::En => "en",
            },
            folio: errand.folio.to_string(),
            created_utc: clock::utc(errand.created_ms),
            not_before_utc: (errand.not_before_ms > errand.created_ms)
                .then(|| clock::utc(errand.not_before_ms)),
            outlook: outlook.map(Prospect::from),
            comes: outlook.map(|outlook| outlook::sentence(outlook, errand.to.channel())),
            to_do: remedy.map(|remedy| remedy.says),
            sent_again: errand.sent_again(),
            next_utc: due_utc.clone().filter(|_| !is_final),
            expires_utc: (!is_final || errand.state == ErrandState::Expired)
                .then(|| clock::utc(errand.expires_ms)),
            forgotten_utc: due_utc.filter(|_| is_final),
            tries: errand.tried,
            attempts: errand.attempts.iter().map(tried).collect(),
        }
    }
}

pub(super) async fn run(
    config: &Config,
    records: &Records,
    held: &Held<Errand>,
    json: bool,
) -> anyhow::Result<Exit> {
    let refused = refused_address(records, &held.value.to).await.map_err(Failure::from)?;
    let outlook = outlook::of_each(config, records, &[held]).await?.into_iter().next().flatten();
    let remedy = remedy::of(&held.value, &HEXLOWER.encode(&held.id.0), outlook, &config.courier);
    let whole = Whole::new(held, refused, (outlook, remedy));
    let mut out = std::io::stdout().lock();
    if json {
        writeln!(out, "{}", serde_json::to_string(&whole)?)?;
        return Ok(Exit::Done);
    }
    for (name, value) in lines(&whole) {
        writeln!(out, "{name:<11} {value}")?;
    }
    for attempt in &whole.attempts {
        writeln!(out, "  {}  {}", attempt.at_utc, word(&attempt.outcome))?;
    }
    Ok(Exit::Done)
}

fn sent_again(number: u32) -> String {
    format!(
        "no. {number}, with another secret than those before, which may have arrived: the newest is the one to use"
    )
}

fn lines(whole: &Whole) -> Vec<(&'static str, String)> {
    let marked = |refused: &Refused| {
        let Refused { times, first_utc, last_utc } = refused;
        format!("refused for good {times} times, from {first_utc} to {last_utc}")
    };
    let always = |value: &str| Some(value.to_string());
    [
        ("id", always(&whole.id)),
        ("state", Some(word(&whole.state))),
        ("kind", always(whole.kind)),
        ("channel", Some(word(&whole.channel))),
        ("to", always(&whole.to)),
        ("address", whole.refused.as_ref().map(marked)),
        ("language", always(whole.language)),
        ("folio", always(&whole.folio)),
        ("created", always(&whole.created_utc)),
        ("held until", whole.not_before_utc.clone()),
        ("outlook", whole.comes.clone()),
        ("to do", whole.to_do.clone()),
        ("sent again", whole.sent_again.map(sent_again)),
        ("next", whole.next_utc.clone()),
        ("expires", whole.expires_utc.clone()),
        ("forgotten", whole.forgotten_utc.clone()),
        ("tries", Some(whole.tries.to_string())),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.map(|value| (name, value)))
    .collect()
}
