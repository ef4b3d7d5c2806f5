//! A RUT as the logs show it. Only the vault makes one, with its key (S22).

/// A RUT as the logs show it (S22): the same RUT always gives the same letters, which reveal
/// nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Pseudonym(pub(crate) String);

impl std::fmt::Display for Pseudonym {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
impl Pseudonym {
    /// One that no key made.
    pub fn for_test(word: &str) -> Self {
        Pseudonym(word.to_string())
    }
}
