//! Each way to be refused, by the name that the tables give it.

use std::time::Duration;

use crate::domain::time_of_day::TimeOfDay;
use crate::effect::{LastAsked, OfficeAway, Refusal, Reply, TriesLeft};

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

/// The office's store is out of reach.
pub(super) fn office_away() -> Reply {
    Reply::OfficeAway(OfficeAway { since: TimeOfDay::of_seconds(50_700), last: LastAsked::NotSaved })
}
