//! *Registrar Persona Jurídica* (guide 2): the form's panels in the guide's order with the card's number
//! after the representative's RUT, the challenge, a review, *Crear Cuenta*, the codes that prove the
//! company's mailbox and the representative's mobile, and the receipt (T1, T3).

mod application;
mod replies;
mod screen;
mod subject;
#[cfg(test)]
mod tests;
mod unchecked;
mod unfit;

use std::mem::discriminant;

use super::asked::Asked;
use super::challenge::ChallengePanel;
use super::code::CodePanel;
use super::held_key::HeldKey;
use super::machine::{Machine, waits};
pub use super::panels::Panel;
use super::panels::Panels;
use super::review::{self, Reviewed};
use super::shown::Shown;
use super::{Ending, Next, Setup, Spot, Workflow};
use crate::domain::folio::Folio;
use crate::domain::outlook::Outlook;
use crate::domain::rut::Rut;
use crate::effect::{AwaitingCode, Effect, Reply, SentTo, Witnesses};
use crate::event::Target;
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::form::{Form, Touch};
use crate::text::Msg;
use subject::Subject;
use unfit::Unfit;

/// Where a person can be, in the guide's order.
#[derive(Debug, PartialEq)]
pub enum Step {
    /// One of the form's panels, and where *Continuar* leads from it.
    Panel(Panel, Then),
    /// The challenge: *Ingresar* leads to the review.
    Challenge(ChallengePanel),
    /// Everything typed, each line with *Cambiar*, and *Crear Cuenta*; the focus is on one of them.
    Review { at: Target },
    /// *Terminar mi registro*: the folio of an application. Its mailbox gets a fresh code.
    Resume,
    /// The code that was mailed to the company's mailbox. Without it there is an application, and no
    /// account.
    Code { code: CodePanel, sent_to: SentTo },
    /// The account is made: the code that went to the mobile, which may lie at home.
    Mobile { code: CodePanel, sent_to: SentTo },
    /// The office makes accounts in person, or did so before: staff must see the card.
    InPerson { awaiting: AwaitingCode, by: Witnesses, buttons: Form },
    /// The company has a CS already, so that this is a recovery to a new address.
    Held(HeldKey),
    /// The same, and the address is one on file: the clave is on its way. The end.
    Sent { folio: Folio, sent_to: SentTo, buttons: Form },
    /// The receipt. The end.
    Taken { folio: Folio, taken: TakenAs, buttons: Form },
    /// The company does not qualify: the person is told why, and may type another RUT.
    Unfit { unfit: Unfit, then: Then, buttons: Form },
    /// Waiting for an answer, or told why none comes.
    Asking(Asked<Step>),
}

/// What the person has now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenAs {
    /// An account, and how its mobile stands.
    Account(MobileStands),
    /// An application that waits for a register; whether its result is mailed.
    Waits { result: Outlook },
    /// An application that waits for its mailbox's code.
    Later,
}

/// How the representative's mobile stands, once there is an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MobileStands {
    /// Its code was typed.
    Proved,
    /// It was left for later.
    Later,
    /// The office sends no SMS.
    NoSms,
}

/// Where *Continuar* leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// On in the guide's order.
    NextPanel,
    /// The panel was opened by *Cambiar* on the review.
    Review,
}

fn resume_form() -> Form {
    Form::new(vec![Field::line(Name::Folio)], vec![ButtonName::Validate])
}

/// *Crear Cuenta* on the review.
const CREATE: Target = Target::Button(0);

/// The workflow.
#[derive(Debug, PartialEq)]
pub struct Register {
    step: Step,
    panels: Panels,
    subject: Subject,
    /// *Terminar mi registro*
    resume: Form,
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

    fn place(&self) -> Msg {
        Msg::PlaceRegister
    }

