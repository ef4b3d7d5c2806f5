//! A backup becomes the store. It is checked as a whole first, so that one that is not whole, or was not
//! made with these keys as it is, changes nothing.

use std::path::{Path, PathBuf};

use super::export::{ExportError, read, verify_export};
use super::folder;
use super::load::Load;
use super::open::build;
use super::open_error::OpenError;
use super::stand::Beginning;
use super::tally::StoreTally;
use crate::audit::Chain;
use crate::store::standing::{self, Label, Point};
use crate::store::upkeep::Summary;

/// Loading needs no cache: keys come in order and are not read again.
const LOAD_CACHE_BYTES: u64 = 16 * 1024 * 1024;

/// How a backup becomes the store.
pub struct Restoration<'a> {
    /// Of the keys that it was made with.
    pub chain: &'a Chain,
    /// Takes also what an older program made, which nothing but a checksum guards.
    pub unproved: bool,
    /// Drawn for the store that is begun with it.
    pub line: [u8; 16],
    /// In place of what it is begun, if that is known.
    pub after: Option<Point>,
    /// In milliseconds since 1970.
    pub now_ms: u64,
}

impl Restoration<'_> {
    /// Whether the backup may become the store.
    ///
    /// # Errors
    /// When it may not.
    pub fn admits(&self, file: &Path, summary: &Summary) -> Result<(), ExportError> {
        match summary.is_proved(self.chain) {
            Some(true) => Ok(()),
            Some(false) => Err(ExportError::Forged { file: file.into() }),
            None if self.unproved => Ok(()),
            None => Err(ExportError::Unproved { file: file.into(), schema: summary.schema }),
        }
    }
}

/// Makes the backup's content the store of `folder` (made if absent), which nobody may have open. It is
/// a line of its own, begun in place of what was there. A store that was there is moved aside, never
/// deleted: its new place is returned.
///
/// # Errors
/// When it is not whole, not proved, or can't be read or written; nothing is changed then.
pub fn import_export(
    file: &Path,
    folder: &Path,
    how: &Restoration<'_>,
) -> Result<Option<PathBuf>, ExportError> {
    let checked = verify_export(file)?;
    how.admits(file, &checked)?;
    let failed = |error| ExportError::Folder(OpenError::from_io(folder, error));
    folder::make_private_folder(folder).map_err(failed)?;
    let _lock = folder::lock(folder)?;
    folder::settle(folder).map_err(failed)?;
    let mut refused = None;
    build(folder, LOAD_CACHE_BYTES, |load| {
        match fill(file, &checked, load, how) {
            // It may have changed since it was checked.
            Ok(loaded) if loaded != checked => refused = Some(ExportError::Forged { file: file.into() }),
            Ok(_) => {}
            Err(error) => refused = Some(error),
        }
        Ok(())
    })?;
    if let Some(error) = refused {
        return Err(error);
    }
    let aside = folder::aside(folder, "before-import", how.now_ms);
    folder::put_in_place(folder, &aside).map_err(failed)?;
    Ok(aside.is_dir().then_some(aside))
}

fn fill(
    file: &Path,
    checked: &Summary,
    load: &mut Load<'_>,
    how: &Restoration<'_>,
) -> Result<Summary, ExportError> {
    let failed = |error| ExportError::from_io(file, error);
    let mut tally = StoreTally::new(how.chain);
    let loaded = read(file, |(key, value)| {
        tally.add(&key, &value).map_err(|error| ExportError::damaged(file, &error.to_string()))?;
        load.add(key, value).map_err(failed)
    })?;
    let made_at = checked.standing(how.chain);
    let bound = made_at.is_some_and(|standing| standing.bound);
    let beginning = Beginning { line: how.line, after: how.after, bound };
    let standing = beginning.standing(made_at.map(|made| made.point), &tally.finish(), how.now_ms);
    let written = standing.write(how.chain, Label::Store);
    let written = written.map_err(|error| ExportError::damaged(file, &error.to_string()))?;
    load.add(standing::KEY.to_vec(), written).map_err(failed)?;
    Ok(loaded)
}
