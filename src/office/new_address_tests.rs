//! The tables of a recovery whose place was proved: sent, held for a day, or left to staff; and of what
//! staff let go.

#![allow(clippy::unwrap_used, reason = "what fails in a test shall stop it")]

use super::*;
use crate::domain::lives::CODE_LIFE_MS;
use crate::domain::trust::Standing;
use crate::office::samples::{NOON, account, company, digest, folio, held, told};
use crate::store::records::{Stored, Write};

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

fn proved(to: &str, account: Account, known: &[Held<Recovery>]) -> ProvedPlace {
    let proof = Proof {
        company: company(),
        to: Destination::Mail(to.parse().unwrap()),
        what: ProofFor::Recovery { recovery: Id([9; 16]) },
        code: Some(digest("code")),
        expires_ms: NOON + CODE_LIFE_MS,
        tries: 1,
    };
    ProvedPlace {
        pushed_out: Vec::new(),
        proof: held(4, proof),
        recovery: recovery(9, RecoveryState::Unproved),
        account: held(1, account),
        recoveries: KnownRecoveries::for_test(known),
        notices: Notices::for_test(&[], NOON),
    }
}

fn decided(read: ProvedPlace) -> Result<Decision<Going>, Trouble> {
    decide_proved(Some(read), false, (&Drawn::for_test(NOON), &Rows::for_test()), 1_000)
}

fn with_rank(rank: Rank) -> Account {
    let mut account = account();
    account.trust.remember(rank, Drawn::for_test(NOON).time());
    account
}

/// Nobody is on file to be warned.
fn left_behind() -> Account {
    let mut account = account();
    let left = account.trust.channels.email.left();
    let channels = &mut account.trust.channels;
    (channels.email, channels.mobile, channels.representative_email) = (left, left, left);
    account
}

const NEW: &str = "nueva@comercial.example";

#[test]
fn a_proved_address_waits_and_every_channel_hears_of_it() {
    let decision = decided(proved(NEW, account(), &[])).unwrap();
    let all = [
        "row ProveAddress Done",
        "replace Proof",
        "replace Recovery",
        "new Undo",
        "replace Account",
        "new Outbox",
        "new Outbox",
        "new Outbox",
        "new Outbox",
    ];
    assert_eq!(told(decision.draft.writes()), all);
    assert_eq!(decision.answer, Going::Held(HeldUntil::NextDay));
    let gone = decide_proved(None, false, (&Drawn::for_test(NOON), &Rows::for_test()), 1_000).unwrap();
    assert_eq!((told(gone.draft.writes()), gone.answer), (Vec::new(), Going::Nowhere));
}

#[test]
fn only_staff_let_a_key_go_that_a_clock_may_not() {
    let until_ms = NOON + 1;
    let table = [
        (with_rank(Rank::Person), vec![], HeldUntil::Staff(Witnesses::One)),
        // One alone would be refused.
        (with_rank(Rank::Office), vec![], HeldUntil::Staff(Witnesses::Two)),
        (left_behind(), vec![], HeldUntil::Staff(Witnesses::One)),
        (
            account(),
            vec![recovery(8, RecoveryState::Held { until_ms })],
            HeldUntil::StaffBesideHold { hours: 1 },
        ),
    ];
    for (number, (account, known, until)) in table.into_iter().enumerate() {
        let decision = decided(proved(NEW, account, &known)).unwrap();
        assert_eq!(decision.answer, Going::Held(until), "{number}");
        let writes = told(decision.draft.writes());
        assert!(!writes.iter().any(|told| told == "new Outbox"), "{writes:?}");
    }
    // A hold that is over holds nothing up.
    let over = recovery(8, RecoveryState::Held { until_ms: NOON });
    let decision = decided(proved(NEW, account(), &[over])).unwrap();
    assert_eq!(decision.answer, Going::Held(HeldUntil::NextDay));
}

/// The wall clock stands behind after a boot, and nobody knows for how long the machine was off: once it is
/// mended and staff sign in, a day that began in between would end sooner by as much (S8, T12).
#[test]
fn no_day_is_counted_from_a_time_that_is_not_sure() {
    use crate::domain::office_time::{OfficeTime, WallStanding};
    let ahead = |is_believed| WallStanding::Ahead { by_ms: 1, is_believed, waits_ms: 1 };
    let table = [
        (WallStanding::Agrees, HeldUntil::NextDay),
        (ahead(true), HeldUntil::NextDay),
        (ahead(false), HeldUntil::Staff(Witnesses::One)),
        (WallStanding::Behind { by_ms: 1 }, HeldUntil::Staff(Witnesses::One)),
    ];
    for (standing, until) in table {
        let drawn = Drawn::for_test_at(OfficeTime::new(NOON, NOON, standing));
        let read = Some(proved(NEW, account(), &[]));
        let decision = decide_proved(read, false, (&drawn, &Rows::for_test()), 1_000).unwrap();
        assert_eq!(decision.answer, Going::Held(until), "{standing:?}");
    }
}

#[test]
fn a_channel_on_file_is_proved_by_its_code_and_has_the_key() {
    let mut unproved = account();
    unproved.trust.channels = crate::domain::trust::Channels::typed(0);
    let own = unproved.email.to_string();
    let decision = decided(proved(&own, unproved, &[])).unwrap();
    assert!(matches!(decision.answer, Going::Out { .. }), "{:?}", decision.answer);
    let account = account_after(&decision.draft);
    assert_eq!(account.trust.channels.email.standing(), Standing::Proved);
    assert_eq!(account.recoveries, [Id([9; 16])]);
    // What a deed in person left behind is a new address.
    let former = left_behind();
    let decision = decided(proved(&former.email.to_string(), former.clone(), &[])).unwrap();
    assert_eq!(decision.answer, Going::Held(HeldUntil::Staff(Witnesses::One)));
}

fn account_after(draft: &Draft) -> Account {
    let account = draft.writes().iter().find_map(|write| match write {
        Write::Replace { value: Stored::Account(account), .. } => Some((**account).clone()),
        _ => None,
    });
    account.unwrap()
}

#[test]
fn nothing_goes_on_beside_a_freeze_and_only_staff_beside_a_key_given_in_person() {
    let mut frozen = account();
    frozen.trust.freeze(NOON);
    let refused = decided(proved(NEW, frozen, &[]));
    assert!(matches!(refused, Err(Trouble::Refused(Refusal::Frozen))));
    let sending = recovery(8, RecoveryState::Sending);
    let in_person = Held { value: Recovery { rank: Rank::Person, ..sending.value.clone() }, ..sending };
    for to in [NEW.to_string(), account().email.to_string()] {
        let decision = decided(proved(&to, account(), std::slice::from_ref(&in_person))).unwrap();
        assert_eq!(decision.answer, Going::Held(HeldUntil::Staff(Witnesses::One)));
    }
}

#[test]
fn beside_staff_a_key_to_a_channel_on_file_waits_for_them_too() {
    let on_file = proved(&account().email.to_string(), account(), &[]);
    let (drawn, rows) = (Drawn::for_test(NOON), Rows::for_test());
    let decision = decide_proved(Some(on_file), true, (&drawn, &rows), 1_000).unwrap();
    assert_eq!(decision.answer, Going::Held(HeldUntil::Staff(Witnesses::One)));
}
