//! The whole of the menu, of *Más información* and of *¿Problemas para ingresar?*: every step, what can be
//! done there, and where it leads.

use super::Next;
use super::cannot_enter::CannotEnter;
use super::facilitator_menu::FacilitatorMenu;
use super::information::Information;
use super::menu::Menu;
use super::table::Do::Keys;
use super::table::{Table, machine};

machine!(Menu, quiet);
machine!(FacilitatorMenu, quiet);
machine!(Information, quiet);
machine!(CannotEnter, quiet);

#[test]
fn the_whole_of_the_menu_and_its_pages() {
    let mut menu = Table::new(Menu::default);
    menu.step(&[], &["⏎", "⇥⏎", "8", "9", " "]);
    let mut facilitator = Table::new(FacilitatorMenu::default);
    facilitator.step(&[], &["⏎", "2", "3", "4"]);
    let mut information = Table::new(Information::default);
    information.step(&[], &["⏎", "7", "8"]).step(&[Keys("1")], &["⏎", "1"]);
    let mut cannot_enter = Table::new(CannotEnter::default);
    cannot_enter.step(&[], &["⏎", "9"]);
    for symptom in ["1", "2", "3", "4"] {
        cannot_enter.step(&[Keys(symptom)], &["1", "2", "3"]);
    }
    let all = [menu.text, facilitator.text, information.text, cannot_enter.text].join("\n");
    insta::assert_snapshot!(all, @r"
    Menu
      ⏎ → the workflow Register
      ⇥⏎ → the workflow Recover
      8 → the workflow Undo
      9 → stays
      ␣ → the workflow Register
      Esc → the visit ends
      [menu-register] → the workflow Register
      [menu-recover] → the workflow Recover
      [menu-change] → the workflow Change
      [menu-facilitator] → the workflow ForeignFacilitator
      [menu-update] → the workflow UpdateData
      [menu-information] → the workflow Information
      [menu-cannot-enter] → the workflow CannotEnter
      [menu-undo] → the workflow Undo

    FacilitatorMenu
      ⏎ → the workflow FacilitatorRequest
      2 → the workflow RequestStatus
      3 → the workflow FacilitatorClave
      4 → stays
      Esc → the menu
      [menu-facilitator-request] → the workflow FacilitatorRequest
      [menu-request-status] → the workflow RequestStatus
      [menu-facilitator-key] → the workflow FacilitatorClave

    Topics
      ⏎ → Reading
      7 → Reading
      8 → stays
      Esc → the menu
      [info-about] → Reading
      [info-other] → Reading
      [info-bring] → Reading
      [info-advice] → Reading
      [info-people] → Reading
      [info-help-line] → Reading
      [info-privacy] → Reading
    Reading
      ⏎ → Topics
      1 → Topics
      Esc → Topics
      [button-go-back] → Topics

    Symptoms
      ⏎ → Advice
      9 → Advice
      Esc → the menu
      [symptom-wrong-key] → Advice
      [symptom-no-key] → Advice
      [symptom-sent-key] → Advice
      [symptom-rut] → Advice
      [symptom-person] → Advice
      [symptom-not-representative] → Advice
      [symptom-closed] → Advice
      [symptom-tries] → Advice
      [symptom-down] → Advice
    Advice
      1 → the workflow Recover
      2 → Symptoms
      3 → stays, calls staff
      Esc → Symptoms
      [button-go-recover] → the workflow Recover
      [button-go-back] → Symptoms
      [button-ask-help] → stays, calls staff
    Advice
      1 → the workflow Register
      2 → Symptoms
      3 → stays, calls staff
      Esc → Symptoms
      [button-go-register] → the workflow Register
      [button-go-back] → Symptoms
      [button-ask-help] → stays, calls staff
    Advice
      1 → the workflow Change
      2 → Symptoms
      3 → stays, calls staff
      Esc → Symptoms
      [button-go-change] → the workflow Change
      [button-go-back] → Symptoms
      [button-ask-help] → stays, calls staff
    Advice
      1 → Symptoms
      2 → stays, calls staff
      3 → stays
      Esc → Symptoms
      [button-go-back] → Symptoms
      [button-ask-help] → stays, calls staff
    ");
}
