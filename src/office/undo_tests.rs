//! The tables of *no fui yo*: what goes, what stays, and what comes back.

#![allow(clippy::unwrap_used, reason = "what fails in a test shall stop it")]

use super::*;
use crate::domain::recovery::{Recovery, RecoveryState, Route};
use crate::domain::trust::Rank;
use crate::office::recoveries::UnderWay;
use crate::office::samples::{NOON, account, company, digest, folio, held, notice, told};
use crate::store::records::{Stored, Write};

fn key_change(before: &str, by: Option<u8>) -> Undoes {
    Undoes::ClaveChange { before: digest(before), by: by.map(|id| Id([id; 16])) }
}

fn recovery(id: u8) -> Undoes {
    Undoes::Recovery { recovery: Id([id; 16]) }
}

/// Before a change of data, the clave was this one, and the mailbox another.
fn data_change(clave: &str) -> Undoes {
    let before =
        Account { clave: digest(clave), email: "antes@comercial.example".parse().unwrap(), ..account() };
    Undoes::DataChange { before: Box::new(Former::of(&before)) }
}

/// An account with these deeds, notices 20 and on, and one recovery under way, 9.
fn undoable(deeds: Vec<Undoes>) -> DeedsToUndo {
    undoable_while(RecoveryState::Sending, deeds)
}

fn undoable_while(state: RecoveryState, deeds: Vec<Undoes>) -> DeedsToUndo {
    let known: Vec<_> = (20..).zip(deeds).map(|(id, what)| notice(id, what)).collect();
    let account = Account {
        clave: digest("newest"),
        recoveries: vec![Id([9; 16])],
        undos: known.iter().map(|held| held.id).collect(),
        ..account()
    };
    let sending = Recovery {
        company: company(),
        folio: folio(9),
        requested_ms: NOON,
        route: Route::Card,
        state,
        rank: Rank::Low,
        claves: Vec::new(),
    };
    DeedsToUndo {
        account: held(1, account),
        under_way: AllUnderWay {
            notices: Notices::for_test(&known, NOON),
            recoveries: vec![UnderWay::for_test(Id([9; 16]), Some(held(9, sending)), None)],
            ..AllUnderWay::for_test(NOON)
        },
        tally: Tally::for_test(),
    }
}

/// What undoing by this notice's code writes.
fn undone(read: &DeedsToUndo, notice: u8, code: &str) -> Result<Decision<Option<Undone>>, Trouble> {
    let found = FoundNotice {
        notice: read.under_way.notices.known(Id([notice; 16])).unwrap().clone(),
        on: digest(code),
    };
    decide_undo(read, &found, &Drawn::for_test(NOON), &Rows::for_test())
}

/// The account afterwards, and whether the recovery under way was cancelled.
fn left(decision: &Decision<Option<Undone>>) -> (Account, bool) {
    let (mut account, mut is_cancelled) = (None, false);
    for write in decision.draft.writes() {
        match write {
            Write::Replace { value: Stored::Account(value), .. } => account = Some((**value).clone()),
            Write::Replace { value: Stored::Recovery(value), .. } => {
                is_cancelled = value.state == RecoveryState::Cancelled;
            }
            _ => {}
        }
    }
    (account.unwrap(), is_cancelled)
}

/// The deeds, whose code is typed, the clave that is left, the notices left, and whether the recovery
/// under way ends.
type Case<'a> = (Vec<Undoes>, u8, &'a str, &'a [u8], bool);

#[test]
fn what_came_after_goes_too_and_the_earliest_clave_comes_back() {
    let table: Vec<Case> = vec![
        (vec![key_change("first", None)], 20, "first", &[], true),
        (vec![key_change("first", None), key_change("second", None)], 20, "first", &[], true),
        (vec![key_change("first", None), key_change("second", None)], 21, "second", &[20], true),
        (vec![key_change("first", None), data_change("second")], 20, "first", &[], true),
        (vec![data_change("first"), key_change("second", None)], 20, "first", &[], true),
        (vec![recovery(9)], 20, "newest", &[], true),
        // A recovery's notice takes what came of it along, and leaves the rest alone.
        (vec![recovery(8), key_change("second", None)], 20, "newest", &[21], false),
        (vec![recovery(8), key_change("second", Some(8))], 20, "second", &[], true),
        (vec![recovery(8), key_change("second", Some(8)), recovery(7)], 20, "second", &[], true),
    ];
    for (number, (deeds, typed, clave, notices, ends)) in table.into_iter().enumerate() {
        let read = undoable(deeds);
        let decision = undone(&read, typed, &format!("code {typed}")).unwrap();
        let (account, is_cancelled) = left(&decision);
        let undos: Vec<u8> = account.undos.iter().map(|id| id.0[0]).collect();
        assert_eq!((account.clave, &undos[..]), (digest(clave), notices), "{number}");
        assert_eq!((is_cancelled, account.recoveries.is_empty()), (ends, ends), "{number}");
    }
}

