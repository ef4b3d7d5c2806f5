//! The program's settings: one typed, checked [`Config`].
//!
//! Three layers, each over the one before: `config.toml` as it is built into the program, a file of
//! the operator's, variables of the environment. A key that isn't in the built-in file is an error.
//! All errors are reported at once, each with its file and line or its variable, its value, and
//! what to do.

mod courier;
mod documents;
pub mod environment;
mod fault;
mod layers;
pub mod memory;
mod outside;
mod phone;
mod places;
mod postgres;
mod reader;
mod sections;
mod soap;
mod staff;
pub mod template;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::Read as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use crate::domain::card_rule::CardRule;
use crate::domain::clean::Clean;
use crate::domain::pending::RegistrationEvidence;
use crate::domain::staff::MAX_STAFF_NUMBER;

pub use courier::{Authentication, Courier, Login, MailRoute, Security, SmsGateway, SmsRoute, Smtp};
pub use documents::Documents;
pub use environment::Environment;
pub use fault::{ConfigError, Fault, Origin};
pub use layers::BUILT_IN;
pub use phone::Phone;
pub use places::UnsafePlace;
pub use postgres::{Host, Postgres, StoreKind};
pub use sections::{
    HASH_FLOOR, Hash, Idle, Kiosk, Log, Register, Registry, Retention, Rotation, Source, Store, Theme, Wait,
};
pub use soap::Soap;
pub use staff::{PinError, StaffMember, check_pin};

use reader::Reader;

/// Read over the built-in settings when the command line names no file: the first that exists.
const USUAL_FILES: [&str; 2] = ["config.toml", "/etc/totem/config.toml"];

/// All settings, within their bounds. Paths are absolute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The file that was read over the built-in settings.
    pub file: Option<PathBuf>,
    /// What this terminal is called and how it looks.
    pub kiosk: Kiosk,
    /// When a visit ends by itself.
    pub idle: Idle,
    /// Where records are kept, and their backups.
    pub store: Store,
    /// Where the keys are (S14).
    pub keys: Keys,
    /// Who answers for the State's registers.
    pub registry: Registry,
    /// The State's services.
    pub soap: Soap,
    /// Imported registers.
    pub register: Register,
    /// How messages leave.
    pub courier: Courier,
    /// Documents that people bring.
    pub documents: Documents,
    /// Whether and where people's phones reach this terminal.
    pub phone: Option<Phone>,
    /// The cost of Argon2id (S1).
    pub hash: Hash,
    /// The operational log (S22).
    pub log: Log,
    /// How long things are kept (S15).
    pub retention: Retention,
    /// What makes an application an account (T1).
    pub registration: RegistrationEvidence,
    /// Which expired cards count as valid.
    pub cards: CardRule,
    /// Secret questions that can be chosen: at least one, all different, in the order of the
    /// screen.
    pub questions: Vec<Clean>,
    /// PINs of those who may confirm at the terminal; may be empty.
    pub staff: Vec<StaffMember>,
}

/// `[keys]` (S14)
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    /// Where the keys are: systemd's credential if there is one, otherwise the file.
    pub file: PathBuf,
    /// Whether `file` is a credential, whose permissions systemd manages.
    pub is_credential: bool,
}

impl Config {
    /// Reads the settings: the built-in ones; over them the file `named`, or else the first usual
    /// file that exists; over that the environment.
    ///
    /// # Errors
    /// When the file can't be read, anybody may change it, or any setting is wrong.
    pub fn load(named: Option<&Path>, environment: &Environment) -> Result<Self, ConfigError> {
        let usual = || USUAL_FILES.iter().map(Path::new).find(|path| path.exists());
        let Some(file) = named.or_else(usual) else {
            return Self::read(None, &absolute(Path::new(".")), environment);
        };
        let text = read_guarded(file)?;
        Self::parse(file, &text, environment)
    }

    /// The settings of a file with this text. Paths in it are relative to the file's folder.
    ///
    /// # Errors
    /// When any setting is wrong.
    pub fn parse(file: &Path, text: &str, environment: &Environment) -> Result<Self, ConfigError> {
        let base = absolute(file).parent().map(Path::to_path_buf).unwrap_or_default();
        Self::read(Some((file, text)), &base, environment)
    }

    /// The built-in settings with every file and folder below `folder`, and over them the
    /// environment. For the demonstration and for tests; these pass
    /// `Environment::default().with(…)`.
    ///
    /// # Errors
    /// When any setting of the environment is wrong.
    pub fn in_folder(folder: &Path, environment: &Environment) -> Result<Self, ConfigError> {
        Self::read(None, &absolute(folder), environment)
    }

