//! The pure core: one visit, one screen, one deadline. Events go in with the time they happened
//! at; orders for the world, a page and the next deadline come out.

mod attendance;
mod bounce;
mod idle;
mod overlay;
mod panel;
mod screen;
mod staff;
mod tally;
mod view;

use std::time::{Duration, Instant};

use crate::domain::language::Language;
use crate::effect::{Effect, Order, Reply, Ticket};
use crate::event::{Event, Key, Size, Target};
use crate::flow::{Ending, Engagement, Next, Setup};
use crate::form::Touch;
use attendance::Attendance;
use idle::Idle;
pub use idle::{Limit, Limits};
use overlay::{Closed, Overlay};
use screen::Screen;
use tally::Seen;

/// How long F3 shows what is hidden.
const SHOWN: Duration = Duration::from_secs(3);
/// When a waiting page tells again how long it has waited, in seconds.
const WAITED_SECONDS: [u64; 6] = [0, 5, 10, 20, 30, 60];

/// How the visit wants its pages drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Appearance {
    pub language: Language,
    pub high_contrast: bool,
    /// Line by line, for a screen reader.
    pub linear: bool,
}

#[derive(Debug)]
pub struct Kiosk {
    setup: Setup,
    limits: Limits,
    /// What every visit starts with.
    default_appearance: Appearance,
    visit: Visit,
    /// Counts visits: a new number means that screen and scroll-back must be cleared.
    visits: u64,
    tickets: u64,
    now: Instant,
    /// What the world is to hear of visits, and of sessions of staff, that ended.
    farewells: Vec<Order>,
}

/// Everything that one person did; dropped as a whole when they leave.
#[derive(Debug)]
struct Visit {
    appearance: Appearance,
    screen: Screen,
    overlay: Overlay,
    /// What the screen waits for, and since when.
    awaited: Option<(Ticket, Instant)>,
    /// The first touch of it.
    begun: Instant,
    /// What F2, or staff, wait for.
    staff_awaited: Option<Ticket>,
    /// *Modo acompañado*
    staff: Option<Attendance>,
    /// Staff have just left their panel by Esc: once more signs them out.
    panel_left: bool,
    seen: Seen,
    last_touch: Instant,
    /// F8 was pressed.
    more_time: bool,
    shown_until: Option<Instant>,
    /// Until then an Enter was meant for the page before.
    deaf_until: Option<Instant>,
    /// Screenfuls turned back from the focus by *RePág*; any other touch returns to it.
    turned: i8,
}

/// More screenfuls than any page has.
const MOST_TURNED: i8 = 9;

impl Visit {
    fn new(appearance: Appearance, now: Instant) -> Self {
        Visit {
            appearance,
            screen: Screen::default(),
            overlay: Overlay::None,
            awaited: None,
            begun: now,
            staff_awaited: None,
            staff: None,
            panel_left: false,
            seen: Seen::default(),
            last_touch: now,
            more_time: false,
            shown_until: None,
            deaf_until: None,
            turned: 0,
        }
    }

    /// `None` while nobody is here. Whoever only changed how the first page looks, or opened
    /// something over it, was here, and may not leave that to the next person.
    fn engagement(&self, usual: Appearance) -> Option<Engagement> {
        let was_touched = self.overlay.is_open() || self.appearance != usual || self.more_time;
        self.screen.engagement().or(was_touched.then_some(Engagement::NothingTyped))
    }
}

impl Kiosk {
    pub fn new(setup: Setup, appearance: Appearance, now: Instant) -> Self {
        let visit = Visit::new(appearance, now);
        let limits = Limits::default();
        Kiosk {
            setup,
            limits,
            default_appearance: appearance,
            visit,
            visits: 0,
            tickets: 0,
            now,
            farewells: Vec::new(),
        }
    }

    /// The same with the office's own idle limits.
    pub fn with_limits(self, limits: Limits) -> Self {
        Kiosk { limits, ..self }
    }

    pub fn appearance(&self) -> Appearance {
        self.visit.appearance
    }

    /// The number of the visit.
    pub fn visits(&self) -> u64 {
        self.visits
    }

    /// Whether anybody is here.
    pub fn is_at_rest(&self) -> bool {
        self.visit.engagement(self.default_appearance).is_none()
    }

    fn idle(&self) -> Option<Idle> {
        let engagement = self.visit.engagement(self.default_appearance)?;
        Some(Idle::of(&self.limits, engagement, self.visit.more_time))
    }

