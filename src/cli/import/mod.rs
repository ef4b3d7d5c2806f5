//! `totem import`: a list of companies, representatives or cards becomes a register that a kiosk looks
//! things up in.

mod bad_lines;
mod progress;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::{Args, Subcommand};

use crate::clock;
use crate::config::{Config, Source as Asked};
use crate::domain::clean::Clean;
use crate::registry::bulk::import::{Import, Progress, RUN_BYTES};
use crate::registry::bulk::sorted::{Sorted, Summary};
use crate::registry::bulk::unpack::Source;
use crate::registry::bulk::{Kind, RegisterError};

use super::{Exit, Failure};
use bad_lines::BadLines;

#[derive(Debug, Subcommand)]
pub(super) enum Table {
    /// SII's names of companies (PUB_NOMBRES_PJ): who exists, and who is closed
    ///
    /// Columns RUT, DV, RAZON_SOCIAL, FECHA_TG_VIG. A company whose FECHA_TG_VIG is filled in is
    /// closed. Of two lines for one RUT the later counts.
    SiiNombres(Options),

    /// The registry of companies and societies (RES): fills in what SII's list doesn't have
    ///
    /// Columns RUT, Razon Social, Fecha de registro (ultima firma). Of several acts of a company the
    /// last by that date counts; one that begins with DISOLUCI closes it. Import sii-nombres as
    /// well: without it, nothing can be said of a company that is not in RES.
    Res(Options),

    /// Your own list of who represents which company
    ///
    /// Columns rut_empresa, rut_persona, nombre, estado (vigente, anterior, sin-servicio), as in the
    /// padron's representantes.tsv. The list is taken to be complete: who is not on it represents
    /// nobody.
    Representantes(Options),

    /// Your own list of identity cards
    ///
    /// Columns rut, numero_serie, estado (vigente, reemplazada, bloqueada, titular-fallecido,
    /// sin-servicio), vencimiento (empty for never), as in the padron's cedulas.tsv.
    Cedulas(Options),
}

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The table: plain, .gz or .zip, whatever its name; - for standard input
    file: PathBuf,
    /// Where to list lines that are left out; without it, beside FILE as FILE.bad-lines.txt
    #[arg(long, value_name = "LIST")]
    bad_lines: Option<PathBuf>,
    /// Take it although more than 5 % of the lines are bad, or there is no good one
    #[arg(long)]
    force: bool,
}

impl Options {
    fn is_standard_input(&self) -> bool {
        self.file.as_os_str() == "-"
    }

    /// What the file is called in messages.
    fn shown(&self) -> String {
        match self.is_standard_input() {
            true => "standard input".to_string(),
            false => self.file.display().to_string(),
        }
    }

    fn list(&self, kind: Kind, folder: &Path) -> PathBuf {
        let beside = match self.is_standard_input() {
            true => folder.join(kind.name()),
            false => self.file.clone(),
        };
        self.bad_lines.clone().unwrap_or_else(|| {
            let mut name = beside.into_os_string();
            name.push(".bad-lines.txt");
            name.into()
        })
    }
}

pub(super) fn run(table: &Table, config: &Config) -> anyhow::Result<Exit> {
    let (kind, options) = match table {
        Table::SiiNombres(options) => (Kind::SiiNombres, options),
        Table::Res(options) => (Kind::Res, options),
        Table::Representantes(options) => (Kind::Representantes, options),
        Table::Cedulas(options) => (Kind::Cedulas, options),
    };
    let folder = &config.register.folder;
    let source = match options.is_standard_input() {
        true => Ok(Source::Stream(Box::new(io::stdin()))),
        false => Source::open(&options.file),
    };
    let says = |reason: String| Failure::new(Exit::Failed, format!("{}: {reason}", options.shown()));
    let list = options.list(kind, folder);
    if list.canonicalize().is_ok_and(|list| options.file.canonicalize().is_ok_and(|file| file == list)) {
        return Err(says("--bad-lines names the table itself: name another file".to_string()).into());
    }
    let source =
        source.map_err(|error| says(format!("it can't be read ({error}): check its name and rights")))?;
    let before = Sorted::open(&kind.file(folder), kind);
    let name = options.file.file_name().map(|name| name.to_string_lossy().into_owned());
    let import = Import {
        kind,
        folder,
        name: Clean::from(name.filter(|_| !options.is_standard_input()).unwrap_or_else(|| options.shown())),
        now_ms: clock::now_ms(),
        force: options.force,
        run_bytes: RUN_BYTES,
    };
    let mut bad_lines = BadLines::new(list);
    let begun = Instant::now();
    let bytes = source.bytes();
    let counts = Progress::default();
    let imported = progress::telling(&counts, bytes, |counts| {
        import.run(source, counts, &mut |number, line| bad_lines.take(number, line))
    });
    let took = begun.elapsed();
    bad_lines.finish();
    if imported.is_err() {
        bad_lines.show(&mut io::stdout().lock())?;
    }
    let summary = imported.map_err(|error| says(format!("{error}; nothing was changed")))?;
    if options.bad_lines.is_none() {
        bad_lines.remove_old();
    }
    report(config, &summary, &before, &bad_lines, took)?;
    Ok(Exit::Done)
}

fn report(
    config: &Config,
    summary: &Summary,
    before: &Result<Sorted, RegisterError>,
    bad_lines: &BadLines,
    took: Duration,
) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let kind = summary.kind;
    writeln!(out, "{}", kind.file(&config.register.folder).display())?;
    writeln!(out, "rows       {}", summary.rows)?;
    if let Ok(before) = before {
        writeln!(out, "before     {}", before.summary().rows)?;
    }
    writeln!(out, "repeated   {}", summary.repeated)?;
    writeln!(out, "bad lines  {}", summary.bad)?;
    writeln!(out, "bytes      {}", summary.bytes())?;
    let lines = (summary.rows + summary.repeated + summary.bad) as f64;
    let seconds = took.as_secs_f64();
    writeln!(out, "seconds    {seconds:.1} ({:.0} rows a second)", lines / seconds.max(0.001))?;
    bad_lines.show(&mut out)?;
    let (key, asked) = match kind {
        Kind::SiiNombres | Kind::Res => ("companies", config.registry.companies),
        Kind::Representantes => ("representatives", config.registry.representatives),
        Kind::Cedulas => ("cards", config.registry.cards),
    };
    if asked != Asked::Register {
        writeln!(out, "No kiosk with these settings looks into it: set registry.{key} to \"register\".")?;
    }
    Ok(())
}
