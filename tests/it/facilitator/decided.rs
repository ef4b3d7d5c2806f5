//! What becomes of a request: two members of staff, the answer by mail, the facilitator's key and
//! its first use, the look-up by folio, and the end of the documents.

use totem::audit::Actor;
use totem::domain::deed::{Action, Outcome};
use totem::domain::facilitator::{Decided, Undecided};
use totem::domain::reference::Kind;
use totem::office::review::DecideError;
use totem::text::Msg;

use super::{FACILITATOR, NEW, Visit, hugo, rosa, staff};
use crate::booth::{CLAVE, COMPANY, MAILBOX};

#[test]
fn two_approve_and_the_facilitator_chooses_their_own_key() {
    let mut visit = Visit::new();
    let folio = visit.requests();
    assert_eq!(visit.approves(&folio, &rosa()), Ok(Decided::ApprovedByOne));
    visit.booth.runs_courier();
    assert!(visit.booth.post.subjects(FACILITATOR).is_empty());
    assert_eq!(visit.approves(&folio, &hugo()), Ok(Decided::Approved));
    visit
        .looks_up(&folio, "11111111-1")
        .is_at(&Msg::StatusApprovedHeading)
        .sees_msg(&Msg::StatusApproved)
        .leaves();
    visit.booth.waits(61).runs_courier();
    assert!(visit.booth.post.newest_mail(MAILBOX).contains("Aprobamos"));
    visit
        .looks_up(&folio, "11111111-1")
        .sees_msg(&Msg::StatusKeySent)
        .pictured("request-status-told")
        .leaves();
    let sent = visit.booth.post.mail_to(FACILITATOR);
    assert!(visit.booth.post.newest_mail(FACILITATOR).contains("99.999.999-9"));

    visit.comes_with(&sent).is_at(&Msg::ChangeSentHeading).pictured("facilitator-key-choose");
    visit.booth.types(&format!("{NEW}⏎{NEW}⏎")).letters().types("⏎").is_at(&Msg::SuccessHeading);
    visit.booth.pictured("facilitator-key-changed").leaves();
    visit.comes_with(&sent).is_at(&Msg::ChangeWhoHeading).sees("Los datos no coinciden").leaves();
    visit.comes_with(NEW).is_at(&Msg::ChangeOwnHeading).leaves();
    visit.booth.waits(61).runs_courier();
    assert_eq!(
        visit.booth.post.subjects(FACILITATOR).last().unwrap(),
        "Cambió su Clave Sence de facilitador"
    );
    // The company's own clave is another, and still in use.
    visit.booth.validates(NEW).is_at(&Msg::ChangeWhoHeading).leaves();
    visit.booth.validates(CLAVE).is_at(&Msg::ChangeOwnHeading);
    let by = |name: &str| Actor::Staff(name.into());
    let rows = visit.booth.audit();
    let approvals: Vec<_> = rows.iter().filter(|row| row.action == Action::ApproveRequest).collect();
    assert_eq!(approvals.iter().map(|row| row.actor.clone()).collect::<Vec<_>>(), [by("rosa"), by("hugo")]);
}

/// While a facilitator's block runs, guesses at the key that was sent to them are counted too (S10), and keep
/// them from it for a quarter of an hour at most (T9).
#[test]
fn guesses_at_a_facilitators_sent_key_are_counted_while_they_are_blocked() {
    let mut visit = Visit::new();
    let folio = visit.requests();
    assert_eq!(visit.approves(&folio, &rosa()), Ok(Decided::ApprovedByOne));
    assert_eq!(visit.approves(&folio, &hugo()), Ok(Decided::Approved));
    visit.booth.runs_courier();
    let sent = visit.booth.post.mail_to(FACILITATOR);
    for wait in [0, 0, 0, 5, 15, 60, 300, 900, 3_600, 3_600] {
        visit.booth.passes(wait);
        visit.comes_with("Cualquier1").sees("Los datos no coinciden").leaves();
    }
    for wait in [0, 0, 0, 5, 15, 60, 300] {
        visit.booth.passes(wait);
        visit.comes_with("Cualquier1").is_at(&Msg::StopWaitHeading).leaves();
    }
    visit.comes_with(&sent).is_at(&Msg::StopWaitHeading).sees("15 minutos").leaves();
    visit.booth.passes(900);
    visit.comes_with(&sent).is_at(&Msg::ChangeSentHeading);
}

#[test]
fn a_company_that_is_forgotten_takes_its_facilitators_along() {
    let mut visit = Visit::new();
    let folio = visit.requests();
    assert_eq!(visit.approves(&folio, &rosa()), Ok(Decided::ApprovedByOne));
    assert_eq!(visit.approves(&folio, &hugo()), Ok(Decided::Approved));
    visit.booth.leaves().waits(61).runs_courier();
    let sent = visit.booth.post.mail_to(FACILITATOR);
    visit.booth.forgets(COMPANY);
    let left: Vec<Kind> = visit.booth.left().into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(left, [Kind::Limit], "tallies of the terminal and of visits name nobody");
    visit.comes_with(&sent).is_at(&Msg::ChangeWhoHeading).sees("Los datos no coinciden").leaves();
    assert_eq!(visit.approves(&folio, &rosa()), Err(DecideError::Unknown));
}

