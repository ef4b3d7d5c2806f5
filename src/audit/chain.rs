//! Whether a chain of the audit log is whole: each row is chained to the one before by HMAC, so that a
//! check finds the first changed row (S23).

use super::{AuditAnchor, ChainName};

/// One row of an audit chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// From 1, without a gap. The oldest may have been removed.
    pub sequence: u64,
    /// HMAC over the previous row's `mac`, `sequence` and `bytes`.
    pub mac: [u8; 32],
    /// The sealed [`Entry`](super::Entry).
    pub bytes: Vec<u8>,
}

/// Makes the `mac` of a row from that of the row before ([`ChainName::root`] for the first), its number
/// and its bytes. The vault makes it, so that a store holds no key.
pub type Chain = std::sync::Arc<dyn Fn(&[u8; 32], u64, &[u8]) -> [u8; 32] + Send + Sync>;

/// The chain is broken at this row: it, or one before it, was changed, added or removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the audit log was changed at row {sequence}")]
pub struct Break {
    /// The first row that doesn't fit.
    pub sequence: u64,
}

/// Follows the chain from the first kept row, one row at a time.
pub struct Verifier {
    chain: Chain,
    mac: [u8; 32],
    sequence: u64,
}

impl Verifier {
    /// For a chain that begins with row 1.
    pub fn new(chain: Chain, name: ChainName) -> Self {
        Verifier::after(chain, &AuditAnchor::of(name))
    }

    /// For a chain whose rows up to the anchor were removed.
    pub fn after(chain: Chain, anchor: &AuditAnchor) -> Self {
        Verifier { chain, mac: anchor.mac, sequence: anchor.sequence }
    }

    /// The `mac` of the last row that fitted; before the first, what that is chained to.
    pub fn head(&self) -> [u8; 32] {
        self.mac
    }

    /// The number of the last row that fitted.
    pub fn count(&self) -> u64 {
        self.sequence
    }

    /// Follows one more row.
    ///
    /// # Errors
    /// When the row doesn't fit; the verifier stays where it is.
    pub fn check(&mut self, row: &Row) -> Result<(), Break> {
        let sequence = self.sequence + 1;
        let mac = (self.chain)(&self.mac, sequence, &row.bytes);
        // Not in constant time: whoever verifies holds the key.
        if row.sequence != sequence || row.mac != mac {
            return Err(Break { sequence });
        }
        (self.mac, self.sequence) = (mac, sequence);
        Ok(())
    }
}

/// Checks all rows of the first chain and counts them. A missing tail can't be seen from within: compare with the
/// `mac` of the last export.
///
/// # Errors
/// At the first row that doesn't fit.
pub fn verify<'a>(chain: Chain, rows: impl IntoIterator<Item = &'a Row>) -> Result<u64, Break> {
    let mut verifier = Verifier::new(chain, ChainName::FIRST);
    for row in rows {
        verifier.check(row)?;
    }
    Ok(verifier.count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::{Cost, Keys, Vault};

    fn rows(vault: &Vault) -> Vec<Row> {
        let chain = vault.chain();
        let mut mac = [0; 32];
        (1..=5u64)
            .map(|sequence| {
                let bytes = vec![sequence as u8; 20];
                mac = chain(&mac, sequence, &bytes);
                Row { sequence, mac, bytes }
            })
            .collect()
    }

    #[test]
    fn any_change_is_found_where_it_is() {
        let vault = Vault::new(Keys::random(), Cost::cheap_for_tests());
        let good = rows(&vault);
        let check = |rows: &[Row]| verify(vault.chain(), rows);
        assert_eq!(check(&good), Ok(5));
        assert_eq!(check(&[]), Ok(0));
        let mut changed = good.clone();
        changed[2].bytes[0] ^= 1;
        assert_eq!(check(&changed), Err(Break { sequence: 3 }));
        let mut without = good.clone();
        without.remove(1);
        assert_eq!(check(&without), Err(Break { sequence: 2 }));
        let mut swapped = good.clone();
        swapped.swap(3, 4);
        assert_eq!(check(&swapped), Err(Break { sequence: 4 }));
        assert_eq!(check(&good[1..]), Err(Break { sequence: 1 }));
        let other = Vault::new(Keys::random(), Cost::cheap_for_tests());
        assert_eq!(verify(other.chain(), &good), Err(Break { sequence: 1 }));
        let mut of_another = Verifier::new(vault.chain(), ChainName::new(1));
        assert_eq!(of_another.check(&good[0]), Err(Break { sequence: 1 }), "rows of one fit no other");
    }
}
