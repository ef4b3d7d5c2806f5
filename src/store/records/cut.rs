//! The front of each chain of the audit log, whose rows come to the end of their life (S15). What is left is
//! verified from an anchor: the number and the `mac` of the last row that went, sealed, so that
//! nobody without the key can cut off rows and say that they were old.

use std::collections::BTreeSet;

use super::{Draft, Held, Records, Write};
use crate::audit::{AuditAnchor, ChainName, Verifier};
use crate::domain::reference::{Id, Kind};
use crate::store::StoreError;

/// Chains read at once.
const CHAINS_AT_ONCE: u16 = 256;

const OF_FIRST: Id = Id(*b"audit-anchor\0\0\0\0");
/// Before the name of any other chain.
const OF_NAMED: &[u8; 8] = b"anchor-\0";

fn anchor_of(chain: ChainName) -> Id {
    if chain == ChainName::FIRST {
        return OF_FIRST;
    }
    let mut id = [0; 16];
    id[..8].copy_from_slice(OF_NAMED);
    id[8..].copy_from_slice(&chain.number().to_be_bytes());
    Id(id)
}

/// The chain whose anchor lies here in the drawer of the store itself, if one does.
pub fn chain_of_anchor(id: Id) -> Option<ChainName> {
    let (head, number) = id.0.split_first_chunk::<8>()?;
    let number = u64::from_be_bytes(number.try_into().ok()?);
    match id {
        OF_FIRST => Some(ChainName::FIRST),
        _ => (head == OF_NAMED).then(|| ChainName::new(number)),
    }
}

impl Records {
    /// Every audit chain that has rows or an anchor, in the order of their names. An anchor without
    /// rows is left of a chain that somebody took away: its newest row never goes.
    pub async fn audit_chains(&self) -> Result<BTreeSet<ChainName>, StoreError> {
        let (mut all, mut last) = (BTreeSet::new(), None);
        loop {
            let page = self.store.chains(last, CHAINS_AT_ONCE).await?;
            last = page.last().copied();
            all.extend(&page);
            if page.len() < usize::from(CHAINS_AT_ONCE) {
                break;
            }
        }
        let mut own = self.all(Kind::Meta);
        while let Some((at, _)) = own.next().await? {
            all.extend(chain_of_anchor(at.id));
        }
        Ok(all)
    }

    /// Where the audit chain begins; none before the first look at its front.
    pub async fn audit_anchor(&self) -> Result<Option<Held<AuditAnchor>>, StoreError> {
        self.get(anchor_of(self.chain)).await
    }

    /// Follows the audit chain from the first row that is kept.
    pub async fn audit_verifier(&self) -> Result<Verifier, StoreError> {
        let anchor = self.audit_anchor().await?.map(|held| held.value);
        Ok(Verifier::after(self.vault.chain(), &anchor.unwrap_or(AuditAnchor::of(self.chain))))
    }
}

impl Draft {
    /// The first look at the front of an audit chain.
    pub fn new_anchor(self, chain: ChainName, due_ms: u64) -> Self {
        self.new_record(anchor_of(chain), &AuditAnchor::of(chain), Some(due_ms))
    }

    /// Takes away the rows of the anchor's chain up to where it is to stand; the front is looked at again at `due_ms`.
    pub fn cut_rows(self, held: &Held<AuditAnchor>, to: &AuditAnchor, due_ms: u64) -> Self {
        let chain = chain_of_anchor(held.id).filter(|_| to.sequence > held.value.sequence);
        let draft = match chain {
            Some(chain) => self.with(Write::CutRows { chain, up_to: to.sequence }),
            None => self,
        };
        draft.replace(held, to, Some(due_ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_lies_under_the_name_of_its_chain() {
        for number in [0, 1, 255, u64::MAX, u64::from_be_bytes(*b"chor\0\0\0\0")] {
            let chain = ChainName::new(number);
            assert_eq!(chain_of_anchor(anchor_of(chain)), Some(chain));
        }
        assert_eq!(anchor_of(ChainName::FIRST), Id(*b"audit-anchor\0\0\0\0"), "as it always was");
        assert_eq!(chain_of_anchor(Id(*b"clock-mark\0\0\0\0\0\0")), None);
    }
}
