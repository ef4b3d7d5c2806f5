//! *No fui yo*: whoever got a notice that the key was changed, or that one is asked for to another
//! address, types its code here and undoes it (S7, S8).

#[cfg(test)]
mod tests;

use super::stop::Stop;
use super::{Asked, Ending, Engagement, Next, checking_page, folio_blocks, page};
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
    /// Waiting for an answer.
    Checking(Asked<Step>),
    /// The world failed, or too many tries.
    Stopped(Asked<Step>, Stop),
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
        let form = if self.step == Step::Code { &mut self.code } else { &mut self.plain };
        match form.touch(touch) {
            Pressed::Nothing | Pressed::Toggled(_) => Next::Stay(self),
            Pressed::Back => self.back(),
            Pressed::Button(button) => self.go(button),
        }
    }

    /// Staff vouch for the person: who had to wait need not.
    pub fn vouched(mut self) -> Next<Self> {
        match self.step.clone() {
            Step::Stopped(asked, stop) if stop.yields_to_staff() => {
                self.step = *asked.from;
                self.ask(asked.effect)
            }
            _ => Next::Stay(self),
        }
    }

    /// The company that has to wait, if one has to.
    pub fn blocked(&self) -> Option<Rut> {
        match &self.step {
            Step::Stopped(asked, Stop::Wait(_)) => asked.effect.company(),
            _ => None,
        }
    }

    fn go(mut self, button: ButtonName) -> Next<Self> {
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
            Step::Stopped(asked, _) if button == ButtonName::Retry => {
                self.step = *asked.from;
                self.ask(asked.effect)
            }
            Step::Stopped(..) if button == ButtonName::AskHelp => Next::CallStaff(self),
            Step::Checking(_) | Step::Stopped(..) => self.back(),
        }
    }

    fn ask(mut self, effect: Effect) -> Next<Self> {
        self.plain = Form::new(vec![], vec![ButtonName::GoBack]);
        let from = Box::new(std::mem::replace(&mut self.step, Step::Code));
        self.step = Step::Checking(Asked { effect: effect.clone(), from });
        Next::Ask(self, effect)
    }

    fn back(mut self) -> Next<Self> {
        match self.step {
            Step::Code => Next::Leave(Ending::Menu),
            Step::Undone { .. } => Next::Leave(Ending::Visit),
            Step::Checking(asked) | Step::Stopped(asked, _) => {
                self.step = *asked.from;
                Next::Stay(self)
            }
        }
    }

    pub fn reply(mut self, reply: Reply) -> Next<Self> {
        let Step::Checking(asked) = self.step.clone() else { return Next::Stay(self) };
        if let Some(stop) = Stop::of(&reply) {
            self.plain = stop.form();
            self.step = Step::Stopped(asked, stop);
            return Next::Stay(self);
        }
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
            Step::Checking(asked) => checking_page(place, &asked.effect, &self.plain),
            Step::Stopped(_, stop) => stop.page(place, &self.plain),
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
