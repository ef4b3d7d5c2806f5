//! Sealing of documents (S13). Each has a key of its own, so that destroying the key erases the
//! document. A document is bound to its id and kind: under another's name its file doesn't open.
//!
//! A sealed document is: mark (8 bytes, the last its version), nonce (24), ciphertext and tag (16
//! more). Associated data is mark ‖ id ‖ kind.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::{Unsealed, Vault};
use crate::domain::document::{DocumentKey, Kind};
use crate::domain::reference::Id;

const MARK: [u8; 8] = *b"totemdo\x01";
const NONCE_BYTES: usize = 24;
const HEAD_BYTES: usize = MARK.len() + NONCE_BYTES;

impl Vault {
    /// A new key, for one document.
    pub fn document_key(&self) -> DocumentKey {
        DocumentKey(self.random())
    }

    /// The bytes of the sealed file of a document of this id and kind.
    pub fn seal_document(&self, key: &DocumentKey, (id, kind): (Id, Kind), plain: &[u8]) -> Vec<u8> {
        let nonce = self.random::<NONCE_BYTES>();
        let place = place(id, kind);
        let payload = Payload { msg: plain, aad: &place };
        let Ok(ciphertext) = key.cipher().encrypt(&XNonce::from(nonce), payload) else {
            unreachable!("a document is far below the cipher's 256 GiB");
        };
        [&MARK[..], &nonce, &ciphertext].concat()
    }
}

impl DocumentKey {
    /// The document, wiped when dropped.
    ///
    /// # Errors
    /// When the bytes are not what this key sealed for this id and kind.
    pub fn open(&self, id: Id, kind: Kind, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unsealed> {
        let (head, ciphertext) = sealed.split_at_checked(HEAD_BYTES).ok_or(Unsealed::Shape)?;
        let (mark, nonce) = head.split_at(MARK.len());
        if mark[..7] != MARK[..7] {
            return Err(Unsealed::Shape);
        }
        if mark != MARK {
            return Err(Unsealed::Version(mark[7]));
        }
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().map_err(|_| Unsealed::Shape)?;
        let place = place(id, kind);
        let payload = Payload { msg: ciphertext, aad: &place };
        let plain = self.cipher().decrypt(&XNonce::from(nonce), payload);
        plain.map(Zeroizing::new).map_err(|_| Unsealed::Forged)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

fn place(id: Id, kind: Kind) -> [u8; 25] {
    let mut place = [0; 25];
    place[..8].copy_from_slice(&MARK);
    place[8..24].copy_from_slice(&id.0);
    place[24] = kind as u8;
    place
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::{Cost, Keys};

    #[test]
    fn opens_with_its_key_at_its_place_alone() {
        let vault = Vault::new(Keys::random(), Cost::cheap_for_tests());
        let (key, id) = (vault.document_key(), Id([7; 16]));
        let seal = |plain: &[u8]| vault.seal_document(&key, (id, Kind::Pdf), plain);
        let sealed = seal(b"%PDF-1.7");
        assert_eq!(*key.open(id, Kind::Pdf, &sealed).unwrap(), b"%PDF-1.7");
        assert!(!sealed.windows(4).any(|window| window == b"%PDF"));
        assert_eq!(key.open(Id([8; 16]), Kind::Pdf, &sealed), Err(Unsealed::Forged));
        assert_eq!(key.open(id, Kind::Png, &sealed), Err(Unsealed::Forged));
        assert_eq!(vault.document_key().open(id, Kind::Pdf, &sealed), Err(Unsealed::Forged));
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert!(key.open(id, Kind::Pdf, &changed).is_err(), "{place}");
            assert!(key.open(id, Kind::Pdf, &sealed[..place]).is_err(), "{place}");
        }
        assert_ne!(seal(b""), seal(b""));
        assert_eq!(format!("{key:?}"), "DocumentKey(…)");
    }
}
