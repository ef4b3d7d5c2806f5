//! Attacks on the settlement (E6, T6, T7): one insider alone, a thief at the keyboard, an expired or
//! another's settlement; and the owner, who leaves with a working CS in one visit whatever came before.

use totem::domain::deed::{Action, Outcome};
use totem::domain::dispute::DISPUTE_LIFE_MS;
use totem::domain::staff::Role;
use totem::event::Key;
use totem::text::Msg;

use crate::booth::{ANSWER, Booth, CLAVE, COMPANY, MAILBOX};
use crate::settlement::{CARD, LAST_FOUR, NEW, NEW_CLAVE};

#[test]
fn one_member_with_two_accounts_is_one_person() {
    let mut booth = Booth::frozen();
    booth.employs_person("rosa2", Role::Manager, "15000000-5");
    booth.shows_card_of_frozen().opens_settlement("rosa", LAST_FOUR);
    booth.confirms_settlement("rosa2", LAST_FOUR).sees_msg(&Msg::UnsettledSamePerson);
    assert!(booth.audited().contains(&(Action::ConfirmDispute, Outcome::NotAllowed)));
    booth.types("⏎").presses([Key::Esc]).types("⏎").sees_msg(&Msg::SettlementNotYet);
}

#[test]
fn nobody_confirms_what_they_opened() {
    let mut booth = Booth::frozen();
    booth.shows_card_of_frozen().opens_settlement("rosa", LAST_FOUR).waits(31);
    booth.confirms_settlement("rosa", LAST_FOUR).sees_msg(&Msg::UnsettledSamePerson);
}

#[test]
fn nobody_gives_an_account_to_themselves() {
    let mut booth = Booth::frozen();
    // Ana works here too.
    booth.employs_person("ana", Role::Manager, "11111111-1");
    booth.shows_card_of_frozen().opens_settlement("ana", LAST_FOUR).sees_msg(&Msg::StaffNotAllowed);
    booth.leaves().waits(31);
    booth.shows_card_of_frozen().opens_settlement("rosa", LAST_FOUR).is_at(&Msg::SettlementHeading);
    booth.confirms_settlement("ana", LAST_FOUR).sees_msg(&Msg::StaffNotAllowed);
}

#[test]
fn symbols_are_guessed_five_times_at_most() {
    let mut booth = Booth::frozen();
    booth.shows_card_of_frozen().opens_settlement("rosa", LAST_FOUR);
    booth.is_second("pedro");
    for guess in ["0000", "1111", "2222", "3333", "4444"] {
        booth.types(&format!("{guess}⏎")).chooses("1").types("⏎").clicks_on(&Msg::ButtonConfirmDispute);
    }
    booth.types(&format!("{LAST_FOUR}⏎")).chooses("1");
    booth.sees_msg(&Msg::UnsettledTries);
    let wrong =
        booth.audited().iter().filter(|row| **row == (Action::ConfirmDispute, Outcome::Wrong)).count();
    assert_eq!(wrong, 5);
}

#[test]
fn a_settlement_is_over_after_two_hours() {
    let mut booth = Booth::frozen();
    booth.shows_card_of_frozen().opens_settlement("rosa", LAST_FOUR);
    booth.stays(DISPUTE_LIFE_MS / 1000).types("⏎").is_at(&Msg::SettlementOverHeading).leaves();
    booth.opens_desk("pedro").acts(&Msg::ButtonSeeDisputes, "la pide Rosa").sees_msg(&Msg::DisputeNone);
}

/// A thief at the keyboard presses *Continuar* before the second came.
#[test]
fn nothing_goes_on_before_the_second_came() {
    let mut booth = Booth::frozen();
    booth.shows_card_of_frozen().opens_settlement("rosa", LAST_FOUR);
    booth.types("⏎").sees_msg(&Msg::SettlementNotYet).pictured("settlement-early");
    booth.types("⏎").sees_msg(&Msg::SettlementNotYet).leaves();
    // Nor does who comes later with the card's number find it open.
    booth.shows_card_of_frozen().types("⏎").is_at(&Msg::StaffHeading);
}

