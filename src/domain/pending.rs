//! A registration that is no account yet: its mailbox, the representative's card or a register's word
//! is still to come (T1).

use serde::{Deserialize, Serialize};

use super::cedula::Serial;
use super::folio::Folio;
use super::trust::Rank;
use crate::domain::account::Account;

/// The first wait for the registry, in milliseconds. Each next one is twice as long, up to
/// [`LONGEST_WAIT_MS`].
const FIRST_WAIT_MS: u64 = 60_000;
/// The longest wait between two questions to the registry, in milliseconds.
pub const LONGEST_WAIT_MS: u64 = 15 * 60_000;

/// What a company must show before it has an account (`registration.evidence`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RegistrationEvidence {
    /// The mailbox's code and the card's number.
    #[default]
    Card,
    /// Moreover staff see person and card.
    Person,
}

impl RegistrationEvidence {
    /// What a company must show whose account was erased, and had this rank: nothing less than what gave
    /// it (T4d).
    pub fn after_erased(self, remembered: Rank) -> Self {
        match remembered {
            Rank::Low => self,
            Rank::Person | Rank::Office => RegistrationEvidence::Person,
        }
    }
}

/// How much is known of the representative's card (E2). Stored: new ones go to the end.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum CardShown {
    /// Nobody was asked for it.
    NotYet,
    /// Typed while Registro Civil was silent; it is asked later.
    Typed(Serial),
    /// Registro Civil says that it is theirs and valid.
    Matched,
}

/// A registration that was asked for. It holds the account that comes of it once the mailbox's code
/// was typed, the card matched, and SII named the representative. It blocks nobody, and nobody is told
/// of it but whoever asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingApplication {
    /// What was asked for.
    pub account: Account,
    /// On the person's receipt.
    pub folio: Folio,
    /// How often the registry gave no answer.
    pub tries: u32,
    /// When the registry is asked next, in milliseconds since 1970.
    pub next_ms: u64,
    /// When it is given up, in milliseconds since 1970.
    pub expires_ms: u64,
    /// What is known of the card.
    pub card: CardShown,
    /// SII says that the company is open and this person represents it.
    pub is_represented: bool,
}

impl PendingApplication {
    /// Kept at this time, for so many milliseconds.
    pub fn new(
        account: Account,
        folio: Folio,
        (card, is_represented): (CardShown, bool),
        (now_ms, kept_ms): (u64, u64),
    ) -> Self {
        let (next_ms, expires_ms) = (now_ms + FIRST_WAIT_MS, now_ms + kept_ms);
        PendingApplication { account, folio, tries: 0, next_ms, expires_ms, card, is_represented }
    }

    /// Whether a register must still be asked.
    pub fn waits_for_register(&self) -> bool {
        !self.is_represented || matches!(self.card, CardShown::Typed(_))
    }

    /// The same after the registry gave no answer at this time.
    pub fn asked_in_vain(&self, now_ms: u64) -> Self {
        let wait_ms = (FIRST_WAIT_MS << self.tries.min(8)).min(LONGEST_WAIT_MS);
        let (tries, next_ms) = (self.tries.saturating_add(1), now_ms + wait_ms);
        PendingApplication { tries, next_ms, ..self.clone() }
    }
}
