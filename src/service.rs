//! Everything behind the screen, put together from the settings: keys, store, registry, courier and
//! desk. Commands that look into the store open it here too.

mod at_start;
mod custody;
mod error;
mod home;
mod newest;
mod open;
mod outside;
mod raising;
mod running;
mod shared;
mod threads;
mod world;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};

use crate::audit::{Actor, Entry};
use crate::caretaker::backup::Backups;
use crate::caretaker::pending::PendingChecks;
use crate::caretaker::{self, Caretaker};
use crate::clock::{self, Clock};
use crate::config::{self, Config};
use crate::courier::{Adapters, Courier};
use crate::demo;
use crate::desk::{Desk, Papers};
use crate::documents::Kept;
use crate::domain::clean::Clean;
use crate::domain::deed::{Action, Outcome};
use crate::domain::destination::DemoFolders;
use crate::office::means::{OfficeSettings, StaffMember};
use crate::registry::Registry;
use crate::store::records::Records;
use running::Running;

pub use crate::store::{Condition, Loss};
pub use custody::{cost, vault};
pub use error::{ServiceError, WorldError};
pub use home::{Home, must_be_own};
pub use newest::noted;
pub use open::{Adopted, Opened, adopt, begin_anew, open, open_existing, open_existing_telling};
pub use outside::{adapters, registry, ways_out};
pub use raising::{Raising, Work};
pub use shared::server;
pub use threads::check_threads;
pub use world::{check_backup, stays_inside};

/// No answer about a RUT comes sooner than this (S9).
const ANSWER_FLOOR: Duration = Duration::from_millis(600);

/// What runs behind the screen.
pub struct Service {
    /// Runs the kiosk's effects.
    pub desk: Arc<Desk>,
    caretaker: Running,
    /// Asks the registry about registrations that were made while it was down.
    pending: Running,
    /// Removes documents that were laid out for staff.
    views: Running,
    store: StoreWork,
    /// Takes in the files that phones send.
    phones: Option<Running>,
    at_rest: watch::Sender<bool>,
}

/// What goes on about the open store.
#[derive(Default)]
struct StoreWork {
    backups: Option<Running>,
    /// Keeps the office's database well.
    tending: Option<Running>,
    condition: Option<watch::Receiver<Condition>>,
}

impl Service {
    /// Opens everything and starts what runs in the background.
    ///
    /// # Errors
    /// When keys, store, registry, adapters or the documents' folder can't be used.
    pub async fn start(config: &Config) -> Result<Self, ServiceError> {
        let clock = clock::system();
        let registry = registry(config, clock.clone())?;
        let adapters = adapters(config, clock.clone())?;
        let Opened { store, records, .. } = open(config).await?;
        if config.is_demo() {
            demo::employ(&records, clock()).await?;
        }
        at_start::warn_of_registers(config);
        let documents = Kept::existing(config.documents.folder.clone(), records.clone());
        caretaker::documents::clean(&documents, clock()).await;
        let mut service = Self::over(config, records.clone(), registry, adapters, clock.clone()).await?;
        match store {
            Home::Shared(store) => {
                service.store.tending = Some(Running::start(|stop| shared::tend(store, stop)));
            }
            Home::Own(store) => {
                at_start::warn_of_little_room(config, &*store);
                service.store.condition = Some(store.condition());
                let backups = Backups::new(&config.store, &config.kiosk.desk, store, records, clock);
                let at_rest = service.at_rest.subscribe();
                service.store.backups =
                    backups.map(|backups| Running::start(|stop| backups.run(at_rest, stop)));
            }
        }
        tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
        Ok(service)
    }

    /// Tells whether nobody is at the screen, which is the time for work that would keep a person
    /// waiting.
    pub fn set_at_rest(&self, is_at_rest: bool) {
        self.at_rest.send_if_modified(|before| std::mem::replace(before, is_at_rest) != is_at_rest);
    }

    /// How the store is, from now on; `None` over one that doesn't tell.
    pub fn condition(&self) -> Option<watch::Receiver<Condition>> {
        self.store.condition.clone()
    }

