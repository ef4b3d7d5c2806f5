//! What the State's registers are asked and what they may answer: is the company alive, is this its
//! representative, is this their card. Unknown is never yes: a service that doesn't answer is
//! [`Down`], and every other outcome has a name.

use serde::{Deserialize, Serialize};

use super::clean::Clean;

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

/// What the State's services are asked, by the names of their contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operation {
    ConsultaDatosContribuyente,
    ConsultaRepresentanteLegal,
    ConsultaEstadoGiro,
    ConsultaRun,
    ConsultaNroSerieNroDocumento,
}

impl Operation {
    pub fn service(self) -> Service {
        match self {
            Operation::ConsultaDatosContribuyente
            | Operation::ConsultaRepresentanteLegal
            | Operation::ConsultaEstadoGiro => Service::Sii,
            Operation::ConsultaRun | Operation::ConsultaNroSerieNroDocumento => Service::RegistroCivil,
        }
    }
}

/// How one call to a service ended, whatever it said of the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallEnd {
    /// An answer that can be used.
    Answered,
    /// The service said that it failed.
    Failed,
    /// An answer that can't be read: never a yes.
    Unreadable,
    /// No connection, or one that broke.
    Unreachable,
    TimedOut,
}

/// One call that was made to another State body (DS 12/2023).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    pub operation: Operation,
    pub end: CallEnd,
    /// UTC, in milliseconds since 1970.
    pub at_ms: u64,
}

/// What a question came to, and every call that was made for it, failed ones among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked<T> {
    pub answer: Result<T, Down>,
    pub calls: Vec<Call>,
}

/// An answer from what lies here: nobody was called.
impl<T> From<Result<T, Down>> for Looked<T> {
    fn from(answer: Result<T, Down>) -> Self {
        Looked { answer, calls: Vec::new() }
    }
}
