//! *Modo acompañado*: staff beside a person, what they may do there, and what they can't reach.

use totem::audit::Actor;
use totem::domain::deed::{Action, Outcome};
use totem::domain::found::Found;
use totem::domain::language::Language;
use totem::domain::staff::Role;
use totem::effect::Effect;
use totem::event::Key;
use totem::form::names::Name;
use totem::page::{Block, Control};
use totem::text::{Msg, Sentences};

use crate::booth::{ANSWER, Booth, CLAVE, COMPANY, MAILBOX, OWN_MAILBOX, PASSWORD, PIN};

/// The last row of this kind: who, how it ended, and why.
fn row(booth: &Booth, action: Action) -> (Actor, Outcome, String) {
    let rows = booth.audit();
    let entry = rows.iter().rev().find(|entry| entry.action == action);
    let entry = entry.unwrap_or_else(|| panic!("no {action:?} on record"));
    let note = entry.note.as_ref().map(ToString::to_string).unwrap_or_default();
    (entry.actor.clone(), entry.outcome, note)
}

fn rosa() -> Actor {
    Actor::Staff("Rosa Araya".into())
}

fn booth() -> Booth {
    let mut booth = Booth::with_company();
    booth.employs("Rosa Araya", Role::Helper);
    booth
}

#[test]
fn staff_sign_in_beside_a_person_and_the_frame_says_so() {
    let mut booth = booth();
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).is_at(&Msg::RecoverConfirmHeading);
    booth.presses([Key::F(2)]).chooses("2").clicks_on(&Msg::ButtonWithAccount).pictured("staff-sign-in");
    booth.signs_in("Rosa Araya").sees("Panel de Rosa Araya").pictured("staff-panel");
    booth.clicks_on(&Msg::ButtonWaiveChallenge).sees_msg(&Msg::StaffReasonHint).types("3no⏎");
    booth.sees_msg(&Msg::WrongReason).pictured("staff-reason");
    booth.types("ve poco⏎");
    booth.is_at(&Msg::SuccessHeading).sees("Modo acompañado: Rosa Araya").pictured("accompanied");
    assert_eq!(row(&booth, Action::VouchForPerson), (rosa(), Outcome::Done, "nove poco".to_string()));
    assert_eq!(row(&booth, Action::SignIn), (rosa(), Outcome::Right, String::new()));
    // Times are ten times as long; the next person has nobody beside them.
    booth.waits(298).sees("Modo acompañado").waits(2).sees_not("Modo acompañado").waits(539);
    booth.sees_not("¿Sigue ahí?").waits(61).is_at_rest();
    assert_eq!(row(&booth, Action::SignOut), (rosa(), Outcome::Done, String::new()));
    booth.enters("2").sees_not("Modo acompañado");
}

/// The person's page says the same to everybody; the panel says what is on record.
#[test]
fn the_true_reason_is_told_to_staff_alone() {
    let mut booth = booth();
    booth.asks_for_question("99999998-0").forgets_answer().shows_card("44444444-4", "A012345678");
    let neutral = booth.error().expect("it is refused");
    let expired = (Action::CheckCard, Outcome::Found(Found::CardExpired));
    assert!(booth.audited().contains(&expired));
    booth.is_joined_by("Rosa Araya").acts(&Msg::ButtonSeeRefusal, "pregunta por qué");
    booth.sees_msg(&Msg::RefusalCardExpired).pictured("staff-told");
    assert_eq!(row(&booth, Action::SeeRefusal), (rosa(), Outcome::Done, "pregunta por qué".to_string()));
    booth.types("⏎␛");
    assert_eq!(booth.error(), Some(neutral));
    let told = booth.says(&Msg::RefusalCardExpired);
    booth.sees_not(&told);
    // Nobody has been refused yet in the next visit.
    booth.leaves().enters("2").waits(31).is_joined_by("Rosa Araya");
    booth.acts(&Msg::ButtonSeeRefusal, "pregunta por qué").sees_msg(&Msg::RefusalNone);
}

/// Seen: a code that was dots while staff looked on stood there in clear once they had left.
#[test]
fn a_code_typed_beside_staff_stays_hidden_when_they_leave() {
    let mut booth = booth();
    booth
        .enters("8")
        .types(&format!("{COMPANY}⏎"))
        .is_joined_by("Rosa Araya")
        .types("␛1234")
        .sees_not("1234");
    booth.presses([Key::F(2)]).clicks_on(&Msg::ButtonStopAccompanying).sees_not("Modo acompañado");
    booth.sees_not("1234").types("56").sees_not("123456").pictured("undo-code-veiled");
    // Emptied, it is typed in sight as ever.
    booth.presses([Key::F(11)]).types("87").sees("87").presses([Key::F(11)]).waits(31);
    // Nor does it come into sight when the session ends by itself, or after the code was refused.
    booth.is_joined_by("Rosa Araya").types("␛12345678").waits(300).sees_not("Modo acompañado");
    booth.sees_not("12345678").types("⏎").sees("no coinciden").sees_not("12345678");
}

