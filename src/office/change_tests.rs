//! The tables of a change: a verdict holds for what it was made on, and one batch tells everybody.

#![allow(clippy::unwrap_used, reason = "what fails in a test shall stop it")]

use super::*;
use crate::domain::destination::Channel;
use crate::domain::found::Found;
use crate::domain::lives::UNDO_LIFE_MS;
use crate::domain::recovery::{Recovery, RecoveryState, Route, SentClave};
use crate::domain::register::{Down, Service};
use crate::office::recoveries::LivingKey;
use crate::office::samples::{NOON, account, company, digest, folio, held, notice, told};
use crate::store::records::{Stored, Write};

const RECOVERY: Id = Id([9; 16]);

/// A recovery that sent one key, `sent`, which works for an hour more.
fn sending() -> Held<Recovery> {
    let key = SentClave {
        channel: Channel::Mail,
        generation: 1,
        digest: digest("sent"),
        expires_ms: NOON + 3_600_000,
    };
    let recovery = Recovery {
        company: company(),
        folio: folio(9),
        requested_ms: NOON,
        route: Route::Card,
        state: RecoveryState::Sending,
        rank: Rank::Low,
        claves: vec![key],
    };
    held(9, recovery)
}

fn claves(clave: &str, recoveries: &[Held<Recovery>]) -> Claves {
    let ids = recoveries.iter().map(|held| held.id).collect();
    let account = Account { clave: digest(clave), recoveries: ids, ..account() };
    Claves { account: Some(held(1, account)), recoveries: KnownRecoveries::for_test(recoveries) }
}

fn compared(own: &str, living: &[&str], found: Option<FoundClave>) -> ComparedClave {
    let living: Vec<_> =
        living.iter().map(|of| LivingKey { recovery: RECOVERY, digest: digest(of) }).collect();
    let on = match found {
        Some(FoundClave::Own) => Some(digest(own)),
        Some(FoundClave::SentBy(_)) => living.first().map(|key: &LivingKey| key.digest.clone()),
        None => None,
    };
    ComparedClave { own: Some(digest(own)), living, found, on, was_ended: false }
}

fn is_outdated<T>(decision: &Result<Decision<T>, Trouble>) -> bool {
    matches!(decision, Err(Trouble::Outdated))
}

fn notices(known: &[Held<crate::domain::undo::Undo>]) -> Notices {
    Notices::for_test(known, NOON)
}

fn now() -> ProtectionsTime {
    Drawn::for_test(NOON).protections()
}

fn yes() -> SiiWord {
    SiiWord::Yes { company: "Ejemplo Limitada".into(), representative: Some("Ana".into()) }
}

#[test]
fn a_verdict_holds_for_what_it_was_made_on() {
    let by_key = Some(FoundClave::SentBy(RECOVERY));
    let table = [
        (claves("old", &[]), compared("old", &[], Some(FoundClave::Own)), true),
        (claves("old", &[sending()]), compared("old", &["sent"], by_key), true),
        // The clave was changed meanwhile.
        (claves("new", &[]), compared("old", &[], Some(FoundClave::Own)), false),
        // The sent key works no more, or another one was sent.
        (claves("old", &[]), compared("old", &["sent"], by_key), false),
        (claves("old", &[sending()]), compared("old", &["before"], by_key), false),
    ];
    let word = yes();
    for (number, (claves, compared, holds)) in table.into_iter().enumerate() {
        let representative = account().representative.rut;
        let typed = TypedClave { representative, word: &word, compared: &compared, now: now() };
        let read = ClaveToProve { claves, tallies: vec![Tally::for_test()] };
        let decision = decide_right(&read, &typed, &Drawn::for_test(NOON), &Rows::for_test());
        assert_eq!(is_outdated(&decision), !holds, "{number}");
        if let Ok(decision) = decision {
            // The failures at this terminal are forgiven.
            let all = ["row CheckClave Right", "replace Limit", "unchanged Account"];
            assert_eq!(told(decision.draft.writes()), all);
            let by = if compared.found == by_key { Some(RECOVERY) } else { None };
            assert_eq!((decision.answer.by(), decision.answer.version()), (by, 5));
        }
    }
}

