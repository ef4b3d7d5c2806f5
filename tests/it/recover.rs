//! *Recuperar CS* by keys: the three ways of the guide, and everything that can go wrong.

use totem::domain::deed::{Action, Outcome};
use totem::domain::found::Found;
use totem::effect::Effect;
use totem::event::Key;
use totem::page::{Block, Words};
use totem::text::Msg;

use crate::booth::{ANSWER, Booth, CLAVE, COMPANY, Company, MAILBOX, MOBILE, OWN_MAILBOX, questions};

impl Booth {
    /// To the company's question: *Tengo la respuesta*.
    pub fn asks_for_question(&mut self, company: &str) -> &mut Self {
        self.takes_road("1").types(&format!("{company}⏎"))
    }

    /// To the representative: *No la recuerdo*.
    pub fn has_no_answer(&mut self, company: &str) -> &mut Self {
        self.takes_road("2").types(&format!("{company}⏎")).is_at(&Msg::RecoverRepresentativeHeading)
    }

    /// One of the guide's three cases, and on to the company.
    pub fn takes_road(&mut self, case: &str) -> &mut Self {
        self.enters("2").is_at(&Msg::RecoverRoadHeading).chooses(case).is_at(&Msg::RecoverCompanyHeading)
    }

    /// On to the representative, by the check box.
    pub fn forgets_answer(&mut self) -> &mut Self {
        self.types("⇥").chooses(" ").is_at(&Msg::RecoverRepresentativeHeading)
    }

    /// On to the address, with the representative and their card.
    pub fn shows_card(&mut self, representative: &str, serial: &str) -> &mut Self {
        self.types(&format!("{representative}⏎")).is_at(&Msg::RecoverCardHeading);
        self.types(&format!("{serial}⏎"))
    }

    /// *Pregunta Secreta*, as the page has it.
    pub fn question(&self) -> Option<Words> {
        self.page()
            .blocks
            .into_iter()
            .find_map(|block| match block {
                Block::Facts(facts) => facts.into_iter().find(|fact| fact.label == Msg::LabelQuestion),
                _ => None,
            })
            .map(|fact| fact.value)
    }

    /// What is said under the field in error.
    pub fn error(&self) -> Option<String> {
        self.page().blocks.iter().find_map(|block| match block {
            Block::Field(field) => field.error.as_ref().map(|error| self.says(error)),
            _ => None,
        })
    }
}

#[test]
fn by_the_answer_within_eight_strokes() {
    let mut booth = Booth::with_company();
    booth.asks_for_question(COMPANY).sees("NOMBRE DE MI MASCOTA").pictured("recover-question");
    booth.types(" FIRULAIS ⏎").is_at(&Msg::RecoverConfirmHeading).pictured("recover-confirm");
    booth.letters().types("⏎");
    booth.is_at(&Msg::SuccessHeading).sees_msg(&Msg::SentBySms).sees_msg(&Msg::SentByMail);
    booth.sees("contxxxx@comxxxx").sees_not(MAILBOX).pictured("recover-sent-by-both");
    booth.types("⏎").is_at_rest();
    assert!(booth.strokes <= 8, "{} strokes", booth.strokes);
    booth.runs_courier();
    assert_ne!(booth.post.mail_to(MAILBOX), booth.post.text_to(MOBILE));
    assert_eq!((booth.post.mail_count(), booth.post.text_count(MOBILE)), (1, 1));
    let audited = booth.audited();
    assert!(audited.contains(&(Action::CheckAnswer, Outcome::Right)));
    assert!(audited.contains(&(Action::RequestRecovery, Outcome::Done)));
}

#[test]
fn by_the_card_within_nine_strokes() {
    let mut booth = Booth::with_company();
    booth.enters("2").is_at(&Msg::RecoverRoadHeading).pictured("recover-road").chooses("2");
    booth.types(&format!("{COMPANY}⏎")).is_at(&Msg::RecoverRepresentativeHeading);
    booth.pictured("recover-representative");
    booth.shows_card("11111111-1", "B1C234567").is_at(&Msg::RecoverAddressHeading);
    booth.sees("contxxxx@comxxxx").pictured("recover-address");
    booth.chooses("1").is_at(&Msg::RecoverConfirmHeading).letters().types("⏎");
    booth.is_at(&Msg::SuccessHeading).sees_msg(&Msg::SentToCompany).pictured("recover-sent");
    booth.types("⏎").is_at_rest().runs_courier();
    assert!(booth.strokes <= 9, "{} strokes", booth.strokes);
    assert_eq!((booth.post.mail_count(), booth.post.text_count(MOBILE)), (1, 0));
    let audited = booth.audited();
    assert!(audited.contains(&(Action::CheckRepresentative, Outcome::Found(Found::RepresentativeCurrent))));
    assert!(audited.contains(&(Action::CheckCard, Outcome::Found(Found::CardMatches))));
}