    /// Takes what happened at `now`; gives what to ask of the world, if anything.
    pub fn update(&mut self, event: Event, now: Instant) -> Option<Order> {
        self.now = now;
        let order = self.take(event);
        self.visit.seen.look(&self.visit.screen);
        order
    }

    /// What the world is to hear besides, once: nobody waits for its answer.
    pub fn farewells(&mut self) -> Vec<Order> {
        std::mem::take(&mut self.farewells)
    }

    fn take(&mut self, event: Event) -> Option<Order> {
        match event {
            Event::Resize(Size { .. }) => None,
            Event::Wake => {
                self.wake();
                None
            }
            Event::Reply(ticket, reply) => self.reply(ticket, reply),
            Event::Key(key) => self.heard(Touch::Key(key)),
            Event::Paste(text) => self.heard(Touch::Text(text)),
            Event::Click(Target::Key(key)) => self.heard(Touch::Key(key)),
            Event::Click(target) => self.heard(Touch::At(target)),
            Event::Stirred => {
                self.is_attended();
                None
            }
        }
    }

    /// Somebody is here. Whether a warning asked for that: then this was the answer.
    fn is_attended(&mut self) -> bool {
        self.wake();
        let was_warned = self.warning().is_some();
        self.visit.last_touch = self.now;
        if self.is_at_rest() {
            self.visit.begun = self.now;
        }
        was_warned
    }

    /// Something from the person. While a warning stands it only says that they are still there.
    fn heard(&mut self, touch: Touch) -> Option<Order> {
        if self.is_attended() {
            return None;
        }
        if let Touch::Key(key @ (Key::PageUp | Key::PageDown)) = touch {
            let by = if key == Key::PageUp { 1 } else { -1 };
            self.visit.turned = (self.visit.turned + by).clamp(-MOST_TURNED, MOST_TURNED);
            return None;
        }
        self.visit.turned = 0;
        if self.is_deaf_to(&touch) {
            return None;
        }
        if std::mem::take(&mut self.visit.panel_left) && touch == Touch::Key(Key::Esc) {
            return self.sign_out();
        }
        match &touch {
            // Nothing hidden is shown while staff look on.
            Touch::Key(Key::F(3)) if self.visit.staff.is_some() => None,
            Touch::Key(Key::F(number)) => match self.function_key(*number) {
                Some(order) => order,
                None => self.pass_on(touch),
            },
            _ => self.pass_on(touch),
        }
    }

    /// The keys that mean the same everywhere. `None`: it is not one of them.
    fn function_key(&mut self, number: u8) -> Option<Option<Order>> {
        let visit = &mut self.visit;
        match number {
            1 => visit.overlay = visit.overlay.toggle_help(),
            2 => return Some(self.call_staff()),
            4 => visit.appearance.high_contrast = !visit.appearance.high_contrast,
            6 => visit.appearance.linear = !visit.appearance.linear,
            7 => visit.appearance.language = visit.appearance.language.other(),
            8 => visit.more_time = true,
            10 => match visit.screen.engagement() {
                Some(Engagement::DataTyped | Engagement::WaitingForPhone | Engagement::WaitingForFile) => {
                    visit.overlay = Overlay::end()
                }
                _ => self.start_visit(),
            },
            12 if matches!(visit.screen, Screen::Attract(_)) && !visit.overlay.is_open() => {
                visit.screen = Screen::Staff(Box::default());
            }
            _ => return None,
        }
        Some(None)
    }

    fn pass_on(&mut self, touch: Touch) -> Option<Order> {
        if self.visit.overlay.is_open() {
            return self.touch_overlay(&touch);
        }
        let before = self.visit.screen.page();
        if touch == Touch::Key(Key::Esc) && !before.leads_back {
            return None;
        }
        let screen = std::mem::take(&mut self.visit.screen);
        let next = screen.press(&touch, &mut self.visit.appearance.language);
        let order = self.follow(next);
        if touch == Touch::Key(Key::Enter) && self.visit.screen.page().heading != before.heading {
            self.was_led_on();
        }
        let until = self.visit.shown_until.unwrap_or(self.now + SHOWN);
        self.visit.shown_until = self.shows_secret().then_some(until);
        order
    }

