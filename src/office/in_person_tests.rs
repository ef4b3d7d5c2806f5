//! The tables of what staff let go.

#![allow(clippy::unwrap_used, reason = "what fails in a test shall stop it")]

use super::*;
use crate::domain::language::Language;
use crate::domain::lives::HOLD_MS;
use crate::domain::reference::Id;
use crate::domain::trust::Standing;
use crate::office::samples::{NOON, account, company, folio, held, told};
use crate::store::records::{Draft, Stored, Write};

const NEW: &str = "nueva@comercial.example";

fn recovery(id: u8, state: RecoveryState) -> Held<Recovery> {
    let recovery = Recovery {
        company: company(),
        folio: folio(2),
        requested_ms: NOON,
        route: Route::NewAddress(account().email),
        state,
        rank: Rank::Low,
        claves: Vec::new(),
    };
    held(id, recovery)
}

fn account_after(draft: &Draft) -> Account {
    let account = draft.writes().iter().find_map(|write| match write {
        Write::Replace { value: Stored::Account(account), .. } => Some((**account).clone()),
        _ => None,
    });
    account.unwrap()
}

fn released(state: RecoveryState, account: Account) -> Result<Decision<Option<Released>>, Trouble> {
    let to = Destination::Mail(NEW.parse().unwrap());
    let kind = ErrandKind::SendClave { recovery: Id([9; 16]) };
    let key = Errand::new(kind, company(), to.clone(), Language::Es, folio(2), NOON);
    let read = Releasable {
        to,
        recovery: recovery(9, state),
        account: held(1, account),
        errand: Some(held(9, key.held_until(NOON + HOLD_MS))),
        under_way: AllUnderWay::for_test(NOON),
    };
    let row = Rows::for_test().row(NOON, Action::WitnessCard, Outcome::Done);
    decide_release(Some(&read), &Drawn::for_test(NOON), &row)
}

#[test]
fn staff_let_a_held_key_go_once() {
    let table = [
        (RecoveryState::Held { until_ms: NOON + HOLD_MS }, true, true),
        (RecoveryState::WaitsForStaff, true, true),
        (RecoveryState::Sending, true, false),
        (RecoveryState::Unproved, false, false),
        (RecoveryState::Cancelled, false, false),
        (RecoveryState::Done, false, false),
    ];
    for (state, goes, writes) in table {
        let decision = released(state, account()).unwrap();
        let has_written = !decision.draft.writes().is_empty();
        assert_eq!((decision.answer.is_some(), has_written), (goes, writes), "{state:?}");
    }
}

#[test]
fn what_staff_let_go_is_on_file_and_who_was_trusted_hears_with_a_code() {
    let decision = released(RecoveryState::WaitsForStaff, account()).unwrap();
    let after = account_after(&decision.draft);
    assert_eq!(after.email.to_string(), NEW);
    assert_eq!(after.trust.rank(Drawn::for_test(NOON).protections()), Rank::Person);
    let left = after.channels().map(|channel| channel.on_file.standing());
    assert_eq!(left, [Standing::Proved, Standing::Left, Standing::Left]);
    let mails = |decision: &Decision<Option<Released>>| {
        let errands = decision.draft.writes().iter().filter_map(|write| match write {
            Write::New { value: Stored::Errand(errand), .. } => Some(errand.kind),
            _ => None,
        });
        errands.collect::<Vec<_>>()
    };
    assert!(mails(&decision).iter().all(|kind| matches!(kind, ErrandKind::DoneInPerson { .. })));
    assert_eq!(mails(&decision).len(), 3);
    // Channels of yesterday are warned, and can't freeze.
    let mut young = account();
    young.trust.channels = crate::domain::trust::Channels::typed(NOON);
    young.prove(&Destination::Mail(young.email.clone()), Rank::Low, NOON);
    let decision = released(RecoveryState::WaitsForStaff, young).unwrap();
    assert_eq!(mails(&decision), [ErrandKind::Warned; 3]);
    let mut frozen = account();
    frozen.trust.freeze(NOON);
    assert!(matches!(released(RecoveryState::WaitsForStaff, frozen), Err(Trouble::Refused(Refusal::Frozen))));
}

#[test]
fn a_key_to_the_proved_mailbox_on_file_waits_for_staff() {
    let (drawn, rows) = (Drawn::for_test(NOON), Rows::for_test());
    let decision = decide_wait(Some(&held(1, account())), (&drawn, &rows), 1_000).unwrap();
    assert!(decision.answer.is_some());
    let all = ["new Recovery", "row RequestRecovery Done", "new Proof", "unchanged Account"];
    assert_eq!(told(decision.draft.writes()), all);
    let mut unproved = account();
    unproved.trust.channels = crate::domain::trust::Channels::typed(0);
    let decision = decide_wait(Some(&held(1, unproved)), (&drawn, &rows), 1_000).unwrap();
    assert_eq!((decision.answer, decision.draft.writes().len()), (None, 0));
}