#[test]
fn nobody_approves_twice_or_for_themselves() {
    let mut visit = Visit::new();
    let folio = visit.requests();
    assert_eq!(visit.approves("0410-6105-A", &rosa()), Err(DecideError::Unknown));
    assert_eq!(
        visit.approves(&folio, &staff("ana", "11111111-1")),
        Err(DecideError::Not(Undecided::OwnRequest))
    );
    assert_eq!(visit.approves(&folio, &rosa()), Ok(Decided::ApprovedByOne));
    assert_eq!(visit.approves(&folio, &rosa()), Err(DecideError::Not(Undecided::SamePerson)));
    // Another name, the same person.
    assert_eq!(
        visit.approves(&folio, &staff("rosita", "12345678-5")),
        Err(DecideError::Not(Undecided::SamePerson))
    );
    assert_eq!(visit.approves(&folio, &hugo()), Ok(Decided::Approved));
    assert_eq!(visit.approves(&folio, &hugo()), Err(DecideError::Not(Undecided::Already)));
    assert_eq!(visit.refuses(&folio, &rosa(), "tarde"), Err(DecideError::Not(Undecided::Already)));
    visit.booth.runs_courier();
    assert_eq!(visit.booth.post.subjects(FACILITATOR).len(), 1);
    assert!(visit.booth.audited().contains(&(Action::ApproveRequest, Outcome::Wrong)));
}

#[test]
fn a_refusal_tells_its_reason_by_mail() {
    let mut visit = Visit::new();
    let folio = visit.requests();
    visit.booth.runs_courier();
    let reason = "La declaración no está firmada.";
    assert_eq!(visit.refuses(&folio, &rosa(), "  "), Err(DecideError::NoReason));
    assert_eq!(visit.refuses(&folio, &rosa(), &"a".repeat(301)), Err(DecideError::LongReason(301)));
    assert_eq!(visit.approves(&folio, &hugo()), Ok(Decided::ApprovedByOne));
    assert_eq!(visit.refuses(&folio, &rosa(), reason), Ok(Decided::Refused));
    visit.booth.waits(61).runs_courier();
    assert!(visit.booth.post.newest_mail(MAILBOX).contains(reason));
    assert!(visit.booth.post.subjects(FACILITATOR).is_empty());
    visit.looks_up(&folio, "11111111-1").is_at(&Msg::StatusRefusedHeading);
    // Quoted, it has its point after the mark.
    visit.booth.sees("«La declaración no está firmada».").leaves();
}

#[test]
fn the_documents_end_thirty_days_after_the_decision() {
    let mut visit = Visit::new();
    let folio = visit.requests();
    visit.booth.waits(40 * 86_400).runs_courier();
    assert_eq!(visit.records(Kind::Document), 2);
    assert_eq!(visit.refuses(&folio, &rosa(), "No corresponde."), Ok(Decided::Refused));
    visit.booth.waits(29 * 86_400).runs_courier();
    assert_eq!((visit.records(Kind::Document), visit.records(Kind::FacilitatorRequest)), (2, 1));
    visit.booth.waits(86_401).runs_courier();
    assert_eq!((visit.records(Kind::Document), visit.records(Kind::FacilitatorRequest)), (0, 0));
    visit.looks_up(&folio, "11111111-1").is_at(&Msg::StatusHeading);
}

#[test]
fn an_unknown_pair_hears_what_anyone_hears() {
    let mut visit = Visit::new();
    let folio = visit.requests();
    visit.booth.enters("4").chooses("2").pictured("request-status").leaves();
    visit.looks_up(&folio, "11111111-1").is_at(&Msg::StatusInReviewHeading).leaves();
    let says = |visit: &mut Visit, folio: &str, representative: &str| {
        visit.looks_up(folio, representative);
        let error = visit.booth.error().unwrap();
        visit.booth.leaves();
        error
    };
    let another = says(&mut visit, &folio, "22222222-2");
    let unknown = says(&mut visit, "0410-6105-A", "33333333-3");
    assert_eq!(another, unknown);
    for _ in 0..2 {
        says(&mut visit, "0410-6105-A", "33333333-3");
    }
    visit.looks_up("0410-6105-A", "33333333-3").is_at(&Msg::StopWaitHeading);
}

#[test]
fn who_is_no_facilitator_hears_what_a_wrong_key_hears() {
    let mut visit = Visit::new();
    visit
        .comes_with("Cualquier1")
        .sees("Los datos no coinciden")
        .pictured("facilitator-key-mismatch")
        .leaves();
    assert!(visit.booth.audited().contains(&(Action::CheckFacilitatorClave, Outcome::NoAccount)));
}

/// The same effort whatever there is (S9).
#[test]
fn a_facilitators_key_is_checked_alike_for_a_stranger() {
    let mut visit = Visit::new();
    let hashings = |visit: &mut Visit, key: &str| {
        let before = visit.booth.records.vault().hashings();
        visit.comes_with(key).leaves();
        visit.booth.records.vault().hashings() - before
    };
    let of_a_stranger = hashings(&mut visit, "Cualquier1");
    assert!(of_a_stranger > 0);
    let folio = visit.requests();
    assert_eq!(visit.approves(&folio, &rosa()), Ok(Decided::ApprovedByOne));
    assert_eq!(visit.approves(&folio, &hugo()), Ok(Decided::Approved));
    visit.booth.runs_courier();
    let sent = visit.booth.post.mail_to(FACILITATOR);
    assert_eq!(hashings(&mut visit, "Cualquier1"), of_a_stranger, "wrong, one sent key");
    assert_eq!(hashings(&mut visit, &sent), of_a_stranger, "a sent key");
    visit.comes_with(&sent).types(&format!("{NEW}⏎{NEW}⏎")).letters().types("⏎").leaves();
    visit.booth.waits(900);
    assert_eq!(hashings(&mut visit, "Cualquier1"), of_a_stranger, "wrong, own key");
    assert_eq!(hashings(&mut visit, NEW), of_a_stranger, "the own key");
}
