//! Everything behind the screen, put together from the settings: keys, store, registry, courier
//! and desk. The commands that look into the store open it here too.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::audit::{Action, Actor, Entry, Outcome};
use crate::clock::{self, Clock};
use crate::config::{self, Config, RegistryKind};
use crate::courier::maildir::Maildir;
use crate::courier::sms::SmsFolder;
use crate::courier::{Adapters, Courier, Mailer, Off, Texter};
use crate::demo;
use crate::desk::{Desk, Office, StaffMember};
use crate::domain::clean::Clean;
use crate::registry::Registry;
use crate::registry::TableError;
use crate::registry::padron::Padron;
use crate::store::StoreError;
use crate::store::records::{KeyCheckError, Records};
use crate::store::sled::{OpenError, OpenOptions, SledStore};
use crate::vault::{Cost, CostError, KeyError, Keys, Vault};

/// No answer about a RUT comes sooner (S9).
const ANSWER_FLOOR: Duration = Duration::from_millis(600);
/// The kiosk stays alive through these, and the operator mends them.
const MIB: u64 = 1024 * 1024;

/// Why the kiosk can't do its work. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    #[error(transparent)]
    Key(#[from] KeyError),
    /// There is data, and its key is gone: a new one would make the data unreadable for good.
    #[error(
        "the store in {} is there, but its key is not at {}: put the right key back; nothing was changed",
        store.display(),
        key.display()
    )]
    KeyLost { store: PathBuf, key: PathBuf },
    #[error(transparent)]
    KeyCheck(#[from] KeyCheckError),
    #[error("the cost in [hash] can't be used: {0}")]
    Cost(#[from] CostError),
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The damaged store was moved aside, and nobody has decided yet what comes in its place.
    #[error(
        "the store could not be opened and lies in {}; {}; to go on without it, move that folder elsewhere",
        aside.display(),
        match export {
            Some(export) => format!("`totem restore {}` puts back the last backup", export.display()),
            None => "there is no backup to restore in the export folder".to_string(),
        }
    )]
    MovedAside { aside: PathBuf, export: Option<PathBuf> },
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Registry(#[from] TableError),
    #[error("the folder {} can't be used for messages ({error}): check that it belongs to this user", folder.display())]
    Messages { folder: PathBuf, error: std::io::Error },
}

/// An open store and the typed layer over it.
pub struct Opened {
    pub store: Arc<SledStore>,
    pub records: Records,
}

/// What runs behind the screen.
pub struct Service {
    pub desk: Arc<Desk>,
    stop_courier: Arc<Notify>,
    courier: JoinHandle<()>,
}

impl Service {
    /// Opens everything and starts the courier.
    pub async fn start(config: &Config) -> Result<Self, ServiceError> {
        let clock = clock::system();
        let registry = registry(&config.registry, clock.clone())?;
        let adapters = adapters(&config.courier)?;
        let opened = open(config).await?;
        Self::over(config, opened.records, registry, adapters, clock).await
    }

    /// The same over parts that are there already.
    pub async fn over(
        config: &Config,
        records: Records,
        registry: Arc<dyn Registry>,
        adapters: Adapters,
        clock: Clock,
    ) -> Result<Self, ServiceError> {
        let now_ms = records.time(clock()).await?.now_ms;
        let started = Entry::new(now_ms, &config.kiosk.desk, Actor::Kiosk, Action::StartUp, Outcome::Done);
        records.draft(now_ms).audit(&started).commit().await?;
        let flows_kept_ms = u64::try_from(config.retention.flows.as_millis()).unwrap_or(u64::MAX);
        let wake = Arc::new(Notify::new());
        let stop_courier = Arc::new(Notify::new());
        let courier = Courier::new(records.clone(), adapters, clock.clone(), config.kiosk.desk.clone())
            .keeping_flows(flows_kept_ms);
        let stopped = stop_courier.clone();
        let courier = tokio::spawn(courier.run(wake.clone(), async move { stopped.notified().await }));
        let mut office = office(config);
        if config.is_demo() {
            demo::furnish(&records, now_ms).await?;
            office.staff.push(demo::staff(&records).await);
        }
        let desk = Desk::new(records, registry, clock, office, wake).keeping_flows(flows_kept_ms);
        let desk = Arc::new(desk);
        Ok(Service { desk, stop_courier, courier })
    }

    /// Lets the courier finish what it has begun.
    pub async fn stop(self) {
        self.stop_courier.notify_one();
        let _ = self.courier.await;
    }
}

