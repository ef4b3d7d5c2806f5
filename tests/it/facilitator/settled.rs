//! What a settlement leaves of a company's facilitators: who is ticked stays, everybody else is retired.

use totem::domain::staff::Role;
use totem::text::Msg;

use super::{FACILITATOR, NEW, Visit};
use crate::booth::COMPANY;
use crate::settlement::LAST_FOUR;

impl Visit {
    /// With a facilitator who chose a clave; the account is frozen since.
    fn frozen_with_facilitator() -> Self {
        let mut visit = Visit::new();
        let sent = visit.gets_a_key(FACILITATOR);
        visit.chooses(&sent, NEW);
        visit.is_the_key(NEW);
        visit.booth.employs("rosa", Role::Helper).employs_person("pedro", Role::Helper, "47000000-7");
        visit.booth.freezes(COMPANY);
        visit
    }

    /// To the page that asks whether the facilitator stays.
    fn is_asked_who_stays(&mut self) {
        let booth = &mut self.booth;
        booth.shows_card_of_frozen().opens_settlement("rosa", LAST_FOUR);
        booth.confirms_settlement("pedro", LAST_FOUR).fills_the_list();
        booth.is_at(&Msg::SettlementFacilitatorHeading).pictured("settlement-facilitator");
    }
}

#[test]
fn a_facilitator_who_is_not_confirmed_is_retired() {
    let mut visit = Visit::frozen_with_facilitator();
    visit.is_asked_who_stays();
    visit.booth.types("⏎").sees("0 siguen, 1 se retiran").letters().types("⏎").is_at(&Msg::SuccessHeading);
    let before = visit.booth.leaves().post.subjects(FACILITATOR).len();
    visit.booth.waits(61).runs_courier();
    assert_eq!(visit.booth.post.subjects(FACILITATOR).len(), before + 1, "they hear of it");
    visit.is_no_key(NEW);
}

#[test]
fn a_facilitator_who_is_confirmed_stays() {
    let mut visit = Visit::frozen_with_facilitator();
    visit.is_asked_who_stays();
    visit.booth.chooses(" ").types("⏎").sees("1 siguen, 0 se retiran").letters().types("⏎");
    visit.booth.is_at(&Msg::SuccessHeading).leaves().waits(61).runs_courier();
    visit.is_the_key(NEW);
}
