//! The review of *Actualizar datos*: what moves over its lines and buttons, and where each leads.

use super::screen::REVIEWED;
use super::{At, CONTINUE, MY_DATA, Panel, Step, Told, Update};
use crate::effect::{DataChange, Effect};
use crate::event::Target;
use crate::flow::Next;
use crate::flow::challenge::ChallengePanel;
use crate::flow::machine::Machine;
use crate::flow::review::{self, Reviewed};
use crate::form::Touch;
use crate::form::names::ButtonName;

impl Update {
    pub(super) fn press_review(self, at: Target, touch: &Touch) -> Next<Self> {
        match review::touched(self.changeable(), &[CONTINUE, MY_DATA], at, touch) {
            Reviewed::Back => self.back(),
            Reviewed::Line(line) => Next::Stay(self.amend(line)),
            Reviewed::Button(MY_DATA) => Next::Stay(self.my_data()),
            Reviewed::Button(_) => self.confirm(),
            Reviewed::At(at) => Next::Stay(self.to(At::Review { at })),
        }
    }

    /// *Cambiar* on a line of the review.
    fn amend(mut self, line: u8) -> Self {
        match REVIEWED.get(usize::from(line)) {
            Some((panel, name)) => {
                self.wanted.panels.form_mut(*panel).focus_on(*name);
                self.to(At::Panel(*panel))
            }
            None => self,
        }
    }

    fn my_data(self) -> Self {
        let Step::Open(owner, _) = &self.step else { return self };
        let my_data = owner.my_data();
        self.to(my_data)
    }

    /// *Continuar* or *Validar*: reads the panel and goes back to the review; another
    /// representative is asked for at the registry first.
    pub(super) fn leave_panel(mut self, panel: Panel) -> Next<Self> {
        let Step::Open(owner, _) = &self.step else { return Next::Stay(self) };
        if !self.wanted.is_right(panel, &owner.on_file) {
            return Next::Stay(self);
        }
        if panel == Panel::Representative
            && let Some(rut) = self.wanted.other_representative(&owner.on_file)
        {
            let effect = Effect::CheckNewRepresentative(owner.proved.clone(), rut);
            return self.ask(effect);
        }
        Next::Stay(self.to(At::Review { at: CONTINUE }))
    }

    /// *Continuar* on the review.
    fn confirm(mut self) -> Next<Self> {
        let Step::Open(owner, _) = &self.step else { return Next::Stay(self) };
        match self.wanted.changes(&owner.on_file) {
            Err(panel) => Next::Stay(self.to(At::Panel(panel))),
            Ok(changes) if changes.saved == DataChange::default() => {
                let told =
                    changes.off().first().map_or(Told::NothingChanged, |channel| Told::NoCode(*channel));
                Next::Stay(self.to(At::told(told)))
            }
            Ok(changes) => {
                let challenge = ChallengePanel::new(ButtonName::SaveChanges);
                self.to(At::Confirm(Box::new(changes), challenge)).ask(Effect::DrawChallenge)
            }
        }
    }
}
