//! *Registrar Persona Jurídica* by keys: complete, with mistakes on the way, and for companies that
//! already have a clave.

use totem::domain::deed::{Action, Outcome};
use totem::domain::found::Found;
use totem::domain::pending::RegistrationEvidence;
use totem::domain::staff::Role;
use totem::event::{Key, Target};
use totem::text::Msg;

use crate::booth::{Booth, CLAVE, COMPANY, Company, MAILBOX, MOBILE, OWN_MAILBOX, Outside};

const NEW: &str = "pan@inventada.example";

/// The number of the demo world's card of this person.
pub fn card_of(representative: &str) -> &'static str {
    match representative {
        "11111111-1" => "B1C234567",
        "12345678-5" => "123456789",
        "22222222-2" => "222222222",
        "33333333-3" => "333333333",
        other => panic!("no card of {other}"),
    }
}

impl Booth {
    fn begins(&mut self, company: &str) -> &mut Self {
        self.enters("1").is_at(&Msg::RegisterCompanyHeading).types(&format!("{company}⏎"))
    }

    /// Registered and left, with the mailbox proved and the mobile at home.
    pub fn registers(&mut self, company: &str, representative: &str, email: &str) -> &mut Self {
        self.fills_in(company, representative, email, "Guitarra+9").types("⏎⏎").is_at(&Msg::CodeHeading);
        let code = self.runs_courier().post.mail_to(email);
        self.types(&format!("{code}⏎"))
    }

    /// All nineteen fields, to the review. `email` is the company's.
    pub fn fills_in(&mut self, company: &str, representative: &str, email: &str, clave: &str) -> &mut Self {
        self.begins(company).is_at(&Msg::RegisterQuestionHeading).chooses("2").types("Liceo 7⏎");
        self.is_at(&Msg::RegisterAddressHeading).types("providen⏎Calle Falsa⏎742⏎B⏎1201⏎");
        self.is_at(&Msg::RegisterContactHeading)
            .types(&format!("{email}⏎223456789⏎⏎"))
            .chooses(" ")
            .types("⏎");
        self.is_at(&Msg::RegisterRepresentativeHeading).types(&format!("{representative}⏎"));
        self.is_at(&Msg::RecoverCardHeading).types(&format!("{}⏎", card_of(representative)));
        self.is_at(&Msg::RegisterRepresentativeContactHeading).types("87654321⏎dueno@correo.example⏎");
        self.is_at(&Msg::RegisterClaveHeading).types(&format!("{clave}⏎{clave}⏎"));
        self.is_at(&Msg::LettersHeading).letters().types("⏎").is_at(&Msg::ReviewHeading)
    }
}

#[test]
fn whole_within_28_strokes() {
    let mut booth = Booth::new();
    booth.fills_in("50000000-7", "12345678-5", NEW, "Guitarra+9").pictured("register-review");
    booth
        .types("⏎")
        .pictured("register-create")
        .types("⏎")
        .is_at(&Msg::CodeHeading)
        .pictured("register-code");
    booth.runs_courier();
    let code = booth.post.mail_to(NEW);
    booth.types(&format!("{code}⏎")).is_at(&Msg::CodeHeading).pictured("register-code-mobile");
    let code = booth.runs_courier().post.text_to(MOBILE);
    booth.types(&format!("{code}⏎")).is_at(&Msg::RegisteredHeading).sees_msg(&Msg::RegisteredMobileProved);
    booth.pictured("register-taken").types("⏎").is_at_rest();
    assert!(booth.strokes <= 31, "{} strokes", booth.strokes);
    booth.waits(61).runs_courier();
    assert_eq!(
        booth.post.subjects(NEW),
        ["Su código para confirmar este correo", "Quedó registrada la Clave Sence de su empresa"]
    );
    booth.enters("3").types("50000000-7⏎12345678-5⏎Guitarra+9⏎").is_at(&Msg::ChangeOwnHeading).leaves();
    booth.asks_for_question("50000000-7").sees("NOMBRE DE MI PRIMER COLEGIO").types("liceo 7⏎");
    booth.letters().types("⏎").is_at(&Msg::SuccessHeading);
    let audited = booth.audited();
    for row in [
        (Action::LookUpCompany, Outcome::Found(Found::CompanyOpen)),
        (Action::LookUpRepresentative, Outcome::Found(Found::RepresentativeCurrent)),
        (Action::CreateAccount, Outcome::Done),
        (Action::ProveAddress, Outcome::Done),
    ] {
        assert!(audited.contains(&row), "{row:?}");
    }
}

