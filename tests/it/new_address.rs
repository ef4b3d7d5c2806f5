//! Recovery to an address that nobody knew before (S8): proved by a code, held for a day or
//! released by staff, announced to every old channel, and undone by the code in that notice.

use totem::audit::Actor;
use totem::domain::deed::{Action, Outcome};
use totem::domain::staff::Role;
use totem::effect::Reply;
use totem::event::{Event, Key};
use totem::text::Msg;

use crate::booth::{Booth, CLAVE, COMPANY, MAILBOX, MOBILE, OWN_MAILBOX};

pub const NEW: &str = "nueva@correo.example";
const STAFF: &str = "Rosa Araya";

impl Booth {
    /// To the page that waits for the code from the new mailbox.
    pub fn asks_for_new_address(&mut self) -> &mut Self {
        self.asks_for_question(COMPANY).forgets_answer().shows_card("11111111-1", "B1C234567");
        self.is_at(&Msg::RecoverAddressHeading).chooses("2").types(&format!("{NEW}⏎"));
        self.is_at(&Msg::RecoverConfirmHeading).letters().types("⏎").runs_courier()
    }

    /// To the page that says that the key waits a day.
    pub fn proves_new_address(&mut self) -> &mut Self {
        self.asks_for_new_address();
        let code = self.post.mail_to(NEW);
        self.types(&format!("{code}⏎")).is_at(&Msg::RecoverHeldHeading).runs_courier()
    }
}

/// Eight digits other than these.
fn another(code: &str) -> String {
    code.chars().map(|digit| if digit == '9' { '0' } else { (digit as u8 + 1) as char }).collect()
}

/// Who types on while staff confirm the card loses no receipt: a digit would press one of its buttons.
#[test]
fn a_receipt_that_staff_bring_stays_until_it_can_have_been_read() {
    let mut booth = Booth::with_company();
    booth.employs(STAFF, Role::Helper).proves_new_address().is_joined_by(STAFF);
    booth.clicks_on(&Msg::ButtonWitnessCard).types("1").is_at(&Msg::SuccessHeading);
    for key in [Key::Char('1'), Key::Enter, Key::Char('2')] {
        booth.happens(Event::Key(key)).is_at(&Msg::SuccessHeading);
    }
    booth.types("⏎").is_at_rest();
}

#[test]
fn a_slip_in_the_address_is_pointed_out_once() {
    let mut booth = Booth::with_company();
    booth.asks_for_question(COMPANY).forgets_answer().shows_card("11111111-1", "B1C234567");
    booth.chooses("2").pictured("recover-new-address").types("ana").presses([Key::F(9)]);
    booth.types("gmial.com⏎").sees("¿Quiso escribir ana@gmail.com?").pictured("recover-slip");
    booth.types("⏎").is_at(&Msg::RecoverConfirmHeading).sees("ana@gmial.com");
}

#[test]
fn the_key_waits_a_day_and_everybody_hears_of_it() {
    let mut booth = Booth::with_company();
    booth
        .asks_for_new_address()
        .pictured("recover-code")
        .types("␛")
        .is_at(&Msg::RecoverAddressHeading)
        .leaves()
        .waits(60);
    booth.proves_new_address().pictured("recover-held");
    assert_eq!(booth.post.subjects(MAILBOX), ["Pidieron enviar la clave de su empresa a otro correo"]);
    assert_eq!(booth.post.subjects(OWN_MAILBOX), booth.post.subjects(MAILBOX));
    assert_eq!(booth.post.text_count(MOBILE), 1);
    booth.types("⏎").is_at_rest().waits(24 * 3600 - 1).runs_courier();
    let before = booth.post.subjects(NEW).len();
    booth.waits(1).runs_courier();
    assert_eq!(booth.post.subjects(NEW).len(), before + 1);
    let key = booth.post.mail_to(NEW);
    booth.validates(&key).is_at(&Msg::ChangeSentHeading);
}