/// Opens keys and store, off the event loop, and makes sure that they belong together (S14).
pub async fn open(config: &Config) -> Result<Opened, ServiceError> {
    let store_exists = holds_store(&config.store.folder);
    if !store_exists && let Some(aside) = moved_aside(&config.store.folder) {
        return Err(ServiceError::MovedAside { aside, export: last_export(&config.store.export_folder) });
    }
    let vault = Arc::new(Vault::new(keys(config, store_exists)?, cost(config)?));
    let options = OpenOptions {
        cache_capacity_bytes: u64::from(config.store.cache_mib) * MIB,
        ballast_bytes: u64::from(config.store.ballast_mib) * MIB,
        ..OpenOptions::new(config.store.folder.clone(), vault.chain())
    };
    let opening = tokio::task::spawn_blocking(move || SledStore::open(options));
    let store = match opening.await {
        Ok(Ok(store)) => Arc::new(store),
        Ok(Err(damaged @ OpenError::Damaged { .. })) => return Err(set_aside(config, damaged)),
        Ok(Err(error)) => return Err(error.into()),
        Err(error) => return Err(StoreError::Unavailable(error.to_string()).into()),
    };
    let records = Records::new(store.clone(), vault);
    records.check_keys(clock::now_ms()).await?;
    Ok(Opened { store, records })
}

/// The vault alone, for what needs no store. Makes no key: where there is none, it says so.
pub fn vault(config: &Config) -> Result<Vault, ServiceError> {
    Ok(Vault::new(Keys::load(&config.keys.file)?, cost(config)?))
}

fn cost(config: &Config) -> Result<Cost, CostError> {
    let hash = &config.hash;
    match hash.allow_weak {
        true => Cost::weak(hash.memory_kib, hash.passes, hash.lanes),
        false => Cost::new(hash.memory_kib, hash.passes, hash.lanes),
    }
}

/// A store that can't be opened is moved aside, never deleted; the operator decides what follows.
fn set_aside(config: &Config, damaged: OpenError) -> ServiceError {
    tracing::error!(error = %damaged, "store damaged");
    match crate::store::sled::move_aside(&config.store.folder, clock::now_ms()) {
        Ok(aside) => ServiceError::MovedAside { aside, export: last_export(&config.store.export_folder) },
        Err(error) => error.into(),
    }
}

/// The keys from a systemd credential or the key file; on the very first start, new ones.
fn keys(config: &Config, store_exists: bool) -> Result<Keys, ServiceError> {
    let path = &config.keys.file;
    match Keys::load(path) {
        Err(KeyError::Missing { .. }) if store_exists => {
            Err(ServiceError::KeyLost { store: config.store.folder.clone(), key: path.clone() })
        }
        Err(KeyError::Missing { .. }) if !config.keys.is_credential => Ok(Keys::create(path)?),
        keys => Ok(keys?),
    }
}

fn holds_store(folder: &Path) -> bool {
    folder.join("sled").exists() || folder.join("sled.ready").exists()
}

/// Where a damaged store was moved to, in the store's folder.
fn moved_aside(folder: &Path) -> Option<PathBuf> {
    newest(folder, |name| name.starts_with("sled.aside-"))
}

/// The newest backup in the export folder.
fn last_export(folder: &Path) -> Option<PathBuf> {
    newest(folder, |candidate| candidate.ends_with(".totem"))
}

/// The last entry by name that fits: names hold the time.
fn newest(folder: &Path, fits: impl Fn(&str) -> bool) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder).ok()?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names.filter(|name| fits(name)).max().map(|name| folder.join(name))
}

/// The State's registers as the settings name them.
pub fn registry(settings: &config::Registry, clock: Clock) -> Result<Arc<dyn Registry>, TableError> {
    match settings.kind {
        RegistryKind::Padron => Ok(Arc::new(match &settings.folder {
            Some(folder) => Padron::load(folder, clock)?,
            None => Padron::demo(clock),
        })),
    }
}

/// The ways out for messages.
pub fn adapters(settings: &config::Courier) -> Result<Adapters, ServiceError> {
    let fault = |folder: &Path| {
        let folder = folder.to_path_buf();
        move |error| ServiceError::Messages { folder, error }
    };
    let mailer: Arc<dyn Mailer> = match &settings.mail_folder {
        Some(folder) => {
            let maildir = Maildir::open(folder, settings.sender_name.clone(), settings.sender.clone());
            Arc::new(maildir.map_err(fault(folder))?.answered_at(settings.reply_to.clone()))
        }
        None => Arc::new(Off),
    };
    let texter: Arc<dyn Texter> = match &settings.sms_folder {
        Some(folder) => Arc::new(SmsFolder::open(folder).map_err(fault(folder))?),
        None => Arc::new(Off),
    };
    Ok(Adapters { mailer, texter })
}

fn office(config: &Config) -> Office {
    let mail = config.courier.mail_folder.as_ref().filter(|_| config.is_demo());
    Office {
        terminal: config.kiosk.desk.clone(),
        questions: config.questions.clone(),
        staff: config
            .staff
            .iter()
            .map(|member| StaffMember { name: member.name.clone(), pin: member.pin.clone() })
            .collect(),
        demo_folder: mail.map(|folder| Clean::from(folder.join("new").display().to_string())),
        floor: ANSWER_FLOOR,
    }
}
