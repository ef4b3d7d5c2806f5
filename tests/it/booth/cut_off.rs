//! The store that the office's terminals share goes out of reach at one question of a visit, and is back when
//! the person asks again.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use totem::domain::language::Language;
use totem::effect::{Effect, LastAsked, OfficeAway, Order, Reply, Ticket};
use totem::event::{Event, Key};
use totem::store::outage::LineOutage;
use totem::text::Msg;

use super::Booth;
use super::stored::StoreFault;

/// How it goes out of reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Nothing reaches it.
    Before,
    /// It writes, and the answer is lost.
    After,
}

/// At which question, the first of them 0.
#[derive(Debug)]
pub struct CutOff {
    pub at: usize,
    pub cut: Cut,
    asked: usize,
    /// Whether anybody was told of it.
    pub was_told: bool,
}

impl Booth {
    /// The store is shared, and goes out of reach at this question.
    pub fn is_cut_off_at(&mut self, at: usize, cut: Cut) -> &mut Self {
        let clock_ms = self.clock_ms.clone();
        self.store.is_shared(LineOutage::new(Arc::new(move || clock_ms.load(Ordering::SeqCst))));
        self.cut_off = Some(CutOff { at, cut, asked: 0, was_told: false });
        self
    }

    /// How that went: how many questions there were, and whether anybody was told.
    pub fn cut_off(&self) -> (usize, bool) {
        self.cut_off.as_ref().map_or((0, false), |cut_off| (cut_off.asked, cut_off.was_told))
    }

    pub(super) fn is_cut_off_now(&mut self) -> bool {
        let Some(cut_off) = &mut self.cut_off else { return false };
        cut_off.asked += 1;
        cut_off.asked == cut_off.at + 1
    }

    /// Who is told of it presses *Reintentar*.
    pub(super) fn is_cut_off(&mut self, ticket: Ticket, effect: Effect, language: Language) -> Option<Order> {
        let CutOff { cut, .. } = *self.cut_off.as_ref()?;
        self.store.set(match cut {
            Cut::Before => StoreFault::Away,
            Cut::After => StoreFault::Silent,
        });
        let reply = self.runtime.block_on(self.desk.perform(effect, language));
        self.store.set(StoreFault::None);
        let Reply::OfficeAway(OfficeAway { last, .. }) = reply else { return self.answers(ticket, reply) };
        assert_eq!(last == LastAsked::Unsure, cut == Cut::After);
        let next = self.answers(ticket, reply);
        if self.page().heading != Msg::StopOfficeHeading.into() {
            // On the panel of staff, or behind the page.
            return next;
        }
        // It is nine in Santiago.
        self.sees("09:0");
        self.cut_off.as_mut().expect("it is cut off").was_told = true;
        self.reads();
        self.kiosk.update(Event::Key(Key::Enter), self.now())
    }
}
