//! A message in the outbox: to whom it goes, what it is about, and how its sending fared. It holds
//! no secret (S5): the courier makes the clave or code as the message leaves, and forgets it at once.

mod attempt;
mod data;
mod facilitator;
mod queue;

use serde::{Deserialize, Serialize};

pub use attempt::{Attempt, AttemptOutcome, Fate};
pub use data::DataErrand;
pub use facilitator::FacilitatorErrand;
pub use queue::MessageQueue;

pub use crate::domain::destination::Destination;

use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::limits::Budget;
use crate::domain::lives::{CODE_TRIED_MS, SENT_CLAVE_LIFE_MS};
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::trust::Rank;

/// How many attempts are kept in detail.
pub const ATTEMPTS_KEPT: usize = 12;
/// How long a notice is tried, in milliseconds.
pub const NOTICE_LIFE_MS: u64 = 72 * 3_600_000;

/// What a message is about. Stored: new ones go to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ErrandKind {
    /// A clave that opens *choose your own* (S6).
    SendClave {
        /// Which recovery opens *choose your own*.
        recovery: Id,
    },
    /// A code that proves an address (S8).
    SendCode {
        /// Which proof waits for it.
        proof: Id,
    },
    /// The company has a clave.
    Registered,
    /// Somebody tried to register a company that has a clave; it tells how to recover it (S9).
    AlreadyRegistered,
    /// The clave was changed; with a code that undoes it (S7).
    ClaveChanged {
        /// What its code undoes.
        undo: Id,
    },
    /// A clave will go to a new address; with a code that cancels it. Goes to every old channel (S8).
    NewAddressHeld {
        /// What its code undoes.
        undo: Id,
    },
    /// The clave to a new address will not be sent.
    RecoveryCancelled,
    /// The clave is the one that it was before.
    ClaveRestored,
    /// A registration that waited for the registry came to nothing.
    RegistrationRefused,
    /// What a company did with its own data.
    Data(DataErrand),
    /// A foreign facilitator's request, and what comes of it.
    Facilitator(FacilitatorErrand),
    /// Something was done to an account that has this channel on file. Without names and codes: nobody
    /// proved the channel, or a deed in person left it behind (T3, T5).
    Warned,
    /// A clave will go to a new address; with a code that only stops it, and without names (T3).
    HoldWarned {
        /// What its code undoes.
        undo: Id,
    },
    /// Staff saw person and card; with a code that freezes the account (T4a).
    DoneInPerson {
        /// What its code freezes on.
        undo: Id,
    },
    /// The account is frozen: only two members of staff can help (T6).
    Frozen,
    /// Two members of staff gave the account to the representative before them (T6).
    Settled,
    /// A code that proves a channel on file, or a new one of whoever proved the clave: only they cause
    /// it, so that it has a budget of its own (T3, T10).
    SendOwnCode {
        /// Which proof waits for it.
        proof: Id,
    },
}

impl ErrandKind {
    /// Notices that the owner needs in order to defend the account. A limit never drops them.
    pub fn guards_the_owner(self) -> bool {
        match self {
            ErrandKind::ClaveChanged { .. }
            | ErrandKind::NewAddressHeld { .. }
            | ErrandKind::RecoveryCancelled
            | ErrandKind::ClaveRestored
            | ErrandKind::Warned
            | ErrandKind::HoldWarned { .. }
            | ErrandKind::DoneInPerson { .. }
            | ErrandKind::Frozen
            | ErrandKind::Settled => true,
            ErrandKind::Data(about) => about.guards_the_owner(),
            ErrandKind::Facilitator(about) => about.guards_the_owner(),
            ErrandKind::SendClave { .. }
            | ErrandKind::SendCode { .. }
            | ErrandKind::SendOwnCode { .. }
            | ErrandKind::Registered
            | ErrandKind::AlreadyRegistered
            | ErrandKind::RegistrationRefused => false,
        }
    }

    /// Out of which budget it goes, for a recovery or settlement by evidence of this rank: what others can cause never
    /// uses up what the owner needs (T10).
    pub fn budget(self, rank: Rank) -> Budget {
        match self {
            _ if self.guards_the_owner() => Budget::Notices,
            ErrandKind::SendClave { .. } | ErrandKind::SendOwnCode { .. } if rank > Rank::Low => {
                Budget::InPerson
            }
            ErrandKind::SendCode { .. } | ErrandKind::AlreadyRegistered | ErrandKind::RegistrationRefused => {
                Budget::Strangers
            }
            _ => Budget::Own,
        }
    }

