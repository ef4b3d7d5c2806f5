//! Who did what, when, and how it ended (S23): closed words only, so that no row can hold a
//! secret or an address, but for the reason that staff or an operator give. A row holds the true
//! outcome, which the person at the kiosk never sees.
//!
//! Rows are sealed, and the store chains each to the one before by HMAC. All enums here are
//! stored: new words go to the end, and none is taken away.

mod found;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::courier::errand::AttemptOutcome;
use crate::domain::account::Channel;
use crate::domain::clean::Clean;
use crate::domain::folio::Folio;
use crate::registry::{CallEnd, Operation};
use crate::store::records::AuditAnchor;
use crate::store::{Chain, Row};
use crate::vault::Pseudonym;

pub use found::Found;

/// Who acted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The person at the kiosk.
    Person,
    /// A member of staff, by the name of their login.
    Staff(Clean),
    Courier,
    /// The kiosk itself.
    Kiosk,
    /// Somebody at the command line.
    Operator,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    StartUp,
    LookUpCompany,
    LookUpRepresentative,
    CheckRepresentative,
    CheckCard,
    CheckAnswer,
    CheckClave,
    CheckCode,
    CreateAccount,
    RequestRecovery,
    MintKey,
    MintCode,
    SendMessage,
    ChangeClave,
    UpgradeDigest,
    Undo,
    ProveAddress,
    WitnessCard,
    VouchForPerson,
    CallStaff,
    /// A call to another State body (DS 12/2023); the outcome says which, and how it ended.
    RegistryCall,
    Unblock,
    LimitHit,
    ClockJump,
    /// A record that can't be read was set aside.
    SetAside,
    /// A record came to the end of its life (S15).
    Erase,
    BackUp,
    /// A backup took the store's place.
    Restore,
    /// A message that failed or came too late is to be tried again.
    RetryMessage,
    /// A registration was kept until the registry answers.
    KeepApplication,
    /// The registry was asked about it.
    CheckApplication,
    /// Another code was asked for.
    SendCodeAgain,
    /// A message was ended before it was sent.
    DropMessage,
    /// A company's data were shown to whoever has its key.
    ReadData,
    ChangeData,
    SendCopy,
    RequestErasure,
    CancelErasure,
    /// All that was kept of a company went.
    EraseCompany,
    /// An operator looked at a company's data, or took a copy.
    ShowData,
    ExportData,
    /// An account for somebody on the staff; the note says who.
    AddStaff,
    DisableStaff,
    ResetStaff,
    SignIn,
    SignOut,
    /// Staff looked at why the person was refused.
    SeeRefusal,
    /// Staff saw the card of whom no register could confirm.
    VouchUnchecked,
    /// Staff looked at what is held of a company, masked.
    SeeCompany,
    SeeOutbox,
    SeeFigures,
    /// A company asked for a facilitator's key.
    RequestFacilitator,
    /// The declaration was handed out.
    HandOutDeclaration,
    ApproveRequest,
    RefuseRequest,
    WithdrawRequest,
    LookUpRequest,
    CheckFacilitatorKey,
    ChangeFacilitatorKey,
    /// The store was sealed with new keys; the note says what the chain before ended in.
    ChangeKeys,
    /// Rows came to the end of their life; the note says which.
    CutAudit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Done,
    Right,
    Wrong,
    /// The company has no account; the person was told what anyone is told (S9).
    NoAccount,
    /// The company has an account already.
    Already,
    /// Must wait after failed tries (S10).
    MustWait,
    /// The terminal needs a staff PIN (S11).
    TerminalLocked,
    /// Too late, used, or tried too often.
    Dead,
    Found(Found),
    /// A message was tried on this channel.
    Attempt {
        channel: Channel,
        outcome: AttemptOutcome,
    },
    /// A message was not sent, and never will be.
    Expired(Channel),
    Dropped(Channel),
    Cancelled(Channel),
    /// The store could not save.
    StoreDown,
    Damaged,
    /// How a call to another State body ended, whatever it said.
    Called {
        operation: Operation,
        end: CallEnd,
    },
    /// This role may not do it, or it is about themself.
    NotAllowed,
}

/// One row of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// UTC, in milliseconds since 1970.
    pub at_ms: u64,
    pub terminal: Clean,
    pub actor: Actor,
    pub action: Action,
    pub outcome: Outcome,
    pub folio: Option<Folio>,
    /// The company that it was about.
    pub subject: Option<Pseudonym>,
    /// Why, in the words of whoever acted: sealed like the rest of the row.
    pub note: Option<Clean>,
}

impl Entry {
    pub fn new(at_ms: u64, terminal: &Clean, actor: Actor, action: Action, outcome: Outcome) -> Self {
        Entry {
            at_ms,
            terminal: terminal.clone(),
            actor,
            action,
            outcome,
            folio: None,
            subject: None,
            note: None,
        }
    }

    pub fn about(self, subject: Pseudonym) -> Self {
        Entry { subject: Some(subject), ..self }
    }

    pub fn noted(self, note: &Clean) -> Self {
        Entry { note: Some(note.clone()), ..self }
    }

    pub fn under(self, folio: Folio) -> Self {
        Entry { folio: Some(folio), ..self }
    }

    pub fn because(self, reason: &Clean) -> Self {
        Entry { note: Some(reason.clone()), ..self }
    }
}

