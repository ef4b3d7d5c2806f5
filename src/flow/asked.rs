//! A question to the world, in every workflow alike: on its way, or stopped because nobody can
//! answer it now. It can be left, asked again, or handed to staff; what was typed stays. What is
//! being saved can't be left: it is done all the same, and who went back would take it for undone.

use super::shown::Shown;
use super::stop::Stop;
use crate::domain::rut::Rut;
use crate::effect::facilitator::FacilitatorEffect;
use crate::effect::{Effect, Reply};
use crate::event::Target;
use crate::form::names::ButtonName;
use crate::form::{Form, Pressed, Touch};
use crate::page::Block;
use crate::text::Msg;

/// What was asked, and the step that asked it.
#[derive(Debug, PartialEq)]
pub struct Asked<S> {
    pub effect: Effect,
    pub from: Box<S>,
    /// Why no answer came.
    stop: Option<Stop>,
    form: Form,
}

/// What a touch on the page came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waited {
    /// *Volver*, or Esc.
    Back,
    /// *Reintentar*
    Again,
    /// *Pedir ayuda*
    Help,
    /// Go on without the answer, which is asked for later.
    GoOnUnchecked,
    NotYet,
}

impl<S> Asked<S> {
    pub fn new(effect: Effect, from: S) -> Self {
        let buttons = match waiting_for(&effect) {
            Msg::WaitingForSaving => vec![],
            Msg::WaitingForSii | Msg::WaitingForBoth | Msg::WaitingForRegistroCivil => {
                vec![ButtonName::GoBack, ButtonName::Retry, ButtonName::AskHelp]
            }
            _ => vec![ButtonName::GoBack],
        };
        Asked { effect, from: Box::new(from), stop: None, form: Form::new(vec![], buttons) }
    }

    /// Whether it is done whatever the person does.
    fn is_being_saved(&self) -> bool {
        !self.is_stopped() && waiting_for(&self.effect) == Msg::WaitingForSaving
    }

    pub fn touch(&mut self, touch: &Touch) -> Waited {
        if self.is_being_saved() {
            return Waited::NotYet;
        }
        match self.form.touch(touch) {
            Pressed::Nothing | Pressed::Toggled(_) => Waited::NotYet,
            Pressed::Button(ButtonName::Retry) => Waited::Again,
            Pressed::Button(ButtonName::AskHelp) => Waited::Help,
            Pressed::Button(ButtonName::GoOnUnchecked) => Waited::GoOnUnchecked,
            Pressed::Back | Pressed::Button(_) => Waited::Back,
        }
    }

    /// Whether this reply answers it. One that says that nobody can answer now stops it; once
    /// stopped, it waits for nothing.
    pub fn is_answered_by(&mut self, reply: &Reply) -> bool {
        match Stop::of(reply) {
            _ if self.is_stopped() => false,
            None => true,
            Some(stop) => {
                let go_on = Without::of(stop, &self.effect) == Without::Pending;
                let mut buttons = vec![ButtonName::Retry];
                buttons.extend(go_on.then_some(ButtonName::GoOnUnchecked));
                buttons.extend([ButtonName::AskHelp, ButtonName::GoBack]);
                self.form = Form::new(vec![], buttons);
                self.stop = Some(stop);
                false
            }
        }
    }

    pub fn is_stopped(&self) -> bool {
        self.stop.is_some()
    }

    /// Whether a register is down, which is why it stopped.
    pub fn is_unanswered(&self) -> bool {
        matches!(self.stop, Some(Stop::Registry(_)))
    }

    /// Whether a PIN of the staff lets it be asked again.
    pub fn yields_to_staff(&self) -> bool {
        self.stop.is_some_and(Stop::yields_to_staff)
    }

    /// The company that has to wait after failed tries, if that is why it stopped.
    pub fn blocked(&self) -> Option<Rut> {
        match self.stop {
            Some(Stop::Wait(_)) => self.effect.company(),
            _ => None,
        }
    }

