//! What the State's registers are asked and what they may answer: is the company active, is this
//! its representative, is this their card. Unknown is never yes (S20): a service that doesn't
//! answer is [`Down`], and every other outcome has a name.

use serde::{Deserialize, Serialize};

use super::clean::Clean;

/// A company as SII knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Company {
    /// It is active.
    Open {
        /// *Razón Social*.
        name: Clean,
    },
    /// It has ended its business, so it gets no clave.
    Closed {
        /// *Razón Social*.
        name: Clean,
    },
    /// SII knows no such RUT.
    Unknown,
}

/// Whether a person represents a company, as SII knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Representation {
    /// They do today.
    Current {
        /// As SII gives it.
        name: Clean,
    },
    /// They did once.
    Former,
    /// They never did.
    Never,
}

/// A card's serial number beside its holder's RUT, as Registro Civil knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Card {
    /// It is theirs, and valid.
    Matches,
    /// The number isn't of a card of theirs.
    DoesNotMatch,
    /// A newer card replaced it.
    NotCurrent,
    /// Its date has passed.
    Expired,
    /// Reported as lost or stolen.
    Blocked,
    /// Nobody may use it.
    HolderDeceased,
}

/// A State body that is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// *Servicio de Impuestos Internos*: companies and their representatives.
    Sii,
    /// *Registro Civil*: people and their cards.
    RegistroCivil,
}

/// The service gave no answer that can be used. It never counts as a yes, and is never the person's
/// fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{service:?} does not answer: {reason}")]
pub struct Down {
    /// Which one.
    pub service: Service,
    /// For the log and for staff; never shown to the person.
    pub reason: String,
}

/// What the State's services are asked, by the names of their contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operation {
    /// SII: what a company is called, and whether it is active.
    ConsultaDatosContribuyente,
    /// SII: whether a person represents a company.
    ConsultaRepresentanteLegal,
    /// SII: the state of a company's business.
    ConsultaEstadoGiro,
    /// Registro Civil: the names of a person.
    ConsultaRun,
    /// Registro Civil: whether a card is this person's, and valid.
    ConsultaNroSerieNroDocumento,
}

impl Operation {
    /// Whom it is asked of.
    pub fn service(self) -> Service {
        match self {
            Operation::ConsultaDatosContribuyente
            | Operation::ConsultaRepresentanteLegal
            | Operation::ConsultaEstadoGiro => Service::Sii,
            Operation::ConsultaRun | Operation::ConsultaNroSerieNroDocumento => Service::RegistroCivil,
        }
    }
}

/// How one call to a service ended, whatever it said about the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallEnd {
    /// An answer came that can be used.
    Answered,
    /// The service reported a failure of its own.
    Failed,
    /// An answer came that can't be read; it never counts as a yes.
    Unreadable,
    /// No connection, or a broken one.
    Unreachable,
    /// No answer in time (S20).
    TimedOut,
}

/// One call to another State body, which goes on record (DS 12/2023).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// What was asked.
    pub operation: Operation,
    /// How it ended.
    pub end: CallEnd,
    /// UTC, in milliseconds since 1970.
    pub at_ms: u64,
}

/// The answer to a question, with every call that was made for it, including failed ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked<T> {
    /// What the registers say.
    pub answer: Result<T, Down>,
    /// In the order in which they were made.
    pub calls: Vec<Call>,
}

/// Answered from data that is kept here: nobody was called.
impl<T> From<Result<T, Down>> for Looked<T> {
    fn from(answer: Result<T, Down>) -> Self {
        Looked { answer, calls: Vec::new() }
    }
}
