//! `totem import`: a list of companies, representatives or cards, in one file or several, becomes a register
//! that a kiosk looks things up in.

mod bad_lines;
mod progress;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::{Args, Subcommand};

use crate::clock;
use crate::config::{Config, Source as Asked};
use crate::domain::clean::Clean;
use crate::registry::bulk::import::{Import, ImportError, Imported, Progress, RUN_BYTES, TableFile};
use crate::registry::bulk::sorted::Sorted;
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

    /// The registry of companies and societies (RES): who was formed since SII's list
    ///
    /// Columns RUT, Razon Social, Fecha de registro (ultima firma). It is published as a file a year:
    /// name all of them in one import. Of several acts of a company the last by that date counts; one
    /// that begins with DISOLUCI closes it, but what is published says who was formed and nothing else.
    /// Import sii-nombres as well: without it, nobody is known to be open.
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
    /// The list, in one file or several that are taken together: plain, .gz or .zip, whatever their
    /// names; - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Where to list lines that are left out; without it, beside the first FILE as FILE.bad-lines.txt
    #[arg(long, value_name = "LIST")]
    bad_lines: Option<PathBuf>,
    /// Take it although more than 5 % of the lines are bad, there is no good one, the last one breaks
    /// off, or the register would lose more than 10 % of its rows
    ///
    /// Of a list of your own up to three bad lines, or three rows less, are taken without it, if they
    /// are less than half.
    #[arg(long)]
    force: bool,
}

fn is_standard_input(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// What a file is called in messages.
fn shown(file: &Path) -> String {
    match is_standard_input(file) {
        true => "standard input".to_string(),
        false => file.display().to_string(),
    }
}

impl Options {
    /// What all files are called in messages.
    fn shown(&self) -> String {
        self.files.iter().map(|file| shown(file)).collect::<Vec<_>>().join(", ")
    }

    fn list(&self, kind: Kind, folder: &Path) -> PathBuf {
        let beside = match self.files.first() {
            Some(file) if !is_standard_input(file) => file.clone(),
            _ => folder.join(kind.name()),
        };
        self.bad_lines.clone().unwrap_or_else(|| {
            let mut name = beside.into_os_string();
            name.push(".bad-lines.txt");
            name.into()
        })
    }
}

fn says(file: &str, reason: impl std::fmt::Display) -> Failure {
    Failure::new(Exit::Failed, format!("{file}: {reason}"))
}

pub(super) fn run(table: &Table, config: &Config) -> anyhow::Result<Exit> {
    let (kind, options) = match table {
        Table::SiiNombres(options) => (Kind::SiiNombres, options),
        Table::Res(options) => (Kind::Res, options),
        Table::Representantes(options) => (Kind::Representantes, options),
        Table::Cedulas(options) => (Kind::Cedulas, options),
    };
    let folder = &config.register.folder;
    let list = options.list(kind, folder);
    let files = options.files.iter().map(|file| open(file, &list)).collect::<Result<Vec<_>, _>>()?;
    let import = Import { kind, folder, now_ms: clock::now_ms(), force: options.force, run_bytes: RUN_BYTES };
    let names = files.iter().map(|file| file.shown.clone()).collect();
    let mut bad_lines = BadLines::new(list, names);
    let begun = Instant::now();
    let bytes = files.iter().map(|file| file.source.bytes()).sum();
    let counts = Progress::default();
    let imported = progress::telling(&counts, bytes, |counts| {
        import.run(files, counts, &mut |file, number, line| bad_lines.take(file, number, line))
    });
    let took = begun.elapsed();
    bad_lines.finish();
    if imported.is_err() {
        bad_lines.show(&mut io::stdout().lock())?;
    }
    let imported = imported.map_err(|error| match error {
        ImportError::InFile { file, error } => says(&file, format!("{error}; nothing was changed")),
        error => says(&options.shown(), format!("{error}; nothing was changed")),
    })?;
    if options.bad_lines.is_none() {
        bad_lines.remove_old();
    }
    report(config, &imported, &bad_lines, took)?;
    Ok(Exit::Done)
}

/// A file of the list, which must not be where bad lines are listed.
fn open(file: &Path, list: &Path) -> Result<TableFile, Failure> {
    let shown = shown(file);
    if list.canonicalize().is_ok_and(|list| file.canonicalize().is_ok_and(|file| file == list)) {
        return Err(says(&shown, "--bad-lines names the table itself: name another file"));
    }
    let source = match is_standard_input(file) {
        true => Ok(Source::Stream(Box::new(io::stdin()))),
        false => Source::open(file),
    };
    let source = source
        .map_err(|error| says(&shown, format!("it can't be read ({error}): check its name and rights")))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = Clean::from(name.filter(|_| !is_standard_input(file)).unwrap_or_else(|| shown.clone()));
    Ok(TableFile { shown, name, source })
}

fn report(config: &Config, imported: &Imported, bad_lines: &BadLines, took: Duration) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let summary = &imported.summary;
    let kind = summary.kind;
    let folder = &config.register.folder;
    writeln!(out, "{}", kind.file(folder).display())?;
    writeln!(out, "rows       {}", summary.rows)?;
    if let Some(before) = imported.before {
        writeln!(out, "before     {before}")?;
    }
    if let Some(gone) = imported.gone {
        writeln!(out, "gone       {gone}")?;
    }
    writeln!(out, "repeated   {}", summary.repeated)?;
    writeln!(out, "bad lines  {}", summary.bad)?;
    if let Some(day) = clock::day_in_chile(summary.listed_ms) {
        writeln!(out, "list of    {day}")?;
    }
    writeln!(out, "bytes      {}", summary.bytes())?;
    let lines = (summary.rows + summary.repeated + summary.bad) as f64;
    let seconds = took.as_secs_f64();
    writeln!(out, "seconds    {seconds:.1} ({:.0} rows a second)", lines / seconds.max(0.001))?;
    bad_lines.show(&mut out)?;
    if summary.bad > 0 && !kind.is_published() {
        writeln!(out, "Nobody whom these lines name is served by them: correct them, and import again.")?;
    }
    let sii = Kind::SiiNombres;
    if kind == Kind::Res && matches!(Sorted::open(&sii.file(folder), sii), Err(RegisterError::Missing(_))) {
        writeln!(out, "RES says who was formed, and not who is open: import sii-nombres as well.")?;
    }
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
