//! `totem run`: the kiosk itself.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::runtime::Builder;

use crate::config::{Config, Environment};
use crate::log;
use crate::run::{self, Ended, RunError};
use crate::service::{Service, ServiceError};
use crate::terminal::{Abilities, TerminalKind};

use super::{Exit, Failure};

/// This very program, even after an update has replaced its file.
const OURSELVES: &str = "/proc/self/exe";
/// A thread that was once given is kept: where the system gives no other, work waits for this one.
const THREADS_STAY: Duration = Duration::from_secs(10 * 365 * 86_400);

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
    let kind = environment.terminal.as_deref().unwrap_or_default();
    if TerminalKind::named(kind) == TerminalKind::Teletype {
        let says = format!(
            "TERM={kind} says that this terminal can't place a cursor: start the kiosk on a real one, or set \
             TERM to its kind (on a Linux console: linux)"
        );
        return Err(Failure::new(Exit::Failed, says).into());
    }
    // Before anything is written there, the log included.
    config.check_places().map_err(Failure::from)?;
    config.check_memory()?;
    // Opened behind the first frame, before anything has something to say; ends after all else.
    let log = Arc::new(OnceLock::new());
    let kept = log.clone();
    let open = move |config: Config| async move {
        let _ = kept.set(log::start(&config.log, &config.kiosk.desk)?);
        open(config).await
    };
    let abilities = Abilities::of(environment);
    let runtime = Builder::new_current_thread().enable_all().thread_keep_alive(THREADS_STAY).build()?;
    let ended = runtime.block_on(run::run(config, abilities, Path::new(OURSELVES), open));
    if let Some(fault) = log.get().and_then(log::RunningLog::fault) {
        // The screen is the terminal again.
        let _ = writeln!(std::io::stderr(), "totem: {fault}");
    }
    let ended = ended.map_err(|error| match error {
        RunError::Service(error) => Failure::from(error),
        error @ (RunError::Terminal(_) | RunError::TimeUsedUp | RunError::Fault) => {
            Failure::new(Exit::Failed, error.to_string())
        }
    })?;
    Ok(match ended {
        Ended::HungUp => Exit::HungUp,
        Ended::Interrupted => Exit::Interrupted,
        Ended::Terminated => Exit::Terminated,
        Ended::NoTerminal => Exit::HungUp,
    })
}
