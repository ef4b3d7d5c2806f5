//! Each way to be refused, by the name that the tables give it.

use std::time::Duration;

use crate::effect::{Refusal, TriesLeft};

pub(super) fn refusals() -> [(&'static str, Refusal); 13] {
    [
        ("Refused(Mismatch)", Refusal::Mismatch { left: TriesLeft::Number(3) }),
        ("Refused(Unconfirmed)", Refusal::Unconfirmed { left: TriesLeft::Number(3) }),
        ("Refused(Expired)", Refusal::Expired { left: TriesLeft::Number(3) }),
        ("Refused(NotListed)", Refusal::NotListed { days: 3, left: TriesLeft::Number(3) }),
        ("Refused(Repeated)", Refusal::Repeated),
        ("Refused(Wait)", Refusal::Wait(Duration::from_secs(60))),
        ("Refused(TerminalLocked)", Refusal::TerminalLocked),
        ("Refused(Frozen)", Refusal::Frozen),
        ("Refused(InPerson)", Refusal::InPerson),
        ("Refused(TwoOfStaff)", Refusal::TwoOfStaff),
        ("Refused(Applications)", Refusal::Applications),
        ("Refused(WithoutRun)", Refusal::WithoutRun),
        ("Refused(CardUnlisted)", Refusal::CardUnlisted),
    ]
}
