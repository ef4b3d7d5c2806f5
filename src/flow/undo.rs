//! *No fui yo*: whoever got a notice that the clave was changed, or that one is asked for to another
//! address, types its code here and undoes it (S7, S8).

#[cfg(test)]
mod tests;

use super::asked::Asked;
use super::machine::{Machine, waits};
use super::mismatch;
use super::shown::{Shown, say};
use super::{Ending, Next, folio_blocks};
use crate::domain::folio::Folio;
use crate::effect::{Effect, Reply, UndoOver, Undoing};
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::text::Msg;

/// Where a person can be.
#[derive(Debug, Default, PartialEq)]
pub enum Step {
    /// *Rut Empresa* and the notice's code → undone.
    #[default]
    Code,
    /// Undone. The end.
    Undone { folio: Folio, leaves: Undoing, buttons: Form },
    /// Waiting for an answer, or told why none comes.
    Asking(Asked<Step>),
}

/// The workflow.
#[derive(Debug, PartialEq)]
pub struct Undo {
    step: Step,
    code: Form,
}

impl Default for Undo {
    fn default() -> Self {
        let fields = vec![Field::company_rut(), Field::line(Name::UndoCode)];
        Undo { step: Step::Code, code: Form::new(fields, vec![ButtonName::UndoIt]) }
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

    fn place(&self) -> Msg {
        Msg::PlaceUndo
    }

    fn shows(&self) -> Shown<'_> {
        match &self.step {
            Step::Code => Shown::form(Msg::UndoHeading, vec![say(Msg::UndoHint)], &self.code)
                .help([Msg::HelpUndo])
                .begins(),
            Step::Undone { folio, leaves, buttons } => {
                let mut blocks = match leaves {
                    Undoing::AsBefore => vec![say(Msg::Undone), say(Msg::UndoneWhatNext)],
                    Undoing::NotErased => vec![say(Msg::Undone), say(Msg::UndoneNotErased)],
                    Undoing::NoClave => vec![say(Msg::Undone), say(Msg::UndoneWithoutKey)],
                    Undoing::Frozen => vec![say(Msg::UndoneFrozen), say(Msg::StopFrozen)],
                };
                blocks.extend(folio_blocks(*folio));
                Shown::form(Msg::SuccessHeading, blocks, buttons).confirms()
            }
            Step::Asking(asked) => asked.shows(),
        }
    }

    fn form_mut(&mut self) -> Option<&mut Form> {
        match &mut self.step {
            Step::Code => Some(&mut self.code),
            Step::Undone { buttons, .. } => Some(buttons),
            Step::Asking(_) => None,
        }
    }

    fn go(mut self, _: ButtonName) -> Next<Self> {
        match self.step {
            Step::Code => {
                let effect = self.code.read(|reader| {
                    let company = reader.company_rut(Name::CompanyRut);
                    let code = reader.code(Name::UndoCode);
                    Some(Effect::Undo { company: company?, code: code? })
                });
                self.ask_if(effect)
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
        if let Some(error) = mismatch::said(&reply, |tries| Msg::MismatchUndo { tries }) {
            self.code.fail(Name::UndoCode, error);
        }
        match reply {
            Reply::Undone { folio, leaves } => {
                let buttons = Form::new(vec![], vec![ButtonName::Accept]);
                self.step = Step::Undone { folio, leaves, buttons };
            }
            Reply::UndoOver(why) => self.code.fail(Name::UndoCode, over(why)),
            _ => {}
        }
        Next::Stay(self)
    }
}

/// Why a right code undoes nothing, and what to do.
fn over(why: UndoOver) -> Msg {
    match why {
        UndoOver::InPerson => Msg::WrongUndoInPerson,
        UndoOver::Hold => Msg::WrongUndoHold,
    }
}
