//! *Registrar Persona Jurídica* (guide 2): the form's panels in the guide's order, the letters, a
//! review, *Crear Cuenta*, the code that proves the company's address, and the receipt.

mod application;
mod replies;
mod screen;
mod subject;
#[cfg(test)]
mod tests;

use super::asked::Asked;
use super::challenge::ChallengePanel;
use super::machine::{Machine, waits};
pub use super::panels::Panel;
use super::panels::{self, Panels};
use super::review::{self, Reviewed};
use super::{Ending, Engagement, Next, Setup};
use crate::domain::folio::Folio;
use crate::domain::rut::Rut;
use crate::effect::{AwaitingCode, Effect, Reply, SentTo};
use crate::event::Target;
use crate::form::names::{ButtonName, Name};
use crate::form::{Form, Touch};
use crate::text::Msg;
use subject::Subject;

#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// One of the form's panels, and where *Continuar* leads from it.
    Panel(Panel, Then),
    /// The letters: *Ingresar*.
    Challenge(ChallengePanel),
    /// Everything typed, each line with *Cambiar*, and *Crear Cuenta*; the focus is on one of them.
    Review { at: Target },
    /// The code that was mailed to the company's address.
    Code { awaiting: AwaitingCode, sent_to: SentTo },
    /// The receipt.
    Taken { folio: Folio, address_proved: bool },
    /// The company does not qualify: the person is told why, and may type another RUT.
    Unfit(Unfit, Then),
    /// Waiting for an answer, or told why none comes.
    Asking(Asked<Step>),
}

/// Where *Continuar* leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    NextPanel,
    /// The panel was opened by *Cambiar* on the review.
    Review,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    CompanyClosed,
    CompanyUnknown,
}

/// *Crear Cuenta* on the review.
const CREATE: Target = Target::Button(0);

#[derive(Debug, PartialEq)]
pub struct Register {
    step: Step,
    panels: Panels,
    subject: Subject,
    code: Form,
    /// The buttons of a page without fields.
    plain: Form,
}

waits!(Step);

impl Default for Step {
    fn default() -> Self {
        Step::Panel(Panel::Company, Then::NextPanel)
    }
}

impl Machine for Register {
    type Step = Step;

    fn step(&self) -> &Step {
        &self.step
    }

    fn step_mut(&mut self) -> &mut Step {
        &mut self.step
    }

    fn touched(self, touch: &Touch) -> Next<Self> {
        match self.step {
            Step::Review { at } => self.press_review(at, touch),
            _ => self.touch_form(touch),
        }
    }

    fn form_mut(&mut self) -> &mut Form {
        match self.step {
            Step::Panel(panel, _) => self.panels.form_mut(panel),
            Step::Code { .. } => &mut self.code,
            _ => &mut self.plain,
        }
    }

    fn go(mut self, button: ButtonName) -> Next<Self> {
        match self.step.clone() {
            Step::Panel(panel, then) => self.leave_panel(panel, then),
            Step::Code { awaiting, .. } if button == ButtonName::Later => {
                self.taken(awaiting.folio, false);
                Next::Stay(self)
            }
            Step::Code { awaiting, .. } if button == ButtonName::SendCodeAgain => {
                self.ask(Effect::SendCodeAgain { awaiting })
            }
            Step::Code { awaiting, .. } => match self.code.read(|reader| reader.code(Name::Code)) {
                Some(code) => self.ask(Effect::CheckCode { awaiting, code }),
                None => Next::Stay(self),
            },
            Step::Taken { .. } => Next::Leave(Ending::Visit),
            Step::Unfit(..) if button == ButtonName::AskHelp => Next::CallStaff(self),
            Step::Unfit(..) => self.back(),
            Step::Challenge(_) | Step::Review { .. } | Step::Asking(_) => Next::Stay(self),
        }
    }

    fn back(mut self) -> Next<Self> {
        match self.step.clone() {
            Step::Panel(_, Then::Review) => return Next::Stay(self.review()),
            Step::Panel(panel, Then::NextPanel) => match panel.before() {
                Some(before) => {
                    self.panels.form_mut(panel).forget_secrets();
                    self.step = Step::Panel(before, Then::NextPanel);
                }
                None => return Next::Leave(Ending::Menu),
            },
            Step::Challenge(_) | Step::Review { .. } => {
                self.panels.form_mut(Panel::Clave).forget_secrets();
                self.step = Step::Panel(Panel::Clave, Then::NextPanel);
            }
            Step::Unfit(_, then) => self.step = Step::Panel(Panel::Company, then),
            // It was done.
            Step::Code { .. } | Step::Taken { .. } | Step::Asking(_) => {}
        }
        Next::Stay(self)
    }

    fn challenge_mut(&mut self) -> Option<&mut ChallengePanel> {
        if let Step::Challenge(letters) = &mut self.step { Some(letters) } else { None }
    }

    fn challenge_passed(self) -> Next<Self> {
        Next::Stay(self.review())
    }