#[test]
fn a_company_without_question_goes_to_the_representative_at_once() {
    let mut booth = Booth::new().knows(Company { has_question: false, ..Company::default() });
    booth.asks_for_question(COMPANY).is_at(&Msg::RecoverRepresentativeHeading);
    booth.sees_msg(&Msg::RecoverWithoutQuestion).pictured("recover-without-question");
    booth.shows_card("22.222.222-2", "222222222").chooses("1").letters().types("⏎");
    booth.is_at(&Msg::SuccessHeading).runs_courier();
    assert_eq!(booth.post.subjects(MAILBOX).len(), 1);
    assert!(booth.post.subjects(OWN_MAILBOX).is_empty());
}

#[test]
fn a_scanned_card_fills_in_both_fields() {
    let mut booth = Booth::with_company();
    booth.asks_for_question(COMPANY).forgets_answer();
    let scanned = "https://portal.example/docstatus?RUN=11111111-1&type=CEDULA&serial=B1C234567\
                   &mrz=B1C234567975123193412318";
    booth.types(scanned).types("⏎").is_at(&Msg::RecoverCardHeading).sees("B1C234567");
    booth.types("⏎").is_at(&Msg::RecoverAddressHeading);
}

/// Each unknown RUT has a question of its own, always the same; nothing on the way reveals that
/// there is no account (S9).
#[test]
fn an_unknown_company_sees_what_a_known_one_sees() {
    let mut known = Booth::with_company();
    let mut unknown = Booth::with_company();
    for (booth, company) in [(&mut known, COMPANY), (&mut unknown, "50000000-7")] {
        booth.asks_for_question(company);
        assert!(questions().iter().any(|question| booth.shows(question.as_str())), "{}", booth.read());
        booth.types("Micifuz⏎").is_at_question();
    }
    assert_eq!(known.error(), unknown.error());
    known.sees("Le quedan 9 intentos").pictured("recover-mismatch");
    assert!(known.audited().contains(&(Action::CheckAnswer, Outcome::Wrong)));
    assert!(unknown.audited().contains(&(Action::CheckAnswer, Outcome::NoAccount)));
    // Asking for the question is on record, with what nobody at the kiosk is told (S23).
    assert!(unknown.audited().contains(&(Action::BeginRecovery, Outcome::NoAccount)));
    assert!(known.audited().contains(&(Action::BeginRecovery, Outcome::Done)));
    let asked = unknown.question();
    unknown.leaves().asks_for_question("50.000.000-7");
    assert!(asked.is_some());
    assert_eq!(unknown.question(), asked);
}

/// The card is right, and there is nothing to recover: only then is the person told.
#[test]
fn a_company_without_account_is_led_to_the_registration() {
    let mut booth = Booth::new();
    booth.has_no_answer(COMPANY).shows_card("11111111-1", "B1C234567");
    booth.is_at(&Msg::RecoverNotRegisteredHeading).pictured("recover-not-registered");
    booth.chooses("1").is_at(&Msg::RegisterCompanyHeading);
    booth.runs_courier();
    assert_eq!(booth.post.mail_count(), 0);
}

/// Company, representative, card, and what the register said; the person isn't told which was
/// wrong.
const REFUSED_CARDS: [(&str, &str, &str, Found); 6] = [
    (COMPANY, "11111111-1", "123456789", Found::CardDoesNotMatch),
    ("99999998-0", "44444444-4", "A012345678", Found::CardExpired),
    ("99999997-2", "40000000-K", "400000001", Found::CardNotCurrent),
    ("99999996-4", "41111111-3", "411111111", Found::CardBlocked),
    ("99999994-8", "42222222-7", "422222222", Found::CardHolderDeceased),
    (COMPANY, "22222222-2", "999999999", Found::CardDoesNotMatch),
];

