//! What is typed anew: hidden fields, of which nobody sees what stands in them.

use super::Form;
use super::field::{Field, Input};
use super::names::Name;
use crate::event::Target;

impl Form {
    /// Forgets keys and PINs; they are typed anew from the first of them on.
    pub fn forget_secrets(&mut self) {
        self.fields.iter_mut().filter(|field| field.is_forgotten_on_leaving()).for_each(Field::clear);
        if let Some(first) = self.fields.iter().position(Field::is_forgotten_on_leaving) {
            self.focus = Target::Field(first as u8);
        }
    }

    /// Whether it is hidden, and it or its repetition was refused: nobody mends dots, they are typed anew.
    /// While F3 shows the letters, they can be mended.
    pub(super) fn is_refused_secret(&self, index: usize) -> bool {
        let field = &self.fields[index];
        let repetition = self.fields.iter().find(|other| other.name.repeats() == Some(field.name));
        let is_refused = [Some(field), repetition].into_iter().flatten().any(|field| field.error.is_some());
        is_refused && field.input.is_hidden_now()
    }

    /// Empties it, and what repeats it.
    pub(super) fn empty_secret(&mut self, index: usize) {
        let name = self.fields[index].name;
        let is_meant = |field: &&mut Field| field.name == name || field.name.repeats() == Some(name);
        for field in self.fields.iter_mut().filter(is_meant) {
            field.clear();
        }
    }

    /// An answer is the answer to one question: with another one it is typed anew, for what stands there
    /// can't be read.
    pub(super) fn forget_answer_of_another(&mut self, index: usize, chosen_before: Option<usize>) {
        let field = &self.fields[index];
        if field.name == Name::Question
            && field.chosen() != chosen_before
            && let Some(answer) = self.field_mut(Name::Answer)
        {
            answer.clear();
        }
    }

    /// Whether it is a choice that nobody made.
    pub(super) fn is_unchosen(&self, index: usize) -> bool {
        matches!(self.fields[index].input, Input::Choice { chosen: None, .. })
    }
}
