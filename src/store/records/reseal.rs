//! A store sealed anew under other keys (S14): every record, and every audit row, whose chains are
//! followed under the old key and made again under the new one. What can't be opened stays as it
//! is, for it could not be read before either.

use std::collections::BTreeMap;

use super::cut::chain_of_anchor;
use super::key_mark::KeyCheck;
use super::reckoning::ClockMark;
use super::time::CLOCK_MARK;
use super::{KEY_MARK, Stored, place_of, rows, unseal};
use crate::audit::{AuditAnchor, Chain, ChainName, Entry, Row, Verifier};
use crate::domain::reference::{Kind, Ref};
use crate::store::sled::Rewriter;
use crate::store::{StoreError, Versioned};
use crate::vault::Vault;

/// Makes the row that says what was done, from the time and the `mac` that an old chain ended in.
type NoteOfHead<'a> = &'a dyn Fn(u64, [u8; 32]) -> Entry;

/// Seals a store anew, record by record and row by row.
pub struct Reseal<'a> {
    old: &'a Vault,
    new: &'a Vault,
    noted: NoteOfHead<'a>,
    now_ms: u64,
    chain: Chain,
    chains: BTreeMap<ChainName, Followed>,
    /// Records that were sealed anew.
    pub resealed: u64,
    /// Records that could not be opened.
    pub unread: u64,
}

/// How far one chain is.
struct Followed {
    /// Follows the old chain.
    before: Verifier,
    /// The `mac` of the newest row of the new chain.
    mac: [u8; 32],
}

impl Followed {
    fn after(old: &Vault, anchor: &AuditAnchor) -> Self {
        Followed { before: Verifier::after(old.chain(), anchor), mac: anchor.mac }
    }

    fn chained(&mut self, chain: &Chain, sequence: u64, bytes: Vec<u8>) -> Row {
        self.mac = chain(&self.mac, sequence, &bytes);
        Row { sequence, mac: self.mac, bytes }
    }
}

impl<'a> Reseal<'a> {
    /// From the old keys to the new ones, at this time in milliseconds since 1970.
    pub fn new(old: &'a Vault, new: &'a Vault, now_ms: u64, noted: NoteOfHead<'a>) -> Self {
        let chain = new.chain();
        let mut reseal =
            Reseal { old, new, noted, now_ms, chain, chains: BTreeMap::new(), resealed: 0, unread: 0 };
        // It tells of the new keys also where nothing was told before.
        reseal.begin_at(ChainName::FIRST, &AuditAnchor::of(ChainName::FIRST));
        reseal
    }

    fn begin_at(&mut self, chain: ChainName, anchor: &AuditAnchor) {
        self.chains.insert(chain, Followed::after(self.old, anchor));
    }
}

impl Rewriter for Reseal<'_> {
    fn chains(&self) -> (Chain, Chain) {
        (self.old.chain(), self.chain.clone())
    }

    fn record(&mut self, at: Ref, read: &Versioned) -> Result<Vec<u8>, StoreError> {
        if at.id == CLOCK_MARK {
            let mark = unseal::<ClockMark>(self.old, at, read)?;
            self.now_ms = self.now_ms.max(mark.value.proved_ms);
        }
        if let Some(chain) = chain_of_anchor(at.id).filter(|_| at.kind == Kind::Meta) {
            let anchor = unseal::<AuditAnchor>(self.old, at, read)?;
            self.begin_at(chain, &anchor.value);
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

    fn row(&mut self, chain: ChainName, row: &Row) -> Result<Row, StoreError> {
        let corrupt =
            |why: &dyn std::fmt::Display| StoreError::Corrupt(format!("{why}; nothing was changed"));
        let begun = || Followed::after(self.old, &AuditAnchor::of(chain));
        let followed = self.chains.entry(chain).or_insert_with(begun);
        followed.before.check(row).map_err(|broken| corrupt(&broken))?;
        let plain = self.old.open_row(&row.bytes).map_err(|error| corrupt(&error))?;
        Ok(followed.chained(&self.chain, row.sequence, self.new.seal_row(&plain)))
    }

    fn last_rows(&mut self) -> Result<Vec<(ChainName, Row)>, StoreError> {
        let mut last = Vec::new();
        for (chain, followed) in &mut self.chains {
            let entry = (self.noted)(self.now_ms, followed.before.head());
            let bytes = rows::seal(self.new, &entry)?;
            last.push((*chain, followed.chained(&self.chain, followed.before.count() + 1, bytes)));
        }
        Ok(last)
    }
}
