//! `totem config`: are the settings right, and what can be set at all.

use std::io::Write as _;

use clap::Subcommand;

use crate::config::{BUILT_IN, Config, ConfigError};

use super::Exit;

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Read the settings and say everything that is wrong with them, with file and line
    Check,
    /// Print all settings with their built-in values and what they mean
    ///
    /// A start for your own: totem config print-default > config.toml
    PrintDefault,
}

pub(super) fn run(
    action: &Action,
    settings: impl FnOnce() -> Result<Config, ConfigError>,
) -> anyhow::Result<Exit> {
    let mut out = std::io::stdout().lock();
    match action {
        Action::PrintDefault => out.write_all(BUILT_IN.as_bytes())?,
        Action::Check => {
            let config = settings()?;
            match &config.file {
                Some(file) => writeln!(out, "{}: the settings are right.", file.display())?,
                None => writeln!(out, "No file: the built-in settings are in use.")?,
            }
        }
    }
    Ok(Exit::Done)
}
