//! Why a register can't be used, each with what to do.

use std::io;

use super::kind::Kind;

/// Why a register can't be used. For operators: each says which command mends it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RegisterError {
    /// Nothing was imported yet.
    #[error("there is no register {}: run totem import {} FILE", .0.name(), .0.name())]
    Missing(Kind),
    /// It is not what an import wrote.
    #[error("the register {} is damaged ({reason}): run totem import {} FILE again", kind.name(), kind.name())]
    Damaged {
        /// Which register.
        kind: Kind,
        /// What doesn't hold together.
        reason: String,
    },
    /// Another version of this program made it.
    #[error("the register {} was made by another version: run totem import {} FILE again", .0.name(), .0.name())]
    OtherVersion(Kind),
    /// The system doesn't let it be read: its words.
    #[error(
        "the register {} can't be read ({reason}): check the disk and its rights, and import as the \
         kiosk's own user",
        kind.name()
    )]
    Unreadable {
        /// Which register.
        kind: Kind,
        /// The system's words.
        reason: String,
    },
}

impl RegisterError {
    pub(super) fn damaged(kind: Kind, reason: &str) -> Self {
        RegisterError::Damaged { kind, reason: reason.to_string() }
    }

    pub(super) fn unreadable(kind: Kind, error: &io::Error) -> Self {
        RegisterError::Unreadable { kind, reason: error.kind().to_string() }
    }
}
