//! New contacts of a company that nobody has proved yet.

use super::means::Means;
use crate::domain::proof::{Proof, ProofFor};
use crate::domain::rut::Rut;
use crate::store::StoreError;
use crate::store::records::{Draft, Group, Held};

/// The proofs that wait for a new contact of one company, as they were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactProofs(Vec<Held<Proof>>);

impl ContactProofs {
    /// All of them. One that can't be unsealed is nobody's.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read(means: &Means, company: Rut) -> Result<Self, StoreError> {
        let mut waiting = means.records.read_all_in::<Proof>(Group::Company(company)).await?;
        waiting.retain(|held| matches!(held.value.what, ProofFor::Contact { .. }));
        Ok(ContactProofs(waiting))
    }

    /// Whoever asked for a contact to be changed and has not proved it yet no longer can: the clave
    /// that let them ask was changed, or what they did was undone.
    pub fn ended(&self, draft: Draft) -> Draft {
        self.0.iter().fold(draft, |draft, held| draft.remove(held))
    }
}
