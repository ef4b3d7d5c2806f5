//! The card that was matched in this visit: what two members of staff begin with (T6).

use super::{Recover, Request, Step};
use crate::effect::CardValidated;

impl Recover {
    /// Whether it led where nothing helps but two members of staff.
    pub fn takes_two(&self) -> bool {
        match &self.step {
            Step::Frozen { .. } => true,
            Step::Held(held) => held.takes_two(),
            _ => false,
        }
    }

    /// On the page that stands, or before it.
    pub fn card(&self) -> Option<&CardValidated> {
        std::iter::once(&self.step).chain(self.trail.iter().rev()).find_map(|step| match step {
            Step::Address { card, .. }
            | Step::Frozen { card, .. }
            | Step::NotRegistered { card: Some(card), .. } => Some(card),
            Step::Confirm {
                request: Request::ToAddressOnFile { card, .. } | Request::ToNewAddress { card, .. },
                ..
            } => Some(card),
            _ => None,
        })
    }
}
