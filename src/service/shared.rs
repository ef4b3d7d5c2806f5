//! The office's database, opened by a terminal: keys and data must belong together (S14), and to the
//! world of the settings (T14). What the database keeps by itself, such as backups, is not done here.

use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use tokio_postgres::config::{SslMode, TargetSessionAttrs};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::custody::{cost, key_check};
use super::home::Home;
use super::running::Stopped;
use super::{Opened, ServiceError, world};
use crate::audit::ChainName;
use crate::clock;
use crate::config::{Config, Postgres};
use crate::domain::clean::Clean;
use crate::http::client_tls;
use crate::store::postgres::{DatabaseServer, DatabaseWaits, PostgresStore};
use crate::store::records::{KeyCheckError, Records};
use crate::store::{Store as _, StoreError};
use crate::vault::{KeyError, Keys, Vault};

/// What the server's list of sessions shows.
const PROGRAM: &str = "totem";
const TEND_EVERY: Duration = Duration::from_secs(60);

/// The database, and who this terminal is there.
///
/// # Errors
/// When the password or the authorities can't be read.
pub fn server(settings: &Postgres) -> Result<DatabaseServer, ServiceError> {
    let mut config = tokio_postgres::Config::new();
    for host in &settings.hosts {
        config.host(&host.name).port(host.port);
    }
    config.dbname(&settings.database).user(&settings.user).application_name(PROGRAM);
    // A standby, or a primary that was demoted, is passed over.
    config.ssl_mode(SslMode::Require).target_session_attrs(TargetSessionAttrs::ReadWrite);
    if let Some(password) = &settings.password {
        config.password(password.line()?.expose());
    }
    let tls = client_tls(settings.authorities.as_deref(), None).map_err(ServiceError::Postgres)?;
    Ok(DatabaseServer { config, tls: MakeRustlsConnect::new(tls), waits: DatabaseWaits::default() })
}

/// Each terminal writes to a chain of its own, so that none waits for another's row.
fn chain_of(terminal: &Clean) -> ChainName {
    let digest =
        Sha256::new_with_prefix(b"chain of the terminal\0").chain_update(terminal.as_str()).finalize();
    let mut number = [0; 8];
    number.copy_from_slice(&digest[..8]);
    ChainName::new(u64::from_be_bytes(number))
}

/// Keeps the database well until it is told to stop.
pub(super) async fn tend(store: Arc<PostgresStore>, stop: Stopped) {
    let mut stop = stop;
    loop {
        if let Err(error) = store.tend().await {
            tracing::warn!(reason = %error, "the office's database was not tended");
        }
        tokio::select! {
            biased;
            () = &mut stop => return,
            () = tokio::time::sleep(TEND_EVERY) => {}
        }
    }
}

/// Whether an unused database may be marked with these keys.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unused {
    Begun,
    Refused,
}

/// Opens the database, and makes sure that everything belongs together.
pub(super) async fn open(
    config: &Config,
    settings: &Postgres,
    unused: Unused,
) -> Result<Opened, ServiceError> {
    let keys = match Keys::load(&config.keys.file) {
        Err(KeyError::Missing { .. }) if unused == Unused::Begun && !config.keys.is_credential => None,
        keys => Some(keys?),
    };
    let is_new = keys.is_none();
    // Nothing is sealed before it is known that these keys may be used here.
    let vault = Arc::new(Vault::new(keys.unwrap_or_else(Keys::random), cost(config)?));
    let store = Arc::new(PostgresStore::new(server(settings)?, vault.chain()));
    if is_new {
        if !store.chains(None, 1).await?.is_empty() {
            return Err(ServiceError::KeyElsewhere { key: config.keys.file.clone() });
        }
        drop((store, vault));
        Keys::create(&config.keys.file)?;
        return Box::pin(open(config, settings, Unused::Begun)).await;
    }
    let records = Records::new(store.clone(), vault).timed_by_store(clock::of_machine());
    let records = records.in_chain(chain_of(&config.kiosk.desk));
    let now_ms = records.time(clock::now_ms()).await?.now_ms();
    let is_marked = records.keys_fit().await.map_err(|error| key_check(config, error))?;
    if !is_marked && unused == Unused::Refused {
        return Err(ServiceError::Unused);
    }
    match records.check_keys(now_ms).await {
        // Another terminal was as new as this one.
        Err(KeyCheckError::Store(StoreError::Conflict(_))) => {
            records.check_keys(now_ms).await.map_err(|error| key_check(config, error))?;
        }
        checked => checked.map_err(|error| key_check(config, error))?,
    }
    match world::check(config, &records, now_ms).await {
        Err(ServiceError::Store(StoreError::Conflict(_))) => world::check(config, &records, now_ms).await?,
        checked => checked?,
    }
    let records = records.refusing_older_seals();
    Ok(Opened { store: Home::Shared(store), records, unnoted: None })
}
