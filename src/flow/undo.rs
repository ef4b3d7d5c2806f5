//! *No fui yo*: whoever got a notice that the key was changed, or that one is asked for to another
//! address, types its code here and undoes it (S7, S8).

#[cfg(test)]
mod tests;

use super::asked::{Asked, Waited};
use super::{Ending, Engagement, Next, folio_blocks, page};
use crate::domain::folio::Folio;
use crate::domain::rut::Rut;
use crate::effect::{Effect, Refusal, Reply};
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::form::{Form, Pressed, Touch};
use crate::page::{Block, Page, Words};
use crate::text::Msg;

#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// *Rut Empresa* and the notice's code.
    Code,
    /// Undone.
    Undone { folio: Folio },
    /// Waiting for an answer, or told why none comes.
    Asking(Asked<Step>),
}

#[derive(Debug, PartialEq)]
pub struct Undo {
    step: Step,
    code: Form,
    /// The buttons of a page without fields.
    plain: Form,
}

impl Default for Undo {
    fn default() -> Self {
        Undo {
            step: Step::Code,
            code: Form::new(
                vec![Field::line(Name::CompanyRut), Field::line(Name::UndoCode)],
                vec![ButtonName::UndoIt],
            ),
            plain: Form::new(vec![], vec![ButtonName::GoBack]),
        }
    }
}

impl Undo {
    pub fn step(&self) -> &Step {
        &self.step
    }

    pub fn press(mut self, touch: &Touch) -> Next<Self> {
        if let Step::Asking(asked) = &mut self.step {
            return match asked.touch(touch) {
                Waited::Back => self.back(),
                Waited::Again => self.ask_again(),
                Waited::Help => Next::CallStaff(self),
                Waited::NotYet | Waited::GoOnUnchecked => Next::Stay(self),
            };
        }
        let form = if self.step == Step::Code { &mut self.code } else { &mut self.plain };
        match form.touch(touch) {
            Pressed::Nothing | Pressed::Toggled(_) => Next::Stay(self),
            Pressed::Back => self.back(),
            Pressed::Button(_) => self.go(),
        }
    }

    /// Staff vouch for the person: who had to wait need not.
    pub fn vouched(self) -> Next<Self> {
        match self.step.clone() {
            Step::Asking(asked) if asked.yields_to_staff() => self.ask_again(),
            _ => Next::Stay(self),
        }
    }

    /// The company that has to wait, if one has to.
    pub fn blocked(&self) -> Option<Rut> {
        match &self.step {
            Step::Asking(asked) => asked.blocked(),
            _ => None,
        }
    }

    fn go(mut self) -> Next<Self> {
        match self.step.clone() {
            Step::Code => {
                let read = self.code.read(|reader| {
                    let company = reader.rut(Name::CompanyRut);
                    let code = reader.code(Name::UndoCode);
                    Some((company?, code?))
                });
                match read {
                    Some((company, code)) => self.ask(Effect::Undo { company, code }),
                    None => Next::Stay(self),
                }
            }
            Step::Undone { .. } => Next::Leave(Ending::Visit),
            Step::Asking(_) => Next::Stay(self),
        }
    }

    fn ask(mut self, effect: Effect) -> Next<Self> {
        let from = std::mem::replace(&mut self.step, Step::Code);
        self.step = Step::Asking(Asked::new(effect.clone(), from));
        Next::Ask(self, effect)
    }

    fn ask_again(mut self) -> Next<Self> {
        let Step::Asking(asked) = self.step else { return Next::Stay(self) };
        self.step = *asked.from;
        self.ask(asked.effect)
    }

    fn back(mut self) -> Next<Self> {
        match self.step {
            Step::Code => Next::Leave(Ending::Menu),
            Step::Undone { .. } => Next::Leave(Ending::Visit),
            Step::Asking(asked) => {
                self.step = *asked.from;
                Next::Stay(self)
            }
        }
    }

    pub fn reply(mut self, reply: Reply) -> Next<Self> {
        let Step::Asking(asked) = &mut self.step else { return Next::Stay(self) };
        if !asked.is_answered_by(&reply) {
            return Next::Stay(self);
        }
        let asked = asked.clone();
        self.step = *asked.from;
        match reply {
            Reply::Undone { folio } => {
                self.plain = Form::new(vec![], vec![ButtonName::Accept]);
                self.step = Step::Undone { folio };
            }
            Reply::Refused(Refusal::Mismatch { tries_left }) => {
                self.code.fail(Name::UndoCode, Msg::Mismatch { tries: u64::from(tries_left) });
            }
            _ => {}
        }
        Next::Stay(self)
    }

    pub fn engagement(&self) -> Engagement {
        match self.step {
            Step::Undone { .. } => Engagement::Confirmation,
            Step::Code if !self.code.is_touched() => Engagement::NothingTyped,
            _ => Engagement::DataTyped,
        }
    }

    pub fn page(&self) -> Page {
        let place = Msg::PlaceUndo;
        let say = |msg| Block::Paragraph(Words::Said(msg));
        match &self.step {
            Step::Asking(asked) => asked.page(place),
            Step::Code => {
                let mut blocks = vec![say(Msg::UndoHint)];
                blocks.extend(self.code.blocks());
                page(place, Msg::UndoHeading, blocks, self.code.focus()).with_help(vec![Msg::HelpUndo])
            }
            Step::Undone { folio } => {
                let mut blocks = vec![say(Msg::Undone), say(Msg::UndoneWhatNext)];
                blocks.extend(folio_blocks(*folio));
                blocks.extend(self.plain.blocks());
                page(place, Msg::SuccessHeading, blocks, self.plain.focus())
            }
        }
    }
}
