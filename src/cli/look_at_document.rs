//! `totem look-at-document`, which the kiosk asks of its own program: reads one document from
//! standard input, and says on standard output what it is.

use std::io;

use clap::{Args, ValueEnum};
use rustix::process::{Resource, Rlimit, setrlimit};

use super::Exit;
use crate::documents::look::{Wish, protocol};
use crate::domain::document::Kind;

/// A picture of 40 million pixels, twice over.
const MOST_MEMORY_BYTES: u64 = 768 * 1024 * 1024;
/// The kiosk loses patience before that.
const MOST_SECONDS: u64 = 30;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// How the document's name ends
    kind: NamedKind,
    /// An image, scaled down until it is small enough
    #[arg(long)]
    scaled_down: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum NamedKind {
    Jpg,
    Png,
    Pdf,
}

pub(super) fn run(options: &Options) -> anyhow::Result<Exit> {
    let kind = match options.kind {
        NamedKind::Jpg => Kind::Jpg,
        NamedKind::Png => Kind::Png,
        NamedKind::Pdf => Kind::Pdf,
    };
    let wish = if options.scaled_down { Wish::ScaledDown } else { Wish::AsItIs };
    confine()?;
    protocol::answer(kind, wish, io::stdin().lock(), io::stdout().lock())?;
    Ok(Exit::Done)
}

/// Little memory and time, nothing more to open, nothing to write but the answer, nobody to start.
fn confine() -> anyhow::Result<()> {
    let limit = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
    setrlimit(Resource::As, limit(MOST_MEMORY_BYTES))?;
    setrlimit(Resource::Cpu, limit(MOST_SECONDS))?;
    setrlimit(Resource::Nofile, limit(0))?;
    setrlimit(Resource::Fsize, limit(0))?;
    setrlimit(Resource::Nproc, limit(0))?;
    Ok(())
}
