//! What lies over a workflow's page for a moment: help, the line to staff, the question before
//! everything is erased. The workflow waits beneath, unchanged.

use crate::domain::secret::Secret;
use crate::effect::{Refusal, Reply};
use crate::flow::{page, stop::Stop};
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
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
}

/// The line to staff.
#[derive(Clone, Debug, PartialEq)]
pub enum Staff {
    /// The call is on its way, or was heard.
    Called { heard: bool, form: Form },
    /// A staff member types their PIN.
    Pin { form: Form },
}

/// What a touch did to an overlay.
#[derive(Debug, PartialEq)]
pub enum Closed {
    No,
    Yes,
    EndVisit,
    /// A PIN to check.
    Vouch(Secret),
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
        let form = Form::new(vec![], vec![ButtonName::GoBack, ButtonName::IAmStaff]);
        Overlay::Staff(Staff::Called { heard: false, form })
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
        }
    }

    /// The call was heard.
    pub fn staff_comes(&mut self) {
        if let Overlay::Staff(Staff::Called { heard, .. }) = self {
            *heard = true;
        }
    }

    pub fn refuse_pin(&mut self, reply: &Reply) {
        if let Overlay::Staff(Staff::Pin { form }) = self {
            form.forget_secrets();
            let error = match (reply, Stop::of(reply)) {
                (Reply::Refused(Refusal::Mismatch { .. }) | Reply::PinWrong, _) => Msg::WrongPin,
                (_, Some(Stop::Wait(_))) => Msg::WrongPinWait,
                _ => Msg::StopStore,
            };
            form.fail(Name::Pin, error);
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
            Overlay::Staff(Staff::Called { heard, form }) => {
                let says = if *heard { Msg::StaffHeard } else { Msg::StaffCalling };
                (Msg::StaffHeading, vec![say(says), say(Msg::StaffMeanwhile)], form)
            }
            Overlay::Staff(Staff::Pin { form }) => (Msg::StaffPinHeading, vec![say(Msg::StaffPinHint)], form),
        };
        blocks.extend(form.blocks());
        Some(page(below.place.clone(), heading, blocks, form.focus()))
    }
}

impl Staff {
    fn touch(&mut self, touch: &Touch) -> Closed {
        match self {
            Staff::Called { form, .. } => match form.touch(touch) {
                Pressed::Button(ButtonName::IAmStaff) => {
                    let form = Form::new(vec![Field::hidden(Name::Pin)], vec![ButtonName::Validate]);
                    *self = Staff::Pin { form };
                    Closed::No
                }
                Pressed::Back | Pressed::Button(_) => Closed::Yes,
                _ => Closed::No,
            },
            Staff::Pin { form } => match form.touch(touch) {
                Pressed::Button(_) => match form.read(|reader| reader.hidden(Name::Pin)) {
                    Some(pin) => Closed::Vouch(pin),
                    None => Closed::No,
                },
                Pressed::Back => Closed::Yes,
                _ => Closed::No,
            },
        }
    }
}
