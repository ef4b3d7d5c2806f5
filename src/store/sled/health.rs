//! How the store is: what it holds, how much room that takes, and how much is left.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::folder;
use crate::store::keys::{Sort, Span, sort};
use crate::store::rules::Tree;
use crate::store::upkeep::{Health, Space};
use crate::store::{KINDS, StoreError};

/// Every key there can be, but for the mark that the database itself bears.
pub fn everything() -> Span {
    Span { from: vec![1], until: vec![0xff] }
}

pub fn space(folder: &Path) -> io::Result<Space> {
    let (free_bytes, free_percent) = folder::free_bytes(folder)?;
    Ok(Space { free_bytes, free_percent, ballast_bytes: folder::ballast_bytes(folder) })
}

pub fn measure(tree: &dyn Tree, folder: &Path) -> Result<Health, StoreError> {
    let failed = |error: io::Error| StoreError::Unavailable(error.to_string());
    let mut health = Health {
        disk_bytes: disk_bytes(&folder::database(folder)).map_err(failed)?,
        live_bytes: 0,
        records: KINDS.map(|kind| (kind, 0)).to_vec(),
        links: 0,
        due: 0,
        rows: 0,
        space: space(folder).map_err(failed)?,
    };
    for entry in tree.entries(everything()) {
        let (key, value) = entry?;
        health.live_bytes += (key.len() + value.len()) as u64;
        match sort(&key) {
            Some(Sort::Record(of)) => {
                health.records.iter_mut().filter(|(kind, _)| *kind == of).for_each(|(_, count)| *count += 1);
            }
            Some(Sort::Link) => health.links += 1,
            Some(Sort::Due) => health.due += 1,
            Some(Sort::Audit) => health.rows += 1,
            Some(Sort::Seen | Sort::Member | Sort::Group) => {}
            None => return Err(StoreError::Corrupt("a key of no known sort".into())),
        }
    }
    Ok(health)
}

fn disk_bytes(database: &Path) -> io::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(database)? {
        bytes += entry?.metadata()?.blocks() * 512;
    }
    Ok(bytes)
}
