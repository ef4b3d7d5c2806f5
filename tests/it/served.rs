//! What a page says is so, and whoever has a right is led to it: nothing is offered that will be refused, a
//! right code or key is never called wrong, and one step back loses nothing.

use totem::domain::staff::Role;
use totem::event::{Event, Key, Target};
use totem::text::Msg;

use crate::booth::{ANSWER, Booth, CLAVE, COMPANY, MAILBOX, PASSWORD, questions};
use crate::new_address::NEW;
use crate::settlement::{CARD, LAST_FOUR};

const STAFF: &str = "Rosa Araya";
const OTHER: &str = "otra@correo.example";

impl Booth {
    /// By the card, to the page that says until when a key to this address waits.
    fn asks_for_key_to(&mut self, email: &str) -> &mut Self {
        self.asks_for_question(COMPANY).forgets_answer().shows_card("11111111-1", CARD);
        self.is_at(&Msg::RecoverAddressHeading).chooses("2").types(&format!("{email}⏎"));
        self.letters().types("⏎").is_at(&Msg::CodeHeading).runs_courier();
        let code = self.post.mail_to(email);
        self.types(&format!("{code}⏎"))
    }

    fn reads_help(&mut self) -> &mut Self {
        self.presses([Key::F(1)]).is_at(&Msg::HelpHeading)
    }
}

/// Seen: *sale solo si un funcionario ve su cédula*, and F2 offered an act that the desk then refused.
#[test]
fn what_takes_two_members_says_so_and_offers_no_act_of_one() {
    let mut booth = Booth::frozen();
    booth.is_given_the_account().leaves().waits(3 * 3_600).runs_courier();
    booth.asks_for_key_to(OTHER).sees("dos funcionarios").sees_not("un funcionario ve");
    booth.pictured("recover-held-two").is_joined_by("rosa").is_at(&Msg::ButtonOpenDispute);
    booth.presses([Key::Esc]).sees_msg(&Msg::ButtonOpenDispute);
    assert!(!booth.offers(&Msg::ButtonWitnessCard), "{}", booth.read());
    booth.clicks_on(&Msg::ButtonOpenDispute).types(&format!("{LAST_FOUR}⏎")).chooses("1");
    booth.sees_msg(&Msg::SettlementWaiting);
}

/// The same where the account was erased, and is asked for anew.
#[test]
fn a_registration_that_takes_two_members_says_so() {
    let mut booth = Booth::frozen();
    booth.is_given_the_account().leaves().waits(3 * 3_600).runs_courier().forgets(COMPANY);
    booth.registers(COMPANY, "11111111-1", OTHER).sees("dos funcionarios").pictured("register-two");
    booth.is_joined_by("rosa").is_at(&Msg::ButtonOpenDispute).presses([Key::Esc]);
    assert!(!booth.offers(&Msg::ButtonWitnessCard), "{}", booth.read());
}

/// Seen: the receipt of a second key was silent about the first, which still left, and an Enter discarded it.
#[test]
fn a_second_key_that_waits_tells_of_the_first() {
    let mut booth = Booth::with_company();
    booth.asks_for_key_to(NEW).sees_msg(&Msg::RecoverHeld).leaves().waits(3_600);
    booth.asks_for_key_to(OTHER).sees("23 horas").sees("anulada").pictured("recover-held-beside");
    booth.waits(1).types("⏎").is_at(&Msg::StaffHeading);
}

/// Seen: *los datos no coinciden*, of a code that was right until somebody came in person.
#[test]
fn a_code_that_was_ended_in_person_is_called_ended_and_not_wrong() {
    let mut booth = Booth::with_company();
    booth.employs(STAFF, Role::Helper).proves_new_address().stays(61).runs_courier();
    let stops = booth.post.mail_to(MAILBOX);
    booth.is_witnessed_by(STAFF).is_at(&Msg::SuccessHeading).leaves().waits(61).runs_courier();
    let freezes = booth.post.mail_to(MAILBOX);
    booth.undoes(&stops).sees("en persona").sees("cédula").sees_not("no coinciden");
    // It cost no try, and whoever guesses hears what anybody hears.
    booth.leaves().undoes("00000000").sees("no coinciden").sees("9 intentos").sees_not("en persona").leaves();
    booth.undoes(&freezes).sees_msg(&Msg::UndoneFrozen).leaves();
    // Both codes were right: what stands in their way is told.
    for code in [&stops, &freezes] {
        booth.undoes(code).is_at(&Msg::StopFrozenHeading).leaves();
    }
    booth.undoes("00000001").sees("no coinciden");
}

