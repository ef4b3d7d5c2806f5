//! Tables of what becomes of an errand: no store, no clock, no runtime.

use super::*;
use crate::audit::Actor;
use crate::domain::destination::{Channel, Destination};
use crate::domain::errand::ErrandKind;
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::office_time::OfficeTime;
use crate::domain::recovery::RecoveryState;
use crate::domain::reference::Id;
use crate::domain::refused_address::RefusedAddress;
use crate::domain::rut::Rut;
use crate::domain::trust::Rank;
use crate::store::records::{Stored, Write};

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
/// When the errand was committed, and may go.
const BEGAN: u64 = 100 * HOUR;
/// As many messages to the errand's address as an hour allows.
const FULL: [u64; 3] = [BEGAN - 3 * MINUTE, BEGAN - 2 * MINUTE, BEGAN - MINUTE];

fn held(kind: ErrandKind, state: ErrandState) -> Held<Errand> {
    let to = Destination::Mail("a@example.cl".parse().unwrap());
    let company = Rut::of_body(99_999_999).unwrap();
    let errand = Errand::new(kind, company, to, Language::Es, Folio::new([1; 5]), BEGAN);
    Held { id: Id([1; 16]), version: 3, due_ms: Some(BEGAN), value: Errand { state, ..errand } }
}

fn rows() -> ErrandRows {
    let author = Author::new("01".into(), Actor::Courier);
    ErrandRows { author, subject: Pseudonym("abcdefgh".into()) }
}

fn draft() -> Draft {
    Draft::new(Id([9; 16]))
}

/// What a draft does, as far as it matters here.
#[derive(Debug, Default, PartialEq)]
struct Done {
    /// The errand's new state, its number of tries, its generation, and when it comes due.
    errand: Option<(ErrandState, u32, u32, Option<u64>)>,
    rows: Vec<(Action, Outcome)>,
    /// When messages left for the address, as it is counted then.
    tally: Option<Vec<u64>>,
    /// How often the address refused, and since when.
    marked: Option<(u32, u64)>,
    /// The mark of the address goes.
    is_cleared: bool,
}

fn done(draft: &Draft) -> Done {
    let mut done = Done::default();
    for write in draft.writes() {
        match write {
            Write::Replace { id, version: 3, value: Stored::Errand(errand), due_ms } => {
                assert_eq!(*id, Id([1; 16]));
                done.errand = Some((errand.state, errand.tried, errand.generation, *due_ms));
            }
            Write::New { value: Stored::CountedTimes(tally), .. }
            | Write::Replace { value: Stored::CountedTimes(tally), .. } => {
                done.tally = Some(tally.at_ms.clone());
            }
            Write::New { value: Stored::RefusedAddress(mark), .. }
            | Write::Replace { value: Stored::RefusedAddress(mark), .. } => {
                done.marked = Some((mark.times, mark.first_ms));
            }
            Write::Remove { at, .. } if at.id == Id([5; 16]) => done.is_cleared = true,
            Write::Audit(row) => {
                assert_eq!((&row.subject, row.folio), (&Some(rows().subject), Some(Folio::new([1; 5]))));
                done.rows.push((row.action, row.outcome));
            }
            other => panic!("nobody asked for {other:?}"),
        }
    }
    done
}

/// What it is about, what its address got, the time; its state then, when it is due, its rows.
type DueCase<'a> = (ErrandKind, ErrandSubject, &'a [u64], u64, ErrandState, u64, &'a [(Action, Outcome)]);

