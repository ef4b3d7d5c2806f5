//! What is said beside a field that is neither its hint nor an error.

use super::Form;
use super::names::Name;
use crate::domain::clean::Clean;
use crate::domain::email::Email;
use crate::text::Msg;

/// What is said beside a field in place of its hint, without being an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// A likely slip: this address was probably meant.
    DidYouMean(Email),
    /// A number that people are given, where a company's is asked for. No official text says that no company
    /// has one.
    OfAPerson,
}

impl Remark {
    /// In these words.
    pub fn says(&self) -> Msg {
        match self {
            Remark::DidYouMean(email) => Msg::DidYouMean { email: Clean::from(email.to_string()) },
            Remark::OfAPerson => Msg::RutOfAPerson,
        }
    }
}

/// When a likely slip was pointed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Just now: the person has not seen it yet.
    Now,
    /// They went on with it.
    Before,
}

impl Form {
    /// Says something beside a field that is no error, with the focus there. Once is enough: whoever goes on
    /// with it means it.
    pub fn told(&mut self, name: Name, remark: Remark) -> Told {
        let Some(field) = self.field_mut(name) else { return Told::Before };
        if field.remark.as_ref() == Some(&remark) {
            return Told::Before;
        }
        (field.error, field.remark) = (None, Some(remark));
        self.focus_on(name);
        Told::Now
    }
}
