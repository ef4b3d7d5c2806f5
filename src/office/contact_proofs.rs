//! New contacts of a company that nobody has proved yet.

use super::means::Means;
use crate::domain::proof::{Proof, ProofFor};
use crate::domain::reference::Kind;
use crate::domain::rut::Rut;
use crate::store::StoreError;
use crate::store::records::{Draft, Held};

/// Proofs read at once.
const READ_AT_ONCE: u16 = 128;

/// The proofs that wait for a new contact of one company, as they were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactProofs(Vec<Held<Proof>>);

impl ContactProofs {
    /// All of them. One that can't be unsealed is nobody's.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read(means: &Means, company: Rut) -> Result<Self, StoreError> {
        let records = &means.records;
        let (mut waiting, mut after) = (Vec::new(), None);
        loop {
            let some = records.store().list(Kind::Proof, after, READ_AT_ONCE).await?;
            let Some((last, _)) = some.last() else { return Ok(ContactProofs(waiting)) };
            after = Some(last.id);
            let proofs = some.iter().filter_map(|(at, read)| records.open::<Proof>(*at, read).ok());
            waiting.extend(proofs.filter(|held| {
                held.value.company == company && matches!(held.value.what, ProofFor::Contact { .. })
            }));
        }
    }

    /// As if they had been read.
    #[cfg(test)]
    pub fn for_test(waiting: &[Held<Proof>]) -> Self {
        ContactProofs(waiting.to_vec())
    }

    /// Whoever asked for a contact to be changed and has not proved it yet no longer can: the clave
    /// that let them ask was changed, or what they did was undone.
    pub fn ended(&self, draft: Draft) -> Draft {
        self.0.iter().fold(draft, |draft, held| draft.remove(held))
    }
}
