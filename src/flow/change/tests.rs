//! The whole of *Cambiar CS*: every step, what can be done there, and where it leads.

use super::Change;
use crate::domain::outlook::Outlook;
use crate::effect::{ClaveKind, Reply};
use crate::flow::table::Do::{Answer, Keys};
use crate::flow::table::{Table, awaiting, clave, letters, machine};

machine!(Change, asks);

#[test]
fn the_whole_machine() {
    let who = Keys("99999999-9⏎11111111-1⏎Trebol?71⏎");
    let choose = [who.clone(), Answer(clave(ClaveKind::Own))];
    let chosen = [choose.as_slice(), &[Keys("Guitarra+9⏎Guitarra+9⏎")]].concat();
    let confirm = [chosen.as_slice(), &[Answer(letters())]].concat();
    let changing = [confirm.as_slice(), &[Keys("caht⏎")]].concat();
    let changed = Reply::ClaveChanged { folio: awaiting().folio(), notices: Outlook::Now };

    let mut table = Table::new(Change::default);
    table.step(&[], &["99999999-9⏎11111111-1⏎Trebol?71⏎", "99999999-8⏎1⏎⏎", "⏎⏎⏎"]);
    table.step(std::slice::from_ref(&who), &[]);
    table
        .step(&choose, &["Guitarra+9⏎Guitarra+9⏎", "Guitarra+9⏎Guitarra-9⏎", "corta⏎⏎", "sence1234⏎⏎", "⏎⏎"]);
    table.step(&[who.clone(), Answer(clave(ClaveKind::Sent))], &["Guitarra+9⏎Guitarra+9⏎"]);
    table.step(&chosen, &[]);
    table.step(&confirm, &["caht⏎", "xxxx⏎", "⏎"]);
    table.step(&changing, &[]);
    table.step(&[changing.as_slice(), &[Answer(changed)]].concat(), &["⏎"]);
    table.step(&[who, Answer(Reply::StoreDown)], &["1", "2", "3"]);
    insta::assert_snapshot!(table.text, @"
    Who
      99999999-9⏎11111111-1⏎Trebol?71⏎ → Checking(CheckClave), asks CheckClave
      99999999-8⏎1⏎⏎ → stays, wrong-rut-check, wrong-rut-shape, missing-current-clave
      ⏎⏎⏎ → stays, missing-company-rut, missing-representative-rut, missing-current-clave
      Esc → the menu
      [button-validate] → stays, missing-company-rut, missing-representative-rut, missing-current-clave
      [button-go-recover] → the workflow Recover
    Checking(CheckClave)
      Esc → Who
      [button-go-back] → Who
      any other reply → Who
      ClaveRight → Choose
      ClaveOver → Who, wrong-clave-over
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      Refused(Mismatch), Refused(Expired) → Who, mismatch-clave
      Refused(NotListed) → Who, mismatch-not-listed
      Refused(Repeated) → Who, mismatch-repeated
    Choose
      Guitarra+9⏎Guitarra+9⏎ → Checking(DrawChallenge), asks DrawChallenge
      Guitarra+9⏎Guitarra-9⏎ → stays, wrong-repeat
      corta⏎⏎ → stays, wrong-clave-length
      sence1234⏎⏎ → stays, wrong-clave-known
      ⏎⏎ → stays, missing-new-clave
      Esc → Who
      [button-continue] → stays, missing-new-clave
    Choose
      Guitarra+9⏎Guitarra+9⏎ → Checking(DrawChallenge), asks DrawChallenge
      Esc → Who
      [button-continue] → stays, missing-new-clave
    Checking(DrawChallenge)
      Esc → Choose
      [button-go-back] → Choose
      any other reply → Confirm
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
    Confirm
      caht⏎ → Checking(ChangeClave), asks ChangeClave
      xxxx⏎ → Checking(DrawChallenge), asks DrawChallenge
      ⏎ → stays, missing-letters
      Esc → Choose
      [button-change-clave] → stays, missing-letters
      [button-refresh] → Checking(DrawChallenge), asks DrawChallenge
      F5 → Checking(DrawChallenge), asks DrawChallenge
      staff vouch → Checking(ChangeClave), asks ChangeClave
    Checking(ChangeClave)
      Esc → stays
      any other reply → Confirm
      ClaveChanged → Changed
      ClaveUnchanged → Choose, wrong-clave-unchanged
      DataStale → Who, wrong-data-stale
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
    Changed
      ⏎ → the visit ends
      Esc → stays
      [button-accept] → the visit ends
    Stopped
      1 → Checking(CheckClave), asks CheckClave
      2 → stays, calls staff
      3 → Who
      Esc → Who
      [button-retry] → Checking(CheckClave), asks CheckClave
      [button-ask-help] → stays, calls staff
      [button-go-back] → Who
    ");
}
