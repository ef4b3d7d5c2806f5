//! The ways to the pages that promise, with an obstacle from the beginning.

use tempfile::TempDir;
use totem::domain::staff::Role;
use totem::text::Msg;

use super::obstacle::Obstacle;
use crate::booth::{Booth, COMPANY, Company, Outside};
use crate::facilitator::requests::{HUGO, ROSA, TICKS};
use crate::facilitator::{FACILITATOR, Visit, hugo, rosa};

/// Works at the counter.
pub const STAFF: &str = "Rosa Araya";
/// Of a company that registers.
pub const APPLICANT: &str = "pan@inventada.example";

/// A page as a person reached it; what lies on their drive stays as long.
pub struct Reached {
    pub booth: Booth,
    _drive: Option<TempDir>,
}

pub fn with_company(obstacle: Obstacle) -> Booth {
    let outside = Outside { ways_out: Some(obstacle.ways_out()), ..Outside::default() };
    let booth = Booth::over(outside).knows(Company::default());
    obstacle.befalls(&booth);
    booth
}

pub fn reached(booth: Booth) -> Reached {
    Reached { booth, _drive: None }
}

pub fn visit(obstacle: Obstacle) -> Visit {
    let outside = Outside { ways_out: Some(obstacle.ways_out()), ..Outside::default() };
    let visit = Visit::over(tempfile::tempdir().unwrap(), outside);
    obstacle.befalls(&visit.booth);
    visit
}

/// With a request that both have approved, or only the first.
pub fn decided(obstacle: Obstacle, is_by_both: bool) -> (Visit, String) {
    let mut visit = visit(obstacle);
    let folio = visit.requests();
    visit.approves(&folio, &rosa()).unwrap();
    if is_by_both {
        visit.approves(&folio, &hugo()).unwrap();
    }
    (visit, folio)
}

pub fn at_desk(obstacle: Obstacle, button: &Msg) -> Reached {
    let mut visit = visit(obstacle);
    visit.booth.employs_person(ROSA, Role::Approver, "12345678-5");
    visit.booth.employs_person(HUGO, Role::Manager, "46666666-1");
    let folio = visit.requests();
    visit.approves(&folio, &rosa()).unwrap();
    visit.opens_first(HUGO, "2", &folio).lays_documents_out().clicks_on(button);
    let typed = if *button == Msg::ButtonApproveRequest { TICKS } else { "No se lee" };
    visit.booth.types(&format!("{typed}⏎"));
    at_last(visit)
}

pub fn at_last(visit: Visit) -> Reached {
    let (booth, drive) = visit.into_parts();
    Reached { booth, _drive: Some(drive) }
}

pub fn facilitator_changes(obstacle: Obstacle) -> Reached {
    let (mut visit, _) = decided(obstacle, true);
    visit.booth.waits(2 * 3600).runs_courier();
    let key = visit.booth.post.mail_to(FACILITATOR);
    visit.comes_with(&key).types("Guitarra+9⏎Guitarra+9⏎").letters().types("⏎");
    at_last(visit)
}

pub fn settles(obstacle: Obstacle) -> Booth {
    let mut booth = with_company(obstacle);
    booth.employs("rosa", Role::Helper).employs_person("pedro", Role::Helper, "47000000-7").freezes(COMPANY);
    booth.shows_card_of_frozen().opens_settlement("rosa", "4567").confirms_settlement("pedro", "4567");
    booth
}

pub fn registers(obstacle: Obstacle) -> Booth {
    let mut booth = with_company(obstacle);
    booth.fills_in("50000000-7", "12345678-5", APPLICANT, "Guitarra+9").types("⏎⏎");
    booth
}

pub fn proves_applicant(booth: &mut Booth) {
    let code = booth.runs_courier().post.mail_to(APPLICANT);
    booth.types(&format!("{code}⏎"));
}
