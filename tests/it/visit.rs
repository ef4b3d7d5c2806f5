//! A visit as a whole: how it ends by itself, what the function keys do, and that nothing of one
//! person reaches the next.

use std::time::Duration;

use totem::audit::Entry;
use totem::domain::deed::{Action, Outcome};
use totem::domain::language::Language;
use totem::domain::staff::Role;
use totem::effect::{Effect, Reply};
use totem::event::{Event, Key, Target};
use totem::text::Msg;

use crate::booth::{ANSWER, Booth, CLAVE, COMPANY, PIN, answer_floor};

/// Goes to a page; then the seconds at which the warning comes and the visit ends.
fn left_alone(go: impl Fn(&mut Booth), warning: u64, end: u64) {
    let mut booth = Booth::with_company();
    go(&mut booth);
    let visit = booth.kiosk.visits();
    booth.waits(warning - 1).sees_not("¿Sigue ahí?").waits(1);
    booth.sees(&format!("En {} segundos", end - warning));
    // Any key stays, and does nothing else.
    let page = booth.page().blocks;
    booth.types("⏎").sees_not("¿Sigue ahí?");
    assert_eq!(booth.page().blocks, page);
    booth.waits(end - 1).sees(&format!("En {} segundos", (end - warning).min(10)));
    assert_eq!(booth.kiosk.visits(), visit);
    booth.waits(1).is_at_rest();
    assert_eq!(booth.kiosk.visits(), visit + 1);
}

/// Seen: ten tries gone, and nobody had typed a second answer.
#[test]
fn whoever_leans_on_enter_loses_one_try() {
    let mut booth = Booth::with_company();
    booth.asks_for_question(COMPANY).types("Micifuz⏎").sees_msg(&Msg::MismatchAnswer { tries: 9 });
    for _ in 0..12 {
        booth.types("⏎").sees_msg(&Msg::MismatchRepeated);
    }
    booth
        .pictured("recover-answer-repeated")
        .types("Micifuz Segundo⏎")
        .sees_msg(&Msg::MismatchAnswer { tries: 8 })
        .leaves();

    booth.has_no_answer(COMPANY).shows_card("11111111-1", "123456789");
    booth.sees_msg(&Msg::MismatchCard { tries: 4 }).types("⏎⏎⏎").sees_msg(&Msg::MismatchRepeated);
    booth.presses([Key::Backspace]).types("8⏎").sees_msg(&Msg::MismatchCard { tries: 3 }).leaves();

    // The clave is typed anew, and the same.
    booth.enters("3").types(&format!("{COMPANY}⏎11111111-1⏎Cualquier1⏎"));
    booth.sees_msg(&Msg::MismatchClave { tries: 7 }).types("Cualquier1⏎").sees_msg(&Msg::MismatchRepeated);
    booth.stays(5).types(&format!("{CLAVE}⏎")).is_at(&Msg::ChangeOwnHeading);
}

/// What was wrong may be right once something else happened.
#[test]
fn what_staff_did_meanwhile_lets_the_same_be_asked_again() {
    let mut booth = Booth::with_company();
    booth.employs("Rosa Araya", Role::Helper);
    booth.asks_for_question(COMPANY).types("Micifuz⏎").sees_msg(&Msg::MismatchAnswer { tries: 9 });
    booth.is_joined_by("Rosa Araya").types("␛⏎").sees_msg(&Msg::MismatchAnswer { tries: 8 });
}

#[test]
fn the_table_of_leaving() {
    left_alone(|booth| _ = booth.types("⏎"), 40, 60);
    left_alone(|booth| _ = booth.enters("2"), 40, 60);
    left_alone(|booth| _ = booth.enters("2").chooses("1").types("9"), 60, 120);
    left_alone(|booth| _ = booth.enters("2").chooses("1").types("9").presses([Key::F(8)]), 1140, 1200);
    left_alone(|booth| _ = booth.types("⏎").presses([Key::F(8)]), 540, 600);
    let recovered = |booth: &mut Booth| {
        booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).letters().types("⏎");
    };
    left_alone(recovered, 60, 90);
    let awaits_code = |booth: &mut Booth| {
        booth.asks_for_question(COMPANY).forgets_answer().shows_card("11111111-1", "B1C234567");
        booth.chooses("2").types("a@b.cl⏎").letters().types("⏎").is_at(&Msg::CodeHeading);
    };
    left_alone(awaits_code, 240, 300);
}

