//! Sealing (S13): XChaCha20-Poly1305 with a random nonce, bound to the place where the record
//! lies, to the record's version and to the time when it is due, so that neither its bytes nor two
//! rows can be exchanged unnoticed, no due time moved, and no older value put in a newer one's place.
//!
//! A sealed record is: version of the seal (1 byte), key id (1), nonce (24), ciphertext and tag (16
//! more). Associated data is version of the seal ‖ kind ‖ id ‖ version of the record (8) ‖ whether it
//! is due (1) ‖ due time (8). Seals of version 1 end after the id; they are read still. Audit rows
//! are sealed so too, for their chain keeps their order.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::Vault;
use crate::domain::reference::Ref;

/// Bound to the place alone.
const UNVERSIONED: u8 = 1;
/// Bound to the record's version and due time too.
const VERSION: u8 = 2;
const NONCE_BYTES: usize = 24;
const HEAD_BYTES: usize = 2 + NONCE_BYTES;
/// The kind byte of audit rows, which are no records; the chain keeps their place.
const AUDIT_ROW: u8 = 0;

/// What sealed bytes are bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where the record lies.
    pub at: Ref,
    /// Of the record.
    pub version: u64,
    /// In milliseconds since 1970.
    pub due_ms: Option<u64>,
}

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
    /// Seals what shall lie at this place.
    pub fn seal(&self, place: Place, plain: &[u8]) -> Vec<u8> {
        self.seal_bound(VERSION, &whole(place), plain)
    }

    /// The same, as it was done before records were bound to their version.
    #[cfg(test)]
    pub(crate) fn seal_unversioned(&self, at: Ref, plain: &[u8]) -> Vec<u8> {
        self.seal_bound(UNVERSIONED, &unversioned(at.kind as u8, at.id.0), plain)
    }

    /// The plain bytes, wiped when dropped.
    ///
    /// # Errors
    /// When it is not what was sealed with one of these keys for this place.
    pub fn open(&self, place: Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unsealed> {
        match sealed.first() {
            Some(&UNVERSIONED) => self.open_bound(&unversioned(place.at.kind as u8, place.at.id.0), sealed),
            Some(&VERSION) => self.open_bound(&whole(place), sealed),
            Some(&other) => Err(Unsealed::Version(other)),
            None => Err(Unsealed::Shape),
        }
    }

    /// Seals a row of the audit chain, which keeps the order of rows (S23).
    pub fn seal_row(&self, plain: &[u8]) -> Vec<u8> {
        self.seal_bound(UNVERSIONED, &unversioned(AUDIT_ROW, [0; 16]), plain)
    }

    /// The plain bytes of an audit row, wiped when dropped.
    ///
    /// # Errors
    /// When it is not a row that was sealed with one of these keys.
    pub fn open_row(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unsealed> {
        match sealed.first() {
            Some(&UNVERSIONED) => self.open_bound(&unversioned(AUDIT_ROW, [0; 16]), sealed),
            Some(&VERSION) => Err(Unsealed::Forged),
            Some(&other) => Err(Unsealed::Version(other)),
            None => Err(Unsealed::Shape),
        }
    }

    fn seal_bound(&self, version: u8, bound: &[u8], plain: &[u8]) -> Vec<u8> {
        let (key_id, key) = self.keys.newest_seal();
        let nonce = self.random::<NONCE_BYTES>();
        let payload = Payload { msg: plain, aad: bound };
        let Ok(ciphertext) = XChaCha20Poly1305::new(key.into()).encrypt(&XNonce::from(nonce), payload) else {
            unreachable!("a record is far below the cipher's 256 GiB");
        };
        let mut sealed = Vec::with_capacity(HEAD_BYTES + ciphertext.len());
        sealed.extend([version, key_id]);
        sealed.extend(nonce);
        sealed.extend(ciphertext);
        sealed
    }

    fn open_bound(&self, bound: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unsealed> {
        let (head, ciphertext) = sealed.split_at_checked(HEAD_BYTES).ok_or(Unsealed::Shape)?;
        let key = self.keys.seal(head[1]).ok_or(Unsealed::NoSuchKey(head[1]))?;
        let nonce: [u8; NONCE_BYTES] = head[2..].try_into().map_err(|_| Unsealed::Shape)?;
        let payload = Payload { msg: ciphertext, aad: bound };
        let plain = XChaCha20Poly1305::new(key.into()).decrypt(&XNonce::from(nonce), payload);
        plain.map(Zeroizing::new).map_err(|_| Unsealed::Forged)
    }
}

/// Whether these bytes, moved to another version or due time, no longer open.
pub fn is_bound_to_version(sealed: &[u8]) -> bool {
    sealed.first() == Some(&VERSION)
}

fn whole(place: Place) -> [u8; 35] {
    let mut bound = [0; 35];
    (bound[0], bound[1]) = (VERSION, place.at.kind as u8);
    bound[2..18].copy_from_slice(&place.at.id.0);
    bound[18..26].copy_from_slice(&place.version.to_be_bytes());
    bound[26] = place.due_ms.is_some().into();
    bound[27..].copy_from_slice(&place.due_ms.unwrap_or(0).to_be_bytes());
    bound
}

fn unversioned(kind: u8, id: [u8; 16]) -> [u8; 18] {
    let mut bound = [0; 18];
    (bound[0], bound[1]) = (UNVERSIONED, kind);
    bound[2..].copy_from_slice(&id);
    bound
}
