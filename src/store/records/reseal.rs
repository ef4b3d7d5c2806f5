//! A store sealed anew under other keys (S14): every record, and every audit row, whose chain is
//! followed under the old key and made again under the new one. What can't be opened stays as it
//! is, for it could not be read before either.

use super::cut::AUDIT_ANCHOR;
use super::key_mark::KeyCheck;
use super::time::{CLOCK_MARK, ClockMark};
use super::{KEY_MARK, Stored, place_of, rows, unseal};
use crate::audit::{AuditAnchor, Chain, Entry, Row, Verifier};
use crate::domain::reference::Ref;
use crate::store::sled::Rewriter;
use crate::store::{StoreError, Versioned};
use crate::vault::Vault;

/// Makes the row that says what was done, from the time and the `mac` that the old chain ended in.
type Noted<'a> = &'a dyn Fn(u64, [u8; 32]) -> Entry;

/// Seals a store anew, record by record and row by row.
pub struct Reseal<'a> {
    old: &'a Vault,
    new: &'a Vault,
    noted: Noted<'a>,
    now_ms: u64,
    /// Follows the old chain.
    before: Verifier,
    chain: Chain,
    /// The `mac` of the newest row of the new chain.
    mac: [u8; 32],
    /// Records that were sealed anew.
    pub resealed: u64,
    /// Records that could not be opened.
    pub unread: u64,
}

impl<'a> Reseal<'a> {
    /// From the old keys to the new ones, at this time in milliseconds since 1970.
    pub fn new(old: &'a Vault, new: &'a Vault, now_ms: u64, noted: Noted<'a>) -> Self {
        let (before, chain) = (Verifier::new(old.chain()), new.chain());
        Reseal { old, new, noted, now_ms, before, chain, mac: [0; 32], resealed: 0, unread: 0 }
    }

    fn chained(&mut self, sequence: u64, bytes: Vec<u8>) -> Row {
        self.mac = (self.chain)(&self.mac, sequence, &bytes);
        Row { sequence, mac: self.mac, bytes }
    }
}

impl Rewriter for Reseal<'_> {
    fn record(&mut self, at: Ref, read: &Versioned) -> Result<Vec<u8>, StoreError> {
        if at.id == CLOCK_MARK {
            let mark = unseal::<ClockMark>(self.old, at, read)?;
            self.now_ms = self.now_ms.max(mark.value.latest_ms);
        }
        if at.id == AUDIT_ANCHOR {
            let anchor = unseal::<AuditAnchor>(self.old, at, read)?;
            self.before = Verifier::after(self.old.chain(), &anchor.value);
            self.mac = anchor.value.mac;
        }
        if at == KEY_MARK {
            let ours = KeyCheck { fingerprints: self.new.fingerprints() };
            return Stored::from(ours).seal(self.new, place_of(at, read));
        }
        match self.old.open(place_of(at, read), &read.bytes) {
            Ok(plain) => {
                self.resealed += 1;
                Ok(self.new.seal(place_of(at, read), &plain))
            }
            Err(_) => {
                self.unread += 1;
                Ok(read.bytes.clone())
            }
        }
    }

    fn row(&mut self, row: &Row) -> Result<Row, StoreError> {
        let corrupt =
            |why: &dyn std::fmt::Display| StoreError::Corrupt(format!("{why}; nothing was changed"));
        self.before.check(row).map_err(|broken| corrupt(&broken))?;
        let plain = self.old.open_row(&row.bytes).map_err(|error| corrupt(&error))?;
        Ok(self.chained(row.sequence, self.new.seal_row(&plain)))
    }

    fn last_row(&mut self) -> Result<Row, StoreError> {
        let entry = (self.noted)(self.now_ms, self.before.head());
        Ok(self.chained(self.before.count() + 1, rows::seal(self.new, &entry)?))
    }
}
