//! Removable drives and the scanner's folder: a flat list of what lies there, by choices that mean
//! something here alone, so that no name is ever a path (S17).

mod folder;
mod mounts;
mod write;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustix::io::Errno;

use self::folder::{FoundFile, NotRead};
pub use self::mounts::{Mounted, below as mounted_below};
use crate::domain::clean::Clean;
use crate::domain::document::{Choice, Drive, NameSays, Offer, Offers, Place, Unfit};

/// How many files are offered.
const MOST_OFFERS: usize = 200;
/// A drive that sleeps or fails takes its time.
const TAKES_AT_MOST: Duration = Duration::from_secs(15);
const MOUNTINFO: &str = "/proc/self/mountinfo";

/// Why a chosen file could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MediaError {
    /// The drive was pulled out, or the file is no longer there: list anew.
    #[error("it is no longer there")]
    Gone,
    /// Somebody is still writing it, or it is another file by now: list anew.
    #[error("it changed meanwhile")]
    Changed,
    /// The drive is damaged, or doesn't let us read.
    #[error("it can't be read")]
    Unreadable,
    /// It took longer than any drive should.
    #[error("the drive does not answer")]
    TookTooLong,
}

/// Why a file could not be written to a drive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandOutError {
    /// It was pulled out.
    #[error("the drive is no longer there")]
    Gone,
    /// There is no room for the file.
    #[error("the drive is full")]
    Full,
    /// Its switch is set, or it is mounted so.
    #[error("the drive takes nothing: it is write-protected")]
    ReadOnly,
    /// It is damaged, or doesn't let us write.
    #[error("the drive can't be written to")]
    Failed,
    /// It took longer than any drive should.
    #[error("the drive does not answer")]
    TookTooLong,
}

/// Where to look. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Media {
    inner: Arc<SearchedPlaces>,
}

#[derive(Debug)]
struct SearchedPlaces {
    drives: Drives,
    scanner_folder: Option<PathBuf>,
    listing: Mutex<Listing>,
}

#[derive(Debug)]
enum Drives {
    MountedBelow(Vec<PathBuf>),
    Folders(Vec<PathBuf>),
    /// What is mounted each time that it is asked, the next time last.
    #[cfg(test)]
    Told(Mutex<Vec<Vec<PathBuf>>>),
}

impl Drives {
    fn now(&self) -> Vec<Mounted> {
        match self {
            Drives::MountedBelow(folders) => {
                mounted_below(&std::fs::read(MOUNTINFO).unwrap_or_default(), folders)
            }
            Drives::Folders(folders) => {
                let there = folders.iter().filter(|folder| folder.is_dir());
                there.map(|folder| Mounted { at: folder.clone(), is_read_only: false }).collect()
            }
            #[cfg(test)]
            Drives::Told(told) => {
                let next = told.lock().expect("nobody panics with it").pop().unwrap_or_default();
                next.into_iter().map(|at| Mounted { at, is_read_only: false }).collect()
            }
        }
    }
}

/// What the choices of the last listing mean.
#[derive(Debug, Default)]
struct Listing {
    /// Never reused, so that an old choice means nothing.
    next: u32,
    files: HashMap<Choice, ChosenFile>,
    drives: HashMap<Choice, Root>,
}

impl Listing {
    fn choice(&mut self) -> Choice {
        self.next = self.next.wrapping_add(1);
        Choice::listed(self.next)
    }
}

/// A folder that files lie in or below: where it is, and on which device it was.
#[derive(Clone, Debug)]
struct Root {
    at: PathBuf,
    device: u64,
}

#[derive(Clone, Debug)]
struct ChosenFile {
    root: Root,
    found: FoundFile,
    name: Clean,
    fits: Result<NameSays, Unfit>,
}

impl Media {
    /// A drive is removable if a device is mounted below one of `media_folders`.
    pub fn new(media_folders: Vec<PathBuf>, scanner_folder: Option<PathBuf>) -> Self {
        Self::of(Drives::MountedBelow(media_folders), scanner_folder)
    }

