//! Enter pressed twice, by a hand that bounces or out of impatience: the second one was meant for
//! the page before, and does nothing on the one that has just come. So it is with what is typed
//! ahead while a page only waits.

use std::time::{Duration, Instant};

use super::Kiosk;
use crate::event::Key;
use crate::flow::Engagement;
use crate::form::Touch;
use crate::page::Block;

/// How long after a question an Enter is the one that asked it: it would answer *Volver* on the
/// page that waits, and what was typed hidden would be gone.
const ASKED_TWICE: Duration = Duration::from_secs(1);
/// How long a confirmation that has just come stays, which else would be gone unread.
const UNREAD: Duration = Duration::from_millis(500);
/// The same for any other page: no field is skipped, and no button pressed that nobody has seen.
const BOUNCED: Duration = Duration::from_millis(250);

impl Kiosk {
    /// Until when an Enter is taken for one that was meant for the page before.
    pub fn deaf_until(&self) -> Option<Instant> {
        self.visit.deaf_until
    }

    pub(super) fn is_deaf_to(&self, touch: &Touch) -> bool {
        let is_deaf = self.visit.deaf_until.is_some_and(|until| self.now < until);
        let was_for_before = match touch {
            Touch::Key(Key::Enter) => true,
            // Whoever types ahead means a field that is still to come, and no number of a button.
            Touch::Key(Key::Char(_)) => self.waits(),
            _ => false,
        };
        is_deaf && was_for_before && !self.visit.overlay.is_open()
    }

    fn waits(&self) -> bool {
        let waits = |block: &Block| matches!(block, Block::Waiting { .. });
        self.visit.screen.page().blocks.iter().any(waits)
    }

    /// An Enter led to another page.
    pub(super) fn was_led_on(&mut self) {
        self.deafen(self.now, BOUNCED);
    }

    /// Something was asked, and the page may say so.
    pub(super) fn has_asked(&mut self) {
        if self.waits() {
            self.deafen(self.now, ASKED_TWICE);
        }
    }

    /// What was asked then is answered.
    pub(super) fn was_answered(&mut self, asked: Instant) {
        match self.visit.screen.engagement() {
            Some(Engagement::Confirmation) => self.deafen(self.now, UNREAD),
            _ => self.deafen(asked, BOUNCED),
        }
    }

    fn deafen(&mut self, from: Instant, time: Duration) {
        self.visit.deaf_until = self.visit.deaf_until.max(Some(from + time));
    }
}
