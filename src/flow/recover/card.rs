//! The card that was matched in this visit: what two members of staff begin with (T6).

use super::{Recover, Request, Step};
use crate::effect::CardValidated;

impl Recover {
    /// Whether it led to a frozen account.
    pub fn is_frozen(&self) -> bool {
        matches!(self.step, Step::Frozen { .. })
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
