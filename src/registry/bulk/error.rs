//! Why a register can't be used, each with what to do.

use std::io;

use super::kind::Kind;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RegisterError {
    #[error("there is no register {}: run totem import {} FILE", .0.name(), .0.name())]
    Missing(Kind),
    #[error("the register {} is damaged ({reason}): run totem import {} FILE again", kind.name(), kind.name())]
    Damaged { kind: Kind, reason: String },
    #[error("the register {} was made by another version: run totem import {} FILE again", .0.name(), .0.name())]
    OtherVersion(Kind),
    #[error(
        "the register {} can't be read ({reason}): check the disk and its rights, and import as the \
         kiosk's own user",
        kind.name()
    )]
    Unreadable { kind: Kind, reason: String },
}

impl RegisterError {
    pub(super) fn damaged(kind: Kind, reason: &str) -> Self {
        RegisterError::Damaged { kind, reason: reason.to_string() }
    }

    pub(super) fn unreadable(kind: Kind, error: &io::Error) -> Self {
        RegisterError::Unreadable { kind, reason: error.kind().to_string() }
    }
}
