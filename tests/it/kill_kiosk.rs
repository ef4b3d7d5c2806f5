//! The real kiosk is killed at random moments while somebody changes their clave. What the screen
//! had confirmed holds at the next start; anything else is either as before or as asked; and the
//! kiosk always starts again.

#![allow(clippy::disallowed_methods, reason = "the kill comes at a random moment, which nothing announces")]

use std::path::Path;
use std::time::Duration;

use rustix::process::{Pid, Signal};
use totem::vault::random_up_to;

use crate::seat::Seat;

const ROUNDS: u32 = 50;
/// Longer than a whole change takes, so that kills hit every part of it, including the opening.
const LATEST_KILL_MS: u64 = 2_600;
const COMPANY: &str = "50000000-7";
const REPRESENTATIVE: &str = "12345678-5";

/// How one attempt ended.
#[derive(Debug, PartialEq)]
pub enum Came {
    /// Killed before the new clave was submitted.
    Nowhere,
    /// Killed before the change was confirmed: either clave may be the right one.
    ToSaving,
    ToTheConfirmation,
}

#[test]
fn what_was_confirmed_outlives_every_kill() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut keys = vec!["Horno7+pan".to_string()];
    let (mut confirmed, mut killed) = (0, 0);
    for round in 0..ROUNDS {
        let next = format!("Gx{round:02}+vuTo");
        let (came, right) = attempt(folder.path(), &keys, &next, random_up_to(LATEST_KILL_MS));
        killed += u32::from(came != Came::ToTheConfirmation);
        confirmed += u32::from(came == Came::ToTheConfirmation);
        keys = match (came, right) {
            (Came::Nowhere, None) => keys,
            (Came::Nowhere, Some(right)) => vec![right],
            (Came::ToSaving, right) => vec![next, right.expect("a key was right before another was sent")],
            (Came::ToTheConfirmation, _) => vec![next],
        };
    }
    println!("{confirmed} confirmed and then killed, {killed} killed before");
    // In the end one of the claves still opens the account.
    let (_, right) = attempt(folder.path(), &keys, "Gx99+vuTo", u64::MAX);
    assert!(right.is_some(), "none of {keys:?} is right");
}

/// Tries the claves that may be right and changes the one that is, killed after this long.
/// Changes the clave from one of `keys` to `next`, and kills the kiosk after so long, or at the end. How
/// far it came, and which of the keys was right.
pub fn attempt(folder: &Path, keys: &[String], next: &str, kill_after_ms: u64) -> (Came, Option<String>) {
    let mut seat = Seat::kiosk(folder);
    let pid = Pid::from_raw(seat.pid().cast_signed()).expect("a process has a number");
    if kill_after_ms < u64::MAX {
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(kill_after_ms));
            let _ = rustix::process::kill_process(pid, Signal::KILL);
        });
    }
    let mut right = None;
    let came = change(&mut seat, keys, next, &mut right);
    // The process is dead before the next one starts, so that the store is free.
    let _ = rustix::process::kill_process(pid, Signal::KILL);
    let _ = seat.ended_as_it_was();
    (came, right)
}

fn change(seat: &mut Seat, keys: &[String], next: &str, right: &mut Option<String>) -> Came {
    let steps =
        [("F4 Contraste", "\r"), ("¿Qué necesita hacer?", "3"), ("CS Actual", COMPANY), ("50000000-7", "\r")];
    for (seen, keys) in steps {
        if !seat.reaches(seen) {
            return Came::Nowhere;
        }
        seat.type_in(keys);
    }
    seat.type_in(&format!("{REPRESENTATIVE}\r"));
    for (tried, key) in keys.iter().enumerate() {
        seat.type_in(&format!("{key}\r"));
        let answer = if tried + 1 < keys.len() { &["ERROR", "CS Nueva"][..] } else { &["CS Nueva"][..] };
        if !seat.reaches_any(answer) {
            return Came::Nowhere;
        }
        if seat.screen().contents().contains("CS Nueva") {
            *right = Some(key.clone());
            break;
        }
    }
    seat.type_in(&format!("{next}\r{next}\r"));
    if !seat.reaches("Mayúsculas y espacios dan igual.") || !seat.reaches(" · ") {
        return Came::Nowhere;
    }
    seat.type_letters();
    if seat.reaches("Éxito") { Came::ToTheConfirmation } else { Came::ToSaving }
}
