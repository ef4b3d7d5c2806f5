//! When a frame is drawn whole. The kernel writes its lines over a console, for example when a drive is
//! plugged in, and nobody tells the program. So a page is drawn whole when it is another one, once a minute
//! of use, and when something is mounted.

use std::time::{Duration, Instant};

use crate::page::{Page, Words};
use crate::text::Msg;

/// How long what somebody else wrote may stand while the same page is used.
const AT_LEAST_EVERY: Duration = Duration::from_secs(60);

/// Which page was drawn last, and when one was drawn whole.
#[derive(Debug)]
pub struct Repairs {
    /// `None` on a blank screen, where nothing is to be repaired.
    page: Option<(Msg, Words)>,
    whole: Instant,
}

impl Repairs {
    /// The screen is blank.
    pub fn none(now: Instant) -> Self {
        Repairs { page: None, whole: now }
    }

    /// Whether this page is to be drawn whole. It counts as drawn.
    pub fn is_due(&mut self, page: &Page, now: Instant) -> bool {
        let is_new = self
            .page
            .as_ref()
            .is_none_or(|(place, heading)| *place != page.place || *heading != page.heading);
        let is_due = self.page.is_some() && (is_new || now.duration_since(self.whole) >= AT_LEAST_EVERY);
        if is_new {
            self.page = Some((page.place.clone(), page.heading.clone()));
        }
        if is_due {
            self.whole = now;
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Key;
    use crate::flow::Setup;
    use crate::kiosk::{Appearance, Kiosk};

    #[test]
    fn another_page_is_drawn_whole_and_the_same_once_a_minute() {
        let start = Instant::now();
        let mut kiosk = Kiosk::new(Setup::default(), Appearance::default(), start);
        let mut repairs = Repairs::none(start);
        assert!(!repairs.is_due(kiosk.page(), start), "on a blank screen all of it is drawn anyway");
        assert!(!repairs.is_due(kiosk.page(), start + Duration::from_secs(59)));
        assert!(repairs.is_due(kiosk.page(), start + Duration::from_secs(60)));
        assert!(!repairs.is_due(kiosk.page(), start + Duration::from_secs(119)));
        kiosk.update(crate::event::Event::Key(Key::Enter), start);
        assert!(repairs.is_due(kiosk.page(), start + Duration::from_secs(119)), "the menu");
        assert!(!repairs.is_due(kiosk.page(), start + Duration::from_secs(178)));
        assert!(repairs.is_due(kiosk.page(), start + Duration::from_secs(179)));
    }
}
