//! Which operations fail, and how.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::soap::Process;

/// Every operation of the contract.
const OPERATIONS: [&str; 6] = [
    "ConsultaDatosContribuyente",
    "ConsultaRepresentanteLegal",
    "ConsultaEstadoGiro",
    "ConsultaRun",
    "ConsultaNroSerieNroDocumento",
    "EnviarSMS",
];
const SMS: &str = "EnviarSMS";
const ALL: &str = "all";
const NONE: &str = "none";
const DELAY: &str = "delay";

/// What goes wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It comes this much later.
    Delay(Duration),
    /// Nobody listens on the port.
    Refuse,
    /// The connection breaks before any answer.
    Reset,
    /// HTTP 500 with an empty body.
    Status,
    /// A SOAP fault.
    Fault,
    /// The connection breaks in the middle of the answer.
    Cut,
    /// A page of HTML comes instead.
    NotXml,
    /// A right answer with a megabyte of blanks after it.
    Huge,
    /// What matters is missing in the answer.
    Lacking,
    /// HTTP 302 to another place.
    Redirect,
    /// `estadoProceso` says so.
    Process(Process),
}

/// Their words, except `delay:MS`, each with what it does.
pub const FAULTS: [(&str, Fault, &str); 14] = [
    ("refuse", Fault::Refuse, "nobody listens; with all= only"),
    ("reset", Fault::Reset, "the connection breaks before the answer"),
    ("500", Fault::Status, "HTTP 500 without a word"),
    ("fault", Fault::Fault, "a SOAP fault"),
    ("cut", Fault::Cut, "the connection breaks in the middle of the answer"),
    ("not-xml", Fault::NotXml, "a page of HTML"),
    ("huge", Fault::Huge, "an answer of a megabyte"),
    ("lacking", Fault::Lacking, "an answer without what matters in it"),
    ("redirect", Fault::Redirect, "HTTP 302 to somewhere else"),
    ("nulo", Fault::Process(Process::Nulo), "estadoProceso NULO"),
    ("incorrecto", Fault::Process(Process::Incorrecto), "estadoProceso INCORRECTO"),
    ("procesar", Fault::Process(Process::Procesar), "estadoProceso PROCESAR"),
    ("error", Fault::Process(Process::Error), "estadoProceso ERROR"),
    ("excepcion", Fault::Process(Process::Excepcion), "estadoProceso EXCEPCION"),
];

/// Which operations a fault is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultTarget {
    /// Every operation without a fault of its own.
    All,
    /// One, by its name in the contract.
    Operation(&'static str),
}

impl fmt::Display for FaultTarget {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            FaultTarget::All => ALL,
            FaultTarget::Operation(name) => name,
        })
    }
}

/// What is wrong with a line `OPERATION=KIND`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultError {
    /// No `=`.
    #[error("write it as OPERATION=KIND, such as ConsultaRun=fault")]
    Shape,
    /// Not one of the contract's.
    #[error("there is no such operation: write all or one of {}", OPERATIONS.join(", "))]
    Operation,
    /// Not one of [`FAULTS`].
    #[error("there is no such kind of fault: write none, delay:MS or one of {}", names())]
    Kind,
    /// A port refuses all operations or none.
    #[error("nobody listens to any operation or to all of them: write all=refuse")]
    RefuseOne,
    /// An SMS is answered without `estadoProceso`.
    #[error("{SMS} has no estadoProceso to answer: write fault, or another kind")]
    NoProcess,
}

fn names() -> String {
    FAULTS.map(|(name, ..)| name).join(", ")
}

/// One line of what should fail: `ConsultaRun=fault`, `all=none`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    target: FaultTarget,
    fault: Option<Fault>,
}

impl FromStr for Change {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let (target, kind) = text.trim().split_once('=').ok_or(FaultError::Shape)?;
        let target = match OPERATIONS.iter().find(|name| name.eq_ignore_ascii_case(target)) {
            Some(name) => FaultTarget::Operation(name),
            None if target == ALL => FaultTarget::All,
            None => return Err(FaultError::Operation),
        };
        let fault = match kind.split_once(':') {
            Some((DELAY, milliseconds)) => {
                let milliseconds = milliseconds.parse().map_err(|_| FaultError::Kind)?;
                Some(Fault::Delay(Duration::from_millis(milliseconds)))
            }
            _ if kind == NONE => None,
            _ => {
                let found = FAULTS.iter().find(|(name, ..)| *name == kind);
                Some(found.map(|(_, fault, _)| *fault).ok_or(FaultError::Kind)?)
            }
        };
        match (target, fault) {
            (FaultTarget::Operation(_), Some(Fault::Refuse)) => Err(FaultError::RefuseOne),
            (FaultTarget::Operation(SMS), Some(Fault::Process(_))) => Err(FaultError::NoProcess),
            _ => Ok(Change { target, fault }),
        }
    }
}

