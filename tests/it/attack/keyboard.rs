//! A keyboard that can't be made deaf, and no trap for whoever comes next (T16): sequences that never
//! end, that come in pieces, and that no keyboard sends, typed into the real program.

use std::time::Duration;

use tempfile::TempDir;
use totem::domain::deed::{Action, Outcome};
use totem::event::Key;
use totem::text::Msg;

use crate::booth::{Booth, COMPANY};
use crate::pty_child::{Part, play};
use crate::seat::Seat;

/// Longer than a sequence lasts.
const OVER: Duration = Duration::from_millis(120);
/// Between two reads of one sequence, as on a slow line.
const GAP: Duration = Duration::from_millis(20);

const F1: &str = "\x1bOP";
const F10: &str = "\x1b[21~";

fn seat(folder: &TempDir) -> Seat {
    let mut seat = Seat::kiosk(folder.path());
    seat.sees("F4 Contraste");
    seat
}

/// Somebody is asked for the RUT of a company.
fn asked_for_rut(seat: &mut Seat) {
    seat.types("\r", "¿Qué necesita hacer?");
    seat.types("1", "Validar");
}

/// They leave, whatever stands on the page.
fn leaves(seat: &mut Seat) {
    seat.type_in(F10);
    let ends = ["¿Quiere salir?", "Pulse Enter para comenzar"];
    seat.waits_for("the end of the visit", |screen| ends.iter().any(|end| screen.contents().contains(end)));
    if seat.screen().contents().contains(ends[0]) {
        seat.types("1", ends[1]);
    }
}

/// What makes a reader wait for more than ever comes, or for what only somebody at fault would send.
const NEVER_ENDED: &[&[u8]] = &[
    // Alt+[ and what follows it.
    b"\x1b[",
    b"\x1b[200~",
    b"\x1b[200~99999999-9\r",
    b"\x1b[201~",
    b"\x1b[<",
    b"\x1b[<0;1;1",
    b"\x1b[?",
    b"\x1b[?1;2",
    b"\x1b[>",
    b"\x1b[=",
    b"\x1b[1;",
    b"\x1b[1;2;3;4;5;6;7;8;9",
    b"\x1b[[",
    b"\x1b[;;;;;;;;",
    b"\x1b[1$",
    b"\x1b[ ",
    // X10's mouse, with less than it takes.
    b"\x1b[M",
    b"\x1b[M ",
    b"\x1b[M !",
    // Keypad, other fonts, strings for the terminal.
    b"\x1bO",
    b"\x1bO1;",
    b"\x1bN",
    b"\x1b(",
    b"\x1b]0;title",
    b"\x1b]52;c;",
    b"\x1bP1$r",
    b"\x1b_G",
    b"\x1b^",
    b"\x1bX",
    b"\x1b\x1b",
    b"\x1b\x1b[",
    // What only other terminals, or other modes, send.
    b"\x1b[I\x1b[O",
    b"\x1b[97;5u",
    b"\x1b[57344;1:3u",
    b"\x1b[27;5;97~",
    b"\x1b[?62;22c",
    b"\x1b[>41;354;0c",
    b"\x1b[24;80R",
    b"\x1b[0n",
    b"\x1b[?2004;1$y",
    b"\x1b]11;rgb:0000/0000/0000\x1b\\",
    b"\x1bP>|xterm(370)\x1b\\",
    // Letters cut in half, bytes that are no letters, C1.
    b"\xc3",
    b"\xe2\x82",
    b"\xf0\x9f\x92",
    b"\xff\xfe\xfd\xf8\x88\x80\x80\x80",
    b"\xc0\x80\xed\xa0\x80",
    b"\x9b",
    b"\x9b200~",
    b"\xc2\x9b1;",
    b"\x90\x9d\x9e\x9f",
    b"\0\0\0\0",
    b"\x18\x1a\x1c\x1d\x1e\x1f\x05\x06\x07",
];

#[test]
fn nothing_that_is_typed_makes_the_keyboard_deaf() {
    let folder = tempfile::tempdir().unwrap();
    let mut seat = seat(&folder);
    for never_ended in NEVER_ENDED {
        asked_for_rut(&mut seat);
        seat.type_bytes(never_ended);
        seat.pauses(OVER);
        seat.types(F1, "Ayuda");
        leaves(&mut seat);
    }
}