#[test]
fn a_due_errand_waits_or_ends() {
    let code = ErrandKind::SendCode { proof: Id([0; 16]) };
    let clave = ErrandKind::SendClave { recovery: Id([0; 16]) };
    let waiting = ErrandState::Waiting;
    let cancelled = [(Action::SendMessage, Outcome::Cancelled(Channel::Mail))];
    let expired = [(Action::SendMessage, Outcome::Expired(Channel::Mail))];
    let held_state = RecoveryState::Held { until_ms: BEGAN + HOUR };
    let table: [DueCase<'_>; 9] = [
        (code, ErrandSubject::Holds, &[], BEGAN - 1, waiting, BEGAN, &[]),
        (code, ErrandSubject::Gone, &[], BEGAN, ErrandState::Cancelled, BEGAN + FINISHED_KEPT_MS, &cancelled),
        (code, ErrandSubject::Holds, &FULL, BEGAN, waiting, BEGAN + 30 * MINUTE, &[]),
        (code, ErrandSubject::Holds, &[BEGAN - 1], BEGAN, waiting, BEGAN - 1 + MINUTE, &[]),
        (
            code,
            ErrandSubject::Holds,
            &[],
            BEGAN + 30 * MINUTE,
            ErrandState::Expired,
            BEGAN + 30 * MINUTE + FINISHED_KEPT_MS,
            &expired,
        ),
        (clave, ErrandSubject::Recovery(held_state, Rank::Low), &[], BEGAN, waiting, BEGAN + HOUR, &[]),
        (
            clave,
            ErrandSubject::Recovery(RecoveryState::Unproved, Rank::Low),
            &[],
            BEGAN,
            waiting,
            BEGAN + 24 * HOUR,
            &[],
        ),
        (
            clave,
            ErrandSubject::Recovery(RecoveryState::Done, Rank::Low),
            &[],
            BEGAN,
            ErrandState::Cancelled,
            BEGAN + FINISHED_KEPT_MS,
            &cancelled,
        ),
        (
            ErrandKind::ClaveChanged { undo: Id([0; 16]) },
            ErrandSubject::Until(BEGAN),
            &[],
            BEGAN,
            ErrandState::Cancelled,
            BEGAN + FINISHED_KEPT_MS,
            &cancelled,
        ),
    ];
    for (kind, subject, sent_ms, now_ms, state, due_ms, told) in table {
        let tally = MessageTally::for_test(Id([4; 16]), sent_ms);
        let claim =
            claim(draft(), &held(kind, waiting), &subject, &tally, &rows(), OfficeTime::agreed(now_ms));
        let ErrandClaim::Rests(draft) = claim else { panic!("{kind:?} {subject:?}: {claim:?}") };
        let expected =
            Done { errand: Some((state, 0, 0, Some(due_ms))), rows: told.to_vec(), ..Done::default() };
        assert_eq!(done(&draft), expected, "{kind:?} {subject:?}");
    }
}

#[test]
fn what_may_go_is_leased_and_counted() {
    let code = ErrandKind::SendCode { proof: Id([0; 16]) };
    let clave = ErrandKind::SendClave { recovery: Id([0; 16]) };
    let (waiting, sending) = (ErrandState::Waiting, RecoveryState::Sending);
    let until_ms = BEGAN + LEASE_MS;
    let (leased, tally) = (ErrandState::Leased { until_ms }, MessageTally::for_test(Id([4; 16]), &[]));
    for (kind, subject) in
        [(code, ErrandSubject::Holds), (clave, ErrandSubject::Recovery(sending, Rank::Low))]
    {
        let claim =
            claim(draft(), &held(kind, waiting), &subject, &tally, &rows(), OfficeTime::agreed(BEGAN));
        let ErrandClaim::Goes(draft, errand) = claim else { panic!("{kind:?}: {claim:?}") };
        let errand_done = Some((leased, 0, 1, Some(until_ms)));
        let expected = Done { errand: errand_done, tally: Some(vec![BEGAN]), ..Done::default() };
        assert_eq!(done(&draft), expected);
        assert_eq!((errand.value.state, errand.value.generation), (leased, 1));
    }
}

/// Whoever leased it may have sent it: that counts as an attempt, and the message goes again.
#[test]
fn a_lost_lease_is_an_attempt_of_unknown_end() {
    let lost = ErrandState::Leased { until_ms: BEGAN + LEASE_MS };
    let kind = ErrandKind::SendCode { proof: Id([0; 16]) };
    let (mut leased, now_ms) = (held(kind, lost), BEGAN + LEASE_MS);
    leased.value.generation = 1;
    let tally = MessageTally::for_test(Id([4; 16]), &[BEGAN]);
    let ErrandClaim::Goes(draft, errand) =
        claim(draft(), &leased, &ErrandSubject::Holds, &tally, &rows(), OfficeTime::agreed(now_ms))
    else {
        panic!("it goes again");
    };
    let until_ms = now_ms + LEASE_MS;
    let unknown = Outcome::Attempt { channel: Channel::Mail, outcome: AttemptOutcome::Unknown };
    let expected = Done {
        errand: Some((ErrandState::Leased { until_ms }, 1, 2, Some(until_ms))),
        rows: vec![(Action::SendMessage, unknown)],
        tally: Some(vec![BEGAN, now_ms]),
        ..Done::default()
    };
    assert_eq!(done(&draft), expected);
    assert_eq!(errand.value.attempts, [Attempt { at_ms: BEGAN, outcome: AttemptOutcome::Unknown }]);
}

