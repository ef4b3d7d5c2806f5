//! The registers are down: what can continue does and is checked later, what can't says so, and
//! nobody is let in meanwhile.

use totem::domain::deed::{Action, Outcome};
use totem::domain::found::Found;
use totem::domain::register::{CallEnd, Operation};
use totem::effect::Effect;
use totem::text::Msg;

use crate::booth::{Booth, COMPANY, Company, MAILBOX};
use crate::register::card_of;

const NEW: &str = "pan@inventada.example";
const CLAVE: &str = "Guitarra+9";
const RESULT: &str = "Quedó registrada la Clave Sence de su empresa";
const REFUSAL: &str = "No pudimos registrar la Clave Sence de su empresa";
const ALREADY: &str = "Su empresa ya tenía Clave Sence";
const CODE: &str = "Su código para confirmar este correo";
const WEEK_SECONDS: u64 = 7 * 86_400;

impl Booth {
    /// From the company's panel to the review, with the registers down throughout.
    pub fn registers_unchecked(&mut self, company: &str, representative: &str, email: &str) -> &mut Self {
        self.registers_are_down(true).enters("1").types(&format!("{company}⏎")).is_at(&Msg::StopSiiHeading);
        self.clicks_on(&Msg::ButtonGoOnUnchecked).is_at(&Msg::RegisterQuestionHeading);
        self.types("Panaderia Inventada⏎").chooses("2").types("Liceo 7⏎");
        self.fills_in_the_rest(representative, email)
    }

    fn fills_in_the_rest(&mut self, representative: &str, email: &str) -> &mut Self {
        self.is_at(&Msg::RegisterAddressHeading).types("providen⏎Calle Falsa⏎742⏎⏎⏎");
        self.is_at(&Msg::RegisterContactHeading).types(&format!("{email}⏎223456789⏎⏎")).chooses(" ");
        self.types("⏎").is_at(&Msg::RegisterRepresentativeHeading).types(&format!("{representative}⏎"));
        if self.page().heading == Msg::StopSiiHeading.into() {
            self.clicks_on(&Msg::ButtonGoOnUnchecked);
        }
        self.is_at(&Msg::RecoverCardHeading).types(&format!("{}⏎", card_of(representative)));
        self.is_at(&Msg::StopRegistroCivilHeading).clicks_on(&Msg::ButtonGoOnUnchecked);
        self.is_at(&Msg::RegisterRepresentativeContactHeading);
        self.types("Diego Prueba⏎87654321⏎dueno@correo.example⏎");
        self.is_at(&Msg::RegisterClaveHeading).types(&format!("{CLAVE}⏎{CLAVE}⏎"));
        self.is_at(&Msg::LettersHeading).letters().types("⏎").is_at(&Msg::ReviewHeading)
    }

    /// As far as an application whose card alone waits for Registro Civil.
    fn applies_with_card_unchecked(&mut self, representative: &str, card: &str, email: &str) -> &mut Self {
        self.enters("1").types("50000000-7⏎").is_at(&Msg::RegisterQuestionHeading).chooses("2");
        self.types("Liceo 7⏎providen⏎Calle Falsa⏎742⏎⏎⏎").is_at(&Msg::RegisterContactHeading);
        self.types(&format!("{email}⏎223456789⏎⏎")).chooses(" ").types(&format!("⏎{representative}⏎"));
        self.is_at(&Msg::RecoverCardHeading).registers_are_down(true).types(&format!("{card}⏎"));
        self.is_at(&Msg::StopRegistroCivilHeading).clicks_on(&Msg::ButtonGoOnUnchecked);
        self.is_at(&Msg::RegisterRepresentativeContactHeading).registers_are_down(false);
        self.types(&format!("87654321⏎dueno@correo.example⏎{CLAVE}⏎{CLAVE}⏎")).letters().types("⏎");
        self.is_at(&Msg::ReviewHeading).creates_unchecked()
    }

    fn creates_unchecked(&mut self) -> &mut Self {
        self.types("⏎⏎").is_at(&Msg::CodeHeading).runs_courier()
    }