    /// Folders in place of drives: for tests and demonstrations.
    pub fn of_folders(drives: Vec<PathBuf>, scanner_folder: Option<PathBuf>) -> Self {
        Self::of(Drives::Folders(drives), scanner_folder)
    }

    fn of(drives: Drives, scanner_folder: Option<PathBuf>) -> Self {
        Media { inner: Arc::new(SearchedPlaces { drives, scanner_folder, listing: Mutex::default() }) }
    }

    /// Everything that lies ready. Choices of an earlier listing mean nothing from then on.
    ///
    /// # Errors
    /// [`MediaError::TookTooLong`] only: a drive that can't be read is one without files.
    pub async fn list(&self) -> Result<Offers, MediaError> {
        let inner = self.inner.clone();
        in_time(move || inner.list()).await.ok_or(MediaError::TookTooLong)
    }

    /// The bytes of a file of the last listing, with its name for [`super::Checker::check`].
    ///
    /// # Errors
    /// When it is gone, is another by now, can't be read, or was listed as one that doesn't fit.
    pub async fn read(&self, choice: Choice) -> Result<(Clean, Vec<u8>), MediaError> {
        let chosen = self.inner.listing().files.get(&choice).cloned().ok_or(MediaError::Gone)?;
        let named = chosen.fits.map_err(|_| MediaError::Unreadable)?;
        let inner = self.inner.clone();
        let name = chosen.name.clone();
        let read = in_time(move || inner.read(&chosen, named)).await;
        read.ok_or(MediaError::TookTooLong)?.map(|bytes| (name, bytes))
    }

    /// Writes a file into a drive of the last listing, all of it or none, durable when it
    /// resolves. Never over another: the name that it got.
    ///
    /// # Errors
    /// When the drive doesn't take it.
    pub async fn hand_out(&self, drive: Choice, name: &str, bytes: Vec<u8>) -> Result<Clean, HandOutError> {
        let root = self.inner.listing().drives.get(&drive).cloned().ok_or(HandOutError::Gone)?;
        let (inner, name) = (self.inner.clone(), name.to_string());
        let written = in_time(move || inner.write(&root, &name, &bytes)).await;
        written.ok_or(HandOutError::TookTooLong)?.map(Clean::from)
    }
}

impl SearchedPlaces {
    fn listing(&self) -> MutexGuard<'_, Listing> {
        self.listing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn list(&self) -> Offers {
        let drives = self.drives.now();
        let names = names_of(&drives);
        let named = drives.iter().zip(names.iter().cloned());
        let roots = named.map(|(drive, name)| (drive.at.clone(), Place::Drive(name)));
        let scanner = self.scanner_folder.iter().map(|folder| (folder.clone(), Place::Scanner));
        let (mut left_out, mut stopped) = (0, Vec::new());
        let mut files: Vec<(ChosenFile, Place)> = Vec::new();
        let mut devices = HashMap::new();
        for (at, place) in roots.chain(scanner) {
            let Ok(folder) = folder::enter(&at) else { continue };
            let Ok(device) = folder::device(&folder) else { continue };
            devices.insert(at.clone(), device);
            let walked = folder::list(&folder);
            left_out += walked.not_looked_at;
            if walked.stopped {
                stopped.push(at.clone());
            }
            let root = Root { at, device };
            let found = walked.found.into_iter();
            files.extend(found.filter_map(|found| Some((chosen(&root, found)?, place.clone()))));
        }
        // What was pulled out meanwhile has no files any more.
        let still: Vec<PathBuf> = self.drives.now().into_iter().map(|drive| drive.at).collect();
        let is_pulled = |at: &PathBuf| drives.iter().any(|drive| drive.at == *at) && !still.contains(at);
        files.retain(|(chosen, _)| !is_pulled(&chosen.root.at));
        devices.retain(|at, _| !is_pulled(at));
        let named = drives.iter().zip(&names);
        let lost = named.filter(|(drive, _)| is_pulled(&drive.at) || stopped.contains(&drive.at));
        let lost = lost.map(|(_, name)| name.clone()).collect();
        left_out += keep_most_useful(&mut files);
        let mut listing = self.listing();
        listing.files.clear();
        listing.drives.clear();
        let mut offers = Offers {
            left_out: u32::try_from(left_out).unwrap_or(u32::MAX),
            lost,
            has_scanner: self.scanner_folder.is_some(),
            ..Offers::default()
        };
        for (chosen, place) in files {
            let choice = listing.choice();
            offers.files.push(offer(choice, &chosen, place));
            listing.files.insert(choice, chosen);
        }
        for (drive, name) in drives.into_iter().zip(names) {
            let Some(device) = devices.get(&drive.at).copied() else { continue };
            let choice = listing.choice();
            offers.drives.push(Drive { choice, name, is_read_only: drive.is_read_only });
            listing.drives.insert(choice, Root { at: drive.at, device });
        }
        offers
    }

