//! The keyboard: bytes are read in a thread that does nothing else, so that none is lost while a frame
//! is drawn, and become keys where they are wanted.

use std::io;
use std::time::Instant;

use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::io::Errno;
use tokio::sync::mpsc;
use tokio::time::timeout_at;
use zeroize::{Zeroize as _, Zeroizing};

use super::input::{KeyHeard, KeyParser};
use crate::event::Key;

/// How many keys are taken between two frames: a scanner is faster than a screen, a stuck key is not
/// a program.
pub const MOST_EVENTS: usize = 1024;

/// What is read at once.
const READ_BYTES: usize = 1024;
/// How many reads may wait. What doesn't fit stays with the system, which makes its writer wait.
const MOST_READS: usize = 64;
/// A thread that only waits and passes on needs little.
const THREAD_STACK_BYTES: usize = 256 * 1024;

/// What one read brought, wiped when dropped: it may be part of a clave.
type Bytes = Zeroizing<Vec<u8>>;

/// What is typed at the terminal, in its order.
pub struct Keyboard {
    reads: mpsc::Receiver<Bytes>,
    parser: KeyParser,
    /// What was read last, how much of it was parsed, and when it came.
    read: Bytes,
    parsed: usize,
    at: Instant,
}

impl Keyboard {
    /// Listens from now on.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn listen() -> io::Result<Self> {
        let (reads_in, reads) = mpsc::channel(MOST_READS);
        let thread = std::thread::Builder::new().name("keys".to_string()).stack_size(THREAD_STACK_BYTES);
        thread.spawn(move || read_on(&reads_in))?;
        let (parser, read) = (KeyParser::default(), Bytes::default());
        Ok(Keyboard { reads, parser, read, parsed: 0, at: Instant::now() })
    }

    /// What is done next, or `None` when the terminal is gone. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<KeyHeard> {
        loop {
            if let Some(heard) = self.parse() {
                return Some(heard);
            }
            let read = match self.parser.deadline() {
                None => self.reads.recv().await,
                Some(deadline) => match timeout_at(deadline.into(), self.reads.recv()).await {
                    Ok(read) => read,
                    // The rest has come, and only its reader is late.
                    Err(_) if wait_for_input(Some(Instant::now())) == Arrival::Ready => {
                        self.reads.recv().await
                    }
                    Err(_) => match self.parser.end() {
                        Some(heard) => return Some(heard),
                        None => continue,
                    },
                },
            };
            self.take(read?);
        }
    }

    /// The same, of what has come already.
    pub fn try_next(&mut self) -> Option<KeyHeard> {
        if let Some(heard) = self.parse() {
            return Some(heard);
        }
        // No more than one: bytes that mean nothing must not hold up what else happens.
        let read = self.reads.try_recv().ok()?;
        self.take(read);
        self.parse()
    }

    /// Another visit begins: half a sequence or half a letter of the last one is nothing any more.
    pub fn reset(&mut self) {
        self.parser.reset();
    }

    /// What was typed so far is nobody's any more.
    pub fn forget(&mut self) {
        while self.reads.try_recv().is_ok() {}
        (self.read, self.parsed) = (Bytes::default(), 0);
        self.parser.reset();
    }

    fn take(&mut self, read: Bytes) {
        (self.read, self.parsed, self.at) = (read, 0, Instant::now());
    }

    fn parse(&mut self) -> Option<KeyHeard> {
        while let Some(byte) = self.read.get(self.parsed).copied() {
            self.parsed += 1;
            let heard = self.parser.push(byte, self.at);
            if heard.is_some() {
                return heard;
            }
        }
        self.read = Bytes::default();
        self.parsed = 0;
        None
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
            let heard = match wait_for_input(self.parser.deadline()) {
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

/// Reads until the terminal is gone, or nobody listens any more.
fn read_on(reads: &mpsc::Sender<Bytes>) {
    let mut bytes = Zeroizing::new([0; READ_BYTES]);
    while wait_for_input(None) == Arrival::Ready {
        let count = match rustix::io::read(io::stdin(), &mut bytes[..]) {
            Ok(count) => count,
            // Somebody else took it, or the program was stopped meanwhile.
            Err(Errno::INTR | Errno::AGAIN) => 0,
            Err(_) => return,
        };
        let read = Bytes::new(bytes[..count].to_vec());
        bytes[..count].zeroize();
        if count > 0 && reads.blocking_send(read).is_err() {
            return;
        }
    }
}

/// What came of waiting for the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arrival {
    /// There is something to read.
    Ready,
    /// Nothing came in time.
    Nothing,
    /// There is no terminal any more.
    Gone,
}

/// Blocks until there is something to read, the terminal is gone, or time is over. Does not read:
/// whoever hung up leaves a terminal whose reads are empty for ever.
fn wait_for_input(until: Option<Instant>) -> Arrival {
    let input = io::stdin();
    loop {
        let left = until.map(|until| until.saturating_duration_since(Instant::now()));
        let left = left.and_then(|left| Timespec::try_from(left).ok());
        let mut asked = [PollFd::new(&input, PollFlags::IN)];
        match rustix::event::poll(&mut asked, left.as_ref()) {
            Ok(0) => return Arrival::Nothing,
            Ok(_) if asked[0].revents() == PollFlags::IN => return Arrival::Ready,
            Err(Errno::INTR | Errno::AGAIN) => {}
            Ok(_) | Err(_) => return Arrival::Gone,
        }
    }
}
