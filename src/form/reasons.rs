//! Why staff stand in for a person: a short list, so that the reason costs one digit, with a line
//! for whatever is not on it. The audit log keeps the words of the list in the office's language,
//! whichever the screen speaks.

use super::Form;
use super::field::Field;
use super::names::Name;
use super::read::Reader;
use crate::domain::clean::Clean;
use crate::domain::language::Language;
use crate::page::Words;
use crate::text::{Msg, Sentences};

/// What the reason is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reasons {
    /// A person who can't do the letters.
    InPerson,
    /// A card that was seen, for a key to a new address (S8).
    CardSeen,
    /// A card that is valid although the register calls it expired.
    CardValid,
    /// An account that two members of staff give to its representative (T6).
    Settled,
}

impl Reasons {
    /// The last one is followed by a line to type.
    fn listed(self) -> Vec<Msg> {
        match self {
            Reasons::InPerson => {
                vec![Msg::ReasonSeesBadly, Msg::ReasonTypesBadly, Msg::ReasonOther]
            }
            Reasons::CardSeen => {
                vec![Msg::ReasonMailboxLost, Msg::ReasonMailboxWrong, Msg::ReasonToday, Msg::ReasonOther]
            }
            Reasons::CardValid => {
                vec![Msg::ReasonResidence, Msg::ReasonDecree, Msg::ReasonOther]
            }
            Reasons::Settled => {
                vec![Msg::ReasonFrozen, Msg::ReasonContactsLost, Msg::ReasonOther]
            }
        }
    }

    /// The list, to choose from.
    pub fn field(self) -> Field {
        Field::choice(Name::ListedReason, self.listed().into_iter().map(Words::Said).collect())
    }

    /// Shows the line for another reason once the last one was chosen, and hides it otherwise;
    /// whether it has just appeared, so that there is nothing to read yet.
    pub fn opens_line(self, form: &mut Form) -> bool {
        let chosen = form.field(Name::ListedReason).and_then(Field::chosen);
        let wants_line = chosen.is_some_and(|option| option + 1 == self.listed().len());
        let had_line = form.field(Name::Reason).is_some();
        form.show_field(Field::line(Name::Reason), wants_line);
        wants_line && !had_line
    }

    /// The reason, in words for the audit log.
    pub fn read(self, reader: &mut Reader<'_>) -> Option<Clean> {
        let chosen = reader.choice(Name::ListedReason)?;
        if reader.has(Name::Reason) {
            return reader.reason(Name::Reason);
        }
        let reason = self.listed().into_iter().nth(chosen)?;
        Some(Clean::from(Sentences::screens(Language::Es).say(&reason)))
    }
}