#[test]
fn every_refused_card_gives_the_same_sentence() {
    let mut errors = Vec::new();
    for (company, representative, serial, found) in REFUSED_CARDS {
        let mut booth = Booth::with_company();
        booth.asks_for_question(company).forgets_answer().shows_card(representative, serial);
        booth.is_at(&Msg::RecoverCardHeading);
        errors.push(booth.error().expect("the card was refused"));
        assert!(booth.audited().contains(&(Action::CheckCard, Outcome::Found(found))), "{found:?}");
    }
    errors.dedup();
    assert_eq!(errors, [Booth::new().says(&Msg::MismatchCard { tries: 4 })]);
}

#[test]
fn former_and_false_representatives_hear_the_same() {
    let mut errors = Vec::new();
    for (representative, found) in
        [("33333333-3", Found::RepresentativeFormer), ("12345678-5", Found::RepresentativeNever)]
    {
        let mut booth = Booth::with_company();
        booth.asks_for_question(COMPANY).forgets_answer().types(&format!("{representative}⏎"));
        errors.push(booth.is_at(&Msg::RecoverRepresentativeHeading).error());
        assert!(booth.audited().contains(&(Action::CheckRepresentative, Outcome::Found(found))));
    }
    assert!(errors[0].is_some() && errors[0] == errors[1], "{errors:?}");
}

#[test]
fn a_register_that_is_down_is_nobodys_failure() {
    let mut booth = Booth::new().knows(Company { rut: "99999992-1", ..Company::default() });
    booth.asks_for_question("99999992-1").forgets_answer();
    for _ in 0..4 {
        booth.types("43333333-0⏎").is_at(&Msg::StopSiiHeading).types("⏎").is_at(&Msg::StopSiiHeading);
        booth.types("␛").is_at(&Msg::RecoverRepresentativeHeading).sees("43.333.333-0");
        booth.presses([Key::Backspace; 12]);
    }
    booth.shows_card("45555555-8", "455555555").is_at(&Msg::StopRegistroCivilHeading);
    booth.pictured("stop-registro-civil");
    assert!(booth.audited().contains(&(Action::CheckCard, Outcome::Found(Found::RegistroCivilDown))));
    // *Pedir ayuda* is F2; nothing typed is lost.
    booth.chooses("2").is_at(&Msg::StaffHeading).types("␛").is_at(&Msg::StopRegistroCivilHeading);
    booth.chooses("3").is_at(&Msg::RecoverCardHeading).sees("455555555");
}

/// The table of S10, on the kiosk's clock: how long the next try waits after how many failures.
#[test]
fn failures_make_the_next_one_wait_and_the_right_answer_forgives() {
    let mut booth = Booth::with_company();
    booth.asks_for_question(COMPANY);
    let try_it = |booth: &mut Booth, answer: &str| {
        booth.types(&format!("{answer}⏎"));
    };
    for (failure, wait_seconds) in [(1, 0), (2, 0), (3, 5), (4, 15), (5, 60), (6, 300), (7, 900), (8, 3600)] {
        booth.types("no⏎").sees_msg(&Msg::WrongAnswerShort).presses([Key::Backspace; 2]);
        try_it(&mut booth, &format!("otro{failure}"));
        let left = if failure == 9 { "1 intento.".to_string() } else { format!("{} intentos", 10 - failure) };
        booth.sees(&format!("Le quedan {left}"));
        booth.presses([Key::Backspace; 5]);
        if wait_seconds > 0 {
            try_it(&mut booth, ANSWER);
            booth.is_at(&Msg::StopWaitHeading).stays(wait_seconds - 1).types("⏎");
            booth.is_at(&Msg::StopWaitHeading).stays(1);
            booth.types("␛").is_at_question().presses([Key::Backspace; 8]);
        }
    }
    try_it(&mut booth, ANSWER);
    booth.letters().types("⏎").is_at(&Msg::SuccessHeading).leaves();
    booth.asks_for_question(COMPANY);
    try_it(&mut booth, "otro");
    booth.sees("Le quedan 9 intentos");
    assert!(booth.audited().contains(&(Action::CheckAnswer, Outcome::MustWait)));
}

impl Booth {
    pub fn is_at_question(&mut self) -> &mut Self {
        assert!(self.shows("Respuesta Secreta"), "{}", self.read());
        self
    }
}