    fn touch_overlay(&mut self, touch: &Touch) -> Option<Order> {
        let is_panel = matches!(self.visit.overlay, Overlay::Panel(_));
        if let (true, Some(attendance)) = (is_panel, &mut self.visit.staff) {
            attendance.last_act = self.now;
        }
        match self.visit.overlay.touch(touch) {
            Closed::No => None,
            Closed::Yes => {
                // What staff were asked for is not wanted any more.
                self.visit.overlay = Overlay::None;
                self.visit.staff_awaited = None;
                self.visit.panel_left = is_panel && *touch == Touch::Key(Key::Esc);
                None
            }
            Closed::EndVisit => {
                self.start_visit();
                None
            }
            Closed::Wish(wish) => self.wish(*wish),
        }
    }

    fn follow(&mut self, next: Next<Screen>) -> Option<Order> {
        self.visit.deaf_until = None;
        match next {
            Next::Stay(screen) => self.visit.screen = screen,
            Next::Ask(screen, effect) => {
                self.visit.screen = screen;
                let order = self.order(effect);
                self.visit.awaited = Some((order.ticket, self.now));
                self.has_asked();
                return Some(order);
            }
            Next::CallStaff(screen) => {
                self.visit.screen = screen;
                return self.call_staff();
            }
            Next::Leave(Ending::Menu) => self.open(Screen::menu()),
            Next::Leave(Ending::To(workflow)) => self.open(Screen::of(workflow, &self.setup)),
            Next::Leave(Ending::Visit) => self.start_visit(),
        }
        None
    }

    fn open(&mut self, screen: Screen) {
        self.visit.screen = screen;
        self.visit.awaited = None;
    }

    fn order(&mut self, effect: Effect) -> Order {
        self.tickets += 1;
        Order { ticket: Ticket(self.tickets), effect, language: self.visit.appearance.language }
    }

    fn reply(&mut self, ticket: Ticket, reply: Reply) -> Option<Order> {
        // A visit whose time is over, as after the machine slept, is not brought back by an answer.
        self.wake();
        if self.visit.staff_awaited == Some(ticket) {
            self.visit.staff_awaited = None;
            return self.staff_reply(reply);
        }
        if let Some((awaited, since)) = self.visit.awaited
            && awaited == ticket
        {
            self.visit.awaited = None;
            // A confirmation that has just come must not be gone before it was read.
            let touched = std::mem::replace(&mut self.visit.last_touch, self.now);
            let waited_for = self.visit.screen.engagement();
            let screen = std::mem::take(&mut self.visit.screen);
            let order = self.follow(screen.reply(reply));
            let waits_for = self.visit.screen.engagement();
            self.was_answered(since);
            // What a phone does says nothing of who is at the screen, until it brings a file.
            if waited_for == Some(Engagement::WaitingForPhone)
                && matches!(waits_for, Some(Engagement::WaitingForPhone | Engagement::WaitingForFile))
            {
                self.visit.last_touch = touched;
            }
            return order;
        }
        None
    }

    /// Does what time asks for: hides what F3 showed, and ends a visit that nobody attends to.
    fn wake(&mut self) {
        if self.visit.shown_until.is_some_and(|until| until <= self.now) {
            self.conceal();
        }
        if self.idle().is_some_and(|idle| idle.left(self.visit.last_touch, self.now).is_zero()) {
            self.start_visit();
        } else if self.attendance_ends().is_some_and(|end| end <= self.now) {
            let closes = matches!(self.visit.overlay, Overlay::Panel(_));
            let below = if closes { Overlay::None } else { std::mem::take(&mut self.visit.overlay) };
            let order = self.sign_out();
            self.farewells.extend(order);
            self.visit.overlay = below;
        }
    }

    /// Forgets everything; the next person finds the first page.
    pub fn start_visit(&mut self) {
        if self.visit.seen.has_begun() || self.visit.engagement(self.default_appearance).is_some() {
            let effect = self.end_of_visit();
            let order = self.order(effect);
            self.farewells.push(order);
        }
        self.visit = Visit::new(self.default_appearance, self.now);
        self.visits += 1;
    }

    /// Seconds left, if the warning stands.
    fn warning(&self) -> Option<u64> {
        self.idle().and_then(|idle| idle.warning_seconds(self.visit.last_touch, self.now))
    }

    /// When [`Event::Wake`] is next due.
    pub fn deadline(&self) -> Option<Instant> {
        let idle = self.idle().map(|idle| idle.next_change(self.visit.last_touch, self.now));
        let waited = self.visit.awaited.and_then(|(_, since)| {
            let later = WAITED_SECONDS.iter().map(|seconds| since + Duration::from_secs(*seconds));
            later.into_iter().find(|change| *change > self.now)
        });
        [idle, waited, self.visit.shown_until, self.attendance_ends()].into_iter().flatten().min()
    }
}
