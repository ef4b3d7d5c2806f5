//! `totem backup`: the whole store in one sealed file, read back before it counts.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use clap::Args;
use data_encoding::HEXLOWER;

use super::{Exit, Failure};
use crate::audit::Actor;
use crate::caretaker::backup;
use crate::clock;
use crate::config::Config;
use crate::store::backups;

/// How often progress is reported.
const PROGRESS_EVERY: Duration = Duration::from_secs(1);

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The file to write; without it, one named by the time in store.export_folder
    file: Option<PathBuf>,
}

pub(super) fn run(options: &Options, config: &Config) -> anyhow::Result<Exit> {
    super::block_on(async {
        let opened = super::opening::opened(config).await?;
        let now_ms = opened.records.time(clock::now_ms()).await.map_err(Failure::from)?.now_ms();
        let usual = || config.store.export_folder.join(backups::name_at(now_ms));
        let file = options.file.clone().unwrap_or_else(usual);
        let entries = Arc::new(AtomicU64::new(0));
        let making = backup::make(opened.store.own().map_err(Failure::from)?, &file, entries.clone());
        let made = telling_progress(making, &entries).await.map_err(Failure::from)?;
        let noted = backup::note(&opened.records, &config.kiosk.desk, Actor::Operator, now_ms).await;
        noted.map_err(Failure::from)?;
        let mut out = io::stdout().lock();
        writeln!(out, "{}", file.display())?;
        writeln!(out, "entries  {}", made.entries)?;
        writeln!(out, "bytes    {}", made.bytes)?;
        writeln!(out, "sha256   {}", HEXLOWER.encode(&made.sha256))?;
        Ok(Exit::Done)
    })?
}

/// On a terminal, reports now and then how far it is.
async fn telling_progress<T>(work: impl Future<Output = T>, entries: &AtomicU64) -> T {
    let mut work = pin!(work);
    let is_terminal = io::stderr().is_terminal();
    let mut told = false;
    loop {
        tokio::select! {
            done = &mut work => {
                if told {
                    eprintln!();
                }
                return done;
            }
            () = tokio::time::sleep(PROGRESS_EVERY), if is_terminal => {
                eprint!("\r{} entries written…", entries.load(Ordering::Relaxed));
                told = true;
            }
        }
    }
}
