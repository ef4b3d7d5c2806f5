//! The real program on a pseudo-terminal, under what the system does to it: signals that nobody
//! meant for it, deaths without a last word, a terminal that takes nothing more, limits. No page
//! of a person's is left, and each end says what it is.

use std::path::Path;
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;
use rustix::process::Signal;
use rustix::termios::Action;

use crate::pty::{STREET, assert_wiped, begun, folder, kiosk};
use crate::pty_child::{Part, play};
use crate::seat::Seat;

/// How soon SIGTERM must end it.
const ENDS_WITHIN: Duration = Duration::from_secs(5);

#[test]
fn signals_that_mean_nothing_to_a_kiosk_do_nothing() {
    let folder = folder();
    let mut seat = begun(&folder);
    let mut typed = STREET.to_string();
    for signal in [
        Signal::USR1,
        Signal::USR2,
        Signal::ALARM,
        Signal::VTALARM,
        Signal::PROF,
        Signal::IO,
        Signal::POWER,
        Signal::PIPE,
        Signal::XFSZ,
        Signal::URG,
    ] {
        seat.signal(signal);
        typed.push('!');
        seat.types("!", &typed);
    }
    seat.signal(Signal::TERM);
    assert_eq!(seat.ended(), Ok(143));
    assert_wiped(&mut seat);
}

/// A soft limit on processor time: the hard one kills.
#[test]
fn the_end_of_its_processor_time_ends_it_wiped_and_says_so() {
    let folder = folder();
    let mut seat = begun(&folder);
    seat.signal(Signal::XCPU);
    assert_eq!(seat.ended(), Ok(1));
    assert_wiped(&mut seat);
    assert!(seat.written().contains("LimitCPU="), "{}", seat.written());
}

/// As the kernel does it when memory runs out, or when the program itself goes astray.
#[test]
fn whatever_kills_it_leaves_no_page() {
    for signal in [
        Signal::KILL,
        Signal::ABORT,
        Signal::SEGV,
        Signal::BUS,
        Signal::ILL,
        Signal::FPE,
        Signal::TRAP,
        Signal::SYS,
        Signal::STKFLT,
    ] {
        let folder = folder();
        let mut seat = begun(&folder);
        seat.guard();
        // The first SIGSEGV or SIGBUS is taken for the end of a stack, and looked into.
        seat.signal_until_dead(signal);
        assert!(seat.broken_off().is_err(), "{signal:?} did not kill it");
        assert_wiped(&mut seat);
        assert!(seat.written().contains("totem: the kiosk was broken off"), "{}", seat.written());
    }
}

/// What the program itself, or Rust beneath it, breaks off for prints nothing on a page.
#[test]
fn no_abort_prints_or_leaves_a_page() {
    for part in [Part::Abort, Part::OutOfMemory, Part::OutOfStack, Part::PanicInPanic] {
        let folder = folder();
        let mut seat = play(part, folder.path());
        seat.sees("F4 Contraste");
        seat.guard();
        std::fs::write(folder.path().join("go on"), "").expect("a new file");
        assert!(seat.broken_off().is_err(), "{part:?} did not end it");
        assert_wiped(&mut seat);
        for said in ["panicked", "overflow", "allocation", "aborting", "99.999"] {
            assert!(!seat.written().contains(said), "{part:?}: {}", seat.written());
        }
    }
}

/// Even one that nobody restarts has somebody to tidy up for it.
#[test]
fn who_guards_the_terminal_is_started_again() {
    let folder = folder();
    let mut seat = begun(&folder);
    seat.kill_guard();
    seat.types("\x1b[21~", "¿Quiere salir?");
    seat.types("1", "Pulse Enter para comenzar");
    seat.types("\r", "¿Qué necesita hacer?");
    seat.types("1", "Validar");
    seat.types("99999999-9", "99999999-9");
    seat.guard();
    seat.signal(Signal::KILL);
    assert!(seat.broken_off().is_err());
    assert_wiped(&mut seat);
}

#[test]
fn who_ends_it_needs_no_patience_though_its_output_is_stopped() {
    let folder = folder();
    let mut seat = begun(&folder);
    seat.flow(Action::OOff);
    seat.type_in("!");
    assert_ends_soon(&mut seat);
}

#[test]
fn who_ends_it_needs_no_patience_though_nobody_reads_its_output() {
    let folder = folder();
    let mut seat = begun(&folder);
    seat.looks_away();
    seat.type_in("!");
    assert_ends_soon(&mut seat);
}

fn assert_ends_soon(seat: &mut Seat) {
    let asked = Instant::now();
    seat.signal(Signal::TERM);
    assert_eq!(seat.ended(), Ok(143));
    let took = asked.elapsed();
    assert!(took < ENDS_WITHIN, "it took {took:?}");
    assert_wiped(seat);
}

/// What is typed meanwhile is heard, and shown once the terminal takes it.
#[test]
fn a_terminal_that_was_stopped_and_goes_on_shows_the_latest_page() {
    let folder = folder();
    let mut seat = begun(&folder);
    seat.flow(Action::OOff);
    for key in ["a", "b", "c"] {
        seat.type_in(key);
    }
    seat.pauses(Duration::from_millis(50));
    assert!(!seat.screen().contents().contains(&format!("{STREET}a")));
    seat.flow(Action::OOn);
    seat.sees(&format!("{STREET}abc"));
    seat.types("d", &format!("{STREET}abcd"));
}

