//! A question to the world, in every workflow alike: on its way, or stopped because nobody can
//! answer it now. It can be left, asked again, or handed to staff; what was typed stays. A save can't
//! be left: it completes anyway, and whoever went back would take it for undone.

use std::time::Duration;

use super::Spot;
use super::shown::Shown;
use super::stop::Stop;
use crate::domain::register::Service;
use crate::domain::rut::Rut;
use crate::effect::facilitator::FacilitatorEffect;
use crate::effect::settlement::{SettlementEffect, WithoutRun};
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
    /// Why none came before it was asked again.
    before: Option<Stop>,
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
        let buttons = match Awaited::of(&effect) {
            Awaited::Save => vec![],
            Awaited::Sii | Awaited::BothRegisters | Awaited::RegistroCivil => {
                vec![ButtonName::GoBack, ButtonName::Retry, ButtonName::AskHelp]
            }
            Awaited::Check | Awaited::Drives | Awaited::File | Awaited::PhonePage | Awaited::HandOut => {
                vec![ButtonName::GoBack]
            }
        };
        let form = Form::new(vec![], buttons).resting_before();
        Asked { effect, from: Box::new(from), stop: None, before: None, form }
    }

    /// The same, asked once more after it stopped for this.
    pub fn after(self, before: Option<Stop>) -> Self {
        Asked { before, ..self }
    }

    /// Why it stopped, if it did.
    pub fn stopped_by(&self) -> Option<Stop> {
        self.stop
    }

    /// Whether it completes whatever the person does.
    fn is_being_saved(&self) -> bool {
        !self.is_stopped() && Awaited::of(&self.effect) == Awaited::Save
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
        let stop = Stop::of(reply).map(|stop| stop.after(self.before));
        let stop = match Awaited::of(&self.effect).may_be_kept() {
            true => stop,
            false => stop.map(Stop::of_look_up),
        };
        match stop {
            _ if self.is_stopped() => false,
            None => true,
            Some(stop) => {
                let go_on = Without::of(stop, &self.effect) == Without::Pending;
                let mut buttons = if stop.may_pass() { vec![ButtonName::Retry] } else { vec![] };
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

    /// The company about which SII, or an old list in its place, gives no answer.
    pub fn unanswered_company(&self) -> Option<Rut> {
        match (&self.effect, self.stop) {
            (Effect::LookUpCompany(company), Some(Stop::Registry(Service::Sii))) => Some(*company),
            _ => None,
        }
    }

    /// Whether staff can let it be asked again.
    pub fn yields_to_staff(&self) -> bool {
        self.stop.is_some_and(Stop::yields_to_staff)
    }

    /// Who has to wait after failed tries, if that is why it stopped: a company, or a card's holder.
    pub fn blocked(&self) -> Option<Rut> {
        match (self.stop, &self.effect) {
            (Some(Stop::Wait(_)), Effect::CheckCard { representative, .. }) => {
                Some(representative.representative())
            }
            (Some(Stop::Wait(_)), Effect::CheckApplicantCard { representative, .. }) => Some(*representative),
            (Some(Stop::Wait(_)), effect) => effect.company(),
            _ => None,
        }
    }

    /// Whom Registro Civil doesn't know, if that is why it stopped.
    pub fn without_run(&self) -> Option<WithoutRun> {
        let of = |company, representative, serial| Some(WithoutRun { company, representative, serial });
        match &self.effect {
            _ if !self.stop.is_some_and(Stop::takes_papers) => None,
            Effect::CheckRepresentative { company, representative } => of(*company, *representative, None),
            Effect::LookUpRepresentative { company, representative } => {
                of(company.rut(), *representative, None)
            }
            Effect::CheckCard { representative, serial } => {
                of(representative.company(), representative.representative(), Some(serial.clone()))
            }
            Effect::CheckApplicantCard { company, representative, serial } => {
                of(*company, *representative, Some(serial.clone()))
            }
            _ => None,
        }
    }

    /// Whether it stopped because the terminal is locked.
    pub fn is_locked(&self) -> bool {
        self.stop == Some(Stop::TerminalLocked)
    }

    /// Which of its pages stands: that it waits, or that no answer came.
    pub fn spot(&self) -> Spot {
        Spot::of(self.is_stopped())
    }

    /// The page that waits, or tells why no answer comes.
    pub fn shows(&self) -> Shown<'_> {
        if let Some(stop) = self.stop {
            return stop.shows(Without::of(stop, &self.effect).says(), &self.form);
        }
        // The kiosk puts in for how long.
        let since = Msg::WaitingSince { seconds: 0 };
        let waiting = vec![Block::Waiting { what: Awaited::of(&self.effect).says(), since }];
        match self.is_being_saved() {
            true => Shown::within(Msg::WaitingHeading, waiting, Target::Opening).with_no_way_back(),
            false => Shown::form(Msg::WaitingHeading, waiting, &self.form),
        }
    }
}

/// Whoever waits longer than this is told of another road.
const LONG_WAIT: Duration = Duration::from_secs(60);

/// What can be done without the answer: of a register that is down, or of a check that must wait.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Without {
    /// A registration waits, and is checked later.
    Pending,
    /// Nothing, without staff.
    Nothing,
    /// All but what was asked for.
    TheRest,
    /// A clave or an answer must wait long, and the card's road is open all the same (T9).
    ByCard,
    /// Staff see other papers than a card (T6).
    ByPapers,
    /// Staff see the card, which no list has (T6).
    ByCardSeen,
    /// It is for nothing that could be done without.
    Else,
}

