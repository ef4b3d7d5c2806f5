//! The pure core: one visit, one screen, one deadline. Events go in with the time they happened
//! at; orders for the world, a page and the next deadline come out.

mod attendance;
mod bounce;
mod idle;
mod last_try;
mod out_of_service;
mod overlay;
mod panel;
mod preparing;
mod scene;
mod screen;
mod staff;
mod tally;
#[cfg(test)]
mod tests;
mod view;
mod visit;
mod wish;

use std::time::Instant;

use crate::effect::{Effect, Order, Ticket};
use crate::event::{Event, Outage, Target};
use crate::flow::Setup;
use crate::form::Touch;
use crate::page::Page;
use bounce::Deafness;
pub use idle::{IdleLimit, IdleLimits};
pub use overlay::help_over;
use scene::UnprintedPage;
pub use visit::Appearance;
use visit::{OfficeRules, Visit, VisitWanted};

/// Whether what somebody does here can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Readiness {
    /// It can.
    Open,
    /// What is behind the screen is still being opened, and nothing is taken.
    BeingPrepared,
    /// It can't, any more. Whoever is here is told by the page that they are on; nobody begins anew.
    OutOfService(Outage),
}

/// One terminal's visits, one after the other.
#[derive(Debug)]
pub struct Kiosk {
    office: OfficeRules,
    readiness: Readiness,
    visit: Visit,
    /// What is in sight, composed once an event.
    page: UnprintedPage,
    edition: u64,
    visits: u64,
    tickets: u64,
    now: Instant,
    /// What the world is to hear of visits, and of sessions of staff, that ended.
    farewells: Vec<Order>,
}

impl Kiosk {
    /// With nobody there yet. `appearance` is what every visit begins with.
    pub fn new(setup: Setup, appearance: Appearance, now: Instant) -> Self {
        let office = OfficeRules { setup, limits: IdleLimits::default(), appearance, disk_is_full: false };
        let mut visit = Visit::new(appearance, Deafness::default(), now);
        let page = UnprintedPage(visit.page(&office, now));
        let readiness = Readiness::Open;
        Kiosk {
            office,
            readiness,
            visit,
            page,
            edition: 0,
            visits: 0,
            tickets: 0,
            now,
            farewells: Vec::new(),
        }
    }

    /// The same with the office's own idle limits.
    pub fn with_limits(mut self, limits: IdleLimits) -> Self {
        self.office.limits = limits;
        self
    }

    /// How the visit wants its pages drawn.
    pub fn appearance(&self) -> Appearance {
        self.visit.appearance()
    }

    /// The number of the visit: a new one means that screen and scroll-back must be cleared.
    pub fn visits(&self) -> u64 {
        self.visits
    }

    /// What is in sight.
    pub fn page(&self) -> &Page {
        &self.page.0
    }

    /// The number of the page: a new one means that another page, or the same in another
    /// appearance, is to be drawn.
    pub fn edition(&self) -> u64 {
        self.edition
    }

    /// Whether nobody is here.
    pub fn is_at_rest(&self) -> bool {
        self.visit.engagement(&self.office).is_none()
    }

    /// Until when an Enter is taken for one that was meant for the page before.
    pub fn deaf_until(&self) -> Option<Instant> {
        self.visit.deaf_until()
    }

    /// Takes what happened at `now`; gives what to ask of the world, if anything.
    pub fn update(&mut self, event: Event, now: Instant) -> Option<Order> {
        self.now = now;
        let appearance = self.appearance();
        let order = match event {
            Event::Resize(_) => None,
            Event::DiskFull(is_full) => {
                self.office.disk_is_full = is_full;
                None
            }
            Event::OutOfService(outage) => {
                self.readiness = Readiness::OutOfService(outage);
                None
            }
            _ if self.readiness == Readiness::BeingPrepared || self.outage().is_some() => None,
            event => {
                self.wake();
                let wanted = self.take(event);
                self.give(wanted)
            }
        };
        self.compose(appearance);
        order
    }

