//! What a screen tells of staff: where they can help the person on, and whether it is their own desk.

use super::Screen;
use crate::domain::rut::Rut;
use crate::effect::{AwaitingCode, RefusedCard, StaffSession};
use crate::flow::machine::Machine as _;
use crate::kiosk::panel::DisputePart;

impl Screen {
    /// The company that has to wait after failed tries, for staff to end it.
    pub fn blocked(&self) -> Option<Rut> {
        self.face().blocked()
    }

    /// Whether nothing goes on because the terminal is locked.
    pub fn is_locked(&self) -> bool {
        self.face().is_locked()
    }

    /// A clave that waits until a card is confirmed.
    pub fn held(&self) -> Option<AwaitingCode> {
        match self {
            Screen::Recover(flow) => flow.held().cloned(),
            Screen::Register(flow) => flow.held().cloned(),
            _ => None,
        }
    }

    /// What two members of staff can do for whoever stands here (T6).
    pub fn dispute(&self) -> Option<DisputePart> {
        let without_run = match self {
            Screen::Recover(flow) => flow.without_run(),
            Screen::Register(flow) => flow.without_run(),
            _ => None,
        };
        if let Some(person) = without_run {
            return Some(DisputePart::FirstWithPapers(person));
        }
        match self {
            Screen::Register(flow) if flow.unlisted().is_some() => {
                flow.unlisted().map(DisputePart::FirstUnlisted)
            }
            Screen::Recover(flow) => flow
                .card()
                .map(|card| DisputePart::First { card: card.clone(), is_all_that_helps: flow.takes_two() }),
            Screen::Register(flow) => flow
                .card()
                .map(|card| DisputePart::First { card: card.clone(), is_all_that_helps: flow.takes_two() }),
            Screen::Settlement(flow) => flow.waiting().cloned().map(DisputePart::Second),
            _ => None,
        }
    }

    /// Company and representative about whom no register answers.
    pub fn unanswered(&self) -> Option<(Rut, Rut)> {
        match self {
            Screen::Recover(flow) => flow.unanswered(),
            _ => None,
        }
    }

    /// A card that was refused because it expired.
    pub fn refused_card(&self) -> Option<RefusedCard> {
        match self {
            Screen::Recover(flow) => flow.refused_card(),
            Screen::Register(flow) => flow.refused_card(),
            _ => None,
        }
    }

    /// Whether staff are at their own desk.
    pub fn is_of_staff(&self) -> bool {
        matches!(self, Screen::Staff(_))
    }

    /// Who of them signed in there.
    pub fn session(&self) -> Option<&StaffSession> {
        match self {
            Screen::Staff(desk) => desk.session(),
            _ => None,
        }
    }
}