    /// The registry is down: the person says what it would have said, and it is checked later.
    fn go_on_unchecked(mut self) -> Next<Self> {
        match self.take_question() {
            Some(Effect::LookUpCompany(company)) => {
                self.subject.company_is_unchecked(company);
                self.panels.ask_for_name_of(Panel::Company);
                self.open_after(Panel::Company);
            }
            Some(Effect::LookUpRepresentative { representative, .. }) => {
                self.name_unchecked_representative(representative);
            }
            _ => {}
        }
        Next::Stay(self)
    }

    fn answered(self, effect: Effect, reply: Reply) -> Next<Self> {
        Next::Stay(self.heard(effect, reply))
    }
}

impl Register {
    pub fn new(setup: &Setup) -> Self {
        Register {
            step: Step::default(),
            panels: Panels::new(setup),
            subject: Subject::default(),
            code: panels::code_form(),
            plain: Form::new(vec![], vec![ButtonName::GoBack]),
        }
    }

    fn form(&self) -> &Form {
        match &self.step {
            Step::Panel(panel, _) => self.panels.form(*panel),
            Step::Challenge(letters) => letters.form(),
            Step::Code { .. } => &self.code,
            _ => &self.plain,
        }
    }

    /// *Validar* or *Continuar*: reads the panel and goes on; the two RUTs ask the registry first.
    fn leave_panel(mut self, panel: Panel, then: Then) -> Next<Self> {
        let is_right = match panel {
            Panel::Company => match self.panels.company() {
                Some(company) => return self.ask(Effect::LookUpCompany(company)),
                None => false,
            },
            Panel::Representative => {
                match (self.subject.open_company().cloned(), self.panels.representative()) {
                    (Some(company), Some(representative)) => {
                        return self.ask(Effect::LookUpRepresentative { company, representative });
                    }
                    (None, Some(representative)) => {
                        self.name_unchecked_representative(representative);
                        return Next::Stay(self);
                    }
                    (_, None) => false,
                }
            }
            Panel::Question => self.panels.question().is_some(),
            Panel::Address => self.panels.address().is_some(),
            Panel::Contact => self.panels.contact_is_right(),
            Panel::RepresentativeContact => self.panels.representative_contact_is_right(),
            Panel::Clave if !self.subject.has_representative() => {
                return Next::Stay(self.validate_again(then));
            }
            Panel::Clave => self.panels.clave(&self.subject).is_some(),
        };
        match (is_right, then, panel.after()) {
            (false, ..) => Next::Stay(self),
            (true, Then::NextPanel, Some(next)) => {
                self.step = Step::Panel(next, Then::NextPanel);
                Next::Stay(self)
            }
            (true, Then::NextPanel, None) => {
                self.step = Step::Challenge(ChallengePanel::new([' '; 4], ButtonName::Enter));
                self.ask(Effect::DrawChallenge)
            }
            (true, Then::Review, _) => Next::Stay(self.review()),
        }
    }

    fn review(mut self) -> Self {
        self.step = Step::Review { at: Target::Opening };
        self
    }

    fn press_review(mut self, at: Target, touch: &Touch) -> Next<Self> {
        match review::touched(self.changeable(), &[CREATE], at, touch) {
            Reviewed::Back => self.back(),
            Reviewed::Line(line) => Next::Stay(self.amend(line)),
            Reviewed::Button(_) => self.create(),
            Reviewed::At(at) => {
                self.step = Step::Review { at };
                Next::Stay(self)
            }
        }
    }

    /// *Cambiar* on a line of the review.
    fn amend(mut self, line: u8) -> Self {
        if let Some((panel, name)) = screen::REVIEWED.get(usize::from(line)) {
            self.panels.form_mut(*panel).focus_on(*name);
            self.step = Step::Panel(*panel, Then::Review);
        }
        self
    }

    fn name_unchecked_representative(&mut self, representative: Rut) {
        self.subject.representative_is_unchecked(representative);
        self.panels.ask_for_name_of(Panel::Representative);
        self.open_after(Panel::Representative);
    }

    fn create(mut self) -> Next<Self> {
        match self.panels.application(&self.subject) {
            Ok(application) => self.ask(Effect::CreateAccount(Box::new(application))),
            Err(Panel::Representative) => Next::Stay(self.validate_again(Then::Review)),
            Err(panel) => {
                self.step = Step::Panel(panel, Then::Review);
                Next::Stay(self)
            }
        }
    }

    /// The company was changed after somebody had been validated for another.
    fn validate_again(mut self, then: Then) -> Self {
        let form = self.panels.form_mut(Panel::Representative);
        form.fail(Name::RepresentativeRut, Msg::WrongRepresentativeOfAnother);
        self.step = Step::Panel(Panel::Representative, then);
        self
    }

    pub fn engagement(&self) -> Engagement {
        match self.step {
            Step::Taken { .. } => Engagement::Confirmation,
            Step::Code { .. } => Engagement::WaitingForPhone,
            Step::Panel(Panel::Company, _) if !self.panels.form(Panel::Company).is_touched() => {
                Engagement::NothingTyped
            }
            _ => Engagement::DataTyped,
        }
    }
}
