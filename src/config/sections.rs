//! The sections of the settings as the program works with them: typed, in bounds, absolute. What
//! each one means stands beside it in `config.toml`.

use std::path::PathBuf;
use std::time::Duration;

use crate::clock::Zone;
use crate::domain::clean::Clean;
use crate::domain::language::Language;

use super::reader::Reader;

const MINUTE_SECONDS: u64 = 60;
const HOUR_SECONDS: u64 = 60 * MINUTE_SECONDS;
/// A day longer than most.
const YEAR_SECONDS: u64 = 366 * 24 * HOUR_SECONDS;

/// Never cheaper than this, whatever the machine (S1): KiB of memory, passes, lanes.
pub const HASH_FLOOR: (u32, u32, u32) = (19_456, 2, 1);

const LANGUAGES: [(&str, Language); 2] = [("es", Language::Es), ("en", Language::En)];

/// `[kiosk]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kiosk {
    /// What this terminal is called.
    pub desk: Clean,
    /// The language a visit starts in.
    pub language: Language,
    pub theme: Theme,
    /// When the office's day begins.
    pub time_zone: Zone,
}

/// How a visit's screen starts to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    Normal,
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

/// How long a state may last without a key, and for how long its end is warned of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// From the last key to the wiping.
    pub after: Duration,
    /// The last part of it, in which the warning stands; shorter than `after`.
    pub warning: Duration,
}

/// `[idle]`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Idle {
    pub nothing_typed: Wait,
    pub data_typed: Wait,
    pub confirmation: Wait,
    /// The person looks for a code in their telephone.
    pub waiting: Wait,
    /// So many times longer on F8 or with staff, from 1.
    pub more_time_factor: u32,
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
    pub folder: PathBuf,
    /// Where backups go.
    pub export_folder: PathBuf,
    /// How often the kiosk makes a backup by itself; `None` for never.
    pub export_every: Option<Duration>,
    /// How many of its own backups the kiosk keeps, from 1.
    pub keep_exports: u32,
    pub cache_mib: u32,
    /// 0 for none.
    pub ballast_mib: u32,
    pub warn_free_percent: u32,
}

impl Store {
    pub(super) fn read(from: &mut Reader) -> Self {
        let store = Store {
            folder: from.path("store.folder"),
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
        store
    }
}

/// `[registry]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registry {
    /// Who knows companies and their names.
    pub companies: Source,
    /// Who knows whom a company is represented by.
    pub representatives: Source,
    /// Who knows identity cards.
    pub cards: Source,
    /// The padron's; `None` for the invented world.
    pub folder: Option<PathBuf>,
}

/// Who answers for one of the State's registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Small files of the operator's own.
    Padron,
    /// The State's own services.
    Soap,
    /// What `totem import` made, of any size.
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

    /// Whether any of the three comes from there.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hash {
    /// At least 8 for each lane.
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
    /// Whether costs under [`HASH_FLOOR`] were let through. Tests only.
    pub allow_weak: bool,
}

impl Hash {
    pub(super) fn read(from: &mut Reader) -> Self {
        let hash = Hash {
            memory_kib: from.number("hash.memory_kib", 8..=1_048_576),
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

    /// Whether it costs less than [`HASH_FLOOR`].
    pub fn is_weak(&self) -> bool {
        let (memory, passes, lanes) = HASH_FLOOR;
        self.memory_kib < memory || self.passes < passes || self.lanes < lanes
    }
}

/// `[log]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    pub folder: PathBuf,
    pub rotation: Rotation,
    /// How many files stay, the current one among them.
    pub keep_files: u32,
    pub level: tracing::Level,
}

/// When the log begins a new file, by UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotation {
    Daily,
    Hourly,
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

/// `[retention]` (S15)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Of unfinished requests.
    pub flows: Duration,
    /// How long the registry is asked about a registration that came while it was down.
    pub pending: Duration,
    /// Of documents, once their request was decided.
    pub documents: Duration,
    /// Of rows of the audit log.
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
