//! The keys and their custody (S14): a text file that only its owner may read, kept outside the
//! data folder, or a systemd credential. One `name = hex` a line; wiped from memory on drop.
//!
//! There may be several sealing keys (`seal.1`, `seal.2`…): the one with the highest number seals,
//! and all of them open. A rotation of keys leaves only the newest.

mod succession;

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER_PERMISSIVE;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::random;

/// The credential's name in systemd's folder (`LoadCredential=totem.key:…`).
pub const CREDENTIAL_NAME: &str = "totem.key";

const VERSION: &str = "1";
/// No honest key file is longer.
const MAX_FILE_BYTES: u64 = 16 * 1024;
const NAMES: [&str; 4] = ["index", "pepper", "audit", "pseudonym"];

type KeyBytes = [u8; 32];

/// All keys of an installation. They don't print.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Keys {
    /// Never empty; the newest last.
    seal: Vec<(u8, KeyBytes)>,
    index: KeyBytes,
    pepper: KeyBytes,
    audit: KeyBytes,
    pseudonym: KeyBytes,
}

/// Why keys can't be read or written. It never quotes the file.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error(
        "{path}: there is no key file. The kiosk makes one at its first start; if there is data already, put the one that belongs to it there"
    )]
    /// No such file.
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    #[error("{path}: others may read it (mode {mode:03o}). Run `chmod 600` on it")]
    /// Its mode lets others read it.
    TooOpen {
        /// Which file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    #[error("{path}:{line}: {what}. Put the file back as it was made; nothing was changed")]
    /// A line is wrong or missing.
    Malformed {
        /// Which file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        what: Fault,
    },
    #[error(
        "{path}: a key file is there already. It was left as it is: without it nothing stored can be read"
    )]
    /// A new key file would replace it.
    Exists {
        /// Which file.
        path: PathBuf,
    },
    #[error("{path}: {source}. Look at its disk (`dmesg`) and at its rights; nothing was changed")]
    /// The system said no.
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// What is wrong with a line of a key file. It never quotes the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("it is not a text file of at most 16 KiB")]
    NotText,
    #[error("the line is not of the form `name = value`")]
    Form,
    #[error("this program reads key files of version 1 only, and the version stands first")]
    Version,
    #[error("no key has this name")]
    UnknownName,
    #[error("the key stands here a second time")]
    Twice,
    #[error("a key is 64 hexadecimal digits")]
    NotHex,
    #[error("the file ends, and the key `{0}` is missing")]
    Lacks(&'static str),
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Keys(…)")
    }
}

impl Keys {
    /// New random keys that are written nowhere: for tests and the demo world.
    pub fn random() -> Self {
        let [index, pepper, audit, pseudonym] = std::array::from_fn(|_| random::<32>());
        Keys { seal: vec![(1, random::<32>())], index, pepper, audit, pseudonym }
    }

    /// A copy of the same keys, wiped on drop like them.
    pub fn copy(&self) -> Self {
        let Keys { seal, index, pepper, audit, pseudonym } = self;
        Keys { seal: seal.clone(), index: *index, pepper: *pepper, audit: *audit, pseudonym: *pseudonym }
    }

