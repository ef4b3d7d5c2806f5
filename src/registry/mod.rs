//! What the kiosk asks of the State's registers: is the company alive, is this its
//! representative, is this their card. Unknown is never yes: a service that doesn't answer is
//! [`Down`], and every other outcome has a name.

pub mod padron;
mod table;

pub use table::{TableError, TableFault};

use async_trait::async_trait;

use crate::domain::cedula::Serial;
use crate::domain::clean::Clean;
use crate::domain::rut::Rut;

/// A company as SII knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Company {
    Open { name: Clean },
    Closed { name: Clean },
    Unknown,
}

/// Whether a person represents a company, as SII knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Representation {
    Current {
        name: Clean,
    },
    /// Was one once.
    Former,
    Never,
}

/// A card's serial number beside its holder's RUT, as Registro Civil knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Card {
    Matches,
    DoesNotMatch,
    /// Replaced by a newer one.
    NotCurrent,
    Expired,
    Blocked,
    HolderDeceased,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    Sii,
    RegistroCivil,
}

/// The service gave no answer that can be used. Never a yes, and never the person's fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{service:?} does not answer: {reason}")]
pub struct Down {
    pub service: Service,
    /// For the log and for staff.
    pub reason: String,
}

#[async_trait]
pub trait Registry: Send + Sync {
    async fn company(&self, company: Rut) -> Result<Company, Down>;
    async fn representation(&self, company: Rut, person: Rut) -> Result<Representation, Down>;
    async fn card(&self, holder: Rut, serial: &Serial) -> Result<Card, Down>;
}