#[test]
fn every_panel_with_mistakes_on_the_way() {
    let mut booth = Booth::new();
    booth.enters("1").pictured("register-company").types("⏎").sees_msg(&Msg::MissingCompanyRut);
    booth.types("50.000.000-8⏎").sees("El RUT 50.000.000-8 tiene un error").pictured("register-rut-wrong");
    booth.presses([Key::Backspace]).types("7⏎").is_at(&Msg::RegisterQuestionHeading);
    booth.sees("Panadería Inventada SpA · 50.000.000-7").pictured("register-question");
    booth.types("⇥⇥⏎").sees_msg(&Msg::MissingQuestion).sees_msg(&Msg::MissingAnswer);
    booth.pictured("register-summary").types("⏎").chooses("3").types("ab⏎").sees_msg(&Msg::WrongAnswerShort);
    booth.types("abc⏎").is_at(&Msg::RegisterAddressHeading).pictured("register-address");
    booth.types("zzz⏎⏎⏎⏎⏎").sees("No encontramos la comuna zzz").types("⏎");
    booth.presses([Key::Backspace; 3]).types("san").pictured("register-comunas");
    booth.presses([Key::Down]).types("⏎Calle Uno⏎12⏎⏎⏎").is_at(&Msg::RegisterContactHeading);
    booth.pictured("register-contact").types("sin arroba⏎123⏎⏎⏎").sees_msg(&Msg::WrongEmailAt);
    booth.sees_msg(&Msg::WrongPhone).sees_msg(&Msg::MissingFax).types("⏎").presses([Key::Backspace; 10]);
    booth.types("pan").presses([Key::F(9)]).types("inventada.example⏎").presses([Key::Backspace; 3]);
    booth.types("2 2345 6789⏎223456780⏎⏎").is_at(&Msg::RegisterRepresentativeHeading);
    booth.pictured("register-representative").types("33333333-3⏎").sees("Le quedan 9 intentos");
    booth.presses([Key::Backspace; 12]).types("12345678-5⏎").is_at(&Msg::RecoverCardHeading);
    booth.sees_not("Diego").pictured("register-card").types("12⏎").sees_msg(&Msg::WrongSerial);
    booth.presses([Key::Backspace; 2]).types("123456780⏎").sees("Le quedan 4 intentos");
    booth.presses([Key::Backspace]).types("9⏎").sees("Diego Prueba Inventada");
    booth.pictured("register-representative-contact").types("12⏎x@⏎").sees_msg(&Msg::WrongMobile);
    booth.sees_msg(&Msg::WrongEmailShape).types("⏎").presses([Key::Backspace; 2]);
    booth.types("912345678⏎").presses([Key::Backspace; 2]).types("yo@diego.example⏎");
    booth.is_at(&Msg::RegisterClaveHeading).pictured("register-clave").types("corta⏎corta⏎");
    booth.sees_msg(&Msg::WrongClaveLength { length: 5 }).pictured("register-clave-short");
    booth.presses([Key::Backspace; 5]).types("Inventada1⏎⏎").sees_msg(&Msg::WrongClaveKnown);
    booth.presses([Key::Backspace; 10]).types("Guitarra+9⏎⏎").sees_msg(&Msg::WrongRepeat);
    booth.presses([Key::Backspace; 5]).types("Guitarra+9⏎").is_at(&Msg::LettersHeading);
    let before = booth.pictured("letters").challenge();
    booth.types("QQQQ⏎").sees_msg(&Msg::WrongLetters).pictured("letters-wrong");
    assert_ne!(before, booth.challenge(), "a wrong try costs new letters");
    booth.types("⏎").sees_msg(&Msg::MissingLetters).presses([Key::F(5)]);
    booth.letters().types("⏎").is_at(&Msg::ReviewHeading).sees("+56 2 2345 6780").sees_not("Guitarra");
}

