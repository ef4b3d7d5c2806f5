//! A PostgreSQL server of the tests' own, one a run, with a database for each test that asks. It speaks
//! TLS on the loopback address, with a certificate of the tests' own authority, and it ends and its
//! files go when the tests' process ends, however that ends.

use std::fs::Permissions;
use std::io::{BufRead, BufReader, Write};
use std::ops::Deref;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

use totem::store::postgres::schema::STATEMENTS;

use crate::authority::Authority;

/// The account that PostgreSQL is run by where the tests run as root, which it refuses.
const ACCOUNT: &str = "postgres";
pub const OWNER: &str = "owner";
pub const PASSWORD: &str = "of-the-tests";

/// The server of this run.
pub fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(Cluster::start)
}

pub struct Cluster {
    server: PostgresServer,
    /// Databases that a test is done with, empty again.
    free: Mutex<Vec<String>>,
    /// A database is copied while nobody is connected to its model.
    copying: Mutex<()>,
    made: AtomicU32,
}

impl Cluster {
    fn start() -> Self {
        let server = PostgresServer::start(made());
        server.sql("postgres", "CREATE DATABASE model");
        server.sql("model", STATEMENTS);
        Cluster { server, free: Mutex::default(), copying: Mutex::default(), made: AtomicU32::new(0) }
    }

    /// A database with the tables and nothing in them; its name.
    pub fn database(&self) -> String {
        if let Some(name) = self.free.lock().unwrap().pop() {
            return name;
        }
        let name = format!("office_{}", self.made.fetch_add(1, Ordering::Relaxed));
        let _alone = self.copying.lock().unwrap();
        self.sql("postgres", &format!("CREATE DATABASE {name} TEMPLATE model"));
        name
    }

    /// Empties one for the next test, which takes less than making another.
    pub fn take_back(&self, name: &str) {
        const EMPTY: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                             WHERE datname = current_database() AND pid <> pg_backend_pid(); \
                             TRUNCATE record, link, member, circle, audit_row, seen, document_piece, office; \
                             INSERT INTO office (schema, oldest_program) VALUES (1, 1)";
        self.sql(name, EMPTY);
        self.free.lock().unwrap().push(name.to_string());
    }
}

impl Deref for Cluster {
    type Target = PostgresServer;

    fn deref(&self) -> &PostgresServer {
        &self.server
    }
}

/// A server that runs.
pub struct PostgresServer {
    pub folder: PathBuf,
    pub port: u16,
    /// It ends with the standard input that it has from here.
    _shell: Child,
}

impl PostgresServer {
    /// Serves what lies in this folder.
    pub fn start(folder: PathBuf) -> Self {
        let port = free_port();
        let shell = serve(&programs(), &folder, port, owner());
        PostgresServer { folder, port, _shell: shell }
    }

    /// Runs statements as the owner, past the store; what they answer.
    pub fn sql(&self, database: &str, statements: &str) -> String {
        self.run(database, statements).unwrap_or_else(|error| panic!("{statements}: {error}"))
    }

    /// The same; an error is what is said against them.
    pub fn run(&self, database: &str, statements: &str) -> Result<String, String> {
        let mut psql = Command::new("psql");
        psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", OWNER, "-d", database]);
        psql.arg("-h").arg(self.folder.join("sockets")).args(["-p", &self.port.to_string()]);
        psql.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = psql.spawn().unwrap();
        running.stdin.take().unwrap().write_all(statements.as_bytes()).unwrap();
        let answer = running.wait_with_output().unwrap();
        let said = |bytes| String::from_utf8(bytes).unwrap().trim().to_string();
        if answer.status.success() { Ok(said(answer.stdout)) } else { Err(said(answer.stderr)) }
    }
}

