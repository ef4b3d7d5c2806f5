//! `totem staff`: who may sign in at the terminal (S18). There is no default account: the first
//! is made here.

mod add;
mod change;
mod enrol;

use clap::{Subcommand, ValueEnum};

use super::{Exit, Failure};
use crate::audit::{Actor, Entry};
use crate::clock;
use crate::config::Config;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action as Audited, Outcome};
use crate::domain::rut::Rut;
use crate::domain::staff::{Role, StaffAccount};
use crate::store::records::{Held, Records};
use crate::terminal::Abilities;

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Make an account: a password is asked for, and a telephone enrolled by a QR
    ///
    /// The account counts once a code of that telephone was typed. Without a terminal, password and
    /// code are lines of the standard input.
    Add {
        /// The name to sign in with, which the audit log shows
        name: String,
        /// Their own RUT, so that nobody acts for a company of their own
        #[arg(long, value_parser = read_rut)]
        rut: Rut,
        /// What they are here for
        #[arg(long)]
        role: Given,
    },
    /// Show the accounts, without anything secret
    List,
    /// End an account: it stays in the list, and signs in no more
    Disable {
        /// The account, by its name
        name: String,
    },
    /// Give an account another password and telephone, and end its wait after failed tries
    ///
    /// Also brings back one that was disabled. `totem unlock staff NAME` ends the wait alone.
    Reset {
        /// The account, by its name
        name: String,
    },
}

/// The roles that an account may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Given {
    /// Helps in person, and looks up companies, masked
    Helper,
    /// Besides, decides requests
    Approver,
    /// Besides, sees outbox and figures
    Manager,
}

impl From<Given> for Role {
    fn from(given: Given) -> Self {
        match given {
            Given::Helper => Role::Helper,
            Given::Approver => Role::Approver,
            Given::Manager => Role::Manager,
        }
    }
}

fn read_rut(text: &str) -> Result<Rut, String> {
    text.parse().map_err(|_| "it is no RUT, such as 11.111.111-1".to_string())
}

pub(super) fn run(action: &Action, config: &Config, abilities: Abilities) -> anyhow::Result<Exit> {
    super::block_on(async {
        let opened = super::opening::opened(config).await?;
        let office = Office { config, records: &opened.records, abilities };
        match action {
            Action::Add { name, rut, role } => add::add(&office, name, *rut, (*role).into()).await,
            Action::List => change::list(&office).await,
            Action::Disable { name } => change::disable(&office, name).await,
            Action::Reset { name } => add::reset(&office, name).await,
        }
    })?
}

/// What every command here works on.
struct Office<'a> {
    config: &'a Config,
    records: &'a Records,
    abilities: Abilities,
}

impl Office<'_> {
    async fn now_ms(&self) -> Result<u64, Failure> {
        Ok(self.records.time(clock::now_ms()).await.map_err(Failure::from)?.now_ms())
    }

    async fn known(&self, name: &str) -> Result<Held<StaffAccount>, Failure> {
        let found = self.records.staff_named(&Clean::new(name)).await.map_err(Failure::from)?;
        let says = "there is no account of that name; `totem staff list` shows those there are";
        found.ok_or_else(|| Failure::new(Exit::Failed, says.to_string()))
    }

    /// The note says who it was about.
    fn entry(&self, now_ms: u64, action: Audited, account: &StaffAccount) -> Entry {
        let note = Clean::from(format!("{}, {}", account.name, word(account.role)));
        let desk = &self.config.kiosk.desk;
        Entry::new(now_ms, desk, Actor::Operator, action, Outcome::Done).noted(&note)
    }
}

pub(super) fn word(role: Role) -> &'static str {
    match role {
        Role::Badge => "badge",
        Role::Helper => "helper",
        Role::Approver => "approver",
        Role::Manager => "manager",
    }
}
