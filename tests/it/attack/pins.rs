//! What a PIN, or a member of staff who signed in, leaves open to the person beside them (T8).

use std::time::Duration;

use totem::audit::Actor;
use totem::domain::deed::{Action, Outcome};
use totem::domain::staff::Role;
use totem::effect::{Effect, Reply, Sought, StaffAct, StaffOrder, StaffReply, StaffSession};
use totem::event::Key;
use totem::text::Msg;

use crate::booth::{ANSWER, Booth, CLAVE, COMPANY, PASSWORD, PIN};

const NEW: &str = "ladron@correo.example";

fn booth() -> Booth {
    let mut booth = Booth::with_company();
    booth.employs("Rosa Araya", Role::Helper);
    booth
}

impl Booth {
    /// Staff type their PIN in place of the letters on the page.
    fn is_let_past_the_letters(&mut self) -> &mut Self {
        self.presses([Key::F(2)]).chooses("2").is_at(&Msg::StaffPinHeading).types(&format!("{PIN}⏎1"))
    }

    /// F2 calls for somebody: nobody is signed in.
    fn has_nobody_beside(&mut self) -> &mut Self {
        self.presses([Key::F(2)]).is_at(&Msg::StaffHeading).types("␛").sees_not("Modo acompañado")
    }

    fn fails_with_claves(&mut self, times: usize) -> &mut Self {
        for _ in 0..times {
            self.validates("Cualquier1").leaves();
        }
        self
    }

    fn has_done(&self, action: Action) -> usize {
        self.audited().iter().filter(|row| **row == (action, Outcome::Done)).count()
    }
}

/// The person has a key sent to a new address, with letters that staff waived: the PIN is used up.
#[test]
fn a_pin_that_was_typed_for_the_letters_confirms_no_card() {
    let mut booth = booth();
    booth.asks_for_question(COMPANY).forgets_answer().shows_card("11111111-1", "B1C234567");
    booth.chooses("2").types(&format!("{NEW}⏎")).is_at(&Msg::RecoverConfirmHeading);
    booth.is_let_past_the_letters().is_at(&Msg::CodeHeading).has_nobody_beside().runs_courier();
    let code = booth.post.mail_to(NEW);
    booth.types(&format!("{code}⏎")).is_at(&Msg::RecoverHeldHeading).stays(5).has_nobody_beside();
    booth.stays(60).runs_courier();
    assert_eq!((booth.has_done(Action::WitnessCard), booth.post.subjects(NEW).len()), (0, 1));
    // *Con el personal* asks for an account.
    booth.chooses("2").is_at(&Msg::StaffHeading).chooses("2").is_at(&Msg::StaffSignInHeading);
}

#[test]
fn a_pin_ends_no_wait_and_opens_no_panel() {
    let mut booth = booth();
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).is_at(&Msg::RecoverConfirmHeading);
    booth.is_let_past_the_letters().is_at(&Msg::SuccessHeading).has_nobody_beside().leaves();
    booth.fails_with_claves(3).validates("Cualquier1").is_at(&Msg::StopWaitHeading);
    booth.has_nobody_beside().presses([Key::F(2)]).chooses("2").is_at(&Msg::StaffSignInHeading);
    assert_eq!(booth.has_done(Action::Unblock), 0);
}

/// Other letters, minutes or pages later, want it again.
#[test]
fn a_pin_stands_for_one_challenge() {
    let mut booth = booth();
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).is_let_past_the_letters();
    booth.is_at(&Msg::SuccessHeading).leaves();
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).is_at(&Msg::RecoverConfirmHeading);
    booth.types("⏎").is_at(&Msg::RecoverConfirmHeading);
    // Where there are no letters there is nothing that it could stand for.
    booth.leaves().types("⏎").presses([Key::F(2)]).chooses("2").is_at(&Msg::StaffSignInHeading);
    assert_eq!(booth.has_done(Action::VouchForPerson), 1);
    assert_eq!(booth.has_done(Action::RequestRecovery), 1);
}

/// The answer to a PIN comes when the person has closed the page: it waives nothing later on.
#[test]
fn a_pin_whose_answer_nobody_awaits_waives_nothing() {
    let mut booth = booth();
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).presses([Key::F(2)]).chooses("2");
    booth.holds_orders().types(&format!("{PIN}⏎1␛")).lets_orders_go();
    booth.is_at(&Msg::RecoverConfirmHeading).has_nobody_beside();
    assert_eq!(booth.has_done(Action::RequestRecovery), 0);
}

#[test]
fn a_person_s_keys_keep_no_session_open() {
    let keys: [&[Key]; 4] = [
        &[Key::F(2), Key::Esc, Key::F(11)],
        // Leafing, and a reason that is left again.
        &[Key::F(2), Key::Down, Key::Up, Key::Enter, Key::Esc, Key::Esc, Key::F(11)],
        &[Key::F(2), Key::F(1), Key::F(1), Key::F(2), Key::Esc, Key::F(11)],
        &[Key::F(8), Key::Char('x'), Key::Backspace],
    ];
    for keys in keys {
        let mut booth = booth();
        booth.asks_for_question(COMPANY).is_joined_by("Rosa Araya").types("␛").sees("Modo acompañado");
        for _ in 0..3 {
            booth.waits(95).presses(keys.iter().copied());
        }
        booth.sees("Modo acompañado").waits(20).has_nobody_beside();
        assert!(booth.audited().contains(&(Action::SignOut, Outcome::Done)), "{keys:?}");
    }
}

