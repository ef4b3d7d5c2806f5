//! Attacks on the settlement (E6, T6, T7): one insider alone, a thief at the keyboard, an expired or
//! another's settlement; and the owner, who leaves with a working CS in one visit whatever came before.

use totem::domain::deed::{Action, Outcome};
use totem::domain::dispute::DISPUTE_LIFE_MS;
use totem::domain::staff::Role;
use totem::domain::trust::Rank;
use totem::event::Key;
use totem::text::Msg;

use crate::booth::{ANSWER, Booth, CLAVE, COMPANY, MAILBOX};
use crate::settlement::{CARD, LAST_FOUR, NEW, NEW_CLAVE};

#[test]
fn one_member_with_two_accounts_is_one_person() {
    let mut booth = Booth::frozen();
    booth.employs_person("rosa2", Role::Manager, "46000000-9");
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
    booth.employs_person("mala", Role::Helper, "48000000-5");
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
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎"));
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
    booth.employs_person("rosa", Role::Helper, "49000000-3");
    booth.employs_person("pedro", Role::Helper, "47000000-7");
    booth.is_given_the_account().leaves().waits(61).runs_courier();
    booth.validates("Ladron+17x").is_at(&Msg::ChangeWhoHeading).leaves();
    booth.validates(&key).is_at(&Msg::ChangeWhoHeading).leaves();
    booth.validates(CLAVE).is_at(&Msg::ChangeWhoHeading).leaves().waits(61);
    booth.validates(NEW_CLAVE).is_at(&Msg::ChangeOwnHeading).leaves();
    booth.undoes(&code).sees_msg(&Msg::WrongUndoInPerson).leaves();
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
    booth.types(&format!("{code}⏎")).is_at(&Msg::StopTwoHeading).sees_msg(&Msg::StopTwo);
    booth.is_refused_a_card_by("rosa").leaves().waits(61).runs_courier();
    booth.validates(NEW_CLAVE).is_at(&Msg::ChangeOwnHeading);
}

/// Seen: a settlement could have any number of codes sent, to anybody's mailboxes.
#[test]
fn a_settlement_floods_no_mailboxes() {
    let mut booth = Booth::frozen();
    booth.shows_card_of_frozen().opens_settlement("rosa", LAST_FOUR).confirms_settlement("pedro", LAST_FOUR);
    let mut place = 0;
    let mut another = |booth: &mut Booth| {
        place += 1;
        booth.is_at(&Msg::SettlementEmailHeading).presses([Key::Backspace; 30]);
        booth.types(&format!("otro{place}@correo.example⏎"));
    };
    for _ in 0..12 {
        another(&mut booth);
        booth.is_at(&Msg::CodeHeading).presses([Key::Esc]);
    }
    another(&mut booth);
    booth.sees_msg(&Msg::WrongCodeLimitSettlement).runs_courier();
    let sent: usize =
        (1..=13).map(|place| booth.post.subjects(&format!("otro{place}@correo.example")).len()).sum();
    assert_eq!(sent, 12);
    // Nobody is stuck: an hour later it goes on, in the same settlement.
    booth.stays(3_600).presses([Key::Backspace; 30]).fills_the_list().letters().types("⏎");
    booth.is_at(&Msg::SuccessHeading);
}

/// Nor is a code sent again more often than that.
#[test]
fn a_settlement_sends_no_code_again_for_ever() {
    let mut booth = Booth::frozen();
    booth.shows_card_of_frozen().opens_settlement("rosa", LAST_FOUR).confirms_settlement("pedro", LAST_FOUR);
    booth.types(&format!("{NEW}⏎")).is_at(&Msg::CodeHeading).runs_courier();
    for _ in 0..20 {
        booth.clicks_on(&Msg::ButtonSendCodeAgain).runs_courier();
    }
    booth.sees_msg(&Msg::WrongCodeLimit);
    assert_eq!(booth.post.subjects(NEW).len(), 12);
}

impl Booth {
    /// The card of a representative whose company has no account leads to the registration, and two members
    /// of staff may begin there.
    fn shows_card_of_unknown(&mut self) -> &mut Self {
        self.asks_for_question(COMPANY);
        if self.page().heading != Msg::RecoverRepresentativeHeading.into() {
            self.forgets_answer();
        }
        self.shows_card("11111111-1", CARD).is_at(&Msg::RecoverNotRegisteredHeading)
    }