    fn may_enter(&mut self, company: &str, representative: &str) -> bool {
        self.enters("3").types(&format!("{company}⏎{representative}⏎{CLAVE}⏎"));
        let enters = self.page().heading == Msg::ChangeOwnHeading.into();
        self.leaves();
        enters
    }

    fn has_row(&self, row: (Action, Outcome)) -> bool {
        self.audited().contains(&row)
    }
}

#[test]
fn a_registration_waits_for_the_register_and_is_finished() {
    let mut booth = Booth::new();
    booth.registers_are_down(true).enters("1").types("50000000-7⏎").is_at(&Msg::StopSiiHeading);
    booth.sees_msg(&Msg::StopCanGoOn).pictured("register-stopped").types("␛");
    booth.is_at(&Msg::RegisterCompanyHeading).types("⏎").clicks_on(&Msg::ButtonGoOnUnchecked);
    booth
        .pictured("register-question-unchecked")
        .clicks_on(&Msg::ButtonContinue)
        .sees_msg(&Msg::MissingTypedBusinessName)
        .leaves();

    booth.registers_unchecked("50000000-7", "12345678-5", NEW).sees("Panaderia Inventada");
    booth.pictured("register-review-unchecked").creates_unchecked();
    let code = booth.post.mail_to(NEW);
    booth.types(&format!("{code}⏎")).is_at(&Msg::TakenHeading).sees_msg(&Msg::TakenPending);
    booth.pictured("register-taken-pending").types("⏎").is_at_rest();
    let call =
        Outcome::Called { operation: Operation::ConsultaDatosContribuyente, end: CallEnd::Unreachable };
    assert!(booth.has_row((Action::RegistryCall, call)));
    assert!(booth.has_row((Action::KeepApplication, Outcome::Done)));

    // Asked again while it is down: nothing comes of it yet.
    booth.waits(61).checks_pending().runs_courier();
    assert_eq!(booth.post.subjects(NEW), [CODE]);
    booth.registers_are_down(false);
    assert!(!booth.may_enter("50000000-7", "12345678-5"));
    booth.waits(121).checks_pending().waits(61).runs_courier();
    assert_eq!(booth.post.subjects(NEW), [CODE, RESULT]);
    assert!(booth.post.newest_mail(NEW).contains("Panadería Inventada SpA"), "as the register calls it");
    assert!(booth.has_row((Action::CheckApplication, Outcome::Done)));
    assert!(booth.may_enter("50000000-7", "12345678-5"));

    // Only once.
    booth.waits(WEEK_SECONDS).checks_pending().runs_courier();
    assert_eq!(booth.post.subjects(NEW), [CODE, RESULT]);
}

/// The field for the name disappears, and the focus that was on it moves to one that can be filled
/// in.
#[test]
fn a_register_that_answers_after_all_leaves_the_focus_on_a_field() {
    let mut booth = Booth::new();
    booth.enters("1").types("50000000-7⏎").chooses("2").types("Liceo 7⏎providen⏎Calle⏎1⏎⏎⏎");
    booth.types("pan@inventada.example⏎223456789⏎223456789⏎⏎").registers_are_down(true);
    booth.types("12345678-5⏎").clicks_on(&Msg::ButtonGoOnUnchecked).types("123456789⏎");
    booth.clicks_on(&Msg::ButtonGoOnUnchecked);
    booth.is_at(&Msg::RegisterRepresentativeContactHeading).types("␛␛").registers_are_down(false);
    booth.types("⏎").is_at(&Msg::RecoverCardHeading).types("⏎");
    booth.sees("Diego Prueba Inventada").types("87654321⏎").sees("> ").sees("87654321");
    booth.types("dueno@correo.example⏎").is_at(&Msg::RegisterClaveHeading);
}

#[test]
fn only_the_representative_could_not_be_checked() {
    let mut booth = Booth::new();
    booth.enters("1").types("50000000-7⏎").is_at(&Msg::RegisterQuestionHeading);
    booth.sees("Panadería Inventada SpA").chooses("2").types("Liceo 7⏎").registers_are_down(true);
    booth.fills_in_the_rest("12345678-5", NEW).creates_unchecked();
    let code = booth.post.mail_to(NEW);
    booth.types(&format!("{code}⏎")).is_at(&Msg::TakenHeading).sees_msg(&Msg::TakenPending).leaves();
    booth.registers_are_down(false).waits(61).checks_pending().waits(61).runs_courier();
    assert_eq!(booth.post.subjects(NEW), [CODE, RESULT]);
    assert!(booth.may_enter("50000000-7", "12345678-5"));
}

