//! A booth without a terminal: the kiosk, the desk behind it over a store in memory and the demo
//! world, the courier, and a clock that the test owns. The test types and waits as a person would,
//! and reads the screen and the mailboxes. Every page it meets is checked as it is drawn.

mod behind;
mod clocks;
mod cut_off;
mod laws;
mod orders;
mod phone;
mod post;
mod registers;
mod screens;
mod staff;
mod stored;
mod world;

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use totem::audit::Entry;
use totem::caretaker::Caretaker;
use totem::caretaker::pending::PendingChecks;
use totem::desk::Desk;
use totem::domain::deed::{Action, Outcome};
use totem::domain::language::Language;
use totem::effect::{Effect, Order, Reply};
use totem::event::{Event, Key, Target};
use totem::flow::Setup;
use totem::kiosk::{Appearance, Kiosk};
use totem::page::{Block, Page};
use totem::store::records::Records;
use totem::text::{Msg, Sentences};

pub use cut_off::{Cut, CutOff};
pub use phone::Phone;
pub use post::Post;
pub use staff::PASSWORD;
pub use stored::Office;
use stored::StoreFault;
pub use world::{
    ANSWER, CLAVE, COMPANY, Company, Drawing, MAILBOX, MOBILE, OWN_MAILBOX, Outside, PIN, Terminal,
    answer_floor, questions,
};

/// 22 November 2026, noon in UTC.
pub const NOON_MS: u64 = 1_795_348_800_000;

pub struct Booth {
    pub kiosk: Kiosk,
    pub post: Arc<Post>,
    pub records: Records,
    store: Arc<stored::Store>,
    desk: Arc<Desk>,
    registers: Arc<registers::Registers>,
    caretaker: Caretaker,
    pending: PendingChecks,
    runtime: Runtime,
    started: Instant,
    clock_ms: Arc<AtomicU64>,
    /// By which the wall clock is wrong.
    wrong_ms: Arc<AtomicI64>,
    sentences: [Sentences; 2],
    /// Orders that the test holds back.
    held: Option<VecDeque<Order>>,
    /// Waits for a phone; it is only answered when the test says so.
    awaits_phone: Option<Order>,
    /// Replies to give instead of the world's.
    scripted: VecDeque<Reply>,
    /// When the office's store goes out of reach, if it does.
    cut_off: Option<CutOff>,
    /// Effects that were asked for, the newest last.
    pub asked: Vec<Effect>,
    /// Key presses that were not data: each page is allowed only so many.
    pub strokes: usize,
    /// Every event.
    pub events: usize,
}

impl Booth {
    /// An empty store, and nobody there.
    pub fn new() -> Self {
        Self::over(Outside::default())
    }

    /// The same with outside services.
    pub fn over(outside: Outside) -> Self {
        let clock_ms = Arc::new(AtomicU64::new(NOON_MS));
        let post = Arc::new(Post::default());
        let wrong_ms = outside.wrong_ms.clone();
        let world = world::World::new(clock_ms.clone(), post.clone(), outside);
        let started = Instant::now();
        let setup = Setup { questions: questions() };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime needs nothing but memory");
        if let Some(server) = world.phones {
            runtime.spawn(server.run(std::future::pending()));
        }
        Booth {
            kiosk: Kiosk::new(setup, Appearance::default(), started),
            post,
            records: world.records,
            store: world.store,
            desk: Arc::new(world.desk),
            registers: world.registers,
            caretaker: world.caretaker,
            pending: world.pending,
            runtime,
            started,
            clock_ms,
            wrong_ms,
            sentences: Language::ALL.map(Sentences::screens),
            held: None,
            awaits_phone: None,
            scripted: VecDeque::new(),
            cut_off: None,
            asked: Vec::new(),
            strokes: 0,
            events: 0,
        }
    }

    /// With one company that has a clave, as [`Company::default`] describes it.
    pub fn with_company() -> Self {
        Self::new().knows(Company::default())
    }

    /// Puts a company's account into the store.
    pub fn knows(self, company: Company) -> Self {
        self.runtime.block_on(company.enter(&self.records, self.now_ms()));
        self
    }

    pub fn now_ms(&self) -> u64 {
        self.clock_ms.load(Ordering::SeqCst)
    }

    fn now(&self) -> Instant {
        self.started + Duration::from_millis(self.now_ms() - NOON_MS)
    }

    /// The current page.
    pub fn page(&self) -> Page {
        self.kiosk.page().clone()
    }