/// A person who goes on waiving the letters with a session that was left open.
#[test]
fn an_act_without_a_code_keeps_no_session_open() {
    let mut booth = booth();
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).is_joined_by("Rosa Araya").types("␛");
    for answer in ["Cholito", "Pelusa"] {
        booth.waits(100).replaces_answer(answer).presses([Key::F(2)]);
        booth.clicks_on(&Msg::ButtonWaiveChallenge).types("1").sees_msg(&Msg::WrongAnswerStale);
        booth.presses([Key::Backspace; 8]).types(&format!("{answer}⏎")).is_at(&Msg::RecoverConfirmHeading);
    }
    booth.sees("Modo acompañado").waits(110).has_nobody_beside();
}

#[test]
fn an_act_with_a_code_keeps_the_session_open() {
    let mut booth = booth();
    booth.asks_for_question(COMPANY).is_joined_by("Rosa Araya").types("␛").waits(250);
    booth
        .presses([Key::F(2)])
        .acts(&Msg::ButtonSeeRefusal, "pregunta por qué")
        .types_fresh_code("Rosa Araya");
    booth.sees_msg(&Msg::RefusalNone).types("⏎␛").waits(290).sees("Modo acompañado");
    booth.waits(20).has_nobody_beside();
}

/// Ending a wait, confirming a card and telling why somebody was refused take a code of the last
/// minute, and each code serves once.
#[test]
fn a_minute_later_each_such_act_asks_for_another_code() {
    let mut booth = booth();
    booth.fails_with_claves(3).validates(CLAVE).is_at(&Msg::StopWaitHeading);
    booth.is_joined_by("Rosa Araya").types("␛").waits(61);
    let used = booth.telephone("Rosa Araya");
    booth.presses([Key::F(2)]).acts(&Msg::ButtonUnblock, "está aquí").is_at(&Msg::StaffCodeHeading);
    booth.pictured("staff-code").types("␛").is_at(&Msg::PanelHeading { name: "Rosa Araya".into() });
    assert_eq!(booth.has_done(Action::Unblock), 0);
    booth.acts(&Msg::ButtonUnblock, "está aquí").types("123⏎").sees_msg(&Msg::WrongStaffCode);
    booth.types(&format!("{used}⏎")).is_at(&Msg::ChangeOwnHeading);
    assert_eq!(booth.has_done(Action::Unblock), 1);
    let rows = booth.audit();
    let asked: Vec<_> = rows.iter().filter(|row| row.action == Action::TypeCodeAgain).collect();
    let outcomes: Vec<Outcome> = asked.iter().map(|row| row.outcome).collect();
    assert_eq!(outcomes, [Outcome::Wrong, Outcome::Right]);
    assert!(asked.iter().all(|row| row.actor == Actor::Staff("Rosa Araya".into())));
    // The same code again, in another act that asks for one.
    booth.waits(61).presses([Key::F(2)]).acts(&Msg::ButtonSeeRefusal, "está aquí");
    booth.types(&format!("{used}⏎")).sees_msg(&Msg::WrongStaffCode);
}

/// Somebody reads the code off the telephone while it is typed, and acts with it once more.
#[test]
fn a_code_serves_once() {
    let mut booth = booth();
    booth.fails_with_claves(3).validates(CLAVE).is_joined_by("Rosa Araya").types("␛").waits(61);
    let code = booth.telephone("Rosa Araya");
    booth.presses([Key::F(2)]).acts(&Msg::ButtonSeeRefusal, "la primera").types(&format!("{code}⏎"));
    booth.sees_msg(&Msg::RefusalMustWait).leaves();
    booth.types("⏎").presses([Key::F(2)]).chooses("2").is_at(&Msg::StaffSignInHeading);
    booth.types(&format!("Rosa Araya⏎{PASSWORD}⏎{code}⏎")).sees_msg(&Msg::WrongSignIn);
}

#[test]
fn a_card_is_confirmed_with_a_code_of_the_last_minute() {
    let mut booth = booth();
    booth.proves_new_address().is_joined_by("Rosa Araya").types("␛").waits(61).presses([Key::F(2)]);
    booth.clicks_on(&Msg::ButtonWitnessCard).types("3").is_at(&Msg::StaffCodeHeading);
    booth.types("000000⏎").sees_msg(&Msg::WrongStaffCode);
    assert_eq!(booth.has_done(Action::WitnessCard), 0);
    booth.types_fresh_code("Rosa Araya").is_at(&Msg::SuccessHeading);
    assert_eq!(booth.has_done(Action::WitnessCard), 1);
}

