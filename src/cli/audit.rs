//! `totem audit`: are the chains of rows whole, and what stands in them (S23).

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Subcommand;
use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};

use super::{Exit, Failure, whole_file};
use crate::audit::{Break, ChainName, json_line};
use crate::clock;
use crate::config::Config;
use crate::service::{Home, Opened};
use crate::store::records::{Records, Seals};

/// How many rows are read at once.
const ROWS_AT_ONCE: u16 = 256;

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Follow each chain from its first row to its head; exits with 7 where one breaks
    ///
    /// Without --chain the records are looked over too: whether each opens where it lies, and whether any
    /// was put back as it was before, taken away or listed elsewhere; exits with 5 then.
    Verify {
        /// The mac of a row that must be there: that of the last export
        ///
        /// Rows that were cut off at the end leave a chain that holds: only a mac that was noted
        /// elsewhere shows it.
        #[arg(long, value_name = "MAC", visible_alias = "head", value_parser = read_mac)]
        expect_head: Option<[u8; 32]>,
        /// Only this chain: "first", or 16 hexadecimal digits
        #[arg(long, value_name = "NAME")]
        chain: Option<ChainName>,
    },
    /// Write rows as lines of JSON
    Export {
        /// The file, which is replaced; - for the standard output
        #[arg(default_value = "-")]
        file: PathBuf,
        /// Only rows after this number, of the chain that is named or else of the first
        #[arg(long, value_name = "N")]
        after: Option<u64>,
        /// Only this chain: "first", or 16 hexadecimal digits
        #[arg(long, value_name = "NAME")]
        chain: Option<ChainName>,
    },
}

pub(super) fn run(action: &Action, config: &Config) -> anyhow::Result<Exit> {
    super::block_on(async {
        let opened = super::opening::opened(config).await?;
        match action {
            Action::Verify { expect_head, chain } => {
                let all = chain.is_none();
                let chains = chains(&opened.records, *chain).await?;
                let verified = verify(&opened.records, &chains, expect_head.as_ref()).await?;
                if all {
                    verify_records(&opened).await?;
                }
                Ok(verified)
            }
            Action::Export { file, after, chain } => {
                let chain = chain.or(after.map(|_| ChainName::FIRST));
                let chains = chains(&opened.records, chain).await?;
                let exported =
                    Exported { records: &opened.records, chains: &chains, after: after.unwrap_or(0) };
                if file == Path::new("-") {
                    let mut out = BufWriter::new(io::stdout().lock());
                    let written = exported.write(&mut out).await?;
                    out.flush()?;
                    written.iter().try_for_each(|line| writeln!(io::stderr(), "{line}."))?;
                } else {
                    let written = exported.write_to_file(file).await?;
                    let mut out = io::stdout();
                    written.iter().try_for_each(|line| writeln!(out, "{line} in {}.", file.display()))?;
                }
                Ok(Exit::Done)
            }
        }
    })?
}

fn read_mac(text: &str) -> Result<[u8; 32], String> {
    let bytes = HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).ok();
    bytes.and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| "a mac is 64 hexadecimal digits".to_string())
}

/// The chain that was named, if there is one; otherwise all of them, and the first even without any.
async fn chains(records: &Records, named: Option<ChainName>) -> Result<Vec<ChainName>, Failure> {
    let mut all = records.audit_chains().await?;
    all.insert(ChainName::FIRST);
    match named {
        None => Ok(all.into_iter().collect()),
        Some(chain) if all.contains(&chain) => Ok(vec![chain]),
        Some(chain) => {
            let names: Vec<String> = all.iter().map(ChainName::to_string).collect();
            let says = format!("no chain is called {chain}; there are: {}", names.join(", "));
            Err(Failure::new(Exit::Failed, says))
        }
    }
}

async fn verify(
    records: &Records,
    chains: &[ChainName],
    expected: Option<&[u8; 32]>,
) -> anyhow::Result<Exit> {
    let mut expected_at = None;
    for chain in chains {
        let found = verify_chain(&records.in_chain(*chain), chains.len() > 1, expected).await?;
        expected_at = expected_at.or(found.map(|row| (*chain, row)));
    }
    let mut out = io::stdout().lock();
    let holds = if chains.len() > 1 { "The chains hold" } else { "The chain holds" };
    match (expected, expected_at) {
        (Some(_), None) => Err(Failure::new(
            Exit::Audit,
            "the chain holds, but no row has the expected mac: rows were cut off at its end, or this \
             is another store or an older backup of it; compare with the last export",
        )
        .into()),
        (_, Some((chain, row))) => {
            let of_chain = of_chain(chain);
            writeln!(out, "{holds}, and the expected mac is that of row {row}{of_chain}.")?;
            Ok(Exit::Done)
        }
        (None, None) => {
            writeln!(
                out,
                "{holds}. Rows cut off at the end show only against a head that was noted (--expect-head)."
            )?;
            Ok(Exit::Done)
        }
    }
}

