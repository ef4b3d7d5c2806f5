//! What a visit asks of the world, and what it makes of the answers.

use std::time::Instant;

use super::{OfficeRules, Visit, VisitWanted, Waiter};
use crate::effect::{Effect, Refusal, Reply, Ticket};
use crate::flow::Engagement;
use crate::kiosk::screen::ScreenAct;

impl Visit {
    /// Asks it, unless it is what was refused last, word for word.
    pub(super) fn ask(&mut self, effect: Effect, office: &OfficeRules) -> VisitWanted {
        if self.tries.was_refused(&effect) {
            let repeated = ScreenAct::Reply(Reply::Refused(Refusal::Repeated));
            let next = self.scene.act(repeated, &mut self.appearance.language);
            return self.follow(next, office);
        }
        self.tries.is_asked(&effect);
        VisitWanted::Ask(Waiter::Screen, effect)
    }

    /// Whether no letter is typed into a line there, so that one that was typed ahead is meant for none of
    /// its buttons.
    pub(super) fn takes_no_line(&self) -> bool {
        self.scene.told().waits || self.is_at_confirmation()
    }

    fn is_at_confirmation(&self) -> bool {
        self.scene.screen().engagement() == Some(Engagement::Confirmation)
    }

    /// What it wanted was asked under this ticket.
    pub fn has_asked(&mut self, waiter: Waiter, ticket: Ticket, now: Instant) {
        match waiter {
            Waiter::Screen => {
                self.awaited = Some((ticket, now));
                if self.scene.told().waits {
                    self.deafness.has_asked(now);
                }
            }
            Waiter::Staff(act) => self.staff_awaited = Some((ticket, act)),
            Waiter::Nobody => {}
        }
    }

    /// The answer to what was asked under this ticket; one that nobody waits for is dropped.
    pub fn reply(&mut self, ticket: Ticket, reply: Reply, office: &OfficeRules, now: Instant) -> VisitWanted {
        if let Some((_, act)) = self.staff_awaited.take_if(|(awaited, _)| *awaited == ticket) {
            let stood = self.scene.spot();
            let wanted = self.staff_reply(act, reply, office, now);
            if self.scene.spot() != stood {
                self.was_helped_on(now);
            }
            return wanted.with(self.deafness);
        }
        let Some((_, since)) = self.awaited.filter(|(awaited, _)| *awaited == ticket) else {
            return VisitWanted::Nothing;
        };
        self.awaited = None;
        self.turned = 0;
        self.tries.is_answered(&reply);
        // A confirmation that has just come must not be gone before it was read.
        let touched = std::mem::replace(&mut self.last_touch, now);
        let waited_for = self.scene.screen().engagement();
        let next = self.scene.act(ScreenAct::Reply(reply), &mut self.appearance.language);
        let wanted = self.follow(next, office);
        let waits_for = self.scene.screen().engagement();
        match waits_for {
            Some(Engagement::Confirmation) => self.deafness.is_confirmed(now),
            _ => self.deafness.was_answered(since),
        }
        // What a phone does says nothing of who is at the screen, until it brings a file.
        if waited_for == Some(Engagement::WaitingForPhone)
            && matches!(waits_for, Some(Engagement::WaitingForPhone | Engagement::WaitingForFile))
        {
            self.last_touch = touched;
        }
        wanted.with(self.deafness)
    }

    /// Another page has come, for staff did something: it must not be gone before it was read.
    fn was_helped_on(&mut self, now: Instant) {
        self.last_touch = now;
        match self.is_at_confirmation() {
            true => self.deafness.is_confirmed(now),
            false => self.deafness.was_led_on(now),
        }
    }
}
