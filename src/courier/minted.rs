//! What goes into one message besides its sentences. It is made when the message leaves, and
//! forgotten then (S5, S6).

use super::sending::Attachment;
use crate::domain::clean::Clean;
use crate::domain::secret::Secret;

/// What was made for one sending.
#[derive(Debug)]
pub(super) enum Minted {
    /// The sentences say it all.
    Nothing,
    /// A clave that opens *choose your own*.
    Clave(Secret),
    /// A code that proves an address or undoes something.
    Code(Secret),
    /// Why a request was refused.
    Reason(Clean),
    /// A file that goes along with the mail.
    File(Attachment),
}

impl Minted {
    /// The clave or the code; empty for the rest.
    pub fn secret(&self) -> Secret {
        match self {
            Minted::Clave(secret) | Minted::Code(secret) => secret.clone(),
            Minted::Nothing | Minted::Reason(_) | Minted::File(_) => Secret::default(),
        }
    }

    /// The reason for a refusal; empty for the rest.
    pub fn reason(&self) -> Clean {
        match self {
            Minted::Reason(reason) => reason.clone(),
            Minted::Nothing | Minted::Clave(_) | Minted::Code(_) | Minted::File(_) => Clean::default(),
        }
    }

    /// The file, if there is one.
    pub fn file(&self) -> Option<Attachment> {
        match self {
            Minted::File(file) => Some(file.clone()),
            Minted::Nothing | Minted::Clave(_) | Minted::Code(_) | Minted::Reason(_) => None,
        }
    }
}