/// Whether the records are those that were written (T13): each opens where it lies, and their sum is that
/// of the store's own account of itself, so that none was put back, taken away or listed elsewhere.
async fn verify_records(opened: &Opened) -> anyhow::Result<()> {
    let seals = opened.records.seals().await.map_err(Failure::from)?;
    let is_whole = match &opened.store {
        Home::Own(store) => {
            let (standing, tallied) = store.count().await.map_err(Failure::from)?;
            standing.is_some_and(|standing| tallied.is_what_was_at(&standing))
        }
        Home::Shared(_) => true,
    };
    if seals.broken > 0 || !is_whole {
        return Err(Failure::new(Exit::StoreDamaged, changed_records(seals)).into());
    }
    match opened.store {
        Home::Own(_) => {
            writeln!(io::stdout(), "{} records and their lists are as they were written.", seals.records)?;
        }
        // The database keeps no sum of what it holds.
        Home::Shared(_) => {
            writeln!(io::stdout(), "{} records open with the key where they lie.", seals.records)?;
        }
    }
    Ok(())
}

fn changed_records(Seals { records, broken }: Seals) -> String {
    let (what, remedy) = match broken {
        0 => (
            "one was put back as it was before, taken away, or listed elsewhere".to_string(),
            "; `totem store adopt --reason TEXT` takes it as it is, on record",
        ),
        _ => (format!("{broken} of {records} don't open with this key where they lie"), ""),
    };
    format!(
        "the audit log holds, but records are not as they were written: {what}; keep a copy of the store, and \
         restore the last backup{remedy}"
    )
}

/// Follows one chain, and says what it found; the number of the row with the expected mac, if there
/// is one.
async fn verify_chain(
    records: &Records,
    is_named: bool,
    expected: Option<&[u8; 32]>,
) -> anyhow::Result<Option<u64>> {
    let chain = records.chain();
    let mut verifier = records.audit_verifier().await.map_err(Failure::from)?;
    let cut = verifier.count();
    let mut expected_at = None;
    loop {
        let rows =
            records.store().rows(chain, verifier.count(), ROWS_AT_ONCE).await.map_err(Failure::from)?;
        for row in &rows {
            verifier.check(row).map_err(|broken| broken_at(chain, broken))?;
            if expected == Some(&row.mac) {
                expected_at = Some(row.sequence);
            }
        }
        if rows.is_empty() {
            break;
        }
    }
    let count = verifier.count();
    if count == cut && (cut > 0 || chain != ChainName::FIRST) {
        // The newest row is never cut off.
        return Err(broken_at(chain, Break { sequence: count + 1 }).into());
    }
    let mut out = io::stdout().lock();
    if is_named {
        writeln!(out, "chain  {chain}")?;
    }
    writeln!(out, "rows   {}", count - cut)?;
    if cut > 0 {
        writeln!(out, "cut    {cut} rows before these, past retention.audit_years")?;
    }
    if count > cut {
        writeln!(out, "first  {}", time_of(records, cut + 1).await?)?;
        writeln!(out, "last   {}", time_of(records, count).await?)?;
        writeln!(out, "head   {}", HEXLOWER.encode(&verifier.head()))?;
    }
    Ok(expected_at)
}

/// The first chain goes without saying.
fn of_chain(chain: ChainName) -> String {
    match chain {
        ChainName::FIRST => String::new(),
        named => format!(" of chain {named}"),
    }
}

fn broken_at(chain: ChainName, broken: Break) -> Failure {
    let says = format!(
        "the audit log was changed at row {}{}: that row, or one before it, was altered, added or \
         taken away; keep the store as it is and compare with the last export",
        broken.sequence,
        of_chain(chain)
    );
    Failure::new(Exit::Audit, says)
}

async fn time_of(records: &Records, sequence: u64) -> Result<String, Failure> {
    let rows = records.audit_rows(sequence - 1, 1).await?;
    Ok(rows.first().map(|(_, entry)| clock::utc(entry.at_ms)).unwrap_or_default())
}

/// What is exported.
struct Exported<'a> {
    records: &'a Records,
    chains: &'a [ChainName],
    after: u64,
}

impl Exported<'_> {
    /// For each chain what was written, for the operator: the number of rows, and the mac to note.
    async fn write(&self, out: &mut impl Write) -> anyhow::Result<Vec<String>> {
        let mut written = Vec::new();
        for chain in self.chains {
            written.push(write_rows(&self.records.in_chain(*chain), self.after, out).await?);
        }
        Ok(written)
    }

    /// To a file that is whole or not there.
    async fn write_to_file(&self, file: &Path) -> anyhow::Result<Vec<String>> {
        let mut out = BufWriter::new(whole_file::open_partial(file)?);
        let written = match self.write(&mut out).await {
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
}

async fn write_rows(records: &Records, after: u64, out: &mut impl Write) -> anyhow::Result<String> {
    let (mut count, mut last, mut head) = (0u64, after, None);
    loop {
        let rows = records.audit_rows(last, ROWS_AT_ONCE).await.map_err(Failure::from)?;
        for (row, entry) in &rows {
            writeln!(out, "{}", json_line(records.chain(), row, entry))?;
            (count, last, head) = (count + 1, row.sequence, Some(HEXLOWER.encode(&row.mac)));
        }
        if rows.is_empty() {
            break;
        }
    }
    let of_chain = of_chain(records.chain());
    Ok(match head {
        Some(head) => format!("{count} rows{of_chain}, the last of them {last} with the mac {head}"),
        None => format!("No rows{of_chain} after {after}"),
    })
}