    /// Why nothing that is done here is taken: nobody is here, and nobody can begin.
    fn outage(&self) -> Option<Outage> {
        match self.readiness {
            Readiness::OutOfService(outage) if self.is_at_rest() => Some(outage),
            Readiness::OutOfService(_) | Readiness::BeingPrepared | Readiness::Open => None,
        }
    }

    /// What the world is to hear besides, once: nobody waits for its answer.
    pub fn farewells(&mut self) -> Vec<Order> {
        std::mem::take(&mut self.farewells)
    }

    /// Forgets everything; the next person finds the first page.
    pub fn start_visit(&mut self) {
        let appearance = self.appearance();
        self.begin(Deafness::default());
        self.compose(appearance);
    }

    /// What is behind the screen takes its time: a page says so, and nothing is taken, until
    /// [`Kiosk::open`].
    pub fn prepare(&mut self, now: Instant) {
        self.becomes(Readiness::BeingPrepared, now);
    }

    /// The first page, for whoever comes.
    pub fn open(&mut self, now: Instant) {
        self.becomes(Readiness::Open, now);
    }

    fn becomes(&mut self, readiness: Readiness, now: Instant) {
        let appearance = self.appearance();
        (self.readiness, self.now) = (readiness, now);
        self.compose(appearance);
    }

    /// When [`Event::Wake`] is next due.
    pub fn deadline(&self) -> Option<Instant> {
        self.visit.deadline(&self.office, self.now)
    }

    /// Time passes before anything else: a visit that is over, as after the machine slept, is not
    /// brought back by a key or an answer.
    fn wake(&mut self) {
        match self.visit.wake(&self.office, self.now) {
            VisitWanted::Nothing => {}
            VisitWanted::Ask(_, effect) => {
                let order = self.order(effect);
                self.farewells.push(order);
            }
            VisitWanted::End(deafness) => self.begin(deafness),
        }
    }

    fn take(&mut self, event: Event) -> VisitWanted {
        let (office, now) = (&self.office, self.now);
        let touch = match event {
            Event::Resize(_) | Event::Wake | Event::DiskFull(_) | Event::OutOfService(_) => {
                return VisitWanted::Nothing;
            }
            Event::Reply(ticket, reply) => return self.visit.reply(ticket, reply, office, now),
            Event::Stirred => {
                self.visit.is_attended(office, now);
                return VisitWanted::Nothing;
            }
            Event::ReadOn(key) => {
                self.visit.reads_on(key, office, now);
                return VisitWanted::Nothing;
            }
            Event::Key(key) | Event::Click(Target::Key(key)) => Touch::Key(key),
            Event::Click(target) => Touch::At(target),
        };
        self.visit.heard(touch, office, now)
    }

    /// Gives the visit what it wants.
    fn give(&mut self, wanted: VisitWanted) -> Option<Order> {
        match wanted {
            VisitWanted::Nothing => None,
            VisitWanted::End(deafness) => {
                self.begin(deafness);
                None
            }
            VisitWanted::Ask(waiter, effect) => {
                let order = self.order(effect);
                self.visit.has_asked(waiter, order.ticket, self.now);
                Some(order)
            }
        }
    }

    fn begin(&mut self, deafness: Deafness) {
        if let Some(effect) = self.visit.farewell(&self.office, self.now) {
            let order = self.order(effect);
            self.farewells.push(order);
        }
        self.visit = Visit::new(self.office.appearance, deafness, self.now);
        self.visits += 1;
    }

    fn order(&mut self, effect: Effect) -> Order {
        self.tickets += 1;
        Order { ticket: Ticket(self.tickets), effect, language: self.appearance().language }
    }

    /// Composes the page and keeps it; `before` is how the last one was drawn.
    fn compose(&mut self, before: Appearance) {
        let page = UnprintedPage(match (self.readiness, self.outage()) {
            (Readiness::BeingPrepared, _) => preparing::page(),
            (_, Some(outage)) => out_of_service::page(outage),
            (_, None) => self.visit.page(&self.office, self.now),
        });
        if page != self.page || before != self.appearance() {
            self.page = page;
            self.edition += 1;
        }
    }
}
