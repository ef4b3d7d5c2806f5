//! Takes settings out of the layers, one by one, into the types that the program uses, and collects
//! all errors instead of stopping at the first.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::path::{Component, Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use time::Date;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

use crate::clock::{UnknownZone, Zone};
use crate::domain::clean::Clean;
use crate::domain::email::Email;
use crate::vault::SecretFile;

use super::environment::Environment;
use super::fault::{Fault, Origin};
use super::layers::{Layers, Value};

/// How a day is written in the settings.
const DAY: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// Reads each key at most once.
pub(super) struct Reader {
    pub layers: Layers,
    /// What folders and files are relative to; an absolute path.
    base: PathBuf,
    /// Keys that were read, for the test that none is forgotten.
    pub read: BTreeSet<&'static str>,
}

impl Reader {
    pub fn new(layers: Layers, base: PathBuf) -> Self {
        Reader { layers, base, read: BTreeSet::new() }
    }

    /// Where a key's value was set.
    pub fn origin(&self, key: &str) -> Origin {
        self.layers.settings.get(key).map_or(Origin::BuiltIn, |setting| setting.origin.clone())
    }

    /// Reports that a key's value can't be used.
    pub fn fault(&mut self, key: &str, remedy: impl Into<String>) {
        let setting = self.layers.settings.get(key);
        self.layers.faults.push(Fault {
            origin: self.origin(key),
            key: key.to_string(),
            value: setting.map(|setting| setting.value.shown()),
            remedy: remedy.into(),
        });
    }

    /// Whether these keys have no errors so far. Keeps the consequence of an error from being
    /// reported as another one.
    pub fn is_right(&self, keys: &[&str]) -> bool {
        !self.layers.faults.iter().any(|fault| keys.contains(&fault.key.as_str()))
    }

    fn value(&mut self, key: &'static str) -> &Value {
        self.read.insert(key);
        match self.layers.settings.get(key) {
            Some(setting) => &setting.value,
            None => unreachable!("the built-in settings have {key}"),
        }
    }

    fn raw_text(&mut self, key: &'static str) -> String {
        match self.value(key) {
            Value::Text(text) => text.clone(),
            other => unreachable!("the built-in settings have a text at {key}, not {other:?}"),
        }
    }

    /// One line of text, with this many characters.
    pub fn text(&mut self, key: &'static str, characters: RangeInclusive<usize>) -> Clean {
        let text = Clean::new(&self.raw_text(key));
        if !characters.contains(&text.as_str().chars().count()) {
            let (least, most) = (characters.start(), characters.end());
            self.fault(key, format!("It must have {least} to {most} characters."));
        }
        text
    }

    /// A text as it stands, with this many bytes.
    pub fn verbatim(&mut self, key: &'static str, bytes: RangeInclusive<usize>) -> String {
        let text = self.raw_text(key);
        if !bytes.contains(&text.len()) {
            self.fault(key, format!("It must have {} to {} bytes.", bytes.start(), bytes.end()));
        }
        text
    }