/// Neither the panel nor the page shows a secret to staff beside the person.
#[test]
fn no_secret_is_seen_by_staff() {
    let mut booth = booth();
    booth.enters("3").types(&format!("{COMPANY}⏎11111111-1⏎{CLAVE}")).presses([Key::F(3)]).sees(CLAVE);
    booth.is_joined_by("Rosa Araya").sees_not(CLAVE).types("␛").sees_not(CLAVE);
    booth.presses([Key::F(3)]).sees_not(CLAVE).pictured("accompanied-secret");
    assert!(!booth.page().keys.iter().any(|hint| hint.key == Key::F(3)));
    booth.leaves().asks_for_question(COMPANY).types("Firulais").sees_not("Firulais").presses([Key::F(3)]);
    booth.sees("Firulais").waits(31);
    booth.is_joined_by("Rosa Araya").sees_not("Firulais").types("␛").sees_not("Firulais");
    let hidden = booth.page().blocks.iter().any(|block| {
        matches!(block, Block::Field(field) if matches!(field.control, Control::Hidden { length: 8, shown: None }))
    });
    assert!(hidden, "as long as it was typed, and no more of it");
    // Once staff have signed out, the person sees what they typed.
    booth.presses([Key::F(2)]).clicks_on(&Msg::ButtonStopAccompanying).presses([Key::F(3)]).sees("Firulais");
    // What staff typed is shown to nobody.
    booth.calls_for_account();
    booth.types(&format!("Rosa Araya⏎{PASSWORD}")).presses([Key::F(3)]).sees_not(PASSWORD);
    let asked = format!("{:?}", booth.asked);
    assert!(!asked.contains(PASSWORD) && !asked.contains(CLAVE));
}

/// Esc leaves the panel, and then goes back step by step, as for anybody: the panel has a button of its own
/// for going away.
#[test]
fn esc_leads_back_and_signs_nobody_out() {
    let mut booth = booth();
    booth.asks_for_question(COMPANY).forgets_answer().is_at(&Msg::RecoverRepresentativeHeading);
    booth.is_joined_by("Rosa Araya").types("␛").is_at(&Msg::RecoverRepresentativeHeading);
    booth.sees("Modo acompañado").types("␛").sees("Respuesta Secreta").sees("Modo acompañado");
    booth.types("␛").is_at(&Msg::RecoverCompanyHeading).sees("Modo acompañado");
    booth.presses([Key::F(2)]).clicks_on(&Msg::ButtonStopAccompanying).sees_not("Modo acompañado");
    booth.is_at(&Msg::RecoverCompanyHeading);
    assert_eq!(row(&booth, Action::SignOut), (rosa(), Outcome::Done, String::new()));
}

/// Nothing hidden is shown beside staff, and no page says that a key shows it.
#[test]
fn no_page_beside_staff_says_that_f3_shows_something() {
    let mut booth = booth();
    booth.types("⏎").is_joined_by("Rosa Araya").types("␛").presses([Key::F(1)]);
    booth.sees_msg(&Msg::HelpFunctionKeysAccompanied).sees_not("F3");
    for sentences in [Language::Es, Language::En].map(Sentences::screens) {
        for name in Name::ALL {
            let hint = name.hint_beside_staff().map(|hint| sentences.say(&hint)).unwrap_or_default();
            assert!(!hint.contains("F3"), "{name:?}: {hint}");
        }
    }
}

#[test]
fn a_code_is_used_once_and_each_part_must_be_right() {
    let mut booth = booth();
    let code = booth.telephone("Rosa Araya");
    booth.types("⏎").is_joined_by("Rosa Araya").clicks_on(&Msg::ButtonStopAccompanying);
    booth.sees_not("Modo acompañado").calls_for_account();
    let tries = [("Rosa Araya", PASSWORD, code.as_str()), ("Nadie", PASSWORD, "123456")];
    for (name, password, code) in tries {
        booth.types(&format!("{name}⏎{password}⏎{code}⏎")).sees_msg(&Msg::WrongSignIn);
        booth.types("␛").calls_for_account();
    }
    assert_eq!(row(&booth, Action::SignIn), (Actor::Person, Outcome::NoAccount, String::new()));
    booth.waits(30);
    let code = booth.telephone("Rosa Araya");
    booth.types(&format!("Rosa Araya⏎otra cosa bien distinta⏎{code}⏎")).sees_msg(&Msg::WrongSignIn);
    assert_eq!(row(&booth, Action::SignIn), (rosa(), Outcome::Wrong, String::new()));
    // The right password, with a code that was right half a minute ago and never used.
    booth.types(&format!("{PASSWORD}⏎{code}⏎")).sees("Panel de Rosa Araya");
}

