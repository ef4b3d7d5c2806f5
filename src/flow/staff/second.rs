//! What a member of staff types who opens or confirms a settlement (T6): the last four symbols, and why.

use crate::domain::cedula::CardEnding;
use crate::domain::clean::Clean;
use crate::domain::dispute::Grounds;
use crate::form::Form;
use crate::form::field::Field;
use crate::form::names::Name;
use crate::form::reasons::Reasons;
use crate::text::Msg;

/// What the second is told to look at.
pub fn hint_of_second(grounds: Grounds) -> Msg {
    match grounds {
        Grounds::Sii => Msg::DisputeHint,
        Grounds::Papers => Msg::DisputeUnlistedSecondHint,
        Grounds::SiiWithoutCard => Msg::DisputePapersSecondHint,
    }
}

/// What the second types. Where papers stand for SII's word, the reason says which were seen.
pub fn fields_of_second(grounds: Grounds) -> Vec<Field> {
    let why = match grounds {
        Grounds::Sii => Reasons::Settled.field(),
        Grounds::Papers | Grounds::SiiWithoutCard => Field::line(Name::PapersSeen),
    };
    vec![Field::line(Name::CardEnding), why]
}

/// The symbols, and the reason from the list or as it was typed, if both are there.
pub fn read_ending(form: &mut Form) -> Option<(CardEnding, Clean)> {
    let has_list = form.field(Name::ListedReason).is_some();
    if has_list && Reasons::Settled.opens_line(form) {
        return None;
    }
    form.read(|reader| {
        let ending = reader.card_ending(Name::CardEnding);
        let reason = match has_list {
            true => Reasons::Settled.read(reader),
            false if reader.has(Name::PapersSeen) => reader.reason(Name::PapersSeen),
            false => reader.reason(Name::Reason),
        };
        Some((ending?, reason?))
    })
}
