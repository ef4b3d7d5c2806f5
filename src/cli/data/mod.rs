//! `totem data`: what is kept of one company, for whoever answers its requests (S15, Ley 21.719).
//! Each look, copy and erasure is a row of the audit log, with the reason that was given.

mod dossier;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::sure::is_sure;
use super::{Exit, Failure, whole_file};
use crate::audit::{Actor, Entry};
use crate::caretaker::company::CompanyRecords;
use crate::clock;
use crate::config::Config;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action as Audited, Outcome};
use crate::domain::rut::Rut;
use crate::store::records::Records;
use dossier::Dossier;

/// The longest reason kept, in characters.
const MAX_REASON_CHARS: usize = 200;

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Show what is kept of a company, without secrets
    Show {
        #[command(flatten)]
        about: About,
    },
    /// Write the same as JSON into a file that its owner alone can read
    Export {
        #[command(flatten)]
        about: About,
        /// The file, which must not be there yet
        file: PathBuf,
    },
    /// Erase everything that is kept of a company, at once and for good
    ///
    /// The audit log stays; it knows the company by a pseudonym alone. As long as it does, an account that
    /// was given in person leaves a mark under a keyed hash of its RUT: a registration then takes a member
    /// of staff, so that nobody with a copy of the card takes the company over. Backups made before hold the
    /// data until they are deleted (store.keep_exports). At the kiosk a company asks for this by
    /// itself, and it is done after 72 hours in which it can be taken back.
    Erase {
        #[command(flatten)]
        about: About,
        /// Without asking
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Debug, Args)]
pub(super) struct About {
    /// The company's RUT, such as 99999999-9
    rut: Rut,
    /// Why, for the audit log: who asked, under which number; no personal data
    #[arg(long, value_name = "TEXT", value_parser = read_reason)]
    reason: Clean,
}

/// Why an operator does something, for the audit log.
pub(super) fn read_reason(text: &str) -> Result<Clean, String> {
    let reason = Clean::new(text);
    match reason.as_str().chars().count() {
        0 => Err("say why: it goes into the audit log".to_string()),
        1..=MAX_REASON_CHARS => Ok(reason),
        _ => Err(format!("say it in {MAX_REASON_CHARS} characters or less")),
    }
}

pub(super) fn run(action: &Action, config: &Config) -> anyhow::Result<Exit> {
    super::block_on(async {
        let records = super::opening::opened(config).await?.records;
        match action {
            Action::Show { about } => show(config, &records, about).await,
            Action::Export { about, file } => export(config, &records, about, file).await,
            Action::Erase { about, yes } => erase(config, &records, about, *yes).await,
        }
    })?
}

/// What is kept; an error if that is nothing.
async fn kept(records: &Records, rut: Rut) -> Result<CompanyRecords, Failure> {
    let kept = CompanyRecords::find(records, rut).await?;
    match kept.is_empty() {
        true => Err(Failure::new(
            Exit::Failed,
            format!("nothing is kept of the company {rut}: is it the right RUT?"),
        )),
        false => Ok(kept),
    }
}

async fn entry(config: &Config, records: &Records, about: &About, action: Audited) -> Result<Entry, Failure> {
    let now_ms = records.time(clock::now_ms()).await?.now_ms();
    let entry = Entry::new(now_ms, &config.kiosk.desk, Actor::Operator, action, Outcome::Done);
    Ok(entry.about(records.vault().pseudonym(about.rut)).because(&about.reason))
}

async fn show(config: &Config, records: &Records, about: &About) -> anyhow::Result<Exit> {
    let kept = kept(records, about.rut).await?;
    // On record before anything is seen.
    let entry = entry(config, records, about, Audited::ShowData).await?;
    records.draft(entry.at_ms).audit(&entry).commit(records).await.map_err(Failure::from)?;
    let mut out = std::io::stdout().lock();
    for (name, value) in Dossier::new(about.rut, &kept).lines() {
        writeln!(out, "{name:<23} {value}")?;
    }
    Ok(Exit::Done)
}

async fn export(config: &Config, records: &Records, about: &About, file: &Path) -> anyhow::Result<Exit> {
    let kept = kept(records, about.rut).await?;
    if file.symlink_metadata().is_ok() {
        let says = format!("{} is there already: name another file", file.display());
        return Err(Failure::new(Exit::Failed, says).into());
    }
    let entry = entry(config, records, about, Audited::ExportData).await?;
    records.draft(entry.at_ms).audit(&entry).commit(records).await.map_err(Failure::from)?;
    let mut json = serde_json::to_string_pretty(&Dossier::new(about.rut, &kept))?;
    json.push('\n');
    whole_file::write(file, json.as_bytes())?;
    writeln!(std::io::stdout(), "What is kept of {} is in {}.", about.rut, file.display())?;
    Ok(Exit::Done)
}

async fn erase(config: &Config, records: &Records, about: &About, yes: bool) -> anyhow::Result<Exit> {
    let kept = kept(records, about.rut).await?;
    if !yes && !is_sure(&format!("Erase everything that is kept of {}, for good?", about.rut))? {
        let says = "nothing was changed: answer y, or say --yes";
        return Err(Failure::new(Exit::Failed, says).into());
    }
    let entry = entry(config, records, about, Audited::EraseCompany).await?;
    let remembered_ms = config.retention.audit_ms();
    let draft = kept.remove(records.draft(entry.at_ms), (entry.at_ms, remembered_ms)).audit(&entry);
    draft.commit(records).await.map_err(Failure::from)?;
    let rank = records.remembered_of(about.rut).await.map_err(Failure::from)?;
    let rank = rank
        .and_then(|held| held.due_ms)
        .map(|due_ms| format!(", and until {} that it was given in person", clock::utc(due_ms)));
    writeln!(
        std::io::stdout(),
        "Nothing is kept of {} any more but its rows in the audit log{}.",
        about.rut,
        rank.unwrap_or_default()
    )?;
    Ok(Exit::Done)
}
