//! *Estado de mi solicitud*: the receipt's folio and the representative's RUT. Whoever types a pair
//! that doesn't belong together hears what anyone hears (S9).

#[cfg(test)]
mod tests;

use super::asked::Asked;
use super::machine::{Machine, waits};
use super::shown::{Shown, say};
use super::{Ending, Engagement, Next};
use crate::domain::facilitator::RequestStanding;
use crate::effect::facilitator::{FacilitatorEffect, FacilitatorReply};
use crate::effect::{Effect, Refusal, Reply};
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
    Told { standing: RequestStanding, buttons: Form },
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
            Step::Told { standing, buttons } => {
                let (heading, says) = told(standing);
                Shown::form(heading, vec![say(says), say(Msg::StatusCall)], buttons)
                    .engages(Engagement::Confirmation)
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
            Step::Told { .. } if button == ButtonName::Finish => Next::Leave(Ending::Visit),
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
            Reply::Facilitator(FacilitatorReply::Stands(standing)) => {
                let buttons = Form::new(vec![], vec![ButtonName::Finish, ButtonName::GoBack]);
                self.step = Step::Told { standing, buttons };
            }
            Reply::Refused(Refusal::Mismatch { tries_left }) => {
                self.which.fail(Name::Folio, Msg::MismatchRequest { tries: u64::from(tries_left) });
            }
            _ => {}
        }
        Next::Stay(self)
    }
}

fn told(standing: &RequestStanding) -> (Msg, Msg) {
    match standing {
        RequestStanding::InReview => (Msg::StatusInReviewHeading, Msg::StatusInReview),
        RequestStanding::Approved => (Msg::StatusApprovedHeading, Msg::StatusApproved),
        RequestStanding::ClaveSent => (Msg::StatusApprovedHeading, Msg::StatusKeySent),
        RequestStanding::Refused { reason } => {
            (Msg::StatusRefusedHeading, Msg::StatusRefused { reason: reason.clone() })
        }
        RequestStanding::Withdrawn => (Msg::StatusWithdrawnHeading, Msg::StatusWithdrawn),
    }
}
