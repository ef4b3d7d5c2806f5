//! Which key is which, by the tables of those who send them: a Linux console, xterm, VT220 and rxvt,
//! with the keypad in either mode, and the codes of terminals that another program left in a mode of
//! theirs.

use crate::event::Key;

/// The number of a sequence whose third number is a character's code: xterm's *modifyOtherKeys*.
pub const OTHER: u32 = 27;
/// How a key's release is told from its being pressed.
pub const RELEASED: u32 = 3;

/// The private code points by which kitty's protocol tells of keys that have no character.
const KEYS_WITHOUT_CHARACTER: std::ops::RangeInclusive<u32> = 0xe000..=0xf8ff;

/// What was held with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Modifiers(u32);

impl Modifiers {
    const SHIFT: u32 = 1;
    const CONTROL: u32 = 4;
    /// What changes no character: Shift has done so already, and the two locks.
    const HARMLESS: u32 = Self::SHIFT | 64 | 128;

    /// As sequences tell them: one more than the sum of 1 for Shift, 2 for Alt, 4 for Ctrl and so on.
    pub fn of(number: u32) -> Self {
        Modifiers(number.saturating_sub(1))
    }

    fn is_shift(self) -> bool {
        self.0 & Self::SHIFT != 0
    }

    fn is_control(self) -> bool {
        self.0 & !Self::HARMLESS == Self::CONTROL
    }

    fn is_harmless(self) -> bool {
        self.0 & !Self::HARMLESS == 0
    }
}

/// A control character, by itself. Consoles and scanners send some keys as these.
pub fn control(byte: u8) -> Option<Key> {
    Some(match byte {
        b'\r' | b'\n' => Key::Enter,
        b'\t' => Key::Tab,
        0x08 | 0x7f => Key::Backspace,
        // Ctrl-U.
        0x15 => Key::EraseLine,
        _ => return None,
    })
}

/// `Esc [ [` and a letter.
pub fn of_console(letter: u8) -> Option<Key> {
    matches!(letter, b'A'..=b'E').then(|| Key::F(1 + letter - b'A'))
}

/// `Esc [`, numbers, and a letter. Capitals are those of ECMA-48 and xterm; rxvt sends small ones
/// with Shift.
pub fn lettered(letter: u8) -> Option<Key> {
    Some(match letter {
        b'A' | b'a' => Key::Up,
        b'B' | b'b' => Key::Down,
        b'C' | b'c' => Key::Right,
        b'D' | b'd' => Key::Left,
        b'F' => Key::End,
        b'H' => Key::Home,
        b'Z' => Key::BackTab,
        b'P' => Key::F(1),
        b'Q' => Key::F(2),
        b'S' => Key::F(4),
        _ => return None,
    })
}

/// `Esc O` and a letter: arrows and keypad in application mode, the first function keys.
pub fn of_keypad(letter: u8) -> Option<Key> {
    Some(match letter {
        b'M' => Key::Enter,
        b'I' => Key::Tab,
        b' ' => Key::Char(' '),
        b'X' => Key::Char('='),
        // The keypad's codes stand 64 above its characters.
        b'j'..=b'y' => Key::Char(char::from(letter - 64)),
        b'R' => Key::F(3),
        b'Z' => return None,
        letter => return lettered(letter),
    })
}

/// `Esc [`, a number, and `~`.
pub fn numbered(number: u32) -> Option<Key> {
    Some(match number {
        1 | 7 => Key::Home,
        3 => Key::Delete,
        4 | 8 => Key::End,
        5 => Key::PageUp,
        6 => Key::PageDown,
        // The numbers leave gaps where a VT220 has gaps between its keys.
        11..=15 => Key::F((number - 10) as u8),
        17..=21 => Key::F((number - 11) as u8),
        23..=26 => Key::F((number - 12) as u8),
        28 | 29 => Key::F((number - 13) as u8),
        31..=34 => Key::F((number - 14) as u8),
        _ => return None,
    })
}

/// A key told by the code of its character.
pub fn coded(code: u32, modifiers: Modifiers) -> Option<Key> {
    let character = char::from_u32(code)?;
    if modifiers.is_control() {
        return match character {
            'h' => Some(Key::Backspace),
            'j' | 'm' => Some(Key::Enter),
            'u' => Some(Key::EraseLine),
            _ => None,
        };
    }
    match character {
        '\t' if modifiers.is_shift() => Some(Key::BackTab),
        '\u{1b}' => Some(Key::Esc),
        other if other.is_control() => u8::try_from(code).ok().and_then(control),
        _ if KEYS_WITHOUT_CHARACTER.contains(&code) || !modifiers.is_harmless() => None,
        other if modifiers.is_shift() => Some(Key::Char(other.to_ascii_uppercase())),
        other => Some(Key::Char(other)),
    }
}
