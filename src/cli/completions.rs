//! `totem completions`: what a shell offers on Tab.

use std::io::Write as _;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::{Arguments, Exit};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The shell
    shell: Shell,
}

pub(super) fn run(options: &Options) -> anyhow::Result<Exit> {
    // Written to memory first, for the generator panics when its reader goes away.
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Arguments::command(), "totem", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(Exit::Done)
}
