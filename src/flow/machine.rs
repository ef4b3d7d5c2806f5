//! What the workflows that ask the world have in common: how a question waits, is answered, asked
//! again, left, or handed to staff, and how the letters are passed. A workflow adds its own steps:
//! what a touch on each does, what an answer leads to, and where *Volver* leads from it.

use super::Next;
use super::asked::{Asked, Waited};
use super::challenge::{ChallengePanel, Passed};
use crate::domain::rut::Rut;
use crate::effect::{Effect, Reply};
use crate::form::names::ButtonName;
use crate::form::{Form, Pressed, Touch};

/// The steps of a workflow. The default one is the first.
pub trait Waits: Default {
    /// The step that waits for an answer.
    fn waiting(asked: Asked<Self>) -> Self;
    /// What it waits for, if it does.
    fn asked(&self) -> Option<&Asked<Self>>;
    fn asked_mut(&mut self) -> Option<&mut Asked<Self>>;
}

/// Says that a workflow's steps wait in their variant `Asking`.
macro_rules! waits {
    ($step:ident) => {
        impl $crate::flow::machine::Waits for $step {
            fn waiting(asked: Asked<Self>) -> Self {
                $step::Asking(asked)
            }
            fn asked(&self) -> Option<&Asked<Self>> {
                if let $step::Asking(asked) = self { Some(asked) } else { None }
            }
            fn asked_mut(&mut self) -> Option<&mut Asked<Self>> {
                if let $step::Asking(asked) = self { Some(asked) } else { None }
            }
        }
    };
}
pub(in crate::flow) use waits;

pub trait Machine: Sized {
    type Step: Waits;

    fn step(&self) -> &Self::Step;
    fn step_mut(&mut self) -> &mut Self::Step;

    /// The form on the page; where there is none, the page's buttons.
    fn form_mut(&mut self) -> &mut Form;
    /// A button of that form.
    fn go(self, button: ButtonName) -> Next<Self>;
    /// *Volver*, or Esc.
    fn back(self) -> Next<Self>;
    /// The answer to what the step asked.
    fn answered(self, effect: Effect, reply: Reply) -> Next<Self>;

    /// What came while no question waits.
    fn unasked(self, _: Reply) -> Next<Self> {
        Next::Stay(self)
    }

    /// The letters, on the page that shows them.
    fn challenge_mut(&mut self) -> Option<&mut ChallengePanel> {
        None
    }

    /// What the letters stand before.
    fn challenge_passed(self) -> Next<Self> {
        Next::Stay(self)
    }

    /// A touch on a page of its own, neither waiting nor the letters.
    fn touched(self, touch: &Touch) -> Next<Self> {
        self.touch_form(touch)
    }

    /// The person goes on while no register answers.
    fn go_on_unchecked(self) -> Next<Self> {
        Next::Stay(self)
    }

    /// The question was left before its answer came; here is the step that asked it.
    fn left(mut self, effect: &Effect) -> Next<Self> {
        match (effect, self.challenge_mut()) {
            // There is nothing to see yet.
            (Effect::DrawChallenge, _) => self.back(),
            // The letters were used.
            (_, Some(_)) => self.ask(Effect::DrawChallenge),
            (_, None) => Next::Stay(self),
        }
    }

    fn press(mut self, touch: &Touch) -> Next<Self> {
        if let Some(asked) = self.step_mut().asked_mut() {
            return match asked.touch(touch) {
                Waited::Back => match self.take_question() {
                    Some(effect) => self.left(&effect),
                    None => Next::Stay(self),
                },
                Waited::Again => self.ask_again(),
                Waited::Help => Next::CallStaff(self),
                Waited::GoOnUnchecked => self.go_on_unchecked(),
                Waited::NotYet => Next::Stay(self),
            };
        }
        if let Some(letters) = self.challenge_mut() {
            return match letters.touch(touch) {
                Passed::Yes => self.challenge_passed(),
                Passed::Renew => self.ask(Effect::DrawChallenge),
                Passed::Back => self.back(),
                Passed::NotYet => Next::Stay(self),
            };
        }
        self.touched(touch)
    }

    fn touch_form(mut self, touch: &Touch) -> Next<Self> {
        match self.form_mut().touch(touch) {
            Pressed::Nothing | Pressed::Toggled(_) => Next::Stay(self),
            Pressed::Back => self.back(),
            Pressed::Button(button) => self.go(button),
        }
    }

    /// Asks it, and waits.
    fn ask(mut self, effect: Effect) -> Next<Self> {
        let from = std::mem::take(self.step_mut());
        *self.step_mut() = Self::Step::waiting(Asked::new(effect.clone(), from));
        Next::Ask(self, effect)
    }

    fn ask_again(mut self) -> Next<Self> {
        match self.take_question() {
            Some(effect) => self.ask(effect),
            None => Next::Stay(self),
        }
    }

    /// Ends the waiting: back on the step that asked, with what it had asked.
    fn take_question(&mut self) -> Option<Effect> {
        let asked = self.step_mut().asked_mut()?;
        let (from, effect) = (std::mem::take(&mut *asked.from), asked.effect.clone());
        *self.step_mut() = from;
        Some(effect)
    }

    fn reply(mut self, reply: Reply) -> Next<Self> {
        let Some(asked) = self.step_mut().asked_mut() else { return self.unasked(reply) };
        if !asked.is_answered_by(&reply) {
            return Next::Stay(self);
        }
        match (self.take_question(), self.challenge_mut(), reply) {
            (Some(Effect::DrawChallenge), Some(letters), Reply::Challenge(drawn)) => {
                letters.renew(drawn);
                Next::Stay(self)
            }
            (Some(effect), _, reply) => self.answered(effect, reply),
            (None, ..) => Next::Stay(self),
        }
    }

    /// Staff vouch for the person: the letters count as passed, and who had to wait need not.
    fn vouched(mut self) -> Next<Self> {
        if self.step().asked().is_some_and(Asked::yields_to_staff) {
            return self.ask_again();
        }
        match self.challenge_mut() {
            Some(_) => self.challenge_passed(),
            None => Next::Stay(self),
        }
    }

    /// The company that has to wait after failed tries, if one has to.
    fn blocked(&self) -> Option<Rut> {
        self.step().asked()?.blocked()
    }
}
