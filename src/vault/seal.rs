//! Sealing (S13): XChaCha20-Poly1305 with a random nonce, bound to the place of the record, so that
//! neither its bytes can be changed nor two records swapped without being noticed.
//!
//! A sealed record is: version (1 byte), key id (1), nonce (24), ciphertext and tag (16 more).
//! Associated data is version ‖ kind ‖ id.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::{Vault, random};
use crate::domain::reference::Ref;

const VERSION: u8 = 1;
const NONCE_BYTES: usize = 24;
const HEAD_BYTES: usize = 2 + NONCE_BYTES;
/// The kind byte of audit rows, which are no records; the chain keeps their place.
const AUDIT_ROW: u8 = 0;

/// Why sealed bytes don't open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsealed {
    /// Shorter than the shortest sealed record.
    #[error("it is not a sealed record")]
    Shape,
    /// Its version byte.
    #[error("it was sealed by a newer program (version {0})")]
    Version(u8),
    /// The key's number.
    #[error("it was sealed with key {0}, which the key file lacks")]
    NoSuchKey(u8),
    /// Another key, another place, or other bytes; which of them can't be known.
    #[error("the key is wrong, or the record was changed or moved")]
    Forged,
}

impl Vault {
    /// Seals a record for this place.
    pub fn seal(&self, at: Ref, plain: &[u8]) -> Vec<u8> {
        self.seal_at(place(at), plain)
    }

    /// The plain bytes, wiped when dropped.
    ///
    /// # Errors
    /// When this place holds anything else than what was sealed for it.
    pub fn open(&self, at: Ref, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unsealed> {
        self.open_at(place(at), sealed)
    }

    /// Seals a row of the audit chain, which keeps the order of rows (S23).
    pub fn seal_row(&self, plain: &[u8]) -> Vec<u8> {
        self.seal_at(row_place(), plain)
    }

    /// The plain bytes of a row, wiped when dropped.
    ///
    /// # Errors
    /// When it is no row that was sealed with these keys.
    pub fn open_row(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unsealed> {
        self.open_at(row_place(), sealed)
    }

    fn seal_at(&self, place: [u8; 18], plain: &[u8]) -> Vec<u8> {
        let (key_id, key) = self.keys.newest_seal();
        let nonce = random::<NONCE_BYTES>();
        let payload = Payload { msg: plain, aad: &place };
        let Ok(ciphertext) = XChaCha20Poly1305::new(key.into()).encrypt(&XNonce::from(nonce), payload) else {
            unreachable!("a record is far below the cipher's 256 GiB");
        };
        let mut sealed = Vec::with_capacity(HEAD_BYTES + ciphertext.len());
        sealed.extend([VERSION, key_id]);
        sealed.extend(nonce);
        sealed.extend(ciphertext);
        sealed
    }

    fn open_at(&self, place: [u8; 18], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unsealed> {
        let (head, ciphertext) = sealed.split_at_checked(HEAD_BYTES).ok_or(Unsealed::Shape)?;
        if head[0] != VERSION {
            return Err(Unsealed::Version(head[0]));
        }
        let key = self.keys.seal(head[1]).ok_or(Unsealed::NoSuchKey(head[1]))?;
        let nonce: [u8; NONCE_BYTES] = head[2..].try_into().map_err(|_| Unsealed::Shape)?;
        let payload = Payload { msg: ciphertext, aad: &place };
        let plain = XChaCha20Poly1305::new(key.into()).decrypt(&XNonce::from(nonce), payload);
        plain.map(Zeroizing::new).map_err(|_| Unsealed::Forged)
    }
}

fn place(at: Ref) -> [u8; 18] {
    let mut place = [0; 18];
    place[0] = VERSION;
    place[1] = at.kind as u8;
    place[2..].copy_from_slice(&at.id.0);
    place
}

fn row_place() -> [u8; 18] {
    let mut place = [0; 18];
    (place[0], place[1]) = (VERSION, AUDIT_ROW);
    place
}
