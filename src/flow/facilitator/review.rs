//! The review before *Realizar solicitud*: everything that will be sent, each line with *Cambiar*.

use super::{Facilitator, MAKE, Step, Then, screen};
use crate::effect::facilitator::{FacilitatorApplication, FacilitatorEffect};
use crate::event::Target;
use crate::flow::Next;
use crate::flow::machine::Machine;
use crate::flow::review::{self, Reviewed};
use crate::form::Touch;

impl Facilitator {
    pub(super) fn press_review(mut self, at: Target, touch: &Touch) -> Next<Self> {
        match review::touched(screen::changeable(), &[MAKE], at, touch) {
            Reviewed::Back => self.back(),
            Reviewed::Line(line) => self.amend(line),
            Reviewed::Button(_) => self.make(),
            Reviewed::At(at) => {
                self.step = Step::Review { at };
                Next::Stay(self)
            }
        }
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
        let (person, question, answer) = match self.panels.person(may.today()) {
            Ok(read) => read,
            Err(panel) => {
                self.step = Step::Panel(panel, Then::Review);
                return Next::Stay(self);
            }
        };
        match self.attached.both() {
            Err(missing) => self.list(missing, Then::Review),
            Ok((declaration, identity_document)) => {
                let application =
                    FacilitatorApplication { may, person, question, answer, declaration, identity_document };
                self.ask_for(FacilitatorEffect::Request(Box::new(application)))
            }
        }
    }
}
