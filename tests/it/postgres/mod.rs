//! The store on PostgreSQL: what only it has to do. That it does what every store does is the suites'.

mod cluster;
mod elsewhere;
mod failover;
mod kiosks;
mod lines;
mod relay;
mod tables;
mod terminals;

use std::path::Path;
use std::time::Duration;

use tokio_postgres::config::SslMode;
use tokio_postgres_rustls::MakeRustlsConnect;
use totem::store::postgres::{DatabaseServer, DatabaseWaits, PostgresStore};

use crate::support::chain;
pub use elsewhere::elsewhere;

use cluster::{OWNER, PASSWORD, cluster};

/// A database of one test's own.
pub struct Office {
    pub database: String,
}

impl Office {
    pub fn new() -> Self {
        Office { database: cluster().database() }
    }

    /// Where it is, through TLS.
    pub fn server(&self) -> DatabaseServer {
        self.server_at(cluster().port)
    }

    /// The same through a relay at this port.
    pub fn server_at(&self, port: u16) -> DatabaseServer {
        let mut config = tokio_postgres::Config::new();
        config.host("127.0.0.1").port(port).dbname(&self.database).user(OWNER).password(PASSWORD);
        trusting(config, &cluster().folder.join("authority.pem"))
    }

    /// One terminal's way to it.
    pub fn store(&self) -> PostgresStore {
        PostgresStore::new(self.server(), chain())
    }

    /// What the database says against these.
    pub fn sql_refused(&self, statements: &str) -> String {
        cluster().run(&self.database, statements).expect_err("it is refused")
    }

    /// How many connections to it are open.
    pub fn sessions(&self) -> u64 {
        let count = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
                     AND pid <> pg_backend_pid()";
        self.sql(count).parse().unwrap()
    }

    /// Statements past the store.
    pub fn sql(&self, statements: &str) -> String {
        cluster().sql(&self.database, statements)
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            cluster().take_back(&self.database);
        }
    }
}

/// Through TLS, with an authority of the tests' own.
fn trusting(mut config: tokio_postgres::Config, authority: &Path) -> DatabaseServer {
    config.ssl_mode(SslMode::Require);
    let waits = DatabaseWaits { answer: Duration::from_secs(5), ..DatabaseWaits::default() };
    let tls = MakeRustlsConnect::new(totem::http::client_tls(Some(authority), None).unwrap());
    DatabaseServer { config, tls, waits }
}