    /// The page that waits, or tells why no answer comes.
    pub fn shows(&self) -> Shown<'_> {
        if let Some(stop) = self.stop {
            return stop.shows(Without::of(stop, &self.effect).says(), &self.form);
        }
        // The kiosk puts in for how long.
        let since = Msg::WaitingSince { seconds: 0 };
        let waiting = vec![Block::Waiting { what: waiting_for(&self.effect), since }];
        match self.is_being_saved() {
            true => Shown::within(Msg::WaitingHeading, waiting, Target::Opening).with_no_way_back(),
            false => Shown::form(Msg::WaitingHeading, waiting, &self.form),
        }
    }
}

/// What can be done without the answer of a register that is down.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Without {
    /// A registration waits, and is checked later.
    Pending,
    /// Nothing, without staff.
    Nothing,
    /// All but what was asked for.
    TheRest,
    /// It is not for a register that it stopped.
    Else,
}

impl Without {
    fn of(stop: Stop, effect: &Effect) -> Self {
        match (stop, effect) {
            (Stop::Registry(_), Effect::LookUpCompany(_) | Effect::LookUpRepresentative { .. }) => {
                Without::Pending
            }
            (Stop::Registry(_), Effect::CheckNewRepresentative(..)) => Without::TheRest,
            (Stop::Registry(_), _) => Without::Nothing,
            _ => Without::Else,
        }
    }

    fn says(self) -> Option<Msg> {
        match self {
            Without::Pending => Some(Msg::StopCanGoOn),
            Without::Nothing => Some(Msg::StopNeedsStaff),
            Without::TheRest => Some(Msg::StopChangeTheRest),
            Without::Else => None,
        }
    }
}

/// What we wait for, by what was asked.
fn waiting_for(effect: &Effect) -> Msg {
    match effect {
        Effect::LookUpCompany(_) => Msg::WaitingForSii,
        Effect::LookUpRepresentative { .. }
        | Effect::CheckNewRepresentative(..)
        | Effect::CheckRepresentative { .. } => Msg::WaitingForBoth,
        Effect::CheckCard { .. } => Msg::WaitingForRegistroCivil,
        Effect::Facilitator(effect) => waiting_for_facilitator(effect),
        Effect::CreateAccount(_)
        | Effect::RecoverWithAnswer { .. }
        | Effect::RecoverWithCard { .. }
        | Effect::RecoverToNewAddress { .. }
        | Effect::RecoverVouched { .. }
        | Effect::ChangeClave { .. }
        | Effect::SaveData(..)
        | Effect::SendCopy(_)
        | Effect::RequestErasure(_)
        | Effect::TakeErasureBack(_) => Msg::WaitingForSaving,
        Effect::DrawChallenge
        | Effect::CheckCode { .. }
        | Effect::SendCodeAgain { .. }
        | Effect::BeginRecovery(_)
        | Effect::WitnessCard { .. }
        | Effect::CheckClave { .. }
        | Effect::ReadData(_)
        | Effect::Undo { .. }
        | Effect::VouchForPerson { .. }
        | Effect::CallStaff
        | Effect::SignIn { .. }
        | Effect::Staff(_)
        | Effect::SignOut { .. }
        | Effect::EndVisit { .. } => Msg::WaitingForChecking,
    }
}

fn waiting_for_facilitator(effect: &FacilitatorEffect) -> Msg {
    match effect {
        FacilitatorEffect::ListFiles => Msg::WaitingForDrives,
        FacilitatorEffect::TakeFile(_) | FacilitatorEffect::ScaleFile(_) => Msg::WaitingForFile,
        FacilitatorEffect::OpenPhonePage | FacilitatorEffect::AwaitPhone(_) => Msg::WaitingForPhonePage,
        FacilitatorEffect::HandOut { .. } => Msg::WaitingForHandOut,
        FacilitatorEffect::Request(_) | FacilitatorEffect::ChangeClave { .. } => Msg::WaitingForSaving,
        FacilitatorEffect::Begin(_)
        | FacilitatorEffect::LookUp { .. }
        | FacilitatorEffect::CheckClave { .. } => Msg::WaitingForChecking,
    }
}
