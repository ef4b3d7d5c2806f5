//! Enter pressed twice, by a hand that bounces or out of impatience: the second one was meant for
//! the page before, and does nothing on the one that has just come. The same goes for what is typed
//! ahead while a page only waits.

use std::time::{Duration, Instant};

use crate::event::Key;
use crate::form::Touch;

/// How long after a question an Enter still counts as the one that asked it. It would press *Volver*
/// on the page that waits, and what was typed hidden would be gone.
const ASKED_TWICE: Duration = Duration::from_secs(1);
/// How long Enter is ignored on a new confirmation, which would else be gone unread.
const UNREAD: Duration = Duration::from_millis(500);
/// The same for any other page: no field is skipped, and no button pressed that nobody has seen.
const BOUNCED: Duration = Duration::from_millis(250);

/// Until when an Enter is taken for one that was meant for the page before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deafness {
    until: Option<Instant>,
}

impl Deafness {
    /// When it ends; `None` if there is none.
    pub fn until(self) -> Option<Instant> {
        self.until
    }

    /// Whether this touch was meant for the page before. `takes_no_line`: the page only waits, or confirms.
    pub fn is_meant(self, touch: &Touch, takes_no_line: bool, now: Instant) -> bool {
        let was_for_before = match touch {
            Touch::Key(Key::Enter) => true,
            // Whoever types ahead means a field that is still to come, and no number of a button.
            Touch::Key(Key::Char(_)) => takes_no_line,
            _ => false,
        };
        was_for_before && self.until.is_some_and(|until| now < until)
    }

    /// An Enter led to another page.
    pub fn was_led_on(&mut self, now: Instant) {
        self.last_until(now + BOUNCED);
    }

    /// Something was asked, and the page says that it waits.
    pub fn has_asked(&mut self, now: Instant) {
        self.last_until(now + ASKED_TWICE);
    }

    /// What was asked then is answered.
    pub fn was_answered(&mut self, asked: Instant) {
        self.last_until(asked + BOUNCED);
    }

    /// A confirmation has just come.
    pub fn is_confirmed(&mut self, now: Instant) {
        self.last_until(now + UNREAD);
    }

    fn last_until(&mut self, until: Instant) {
        self.until = self.until.max(Some(until));
    }
}
