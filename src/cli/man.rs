//! `totem man`: the manual, made from the same definitions as `--help`.

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, CommandFactory as _};
use clap_mangen::Man;

use super::{Arguments, Exit, Failure};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Write the pages of all commands into this folder, which exists
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

pub(super) fn run(options: &Options) -> anyhow::Result<Exit> {
    match &options.folder {
        Some(folder) => {
            let written = clap_mangen::generate_to(command(), folder);
            let written = written.and_then(|()| std::fs::write(folder.join("totem.1"), page()?));
            written.map_err(|error| {
                let says = format!(
                    "{}: no page can be written there ({error}): name a folder that exists",
                    folder.display()
                );
                Failure::new(Exit::Failed, says)
            })?;
        }
        None => std::io::stdout().write_all(&page()?)?,
    }
    Ok(Exit::Done)
}

/// All commands but `help`, which has no page.
fn command() -> clap::Command {
    Arguments::command().disable_help_subcommand(true)
}

/// The main page: the usual sections, and the codes and files that operators look for.
pub(super) fn page() -> std::io::Result<Vec<u8>> {
    let man = Man::new(command().after_help("")).title("TOTEM").manual("Totem");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    man.render_subcommands_section(&mut page)?;
    writeln!(page, ".SH \"EXIT STATUS\"")?;
    for exit in Exit::ALL {
        writeln!(page, ".TP\n{}\n{}", exit.code(), exit.meaning().replace('\'', "\\(aq"))?;
    }
    page.write_all(
        b".SH FILES\n.TP\n\\&./config.toml, /etc/totem/config.toml\nSettings, when \\-\\-config names no \
          other file.\n.SH ENVIRONMENT\n.TP\nTOTEM__SECTION__KEY\nA setting; stands above the files.\n\
          .TP\nCREDENTIALS_DIRECTORY\nWhere systemd put the key (LoadCredential=).\n.TP\nNO_COLOR\n\
          No colours.\n",
    )?;
    man.render_version_section(&mut page)?;
    Ok(page)
}