    /// Makes a new key file that only its owner may read; it is durable when this returns.
    ///
    /// # Errors
    /// When there is one already, which is left as it is, or it can't be written.
    pub fn create(path: &Path) -> Result<Self, KeyError> {
        let io = |source| KeyError::Io { path: path.to_path_buf(), source };
        let keys = Keys::random();
        let mut file = match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(KeyError::Exists { path: path.to_path_buf() });
            }
            Err(error) => return Err(io(error)),
        };
        file.write_all(keys.text().as_bytes()).map_err(io)?;
        file.sync_all().map_err(io)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all()).map_err(io)?;
        Ok(keys)
    }

    /// Reads a key file, which only its owner may read.
    ///
    /// # Errors
    /// When it is missing, others may read it, or it is not as it was written.
    pub fn load(path: &Path) -> Result<Self, KeyError> {
        Self::read(path, true)
    }

    /// Reads the credential in systemd's folder (`$CREDENTIALS_DIRECTORY`) if there is one,
    /// otherwise the key file. systemd guards its own folder, though its mode may look too open.
    ///
    /// # Errors
    /// As for [`Keys::load`].
    pub fn find(credentials: Option<&Path>, path: &Path) -> Result<Self, KeyError> {
        let credential = credentials.map(|folder| folder.join(CREDENTIAL_NAME));
        match credential.filter(|credential| credential.exists()) {
            Some(credential) => Self::read(&credential, false),
            None => Self::load(path),
        }
    }

    fn read(path: &Path, guarded_by_mode: bool) -> Result<Self, KeyError> {
        let io = |source: io::Error| match source.kind() {
            io::ErrorKind::NotFound => KeyError::Missing { path: path.to_path_buf() },
            _ => KeyError::Io { path: path.to_path_buf(), source },
        };
        let file = File::open(path).map_err(io)?;
        let mode = file.metadata().map_err(io)?.mode() & 0o777;
        if guarded_by_mode && mode & 0o077 != 0 {
            return Err(KeyError::TooOpen { path: path.to_path_buf(), mode });
        }
        let malformed = |(line, what)| KeyError::Malformed { path: path.to_path_buf(), line, what };
        // Allocated once: a buffer that grows leaves copies of the keys behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_FILE_BYTES as usize + 1));
        file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
        let text = std::str::from_utf8(&bytes).ok().filter(|_| bytes.len() as u64 <= MAX_FILE_BYTES);
        Self::parse(text.ok_or(malformed((1, Fault::NotText)))?).map_err(malformed)
    }

    fn parse(text: &str) -> Result<Self, (usize, Fault)> {
        let mut found: BTreeMap<&str, Zeroizing<KeyBytes>> = BTreeMap::new();
        let mut seal = Vec::new();
        let (mut version_seen, mut last) = (false, 0);
        for (index, line) in text.lines().enumerate() {
            last = index + 1;
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (name, value) = line.split_once('=').ok_or((last, Fault::Form))?;
            let (name, value) = (name.trim(), value.trim());
            if !version_seen {
                version_seen = name == "version" && value == VERSION;
                if !version_seen {
                    return Err((last, Fault::Version));
                }
                continue;
            }
            let key = key_of(value).ok_or((last, Fault::NotHex))?;
            if let Some(id) = name.strip_prefix("seal.") {
                let id = id.parse().map_err(|_| (last, Fault::UnknownName))?;
                if seal.iter().any(|(known, _)| *known == id) {
                    return Err((last, Fault::Twice));
                }
                seal.push((id, *key));
            } else if !NAMES.contains(&name) {
                return Err((last, Fault::UnknownName));
            } else if found.insert(name, key).is_some() {
                return Err((last, Fault::Twice));
            }
        }
        if !version_seen {
            return Err((last, Fault::Version));
        }
        if seal.is_empty() {
            return Err((last, Fault::Lacks("seal.1")));
        }
        seal.sort_by_key(|(id, _)| *id);
        let named = |name| found.get(name).map(|key| **key).ok_or((last, Fault::Lacks(name)));
        let [index, pepper, audit, pseudonym] = NAMES.map(named);
        Ok(Keys { seal, index: index?, pepper: pepper?, audit: audit?, pseudonym: pseudonym? })
    }

    fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(MAX_FILE_BYTES as usize));
        text.push_str("# The keys of a Totem kiosk. Without this file nothing that it stored can be read;\n");
        text.push_str("# with it, everything. Keep a copy in a safe, apart from the backups.\n");
        text.push_str("version = 1\n");
        let mut line = |name: &str, key: &KeyBytes| {
            let hex = Zeroizing::new(HEXLOWER_PERMISSIVE.encode(key));
            [name, " = ", &hex, "\n"].into_iter().for_each(|part| text.push_str(part));
        };
        for (id, key) in &self.seal {
            line(&format!("seal.{id}"), key);
        }
        let keys = [&self.index, &self.pepper, &self.audit, &self.pseudonym];
        NAMES.into_iter().zip(keys).for_each(|(name, key)| line(name, key));
        text
    }

    pub(super) fn newest_seal(&self) -> (u8, &KeyBytes) {
        match self.seal.last() {
            Some((id, key)) => (*id, key),
            None => unreachable!("there is always a sealing key"),
        }
    }

    pub(super) fn seal(&self, id: u8) -> Option<&KeyBytes> {
        self.seal.iter().find(|(known, _)| *known == id).map(|(_, key)| key)
    }

    pub(super) fn index(&self) -> &KeyBytes {
        &self.index
    }

    pub(super) fn pepper(&self) -> &KeyBytes {
        &self.pepper
    }

    pub(super) fn audit(&self) -> &KeyBytes {
        &self.audit
    }

    pub(super) fn pseudonym(&self) -> &KeyBytes {
        &self.pseudonym
    }
}

