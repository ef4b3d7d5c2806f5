//! What the registers said, as words for the audit log. Stored: new words go to the end.

use serde::{Deserialize, Serialize};

use super::register::{Card, Company, Down, Representation, Service};

/// What a register said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// SII: the company is active.
    CompanyOpen,
    /// SII: the company has ended its business.
    CompanyClosed,
    /// SII: there is no such company.
    CompanyUnknown,
    /// SII: this person represents the company.
    RepresentativeCurrent,
    /// SII: this person represented it once.
    RepresentativeFormer,
    /// SII: this person has never represented it.
    RepresentativeNever,
    /// Registro Civil: the card is this person's, and valid.
    CardMatches,
    /// Registro Civil: the number isn't of this person's card.
    CardDoesNotMatch,
    /// Registro Civil: a newer card replaced it.
    CardNotCurrent,
    /// Registro Civil: the card has expired.
    CardExpired,
    /// Registro Civil: the card is blocked.
    CardBlocked,
    /// Registro Civil: the holder has died.
    CardHolderDeceased,
    /// SII gave no answer that can be used.
    SiiDown,
    /// Registro Civil gave no answer that can be used.
    RegistroCivilDown,
    /// Registro Civil: the card has expired; the office takes it all the same
    /// (`cards.accept_expired_until`).
    CardExtended,
    /// Registro Civil: nobody has this RUT, so no card is theirs.
    CardHolderUnknown,
    /// SII: this person represents the company; Registro Civil: nobody has this RUT.
    RepresentativeWithoutRun,
    /// The list that answers for Registro Civil has no card of this person's.
    CardUnlisted,
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
            Representation::Current { name: Some(_) } => Found::RepresentativeCurrent,
            Representation::Current { name: None } => Found::RepresentativeWithoutRun,
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
            Card::Unknown => Found::CardHolderUnknown,
            Card::Unlisted => Found::CardUnlisted,
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