#[test]
fn a_card_is_vouched_for_with_a_code_of_the_last_minute() {
    let mut booth = booth();
    booth.asks_for_question(COMPANY).forgets_answer().registers_are_down(true).types("11111111-1⏎");
    booth.is_joined_by("Rosa Araya").types("␛").waits(61).presses([Key::F(2)]);
    booth.acts(&Msg::ButtonVouchUnchecked, "cédula vista").is_at(&Msg::StaffCodeHeading);
    booth.types_fresh_code("Rosa Araya").is_at(&Msg::RecoverConfirmHeading);
}

#[test]
fn at_the_desk_each_company_and_each_wait_asks_for_a_code() {
    let mut booth = booth();
    booth.opens_desk("Rosa Araya").clicks_on(&Msg::ButtonSearch);
    booth.types(&format!("{COMPANY}⏎llama aquí⏎")).is_at(&Msg::StaffCompanyHeading).types("⏎").waits(61);
    booth.clicks_on(&Msg::ButtonSearch).types("50000000-7⏎otra más⏎").is_at(&Msg::StaffCodeHeading);
    booth.pictured("desk-code").types("000000⏎").sees_msg(&Msg::WrongStaffCode);
    booth.types_fresh_code("Rosa Araya").sees_msg(&Msg::StaffNothing).types("⏎").waits(61);
    booth.clicks_on(&Msg::ButtonUnblock).types(&format!("{COMPANY}⏎está aquí⏎"));
    booth.is_at(&Msg::StaffCodeHeading).types("␛").is_at(&Msg::StaffMenuHeading);
    assert_eq!(booth.has_done(Action::Unblock), 0);
}

/// Also asked of the desk itself, past the screens: it never trusts the terminal's clock or panel.
#[test]
fn the_desk_asks_for_the_code_whatever_the_screen_sends() {
    let mut booth = booth();
    let company = COMPANY.parse().expect("a RUT");
    let code = totem::domain::secret::Secret::new(booth.telephone("Rosa Araya"));
    let (name, password) = ("Rosa Araya".into(), totem::domain::secret::Secret::new(PASSWORD));
    let Reply::Staff(StaffReply::SignedIn(session)) = booth.performs(Effect::SignIn { name, password, code })
    else {
        panic!("she signs in")
    };
    let order = |session: &StaffSession, act, code| {
        let (session, reason) = (session.clone(), "a prueba".into());
        Effect::Staff(Box::new(StaffOrder { session, act, reason, visit: Duration::ZERO, code }))
    };
    let acts = [StaffAct::Unblock(company), StaffAct::UnlockTerminal, StaffAct::SeeRefusal];
    let acts = acts.into_iter().chain([StaffAct::SeeCompany(Sought::Company(company))]);
    booth.waits(61);
    for act in acts {
        let reply = booth.performs(order(&session, act.clone(), None));
        assert_eq!(reply, Reply::Staff(StaffReply::CodeWanted), "{act:?}");
    }
    let waived = booth.performs(order(&session, StaffAct::WaiveChallenge, None));
    assert_eq!(waived, Reply::Staff(StaffReply::Done));
}

/// Guessing codes beside a session that was left open slows down, and lets nobody in.
#[test]
fn codes_are_not_guessed_beside_an_open_session() {
    let mut booth = booth();
    booth.fails_with_claves(3).validates(CLAVE).is_joined_by("Rosa Araya").types("␛").waits(61);
    booth.presses([Key::F(2)]).acts(&Msg::ButtonUnblock, "está aquí");
    for _ in 0..3 {
        booth.types("000000⏎").sees_msg(&Msg::WrongStaffCode);
    }
    booth.types("000000⏎").sees_msg(&Msg::WrongPinWait);
    assert_eq!(booth.has_done(Action::Unblock), 0);
}

#[test]
fn another_visit_locks_the_panel() {
    let mut booth = booth();
    booth.asks_for_question(COMPANY).is_joined_by("Rosa Araya").leaves();
    booth.asks_for_question(COMPANY).has_nobody_beside().leaves();
    // Also one that ended by itself, and one whose sign-in was still under way.
    booth.asks_for_question(COMPANY).waits(30).is_joined_by("Rosa Araya").waits(1200).is_at_rest();
    booth.types("⏎").presses([Key::F(2)]).chooses("2").holds_orders().signs_in("Rosa Araya");
    booth.presses([Key::F(10)]).lets_orders_go();
    booth.asks_for_question(COMPANY).has_nobody_beside();
}

/// A session of the visit before is worth nothing to whoever kept its order.
#[test]
fn an_order_of_the_visit_before_is_refused() {
    let mut booth = booth();
    booth.fails_with_claves(3).validates(CLAVE).is_joined_by("Rosa Araya");
    booth.acts(&Msg::ButtonSeeRefusal, "primera vez");
    let order = booth.asked.iter().rev().find(|asked| matches!(asked, Effect::Staff(_))).cloned();
    booth.leaves();
    let reply = booth.performs(order.expect("an order"));
    assert_eq!(reply, Reply::Staff(StaffReply::SessionOver));
}
