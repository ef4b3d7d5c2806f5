//! The real program on a pseudo-terminal: what a person meets, and what is left of them however it
//! ends.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use tempfile::TempDir;

use crate::pty_child::{Part, holder, play};
use crate::seat::Seat;

/// What the person in these tests types; none of it may be left anywhere.
pub const COMPANY: &str = "99.999.999-9";
const ANSWER: &str = "Escarabajo celeste";
/// The last that stands typed, in sight.
pub const STREET: &str = "Pasaje Los Ciruelos";
const EMAIL: &str = "ana@ejemplo.cl";
const CLAVE: &str = "Zk7mQp2wXr";
pub const QUESTION: &str = "MARCA DE MI PRIMER AUTO O BICICLETA";

pub fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// A kiosk that shows its first page.
pub fn kiosk(folder: &TempDir) -> Seat {
    let mut seat = Seat::kiosk(folder.path());
    seat.sees("F4 Contraste");
    seat
}

/// A kiosk at which somebody began to register.
pub fn begun(folder: &TempDir) -> Seat {
    let mut seat = kiosk(folder);
    begins(&mut seat);
    seat
}

/// Somebody begins to register at this kiosk.
fn begins(seat: &mut Seat) {
    seat.types("\r", "¿Qué necesita hacer?");
    seat.types("1", "Validar");
    seat.types("99999999-9\r", "Respuesta Secreta");
    seat.types("4", "(•) 4");
    seat.types(ANSWER, &"•".repeat(ANSWER.len()));
    seat.types("\r", "Comuna *");
    seat.types("santiago\r", "Santiago");
    seat.types(STREET, STREET);
}

/// Somebody registers, and types the code that comes to one of these kiosks' mailboxes.
pub fn registers(seat: &mut Seat, folders: &[&Path]) {
    begins(seat);
    seat.types("\r123\r\r\r", "Fax *");
    seat.types(&format!("{EMAIL}\r223456789\r\t \r"), "Rut *");
    seat.types("11111111-1\r", "Número de serie");
    seat.types("B1C234567\r", "Celular *");
    seat.types(&format!("912345678\r{EMAIL}\r"), "Repetir Clave CS *");
    seat.type_in(&format!("{CLAVE}\r{CLAVE}\r"));
    pass_letters(seat);
    seat.sees("Revise cada línea");
    seat.types("\r", "> [ Crear Cuenta ]");
    seat.types("\r", "solicitud quedó guardada");
    let code = code_mailed(folders);
    seat.types(&format!("{code}\r"), "La cuenta está creada");
}

/// Who registered recovers the clave by the answer, up to the receipt.
pub fn recovers(seat: &mut Seat) {
    seat.types("\r", "¿Qué necesita hacer?");
    seat.types("2", "Tengo la respuesta");
    seat.types("1", "Validar");
    seat.types("99999999-9\r", QUESTION);
    seat.type_in(&format!("{ANSWER}\r"));
    pass_letters(seat);
    seat.sees("Éxito");
}

/// The code in the only mail that these kiosks have sent, once it is there.
fn code_mailed(folders: &[&Path]) -> String {
    let until = Instant::now() + Duration::from_secs(30);
    loop {
        let mails = folders.iter().map(|folder| folder.join("totem-data/mail/new"));
        let files = mails.flat_map(|mails| std::fs::read_dir(mails).into_iter().flatten().flatten());
        let texts = files.filter_map(|file| std::fs::read_to_string(file.path()).ok());
        let is_code = |line: &str| line.len() == 8 && line.bytes().all(|byte| byte.is_ascii_digit());
        let code =
            texts.flat_map(|text| text.lines().map(|line| line.trim().to_string()).collect::<Vec<_>>());
        if let Some(code) = code.into_iter().find(|line| is_code(line)) {
            return code;
        }
        assert!(Instant::now() < until, "no mail came");
        std::thread::yield_now();
    }
}

fn pass_letters(seat: &mut Seat) {
    seat.sees("Mayúsculas y espacios dan igual.");
    seat.type_letters();
}

