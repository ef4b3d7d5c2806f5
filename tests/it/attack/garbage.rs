//! Binary garbage, resizes and signals into the real program: it goes on, and answers the next
//! visitor's first key. `TOTEM_GARBAGE_SECONDS=300` lasts as long as was once asked for.

use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::seat::Seat;
use crate::walk::Dice;

/// How long it lasts if nobody says otherwise.
const SECONDS: u64 = 5;
const SEED: u64 = 0x7067_2026;
/// A person notices nothing.
const AT_ONCE: Duration = Duration::from_millis(500);

/// Beginnings and ends that random bytes would seldom hit upon.
const PIECES: &[&[u8]] = &[
    b"\x1b[200~",
    b"\x1b[201~",
    b"\x1b[<0;5;5M",
    b"\x1b[<",
    b"\x1b[M",
    b"\x1b[?",
    b"\x1b[1;",
    b"\x1b]0;",
    b"\x1bP",
    b"\x1b_",
    b"\x1bO",
    b"\x1b",
    b"\r",
    b"\t",
    b"\x1b[Z",
    b"\x1bOQ",
    b"\x1b[19~",
    b"\x1b[21~",
    b"\x1b[24~",
    b"99999999-9\r",
    b"\xf0\x9f\x92",
    b"\xc3",
];

/// None of these ends a kiosk.
const SIGNALS: [Signal; 5] = [Signal::WINCH, Signal::CONT, Signal::TSTP, Signal::QUIT, Signal::STOP];

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "how long the person who runs it wants it to last, not a setting"
)]
fn after_garbage_resizes_and_signals_the_first_key_is_answered() {
    let seconds = std::env::var("TOTEM_GARBAGE_SECONDS").ok().and_then(|text| text.parse().ok());
    let folder = tempfile::tempdir().unwrap();
    let mut seat = Seat::kiosk(folder.path());
    seat.sees("F4 Contraste");
    let mut dice = Dice(SEED);
    let ends = Instant::now() + Duration::from_secs(seconds.unwrap_or(SECONDS));
    let mut bytes_typed = 0;
    while Instant::now() < ends {
        let garbage = garbage(&mut dice);
        bytes_typed += garbage.len();
        seat.type_bytes(&garbage);
        match dice.below(8) {
            0 => seat.resize(1 + dice.below(200) as u16, 1 + dice.below(70) as u16),
            1 => {
                seat.signal(dice.of(&SIGNALS));
                seat.signal(Signal::CONT);
            }
            _ => {}
        }
        seat.pauses(Duration::from_millis(dice.below(20) as u64));
    }
    seat.resize(100, 30);
    seat.falls_silent();
    leaves(&mut seat);
    let pressed = Instant::now();
    seat.type_in("\r");
    seat.sees("¿Qué necesita hacer?");
    let took = pressed.elapsed();
    assert!(took < AT_ONCE, "the first key was answered after {took:?}");
    println!("{bytes_typed} bytes; the first key was answered after {took:?}");
    seat.signal(Signal::TERM);
    assert_eq!(seat.ended(), Ok(143));
}

/// Ends the visit, whatever page the garbage led to, and in whichever language.
fn leaves(seat: &mut Seat) {
    const FIRST_PAGE: &str = "Pulse Enter para comenzar";
    seat.type_in("\x1b[21~");
    seat.falls_silent();
    if !seat.screen().contents().contains(FIRST_PAGE) {
        seat.type_in("1");
        seat.sees(FIRST_PAGE);
        seat.falls_silent();
    }
}

/// A handful of random bytes, or of what terminals send.
fn garbage(dice: &mut Dice) -> Vec<u8> {
    let mut garbage = Vec::new();
    for _ in 0..=dice.below(40) {
        match dice.below(4) {
            0 => garbage.extend_from_slice(dice.of(PIECES)),
            _ => garbage.push(dice.below(256) as u8),
        }
    }
    garbage
}
