//! The settlement (E6, T6): two members of staff give an account to the representative before them. The
//! owner's road, both members' roads, and what is left of the account then.

use totem::domain::deed::{Action, Outcome};
use totem::domain::staff::Role;
use totem::domain::trust::Rank;
use totem::event::Key;
use totem::text::Msg;

use crate::booth::{Booth, CLAVE, COMPANY, MAILBOX, MOBILE, OWN_MAILBOX, questions};

/// What the owner has from then on.
pub const NEW: &str = "duena@correo.example";
pub const NEW_CLAVE: &str = "Guitarra+9";
/// Of Ana's card.
pub const CARD: &str = "B1C234567";
pub const LAST_FOUR: &str = "4567";

impl Booth {
    /// Rosa and Pedro, who are two people; the account of Ana's company is frozen.
    pub fn frozen() -> Booth {
        let mut booth = Booth::with_company();
        booth
            .employs("rosa", Role::Helper)
            .employs_person("pedro", Role::Helper, "47000000-7")
            .freezes(COMPANY);
        booth
    }

    /// The owner's card leads to the page that two members of staff go on from.
    pub fn shows_card_of_frozen(&mut self) -> &mut Self {
        self.has_no_answer(COMPANY).shows_card("11111111-1", CARD);
        self.is_at(&Msg::SettlementHeading).sees_msg(&Msg::SettlementBring)
    }

    /// The first of two beside the person.
    pub fn opens_settlement(&mut self, name: &str, last_four: &str) -> &mut Self {
        self.is_joined_by(name);
        if self.page().heading != Msg::ButtonOpenDispute.into() {
            self.clicks_on(&Msg::ButtonOpenDispute);
        }
        self.types(&format!("{last_four}⏎")).chooses("1")
    }

    /// The second signs in beside the person.
    pub fn is_second(&mut self, name: &str) -> &mut Self {
        self.presses([Key::F(2)]).is_at(&Msg::StaffSignInHeading).signs_in(name)
    }

    /// The second at the same terminal.
    pub fn confirms_settlement(&mut self, name: &str, last_four: &str) -> &mut Self {
        self.is_second(name).is_at(&Msg::ButtonConfirmDispute);
        self.types(&format!("{last_four}⏎")).chooses("1")
    }

    /// The list up to the letters, without a mobile.
    pub fn fills_the_list(&mut self) -> &mut Self {
        self.is_at(&Msg::SettlementEmailHeading).types(&format!("{NEW}⏎"));
        let code = self.runs_courier().post.mail_to(NEW);
        self.types(&format!("{code}⏎"));
        // An office without SMS asks for no mobile.
        if self.page().heading == Msg::SettlementMobileHeading.into() {
            self.clicks_on(&Msg::ButtonNoMobileHere);
        }
        self.is_at(&Msg::RegisterQuestionHeading)
            .chooses("2")
            .types("lúcuma⏎")
            .is_at(&Msg::RegisterClaveHeading);
        self.types(&format!("{NEW_CLAVE}⏎{NEW_CLAVE}⏎"))
    }

    /// From the frozen page to the receipt.
    pub fn is_given_the_account(&mut self) -> &mut Self {
        self.shows_card_of_frozen().opens_settlement("rosa", LAST_FOUR).sees_msg(&Msg::SettlementWaiting);
        self.confirms_settlement("pedro", LAST_FOUR).fills_the_list();
        self.is_at(&Msg::SettlementConfirmHeading).letters().types("⏎").is_at(&Msg::SuccessHeading)
    }
}

