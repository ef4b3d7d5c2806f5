//! The whole of a settlement: every step, what can be done there, and where it leads.

use super::Settlement;
use crate::domain::outlook::Outlook;
use crate::effect::settlement::SettlementReply;
use crate::effect::{Proved, Reply};
use crate::flow::Setup;
use crate::flow::table::Do::{Answer, Keys};
use crate::flow::table::{
    Table, awaiting, dispute_opened, letters, machine, on, sent_to, settlement_begun, settlement_begun_anew,
};

machine!(Settlement, asks);

#[test]
fn the_whole_machine() {
    let setup = Setup { questions: vec!["NOMBRE DE MI MASCOTA".into()] };
    let to_prove =
        || Reply::Settlement(SettlementReply::ToProve { awaiting: awaiting(), sent_to: sent_to() });
    let right = || Reply::AddressProved(Proved::Contact);
    let gone_on = [Keys("⏎")];
    let early = on(&gone_on, &[Answer(Reply::Settlement(SettlementReply::NotYet))]);
    let email = on(&gone_on, &[Answer(Reply::Settlement(settlement_begun()))]);
    let email_sent = on(&email, &[Keys("a@b.cl⏎")]);
    let email_code = on(&email_sent, &[Answer(to_prove())]);
    let email_typed = on(&email_code, &[Keys("12345678⏎")]);
    let mobile = on(&email_typed, &[Answer(right())]);
    let mobile_code = on(&mobile, &[Keys("912345678⏎"), Answer(to_prove())]);
    let question = on(&mobile, &[Keys("⇥⇥⏎")]);
    let clave = on(&question, &[Keys("1firulais⏎")]);
    let facilitator = on(&clave, &[Keys("Guitarra+9⏎Guitarra+9⏎")]);
    let confirm = on(&facilitator, &[Keys(" ⏎"), Answer(letters())]);
    let sent = on(&confirm, &[Keys("caht⏎")]);
    let settled =
        Reply::Settlement(SettlementReply::Settled { folio: awaiting().folio(), notices: Outlook::Now });

    let mut table = Table::new(move || Settlement::new(dispute_opened(), &setup));
    table.step(&[], &["⏎", "1", "2"]);
    table.step(&[Keys("␛")], &["⏎", "1", "2"]);
    table.step(&gone_on, &[]);
    table.step(&early, &["⏎"]);
    table.step(&email, &["a@b.cl⏎", "a@gmial.com⏎", "⏎"]);
    table.step(&email_sent, &[]);
    table.step(&email_code, &["12345678⏎", "1234⏎"]);
    table.step(&email_typed, &[]);
    table.step(&mobile, &["912345678⏎", "⏎", "⇥⇥⏎"]);
    table.step(&mobile_code, &["12345678⏎"]);
    table.step(&question, &["1firulais⏎", "1⏎", "⏎"]);
    table.step(&clave, &["Guitarra+9⏎Guitarra+9⏎", "Guitarra+9⏎Otra+clave7⏎", "⏎"]);
    table.step(&facilitator, &["⏎", " ⏎"]);
    table.step(&confirm, &["caht⏎", "xxxx⏎"]);
    table.step(&sent, &[]);
    table.step(&on(&sent, &[Answer(settled)]), &["⏎"]);
    table.step(&on(&gone_on, &[Answer(Reply::Settlement(SettlementReply::Over))]), &["⏎"]);
    insta::assert_snapshot!(table.text, @"
    Waiting
      ⏎ → Checking(Settlement), asks Settlement
      1 → Checking(Settlement), asks Settlement
      2 → stays, calls staff
      Esc → Leaving
      [button-continue] → Checking(Settlement), asks Settlement
      [button-ask-help] → stays, calls staff
      staff vouch → Checking(Settlement), asks Settlement
    Leaving
      ⏎ → Waiting
      1 → the visit ends
      2 → Waiting
      Esc → Waiting
      [button-erase-all] → the visit ends
      [button-keep-on] → Waiting
      staff vouch → Checking(Settlement), asks Settlement
    Checking(Settlement)
      Esc → Waiting
      [button-go-back] → Waiting
      any other reply → Waiting
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      Over → Over
      GoesOn → Email
    Waiting
      ⏎ → Checking(Settlement), asks Settlement
      Esc → Leaving
      [button-continue] → Checking(Settlement), asks Settlement
      [button-ask-help] → stays, calls staff
      staff vouch → Checking(Settlement), asks Settlement
    Email
      a@b.cl⏎ → Checking(Settlement), asks Settlement
      a@gmial.com⏎ → stays
      ⏎ → stays, missing-company-email
      Esc → Waiting
      [button-continue] → stays, missing-company-email
    Checking(Settlement)
      Esc → stays
      any other reply → Email
      CodeLimit → Email, wrong-code-limit-settlement
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      Over → Over
      ToProve → EmailCode
    EmailCode
      12345678⏎ → Checking(CheckCode), asks CheckCode
      1234⏎ → stays, wrong-code-shape
      Esc → Email
      [button-validate] → stays, missing-code
      [button-send-code-again] → Checking(SendCodeAgain), asks SendCodeAgain
    Checking(CheckCode)
      Esc → EmailCode
      [button-go-back] → EmailCode
      any other reply → EmailCode
      CodeWrong → EmailCode, wrong-code
      CodeNotSent → EmailCode, wrong-code-early
      CodeDead → EmailCode, wrong-code-over-settlement
      CodeLimit → EmailCode, wrong-code-limit
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      AddressProved(Contact) → Mobile
      Refused(Repeated) → EmailCode, mismatch-repeated
    Mobile
      912345678⏎ → Checking(Settlement), asks Settlement
      ⏎ → stays, missing-mobile
      ⇥⇥⏎ → Question
      Esc → Email
      [button-continue] → stays, missing-mobile
      [button-no-mobile-here] → Question
    MobileCode
      12345678⏎ → Checking(CheckCode), asks CheckCode
      Esc → Mobile
      [button-validate] → stays, missing-code
      [button-send-code-again] → Checking(SendCodeAgain), asks SendCodeAgain
      [button-no-mobile-here] → Question
    Question
      1firulais⏎ → Clave
      1⏎ → stays, missing-answer
      ⏎ → stays, missing-question
      Esc → Mobile
      [button-continue] → stays, missing-question
    Clave
      Guitarra+9⏎Guitarra+9⏎ → Facilitator
      Guitarra+9⏎Otra+clave7⏎ → stays, wrong-repeat
      ⏎ → stays
      Esc → Question
      [button-continue] → stays, missing-clave
    Facilitator
      ⏎ → Checking(DrawChallenge), asks DrawChallenge
      ␣⏎ → Checking(DrawChallenge), asks DrawChallenge
      Esc → Question
      [button-continue] → Checking(DrawChallenge), asks DrawChallenge
    Confirm
      caht⏎ → Checking(Settlement), asks Settlement
      xxxx⏎ → Checking(DrawChallenge), asks DrawChallenge
      Esc → Facilitator
      [button-hand-over] → stays, missing-letters
      [button-refresh] → Checking(DrawChallenge), asks DrawChallenge
      F5 → Checking(DrawChallenge), asks DrawChallenge
      staff vouch → Checking(Settlement), asks Settlement
    Checking(Settlement)
      Esc → stays
      any other reply → Checking(DrawChallenge), asks DrawChallenge
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      Over → Over
      Settled → Settled
    Settled
      ⏎ → the visit ends
      Esc → stays
      [button-accept] → the visit ends
    Over
      ⏎ → the visit ends
      Esc → stays
      [button-accept] → the visit ends
    ");
}

/// A company without an account is asked for telephone and address too.
#[test]
fn the_machine_of_a_company_without_an_account() {
    let setup = Setup { questions: vec!["NOMBRE DE MI MASCOTA".into()] };
    let to_prove =
        || Reply::Settlement(SettlementReply::ToProve { awaiting: awaiting(), sent_to: sent_to() });
    let right = || Reply::AddressProved(Proved::Contact);
    let email = on(&[Keys("⏎")], &[Answer(Reply::Settlement(settlement_begun_anew()))]);
    let mobile = on(&email, &[Keys("a@b.cl⏎"), Answer(to_prove()), Keys("12345678⏎"), Answer(right())]);
    let phone = on(&mobile, &[Keys("912345678⇥⇥⏎")]);
    let address = on(&phone, &[Keys("223456789⏎")]);
    let question = on(&address, &[Keys("arica⏎Calle⏎1⏎⏎⏎")]);
    let clave = on(&question, &[Keys("1firulais⏎")]);
    let confirm = on(&clave, &[Keys("Guitarra+9⏎Guitarra+9⏎"), Answer(letters())]);

    let mut table = Table::new(move || Settlement::new(dispute_opened(), &setup));
    table.step(&on(&email, &[Keys("a@b.cl⏎"), Answer(Reply::CodeLimit)]), &["⏎"]);
    table.step(&mobile, &["912345678⏎", "⇥⇥⏎", "912345678⇥⇥⏎"]);
    table.step(&phone, &["223456789⏎", "12⏎", "⏎"]);
    table.step(&address, &["arica⏎Calle⏎1⏎⏎⏎", "⏎⏎⏎⏎⏎"]);
    table.step(&question, &["1firulais⏎"]);
    // The commune is known, so no clave is made of it.
    table.step(&clave, &["Guitarra+9⏎Guitarra+9⏎", "Arica+2031⏎Arica+2031⏎"]);
    table.step(&confirm, &["caht⏎"]);
    insta::assert_snapshot!(table.text, @"
    Email
      ⏎ → Checking(Settlement), asks Settlement
      Esc → Waiting
      [button-continue] → Checking(Settlement), asks Settlement
      F5 → stays, wrong-code-limit-settlement
      staff vouch → stays, wrong-code-limit-settlement
    Mobile
      912345678⏎ → Checking(Settlement), asks Settlement
      ⇥⇥⏎ → stays, missing-mobile
      912345678⇥⇥⏎ → Phone
      Esc → Email
      [button-continue] → stays, missing-mobile
      [button-no-mobile-here] → stays, missing-mobile
    Phone
      223456789⏎ → Address
      12⏎ → stays, wrong-phone
      ⏎ → stays, missing-phone
      Esc → Mobile
      [button-continue] → stays, missing-phone
    Address
      arica⏎Calle⏎1⏎⏎⏎ → Question
      ⏎⏎⏎⏎⏎ → stays, missing-comuna, missing-street, missing-number
      Esc → Phone
      [button-continue] → stays, missing-comuna, missing-street, missing-number
    Question
      1firulais⏎ → Clave
      Esc → Address
      [button-continue] → stays, missing-question
    Clave
      Guitarra+9⏎Guitarra+9⏎ → Checking(DrawChallenge), asks DrawChallenge
      Arica+2031⏎Arica+2031⏎ → stays, wrong-clave-known
      Esc → Question
      [button-continue] → stays, missing-clave
    Confirm
      caht⏎ → Checking(Settlement), asks Settlement
      Esc → Clave
      [button-hand-over] → stays, missing-letters
      [button-refresh] → Checking(DrawChallenge), asks DrawChallenge
      F5 → Checking(DrawChallenge), asks DrawChallenge
      staff vouch → Checking(Settlement), asks Settlement
    ");
}
