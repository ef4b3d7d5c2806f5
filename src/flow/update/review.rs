//! The review of *Actualizar datos*: what moves over its lines and buttons, and where each leads.

use super::screen::REVIEWED;
use super::{At, CONTINUE, MY_DATA, Owner, Step, Update};
use crate::event::Target;
use crate::flow::Next;
use crate::flow::machine::Machine;
use crate::flow::review::{self, Reviewed};
use crate::form::Touch;

impl Update {
    pub(super) fn press_review(mut self, owner: Owner, at: Target, touch: &Touch) -> Next<Self> {
        match review::touched(self.changeable(), &[CONTINUE, MY_DATA], at, touch) {
            Reviewed::Back => self.back(),
            Reviewed::Line(line) => Next::Stay(self.amend(owner, line)),
            Reviewed::Button(MY_DATA) => Next::Stay(self.to(owner, At::MyData)),
            Reviewed::Button(_) => self.confirm(owner),
            Reviewed::At(at) => {
                self.step = Step::Open(owner, At::Review { at });
                Next::Stay(self)
            }
        }
    }

    /// *Cambiar* on a line of the review.
    fn amend(mut self, owner: Owner, line: u8) -> Self {
        match REVIEWED.get(usize::from(line)) {
            Some((panel, name)) => {
                self.panels.form_mut(*panel).focus_on(*name);
                self.to(owner, At::Panel(*panel))
            }
            None => self,
        }
    }
}
