//! The real program as somebody who tries it meets it: `totem demo` lets a browser on the same
//! machine send a file.

use rustix::process::Signal;

use crate::booth::Phone;
use crate::facilitator::files::jpg;
use crate::seat::Seat;

/// The address beside its bar, on one line or broken over two.
fn address_on(screen: &str) -> String {
    let behind_bars = screen.lines().filter_map(|line| line.trim_start().strip_prefix("█ "));
    let address: String = behind_bars.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(address.starts_with("http://127.0.0.1:"), "no address on:\n{screen}");
    address
}

#[test]
fn the_demo_takes_a_file_from_a_browser_of_this_machine() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Seat::command(folder.path());
    command.arg("demo");
    command.env("TERM", "xterm-256color");
    command.env("LC_ALL", "C.UTF-8");
    let mut seat = Seat::before(command);
    seat.sees("F4 Contraste");
    seat.types("\r", "¿Qué necesita hacer?");
    seat.types("4", "Estado de mi solicitud");
    seat.types("1", "Rut Empresa *");
    seat.type_in("50000000-7\r12345678-5\rHorno7+pan\r");
    seat.sees("Mayúsculas y espacios dan igual.");
    seat.type_letters();
    seat.sees("¿Tiene la declaración jurada firmada?");
    seat.types("1", "Subir desde el teléfono");
    seat.types("1", "Esperamos su teléfono.");
    let screen = seat.screen().contents();
    assert!(screen.contains('▀'), "a terminal that has half blocks gets its QR:\n{screen}");
    let mut phone = Phone::at(&address_on(&screen));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    assert_eq!(runtime.block_on(phone.opens()).status, 200);
    seat.sees("Teléfono conectado");
    let came = runtime.block_on(phone.uploads("firmada.jpg", &jpg(60)));
    assert_eq!(came.status, 200, "{came:?}");
    seat.sees("¿Es este el archivo?");
    seat.sees("60 × 60");
    seat.types("1", "¿Con qué documento se identifica el facilitador?");
    let came = runtime.block_on(phone.asks("GET"));
    assert_eq!(came.status, 410);
    seat.signal(Signal::TERM);
    assert_eq!(seat.ended(), Ok(143));
    assert!(!seat.left_behind().contains("http://"), "the address is wiped with the rest");
}
