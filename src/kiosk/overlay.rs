//! What lies over a workflow's page for a moment: help, the line to staff, the question before
//! everything is erased. The workflow waits beneath, unchanged.

use super::panel::Panel;
use super::staff::Staff;
use crate::domain::clean::Clean;
use crate::domain::secret::Secret;
use crate::effect::{Reply, StaffAct};
use crate::flow::page;
use crate::form::names::ButtonName;
use crate::form::{Form, Pressed, Touch};
use crate::page::{Block, Page, Words};
use crate::text::Msg;

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Overlay {
    #[default]
    None,
    Help(Form),
    End(Form),
    Staff(Staff),
    Panel(Box<Panel>),
}

/// What a touch did to an overlay.
#[derive(Debug, PartialEq)]
pub enum Closed {
    No,
    Yes,
    EndVisit,
    /// Staff ask for something.
    Wish(Box<Wish>),
}

/// What staff ask for.
#[derive(Debug, PartialEq)]
pub enum Wish {
    /// A PIN to check, and why it was typed.
    Vouch(Secret, Clean),
    SignIn {
        name: Clean,
        password: Secret,
        code: Secret,
    },
    Act(StaffAct, Clean),
    SignOut,
}

impl Overlay {
    pub fn toggle_help(&self) -> Overlay {
        match self {
            Overlay::Help(_) => Overlay::None,
            _ => Overlay::Help(Form::new(vec![], vec![ButtonName::GoBack])),
        }
    }

    pub fn end() -> Overlay {
        Overlay::End(Form::new(vec![], vec![ButtonName::EraseAll, ButtonName::KeepOn]))
    }

    pub fn staff() -> Overlay {
        Overlay::Staff(Staff::called())
    }

    pub fn is_open(&self) -> bool {
        *self != Overlay::None
    }

    pub fn touch(&mut self, touch: &Touch) -> Closed {
        match self {
            Overlay::None => Closed::Yes,
            Overlay::Help(form) => match form.touch(touch) {
                Pressed::Back | Pressed::Button(_) => Closed::Yes,
                _ => Closed::No,
            },
            Overlay::End(form) => match form.touch(touch) {
                Pressed::Button(ButtonName::EraseAll) => Closed::EndVisit,
                Pressed::Back | Pressed::Button(_) => Closed::Yes,
                _ => Closed::No,
            },
            Overlay::Staff(staff) => staff.touch(touch),
            Overlay::Panel(panel) => panel.touch(touch),
        }
    }

    /// The call was heard.
    pub fn staff_comes(&mut self) {
        if let Overlay::Staff(Staff::Called { heard, .. }) = self {
            *heard = true;
        }
    }

    /// Staff don't get what they asked for, or are told something.
    pub fn refuse(&mut self, reply: &Reply) {
        match self {
            Overlay::Staff(staff) => staff.refuse(reply),
            Overlay::Panel(panel) => panel.tell(reply),
            Overlay::None | Overlay::Help(_) | Overlay::End(_) => {}
        }
    }

    /// The page over `below`, if there is one.
    pub fn page(&self, below: &Page) -> Option<Page> {
        let say = |msg| Block::Paragraph(Words::Said(msg));
        let (heading, mut blocks, form) = match self {
            Overlay::None => return None,
            Overlay::Help(form) => {
                let mut lines: Vec<Words> = below.help.iter().cloned().map(Words::Said).collect();
                lines.extend(
                    [Msg::HelpKeys, Msg::HelpFunctionKeys, Msg::HelpBack, Msg::HelpErase, Msg::HelpLinear]
                        .map(Words::Said),
                );
                (Msg::HelpHeading, vec![Block::Bullets(lines)], form)
            }
            Overlay::End(form) => (Msg::EndHeading, vec![say(Msg::EndHint)], form),
            Overlay::Staff(staff) => (staff.heading(), staff.opening(), staff.form()),
            Overlay::Panel(panel) => (panel.heading(), panel.opening(), panel.form()),
        };
        blocks.extend(form.blocks());
        Some(page(below.place.clone(), heading, blocks, form.focus()))
    }
}
