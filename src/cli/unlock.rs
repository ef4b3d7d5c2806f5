//! `totem unlock`: ends what keeps somebody waiting (T9): a RUT's tries, a terminal's lock, a member's
//! own. The audit log keeps whose it was and why.

use std::io::Write as _;

use clap::{Args, Subcommand};

use super::data::read_reason;
use super::{Exit, Failure};
use crate::audit::{Actor, Entry};
use crate::clock;
use crate::config::Config;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::office_time::OfficeTime;
use crate::domain::rut::Rut;
use crate::office::at_terminal::AtTerminal;
use crate::office::locks::CountedAgainst;
use crate::store::records::{Draft, Records};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct Options {
    /// The RUT that has to wait, such as 99999999-9: its keys and answers, cards, codes of notices,
    /// requests and facilitators
    #[arg(required = true)]
    rut: Option<Rut>,

    #[command(flatten)]
    why: Option<Why>,

    #[command(subcommand)]
    whose: Option<Whose>,
}

#[derive(Debug, Args)]
struct Why {
    /// Why, for the audit log: who asked, under which number; no personal data
    #[arg(long, value_name = "TEXT", value_parser = read_reason)]
    reason: Clean,
}

#[derive(Debug, Subcommand)]
enum Whose {
    /// End the lock of the terminal that the settings name (kiosk.desk)
    Terminal {
        #[command(flatten)]
        why: Why,
    },
    /// End a member's wait after wrong PINs, passwords or codes
    Staff {
        // In a doc comment rustdoc would take the brackets for a link.
        #[arg(help = "The name of their account, or of their [[staff]] block")]
        name: String,
        #[command(flatten)]
        why: Why,
    },
}

pub(super) fn run(options: &Options, config: &Config) -> anyhow::Result<Exit> {
    super::block_on(async {
        let records = super::opening::opened(config).await?.records;
        let operator = Operator { config, records: &records };
        match options {
            Options { whose: Some(Whose::Terminal { why }), .. } => operator.unlocks_terminal(why).await,
            Options { whose: Some(Whose::Staff { name, why }), .. } => {
                operator.unlocks_staff(&Clean::new(name), why).await
            }
            Options { rut: Some(rut), why: Some(why), .. } => operator.unlocks_rut(*rut, why).await,
            Options { .. } => {
                let says = "say whose wait is to end, and why: totem unlock RUT --reason TEXT";
                Err(Failure::new(Exit::Usage, says).into())
            }
        }
    })?
}

/// What every command here works on.
struct Operator<'a> {
    config: &'a Config,
    records: &'a Records,
}

impl Operator<'_> {
    async fn unlocks_rut(&self, rut: Rut, why: &Why) -> anyhow::Result<Exit> {
        let waits = CountedAgainst::of_rut(self.records, rut).await.map_err(Failure::from)?;
        if waits.is_empty() {
            return Err(nothing(&format!("nothing is counted against {rut}")).into());
        }
        let entry = self.entry(why.reason.clone()).await?.about(self.records.vault().pseudonym(rut));
        self.commit(waits.ended(self.records.draft(entry.at_ms)), &entry).await?;
        told(&format!("{rut} need not wait any more."))
    }

    async fn unlocks_terminal(&self, why: &Why) -> anyhow::Result<Exit> {
        let desk = &self.config.kiosk.desk;
        let list = AtTerminal::named(self.records, desk).await.map_err(Failure::from)?;
        let entry = self.entry(why.reason.clone()).await?;
        if !list.is_locked(self.time().await?.protections()) {
            return Err(nothing(&format!("terminal {desk} is not locked")).into());
        }
        self.commit(list.opened(self.records.draft(entry.at_ms)), &entry).await?;
        told(&format!("Terminal {desk} is not locked any more."))
    }

    async fn unlocks_staff(&self, name: &Clean, why: &Why) -> anyhow::Result<Exit> {
        let has_account = self.records.staff_named(name).await.map_err(Failure::from)?.is_some();
        let blocks = self.config.staff.iter().filter(|member| member.name == *name);
        let numbers: Vec<u16> = blocks.map(|member| member.number).collect();
        if !has_account && numbers.is_empty() {
            let says = format!("there is no account and no [[staff]] block of {name}");
            return Err(Failure::new(Exit::Failed, says).into());
        }
        let waits = CountedAgainst::of_staff(self.records, name, &numbers).await.map_err(Failure::from)?;
        if waits.is_empty() {
            return Err(nothing(&format!("nothing is counted against {name}")).into());
        }
        let entry = self.entry(Clean::from(format!("{name}: {}", why.reason))).await?;
        self.commit(waits.ended(self.records.draft(entry.at_ms)), &entry).await?;
        told(&format!("{name} need not wait any more."))
    }

    async fn time(&self) -> Result<OfficeTime, Failure> {
        self.records.time(clock::now_ms()).await.map_err(Failure::from)
    }

    async fn entry(&self, note: Clean) -> Result<Entry, Failure> {
        let now_ms = self.time().await?.now_ms();
        let desk = &self.config.kiosk.desk;
        Ok(Entry::new(now_ms, desk, Actor::Operator, Action::Unlock, Outcome::Done).because(&note))
    }

    async fn commit(&self, draft: Draft, entry: &Entry) -> Result<(), Failure> {
        draft.audit(entry).commit(self.records).await.map_err(Failure::from)
    }
}

fn nothing(says: &str) -> Failure {
    Failure::new(Exit::Failed, format!("{says}: there is nothing to end"))
}

fn told(says: &str) -> anyhow::Result<Exit> {
    writeln!(std::io::stdout(), "{says}")?;
    Ok(Exit::Done)
}
