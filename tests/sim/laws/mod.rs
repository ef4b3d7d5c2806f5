//! The laws that hold after every step, whatever happened: each a function with its sentence ([`Law`]),
//! over what can be seen from outside, which is what is stored, what is answered, what is sent and what is
//! shown. A rule of who may do what is held by those laws that name it:
//!
//! - T1 `evidence::may_begin`, `evidence::card_was_right`; T2 `tries::applications`, `messages::share`.
//! - T3 `evidence::key_may_go`, `copy_may_go`, `notice_may_go`, `undo_may_go`, `messages::names_nobody`.
//! - T4a `opens::code_freezes`; T4b `accounts::freezes_from_trusted`; T4c `opens::only_live`; T4d
//!   `evidence::may_readdress`, `accounts::rank_stays`; T4e `accounts::one_hold`, `evidence::key_may_go`.
//! - T5 `accounts::all_hear`; T6 `opens::frozen`, `accounts::stays_frozen`, `staff::two_saw`.
//! - T7 `Settling::goes` and `opens::thieves_lose` when an office ends; T8 `staff::session`, `fresh_code`,
//!   `who_left`.
//! - T9 `tries::lock_ends`, `lock_leaves_brakes`, `owner_passes`, `counted_first`, `tries`, `cards`.
//! - T10 `accounts::not_dropped`, `sent_has_left`; T11 `answers::no_sooner`, `question`, `same_to_all`.
//! - T12 `evidence::key_may_go`, `accounts::erased_after_hold`, `stored::nothing_is_left_due`.
//! - T13 `stored::seals_bind`, `versions_differ`, `chains_hold`, and `nothing_is_left_due` over what rots.
//!   The counter of backups and head belongs to a store on disk, and T14 to whoever opens one: both have
//!   tests of their own beside it, as have T15 and T16, which are about the machine.

pub mod accounts;
pub mod answers;
pub mod evidence;
mod law;
pub mod messages;
pub mod opens;
pub mod secrets;
mod staff;
pub mod stored;
mod tries;
pub mod views;

use std::collections::{BTreeMap, BTreeSet};

use totem::audit::ChainName;
use totem::domain::account::Account;
use totem::domain::errand::ErrandKind;
use totem::domain::folio::Folio;
use totem::domain::office_time::JUMP_MS;
use totem::domain::reference::{Id, Ref};
use totem::domain::rut::Rut;

pub use law::Law;
#[cfg(test)]
pub use law::Rule;

/// A law that did not hold, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    pub law: Law,
    pub how: String,
}

/// A code that left.
#[derive(Clone, Debug)]
pub struct CodeSent {
    pub company: Rut,
    pub to: String,
    pub kind: ErrandKind,
}

/// A key that left.
#[derive(Clone, Copy, Debug)]
pub struct KeySent {
    pub company: Rut,
    pub left_ms: u64,
}

/// What the laws remember. Times are true ones, in milliseconds since 1970.
#[derive(Default)]
pub struct Laws {
    /// Every batch that was committed.
    committed: BTreeSet<Id>,
    /// Every version that was ever at a place.
    versions: BTreeSet<(Ref, u64)>,
    /// The accounts as they are stored.
    accounts: BTreeMap<Rut, Account>,
    /// Codes that left, by what they are.
    codes: BTreeMap<String, CodeSent>,
    /// The newest code for each proof.
    codes_of_proofs: BTreeMap<Id, String>,
    /// Keys that left, by what they are.
    keys: BTreeMap<String, KeySent>,
    /// The clave that last opened each account.
    opened: BTreeMap<Rut, String>,
    /// When recoveries were removed.
    recoveries_ended: BTreeMap<Id, u64>,
    /// Before when keys of a company are dead, for staff saw person and card then.
    keys_ended: BTreeMap<Rut, u64>,
    /// Which messages left, or may have.
    left: BTreeSet<Id>,
    /// Keys that wait for a day, by company, and until when.
    waiting: BTreeMap<Rut, BTreeMap<Id, u64>>,
    /// Where a proof's code goes.
    proofs: BTreeMap<Id, (Rut, String)>,
    /// When codes that went to each place of a company were typed.
    proved: BTreeMap<(Rut, String), Vec<u64>>,
    /// The places that each company ever had on file.
    on_file: BTreeSet<(Rut, String)>,
    /// When staff last confirmed a card for a company, or gave its account.
    seen_by_staff: BTreeMap<Rut, u64>,
    /// When a card was last found right, by company.
    cards_right: BTreeMap<Rut, u64>,
    /// Wrong answers and claves in a row, by company.
    wrong: BTreeMap<Rut, Vec<u64>>,
    /// Wrong cards, by holder.
    wrong_cards: BTreeMap<Rut, Vec<u64>>,
    /// Card numbers typed, by holder.
    cards_typed: BTreeMap<Rut, Vec<u64>>,
    /// Where tries are counted, and when each terminal last saved something there.
    counting: BTreeMap<(u8, Id), u64>,
    /// When something failed, or was left open, at each terminal.
    tried_at: BTreeMap<u8, Vec<u64>>,
    /// Wrong codes, by proof.
    wrong_codes: BTreeMap<Id, u32>,
    /// Applications taken without staff, by terminal.
    applications: BTreeMap<u8, Vec<u64>>,
    /// Codes that strangers caused, by place.
    to_strangers: BTreeMap<String, Vec<u64>>,
    /// What each message said, by its name, and how often it left.
    said: BTreeMap<String, (String, u32)>,
    /// The question that each RUT was shown while it had no account.
    made_up: BTreeMap<Rut, String>,
    /// The folios of receipts whose rows are still to be seen.
    receipts: Vec<Folio>,
    /// When the last act of each session of staff was.
    sessions: BTreeMap<Id, u64>,
    /// When a code was last typed in each session of staff.
    codes_of_staff: BTreeMap<Id, u64>,
    /// Which members of staff saw the representative of a company, and when.
    saw: BTreeMap<Rut, Vec<(String, u64)>>,
    /// Whose account the settlement of a folio gives.
    settlements: BTreeMap<String, Rut>,
    /// Members of staff whose account is closed.
    pub gone: BTreeSet<String>,
    /// Where the key of each facilitator's request goes.
    requests: BTreeMap<String, (Rut, String)>,
    /// Who approved each of them.
    approved_by: BTreeMap<String, BTreeSet<String>>,
    /// When an owner asked to be forgotten.
    erasure_asked: BTreeMap<Rut, Vec<u64>>,
    /// By how much the wall clocks were ever wrong at most: after a day, a jump is believed (T12).
    pub clocks_wrong_ms: u64,
    /// When the mark of the clock was last kept.
    pub marked_ms: Option<u64>,
    /// For how long no mark of the clock had been kept when the machines booted last, until one is.
    pub off_ms: u64,
    /// From when to when no mark of the clock was kept and the machines were off in the end: what guards
    /// somebody waits meanwhile (T12).
    pub switched_off: Vec<(u64, u64)>,
    /// By how much the office's time was ever behind at most, because the wall clock was wrong at a boot, so
    /// that nobody knew how long the machine had been off (T12).
    pub uncounted_ms: u64,
    /// Documents that are laid out for staff.
    laid_out: Vec<views::LaidOut>,
    /// Folios in the audit log.
    logged: BTreeSet<String>,
    /// How far each chain was read: the last number and its link.
    chains: BTreeMap<ChainName, ([u8; 32], u64)>,
    /// Secrets that were typed or sent, longest first.
    secrets: Vec<String>,
}

