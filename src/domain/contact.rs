//! The ways to reach a company, each with its address.

use serde::{Deserialize, Serialize};

use super::destination::Destination;
use super::email::Email;
use super::phone::Mobile;

/// A new way to reach the company. Stored: new ones go to the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Contact {
    /// *e-Mail* of the company.
    CompanyEmail(Email),
    /// *Celular* of the representative.
    Mobile(Mobile),
    /// *e-Mail* of the representative.
    RepresentativeEmail(Email),
}

impl Contact {
    /// Where the code that proves it goes.
    pub fn destination(&self) -> Destination {
        match self {
            Contact::CompanyEmail(email) | Contact::RepresentativeEmail(email) => {
                Destination::Mail(email.clone())
            }
            Contact::Mobile(mobile) => Destination::Mobile(mobile.clone()),
        }
    }
}
