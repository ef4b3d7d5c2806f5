//! What is said beside a field when what stands in it did not match, in every workflow alike: how many
//! tries are left, or for how long none is.

use std::time::Duration;

use crate::effect::{Refusal, Reply, TriesLeft};
use crate::text::Msg;

/// What it says, if the reply is that something did not match. While tries are left, `says` has the
/// words of the field for so many.
pub fn said(reply: &Reply, says: impl Fn(u64) -> Msg) -> Option<Msg> {
    let Reply::Refused(refusal) = reply else { return None };
    match *refusal {
        Refusal::Mismatch { left: TriesLeft::Number(tries) }
        | Refusal::Expired { left: TriesLeft::Number(tries) } => Some(says(u64::from(tries))),
        Refusal::NotListed { days, left: TriesLeft::Number(_) } => Some(Msg::MismatchNotListed { days }),
        Refusal::Mismatch { left: TriesLeft::NoneFor(wait) }
        | Refusal::Expired { left: TriesLeft::NoneFor(wait) }
        | Refusal::NotListed { left: TriesLeft::NoneFor(wait), .. }
        | Refusal::Unconfirmed { left: TriesLeft::NoneFor(wait) } => Some(none_for(wait)),
        Refusal::Repeated => Some(Msg::MismatchRepeated),
        // A page of its own.
        Refusal::Unconfirmed { left: TriesLeft::Number(_) }
        | Refusal::Wait(_)
        | Refusal::TerminalLocked
        | Refusal::Frozen
        | Refusal::InPerson
        | Refusal::TwoOfStaff
        | Refusal::Applications
        | Refusal::WithoutRun
        | Refusal::CardUnlisted => None,
    }
}

/// The wait in the largest unit that says it without a remainder worth telling.
fn none_for(wait: Duration) -> Msg {
    match wait.as_secs().div_ceil(60) {
        minutes @ ..=90 => Msg::MismatchNoneMinutes { minutes },
        minutes => Msg::MismatchNoneHours { hours: minutes.div_ceil(60) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_try_tells_how_long_none_is_left() {
        let seconds = |seconds| TriesLeft::NoneFor(Duration::from_secs(seconds));
        let table = [
            (TriesLeft::Number(1), Msg::MismatchCard { tries: 1 }),
            (seconds(30), Msg::MismatchNoneMinutes { minutes: 1 }),
            (seconds(900), Msg::MismatchNoneMinutes { minutes: 15 }),
            (seconds(5_401), Msg::MismatchNoneHours { hours: 2 }),
            (seconds(86_400), Msg::MismatchNoneHours { hours: 24 }),
        ];
        for (left, expected) in table {
            let reply = Reply::Refused(Refusal::Mismatch { left });
            assert_eq!(said(&reply, |tries| Msg::MismatchCard { tries }), Some(expected));
        }
    }

    /// Which of the two it was, only staff hear.
    #[test]
    fn an_expired_card_is_told_as_any_that_does_not_match() {
        let left = TriesLeft::Number(4);
        let told = |refusal| said(&Reply::Refused(refusal), |tries| Msg::MismatchCard { tries });
        assert_eq!(told(Refusal::Expired { left }), told(Refusal::Mismatch { left }));
        let says = told(Refusal::NotListed { days: 12, left });
        assert_eq!(says, Some(Msg::MismatchNotListed { days: 12 }));
    }

    /// What was typed there, and whether SII answered, is all that it tells.
    #[test]
    fn without_the_word_of_sii_it_says_so() {
        let reply = |left| Reply::Refused(Refusal::Unconfirmed { left });
        let says = |tries| Msg::MismatchClave { tries };
        assert_eq!(said(&reply(TriesLeft::Number(4)), says), None, "it has a page of its own");
        let none = TriesLeft::NoneFor(Duration::from_secs(86_400));
        assert_eq!(said(&reply(none), says), Some(Msg::MismatchNoneHours { hours: 24 }));
        assert_eq!(said(&Reply::StoreDown, says), None);
    }
}
