//! *Estado de mi solicitud*: the receipt's folio and the representative's RUT. Whoever types a pair
//! that doesn't belong together hears what anyone hears (S9).

#[cfg(test)]
mod tests;

use super::asked::Asked;
use super::machine::{Machine, waits};
use super::{Ending, Engagement, Next, page};
use crate::domain::facilitator::Standing;
use crate::effect::facilitator::{FacilitatorEffect, FacilitatorReply};
use crate::effect::{Effect, Refusal, Reply};
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::page::{Block, Page, Words};
use crate::text::Msg;

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Step {
    /// The folio and the RUT.
    #[default]
    Which,
    Told(Standing),
    /// Waiting for an answer, or told why none comes.
    Asking(Asked<Step>),
}

#[derive(Debug, PartialEq)]
pub struct RequestStatus {
    step: Step,
    which: Form,
    /// The buttons of a page without fields.
    plain: Form,
}

impl Default for RequestStatus {
    fn default() -> Self {
        RequestStatus {
            step: Step::Which,
            which: Form::new(
                vec![Field::line(Name::Folio), Field::line(Name::RepresentativeRut)],
                vec![ButtonName::LookUpRequest],
            ),
            plain: Form::new(vec![], vec![ButtonName::Finish, ButtonName::GoBack]),
        }
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

    fn form_mut(&mut self) -> &mut Form {
        match self.step {
            Step::Which => &mut self.which,
            _ => &mut self.plain,
        }
    }

    fn go(self, button: ButtonName) -> Next<Self> {
        match button {
            ButtonName::LookUpRequest => self.look_up(),
            ButtonName::Finish => Next::Leave(Ending::Visit),
            _ => self.back(),
        }
    }

    fn back(mut self) -> Next<Self> {
        match self.step {
            Step::Which => return Next::Leave(Ending::Menu),
            Step::Told(_) => self.step = Step::Which,
            Step::Asking(_) => {}
        }
        Next::Stay(self)
    }

    fn answered(mut self, _: Effect, reply: Reply) -> Next<Self> {
        match reply {
            Reply::Facilitator(FacilitatorReply::Stands(standing)) => self.step = Step::Told(standing),
            Reply::Refused(Refusal::Mismatch { tries_left }) => {
                self.which.fail(Name::Folio, Msg::MismatchRequest { tries: u64::from(tries_left) });
            }
            _ => {}
        }
        Next::Stay(self)
    }
}

impl RequestStatus {
    fn look_up(mut self) -> Next<Self> {
        let read = self.which.read(|reader| {
            let folio = reader.folio(Name::Folio);
            let representative = reader.representative(Name::RepresentativeRut);
            Some((folio?, representative?.0))
        });
        match read {
            Some((folio, representative)) => {
                self.ask(Effect::Facilitator(FacilitatorEffect::LookUp { folio, representative }))
            }
            None => Next::Stay(self),
        }
    }

    pub fn engagement(&self) -> Engagement {
        match self.step {
            Step::Told(_) => Engagement::Confirmation,
            Step::Which if !self.which.is_touched() => Engagement::NothingTyped,
            _ => Engagement::DataTyped,
        }
    }

    pub fn page(&self) -> Page {
        let place = Msg::PlaceFacilitator;
        let say = |msg| Block::Paragraph(Words::Said(msg));
        match &self.step {
            Step::Asking(asked) => asked.page(place),
            Step::Which => {
                let mut blocks = vec![say(Msg::StatusHint)];
                blocks.extend(self.which.blocks());
                page(place, Msg::StatusHeading, blocks, self.which.focus()).with_help(vec![Msg::HelpStatus])
            }
            Step::Told(standing) => {
                let (heading, says) = told(standing);
                let mut blocks = vec![say(says), say(Msg::StatusCall)];
                blocks.extend(self.plain.blocks());
                page(place, heading, blocks, self.plain.focus())
            }
        }
    }
}

fn told(standing: &Standing) -> (Msg, Msg) {
    match standing {
        Standing::InReview => (Msg::StatusInReviewHeading, Msg::StatusInReview),
        Standing::Approved => (Msg::StatusApprovedHeading, Msg::StatusApproved),
        Standing::ClaveSent => (Msg::StatusApprovedHeading, Msg::StatusKeySent),
        Standing::Refused { reason } => {
            (Msg::StatusRefusedHeading, Msg::StatusRefused { reason: reason.clone() })
        }
        Standing::Withdrawn => (Msg::StatusWithdrawnHeading, Msg::StatusWithdrawn),
    }
}
