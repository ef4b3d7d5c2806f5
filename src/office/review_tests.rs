//! Who may decide what on which request, and what it writes.

use super::*;
use crate::domain::rut::Rut;
use crate::office::facilitator_samples::{NOON, held, request};
use crate::store::records::Write;

const DOCUMENTS_MS: u64 = 1000;

fn by(name: &str, body: u32) -> Reviewer {
    Reviewer { name: name.into(), rut: Rut::of_body(body).expect("it is a RUT") }
}

fn read(state: RequestState, approved_by: &[&Reviewer]) -> UnderReview {
    let mut request = request(state);
    request.decisions.extend(approved_by.iter().map(|reviewer| facilitator::Decision {
        staff: reviewer.name.clone(),
        rut: reviewer.rut,
        at_ms: 0,
        verdict: Verdict::Approve,
    }));
    UnderReview {
        request: held(1, request),
        subject: Pseudonym::for_test("abcdefgh"),
        notices: FacilitatorNotices::for_test(NOON),
        documents: Vec::new(),
        known: None,
    }
}

fn decide_by(read: &UnderReview, reviewer: &Reviewer, wish: &Wish) -> Decision<Result<Decided, DecideError>> {
    let terminal = Clean::from("03");
    let asked = Asked { reviewer, wish, terminal: &terminal, documents_ms: DOCUMENTS_MS, flows_ms: 2000 };
    decide(read, &asked, &Drawn::for_test(NOON))
}

fn outcome(draft: &Draft) -> Option<Outcome> {
    draft.writes().iter().find_map(|write| match write {
        Write::Audit(row) => Some(row.outcome),
        _ => None,
    })
}

#[test]
fn two_people_approve_and_none_of_them_asked() {
    let (rosa, hugo, ana) = (by("rosa", 12_345_678), by("hugo", 9_868_503), by("ana", 11_111_111));
    let rosa_again = by("otra", 12_345_678);
    let approve = Wish::Approve("visto".into(), DocumentsOpened::Yes);
    let (blindly, refuse) =
        (Wish::Approve("visto".into(), DocumentsOpened::No), Wish::Refuse("ilegible".into()));
    let withdraw = Wish::Withdraw("lo pide".into());
    let (waiting, approved) = (RequestState::Received, RequestState::ApprovedByOne);
    let not = |why| Err(DecideError::Not(why));
    let table = [
        (read(waiting.clone(), &[]), &rosa, &approve, Ok(Decided::ApprovedByOne), Outcome::Done),
        (read(approved.clone(), &[&rosa]), &hugo, &approve, Ok(Decided::Approved), Outcome::Done),
        (read(approved.clone(), &[&rosa]), &rosa_again, &approve, not(Undecided::SamePerson), Outcome::Wrong),
        (read(approved, &[&rosa]), &rosa, &refuse, Ok(Decided::Refused), Outcome::Done),
        (read(waiting.clone(), &[]), &ana, &refuse, not(Undecided::OwnRequest), Outcome::Wrong),
        (read(waiting.clone(), &[]), &rosa, &blindly, not(Undecided::Unopened), Outcome::NotAllowed),
        (read(waiting.clone(), &[]), &ana, &blindly, not(Undecided::OwnRequest), Outcome::Wrong),
        (read(waiting, &[]), &rosa, &withdraw, Ok(Decided::Withdrawn), Outcome::Done),
        (read(RequestState::Withdrawn, &[]), &ana, &refuse, not(Undecided::Already), Outcome::Already),
    ];
    for (number, (read, reviewer, wish, expected, on_record)) in table.into_iter().enumerate() {
        let decision = decide_by(&read, reviewer, wish);
        assert_eq!(decision.answer, expected, "row {number}");
        assert_eq!(outcome(&decision.draft), Some(on_record), "row {number}");
        let changes = decision.draft.writes().len() > 1;
        assert_eq!(changes, expected.is_ok(), "row {number}");
    }
}

#[test]
fn the_documents_end_with_the_decision() {
    let (rosa, withdraw) = (by("rosa", 12_345_678), Wish::Withdraw("lo pide".into()));
    let read = read(RequestState::Received, &[]);
    let mut withdrawn = read.request.value.clone();
    let (staff, rut) = (rosa.name.clone(), rosa.rut);
    let decision = facilitator::Decision { staff, rut, at_ms: NOON, verdict: Verdict::Withdraw };
    withdrawn.decisions.push(decision);
    withdrawn.state = RequestState::Withdrawn;
    let due_ms = Some(NOON + DOCUMENTS_MS);
    let replaced = Drawn::for_test(NOON).draft().replace(&read.request, &withdrawn, due_ms);
    let draft = decide_by(&read, &rosa, &withdraw).draft;
    assert_eq!(draft.writes().last(), replaced.writes().last());
}

#[test]
fn deciding_again_writes_the_same_keys_and_messages() {
    let (rosa, hugo) = (by("rosa", 12_345_678), by("hugo", 9_868_503));
    let read = read(RequestState::ApprovedByOne, &[&rosa]);
    let approve = Wish::Approve("visto".into(), DocumentsOpened::Yes);
    assert_eq!(decide_by(&read, &hugo, &approve), decide_by(&read, &hugo, &approve));
}
