//! What staff do for a settlement beside the person (E6, T6): the last four symbols of the card, and why.

use crate::domain::clean::Clean;
use crate::effect::settlement::{DisputeAct, DisputeOpened, WithoutRun};
use crate::effect::{CardValidated, StaffAct};
use crate::flow::staff::words::unsettled;
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::{ButtonName, Name};
use crate::form::reasons::Reasons;
use crate::text::Msg;

pub use crate::effect::settlement::DisputeReply;

/// Which of the two they are.
#[derive(Clone, Debug, PartialEq)]
pub enum DisputePart {
    /// Nobody has opened it, and the card was matched in this visit.
    First {
        /// That was matched.
        card: CardValidated,
        /// Nothing less helps the person on.
        is_all_that_helps: bool,
    },
    /// Nobody has opened it, and there is no card to be matched.
    FirstWithPapers(WithoutRun),
    /// It waits for another one.
    Second(DisputeOpened),
}

impl DisputePart {
    /// What is pressed for it.
    pub fn button(&self) -> ButtonName {
        match self {
            DisputePart::First { .. } | DisputePart::FirstWithPapers(_) => ButtonName::OpenDispute,
            DisputePart::Second(_) => ButtonName::ConfirmDispute,
        }
    }

    /// Whether staff who come to this page come for it.
    pub fn is_awaited(&self) -> bool {
        match self {
            DisputePart::First { is_all_that_helps, .. } => *is_all_that_helps,
            DisputePart::FirstWithPapers(_) | DisputePart::Second(_) => true,
        }
    }

    /// What stands above the form.
    pub fn hint(&self) -> Msg {
        match self {
            DisputePart::FirstWithPapers(_) => Msg::DisputePapersHint,
            DisputePart::First { .. } | DisputePart::Second(_) => Msg::DisputeHint,
        }
    }

    /// The symbols, and why. Where papers stand for a card, the reason says which power was seen.
    pub fn form(&self) -> Form {
        let reason = match self {
            DisputePart::FirstWithPapers(_) => Field::line(Name::Reason),
            DisputePart::First { .. } | DisputePart::Second(_) => Reasons::Settled.field(),
        };
        Form::new(vec![Field::line(Name::CardEnding), reason], vec![self.button()])
    }

    /// What was typed into it, if it is all there.
    pub fn read(&self, form: &mut Form) -> Option<(StaffAct, Clean)> {
        let has_list = !matches!(self, DisputePart::FirstWithPapers(_));
        if has_list && Reasons::Settled.opens_line(form) {
            return None;
        }
        let (ending, reason) = form.read(|reader| {
            let ending = reader.card_ending(Name::CardEnding);
            let reason = match has_list {
                true => Reasons::Settled.read(reader),
                false => reader.reason(Name::Reason),
            };
            Some((ending?, reason?))
        })?;
        let act = match self {
            DisputePart::First { card, .. } => DisputeAct::Open { card: card.clone(), ending },
            DisputePart::FirstWithPapers(person) => {
                DisputeAct::OpenWithPapers { person: person.clone(), ending }
            }
            DisputePart::Second(opened) => DisputeAct::Confirm { folio: opened.folio(), ending },
        };
        Some((StaffAct::Dispute(act), reason))
    }
}

/// Why it does not go on, for the panel.
pub fn says(reply: &DisputeReply) -> Option<Msg> {
    match reply {
        DisputeReply::Not(why) => Some(unsettled(*why)),
        _ => None,
    }
}
