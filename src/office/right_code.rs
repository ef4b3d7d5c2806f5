//! The right code from a mailbox or mobile, and what it was right for (S8).

use super::drawn::Drawn;
use super::means::Means;
use super::trouble::Trouble;
use crate::domain::digest::Digest;
use crate::domain::proof::Proof;
use crate::effect::AwaitingCode;
use crate::store::records::Held;

/// A code that was right for a proof.
#[derive(Clone, Debug)]
pub struct RightCode {
    /// What waited for it.
    pub awaiting: AwaitingCode,
    /// For which it was right.
    pub on: Digest,
    /// For what follows from it.
    pub drawn: Drawn,
}

impl RightCode {
    /// The proof, if it still waits for this very code; nothing if it is gone.
    ///
    /// # Errors
    /// [`Trouble::Outdated`] when it waits for another code, or for none.
    pub async fn proof(&self, means: &Means) -> Result<Option<Held<Proof>>, Trouble> {
        let proof = means.records.get::<Proof>(self.awaiting.proof()).await?;
        match &proof {
            Some(held) if held.value.code.as_ref() != Some(&self.on) => Err(Trouble::Outdated),
            _ => Ok(proof),
        }
    }
}
