//! What the State's registers are asked and what they may answer: is the company active, is this
//! its representative, is this their card. Unknown is never yes (S20): a service that doesn't
//! answer is [`Down`], and every other outcome has a name.

use serde::{Deserialize, Serialize};

use super::clean::Clean;

/// How old a list of SII's may be that says *no*, in milliseconds. Whoever came onto it since is not on it.
/// What an older one says is a yes or no answer at all.
pub const LIST_SAYS_NO_MS: u64 = 30 * 24 * 3_600_000;

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
        /// As the registers give it. `None` if SII names them and Registro Civil knows nobody under their
        /// RUT: a company, or a foreigner without a RUN.
        name: Option<Clean>,
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
    /// Registro Civil knows nobody under that RUT, so that no card is theirs.
    Unknown,
    /// A list answers for Registro Civil, and has no card of this person's.
    Unlisted,
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
    /// When the list that answered was made, in milliseconds since 1970; `None` if the register itself was
    /// asked.
    pub listed_ms: Option<u64>,
}

/// Answered without a call and without a list that could be old.
impl<T> From<Result<T, Down>> for Looked<T> {
    fn from(answer: Result<T, Down>) -> Self {
        Looked { answer, calls: Vec::new(), listed_ms: None }
    }
}

/// An answer that may be a *no* of SII's.
pub trait SaysNo {
    /// Whether it is one.
    fn is_no(&self) -> bool;
}

impl SaysNo for Company {
    fn is_no(&self) -> bool {
        matches!(self, Company::Closed { .. } | Company::Unknown)
    }
}

impl SaysNo for Representation {
    fn is_no(&self) -> bool {
        matches!(self, Representation::Former | Representation::Never)
    }
}

impl SaysNo for Card {
    /// Never SII's. An old list of cards does refuse: otherwise whoever guesses a card's number would not be
    /// counted.
    fn is_no(&self) -> bool {
        false
    }
}

impl<T> Looked<T> {
    /// Whether it is the word of a list that is too old to say no.
    pub fn is_old(&self, now_ms: u64) -> bool {
        self.listed_ms.is_some_and(|ms| now_ms.saturating_sub(ms) > LIST_SAYS_NO_MS)
    }
}

impl<T: SaysNo> Looked<T> {
    /// What counts of the answer at this time: an old list can't say no.
    ///
    /// # Errors
    /// When there is no answer that counts.
    pub fn counts(self, now_ms: u64) -> Result<T, Down> {
        let is_old = self.is_old(now_ms);
        match self.answer {
            Ok(answer) if is_old && answer.is_no() => {
                let reason = "the list is over 30 days old: it can't say no".to_string();
                Err(Down { service: Service::Sii, reason })
            }
            answer => answer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_list_can_t_say_no() {
        let of = |answer, listed_ms| Looked { answer: Ok(answer), calls: Vec::new(), listed_ms };
        let (old, fresh) = (Some(5), Some(6));
        let now_ms = 6 + LIST_SAYS_NO_MS;
        for no in [Representation::Former, Representation::Never] {
            assert!(of(no.clone(), old).counts(now_ms).is_err());
            for listed_ms in [fresh, None] {
                assert_eq!(of(no.clone(), listed_ms).counts(now_ms), Ok(no.clone()));
            }
        }
        let current = Representation::Current { name: Some("B".into()) };
        assert_eq!(of(current.clone(), old).counts(now_ms), Ok(current));
        for (company, counts) in [
            (Company::Open { name: "A".into() }, true),
            (Company::Closed { name: "A".into() }, false),
            (Company::Unknown, false),
        ] {
            let looked = Looked { answer: Ok(company), calls: Vec::new(), listed_ms: old };
            assert_eq!(looked.counts(now_ms).is_ok(), counts);
        }
        let card = Looked { answer: Ok(Card::DoesNotMatch), calls: Vec::new(), listed_ms: old };
        assert_eq!(card.counts(now_ms), Ok(Card::DoesNotMatch));
    }
}
