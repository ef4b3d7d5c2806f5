//! The whole of a facilitator's own change of key: every step, what can be done there, and where it
//! leads.

use super::FacilitatorClave;
use crate::domain::outlook::Outlook;
use crate::effect::facilitator::FacilitatorReply;
use crate::effect::{ClaveKind, Reply};
use crate::flow::table::Do::{Answer, Keys};
use crate::flow::table::{Table, awaiting, facilitator_clave_right, letters, machine};

machine!(FacilitatorClave, asks);

#[test]
fn the_whole_machine() {
    let who = Keys("99999999-9⏎perú⏎AB123456⏎WWWWWWWWWW⏎");
    let right = |kind| Answer(Reply::Facilitator(facilitator_clave_right(kind)));
    let choose = [who.clone(), right(ClaveKind::Sent)];
    let chosen = [choose.as_slice(), &[Keys("Guitarra+9⏎Guitarra+9⏎")]].concat();
    let confirm = [chosen.as_slice(), &[Answer(letters())]].concat();
    let changing = [confirm.as_slice(), &[Keys("caht⏎")]].concat();
    let changed = Answer(Reply::Facilitator(FacilitatorReply::ClaveChanged {
        folio: awaiting().folio(),
        notices: Outlook::Now,
    }));

    let mut table = Table::new(FacilitatorClave::default);
    table.step(&[], &["99999999-9⏎perú⏎AB123456⏎WWWWWWWWWW⏎", "1⏎zz⏎a⏎⏎", "⏎⏎⏎⏎"]);
    table.step(std::slice::from_ref(&who), &[]);
    table.step(&choose, &["Guitarra+9⏎Guitarra+9⏎", "WWWWWWWWWW⏎WWWWWWWWWW⏎", "corta⏎⏎"]);
    table.step(&[who.clone(), right(ClaveKind::Own)], &["Guitarra+9⏎Guitarra+9⏎"]);
    table.step(&confirm, &["caht⏎", "xxxx⏎"]);
    table.step(&changing, &[]);
    table.step(&[changing.as_slice(), &[changed]].concat(), &["⏎"]);
    table.step(&[who, Answer(Reply::StoreDown)], &["1", "2", "3"]);
    insta::assert_snapshot!(table.text, @"
    Who
      99999999-9⏎perú⏎AB123456⏎WWWWWWWWWW⏎ → Checking(CheckClave), asks CheckClave
      1⏎zz⏎a⏎⏎ → stays, wrong-rut-shape, wrong-country, wrong-identity-length, missing-sent-clave
      ⏎⏎⏎⏎ → stays, missing-company-rut, missing-country, missing-identity-number, missing-sent-clave
      Esc → the menu
      [button-validate] → stays, missing-company-rut, missing-country, missing-identity-number, missing-sent-clave
    Checking(CheckClave)
      Esc → Who
      [button-go-back] → Who
      any other reply → Who
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      ClaveRight → Choose
      Refused(Mismatch), Refused(Expired) → Who, mismatch-facilitator
      Refused(NotListed) → Who, mismatch-not-listed
      Refused(Repeated) → Who, mismatch-repeated
    Choose
      Guitarra+9⏎Guitarra+9⏎ → Checking(DrawChallenge), asks DrawChallenge
      WWWWWWWWWW⏎WWWWWWWWWW⏎ → stays, wrong-clave-common
      corta⏎⏎ → stays, wrong-clave-length
      Esc → Who
      [button-continue] → stays, missing-new-clave
    Choose
      Guitarra+9⏎Guitarra+9⏎ → Checking(DrawChallenge), asks DrawChallenge
      Esc → Who
      [button-continue] → stays, missing-new-clave
    Confirm
      caht⏎ → Checking(ChangeClave), asks ChangeClave
      xxxx⏎ → Checking(DrawChallenge), asks DrawChallenge
      Esc → Choose
      [button-change-clave] → stays, missing-letters
      [button-refresh] → Checking(DrawChallenge), asks DrawChallenge
      F5 → Checking(DrawChallenge), asks DrawChallenge
      staff vouch → Checking(ChangeClave), asks ChangeClave
    Checking(ChangeClave)
      Esc → stays
      any other reply → Confirm
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      ClaveChanged → Changed
      ClaveUnchanged → Choose, wrong-clave-unchanged
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
