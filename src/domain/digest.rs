//! The only form in which a secret is kept.

use serde::{Deserialize, Serialize};

/// The digest of a clave, an answer or a code: an argon2id string over its HMAC with the pepper
/// (S1).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest(pub String);

impl std::fmt::Debug for Digest {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Digest(…)")
    }
}
