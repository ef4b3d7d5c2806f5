//! Documents laid out for staff to read: unencrypted, in one folder per request that only this user
//! can enter, and soon removed again (S13). What a kiosk left behind when it was killed is removed
//! at the next start.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Seek as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use zeroize::Zeroizing;

use crate::domain::folio::Folio;

/// Why nothing could be laid out or removed. For operators.
#[derive(Debug, thiserror::Error)]
pub enum ViewingError {
    /// The system doesn't let it be used: its words.
    #[error("the folder for viewing can't be used: {0}")]
    Folder(#[from] io::Error),
    /// Others could look into it.
    #[error(
        "the folder for viewing is a link, somebody else's, or open to others: give it to this user alone (chmod 700)"
    )]
    NotPrivate,
    /// The thread that was to ask the disk ended.
    #[error("the folder for viewing could not be asked: {0}")]
    Interrupted(String),
}

/// One file of those that are laid out.
pub struct Sheet {
    /// The file's name, without a folder.
    pub name: String,
    /// Its contents in clear, wiped when dropped.
    pub bytes: Zeroizing<Vec<u8>>,
}

/// The folder for viewing. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Viewing {
    folder: PathBuf,
    /// How long documents lie there at most.
    pub lasts: Duration,
    /// Whether the disk is asked on the caller's own thread.
    works_here: bool,
}

impl Viewing {
    /// `folder` is made when something is laid out. `lasts` is kept by whoever lays out.
    pub fn new(folder: PathBuf, lasts: Duration) -> Self {
        Viewing { folder, lasts, works_here: false }
    }

    /// The same, asking the disk on the caller's own thread: where a seed has to go the same way at every run.
    pub fn working_here(self) -> Self {
        Viewing { works_here: true, ..self }
    }

    /// Lays the sheets out, in place of what was laid out of this request before: where they are.
    ///
    /// # Errors
    /// When the folder can't be used, or others could look into it; nothing is left then.
    pub async fn lay_out(&self, folio: Folio, sheets: Vec<Sheet>) -> Result<PathBuf, ViewingError> {
        let folder = self.folder.clone();
        self.off_loop(move || {
            make_private(&folder)?;
            let inner = folder.join(folio.to_string());
            remove(&inner)?;
            let written = write(&inner, &sheets);
            if let Err(error) = written {
                // Leave no part of what could not be written whole.
                let _ = remove(&inner);
                return Err(error.into());
            }
            Ok(inner)
        })
        .await
    }

    /// Removes what was laid out of this request, if anything is left.
    ///
    /// # Errors
    /// When it is still there.
    pub async fn remove(&self, folio: Folio) -> Result<(), ViewingError> {
        let inner = self.folder.join(folio.to_string());
        self.off_loop(move || Ok(remove(&inner)?)).await
    }

    /// Removes all that was ever laid out here, and nothing else: how many requests' documents.
    ///
    /// # Errors
    /// When some of it is still there.
    pub async fn clean(&self) -> Result<usize, ViewingError> {
        let folder = self.folder.clone();
        self.off_loop(move || {
            let entries = match fs::read_dir(&folder) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
                entries => entries?,
            };
            let (mut removed, mut failed) = (0, None);
            for entry in entries {
                let entry = entry?;
                let is_ours = entry.file_name().to_str().is_some_and(is_folio);
                if is_ours && entry.file_type()?.is_dir() {
                    // One that can't be removed doesn't keep the others.
                    match remove(&entry.path()) {
                        Ok(()) => removed += 1,
                        Err(error) => failed = Some(error),
                    }
                }
            }
            match failed {
                None => Ok(removed),
                Some(error) => Err(error.into()),
            }
        })
        .await
    }
}

impl Viewing {
    async fn off_loop<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, ViewingError> + Send + 'static,
    ) -> Result<T, ViewingError> {
        if self.works_here {
            return work();
        }
        match tokio::task::spawn_blocking(work).await {
            Ok(done) => done,
            Err(error) => Err(ViewingError::Interrupted(error.to_string())),
        }
    }
}

/// A folio as this program writes it.
fn is_folio(name: &str) -> bool {
    name.parse::<Folio>().is_ok_and(|folio| folio.to_string() == name)
}

/// Makes the folder, or makes sure that nobody else can look into it.
fn make_private(folder: &Path) -> Result<(), ViewingError> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let found = fs::symlink_metadata(folder)?;
    let is_private = found.permissions().mode() & 0o077 == 0;
    let is_ours = found.uid() == rustix::process::geteuid().as_raw();
    match found.is_dir() && is_private && is_ours {
        true => Ok(()),
        false => Err(ViewingError::NotPrivate),
    }
}

fn write(folder: &Path, sheets: &[Sheet]) -> io::Result<()> {
    DirBuilder::new().mode(0o700).create(folder)?;
    for sheet in sheets {
        let path = folder.join(&sheet.name);
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(&sheet.bytes)?;
    }
    Ok(())
}

/// The files are overwritten first: where the disk writes in place, their blocks tell nothing
/// afterwards.
fn remove(folder: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            // What can't be overwritten is still removed.
            let _ = overwrite(&entry.path());
        }
    }
    fs::remove_dir_all(folder)
}

fn overwrite(path: &Path) -> io::Result<()> {
    let mut file = File::options().write(true).open(path)?;
    let length = file.seek(io::SeekFrom::End(0))?;
    file.rewind()?;
    io::copy(&mut io::Read::take(io::repeat(0), length), &mut file)?;
    file.sync_data()
}
