//! What a terminal's bytes mean, as keys and clicks (T16). Pure: bytes and time are passed in, and
//! the next deadline is handed out.
//!
//! A terminal sends one byte for most keys, a letter in UTF-8, or a sequence that begins with Esc.
//! What is begun and not finished is over after [`SEQUENCE_LASTS`] or [`MOST_BYTES`], so that nothing
//! anybody types can make the keyboard deaf for long. Esc always begins anew. Pastes have no
//! marks: a terminal that was not asked for them types what was pasted.

mod keys;
mod mouse;
mod numbers;
mod sequence;
#[cfg(test)]
mod tests;

use std::time::{Duration, Instant};

use zeroize::Zeroize as _;

use crate::event::Key;
use sequence::meaning;

/// How long a sequence, or a letter of several bytes, may take from its first byte on. Until then the
/// key Esc is one that may go on.
pub const SEQUENCE_LASTS: Duration = Duration::from_millis(100);
/// The longest sequence, with its Esc. Those of keys and clicks have 20 bytes at most.
pub const MOST_BYTES: usize = 64;

const ESC: u8 = 0x1b;

/// What somebody did at the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyHeard {
    /// They pressed a key that the kiosk understands.
    Key(Key),
    /// They pressed the left button, or a finger, on this cell; the first is 0, 0.
    Click {
        /// From the left.
        column: u16,
        /// From the top.
        row: u16,
    },
}

/// What the bytes so far are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    /// The beginning of something.
    Open,
    /// All of something; `None` if the kiosk doesn't know it.
    Whole(Option<KeyHeard>),
    /// The last byte belongs to something else; what stands before it is nothing.
    Broken,
}

/// Turns bytes into what was done, one after the other.
#[derive(Debug)]
pub struct KeyParser {
    /// What is begun and not finished.
    open: [u8; MOST_BYTES],
    length: usize,
    /// When its first byte came.
    since: Option<Instant>,
}

impl Default for KeyParser {
    fn default() -> Self {
        KeyParser { open: [0; MOST_BYTES], length: 0, since: None }
    }
}

impl KeyParser {
    /// One more byte, which came at `now`; what it completes, if anything. It counts as part of what is
    /// open, however late its reader was: call [`KeyParser::end`] once the deadline has passed and
    /// nothing is waiting to be read.
    pub fn push(&mut self, byte: u8, now: Instant) -> Option<KeyHeard> {
        self.since.get_or_insert(now);
        if self.length > 1 && byte == ESC && self.is_only_esc() {
            // A held key: each but the last two can't go on any more.
            self.since = Some(now);
            return Some(KeyHeard::Key(Key::Esc));
        }
        self.open[self.length] = byte;
        self.length += 1;
        match meaning(&self.open[..self.length]) {
            Meaning::Open if self.length < MOST_BYTES => None,
            Meaning::Open => {
                self.reset();
                None
            }
            Meaning::Whole(heard) => {
                self.reset();
                heard
            }
            // It can be no part of what is open, which is dropped. A single byte is always whole or
            // open, so this goes no deeper.
            Meaning::Broken => {
                self.reset();
                self.push(byte, now)
            }
        }
    }

    /// When what is open is over; `None` if nothing is.
    pub fn deadline(&self) -> Option<Instant> {
        self.since.map(|since| since + SEQUENCE_LASTS)
    }

    /// Time is over, and nothing more came: what was meant by what is open.
    pub fn end(&mut self) -> Option<KeyHeard> {
        let open = &self.open[..self.length];
        let key = if self.is_only_esc() { Some(Key::Esc) } else { sequence::ended_by_time(open) };
        self.reset();
        key.map(KeyHeard::Key)
    }

    /// Somebody else comes: what is open is not theirs.
    pub fn reset(&mut self) {
        self.open.zeroize();
        (self.length, self.since) = (0, None);
    }

    fn is_only_esc(&self) -> bool {
        self.length > 0 && self.open[..self.length].iter().all(|byte| *byte == ESC)
    }
}