/// Seen: on a frozen account *los datos no coinciden*, of a key that was sent and right.
#[test]
fn a_sent_key_that_was_ended_is_called_ended_and_not_wrong() {
    let mut booth = Booth::with_company();
    booth.employs(STAFF, Role::Helper);
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).letters().types("⏎").leaves();
    let before = booth.runs_courier().post.mail_to(MAILBOX);
    booth.waits(3_600).proves_new_address().is_witnessed_by(STAFF).leaves().waits(61).runs_courier();
    let (in_person, freezes) = (booth.post.mail_to(NEW), booth.post.mail_to(MAILBOX));
    booth.validates(&before).sees("en persona").sees_not("no coinciden").leaves();
    booth.validates("Mala-Clave").sees("no coinciden").sees("9 intentos").leaves();
    booth.undoes(&freezes).sees_msg(&Msg::UndoneFrozen).leaves();
    for key in [&before, &in_person] {
        booth.validates(key).is_at(&Msg::StopFrozenHeading).leaves();
    }
    booth.validates("Mala-Clav2").sees("no coinciden").sees_not("congelada");
}

/// Whoever must wait is told nothing of the clave in use that a freeze makes false.
#[test]
fn whoever_waits_is_promised_nothing_of_the_clave_in_use() {
    let mut booth = Booth::frozen();
    for number in 0..3 {
        booth.validates(&format!("Mala-Clav{number}")).leaves();
    }
    booth.validates("Mala-Clave").is_at(&Msg::StopWaitHeading).sees_not("sigue funcionando");
}

/// Seen: *la actual sigue funcionando*, to whoever came with the clave of a frozen account, or with the one
/// that a key given in person had put aside.
#[test]
fn no_page_says_that_the_clave_in_use_works() {
    let mut booth = Booth::frozen();
    booth.validates(CLAVE).is_at(&Msg::StopFrozenHeading).leaves();
    let says_so =
        |booth: &mut Booth| _ = booth.sees("no cambia").sees_not("anterior funciona").sees_not("funcionando");
    says_so(booth.enters("7").chooses("1").is_at(&Msg::SymptomWrongKey));
    says_so(booth.leaves().enters("6").chooses("4").is_at(&Msg::InfoAdvice));
    let mut booth = Booth::with_company();
    booth.employs(STAFF, Role::Helper).proves_new_address().is_witnessed_by(STAFF);
    says_so(booth.is_at(&Msg::SuccessHeading));
    booth.leaves().waits(61).runs_courier();
    assert!(!booth.post.newest_mail(NEW).contains("funcionando"), "{}", booth.post.newest_mail(NEW));
    booth.validates(CLAVE).is_at(&Msg::StopInPersonHeading);
}

/// Seen: question and answer were gone after Esc, and F1 had promised otherwise.
#[test]
fn what_was_to_be_changed_outlives_a_step_back() {
    let mut booth = Booth::with_company();
    let other = questions()[1].to_string();
    booth.sees_data().sees_not(&other).clicks(Target::Fact(9)).chooses("2").types("lúcuma⏎");
    booth.is_at(&Msg::UpdateReviewHeading).sees(&other).types("␛").is_at(&Msg::ChangeWhoHeading);
    booth.sees_not(MAILBOX).sees_not(&other).types(&format!("{CLAVE}⏎"));
    booth.is_at(&Msg::UpdateReviewHeading).sees(&other).clicks(Target::Button(0));
    booth.is_at(&Msg::UpdateConfirmHeading).sees(&other).letters().types("⏎");
    booth.is_at(&Msg::UpdateSavedHeading).leaves().waits(61).runs_courier();
    booth.asks_for_question(COMPANY).sees(&other).types("lúcuma⏎").is_at(&Msg::RecoverConfirmHeading);
}

/// Another company's data are not filled in with what was typed for the first.
#[test]
fn what_was_typed_for_one_company_is_not_shown_to_another() {
    let mut booth = Booth::with_company();
    booth.sees_data().clicks(Target::Fact(2)).presses([Key::Backspace; 40]).types("Calle Nueva⏎⏎⏎⏎");
    booth.is_at(&Msg::UpdateReviewHeading).sees("Calle Nueva").types("␛").leaves();
    booth.sees_data().sees_not("Calle Nueva");
}

#[test]
fn the_help_says_what_esc_loses() {
    let mut booth = Booth::with_company();
    for entry in ["1", "2", "3", "5"] {
        booth.enters(entry).reads_help().sees("se borra").sees_not("sin perder").leaves();
    }
    booth.asks_for_question(COMPANY).reads_help().sees("sin perder").sees_not("se borra.");
}