/// Each line's *Cambiar* leads to its field, and *Continuar* from there back to the review.
#[test]
fn the_review_leads_to_every_field_and_back() {
    let mut booth = Booth::new();
    booth.fills_in("50000000-7", "12345678-5", NEW, "Guitarra+9");
    // Names come from the registry; while it is down they are typed, in fields of their own.
    for line in (0..20).filter(|line| ![1, 2, 15, 16].contains(line)) {
        booth.clicks(Target::Fact(line));
        let page = booth.page();
        assert!(matches!(page.focus, Target::Field(_)), "line {line}:\n{}", booth.read());
        booth.types("␛").is_at(&Msg::ReviewHeading);
    }
    booth.clicks(Target::Fact(6)).types(" 2⏎⏎⏎⏎").is_at(&Msg::ReviewHeading).sees("Calle Falsa 2");
    booth.clicks(Target::Fact(0)).presses([Key::Backspace; 12]).types("76000006-K⏎");
    booth.is_at(&Msg::UnfitUnknownHeading).types("⏎").is_at(&Msg::RegisterCompanyHeading).types("␛");
    // A RUT that was not validated is not sent.
    booth.is_at(&Msg::ReviewHeading).types("⏎⏎").is_at(&Msg::RegisterCompanyHeading).types("␛");
    // Another company is looked up again, and the rest stays.
    booth.clicks(Target::Fact(0)).presses([Key::Backspace; 12]).types("99999999-9⏎");
    booth.sees("Comercial Ejemplo Limitada").types("⏎").is_at(&Msg::ReviewHeading).sees("Calle Falsa 2");
    // Nor can the former company's representative register it.
    booth.types("⏎⏎").is_at(&Msg::RegisterRepresentativeHeading).sees_msg(&Msg::WrongRepresentativeOfAnother);
    booth.types("⏎").sees("Le quedan 9 intentos").presses([Key::Backspace; 12]).types("11111111-1⏎");
    booth.is_at(&Msg::RecoverCardHeading).types("B1C234567⏎");
    booth.types("⏎").is_at(&Msg::ReviewHeading).types("⏎⏎").is_at(&Msg::CodeHeading);
}

/// Somebody who types while the focus is on the summary means the first wrong field.
#[test]
fn what_is_typed_on_the_summary_goes_to_the_first_wrong_field() {
    let mut booth = Booth::new();
    booth.enters("1").types("50000000-7⏎⇥⇥⏎");
    assert_eq!(booth.page().focus, Target::Opening, "{}", booth.read());
    booth.chooses(" ").sees_not("(•)").presses([Key::Tab; 2]).types("⏎");
    booth.chooses("2").sees("(•) 2").types("Liceo 7⏎");
    booth.is_at(&Msg::RegisterAddressHeading).types("⏎⏎⏎⏎⏎");
    assert_eq!(booth.page().focus, Target::Opening, "{}", booth.read());
    booth.types("providen⏎").sees("Providencia (Metropolitana de Santiago)").types("Calle⏎1⏎⏎⏎");
    booth.is_at(&Msg::RegisterContactHeading).types("a⏎2⏎3⏎⏎");
    assert_eq!(booth.page().focus, Target::Opening, "{}", booth.read());
    booth.types("@b.cl").sees("a@b.cl").presses([Key::BackTab]).types("⏎");
}

/// A digit chooses the question and goes on to the answer. Whoever presses Tab besides types on the button,
/// and a blank there would press it.
#[test]
fn an_answer_that_is_typed_on_the_button_is_the_answer() {
    let mut booth = Booth::new();
    booth.enters("1").types("50000000-7⏎").chooses("1").types("⇥Luna Llena").presses([Key::F(3)]);
    booth.sees("Luna Llena").types("⏎");
    booth.is_at(&Msg::RegisterAddressHeading);
}

#[test]
fn going_back_loses_nothing_but_secrets() {
    let mut booth = Booth::new();
    booth.fills_in("50000000-7", "12345678-5", NEW, "Guitarra+9");
    booth.types("␛").is_at(&Msg::RegisterClaveHeading).sees_not("••••");
    booth.types("␛").sees("dueno@correo.example").sees("+56 9 8765 4321").types("␛").sees("123456789");
    booth.types("␛").sees("12.345.678-5");
    booth.types("␛").sees(NEW).types("␛").sees("Calle Falsa").sees("Providencia").types("␛");
    booth.sees_not("Liceo 7").presses([Key::F(3)]).sees("Liceo 7");
    booth
        .types("␛")
        .sees("50.000.000-7")
        .types("⏎")
        .presses([Key::F(3)])
        .sees("Liceo 7")
        .types("␛␛")
        .is_at(&Msg::MenuHeading);
}

