//! The review of *Actualizar datos*: what moves over its lines and buttons, and where each leads.

use super::screen::REVIEWED;
use super::{At, CONTINUE, MY_DATA, Owner, Step, Update};
use crate::event::{Key, Target};
use crate::flow::Next;
use crate::flow::machine::Machine;
use crate::form::Touch;

impl Update {
    /// Up and down move over the lines and the buttons; Enter on a line is its *Cambiar*.
    pub(super) fn press_review(mut self, owner: Owner, at: Target, touch: &Touch) -> Next<Self> {
        let lines = self.changeable().into_iter().map(Target::Fact);
        let stops: Vec<Target> = lines.chain([CONTINUE, MY_DATA]).collect();
        let place = stops.iter().position(|stop| *stop == at).unwrap_or(stops.len() - 1);
        let pressed = match touch {
            Touch::Key(Key::Esc) => return self.back(),
            Touch::Key(Key::Enter) => Some(at),
            Touch::Key(Key::Char(' ')) if matches!(at, Target::Button(_)) => Some(at),
            Touch::At(target) if stops.contains(target) => Some(*target),
            _ => None,
        };
        match pressed {
            Some(Target::Fact(line)) => return Next::Stay(self.amend(owner, line)),
            Some(MY_DATA) => return Next::Stay(self.to(owner, At::MyData)),
            Some(_) => return self.confirm(owner),
            None => {}
        }
        let to = match touch {
            Touch::Key(Key::Up | Key::BackTab) => stops[place.saturating_sub(1)],
            Touch::Key(Key::Down | Key::Tab) => stops[(place + 1).min(stops.len() - 1)],
            _ => at,
        };
        self.step = Step::Open(owner, At::Review { at: to });
        Next::Stay(self)
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