    fn read(&self, chosen: &ChosenFile, named: NameSays) -> Result<Vec<u8>, MediaError> {
        let gone_or = |error| match is_gone(error) || !self.is_there(&chosen.root) {
            true => MediaError::Gone,
            false => MediaError::Unreadable,
        };
        let root = folder::enter(&chosen.root.at).map_err(gone_or)?;
        if folder::device(&root).map_err(gone_or)? != chosen.root.device {
            return Err(MediaError::Gone);
        }
        folder::read(&root, &chosen.found, named.most_bytes_read()).map_err(|error| match error {
            NotRead::Changed => MediaError::Changed,
            NotRead::System(error) => gone_or(error),
        })
    }

    fn write(&self, root: &Root, name: &str, bytes: &[u8]) -> Result<String, HandOutError> {
        let fault = |error| of_writing(error, || self.is_there(root));
        let folder = folder::enter(&root.at).map_err(fault)?;
        // No longer mounted, it is a folder of our own disk.
        if folder::device(&folder).map_err(fault)? != root.device || !self.is_there(root) {
            return Err(HandOutError::Gone);
        }
        write::write(&folder, name, bytes).map_err(fault)
    }

    fn is_there(&self, root: &Root) -> bool {
        self.scanner_folder.as_ref() == Some(&root.at)
            || self.drives.now().iter().any(|drive| drive.at == root.at)
    }
}

/// A drive that fails and is no longer mounted was pulled out.
fn of_writing(error: Errno, is_there: impl Fn() -> bool) -> HandOutError {
    match error {
        // The last is what FAT says of a file that is too long for it.
        Errno::NOSPC | Errno::DQUOT | Errno::FBIG => HandOutError::Full,
        Errno::ROFS => HandOutError::ReadOnly,
        error if is_gone(error) || !is_there() => HandOutError::Gone,
        _ => HandOutError::Failed,
    }
}

/// What the system says of a drive that was pulled out.
fn is_gone(error: Errno) -> bool {
    matches!(
        error,
        Errno::NOENT | Errno::NODEV | Errno::NXIO | Errno::NOMEDIUM | Errno::STALE | Errno::NOTDIR
    )
}

/// The names that drives go by. Sticks of one make have the same label: the second is told apart by a
/// number.
fn names_of(drives: &[Mounted]) -> Vec<Clean> {
    let mut names: Vec<Clean> = Vec::new();
    for drive in drives {
        let label = name_of(&drive.at);
        let numbered = (2_u32..).map(|number| Clean::from(format!("{label} ({number})")));
        let free = std::iter::once(label.clone()).chain(numbered).find(|name| !names.contains(name));
        names.push(free.unwrap_or_else(|| label.clone()));
    }
    names
}

/// The label of a drive.
fn name_of(drive: &Path) -> Clean {
    Clean::from(drive.file_name().unwrap_or_default().to_string_lossy().into_owned())
}

