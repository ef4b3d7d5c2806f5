//! *Adjuntar Declaración Jurada*: the template out, to a drive, by mail or on paper; the signed one
//! back. Whoever has to leave to get it signed comes back and begins anew: nothing is kept.

use super::{Facilitator, Paper, Step, Then};
use crate::domain::document::{Drive, Offers};
use crate::effect::facilitator::{FacilitatorEffect, HandOut, NotHandedOut};
use crate::event::Target;
use crate::flow::Next;
use crate::flow::machine::Machine;
use crate::flow::menu::{Choosing, Chosen};
use crate::form::Touch;
use crate::page::{Block, Item, Words};
use crate::text::Msg;

/// The page's list, and what came of handing out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Desk {
    choosing: Choosing,
    pub(super) says: Option<Msg>,
}

/// What can be done with the declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    Attach,
    ToDrive,
    ByMail,
    OnPaper,
}

fn entries(has_printer: bool) -> Vec<Entry> {
    let printer = has_printer.then_some(Entry::OnPaper);
    [Entry::Attach, Entry::ToDrive, Entry::ByMail].into_iter().chain(printer).collect()
}

impl Entry {
    fn label(self) -> Msg {
        match self {
            Entry::Attach => Msg::DeclarationAttach,
            Entry::ToDrive => Msg::DeclarationToDrive,
            Entry::ByMail => Msg::DeclarationByMail,
            Entry::OnPaper => Msg::DeclarationOnPaper,
        }
    }
}

impl Desk {
    pub(super) fn saying(says: Msg) -> Self {
        Desk { choosing: Choosing::default(), says: Some(says) }
    }

    pub(super) fn focus(&self) -> Target {
        self.choosing.focus()
    }
}

impl Facilitator {
    pub(super) fn press_declaration(mut self, touch: &Touch) -> Next<Self> {
        let Some(may) = self.may.clone() else { return self.who() };
        let entries = entries(may.has_printer);
        let chosen = match &mut self.step {
            Step::Declaration(desk) => desk.choosing.touch(touch, entries.len() as u8),
            Step::Drives(drives, choosing) => {
                let drives = drives.clone();
                return match choosing.touch(touch, drives.len() as u8) {
                    Chosen::Entry(entry) => self.hand_out(drives.get(usize::from(entry))),
                    Chosen::Back => self.back(),
                    Chosen::NotYet => Next::Stay(self),
                };
            }
            _ => return Next::Stay(self),
        };
        match chosen {
            Chosen::Back => self.back(),
            Chosen::NotYet => Next::Stay(self),
            Chosen::Entry(entry) => match entries.get(usize::from(entry)) {
                Some(Entry::Attach) | None => self.attach(Paper::Declaration, Then::Next),
                Some(Entry::ToDrive) => self.ask_for(FacilitatorEffect::ListFiles),
                Some(Entry::ByMail) => self.ask_for(FacilitatorEffect::HandOut { may, to: HandOut::Mail }),
                Some(Entry::OnPaper) => {
                    self.ask_for(FacilitatorEffect::HandOut { may, to: HandOut::Printer })
                }
            },
        }
    }

    /// To the one drive that there is, or first to be chosen.
    pub(super) fn drives_are(mut self, offers: Offers) -> Next<Self> {
        let read_only = offers.drives.iter().any(|drive| drive.is_read_only);
        let drives: Vec<Drive> = offers.drives.into_iter().filter(|drive| !drive.is_read_only).collect();
        match &drives[..] {
            [] => {
                let why = if read_only { NotHandedOut::DriveReadOnly } else { NotHandedOut::DriveGone };
                self.step = Step::Declaration(Desk::saying(not_handed_out(why)));
                Next::Stay(self)
            }
            [only] => {
                let only = only.clone();
                self.hand_out(Some(&only))
            }
            _ => {
                self.step = Step::Drives(drives, Choosing::default());
                Next::Stay(self)
            }
        }
    }

    fn hand_out(mut self, drive: Option<&Drive>) -> Next<Self> {
        let (Some(may), Some(drive)) = (self.may.clone(), drive) else { return Next::Stay(self) };
        self.step = Step::Declaration(Desk::default());
        self.ask_for(FacilitatorEffect::HandOut { may, to: HandOut::Drive(drive.choice) })
    }

    pub(super) fn declaration_blocks(&self, desk: &Desk) -> Vec<Block> {
        let say = |msg| Block::Paragraph(Words::Said(msg));
        let has_printer = self.may.as_ref().is_some_and(|may| may.has_printer);
        let items = entries(has_printer).into_iter().enumerate().map(|(index, entry)| Item {
            target: Target::Item(index as u8),
            label: entry.label(),
            detail: None,
        });
        let mut blocks = vec![Block::Panel(Msg::PanelDeclaration)];
        blocks.extend(desk.says.iter().cloned().map(Block::Important));
        blocks.extend([say(Msg::DeclarationHint), Block::Menu(items.collect()), say(Msg::DeclarationLater)]);
        blocks
    }
}

pub(super) fn not_handed_out(why: NotHandedOut) -> Msg {
    match why {
        NotHandedOut::DriveGone => Msg::WrongDriveGone,
        NotHandedOut::DriveFull => Msg::WrongDriveFull,
        NotHandedOut::DriveReadOnly => Msg::WrongDriveReadOnly,
        NotHandedOut::Failed => Msg::WrongHandOut,
    }
}
