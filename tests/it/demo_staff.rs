//! A person who has read only the README plays the staff of a demonstration.

use std::path::Path;
use std::process::Command;

use rustix::process::Signal;

use crate::seat::Seat;

fn demo(folder: &Path, more: &[(&str, &str)]) -> Seat {
    let mut command = Seat::command(folder);
    command.arg("demo");
    command.env("TMPDIR", folder);
    more.iter().for_each(|(name, value)| command.env(name, value));
    let mut seat = Seat::before(command);
    seat.sees("Pulse Enter para comenzar");
    seat
}

/// What `totem demo --staff` prints in another terminal, and its exit code.
fn told(folder: &Path) -> (String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_totem"));
    let ran = command.args(["demo", "--staff"]).env("TMPDIR", folder).output().expect("it runs");
    (String::from_utf8(ran.stdout).expect("text"), ran.status.code())
}

#[test]
fn staff_of_a_demonstration_sign_in_with_what_the_other_terminal_says() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert_eq!(told(folder.path()), (String::new(), Some(1)), "no demonstration yet");
    let mut seat = demo(folder.path(), &[]);
    // The accounts exist once the store is open; a page that needs the store shows when it is.
    seat.types("\r2", "¿Cuál es el RUT de la empresa?");
    seat.types("50000000-7\r", "NOMBRE DE MI MASCOTA");
    seat.types("\x1b[21~", "¿Terminar y borrar?");
    seat.types("1", "Pulse Enter para comenzar");
    let (said, code) = told(folder.path());
    assert_eq!(code, Some(0), "{said}");
    let lines: Vec<Vec<&str>> = said.lines().map(|line| line.split_whitespace().collect()).collect();
    assert!(said.contains("otpauth://totp/Totem:Rosa?secret="), "{said}");
    for (name, role) in [("Rosa", "approver"), ("Eva", "approver"), ("Marta", "manager")] {
        let line = lines.iter().find(|words| words.first() == Some(&name)).expect("the account");
        assert_eq!(line[1], role);
        let (password, code) = (line[2], line[3]);
        seat.types("\x1b[24~", "Código del teléfono");
        seat.types(&format!("{name}\r{password}\r{code}\r"), "Salir");
        seat.types("\x1b[21~", "Pulse Enter para comenzar");
    }
    seat.signal(Signal::TERM);
    assert_eq!(seat.ended(), Ok(143));
    assert_eq!(told(folder.path()), (String::new(), Some(1)), "it is gone with its accounts");
}

/// A store that stays gets no account, however the demonstration came to use it (S18).
#[test]
fn a_store_that_stays_gets_no_account() {
    let (folder, kept) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let store = kept.path().join("store");
    let store = store.to_str().expect("a name in UTF-8");
    let mut seat = demo(folder.path(), &[("TOTEM__STORE__FOLDER", store)]);
    seat.types("\r2", "¿Cuál es el RUT de la empresa?");
    seat.types("50000000-7\r", "NOMBRE DE MI MASCOTA");
    assert_eq!(told(folder.path()), (String::new(), Some(1)));
    seat.signal(Signal::TERM);
    assert_eq!(seat.ended(), Ok(143));
}
