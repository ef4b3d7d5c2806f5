//! Where failed tries are counted, and what that makes wait: at everything of a company or of a facilitator, or
//! at what was sent to them alone, while their block runs (S10, T9).

use std::time::Duration;

use crate::domain::country::Country;
use crate::domain::facilitator::IdentityNumber;
use crate::domain::limits::LONGEST_SLOWING;
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::vault::{Blind, Vault};

/// What a try is counted under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Under {
    /// Where it is kept.
    pub id: Id,
    /// The longest wait that comes of it.
    pub longest: Duration,
    /// Whether the terminal's lock covers it, and it counts towards one (S11).
    pub at_terminal: bool,
}

impl Under {
    /// A block of a day comes of it.
    pub fn blocking(id: Id) -> Self {
        Under { id, longest: Duration::MAX, at_terminal: true }
    }

    /// It makes wait a quarter of an hour at most, whatever the terminal.
    pub fn slowing(id: Id) -> Self {
        Under { id, longest: LONGEST_SLOWING, at_terminal: false }
    }

    /// Tries at a company's answer and claves.
    pub fn all_of(vault: &Vault, company: Rut) -> Self {
        Under::blocking(vault.blind_rut(Blind::LimitOfRut, company))
    }

    /// Tries at the keys that were sent for a company, while its block runs.
    pub fn sent_to(vault: &Vault, company: Rut) -> Self {
        Under::slowing(vault.blind_rut(Blind::SentKeysOfRut, company))
    }
}

/// Where failed tries at a facilitator's claves are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TalliesOfFacilitator {
    /// At all of them.
    pub all: Id,
    /// At those that were sent, while a block runs.
    pub sent: Id,
}

impl TalliesOfFacilitator {
    /// Of this document with this company.
    pub fn of(vault: &Vault, company: Rut, (country, number): (Country, &IdentityNumber)) -> Self {
        let value = format!("{}\0{}\0{number}", company.canonical(), country.code());
        let under = |purpose| vault.blind(purpose, value.as_bytes());
        TalliesOfFacilitator {
            all: under(Blind::LimitOfFacilitator),
            sent: under(Blind::SentKeysOfFacilitator),
        }
    }

    /// Tries at all of them.
    pub fn all_under(self) -> Under {
        Under::blocking(self.all)
    }

    /// Tries at those that were sent.
    pub fn sent_under(self) -> Under {
        Under::slowing(self.sent)
    }
}
