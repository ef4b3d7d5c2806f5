//! Reading a page that is longer than the screen.

use std::time::Instant;

use super::{OfficeRules, Visit};
use crate::event::Key;
use crate::form::Touch;

/// More screenfuls than any page has.
const MOST_TURNED: i8 = 9;

impl Visit {
    /// *RePág* and *AvPág*. Any other touch returns to where the page opens.
    pub(super) fn turns_page(&mut self, touch: &Touch) -> bool {
        let by = match touch {
            Touch::Key(Key::PageUp) => 1,
            Touch::Key(Key::PageDown) => -1,
            _ => {
                self.turned = 0;
                return false;
            }
        };
        self.turned = (self.turned + by).clamp(-MOST_TURNED, MOST_TURNED);
        true
    }

    /// A key would act on what the person has not read down to yet. It turns the page in its stead, unless it
    /// was meant for the page before or only says that they are still there.
    pub fn reads_on(&mut self, key: Key, office: &OfficeRules, now: Instant) {
        let waits = self.scene.told().waits;
        let was_warned = self.is_attended(office, now);
        let is_for_before = !self.overlay.is_open() && self.deafness.is_meant(&Touch::Key(key), waits, now);
        if !was_warned && !is_for_before {
            self.turns_page(&Touch::Key(Key::PageDown));
        }
    }
}