#[test]
fn an_attempt_ends_the_errand_or_comes_again() {
    let until_ms = BEGAN + LEASE_MS;
    let kept_ms = Some(BEGAN + FINISHED_KEPT_MS);
    let again_ms = Some(BEGAN + 30_000);
    // How it went; the state then and when it is due, whether it still counts, refusals marked.
    let table = [
        (AttemptOutcome::Sent, ErrandState::Sent, kept_ms, true, None),
        (AttemptOutcome::Permanent, ErrandState::Failed, kept_ms, false, None),
        (AttemptOutcome::AddressRefused, ErrandState::Failed, kept_ms, false, Some((2, 7))),
        (AttemptOutcome::TurnedOff, ErrandState::Failed, kept_ms, false, None),
        (AttemptOutcome::Temporary, ErrandState::Waiting, again_ms, false, None),
        (AttemptOutcome::Unreachable, ErrandState::Waiting, again_ms, false, None),
        (AttemptOutcome::Untrusted, ErrandState::Waiting, again_ms, false, None),
        (AttemptOutcome::AccessRefused, ErrandState::Waiting, again_ms, false, None),
        (AttemptOutcome::Unknown, ErrandState::Waiting, again_ms, true, None),
    ];
    let leased = held(ErrandKind::Registered, ErrandState::Leased { until_ms });
    let before = RefusedAddress { channel: Channel::Mail, first_ms: 7, last_ms: 8, times: 1 };
    let before = Held { id: Id([5; 16]), version: 1, due_ms: None, value: before };
    let read = Settling {
        tally: MessageTally::for_test(Id([4; 16]), &[5, BEGAN]),
        mark: Mark::for_test(Id([5; 16]), Some(before)),
        refused_kept_ms: 900,
        retry_ms: 30_000,
    };
    for (outcome, state, due_ms, counts, marked) in table {
        let draft =
            settle(draft(), &leased, Carried::Tried(outcome), &read, &rows(), OfficeTime::agreed(BEGAN));
        let attempt = Outcome::Attempt { channel: Channel::Mail, outcome };
        let expected = Done {
            errand: Some((state, 1, 0, due_ms)),
            rows: vec![(Action::SendMessage, attempt)],
            tally: (!counts).then(|| vec![5]),
            marked,
            is_cleared: outcome == AttemptOutcome::Sent,
        };
        assert_eq!(done(&draft), expected, "{outcome:?}");
    }
    // What it was about ended while it was leased: nothing left, and nothing counts.
    let draft = settle(draft(), &leased, Carried::Pointless, &read, &rows(), OfficeTime::agreed(BEGAN));
    let expected = Done {
        errand: Some((ErrandState::Cancelled, 0, 0, kept_ms)),
        rows: vec![(Action::SendMessage, Outcome::Cancelled(Channel::Mail))],
        tally: Some(vec![5]),
        ..Done::default()
    };
    assert_eq!(done(&draft), expected);
}

#[test]
fn no_errand_comes_again_after_its_life() {
    let until_ms = BEGAN + LEASE_MS;
    let leased = held(ErrandKind::Registered, ErrandState::Leased { until_ms });
    let read = Settling {
        tally: MessageTally::for_test(Id([4; 16]), &[]),
        mark: Mark::for_test(Id([5; 16]), None),
        refused_kept_ms: 900,
        retry_ms: 30_000,
    };
    let expires_ms = leased.value.expires_ms;
    let late = Carried::Tried(AttemptOutcome::Temporary);
    let draft = settle(draft(), &leased, late, &read, &rows(), OfficeTime::agreed(expires_ms - 1));
    assert_eq!(done(&draft).errand, Some((ErrandState::Waiting, 1, 0, Some(expires_ms))));
}
