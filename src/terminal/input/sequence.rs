//! Where a sequence ends, and which key it is: ECMA-48's control sequences, the single shifts of the
//! keypad, strings for the terminal (which nobody needs here), Alt with a key, and letters in UTF-8.

use super::keys::{self, Modifiers};
use super::numbers::Parameters;
use super::{ESC, KeyHeard, Meaning, mouse};
use crate::event::Key;

/// A key, if it is one.
fn whole(key: Option<Key>) -> Meaning {
    Meaning::Whole(key.map(KeyHeard::Key))
}

const NOTHING: Meaning = Meaning::Whole(None);

/// What these bytes are. All but the last were [`Meaning::Open`]; there is at least one.
pub fn meaning(bytes: &[u8]) -> Meaning {
    match bytes {
        // Alt sends Esc before what the key sends; rxvt does so even before sequences.
        [ESC] | [ESC, ESC] => Meaning::Open,
        [ESC, ESC, rest @ ..] | [ESC, rest @ ..] => after_esc(rest),
        [control @ (..0x20 | 0x7f)] => whole(keys::control(*control)),
        letter => in_utf8(letter),
    }
}

fn after_esc(bytes: &[u8]) -> Meaning {
    match bytes {
        [b'[', rest @ ..] => control_sequence(rest),
        [b'O', rest @ ..] => single_shift(rest),
        [b']' | b'P' | b'_' | b'^' | b'X', rest @ ..] => string(rest),
        // A Linux console sends Shift+Tab as Alt+Tab.
        [b'\t'] => whole(Some(Key::BackTab)),
        [control @ (..0x20 | 0x7f)] => whole(keys::control(*control)),
        [0x20..=0x7e] => NOTHING,
        letter => match in_utf8(letter) {
            Meaning::Whole(_) => NOTHING,
            other => other,
        },
    }
}

/// After `Esc [`.
fn control_sequence(bytes: &[u8]) -> Meaning {
    match bytes {
        [] | [b'['] => Meaning::Open,
        // A Linux console's first five function keys.
        [b'[', letter @ 0x20..=0x7e] => whole(keys::of_console(*letter)),
        [b'M', payload @ ..] => mouse::bytes(payload),
        [.., 0x20..=0x3f] => Meaning::Open,
        [b'<', report @ .., end @ (b'M' | b'm')] => mouse::report(report, *end),
        [body @ .., end @ 0x40..=0x7e] => whole(in_control_sequence(body, *end)),
        _ => Meaning::Broken,
    }
}

/// A control sequence with these parameters that ends with this byte.
fn in_control_sequence(body: &[u8], end: u8) -> Option<Key> {
    let Parameters { first, second, third, event } = Parameters::read(body)?;
    if event == keys::RELEASED {
        return None;
    }
    let modifiers = Modifiers::of(second);
    match end {
        // rxvt ends with ^ and @ what Ctrl was held with.
        b'~' | b'^' | b'@' if first == keys::OTHER => keys::coded(third, modifiers),
        b'~' | b'^' | b'@' => keys::numbered(first),
        b'u' => keys::coded(first, modifiers),
        // R would be F3, or where the cursor is.
        letter => keys::lettered(letter),
    }
}

/// After `Esc O`. Some terminals put a number for Shift, Alt and Ctrl in between.
fn single_shift(bytes: &[u8]) -> Meaning {
    match bytes {
        [] | [.., b'0'..=b'9' | b';'] => Meaning::Open,
        [.., letter @ 0x20..=0x7e] => whole(keys::of_keypad(*letter)),
        _ => Meaning::Broken,
    }
}

/// A string for the terminal, after its two first bytes: up to BEL, CAN, SUB, or Esc, which begins its
/// other end and anything else.
fn string(bytes: &[u8]) -> Meaning {
    match bytes {
        [] | [.., 0x20..=0x7e | 0x80..] => Meaning::Open,
        [.., 0x07 | 0x18 | 0x1a] => NOTHING,
        _ => Meaning::Broken,
    }
}

fn in_utf8(bytes: &[u8]) -> Meaning {
    match std::str::from_utf8(bytes) {
        Ok(text) => whole(text.chars().next().filter(|letter| !letter.is_control()).map(Key::Char)),
        Err(error) if error.error_len().is_none() => Meaning::Open,
        Err(_) if bytes.len() == 1 => NOTHING,
        Err(_) => Meaning::Broken,
    }
}

/// What was meant by the beginning of a sequence to which nothing more comes: rxvt ends with $ what
/// Shift was held with, where ECMA-48 has another byte follow.
pub fn ended_by_time(bytes: &[u8]) -> Option<Key> {
    let number = bytes.strip_prefix(b"\x1b[")?.strip_suffix(b"$")?;
    keys::numbered(Parameters::read(number)?.first)
}
