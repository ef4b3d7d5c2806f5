//! What can be done for a foreign facilitator: request their clave, see how a request stands, and,
//! for the facilitator, put one's own clave in the place of the one that was sent.

use super::menu::Choosing;
use super::shown::Shown;
use super::{Ending, Engagement, Next, Workflow};
use crate::form::Touch;
use crate::page::Page;
use crate::text::Msg;

const ENTRIES: [Workflow; 3] =
    [Workflow::FacilitatorRequest, Workflow::RequestStatus, Workflow::FacilitatorClave];

/// The list of them.
#[derive(Debug, Default, PartialEq)]
pub struct FacilitatorMenu {
    choosing: Choosing,
}

impl FacilitatorMenu {
    /// A key or a finger.
    pub fn press(mut self, touch: &Touch) -> Next<Self> {
        match self.choosing.go(touch, &ENTRIES, Ending::Menu) {
            Some(ending) => Next::Leave(ending),
            None => Next::Stay(self),
        }
    }

    fn shows(&self) -> Shown<'_> {
        self.choosing.shows(Msg::FacilitatorMenuHeading, &ENTRIES).help([Msg::HelpFacilitator])
    }

    /// What state the visit is in.
    pub fn engagement(&self) -> Engagement {
        self.shows().engagement()
    }

    /// What the screen shows.
    pub fn page(&self) -> Page {
        self.shows().page(Msg::PlaceFacilitator)
    }
}
