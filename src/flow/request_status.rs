//! *Estado de mi solicitud*: the receipt's folio and the representative's RUT. Whoever types a pair
//! that doesn't belong together hears what anyone hears (S9).

#[cfg(test)]
mod tests;

use super::asked::Asked;
use super::machine::{Machine, waits};
use super::mismatch;
use super::promise::Notice;
use super::shown::{Shown, say};
use super::{Ending, Engagement, Next, Workflow};
use crate::domain::facilitator::RequestStanding;
use crate::domain::outlook::Outlook;
use crate::effect::facilitator::{FacilitatorEffect, FacilitatorReply};
use crate::effect::{Effect, Reply};
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::text::Msg;

/// Where a person can be.
#[derive(Debug, Default, PartialEq)]
pub enum Step {
    /// The folio and the RUT → how the request stands.
    #[default]
    Which,
    /// How it stands. Another one can be looked up.
    Told { standing: RequestStanding, answer: Outlook, buttons: Form },
    /// Waiting for an answer, or told why none comes.
    Asking(Asked<Step>),
}

/// The workflow.
#[derive(Debug, PartialEq)]
pub struct RequestStatus {
    step: Step,
    which: Form,
}

impl Default for RequestStatus {
    fn default() -> Self {
        let fields = vec![Field::line(Name::Folio), Field::line(Name::RepresentativeRut)];
        RequestStatus { step: Step::Which, which: Form::new(fields, vec![ButtonName::LookUpRequest]) }
    }
}

waits!(Step);

impl Machine for RequestStatus {
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
        match &self.step {
            Step::Which => Shown::form(Msg::StatusHeading, vec![say(Msg::StatusHint)], &self.which)
                .help([Msg::HelpStatus])
                .begins(),
            Step::Told { standing, answer, buttons } => {
                let (heading, says) = told(standing, *answer);
                let says = says.into_iter().chain([Msg::StatusCall]).map(say).collect();
                Shown::form(heading, says, buttons).engages(Engagement::Confirmation)
            }
            Step::Asking(asked) => asked.shows(),
        }
    }

    fn form_mut(&mut self) -> Option<&mut Form> {
        match &mut self.step {
            Step::Which => Some(&mut self.which),
            Step::Told { buttons, .. } => Some(buttons),
            Step::Asking(_) => None,
        }
    }

    fn go(mut self, button: ButtonName) -> Next<Self> {
        match self.step {
            Step::Which => {
                let effect = self.which.read(|reader| {
                    let folio = reader.folio(Name::Folio);
                    let representative = reader.representative(Name::RepresentativeRut);
                    Some(FacilitatorEffect::LookUp { folio: folio?, representative: representative? })
                });
                self.ask_if(effect.map(Effect::Facilitator))
            }
            Step::Told { .. } if button == ButtonName::Leave => Next::Leave(Ending::Visit),
            Step::Told { .. } if button == ButtonName::AskHelp => Next::CallStaff(self),
            Step::Told { .. } if button == ButtonName::GoFacilitatorKey => {
                Next::Leave(Ending::To(Workflow::FacilitatorClave))
            }
            Step::Told { .. } | Step::Asking(_) => self.back(),
        }
    }

    fn back(mut self) -> Next<Self> {
        match self.step {
            Step::Which => return Next::Leave(Ending::Menu),
            Step::Told { .. } => self.step = Step::Which,
            Step::Asking(_) => {}
        }
        Next::Stay(self)
    }

    fn answered(mut self, _: Effect, reply: Reply) -> Next<Self> {
        match reply {
            Reply::Facilitator(FacilitatorReply::Stands { standing, answer }) => {
                let buttons = [ButtonName::Leave, ButtonName::GoBack].into_iter().chain(leads_to(&standing));
                let buttons = buttons.collect();
                self.step = Step::Told { standing, answer, buttons: Form::new(vec![], buttons) };
            }
            reply => {
                if let Some(error) = mismatch::said(&reply, |tries| Msg::MismatchRequest { tries }) {
                    self.which.fail(Name::Folio, error);
                }
            }
        }
        Next::Stay(self)
    }
}

/// What follows for whoever has the key, or does not get it.
fn leads_to(standing: &RequestStanding) -> Option<ButtonName> {
    match standing {
        RequestStanding::ClaveSent => Some(ButtonName::GoFacilitatorKey),
        RequestStanding::ClaveUnsent => Some(ButtonName::AskHelp),
        RequestStanding::InReview
        | RequestStanding::Approved
        | RequestStanding::Refused { .. }
        | RequestStanding::Withdrawn => None,
    }
}

fn told(standing: &RequestStanding, answer: Outlook) -> (Msg, Vec<Msg>) {
    match standing {
        RequestStanding::InReview => {
            (Msg::StatusInReviewHeading, vec![Msg::FacilitatorNextReview, Notice::RequestAnswer.said(answer)])
        }
        RequestStanding::Approved => (Msg::StatusApprovedHeading, vec![Notice::KeyApproved.said(answer)]),
        RequestStanding::ClaveSent => (Msg::StatusApprovedHeading, vec![Msg::StatusKeySent]),
        RequestStanding::ClaveUnsent => (Msg::StatusApprovedHeading, vec![Msg::StatusKeyUnsent]),
        RequestStanding::Refused { reason } => {
            (Msg::StatusRefusedHeading, vec![Msg::StatusRefused { reason: reason.clone() }])
        }
        RequestStanding::Withdrawn => (Msg::StatusWithdrawnHeading, vec![Msg::StatusWithdrawn]),
    }
}
