//! One event, one line of JSON: the fields on the list, cleaned and masked, and no others (S22).
//!
//! `tracing-subscriber` has lines of JSON of its own, which write every field as it comes: seven of
//! the seven events with which a test plants secrets came out with one. What would keep them out is
//! this visitor; the JSON is `serde_json`'s either way.

use std::fmt::Debug;

use serde_json::{Map, Value};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer};

use crate::domain::clean::Clean;
use crate::domain::email::Email;
use crate::domain::rut::Rut;

use super::rut_tag::RutTag;
use super::writer::Writer;

/// The fields that are written; any other is dropped. None of them may ever carry what a person
/// typed. `subject` takes a [`RutTag`] alone.
pub const FIELDS: [&str; 34] = [
    "attempt",
    "bytes",
    "channel",
    "columns",
    "command",
    "count",
    "effect",
    "expired",
    "failed",
    "flow",
    "folio",
    "generation",
    "kind",
    "mail",
    "message",
    "milliseconds",
    "oldest_seconds",
    "outcome",
    "path",
    "percent",
    "place",
    "reason",
    "refusal",
    "refused",
    "reply",
    "rows",
    "sequence",
    "service",
    "signal",
    "step",
    "subject",
    "unreadable",
    "version",
    "waiting",
];

/// Events of this program begin with this.
const OURS: &str = "totem";

/// Fewer digits than this are no RUT, telephone or card.
const FEWEST_DIGITS: usize = 7;

/// Makes a line of each event and hands it to the writer.
pub(super) struct Lines {
    writer: Writer,
    level: Level,
    desk: Clean,
}

impl Lines {
    /// `desk` stands in every line; events above `level` in detail are left out.
    pub fn new(writer: Writer, level: Level, desk: Clean) -> Self {
        Lines { writer, level, desk }
    }
}

impl<S: Subscriber> Layer<S> for Lines {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        let target = metadata.target();
        let is_ours = target.strip_prefix(OURS).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
        is_ours && *metadata.level() <= self.level
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = LineFields(Map::new());
        line.put("time", utc());
        line.put("level", event.metadata().level().as_str().to_lowercase());
        line.put("desk", self.desk.as_str());
        line.put("from", event.metadata().target());
        event.record(&mut line);
        let mut text = Value::Object(line.0).to_string();
        text.push('\n');
        self.writer.take(text);
    }
}

/// Now, as `2026-11-22T20:05:47.123Z`.
fn utc() -> String {
    let now = OffsetDateTime::from(crate::clock::now());
    let to_the_millisecond = now.replace_millisecond(now.millisecond()).unwrap_or(now);
    to_the_millisecond.format(&Rfc3339).unwrap_or_default()
}

/// The fields of a line so far.
struct LineFields(Map<String, Value>);

impl LineFields {
    fn put(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_string(), value.into());
    }

    /// Writes a field if it is on the list.
    fn allow(&mut self, field: &Field, value: impl FnOnce() -> Value) {
        if FIELDS.contains(&field.name()) {
            let value = value();
            let passes = field.name() != "subject" || value.as_str().is_some_and(RutTag::is_one);
            if passes {
                self.put(field.name(), value);
            }
        }
    }
}

impl Visit for LineFields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.allow(field, || masked(&format!("{value:?}")).into());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.allow(field, || masked(value).into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.allow(field, || value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.allow(field, || value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.allow(field, || value.into());
    }
}

/// The text without control characters, with whatever may identify a person masked.
fn masked(text: &str) -> String {
    let clean = Clean::new(text);
    let mut out = String::with_capacity(clean.as_str().len());
    let mut word = String::new();
    for symbol in clean.as_str().chars().chain([' ']) {
        if symbol.is_alphanumeric() || "@.-_+".contains(symbol) {
            word.push(symbol);
        } else {
            out.push_str(&masked_word(&word));
            out.push(symbol);
            word.clear();
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn masked_word(word: &str) -> String {
    let bare = word.trim_matches(['.', '-', '_']);
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    if bare.contains('@') {
        bare.parse::<Email>().map_or_else(|_| "(mail)".to_string(), |email| email.masked())
    } else if digits >= FEWEST_DIGITS && bare.parse::<Rut>().is_ok() {
        "(rut)".to_string()
    } else if digits >= FEWEST_DIGITS && bare.starts_with("+56") {
        "(telephone)".to_string()
    } else {
        word.to_string()
    }
}