#[test]
fn who_does_not_represent_the_company_is_refused_by_mail() {
    let mut booth = Booth::new();
    booth.registers_unchecked("50000000-7", "33333333-3", NEW).creates_unchecked().leaves();
    booth.registers_are_down(false).waits(61).checks_pending().waits(61).runs_courier();
    assert_eq!(booth.post.subjects(NEW), [CODE, REFUSAL]);
    assert!(booth.has_row((Action::CheckApplication, Outcome::Found(Found::RepresentativeNever))));
    assert!(!booth.may_enter("50000000-7", "33333333-3") && !booth.may_enter("50000000-7", "12345678-5"));
}

#[test]
fn a_closed_company_is_refused_by_mail() {
    let mut booth = Booth::new();
    booth.registers_unchecked("99999995-6", "11111111-1", NEW).creates_unchecked().leaves();
    booth.registers_are_down(false).waits(61).checks_pending().waits(61).runs_courier();
    assert_eq!(booth.post.subjects(NEW), [CODE, REFUSAL]);
    assert!(booth.has_row((Action::CheckApplication, Outcome::Found(Found::CompanyClosed))));
}

#[test]
fn a_register_that_never_answers_is_no_yes() {
    let mut booth = Booth::new();
    booth.registers_unchecked("50000000-7", "12345678-5", NEW).creates_unchecked().leaves();
    booth.waits(WEEK_SECONDS - 60).checks_pending().runs_courier();
    assert_eq!(booth.post.subjects(NEW), [CODE]);
    booth.waits(3600).checks_pending().runs_courier();
    assert_eq!(booth.post.subjects(NEW), [CODE, REFUSAL]);
    assert!(booth.has_row((Action::CheckApplication, Outcome::Found(Found::SiiDown))));
    booth.registers_are_down(false);
    assert!(!booth.may_enter("50000000-7", "12345678-5"));
}

/// Five a day for each card, asked at once or later (T9): nobody tries numbers for nothing while Registro
/// Civil is silent.
#[test]
fn a_number_that_waited_for_registro_civil_is_a_try_at_its_holder_s_card() {
    let mut booth = Booth::new();
    for number in 1..=6 {
        let (card, email) = (format!("70000000{number}"), format!("pan{number}@inventada.example"));
        booth.applies_with_card_unchecked("12345678-5", &card, &email).leaves().waits(3601);
    }
    booth.checks_pending().runs_courier();
    let wrong = (Action::CheckApplication, Outcome::Found(Found::CardDoesNotMatch));
    assert_eq!(booth.audited().iter().filter(|row| **row == wrong).count(), 5);
    booth.has_no_answer("50000000-7").shows_card("12345678-5", "123456789").is_at(&Msg::StopWaitHeading);
    // The sixth waits for a day without a try, and is asked then.
    booth.leaves().waits(900).checks_pending();
    assert_eq!(booth.audited().iter().filter(|row| **row == wrong).count(), 5);
    booth.waits(86_400).checks_pending();
    assert_eq!(booth.audited().iter().filter(|row| **row == wrong).count(), 6);
}

#[test]
fn a_number_that_was_right_or_not_answered_costs_no_try() {
    let mut booth = Booth::new();
    booth.applies_with_card_unchecked("12345678-5", "123456789", NEW).leaves();
    booth.registers_are_down(true).waits(61).checks_pending().registers_are_down(false);
    booth.waits(121).checks_pending();
    assert!(booth.has_row((Action::CheckApplication, Outcome::Done)));
    booth.has_no_answer("50000000-7").shows_card("12345678-5", "700000001");
    booth.sees_msg(&Msg::MismatchCard { tries: 4 });
}

