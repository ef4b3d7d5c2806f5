//! The names of the choices in a facilitator's request, and of a document's kind and size, wherever
//! they are shown.

use super::Msg;
use crate::domain::document::{Extent, Kind};
use crate::domain::facilitator::{CivilStatus, IdentityKind, Sex};

impl IdentityKind {
    /// As the list offers it.
    pub fn label(self) -> Msg {
        match self {
            IdentityKind::Passport => Msg::IdentityPassport,
            IdentityKind::ForeignCard => Msg::IdentityForeignCard,
            IdentityKind::Other => Msg::IdentityOther,
        }
    }
}

impl Sex {
    /// As the list offers it.
    pub fn label(self) -> Msg {
        match self {
            Sex::Female => Msg::SexFemale,
            Sex::Male => Msg::SexMale,
            Sex::Unspecified => Msg::SexUnspecified,
        }
    }
}

impl CivilStatus {
    /// As the list offers it.
    pub fn label(self) -> Msg {
        match self {
            CivilStatus::Single => Msg::CivilSingle,
            CivilStatus::Married => Msg::CivilMarried,
            CivilStatus::CivilPartner => Msg::CivilPartner,
            CivilStatus::Separated => Msg::CivilSeparated,
            CivilStatus::Divorced => Msg::CivilDivorced,
            CivilStatus::Widowed => Msg::CivilWidowed,
        }
    }
}

impl Kind {
    /// As people call the format.
    pub fn label(self) -> Msg {
        match self {
            Kind::Jpg => Msg::KindJpg,
            Kind::Png => Msg::KindPng,
            Kind::Pdf => Msg::KindPdf,
        }
    }
}

impl Extent {
    /// Width and height in pixels, or the number of pages.
    pub fn label(self) -> Msg {
        match self {
            Extent::Pixels { width, height } => {
                Msg::ExtentPixels { width: u64::from(width), height: u64::from(height) }
            }
            Extent::Pages(pages) => Msg::ExtentPages { pages: u64::from(pages) },
        }
    }
}
