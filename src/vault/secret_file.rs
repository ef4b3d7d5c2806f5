//! A secret that an operator keeps in a file of its own, or in a systemd credential, never in the
//! settings: a password, a token, a private key.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::domain::secret::Secret;

/// Nothing honest is longer: a chain of keys in PEM takes a few thousand bytes.
const MAX_BYTES: u64 = 64 * 1024;

/// Where a secret is. Its content is read when needed, and not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretFile {
    /// The file or the credential.
    pub path: PathBuf,
    /// Whether it is a credential, whose permissions systemd manages.
    pub is_credential: bool,
}

/// Why a secret can't be read. It never quotes the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecretFileError {
    #[error("{}: it can't be read ({reason}). Put the secret there, readable by this user alone", path.display())]
    /// The system said no.
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    #[error("{}: others may read it (mode {mode:03o}). Run `chmod 600` on it", path.display())]
    /// Its mode lets others read it.
    TooOpen {
        /// Which file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    #[error("{}: it is no text of at most 64 KiB", path.display())]
    /// Too long, or not UTF-8.
    NotText {
        /// Which file.
        path: PathBuf,
    },
    #[error("{}: it must hold one line, the secret, and nothing else", path.display())]
    /// Empty, or more than one line.
    NotALine {
        /// Which file.
        path: PathBuf,
    },
}

impl SecretFile {
    /// A file of the operator's, which only its owner may read.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        SecretFile { path: path.into(), is_credential: false }
    }

    /// The whole text, such as a private key in PEM.
    ///
    /// # Errors
    /// When it can't be read, others may read it, or it is no text.
    pub fn text(&self) -> Result<Secret, SecretFileError> {
        let path = || self.path.clone();
        let unreadable =
            |error: io::Error| SecretFileError::Unreadable { path: path(), reason: error.to_string() };
        let file = open_regular(&self.path).map_err(unreadable)?;
        let mode = file.metadata().map_err(unreadable)?.mode() & 0o777;
        if !self.is_credential && mode & 0o077 != 0 {
            return Err(SecretFileError::TooOpen { path: path(), mode });
        }
        // Allocated once: a buffer that grows leaves copies behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_BYTES as usize + 1));
        file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        match std::str::from_utf8(&bytes) {
            Ok(text) if bytes.len() as u64 <= MAX_BYTES => Ok(Secret::new(text)),
            _ => Err(SecretFileError::NotText { path: path() }),
        }
    }

    /// A password or a token: the one line of the file, without its line end.
    ///
    /// # Errors
    /// As for [`SecretFile::text`], or when it is not one line.
    pub fn line(&self) -> Result<Secret, SecretFileError> {
        let text = self.text()?;
        let line = text.expose().trim_end_matches(['\r', '\n']);
        match line.is_empty() || line.contains(char::is_control) {
            false => Ok(Secret::new(line)),
            true => Err(SecretFileError::NotALine { path: self.path.clone() }),
        }
    }
}

/// A folder would open too, and fail later with words that help nobody.
fn open_regular(path: &Path) -> io::Result<File> {
    let file = File::open(path)?;
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(io::Error::other("it is not a file")),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn file(text: &str, mode: u32) -> (tempfile::TempDir, SecretFile) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        (folder, SecretFile::new(path))
    }

    #[test]
    fn one_line_without_its_end() {
        let (_folder, secret) = file("hunter 2 \n", 0o600);
        assert_eq!(secret.line().unwrap().expose(), "hunter 2 ");
        assert_eq!(secret.text().unwrap().expose(), "hunter 2 \n");
    }

    #[test]
    fn what_is_no_secret_is_told_without_quoting_it() {
        for text in ["", "\n", "hunter\nsecond\n"] {
            let (_folder, secret) = file(text, 0o600);
            let error = secret.line().unwrap_err();
            assert!(matches!(error, SecretFileError::NotALine { .. }), "{text:?}: {error}");
            assert!(!error.to_string().contains("hunter"));
        }
        let (folder, secret) = file("hunter", 0o640);
        assert!(matches!(secret.line(), Err(SecretFileError::TooOpen { mode: 0o640, .. })));
        let credential = SecretFile { is_credential: true, ..secret };
        assert_eq!(credential.line().unwrap().expose(), "hunter");
        let gone = SecretFile::new(folder.path().join("gone")).line();
        assert!(matches!(gone, Err(SecretFileError::Unreadable { .. })));
        let (_folder, long) = file(&"x".repeat(MAX_BYTES as usize + 1), 0o600);
        assert!(matches!(long.line(), Err(SecretFileError::NotText { .. })));
    }
}