/// Both wait, and neither hears of the other. The second is told that the company has a clave, for it
/// brought the same card.
#[test]
fn the_first_of_two_is_the_company_s_account() {
    let mut booth = Booth::new();
    let other = "otro@inventada.example";
    for email in [NEW, other] {
        booth.registers_unchecked("50000000-7", "12345678-5", email).creates_unchecked();
        let code = booth.post.mail_to(email);
        booth.types(&format!("{code}⏎")).is_at(&Msg::TakenHeading).leaves().waits(1);
    }
    booth.registers_are_down(false).waits(61).checks_pending().waits(61).runs_courier();
    booth.waits(120).runs_courier();
    assert_eq!(booth.post.subjects(other), [CODE, ALREADY]);
    assert_eq!(booth.post.subjects(NEW), [CODE, RESULT]);
    assert!(booth.has_row((Action::CheckApplication, Outcome::Already)));
}

/// A mailbox that nobody proved gets no account, whatever the registers say.
#[test]
fn without_the_code_nothing_comes_of_it() {
    let mut booth = Booth::new();
    booth.registers_unchecked("50000000-7", "12345678-5", NEW).creates_unchecked();
    let folio = booth.clicks_on(&Msg::ButtonLater).folio();
    booth.leaves().registers_are_down(false).waits(61).checks_pending().waits(61).runs_courier();
    assert_eq!(booth.post.subjects(NEW), [CODE]);
    assert!(!booth.may_enter("50000000-7", "12345678-5"));
    booth.enters("1").clicks_on(&Msg::ButtonResumeRegistration).types(&format!("{folio}⏎"));
    let code = booth.runs_courier().post.mail_to(NEW);
    booth.types(&format!("{code}⏎")).sees_msg(&Msg::RegisteredNow).leaves();
    assert!(booth.may_enter("50000000-7", "12345678-5"));
}

#[test]
fn a_company_that_has_a_key_looks_like_any_other() {
    let mut booth = Booth::with_company();
    let pages = |booth: &mut Booth, company: &str| {
        booth.registers_unchecked(company, "11111111-1", NEW).creates_unchecked();
        let code = booth.read();
        booth.clicks_on(&Msg::ButtonLater);
        let folio = booth.folio();
        let code = code.replace(company, "").replace(&folio, "");
        let taken = booth.read().replace(&folio, "");
        booth.leaves();
        booth.waits(61);
        (code, taken)
    };
    let known = pages(&mut booth, COMPANY);
    let unknown = pages(&mut booth, "50000000-7");
    assert_eq!(known, unknown);
    booth.waits(61).runs_courier();
    assert!(booth.post.subjects(MAILBOX).is_empty());
}

#[test]
fn nobody_recovers_a_key_while_the_register_is_down() {
    let mut booth = Booth::new().knows(Company { has_question: false, ..Company::default() });
    booth.registers_are_down(true).has_no_answer(COMPANY).types("11111111-1⏎").is_at(&Msg::StopSiiHeading);
    booth.sees_msg(&Msg::StopNeedsStaff).pictured("recover-stopped");
    booth.registers_are_down(false).clicks_on(&Msg::ButtonRetry).is_at(&Msg::RecoverCardHeading);
    booth.registers_are_down(true).types("B1C234567⏎").is_at(&Msg::StopRegistroCivilHeading);
    booth.sees_msg(&Msg::StopNeedsStaff).clicks_on(&Msg::ButtonGoBack).is_at(&Msg::RecoverCardHeading);
    booth.leaves();
}

#[test]
fn who_waits_for_a_register_may_ask_again_call_for_help_or_leave() {
    let mut booth = Booth::new();
    booth.holds_orders().enters("1").types("50000000-7⏎").is_at(&Msg::WaitingHeading);
    booth.waits(11).sees_msg(&Msg::WaitingForSii).sees_msg(&Msg::WaitingSince { seconds: 10 });
    booth.pictured("register-waiting").clicks_on(&Msg::ButtonRetry).is_at(&Msg::WaitingHeading);
    booth.sees_msg(&Msg::WaitingSince { seconds: 0 });
    assert_eq!(booth.asked.iter().filter(|asked| matches!(asked, Effect::LookUpCompany(_))).count(), 2);
    booth.clicks_on(&Msg::ButtonAskHelp).is_at(&Msg::StaffHeading).types("␛").is_at(&Msg::WaitingHeading);
    booth.lets_orders_go().is_at(&Msg::RegisterQuestionHeading).leaves();
}