fn key_of(hex: &str) -> Option<Zeroizing<KeyBytes>> {
    let mut key = Zeroizing::new([0; 32]);
    if HEXLOWER_PERMISSIVE.decode_len(hex.len()).ok()? != key.len() {
        return None;
    }
    HEXLOWER_PERMISSIVE.decode_mut(hex.as_bytes(), key.as_mut()).ok().map(|_| key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    fn rewrite(path: &Path, change: impl Fn(&str) -> String) -> String {
        std::fs::write(path, change(&std::fs::read_to_string(path).unwrap())).unwrap();
        Keys::load(path).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn made_once_and_read_again() {
        let folder = folder();
        let path = folder.path().join("totem.key");
        assert!(matches!(Keys::load(&path), Err(KeyError::Missing { .. })));
        let keys = Keys::create(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        assert_eq!(*Keys::load(&path).unwrap().text(), *keys.text());
        assert!(matches!(Keys::create(&path), Err(KeyError::Exists { .. })));
        assert_eq!(format!("{keys:?}"), "Keys(…)");
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o640)).unwrap();
        assert!(matches!(Keys::load(&path), Err(KeyError::TooOpen { mode: 0o640, .. })));
        assert_eq!(*Keys::find(Some(folder.path()), Path::new("/nowhere")).unwrap().text(), *keys.text());
        assert!(matches!(Keys::find(None, Path::new("/nowhere")), Err(KeyError::Missing { .. })));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line_and_without_the_key() {
        let folder = folder();
        let path = folder.path().join("k");
        let keys = Keys::create(&path).unwrap();
        let good = keys.text();
        let pepper = good.lines().find(|line| line.starts_with("pepper")).unwrap().to_string();
        let cases: [(&str, String, &str); 6] = [
            ("version = 1", "version = 2".into(), ":3: this program reads"),
            ("index", "indices".into(), ":5: no key has this name"),
            (&pepper, pepper[..40].into(), ":6: a key is 64"),
            (&pepper, String::new(), ":8: the file ends, and the key `pepper`"),
            (&pepper, format!("{pepper}\n{pepper}"), ":7: the key stands here a second time"),
            (&pepper, pepper.replace('=', " "), ":6: the line is not"),
        ];
        for (from, to, expected) in cases {
            let said = rewrite(&path, |_| good.replacen(from, &to, 1));
            assert!(said.contains(expected), "{said}");
            assert!(!said.contains(&pepper[12..30]), "{said}");
        }
        assert!(rewrite(&path, |_| String::new()).contains("version"));
        assert!(rewrite(&path, |_| "#".repeat(20_000)).contains("16 KiB"));
    }

    #[test]
    fn the_highest_seal_key_seals_and_all_open() {
        let folder = folder();
        let path = folder.path().join("k");
        Keys::create(&path).unwrap();
        rewrite(&path, |text| format!("{text}seal.2 = {}\n", "ab".repeat(32)));
        let keys = Keys::load(&path).unwrap();
        assert_eq!(keys.newest_seal(), (2, &[0xab; 32]));
        assert!(keys.seal(1).is_some() && keys.seal(3).is_none());
    }
}