/// Nothing is lost that was never typed, and what was confirmed with a folio stays.
#[test]
fn the_warning_says_what_will_be_lost() {
    let mut booth = Booth::with_company();
    booth.enters("2").waits(40).sees_msg(&Msg::IdleWarningPage { seconds: 20 });
    booth.chooses("1").chooses("1").types("9").waits(60).sees_msg(&Msg::IdleWarning { seconds: 60 });
    booth.presses([Key::F(13)]).leaves();
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).letters().types("⏎");
    booth.is_at(&Msg::SuccessHeading).waits(60).sees_msg(&Msg::IdleWarningPage { seconds: 30 });
}

#[test]
fn the_warning_counts_down_and_forgets_everything() {
    let mut booth = Booth::with_company();
    booth.enters("3").types(&format!("{COMPANY}⏎11111111-1⏎{CLAVE}")).waits(60);
    booth.sees("En 60 segundos").pictured("idle-warning").waits(30).sees("En 30 segundos");
    booth.waits(29).sees("En 10 segundos").waits(1).is_at_rest();
    let mut fresh = Booth::new();
    fresh.enters("3").types("⇥⇥").presses([Key::F(3)]);
    booth.enters("3").types("⇥⇥").presses([Key::F(3)]);
    assert_eq!(booth.page(), fresh.page());
}

/// A person who only changed the look of the first page, or opened help on it, leaves nothing to
/// the next.
#[test]
fn the_first_page_comes_back_as_it_was() {
    for key in [Key::F(1), Key::F(2), Key::F(4), Key::F(6), Key::F(7), Key::F(8)] {
        let mut booth = Booth::new();
        let usual = booth.page();
        booth.presses([key]).waits(600).is_at_rest();
        assert_eq!((booth.page(), booth.kiosk.appearance()), (usual, Default::default()), "{key:?}");
        assert_eq!(booth.kiosk.deadline(), None, "{key:?}: nothing happens while nobody is there");
    }
    let mut booth = Booth::new();
    booth.waits(3600).is_at_rest();
    assert_eq!(booth.kiosk.visits(), 0);
}

#[test]
fn function_keys_mean_the_same_everywhere() {
    let mut booth = Booth::with_company();
    booth.enters("2").chooses("1").types("9").presses([Key::F(1)]).is_at(&Msg::HelpHeading).pictured("help");
    booth.presses([Key::F(1)]).is_at(&Msg::RecoverCompanyHeading).presses([Key::F(7)]);
    booth.sees("What is the company").presses([Key::F(7)]).presses([Key::F(4)]);
    assert!(booth.kiosk.appearance().high_contrast);
    booth.presses([Key::F(6)]);
    assert!(booth.kiosk.appearance().linear);
    booth.presses([Key::F(4), Key::F(6), Key::F(2)]).is_at(&Msg::StaffHeading).pictured("staff-called");
    booth.types("␛").is_at(&Msg::RecoverCompanyHeading);
    let Target::Field(_) = booth.page().focus else { panic!("the focus is where it was") };
    booth.clicks(Target::Key(Key::F(1))).is_at(&Msg::HelpHeading).types("⏎");
    assert!(booth.audited().contains(&(Action::CallStaff, Outcome::Done)));
}

#[test]
fn f10_asks_once() {
    let mut booth = Booth::new();
    booth.enters("2").chooses("1").types("9").presses([Key::F(10)]).is_at(&Msg::EndHeading).pictured("end");
    booth.types("⏎").is_at(&Msg::RecoverCompanyHeading).presses([Key::F(10)]).types("␛");
    booth.is_at(&Msg::RecoverCompanyHeading).presses([Key::F(10)]).chooses("1").is_at_rest();
    // Nothing typed, nothing asked.
    booth.enters("2").presses([Key::F(10)]).is_at_rest();
}

