//! The box *Persona Jurídica* of the guide's first page: everything that can be done here.

use super::shown::Shown;
use super::{Ending, Engagement, Next, Workflow};
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
    /// Its entry in the menu.
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

    fn detail(self) -> Option<Msg> {
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
    /// The entry under the cursor, counted from 0.
    pub at: u8,
}

/// What a touch on a list came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// The n-th, counted from 0.
    Entry(u8),
    /// *Volver*, or Esc.
    Back,
    /// None yet.
    NotYet,
}

impl Choosing {
    /// A touch on a list of so many entries, of which there is at least one.
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

    /// The entry under the cursor, as a page knows it.
    pub fn focus(self) -> Target {
        Target::Item(self.at)
    }
}

impl Choosing {
    /// A touch on a list of workflows: where it leads, if it leads anywhere.
    pub(super) fn go(&mut self, touch: &Touch, entries: &[Workflow], back: Ending) -> Option<Ending> {
        match self.touch(touch, entries.len() as u8) {
            Chosen::Entry(entry) => entries.get(usize::from(entry)).map(|workflow| Ending::To(*workflow)),
            Chosen::Back => Some(back),
            Chosen::NotYet => None,
        }
    }

    /// A page that is such a list.
    pub(super) fn shows(self, heading: Msg, entries: &[Workflow]) -> Shown<'static> {
        let items = entries.iter().map(|workflow| (workflow.label(), workflow.detail()));
        Shown::within(heading, vec![list(items)], self.focus()).engages(Engagement::NothingTyped)
    }
}

/// A list of entries, with what each says.
pub(in crate::flow) fn list(entries: impl IntoIterator<Item = (Msg, Option<Msg>)>) -> Block {
    let items = entries.into_iter().enumerate().map(|(index, (label, detail))| {
        // A list is never longer than its entries can be numbered.
        Item { target: Target::Item(u8::try_from(index).unwrap_or(u8::MAX)), label, detail }
    });
    Block::Menu(items.collect())
}

/// The menu.
#[derive(Debug, Default, PartialEq)]
pub struct Menu {
    choosing: Choosing,
}

impl Menu {
    /// A key or a finger.
    pub fn press(mut self, touch: &Touch) -> Next<Self> {
        match self.choosing.go(touch, &ENTRIES, Ending::Visit) {
            Some(ending) => Next::Leave(ending),
            None => Next::Stay(self),
        }
    }

    fn shows(&self) -> Shown<'_> {
        self.choosing.shows(Msg::MenuHeading, &ENTRIES).help([Msg::HelpMenu])
    }

    /// What state the visit is in.
    pub fn engagement(&self) -> Engagement {
        self.shows().engagement()
    }

    /// What the screen shows.
    pub fn page(&self) -> Page {
        self.shows().page(Msg::PlaceMenu)
    }
}