/// What two members confirmed for one person is of no use to another one at another terminal, who has the
/// number of the same card and one bribed member.
#[test]
fn a_confirmed_settlement_is_not_taken_to_another_visit() {
    let mut booth = Booth::frozen();
    booth.employs_person("mala", Role::Helper, "17000000-3");
    booth.shows_card_of_frozen().opens_settlement("rosa", LAST_FOUR).confirms_settlement("pedro", LAST_FOUR);
    booth.is_at(&Msg::SettlementEmailHeading).leaves();
    booth.shows_card_of_frozen().opens_settlement("mala", LAST_FOUR).sees_msg(&Msg::UnsettledAlready);
    booth.leaves().waits(31);
    // Whoever stood behind it begins anew, and another one must confirm it again.
    booth
        .shows_card_of_frozen()
        .opens_settlement("rosa", LAST_FOUR)
        .types("⏎")
        .sees_msg(&Msg::SettlementNotYet);
}

/// In an office of one the kiosk was stopped for the operator: the same member goes on with it, and nobody
/// else does.
#[test]
fn what_the_operator_confirmed_goes_on_with_the_same_member_alone() {
    let mut booth = Booth::frozen();
    booth.shows_card_of_frozen().opens_settlement("rosa", LAST_FOUR).leaves().is_confirmed_by_operator();
    booth.shows_card_of_frozen().opens_settlement("pedro", LAST_FOUR).sees_msg(&Msg::UnsettledAlready);
    booth.leaves().waits(31);
    booth.shows_card_of_frozen().opens_settlement("rosa", LAST_FOUR).types("⏎").fills_the_list();
    booth.letters().types("⏎").is_at(&Msg::SuccessHeading).leaves();
    booth.validates(NEW_CLAVE).is_at(&Msg::ChangeOwnHeading);
}

#[test]
fn a_frozen_account_opens_to_nothing_less() {
    let mut booth = Booth::frozen();
    booth.validates(CLAVE).is_at(&Msg::StopFrozenHeading).leaves();
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).letters().types("⏎");
    booth.is_at(&Msg::StopFrozenHeading).leaves();
    booth.shows_card_of_frozen().types("⏎").is_at(&Msg::StaffHeading).leaves();
    booth.runs_courier();
    assert!(booth.post.subjects(MAILBOX).is_empty(), "no key leaves");
}

/// A bribed member took the account for a thief, the owner froze it, the thief has all that was on file.
#[test]
fn the_owner_leaves_with_a_working_clave_whatever_the_thief_did() {
    let mut booth = Booth::with_company();
    booth.employs("mala", Role::Helper);
    booth.proves_new_address().confirms_card("mala").leaves().waits(61).runs_courier();
    let (key, code) = (booth.post.mail_to("nueva@correo.example"), booth.post.mail_to(MAILBOX));
    booth.changes(&key, "Ladron+17x").leaves().waits(61).runs_courier();
    booth.undoes(&code).sees_msg(&Msg::UndoneFrozen).leaves().waits(61).runs_courier();
    booth.employs_person("rosa", Role::Helper, "18000000-7");
    booth.employs_person("pedro", Role::Helper, "16000000-K");
    booth.is_given_the_account().leaves().waits(61).runs_courier();
    booth.validates("Ladron+17x").is_at(&Msg::ChangeWhoHeading).leaves();
    booth.validates(&key).is_at(&Msg::ChangeWhoHeading).leaves();
    booth.validates(CLAVE).is_at(&Msg::ChangeWhoHeading).leaves().waits(61);
    booth.validates(NEW_CLAVE).is_at(&Msg::ChangeOwnHeading).leaves();
    booth.undoes(&code).sees("Los datos no coinciden").leaves();
    assert_eq!(booth.account(COMPANY).unwrap().email.to_string(), NEW);
}

/// For a month one bribed member brings the account to no other address.
#[test]
fn one_member_alone_moves_nothing_for_a_month() {
    let mut booth = Booth::frozen();
    booth.is_given_the_account().leaves().waits(3 * 3600).runs_courier();
    booth.asks_for_question(COMPANY).forgets_answer().shows_card("11111111-1", CARD);
    booth
        .is_at(&Msg::RecoverAddressHeading)
        .chooses("2")
        .types("ladron@correo.example⏎")
        .letters()
        .types("⏎");
    let code = booth.is_at(&Msg::CodeHeading).runs_courier().post.mail_to("ladron@correo.example");
    booth.types(&format!("{code}⏎")).is_at(&Msg::RecoverHeldHeading);
    booth.confirms_card("rosa").sees_msg(&Msg::StopTwo).leaves().waits(61).runs_courier();
    booth.validates(NEW_CLAVE).is_at(&Msg::ChangeOwnHeading);
}
