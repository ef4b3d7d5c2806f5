//! What stands in the state column of the operator's own tables, and what it means: the same for the
//! small tables of the padron and for those that are imported.

use time::Date;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

use super::Card;
use crate::clock::{self, Clock};

/// How a date is written in these tables.
pub const DATE: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// What a table says of a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompanyState {
    /// Started and not closed (`vigente`).
    Open,
    /// Closed (`cerrada`).
    Closed,
    /// To be answered as if SII were down (`sin-servicio`).
    NoService,
}

/// What a table says of a representative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepresentativeState {
    /// Represents the company now (`vigente`).
    Current,
    /// Did so before (`anterior`).
    Former,
    /// To be answered as if SII were down (`sin-servicio`).
    NoService,
}

/// What a table says of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardState {
    /// Good until its last day (`vigente`).
    Valid,
    /// Another was made in its place (`reemplazada`).
    Replaced,
    /// May not be used, lost or stolen as a rule (`bloqueada`).
    Blocked,
    /// Its holder has died (`titular-fallecido`).
    HolderDeceased,
    /// To be answered as if Registro Civil were down (`sin-servicio`).
    NoService,
}

/// A closed set of words in a column, and how to name them all in an error.
pub struct Words<T: 'static> {
    /// All words, as an error lists them.
    pub all: &'static str,
    /// In registers the place in this list stands for the word: new ones go to its end.
    list: &'static [(&'static str, T)],
}

impl<T: Copy + PartialEq> Words<T> {
    /// The meaning of a word, however it is capitalised.
    pub fn meaning(&self, written: &str) -> Option<T> {
        let written = written.to_lowercase();
        self.list.iter().find(|(word, _)| *word == written).map(|(_, state)| *state)
    }

    /// The number that stands for a state in a register.
    pub fn code(&self, state: T) -> u8 {
        let place = self.list.iter().position(|(_, other)| *other == state);
        place.and_then(|place| u8::try_from(place).ok()).expect("every state has its word")
    }

    /// The state that a register's number stands for.
    pub fn of_code(&self, code: u8) -> Option<T> {
        self.list.get(usize::from(code)).map(|(_, state)| *state)
    }
}

/// The words for companies.
pub const COMPANY_STATES: Words<CompanyState> = Words {
    all: "vigente, cerrada, sin-servicio",
    list: &[
        ("vigente", CompanyState::Open),
        ("cerrada", CompanyState::Closed),
        ("sin-servicio", CompanyState::NoService),
    ],
};
/// The words for representatives.
pub const REPRESENTATIVE_STATES: Words<RepresentativeState> = Words {
    all: "vigente, anterior, sin-servicio",
    list: &[
        ("vigente", RepresentativeState::Current),
        ("anterior", RepresentativeState::Former),
        ("sin-servicio", RepresentativeState::NoService),
    ],
};
/// The words for cards.
pub const CARD_STATES: Words<CardState> = Words {
    all: "vigente, reemplazada, bloqueada, titular-fallecido, sin-servicio",
    list: &[
        ("vigente", CardState::Valid),
        ("reemplazada", CardState::Replaced),
        ("bloqueada", CardState::Blocked),
        ("titular-fallecido", CardState::HolderDeceased),
        ("sin-servicio", CardState::NoService),
    ],
};

/// What a card is today; without a last day it never expires.
pub fn judge_card(state: CardState, valid_until: Option<Date>, clock: &Clock) -> Card {
    match state {
        CardState::HolderDeceased => Card::HolderDeceased,
        CardState::Blocked => Card::Blocked,
        CardState::Replaced => Card::NotCurrent,
        CardState::Valid | CardState::NoService => match (valid_until, clock::day_in_chile(clock())) {
            (Some(until), Some(today)) if today <= until => Card::Matches,
            (Some(_), _) => Card::Expired,
            (None, _) => Card::Matches,
        },
    }
}