    /// The same over parts that are already open; without backups.
    ///
    /// # Errors
    /// When the store can't save, or the documents' folder can't be used.
    pub async fn over(
        config: &Config,
        records: Records,
        registry: Arc<dyn Registry>,
        adapters: Adapters,
        clock: Clock,
    ) -> Result<Self, ServiceError> {
        let now_ms = records.time(clock()).await?.now_ms();
        let started = Entry::new(now_ms, &config.kiosk.desk, Actor::Kiosk, Action::StartUp, Outcome::Done);
        records.draft(now_ms).audit(&started).commit(&records).await?;
        let mut papers = Papers::open(&config.documents, records.clone(), now_ms)?;
        let phones = outside::phones(config, &mut papers, &clock);
        let phones = phones.map(|server| Running::start(|stop| server.run(stop)));
        let flows_kept_ms = u64::try_from(config.retention.flows.as_millis()).unwrap_or(u64::MAX);
        let ways_out = outside::ways_out(config);
        ways_out.recall(&records).await?;
        let wake = Arc::new(Notify::new());
        let terminal = &config.kiosk.desk;
        let courier = Courier::new(records.clone(), adapters, terminal.clone())
            .noting(ways_out.clone())
            .keeping_flows(flows_kept_ms)
            .keeping_refusals(u64::try_from(config.courier.refused_kept.as_millis()).unwrap_or(u64::MAX / 2))
            .handing_out(papers.template.clone());
        let caretaker = Caretaker::new(records.clone(), courier, clock.clone(), terminal.clone())
            .keeping_audit(config.retention.audit_ms());
        caretaker.keep_audit(now_ms).await?;
        let caretaker = Running::start(|stop| caretaker.run(wake.clone(), stop));
        let mut office = office(config);
        if config.is_demo() {
            demo::furnish(&records, now_ms).await?;
            let number = config.free_staff_number();
            office.staff.push(demo::staff(&records, number).await);
        }
        let pending_kept_ms = u64::try_from(config.retention.pending.as_millis()).unwrap_or(u64::MAX);
        let desk = Desk::new(records.clone(), registry.clone(), clock.clone(), office, wake.clone());
        let documents_kept_ms = u64::try_from(config.retention.documents.as_millis()).unwrap_or(u64::MAX / 2);
        let desk = desk.seeing_ways_out(ways_out).with_papers(papers, documents_kept_ms);
        let desk = Arc::new(desk.keeping_flows(flows_kept_ms).keeping_pending(pending_kept_ms));
        let checks = PendingChecks {
            evidence: config.registration,
            cards: config.cards,
            records,
            registry,
            clock,
            terminal: terminal.clone(),
            left: desk.left_for_later(),
            wake,
        };
        let pending = Running::start(|stop| checks.run(stop));
        desk.end_left_views().await;
        let viewed = desk.clone();
        let views = Running::start(|stop| async move { viewed.end_views_until(stop).await });
        let at_rest = watch::Sender::new(true);
        Ok(Service { desk, caretaker, pending, views, store: StoreWork::default(), phones, at_rest })
    }

    /// Lets the background tasks finish what they have begun.
    pub async fn stop(self) {
        if let Some(phones) = self.phones {
            phones.stop().await;
        }
        self.pending.stop().await;
        self.views.stop().await;
        self.caretaker.stop().await;
        if let Some(tending) = self.store.tending {
            tending.stop().await;
        }
        if let Some(backups) = self.store.backups {
            backups.stop().await;
        }
    }
}

fn office(config: &Config) -> OfficeSettings {
    OfficeSettings {
        terminal: config.kiosk.desk.clone(),
        questions: config.questions.clone(),
        registration: config.registration,
        cards: config.cards,
        zone: config.kiosk.time_zone.clone(),
        staff: config
            .staff
            .iter()
            .map(|member| StaffMember {
                number: member.number,
                name: member.name.clone(),
                pin: member.pin.clone(),
            })
            .collect(),
        demo: if config.is_demo() { demo_folders(&config.courier) } else { DemoFolders::default() },
        floor: ANSWER_FLOOR,
    }
}

/// Where whoever tries the kiosk finds what it sent.
fn demo_folders(courier: &config::Courier) -> DemoFolders {
    let shown = |folder: PathBuf| Clean::from(folder.display().to_string());
    DemoFolders {
        mail: courier.mail_folder().map(|folder| shown(folder.join("new"))),
        sms: courier.sms_folder().map(|folder| shown(folder.to_path_buf())),
    }
}
