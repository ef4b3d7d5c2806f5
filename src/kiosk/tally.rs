//! How a visit went, for the day's figures: which road, how far, and whether it came to its end.
//! Nothing of what was typed.

use super::Kiosk;
use super::screen::Screen;
use crate::domain::visits::{Ending, Road, Stage};
use crate::effect::Effect;
use crate::effect::StaffSession;
use crate::flow::Engagement;

/// How far the person has come.
#[derive(Debug, Default)]
pub struct Seen {
    last: Option<(Road, Stage)>,
    is_completed: bool,
    /// Staff were at their own desk.
    is_of_staff: bool,
    /// Who of them, from the last page that knew.
    session: Option<StaffSession>,
}

impl Seen {
    /// After each thing that happens: pages that are no step leave the last one standing.
    pub fn look(&mut self, screen: &Screen) {
        self.is_of_staff |= matches!(screen, Screen::Staff(_));
        if screen.session().is_some() && screen.session() != self.session.as_ref() {
            self.session = screen.session().cloned();
        }
        let Some(road) = screen.road() else { return };
        self.is_completed |= screen.engagement() == Some(Engagement::Confirmation);
        let before = self.last.filter(|(known, _)| *known == road).map(|(_, stage)| stage);
        self.last = Some((road, screen.stage().or(before).unwrap_or(Stage::Other)));
    }

    /// Whether there is a visit to end, also when its last page was just left.
    pub fn has_begun(&self) -> bool {
        self.is_of_staff || self.last.is_some()
    }

    fn ending(&self) -> Option<Ending> {
        match self.last {
            _ if self.is_of_staff => None,
            _ if self.is_completed => Some(Ending::Completed),
            Some((road, stage)) => Some(Ending::Abandoned(road, stage)),
            None => Some(Ending::OnlyLooked),
        }
    }
}

impl Kiosk {
    pub(super) fn end_of_visit(&self) -> Effect {
        let beside = self.visit.staff.as_ref().map(|attendance| &attendance.session);
        let session = beside.or(self.visit.seen.session.as_ref()).cloned().map(Box::new);
        let lasted = self.now.saturating_duration_since(self.visit.begun);
        Effect::EndVisit { ending: self.visit.seen.ending(), lasted, session }
    }
}
