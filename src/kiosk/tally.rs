//! How a visit went, for the day's figures: which road, how far, and whether it came to its end.
//! Nothing of what was typed.

use super::scene::Scene;
use crate::domain::visits::{Road, Stage, VisitEnding};
use crate::effect::StaffSession;
use crate::flow::Engagement;

/// How far the person has come.
#[derive(Debug, Default)]
pub struct VisitTally {
    last: Option<(Road, Stage)>,
    is_completed: bool,
    /// Staff were at their own desk.
    is_of_staff: bool,
    /// Who of them, from the last page that knew.
    session: Option<StaffSession>,
}

impl VisitTally {
    /// After each thing that happens: pages that are no step leave the last one standing.
    pub fn look(&mut self, scene: &Scene) {
        let screen = scene.screen();
        self.is_of_staff |= screen.is_of_staff();
        if screen.session().is_some() && screen.session() != self.session.as_ref() {
            self.session = screen.session().cloned();
        }
        let Some(road) = screen.road() else { return };
        self.is_completed |= screen.engagement() == Some(Engagement::Confirmation);
        let before = self.last.filter(|(known, _)| *known == road).map(|(_, stage)| stage);
        self.last = Some((road, scene.told().stage.or(before).unwrap_or(Stage::Other)));
    }

    /// Whether there is a visit to end, also when its last page was just left.
    pub fn has_begun(&self) -> bool {
        self.is_of_staff || self.last.is_some()
    }

    /// Who of the staff were at their own desk, and signed in.
    pub fn session(&self) -> Option<&StaffSession> {
        self.session.as_ref()
    }

    /// How it ended; `None` where the visit was staff's own.
    pub fn ending(&self) -> Option<VisitEnding> {
        match self.last {
            _ if self.is_of_staff => None,
            _ if self.is_completed => Some(VisitEnding::Completed),
            Some((road, stage)) => Some(VisitEnding::Abandoned(road, stage)),
            None => Some(VisitEnding::OnlyLooked),
        }
    }
}