impl Without {
    fn of(stop: Stop, effect: &Effect) -> Self {
        match (stop, effect) {
            (
                Stop::Registry(_),
                Effect::LookUpCompany(_)
                | Effect::LookUpRepresentative { .. }
                | Effect::CheckApplicantCard { .. },
            ) => Without::Pending,
            (Stop::Registry(_), Effect::CheckNewRepresentative(..)) => Without::TheRest,
            (Stop::Registry(_), _) => Without::Nothing,
            (Stop::WithoutRun, _) => Without::ByPapers,
            (Stop::CardUnlisted, _) => Without::ByCardSeen,
            (Stop::Wait(wait), Effect::CheckClave { .. } | Effect::CheckAnswer { .. })
                if wait > LONG_WAIT =>
            {
                Without::ByCard
            }
            _ => Without::Else,
        }
    }

    fn says(self) -> Option<Msg> {
        match self {
            Without::Pending => Some(Msg::StopCanGoOn),
            Without::Nothing => Some(Msg::StopNeedsStaff),
            Without::TheRest => Some(Msg::StopChangeTheRest),
            Without::ByCard => Some(Msg::StopByCard),
            Without::ByPapers => Some(Msg::StopByPapers),
            Without::ByCardSeen => Some(Msg::StopByCardSeen),
            Without::Else => None,
        }
    }
}

/// What we wait for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Awaited {
    Sii,
    RegistroCivil,
    BothRegisters,
    /// The store keeps it. Nobody can take that back any more.
    Save,
    /// The store is looked into.
    Check,
    Drives,
    File,
    PhonePage,
    HandOut,
}

impl Awaited {
    fn of(effect: &Effect) -> Self {
        match effect {
            Effect::LookUpCompany(_) => Awaited::Sii,
            Effect::LookUpRepresentative { .. }
            | Effect::CheckNewRepresentative(..)
            | Effect::CheckRepresentative { .. } => Awaited::BothRegisters,
            Effect::CheckCard { .. } | Effect::CheckApplicantCard { .. } => Awaited::RegistroCivil,
            Effect::Facilitator(effect) => Awaited::of_facilitator(effect),
            Effect::CreateAccount(_)
            | Effect::RecoverWithAnswer { .. }
            | Effect::RecoverWithCard { .. }
            | Effect::RecoverToNewAddress { .. }
            | Effect::RecoverVouched { .. }
            | Effect::ChangeClave { .. }
            | Effect::SaveData(..)
            | Effect::SendCopy(_)
            | Effect::RequestErasure(_)
            | Effect::TakeErasureBack(_)
            | Effect::Settlement(SettlementEffect::ProveChannel(..) | SettlementEffect::Settle(_)) => {
                Awaited::Save
            }
            Effect::DrawChallenge
            | Effect::ResumeApplication(_)
            | Effect::CheckCode { .. }
            | Effect::SendCodeAgain { .. }
            | Effect::BeginRecovery(_)
            | Effect::CheckAnswer { .. }
            | Effect::Settlement(SettlementEffect::GoOn(_))
            | Effect::CheckClave { .. }
            | Effect::ReadData(_)
            | Effect::Undo { .. }
            | Effect::VouchForPerson { .. }
            | Effect::CallStaff
            | Effect::SignIn { .. }
            | Effect::Staff(_)
            | Effect::SignOut { .. }
            | Effect::EndVisit { .. } => Awaited::Check,
        }
    }

