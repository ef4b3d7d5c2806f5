//! *Estado de mi solicitud*: the receipt's folio and the representative's RUT. Whoever types a pair
//! that doesn't belong together hears what anyone hears (S9).

#[cfg(test)]
mod tests;

use super::asked::{Asked, Waited};
use super::{Ending, Engagement, Next, page};
use crate::domain::facilitator::Standing;
use crate::domain::rut::Rut;
use crate::effect::facilitator::{FacilitatorEffect, FacilitatorReply};
use crate::effect::{Effect, Refusal, Reply};
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::form::{Form, Pressed, Touch};
use crate::page::{Block, Page, Words};
use crate::text::Msg;

#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// The folio and the RUT.
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

impl RequestStatus {
    pub fn step(&self) -> &Step {
        &self.step
    }

    pub fn press(mut self, touch: &Touch) -> Next<Self> {
        if let Step::Asking(asked) = &mut self.step {
            return match asked.touch(touch) {
                Waited::Back => self.back(),
                Waited::Again => self.ask_again(),
                Waited::Help => Next::CallStaff(self),
                Waited::NotYet | Waited::GoOnUnchecked => Next::Stay(self),
            };
        }
        let form = if self.step == Step::Which { &mut self.which } else { &mut self.plain };
        match form.touch(touch) {
            Pressed::Nothing | Pressed::Toggled(_) => Next::Stay(self),
            Pressed::Button(ButtonName::LookUpRequest) => self.look_up(),
            Pressed::Button(ButtonName::Finish) => Next::Leave(Ending::Visit),
            Pressed::Back | Pressed::Button(_) => self.back(),
        }
    }

    /// Staff vouch for the person: who had to wait need not.
    pub fn vouched(self) -> Next<Self> {
        match &self.step {
            Step::Asking(asked) if asked.yields_to_staff() => self.ask_again(),
            _ => Next::Stay(self),
        }
    }

    /// The RUT that has to wait, if one has to.
    pub fn blocked(&self) -> Option<Rut> {
        match &self.step {
            Step::Asking(asked) => asked.blocked(),
            _ => None,
        }
    }

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

    fn ask(mut self, effect: Effect) -> Next<Self> {
        let from = std::mem::replace(&mut self.step, Step::Which);
        self.step = Step::Asking(Asked::new(effect.clone(), from));
        Next::Ask(self, effect)
    }

    fn ask_again(mut self) -> Next<Self> {
        let Step::Asking(asked) = self.step else { return Next::Stay(self) };
        self.step = *asked.from;
        self.ask(asked.effect)
    }

    fn back(mut self) -> Next<Self> {
        match self.step {
            Step::Which => return Next::Leave(Ending::Menu),
            Step::Told(_) => self.step = Step::Which,
            Step::Asking(asked) => self.step = *asked.from,
        }
        Next::Stay(self)
    }

    pub fn reply(mut self, reply: Reply) -> Next<Self> {
        let Step::Asking(asked) = &mut self.step else { return Next::Stay(self) };
        if !asked.is_answered_by(&reply) {
            return Next::Stay(self);
        }
        let asked = asked.clone();
        self.step = *asked.from;
        match reply {
            Reply::Facilitator(FacilitatorReply::Stands(standing)) => self.step = Step::Told(standing),
            Reply::Refused(Refusal::Mismatch { tries_left }) => {
                self.which.fail(Name::Folio, Msg::MismatchRequest { tries: u64::from(tries_left) });
            }
            _ => {}
        }
        Next::Stay(self)
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
        Standing::KeySent => (Msg::StatusApprovedHeading, Msg::StatusKeySent),
        Standing::Refused { reason } => {
            (Msg::StatusRefusedHeading, Msg::StatusRefused { reason: reason.clone() })
        }
        Standing::Withdrawn => (Msg::StatusWithdrawnHeading, Msg::StatusWithdrawn),
    }
}
