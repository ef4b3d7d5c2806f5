//! The bytes of a frame, until they are written: a key that F3 shows is among them. Nothing of them
//! stays in memory, neither when they are written nor when they outgrow their place.

use std::io::{self, Write};

use zeroize::Zeroize as _;

/// A large frame at a usual size.
const USUAL_BYTES: usize = 16 * 1024;

/// What leaves in one write.
#[derive(Debug)]
pub struct FrameBytes(Vec<u8>);

impl FrameBytes {
    /// Nothing yet.
    pub fn new() -> Self {
        FrameBytes(Vec::with_capacity(USUAL_BYTES))
    }

    /// Puts these at the end.
    pub fn put(&mut self, bytes: &[u8]) {
        if self.0.capacity() - self.0.len() < bytes.len() {
            self.outgrow(bytes.len());
        }
        self.0.extend_from_slice(bytes);
    }

    /// A vector that grows by itself leaves its old place as it was.
    fn outgrow(&mut self, by: usize) {
        let mut larger = Vec::with_capacity((self.0.len() + by).max(2 * self.0.capacity()));
        larger.extend_from_slice(&self.0);
        self.0.zeroize();
        self.0 = larger;
    }

    /// Takes away the last byte if it is this one.
    pub fn drop_last(&mut self, byte: u8) {
        if self.0.last() == Some(&byte) {
            self.0.pop();
        }
    }

    /// Writes everything, and wipes it whatever comes of that.
    pub fn leave(&mut self, out: &mut impl Write) -> io::Result<()> {
        let written = match self.0.is_empty() {
            true => Ok(()),
            false => out.write_all(&self.0).and_then(|()| out.flush()),
        };
        self.wipe();
        written
    }

    /// No more of it than was written: the rest of its place was wiped with an earlier frame, and a key
    /// writes twenty bytes of sixteen thousand.
    fn wipe(&mut self) {
        self.0.as_mut_slice().zeroize();
        self.0.clear();
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