#[test]
fn a_window_of_any_size_is_borne() {
    let folder = folder();
    let mut seat = begun(&folder);
    for (columns, rows) in [(65535, 65535), (65535, 1), (1, 65535), (4000, 4000), (0, 0)] {
        seat.claims(columns, rows);
        seat.falls_silent();
    }
    seat.resize(100, 30);
    seat.sees(STREET);
    seat.types("?", &format!("{STREET}?"));
    seat.signal(Signal::TERM);
    assert_eq!(seat.ended(), Ok(143));
    assert_wiped(&mut seat);
}

/// Nobody's typing is lost with a store that can't be opened, since none was taken.
#[test]
fn while_the_store_is_being_opened_nothing_is_typed() {
    let folder = folder();
    let mut seat = play(Part::OpenLate, folder.path());
    seat.sees("F4 Contraste");
    seat.type_in("\r");
    seat.sees("se está preparando");
    seat.type_in("\r1");
    seat.signal(Signal::WINCH);
    seat.type_in("\x1bOP");
    std::fs::write(folder.path().join("go on"), "").expect("a new file");
    assert_eq!(seat.ended(), Ok(0), "{}", seat.written());
    assert_wiped(&mut seat);
    for taken in ["¿Qué necesita hacer?", "Validar", "Cerrar"] {
        assert!(!seat.written().contains(taken), "{}", seat.written());
    }
}

#[test]
fn who_ends_it_needs_no_patience_though_the_store_is_being_opened() {
    let folder = folder();
    let mut seat = play(Part::OpenLate, folder.path());
    seat.sees("se está preparando");
    let asked = Instant::now();
    seat.signal(Signal::TERM);
    assert_eq!(seat.ended(), Ok(0), "{}", seat.written());
    assert!(asked.elapsed() < ENDS_WITHIN, "it took {:?}", asked.elapsed());
    assert_wiped(&mut seat);
}

/// With so many threads and processes at once it either serves, or says what it lacks.
#[test]
fn without_threads_it_says_so() {
    let folder = folder();
    // Root has no limit: another user starts it, who must reach it.
    let program = folder.path().join("totem");
    std::fs::copy(crate::program::program(), &program).expect("a copy of the program");
    let is_root = rustix::process::geteuid().is_root();
    for most in 1..24 {
        let place = tempfile::tempdir().expect("a folder");
        let mut command = Seat::command(place.path());
        *command.get_argv_mut() = vec![program.clone().into_os_string()];
        let limit = format!("--nproc={most}:{most}");
        before(&mut command, &["prlimit", &limit]);
        if is_root {
            give(&folder, place.path());
            let user = format!("--reuid={USER}");
            let group = format!("--regid={USER}");
            before(&mut command, &["setpriv", &user, &group, "--clear-groups"]);
        }
        let mut seat = Seat::before(command);
        if seat.reaches("F4 Contraste") && seat.reaches_by("\r", "¿Qué necesita hacer?") {
            seat.signal(Signal::TERM);
            assert_eq!(seat.ended(), Ok(143));
            assert!(most > 1, "it needs no thread");
            return;
        }
        assert_eq!(seat.ended(), Ok(1), "with {most}: {}", seat.written());
        assert!(seat.written().contains("TasksMax="), "with {most}: {}", seat.written());
        assert!(!seat.screen().alternate_screen());
    }
    panic!("it serves with no number of threads");
}

/// Nobody's, and so without other processes.
const USER: u32 = 54_321;

fn give(program: &tempfile::TempDir, place: &Path) {
    use std::os::unix::fs::{PermissionsExt as _, chown};
    std::fs::set_permissions(program.path(), std::fs::Permissions::from_mode(0o711)).expect("it is ours");
    chown(place, Some(USER), Some(USER)).expect("root may");
}

/// Has it started by another program.
fn before(command: &mut CommandBuilder, by: &[&str]) {
    command.get_argv_mut().splice(0..0, by.iter().map(Into::into));
}

/// Two hashes at once would take more than the process may have: it says so before it begins.
#[test]
fn without_the_memory_that_a_hash_takes_it_does_not_begin() {
    let folder = folder();
    std::fs::write(folder.path().join("config.toml"), "[hash]\nmemory_kib = 1000000\n").expect("a file");
    let mut command = Seat::command(folder.path());
    for key in ["MEMORY_KIB", "PASSES", "LANES", "ALLOW_WEAK"] {
        command.env_remove(format!("TOTEM__HASH__{key}"));
    }
    before(&mut command, &["prlimit", "--as=1500000000"]);
    let mut seat = Seat::before(command);
    assert_eq!(seat.ended(), Ok(3), "{}", seat.written());
    let says = seat.written();
    let says: String = says.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(says.contains("config.toml:2: hash.memory_kib = 1000000"), "{says}");
    assert!(says.contains("RLIMIT_AS") && says.contains("hash.memory_kib to at most"), "{says}");
    assert!(!seat.written().contains("\x1b[?1049h"), "it took the terminal: {says}");
    drop(kiosk(&folder));
}
