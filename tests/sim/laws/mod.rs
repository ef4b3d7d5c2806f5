//! The laws that hold after every step, whatever happened: each a function with its sentence, over what
//! can be seen from outside, which is what is stored, what is answered, what is sent and what is shown.

pub mod answers;
pub mod evidence;
pub mod messages;
pub mod secrets;
pub mod stored;

use std::collections::{BTreeMap, BTreeSet};

use totem::audit::ChainName;
use totem::domain::account::Account;
use totem::domain::folio::Folio;
use totem::domain::reference::{Id, Ref};
use totem::domain::rut::Rut;

/// A law that did not hold, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    pub law: &'static str,
    pub how: String,
}

/// A code that left.
#[derive(Clone, Debug)]
pub struct CodeSent {
    pub company: Rut,
    pub to: String,
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
    /// Wrong cards, by company and representative.
    wrong_cards: BTreeMap<(Rut, Rut), Vec<u64>>,
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
