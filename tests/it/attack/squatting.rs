//! A company that somebody else registered, recovered or holds a former mailbox of (T1 to T6, T11): what
//! the thief gets, what the owner hears, and how the owner gets in.

use totem::domain::contact::Contact;
use totem::domain::deed::{Action, Outcome};
use totem::domain::pending::RegistrationEvidence;
use totem::domain::secret::Secret;
use totem::domain::staff::Role;
use totem::effect::{DataChange, Effect, Reply};
use totem::event::Key;
use totem::text::Msg;

use crate::booth::{Booth, CLAVE, COMPANY, Company, MAILBOX, MOBILE, OWN_MAILBOX, Outside};

const THIEF: &str = "ladron@correo.example";
const OWNER: &str = "ana@panaderia.example";
const STAFF: &str = "rosa";
const STOLEN: &str = "Ladron+17x";
const OWN: &str = "Guitarra+9";

impl Booth {
    /// Whether this clave opens *Cambiar* for the company.
    fn opens(&mut self, company: &str, representative: &str, clave: &str) -> bool {
        self.enters("3").types(&format!("{company}⏎{representative}⏎{clave}⏎"));
        let heading = self.page().heading;
        self.leaves();
        heading == Msg::ChangeOwnHeading.into() || heading == Msg::ChangeSentHeading.into()
    }

    /// By the card to another address, as far as the page that says what the key waits for.
    fn asks_for_key_at(&mut self, email: &str) -> &mut Self {
        self.asks_for_question(COMPANY);
        if self.page().heading != Msg::RecoverRepresentativeHeading.into() {
            self.forgets_answer();
        }
        self.shows_card("11111111-1", "B1C234567").is_at(&Msg::RecoverAddressHeading).chooses("2");
        self.types(&format!("{email}⏎")).letters().types("⏎").is_at(&Msg::CodeHeading).runs_courier();
        let code = self.post.mail_to(email);
        self.types(&format!("{code}⏎"))
    }
}

/// Two RUTs and a mailbox of one's own make no account: without the card nothing comes of it.
#[test]
fn two_public_ruts_register_nothing() {
    let mut booth = Booth::new();
    booth.enters("1").types(&format!("{COMPANY}⏎")).chooses("2").types("Liceo 7⏎");
    booth.types("providen⏎Calle⏎1⏎⏎⏎").types(&format!("{THIEF}⏎223456789⏎⏎")).chooses(" ").types("⏎");
    booth.types("11111111-1⏎").is_at(&Msg::RecoverCardHeading);
    // Whose name it is, nobody hears for two RUTs.
    booth.sees_not("Ana").sees_not("ANA");
    for _ in 0..5 {
        booth.types("A00000000⏎").presses([Key::Backspace; 9]);
    }
    booth.leaves().waits(61).runs_courier();
    assert!(booth.account(COMPANY).is_none());
    assert_eq!(booth.post.mail_count(), 0);
}

/// The register may be silent, and the claim false: still no account without the card.
#[test]
fn an_application_made_while_the_registers_are_down_is_checked_with_its_card() {
    let mut booth = Booth::new();
    booth.registers_are_down(true).enters("1").types(&format!("{COMPANY}⏎"));
    booth.clicks_on(&Msg::ButtonGoOnUnchecked).types("Comercial⏎").chooses("2").types("Liceo 7⏎");
    booth.types("providen⏎Calle⏎1⏎⏎⏎").types(&format!("{THIEF}⏎223456789⏎⏎")).chooses(" ").types("⏎");
    booth.types("11111111-1⏎").is_at(&Msg::RecoverCardHeading).types("A00000000⏎");
    booth.clicks_on(&Msg::ButtonGoOnUnchecked).types("Ana⏎87654321⏎x@correo.example⏎");
    booth.types(&format!("{STOLEN}⏎{STOLEN}⏎")).letters().types("⏎").types("⏎⏎").is_at(&Msg::CodeHeading);
    let code = booth.runs_courier().post.mail_to(THIEF);
    booth.types(&format!("{code}⏎")).is_at(&Msg::TakenHeading).leaves();
    booth.registers_are_down(false).waits(61).checks_pending().waits(61).runs_courier();
    assert!(booth.account(COMPANY).is_none());
    assert!(!booth.opens(COMPANY, "11111111-1", STOLEN));
}