    /// Delivers an event, carries out what the kiosk asks for, and delivers the reply.
    pub fn happens(&mut self, event: Event) -> &mut Self {
        self.events += 1;
        let mut order = self.kiosk.update(event, self.now());
        self.says_farewell();
        while let Some(asked) = order {
            self.asked.push(asked.effect.clone());
            order = match &mut self.held {
                Some(held) => {
                    held.push_back(asked);
                    None
                }
                None => self.carry_out(asked),
            };
        }
        self
    }

    /// Types: `⏎` is Enter, `⇥` Tab, `␛` Esc. These count as strokes; everything else is data.
    pub fn types(&mut self, text: &str) -> &mut Self {
        for character in text.chars() {
            let key = match character {
                '⏎' => Key::Enter,
                '⇥' => Key::Tab,
                '␛' => Key::Esc,
                other => Key::Char(other),
            };
            self.strokes += usize::from(!matches!(key, Key::Char(_)));
            if key == Key::Enter {
                self.reads();
            }
            self.happens(Event::Key(key));
        }
        self.look()
    }

    /// A person takes in a new page before they press Enter, unless it is only a waiting page.
    fn reads(&mut self) {
        let waits = self.page().blocks.iter().any(|block| matches!(block, Block::Waiting { .. }));
        if let (false, Some(until)) = (waits, self.kiosk.deaf_until()) {
            let read_ms = NOON_MS + (until - self.started).as_millis() as u64;
            self.clock_ms.fetch_max(read_ms, Ordering::SeqCst);
        }
    }

    /// Whether a receipt stands, with its folio.
    fn is_at_receipt(&self) -> bool {
        self.page().blocks.iter().any(|block| matches!(block, Block::Qr { .. }))
    }

    /// Presses keys that are not data: they choose, move or call.
    pub fn presses(&mut self, keys: impl IntoIterator<Item = Key>) -> &mut Self {
        for key in keys {
            self.strokes += 1;
            if key == Key::Enter || matches!(key, Key::Char(_)) && self.is_at_receipt() {
                self.reads();
            }
            self.happens(Event::Key(key));
        }
        self.look()
    }

    /// Chooses by number, space or arrows, letter by letter.
    pub fn chooses(&mut self, keys: &str) -> &mut Self {
        self.presses(keys.chars().map(Key::Char))
    }

    pub fn clicks(&mut self, target: Target) -> &mut Self {
        self.happens(Event::Click(target)).look()
    }

    /// Clicks the button or entry with this text.
    pub fn clicks_on(&mut self, label: &Msg) -> &mut Self {
        let page = self.page();
        let found = page.blocks.iter().find_map(|block| match block {
            Block::Buttons(buttons) => {
                buttons.iter().find(|button| button.label == *label).map(|button| button.target)
            }
            Block::Menu(items) => items.iter().find(|item| item.label == *label).map(|item| item.target),
            _ => None,
        });
        let target = found.unwrap_or_else(|| panic!("no {} on this page:\n{}", label.key(), self.read()));
        self.clicks(target)
    }

    /// Nobody touches anything for this long; the kiosk is woken whenever it asked to be.
    pub fn waits(&mut self, seconds: u64) -> &mut Self {
        self.passes(seconds).look()
    }

    /// The same, without checking the page.
    pub fn passes(&mut self, seconds: u64) -> &mut Self {
        let until_ms = self.now_ms() + seconds * 1000;
        while let Some(deadline) = self.kiosk.deadline() {
            let due_ms = NOON_MS + (deadline - self.started).as_millis() as u64;
            if due_ms > until_ms {
                break;
            }
            self.clock_ms.fetch_max(due_ms, Ordering::SeqCst);
            self.happens(Event::Wake);
        }
        self.clock_ms.store(until_ms, Ordering::SeqCst);
        self
    }

    /// This long passes with the person there: a key without meaning shows their presence.
    pub fn stays(&mut self, seconds: u64) -> &mut Self {
        for _ in 0..seconds / 30 {
            self.waits(30).happens(Event::Key(Key::F(13)));
        }
        self.waits(seconds % 30)
    }

    /// Answers the challenge on the page, without Enter.
    pub fn letters(&mut self) -> &mut Self {
        let letters = self.challenge();
        self.types(&letters)
    }

