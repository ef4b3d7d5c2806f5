//! What can be imported, each kind into a file of its own.

use std::path::{Path, PathBuf};

/// A kind of register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// SII's names of companies, and whether they are closed.
    SiiNombres,
    /// The registry of companies and societies.
    Res,
    /// The operator's own list of who represents whom.
    Representantes,
    /// The operator's own list of identity cards.
    Cedulas,
}

impl Kind {
    /// All of them, in the order of the command's help.
    pub const ALL: [Kind; 4] = [Kind::SiiNombres, Kind::Res, Kind::Representantes, Kind::Cedulas];

    /// What it is called on the command line and in the folder.
    pub fn name(self) -> &'static str {
        match self {
            Kind::SiiNombres => "sii-nombres",
            Kind::Res => "res",
            Kind::Representantes => "representantes",
            Kind::Cedulas => "cedulas",
        }
    }

    /// The register's file in the folder of registers.
    pub fn file(self, folder: &Path) -> PathBuf {
        folder.join(format!("{}.register", self.name()))
    }

    /// Whether it is a list that the State publishes. Who is on one stays on it, closed or not.
    pub fn is_published(self) -> bool {
        match self {
            Kind::SiiNombres | Kind::Res => true,
            Kind::Representantes | Kind::Cedulas => false,
        }
    }

    /// What stands for it in the file.
    pub(super) fn code(self) -> u8 {
        match self {
            Kind::SiiNombres => 1,
            Kind::Res => 2,
            Kind::Representantes => 3,
            Kind::Cedulas => 4,
        }
    }

    /// A RUT; two of them; a RUT and a card's number.
    pub(super) fn key_bytes(self) -> usize {
        match self {
            Kind::SiiNombres | Kind::Res => 4,
            Kind::Representantes => 8,
            Kind::Cedulas => 14,
        }
    }
}
