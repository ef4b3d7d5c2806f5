//! One visit: everything that one person did, dropped as a whole when they leave. What it wants of
//! the world it hands out as an effect, and says who waits for the answer.

mod asking;
mod reading;
mod staffed;

use std::time::{Duration, Instant};

use super::attendance::{Attendance, beside_staff};
use super::bounce::Deafness;
use super::idle::{self, IdleLimits, IdleState};
use super::last_try::LastTry;
use super::overlay::Overlay;
use super::scene::Scene;
use super::screen::Screen;
use super::tally::VisitTally;
use super::view::{self, KeyContext, WAITED_SECONDS};
use super::wish::Closed;
use crate::domain::language::Language;
use crate::domain::staff::Act;
use crate::effect::{Effect, Ticket};
use crate::event::Key;
use crate::flow::{Ending, Engagement, Next, Setup};
use crate::form::Touch;
use crate::page::{Notice, Page};
use crate::text::Msg;

/// How long F3 shows what is hidden.
const SHOWN: Duration = Duration::from_secs(3);

/// How the visit wants its pages drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Appearance {
    /// The language of all that is said.
    pub language: Language,
    /// F4: white on black.
    pub high_contrast: bool,
    /// Line by line, for a screen reader.
    pub linear: bool,
}

/// What the office set, for every visit alike.
#[derive(Debug)]
pub struct OfficeRules {
    /// What the screens offer.
    pub setup: Setup,
    /// How long a visit may be left alone.
    pub limits: IdleLimits,
    /// How every visit begins.
    pub appearance: Appearance,
    /// For staff to know.
    pub disk_is_full: bool,
}

/// Who waits for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiter {
    /// The screen.
    Screen,
    /// F2, or staff; with the act, if it is one.
    Staff(Option<Act>),
    /// Nobody: the world is only told.
    Nobody,
}

/// What a visit wants after something happened.
#[derive(Debug, PartialEq)]
pub enum VisitWanted {
    /// Nothing.
    Nothing,
    /// To ask something of the world.
    Ask(Waiter, Effect),
    /// To end. The next person is deaf to an Enter that was meant for this one's last page.
    End(Deafness),
}

impl VisitWanted {
    /// What is deaf to an Enter on the last page of a visit is so on the first page of the next one.
    fn with(self, deafness: Deafness) -> Self {
        match self {
            VisitWanted::End(_) => VisitWanted::End(deafness),
            other => other,
        }
    }
}

/// Everything that one person did.
#[derive(Debug)]
pub struct Visit {
    appearance: Appearance,
    scene: Scene,
    overlay: Overlay,
    /// What the screen waits for, and since when.
    awaited: Option<(Ticket, Instant)>,
    tries: LastTry,
    /// The first touch of it.
    begun: Instant,
    /// What F2, or staff, wait for, and the act that it is to answer.
    staff_awaited: Option<(Ticket, Option<Act>)>,
    /// *Modo acompañado*
    staff: Option<Attendance>,
    seen: VisitTally,
    last_touch: Instant,
    /// F8 was pressed.
    more_time: bool,
    shown_until: Option<Instant>,
    deafness: Deafness,
    /// Screenfuls turned back from where the page opens; any other touch returns there.
    turned: i8,
}

impl Visit {
    /// Nobody is here; the first page stands.
    pub fn new(appearance: Appearance, deafness: Deafness, now: Instant) -> Self {
        Visit {
            appearance,
            scene: Scene::default(),
            overlay: Overlay::None,
            awaited: None,
            tries: LastTry::default(),
            begun: now,
            staff_awaited: None,
            staff: None,
            seen: VisitTally::default(),
            last_touch: now,
            more_time: false,
            shown_until: None,
            deafness,
            turned: 0,
        }
    }

    /// How it is drawn.
    pub fn appearance(&self) -> Appearance {
        self.appearance
    }

    /// Until when an Enter is taken for one that was meant for the page before.
    pub fn deaf_until(&self) -> Option<Instant> {
        self.deafness.until()
    }

    /// `None` while nobody is here. Whoever only changed how the first page looks, or opened
    /// something over it, was here, and may not leave that to the next person.
    pub fn engagement(&self, office: &OfficeRules) -> Option<Engagement> {
        let was_touched = self.overlay.is_open() || self.appearance != office.appearance || self.more_time;
        self.scene.screen().engagement().or(was_touched.then_some(Engagement::NothingTyped))
    }