    /// The list of a company without an account, up to the letters.
    pub fn fills_the_list_of_a_new_company(&mut self) -> &mut Self {
        self.is_at(&Msg::SettlementEmailHeading).types(&format!("{NEW}⏎")).is_at(&Msg::CodeHeading);
        let code = self.runs_courier().post.mail_to(NEW);
        self.types(&format!("{code}⏎")).is_at(&Msg::SettlementMobileHeading);
        // Its number is written down, though nothing goes there yet.
        self.clicks_on(&Msg::ButtonNoMobileHere).is_at(&Msg::SettlementMobileHeading).types("912345678");
        self.clicks_on(&Msg::ButtonNoMobileHere)
            .is_at(&Msg::RegisterContactHeading)
            .pictured("settlement-phone");
        self.types("223456789⏎").is_at(&Msg::RegisterAddressHeading).pictured("settlement-address");
        self.types("providen⏎Calle⏎1⏎⏎⏎").is_at(&Msg::RegisterQuestionHeading);
        self.chooses("2").types("lúcuma⏎").is_at(&Msg::RegisterClaveHeading);
        self.types(&format!("{NEW_CLAVE}⏎{NEW_CLAVE}⏎")).is_at(&Msg::SettlementConfirmHeading)
    }
}

/// Seen: after an erasure, or before any registration, two members of staff could give nobody anything.
#[test]
fn a_company_without_an_account_is_given_one_in_one_visit() {
    let mut booth = Booth::new();
    booth.employs("rosa", Role::Helper).employs_person("pedro", Role::Helper, "47000000-7");
    booth.shows_card_of_unknown().opens_settlement("rosa", LAST_FOUR).sees_msg(&Msg::SettlementWaiting);
    booth.confirms_settlement("pedro", LAST_FOUR).fills_the_list_of_a_new_company();
    booth.letters().types("⏎").is_at(&Msg::SuccessHeading).leaves().waits(61).runs_courier();
    booth.validates(NEW_CLAVE).is_at(&Msg::ChangeOwnHeading).leaves();
    let account = booth.account(COMPANY).expect("it has one");
    assert_eq!(account.trust.rank(booth.time().protections()), Rank::Office);
    assert_eq!(account.representative.mobile.to_string(), "+56 9 1234 5678");
    assert!(!account.trust.channels.mobile.is_proved());
    assert_eq!(
        booth.post.subjects(NEW).last().map(String::as_str),
        Some("Se entregó la Clave Sence de su empresa")
    );
}

/// What one member may not do for a month, two do (T4d, T6).
#[test]
fn an_erased_account_is_given_back_by_two() {
    let mut booth = Booth::frozen();
    booth.is_given_the_account().leaves().waits(3 * 3_600).runs_courier().forgets(COMPANY);
    booth.shows_card_of_unknown().opens_settlement("rosa", LAST_FOUR).confirms_settlement("pedro", LAST_FOUR);
    booth.fills_the_list_of_a_new_company().letters().types("⏎").is_at(&Msg::SuccessHeading).leaves();
    booth.validates(NEW_CLAVE).is_at(&Msg::ChangeOwnHeading);
    assert!(!booth.remembers(COMPANY), "the account remembers it from now on");
}

/// Where the registration leads to staff, two of them may begin there.
#[test]
fn who_registers_where_one_member_is_not_enough_goes_on_with_two() {
    let mut booth = Booth::frozen();
    booth.is_given_the_account().leaves().waits(3 * 3_600).runs_courier().forgets(COMPANY);
    booth.registers(COMPANY, "11111111-1", "ana@panaderia.example").is_at(&Msg::StopTwoHeading);
    booth.is_refused_a_card_by("rosa").waits(31).is_joined_by("rosa").is_at(&Msg::ButtonOpenDispute);
    booth.types(&format!("{LAST_FOUR}⏎")).chooses("1").sees_msg(&Msg::SettlementWaiting);
}

/// Without SII's yes nobody is given anything, and a closed company is nobody's.
#[test]
fn nothing_is_given_without_the_word_of_sii() {
    let mut booth = Booth::new();
    booth.employs("rosa", Role::Helper).shows_card_of_unknown().registers_are_down(true);
    booth.opens_settlement("rosa", LAST_FOUR).sees_msg(&Msg::DisputeSiiDown).leaves().waits(31);
    booth.registers_are_down(false).shows_card_of_unknown().companies_are_closed(true);
    booth.opens_settlement("rosa", LAST_FOUR).sees_msg(&Msg::UnsettledNotRepresentative).leaves();
    assert!(booth.account(COMPANY).is_none());
}

/// Seen: where a key went that the settlement ended, nobody heard of it (T5).
#[test]
fn where_a_thiefs_key_went_hears_of_the_settlement() {
    let mut booth = Booth::with_company();
    booth.employs("rosa", Role::Helper).employs_person("pedro", Role::Helper, "47000000-7");
    booth.proves_new_address().leaves().waits(86_401).runs_courier();
    let before = booth.post.subjects("nueva@correo.example").len();
    booth.asks_for_question(COMPANY).forgets_answer().shows_card("11111111-1", CARD);
    booth.opens_settlement("rosa", LAST_FOUR).confirms_settlement("pedro", LAST_FOUR).fills_the_list();
    booth.letters().types("⏎").is_at(&Msg::SuccessHeading).leaves().waits(61).runs_courier();
    assert_eq!(booth.post.subjects("nueva@correo.example").len(), before + 1);
}