/// Who goes on with a right clave: what SII says of whom, and whether they are on file.
#[test]
fn sii_decides_and_its_silence_lets_the_one_on_file_go_on() {
    let on_file = account().representative.rut;
    let other = Rut::of_body(22_222_222).unwrap();
    let silent = || SiiWord::Silent(Down { service: Service::Sii, reason: "cut".into() });
    let table = [
        (on_file, yes(), true),
        (on_file, SiiWord::No(Found::RepresentativeFormer), false),
        (on_file, SiiWord::No(Found::CompanyClosed), false),
        (on_file, silent(), true),
        (other, yes(), true),
        (other, SiiWord::No(Found::RepresentativeNever), false),
        (other, SiiWord::No(Found::CompanyClosed), false),
        (other, silent(), false),
        (on_file, SiiWord::Unlisted, false),
    ];
    for found in [FoundClave::Own, FoundClave::SentBy(RECOVERY)] {
        for (representative, word, goes_on) in &table {
            let compared = compared("old", &["sent"], Some(found));
            let (representative, told) = (*representative, format!("{representative} {word:?}"));
            let typed = TypedClave { representative, word, compared: &compared, now: now() };
            let read = ClaveToProve { claves: claves("old", &[sending()]), tallies: vec![Tally::for_test()] };
            let decision = decide_right(&read, &typed, &Drawn::for_test(NOON), &Rows::for_test());
            assert_eq!(is_outdated(&decision), !goes_on, "{told} {found:?}");
        }
    }
    // Two members of staff saw the papers of a company that is on no list yet.
    let mut given = account();
    given.trust.settle(Drawn::for_test(NOON - 1).time());
    let right = compared("old", &[], Some(FoundClave::Own));
    for (representative, goes_on) in [(on_file, true), (other, false)] {
        let typed = TypedClave { representative, word: &SiiWord::Unlisted, compared: &right, now: now() };
        assert_eq!(typed.is_right_for(&held(1, given.clone())), goes_on, "{representative}");
    }
    let wrong = compared("old", &["sent"], None);
    let typed = TypedClave { representative: on_file, word: &yes(), compared: &wrong, now: now() };
    assert!(!typed.is_right_for(&held(1, account())));
}

fn changed(claves: Claves, notices: Notices) -> Result<Decision<Option<Folio>>, Trouble> {
    changed_by("sent", claves, notices)
}

/// What was typed for it was right for `on`.
fn changed_by(on: &str, claves: Claves, notices: Notices) -> Result<Decision<Option<Folio>>, Trouble> {
    let compared = compared("old", &["sent"], None);
    let under_way = AllUnderWay { notices, ..AllUnderWay::for_test(NOON) };
    let read = ClaveToChange { claves, under_way };
    let chosen =
        ChosenClave { digest: &digest("new"), by: Some(RECOVERY), on: &digest(on), compared: &compared };
    decide_change(&read, &chosen, &Drawn::for_test(NOON), &Rows::for_test())
}

#[test]
fn a_change_is_one_batch_with_a_notice_to_each_channel() {
    let decision = changed(claves("old", &[sending()]), notices(&[])).unwrap();
    assert_eq!(
        told(decision.draft.writes()),
        [
            "remove Recovery 9",
            "new Undo",
            "replace Account",
            "row ChangeClave Done",
            "new Outbox",
            "new Outbox",
            "new Outbox"
        ]
    );
    let again = changed(claves("old", &[sending()]), notices(&[])).unwrap();
    assert_eq!(again, decision, "decided again, it is the same batch");
    assert!(is_outdated(&changed(claves("other", &[sending()]), notices(&[]))));
    assert!(is_outdated(&changed(claves("old", &[]), notices(&[]))), "the sent key went meanwhile");
}

