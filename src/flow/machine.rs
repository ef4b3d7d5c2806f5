//! What the workflows that ask the world have in common: how a question waits, is answered, asked
//! again, left, or handed to staff, and how the challenge is passed. A workflow adds its own steps:
//! what each shows, what a touch on it does, what an answer leads to, and where *Volver* leads.

use std::mem::discriminant;

use super::asked::{Asked, Waited};
use super::challenge::{ChallengePanel, Passed};
use super::shown::Shown;
use super::{Engagement, Next, Spot};
use crate::domain::rut::Rut;
use crate::effect::settlement::WithoutRun;
use crate::effect::{Effect, Reply};
use crate::form::names::ButtonName;
use crate::form::{Form, Pressed, Touch};
use crate::page::Page;
use crate::text::Msg;

/// The steps of a workflow. The default one is the first.
pub trait Waits: Default {
    /// The step that waits for an answer.
    fn waiting(asked: Asked<Self>) -> Self;
    /// What it waits for, if it does.
    fn asked(&self) -> Option<&Asked<Self>>;
    /// The same, for a touch or a reply.
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

/// A workflow that asks the world: its steps, and where each leads.
pub trait Machine: Sized {
    /// Where a person can be.
    type Step: Waits;

    /// Where the person is.
    fn step(&self) -> &Self::Step;
    /// The same, to go on.
    fn step_mut(&mut self) -> &mut Self::Step;

    /// The workflow's name, above each of its pages.
    fn place(&self) -> Msg;
    /// All that the step shows, and what it makes of the visit: one `match` over the steps.
    fn shows(&self) -> Shown<'_>;
    /// The form that the step shows and a touch goes to, if it shows one.
    fn form_mut(&mut self) -> Option<&mut Form>;
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

    /// The challenge, on the page that shows it.
    fn challenge_mut(&mut self) -> Option<&mut ChallengePanel> {
        None
    }

    /// On to what the challenge stands before.
    fn challenge_passed(self) -> Next<Self> {
        Next::Stay(self)
    }

    /// A touch on a page of the workflow's own: neither one that waits nor the challenge.
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
            // A challenge is good for one use.
            (_, Some(_)) => self.ask(Effect::DrawChallenge),
            (_, None) => Next::Stay(self),
        }
    }

    /// A key, text, or a finger.
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
        if let Some(challenge) = self.challenge_mut() {
            return match challenge.touch(touch) {
                Passed::Yes => self.challenge_passed(),
                Passed::Renew => self.ask(Effect::DrawChallenge),
                Passed::Back => self.back(),
                Passed::NotYet => Next::Stay(self),
            };
        }
        self.touched(touch)
    }

    /// A touch on the form that the step shows.
    fn touch_form(mut self, touch: &Touch) -> Next<Self> {
        match self.form_mut().map(|form| form.touch(touch)) {
            Some(Pressed::Back) => self.back(),
            Some(Pressed::Button(button)) => self.go(button),
            Some(Pressed::Nothing | Pressed::Toggled(_)) | None => Next::Stay(self),
        }
    }

    /// Asks it, and waits.
    fn ask(mut self, effect: Effect) -> Next<Self> {
        let from = std::mem::take(self.step_mut());
        *self.step_mut() = Self::Step::waiting(Asked::new(effect.clone(), from));
        Next::Ask(self, effect)
    }

    /// Asks it if all of it could be read; else the form says what is wrong.
    fn ask_if(self, effect: Option<Effect>) -> Next<Self> {
        match effect {
            Some(effect) => self.ask(effect),
            None => Next::Stay(self),
        }
    }

    /// Asks the same once more.
    fn ask_again(mut self) -> Next<Self> {
        let before = self.step().asked().and_then(Asked::stopped_by);
        match self.take_question() {
            Some(effect) => {
                let from = std::mem::take(self.step_mut());
                *self.step_mut() = Self::Step::waiting(Asked::new(effect.clone(), from).after(before));
                Next::Ask(self, effect)
            }
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

    /// What the world answers.
    fn reply(mut self, reply: Reply) -> Next<Self> {
        let Some(asked) = self.step_mut().asked_mut() else { return self.unasked(reply) };
        if !asked.is_answered_by(&reply) {
            return Next::Stay(self);
        }
        match (self.take_question(), self.challenge_mut(), reply) {
            (Some(Effect::DrawChallenge), Some(challenge), Reply::Challenge(drawn)) => {
                challenge.renew(drawn);
                Next::Stay(self)
            }
            (Some(effect), _, reply) => self.answered(effect, reply),
            (None, ..) => Next::Stay(self),
        }
    }

    /// Staff vouch for the person: the challenge counts as passed, and whoever had to wait need not.
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

    /// Whom Registro Civil doesn't know, if that is why it stopped.
    fn without_run(&self) -> Option<WithoutRun> {
        self.step().asked()?.without_run()
    }

    /// Whether it stopped because the terminal is locked.
    fn is_locked(&self) -> bool {
        self.step().asked().is_some_and(Asked::is_locked)
    }

    /// What tells the pages of one step apart: which panel, or which document.
    fn within(&self) -> Spot {
        Spot::default()
    }

    /// Which page it shows.
    fn spot(&self) -> Spot {
        let within = match self.step().asked() {
            Some(asked) => asked.spot(),
            None => self.within(),
        };
        Spot::of((discriminant(self.step()), within))
    }

    /// What the screen shows.
    fn page(&self) -> Page {
        self.shows().page(self.place())
    }

    /// What state the visit is in.
    fn engagement(&self) -> Engagement {
        self.shows().engagement()
    }
}
