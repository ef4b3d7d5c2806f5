//! Two terminals of one office: what is counted at one is counted at the other, and what is begun at one is
//! gone on with at the other.

use totem::domain::deed::Action;
use totem::domain::staff::Role;
use totem::text::Msg;

use crate::booth::{Booth, COMPANY, Company, MAILBOX, Office, Outside, Terminal};
use crate::facilitator::Visit;
use crate::facilitator::requests::{HUGO, ROSA, TICKS};
use crate::settlement::{LAST_FOUR, NEW_CLAVE};

fn at(office: &Office, name: &'static str) -> Outside {
    Outside { terminal: Some(Terminal { office: office.clone(), name }), ..Outside::default() }
}

/// Two terminals, and a company that both know.
fn two() -> [Booth; 2] {
    let office = Office::new();
    [Booth::over(at(&office, "3")).knows(Company::default()), Booth::over(at(&office, "4"))]
}

#[test]
fn wrong_claves_count_at_both() {
    let mut booths = two();
    for (place, left) in [(0, "9"), (1, "8"), (0, "7")] {
        booths[place].validates("Cualquier1").sees(&format!("Le quedan {left} intentos")).leaves();
    }
    booths[1].validates("Cualquier1").is_at(&Msg::StopWaitHeading).leaves();
}

#[test]
fn a_clave_that_is_changed_at_one_is_the_clave_at_the_other() {
    let [mut one, mut other] = two();
    one.changes(crate::booth::CLAVE, NEW_CLAVE).leaves();
    other.validates(crate::booth::CLAVE).is_at(&Msg::ChangeWhoHeading).leaves();
    other.validates(NEW_CLAVE).is_at(&Msg::ChangeOwnHeading).leaves();
    // Whichever terminal's courier comes first carries the notice, once.
    other.runs_courier();
    one.runs_courier();
    assert_eq!((one.post.subjects(MAILBOX).len(), other.post.subjects(MAILBOX).len()), (0, 1));
}

#[test]
fn a_settlement_that_is_opened_at_one_is_confirmed_at_the_other() {
    let [mut one, mut other] = two();
    one.employs("rosa", Role::Helper).employs_person("pedro", Role::Helper, "47000000-7").freezes(COMPANY);
    one.shows_card_of_frozen().opens_settlement("rosa", LAST_FOUR).sees_msg(&Msg::SettlementWaiting);
    other.opens_desk("pedro").acts(&Msg::ButtonSeeDisputes, "la pide Rosa").sees("rosa").types("⏎");
    other.types(&format!("{LAST_FOUR}⏎")).chooses("1").is_at(&Msg::DisputeConfirmedHeading);
    one.clicks_on(&Msg::ButtonContinue).fills_the_list();
    one.letters().types("⏎").is_at(&Msg::SuccessHeading).leaves();
    other.types("⏎").leaves();
    other.validates(NEW_CLAVE).is_at(&Msg::ChangeOwnHeading);
}

#[test]
fn a_request_that_is_made_at_one_is_approved_at_the_other() {
    let office = Office::new();
    let mut visit = Visit::over(tempfile::tempdir().unwrap(), at(&office, "3"));
    let mut desk = Visit::beside(tempfile::tempdir().unwrap(), at(&office, "4"));
    visit.booth.employs_person(ROSA, Role::Approver, "12345678-5");
    visit.booth.employs_person(HUGO, Role::Manager, "46666666-1");
    let folio = visit.requests();
    assert_eq!(visit.kept(), 0, "documents lie in the office's database");
    for (name, stage) in [(ROSA, "1"), (HUGO, "2")] {
        desk.opens_first(name, stage, &folio).goes_to_checklist();
        desk.booth.types(&format!("{TICKS}⏎")).leaves();
    }
    let approvals = desk.booth.audit().into_iter().filter(|row| row.action == Action::ApproveRequest).count();
    assert_eq!(approvals, 2);
    visit.looks_up(&folio, "11111111-1").is_at(&Msg::StatusApprovedHeading);
}