/// Nothing for a name of which nothing can be shown.
fn chosen(root: &Root, found: FoundFile) -> Option<ChosenFile> {
    let name = Clean::from(found.way.last()?.to_string_lossy().into_owned());
    let fits = match (NameSays::of(name.as_str()), found.likeness.bytes) {
        (NameSays::Otherwise, _) => Err(Unfit::OtherKind),
        (NameSays::Heic, _) => Err(Unfit::Heic),
        (_, 0) => Err(Unfit::Empty),
        (named, bytes) if bytes > named.most_bytes_read() => Err(Unfit::TooLarge),
        (named, _) => Ok(named),
    };
    (!name.is_empty()).then(|| ChosenFile { root: root.clone(), found, name, fits })
}

/// Leaves the newest first, and says how many were too many. What fits goes before what doesn't
/// when there is not room for all.
fn keep_most_useful(files: &mut Vec<(ChosenFile, Place)>) -> usize {
    let newest_first = |chosen: &ChosenFile| {
        (std::cmp::Reverse(chosen.found.likeness.written), chosen.name.clone(), chosen.found.way.clone())
    };
    files.sort_by_cached_key(|(chosen, _)| (chosen.fits.is_err(), newest_first(chosen)));
    let surplus = files.len().saturating_sub(MOST_OFFERS);
    files.truncate(MOST_OFFERS);
    files.sort_by_cached_key(|(chosen, _)| newest_first(chosen));
    surplus
}

fn offer(choice: Choice, chosen: &ChosenFile, place: Place) -> Offer {
    Offer {
        choice,
        name: chosen.name.clone(),
        place,
        bytes: chosen.found.likeness.bytes,
        written_ms: chosen.found.likeness.written_ms(),
        fits: chosen.fits,
    }
}

/// Runs off the event loop. Returns nothing when it takes too long; the work goes on unheard.
async fn in_time<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::time::timeout(TAKES_AT_MOST, tokio::task::spawn_blocking(work)).await.ok()?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_a_drive_takes_nothing() {
        for (error, is_there, expected) in [
            (Errno::NOSPC, true, HandOutError::Full),
            (Errno::ROFS, true, HandOutError::ReadOnly),
            (Errno::NOENT, true, HandOutError::Gone),
            (Errno::IO, false, HandOutError::Gone),
            (Errno::IO, true, HandOutError::Failed),
            (Errno::ACCESS, true, HandOutError::Failed),
        ] {
            assert_eq!(of_writing(error, || is_there), expected, "{error:?}");
        }
    }

    /// A stick is pulled out after it was found and before its files were all looked at.
    #[test]
    fn a_drive_that_is_pulled_while_it_is_listed_is_told_and_offers_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let drives = ["ROJO", "AZUL"].map(|name| folder.path().join(name));
        for drive in &drives {
            std::fs::create_dir(drive).expect("a drive");
            std::fs::write(drive.join("carta.pdf"), b"%PDF-1.4").expect("a file");
        }
        let names = |offers: &Offers| -> (Vec<Place>, Vec<Clean>, Vec<Clean>) {
            let files = offers.files.iter().map(|offer| offer.place.clone()).collect();
            let drives = offers.drives.iter().map(|drive| drive.name.clone()).collect();
            (files, drives, offers.lost.clone())
        };
        let [red, blue] = ["ROJO", "AZUL"].map(Clean::from);
        let listed = |then: &[PathBuf]| {
            let told = Mutex::new(vec![then.to_vec(), drives.to_vec()]);
            names(&Media::of(Drives::Told(told), None).inner.list())
        };
        let (files, found, lost) = listed(&drives);
        assert_eq!((files.len(), found.len(), lost), (2, 2, vec![]));
        let only_blue = (vec![Place::Drive(blue.clone())], vec![blue], vec![red.clone()]);
        assert_eq!(listed(&drives[1..]), only_blue);
    }
}
