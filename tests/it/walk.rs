//! Somebody who presses anything at all: many thousand keys, scans, clicks, waits and answers on
//! the whole kiosk. It never breaks, Esc always leads home, and no secret is ever seen in a frame,
//! in the log, in an audit row, or in what the kiosk prints of itself.

use std::collections::HashSet;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event as Logged, Metadata, Subscriber};

use totem::domain::register::Service;
use totem::domain::staff::Role;
use totem::effect::{Refusal, Reply, TriesLeft};
use totem::event::{Event, Key, Size, Target};
use totem::page::{Block, Control, Page};
use totem::text::Msg;

use crate::booth::{ANSWER, Booth, CLAVE, COMPANY, MAILBOX, PASSWORD, PIN};

/// This many touches for each seed, each of about three keys.
const TOUCHES: usize = 10_000;
const LEAST_EVENTS: usize = 26_000;
/// How many different pages, by their headings, each seed must meet for the walk to be worthwhile.
const LEAST_PAGES: usize = 30;
/// A frame is drawn after this many touches.
const DRAWN_EVERY: usize = 9;
/// What must be seen nowhere: it is typed into hidden fields.
const TYPED: [&str; 4] = ["Guitarra+9", "Xilofon=42", CLAVE, PASSWORD];
/// A member of staff, who is called and comes now and then.
const STAFF: &str = "Rosa Araya";

/// A small random generator, the same for the same seed (xorshift64*).
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % most
    }

    pub fn of<T: Copy>(&mut self, things: &[T]) -> T {
        things[self.below(things.len())]
    }
}

/// Keeps every event of the log as text, with all its fields.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<String>>);

impl Log {
    pub fn read(&self) -> String {
        self.0.lock().expect("nobody panics with it").clone()
    }
}

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push_str(&format!(" {field}={value:?}"));
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Logged<'_>) {
        let mut text = self.0.lock().expect("nobody panics with it");
        event.record(&mut Fields(&mut text));
        text.push('\n');
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// What the focused field asks for, so that the walk gets somewhere.
fn sensible(booth: &Booth, dice: &mut Dice) -> String {
    let page = booth.page();
    let sent = booth.post.secrets();
    let newest = |length| sent.iter().rev().find(|secret| secret.len() == length).cloned();
    let focused = page.blocks.iter().find_map(|block| match block {
        Block::Field(field) if field.target == page.focus => Some(field),
        _ => None,
    });
    let letters: Option<String> = page.blocks.iter().find_map(|block| match block {
        Block::Challenge(challenge) => Some(challenge.letters.iter().collect()),
        _ => None,
    });
    let Some(field) = focused else {
        return dice.of(&["1", "1", "2", "2", "3", "3", "3", "8", "9"]).to_string();
    };
    let text = match (field.label.key(), &field.control) {
        (_, Control::Choice { .. }) => dice.of(&["1", "2"]),
        ("label-pin", _) => dice.of(&[PIN, "00000000"]),
        ("label-current-clave", _) if dice.below(2) == 0 => return newest(10).unwrap_or_default(),
        ("label-current-clave", _) => dice.of(&[CLAVE, TYPED[0], TYPED[1]]),
        ("label-staff-name", _) => STAFF,
        ("label-password", _) => PASSWORD,
        ("label-totp", _) => return booth.telephone(STAFF),
        ("label-reason", _) => "a prueba",
        ("label-sought", _) => COMPANY,
        // Tab and a blank: *No recuerdo*. It is hidden too while staff look on, and shown again later.
        ("label-answer", _) => dice.of(&[ANSWER, "\t "]),
        // So are codes.
        ("label-code" | "label-undo-code", _) => return newest(8).unwrap_or_default(),
        (_, Control::Hidden { .. }) => TYPED[0],
        ("label-letters", _) => return letters.unwrap_or_default(),
        ("label-company-rut" | "label-rut-of-company", _) => {
            dice.of(&[COMPANY, COMPANY, "50000000-7", "50000000-7", "99999995-6", "99999993-K"])
        }
        ("label-rut", _) if booth.page().place == Msg::PlaceRecover => {
            dice.of(&[COMPANY, COMPANY, "50000000-7", "50000000-7", "99999995-6", "99999993-K"])
        }
        ("label-representative-rut" | "label-rut", _) => {
            dice.of(&["11111111-1", "11111111-1", "12345678-5", "12345678-5", "43333333-0"])
        }
        ("label-serial", _) => dice.of(&["B1C234567", "B1C234567", "123456789"]),
        ("label-comuna", _) => "arica",
        ("label-phone" | "label-fax", _) => "223456789",
        ("label-mobile", _) => "987654321",
        (key, _) if key.ends_with("email") => MAILBOX,
        _ => dice.of(&["Calle", "12"]),
    };
    text.to_string()
}