    fn shows(&self) -> Shown<'_> {
        self.shown()
    }

    fn touched(self, touch: &Touch) -> Next<Self> {
        match self.step {
            Step::Review { at } => self.press_review(at, touch),
            _ => self.touch_form(touch),
        }
    }

    fn form_mut(&mut self) -> Option<&mut Form> {
        match &mut self.step {
            Step::Panel(panel, _) => Some(self.panels.form_mut(*panel)),
            Step::Resume => Some(&mut self.resume),
            Step::Code { code, .. } | Step::Mobile { code, .. } => Some(code.form_mut()),
            Step::Held(held) => Some(held.form_mut()),
            Step::Taken { buttons, .. }
            | Step::Unfit { buttons, .. }
            | Step::InPerson { buttons, .. }
            | Step::Sent { buttons, .. } => Some(buttons),
            Step::Challenge(_) | Step::Review { .. } | Step::Asking(_) => None,
        }
    }

    fn within(&self) -> Spot {
        match &self.step {
            Step::Panel(panel, _) => Spot::of(discriminant(panel)),
            _ => Spot::default(),
        }
    }

    fn go(mut self, button: ButtonName) -> Next<Self> {
        match &mut self.step {
            Step::Panel(..) if button == ButtonName::ResumeRegistration => {
                self.step = Step::Resume;
                Next::Stay(self)
            }
            Step::Panel(panel, then) => {
                let (panel, then) = (*panel, *then);
                self.leave_panel(panel, then)
            }
            Step::Resume => {
                let folio = self.resume.read(|reader| reader.folio(Name::Folio));
                self.ask_if(folio.map(Effect::ResumeApplication))
            }
            Step::Code { code, .. } if button == ButtonName::Later => {
                let folio = code.awaiting().folio();
                Next::Stay(self.taken(folio, TakenAs::Later))
            }
            Step::Code { .. } if button == ButtonName::MendEmail => {
                self.panels.form_mut(Panel::Contact).focus_on(Name::CompanyEmail);
                self.step = Step::Panel(Panel::Contact, Then::Review);
                Next::Stay(self)
            }
            Step::Mobile { code, .. } if button == ButtonName::NoMobileHere => {
                let folio = code.awaiting().folio();
                Next::Stay(self.taken(folio, TakenAs::Account(MobileStands::Later)))
            }
            Step::Code { code, .. } | Step::Mobile { code, .. } => {
                let effect = code.go(button);
                self.ask_if(effect)
            }
            Step::InPerson { .. } | Step::Held(_) if button == ButtonName::AskHelp => Next::CallStaff(self),
            Step::Sent { .. } if button == ButtonName::ChangeArrived => {
                let company = self.panels.company();
                Next::Leave(Ending::with(Workflow::Change, company))
            }
            Step::Sent { .. } if button == ButtonName::AskHelp => Next::CallStaff(self),
            Step::Taken { .. } | Step::Sent { .. } | Step::InPerson { .. } | Step::Held(_) => {
                Next::Leave(Ending::Visit)
            }
            Step::Unfit { .. } if button == ButtonName::AskHelp => Next::CallStaff(self),
            Step::Unfit { .. } => self.back(),
            Step::Challenge(_) | Step::Review { .. } | Step::Asking(_) => Next::Stay(self),
        }
    }

    fn back(mut self) -> Next<Self> {
        match self.step {
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
            Step::Unfit { then, .. } => self.step = Step::Panel(Panel::Company, then),
            Step::Resume => self.step = Step::default(),
            // It was done.
            Step::Code { .. }
            | Step::Mobile { .. }
            | Step::InPerson { .. }
            | Step::Held(_)
            | Step::Sent { .. }
            | Step::Taken { .. }
            | Step::Asking(_) => {}
        }
        Next::Stay(self)
    }

    fn challenge_mut(&mut self) -> Option<&mut ChallengePanel> {
        if let Step::Challenge(challenge) = &mut self.step { Some(challenge) } else { None }
    }

    fn challenge_passed(self) -> Next<Self> {
        Next::Stay(self.review())
    }

    fn go_on_unchecked(self) -> Next<Self> {
        Next::Stay(self.unchecked())
    }

    fn answered(self, effect: Effect, reply: Reply) -> Next<Self> {
        Next::Stay(self.heard(effect, reply))
    }
}

impl Register {
    /// A registration with nothing typed yet.
    pub fn new(setup: &Setup) -> Self {
        Register::of(None, setup)
    }

    /// With this RUT filled in, for whoever has just learnt that their company has no CS.
    pub fn of(company: Option<Rut>, setup: &Setup) -> Self {
        let mut panels = Panels::new(setup);
        if let (Some(company), Some(field)) =
            (company, panels.form_mut(Panel::Company).field_mut(Name::CompanyRut))
        {
            field.set_text(&company.to_string());
        }
        Register { step: Step::default(), panels, subject: Subject::default(), resume: resume_form() }
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
            Panel::Card => return self.check_card(then),
            Panel::Question => self.panels.question.read().is_some(),
            Panel::Address => self.panels.address.read().is_some(),
            Panel::Contact => self.panels.contact.is_right(),
            Panel::RepresentativeContact => self.panels.representative_contact.is_right(),
            Panel::Clave if !self.subject.has_representative() => {
                return Next::Stay(self.validate_again(then));
            }
            Panel::Clave if !self.subject.has_card() => {
                self.step = Step::Panel(Panel::Card, then);
                return Next::Stay(self);
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
                self.step = Step::Challenge(ChallengePanel::new(ButtonName::Enter));
                self.ask(Effect::DrawChallenge)
            }
            (true, Then::Review, _) => Next::Stay(self.review()),
        }
    }

    /// The card is asked about whoever was validated before it.
    fn check_card(mut self, then: Then) -> Next<Self> {
        match (self.panels.company(), self.panels.representative()) {
            (Some(company), Some(representative)) if self.subject.is_about(company, representative) => {
                let serial = self.panels.serial(representative);
                let asked =
                    serial.map(|serial| Effect::CheckApplicantCard { company, representative, serial });
                self.ask_if(asked)
            }
            _ => Next::Stay(self.validate_again(then)),
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
}
