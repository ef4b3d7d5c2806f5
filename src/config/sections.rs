//! The sections of the settings as the program uses them: typed, within bounds, with absolute
//! paths. `config.toml` says what each setting means.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::clock::Zone;
use crate::domain::card_rule::CardRule;
use crate::domain::clean::Clean;
use crate::domain::language::Language;
use crate::domain::pending::RegistrationEvidence;

use super::environment::Environment;
use super::fault::Origin;
use super::postgres::StoreKind;
use super::reader::Reader;

const MINUTE_SECONDS: u64 = 60;
const HOUR_SECONDS: u64 = 60 * MINUTE_SECONDS;
/// The longer kind of year, so that nothing is erased a day too early.
const YEAR_SECONDS: u64 = 366 * 24 * HOUR_SECONDS;

/// The lowest cost that is allowed on any machine (S1): KiB of memory, passes, lanes.
pub const HASH_FLOOR: (u32, u32, u32) = (19_456, 2, 1);

const LANGUAGES: [(&str, Language); 2] = [("es", Language::Es), ("en", Language::En)];

/// `[kiosk]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kiosk {
    /// What this terminal is called.
    pub desk: Clean,
    /// The language a visit starts in.
    pub language: Language,
    /// How a visit's screen looks at first.
    pub theme: Theme,
    /// When the office's day begins.
    pub time_zone: Zone,
}

/// How a visit's screen looks at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// In colours.
    Normal,
    /// Black and white only.
    HighContrast,
}

impl Kiosk {
    pub(super) fn read(from: &mut Reader) -> Self {
        Kiosk {
            desk: from.text("kiosk.desk", 1..=12),
            language: from.choice("kiosk.language", &LANGUAGES),
            theme: from
                .choice("kiosk.theme", &[("normal", Theme::Normal), ("high-contrast", Theme::HighContrast)]),
            time_zone: from.zone("kiosk.time_zone"),
        }
    }
}

/// How long a state may last without a key press, and how long before its end a warning appears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// From the last key press until the visit is wiped.
    pub after: Duration,
    /// The last part of it, during which the warning is shown; shorter than `after`.
    pub warning: Duration,
}

/// `[idle]`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Idle {
    /// Before anything personal was typed.
    pub nothing_typed: Wait,
    /// While what was typed would be lost.
    pub data_typed: Wait,
    /// On a receipt.
    pub confirmation: Wait,
    /// While the person looks for a code in their telephone.
    pub waiting: Wait,
    /// How many times longer after F8 or with staff; at least 1.
    pub more_time_factor: u32,
    /// How long the warning is shown then.
    pub more_time_warning: Duration,
}

impl Idle {
    pub(super) fn read(from: &mut Reader) -> Self {
        let idle = Idle {
            nothing_typed: wait(from, "idle.nothing_typed_seconds", "idle.nothing_typed_warning_seconds"),
            data_typed: wait(from, "idle.data_typed_seconds", "idle.data_typed_warning_seconds"),
            confirmation: wait(from, "idle.confirmation_seconds", "idle.confirmation_warning_seconds"),
            waiting: wait(from, "idle.waiting_seconds", "idle.waiting_warning_seconds"),
            more_time_factor: from.number("idle.more_time_factor", 1..=60),
            more_time_warning: from.duration("idle.more_time_warning_seconds", 1..=600, 1),
        };
        let keys = [
            "idle.nothing_typed_seconds",
            "idle.data_typed_seconds",
            "idle.confirmation_seconds",
            "idle.waiting_seconds",
            "idle.more_time_factor",
            "idle.more_time_warning_seconds",
        ];
        let waits = [idle.nothing_typed, idle.data_typed, idle.confirmation, idle.waiting];
        let too_short = |wait: &Wait| wait.after * idle.more_time_factor <= idle.more_time_warning;
        if from.is_right(&keys) && waits.iter().any(too_short) {
            from.fault(
                "idle.more_time_warning_seconds",
                "It must be shorter than each time of [idle] multiplied by more_time_factor.",
            );
        }
        idle
    }
}

fn wait(from: &mut Reader, after: &'static str, warning: &'static str) -> Wait {
    let wait =
        Wait { after: from.duration(after, 5..=7200, 1), warning: from.duration(warning, 1..=3600, 1) };
    if from.is_right(&[after, warning]) && wait.warning >= wait.after {
        from.fault(warning, format!("It must be less than {after}: the warning is the last part of that."));
    }
    wait
}