/// Nothing of a visit can be read any more, on the screen or in the scroll-back.
pub fn assert_wiped(seat: &mut Seat) {
    let left = seat.left_behind();
    for typed in [COMPANY, "99999999", ANSWER, STREET, EMAIL, CLAVE, QUESTION, "the operator"] {
        assert!(!left.contains(typed), "{typed:?} is left behind:\n{left}");
    }
    let screen = seat.screen();
    assert!(!screen.alternate_screen() && !screen.hide_cursor());
    assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    assert_eq!(seat.screen().scrollback_len(), 0, "the scroll-back was not purged");
}

#[test]
fn a_registration_that_was_confirmed_survives_a_kill() {
    let folder = folder();
    let mut seat = kiosk(&folder);
    registers(&mut seat, &[folder.path()]);
    seat.sees("Demostración: el SMS está en");
    seat.signal(Signal::KILL);
    assert_eq!(seat.ended_as_it_was(), Err("Killed".to_string()));
    assert!(!seat.written().contains(CLAVE), "a key was shown");

    let mut seat = kiosk(&folder);
    recovers(&mut seat);
    seat.signal(Signal::TERM);
    assert_eq!(seat.ended(), Ok(143));
    assert_wiped(&mut seat);
}

#[test]
fn control_keys_do_nothing_and_draw_nothing() {
    let folder = folder();
    let mut seat = begun(&folder);
    let before = seat.written().len();
    seat.types("\x03\x1a\x1c\x11\x13\x04\x0f\x16s", &format!("{STREET}s"));
    let drawn = seat.written().split_off(before);
    assert!(drawn.len() <= 60, "{drawn:?}");
    seat.signal(Signal::INT);
    assert_eq!(seat.ended(), Ok(130));
    assert_wiped(&mut seat);
}

#[test]
fn each_signal_ends_it_wiped_or_is_ignored() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::HUP, 129)] {
        let folder = folder();
        let mut seat = begun(&folder);
        assert!(seat.screen().alternate_screen() && !seat.screen().bracketed_paste());
        assert_ne!(seat.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        seat.signal(Signal::TSTP);
        seat.signal(Signal::QUIT);
        seat.types("!", &format!("{STREET}!"));
        seat.signal(signal);
        assert_eq!(seat.ended(), Ok(code), "{signal:?}");
        assert_wiped(&mut seat);
    }
}

#[test]
fn who_leaves_leaves_nothing() {
    let folder = folder();
    let mut seat = begun(&folder);
    seat.types("\x1b[21~", "¿Quiere salir?");
    seat.types("1", "Pulse Enter para comenzar");
    let left = seat.left_behind();
    assert!(!left.contains(COMPANY) && !left.contains(STREET), "{left}");
    assert_eq!(seat.screen().scrollback_len(), 0);
    assert!(!seat.written().contains("\x1b[6n"), "it asked the terminal, and its answer is a key");
    seat.types("\r", "¿Qué necesita hacer?");
}

#[test]
fn a_terminal_that_is_gone_ends_it() {
    for part in [Part::HoldTerminal, Part::HoldTerminalWithoutSignals] {
        let folder = folder();
        let (mut holder, kiosk) = holder(part, folder.path());
        holder.kill().and_then(|()| holder.wait()).expect("it is our child");
        let deadline = Instant::now() + Duration::from_secs(60);
        while runs(&kiosk) {
            assert!(Instant::now() < deadline, "the kiosk goes on without a terminal");
            std::thread::yield_now();
        }
    }
}

/// Whether a process is running, and not only a zombie.
fn runs(pid: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = stat.rsplit(')').next().and_then(|rest| rest.trim().chars().next());
    state.is_some_and(|state| !"ZX".contains(state))
}

#[test]
fn a_panic_wipes_and_tells_nothing_about_anybody() {
    for (part, code) in [(Part::PanicOnScreen, 101), (Part::PanicWhileOpening, 0)] {
        let folder = folder();
        let mut seat = play(part, folder.path());
        assert_eq!(seat.ended(), Ok(code), "{}", seat.written());
        assert_wiped(&mut seat);
        assert!(seat.written().contains("Comenzar"), "it had a page to wipe");
        assert!(!seat.written().contains(COMPANY), "{}", seat.written());
    }
}

