//! Somebody before a terminal: they came for something, remember what they chose before, read what the
//! page says, make slips, lose patience, and leave.

mod choices;
mod dice_alone;
mod memory;
mod values;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use totem::event::{Event, Key, Target};
use totem::page::{Block, Control, FieldShown, Page, Words};
use totem::text::Msg;

use super::cast::{STAFF, Who};
use super::dice::Dice;
use super::plan::Purpose;
use super::world::World;

pub use memory::{Memories, Memory};

/// After so many decisions on pages that look alike, anybody leaves.
const PATIENCE: u32 = 7;
/// After so many decisions, anybody leaves.
const LONGEST_VISIT: u32 = 160;
/// How many of a thousand walk away in a second of waiting.
const GIVE_UP_WAITING: u64 = 2;

/// Where the second of two members of staff is called to.
const SECOND: &str = "the second";

/// What somebody does next.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// This happens at the terminal.
    Does(Event),
    /// They read, or look into their telephone, for so many milliseconds.
    Pauses(u64),
    /// They walk away.
    Leaves,
}

/// One visit of somebody.
pub struct Visitor {
    pub who: Who,
    pub firm: usize,
    pub purpose: Purpose,
    /// The member of staff beside them.
    pub beside: Option<usize>,
    dice: Dice,
    acts: VecDeque<Act>,
    /// How often a page that looks so was decided on.
    met: BTreeMap<String, u32>,
    decisions: u32,
    /// The clave that they choose in this visit.
    chosen: Option<String>,
    /// What a thief last guessed.
    guess: Option<String>,
    /// What was typed into the field of the clave in use.
    typed_clave: Option<String>,
    /// The line that they came to change was opened.
    has_changed: bool,
    /// They were in the workflow that they came for.
    was_inside: bool,
    /// Where staff were called to.
    called_to: BTreeSet<String>,
    is_leaving: bool,
}

impl Visitor {
    pub fn new((who, firm): (Who, usize), purpose: Purpose, beside: Option<usize>, seed: u64) -> Self {
        Visitor {
            who,
            firm,
            purpose,
            beside,
            dice: Dice::new(seed),
            acts: VecDeque::new(),
            met: BTreeMap::new(),
            decisions: 0,
            chosen: None,
            guess: None,
            typed_clave: None,
            has_changed: false,
            was_inside: false,
            called_to: BTreeSet::new(),
            is_leaving: false,
        }
    }

    /// What they do next before this page; `at_rest`: it is the first one, and nobody's.
    pub fn acts(&mut self, page: &Page, at_rest: bool, memory: &mut Memory, world: &World) -> Act {
        if let Some(act) = self.acts.pop_front() {
            return act;
        }
        self.decisions += 1;
        if at_rest {
            return self.begins();
        }
        if self.purpose == Purpose::Dice && self.decisions < LONGEST_VISIT {
            return self.presses_anything(page, memory, world);
        }
        if self.waits_for_phone(page) {
            self.decisions -= 1;
            return Act::Pauses(30_000);
        }
        if page.blocks.iter().any(|block| matches!(block, Block::Waiting { .. })) {
            // Waiting is no decision.
            self.decisions -= 1;
            self.is_leaving |= self.dice.below(1_000) < GIVE_UP_WAITING;
            return if self.is_leaving { self.leaves(page) } else { Act::Pauses(1_000) };
        }
        let times = self.met.entry(looks(page)).or_default();
        *times += 1;
        let is_tired = *times > self.patience() || self.decisions > LONGEST_VISIT || self.gives_up(page);
        if is_tired || self.is_leaving {
            memory.notes(page, self);
            return self.leaves(page);
        }
        self.decides(page, memory, world);
        self.acts.pop_front().unwrap_or(Act::Pauses(2_000))
    }

    /// Now and then somebody walks away from the middle of something; not whoever goes through RUTs.
    fn gives_up(&mut self, page: &Page) -> bool {
        let asks_code = fields(page).any(|field| field.label == Msg::LabelCode);
        match self.purpose {
            Purpose::Sweep => false,
            Purpose::RegisterAndLeave if asks_code => true,
            _ => self.dice.percent(1),
        }
    }

    /// Their telephone has the page now; or they wait for another member of staff.
    fn waits_for_phone(&mut self, page: &Page) -> bool {
        let is_waited_for = [Msg::PhoneHeading, Msg::PhoneConnectedHeading]
            .into_iter()
            .any(|heading| page.heading == Words::Said(heading));
        let is_alone = page.heading == Words::Said(Msg::SettlementHeading)
            && self.called_to.contains(SECOND)
            && self.beside.is_none();
        is_waited_for && self.dice.percent(98) || is_alone && self.dice.percent(80)
    }