#[test]
fn a_change_of_data_comes_back_whole() {
    let read = undoable(vec![data_change("first")]);
    let (account, _) = left(&undone(&read, 20, "code 20").unwrap());
    assert_eq!(account.email.to_string(), "antes@comercial.example");
}

#[test]
fn a_code_that_was_used_up_meanwhile_undoes_nothing() {
    let read = undoable(vec![key_change("first", None)]);
    assert!(matches!(undone(&read, 20, "another code"), Err(Trouble::Outdated)));
}

#[test]
fn one_batch() {
    let decision = undone(&undoable(vec![key_change("first", None)]), 20, "code 20").unwrap();
    assert_eq!(
        told(decision.draft.writes()),
        [
            "remove Undo 20",
            "replace Recovery",
            "replace Account",
            "new Outbox",
            "new Outbox",
            "new Outbox",
            "row Undo Done",
            // The failures at this terminal are forgiven.
            "replace Limit"
        ]
    );
}

#[test]
fn what_was_done_in_person_freezes_instead() {
    let read = undoable(vec![key_change("first", None), Undoes::ByPerson]);
    let decision = undone(&read, 21, "code 21").unwrap();
    assert_eq!(decision.answer.unwrap().leaves, Undoing::Frozen);
    let (account, is_cancelled) = left(&decision);
    assert!(account.trust.is_frozen() && is_cancelled && account.recoveries.is_empty());
    // Their codes do nothing any more, and are told from wrong ones.
    assert_eq!((account.clave, account.undos), (digest("newest"), vec![Id([20; 16]), Id([21; 16])]));
    assert_eq!(ended(&decision), [20, 21]);
    // A weaker deed's code leaves alone what was done in person after it.
    let decision = undone(&read, 20, "code 20").unwrap();
    let (account, _) = left(&decision);
    assert_eq!((decision.answer.unwrap().leaves, account.trust.is_frozen()), (Undoing::AsBefore, false));
    assert_eq!(account.undos, [Id([21; 16])]);
}

/// The notices that are ended.
fn ended(decision: &Decision<Option<Undone>>) -> Vec<u8> {
    let ended = decision.draft.writes().iter().filter_map(|write| match write {
        Write::Replace { id, value: Stored::Undo(undo), .. } if undo.what == Undoes::Ended => Some(id.0[0]),
        _ => None,
    });
    ended.collect()
}

/// T3: the code of a channel that nobody proved.
#[test]
fn a_code_that_stops_a_hold_does_nothing_else() {
    let hold = || Undoes::Hold { recovery: Id([9; 16]) };
    let held = RecoveryState::Held { until_ms: NOON + 1 };
    let read = undoable_while(held, vec![hold(), recovery(9), key_change("second", None)]);
    let decision = undone(&read, 20, "code 20").unwrap();
    let (account, is_cancelled) = left(&decision);
    assert!(is_cancelled && account.recoveries.is_empty());
    // What else was done stays, and the hold's other notice goes along.
    assert_eq!((account.clave, account.undos), (digest("newest"), vec![Id([22; 16])]));
    // The key left, or the clave was chosen with it.
    let read = undoable(vec![hold(), recovery(9), key_change("second", Some(9))]);
    let decision = undone(&read, 20, "code 20").unwrap();
    assert_eq!((decision.answer, decision.draft.writes().len()), (None, 0));
    let (account, _) = left(&undone(&read, 21, "code 21").unwrap());
    assert_eq!(account.clave, digest("second"));
}
