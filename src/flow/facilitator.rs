//! *Solicitud de CS para Facilitador Extranjero* (guide 5, steps 4 to 8): *Validar datos*, the
//! declaration out and back, the facilitator's data in the guide's order with their document, a
//! review, *Realizar solicitud*, and the receipt. Nothing of it is kept before that button: what
//! was attached lies in memory, and goes with the visit.

mod declaration;
mod files;
mod intake;
mod panels;
mod phone;
mod replies;
mod review;
mod screen;
#[cfg(test)]
mod tests;

use std::mem::discriminant;

use super::asked::Asked;
use super::challenge::ChallengePanel;
use super::credentials;
use super::machine::{Machine, waits};
use super::shown::Shown;
use super::{Ending, Next, Setup, Spot, Workflow};
use crate::domain::document::Drive;
use crate::domain::folio::Folio;
use crate::effect::facilitator::{FacilitatorEffect, MayRequest};
use crate::effect::{Effect, Reply, SentTo};
use crate::event::Target;
use crate::form::names::ButtonName;
use crate::form::{Form, Touch};
use crate::text::Msg;
use declaration::Desk;
use files::{Attached, Paper};
use intake::{Intake, Wanted};
use panels::Panels;

/// Where a person can be, in the guide's order.
#[derive(Debug, Default, PartialEq)]
pub enum Step {
    /// *Rut Empresa*, *Rut Representante Legal*, *CS Empresa*.
    #[default]
    Who,
    /// The challenge and *Validar*.
    Challenge(ChallengePanel),
    /// The clave was one that we sent: first the company chooses its own (S7).
    SentClave { buttons: Form },
    /// *Adjuntar Declaración Jurada*: hand it out, or take it back.
    Declaration(Desk),
    /// On which drive?
    Drives(Vec<Drive>, super::menu::Choosing),
    /// One of the documents on its way in: chosen on a drive, or sent from the phone.
    Paper(Box<Intake>),
    /// A part of *Datos del Facilitador*.
    Panel(Panel, Then),
    /// Everything, each line with *Cambiar*, and *Realizar solicitud*; the focus is on one of them.
    Review { at: Target },
    /// The receipt. The end.
    Taken { folio: Folio, sent_to: SentTo, buttons: Form },
    /// Waiting for an answer, or told why none comes.
    Asking(Asked<Step>),
}

/// *Datos del Facilitador*, in the guide's order; their document comes after the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Panel {
    /// The number and kind of their document.
    Identity,
    /// Names and surnames.
    Names,
    /// Sex and date of birth.
    Birth,
    /// Civil status, children, country.
    Family,
    /// Their mailbox, and a secret question.
    Contact,
}

impl Panel {
    const ORDER: [Panel; 5] = [Panel::Identity, Panel::Names, Panel::Birth, Panel::Family, Panel::Contact];

    fn after(self) -> Option<Panel> {
        Panel::ORDER.into_iter().find(|panel| *panel > self)
    }

    fn before(self) -> Option<Panel> {
        Panel::ORDER.into_iter().rev().find(|panel| *panel < self)
    }
}

/// Where *Continuar* leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// On in the guide's order.
    Next,
    /// It was opened by *Cambiar* on the review.
    Review,
}

/// *Realizar solicitud* on the review.
const MAKE: Target = Target::Button(0);

/// The workflow.
#[derive(Debug, PartialEq)]
pub struct Facilitator {
    step: Step,
    panels: Panels,
    /// The company's clave was right.
    may: Option<MayRequest>,
    attached: Attached,
}

waits!(Step);

impl Machine for Facilitator {
    type Step = Step;

    fn step(&self) -> &Step {
        &self.step
    }

    fn step_mut(&mut self) -> &mut Step {
        &mut self.step
    }

    fn place(&self) -> Msg {
        Msg::PlaceFacilitator
    }

