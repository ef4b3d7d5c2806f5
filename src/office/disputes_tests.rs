//! Who opens a settlement and who confirms it, row by row.

#![allow(clippy::unwrap_used, reason = "what fails in a test shall stop it")]

use super::*;
use crate::audit::Actor;
use crate::domain::deed::Action;
use crate::domain::dispute::DISPUTE_LIFE_MS;
use crate::office::samples::{NOON, company, folio, held, told as written};

const ENDING: Id = Id([4; 16]);
const OTHER: Id = Id([9; 16]);

fn ana() -> Rut {
    Rut::of_body(11_111_111).unwrap()
}

fn member(account: u8, body: u32) -> Witness {
    let (name, terminal) = (Clean::from(format!("member {account}")), Clean::from("03"));
    Witness { account: Id([account; 16]), rut: Rut::of_body(body).unwrap(), name, terminal, at_ms: NOON }
}

fn rosa() -> Witness {
    member(1, 12_345_678)
}

fn pedro() -> Witness {
    member(2, 22_222_222)
}

fn dispute(state: DisputeState, tries: u32) -> Held<Dispute> {
    let dispute = Dispute {
        company: company(),
        representative: ana(),
        representative_name: "Ana Ejemplo".into(),
        folio: folio(7),
        opened_ms: NOON,
        ending: ENDING,
        tries,
        state,
        email: None,
        mobile: None,
        grounds: Grounds::Sii,
    };
    held(3, dispute)
}

fn by(first: Witness) -> DisputeState {
    DisputeState::Opened { by: first }
}

fn confirmed_by(second: Second) -> DisputeState {
    DisputeState::Confirmed { by: rosa(), second }
}

fn row(outcome: Outcome) -> Entry {
    Entry::new(NOON, &"03".into(), Actor::Staff("rosa".into()), Action::OpenDispute, outcome)
}

/// Whose it is then, how many tries stand, and what is written.
type OpenedDispute = (Result<Folio, Unsettled>, Option<(Clean, u32)>, Vec<String>);

fn opened(known: Option<&Held<Dispute>>, member: Witness, typed: Id, now_ms: u64) -> OpenedDispute {
    let name = Clean::from("Ana Ejemplo");
    let (of, grounds) = ((company(), ana()), Grounds::Sii);
    let opening = Opening { member, typed, of, ending: ENDING, name: &name, grounds };
    let decision = decide_open((Id([3; 16]), known), &opening, &Drawn::for_test(now_ms), row);
    let kept = decision.draft.writes().iter().find_map(|write| match write {
        crate::store::records::Write::New { value, .. }
        | crate::store::records::Write::Replace { value, .. } => match value {
            crate::store::records::Stored::Dispute(dispute) => {
                let first = dispute.state.first().map_or("nobody".into(), |first| first.name.clone());
                Some((first, dispute.tries))
            }
            _ => None,
        },
        _ => None,
    });
    (decision.answer, kept, written(decision.draft.writes()))
}

#[test]
fn one_member_opens_it_and_wrong_symbols_are_counted_in_the_same_batch() {
    let (fresh, seventh) = (folio_drawn(), folio(7));
    let wrong = |tries_left| Err(Unsettled::EndingWrong { tries_left });
    let late = NOON + DISPUTE_LIFE_MS;
    let with_operator = confirmed_by(Second::Operator { at_ms: NOON });
    let with_pedro = confirmed_by(Second::Member(pedro()));
    let table = [
        (None, rosa(), ENDING, NOON, Ok(fresh), Some(("member 1", 0))),
        (None, rosa(), OTHER, NOON, wrong(4), Some(("nobody", 1))),
        (Some(dispute(DisputeState::Unopened, 4)), rosa(), OTHER, NOON, wrong(0), Some(("nobody", 5))),
        (Some(dispute(DisputeState::Unopened, 5)), rosa(), ENDING, NOON, Err(Unsettled::TriesOver), None),
        (Some(dispute(DisputeState::Unopened, 5)), rosa(), ENDING, late, Ok(fresh), Some(("member 1", 0))),
        // Pressed twice, or by the same member in another visit.
        (Some(dispute(by(rosa()), 1)), rosa(), ENDING, NOON, Ok(seventh), Some(("member 1", 1))),
        (Some(dispute(with_operator, 0)), rosa(), ENDING, NOON, Ok(seventh), Some(("member 1", 0))),
        // Another member begins anew, and the wrong symbols stay counted.
        (Some(dispute(by(rosa()), 2)), pedro(), ENDING, NOON, Ok(fresh), Some(("member 2", 2))),
        (Some(dispute(by(rosa()), 2)), pedro(), OTHER, NOON, wrong(2), Some(("member 1", 3))),
        // A person at the list is disturbed by nobody who did not stand behind it.
        (
            Some(dispute(with_pedro.clone(), 0)),
            member(3, 33_333_333),
            ENDING,
            NOON,
            Err(Unsettled::Already),
            None,
        ),
        (Some(dispute(with_pedro, 0)), rosa(), ENDING, NOON, Ok(fresh), Some(("member 1", 0))),
        (None, member(1, 11_111_111), ENDING, NOON, Err(Unsettled::Own), None),
    ];
    for (number, (known, member, typed, now_ms, answer, kept)) in table.into_iter().enumerate() {
        let decided = opened(known.as_ref(), member, typed, now_ms);
        let kept = kept.map(|(first, tries)| (Clean::from(first), tries));
        assert_eq!((decided.0, decided.1), (answer, kept), "row {number}");
        assert!(decided.2.iter().any(|write| write.starts_with("row OpenDispute")), "row {number}");
    }
}

fn folio_drawn() -> Folio {
    Drawn::for_test(NOON).folio
}

#[test]
fn another_one_confirms_it() {
    let confirm = |known: Option<&Held<Dispute>>, of, second: &Second, typed| {
        let drawn = Drawn::for_test(NOON);
        let decision = decide_confirm((of, known), second, typed, &drawn, row);
        (decision.answer.map(|dispute| dispute.state), written(decision.draft.writes()))
    };
    let (open, second) = (dispute(by(rosa()), 4), Second::Member(pedro()));
    let (state, writes) = confirm(Some(&open), folio(7), &second, ENDING);
    assert_eq!(state, Ok(confirmed_by(second.clone())));
    assert_eq!(writes, ["row OpenDispute Done", "replace Dispute"]);
    let (state, writes) = confirm(Some(&open), folio(7), &second, OTHER);
    assert_eq!(state, Err(Unsettled::EndingWrong { tries_left: 0 }));
    assert_eq!(writes, ["row OpenDispute Wrong", "replace Dispute"]);
    let myself = Second::Member(member(2, 12_345_678));
    let (state, writes) = confirm(Some(&open), folio(7), &myself, ENDING);
    assert_eq!(
        (state, writes.as_slice()),
        (Err(Unsettled::SamePerson), &["row OpenDispute NotAllowed".into()][..])
    );
    // It was opened anew meanwhile, or is gone.
    assert_eq!(confirm(Some(&open), folio(8), &second, ENDING).0, Err(Unsettled::Over));
    assert_eq!(confirm(None, folio(7), &second, ENDING).0, Err(Unsettled::Over));
}