    /// A text parsed; `None` for `""`, and when it can't be parsed, which is reported.
    pub fn parsed<T: FromStr>(&mut self, key: &'static str) -> Option<T>
    where
        T::Err: Display,
    {
        let text = self.raw_text(key);
        if text.is_empty() {
            return None;
        }
        text.parse().map_err(|error: T::Err| self.fault(key, format!("It can't be used: {error}."))).ok()
    }

    /// Where a secret is: in systemd's credential of that name if there is one, otherwise in the
    /// file.
    pub fn secret_file(
        &mut self,
        file_key: &'static str,
        credential_key: &'static str,
        environment: &Environment,
    ) -> Option<SecretFile> {
        let file = self.optional_path(file_key).map(SecretFile::new);
        let credential = self.text(credential_key, 0..=255);
        if credential.as_str().contains('/') {
            self.fault(credential_key, "It is the name of a credential, without a folder.");
        }
        let folder = environment.credentials_directory.as_ref().filter(|_| !credential.is_empty());
        let path = folder.map(|folder| folder.join(credential.as_str())).filter(|path| path.exists());
        path.map(|path| SecretFile { path, is_credential: true }).or(file)
    }

    /// A whole number within bounds; the lower bound if it is wrong.
    pub fn number(&mut self, key: &'static str, range: RangeInclusive<u32>) -> u32 {
        let number = match self.value(key) {
            Value::Number(number) => *number,
            other => unreachable!("the built-in settings have a number at {key}, not {other:?}"),
        };
        match u32::try_from(number).ok().filter(|number| range.contains(number)) {
            Some(number) => number,
            None => {
                self.fault(key, format!("It must be from {} to {}.", range.start(), range.end()));
                *range.start()
            }
        }
    }

    /// A number of units, each of this many seconds, as a duration.
    pub fn duration(&mut self, key: &'static str, range: RangeInclusive<u32>, unit_seconds: u64) -> Duration {
        Duration::from_secs(u64::from(self.number(key, range)) * unit_seconds)
    }

    pub fn flag(&mut self, key: &'static str) -> bool {
        match self.value(key) {
            Value::Flag(flag) => *flag,
            other => unreachable!("the built-in settings have true or false at {key}, not {other:?}"),
        }
    }

    /// One of a few words; the meaning of the first if it is another.
    pub fn choice<T: Copy>(&mut self, key: &'static str, options: &[(&str, T)]) -> T {
        let text = self.raw_text(key);
        match options.iter().find(|(word, _)| *word == text) {
            Some((_, meaning)) => *meaning,
            None => {
                self.fault(key, one_of(options));
                options[0].1
            }
        }
    }

    pub fn list(&mut self, key: &'static str) -> Vec<Clean> {
        match self.value(key) {
            Value::List(texts) => texts.iter().map(|text| Clean::new(text)).collect(),
            other => unreachable!("the built-in settings have a list at {key}, not {other:?}"),
        }
    }

    /// A folder or file, absolute.
    pub fn path(&mut self, key: &'static str) -> PathBuf {
        let path = self.optional_path(key);
        if path.is_none() {
            self.fault(key, "It must be a path.");
        }
        path.unwrap_or_default()
    }

    /// The same; `None` for `""`.
    pub fn optional_path(&mut self, key: &'static str) -> Option<PathBuf> {
        let text = self.raw_text(key);
        (!text.is_empty()).then(|| without_dots(&self.base.join(text)))
    }

    /// A day as `2026-12-31`; `None` for `""`, and when it is none, which is reported.
    pub fn day(&mut self, key: &'static str) -> Option<Date> {
        let text = self.raw_text(key);
        if text.is_empty() {
            return None;
        }
        let day = Date::parse(&text, DAY);
        day.map_err(|_| self.fault(key, "It must be a day as 2026-12-31, or \"\" for none.")).ok()
    }

    /// A time zone; UTC if it is none.
    pub fn zone(&mut self, key: &'static str) -> Zone {
        let text = self.raw_text(key);
        text.parse().unwrap_or_else(|error: UnknownZone| {
            self.fault(key, format!("It can't be used: {error}."));
            Zone::utc()
        })
    }

    pub fn email(&mut self, key: &'static str) -> Option<Email> {
        let text = self.raw_text(key);
        match text.parse() {
            Ok(email) => Some(email),
            Err(_) if text.is_empty() => None,
            Err(error) => {
                self.fault(key, format!("It must be an e-mail address ({error})."));
                None
            }
        }
    }
}

fn one_of<T>(options: &[(&str, T)]) -> String {
    let words: Vec<String> = options.iter().map(|(word, _)| format!("{word:?}")).collect();
    match words.len() {
        1 => format!("It must be {}.", words[0]),
        _ => format!("It must be one of {}.", words.join(", ")),
    }
}

/// The path without `.` and `..`, by its text alone: the folders need not exist yet.
fn without_dots(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    clean
}