    fn shows(&self) -> Shown<'_> {
        self.shown()
    }

    fn touched(mut self, touch: &Touch) -> Next<Self> {
        match &mut self.step {
            Step::Paper(intake) => {
                let wanted = intake.touch(touch);
                self.follow(wanted)
            }
            Step::Declaration(_) | Step::Drives(..) => self.press_declaration(touch),
            Step::Review { at } => {
                let at = *at;
                self.press_review(at, touch)
            }
            _ => self.touch_form(touch),
        }
    }

    fn form_mut(&mut self) -> Option<&mut Form> {
        match &mut self.step {
            Step::Who => Some(self.panels.who_mut()),
            Step::Panel(panel, _) => Some(self.panels.form_mut(*panel)),
            Step::SentClave { buttons } | Step::Taken { buttons, .. } => Some(buttons),
            Step::Challenge(_)
            | Step::Declaration(_)
            | Step::Drives(..)
            | Step::Paper(_)
            | Step::Review { .. }
            | Step::Asking(_) => None,
        }
    }

    fn within(&self) -> Spot {
        match &self.step {
            Step::Panel(panel, _) => Spot::of(discriminant(panel)),
            Step::Paper(intake) => intake.spot(),
            _ => Spot::default(),
        }
    }

    fn go(mut self, button: ButtonName) -> Next<Self> {
        match &self.step {
            Step::Who if button == ButtonName::GoRecover => {
                Next::Leave(Ending::with(Workflow::Recover, credentials::company(self.panels.who())))
            }
            Step::Who => {
                let effect = self.panels.credentials();
                self.ask_if(effect)
            }
            Step::SentClave { .. } if button == ButtonName::GoChange => {
                Next::Leave(Ending::with(Workflow::Change, credentials::company(self.panels.who())))
            }
            Step::SentClave { .. } => self.back(),
            Step::Panel(panel, then) => {
                let (panel, then) = (*panel, *then);
                self.leave_panel(panel, then)
            }
            Step::Taken { .. } => Next::Leave(Ending::Visit),
            Step::Challenge(_)
            | Step::Declaration(_)
            | Step::Drives(..)
            | Step::Paper(_)
            | Step::Review { .. }
            | Step::Asking(_) => Next::Stay(self),
        }
    }

    fn back(mut self) -> Next<Self> {
        self.step = match &self.step {
            Step::Who => return Next::Leave(Ending::Menu),
            Step::Challenge(_) | Step::SentClave { .. } | Step::Declaration(_) => return self.who(),
            Step::Paper(intake) => before(intake.paper, intake.then),
            Step::Panel(_, Then::Review) => Step::Review { at: Target::Opening },
            Step::Drives(..) | Step::Panel(Panel::Identity, Then::Next) => Step::Declaration(Desk::default()),
            Step::Panel(panel, Then::Next) => {
                Step::Panel(panel.before().unwrap_or(Panel::Identity), Then::Next)
            }
            Step::Review { .. } => Step::Panel(Panel::Contact, Then::Next),
            Step::Taken { .. } | Step::Asking(_) => return Next::Stay(self),
        };
        Next::Stay(self)
    }

    /// A page that only the answer would have filled is left with its question.
    fn left(self, _: &Effect) -> Next<Self> {
        match &self.step {
            Step::Paper(intake) if intake.is_unread() => self.back(),
            Step::Challenge(_) => self.back(),
            _ => Next::Stay(self),
        }
    }

    fn challenge_mut(&mut self) -> Option<&mut ChallengePanel> {
        if let Step::Challenge(challenge) = &mut self.step { Some(challenge) } else { None }
    }

    /// On to the declaration, which only who may request one sees.
    fn challenge_passed(mut self) -> Next<Self> {
        if self.may.is_none() {
            return self.who();
        }
        self.step = Step::Declaration(Desk::default());
        Next::Stay(self)
    }

    fn answered(self, effect: Effect, reply: Reply) -> Next<Self> {
        self.heard(effect, reply)
    }

    fn unasked(mut self, reply: Reply) -> Next<Self> {
        let Step::Paper(intake) = &mut self.step else { return Next::Stay(self) };
        let wanted = intake.heard_of_phone(match reply {
            Reply::Facilitator(reply) => Some(reply),
            _ => None,
        });
        self.follow(wanted)
    }
}

impl Facilitator {
    /// A request with nothing typed yet.
    pub fn new(setup: &Setup) -> Self {
        Facilitator { step: Step::Who, panels: Panels::new(setup), may: None, attached: Attached::default() }
    }

    /// Attaches a document, or shows the one that is attached.
    fn attach(mut self, paper: Paper, then: Then) -> Next<Self> {
        match self.attached.get(paper).cloned() {
            Some(taken) => {
                let intake = Intake::attached(paper, then, self.has_phone(), taken);
                self.step = Step::Paper(Box::new(intake));
                Next::Stay(self)
            }
            None => self.list(paper, then),
        }
    }

    fn list(mut self, paper: Paper, then: Then) -> Next<Self> {
        self.step = Step::Paper(Box::new(Intake::listing(paper, then, self.has_phone())));
        self.ask_for(FacilitatorEffect::ListFiles)
    }

    fn has_phone(&self) -> bool {
        self.may.as_ref().is_some_and(|may| may.has_phone())
    }

    /// What a document on its way in wants.
    fn follow(mut self, wanted: Wanted) -> Next<Self> {
        match wanted {
            Wanted::Nothing => Next::Stay(self),
            Wanted::Ask(effect) => self.ask_for(effect),
            Wanted::AskBeside(effect) => Next::Ask(self, Effect::Facilitator(effect)),
            Wanted::Back => self.back(),
            Wanted::Attach(taken) => {
                if let Step::Paper(intake) = &self.step {
                    let (paper, then) = (intake.paper, intake.then);
                    self.attached.set(paper, taken);
                    self.step = after(paper, then);
                }
                Next::Stay(self)
            }
        }
    }

    fn leave_panel(mut self, panel: Panel, then: Then) -> Next<Self> {
        let Some(today) = self.may.as_ref().map(|may| may.today()) else { return self.who() };
        if !self.panels.is_right(panel, today) {
            return Next::Stay(self);
        }
        match (then, panel.after()) {
            (Then::Next, _) if panel == Panel::Identity => self.attach(Paper::IdentityDocument, Then::Next),
            (Then::Next, Some(next)) => {
                self.step = Step::Panel(next, Then::Next);
                Next::Stay(self)
            }
            _ => {
                self.step = Step::Review { at: Target::Opening };
                Next::Stay(self)
            }
        }
    }

    fn who(mut self) -> Next<Self> {
        self.panels.who_mut().forget_secrets();
        self.step = Step::Who;
        Next::Stay(self)
    }

    fn ask_for(self, effect: FacilitatorEffect) -> Next<Self> {
        self.ask(Effect::Facilitator(effect))
    }
}

/// Where an attached document leads.
fn after(paper: Paper, then: Then) -> Step {
    match (paper, then) {
        (_, Then::Review) => Step::Review { at: Target::Opening },
        (Paper::Declaration, Then::Next) => Step::Panel(Panel::Identity, Then::Next),
        (Paper::IdentityDocument, Then::Next) => Step::Panel(Panel::Names, Then::Next),
    }
}

/// Where choosing a document is left to.
fn before(paper: Paper, then: Then) -> Step {
    match (paper, then) {
        (_, Then::Review) => Step::Review { at: Target::Opening },
        (Paper::Declaration, Then::Next) => Step::Declaration(Desk::default()),
        (Paper::IdentityDocument, Then::Next) => Step::Panel(Panel::Identity, Then::Next),
    }
}