    /// Whoever goes through RUTs doesn't mind the same page again.
    fn patience(&self) -> u32 {
        if self.purpose == Purpose::Sweep { LONGEST_VISIT } else { PATIENCE }
    }

    /// Whoever goes through RUTs tries one answer at each, or one representative.
    fn goes_on_to_next_rut(&mut self, page: &Page) -> bool {
        let asks_answer = fields(page).any(|field| field.label == Msg::LabelAnswer);
        let asks_name = page.heading == Words::Said(Msg::RecoverRepresentativeHeading);
        if self.purpose != Purpose::Sweep || !asks_answer && !asks_name {
            return false;
        }
        self.has_changed = !self.has_changed;
        !self.has_changed
    }

    /// Whoever stands beside the person does the letters for them, and helps where they are stopped; now and
    /// then somebody says that they are staff.
    fn calls_staff(&mut self, page: &Page) -> bool {
        let has_letters = page.blocks.iter().any(|block| matches!(block, Block::Challenge(_)));
        let place = match has_letters {
            true => "letters".to_string(),
            false if self.beside.is_some() && self.is_stopped(page) => looks(page),
            false => return false,
        };
        let is_first = self.called_to.insert(place);
        is_first && (self.beside.is_some() || !self.who.is_honest() && self.dice.percent(20))
    }

    /// Whether a member of staff has something to do on this page.
    fn is_stopped(&self, page: &Page) -> bool {
        let Words::Said(heading) = &page.heading else { return false };
        let is_refused = fields(page).any(|field| field.label == Msg::LabelSerial && field.error.is_some());
        let gives = self.purpose == Purpose::SettleOnScreen
            && matches!(
                heading,
                Msg::RecoverAddressHeading
                    | Msg::RecoverNotRegisteredHeading
                    | Msg::UnfitUnknownHeading
                    | Msg::SettlementHeading
            );
        let is_stop = matches!(
            heading,
            Msg::StopTerminalHeading
                | Msg::StopWaitHeading
                | Msg::StopApplicationsHeading
                | Msg::StopFrozenHeading
                | Msg::StopTwoHeading
                | Msg::StopInPersonHeading
                | Msg::StopWithoutRunHeading
                | Msg::StopCardUnlistedHeading
                | Msg::StopSiiHeading
                | Msg::StopRegistroCivilHeading
                | Msg::RecoverHeldHeading
        );
        is_refused || gives || is_stop
    }

    /// Once the first of two has opened the settlement, another one comes, or confirms it elsewhere.
    fn is_joined_by_second(&mut self, page: &Page) {
        let waits = page.heading == Words::Said(Msg::SettlementHeading);
        if waits && self.called_to.insert(SECOND.to_string()) {
            let comes = self.dice.percent(70);
            self.beside = self.beside.filter(|_| comes).map(|first| (first + 1) % STAFF.len());
        }
    }

    /// Honest people don't sign in as staff while nobody of the staff is there.
    fn is_asked_for_staff(&self, page: &Page) -> bool {
        let asks_name = fields(page).any(|field| field.label == Msg::LabelStaffName);
        asks_name && self.beside.is_none() && self.who.is_honest()
    }

    fn begins(&mut self) -> Act {
        if self.was_inside || self.decisions > 1 {
            return Act::Leaves;
        }
        match self.purpose {
            Purpose::StaffDesk => Act::Does(Event::Key(Key::F(12))),
            _ => Act::Does(Event::Key(Key::Enter)),
        }
    }

    /// By F10, or just so: the next one finds what the kiosk left.
    fn leaves(&mut self, page: &Page) -> Act {
        let erases = find_button(page, |label| *label == Msg::ButtonEraseAll);
        if let Some(target) = erases {
            return Act::Does(Event::Click(target));
        }
        if self.is_leaving || self.dice.percent(20) {
            return Act::Leaves;
        }
        self.is_leaving = true;
        Act::Does(Event::Key(Key::F(10)))
    }

    fn decides(&mut self, page: &Page, memory: &mut Memory, world: &World) {
        self.acts.push_back(Act::Pauses(self.dice.between(600, 4_000)));
        memory.notes(page, self);
        if self.goes_on_to_next_rut(page) {
            return self.types_key(Key::Esc);
        }
        self.is_joined_by_second(page);
        if self.calls_staff(page) {
            return self.types_key(Key::F(2));
        }
        if self.is_asked_for_staff(page) {
            return self.types_key(Key::Esc);
        }
        if let Some(button) = self.presses_unasked(page, memory) {
            return self.does(Event::Click(button));
        }
        let focused = fields(page).find(|field| field.target == page.focus);
        let first_empty = fields(page).find(|field| is_to_fill(field));
        match focused.filter(|field| !matches!(field.control, Control::ReadOnly(_))).or(first_empty) {
            Some(field) => self.fills(&field.clone(), page, memory, world),
            None => self.chooses(page),
        }
    }

