//! `totem staff-pin`: a member of staff gets a PIN, and `config.toml` what is left of it.

use std::io::Write as _;

use crate::config::{Config, check_pin};
use crate::domain::clean::Clean;
use clap::Args;

use super::{Exit, Failure, hidden};
use crate::service;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The name that the audit will show
    name: String,
}

pub(super) fn run(options: &Options, config: &Config) -> anyhow::Result<Exit> {
    let name = Clean::new(&options.name);
    if name.is_empty() {
        return Err(Failure::new(Exit::Usage, "the name is empty; the audit needs one").into());
    }
    if config.staff.iter().any(|member| member.name == name) {
        let says = format!("there is a {name} among the staff already; take that block out first");
        return Err(Failure::new(Exit::Failed, says).into());
    }
    let number = config.free_staff_number();
    // Before anything is asked: without the key there is nothing to make of a PIN.
    let vault = service::vault(config).map_err(Failure::from)?;
    let pin = hidden::ask_twice("PIN, six digits", "The same PIN again")?;
    check_pin(&pin)?;
    let digest = super::block_on(vault.digest(&pin))?;
    let hash = digest.0;
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n[[staff]]\nnumber = {number}\nname = {:?}\npin_hash = {hash:?}", name.as_str())?;
    Ok(Exit::Done)
}