#[test]
fn the_code_is_tried_five_times() {
    let mut booth = Booth::with_company();
    booth.asks_for_new_address();
    let code = booth.post.mail_to(NEW);
    let mut wrong = another(&code);
    booth.types("1234⏎").sees_msg(&Msg::WrongCodeShape).presses([Key::Backspace; 4]);
    for left in ["Le quedan 4 intentos", "Le quedan 3 intentos", "Le quedan 2 intentos", "Le queda 1 intento"]
    {
        booth.types(&format!("{wrong}⏎")).sees(&format!("{left}."));
        booth.presses([Key::Backspace; 8]);
        wrong = another(&wrong);
    }
    booth.types(&format!("{wrong}⏎")).sees_msg(&Msg::WrongCodeDead).presses([Key::Backspace; 8]);
    booth.pictured("recover-code-dead").types(&format!("{code}⏎")).sees_msg(&Msg::WrongCodeDead);
    assert_eq!(booth.audited().iter().filter(|row| **row == (Action::CheckCode, Outcome::Wrong)).count(), 5);
    booth.runs_courier();
    assert!(booth.post.subjects(MAILBOX).is_empty(), "nothing was proved");
}

/// Seen: *Otro código va en camino*, beside *ese no es el código*, long after it had come.
#[test]
fn after_a_wrong_code_no_other_is_said_to_be_on_its_way() {
    let mut booth = Booth::with_company();
    booth.asks_for_new_address().stays(61).clicks_on(&Msg::ButtonSendCodeAgain).sees_msg(&Msg::CodeComing);
    let wrong = another(&booth.runs_courier().post.mail_to(NEW));
    let coming = booth.says(&Msg::CodeComing);
    booth.types(&format!("{wrong}⏎")).sees("Le quedan 4 intentos").sees_not(&coming);
    booth.is_at(&Msg::CodeHeading);
}

#[test]
fn a_code_is_good_for_ten_minutes() {
    let mut booth = Booth::with_company();
    booth.asks_for_new_address();
    let code = booth.post.mail_to(NEW);
    booth.stays(600).types(&format!("{code}⏎")).sees_msg(&Msg::WrongCodeDead);
}

#[test]
fn the_code_of_the_notice_stops_it() {
    let mut booth = Booth::with_company();
    booth.proves_new_address().leaves();
    let stop = booth.post.mail_to(OWN_MAILBOX);
    booth.undoes(&stop).is_at(&Msg::SuccessHeading).leaves().waits(60).runs_courier();
    assert!(booth.post.newest_mail(OWN_MAILBOX).contains("quedó sin efecto"));
    let mails = booth.post.subjects(NEW).len();
    booth.waits(25 * 3600).runs_courier();
    assert_eq!(booth.post.subjects(NEW).len(), mails, "no key leaves");
    booth.validates(CLAVE).is_at(&Msg::ChangeOwnHeading);
}

#[test]
fn staff_who_see_the_card_release_the_key() {
    let mut booth = Booth::with_company();
    booth.employs(STAFF, Role::Helper).proves_new_address().stays(5).is_witnessed_by(STAFF);
    booth.is_at(&Msg::SuccessHeading).sees("nuxxxx@corxxxx");
    booth.types("⏎").is_at_rest().waits(60).runs_courier();
    let key = booth.post.mail_to(NEW);
    booth.validates(&key).is_at(&Msg::ChangeSentHeading);
    let witnessed = booth
        .audit()
        .into_iter()
        .find(|row| row.outcome == Outcome::Done && row.action == Action::WitnessCard);
    let witnessed = witnessed.expect("it is on record");
    assert_eq!(witnessed.actor, Actor::Staff(STAFF.into()));
    assert_eq!(witnessed.note, Some("Ya no puede abrir el correo registrado".into()));
}

/// Whatever the world answers to staff, their panel can be left and used again.
#[test]
fn a_witness_can_try_again_after_any_answer() {
    let mut booth = Booth::with_company();
    booth.employs(STAFF, Role::Helper).proves_new_address().is_joined_by(STAFF);
    booth.replies([Reply::StoreDown]).clicks_on(&Msg::ButtonWitnessCard).types("1");
    booth.sees_msg(&Msg::StopStore).types("⏎␛").is_at(&Msg::RecoverHeldHeading).presses([Key::F(2)]);
    booth.clicks_on(&Msg::ButtonWitnessCard).types("1").is_at(&Msg::SuccessHeading);
}

