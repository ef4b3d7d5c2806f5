//! `totem schema`: the tables of the office's database.

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Exit, Failure};
use crate::config::{Config, Postgres, StoreKind};
use crate::service;
use crate::store::postgres::DatabaseServer;
use crate::store::postgres::schema::{FoundTables, SCHEMA, STATEMENTS};
use crate::store::postgres::setup;
use crate::vault::SecretFile;

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Print the statements that make the tables, for whoever runs the database
    Print,

    /// Make the tables, or bring them up to this program
    ///
    /// Does no harm where they are there, and while kiosks work. Best is a role that owns the tables, and
    /// another one for the terminals (postgres.user), which may then work with them and not change them. For
    /// example:
    ///
    /// totem schema apply --user totem_owner --password-file owner.password
    Apply(TablesOwner),

    /// Tell whether this program can work with the tables; exits with 1 if not
    Check,
}

#[derive(Debug, Args)]
pub(super) struct TablesOwner {
    /// The role that owns the tables; without it, postgres.user
    #[arg(long, value_name = "ROLE")]
    user: Option<String>,
    /// The file whose only line is that role's password
    #[arg(long, value_name = "FILE", requires = "user")]
    password_file: Option<PathBuf>,
}

pub(super) fn run(action: &Action, config: &Config) -> anyhow::Result<Exit> {
    let mut out = std::io::stdout().lock();
    if let Action::Print = action {
        out.write_all(STATEMENTS.as_bytes())?;
        return Ok(Exit::Done);
    }
    let StoreKind::Postgres(settings) = &config.store.kind else {
        let says = "store.kind is \"sled\": only the office's database (\"postgres\") has tables";
        return Err(Failure::new(Exit::Config, says).into());
    };
    super::block_on(async {
        match action {
            Action::Print => Ok(Exit::Done),
            Action::Apply(owner) => {
                let terminals = owner.user.as_ref().filter(|user| **user != settings.user);
                let terminals = terminals.map(|_| settings.user.as_str());
                setup::apply(&server(settings, owner)?, terminals).await.map_err(Failure::from)?;
                writeln!(out, "The tables are of schema {SCHEMA} now.")?;
                Ok(Exit::Done)
            }
            Action::Check => {
                let server = service::server(settings).map_err(Failure::from)?;
                let tables = setup::look(&server).await.map_err(Failure::from)?;
                if let Some(remedy) = tables.remedy() {
                    return Err(Failure::new(Exit::Failed, remedy).into());
                }
                if let FoundTables::Schema { schema, .. } = tables {
                    writeln!(out, "The tables are of schema {schema}, and this program works with them.")?;
                }
                Ok(Exit::Done)
            }
        }
    })?
}

fn server(settings: &Postgres, owner: &TablesOwner) -> Result<DatabaseServer, Failure> {
    let mut settings = settings.clone();
    if let Some(user) = &owner.user {
        settings.user.clone_from(user);
        settings.password = owner.password_file.clone().map(SecretFile::new);
    }
    Ok(service::server(&settings)?)
}