#[test]
fn no_parameters_are_without_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut seat = seat(&folder);
    for endless in ["\x1b[", "\x1b]", "\x1bP", "\x1bO", "\x1b[<"] {
        asked_for_rut(&mut seat);
        seat.type_in(&format!("{endless}{}", "1;".repeat(2000)));
        // At once: such a sequence has ended by its length.
        seat.types(F1, "Ayuda");
        leaves(&mut seat);
    }
}

/// Somebody opens a paste and leaves; the next person's RUT and key must not be kept for them.
#[test]
fn an_opened_paste_keeps_nothing_of_the_next_person() {
    let folder = tempfile::tempdir().unwrap();
    let mut seat = seat(&folder);
    asked_for_rut(&mut seat);
    seat.type_in("\x1b[200~");
    seat.pauses(OVER);
    leaves(&mut seat);
    asked_for_rut(&mut seat);
    seat.types("88888888", "88888888");
    leaves(&mut seat);
    asked_for_rut(&mut seat);
    seat.type_in("\x1b[201~");
    seat.types("7", "7");
    assert!(!seat.screen().contents().contains("88888888"), "{}", seat.screen().contents());
    assert!(!seat.written().contains("\x1b[?2004h"), "pastes were asked for");
}

/// An arrow that comes in two reads is not Esc and two letters.
#[test]
fn a_sequence_that_comes_in_pieces_is_one_key() {
    let folder = tempfile::tempdir().unwrap();
    let mut seat = seat(&folder);
    asked_for_rut(&mut seat);
    for pieces in [["\x1b", "[D"], ["\x1b[", "D"], ["\x1bO", "D"]] {
        seat.types("xz", "xz");
        seat.type_in(pieces[0]);
        seat.pauses(GAP);
        seat.type_in(pieces[1]);
        seat.types("y", "xyz");
        seat.type_in("\x1b[F\x7f\x7f\x7f");
        seat.waits_for("an empty field", |screen| !screen.contents().contains("xyz"));
    }
}

#[test]
fn a_letter_that_comes_in_pieces_is_one_letter() {
    let folder = tempfile::tempdir().unwrap();
    let mut seat = seat(&folder);
    asked_for_rut(&mut seat);
    seat.type_bytes(b"x\xc3");
    seat.pauses(GAP);
    seat.type_bytes(b"\xb1y");
    seat.sees("xñy");
}

/// Half a letter of the one who left and half of the one who comes are no letter.
#[test]
fn half_a_letter_does_not_outlive_the_visit() {
    let folder = tempfile::tempdir().unwrap();
    let mut seat = seat(&folder);
    asked_for_rut(&mut seat);
    seat.type_bytes(b"\x1b[21~\xc3");
    seat.sees("Pulse Enter para comenzar");
    asked_for_rut(&mut seat);
    seat.type_bytes(b"\xb1z");
    seat.sees("z");
    assert!(!seat.screen().contents().contains('ñ'), "{}", seat.screen().contents());
}

/// NumLock off, or a program before us that left the keypad in application mode.
#[test]
fn the_keypad_types_in_application_mode() {
    let folder = tempfile::tempdir().unwrap();
    let mut seat = seat(&folder);
    seat.types("\x1bOM", "¿Qué necesita hacer?");
    seat.types("\x1bOq", "Validar");
    seat.types(&format!("{}\x1bOm\x1bOy", "\x1bOy".repeat(8)), "99999999-9");
    seat.types("\x1bOM", "Respuesta Secreta");
}

#[test]
fn function_keys_are_understood_as_each_terminal_sends_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut seat = seat(&folder);
    for (help, end) in [
        ("\x1bOP", "\x1b[21~"),
        ("\x1b[[A", "\x1b[21~"),
        ("\x1b[11~", "\x1b[21~"),
        ("\x1b[P", "\x1b[21;1~"),
        ("\x1b[1;1P", "\x1b[21~"),
        ("\x1b[11^", "\x1b[21^"),
        ("\x1bO1P", "\x1b[21@"),
    ] {
        seat.types("\r", "¿Qué necesita hacer?");
        seat.types(help, "Ayuda");
        seat.types(end, "Pulse Enter para comenzar");
    }
}