    /// Whether any register is the invented world's, in which case the screens must say DEMO.
    pub fn is_demo(&self) -> bool {
        self.registry.asks(Source::Padron) && self.registry.folder.is_none()
    }

    /// The lowest number that no member of `[[staff]]` has.
    pub fn free_staff_number(&self) -> u16 {
        let is_free = |number: &u16| self.staff.iter().all(|member| member.number != *number);
        (1..=MAX_STAFF_NUMBER).find(is_free).unwrap_or(MAX_STAFF_NUMBER)
    }

    /// The folders that hold data, each with the key of its setting.
    pub fn data_folders(&self) -> Vec<(&'static str, &Path)> {
        let mut folders: Vec<(&'static str, &Path)> = vec![
            ("store.folder", &self.store.folder),
            ("store.export_folder", &self.store.export_folder),
            ("store.head", &self.store.head),
            ("log.folder", &self.log.folder),
            ("documents.folder", &self.documents.folder),
        ];
        if self.registry.asks(Source::Register) {
            folders.push(("register.folder", &self.register.folder));
        }
        folders.extend(self.courier.mail_folder().map(|folder| ("courier.mail_folder", folder)));
        folders.extend(self.courier.sms_folder().map(|folder| ("courier.sms_folder", folder)));
        folders
    }

    fn read(
        file: Option<(&Path, &str)>,
        base: &Path,
        environment: &Environment,
    ) -> Result<Self, ConfigError> {
        let mut reader = Reader::new(layers::Layers::new(file, environment), base.to_path_buf());
        let config = Self::take(&mut reader, file.map(|(path, _)| absolute(path)), environment);
        let mut faults = std::mem::take(&mut reader.layers.faults);
        faults.sort_by(|one, other| one.origin.cmp(&other.origin));
        match config {
            Some(config) if faults.is_empty() => Ok(config),
            _ => Err(ConfigError::Faults(faults)),
        }
    }

    /// Takes each key out of the layers. `None` is always accompanied by a fault.
    fn take(from: &mut Reader, file: Option<PathBuf>, environment: &Environment) -> Option<Self> {
        let courier = Courier::read(from, environment);
        let key = from.path("keys.file");
        let store = Store::read(from, environment, &key);
        let mut config = Config {
            file,
            kiosk: Kiosk::read(from),
            idle: Idle::read(from),
            store: store?,
            keys: Keys { file: key, is_credential: false },
            registry: Registry::read(from),
            soap: Soap::read(from, environment),
            register: Register::read(from),
            documents: Documents::read(from),
            phone: Phone::read(from, environment),
            hash: Hash::read(from),
            log: Log::read(from),
            retention: Retention::read(from),
            registration: sections::read_registration(from),
            cards: sections::read_cards(from),
            questions: sections::read_questions(from),
            staff: staff::read(&mut from.layers),
            courier: courier?,
        };
        config.soap.check(from, &config.registry, &config.courier);
        let inside =
            config.data_folders().into_iter().find(|(_, folder)| config.keys.file.starts_with(folder));
        if let Some((folder, _)) = inside {
            from.fault(
                "keys.file",
                format!("The key must not lie inside {folder}: whoever copies the data would have both."),
            );
        }
        let credential = from.text("keys.credential", 0..=255);
        if credential.as_str().contains('/') {
            from.fault("keys.credential", "It is the name of a credential, without a folder.");
        }
        let credential = environment
            .credentials_directory
            .as_ref()
            .filter(|_| !credential.is_empty())
            .map(|folder| folder.join(credential.as_str()))
            .filter(|path| path.exists());
        if let Some(file) = credential {
            config.keys = Keys { file, is_credential: true };
        }
        Some(config)
    }
}

/// The text of a file that not just anybody may write: who does chooses the keys and the registers.
fn read_guarded(file: &Path) -> Result<String, ConfigError> {
    let unreadable = |error: std::io::Error| ConfigError::Unreadable {
        file: file.to_path_buf(),
        reason: error.to_string(),
    };
    let mut opened = File::open(file).map_err(unreadable)?;
    if opened.metadata().map_err(unreadable)?.mode() & 0o002 != 0 {
        return Err(ConfigError::Open { file: file.to_path_buf() });
    }
    let mut text = String::new();
    opened.read_to_string(&mut text).map_err(unreadable)?;
    Ok(text)
}

/// The absolute path. A process without a current folder keeps the path as it is.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}
