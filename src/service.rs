//! Everything behind the screen, put together from the settings: keys, store, registry, courier
//! and desk. The commands that look into the store open it here too.

mod outside;

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use crate::audit::{Action, Actor, Entry, Outcome};
use crate::backup::Backups;
use crate::clock::{self, Clock};
use crate::config::{Config, Source};
use crate::courier::{Adapters, Courier};
use crate::demo;
use crate::desk::{Desk, Office, Papers, PapersError, StaffMember};
use crate::documents::Kept;
use crate::domain::clean::Clean;
use crate::http::SetUpError;
use crate::log::LogError;
use crate::registry::bulk::{Kind, Shelf};
use crate::registry::{Registry, TableError};
use crate::store::records::{KeyCheckError, Records};
use crate::store::sled::{OpenError, OpenOptions, SledStore, holds_store, move_aside, moved_aside};
use crate::store::{StoreError, backups};
use crate::vault::{Cost, CostError, KeyError, Keys, Vault};

pub use outside::{adapters, registry};

/// No answer about a RUT comes sooner (S9).
const ANSWER_FLOOR: Duration = Duration::from_millis(600);
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
    /// For commands that look into a store and would not make one.
    #[error("there is no store in {} yet: the kiosk makes it at its first start", folder.display())]
    NoStore { folder: PathBuf },
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
    #[error("[soap] can't be used: {0}")]
    Soap(#[from] SetUpError),
    #[error(transparent)]
    Log(#[from] LogError),
    #[error("the folder {} can't be used for messages ({error}): check that it belongs to this user", folder.display())]
    Messages { folder: PathBuf, error: std::io::Error },
    #[error(transparent)]
    Papers(#[from] PapersError),
    #[error("mail can't be sent as [smtp] says: {0}")]
    Smtp(SetUpError),
    #[error("SMS can't be sent as [sms_gateway] says: {0}")]
    SmsGateway(SetUpError),
}

/// An open store and the typed layer over it.
pub struct Opened {
    pub store: Arc<SledStore>,
    pub records: Records,
}

/// What runs behind the screen.
pub struct Service {
    pub desk: Arc<Desk>,
    courier: Running,
    /// Asks the registry about applications that came while it was down.
    pending: Running,
    backups: Option<Running>,
    /// Takes in what phones send.
    phones: Option<Running>,
    at_rest: watch::Sender<bool>,
}

/// A task and how to end it.
struct Running {
    stop: Arc<Notify>,
    task: JoinHandle<()>,
}

impl Running {
    /// `work` gets what tells it to stop.
    fn start<W>(work: impl FnOnce(Stopped) -> W) -> Self
    where
        W: Future<Output = ()> + Send + 'static,
    {
        let stop = Arc::new(Notify::new());
        let told = stop.clone();
        let stopped: Stopped = Box::pin(async move { told.notified().await });
        Running { stop, task: tokio::spawn(work(stopped)) }
    }

    /// Lets it finish what it has begun.
    async fn stop(self) {
        self.stop.notify_one();
        let _ = self.task.await;
    }
}

type Stopped = Pin<Box<dyn Future<Output = ()> + Send>>;

impl Service {
    /// Opens everything and starts the courier.
    pub async fn start(config: &Config) -> Result<Self, ServiceError> {
        let clock = clock::system();
        let registry = registry(config, clock.clone())?;
        let adapters = adapters(config, clock.clone())?;
        let Opened { store, records } = open(config).await?;
        warn_of_little_room(config, &store);
        warn_of_registers(config);
        clean_documents(config, &records).await;
        let backups = Backups::new(&config.store, &config.kiosk.desk, store, records.clone(), clock.clone());
        let mut service = Self::over(config, records, registry, adapters, clock).await?;
        let at_rest = service.at_rest.subscribe();
        service.backups = backups.map(|backups| Running::start(|stop| backups.run(at_rest, stop)));
        tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
        Ok(service)
    }

    /// Tells whether nobody is at the screen: the time for what would keep a person waiting.
    pub fn set_at_rest(&self, is_at_rest: bool) {
        self.at_rest.send_if_modified(|before| std::mem::replace(before, is_at_rest) != is_at_rest);
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
        let mut papers = Papers::open(&config.documents, records.clone(), now_ms)?;
        let phones = outside::phones(config, &mut papers, &clock);
        let phones = phones.map(|server| Running::start(|stop| server.run(stop)));
        let flows_kept_ms = u64::try_from(config.retention.flows.as_millis()).unwrap_or(u64::MAX);
        let wake = Arc::new(Notify::new());
        let courier = Courier::new(records.clone(), adapters, clock.clone(), config.kiosk.desk.clone())
            .keeping_flows(flows_kept_ms)
            .keeping_refusals(u64::try_from(config.courier.refused_kept.as_millis()).unwrap_or(u64::MAX / 2))
            .handing_out(papers.template.clone());
        let courier = Running::start(|stop| courier.run(wake.clone(), stop));
        let mut office = office(config);
        if config.is_demo() {
            demo::furnish(&records, now_ms).await?;
            office.staff.push(demo::staff(&records).await);
        }
        let pending_kept_ms = u64::try_from(config.retention.pending.as_millis()).unwrap_or(u64::MAX);
        let desk = Desk::new(records, registry, clock, office, wake);
        let documents_kept_ms = u64::try_from(config.retention.documents.as_millis()).unwrap_or(u64::MAX / 2);
        let desk = desk.with_papers(papers, documents_kept_ms);
        let desk = Arc::new(desk.keeping_flows(flows_kept_ms).keeping_pending(pending_kept_ms));
        let pending = Running::start(|stop| desk.clone().check_pending_until(stop));
        let at_rest = watch::Sender::new(true);
        Ok(Service { desk, courier, pending, backups: None, phones, at_rest })
    }

    /// Lets courier and backup finish what they have begun.
    pub async fn stop(self) {
        if let Some(phones) = self.phones {
            phones.stop().await;
        }
        self.pending.stop().await;
        self.courier.stop().await;
        if let Some(backups) = self.backups {
            backups.stop().await;
        }
    }
}

/// Opens keys and store, off the event loop, and makes sure that they belong together (S14).
pub async fn open(config: &Config) -> Result<Opened, ServiceError> {
    let store_exists = must_not_be_aside(config)?;
    let ballast_bytes = u64::from(config.store.ballast_mib) * MIB;
    let opened = match open_store(config, store_exists, ballast_bytes).await {
        Err(ServiceError::Open(damaged @ OpenError::Damaged { .. })) => {
            return Err(set_aside(config, damaged));
        }
        opened => opened?,
    };
    opened.records.check_keys(clock::now_ms()).await?;
    Ok(opened)
}

/// The same for commands that work on a store that is there: makes neither store, key nor ballast,
/// and leaves a damaged store where it is.
pub async fn open_existing(config: &Config) -> Result<Opened, ServiceError> {
    if !must_not_be_aside(config)? {
        return Err(ServiceError::NoStore { folder: config.store.folder.clone() });
    }
    let opened = open_store(config, true, 0).await?;
    match opened.records.keys_fit().await? {
        true => Ok(opened),
        // The first start was broken off.
        false if opened.records.store().rows(0, 1).await?.is_empty() => {
            Err(ServiceError::NoStore { folder: config.store.folder.clone() })
        }
        false => Err(StoreError::Corrupt("the mark of the keys is gone".into()).into()),
    }
}

/// Whether there is a store; an error when there was one, and it was moved aside.
fn must_not_be_aside(config: &Config) -> Result<bool, ServiceError> {
    let folder = &config.store.folder;
    match moved_aside(folder) {
        _ if holds_store(folder) => Ok(true),
        Some(aside) => Err(moved_to(config, aside)),
        None => Ok(false),
    }
}

async fn open_store(config: &Config, store_exists: bool, ballast_bytes: u64) -> Result<Opened, ServiceError> {
    let vault = Arc::new(Vault::new(keys(config, store_exists)?, cost(config)?));
    let options = OpenOptions {
        cache_capacity_bytes: u64::from(config.store.cache_mib) * MIB,
        ballast_bytes,
        ..OpenOptions::new(config.store.folder.clone(), vault.chain())
    };
    let opening = tokio::task::spawn_blocking(move || SledStore::open(options)).await;
    let store = Arc::new(opening.map_err(|error| StoreError::Unavailable(error.to_string()))??);
    Ok(Opened { records: Records::new(store.clone(), vault), store })
}

/// A full disk can't even be read from: whoever reads the log hears of it before.
fn warn_of_little_room(config: &Config, store: &SledStore) {
    match store.space() {
        Ok(space) if u32::from(space.free_percent) < config.store.warn_free_percent => {
            tracing::warn!(percent = space.free_percent, "little room on the store's disk");
        }
        Ok(_) => {}
        Err(error) => tracing::warn!(reason = %error, "the store's disk doesn't tell its free room"),
    }
}

/// A register that can't be used keeps no kiosk from starting: each look-up says so. Whoever reads the
/// log hears of it before.
fn warn_of_registers(config: &Config) {
    let (asked, shelf) = (&config.registry, Shelf::new(&config.register.folder));
    let kinds = [
        (asked.companies, Kind::SiiNombres),
        (asked.representatives, Kind::Representantes),
        (asked.cards, Kind::Cedulas),
    ];
    for (_, kind) in kinds.into_iter().filter(|(source, _)| *source == Source::Register) {
        if let Err(error) = shelf.current(kind) {
            tracing::warn!(reason = %error, "a register can't be used");
        }
    }
}

/// What is left of documents that nobody can read. A folder that can't be cleaned today is no
/// reason not to serve.
async fn clean_documents(config: &Config, records: &Records) {
    let kept = Kept::existing(config.documents.folder.clone(), records.clone());
    match kept.clean(clock::now_ms()).await {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "files of documents without a key removed"),
        Err(error) => tracing::warn!(reason = %error, "the documents' folder could not be cleaned"),
    }
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
    tracing::error!(reason = %damaged, "store damaged");
    match move_aside(&config.store.folder, clock::now_ms()) {
        Ok(aside) => moved_to(config, aside),
        Err(error) => error.into(),
    }
}

fn moved_to(config: &Config, aside: PathBuf) -> ServiceError {
    ServiceError::MovedAside { aside, export: backups::newest(&config.store.export_folder) }
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

fn office(config: &Config) -> Office {
    let mail = config.courier.mail_folder().filter(|_| config.is_demo());
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