#[test]
fn two_members_give_the_account_within_thirty_strokes() {
    let mut booth = Booth::frozen();
    booth.shows_card_of_frozen().pictured("settlement-frozen");
    booth.is_joined_by("rosa").pictured("settlement-first").types(&format!("{LAST_FOUR}⏎")).chooses("1");
    booth.is_at(&Msg::SettlementHeading).sees_msg(&Msg::SettlementWaiting).pictured("settlement-waiting");
    booth.is_second("pedro").pictured("settlement-second");
    booth.types(&format!("{LAST_FOUR}⏎")).chooses("1");
    booth.is_at(&Msg::SettlementEmailHeading).pictured("settlement-email");
    booth.types(&format!("{NEW}⏎")).is_at(&Msg::CodeHeading).pictured("settlement-code");
    let code = booth.runs_courier().post.mail_to(NEW);
    booth.types(&format!("{code}⏎")).is_at(&Msg::SettlementMobileHeading).pictured("settlement-mobile");
    booth.types("912345678⏎").is_at(&Msg::CodeHeading).pictured("settlement-mobile-code");
    let code = booth.runs_courier().post.text_to("+56912345678");
    booth.types(&format!("{code}⏎")).is_at(&Msg::RegisterQuestionHeading).pictured("settlement-question");
    booth.chooses("2").types("lúcuma⏎").is_at(&Msg::RegisterClaveHeading).pictured("settlement-clave");
    booth.types(&format!("{NEW_CLAVE}⏎{NEW_CLAVE}⏎")).is_at(&Msg::SettlementConfirmHeading);
    booth.pictured("settlement-confirm").letters().types("⏎").is_at(&Msg::SuccessHeading);
    booth.pictured("settlement-settled").types("⏎").is_at_rest();
    println!("a settlement by two members of staff: {} strokes", booth.strokes);
    assert!(booth.strokes <= 30, "{} strokes", booth.strokes);
}

#[test]
fn the_account_is_the_owners_and_all_hear_of_it() {
    let mut booth = Booth::frozen();
    booth.is_given_the_account().leaves().waits(61).runs_courier();
    for place in [MAILBOX, OWN_MAILBOX, NEW] {
        assert!(!booth.post.subjects(place).is_empty(), "{place} hears of it");
    }
    assert_eq!(booth.post.text_count(MOBILE), 1);
    let account = booth.account(COMPANY).unwrap();
    assert_eq!(
        (account.trust.is_frozen(), account.trust.rank(booth.time().protections())),
        (false, Rank::Office)
    );
    assert_eq!(account.email.to_string(), NEW);
    booth.validates(CLAVE).is_at(&Msg::ChangeWhoHeading).leaves();
    booth.validates(NEW_CLAVE).is_at(&Msg::ChangeOwnHeading).leaves();
    let rows: Vec<_> = booth.audit().into_iter().filter(|row| row.action == Action::Settle).collect();
    let [row] = &rows[..] else { panic!("{rows:?}") };
    let note = row.note.as_ref().map(|note| note.to_string());
    assert_eq!(
        (row.outcome, note.as_deref(), row.folio.is_some()),
        (Outcome::Done, Some("rosa + pedro"), true)
    );
}

/// The second at the staff desk of a terminal: here the same one, after the person's visit went to sleep
/// is of no use, so that only what the desk shows and decides is looked at.
#[test]
fn the_second_confirms_it_at_the_staff_desk() {
    let mut booth = Booth::frozen();
    booth.shows_card_of_frozen().opens_settlement("rosa", LAST_FOUR).leaves();
    booth.opens_desk("pedro").acts(&Msg::ButtonSeeDisputes, "la pide Rosa").is_at(&Msg::ButtonSeeDisputes);
    booth.sees("rosa").pictured("desk-disputes").types("⏎").is_at(&Msg::ButtonConfirmDispute);
    booth.pictured("desk-dispute").types("9999⏎").chooses("1").is_at(&Msg::DisputeNotHeading);
    booth.types("⏎").acts(&Msg::ButtonSeeDisputes, "la pide Rosa").types("⏎");
    booth.types(&format!("{LAST_FOUR}⏎")).chooses("1").is_at(&Msg::DisputeConfirmedHeading);
    booth.types("⏎").acts(&Msg::ButtonSeeDisputes, "otra vez").sees_msg(&Msg::DisputeNone);
}

#[test]
fn whoever_brings_the_card_may_ask_for_it_where_nothing_is_frozen() {
    let mut booth = Booth::with_company();
    booth.employs("rosa", Role::Helper).employs_person("pedro", Role::Helper, "47000000-7");
    booth.asks_for_question(COMPANY).forgets_answer().shows_card("11111111-1", CARD);
    booth.is_at(&Msg::RecoverAddressHeading).opens_settlement("rosa", LAST_FOUR);
    booth.is_at(&Msg::SettlementHeading).confirms_settlement("pedro", LAST_FOUR).fills_the_list();
    booth.letters().types("⏎").is_at(&Msg::SuccessHeading).leaves();
    booth.validates(NEW_CLAVE).is_at(&Msg::ChangeOwnHeading);
}

