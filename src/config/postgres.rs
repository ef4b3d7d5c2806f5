//! `[postgres]`: the store that several terminals share. `config.toml` says what each setting means.

use std::path::PathBuf;

use super::environment::Environment;
use super::reader::Reader;
use crate::domain::clean::Clean;
use crate::vault::SecretFile;

/// PostgreSQL's own port.
const PORT: u16 = 5432;
const MOST_HOSTS: usize = 8;

/// Where the records lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreKind {
    /// Embedded: an office of one terminal.
    Sled,
    /// Shared by the office's terminals.
    Postgres(Postgres),
}

impl StoreKind {
    /// `None` is accompanied by a fault.
    pub(super) fn read(from: &mut Reader, environment: &Environment) -> Option<Self> {
        let is_shared = from.choice("store.kind", &[("sled", false), ("postgres", true)]);
        // Always read, so that errors are reported before it is chosen.
        let postgres = Postgres::read(from, environment, is_shared);
        if is_shared { postgres.map(StoreKind::Postgres) } else { Some(StoreKind::Sled) }
    }
}

/// Where the office's database is, and who this terminal is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Postgres {
    /// Each server that may be the primary, in the order in which they are asked; at least one.
    pub hosts: Vec<Host>,
    /// The database's name.
    pub database: String,
    /// The terminal's login role.
    pub user: String,
    /// Its password, if it has one.
    pub password: Option<SecretFile>,
    /// Trust only the authorities in this PEM file; `None` for the system's.
    pub authorities: Option<PathBuf>,
}

/// A server's name, which its certificate must bear, and its port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// A name or an address.
    pub name: String,
    /// The TCP port.
    pub port: u16,
}

impl Postgres {
    /// If it is chosen, `None` is accompanied by a fault.
    fn read(from: &mut Reader, environment: &Environment, is_chosen: bool) -> Option<Self> {
        let listed = from.list("postgres.hosts");
        let database = from.text("postgres.database", 1..=63).to_string();
        let user = from.text("postgres.user", 1..=63).to_string();
        let password =
            from.secret_file("postgres.password_file", "postgres.password_credential", environment);
        let authorities = from.optional_path("postgres.authorities_file");
        let hosts: Option<Vec<Host>> = listed.iter().map(read_host).collect();
        if !is_chosen {
            return None;
        }
        match hosts {
            Some(hosts) if (1..=MOST_HOSTS).contains(&hosts.len()) => {
                Some(Postgres { hosts, database, user, password, authorities })
            }
            _ => {
                let remedy = "Name 1 to 8 servers, such as [\"db1.example.cl\", \"db2.example.cl:5433\"].";
                from.fault("postgres.hosts", remedy);
                None
            }
        }
    }
}

/// `name` or `name:port`; an IPv6 address stands in brackets.
fn read_host(text: &Clean) -> Option<Host> {
    let text = text.as_str();
    let (name, port) = match text.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, port.parse().ok()?),
        _ => (text, PORT),
    };
    let name = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    let is_name = |symbol: char| symbol.is_ascii_alphanumeric() || ".-:".contains(symbol);
    let is_sound = !name.is_empty() && name.len() <= 253 && port != 0 && name.chars().all(is_name);
    is_sound.then(|| Host { name: name.to_string(), port })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_with_and_without_a_port() {
        let host = |name: &str, port| Some(Host { name: name.into(), port });
        for (text, expected) in [
            ("db1.example.cl", host("db1.example.cl", 5432)),
            ("10.0.0.7:6432", host("10.0.0.7", 6432)),
            ("[::1]", host("::1", 5432)),
            ("[::1]:7", host("::1", 7)),
            ("", None),
            ("db1:", None),
            ("db1:0", None),
            ("db1:99999", None),
            ("db1 db2", None),
            ("user@db1", None),
        ] {
            assert_eq!(read_host(&Clean::new(text)), expected, "{text}");
        }
    }
}