/// Everything that fails at the moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(BTreeMap<FaultTarget, Fault>);

impl Faults {
    /// Takes lines of `OPERATION=KIND`: all of them, or none if one is wrong.
    ///
    /// # Errors
    /// With what is wrong with the first wrong line.
    pub fn change(&mut self, lines: &str) -> Result<(), FaultError> {
        let lines = lines.lines().filter(|line| !line.trim().is_empty());
        let changes = lines.map(str::parse::<Change>).collect::<Result<Vec<_>, _>>()?;
        for change in changes {
            match change {
                Change { target: FaultTarget::All, fault: None } => self.0.clear(),
                Change { target, fault: None } => _ = self.0.remove(&target),
                Change { target, fault: Some(fault) } => _ = self.0.insert(target, fault),
            }
        }
        Ok(())
    }

    /// What goes wrong with this operation. An SMS is answered without `estadoProceso`, so a fault
    /// of that kind for all operations gives it a SOAP fault.
    pub fn of(&self, operation: &str) -> Option<Fault> {
        let own = self
            .0
            .iter()
            .find(|(target, _)| matches!(target, FaultTarget::Operation(name) if *name == operation));
        match own.map(|(_, fault)| *fault).or_else(|| self.0.get(&FaultTarget::All).copied()) {
            Some(Fault::Process(_)) if operation == SMS => Some(Fault::Fault),
            fault => fault,
        }
    }

    /// Whether nobody should listen on the services' port.
    pub fn refuses(&self) -> bool {
        self.0.get(&FaultTarget::All) == Some(&Fault::Refuse)
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (target, fault) in &self.0 {
            match fault {
                Fault::Delay(delay) => writeln!(out, "{target}={DELAY}:{}", delay.as_millis())?,
                fault => {
                    let name = FAULTS.iter().find(|(_, known, _)| known == fault);
                    writeln!(out, "{target}={}", name.map_or("", |(name, ..)| name))?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_come_and_go() {
        let mut faults = Faults::default();
        faults.change("consultarun=fault\nEnviarSMS=delay:50\n").unwrap();
        faults.change("all=500").unwrap();
        assert_eq!(faults.to_string(), "all=500\nConsultaRun=fault\nEnviarSMS=delay:50\n");
        let of = |faults: &Faults, name| faults.of(name);
        assert_eq!(of(&faults, "ConsultaRun"), Some(Fault::Fault));
        assert_eq!(of(&faults, "ConsultaEstadoGiro"), Some(Fault::Status));
        faults.change("ConsultaRun=none").unwrap();
        assert_eq!(of(&faults, "ConsultaRun"), Some(Fault::Status));
        faults.change("all=error").unwrap();
        assert_eq!(of(&faults, "EnviarSMS"), Some(Fault::Delay(Duration::from_millis(50))));
        faults.change("EnviarSMS=none").unwrap();
        assert_eq!(of(&faults, "EnviarSMS"), Some(Fault::Fault));
        faults.change("all=refuse").unwrap();
        assert!(faults.refuses());
        faults.change("all=none").unwrap();
        assert_eq!(faults, Faults::default());
        let shown: Vec<String> = FAULTS.iter().map(|(name, ..)| format!("all={name}")).collect();
        for line in shown {
            faults.change(&line).unwrap();
            assert_eq!(faults.to_string(), format!("{line}\n"));
        }
    }

    #[test]
    fn what_is_wrong_changes_nothing() {
        let mut faults = Faults::default();
        for (lines, error) in [
            ("all=500\nConsultaRun", FaultError::Shape),
            ("ConsultaRum=500", FaultError::Operation),
            ("ConsultaRun=501", FaultError::Kind),
            ("ConsultaRun=delay", FaultError::Kind),
            ("ConsultaRun=delay:soon", FaultError::Kind),
            ("ConsultaRun=refuse", FaultError::RefuseOne),
            ("EnviarSMS=error", FaultError::NoProcess),
        ] {
            assert_eq!(faults.change(lines), Err(error));
        }
        assert_eq!(faults, Faults::default());
    }
}