#[test]
fn staff_stand_in_for_the_letters() {
    let mut booth = Booth::with_company();
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).is_at(&Msg::RecoverConfirmHeading);
    booth.presses([Key::F(2)]).chooses("2").is_at(&Msg::StaffPinHeading).pictured("staff-pin");
    booth.types("0000").presses([Key::F(3)]).sees_not("0000").types("⏎1").sees_msg(&Msg::WrongPinShape);
    // What is no PIN is not asked about; the reason was already chosen: Enter after the PIN is enough.
    booth
        .types("1111⏎")
        .sees_msg(&Msg::WrongPinShape)
        .types("1222222⏎")
        .sees_msg(&Msg::WrongPin)
        .types(&format!("{PIN}⏎"))
        .is_at(&Msg::SuccessHeading);
    assert!(booth.audited().contains(&(Action::VouchForPerson, Outcome::Wrong)));
    assert_eq!(reason(&booth, Action::VouchForPerson), "No ve bien las letras");
}

/// A PIN comes with its reason: a digit, or words that are not on the list.
#[test]
fn a_pin_says_why() {
    let mut booth = Booth::with_company();
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).is_at(&Msg::RecoverConfirmHeading);
    booth.presses([Key::F(2)]).chooses("2").types(&format!("{PIN}⏎⇥⏎")).sees_msg(&Msg::MissingListedReason);
    // The list's words are recorded in the office's language, whatever the screen's.
    booth.presses([Key::F(7)]).types("3").sees_msg(&Msg::LabelReason).types("no⏎");
    booth.sees_msg(&Msg::WrongReason).pictured("staff-pin-other").types(" lee sin lentes⏎");
    booth.is_at(&Msg::SuccessHeading);
    assert_eq!(reason(&booth, Action::VouchForPerson), "no lee sin lentes");
    booth.leaves().asks_for_question(COMPANY).types(&format!("{ANSWER}⏎"));
    booth.presses([Key::F(2)]).chooses("2").types(&format!("{PIN}⏎3")).presses([Key::BackTab]);
    booth.types("1⏎").is_at(&Msg::SuccessHeading);
    assert_eq!(reason(&booth, Action::VouchForPerson), "No ve bien las letras");
}

/// Why the newest of these acts was done.
fn reason(booth: &Booth, action: Action) -> String {
    let done = |row: &Entry| row.action == action && row.outcome == Outcome::Done;
    booth
        .audit()
        .into_iter()
        .rfind(done)
        .and_then(|row| row.note)
        .map(|note| note.to_string())
        .unwrap_or_default()
}

#[test]
fn wrong_pins_wait_too() {
    let mut booth = Booth::with_company();
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).presses([Key::F(2)]).chooses("2");
    booth.types("1000000⏎1").sees_msg(&Msg::WrongPin);
    for _ in 1..3 {
        booth.types("1000000⏎").sees_msg(&Msg::WrongPin);
    }
    booth.types(&format!("{PIN}⏎")).sees_msg(&Msg::WrongPinWait).waits(5).types(&format!("{PIN}⏎"));
    booth.is_at(&Msg::SuccessHeading);
}

/// Twenty failing companies lock a terminal for half an hour, unless staff end it before (S11).
#[test]
fn a_terminal_with_many_failures_is_locked_for_a_while() {
    let mut booth = Booth::with_company();
    booth.employs("Rosa Araya", Role::Helper);
    for body in 60_000_001..60_000_021 {
        let company = totem::domain::rut::Rut::of_body(body).expect("it is in range");
        booth.enters("3").types(&format!("{company}⏎11111111-1⏎Cualquier1⏎")).leaves();
    }
    booth.validates(CLAVE).is_at(&Msg::StopTerminalHeading).pictured("stop-terminal");
    assert!(booth.audited().contains(&(Action::CheckClave, Outcome::TerminalLocked)));
    booth.chooses("2").chooses("2").signs_in("Rosa Araya").pictured("staff-panel-locked");
    booth.acts(&Msg::ButtonUnlockTerminal, "un curso entero").is_at(&Msg::ChangeOwnHeading);
    assert!(booth.audited().contains(&(Action::UnlockTerminal, Outcome::Done)));
}