    /// Types what belongs into a field, and goes on.
    fn fills(&mut self, field: &FieldShown, page: &Page, memory: &mut Memory, world: &World) {
        if page.focus != field.target {
            self.does(Event::Click(field.target));
        }
        match &field.control {
            Control::Choice { options, .. } => {
                let option = self.option(&field.label, options.len());
                self.types_key(Key::Char(char::from(b'1' + option as u8)));
            }
            Control::Check { checked } => {
                if *checked != self.wants_checked(&field.label) {
                    self.types_key(Key::Char(' '));
                }
                self.types_key(Key::Tab);
                self.types_key(Key::Enter);
            }
            Control::Filter { value, .. } => {
                let wanted = if field.label == Msg::LabelCountry { "perú" } else { "arica" };
                self.writes(value.chars().count(), wanted);
            }
            Control::Text { value, .. } => {
                let length = value.chars().count();
                self.writes_value(field, length, page, memory, world);
            }
            Control::Hidden { length, .. } => self.writes_value(field, *length, page, memory, world),
            Control::ReadOnly(_) => self.types_key(Key::Tab),
        }
    }

    fn writes_value(
        &mut self,
        field: &FieldShown,
        length: usize,
        page: &Page,
        memory: &mut Memory,
        world: &World,
    ) {
        match self.value(&field.label, page, memory, world) {
            values::Value::Text(text) => {
                world.figures().gather_typed(&text);
                let text = self.slips(text);
                self.writes(length, &text);
            }
            values::Value::NotYet => {
                self.acts.push_back(Act::Pauses(20_000));
                self.does(Event::Key(Key::End));
            }
            values::Value::None => match find_button(page, |label| self.goes_without(label)) {
                Some(button) => self.does(Event::Click(button)),
                None => self.types_key(Key::Enter),
            },
        }
    }

    /// Replaces what stands in the field, and presses Enter.
    fn writes(&mut self, length: usize, text: &str) {
        if length > 0 {
            self.types_key(Key::End);
            (0..length).for_each(|_| self.types_key(Key::Backspace));
        }
        text.chars().for_each(|symbol| self.types_key(Key::Char(symbol)));
        self.acts.push_back(Act::Pauses(700));
        self.types_key(Key::Enter);
    }

    /// Now and then a symbol is missing.
    fn slips(&mut self, mut text: String) -> String {
        if self.dice.percent(3) {
            text.pop();
        }
        text
    }

    fn types_key(&mut self, key: Key) {
        self.does(Event::Key(key));
    }

    fn does(&mut self, event: Event) {
        let pause_ms = self.dice.between(30, 200);
        self.acts.push_back(Act::Pauses(pause_ms));
        self.acts.push_back(Act::Does(event));
    }
}

/// The fields of a page.
fn fields(page: &Page) -> impl Iterator<Item = &FieldShown> {
    page.blocks.iter().filter_map(|block| match block {
        Block::Field(field) => Some(field),
        _ => None,
    })
}

/// Whether a person sees that something is missing there.
fn is_to_fill(field: &FieldShown) -> bool {
    match &field.control {
        Control::Text { value, .. } => value.is_empty() && field.required || field.error.is_some(),
        Control::Hidden { length, .. } => *length == 0 || field.error.is_some(),
        Control::Choice { chosen, .. } => chosen.is_none(),
        Control::Filter { chosen, .. } => chosen.is_none(),
        Control::ReadOnly(_) | Control::Check { .. } => false,
    }
}

/// The first button or entry whose label this holds of.
fn find_button(page: &Page, is_it: impl Fn(&Msg) -> bool) -> Option<Target> {
    page.blocks.iter().find_map(|block| match block {
        Block::Buttons(buttons) => {
            buttons.iter().find(|button| is_it(&button.label)).map(|button| button.target)
        }
        Block::Menu(items) => items.iter().find(|item| is_it(&item.label)).map(|item| item.target),
        _ => None,
    })
}

/// What a page looks like to somebody who wonders whether they have been here before.
fn looks(page: &Page) -> String {
    let fields: Vec<_> = fields(page).map(|field| (field.label.key(), field.error.is_some())).collect();
    format!("{:?} {:?} {:?}", page.place, page.heading, fields)
}
