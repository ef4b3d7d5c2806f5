//! What the kiosk asks for: carried out at once, held back, or answered by the test.

use std::collections::VecDeque;

use totem::domain::language::Language;
use totem::effect::facilitator::FacilitatorEffect;
use totem::effect::{Effect, Order, Reply, Ticket};
use totem::event::Event;

use super::Booth;

impl Booth {
    pub(super) fn carry_out(&mut self, order: Order) -> Option<Order> {
        if matches!(order.effect, Effect::Facilitator(FacilitatorEffect::AwaitPhone(_))) {
            self.awaits_phone = Some(order);
            return None;
        }
        let Order { ticket, effect, language } = order;
        let reply = match self.scripted.pop_front() {
            Some(reply) => reply,
            None if self.is_cut_off_now() => return self.is_cut_off(ticket, effect, language),
            None => self.runtime.block_on(self.desk.perform(effect, language)),
        };
        self.answers(ticket, reply)
    }

    /// Delivers the reply; returns what the kiosk asks for next.
    pub(super) fn answers(&mut self, ticket: Ticket, reply: Reply) -> Option<Order> {
        let next = self.kiosk.update(Event::Reply(ticket, reply), self.now());
        self.says_farewell();
        next
    }

    /// Reports visits and sessions that ended, as the real kiosk does.
    pub(super) fn says_farewell(&mut self) {
        for order in self.kiosk.farewells() {
            self.runtime.block_on(self.desk.perform(order.effect, order.language));
        }
    }

    /// Asks the desk itself, bypassing the screens.
    pub fn performs(&self, effect: Effect) -> Reply {
        self.runtime.block_on(self.desk.perform(effect, Language::Es))
    }

    /// From here on orders are held back, and nothing answers.
    pub fn holds_orders(&mut self) -> &mut Self {
        self.held = Some(VecDeque::new());
        self
    }

    /// Carries out the held orders, the oldest first, and stops holding.
    pub fn lets_orders_go(&mut self) -> &mut Self {
        self.lets_orders_come();
        self.look()
    }

    /// The same, without checking the page.
    pub fn lets_orders_come(&mut self) {
        for order in self.held.take().unwrap_or_default() {
            let mut next = self.carry_out(order);
            while let Some(order) = next {
                self.asked.push(order.effect.clone());
                next = self.carry_out(order);
            }
        }
    }

    /// The next replies, whatever is asked.
    pub fn replies(&mut self, replies: impl IntoIterator<Item = Reply>) -> &mut Self {
        self.scripted.extend(replies);
        self
    }
}