    /// Whether a clave or a code is made for each sending, so that no two sendings are the same
    /// message.
    pub fn carries_secret(self) -> bool {
        match self {
            ErrandKind::SendClave { .. }
            | ErrandKind::SendCode { .. }
            | ErrandKind::SendOwnCode { .. }
            | ErrandKind::ClaveChanged { .. }
            | ErrandKind::NewAddressHeld { .. }
            | ErrandKind::HoldWarned { .. }
            | ErrandKind::DoneInPerson { .. } => true,
            ErrandKind::Data(about) => about.undo().is_some(),
            ErrandKind::Facilitator(about) => about.carries_secret(),
            ErrandKind::Registered
            | ErrandKind::AlreadyRegistered
            | ErrandKind::RecoveryCancelled
            | ErrandKind::ClaveRestored
            | ErrandKind::RegistrationRefused
            | ErrandKind::Warned
            | ErrandKind::Frozen
            | ErrandKind::Settled => false,
        }
    }

    /// Whether it carries a code that somebody waits for at a kiosk.
    pub fn is_awaited(self) -> bool {
        matches!(self, ErrandKind::SendCode { .. } | ErrandKind::SendOwnCode { .. })
    }

    /// The same for a channel that nobody proved: without names, and with a code only if all that it
    /// can do is stop a hold (T3).
    pub fn for_unproved(self) -> Self {
        match self {
            ErrandKind::NewAddressHeld { undo } => ErrandKind::HoldWarned { undo },
            _ => ErrandKind::Warned,
        }
    }

    /// How long the message is worth sending, in milliseconds.
    pub fn life_ms(self) -> u64 {
        match self {
            ErrandKind::SendClave { .. } | ErrandKind::Facilitator(FacilitatorErrand::Clave { .. }) => {
                SENT_CLAVE_LIFE_MS
            }
            ErrandKind::SendCode { .. } | ErrandKind::SendOwnCode { .. } => CODE_TRIED_MS,
            ErrandKind::Registered
            | ErrandKind::AlreadyRegistered
            | ErrandKind::ClaveChanged { .. }
            | ErrandKind::NewAddressHeld { .. }
            | ErrandKind::RecoveryCancelled
            | ErrandKind::ClaveRestored
            | ErrandKind::RegistrationRefused
            | ErrandKind::Data(_)
            | ErrandKind::Facilitator(_)
            | ErrandKind::Warned
            | ErrandKind::HoldWarned { .. }
            | ErrandKind::DoneInPerson { .. }
            | ErrandKind::Frozen
            | ErrandKind::Settled => NOTICE_LIFE_MS,
        }
    }
}

/// How far a message has come. Stored: new ones go to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ErrandState {
    /// Nobody is sending it.
    Waiting,
    /// A courier is sending it until then (S6).
    Leased {
        /// Milliseconds since 1970; after it another courier may take it.
        until_ms: u64,
    },
    /// The other end took it.
    Sent,
    /// The other end refused it for good.
    Failed,
    /// Not sent in time.
    Expired,
    /// One message too many for this address (S11).
    Dropped,
    /// What it was about was undone or erased.
    Cancelled,
    /// An operator withdrew it.
    Withdrawn,
}

impl ErrandState {
    /// Whether it will never be sent again unless an operator says so.
    pub fn is_final(self) -> bool {
        !matches!(self, ErrandState::Waiting | ErrandState::Leased { .. })
    }
}

/// A record of the outbox. Times are milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Errand {
    /// What it is about.
    pub kind: ErrandKind,
    /// Whose account it concerns.
    pub company: Rut,
    /// Where it goes.
    pub to: Destination,
    /// In which it is written.
    pub language: Language,
    /// Of the receipt for what caused it.
    pub folio: Folio,
    /// When it was put into the outbox.
    pub created_ms: u64,
    /// It isn't sent before this time.
    pub not_before_ms: u64,
    /// It isn't sent after this time.
    pub expires_ms: u64,
    /// [`ATTEMPTS_KEPT`] at most, the newest last.
    pub attempts: Vec<Attempt>,
    /// All attempts ever, including those that [`Errand::attempts`] has dropped.
    pub tried: u32,
    /// How far it has come.
    pub state: ErrandState,
    /// Together with the errand's id it names one message (S6). If the message carries a secret,
    /// each lease makes a new message and counts up; otherwise every try is the same message under
    /// the same name.
    pub generation: u32,
}

