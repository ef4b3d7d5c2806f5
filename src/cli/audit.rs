//! `totem audit`: is the chain of rows whole, and what stands in them (S23).

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Subcommand;
use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};

use super::{Exit, Failure, whole_file};
use crate::audit::json_line;
use crate::clock;
use crate::config::Config;
use crate::service;
use crate::store::records::Records;

/// How many rows are read at once.
const ROWS_AT_ONCE: u16 = 256;

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Follow the chain from its first row to its head; exits with 7 where it breaks
    Verify {
        /// The mac of a row that must be there: that of the last export
        ///
        /// Rows that were cut off at the end leave a chain that holds: only a mac that was noted
        /// elsewhere shows it.
        #[arg(long, value_name = "MAC", visible_alias = "head", value_parser = read_mac)]
        expect_head: Option<[u8; 32]>,
    },
    /// Write rows as lines of JSON
    Export {
        /// The file, which is replaced; - for the standard output
        #[arg(default_value = "-")]
        file: PathBuf,
        /// Only rows after this number
        #[arg(long, value_name = "N", default_value_t = 0)]
        after: u64,
    },
}

pub(super) fn run(action: &Action, config: &Config) -> anyhow::Result<Exit> {
    super::block_on(async {
        let opened = service::open_existing(config).await.map_err(Failure::from)?;
        match action {
            Action::Verify { expect_head } => verify(&opened.records, expect_head.as_ref()).await,
            Action::Export { file, after } if file == Path::new("-") => {
                let mut out = BufWriter::new(io::stdout().lock());
                let written = write_rows(&opened.records, *after, &mut out).await?;
                out.flush()?;
                writeln!(io::stderr(), "{written}.")?;
                Ok(Exit::Done)
            }
            Action::Export { file, after } => {
                let written = export(&opened.records, *after, file).await?;
                writeln!(io::stdout(), "{written} in {}.", file.display())?;
                Ok(Exit::Done)
            }
        }
    })?
}

fn read_mac(text: &str) -> Result<[u8; 32], String> {
    let bytes = HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).ok();
    bytes.and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| "a mac is 64 hexadecimal digits".to_string())
}

async fn verify(records: &Records, expected: Option<&[u8; 32]>) -> anyhow::Result<Exit> {
    let mut verifier = records.audit_verifier().await.map_err(Failure::from)?;
    let cut = verifier.count();
    let mut expected_at = None;
    loop {
        let rows = records.store().rows(verifier.count(), ROWS_AT_ONCE).await.map_err(Failure::from)?;
        for row in &rows {
            verifier.check(row).map_err(|broken| broken_at(broken.sequence))?;
            if expected == Some(&row.mac) {
                expected_at = Some(row.sequence);
            }
        }
        if rows.is_empty() {
            break;
        }
    }
    let mut out = io::stdout().lock();
    let count = verifier.count();
    writeln!(out, "rows   {}", count - cut)?;
    if cut > 0 {
        writeln!(out, "cut    {cut} rows before these, past retention.audit_years")?;
    }
    if count > cut {
        writeln!(out, "first  {}", time_of(records, cut + 1).await?)?;
        writeln!(out, "last   {}", time_of(records, count).await?)?;
        writeln!(out, "head   {}", HEXLOWER.encode(&verifier.head()))?;
    }
    match (expected, expected_at) {
        (Some(_), None) => Err(Failure::new(
            Exit::Audit,
            "the chain holds, but no row has the expected mac: rows were cut off at its end, or this \
             is another store or an older backup of it; compare with the last export",
        )
        .into()),
        (_, Some(row)) => {
            writeln!(out, "The chain holds, and the expected mac is that of row {row}.")?;
            Ok(Exit::Done)
        }
        (None, None) => {
            writeln!(out, "The chain holds. Rows cut off at its end show only against a noted head.")?;
            Ok(Exit::Done)
        }
    }
}

fn broken_at(sequence: u64) -> Failure {
    let says = format!(
        "the audit log was changed at row {sequence}: that row, or one before it, was altered, added or \
         taken away; keep the store as it is and compare with the last export"
    );
    Failure::new(Exit::Audit, says)
}

async fn time_of(records: &Records, sequence: u64) -> Result<String, Failure> {
    let rows = records.audit_rows(sequence - 1, 1).await?;
    Ok(rows.first().map(|(_, entry)| clock::utc(entry.at_ms)).unwrap_or_default())
}

/// What was written, for the operator: the number of rows, and the mac to note.
async fn write_rows(records: &Records, after: u64, out: &mut impl Write) -> anyhow::Result<String> {
    let (mut count, mut last, mut head) = (0u64, after, None);
    loop {
        let rows = records.audit_rows(last, ROWS_AT_ONCE).await.map_err(Failure::from)?;
        for (row, entry) in &rows {
            writeln!(out, "{}", json_line(row, entry))?;
            (count, last, head) = (count + 1, row.sequence, Some(HEXLOWER.encode(&row.mac)));
        }
        if rows.is_empty() {
            break;
        }
    }
    Ok(match head {
        Some(head) => format!("{count} rows, the last of them {last} with the mac {head}"),
        None => format!("No rows after {after}"),
    })
}

/// To a file that is whole or not there.
async fn export(records: &Records, after: u64, file: &Path) -> anyhow::Result<String> {
    let mut out = BufWriter::new(whole_file::open_partial(file)?);
    let written = match write_rows(records, after, &mut out).await {
        Ok(written) => written,
        Err(error) => {
            let _ = fs::remove_file(whole_file::partial_of(file));
            return Err(error);
        }
    };
    let out = out.into_inner().map_err(|error| whole_file::fault(file, error.error()))?;
    whole_file::finish(&out, file)?;
    Ok(written)
}
