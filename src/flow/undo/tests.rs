//! The whole of *No fui yo*: every step, what can be done there, and where it leads.

use super::Undo;
use crate::effect::{Reply, Undoing};
use crate::flow::table::Do::{Answer, Keys};
use crate::flow::table::{Table, awaiting, machine};

machine!(Undo, asks);

#[test]
fn the_whole_machine() {
    let typed = Keys("99999999-9⏎12345678⏎");
    let mut table = Table::new(Undo::default);
    table.step(&[], &["99999999-9⏎12345678⏎", "99999999-8⏎1234⏎", "⏎⏎"]);
    table.step(std::slice::from_ref(&typed), &[]);
    table.step(
        &[typed.clone(), Answer(Reply::Undone { folio: awaiting().folio(), leaves: Undoing::AsBefore })],
        &["⏎"],
    );
    table.step(&[typed, Answer(Reply::StoreDown)], &["1", "2", "3"]);
    insta::assert_snapshot!(table.text, @"
    Code
      99999999-9⏎12345678⏎ → Checking(Undo), asks Undo
      99999999-8⏎1234⏎ → stays, wrong-rut-check, wrong-code-shape
      ⏎⏎ → stays, missing-company-rut, missing-undo-code
      Esc → the menu
      [button-undo-it] → stays, missing-company-rut, missing-undo-code
    Checking(Undo)
      Esc → Code
      [button-go-back] → Code
      any other reply → Code
      Undone → Undone
      UndoOver → Code, wrong-undo-in-person
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      Refused(Mismatch), Refused(Expired) → Code, mismatch-undo
      Refused(NotListed) → Code, mismatch-not-listed
      Refused(Repeated) → Code, mismatch-repeated
    Undone
      ⏎ → the visit ends
      Esc → stays
      [button-accept] → the visit ends
    Stopped
      1 → Checking(Undo), asks Undo
      2 → stays, calls staff
      3 → Code
      Esc → Code
      [button-retry] → Checking(Undo), asks Undo
      [button-ask-help] → stays, calls staff
      [button-go-back] → Code
    ");
}
