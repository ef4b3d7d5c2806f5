//! What is wrong with the settings, and for the operator, where and how to mend it.

use std::fmt;
use std::path::PathBuf;

/// Where a setting comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The settings built into the program.
    BuiltIn,
    /// A file, and the line in it, counted from 1.
    Line(PathBuf, usize),
    /// A variable of the environment, with its full name.
    Variable(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::BuiltIn => out.write_str("built-in settings"),
            Origin::Line(file, line) => write!(out, "{}:{line}", file.display()),
            Origin::Variable(name) => write!(out, "variable {name}"),
        }
    }
}

/// One error: where, which key, which value, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub origin: Origin,
    /// `section.key`; empty when the whole text can't be read.
    pub key: String,
    /// What was written, as TOML shows it; `None` when it would not help, or is secret.
    pub value: Option<String>,
    /// What is wrong and what to do, in one or two sentences.
    pub remedy: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: ", self.origin)?;
        match (&self.key, &self.value) {
            (key, _) if key.is_empty() => {}
            (key, Some(value)) => write!(out, "{key} = {value}: ")?,
            (key, None) => write!(out, "{key}: ")?,
        }
        out.write_str(&self.remedy)
    }
}

/// Why the settings can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The file can't be read.
    #[error("{}: it can't be read ({reason}). Give --config a file that this user may read.", file.display())]
    Unreadable {
        /// Which file.
        file: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// Anybody may change the file.
    #[error(
        "{}: anybody may change these settings, and with them the keys and who is asked. chmod o-w {}",
        file.display(),
        file.display()
    )]
    Open {
        /// Which file.
        file: PathBuf,
    },
    /// All errors, in the order of files and keys; never empty.
    #[error("{}", lines(.0))]
    Faults(Vec<Fault>),
}

fn lines(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n")
}
