//! A RUT as the audit log shows it. Only the vault makes one, from its key (S22).

/// A RUT as the log shows it (S22): the same RUT gives the same letters, which tell nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Pseudonym(pub(crate) String);

impl std::fmt::Display for Pseudonym {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}
