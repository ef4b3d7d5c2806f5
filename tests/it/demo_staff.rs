//! A person who has read only the README plays the staff of the invented world, whichever way the
//! kiosk was started.

use std::path::Path;
use std::process::Command;

use portable_pty::CommandBuilder;
use rustix::process::Signal;

use crate::cli_support::Place;
use crate::seat::Seat;

fn demo(folder: &Path, more: &[(&str, &str)]) -> Seat {
    let mut command = Seat::command(folder);
    command.arg("demo");
    command.env("TMPDIR", folder);
    more.iter().for_each(|(name, value)| command.env(name, value));
    opened(command)
}

/// A kiosk whose store is open: a page that needs it shows.
fn opened(command: CommandBuilder) -> Seat {
    let mut seat = Seat::before(command);
    seat.sees("Pulse Enter para comenzar");
    seat.types("\r2", "Tengo la respuesta");
    seat.types("1", "¿Cuál es el RUT de la empresa?");
    seat.types("50000000-7\r", "NOMBRE DE MI MASCOTA");
    seat.types("\x1b[21~", "¿Quiere salir?");
    seat.types("1", "Pulse Enter para comenzar");
    seat
}

/// What `totem demo --staff` prints in another terminal, and its exit code.
fn told(folder: &Path) -> (String, Option<i32>) {
    let mut command = Command::new(crate::program::program());
    command.args(["demo", "--staff"]).current_dir(folder).env("TMPDIR", folder);
    let ran = command.output().expect("it runs");
    (String::from_utf8(ran.stdout).expect("text"), ran.status.code())
}

/// All of them sign in at the staff desk, one after the other, with what was printed.
fn all_sign_in(seat: &mut Seat, said: &str) {
    let lines: Vec<Vec<&str>> = said.lines().map(|line| line.split_whitespace().collect()).collect();
    assert!(said.contains("otpauth://totp/Totem:Rosa?secret="), "{said}");
    for (name, role) in [("Rosa", "approver"), ("Eva", "approver"), ("Marta", "manager")] {
        let line = lines.iter().find(|words| words.first() == Some(&name)).expect("the account");
        assert_eq!(line[1], role);
        let (password, code) = (line[2], line[3]);
        seat.types("\x1b[24~", "Código del teléfono");
        seat.types(&format!("{name}\r{password}\r{code}\r"), "Cerrar mi sesión");
        seat.types("\x1b[21~", "Pulse Enter para comenzar");
    }
}

#[test]
fn staff_of_a_demonstration_sign_in_with_what_the_other_terminal_says() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert_eq!(told(folder.path()), (String::new(), Some(1)), "no demonstration yet");
    let mut seat = demo(folder.path(), &[]);
    let (said, code) = told(folder.path());
    assert_eq!(code, Some(0), "{said}");
    all_sign_in(&mut seat, &said);
    seat.signal(Signal::TERM);
    assert_eq!(seat.ended(), Ok(143));
    assert_eq!(told(folder.path()), (String::new(), Some(1)), "it is gone with its accounts");
}

/// A demonstration that was killed has no staff any more, and the next one clears up after it.
#[test]
fn a_killed_demonstration_is_known_and_its_folder_goes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let demos = || {
        let entries = std::fs::read_dir(folder.path()).expect("the folder").flatten();
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        names.filter(|name| name.starts_with("totem-demo-")).collect::<Vec<_>>()
    };
    let mut seat = demo(folder.path(), &[]);
    let killed = demos();
    assert_eq!(killed.len(), 1);
    seat.signal(Signal::KILL);
    assert_eq!(seat.ended_as_it_was(), Err("Killed".to_string()));
    assert_eq!(told(folder.path()), (String::new(), Some(1)));
    let mut seat = demo(folder.path(), &[]);
    let (now, (_, code)) = (demos(), told(folder.path()));
    assert_eq!((now.len(), code), (1, Some(0)));
    assert_ne!(now, killed);
    seat.signal(Signal::TERM);
    assert_eq!(seat.ended(), Ok(143));
    assert_eq!(demos(), Vec::<String>::new());
}

#[test]
fn so_do_those_of_a_kiosk_that_was_started_with_nothing_set() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut seat = opened(Seat::command(folder.path()));
    let (said, code) = told(folder.path());
    assert_eq!(code, Some(0), "{said}");
    all_sign_in(&mut seat, &said);
    seat.signal(Signal::TERM);
    assert_eq!(seat.ended(), Ok(143));
    let word =
        |said: &str| said.lines().nth(1).and_then(|line| line.split_whitespace().nth(2)).map(String::from);
    assert_eq!(word(&told(folder.path()).0), word(&said), "they keep their password");
}

/// Beside real registers there is nobody whom the program itself could name (S18).
#[test]
fn beside_real_registers_there_are_none() {
    let place = Place::new();
    std::fs::write(
        place.path("config.toml"),
        "[registry]\ncompanies = \"register\"\nrepresentatives = \"register\"\ncards = \"register\"\n",
    )
    .expect("a file");
    place.kiosk().stop();
    place.totem(&["demo", "--staff"]).refused(1, "no demonstration of yours is running");
    assert!(place.totem(&["staff", "list"]).done().out.starts_with("There is no account"));
}
