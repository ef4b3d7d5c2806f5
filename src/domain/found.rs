//! What the registers said, in words for the audit log. Stored: new words go to the end.

use serde::{Deserialize, Serialize};

use super::register::{Card, Company, Down, Representation, Service};

/// What a register said, in its own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    CompanyOpen,
    CompanyClosed,
    CompanyUnknown,
    RepresentativeCurrent,
    RepresentativeFormer,
    RepresentativeNever,
    CardMatches,
    CardDoesNotMatch,
    CardNotCurrent,
    CardExpired,
    CardBlocked,
    CardHolderDeceased,
    SiiDown,
    RegistroCivilDown,
}

impl From<&Company> for Found {
    fn from(company: &Company) -> Self {
        match company {
            Company::Open { .. } => Found::CompanyOpen,
            Company::Closed { .. } => Found::CompanyClosed,
            Company::Unknown => Found::CompanyUnknown,
        }
    }
}

impl From<&Representation> for Found {
    fn from(representation: &Representation) -> Self {
        match representation {
            Representation::Current { .. } => Found::RepresentativeCurrent,
            Representation::Former => Found::RepresentativeFormer,
            Representation::Never => Found::RepresentativeNever,
        }
    }
}

impl From<Card> for Found {
    fn from(card: Card) -> Self {
        match card {
            Card::Matches => Found::CardMatches,
            Card::DoesNotMatch => Found::CardDoesNotMatch,
            Card::NotCurrent => Found::CardNotCurrent,
            Card::Expired => Found::CardExpired,
            Card::Blocked => Found::CardBlocked,
            Card::HolderDeceased => Found::CardHolderDeceased,
        }
    }
}

impl From<&Down> for Found {
    fn from(down: &Down) -> Self {
        match down.service {
            Service::Sii => Found::SiiDown,
            Service::RegistroCivil => Found::RegistroCivilDown,
        }
    }
}