/// `[store]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    /// In this terminal's own folder, or in the office's database.
    pub kind: StoreKind,
    /// sled's own folder.
    pub folder: PathBuf,
    /// Where it is noted how far the store has come (T13): outside of the data.
    pub head: PathBuf,
    /// Where backups go.
    pub export_folder: PathBuf,
    /// How often the kiosk makes a backup by itself; `None` for never.
    pub export_every: Option<Duration>,
    /// How many of its own backups the kiosk keeps; at least 1.
    pub keep_exports: u32,
    /// sled's cache of pages.
    pub cache_mib: u32,
    /// Room that is freed when the disk is full; 0 for none.
    pub ballast_mib: u32,
    /// Below this much free room the log warns.
    pub warn_free_percent: u32,
}

impl Store {
    /// Without a setting the head lies beside the key. `None` is accompanied by a fault.
    pub(super) fn read(from: &mut Reader, environment: &Environment, key: &Path) -> Option<Self> {
        let kind = StoreKind::read(from, environment);
        let beside_key = || {
            let mut name = key.file_name().unwrap_or_default().to_os_string();
            name.push(".head");
            key.with_file_name(name)
        };
        let store = Store {
            kind: kind?,
            folder: from.path("store.folder"),
            head: from.optional_path("store.head").unwrap_or_else(beside_key),
            export_folder: from.path("store.export_folder"),
            export_every: Some(from.duration("store.export_every_hours", 0..=8760, HOUR_SECONDS))
                .filter(|every| !every.is_zero()),
            keep_exports: from.number("store.keep_exports", 1..=1000),
            cache_mib: from.number("store.cache_mib", 8..=65_536),
            ballast_mib: from.number("store.ballast_mib", 0..=65_536),
            warn_free_percent: from.number("store.warn_free_percent", 0..=90),
        };
        if store.export_folder.starts_with(&store.folder) {
            from.fault(
                "store.export_folder",
                "It must not lie inside store.folder, which may be moved aside when it is damaged.",
            );
        }
        if store.head.starts_with(&store.folder) || store.head.starts_with(&store.export_folder) {
            from.fault(
                "store.head",
                "It must lie outside of the data: whoever puts an older copy of them back would put it back too.",
            );
        }
        Some(store)
    }
}

/// `[registry]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registry {
    /// Who knows companies and their names.
    pub companies: Source,
    /// Who knows the representatives of companies.
    pub representatives: Source,
    /// Who knows identity cards.
    pub cards: Source,
    /// The padron's folder; `None` for the invented world.
    pub folder: Option<PathBuf>,
}

/// Who answers for one of the State's registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Small files of the operator's.
    Padron,
    /// The State's services, over SOAP.
    Soap,
    /// What `totem import` made; of any size.
    Register,
}

const SOURCES: [(&str, Source); 3] =
    [("padron", Source::Padron), ("soap", Source::Soap), ("register", Source::Register)];

impl Registry {
    pub(super) fn read(from: &mut Reader) -> Self {
        Registry {
            companies: from.choice("registry.companies", &SOURCES),
            representatives: from.choice("registry.representatives", &SOURCES),
            cards: from.choice("registry.cards", &SOURCES),
            folder: from.optional_path("registry.folder"),
        }
    }

    /// Whether any of the three comes from this source.
    pub fn asks(&self, source: Source) -> bool {
        [self.companies, self.representatives, self.cards].contains(&source)
    }
}

/// `[register]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    /// Where `totem import` puts what the kiosk looks up.
    pub folder: PathBuf,
}

impl Register {
    pub(super) fn read(from: &mut Reader) -> Self {
        Register { folder: from.path("register.folder") }
    }
}

/// `[hash]`: the cost of Argon2id (S1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hash {
    /// At least 8 for each lane.
    pub memory_kib: u32,
    /// Where that was set.
    pub memory_set_at: Origin,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes computed at once.
    pub lanes: u32,
    /// Whether costs under [`HASH_FLOOR`] were let through. For tests only.
    pub allow_weak: bool,
}