#[test]
fn a_panic_behind_the_screen_is_a_page_with_a_way_out() {
    let folder = folder();
    let mut seat = play(Part::PanicBehindScreen, folder.path());
    seat.sees("F4 Contraste");
    seat.types("\r", "¿Qué necesita hacer?");
    seat.types("1", "Validar");
    seat.types("99999999-9\r", "No podemos guardar ahora");
    assert!(seat.screen().alternate_screen());
    seat.types("\x1b", COMPANY);
    seat.signal(Signal::TERM);
    assert_eq!(seat.ended(), Ok(0));
    assert_wiped(&mut seat);
}

/// Whoever needs a clave needs no log.
#[test]
fn without_a_log_it_serves_and_says_so_at_its_end() {
    let folder = folder();
    std::fs::create_dir(folder.path().join("totem-data")).expect("a new folder");
    std::fs::write(folder.path().join("totem-data/log"), "in the way").expect("a new file");
    let mut seat = Seat::kiosk(folder.path());
    seat.sees("F4 Contraste");
    seat.types("\r", "¿Qué necesita hacer?");
    seat.types("1", "Validar");
    seat.types("50000000-7\r", "Panadería");
    seat.signal(Signal::TERM);
    assert_eq!(seat.ended(), Ok(143));
    assert!(seat.written().contains("totem: the log can't be written to"), "{}", seat.written());
    let screen = seat.screen();
    assert!(!screen.alternate_screen() && !screen.hide_cursor());
}

#[test]
fn without_a_terminal_it_refuses_in_a_sentence() {
    let folder = folder();
    let mut command = Command::new(crate::program::program());
    let output = command.current_dir(folder.path()).stdin(Stdio::null()).output().expect("it starts");
    let says = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{says}");
    assert!(says.starts_with("totem: the kiosk needs a terminal") && says.lines().count() == 1, "{says}");
    assert!(output.stdout.is_empty());
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0, "it left something");
}

#[test]
fn a_window_may_be_made_too_small_and_large_again() {
    let folder = folder();
    let mut seat = begun(&folder);
    seat.resize(39, 19);
    seat.sees("Agrande la ventana");
    seat.resize(1, 1);
    seat.resize(120, 33);
    seat.sees(STREET);
    for step in 0..200 {
        seat.resize(40 + step % 90, 20 + step % 30);
    }
    seat.resize(100, 30);
    seat.waits_for("a whole page", |screen| {
        let rows: Vec<String> = screen.rows(0, 100).collect();
        rows[0].contains("Puesto 01") && rows[29].contains("F10") && screen.contents().contains(STREET)
    });
    seat.types("?", &format!("{STREET}?"));
}

/// However often *AvPág* is pressed at the end of a page, the first *RePág* turns back.
#[test]
fn a_page_is_turned_no_further_than_it_goes() {
    let folder = folder();
    let mut seat = begun(&folder);
    let (on, back) = ("\x1b[6~".repeat(9), "\x1b[5~".repeat(9));
    seat.resize(40, 20);
    seat.sees("RePág");
    seat.type_in(&back);
    seat.waits_for("the beginning", |screen| {
        !screen.contents().contains("RePág") && screen.contents().contains("AvPág")
    });
    seat.type_in(&on);
    seat.waits_for("the end", |screen| {
        !screen.contents().contains("AvPág") && screen.contents().contains("RePág")
    });
    seat.types(&format!("{on}\x1b[5~"), "AvPág");
    seat.type_in(&back);
    seat.waits_for("the beginning", |screen| !screen.contents().contains("RePág"));
    seat.types(&format!("{back}\x1b[6~"), "RePág");
}

