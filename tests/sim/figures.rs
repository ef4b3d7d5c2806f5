//! What the simulation met: how much, which pages, and which ways the decisions took.

use std::collections::{BTreeMap, BTreeSet};

use totem::domain::deed::{Action, Outcome};
use totem::effect::{Effect, Reply};
use totem::page::{Page, Words};
use totem::text::Msg;

/// Counted over one office, or over many.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    pub steps: u64,
    pub visits: u64,
    pub strokes: u64,
    pub messages: u64,
    pub cuts: u64,
    /// Pages met, by their headings, and how often they came.
    pub pages: BTreeMap<String, u64>,
    /// What was asked, with what was answered.
    pub ways: BTreeMap<String, u64>,
    /// What the decisions wrote into the log, and how often.
    pub deeds: BTreeMap<String, u64>,
    /// Labels of fields for which nobody knew what to type.
    pub unknown: BTreeSet<String>,
    /// Texts of messages, for the fuzzer to begin with.
    pub texts: BTreeSet<String>,
    /// Lines that people typed.
    pub typed: BTreeSet<String>,
}

/// How many texts are gathered at most.
const TEXTS: usize = 400;

impl Figures {
    pub fn sees(&mut self, page: &Page) {
        let heading = match &page.heading {
            Words::Said(msg) => msg.key().to_string(),
            Words::Given(_) => "a question on file".to_string(),
        };
        *self.pages.entry(format!("{} / {heading}", page.place.key())).or_default() += 1;
    }

    pub fn hears(&mut self, effect: &Effect, reply: &Reply) {
        let way = format!("{} -> {}", variant(&format!("{effect:?}")), variant(&format!("{reply:?}")));
        *self.ways.entry(way).or_default() += 1;
    }

    pub fn reads_log(&mut self, deeds: impl Iterator<Item = (Action, Outcome)>) {
        for (action, outcome) in deeds {
            *self.deeds.entry(format!("{action:?} {}", variant(&format!("{outcome:?}")))).or_default() += 1;
        }
    }

    /// Somebody does not know what belongs into a field.
    pub fn wonders(&mut self, label: &Msg) {
        self.unknown.insert(label.key().to_string());
    }

    pub fn gather_message(&mut self, text: &str) {
        self.messages += 1;
        if self.texts.len() < TEXTS {
            self.texts.insert(text.to_string());
        }
    }

    pub fn gather_typed(&mut self, text: &str) {
        if self.typed.len() < TEXTS {
            self.typed.insert(text.to_string());
        }
    }

    /// What another office met besides.
    pub fn add(&mut self, other: Figures) {
        self.steps += other.steps;
        self.visits += other.visits;
        self.strokes += other.strokes;
        self.messages += other.messages;
        self.cuts += other.cuts;
        for (page, count) in other.pages {
            *self.pages.entry(page).or_default() += count;
        }
        for (way, count) in other.ways {
            *self.ways.entry(way).or_default() += count;
        }
        for (deed, count) in other.deeds {
            *self.deeds.entry(deed).or_default() += count;
        }
        self.unknown.extend(other.unknown);
        self.texts.extend(other.texts);
        self.typed.extend(other.typed);
    }
}

impl Figures {
    /// What the program knows and was never met, by kind.
    pub fn never_met(&self) -> [(&'static str, Vec<String>); 4] {
        let effects = variants(include_str!("../../src/effect.rs"), "pub enum Effect {");
        let replies = variants(include_str!("../../src/effect/reply.rs"), "pub enum Reply {");
        let actions = variants(include_str!("../../src/domain/deed.rs"), "pub enum Action {");
        let met = |name: &String, of: &BTreeMap<String, u64>, answered: bool| {
            of.keys().any(|way| {
                let (asked, answer) = way.split_once(" -> ").unwrap_or((way, ""));
                let words = if answered { answer } else { asked };
                words.split(' ').next() == Some(name)
            })
        };
        let missing = |names: Vec<String>, of, answered| {
            names.into_iter().filter(|name| !met(name, of, answered)).collect::<Vec<_>>()
        };
        let keys = include_str!("../../assets/text/es.ftl").lines();
        let keys = keys.filter_map(|line| line.split_once(" =").map(|(key, _)| key.to_string()));
        let headings = keys.filter(|key| {
            key.ends_with("-heading") && !self.pages.keys().any(|page| page.ends_with(&format!("/ {key}")))
        });
        [
            ("pages", headings.collect()),
            ("effects", missing(effects, &self.ways, false)),
            ("replies", missing(replies, &self.ways, true)),
            ("rows of the log", missing(actions, &self.deeds, false)),
        ]
    }
}

/// The variants of an enum, read from its source, so that a new one is missed at once.
fn variants(source: &str, opening: &str) -> Vec<String> {
    let body = source.split_once(opening).map(|(_, rest)| rest.split("\n}").next().unwrap_or(rest));
    let lines = body.unwrap_or_default().lines().filter_map(|line| line.strip_prefix("    "));
    let names = lines.filter(|line| line.starts_with(|symbol: char| symbol.is_ascii_uppercase()));
    names.map(|line| line.chars().take_while(|symbol| symbol.is_ascii_alphanumeric()).collect()).collect()
}

/// The names of a value's variants, without what they hold: `Refused(Mismatch { tries_left: 3 })` is
/// `Refused(Mismatch)`.
fn variant(shown: &str) -> String {
    let mut names = Vec::new();
    let mut rest = shown;
    while names.len() < 3 {
        let end = rest.find(|symbol: char| !symbol.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if !name.starts_with(|symbol: char| symbol.is_ascii_uppercase()) {
            break;
        }
        names.push(name);
        match after.strip_prefix('(') {
            Some(inner) => rest = inner,
            None => break,
        }
    }
    names.join(" ")
}
