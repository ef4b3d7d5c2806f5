//! `totem guard-terminal`, which the kiosk asks of its own program: waits until the kiosk is dead, and
//! wipes the terminal then.

use clap::Args;

use super::Exit;
use crate::terminal::{SavedModes, guard};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The kiosk's process
    kiosk: i32,
    /// What the terminal's modes were before
    modes: SavedModes,
}

pub(super) fn run(options: &Options) -> anyhow::Result<Exit> {
    super::block_on(guard::guard(options.kiosk, options.modes))??;
    Ok(Exit::Done)
}