#[test]
fn a_click_is_heard_in_either_way_of_reporting_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut seat = seat(&folder);
    for click in [
        |column, row| format!("\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m"),
        |column, row| {
            let place = |number: u8| char::from(number + 32);
            format!("\x1b[M {}{}\x1b[M#{}{}", place(column), place(row), place(column), place(row))
        },
    ] {
        let (column, row) = seat.place_of("Comenzar");
        seat.types(&click(column, row), "¿Qué necesita hacer?");
        leaves(&mut seat);
    }
}

/// A card reader types a line in a few milliseconds, and everything arrives.
#[test]
fn a_card_reader_is_not_too_fast() {
    let folder = tempfile::tempdir().unwrap();
    let mut seat = seat(&folder);
    asked_for_rut(&mut seat);
    let line = "0123456789".repeat(12);
    seat.type_in(&line);
    seat.waits_for("the whole line", |screen| {
        let shown: String = screen.contents().split_whitespace().collect();
        shown.contains(&line[75..])
    });
    // What a terminal sends for a paste is what was copied, and no more.
    seat.type_in(&"\x7f".repeat(120));
    seat.types("99999999-9", "99999999-9");
    seat.types("\r", "Respuesta Secreta");
}

/// The warning before a visit ends takes a key for a sign of life; a card reader has no key to spare.
#[test]
fn a_card_reader_loses_nothing_to_a_warning() {
    let mut booth = Booth::with_company();
    booth.enters("2").chooses("1").waits(45).sees("¿Sigue ahí?");
    booth.types("99999999-9⏎").sees("Respuesta Secreta");
}

/// Readers end a line by Enter, by Tab or by nothing, and know neither caps lock nor the terminal's
/// layout.
#[test]
fn a_card_reader_may_type_otherwise_than_the_terminal_reads() {
    let line = "https://portal.example/docstatus?RUN=11111111-1&type=CEDULA&serial=B1C234567\
                &mrz=B1C234567975123193412318";
    let swaps_case = |letter: char| match letter.is_uppercase() {
        true => letter.to_ascii_lowercase(),
        false => letter.to_ascii_uppercase(),
    };
    let caps_lock: String = line.chars().map(swaps_case).collect();
    let latin_american = line.replace(':', "Ñ").replace('-', "'").replace('/', "-").replace('?', "_");
    let latin_american = latin_american.replace('=', "¿").replace('&', "/");
    for (typed, ends, seconds) in
        [(line, "⇥⏎", 0), (line, "⏎", 65), (&caps_lock, "⏎", 0), (&latin_american, "⇥⏎", 0)]
    {
        let mut booth = Booth::with_company();
        booth.asks_for_question(COMPANY).forgets_answer();
        if seconds > 0 {
            booth.waits(seconds).sees("¿Sigue ahí?");
        }
        booth.types(typed).types(ends).is_at(&Msg::RecoverCardHeading).sees("B1C234567");
    }
}

/// Somebody holds F2 down: they are told the same each time, and one call a minute goes on record.
#[test]
fn calls_without_end_fill_no_record() {
    let calls = |booth: &mut Booth| {
        booth.audited().iter().filter(|row| **row == (Action::CallStaff, Outcome::Done)).count()
    };
    let mut booth = Booth::with_company();
    booth.enters("2").chooses("1").types(COMPANY);
    for _ in 0..200 {
        booth.presses([Key::F(2)]).is_at(&Msg::StaffHeading).sees_msg(&Msg::StaffHeard).types("␛");
    }
    assert_eq!(calls(&mut booth), 1);
    // Nor do new visits.
    booth.presses([Key::F(10)]).types("1").is_at_rest().presses([Key::F(2)]).sees_msg(&Msg::StaffHeard);
    assert_eq!(calls(&mut booth), 1);
    booth.types("␛").waits(70).presses([Key::F(2)]).sees_msg(&Msg::StaffHeard);
    assert_eq!(calls(&mut booth), 2);
}

/// What was written on the terminal stays in no buffer of the program's (S4).
#[test]
fn a_key_that_was_shown_is_nowhere_once_the_visit_is_over() {
    let folder = tempfile::tempdir().unwrap();
    let mut seat = play(Part::ShowKey, folder.path());
    assert_eq!(seat.ended(), Ok(0), "{}", seat.written());
    assert!(seat.written().contains("Secret-Mimarec-Chancunq-Quula"), "F3 shows it: {}", seat.written());
    assert!(seat.written().contains("found 0 times"), "{}", seat.written());
}
