//! Why a company can't have a CS, for the page that says so.

use crate::domain::clean::Clean;
use crate::domain::rut::Rut;

/// Why a company does not qualify.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It has ended its activities.
    CompanyClosed,
    /// The register knows no company under this RUT.
    CompanyUnknown,
    /// Nor does it, for the RUT is one that people are given.
    NaturalPerson,
    /// The list of that day, which answers for the register, lacks it, as it lacks whoever began since.
    Unlisted { company: Rut, day: Clean },
}

impl Unfit {
    /// Nobody knows the company; a list of that day was asked, or SII itself.
    pub(super) fn unknown(company: Rut, listed: Option<Clean>) -> Self {
        match listed {
            _ if company.is_of_natural_person() => Unfit::NaturalPerson,
            Some(day) => Unfit::Unlisted { company, day },
            None => Unfit::CompanyUnknown,
        }
    }
}