#[test]
fn the_code_can_wait_and_five_wrong_ones_are_enough() {
    let mut booth = Booth::new();
    booth.fills_in("50000000-7", "12345678-5", NEW, "Guitarra+9").types("⏎⏎").is_at(&Msg::CodeHeading);
    booth.clicks_on(&Msg::ButtonLater).sees_msg(&Msg::TakenLater).pictured("register-later").leaves();

    let mut booth = Booth::new();
    booth.fills_in("50000000-7", "12345678-5", NEW, "Guitarra+9").types("⏎⏎").runs_courier();
    let code = booth.post.mail_to(NEW);
    for wrong in (0..).map(|number| format!("{number:08}")).filter(|wrong| *wrong != code).take(5) {
        booth.presses([Key::EraseLine]).types(&format!("{wrong}⏎"));
    }
    booth.sees_msg(&Msg::WrongCodeDeadRegister).presses([Key::EraseLine]);
    booth.types(&format!("{code}⏎")).is_at(&Msg::CodeDeadHeading);
    // Esc leaves neither the code nor the receipt: the folio would be gone.
    booth.types("␛").is_at(&Msg::CodeDeadHeading).clicks_on(&Msg::ButtonLater).sees_msg(&Msg::TakenLater);
    booth.types("␛␛").is_at(&Msg::TakenHeading).types("⏎").is_at_rest();
}

/// S9, T1, T11: until the code was typed, a company that has a clave looks like any other, and nobody but
/// the applicant hears of anything.
#[test]
fn a_company_with_a_key_sees_what_a_new_one_sees() {
    let mut pages = Vec::new();
    for mut booth in [Booth::new(), Booth::with_company()] {
        booth.fills_in(COMPANY, "22222222-2", NEW, "Guitarra+9").types("⏎⏎");
        pages.push(booth.is_at(&Msg::CodeHeading).read());
        booth.clicks_on(&Msg::ButtonLater);
        let folio = booth.folio();
        pages.push(booth.is_at(&Msg::TakenHeading).read().replace(&folio, "…"));
        booth.leaves().runs_courier().waits(61).runs_courier();
        assert_eq!((booth.post.subjects(NEW).len(), booth.post.subjects(MAILBOX).len()), (1, 0));
        assert_eq!(booth.post.subjects(OWN_MAILBOX).len(), 0);
    }
    let folio_shown = |page: &String| page.split("Folio").next().map(str::to_string);
    assert_eq!(folio_shown(&pages[0]), folio_shown(&pages[2]));
    assert_eq!(pages[1], pages[3]);
}

/// T1: for a company that has a clave the same proof is a recovery to a new address.
#[test]
fn registering_a_company_that_has_a_key_is_a_recovery() {
    let mut booth = Booth::with_company();
    booth.registers(COMPANY, "22222222-2", NEW).is_at(&Msg::RecoverHeldHeading);
    booth.sees_msg(&Msg::RegisteredBefore).sees_msg(&Msg::RecoverHeld).pictured("register-held").leaves();
    booth.runs_courier();
    assert_eq!(booth.post.subjects(MAILBOX), ["Pidieron enviar la clave de su empresa a otro correo"]);
    booth.validates(CLAVE).is_at(&Msg::ChangeOwnHeading).leaves();
    booth.waits(86_401).runs_courier();
    let key = booth.post.mail_to(NEW);
    booth.validates(&key).is_at(&Msg::ChangeSentHeading).leaves();

    // Its own mailbox has the key at once.
    let mut booth = Booth::with_company();
    booth.registers(COMPANY, "11111111-1", MAILBOX).is_at(&Msg::SuccessHeading);
    booth.sees_msg(&Msg::RegisteredBefore).pictured("register-sent").leaves().waits(61).runs_courier();
    let key = booth.post.mail_to(MAILBOX);
    booth.validates(&key).is_at(&Msg::ChangeSentHeading).leaves();
}

/// T1: where the office wants to see people, staff make the account.
#[test]
fn an_office_may_make_accounts_in_person_only() {
    let mut booth = Booth::over(Outside { registration: RegistrationEvidence::Person, ..Outside::default() });
    booth.employs("rosa", Role::Helper);
    booth.registers("50000000-7", "12345678-5", NEW).is_at(&Msg::RegisterInPersonHeading);
    booth.pictured("register-in-person");
    booth.confirms_card("rosa").is_at(&Msg::RegisteredHeading).leaves();
    booth.enters("3").types("50000000-7⏎12345678-5⏎Guitarra+9⏎").is_at(&Msg::ChangeOwnHeading).leaves();
}

