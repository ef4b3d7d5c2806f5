//! `totem draw-page`, which the kiosk asks of its own program: confines itself, and then becomes the
//! tool that draws one page of a PDF from standard input to standard output.

use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::Command;

use clap::Args;

use super::Exit;
use crate::documents::{confinement, renderer};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// poppler's pdftoppm
    tool: PathBuf,
    /// Counted from 1
    page: u32,
}

/// Comes back only when the tool did not start.
pub(super) fn run(options: &Options) -> anyhow::Result<Exit> {
    let mut tool = Command::new(&options.tool);
    tool.args(renderer::arguments(options.page));
    confinement::to_draw(&options.tool)?;
    Err(confinement::ConfineError::Start(tool.exec()).into())
}
