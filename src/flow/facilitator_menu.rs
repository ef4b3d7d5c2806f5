//! What can be done for a foreign facilitator: ask for their key, see how a request stands, and,
//! for the facilitator, put one's own key in the place of the one that was sent.

use super::menu::{Choosing, Chosen};
use super::{Ending, Engagement, Next, Workflow, page};
use crate::event::Target;
use crate::form::Touch;
use crate::page::{Block, Item, Page};
use crate::text::Msg;

const ENTRIES: [Workflow; 3] =
    [Workflow::FacilitatorRequest, Workflow::RequestStatus, Workflow::FacilitatorClave];

#[derive(Debug, Default, PartialEq)]
pub struct FacilitatorMenu {
    choosing: Choosing,
}

impl FacilitatorMenu {
    pub fn press(mut self, touch: &Touch) -> Next<Self> {
        match self.choosing.touch(touch, ENTRIES.len() as u8) {
            Chosen::Entry(entry) => Next::Leave(Ending::To(ENTRIES[usize::from(entry)])),
            Chosen::Back => Next::Leave(Ending::Menu),
            Chosen::NotYet => Next::Stay(self),
        }
    }

    pub fn engagement(&self) -> Engagement {
        Engagement::NothingTyped
    }

    pub fn page(&self) -> Page {
        let items = ENTRIES.iter().enumerate().map(|(index, workflow)| Item {
            target: Target::Item(index as u8),
            label: workflow.label(),
            detail: workflow.detail(),
        });
        let blocks = vec![Block::Menu(items.collect())];
        page(Msg::PlaceFacilitator, Msg::FacilitatorMenuHeading, blocks, self.choosing.focus())
            .with_help(vec![Msg::HelpFacilitator])
    }
}
