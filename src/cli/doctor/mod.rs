//! `totem doctor`: looks over everything the kiosk stands on, changes nothing, and says in one
//! line each what is right, what to keep an eye on and what must be mended.

mod console;
mod courier;
mod disk;
mod documents;
mod head;
mod key;
mod limits;
mod phone;
mod register;
mod rights;
mod settings;
mod soap;
mod store;
mod terminal;
#[cfg(test)]
mod tests;

use std::fmt;
use std::io::{self, Write as _};

use crate::config::{Config, ConfigError, Environment};

use super::Exit;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Ok,
    /// It works; somebody should look at it.
    Warn,
    /// It doesn't work, or not safely.
    Fault,
}

/// One line of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    /// How bad it is.
    pub level: Level,
    /// What was looked at, and what it is like.
    pub what: String,
    /// What to do; empty when all is well.
    pub remedy: String,
}

impl Finding {
    /// All is well.
    pub fn ok(what: impl Into<String>) -> Self {
        Finding { level: Level::Ok, what: what.into(), remedy: String::new() }
    }

    /// It works, and could be better or safer.
    pub fn warn(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Finding { level: Level::Warn, what: what.into(), remedy: remedy.into() }
    }

    /// It doesn't work, or not safely.
    pub fn fault(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Finding { level: Level::Fault, what: what.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            Level::Ok => "ok   ",
            Level::Warn => "warn ",
            Level::Fault => "fault",
        };
        write!(out, "{level}  {}", self.what)?;
        if !self.remedy.is_empty() {
            write!(out, " — {}", self.remedy)?;
        }
        Ok(())
    }
}

pub(super) fn run(config: Result<Config, ConfigError>, environment: &Environment) -> anyhow::Result<Exit> {
    let findings = examine(&config, environment);
    let mut out = std::io::stdout().lock();
    for finding in &findings {
        writeln!(out, "{finding}")?;
    }
    sum_up(&findings, &mut out)?;
    let is_well = findings.iter().all(|finding| finding.level != Level::Fault);
    Ok(if is_well { Exit::Done } else { Exit::Failed })
}

/// The end of a report that is longer than a screen: what is to mend, once more, and how much of it.
fn sum_up(findings: &[Finding], out: &mut impl io::Write) -> io::Result<()> {
    let of = |level| findings.iter().filter(move |finding| finding.level == level);
    let faults: Vec<_> = of(Level::Fault).collect();
    if !faults.is_empty() {
        writeln!(out, "\nTo mend:\n")?;
    }
    for finding in &faults {
        writeln!(out, "{finding}")?;
    }
    writeln!(out, "\n{} to mend, {} to keep an eye on.", faults.len(), of(Level::Warn).count())
}

fn examine(config: &Result<Config, ConfigError>, environment: &Environment) -> Vec<Finding> {
    let mut findings = settings::examine(config);
    findings.extend(terminal::examine(environment));
    findings.extend(settings::examine_clock());
    if let Ok(config) = config {
        findings.extend(limits::examine(config));
        findings.extend(rights::examine(config));
        findings.extend(key::examine(config));
        findings.extend(disk::examine(config));
        findings.extend(register::examine(config));
        findings.extend(courier::examine(config));
        findings.extend(documents::examine(config));
        findings.extend(phone::examine(config));
        findings.extend(store::examine(config));
        findings.extend(soap::examine(config));
    }
    findings
}
