//! `totem store`: going on with a store that is not the newest that was noted, knowingly (T13).

use std::io::Write as _;

use clap::{Args, Subcommand};

use super::data::read_reason;
use super::{Exit, Failure};
use crate::audit::{Actor, Entry};
use crate::clock;
use crate::config::Config;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action as Audited, Outcome};
use crate::service::{self, Adopted, Opened};

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Take the store as it is, although a newer one was noted, or the note is gone or another's
    ///
    /// First look for the newer store: its disk may not be mounted. What the older one lacks is lost
    /// with this. For example, after a disk was brought back from a snapshot:
    ///
    /// totem store adopt --reason "disk brought back on 3 March"
    Adopt(OnRecord),

    /// Begin an empty store where one was noted and is gone
    ///
    /// First look for it: its disk may not be mounted, and `totem restore` may have a backup. Companies
    /// that registered before then register anew.
    New(OnRecord),
}

#[derive(Debug, Args)]
pub(super) struct OnRecord {
    /// Why, for the audit log; no personal data
    #[arg(long, value_name = "TEXT", value_parser = read_reason)]
    reason: Clean,
}

pub(super) fn run(action: &Action, config: &Config) -> anyhow::Result<Exit> {
    super::block_on(async {
        match action {
            Action::Adopt(why) => adopt(config, why).await,
            Action::New(why) => begin(config, why).await,
        }
    })?
}

async fn adopt(config: &Config, why: &OnRecord) -> anyhow::Result<Exit> {
    let Adopted { opened, lacks } = service::adopt(config).await.map_err(Failure::from)?;
    let Some(lacks) = lacks else {
        let says = "the store is the newest that was noted: there is nothing to adopt";
        return Err(Failure::new(Exit::Failed, says).into());
    };
    let note = Clean::from(format!("{}; {lacks}", why.reason));
    note_on_record(config, &opened, Audited::AdoptStore, &note).await?;
    told(
        &opened,
        &format!("The store in {} counts as the newest now: {lacks}.", config.store.folder.display()),
    )
}

async fn begin(config: &Config, why: &OnRecord) -> anyhow::Result<Exit> {
    let Adopted { opened, lacks } = service::begin_anew(config).await.map_err(Failure::from)?;
    let lacks = lacks.unwrap_or_else(|| "none was noted before".into());
    let note = Clean::from(format!("{}; {lacks}", why.reason));
    note_on_record(config, &opened, Audited::BeginStore, &note).await?;
    told(&opened, &format!("An empty store is in {} now.", config.store.folder.display()))
}

async fn note_on_record(
    config: &Config,
    opened: &Opened,
    action: Audited,
    note: &Clean,
) -> Result<(), Failure> {
    let records = &opened.records;
    let now_ms = records.time(clock::now_ms()).await?.now_ms();
    let entry = Entry::new(now_ms, &config.kiosk.desk, Actor::Operator, action, Outcome::Done);
    Ok(records.draft(now_ms).audit(&entry.because(note)).commit(records).await?)
}

fn told(opened: &Opened, says: &str) -> anyhow::Result<Exit> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{says}")?;
    if let Some(error) = &opened.unnoted {
        writeln!(out, "It could not be noted in store.head ({error}): mend that, or it is told again.")?;
    }
    Ok(Exit::Done)
}
