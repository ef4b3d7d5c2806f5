//! What is said beside a field that is neither its hint nor an error.

use crate::domain::clean::Clean;
use crate::domain::email::Email;
use crate::text::Msg;

/// What is said beside a field in place of its hint, without being an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// A likely slip: this address was probably meant.
    DidYouMean(Email),
}

impl Remark {
    /// In these words.
    pub fn says(&self) -> Msg {
        match self {
            Remark::DidYouMean(email) => Msg::DidYouMean { email: Clean::from(email.to_string()) },
        }
    }
}
