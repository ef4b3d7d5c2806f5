//! *No fui yo*: whoever got a notice that the key was changed, or that one is asked for to another
//! address, types its code here and undoes it (S7, S8).

#[cfg(test)]
mod tests;

use super::asked::Asked;
use super::machine::{Machine, waits};
use super::{Ending, Engagement, Next, folio_blocks, page};
use crate::domain::folio::Folio;
use crate::effect::{Effect, Refusal, Reply, Undoing};
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::page::{Block, Page, Words};
use crate::text::Msg;

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Step {
    /// *Rut Empresa* and the notice's code.
    #[default]
    Code,
    /// Undone.
    Undone { folio: Folio, leaves: Undoing },
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

waits!(Step);

impl Machine for Undo {
    type Step = Step;

    fn step(&self) -> &Step {
        &self.step
    }

    fn step_mut(&mut self) -> &mut Step {
        &mut self.step
    }

    fn form_mut(&mut self) -> &mut Form {
        match self.step {
            Step::Code => &mut self.code,
            _ => &mut self.plain,
        }
    }

    fn go(mut self, _: ButtonName) -> Next<Self> {
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

    fn back(self) -> Next<Self> {
        match self.step {
            Step::Code => Next::Leave(Ending::Menu),
            Step::Undone { .. } | Step::Asking(_) => Next::Stay(self),
        }
    }

    fn answered(mut self, _: Effect, reply: Reply) -> Next<Self> {
        match reply {
            Reply::Undone { folio, leaves } => {
                self.plain = Form::new(vec![], vec![ButtonName::Accept]);
                self.step = Step::Undone { folio, leaves };
            }
            Reply::Refused(Refusal::Mismatch { tries_left }) => {
                self.code.fail(Name::UndoCode, Msg::Mismatch { tries: u64::from(tries_left) });
            }
            _ => {}
        }
        Next::Stay(self)
    }
}

impl Undo {
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
            Step::Undone { folio, leaves } => {
                let next = match leaves {
                    Undoing::AsBefore => Msg::UndoneWhatNext,
                    Undoing::NoClave => Msg::UndoneWithoutKey,
                };
                let mut blocks = vec![say(Msg::Undone), say(next)];
                blocks.extend(folio_blocks(*folio));
                blocks.extend(self.plain.blocks());
                page(place, Msg::SuccessHeading, blocks, self.plain.focus()).with_no_way_back()
            }
        }
    }
}
