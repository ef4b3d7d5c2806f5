//! What lies over a workflow's page for a moment: help, the line to staff, the question before
//! everything is erased. The workflow waits beneath, unchanged.

use super::panel::{Needs, StaffPanel};
use super::staff::Staff;
use super::wish::Closed;
use crate::effect::{Reply, StaffSession};
use crate::flow::{page, whether_to_leave};
use crate::form::names::ButtonName;
use crate::form::{Form, Pressed, Touch};
use crate::page::{Block, Page, Words};
use crate::text::Msg;

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Overlay {
    /// The workflow's page is in sight.
    #[default]
    None,
    /// F1.
    Help(Form),
    /// F10, with something typed, and what is lost.
    End { form: Form, says: Msg },
    /// F2: the line to staff.
    Staff(Staff),
    /// F2, with staff signed in.
    Panel(Box<StaffPanel>),
}

/// The page behind F1 on this one. `accompanied`: staff look on.
pub fn help_over(below: Page, accompanied: bool) -> Page {
    Overlay::help().over(below, accompanied)
}

impl Overlay {
    fn help() -> Overlay {
        Overlay::Help(Form::new(vec![], vec![ButtonName::GoBack]))
    }

    /// Opens the help, or closes it.
    pub fn toggle_help(&self) -> Overlay {
        match self {
            Overlay::Help(_) => Overlay::None,
            _ => Overlay::help(),
        }
    }

    /// Whether everything is to be erased. `says`: what that is.
    pub fn end(says: Msg) -> Overlay {
        Overlay::End { form: whether_to_leave(), says }
    }

    /// The line to staff, who are being called. Where letters stand on the page, a PIN will do for them.
    pub fn staff(has_letters: bool) -> Overlay {
        Overlay::Staff(Staff::called(has_letters))
    }

    /// Where a member of staff who is beside the person signs in.
    pub fn sign_in() -> Overlay {
        Overlay::Staff(Staff::signing_in())
    }

    /// What staff who signed in can do here.
    pub fn panel(session: StaffSession, needs: Needs) -> Overlay {
        Overlay::Panel(Box::new(StaffPanel::new(session, needs)))
    }

    /// Whether anything lies over the workflow's page.
    pub fn is_open(&self) -> bool {
        !matches!(self, Overlay::None)
    }

    /// Whether it is the panel of staff who signed in.
    pub fn is_panel(&self) -> bool {
        matches!(self, Overlay::Panel(_))
    }

    /// Something from the person, or from staff.
    pub fn touch(&mut self, touch: &Touch) -> Closed {
        match self {
            Overlay::None => Closed::Yes,
            Overlay::Help(form) => match form.touch(touch) {
                Pressed::Back | Pressed::Button(_) => Closed::Yes,
                _ => Closed::No,
            },
            Overlay::End { form, .. } => match form.touch(touch) {
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
            Overlay::None | Overlay::Help(_) | Overlay::End { .. } => {}
        }
    }

    /// The page that is in sight: its own, or the one below.
    /// `accompanied`: staff look on, and nothing hidden is shown.
    pub fn over(&self, below: Page, accompanied: bool) -> Page {
        let say = |msg| Block::Paragraph(Words::Said(msg));
        let (heading, mut blocks, form) = match self {
            Overlay::None => return below,
            Overlay::Help(form) => {
                let mut blocks: Vec<Block> = below.guide().cloned().collect();
                let mut lines = below.help;
                let function_keys =
                    if accompanied { Msg::HelpFunctionKeysAccompanied } else { Msg::HelpFunctionKeys };
                lines.extend([Msg::HelpKeys, Msg::HelpEditing, function_keys]);
                let back = if below.leaves_typed { Msg::HelpBackLeaves } else { Msg::HelpBack };
                lines.extend(below.leads_back.then_some(back));
                lines.extend([Msg::HelpErase, Msg::HelpLinear]);
                let lines = lines.into_iter().map(Words::Said).collect();
                blocks.push(Block::Bullets(lines));
                (Msg::HelpHeading, blocks, form)
            }
            Overlay::End { form, says } => (Msg::EndHeading, vec![say(says.clone())], form),
            Overlay::Staff(staff) => (staff.heading(), staff.opening(), staff.form()),
            Overlay::Panel(panel) => (panel.heading(), panel.opening(), panel.form()),
        };
        blocks.extend(form.blocks());
        page(below.place, heading, blocks, form.focus())
    }
}
