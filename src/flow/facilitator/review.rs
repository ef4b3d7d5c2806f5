//! The review before *Realizar solicitud*: everything that will be sent, each line with *Cambiar*.

use super::{Facilitator, MAKE, Paper, Step, Then, screen};
use crate::effect::facilitator::{FacilitatorApplication, FacilitatorEffect};
use crate::event::{Key, Target};
use crate::flow::Next;
use crate::flow::machine::Machine;
use crate::form::Touch;

impl Facilitator {
    /// Up and down move over the lines and the button; Enter on a line is its *Cambiar*.
    pub(super) fn press_review(mut self, at: Target, touch: &Touch) -> Next<Self> {
        let stops: Vec<Target> = screen::changeable().map(Target::Fact).chain([MAKE]).collect();
        let place = stops.iter().position(|stop| *stop == at).unwrap_or(stops.len() - 1);
        let to = match (at, touch) {
            (_, Touch::Key(Key::Esc)) => return self.back(),
            (MAKE, Touch::Key(Key::Enter | Key::Char(' '))) | (_, Touch::At(MAKE)) => return self.make(),
            (Target::Fact(line), Touch::Key(Key::Enter)) => return self.amend(line),
            (_, Touch::At(Target::Fact(line))) => return self.amend(*line),
            (_, Touch::Key(Key::Up | Key::BackTab)) => stops[place.saturating_sub(1)],
            (_, Touch::Key(Key::Down | Key::Tab)) => stops[(place + 1).min(stops.len() - 1)],
            _ => at,
        };
        self.step = Step::Review { at: to };
        Next::Stay(self)
    }

    /// *Cambiar* on a line of the review.
    fn amend(mut self, line: u8) -> Next<Self> {
        match screen::REVIEWED.get(usize::from(line)) {
            Some(screen::Line::Paper(paper)) => self.attach(*paper, Then::Review),
            Some(screen::Line::Field(panel, name)) => {
                self.panels.form_mut(*panel).focus_on(*name);
                self.step = Step::Panel(*panel, Then::Review);
                Next::Stay(self)
            }
            None => Next::Stay(self),
        }
    }

    /// *Realizar solicitud*
    fn make(mut self) -> Next<Self> {
        let Some(may) = self.may.clone() else { return self.who() };
        let (person, question, answer) = match self.panels.person(may.today) {
            Ok(read) => read,
            Err(panel) => {
                self.step = Step::Panel(panel, Then::Review);
                return Next::Stay(self);
            }
        };
        match (self.declaration.clone(), self.identity_document.clone()) {
            (None, _) => self.list(Paper::Declaration, Then::Review),
            (_, None) => self.list(Paper::IdentityDocument, Then::Review),
            (Some(declaration), Some(identity_document)) => {
                let application =
                    FacilitatorApplication { may, person, question, answer, declaration, identity_document };
                self.ask_for(FacilitatorEffect::Request(Box::new(application)))
            }
        }
    }
}