/// Staff let a person go on whom too many tries made wait; a card number, which anybody may have
/// copied, does not.
#[test]
fn staff_end_a_companys_wait_and_a_card_does_not() {
    let mut booth = Booth::with_company();
    booth.employs("Rosa Araya", Role::Helper);
    for _ in 0..3 {
        booth.validates("Cualquier1").leaves();
    }
    booth.asks_for_question(COMPANY).forgets_answer().types("11111111-1⏎B1C234567⏎");
    booth.is_at(&Msg::RecoverAddressHeading).leaves().validates(CLAVE).is_at(&Msg::StopWaitHeading).leaves();
    booth.waits(5).validates("Cualquier1").sees("Le quedan 6 intentos").leaves();
    booth.validates(CLAVE).is_at(&Msg::StopWaitHeading);
    booth.is_joined_by("Rosa Araya").acts(&Msg::ButtonUnblock, "está aquí").is_at(&Msg::ChangeOwnHeading);
    assert!(booth.audited().contains(&(Action::Unblock, Outcome::Done)));
}

/// A slow register never shows one person's data to the next.
#[test]
fn stale_replies_are_dropped() {
    let mut booth = Booth::with_company();
    booth.asks_for_question(COMPANY).forgets_answer().holds_orders().types("11111111-1⏎");
    booth.is_at(&Msg::WaitingHeading).sees("Recién comenzó").waits(5).sees("Lleva 5 segundos");
    booth.waits(115).is_at_rest().lets_orders_go().is_at_rest();
    booth.asks_for_question(COMPANY).forgets_answer().holds_orders().types("11111111-1⏎").types("␛");
    booth.is_at(&Msg::RecoverRepresentativeHeading).types("␛").lets_orders_go();
    booth.sees("Respuesta Secreta");
    // The next visit waits for its own answer, and accepts no other.
    booth.leaves().enters("1").holds_orders().types("50000000-7⏎").leaves();
    booth.enters("1").types("76000006-K⏎").is_at(&Msg::WaitingHeading).lets_orders_go();
    booth.is_at(&Msg::UnfitUnknownHeading);
}

#[test]
fn esc_leads_home_from_a_waiting_page() {
    let mut booth = Booth::with_company();
    booth.holds_orders().asks_for_question(COMPANY).is_at(&Msg::WaitingHeading).types("␛");
    booth.is_at(&Msg::RecoverCompanyHeading).sees("> 99.999.999-9").types("␛␛␛").is_at_rest();
}

/// Somebody who types the next field before the page has come presses no numbered button.
#[test]
fn what_is_typed_ahead_leaves_no_waiting_page() {
    let mut booth = Booth::with_company();
    booth.holds_orders().asks_for_question(COMPANY).is_at(&Msg::WaitingHeading).types("123");
    booth.is_at(&Msg::WaitingHeading).waits(2).chooses("1").is_at(&Msg::RecoverCompanyHeading);
}

/// F8 confirms that it was heard.
#[test]
fn more_time_is_told() {
    let mut booth = Booth::new();
    booth.enters("1").sees("F8 Más tiempo").presses([Key::F(8)]).sees("F8 Con más tiempo");
}

#[test]
fn a_reply_that_nobody_expects_changes_nothing() {
    let mut booth = Booth::new();
    booth
        .enters("1")
        .types("50000000-7⏎")
        .replies([Reply::CompanyUnknown { listed: None }, Reply::StaffCalled]);
    let page = booth.page();
    booth.happens(Event::Reply(totem::effect::Ticket(999), Reply::CompanyUnknown { listed: None }));
    assert_eq!(booth.page(), page);
}

/// S9: no answer about a RUT comes sooner than 600 ms, however little there is to look up.
#[tokio::test(start_paused = true)]
async fn answers_about_a_rut_take_their_time() {
    let floor = Duration::from_millis(600);
    let desk = answer_floor(floor);
    for company in ["99999999-9", "50000000-7", "76000006-K"] {
        let begun = tokio::time::Instant::now();
        let effect = Effect::BeginRecovery(company.parse().expect("the RUT is right"));
        let reply = desk.perform(effect, Language::Es).await;
        let answered = matches!(reply, Reply::SecretQuestion { .. } | Reply::NoSecretQuestion);
        assert!(answered, "{reply:?}");
        assert_eq!(begun.elapsed(), floor);
    }
    let begun = tokio::time::Instant::now();
    desk.perform(Effect::DrawChallenge, Language::Es).await;
    assert_eq!(begun.elapsed(), Duration::ZERO);
}
