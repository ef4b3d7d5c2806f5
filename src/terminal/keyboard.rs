//! The keyboard: what is typed waits with the system until a key is wanted.

use std::io;
use std::time::Instant;

use tokio::time::timeout_at;
use zeroize::{Zeroize as _, Zeroizing};

use super::input::{KeyHeard, KeyParser};
use super::typed::{Arrival, TypedBytes, arrival};
use crate::event::Key;

/// How many keys are taken between two frames: a scanner is faster than a screen, a stuck key is not
/// a program.
pub const MOST_EVENTS: usize = 1024;

/// What is read at once.
const READ_BYTES: usize = 1024;

/// What is typed at the terminal, in its order.
pub struct Keyboard {
    typed: TypedBytes,
    parser: KeyParser,
    /// What was read last, how much of it was parsed, and when it came. Wiped when dropped: it may be part of
    /// a clave.
    read: Zeroizing<Vec<u8>>,
    parsed: usize,
    at: Instant,
}

/// What came of reading.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Arrived {
    Something,
    Nothing,
    /// There is no terminal any more.
    Gone,
}

impl Keyboard {
    /// Listens from now on, within a runtime.
    ///
    /// # Errors
    /// When there is no standard input, or nobody can wait for it.
    pub fn listen() -> io::Result<Self> {
        let typed = TypedBytes::of(&io::stdin())?;
        let read = Zeroizing::new(Vec::with_capacity(READ_BYTES));
        Ok(Keyboard { typed, parser: KeyParser::default(), read, parsed: 0, at: Instant::now() })
    }

    /// What is done next, or `None` when the terminal is gone. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<KeyHeard> {
        loop {
            if let Some(heard) = self.parse() {
                return Some(heard);
            }
            let is_ready = match self.parser.deadline() {
                None => self.typed.ready().await,
                Some(deadline) => match timeout_at(deadline.into(), self.typed.ready()).await {
                    Ok(is_ready) => is_ready,
                    // The rest has come, and only its reader is late.
                    Err(_) if arrival(&self.typed, Some(Instant::now())) == Arrival::Ready => {
                        self.typed.ready().await
                    }
                    Err(_) => match self.parser.end() {
                        Some(heard) => return Some(heard),
                        None => continue,
                    },
                },
            };
            if is_ready.is_err() || self.read() == Arrived::Gone {
                return None;
            }
        }
    }

    /// The same, of what has come already.
    pub fn try_next(&mut self) -> Option<KeyHeard> {
        if let Some(heard) = self.parse() {
            return Some(heard);
        }
        // No more than one: bytes that mean nothing must not hold up what else happens.
        self.read();
        self.parse()
    }

    /// Another visit begins: half a sequence or half a letter of the last one is nothing any more.
    pub fn reset(&mut self) {
        self.parser.reset();
    }

    /// What was typed so far is nobody's any more.
    pub fn forget(&mut self) {
        while self.read() == Arrived::Something {}
        self.parser.reset();
    }

    fn parse(&mut self) -> Option<KeyHeard> {
        while let Some(byte) = self.read.get(self.parsed).copied() {
            self.parsed += 1;
            let heard = self.parser.push(byte, self.at);
            if heard.is_some() {
                return heard;
            }
        }
        self.read.zeroize();
        None
    }

    /// Reads what has come, once. What was read before is wiped.
    fn read(&mut self) -> Arrived {
        self.read.zeroize();
        self.read.resize(READ_BYTES, 0);
        let count = self.typed.read(&mut self.read);
        self.read.truncate(count.as_ref().map_or(0, |count| *count));
        (self.parsed, self.at) = (0, Instant::now());
        match count {
            Ok(0) => Arrived::Gone,
            Ok(_) => Arrived::Something,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Arrived::Nothing,
            Err(_) => Arrived::Gone,
        }
    }
}

/// Keys one after the other, for a command that asks for something at its terminal. It takes no more
/// than it was asked for, so that what is typed ahead is there for the next question.
#[derive(Default)]
pub struct Prompt {
    parser: KeyParser,
}

/// What somebody who was asked for something does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypedHidden {
    /// They type a letter.
    Letter(char),
    /// They take the last one back.
    Erased,
    /// They take all of it back: Ctrl-U.
    Emptied,
    /// That is all.
    Done,
    /// Esc, Ctrl-C or Ctrl-D: they don't answer.
    BrokenOff,
}

impl Prompt {
    /// Blocks until something is done.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn wait(&mut self) -> io::Result<TypedHidden> {
        loop {
            let heard = match arrival(&io::stdin(), self.parser.deadline()) {
                Arrival::Ready => {
                    let mut byte = Zeroizing::new([0]);
                    match rustix::io::read(io::stdin(), &mut byte[..])? {
                        0 => None,
                        _ if matches!(*byte, [0x03 | 0x04]) => return Ok(TypedHidden::BrokenOff),
                        _ => self.parser.push(byte[0], Instant::now()),
                    }
                }
                Arrival::Nothing => self.parser.end(),
                Arrival::Gone => return Err(io::ErrorKind::UnexpectedEof.into()),
            };
            match heard {
                Some(KeyHeard::Key(Key::Char(letter))) => return Ok(TypedHidden::Letter(letter)),
                Some(KeyHeard::Key(Key::Backspace)) => return Ok(TypedHidden::Erased),
                Some(KeyHeard::Key(Key::EraseLine)) => return Ok(TypedHidden::Emptied),
                Some(KeyHeard::Key(Key::Enter)) => return Ok(TypedHidden::Done),
                Some(KeyHeard::Key(Key::Esc)) => return Ok(TypedHidden::BrokenOff),
                _ => {}
            }
        }
    }
}