    fn of_facilitator(effect: &FacilitatorEffect) -> Self {
        match effect {
            FacilitatorEffect::ListFiles => Awaited::Drives,
            FacilitatorEffect::TakeFile(_) | FacilitatorEffect::ScaleFile(_) => Awaited::File,
            FacilitatorEffect::OpenPhonePage | FacilitatorEffect::AwaitPhone(_) => Awaited::PhonePage,
            FacilitatorEffect::HandOut { .. } => Awaited::HandOut,
            FacilitatorEffect::Request(_) | FacilitatorEffect::ChangeClave { .. } => Awaited::Save,
            FacilitatorEffect::Begin(_)
            | FacilitatorEffect::LookUp { .. }
            | FacilitatorEffect::CheckClave { .. } => Awaited::Check,
        }
    }

    /// Whether anything may have been saved by it.
    fn may_be_kept(self) -> bool {
        match self {
            Awaited::Save | Awaited::Check => true,
            Awaited::Sii
            | Awaited::RegistroCivil
            | Awaited::BothRegisters
            | Awaited::Drives
            | Awaited::File
            | Awaited::PhonePage
            | Awaited::HandOut => false,
        }
    }

    fn says(self) -> Msg {
        match self {
            Awaited::Sii => Msg::WaitingForSii,
            Awaited::BothRegisters => Msg::WaitingForBoth,
            Awaited::RegistroCivil => Msg::WaitingForRegistroCivil,
            Awaited::Save => Msg::WaitingForSaving,
            Awaited::Check => Msg::WaitingForChecking,
            Awaited::Drives => Msg::WaitingForDrives,
            Awaited::File => Msg::WaitingForFile,
            Awaited::PhonePage => Msg::WaitingForPhonePage,
            Awaited::HandOut => Msg::WaitingForHandOut,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::secret::Secret;

    /// What it says after these replies, each to the same asked once more.
    fn stops(effect: &Effect, replies: &[Reply]) -> Vec<Option<Stop>> {
        let mut before = None;
        let stop = |reply| {
            let mut asked = Asked::new(effect.clone(), ()).after(before);
            asked.is_answered_by(reply);
            before = asked.stopped_by();
            before
        };
        replies.iter().map(stop).collect()
    }

    /// That nothing can be saved now says nothing of whether it was saved before.
    #[test]
    fn what_may_have_been_saved_stays_so_until_an_answer() {
        let code = Effect::Undo { company: company(), code: Secret::new("1") };
        let replies = [Reply::StoreDown, Reply::StoreUnsure, Reply::StoreDown, Reply::StoreDown];
        let says = [Stop::Store, Stop::Unsure, Stop::Unsure, Stop::Unsure].map(Some);
        assert_eq!(stops(&code, &replies), says);
        assert_eq!(stops(&code, &[Reply::StoreUnsure, Reply::PinRight]), [Some(Stop::Unsure), None]);
    }

    /// A panic in a look-up kept nothing.
    #[test]
    fn what_keeps_nothing_is_never_unsure() {
        let look_up = Effect::LookUpCompany(company());
        assert_eq!(stops(&look_up, &[Reply::StoreUnsure]), [Some(Stop::Store)]);
    }

    fn company() -> Rut {
        Rut::of_body(50_000_000).expect("a RUT")
    }
}