#[test]
fn too_many_tries_under_a_name_wait_and_an_ended_account_does_nothing() {
    let mut booth = booth();
    booth.employs("Eva Soto", Role::Helper);
    booth.types("⏎").calls_for_account().types("Rosa Araya⏎mala clave bien larga⏎123456⏎");
    for _ in 0..2 {
        booth.types("mala clave bien larga⏎123456⏎").sees_msg(&Msg::WrongSignIn);
    }
    let code = booth.telephone("Rosa Araya");
    booth.types(&format!("{PASSWORD}⏎{code}⏎")).sees_msg(&Msg::WrongPinWait).waits(5);
    booth.types(&format!("{PASSWORD}⏎{code}⏎")).sees("Panel de Rosa Araya");
    booth.dismisses("Rosa Araya").acts(&Msg::ButtonSeeRefusal, "pregunta por qué");
    booth.is_at(&Msg::StaffHeading).sees_not("Modo acompañado").waits(30);
    booth.chooses("2").is_at(&Msg::StaffSignInHeading).signs_in("Rosa Araya").sees_msg(&Msg::WrongSignIn);
    assert_eq!(row(&booth, Action::SignIn), (rosa(), Outcome::Dead, String::new()));
    booth.types("␛").is_joined_by("Eva Soto").sees("Panel de Eva Soto");
}

#[test]
fn a_card_that_staff_saw_lets_the_held_key_go() {
    let mut booth = booth();
    booth.proves_new_address().is_joined_by("Rosa Araya");
    booth.clicks_on(&Msg::ButtonWitnessCard).types("3").is_at(&Msg::SuccessHeading);
    assert_eq!(
        row(&booth, Action::WitnessCard),
        (rosa(), Outcome::Done, "Necesita la clave hoy".to_string())
    );
}

/// No register answers: the representative on file goes on, only to the address on file.
#[test]
fn recovery_goes_on_while_a_register_is_down() {
    let mut booth = booth();
    booth.asks_for_question(COMPANY).forgets_answer().types("11111111-1⏎").registers_are_down(true);
    booth.types("B1C234567⏎").is_at(&Msg::StopRegistroCivilHeading);
    booth.is_joined_by("Rosa Araya").pictured("staff-panel-outage");
    booth.acts(&Msg::ButtonVouchUnchecked, "cédula vista").is_at(&Msg::RecoverConfirmHeading);
    booth.sees("contxxxx@comxxxx").letters().types("⏎").is_at(&Msg::SuccessHeading).runs_courier();
    let key = "Su clave Sence provisoria: elija la suya con ella";
    let notice = "Se hizo un cambio en persona en la Clave Sence de su empresa";
    let mut told = booth.post.subjects(MAILBOX);
    told.sort();
    assert_eq!(told, [notice, key]);
    // It is a person's deed: the other channels hear, and are left behind.
    assert_eq!(booth.post.subjects(OWN_MAILBOX), [notice]);
    assert_eq!(row(&booth, Action::VouchUnchecked), (rosa(), Outcome::Done, "cédula vista".to_string()));
    assert!(!booth.asked.iter().any(|effect| matches!(effect, Effect::RecoverToNewAddress { .. })));
}

#[test]
fn nobody_vouches_for_a_stranger_or_for_themself() {
    let mut booth = booth();
    booth.employs_person("Ana Ejemplo", Role::Manager, "11111111-1");
    booth.asks_for_question(COMPANY).forgets_answer().registers_are_down(true).types("22222222-2⏎");
    booth.is_at(&Msg::StopSiiHeading).is_joined_by("Rosa Araya");
    booth.acts(&Msg::ButtonVouchUnchecked, "dice ser").sees_msg(&Msg::StaffNotOnFile);
    assert_eq!(row(&booth, Action::VouchUnchecked), (rosa(), Outcome::Wrong, "dice ser".to_string()));
    booth.leaves().asks_for_question(COMPANY).forgets_answer().types("11111111-1⏎");
    booth.is_at(&Msg::StopSiiHeading).is_joined_by("Ana Ejemplo");
    booth.acts(&Msg::ButtonVouchUnchecked, "soy yo").sees_msg(&Msg::StaffNotAllowed);
    let ana = Actor::Staff("Ana Ejemplo".into());
    assert_eq!(row(&booth, Action::VouchUnchecked), (ana, Outcome::NotAllowed, "soy yo".to_string()));
}

/// A PIN stands for the letters alone: it opens no panel, and times stay as they were (T8).
#[test]
fn a_pin_leaves_nobody_beside_the_person() {
    let mut booth = booth();
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).is_at(&Msg::RecoverConfirmHeading);
    booth.presses([Key::F(2)]).chooses("2").is_at(&Msg::StaffPinHeading).types(&format!("{PIN}⏎1"));
    booth.is_at(&Msg::SuccessHeading).sees_not("Modo acompañado").waits(90).is_at_rest();
}
