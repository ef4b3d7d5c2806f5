//! `totem look-at-document`, which the kiosk asks of its own program: reads one document from
//! standard input, and says on standard output what it is.

use std::io::{self, Write as _};

use clap::{Args, ValueEnum};

use super::Exit;
use crate::documents::confinement;
use crate::documents::look::{Wish, protocol};
use crate::domain::document::Kind;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// How the document's name ends
    kind: NamedKind,
    /// An image, scaled down until it is small enough
    #[arg(long)]
    scaled_down: bool,
    /// Reads nothing, and says what this process is confined by
    #[arg(long)]
    tell_confinement: bool,
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
    // Before the first byte is read.
    let confinement = confinement::to_examine()?;
    if options.tell_confinement {
        let mut to = io::stdout().lock();
        serde_json::to_writer(&mut to, &confinement)?;
        to.flush()?;
    } else {
        protocol::answer(kind, wish, io::stdin().lock(), io::stdout().lock())?;
    }
    Ok(Exit::Done)
}