    fn idle(&self, office: &OfficeRules) -> Option<IdleState> {
        Some(IdleState::of(&office.limits, self.engagement(office)?, self.more_time))
    }

    /// Seconds left, if the warning stands.
    fn warning(&self, office: &OfficeRules, now: Instant) -> Option<u64> {
        self.idle(office).and_then(|idle| idle.warning_seconds(self.last_touch, now))
    }

    /// When time next changes something.
    pub fn deadline(&self, office: &OfficeRules, now: Instant) -> Option<Instant> {
        let idle = self.idle(office).map(|idle| idle.next_change(self.last_touch, now));
        let waited = self.awaited.and_then(|(_, since)| {
            let later = WAITED_SECONDS.iter().map(|seconds| since + Duration::from_secs(*seconds));
            later.into_iter().find(|change| *change > now)
        });
        let attendance = self.staff.as_ref().map(|staff| staff.ends(&office.limits));
        [idle, waited, self.shown_until, attendance].into_iter().flatten().min()
    }

    /// Does what time asks for: hides what F3 showed, ends a visit that nobody attends to, signs out
    /// staff who do nothing.
    pub fn wake(&mut self, office: &OfficeRules, now: Instant) -> VisitWanted {
        if self.shown_until.is_some_and(|until| until <= now) {
            self.conceal(office);
        }
        if self.idle(office).is_some_and(|idle| idle.left(self.last_touch, now).is_zero()) {
            return VisitWanted::End(Deafness::default());
        }
        if self.staff.as_ref().is_none_or(|staff| staff.ends(&office.limits) > now) {
            return VisitWanted::Nothing;
        }
        let stays = std::mem::take(&mut self.overlay);
        let wanted = self.sign_out();
        if !stays.is_panel() {
            self.overlay = stays;
        }
        wanted
    }

    /// Notes presence; true if a warning stood.
    pub fn is_attended(&mut self, office: &OfficeRules, now: Instant) -> bool {
        let was_warned = self.warning(office, now).is_some();
        self.last_touch = now;
        if self.engagement(office).is_none() {
            self.begun = now;
        }
        was_warned
    }

    /// Something from the person. While a warning stands it only says that they are still there, unless
    /// it is a letter in a line: a card reader would lose its first.
    pub fn heard(&mut self, touch: Touch, office: &OfficeRules, now: Instant) -> VisitWanted {
        let is_letter = matches!(touch, Touch::Key(Key::Char(_)));
        let is_typed = is_letter && !self.overlay.is_open() && self.scene.told().is_typed_on;
        if self.is_attended(office, now) && !is_typed {
            return VisitWanted::Nothing;
        }
        if self.turns_page(&touch) {
            return VisitWanted::Nothing;
        }
        if !self.overlay.is_open() && self.deafness.is_meant(&touch, self.takes_no_line(), now) {
            return VisitWanted::Nothing;
        }
        match &touch {
            // Nothing hidden is shown while staff look on.
            Touch::Key(Key::F(3)) if self.staff.is_some() => VisitWanted::Nothing,
            Touch::Key(Key::F(number)) => match self.function_key(*number) {
                Some(wanted) => wanted,
                None => self.pass_on(&touch, office, now),
            },
            _ => self.pass_on(&touch, office, now),
        }
    }

    /// The keys that mean the same everywhere. `None`: it is not one of them.
    fn function_key(&mut self, number: u8) -> Option<VisitWanted> {
        match number {
            1 => self.overlay = self.overlay.toggle_help(),
            2 => return Some(self.staff_key()),
            4 => self.appearance.high_contrast = !self.appearance.high_contrast,
            6 => self.appearance.linear = !self.appearance.linear,
            7 => self.appearance.language = self.appearance.language.other(),
            8 => self.more_time = true,
            10 => match self.scene.screen().engagement() {
                Some(Engagement::DataTyped | Engagement::WaitingForPhone | Engagement::WaitingForFile) => {
                    self.overlay = Overlay::end(match self.scene.screen() {
                        Screen::Settlement(_) => Msg::EndHintSettlement,
                        _ => Msg::EndHint,
                    });
                }
                _ => return Some(VisitWanted::End(Deafness::default())),
            },
            12 if matches!(self.scene.screen(), Screen::Attract(_)) && !self.overlay.is_open() => {
                self.scene.show(Screen::Staff(Box::default()));
            }
            _ => return None,
        }
        Some(VisitWanted::Nothing)
    }

