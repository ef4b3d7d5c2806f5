//! Shapes of records that are read still, and written no more.

use serde::Deserialize;

use crate::domain::account::{Account, Address, Representative, SecretQuestion};
use crate::domain::clean::Clean;
use crate::domain::digest::Digest;
use crate::domain::dispute::{Dispute, DisputeState, Grounds};
use crate::domain::email::Email;
use crate::domain::facilitator::FormerFacilitator;
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::pending::{CardShown, PendingApplication};
use crate::domain::phone::{Mobile, Phone};
use crate::domain::recovery::{Recovery, RecoveryState, Route, SentClave};
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::trust::{ChannelOnFile, Channels, Rank, Trust};
use crate::domain::undo::{NoticeCode, Undo, Undoes};
use crate::domain::update::Former;
use crate::store::tallies::FailuresAtTerminal;

/// Stands for the message and the address of a code that doesn't say them.
const UNTOLD: Id = Id([0; 16]);

/// How channels stand that were kept with one word for all of them: a code was typed for the company's
/// mailbox or not, and for the others none ever was (T3).
fn channels(email_proved: bool, since_ms: u64) -> Channels {
    let typed = Channels::typed(since_ms);
    match email_proved {
        true => Channels { email: ChannelOnFile::proved(since_ms, Rank::Low), ..typed },
        false => typed,
    }
}

/// An account that doesn't say how its channels stand, nor what was done to it on what evidence.
#[derive(Deserialize)]
pub(super) struct AccountBefore {
    company: Rut,
    name: Clean,
    secret_question: Option<SecretQuestion>,
    address: Address,
    email: Email,
    email_proved: bool,
    phone: Phone,
    fax: Option<Phone>,
    representative: Representative,
    clave: Digest,
    recoveries: Vec<Id>,
    undos: Vec<Id>,
    language: Language,
    created_ms: u64,
}

impl From<AccountBefore> for Account {
    fn from(before: AccountBefore) -> Self {
        Account {
            company: before.company,
            name: before.name,
            secret_question: before.secret_question,
            address: before.address,
            email: before.email,
            phone: before.phone,
            fax: before.fax,
            representative: before.representative,
            clave: before.clave,
            recoveries: before.recoveries,
            undos: before.undos,
            language: before.language,
            created_ms: before.created_ms,
            trust: Trust::new(channels(before.email_proved, before.created_ms), Rank::Low, before.created_ms),
        }
    }
}

/// An application without a word of the card.
#[derive(Deserialize)]
pub(super) struct PendingBefore {
    account: AccountBefore,
    folio: Folio,
    tries: u32,
    next_ms: u64,
    expires_ms: u64,
}

impl From<PendingBefore> for PendingApplication {
    fn from(before: PendingBefore) -> Self {
        let PendingBefore { account, folio, tries, next_ms, expires_ms } = before;
        PendingApplication {
            account: account.into(),
            folio,
            tries,
            next_ms,
            expires_ms,
            card: CardShown::NotYet,
            is_represented: false,
        }
    }
}

/// A recovery without the rank of its evidence. Staff who let a key go left no trace on it.
#[derive(Deserialize)]
pub(super) struct RecoveryBefore {
    company: Rut,
    folio: Folio,
    requested_ms: u64,
    route: Route,
    state: RecoveryState,
    claves: Vec<SentClave>,
}

impl From<RecoveryBefore> for Recovery {
    fn from(before: RecoveryBefore) -> Self {
        let RecoveryBefore { company, folio, requested_ms, route, state, claves } = before;
        Recovery { company, folio, requested_ms, route, state, claves, rank: Rank::Low }
    }
}

/// A settlement of when SII alone named representatives.
#[derive(Deserialize)]
pub(super) struct DisputeBefore {
    company: Rut,
    representative: Rut,
    representative_name: Clean,
    folio: Folio,
    opened_ms: u64,
    ending: Id,
    tries: u32,
    state: DisputeState,
    email: Option<Email>,
    mobile: Option<Mobile>,
}

impl From<DisputeBefore> for Dispute {
    fn from(before: DisputeBefore) -> Self {
        Dispute {
            company: before.company,
            representative: before.representative,
            representative_name: before.representative_name,
            folio: before.folio,
            opened_ms: before.opened_ms,
            ending: before.ending,
            tries: before.tries,
            state: before.state,
            email: before.email,
            mobile: before.mobile,
            grounds: Grounds::Sii,
        }
    }
}

/// What was before a change, with one word for all channels.
#[derive(Deserialize)]
struct FormerBefore {
    clave: Digest,
    secret_question: Option<SecretQuestion>,
    email: Email,
    email_proved: bool,
    representative: Representative,
}

impl From<FormerBefore> for Former {
    fn from(before: FormerBefore) -> Self {
        let FormerBefore { clave, secret_question, email, email_proved, representative } = before;
        Former::new(clave, secret_question, email, representative, channels(email_proved, 0))
    }
}