/// A folder with a server's data, and the certificate and the key that it shows.
pub fn made() -> PathBuf {
    let folder = empty();
    let data = folder.join("data");
    let password = folder.join("password");
    std::fs::write(&password, PASSWORD).unwrap();
    give(&password, 0o600);
    let mut initdb = as_owner(&programs().join("initdb"), owner());
    initdb.args(["-U", OWNER, "-A", "scram-sha-256", "--no-sync", "-E", "UTF8", "--locale=C", "--pwfile"]);
    succeed(initdb.arg(&password).arg("-D").arg(&data));
    let authority = Authority::new();
    authority.file(&folder);
    let leaf = authority.vouches_for("127.0.0.1");
    for (name, text) in [("server.crt", &leaf.certificate), ("server.key", &leaf.key)] {
        std::fs::write(data.join(name), text).unwrap();
        give(&data.join(name), 0o600);
    }
    let rules =
        "local all all trust\nlocal replication all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n";
    std::fs::write(data.join("pg_hba.conf"), rules).unwrap();
    folder
}

/// A folder for a server, with nothing in it yet.
pub fn empty() -> PathBuf {
    let folder = tempfile::Builder::new().prefix("totem-postgres-").tempdir().unwrap().keep();
    give(&folder, 0o711);
    for (name, mode) in [("data", 0o700), ("sockets", 0o711)] {
        let path = folder.join(name);
        std::fs::create_dir(&path).unwrap();
        give(&path, mode);
    }
    folder
}

/// To whom the server runs as.
fn give(path: &Path, mode: u32) {
    std::fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    if let Some((user, group)) = owner() {
        chown(path, Some(user), Some(group)).unwrap();
    }
}

/// Where Debian puts the server's programs, the newest first.
pub fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, programs)| programs.join("initdb").exists())
        .collect();
    found.sort();
    found.pop().expect("no PostgreSQL is installed: run ./check, which installs it").1
}

/// Whom the server runs as, if not as whoever runs the tests.
pub fn owner() -> Option<(u32, u32)> {
    if !rustix::process::geteuid().is_root() {
        return None;
    }
    let users = std::fs::read_to_string("/etc/passwd").unwrap();
    let fields = users.lines().map(|line| line.split(':').collect::<Vec<_>>());
    let mut found = fields.filter(|fields| fields[0] == ACCOUNT);
    let fields = found.next().expect("PostgreSQL's own account is missing: run ./check");
    Some((fields[2].parse().unwrap(), fields[3].parse().unwrap()))
}

pub fn as_owner(program: &Path, owner: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    command.current_dir("/");
    if let Some((user, group)) = owner {
        command.uid(user).gid(group);
    }
    command
}

pub fn succeed(command: &mut Command) {
    let done = command.output().unwrap();
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// Nobody else has it now; the server tells if somebody was faster.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A shell starts the server, says when it serves, and waits for the end of what it reads: that comes
/// when this process ends.
fn serve(programs: &Path, folder: &Path, port: u16, owner: Option<(u32, u32)>) -> Child {
    const SCRIPT: &str = r#"
        "$PROGRAMS/pg_ctl" -w -s -D "$FOLDER/data" -l "$FOLDER/data/log" -o "$1" start && echo serving
        cat >/dev/null
        "$PROGRAMS/pg_ctl" -w -s -D "$FOLDER/data" -m immediate stop
        rm -rf "$FOLDER"
    "#;
    let settings = [
        format!("-p {port}"),
        "listen_addresses=127.0.0.1".into(),
        format!("unix_socket_directories={}", folder.join("sockets").display()),
        "ssl=on".into(),
        "fsync=off".into(),
        "max_connections=400".into(),
        "shared_buffers=64MB".into(),
        "max_wal_senders=4".into(),
        "wal_keep_size=64MB".into(),
    ];
    let mut shell = as_owner(Path::new("/bin/sh"), owner);
    shell.env("FOLDER", folder).env("PROGRAMS", programs);
    shell.args(["-c", SCRIPT, "sh", &settings.join(" -c ")]).process_group(0);
    shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut shell = shell.spawn().unwrap();
    let mut said = String::new();
    BufReader::new(shell.stdout.take().unwrap()).read_line(&mut said).unwrap();
    assert_eq!(said, "serving\n", "PostgreSQL does not start: {}/data/log says why", folder.display());
    shell
}