/// Of two who may lead the company the last one wins, and both hear.
#[test]
fn it_is_given_again_within_the_month() {
    let mut booth = Booth::frozen();
    booth.is_given_the_account().leaves().waits(3 * 3600).runs_courier();
    booth.asks_for_question(COMPANY).forgets_answer().shows_card("11111111-1", CARD);
    booth.opens_settlement("pedro", LAST_FOUR).confirms_settlement("rosa", LAST_FOUR);
    booth.is_at(&Msg::SettlementEmailHeading).types("otra@correo.example⏎");
    let code = booth.runs_courier().post.mail_to("otra@correo.example");
    booth.types(&format!("{code}⏎")).clicks_on(&Msg::ButtonNoMobileHere);
    booth.chooses("1").types("lúcuma⏎Otra+clave7⏎".replace("Otra+clave7", "Trompeta+4").as_str());
    booth.types("Trompeta+4⏎").letters().types("⏎").is_at(&Msg::SuccessHeading).leaves().runs_courier();
    assert_eq!(booth.account(COMPANY).unwrap().email.to_string(), "otra@correo.example");
    assert!(booth.post.subjects(NEW).len() >= 2, "who had it before hears of it");
    assert_eq!(booth.account(COMPANY).unwrap().secret_question.unwrap().question, questions()[0]);
}

#[test]
fn the_mobile_counts_once_its_code_was_typed() {
    let mut booth = Booth::frozen();
    booth.shows_card_of_frozen().opens_settlement("rosa", LAST_FOUR).confirms_settlement("pedro", LAST_FOUR);
    booth.types(&format!("{NEW}⏎"));
    let code = booth.runs_courier().post.mail_to(NEW);
    booth.types(&format!("{code}⏎")).types("912345678⏎").is_at(&Msg::CodeHeading);
    let code = booth.runs_courier().post.text_to("+56912345678");
    booth.types(&format!("{code}⏎")).is_at(&Msg::RegisterQuestionHeading).chooses("2").types("lúcuma⏎");
    booth.types(&format!("{NEW_CLAVE}⏎{NEW_CLAVE}⏎")).letters().types("⏎").is_at(&Msg::SuccessHeading);
    let channels = booth.account(COMPANY).unwrap().trust.channels;
    assert!(channels.mobile.is_proved() && channels.email.is_proved());
}

/// Seen: Esc dropped what a member of staff had begun, without a question.
#[test]
fn nothing_drops_what_staff_began_without_a_question() {
    let mut booth = Booth::frozen();
    booth.shows_card_of_frozen().opens_settlement("rosa", LAST_FOUR).sees_msg(&Msg::SettlementWaiting);
    for stays in [Key::Esc, Key::Enter] {
        booth.presses([Key::Esc]).is_at(&Msg::EndHeading).sees_msg(&Msg::EndHintSettlement);
        booth.presses([stays]).sees_msg(&Msg::SettlementWaiting);
    }
    booth.presses([Key::F(10)]).sees_msg(&Msg::EndHintSettlement).presses([Key::Esc, Key::Esc]);
    // The second may come while it is asked.
    booth.is_at(&Msg::EndHeading).pictured("settlement-leaving").confirms_settlement("pedro", LAST_FOUR);
    booth.is_at(&Msg::SettlementEmailHeading).presses([Key::Esc]).sees_msg(&Msg::SettlementWaiting);
    booth.presses([Key::Esc]).is_at(&Msg::EndHeading).types("1").is_at_rest();
}

/// Esc leads back a step and loses nothing that was typed but secrets.
#[test]
fn going_back_loses_nothing() {
    let mut booth = Booth::frozen();
    booth.shows_card_of_frozen().opens_settlement("rosa", LAST_FOUR).confirms_settlement("pedro", LAST_FOUR);
    booth.fills_the_list().is_at(&Msg::SettlementConfirmHeading);
    booth.presses([Key::Esc]).is_at(&Msg::RegisterClaveHeading).presses([Key::Esc; 3]);
    booth.is_at(&Msg::SettlementEmailHeading).sees(NEW).types("⏎").is_at(&Msg::SettlementMobileHeading);
}