/// How much text the focused field has.
fn filled_in(page: &Page) -> usize {
    let length = page.blocks.iter().find_map(|block| match block {
        Block::Field(field) if field.target == page.focus => match &field.control {
            Control::Text { value, .. } | Control::Filter { value, .. } => Some(value.chars().count()),
            Control::Hidden { length, .. } => Some(*length),
            _ => None,
        },
        _ => None,
    });
    length.unwrap_or_default()
}

/// Something that nobody expects here.
fn any_reply(dice: &mut Dice) -> Reply {
    match dice.below(9) {
        0 => Reply::StoreDown,
        1 => Reply::RegistryDown(Service::Sii),
        2 => Reply::RegistryDown(Service::RegistroCivil),
        3 => Reply::Refused(Refusal::Wait(Duration::from_secs(5))),
        4 => Reply::Refused(Refusal::TerminalLocked),
        5 => Reply::Refused(Refusal::Mismatch { left: TriesLeft::Number(1) }),
        6 => Reply::CodeDead,
        7 => Reply::CompanyUnknown { listed: None },
        _ => Reply::PinWrong,
    }
}

/// Fills in the focused field, or chooses on a page without one, and presses Enter.
fn writes(booth: &mut Booth, dice: &mut Dice, is_careful: bool) {
    // Sometimes a scripted reply replaces the world's.
    if dice.below(25) == 0 {
        let reply = any_reply(dice);
        booth.replies([reply]);
    }
    if is_careful {
        booth.lets_orders_come();
    }
    let text = sensible(booth, dice);
    if filled_in(&booth.page()) > 0 {
        // What is there is kept, or typed again.
        let taken = dice.below(2) == 0;
        booth.happens(Event::Key(if taken { Key::Enter } else { Key::End }));
        if taken {
            return;
        }
        for _ in 0..filled_in(&booth.page()) {
            booth.happens(Event::Key(Key::Backspace));
        }
    }
    for symbol in text.chars() {
        booth.happens(Event::Key(if symbol == '\t' { Key::Tab } else { Key::Char(symbol) }));
    }
    booth.happens(Event::Key(Key::Enter));
}

/// One touch. Sensible typing gets far; anything else finds the corners.
fn touch(booth: &mut Booth, dice: &mut Dice, is_careful: bool) {
    const KEYS: [Key; 16] = [
        Key::Tab,
        Key::BackTab,
        Key::Up,
        Key::Down,
        Key::Left,
        Key::Right,
        Key::Home,
        Key::End,
        Key::PageUp,
        Key::PageDown,
        Key::Backspace,
        Key::Delete,
        Key::Enter,
        Key::Enter,
        Key::Enter,
        Key::Enter,
    ];
    let most = if is_careful && dice.below(8) > 0 { 12 } else { 40 };
    match dice.below(most) {
        0..=13 => writes(booth, dice, is_careful),
        14..=24 => _ = booth.happens(Event::Key(dice.of(&KEYS))),
        25 => _ = booth.happens(Event::Key(Key::Esc)),
        26..=28 => _ = booth.happens(Event::Key(Key::F(1 + dice.below(12) as u8))),
        29..=30 => {
            _ = booth.happens(Event::Key(Key::Char(dice.of(&['a', 'Ñ', '9', ' ', '李', '\u{202e}']))));
        }
        31 => {
            for symbol in dice.of(&["", "\u{1b}[2J", "99999999-9", "a\tb\r\nc"]).chars() {
                booth.happens(Event::Key(Key::Char(symbol)));
            }
        }
        32..=34 => {
            let target = match dice.below(6) {
                0 => Target::Field(dice.below(8) as u8),
                1 => Target::Choice { field: dice.below(4) as u8, option: dice.below(5) as u8 },
                2 => Target::Button(dice.below(4) as u8),
                3 => Target::Item(dice.below(10) as u8),
                4 => Target::Fact(dice.below(20) as u8),
                _ => Target::Key(Key::F(1 + dice.below(12) as u8)),
            };
            booth.happens(Event::Click(target));
        }
        35 => _ = booth.happens(Event::Resize(Size { columns: 1, rows: 1 })),
        36 => _ = booth.holds_orders(),
        37 => booth.lets_orders_come(),
        38 => _ = booth.passes(dice.of(&[1, 3, 20, 61, 125])),
        _ => _ = booth.runs_courier(),
    }
}