/// The chain doesn't hold at this row: it, or one before it, was changed, added or taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the audit log was changed at row {sequence}")]
pub struct Break {
    pub sequence: u64,
}

/// Follows the chain from the first row that is kept, one row at a time.
pub struct Verifier {
    chain: Chain,
    mac: [u8; 32],
    sequence: u64,
}

impl Verifier {
    pub fn new(chain: Chain) -> Self {
        Verifier { chain, mac: [0; 32], sequence: 0 }
    }

    /// From the first row after this one, which was cut off with all before it.
    pub fn after(chain: Chain, anchor: &AuditAnchor) -> Self {
        Verifier { chain, mac: anchor.mac, sequence: anchor.sequence }
    }

    /// The `mac` of the last row that held; zeroes before the first.
    pub fn head(&self) -> [u8; 32] {
        self.mac
    }

    /// The number of the last row that held.
    pub fn count(&self) -> u64 {
        self.sequence
    }

    pub fn check(&mut self, row: &Row) -> Result<(), Break> {
        let sequence = self.sequence + 1;
        let mac = (self.chain)(&self.mac, sequence, &row.bytes);
        // Not in constant time: who verifies holds the key.
        if row.sequence != sequence || row.mac != mac {
            return Err(Break { sequence });
        }
        (self.mac, self.sequence) = (mac, sequence);
        Ok(())
    }
}

/// The number of rows, if all of them hold. A tail that was cut off can't be seen from within:
/// compare with the `mac` of the last export.
pub fn verify<'a>(chain: Chain, rows: impl IntoIterator<Item = &'a Row>) -> Result<u64, Break> {
    let mut verifier = Verifier::new(chain);
    for row in rows {
        verifier.check(row)?;
    }
    Ok(verifier.count())
}

#[derive(Serialize)]
struct Line<'a> {
    sequence: u64,
    utc: String,
    at_ms: u64,
    terminal: &'a Clean,
    actor: &'a Actor,
    action: Action,
    outcome: Outcome,
    folio: Option<String>,
    subject: Option<&'a Pseudonym>,
    note: Option<&'a Clean>,
    mac: String,
}

/// One row as a line of JSON, without its end of line.
pub fn json_line(row: &Row, entry: &Entry) -> String {
    let utc = OffsetDateTime::from_unix_timestamp_nanos(i128::from(entry.at_ms) * 1_000_000)
        .ok()
        .and_then(|time| time.format(&Rfc3339).ok())
        .unwrap_or_default();
    let line = Line {
        sequence: row.sequence,
        utc,
        at_ms: entry.at_ms,
        terminal: &entry.terminal,
        actor: &entry.actor,
        action: entry.action,
        outcome: entry.outcome,
        folio: entry.folio.map(|folio| folio.to_string()),
        subject: entry.subject.as_ref(),
        note: entry.note.as_ref(),
        mac: data_encoding::HEXLOWER.encode(&row.mac),
    };
    match serde_json::to_string(&line) {
        Ok(text) => text,
        Err(error) => unreachable!("no map has a key that is not text: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::{Cost, Keys, Vault};

    fn rows(vault: &Vault) -> Vec<Row> {
        let chain = vault.chain();
        let mut mac = [0; 32];
        (1..=5u64)
            .map(|sequence| {
                let bytes = vec![sequence as u8; 20];
                mac = chain(&mac, sequence, &bytes);
                Row { sequence, mac, bytes }
            })
            .collect()
    }

    #[test]
    fn any_change_is_found_where_it_is() {
        let vault = Vault::new(Keys::random(), Cost::cheap_for_tests());
        let good = rows(&vault);
        let check = |rows: &[Row]| verify(vault.chain(), rows);
        assert_eq!(check(&good), Ok(5));
        assert_eq!(check(&[]), Ok(0));
        let mut changed = good.clone();
        changed[2].bytes[0] ^= 1;
        assert_eq!(check(&changed), Err(Break { sequence: 3 }));
        let mut without = good.clone();
        without.remove(1);
        assert_eq!(check(&without), Err(Break { sequence: 2 }));
        let mut swapped = good.clone();
        swapped.swap(3, 4);
        assert_eq!(check(&swapped), Err(Break { sequence: 4 }));
        assert_eq!(check(&good[1..]), Err(Break { sequence: 1 }));
        let other = Vault::new(Keys::random(), Cost::cheap_for_tests());
        assert_eq!(verify(other.chain(), &good), Err(Break { sequence: 1 }));
    }

    #[test]
    fn a_line_of_json() {
        let entry = Entry::new(
            1_795_348_800_123,
            &"puesto 1".into(),
            Actor::Person,
            Action::CheckCard,
            Outcome::Found(Found::CardExpired),
        )
        .under(Folio::new([1, 2, 3, 4, 5]));
        let row = Row { sequence: 7, mac: [0xab; 32], bytes: Vec::new() };
        let line = json_line(&row, &entry);
        let expected = r#"{"sequence":7,"utc":"2026-11-22T12:00:00.123Z","at_ms":1795348800123,"terminal":"puesto 1","actor":"person","action":"check_card","outcome":{"found":"card_expired"},"folio":"0410-6105-A","subject":null,"note":null,"mac":"abababababababababababababababababababababababababababababababab"}"#;
        assert_eq!(line, expected);
    }
}
