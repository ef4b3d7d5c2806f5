//! What staff do for a settlement beside the person (E6, T6): the last four symbols of the card, and why.

use crate::domain::clean::Clean;
use crate::effect::settlement::{DisputeAct, DisputeOpened};
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
    /// It waits for another one.
    Second(DisputeOpened),
}

impl DisputePart {
    /// What is pressed for it.
    pub fn button(&self) -> ButtonName {
        match self {
            DisputePart::First { .. } => ButtonName::OpenDispute,
            DisputePart::Second(_) => ButtonName::ConfirmDispute,
        }
    }

    /// Whether staff who come to this page come for it.
    pub fn is_awaited(&self) -> bool {
        match self {
            DisputePart::First { is_all_that_helps, .. } => *is_all_that_helps,
            DisputePart::Second(_) => true,
        }
    }

    /// The symbols, and why.
    pub fn form(&self) -> Form {
        let fields = vec![Field::line(Name::CardEnding), Reasons::Settled.field()];
        Form::new(fields, vec![self.button()])
    }

    /// What was typed into it, if it is all there.
    pub fn read(&self, form: &mut Form) -> Option<(StaffAct, Clean)> {
        if Reasons::Settled.opens_line(form) {
            return None;
        }
        let (ending, reason) = form.read(|reader| {
            let (ending, reason) = (reader.card_ending(Name::CardEnding), Reasons::Settled.read(reader));
            Some((ending?, reason?))
        })?;
        let act = match self {
            DisputePart::First { card, .. } => DisputeAct::Open { card: card.clone(), ending },
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
