//! What is left of a secret once it is kept.

use serde::{Deserialize, Serialize};

/// What is left of a key, an answer or a code: an argon2 string over its HMAC with the pepper.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest(pub String);

impl std::fmt::Debug for Digest {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Digest(…)")
    }
}