    /// The letters on the page.
    pub fn challenge(&self) -> String {
        let found = self.page().blocks.into_iter().find_map(|block| match block {
            Block::Challenge(challenge) => Some(challenge.letters.iter().collect()),
            _ => None,
        });
        found.unwrap_or_else(|| panic!("no letters on this page:\n{}", self.read()))
    }

    /// The folio on the page.
    pub fn folio(&self) -> String {
        let found = self.page().blocks.into_iter().find_map(|block| match block {
            Block::Qr { content, .. } => Some(content),
            _ => None,
        });
        found.unwrap_or_else(|| panic!("no folio on this page:\n{}", self.read()))
    }

    pub fn says(&self, msg: &Msg) -> String {
        let language = self.kiosk.appearance().language;
        let place = Language::ALL.iter().position(|known| *known == language);
        self.sentences[place.unwrap_or_default()].say(msg)
    }

    /// Fails unless this text is on the page, wherever its lines break.
    pub fn sees(&mut self, text: &str) -> &mut Self {
        assert!(self.shows(text), "{text:?} is not on this page:\n{}", self.read());
        self
    }

    /// In an error, the page starts it with a capital.
    pub fn sees_msg(&mut self, msg: &Msg) -> &mut Self {
        let text = self.says(msg);
        let mut rest = text.chars();
        let sentence: String = rest.next().into_iter().flat_map(char::to_uppercase).chain(rest).collect();
        self.sees(if self.shows(&sentence) { &sentence } else { &text })
    }

    pub fn sees_not(&mut self, text: &str) -> &mut Self {
        assert!(!self.shows(text), "{text:?} is on this page:\n{}", self.read());
        self
    }

    pub fn shows(&self, text: &str) -> bool {
        let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        squeeze(&self.read()).contains(&squeeze(text))
    }

    /// Fails unless the page has this heading.
    pub fn is_at(&mut self, heading: &Msg) -> &mut Self {
        let text = self.says(heading);
        let page = self.page();
        assert_eq!(page.heading, heading.clone().into(), "not at {text:?}:\n{}", self.read());
        self
    }

    /// Nobody is here, and the first page is shown.
    pub fn is_at_rest(&mut self) -> &mut Self {
        assert!(self.kiosk.is_at_rest(), "somebody is here:\n{}", self.read());
        self.is_at(&Msg::AttractHeading)
    }

    /// Sets whether the store can save.
    pub fn store_is_down(&mut self, down: bool) -> &mut Self {
        self.store.set(if down { StoreFault::Full } else { StoreFault::None });
        self
    }

    /// Sets whether the store writes without saying so.
    pub fn store_is_silent(&mut self, silent: bool) -> &mut Self {
        self.store.set(if silent { StoreFault::Silent } else { StoreFault::None });
        self
    }

    /// Sends what is due now.
    pub fn runs_courier(&mut self) -> &mut Self {
        loop {
            let step = self.runtime.block_on(self.caretaker_looks()).expect("the store is up");
            if step.brought_up == 0 {
                return self;
            }
        }
    }

    /// Every row of the audit log so far; its chain is checked.
    pub fn audit(&self) -> Vec<Entry> {
        self.runtime.block_on(async {
            let verified = self.records.verify_audit().await.expect("the store is up");
            verified.expect("the chain holds");
            let mut rows = Vec::new();
            loop {
                let after = rows.last().map_or(0, |(row, _): &(totem::audit::Row, Entry)| row.sequence);
                let more = self.records.audit_rows(after, 200).await.expect("the store is up");
                if more.is_empty() {
                    return rows.into_iter().map(|(_, entry)| entry).collect();
                }
                rows.extend(more);
            }
        })
    }

    /// What the audit log says of the person's and the courier's acts, in order.
    pub fn audited(&self) -> Vec<(Action, Outcome)> {
        self.audit().into_iter().map(|entry| (entry.action, entry.outcome)).collect()
    }

    /// From the first page into a task, by its number in the menu.
    pub fn enters(&mut self, number: &str) -> &mut Self {
        self.types("⏎").is_at(&Msg::MenuHeading).chooses(number)
    }

    /// Something that staff do at the desk, or a look into the store.
    pub fn runs<T>(&self, work: impl AsyncFnOnce(&Desk) -> T) -> T {
        self.runtime.block_on(work(&self.desk))
    }

    /// Ends the visit from any page.
    pub fn leaves(&mut self) -> &mut Self {
        self.presses([Key::F(10)]);
        if !self.kiosk.is_at_rest() {
            self.is_at(&Msg::EndHeading).types("1");
        }
        self.is_at_rest()
    }
}