/// Esc always leads to the first page or the menu, within a dozen presses; or to a page that it
/// doesn't leave, such as a receipt, and that F10 ends.
fn leads_home(booth: &mut Booth, seed: u64, step: usize) {
    let is_home = |booth: &Booth| {
        [Msg::AttractHeading, Msg::MenuHeading].into_iter().any(|home| booth.page().heading == home.into())
    };
    for _ in 0..12 {
        if is_home(booth) {
            return;
        }
        let leads_back = booth.page().leads_back;
        booth.happens(Event::Key(if leads_back { Key::Esc } else { Key::F(10) }));
        if !leads_back && booth.page().heading == Msg::EndHeading.into() {
            booth.happens(Event::Key(Key::Char('1')));
        }
    }
    assert!(is_home(booth), "seed {seed}, step {step}: Esc does not lead home from\n{}", booth.read());
}

/// Fails if any of these is anywhere in the text.
fn holds_none(text: &str, secrets: &[String], place: &str, seed: u64, step: usize) {
    for secret in secrets {
        assert!(!text.contains(secret.as_str()), "seed {seed}, step {step}: a secret is in {place}:\n{text}");
    }
}

fn walk(seed: u64) {
    let log = Log::default();
    let _kept = tracing::subscriber::set_default(log.clone());
    let (mut booth, mut dice) = (Booth::with_company(), Dice(seed));
    booth.employs(STAFF, Role::Manager);
    let typed: Vec<String> = TYPED.iter().chain(&[PIN]).map(ToString::to_string).collect();
    let mut shown_ms = 0;
    let mut met = HashSet::new();
    for step in 0..TOUCHES {
        touch(&mut booth, &mut dice, step / 100 % 3 > 0);
        if step % 100 == 0 {
            booth.lets_orders_come();
            booth.runs_courier();
            leads_home(&mut booth, seed, step);
            // A day later nobody is blocked any more.
            booth.passes(if step % 500 == 0 { 86_400 } else { 0 });
        }
        let page = booth.page();
        met.insert(format!("{:?}", page.heading));
        if is_shown(&page) {
            // F3 shows a clave while it is being typed, and for three seconds more.
            shown_ms = booth.now_ms();
        } else if step % DRAWN_EVERY == 0 {
            let minted = booth.post.secrets();
            // Codes from mails are typed in clear; claves are not.
            let keys: Vec<String> = minted.iter().filter(|minted| minted.len() == 10).cloned().collect();
            holds_none(&booth.read(), &[typed.clone(), keys].concat(), "a frame", seed, step);
            let secrets = [typed.clone(), minted, vec![ANSWER.to_string()]].concat();
            holds_none(&format!("{:?}", booth.kiosk), &secrets, "the kiosk's own print", seed, step);
        }
        if step % 500 == 0 {
            booth.passes(3);
            assert!(!is_shown(&booth.page()), "seed {seed}, step {step}: shown since {shown_ms}");
        }
    }
    booth.lets_orders_come();
    let secrets = [typed, booth.post.secrets(), vec![ANSWER.to_string(), MAILBOX.to_string()]].concat();
    holds_none(&log.read(), &secrets, "the log", seed, TOUCHES);
    holds_none(&format!("{:?}", booth.audit()), &secrets, "the audit rows", seed, TOUCHES);
    assert!(booth.events > LEAST_EVENTS, "seed {seed}: {} events are no walk", booth.events);
    assert!(met.len() > LEAST_PAGES, "seed {seed}: the walk met only {met:?}");
}

fn is_shown(page: &Page) -> bool {
    page.blocks.iter().any(|block| {
        matches!(block, Block::Field(field) if matches!(field.control, Control::Hidden { shown: Some(_), .. }))
    })
}

#[test]
fn anything_at_all_one() {
    walk(0x0005_1DEA_11F0_u64);
}

#[test]
fn anything_at_all_two() {
    walk(0x00C0_FFEE_u64);
}

#[test]
fn anything_at_all_three() {
    walk(0x7EA5_1DE5_u64);
}

#[test]
fn anything_at_all_four() {
    walk(20_261_122);
}
