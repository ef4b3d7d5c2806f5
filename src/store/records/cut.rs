//! The front of the audit log, whose rows come to the end of their life (S15). What is left is
//! verified from an anchor: the number and the `mac` of the last row that went, sealed, so that
//! nobody without the key can cut off rows and say that they were old.

use super::{Draft, Held, Records, Write};
use crate::audit::{AuditAnchor, Verifier};
use crate::domain::reference::Id;
use crate::store::StoreError;

pub const AUDIT_ANCHOR: Id = Id(*b"audit-anchor\0\0\0\0");

impl Records {
    /// Where the audit log begins; none before the first look at its front.
    pub async fn audit_anchor(&self) -> Result<Option<Held<AuditAnchor>>, StoreError> {
        self.get(AUDIT_ANCHOR).await
    }

    /// Follows the chain from the first row that is kept.
    pub async fn audit_verifier(&self) -> Result<Verifier, StoreError> {
        let anchor = self.audit_anchor().await?.map(|held| held.value).unwrap_or_default();
        Ok(Verifier::after(self.vault.chain(), &anchor))
    }
}

impl Draft {
    /// The first look at the front of the log.
    pub fn new_anchor(self, due_ms: u64) -> Self {
        self.new_record(AUDIT_ANCHOR, &AuditAnchor::default(), Some(due_ms))
    }

    /// Takes away the rows up to this anchor; the front is looked at again at `due_ms`.
    pub fn cut_rows(self, held: &Held<AuditAnchor>, to: &AuditAnchor, due_ms: u64) -> Self {
        let draft = match to.sequence > held.value.sequence {
            true => self.with(Write::CutRows { up_to: to.sequence }),
            false => self,
        };
        draft.replace(held, to, Some(due_ms))
    }
}
