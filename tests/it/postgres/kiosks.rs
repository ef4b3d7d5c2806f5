//! Two kiosks in two pseudo-terminals on one database.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use rustix::process::Signal;
use tempfile::TempDir;

use super::Office;
use super::cluster::{OWNER, PASSWORD, cluster};
use super::relay::{Line, Relay};
use crate::pty::{QUESTION, assert_wiped, recovers, registers};
use crate::seat::Seat;

/// A terminal's folder, with settings that lead to the database at this port.
pub fn terminal(office: &Office, name: &str, port: u16) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let settings = format!(
        "[kiosk]\ndesk = \"{name}\"\n[store]\nkind = \"postgres\"\n[postgres]\nhosts = [\"127.0.0.1:{port}\"]\n\
         database = \"{}\"\nuser = \"{OWNER}\"\nauthorities_file = \"{}\"\n",
        office.database,
        cluster().folder.join("authority.pem").display(),
    );
    std::fs::write(folder.path().join("config.toml"), settings).unwrap();
    secret(&folder.path().join("postgres.password"), PASSWORD.as_bytes());
    folder
}

fn secret(file: &Path, bytes: &[u8]) {
    std::fs::write(file, bytes).unwrap();
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).unwrap();
}

/// What an operator does with the first terminal's key.
fn brings_key(from: &TempDir, to: &TempDir) {
    secret(&to.path().join("totem.key"), &std::fs::read(from.path().join("totem.key")).unwrap());
}

/// A kiosk that shows its first page.
fn serving(folder: &TempDir) -> Seat {
    let mut seat = Seat::kiosk(folder.path());
    seat.sees("F4 Contraste");
    seat
}

/// The first kiosk of an office, once it has begun to work with the database.
fn beginning(office: &Office, folder: &TempDir) -> Seat {
    let mut seat = serving(folder);
    while rows(office) == 0 {
        seat.pauses(Duration::from_millis(20));
    }
    seat
}

/// Of all audit chains.
fn rows(office: &Office) -> u64 {
    office.sql("SELECT count(*) FROM audit_row").parse().unwrap()
}

/// A company that registers at one exists at the other, also when the first is switched off.
#[test]
fn what_is_registered_at_one_is_recovered_at_the_other() {
    let office = Office::new();
    let [one, other] = ["Puesto 01", "Puesto 02"].map(|name| terminal(&office, name, cluster().port));
    let mut first = beginning(&office, &one);
    brings_key(&one, &other);
    let mut second = serving(&other);
    registers(&mut first, &[one.path(), other.path()]);
    first.signal(Signal::KILL);
    recovers(&mut second);
    second.signal(Signal::TERM);
    assert_eq!(second.ended(), Ok(143));
    assert_wiped(&mut second);
    let terminals = office.sql("SELECT count(DISTINCT chain) FROM audit_row");
    assert_eq!(terminals, "2", "each wrote to a chain of its own");
}

/// What operators look into while kiosks run, and what is the database's own work there.
#[test]
fn commands_work_beside_the_kiosks() {
    let office = Office::new();
    let folder = terminal(&office, "Puesto 01", cluster().port);
    let mut seat = beginning(&office, &folder);
    registers(&mut seat, &[folder.path()]);
    let totem = |words: &str| {
        let mut command = Command::new(crate::program::program());
        command.args(words.split(' ')).current_dir(folder.path());
        for (key, value) in [("MEMORY_KIB", "8"), ("PASSES", "1"), ("LANES", "1"), ("ALLOW_WEAK", "true")] {
            command.env(format!("TOTEM__HASH__{key}"), value);
        }
        let done = command.output().unwrap();
        let said = String::from_utf8([done.stdout, done.stderr].concat()).unwrap();
        (done.status.code(), said)
    };
    for (words, says) in [
        ("audit verify", "The chains hold"),
        ("outbox list", "outlook"),
        ("data show 99.999.999-9 --reason asked", "Pasaje"),
        ("figures", "Puesto 01"),
        ("dispute list", "No settlement is under way"),
        ("clock show", "They agree."),
    ] {
        let (code, said) = totem(words);
        assert!(code == Some(0) && said.contains(says), "{words}: {code:?} {said}");
    }
    for words in ["backup", "compact", "key rotate", "store new --reason x"] {
        let (code, said) = totem(words);
        assert!(code == Some(1) && said.contains("database"), "{words}: {code:?} {said}");
    }
    let (_, said) = totem("doctor");
    assert!(said.contains("the office's database answers, schema 1, the key fits"), "{said}");
    seat.signal(Signal::TERM);
    assert_eq!(seat.ended(), Ok(143));
}

/// After a power cut all terminals of an office start at once, the very first time too.
#[test]
fn kiosks_that_start_at_once_all_serve() {
    let before = Office::new();
    let first = terminal(&before, "Puesto 00", cluster().port);
    let mut seat = beginning(&before, &first);
    seat.signal(Signal::TERM);
    assert_eq!(seat.ended(), Ok(143));
    let office = Office::new();
    let folders = ["Puesto 01", "Puesto 02", "Puesto 03"].map(|name| terminal(&office, name, cluster().port));
    folders.iter().for_each(|folder| brings_key(&first, folder));
    let mut seats: Vec<Seat> = folders.iter().map(|folder| Seat::kiosk(folder.path())).collect();
    for seat in &mut seats {
        seat.sees("F4 Contraste");
        seat.types("\r", "¿Qué necesita hacer?");
        seat.types("1", "Validar");
        seat.types("99999999-9\r", "Respuesta Secreta");
    }
    for seat in &mut seats {
        seat.signal(Signal::TERM);
        assert_eq!(seat.ended(), Ok(143));
    }
}

/// Without the office's key a terminal makes none, and changes nothing.
#[test]
fn a_terminal_without_the_offices_key_is_refused() {
    let office = Office::new();
    let [one, other] = ["Puesto 01", "Puesto 02"].map(|name| terminal(&office, name, cluster().port));
    let mut first = beginning(&office, &one);
    let before = rows(&office);
    let mut second = Seat::kiosk(other.path());
    second.sees("bring the key file of a terminal that works with it");
    assert!(!other.path().join("totem.key").exists());
    assert_eq!(rows(&office), before);
    first.signal(Signal::TERM);
    assert_eq!(first.ended(), Ok(143));
}

/// A cable that is pulled in the middle of a visit loses nothing that was typed.
#[test]
fn a_cable_that_is_pulled_loses_nothing() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let relay = runtime.block_on(Relay::to(cluster().port));
    let port = relay.port;
    std::thread::spawn(move || runtime.block_on(std::future::pending::<()>()));
    let office = Office::new();
    let one = terminal(&office, "Puesto 01", cluster().port);
    let other = terminal(&office, "Puesto 02", port);
    let mut first = beginning(&office, &one);
    brings_key(&one, &other);
    let mut second = serving(&other);
    registers(&mut first, &[one.path(), other.path()]);
    second.types("\r", "¿Qué necesita hacer?");
    second.types("2", "Tengo la respuesta");
    second.types("1", "Validar");
    relay.set(Line::Down);
    second.types("99999999-9\r", "El sistema central no responde");
    second.types("\r", "El sistema central no responde");
    relay.set(Line::Whole);
    second.types("\r", QUESTION);
    for seat in [&mut first, &mut second] {
        seat.signal(Signal::TERM);
        assert_eq!(seat.ended(), Ok(143));
        assert_wiped(seat);
    }
}