/// Ten failures block for a day. The clave in use still opens; only this flow is blocked (S10).
#[test]
fn ten_failures_block_for_a_day() {
    let mut booth = Booth::with_company();
    booth.asks_for_question(COMPANY).types("otro");
    for failure in 1..=10 {
        booth.types("⏎").is_at_question();
        if failure < 10 {
            booth.stays(3600).types(&format!("otro {failure}"));
        }
    }
    booth.sees_msg(&Msg::MismatchNoneHours { hours: 24 }).types("⏎");
    booth.is_at(&Msg::StopWaitHeading).sees("Vuelva a intentar en 24 horas").pictured("stop-wait-hours");
    booth.leaves().waits(24 * 3600 - 1).asks_for_question(COMPANY);
    booth.types(&format!("{ANSWER}⏎")).is_at(&Msg::StopWaitHeading).stays(1);
    booth.types("⏎").letters().types("⏎").is_at(&Msg::SuccessHeading);
}

/// One recovery, and the key that comes with it.
fn recovered(booth: &mut Booth) -> String {
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).letters().types("⏎");
    booth.is_at(&Msg::SuccessHeading).leaves().runs_courier();
    booth.post.mail_to(MAILBOX)
}

#[test]
fn a_sent_key_opens_choosing_ones_own_and_then_all_others_are_dead() {
    let mut booth = Booth::with_company();
    let first = recovered(&mut booth);
    booth.waits(61);
    let second = recovered(&mut booth);
    let by_sms = booth.post.text_to(MOBILE);
    assert_eq!(first.len(), 10);
    assert_ne!(first, second);
    // Until then the clave in use keeps working.
    booth.validates(CLAVE).is_at(&Msg::ChangeOwnHeading).leaves();
    for sent in [&first, &second, &by_sms] {
        booth.validates(sent).is_at(&Msg::ChangeSentHeading).leaves();
    }
    booth.validates(&first).pictured("change-sent").types("Guitarra+9⏎Guitarra+9⏎").letters().types("⏎");
    booth.is_at(&Msg::SuccessHeading).sees_msg(&Msg::Changed).leaves();
    for dead in [CLAVE, &first, &second, &by_sms] {
        booth.validates(dead).is_at(&Msg::ChangeWhoHeading).sees("Los datos no coinciden").leaves();
        booth.waits(3600);
    }
    booth.validates("Guitarra+9").is_at(&Msg::ChangeOwnHeading);
    booth.runs_courier();
    let subjects = booth.post.subjects(OWN_MAILBOX);
    assert_eq!(subjects, ["Cambió la Clave Sence de su empresa"]);
    assert!(!booth.post.newest_mail(OWN_MAILBOX).contains("Guitarra+9"));
}

#[test]
fn a_sent_key_dies_after_a_day() {
    let mut booth = Booth::with_company();
    let sent = recovered(&mut booth);
    booth.waits(24 * 3600 - 60).validates(&sent).is_at(&Msg::ChangeSentHeading).leaves();
    booth.waits(60).validates(&sent).is_at(&Msg::ChangeWhoHeading).sees("Los datos no coinciden");
}

#[test]
fn going_back_loses_nothing() {
    let mut booth = Booth::with_company();
    booth.asks_for_question(COMPANY).types(ANSWER).types("⏎").is_at(&Msg::RecoverConfirmHeading);
    booth.types("␛").is_at_question().sees_not(ANSWER).presses([Key::F(3)]).sees(ANSWER);
    booth.forgets_answer().shows_card("11111111-1", "B1C234567").is_at(&Msg::RecoverAddressHeading);
    booth.types("␛").sees("B1C234567").types("␛").sees("11.111.111-1").types("␛");
    booth.is_at_question().presses([Key::BackTab, Key::F(3)]).sees(ANSWER);
    booth.types("␛").sees("99.999.999-9").types("␛").is_at(&Msg::RecoverRoadHeading);
    booth.types("␛").is_at(&Msg::MenuHeading).types("␛").is_at_rest();
}

