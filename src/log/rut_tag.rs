//! Whom a line of the log is about, without saying who: the same RUT gives the same word, and
//! only with the key can a word be tried against RUTs.

use std::fmt;

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::domain::rut::Rut;

/// How many bytes of the HMAC are shown, enough to tell RUTs apart.
const SHOWN_BYTES: usize = 8;
/// Sixteen hexadecimal digits.
const SHOWN_DIGITS: usize = 2 * SHOWN_BYTES;

/// Makes tags with one key, which is kept apart from every other.
#[derive(Clone)]
pub struct RutTags {
    key: Zeroizing<[u8; 32]>,
}

impl RutTags {
    /// The key is used for nothing else.
    pub fn new(key: [u8; 32]) -> Self {
        RutTags { key: Zeroizing::new(key) }
    }

    /// The tag of this RUT: a truncated HMAC-SHA-256.
    pub fn of(&self, rut: Rut) -> RutTag {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.key.as_slice()) else {
            unreachable!("HMAC takes a key of any length");
        };
        mac.update(b"log-rut-v1\0");
        mac.update(rut.canonical().as_bytes());
        let bytes = mac.finalize().into_bytes();
        RutTag(HEXLOWER.encode(&bytes[..SHOWN_BYTES]))
    }
}

/// A RUT in the log; goes into the field `subject`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RutTag(String);

impl RutTag {
    /// Whether a text has the form of a tag, so that nothing else passes as one.
    pub(super) fn is_one(text: &str) -> bool {
        text.len() == SHOWN_DIGITS && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    }
}

impl fmt::Display for RutTag {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Debug for RutTag {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}