#[test]
fn companies_that_do_not_qualify() {
    let mut booth = Booth::new();
    booth.begins("99999995-6").is_at(&Msg::UnfitClosedHeading).pictured("register-closed");
    booth.types("⏎").is_at(&Msg::RegisterCompanyHeading).sees("99.999.995-6");
    booth.presses([Key::Backspace; 12]).types("76000006-K⏎").is_at(&Msg::UnfitUnknownHeading);
    booth.pictured("register-unknown").chooses("2").is_at(&Msg::StaffHeading).types("␛␛");
    booth.presses([Key::Backspace; 12]).types("99999993-K⏎").is_at(&Msg::StopSiiHeading);
    booth.pictured("stop-sii").chooses("1").is_at(&Msg::StopSiiHeading).types("␛").sees("99.999.993-K");
    booth.presses([Key::Backspace; 12]).types("99999992-1⏎").chooses("1").types("Liceo 7⏎");
    booth.types("arica⏎Calle⏎1⏎⏎⏎a@b.cl⏎223456789⏎223456789⏎⏎").is_at(&Msg::RegisterRepresentativeHeading);
    booth.types("43333333-0⏎").is_at(&Msg::StopSiiHeading).types("␛").sees("43.333.333-0");
    let audited = booth.audited();
    for found in [Found::CompanyClosed, Found::CompanyUnknown, Found::SiiDown] {
        assert!(audited.contains(&(Action::LookUpCompany, Outcome::Found(found))), "{found:?}");
    }
    assert!(audited.contains(&(Action::LookUpRepresentative, Outcome::Found(Found::SiiDown))));
}

#[test]
fn two_representatives_may_each_register_or_recover() {
    let mut booth = Booth::new();
    booth.registers(COMPANY, "11111111-1", NEW).clicks_on(&Msg::ButtonNoMobileHere).leaves();
    booth.enters("3").types(&format!("{COMPANY}⏎22222222-2⏎Guitarra+9⏎")).is_at(&Msg::ChangeOwnHeading);
    booth.leaves().asks_for_question(COMPANY).forgets_answer().shows_card("22222222-2", "222222222");
    booth.is_at(&Msg::RecoverAddressHeading).sees("pxxxx@invxxxx");
}

#[test]
fn the_store_that_is_down_loses_nothing() {
    let mut booth = Booth::new().knows(Company { rut: "50000000-7", ..Company::default() });
    booth.fills_in(COMPANY, "11111111-1", NEW, "Guitarra+9").store_is_down(true).types("⏎⏎");
    booth.is_at(&Msg::StopStoreHeading).types("␛").is_at(&Msg::ReviewHeading).types("⏎");
    booth.is_at(&Msg::StopStoreHeading).store_is_down(false).types("⏎").is_at(&Msg::CodeHeading);
    let code = booth.runs_courier().post.mail_to(NEW);
    booth.store_is_down(true).types(&format!("{code}⏎")).is_at(&Msg::StopStoreHeading);
    booth
        .store_is_down(false)
        .types("⏎")
        .clicks_on(&Msg::ButtonNoMobileHere)
        .sees_msg(&Msg::RegisteredMobileLater);
    assert!(booth.post.subjects(OWN_MAILBOX).is_empty());
}

#[test]
fn another_code_ends_the_one_before() {
    let mut booth = Booth::new();
    booth.fills_in("50000000-7", "12345678-5", NEW, "Guitarra+9").types("⏎⏎").is_at(&Msg::CodeHeading);
    // The first is still under way: no second one is made.
    booth.clicks_on(&Msg::ButtonSendCodeAgain).sees_msg(&Msg::CodeComing).runs_courier();
    let first = booth.post.mail_to(NEW);
    booth.waits(61).types("1234").clicks_on(&Msg::ButtonSendCodeAgain).sees_msg(&Msg::CodeComing);
    booth.pictured("register-code-again").runs_courier().waits(61).runs_courier();
    let second = booth.post.mail_to(NEW);
    assert_ne!(first, second);
    booth.types(&format!("{first}⏎")).sees("Le quedan 4 intentos").presses([Key::Backspace; 8]);
    booth.types(&format!("{second}⏎")).sees_msg(&Msg::RegisteredNow);
    assert!(booth.audited().contains(&(Action::SendCodeAgain, Outcome::Done)));
}

#[test]
fn more_codes_than_an_address_may_get_are_not_promised() {
    let mut booth = Booth::new();
    booth.fills_in("50000000-7", "12345678-5", NEW, "Guitarra+9").types("⏎⏎").runs_courier();
    for _ in 0..2 {
        booth.stays(61).runs_courier().clicks_on(&Msg::ButtonSendCodeAgain);
    }
    booth.stays(61).runs_courier().clicks_on(&Msg::ButtonSendCodeAgain).sees_msg(&Msg::WrongCodeLimit);
    let sent = booth.post.mail_count();
    booth.runs_courier();
    assert_eq!(booth.post.mail_count(), sent);
}