/// Seen: the squatter's notice undid the owner's recovery for ever. With a copy of the card a thief may
/// hold an unregistered company until its owner comes with staff, and never longer.
#[test]
fn a_squatter_holds_a_company_until_its_owner_comes_and_never_longer() {
    let mut booth = Booth::new();
    booth.employs(STAFF, Role::Helper);
    booth.registers(COMPANY, "11111111-1", THIEF).clicks_on(&Msg::ButtonNoMobileHere).leaves();
    assert!(booth.opens(COMPANY, "11111111-1", OWN), "the thief's, with a copy of the card");
    booth.waits(61).runs_courier();

    booth.asks_for_key_at(OWNER).is_at(&Msg::RecoverHeldHeading).confirms_card(STAFF);
    booth.is_at(&Msg::SuccessHeading).leaves().runs_courier();
    let key = booth.post.mail_to(OWNER);
    booth.changes(&key, CLAVE).leaves().waits(61).runs_courier();
    assert!(booth.opens(COMPANY, "11111111-1", CLAVE));
    assert!(!booth.opens(COMPANY, "11111111-1", OWN), "the thief's clave is over");
    // Whatever codes the thief was ever sent: none of them undoes or freezes. The owner's own would freeze.
    let of_owner = booth.post.mail_to(OWNER);
    for code in booth.post.secrets() {
        if code.len() == 8 && code != of_owner {
            booth.undoes(&code).leaves().waits(3_600);
        }
    }
    assert!(booth.opens(COMPANY, "11111111-1", CLAVE));
    assert!(!booth.account(COMPANY).expect("it has one").trust.is_frozen());
    // Nor does the thief's mailbox get a key any more.
    booth.waits(86_400).asks_for_question(COMPANY).types("Liceo 7⏎");
    booth.leaves().waits(61).runs_courier();
    assert!(booth.post.subjects(THIEF).iter().filter(|subject| subject.contains("provisoria")).count() == 0);
}

/// Seen: the owner registered, and nothing came to her. She is led to a recovery, held or in person.
#[test]
fn the_owner_of_a_squatted_company_who_registers_is_led_on() {
    let mut booth = Booth::new();
    booth.employs(STAFF, Role::Helper);
    booth.registers(COMPANY, "11111111-1", THIEF).clicks_on(&Msg::ButtonNoMobileHere).leaves();
    booth.waits(61).registers(COMPANY, "11111111-1", OWNER).is_at(&Msg::RecoverHeldHeading);
    booth.sees_msg(&Msg::RegisteredBefore).confirms_card(STAFF).is_at(&Msg::SuccessHeading).leaves();
    booth.runs_courier();
    let key = booth.post.mail_to(OWNER);
    assert!(booth.opens(COMPANY, "11111111-1", &key));
}

/// Where the office wants to see people, a thief registers nothing at all.
#[test]
fn in_person_a_copy_of_the_card_registers_nothing() {
    let mut booth = Booth::over(Outside { registration: RegistrationEvidence::Person, ..Outside::default() });
    booth.registers(COMPANY, "11111111-1", THIEF).is_at(&Msg::RegisterInPersonHeading).leaves();
    assert!(booth.account(COMPANY).is_none());
    assert!(!booth.opens(COMPANY, "11111111-1", OWN));
}

/// Seen: an ex-employee's mailbox undid what the owner did in person. Once the address was changed in
/// person, the former ones hear, and have nothing that works but one freeze.
#[test]
fn a_mailbox_of_the_past_freezes_once_and_gets_nothing() {
    let mut booth = Booth::with_company();
    booth.employs(STAFF, Role::Helper);
    booth.asks_for_key_at(OWNER).confirms_card(STAFF).leaves().waits(61).runs_courier();
    let (key, code) = (booth.post.mail_to(OWNER), booth.post.mail_to(MAILBOX));
    booth.changes(&key, OWN).leaves().waits(61).runs_courier();
    booth.undoes(&code).sees_msg(&Msg::UndoneFrozen).leaves();
    booth.undoes(&code).is_at(&Msg::StopFrozenHeading).leaves().waits(61).runs_courier();
    // Frozen, nobody gets in, and who brings the card or the clave is told what to bring.
    assert!(!booth.opens(COMPANY, "11111111-1", CLAVE) && !booth.opens(COMPANY, "11111111-1", OWN));
    booth.validates(OWN).is_at(&Msg::StopFrozenHeading).leaves();
    let frozen = "La Clave Sence de su empresa quedó congelada";
    assert!(booth.post.subjects(OWNER).contains(&frozen.to_string()));
}