impl Errand {
    /// A message to be sent at once.
    pub fn new(
        kind: ErrandKind,
        company: Rut,
        to: Destination,
        language: Language,
        folio: Folio,
        now_ms: u64,
    ) -> Self {
        Errand {
            kind,
            company,
            to,
            language,
            folio,
            created_ms: now_ms,
            not_before_ms: now_ms,
            expires_ms: now_ms + kind.life_ms(),
            attempts: Vec::new(),
            tried: 0,
            state: ErrandState::Waiting,
            generation: 0,
        }
    }

    /// Holds the message back until then; its life counts from then too (S8).
    pub fn held_until(self, not_before_ms: u64) -> Self {
        Errand { not_before_ms, expires_ms: not_before_ms + self.kind.life_ms(), ..self }
    }

    /// When the outbox brings it up; never once it is final. It is the due time of its record.
    pub fn due_ms(&self) -> Option<u64> {
        (!self.state.is_final()).then_some(self.not_before_ms)
    }

    /// Names the message that is about to be sent.
    pub fn begin_sending(&mut self) {
        if self.generation == 0 || self.kind.carries_secret() {
            self.generation = self.generation.saturating_add(1);
        }
    }

    /// Makes it wait again. A message that was refused for good gets a new name, since the other
    /// end might only repeat its refusal; one that may have left keeps its name.
    pub fn begin_anew(&mut self, now_ms: u64) {
        let refused = |attempt: &Attempt| attempt.outcome.fate() == Fate::Permanent;
        if self.attempts.last().is_some_and(refused) && !self.kind.carries_secret() {
            self.generation = self.generation.saturating_add(1);
        }
        self.state = ErrandState::Waiting;
        self.expires_ms = now_ms + self.kind.life_ms();
    }

    /// The time written in the message. A repeated message bears the same time.
    pub fn dated_ms(&self, now_ms: u64) -> u64 {
        match self.kind.carries_secret() {
            true => now_ms,
            false => self.created_ms.max(self.not_before_ms),
        }
    }

    /// Which sending of a secret this is, if one before may have arrived: it carried another secret, and the
    /// newest is the one to use.
    pub fn sent_again(&self) -> Option<u32> {
        let may_have_left = |attempt: &Attempt| attempt.outcome.fate() == Fate::Unknown;
        let is_another = self.kind.carries_secret() && self.attempts.iter().any(may_have_left);
        Some(self.generation).filter(|generation| is_another && *generation > 1)
    }

    /// Notes an attempt, and drops the oldest if there are too many.
    pub fn remember(&mut self, attempt: Attempt) {
        self.attempts.push(attempt);
        let surplus = self.attempts.len().saturating_sub(ATTEMPTS_KEPT);
        self.attempts.drain(..surplus);
        self.tried = self.tried.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_sent_again_once_another_may_have_arrived() {
        let of = |kind, outcomes: &[AttemptOutcome]| {
            let (to, folio) = (Destination::Mobile("987654321".parse().unwrap()), Folio::new([1; 5]));
            let company = Rut::of_body(99_999_999).unwrap();
            let mut errand = Errand::new(kind, company, to, Language::Es, folio, 5);
            for outcome in outcomes {
                errand.begin_sending();
                errand.remember(Attempt { at_ms: 5, outcome: *outcome });
            }
            errand.begin_sending();
            errand.sent_again()
        };
        let (key, notice) = (ErrandKind::SendClave { recovery: Id([1; 16]) }, ErrandKind::Registered);
        let (unknown, later) = (AttemptOutcome::Unknown, AttemptOutcome::Temporary);
        assert_eq!(of(key, &[]), None);
        assert_eq!(of(key, &[later, AttemptOutcome::Unreachable]), None);
        assert_eq!(of(key, &[later, unknown]), Some(3));
        assert_eq!(of(key, &[unknown, later]), Some(3));
        assert_eq!(of(notice, &[unknown]), None);
    }

    #[test]
    fn attempts_are_bounded_and_counted() {
        let to = Destination::Mobile("987654321".parse().unwrap());
        let folio = Folio::new([1; 5]);
        let company = Rut::of_body(99_999_999).unwrap();
        let mut errand = Errand::new(ErrandKind::Registered, company, to, Language::Es, folio, 5);
        for at_ms in 0..50 {
            errand.remember(Attempt { at_ms, outcome: AttemptOutcome::Temporary });
        }
        assert_eq!((errand.attempts.len(), errand.attempts[0].at_ms, errand.tried), (12, 38, 50));
        assert_eq!((errand.due_ms(), errand.expires_ms), (Some(5), 5 + NOTICE_LIFE_MS));
        let held = errand.held_until(100);
        assert_eq!((held.due_ms(), held.expires_ms), (Some(100), 100 + NOTICE_LIFE_MS));
    }
}