/// Seen: a PIN stood in sight as a name, where no letters were that it could stand for.
#[test]
fn a_pin_that_is_typed_for_a_name_is_not_seen() {
    let mut booth = Booth::with_company();
    booth.employs(STAFF, Role::Helper).asks_for_question(COMPANY).calls_for_account();
    for digit in "1246813".chars() {
        booth.types(&digit.to_string()).sees_not(&format!("{digit}▌")).sees_not(&format!("> {digit}"));
    }
    booth.sees_not("1246813").types("⏎").sees("PIN solo").sees_not("1246813").pictured("staff-sign-in-pin");
    let code = booth.telephone(STAFF);
    booth.types(&format!("{STAFF}⏎{PASSWORD}⏎{code}⏎")).sees("Panel de Rosa Araya");
}

/// Seen: what becomes of the clave in use was told after the letters, when it was too late.
#[test]
fn whoever_came_with_a_sent_key_is_told_first_what_it_ends() {
    let mut booth = Booth::with_company();
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).letters().types("⏎").leaves();
    let sent = booth.runs_courier().post.mail_to(MAILBOX);
    booth.validates(&sent).is_at(&Msg::ChangeSentHeading).sees("deja de servir");
}

/// A hand that leans on Enter while a register takes its time loses no clave.
#[test]
fn enter_leaves_no_page_that_only_waits() {
    let mut booth = Booth::with_company();
    booth.enters("3").types(&format!("{COMPANY}⏎11111111-1⏎{CLAVE}")).holds_orders().types("⏎");
    booth.is_at(&Msg::WaitingHeading);
    for _ in 0..20 {
        booth.waits(1).happens(Event::Key(Key::Enter)).is_at(&Msg::WaitingHeading);
    }
    booth.lets_orders_go().is_at(&Msg::ChangeOwnHeading).types("␛").is_at(&Msg::ChangeWhoHeading);
    booth.types(CLAVE).holds_orders().types("⏎").is_at(&Msg::WaitingHeading).types("⇥").waits(1).types("⏎");
    booth.is_at(&Msg::ChangeWhoHeading);
}

/// Seen: the RUT was to be typed again on the page to which the person was sent.
#[test]
fn the_rut_goes_along_to_where_the_person_is_sent() {
    let mut booth = Booth::new();
    booth.has_no_answer(COMPANY).shows_card("11111111-1", CARD).is_at(&Msg::RecoverNotRegisteredHeading);
    booth.clicks_on(&Msg::ButtonGoRegister).is_at(&Msg::RegisterCompanyHeading).sees("99.999.999-9");
    booth.types("⏎").is_at(&Msg::RegisterQuestionHeading).leaves();
    for entry in ["3", "5"] {
        booth.enters(entry).types(&format!("{COMPANY}⏎")).clicks_on(&Msg::ButtonGoRecover);
        booth.is_at(&Msg::RecoverRoadHeading).chooses("2").sees("99.999.999-9").types("⏎");
        booth.is_at(&Msg::RecoverRepresentativeHeading).leaves();
    }
}

/// Seen: while SII was silent, a person's RUT was kept as a company's that registers.
#[test]
fn a_persons_rut_is_told_to_be_one_while_sii_is_silent() {
    let mut booth = Booth::new();
    booth.registers_are_down(true).enters("1").types("11111111-1⏎").is_at(&Msg::StopSiiHeading);
    booth.clicks_on(&Msg::ButtonGoOnUnchecked).is_at(&Msg::RegisterCompanyHeading);
    booth.sees("parece de una persona").pictured("register-rut-of-a-person");
    // No official text says that no company has such a RUT: whoever means it goes on.
    booth.types("⏎").is_at(&Msg::StopSiiHeading).clicks_on(&Msg::ButtonGoOnUnchecked);
    booth.is_at(&Msg::RegisterQuestionHeading).leaves();
    booth.enters("1").types("50000000-7⏎").clicks_on(&Msg::ButtonGoOnUnchecked);
    booth.is_at(&Msg::RegisterQuestionHeading);
}

/// *Terminar mi registro*: its folio is typed once.
#[test]
fn a_folio_outlives_a_step_back() {
    let mut booth = Booth::new();
    booth.enters("1").clicks_on(&Msg::ButtonResumeRegistration).is_at(&Msg::ResumeHeading);
    booth.types("0410-6105-A").types("␛").is_at(&Msg::RegisterCompanyHeading);
    booth.clicks_on(&Msg::ButtonResumeRegistration).sees("0410-6105-A");
}

/// What a member of staff typed for a company that no list has is there when they come back from the menu.
#[test]
fn what_staff_typed_from_papers_outlives_a_step_back() {
    let mut booth = Booth::frozen();
    booth.shows_card_of_frozen().is_joined_by("rosa").is_at(&Msg::ButtonOpenDispute);
    booth.types("45").presses([Key::Esc]).clicks_on(&Msg::ButtonOpenDispute).types("67⏎").chooses("1");
    booth.sees_msg(&Msg::SettlementWaiting);
}