#[derive(Deserialize)]
enum UndoesBefore {
    ClaveChange { before: Digest, by: Option<Id> },
    Recovery { recovery: Id },
    DataChange { before: Box<FormerBefore> },
    Erasure { before: Box<FormerBefore> },
    Facilitator { facilitator: Id, before: Box<FormerFacilitator> },
}

impl From<UndoesBefore> for Undoes {
    fn from(before: UndoesBefore) -> Self {
        match before {
            UndoesBefore::ClaveChange { before, by } => Undoes::ClaveChange { before, by },
            UndoesBefore::Recovery { recovery } => Undoes::Recovery { recovery },
            UndoesBefore::DataChange { before } => Undoes::DataChange { before: Box::new((*before).into()) },
            UndoesBefore::Erasure { before } => Undoes::Erasure { before: Box::new((*before).into()) },
            UndoesBefore::Facilitator { facilitator, before } => Undoes::Facilitator { facilitator, before },
        }
    }
}

/// A notice whose codes don't say which message they were made for.
#[derive(Deserialize)]
pub(super) struct UndoWithBareCodes {
    company: Rut,
    folio: Folio,
    what: UndoesBefore,
    codes: Vec<Digest>,
    expires_ms: u64,
    tries: u32,
}

impl From<UndoWithBareCodes> for Undo {
    fn from(before: UndoWithBareCodes) -> Self {
        let UndoWithBareCodes { company, folio, what, codes, expires_ms, tries } = before;
        let code = |digest| NoticeCode { errand: UNTOLD, to: UNTOLD, digest };
        let codes = codes.into_iter().map(code).collect();
        Undo { company, folio, what: what.into(), codes, expires_ms, tries }
    }
}

/// A notice of what was before, with one word for all channels.
#[derive(Deserialize)]
pub(super) struct UndoBefore {
    company: Rut,
    folio: Folio,
    what: UndoesBefore,
    codes: Vec<NoticeCode>,
    expires_ms: u64,
    tries: u32,
}

impl From<UndoBefore> for Undo {
    fn from(before: UndoBefore) -> Self {
        let UndoBefore { company, folio, what, codes, expires_ms, tries } = before;
        Undo { company, folio, what: what.into(), codes, expires_ms, tries }
    }
}

/// A terminal's list that doesn't say when it was locked.
#[derive(Deserialize)]
pub(super) struct FailuresAtTerminalBefore {
    failing: Vec<(u64, Id)>,
    locked: bool,
}

impl From<FailuresAtTerminalBefore> for FailuresAtTerminal {
    /// The newest failure locked it.
    fn from(FailuresAtTerminalBefore { failing, locked }: FailuresAtTerminalBefore) -> Self {
        let newest = failing.iter().map(|(at_ms, _)| *at_ms).max();
        FailuresAtTerminal { failing, locked_ms: newest.filter(|_| locked) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As it was written: without its grounds, for SII alone named representatives.
    #[test]
    fn a_settlement_of_before_was_begun_on_the_word_of_sii() {
        let rut = |body| Rut::of_body(body).expect("a RUT");
        let mobile: Mobile = "987654321".parse().expect("a mobile");
        let expected = Dispute {
            company: rut(50_000_000),
            representative: rut(11_111_111),
            representative_name: "Ana Ejemplo".into(),
            folio: Folio::new([1; 5]),
            opened_ms: 5,
            ending: Id([2; 16]),
            tries: 3,
            state: DisputeState::Unopened,
            email: None,
            mobile: Some(mobile),
            grounds: Grounds::Sii,
        };
        let Dispute { company, representative, representative_name, folio, .. } = expected.clone();
        let Dispute { opened_ms, ending, tries, state, email, mobile, .. } = expected.clone();
        let who = (company, representative, representative_name, folio);
        let written = (who, (opened_ms, ending, tries), (state, email, mobile));
        let bytes = postcard::to_extend(&written, Vec::new()).expect("it can be written");
        let before: DisputeBefore = postcard::from_bytes(&bytes).expect("it can be read");
        assert_eq!(Dispute::from(before), expected);
    }

    /// As it was written: the failures, then whether it is locked.
    #[test]
    fn a_terminal_that_was_locked_is_so_since_its_newest_failure() {
        let read = |failing: &[(u64, Id)], locked: bool| {
            let bytes = postcard::to_extend(&(failing, locked), Vec::new()).expect("it can be written");
            let before: FailuresAtTerminalBefore = postcard::from_bytes(&bytes).expect("it can be read");
            FailuresAtTerminal::from(before)
        };
        let failing = [(5, Id([1; 16])), (9, Id([2; 16]))];
        assert_eq!(
            read(&failing, true),
            FailuresAtTerminal { failing: failing.to_vec(), locked_ms: Some(9) }
        );
        assert_eq!(read(&failing, false).locked_ms, None);
        assert_eq!(read(&[], true).locked_ms, None);
    }
}
