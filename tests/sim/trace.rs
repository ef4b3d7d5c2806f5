//! Everything that happened, as one hash, and as lines where somebody wants to read them.

use sha2::{Digest, Sha256};

/// What becomes of the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aloud {
    No,
    Yes,
}

pub struct Trace {
    hash: Sha256,
    aloud: Aloud,
}

impl Trace {
    pub fn new(aloud: Aloud) -> Self {
        Trace { hash: Sha256::new(), aloud }
    }

    pub fn line(&mut self, now_ms: u64, line: impl FnOnce() -> String) {
        let line = line();
        self.bytes(&now_ms.to_be_bytes());
        self.bytes(line.as_bytes());
        if self.aloud == Aloud::Yes {
            println!("{} {line}", totem::clock::utc(now_ms));
        }
    }

    pub fn bytes(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
    }

    pub fn hash(&self) -> [u8; 32] {
        self.hash.clone().finalize().into()
    }
}