#[test]
fn where_no_notice_finds_room_the_newest_one_of_a_clave_lives_on() {
    let full: Vec<_> = (20..28)
        .map(|id| match id {
            22 => notice(id, Undoes::ClaveChange { before: digest("older"), by: None }),
            _ => notice(id, Undoes::Recovery { recovery: Id([id; 16]) }),
        })
        .collect();
    let read = notices(&full);
    assert!(read.is_full());
    let decision = changed(claves("old", &[sending()]), read).unwrap();
    let lives_on = decision.draft.writes().iter().any(|write| match write {
        Write::Replace { id, due_ms, .. } => (*id, *due_ms) == (Id([22; 16]), Some(NOON + UNDO_LIFE_MS)),
        _ => false,
    });
    assert!(lives_on, "{:?}", told(decision.draft.writes()));
    let without: Vec<_> = full.into_iter().filter(|held| held.id != Id([22; 16])).collect();
    let one_more = changed(claves("old", &[sending()]), notices(&without)).unwrap();
    assert_eq!(told(one_more.draft.writes())[1], "new Undo");
}

fn in_person() -> Held<Recovery> {
    Held { value: Recovery { rank: Rank::Person, ..sending().value }, ..sending() }
}

fn right_with(found: FoundClave, claves: Claves, living: &[&str]) -> Result<Decision<ClaveProved>, Trouble> {
    let word = yes();
    let compared = compared("old", living, Some(found));
    let representative = account().representative.rut;
    let typed = TypedClave { representative, word: &word, compared: &compared, now: now() };
    let read = ClaveToProve { claves, tallies: vec![Tally::for_test()] };
    decide_right(&read, &typed, &Drawn::for_test(NOON), &Rows::for_test())
}

#[test]
fn while_a_key_given_in_person_works_nothing_weaker_opens() {
    let refused = |decision| match decision {
        Err(Trouble::Refused(refusal)) => Some(refusal),
        _ => None,
    };
    let by_key = FoundClave::SentBy(RECOVERY);
    let own = right_with(FoundClave::Own, claves("old", &[in_person()]), &["sent"]);
    assert_eq!(refused(own), Some(Refusal::InPerson));
    assert!(right_with(by_key, claves("old", &[in_person()]), &["sent"]).is_ok());
    assert!(right_with(FoundClave::Own, claves("old", &[sending()]), &["sent"]).is_ok());
    let mut frozen = claves("old", &[in_person()]);
    frozen.account.as_mut().unwrap().value.trust.freeze(NOON);
    assert_eq!(refused(right_with(by_key, frozen, &["sent"])), Some(Refusal::Frozen));
}

#[test]
fn a_clave_chosen_with_a_key_given_in_person_is_a_persons_deed() {
    let decision = changed(claves("old", &[in_person()]), notices(&[])).unwrap();
    let told_what: Vec<_> = decision.draft.writes().iter().filter_map(undoes).collect();
    assert_eq!(told_what, [Undoes::ByPerson]);
    let low = changed(claves("old", &[sending()]), notices(&[])).unwrap();
    let told_what: Vec<_> = low.draft.writes().iter().filter_map(undoes).collect();
    assert_eq!(told_what, [Undoes::ClaveChange { before: digest("old"), by: Some(RECOVERY) }]);
}

fn undoes(write: &Write) -> Option<Undoes> {
    match write {
        Write::New { value: Stored::Undo(undo), .. } => Some(undo.what.clone()),
        _ => None,
    }
}

#[test]
fn a_clave_that_was_replaced_while_the_visit_stood_open_changes_nothing() {
    let stale = changed_by("ended", claves("old", &[sending()]), notices(&[])).unwrap();
    assert_eq!((stale.answer, stale.draft.writes().len()), (None, 0));
}