/// A key to a new address can always be stopped by somebody on file: where that is nobody who proved a
/// channel, no clock lets it go.
#[test]
fn a_hold_without_anybody_to_stop_it_waits_for_staff() {
    let mut booth = Booth::new().knows(Company { is_proved: false, ..Company::default() });
    booth.asks_for_key_at(THIEF).is_at(&Msg::RegisterInPersonHeading).sees_msg(&Msg::RecoverHeldInPerson);
    booth.pictured("recover-held-in-person").leaves().waits(7 * 86_400).runs_courier();
    assert!(!booth.post.subjects(THIEF).iter().any(|subject| subject.contains("provisoria")));
}

/// One key to a new address waits at a time, so that a second one pushes no code out.
#[test]
fn a_second_hold_waits_for_staff() {
    let mut booth = Booth::with_company();
    booth.asks_for_key_at(THIEF).sees_msg(&Msg::RecoverHeld).leaves().waits(61).runs_courier();
    let stops = booth.post.mail_to(MAILBOX);
    booth.asks_for_key_at("otro@correo.example").sees_msg(&Msg::RecoverHeldBeside { hours: 24 }).leaves();
    booth.undoes(&stops).sees_msg(&Msg::Undone).leaves().waits(2 * 86_400).runs_courier();
    let keys = [THIEF, "otro@correo.example"]
        .map(|to| booth.post.subjects(to).iter().filter(|subject| subject.contains("provisoria")).count());
    assert_eq!(keys, [0, 0], "a code each, and no key");
}

/// Nothing secret goes to a channel that nobody proved; who brings the answer proves it in the visit.
#[test]
fn an_unproved_mailbox_gets_a_code_before_a_key() {
    let mut booth = Booth::new().knows(Company { is_proved: false, ..Company::default() });
    booth.asks_for_question(COMPANY).types("Firulais⏎").letters().types("⏎");
    booth.is_at(&Msg::CodeHeading).runs_courier();
    assert_eq!(booth.post.subjects(MAILBOX), ["Su código para confirmar este correo"]);
    assert_eq!(booth.post.text_count(MOBILE), 0);
    let code = booth.post.mail_to(MAILBOX);
    booth.types(&format!("{code}⏎")).is_at(&Msg::SuccessHeading).leaves().waits(61).runs_courier();
    let key = booth.post.mail_to(MAILBOX);
    assert!(booth.opens(COMPANY, "11111111-1", &key));
    // The second time there is nothing left to prove.
    booth.waits(3_600).asks_for_question(COMPANY).types("Firulais⏎").letters().types("⏎");
    booth.is_at(&Msg::SuccessHeading).leaves();
}

/// *Enviar una copia* goes nowhere until the mailbox is proved, and it can be proved later.
#[test]
fn a_copy_waits_for_the_mailbox_to_be_proved() {
    let mut booth = Booth::new().knows(Company { is_proved: false, ..Company::default() });
    booth.sees_data().clicks_on(&Msg::ButtonMyData).clicks_on(&Msg::ButtonSendCopy);
    booth.sees_msg(&Msg::NotProved).pictured("copy-not-proved").clicks_on(&Msg::ButtonProveContacts);
    let code = booth.is_at(&Msg::CodeHeading).runs_courier().post.mail_to(MAILBOX);
    booth.types(&format!("{code}⏎")).clicks_on(&Msg::ButtonLater).clicks_on(&Msg::ButtonLater);
    booth.is_at(&Msg::UpdateSavedHeading).leaves().waits(61).runs_courier();
    booth.sees_data().clicks_on(&Msg::ButtonMyData).clicks_on(&Msg::ButtonSendCopy);
    booth.is_at(&Msg::SuccessHeading).leaves().runs_courier();
    assert!(booth.post.newest_mail(MAILBOX).contains("Comercial Ejemplo Limitada"));
    assert_eq!(booth.post.subjects(OWN_MAILBOX).len(), 1, "a code, which was not typed");
}

/// Once the account was given in person, a new address comes onto it in person only.
#[test]
fn after_a_deed_in_person_an_address_changes_in_person() {
    let mut booth = Booth::with_company();
    booth.employs(STAFF, Role::Helper);
    booth.asks_for_key_at(OWNER).confirms_card(STAFF).leaves().waits(61).runs_courier();
    let key = booth.post.mail_to(OWNER);
    booth.changes(&key, OWN).leaves().waits(86_401);
    booth.asks_for_key_at(THIEF).sees_msg(&Msg::RecoverHeldInPerson).leaves();
    assert_eq!(booth.post.subjects(THIEF).len(), 1, "its code");
}

