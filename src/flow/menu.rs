//! The box *Persona Jurídica* of the guide's first page: everything that can be done here.

use super::{Ending, Engagement, Next, Workflow, page};
use crate::event::{Key, Target};
use crate::form::Touch;
use crate::page::{Block, Item, Page};
use crate::text::Msg;

/// In the order in which they stand on the screen.
const ENTRIES: [Workflow; 8] = [
    Workflow::Register,
    Workflow::Recover,
    Workflow::Change,
    Workflow::ForeignFacilitator,
    Workflow::UpdateData,
    Workflow::Information,
    Workflow::CannotEnter,
    Workflow::Undo,
];

impl Workflow {
    pub fn label(self) -> Msg {
        match self {
            Workflow::Register => Msg::MenuRegister,
            Workflow::Recover => Msg::MenuRecover,
            Workflow::Change => Msg::MenuChange,
            Workflow::ForeignFacilitator => Msg::MenuFacilitator,
            Workflow::FacilitatorRequest => Msg::MenuFacilitatorRequest,
            Workflow::RequestStatus => Msg::MenuRequestStatus,
            Workflow::FacilitatorClave => Msg::MenuFacilitatorKey,
            Workflow::UpdateData => Msg::MenuUpdate,
            Workflow::Information => Msg::MenuInformation,
            Workflow::CannotEnter => Msg::MenuCannotEnter,
            Workflow::Undo => Msg::MenuUndo,
        }
    }

    pub(super) fn detail(self) -> Option<Msg> {
        Some(match self {
            Workflow::Register => Msg::MenuRegisterDetail,
            Workflow::Recover => Msg::MenuRecoverDetail,
            Workflow::Change => Msg::MenuChangeDetail,
            Workflow::CannotEnter => Msg::MenuCannotEnterDetail,
            Workflow::Undo => Msg::MenuUndoDetail,
            Workflow::UpdateData => Msg::MenuUpdateDetail,
            Workflow::ForeignFacilitator => Msg::MenuFacilitatorDetail,
            Workflow::FacilitatorRequest => Msg::MenuFacilitatorRequestDetail,
            Workflow::RequestStatus => Msg::MenuRequestStatusDetail,
            Workflow::FacilitatorClave => Msg::MenuFacilitatorKeyDetail,
            Workflow::Information => return None,
        })
    }
}

/// A list of which one entry is chosen, by number, arrows or finger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choosing {
    pub at: u8,
}

/// What a touch on a list came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    Entry(u8),
    Back,
    NotYet,
}

impl Choosing {
    pub fn touch(&mut self, touch: &Touch, entries: u8) -> Chosen {
        match touch {
            Touch::Key(Key::Esc) => return Chosen::Back,
            Touch::Key(Key::Enter | Key::Char(' ')) => return Chosen::Entry(self.at),
            Touch::Key(Key::Char(digit @ '1'..='9')) if (*digit as u8 - b'1') < entries => {
                self.at = *digit as u8 - b'1';
                return Chosen::Entry(self.at);
            }
            Touch::At(Target::Item(item)) if *item < entries => {
                self.at = *item;
                return Chosen::Entry(self.at);
            }
            Touch::Key(Key::Down | Key::Tab) => self.at = (self.at + 1).min(entries - 1),
            Touch::Key(Key::Up | Key::BackTab) => self.at = self.at.saturating_sub(1),
            Touch::Key(Key::Home) => self.at = 0,
            Touch::Key(Key::End) => self.at = entries - 1,
            _ => {}
        }
        Chosen::NotYet
    }

    pub fn focus(self) -> Target {
        Target::Item(self.at)
    }
}

#[derive(Debug, Default, PartialEq)]
pub struct Menu {
    choosing: Choosing,
}

impl Menu {
    pub fn press(mut self, touch: &Touch) -> Next<Self> {
        match self.choosing.touch(touch, ENTRIES.len() as u8) {
            Chosen::Entry(entry) => Next::Leave(Ending::To(ENTRIES[usize::from(entry)])),
            Chosen::Back => Next::Leave(Ending::Visit),
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
        page(Msg::PlaceMenu, Msg::MenuHeading, blocks, self.choosing.focus()).with_help(vec![Msg::HelpMenu])
    }
}