/// The program restores everything that others changed on the terminal while it was stopped.
#[test]
fn stopped_and_continued_it_takes_the_terminal_again_whole() {
    let folder = folder();
    let mut seat = begun(&folder);
    seat.signal(Signal::STOP);
    seat.scribbles(b"\x1b[?1049l\x1b[?2004h\x1b[?1000l\x1b[2J\x1b[H\x1b[41m$ a shell");
    assert!(!seat.screen().contents().contains(STREET));
    seat.signal(Signal::CONT);
    seat.waits_for("a whole page", |screen| {
        let rows: Vec<String> = screen.rows(0, 100).collect();
        rows[0].contains("Puesto 01") && rows[29].contains("F10") && screen.contents().contains(STREET)
    });
    let screen = seat.screen();
    assert!(screen.alternate_screen() && !screen.bracketed_paste() && !screen.contents().contains("a shell"));
    assert_ne!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    // Without raw mode no key would arrive before the end of a line.
    seat.types("?", &format!("{STREET}?"));
    seat.signal(Signal::TERM);
    assert_eq!(seat.ended(), Ok(143));
    assert_wiped(&mut seat);
}

/// The kernel writes where the cursor stands, and scrolls what is above. Nobody tells the program.
#[test]
fn lines_of_the_kernel_are_gone_with_the_next_page() {
    let folder = folder();
    let mut seat = begun(&folder);
    let line = "[ 8123.456789] usb 1-1: new high-speed USB device number 7 using xhci_hcd\r\n";
    seat.writes_over(line.repeat(12).as_bytes());
    assert!(seat.screen().contents().contains("xhci_hcd"));
    seat.types("\r\t\t\x1b", "Comuna *");
    seat.types("\x1b", "Respuesta Secreta");
    seat.waits_for("a whole page", |screen| {
        let rows: Vec<String> = screen.rows(0, 100).collect();
        rows[0].contains("Puesto 01") && rows[29].contains("F10") && !screen.contents().contains("xhci_hcd")
    });
    seat.signal(Signal::TERM);
    assert_eq!(seat.ended(), Ok(143));
}

/// A terminal that was left with its keypad in application mode: a console's minus would be F4.
#[test]
fn the_keypad_is_made_a_usual_one() {
    let folder = folder();
    let mut command = Seat::command(folder.path());
    command.env("TERM", "linux");
    let mut seat = Seat::before(command);
    seat.sees("F4 Contraste");
    assert!(!seat.screen().application_keypad() && !seat.screen().application_cursor());
    seat.scribbles(b"\x1b=\x1b[?1h");
    assert!(seat.screen().application_keypad());
    seat.signal(Signal::STOP);
    seat.signal(Signal::CONT);
    seat.waits_for("the usual keypad", |screen| !screen.application_keypad() && !screen.application_cursor());
}

/// What doctor says of a terminal is so: without colours on one, not at all on the other.
#[test]
fn a_terminal_without_colours_gets_none_and_a_teletype_no_page() {
    let folder = folder();
    let mut command = Seat::command(folder.path());
    command.env("TERM", "vt100");
    let mut seat = Seat::before(command);
    seat.sees("F4 Contraste");
    let colours = |written: &str| {
        written.split("\x1b[").skip(1).any(|code| {
            code.split_once('m').is_some_and(|(numbers, _)| {
                numbers.split(';').any(|number| matches!(number.parse(), Ok(30..=37 | 40..=47 | 90..=107)))
            })
        })
    };
    assert!(!colours(&seat.written()), "{:?}", seat.written());
    seat.signal(Signal::TERM);
    assert_eq!(seat.ended(), Ok(143));

    let mut command = Seat::command(folder.path());
    command.env("TERM", "dumb");
    let mut seat = Seat::before(command);
    assert_eq!(seat.ended(), Ok(1));
    assert!(seat.written().contains("totem: TERM=dumb says that this terminal can't place a cursor"));
    assert!(!seat.written().contains('\x1b'), "{:?}", seat.written());
}

#[test]
fn a_stuck_key_and_a_large_paste_are_borne() {
    let folder = folder();
    let mut seat = kiosk(&folder);
    seat.types("\r", "¿Qué necesita hacer?");
    seat.types("1", "Validar");
    seat.type_in(&format!("\x1b[200~{}\x1b[201~", "9".repeat(8 * 1024)));
    seat.types("\r", "ERROR:");
    seat.type_in(&"7".repeat(20_000));
    seat.type_in(&"\x7f".repeat(28_192));
    seat.types("99999999-9", "99999999-9");
    seat.types("\r", "Respuesta Secreta");
    seat.signal(Signal::TERM);
    assert_eq!(seat.ended(), Ok(143));
    assert_wiped(&mut seat);
}