    fn pass_on(&mut self, touch: &Touch, office: &OfficeRules, now: Instant) -> VisitWanted {
        if self.overlay.is_open() {
            return self.touch_overlay(touch, now);
        }
        if *touch == Touch::Key(Key::Esc) && !self.scene.told().leads_back {
            return VisitWanted::Nothing;
        }
        let spot = self.scene.spot();
        let next = self.scene.press(touch, &mut self.appearance.language);
        let wanted = self.follow(next, office);
        if self.staff.is_some() {
            self.tell_scene(&Touch::Veil, office);
        }
        if *touch == Touch::Key(Key::Enter) && self.scene.spot() != spot {
            self.deafness.was_led_on(now);
        }
        let until = self.shown_until.unwrap_or(now + SHOWN);
        self.shown_until = self.scene.told().shows_secret.then_some(until);
        wanted.with(self.deafness)
    }

    fn touch_overlay(&mut self, touch: &Touch, now: Instant) -> VisitWanted {
        match self.overlay.touch(touch) {
            Closed::No => VisitWanted::Nothing,
            Closed::Yes => {
                // What staff were asked for is not wanted any more.
                self.overlay = Overlay::None;
                self.staff_awaited = None;
                VisitWanted::Nothing
            }
            Closed::EndVisit => VisitWanted::End(Deafness::default()),
            Closed::Wish(wish) => self.wish(*wish, now),
        }
    }

    fn follow(&mut self, next: Next<Screen>, office: &OfficeRules) -> VisitWanted {
        self.deafness = Deafness::default();
        match next {
            Next::Stay(screen) => self.scene.show(screen),
            Next::Ask(screen, effect) => {
                self.scene.show(screen);
                return self.ask(effect, office);
            }
            Next::CallStaff(screen) => {
                self.scene.show(screen);
                return self.call_staff();
            }
            Next::Leave(ending) => {
                let screen = match ending {
                    Ending::Menu => Screen::menu(),
                    Ending::To(workflow) => Screen::of(workflow, &office.setup),
                    Ending::ToWith(workflow, company) => Screen::with(workflow, company, &office.setup),
                    Ending::Visit => return VisitWanted::End(Deafness::default()),
                };
                self.scene.show(screen);
                self.awaited = None;
            }
        }
        VisitWanted::Nothing
    }

    /// Hides what F3 showed.
    fn conceal(&mut self, office: &OfficeRules) {
        self.shown_until = None;
        self.tell_scene(&Touch::Conceal, office);
    }

    /// Tells it what leads nowhere.
    fn tell_scene(&mut self, touch: &Touch, office: &OfficeRules) {
        let next = self.scene.press(touch, &mut self.appearance.language);
        self.follow(next, office);
    }

    /// What is in sight: the workflow's page or what lies over it, with the notice above and the keys
    /// beneath. What it is a step of counts for the day's figures.
    pub fn page(&mut self, office: &OfficeRules, now: Instant) -> Page {
        self.seen.look(&self.scene);
        let own = self.scene.take_page();
        let own = if self.staff.is_some() { beside_staff(own) } else { own };
        let mut page = self.overlay.over(own, self.staff.is_some());
        if let Some((_, since)) = self.awaited {
            view::tell_how_long(&mut page, now.saturating_duration_since(since));
        }
        let warning = self.warning(office, now).zip(self.engagement(office));
        let warning =
            warning.map(|(left, engagement)| Notice { says: idle::warning(engagement, left), urgent: true });
        let is_staffs = matches!(self.scene.screen(), Screen::Staff(_)) || self.overlay.is_panel();
        let full = (is_staffs && office.disk_is_full).then_some(Notice { says: Msg::DiskFull, urgent: true });
        page.notice = warning.or(full).or_else(|| self.staff.as_ref().map(Attendance::notice));
        let standing = KeyContext {
            at_rest: self.engagement(office).is_none(),
            more_time: self.more_time,
            accompanied: self.staff.is_some(),
        };
        page.assistance = Some(view::assistance(standing));
        page.keys = view::keys(&page, standing);
        page.turned = self.turned;
        page
    }

    /// What the world is to hear of its end; `None` where nobody was here.
    pub fn farewell(&self, office: &OfficeRules, now: Instant) -> Option<Effect> {
        if !self.seen.has_begun() && self.engagement(office).is_none() {
            return None;
        }
        let beside = self.staff.as_ref().map(|attendance| &attendance.session);
        let session = beside.or(self.seen.session()).cloned().map(Box::new);
        let lasted = now.saturating_duration_since(self.begun);
        Some(Effect::EndVisit { ending: self.seen.ending(), lasted, session })
    }
}