#[test]
fn a_tick_stays_and_taken_away_it_asks_for_the_answer_again() {
    let mut booth = Booth::with_company();
    booth.asks_for_question(COMPANY).forgets_answer().types("␛").is_at_question().sees("[x]");
    booth.types("⏎").is_at(&Msg::RecoverRepresentativeHeading).types("␛␛⏎").is_at_question().sees("[x]");
    booth.chooses(" ").is_at_question().sees("[ ]").types("⏎").sees_msg(&Msg::MissingAnswer);
    booth.types(&format!("{ANSWER}⏎")).is_at(&Msg::RecoverConfirmHeading);
    // An answer that is typed after all counts, whatever the tick.
    booth.types("␛").is_at_question().presses([Key::Tab]).chooses(" ").types("␛");
    booth.is_at_question().sees("[x]").presses([Key::BackTab]).types("⏎").is_at(&Msg::RecoverConfirmHeading);
}

#[test]
fn a_card_number_goes_with_whose_card_it_is() {
    let mut booth = Booth::with_company();
    booth.asks_for_question(COMPANY).forgets_answer().types("11111111-1⏎").types("B1C234567␛⏎");
    booth.is_at(&Msg::RecoverCardHeading).sees("B1C234567").types("␛").presses([Key::Backspace; 12]);
    booth.types("22222222-2⏎").is_at(&Msg::RecoverCardHeading).sees_not("B1C234567");
}

#[test]
fn what_was_wrong_is_not_said_of_a_page_that_is_seen_again() {
    let mut booth = Booth::with_company();
    booth.takes_road("1").types("99999999-8⏎").sees_msg(&Msg::FrameError).types("␛").chooses("1");
    booth.sees_not("ERROR").presses([Key::Backspace; 12]).types(&format!("{COMPANY}⏎")).is_at_question();
    booth.types("no⏎").sees_msg(&Msg::WrongAnswerShort).types("␛⏎").is_at_question();
    booth.sees("no").sees_not("ERROR");
}

/// An option under the cursor was not chosen by anybody (*¿El email es correcto?*).
#[test]
fn enter_takes_no_option_that_nobody_went_to() {
    let mut booth = Booth::with_company();
    booth.asks_for_question(COMPANY).forgets_answer().shows_card("11111111-1", "B1C234567");
    booth.types("⏎⏎").is_at(&Msg::RecoverAddressHeading).sees_msg(&Msg::MissingEmailIsRight);
    booth.presses([Key::Down, Key::Up]).types("⏎").is_at(&Msg::RecoverConfirmHeading);
    booth.types("␛").is_at(&Msg::RecoverAddressHeading).presses([Key::Down]).types("⏎");
    booth.is_at(&Msg::RecoverAddressHeading).sees("Email Actual");
}

#[test]
fn the_store_that_is_down_loses_nothing() {
    let mut booth = Booth::with_company();
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).letters().store_is_down(true).types("⏎");
    booth.is_at(&Msg::StopStoreHeading).pictured("stop-store").types("⏎").is_at(&Msg::StopStoreHeading);
    booth.store_is_down(false).types("⏎").is_at(&Msg::SuccessHeading);
    let asked = booth.asked.iter().filter(|effect| matches!(effect, Effect::RecoverWithAnswer { .. }));
    assert_eq!(asked.count(), 3);
    booth.runs_courier();
    assert_eq!(booth.post.mail_count(), 1);
}

/// Whoever types their own RUT where the company's is asked for is told so before it costs a try, with or
/// without an account under it, and on every road. They may go on: no official text keeps companies from
/// such a number.
#[test]
fn the_rut_of_a_person_is_pointed_out_before_it_costs_a_try() {
    let mut booth = Booth::with_company();
    let pointed_out = booth.says(&Msg::RutOfAPerson);
    booth.enters("2").chooses("1").types("12345678-5⏎").is_at(&Msg::RecoverCompanyHeading);
    booth.sees_msg(&Msg::RutOfAPerson).pictured("recover-rut-of-a-person");
    booth.presses([Key::EraseLine]).sees_not(&pointed_out).types("99999999-9⏎");
    booth.is_at(&Msg::RecoverQuestionHeading).leaves();
    booth.takes_road("2").types("12345678-5⏎").sees_msg(&Msg::RutOfAPerson);
    booth.types("⏎").is_at(&Msg::RecoverRepresentativeHeading).leaves();
    for road in ["3", "5"] {
        booth.enters(road).types("12345678-5⏎11111111-1⏎Guitarra+9⏎").sees_msg(&Msg::RutOfAPerson);
        booth.sees_not("Le quedan").presses([Key::EraseLine]).types("99999999-9⏎⏎");
        booth.leaves();
    }
}