impl Hash {
    pub(super) fn read(from: &mut Reader) -> Self {
        let hash = Hash {
            memory_kib: from.number("hash.memory_kib", 8..=1_048_576),
            memory_set_at: from.origin("hash.memory_kib"),
            passes: from.number("hash.passes", 1..=16),
            lanes: from.number("hash.lanes", 1..=16),
            allow_weak: from.flag("hash.allow_weak"),
        };
        if !from.is_right(&["hash.memory_kib", "hash.passes", "hash.lanes"]) {
            return hash;
        }
        if hash.memory_kib < 8 * hash.lanes {
            from.fault("hash.memory_kib", "It must be at least 8 for each of hash.lanes.");
        }
        if hash.is_weak() && !hash.allow_weak {
            let (memory, passes, _) = HASH_FLOOR;
            let key = if hash.memory_kib < memory { "hash.memory_kib" } else { "hash.passes" };
            from.fault(
                key,
                format!("It is too cheap to keep secrets: memory_kib from {memory}, passes from {passes}."),
            );
        }
        hash
    }

    /// Whether it is under [`HASH_FLOOR`].
    pub fn is_weak(&self) -> bool {
        let (memory, passes, lanes) = HASH_FLOOR;
        self.memory_kib < memory || self.passes < passes || self.lanes < lanes
    }
}

/// `[log]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// Where its files lie.
    pub folder: PathBuf,
    /// When it begins a new file.
    pub rotation: Rotation,
    /// How many files are kept, including the current one.
    pub keep_files: u32,
    /// Events below this level are dropped.
    pub level: tracing::Level,
}

/// When the log begins a new file, by UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// At midnight.
    Daily,
    /// At each full hour.
    Hourly,
    /// One file that only grows.
    Never,
}

impl Log {
    pub(super) fn read(from: &mut Reader) -> Self {
        use tracing::Level;
        Log {
            folder: from.path("log.folder"),
            rotation: from.choice(
                "log.rotation",
                &[("daily", Rotation::Daily), ("hourly", Rotation::Hourly), ("never", Rotation::Never)],
            ),
            keep_files: from.number("log.keep_files", 1..=10_000),
            level: from.choice(
                "log.level",
                &[
                    ("error", Level::ERROR),
                    ("warn", Level::WARN),
                    ("info", Level::INFO),
                    ("debug", Level::DEBUG),
                    ("trace", Level::TRACE),
                ],
            ),
        }
    }
}

/// `[cards]`: which cards that have expired count as valid.
pub(super) fn read_cards(from: &mut Reader) -> CardRule {
    CardRule { accept_expired_until: from.day("cards.accept_expired_until") }
}

/// `[registration]` (T1)
pub(super) fn read_registration(from: &mut Reader) -> RegistrationEvidence {
    from.choice(
        "registration.evidence",
        &[("card", RegistrationEvidence::Card), ("person", RegistrationEvidence::Person)],
    )
}

/// `[retention]` (S15)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// How long unfinished requests are kept.
    pub flows: Duration,
    /// How long the registry is asked about a registration that was made while it was down.
    pub pending: Duration,
    /// How long documents are kept once their request is decided.
    pub documents: Duration,
    /// How long rows of the audit log are kept.
    pub audit: Duration,
}

impl Retention {
    pub(super) fn read(from: &mut Reader) -> Self {
        Retention {
            flows: from.duration("retention.flows_hours", 1..=8760, HOUR_SECONDS),
            pending: from.duration("retention.pending_hours", 1..=8760, HOUR_SECONDS),
            documents: from.duration("retention.documents_days", 1..=3650, 24 * HOUR_SECONDS),
            audit: from.duration("retention.audit_years", 1..=50, YEAR_SECONDS),
        }
    }

    /// How long rows of the audit log are kept, in milliseconds; and as long what an erased account leaves
    /// of its rank (T4d).
    pub fn audit_ms(&self) -> u64 {
        u64::try_from(self.audit.as_millis()).unwrap_or(u64::MAX)
    }
}

/// `[questions]`: at least one, all different.
pub(super) fn read_questions(from: &mut Reader) -> Vec<Clean> {
    let questions = from.list("questions.list");
    let distinct: std::collections::BTreeSet<&Clean> = questions.iter().collect();
    if questions.is_empty() || questions.len() > 20 {
        from.fault("questions.list", "It must have 1 to 20 questions.");
    } else if distinct.len() < questions.len() {
        from.fault("questions.list", "Each question must stand in it once.");
    } else if questions.iter().any(|question| !(5..=60).contains(&question.as_str().chars().count())) {
        from.fault("questions.list", "Each question must have 5 to 60 characters.");
    }
    questions
}