/// Seen: three codes that a stranger asked for used up what the owner's key needed.
#[test]
fn what_strangers_ask_for_keeps_no_key_from_its_owner() {
    let mut booth = Booth::with_company();
    for _ in 0..3 {
        booth.fills_in("50000000-7", "12345678-5", MAILBOX, OWN).types("⏎⏎").is_at(&Msg::CodeHeading);
        booth.leaves().runs_courier().waits(61);
    }
    // The fourth is refused at once: three an hour at one terminal, three a day for one address.
    booth.fills_in("50000000-7", "12345678-5", MAILBOX, OWN).types("⏎⏎").is_at(&Msg::RegisterContactHeading);
    booth.sees_msg(&Msg::WrongCodeLimitAddress).leaves();
    booth.asks_for_question(COMPANY).types("Firulais⏎").letters().types("⏎").is_at(&Msg::SuccessHeading);
    booth.leaves().runs_courier();
    let key = booth.post.mail_to(MAILBOX);
    assert!(booth.opens(COMPANY, "11111111-1", &key));
}

/// A key over the budget waits, and the receipt says so; none is dropped.
#[test]
fn a_key_that_must_wait_says_so_and_comes() {
    let mut booth = Booth::with_company();
    for _ in 0..3 {
        booth.asks_for_question(COMPANY).types("Firulais⏎").letters().types("⏎");
        booth.is_at(&Msg::SuccessHeading).leaves().runs_courier().waits(61).runs_courier();
    }
    booth.asks_for_question(COMPANY).types("Firulais⏎").letters().types("⏎").is_at(&Msg::TakenHeading);
    booth.sees("este sale en").pictured("recover-key-waits").leaves().runs_courier();
    let before = booth.post.subjects(MAILBOX).len();
    booth.waits(3_600).runs_courier();
    assert_eq!(booth.post.subjects(MAILBOX).len(), before + 1);
    assert!(!booth.audited().iter().any(|(action, _)| *action == Action::LimitHit));
}

/// *No question on file* says nothing of an account: some of the RUTs without one are answered so too.
#[test]
fn the_absence_of_a_question_tells_of_no_account() {
    let mut booth = Booth::new();
    let mut without = 0;
    for body in 60_000_000..60_000_040u32 {
        let company = totem::domain::rut::Rut::of_body(body).expect("a RUT").to_string();
        booth.asks_for_question(&company);
        without += usize::from(booth.page().heading == Msg::RecoverRepresentativeHeading.into());
        let first = booth.question();
        booth.leaves().asks_for_question(&company);
        assert_eq!(booth.question(), first, "always the same for {company}");
        booth.leaves();
    }
    assert!((1..20).contains(&without), "{without} of 40");
    assert!(!booth.audited().contains(&(Action::BeginRecovery, Outcome::Done)));
}

/// No applicant hears of another, and an application blocks nobody.
#[test]
fn two_applications_know_nothing_of_each_other() {
    let mut booth = Booth::new();
    booth.fills_in(COMPANY, "11111111-1", THIEF, STOLEN).types("⏎⏎").is_at(&Msg::CodeHeading).leaves();
    booth.runs_courier().waits(61);
    booth.registers(COMPANY, "11111111-1", OWNER).clicks_on(&Msg::ButtonNoMobileHere).leaves();
    booth.waits(61).runs_courier();
    assert!(booth.opens(COMPANY, "11111111-1", OWN));
    assert_eq!(booth.post.subjects(THIEF).len(), 1, "its own code");
}

/// The same for whoever has the clave in use: a thief with it puts no contact of theirs on file.
#[test]
fn with_the_clave_alone_no_contact_comes_onto_an_account_given_in_person() {
    let mut booth = Booth::with_company();
    booth.employs(STAFF, Role::Helper);
    booth.asks_for_key_at(OWNER).confirms_card(STAFF).leaves().waits(61).runs_courier();
    let key = booth.post.mail_to(OWNER);
    booth.changes(&key, OWN).leaves();
    let Reply::ClaveRight(proved) = booth.performs(Effect::CheckClave {
        company: COMPANY.parse().expect("a RUT"),
        representative: "11111111-1".parse().expect("a RUT"),
        clave: Secret::new(OWN),
    }) else {
        panic!("it is the clave in use");
    };
    let contacts = vec![Contact::CompanyEmail(THIEF.parse().expect("a mailbox"))];
    let change = Box::new(DataChange { contacts, ..DataChange::default() });
    assert_eq!(booth.performs(Effect::SaveData(proved, change)), Reply::ContactInPerson);
    assert!(booth.post.subjects(THIEF).is_empty());
}
