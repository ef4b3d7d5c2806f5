//! What the simulation met: how much, which pages, and which ways the decisions took.

use std::collections::{BTreeMap, BTreeSet};

use totem::domain::deed::{Action, Outcome};
use totem::domain::errand::ErrandKind;
use totem::effect::{Effect, Reply};
use totem::event::Key;
use totem::page::{Page, Words};
use totem::text::Msg;

use super::laws::Law;

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
    /// Names of variants in what was asked, in what was answered, and in what was sent.
    pub asked: BTreeSet<String>,
    pub answered: BTreeSet<String>,
    pub sent: BTreeSet<String>,
    /// Laws that broke over a planted mistake which is not theirs.
    pub besides: BTreeMap<Law, u64>,
    /// Labels of fields for which nobody knew what to type.
    pub unknown: BTreeSet<String>,
    /// Texts of messages, for the fuzzer to begin with.
    pub texts: BTreeSet<String>,
    /// Lines that people typed.
    pub typed: BTreeSet<String>,
    /// The keys of whole visits.
    pub pressed: Vec<Vec<Key>>,
}

/// How many texts are gathered at most in one office, and in all of a night.
const TEXTS: usize = 400;
const ALL_TEXTS: usize = 4_000;
/// Of how many visits the keys are, and how many of each.
const PRESSED: (usize, usize) = (40, 400);

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
        names_in(&format!("{effect:?}"), &mut self.asked);
        names_in(&format!("{reply:?}"), &mut self.answered);
    }

    /// A message left.
    pub fn sends(&mut self, kind: ErrandKind) {
        names_in(&format!("{kind:?}"), &mut self.sent);
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

    /// The keys of a visit.
    pub fn gather_pressed(&mut self, mut keys: Vec<Key>) {
        let (visits, most) = PRESSED;
        if self.pressed.len() < visits && !keys.is_empty() {
            keys.truncate(most);
            self.pressed.push(keys);
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
        self.asked.extend(other.asked);
        self.answered.extend(other.answered);
        self.sent.extend(other.sent);
        for (law, count) in other.besides {
            *self.besides.entry(law).or_default() += count;
        }
        self.unknown.extend(other.unknown);
        extend_to(ALL_TEXTS, &mut self.texts, other.texts);
        extend_to(ALL_TEXTS, &mut self.typed, other.typed);
        other.pressed.into_iter().for_each(|keys| self.gather_pressed(keys));
    }
}

impl Figures {
    /// What the program knows and was never met, by kind: what the decisions can be asked for, what they
    /// can answer, send and write down.
    pub fn never_met(&self) -> Vec<(&'static str, Vec<String>)> {
        let keys = include_str!("../../assets/text/es.ftl").lines();
        let keys = keys.filter_map(|line| line.split_once(" =").map(|(key, _)| key.to_string()));
        let headings = keys.filter(|key| {
            key.ends_with("-heading") && !self.pages.keys().any(|page| page.ends_with(&format!("/ {key}")))
        });
        let mut never = vec![("pages", headings.collect())];
        for (what, opening, source) in ENUMS {
            let met = |name: &String| match what {
                Met::Asked(_) => self.asked.contains(name),
                Met::Answered(_) => self.answered.contains(name),
                Met::Sent(_) => self.sent.contains(name),
                Met::Written(_) => self.deeds.keys().any(|deed| deed.split(' ').next() == Some(name)),
            };
            let names = variants(source, opening);
            assert!(!names.is_empty(), "{opening}");
            never.push((what.name(), names.into_iter().filter(|name| !met(name)).collect()));
        }
        never
    }
}

/// With more of them, while there are fewer than so many.
fn extend_to(most: usize, texts: &mut BTreeSet<String>, more: BTreeSet<String>) {
    let room = most.saturating_sub(texts.len());
    texts.extend(more.into_iter().take(room));
}

/// Where something is met.
#[derive(Clone, Copy)]
enum Met {
    Asked(&'static str),
    Answered(&'static str),
    Sent(&'static str),
    Written(&'static str),
}

impl Met {
    fn name(self) -> &'static str {
        match self {
            Met::Asked(name) | Met::Answered(name) | Met::Sent(name) | Met::Written(name) => name,
        }
    }
}

/// What decisions are asked for, and what they come to, with where it is written down.
const ENUMS: [(Met, &str, &str); 21] = [
    (Met::Asked("effects"), "pub enum Effect {", EFFECT),
    (Met::Asked("effects of facilitators"), "pub enum FacilitatorEffect {", FACILITATOR),
    (Met::Asked("effects of settlements"), "pub enum SettlementEffect {", SETTLEMENT),
    (Met::Asked("acts of staff"), "pub enum StaffAct {", STAFF),
    (Met::Asked("acts on requests"), "pub enum RequestAct {", REQUESTS),
    (Met::Asked("acts on settlements"), "pub enum DisputeAct {", SETTLEMENT),
    (Met::Answered("replies"), "pub enum Reply {", REPLY),
    (Met::Answered("refusals"), "pub enum Refusal {", REPLY),
    (Met::Answered("what follows from a code"), "pub enum Proved {", REPLY),
    (Met::Answered("what a registration came to"), "pub enum Registered {", REPLY),
    (Met::Answered("keys that wait"), "pub enum HeldUntil {", REPLY),
    (Met::Answered("what an undo leaves"), "pub enum Undoing {", REPLY),
    (Met::Answered("replies to facilitators"), "pub enum FacilitatorReply {", FACILITATOR),
    (Met::Answered("replies to settlements"), "pub enum SettlementReply {", SETTLEMENT),
    (Met::Answered("replies to staff"), "pub enum StaffReply {", STAFF),
    (Met::Answered("replies about requests"), "pub enum RequestReply {", REQUESTS),
    (Met::Answered("replies about settlements"), "pub enum DisputeReply {", SETTLEMENT),
    (Met::Sent("messages"), "pub enum ErrandKind {", ERRAND),
    (Met::Sent("messages about data"), "pub enum DataErrand {", DATA_ERRAND),
    (Met::Sent("messages about facilitators"), "pub enum FacilitatorErrand {", FACILITATOR_ERRAND),
    (Met::Written("rows of the log"), "pub enum Action {", DEED),
];

const EFFECT: &str = include_str!("../../src/effect.rs");
const FACILITATOR: &str = include_str!("../../src/effect/facilitator.rs");
const SETTLEMENT: &str = include_str!("../../src/effect/settlement.rs");
const STAFF: &str = include_str!("../../src/effect/staff.rs");
const REQUESTS: &str = include_str!("../../src/effect/requests.rs");
const REPLY: &str = include_str!("../../src/effect/reply.rs");
const ERRAND: &str = include_str!("../../src/domain/errand.rs");
const DATA_ERRAND: &str = include_str!("../../src/domain/errand/data.rs");
const FACILITATOR_ERRAND: &str = include_str!("../../src/domain/errand/facilitator.rs");
const DEED: &str = include_str!("../../src/domain/deed.rs");

/// The variants of an enum, read from its source, so that a new one is missed at once.
fn variants(source: &str, opening: &str) -> Vec<String> {
    let body = source.split_once(opening).map(|(_, rest)| rest.split("\n}").next().unwrap_or(rest));
    let lines = body.unwrap_or_default().lines().filter_map(|line| line.strip_prefix("    "));
    let names = lines.filter(|line| line.starts_with(|symbol: char| symbol.is_ascii_uppercase()));
    names.map(|line| line.chars().take_while(|symbol| symbol.is_ascii_alphanumeric()).collect()).collect()
}

/// The names of types and variants in what is shown for debugging.
fn names_in(shown: &str, names: &mut BTreeSet<String>) {
    let words = shown.split(|symbol: char| !symbol.is_ascii_alphanumeric());
    for word in words.filter(|word| word.starts_with(|symbol: char| symbol.is_ascii_uppercase())) {
        if !names.contains(word) {
            names.insert(word.to_string());
        }
    }
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
