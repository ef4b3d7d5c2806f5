//! `totem run`: the kiosk itself.

use std::io::{IsTerminal as _, Write as _};
use std::sync::{Arc, OnceLock};

use crate::config::{Config, Environment};
use crate::log;
use crate::run::{self, Ended, RunError};
use crate::service::{Service, ServiceError};
use crate::terminal::Abilities;

use super::{Exit, Failure};

pub(super) fn run(config: &Config, environment: &Environment) -> anyhow::Result<Exit> {
    kiosk(config, environment, |config| async move { Service::start(&config).await })
}

/// Serves with what `open` opens.
pub(super) fn kiosk<F, O>(config: &Config, environment: &Environment, open: O) -> anyhow::Result<Exit>
where
    O: FnOnce(Config) -> F + Send + 'static,
    F: Future<Output = Result<Service, ServiceError>> + Send + 'static,
{
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        let says = "the kiosk needs a terminal to draw on: start it on a console, or see `totem --help`";
        return Err(Failure::new(Exit::Failed, says).into());
    }
    // Before anything is written there, the log included.
    config.check_places().map_err(Failure::from)?;
    // Opened behind the first frame, before anything has something to say; ends after all else.
    let log = Arc::new(OnceLock::new());
    let kept = log.clone();
    let open = move |config: Config| async move {
        let _ = kept.set(log::start(&config.log, &config.kiosk.desk)?);
        open(config).await
    };
    let abilities = Abilities::of(environment);
    let ended = super::block_on(run::run(config, abilities, open))?;
    if let Some(fault) = log.get().and_then(log::Running::fault) {
        // The screen is the terminal again.
        let _ = writeln!(std::io::stderr(), "totem: {fault}");
    }
    let ended = ended.map_err(|error| match error {
        RunError::Service(error) => Failure::from(error),
        error @ (RunError::Terminal(_) | RunError::Fault) => Failure::new(Exit::Failed, error.to_string()),
    })?;
    Ok(match ended {
        Ended::HungUp => Exit::HungUp,
        Ended::Interrupted => Exit::Interrupted,
        Ended::Terminated => Exit::Terminated,
        Ended::NoTerminal => Exit::HungUp,
    })
}
