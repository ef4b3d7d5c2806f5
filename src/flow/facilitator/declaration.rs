//! *Adjuntar Declaración Jurada*: the template out, to a drive, by mail or on paper; the signed one
//! back. Whoever has to leave to get it signed comes back and begins anew: nothing is kept.

use super::{Facilitator, Paper, Step, Then};
use crate::domain::document::{Choice, Drive, Offers};
use crate::effect::SentTo;
use crate::effect::facilitator::{FacilitatorEffect, HandOut, NotHandedOut};
use crate::event::Target;
use crate::flow::Next;
use crate::flow::machine::Machine;
use crate::flow::menu::{self, Choosing, Chosen};
use crate::flow::promise::{self, Promise};
use crate::flow::shown::say;
use crate::form::Touch;
use crate::page::Block;
use crate::text::Msg;

/// The page's list, and what came of handing out.
#[derive(Debug, Default, PartialEq)]
pub struct Desk {
    choosing: Choosing,
    says: Vec<Block>,
}

/// What can be done with the declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DeclarationEntry {
    Attach,
    ToDrive,
    ByMail,
    OnPaper,
}

fn entries(has_printer: bool) -> Vec<DeclarationEntry> {
    let printer = has_printer.then_some(DeclarationEntry::OnPaper);
    [DeclarationEntry::Attach, DeclarationEntry::ToDrive, DeclarationEntry::ByMail]
        .into_iter()
        .chain(printer)
        .collect()
}

impl DeclarationEntry {
    fn label(self) -> Msg {
        match self {
            DeclarationEntry::Attach => Msg::DeclarationAttach,
            DeclarationEntry::ToDrive => Msg::DeclarationToDrive,
            DeclarationEntry::ByMail => Msg::DeclarationByMail,
            DeclarationEntry::OnPaper => Msg::DeclarationOnPaper,
        }
    }
}

impl Desk {
    pub(super) fn saying(says: Msg) -> Self {
        Desk { choosing: Choosing::default(), says: vec![Block::Important(says)] }
    }

    /// What becomes of the template that goes by mail.
    pub(super) fn mailing(sent_to: &SentTo) -> Self {
        let said = sent_to.messages.iter().map(|message| Block::Important(Promise::Template.said(message)));
        let says = said.chain(promise::read_in_demo(sent_to)).collect();
        Desk { choosing: Choosing::default(), says }
    }

    pub(super) fn focus(&self) -> Target {
        self.choosing.focus()
    }
}

impl Facilitator {
    pub(super) fn press_declaration(mut self, touch: &Touch) -> Next<Self> {
        let Some(may) = &self.may else { return self.who() };
        let entries = entries(may.has_printer());
        match &mut self.step {
            Step::Declaration(desk) => match desk.choosing.touch(touch, entries.len() as u8) {
                Chosen::Back => self.back(),
                Chosen::NotYet => Next::Stay(self),
                Chosen::Entry(entry) => match entries.get(usize::from(entry)) {
                    Some(DeclarationEntry::Attach) | None => self.attach(Paper::Declaration, Then::Next),
                    Some(DeclarationEntry::ToDrive) => self.ask_for(FacilitatorEffect::ListFiles),
                    Some(DeclarationEntry::ByMail) => self.hand_out(HandOut::Mail),
                    Some(DeclarationEntry::OnPaper) => self.hand_out(HandOut::Printer),
                },
            },
            Step::Drives(drives, choosing) => match choosing.touch(touch, drives.len() as u8) {
                Chosen::Back => self.back(),
                Chosen::NotYet => Next::Stay(self),
                Chosen::Entry(entry) => match drives.get(usize::from(entry)).map(|drive| drive.choice) {
                    Some(drive) => self.save_on(drive),
                    None => Next::Stay(self),
                },
            },
            _ => Next::Stay(self),
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
            [only] => self.save_on(only.choice),
            _ => {
                self.step = Step::Drives(drives, Choosing::default());
                Next::Stay(self)
            }
        }
    }

    fn save_on(mut self, drive: Choice) -> Next<Self> {
        self.step = Step::Declaration(Desk::default());
        self.hand_out(HandOut::Drive(drive))
    }

    fn hand_out(self, to: HandOut) -> Next<Self> {
        let Some(may) = self.may.clone() else { return self.who() };
        self.ask_for(FacilitatorEffect::HandOut { may, to })
    }

    pub(super) fn declaration_blocks(&self, desk: &Desk) -> Vec<Block> {
        let has_printer = self.may.as_ref().is_some_and(|may| may.has_printer());
        let entries = menu::list(entries(has_printer).into_iter().map(|entry| (entry.label(), None)));
        let mut blocks = vec![Block::Panel(Msg::PanelDeclaration)];
        blocks.extend(desk.says.iter().cloned());
        blocks.extend([say(Msg::DeclarationHint), entries, say(Msg::DeclarationLater)]);
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