#[test]
fn the_store_that_is_down_loses_nothing_on_the_way() {
    let mut booth = Booth::with_company();
    booth.asks_for_question(COMPANY).forgets_answer().shows_card("11111111-1", "B1C234567");
    booth.chooses("2").types(&format!("{NEW}⏎")).letters().store_is_down(true).types("⏎");
    booth.is_at(&Msg::StopStoreHeading).store_is_down(false).types("⏎").is_at(&Msg::CodeHeading);
    let code = booth.runs_courier().post.mail_to(NEW);
    booth.store_is_down(true).types(&format!("{code}⏎")).is_at(&Msg::StopStoreHeading);
    booth.store_is_down(false).types("⏎").is_at(&Msg::RecoverHeldHeading);
    booth.employs(STAFF, Role::Helper).is_joined_by(STAFF).clicks_on(&Msg::ButtonWitnessCard);
    booth.store_is_down(true).types("1").sees_msg(&Msg::StopStore);
    booth.store_is_down(false).types("⏎").clicks_on(&Msg::ButtonWitnessCard).types("1");
    booth.is_at(&Msg::SuccessHeading);
}

/// Staff may be deceived: the owner's code still stops a key that has been sent.
#[test]
fn what_staff_did_is_not_undone_but_frozen() {
    let mut booth = Booth::with_company();
    booth.employs(STAFF, Role::Helper);
    booth.proves_new_address().stays(61).runs_courier();
    let stops = booth.post.mail_to(MAILBOX);
    booth.is_witnessed_by(STAFF).is_at(&Msg::SuccessHeading).leaves().waits(61).runs_courier();
    let (key, code) = (booth.post.mail_to(NEW), booth.post.mail_to(MAILBOX));
    booth.undoes(&stops).sees_msg(&Msg::WrongUndoInPerson).leaves().waits(61);
    booth.validates(&key).is_at(&Msg::ChangeSentHeading).leaves();
    booth.validates(CLAVE).is_at(&Msg::StopInPersonHeading).pictured("stop-in-person").leaves();
    booth.undoes(&code).sees_msg(&Msg::UndoneFrozen).pictured("undo-frozen").leaves().runs_courier();
    assert!(booth.post.newest_mail(NEW).contains("quedó congelada"));
    booth.validates(&key).is_at(&Msg::StopFrozenHeading).leaves();
    booth.validates(CLAVE).is_at(&Msg::StopFrozenHeading).pictured("stop-frozen").leaves();
}

/// Staff were deceived, and the thief has already chosen a clave: the first notice undoes that too.
#[test]
fn a_clave_that_was_chosen_in_person_is_not_brought_back_by_a_code() {
    let mut booth = Booth::with_company();
    booth.employs(STAFF, Role::Helper);
    booth.proves_new_address().is_witnessed_by(STAFF).leaves().waits(61).runs_courier();
    let (key, code) = (booth.post.mail_to(NEW), booth.post.mail_to(MAILBOX));
    booth.changes(&key, "Ladron+17x").leaves();
    booth.undoes(&code).sees_msg(&Msg::UndoneFrozen).leaves();
    booth.validates("Ladron+17x").is_at(&Msg::StopFrozenHeading).leaves();
    booth.validates(CLAVE).is_at(&Msg::ChangeWhoHeading);
}

/// A person who walks away still gets the key, a day later; the address on file stays.
#[test]
fn a_held_recovery_outlives_the_visit() {
    let mut booth = Booth::with_company();
    booth.proves_new_address().waits(90).is_at_rest().waits(24 * 3600).runs_courier();
    let key = booth.post.mail_to(NEW);
    booth.validates(&key).is_at(&Msg::ChangeSentHeading).types("Guitarra+9⏎Guitarra+9⏎").letters().types("⏎");
    booth.sees_msg(&Msg::Changed).leaves().runs_courier();
    // The new address served for one key, and hears that it is over; notices still go where they always
    // went.
    assert_eq!(booth.post.subjects(OWN_MAILBOX).len(), 2);
    assert_eq!(booth.post.subjects(NEW).len(), 3);
    assert!(booth.post.newest_mail(NEW).contains("se hizo o se pidió un cambio"));
}
