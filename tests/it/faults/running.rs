//! The real kiosk, whose disk or folder fails while somebody changes their clave. It says what is true,
//! serves nobody any more, and the next start shows what was saved.

use std::fs;
use std::path::Path;

use super::layer::{EIO, Fault, Lasts, environment};
use crate::seat::Seat;

const COMPANY: &str = "50000000-7";
const REPRESENTATIVE: &str = "12345678-5";
pub const OLD: &str = "Horno7+pan";
pub const NEW: &str = "Gx01+vuTo";

/// A kiosk whose calls on its store fail while there is a file of this name.
pub fn kiosk(folder: &Path, armed: &Path, fault: Option<Fault>) -> Seat {
    let mut command = Seat::command(folder);
    for (name, value) in environment(&folder.join("totem-data/store"), &folder.join("tally"), fault) {
        command.env(name, value);
    }
    command.env("FAULTS_WHILE", armed);
    Seat::before(command)
}

/// Up to the letters before the change; the next Enter saves.
pub fn up_to_saving(seat: &mut Seat) {
    seat.sees("F4 Contraste");
    seat.types("\r", "¿Qué necesita hacer?");
    seat.types("3", "CS Actual");
    seat.type_in(&format!("{COMPANY}\r{REPRESENTATIVE}\r{OLD}\r"));
    seat.sees("CS Nueva");
    seat.type_in(&format!("{NEW}\r{NEW}\r"));
    seat.sees("Mayúsculas y espacios dan igual.");
    seat.waits_for("letters", |screen| screen.contents().contains(" · "));
}

/// Which of the two claves opens the account at the next start.
pub fn right_clave(folder: &Path) -> &'static str {
    let mut seat = Seat::kiosk(folder);
    seat.sees("F4 Contraste");
    seat.types("\r", "¿Qué necesita hacer?");
    seat.types("3", "CS Actual");
    seat.type_in(&format!("{COMPANY}\r{REPRESENTATIVE}\r{NEW}\r"));
    seat.reaches_any(&["CS Nueva", "ERROR"]);
    if seat.screen().contents().contains("CS Nueva") { NEW } else { OLD }
}

/// Leaves the page that stands. Nobody can begin again.
fn is_out_of_service(seat: &mut Seat, says: &str) {
    // F10, and yes.
    seat.types("\u{1b}[21~", "Sí, salir");
    seat.types("1", "fuera de servicio");
    assert!(seat.screen().contents().replace('\n', " ").contains(says), "{}", seat.screen().contents());
    seat.type_in("\r3\r");
    seat.falls_silent();
    seat.sees("fuera de servicio");
}

#[test]
fn a_sync_that_fails_leaves_nobody_with_a_lie() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let armed = folder.path().join("armed");
    let fault = Fault { kind: "sync", at: 1, errno: EIO, lasts: Lasts::ForGood };
    let mut seat = kiosk(folder.path(), &armed, Some(fault));
    up_to_saving(&mut seat);
    fs::write(&armed, "").expect("a file");
    seat.type_letters();
    seat.sees("No sabemos si se guardó");
    // The disk is well again, and the kiosk can't tell all the same.
    fs::remove_file(&armed).expect("it is there");
    seat.types("\r", "No sabemos si se guardó");
    seat.falls_silent();
    seat.sees("No sabemos si se guardó");
    is_out_of_service(&mut seat, "el disco no confirmó");
    seat.signal(rustix::process::Signal::TERM);
    assert_eq!(seat.ended(), Ok(143));
    // It was in the journal, and the next start reads it.
    assert_eq!(right_clave(folder.path()), NEW);
}

#[test]
fn a_folder_that_is_deleted_ends_the_service() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut seat = Seat::kiosk(folder.path());
    up_to_saving(&mut seat);
    let data = folder.path().join("totem-data");
    fs::rename(data.join("store"), folder.path().join("put away")).expect("it is renamed");
    seat.type_letters();
    seat.sees("No sabemos si se guardó");
    is_out_of_service(&mut seat, "la carpeta de los datos ya no está en su lugar");
    seat.signal(rustix::process::Signal::TERM);
    assert_eq!(seat.ended(), Ok(143));
    // Put back, it is as it was left.
    let _ = fs::remove_dir_all(data.join("store"));
    fs::rename(folder.path().join("put away"), data.join("store")).expect("it is put back");
    assert_eq!(right_clave(folder.path()), NEW);
}