impl Laws {
    /// Whether a company has an account, as it is stored.
    pub fn account(&self, company: Rut) -> Option<&Account> {
        self.accounts.get(&company)
    }

    /// Whether a try that is under way is counted there.
    pub fn counts_tries(&self, tally: Id) -> bool {
        self.counting.keys().any(|(_, known)| *known == tally)
    }

    /// The number of the last row of a chain that was read.
    pub fn read_of(&self, chain: ChainName) -> u64 {
        self.chains.get(&chain).map_or(0, |(_, number)| *number)
    }

    /// The code that was last sent for a proof.
    pub fn code_of(&self, proof: Id) -> Option<String> {
        self.codes_of_proofs.get(&proof).cloned()
    }

    /// The clave with which an account was last opened.
    pub fn opened_last(&self, company: Rut) -> Option<String> {
        self.opened.get(&company).cloned()
    }

    /// How long the machines were off within so long before now, in milliseconds.
    pub fn off_within_ms(&self, now_ms: u64, lasts_ms: u64) -> u64 {
        let since_ms = now_ms.saturating_sub(lasts_ms);
        let parts = self.switched_off.iter().rev().take_while(|(_, to_ms)| *to_ms > since_ms);
        parts.map(|(from_ms, to_ms)| (*to_ms).min(now_ms).saturating_sub(*from_ms)).sum()
    }

    /// How often a tally of a day may have begun anew of late besides. What is counted between a boot and the
    /// moment in which the machine's wall clock is taken over (staff sign in, or a day has passed) is older then
    /// by as long as the machine was off (T12).
    pub fn leaps_within_days(&self, now_ms: u64) -> usize {
        let since_ms = now_ms.saturating_sub(3 * 24 * 3_600_000);
        let is_jump = |(from_ms, to_ms): &&(u64, u64)| to_ms - from_ms > JUMP_MS && *to_ms > since_ms;
        self.switched_off.iter().filter(is_jump).count()
    }

    /// Whether anybody ever failed at this terminal.
    pub fn failed_before(&self, terminal: u8) -> bool {
        self.tried_at.get(&terminal).is_some_and(|tried| !tried.is_empty())
    }

    /// Whether wrong answers or claves of this company count.
    pub fn failed_at(&self, company: Rut) -> bool {
        self.wrong.get(&company).is_some_and(|wrong| !wrong.is_empty())
    }

    /// The one that was learnt last and is not typed in sight.
    pub fn newest_secret(&self) -> Option<String> {
        let hidden = |secret: &&String| !secret.bytes().all(|byte| byte.is_ascii_digit());
        self.secrets.iter().rev().find(hidden).cloned()
    }

    /// Something that nobody may see stored, shown or logged.
    pub fn learns_secret(&mut self, secret: &str) {
        if secret.len() >= 6 && !self.secrets.iter().any(|known| known == secret) {
            self.secrets.push(secret.to_string());
        }
    }
}

/// A law that holds, or how it does not.
pub type Held = Result<(), String>;

/// Breaks a law unless this is so.
pub fn must(is_so: bool, otherwise: impl FnOnce() -> String) -> Held {
    if is_so { Ok(()) } else { Err(otherwise()) }
}

/// How many of these moments lie within so long before now.
pub fn within(moments: &[u64], now_ms: u64, lasts_ms: u64) -> usize {
    moments.iter().filter(|at_ms| now_ms.saturating_sub(**at_ms) < lasts_ms).count()
}
