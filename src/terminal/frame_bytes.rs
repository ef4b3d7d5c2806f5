//! The bytes of a frame, until they are written: a key that F3 shows is among them. Nothing of them
//! stays in memory, neither when they are written nor when they outgrow their place.

use std::io::{self, Write};

use zeroize::Zeroize as _;

/// A large frame at a usual size.
const USUAL_BYTES: usize = 16 * 1024;

/// What leaves in one write, or, where the terminal takes no more for now, in several.
#[derive(Debug)]
pub struct FrameBytes {
    bytes: Vec<u8>,
    /// The terminal took no more when they were last to leave.
    is_refused: bool,
}

impl FrameBytes {
    /// Nothing yet.
    pub fn new() -> Self {
        FrameBytes { bytes: Vec::with_capacity(USUAL_BYTES), is_refused: false }
    }

    /// Puts these at the end.
    pub fn put(&mut self, bytes: &[u8]) {
        if self.bytes.capacity() - self.bytes.len() < bytes.len() {
            self.outgrow(bytes.len());
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// A vector that grows by itself leaves its old place as it was.
    fn outgrow(&mut self, by: usize) {
        let mut larger = Vec::with_capacity((self.bytes.len() + by).max(2 * self.bytes.capacity()));
        larger.extend_from_slice(&self.bytes);
        self.bytes.zeroize();
        self.bytes = larger;
    }

    /// Takes away the last byte if it is this one.
    pub fn drop_last(&mut self, byte: u8) {
        if self.bytes.last() == Some(&byte) {
            self.bytes.pop();
        }
    }

    /// Whether the terminal has not taken everything that was to leave.
    pub fn is_refused(&self) -> bool {
        self.is_refused
    }

    /// Writes as much as the terminal takes without waiting, and wipes what was written. What it
    /// doesn't take stays until it is asked to leave again; after an error nothing stays.
    pub fn leave(&mut self, out: &mut impl Write) -> io::Result<()> {
        let mut written = 0;
        self.is_refused = false;
        let outcome = loop {
            if written == self.bytes.len() {
                break out.flush();
            }
            match out.write(&self.bytes[written..]) {
                Ok(0) => break Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => written += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let rest = self.bytes.len() - written;
                    self.bytes.copy_within(written.., 0);
                    self.bytes[rest..].zeroize();
                    self.bytes.truncate(rest);
                    self.is_refused = true;
                    return Ok(());
                }
                Err(error) => break Err(error),
            }
        };
        self.wipe();
        outcome
    }

    /// No more of it than was written: the rest of its place was wiped with an earlier frame, and a key
    /// writes twenty bytes of sixteen thousand.
    fn wipe(&mut self) {
        self.bytes.as_mut_slice().zeroize();
        self.bytes.clear();
    }
}

impl Write for FrameBytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.put(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for FrameBytes {
    fn drop(&mut self) {
        self.wipe();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes so many bytes, and then none until it is asked again.
    struct Narrow {
        taken: Vec<u8>,
        room: usize,
    }

    impl Write for Narrow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            match std::mem::take(&mut self.room).min(bytes.len()) {
                0 => Err(io::ErrorKind::WouldBlock.into()),
                room => {
                    self.taken.extend_from_slice(&bytes[..room]);
                    Ok(room)
                }
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_a_terminal_does_not_take_leaves_later_in_its_order() {
        let mut frame = FrameBytes::new();
        let mut out = Narrow { taken: Vec::new(), room: 4 };
        frame.put(b"a page");
        assert!(!frame.is_refused(), "nobody was asked yet");
        frame.leave(&mut out).unwrap();
        assert!(frame.is_refused());
        frame.put(b", wiped");
        frame.leave(&mut out).unwrap();
        assert_eq!(out.taken, b"a pa");
        out.room = 100;
        frame.leave(&mut out).unwrap();
        assert_eq!(out.taken, b"a page, wiped");
        assert!(!frame.is_refused());
        frame.leave(&mut out).unwrap();
        assert_eq!(out.taken, b"a page, wiped");
    }

    #[test]
    fn after_an_error_nothing_stays() {
        let mut frame = FrameBytes::new();
        frame.put(b"a page");
        assert!(frame.leave(&mut &mut [0; 2][..]).is_err());
        assert!(!frame.is_refused() && frame.bytes.is_empty());
    }
}
