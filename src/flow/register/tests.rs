//! The whole of *Registrar Persona Jurídica*: every step, what can be done there, and where it
//! leads.

use super::{Register, Step};
use crate::domain::clean::Clean;
use crate::domain::register::Service;
use crate::effect::{Proved, Reply};
use crate::flow::Setup;
use crate::flow::table::Do::{Answer, Keys};
use crate::flow::table::{
    Table, awaiting, first_word, letters, machine, on, open_company, representing, sent_to,
};

machine!(Register, asks, |step: &Step| match step {
    Step::Panel(panel, then) => format!("{panel:?} then {then:?}"),
    step => first_word(step),
});

fn register() -> Register {
    Register::new(&Setup { questions: vec![Clean::from("NOMBRE DE MI MASCOTA")] })
}

#[test]
fn the_whole_machine() {
    let name = Clean::from("Comercial Ejemplo Limitada");
    let company_typed = vec![Keys("99999999-9⏎")];
    let question = on(&company_typed, &[Answer(Reply::CompanyOpen(open_company(&name)))]);
    let address = on(&question, &[Keys("1firulais⏎")]);
    let contact = on(&address, &[Keys("arica⏎Calle⏎1⏎⏎⏎")]);
    let representative = on(&contact, &[Keys("a@b.cl⏎223456789⏎223456789⏎⏎")]);
    let representative_typed = on(&representative, &[Keys("11111111-1⏎")]);
    let person = on(&representative_typed, &[Answer(Reply::RepresentativeNamed(representing(&name)))]);
    let clave = on(&person, &[Keys("912345678⏎c@d.cl⏎")]);
    let drawing = on(&clave, &[Keys("Guitarra+9⏎Guitarra+9⏎")]);
    let lettered = on(&drawing, &[Answer(letters())]);
    let review = on(&lettered, &[Keys("caht⏎")]);
    let creating = on(&review, &[Keys("⏎⏎")]);
    let code = on(&creating, &[Answer(Reply::ApplicationTaken { awaiting: awaiting(), sent_to: sent_to() })]);
    let code_typed = on(&code, &[Keys("12345678⏎")]);
    let proved = Reply::AddressProved(Proved::Registration { folio: awaiting().folio() });

    let mut table = Table::new(register);
    table.step(&[], &["99999999-9⏎", "99999999-8⏎", "⏎"]);
    table.step(&company_typed, &[]);
    table.step(&question, &["1firulais⏎", "1ab⏎", "⇥⇥⏎"]);
    table.step(&address, &["arica⏎Calle⏎1⏎⏎⏎", "zzz⏎⏎⏎⏎⏎", "⏎⏎⏎⏎⏎"]);
    table.step(&contact, &["a@b.cl⏎223456789⏎⇥ ⏎", "a@gmial.com⏎223456789⏎⇥ ⏎", "a⏎1⏎2⏎⏎", "⏎⏎⏎⏎"]);
    table.step(&representative, &["11111111-1⏎", "1⏎", "⏎"]);
    table.step(&representative_typed, &[]);
    table.step(&person, &["912345678⏎c@d.cl⏎", "12⏎c⏎", "⏎⏎"]);
    table.step(&clave, &["Guitarra+9⏎Guitarra+9⏎", "corta⏎⏎", "arica-1234⏎⏎", "Guitarra+9⏎x⏎", "⏎⏎"]);
    table.step(&drawing, &[]);
    table.step(&lettered, &["caht⏎", "xxxx⏎", "⏎"]);
    table.step(&review, &["⏎", "⏎⏎", "⇥⏎", "⇥⇡⏎"]);
    table.step(&creating, &[]);
    table.step(&code, &["12345678⏎", "1234⏎", "⏎"]);
    table.step(&code_typed, &[]);
    table.step(&on(&code_typed, &[Answer(proved)]), &["⏎"]);
    table.step(&on(&company_typed, &[Answer(Reply::CompanyUnknown)]), &["1", "2"]);
    table.step(&on(&company_typed, &[Answer(Reply::StoreDown)]), &["1", "2", "3"]);
    let company_down = on(&company_typed, &[Answer(Reply::RegistryDown(Service::Sii))]);
    table.step(&company_down, &["1", "2", "3", "4"]);
    let named = on(&company_down, &[Keys("2")]);
    table.step(&named, &["Nombre⏎1firulais⏎", "⇥⇥⇥⏎"]);
    let unchecked = on(&named, &[Keys("Nombre⏎1firulais⏎arica⏎Calle⏎1⏎⏎⏎a@b.cl⏎223456789⏎223456789⏎⏎")]);
    table.step(&unchecked, &["11111111-1⏎"]);
    let person_down = on(&representative_typed, &[Answer(Reply::RegistryDown(Service::RegistroCivil))]);
    table.step(&person_down, &["2"]);
    table.step(&on(&person_down, &[Keys("2")]), &["Nombre⏎912345678⏎c@d.cl⏎", "⏎⏎⏎⏎"]);
    insta::assert_snapshot!(table.text, @"
    Company then NextPanel
      99999999-9⏎ → Checking(LookUpCompany), asks LookUpCompany
      99999999-8⏎ → stays, wrong-rut-check
      ⏎ → stays, missing-company-rut
      Esc → the menu
      [button-validate] → stays, missing-company-rut
    Checking(LookUpCompany)
      Esc → Company then NextPanel
      [button-go-back] → Company then NextPanel
      [button-retry] → stays, asks LookUpCompany
      [button-ask-help] → stays, calls staff
      any other reply → Company then NextPanel
      CompanyOpen → Question then NextPanel
      CompanyClosed, CompanyUnknown → Unfit
      StoreDown, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Wait), Refused(TerminalLocked) → Stopped
    Question then NextPanel
      1firulais⏎ → Address then NextPanel
      1ab⏎ → stays, wrong-answer-short
      ⇥⇥⏎ → stays, missing-question, missing-answer
      Esc → Company then NextPanel
      [button-continue] → stays, missing-question, missing-answer
    Address then NextPanel
      arica⏎Calle⏎1⏎⏎⏎ → Contact then NextPanel
      zzz⏎⏎⏎⏎⏎ → stays, wrong-comuna, missing-street, missing-number
      ⏎⏎⏎⏎⏎ → stays, missing-comuna, missing-street, missing-number
      Esc → Question then NextPanel
      [button-continue] → stays, missing-comuna, missing-street, missing-number
    Contact then NextPanel
      a@b.cl⏎223456789⏎⇥␣⏎ → Representative then NextPanel
      a@gmial.com⏎223456789⏎⇥␣⏎ → stays
      a⏎1⏎2⏎⏎ → stays, wrong-email-at, wrong-phone, wrong-fax
      ⏎⏎⏎⏎ → stays, missing-company-email, missing-phone, missing-fax
      Esc → Address then NextPanel
      [button-continue] → stays, missing-company-email, missing-phone, missing-fax
    Representative then NextPanel
      11111111-1⏎ → Checking(LookUpRepresentative), asks LookUpRepresentative
      1⏎ → stays, wrong-rut-shape
      ⏎ → stays, missing-representative-rut
      Esc → Contact then NextPanel
      [button-validate] → stays, missing-representative-rut
    Checking(LookUpRepresentative)
      Esc → Representative then NextPanel
      [button-go-back] → Representative then NextPanel
      [button-retry] → stays, asks LookUpRepresentative
      [button-ask-help] → stays, calls staff
      any other reply → Representative then NextPanel
      RepresentativeNamed → RepresentativeContact then NextPanel
      StoreDown, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Wait), Refused(TerminalLocked) → Stopped
      Refused(Mismatch) → Representative then NextPanel, mismatch-representative
    RepresentativeContact then NextPanel
      912345678⏎c@d.cl⏎ → Clave then NextPanel
      12⏎c⏎ → stays, wrong-mobile, wrong-email-at
      ⏎⏎ → stays, missing-mobile, missing-representative-email
      Esc → Representative then NextPanel
      [button-continue] → stays, missing-mobile, missing-representative-email
    Clave then NextPanel
      Guitarra+9⏎Guitarra+9⏎ → Checking(DrawChallenge), asks DrawChallenge
      corta⏎⏎ → stays, wrong-clave-length
      arica-1234⏎⏎ → stays, wrong-clave-known
      Guitarra+9⏎x⏎ → stays, wrong-repeat
      ⏎⏎ → stays, missing-clave
      Esc → RepresentativeContact then NextPanel
      [button-continue] → stays, missing-clave
    Checking(DrawChallenge)
      Esc → Clave then NextPanel
      [button-go-back] → Clave then NextPanel
      any other reply → Challenge
      StoreDown, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Wait), Refused(TerminalLocked) → Stopped
    Challenge
      caht⏎ → Review
      xxxx⏎ → Checking(DrawChallenge), asks DrawChallenge
      ⏎ → stays, missing-letters
      Esc → Clave then NextPanel
      [button-enter] → stays, missing-letters
      [button-refresh] → Checking(DrawChallenge), asks DrawChallenge
      F5 → Checking(DrawChallenge), asks DrawChallenge
      staff vouch → Review
    Review
      ⏎ → stays
      ⏎⏎ → Checking(CreateAccount), asks CreateAccount
      ⇥⏎ → Company then Review
      ⇥⇡⏎ → stays
      Esc → Clave then NextPanel
      [label-company-rut] → Company then Review
      [label-question] → Question then Review
      [label-answer] → Question then Review
      [label-comuna] → Address then Review
      [label-street] → Address then Review
      [label-number] → Address then Review
      [label-block] → Address then Review
      [label-apartment] → Address then Review
      [label-company-email] → Contact then Review
      [label-phone] → Contact then Review
      [label-fax] → Contact then Review
      [label-representative-rut] → Representative then Review
      [label-mobile] → RepresentativeContact then Review
      [label-representative-email] → RepresentativeContact then Review
      [label-clave] → Clave then Review
      [button-create-account] → Checking(CreateAccount), asks CreateAccount
    Checking(CreateAccount)
      Esc → stays
      any other reply → Review
      ApplicationTaken → Code
      StoreDown, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Wait), Refused(TerminalLocked) → Stopped
    Code
      12345678⏎ → Checking(CheckCode), asks CheckCode
      1234⏎ → stays, wrong-code-shape
      ⏎ → stays, missing-code
      Esc → stays
      [button-validate] → stays, missing-code
      [button-send-code-again] → Checking(SendCodeAgain), asks SendCodeAgain
      [button-later] → Taken
    Checking(CheckCode)
      Esc → Code
      [button-go-back] → Code
      any other reply → Code
      CodeWrong → Code, wrong-code
      CodeNotSent → Code, wrong-code-early
      CodeDead → Code, wrong-code-dead-register
      CodeLimit → Code, wrong-code-limit
      StoreDown, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Wait), Refused(TerminalLocked) → Stopped
      AddressProved(Registration) → Taken
    Taken
      ⏎ → the visit ends
      Esc → stays
      [button-finish] → the visit ends
    Unfit
      1 → Company then NextPanel
      2 → stays, calls staff
      Esc → Company then NextPanel
      [button-go-back] → Company then NextPanel
      [button-ask-help] → stays, calls staff
    Stopped
      1 → Checking(LookUpCompany), asks LookUpCompany
      2 → stays, calls staff
      3 → Company then NextPanel
      Esc → Company then NextPanel
      [button-retry] → Checking(LookUpCompany), asks LookUpCompany
      [button-ask-help] → stays, calls staff
      [button-go-back] → Company then NextPanel
    Stopped
      1 → Checking(LookUpCompany), asks LookUpCompany
      2 → Question then NextPanel
      3 → stays, calls staff
      4 → Company then NextPanel
      Esc → Company then NextPanel
      [button-retry] → Checking(LookUpCompany), asks LookUpCompany
      [button-go-on-unchecked] → Question then NextPanel
      [button-ask-help] → stays, calls staff
      [button-go-back] → Company then NextPanel
    Question then NextPanel
      Nombre⏎1firulais⏎ → Address then NextPanel
      ⇥⇥⇥⏎ → stays, missing-typed-business-name, missing-question, missing-answer
      Esc → Company then NextPanel
      [button-continue] → stays, missing-typed-business-name, missing-question, missing-answer
    Representative then NextPanel
      11111111-1⏎ → RepresentativeContact then NextPanel
      Esc → Contact then NextPanel
      [button-validate] → stays, missing-representative-rut
    Stopped
      2 → RepresentativeContact then NextPanel
      Esc → Representative then NextPanel
      [button-retry] → Checking(LookUpRepresentative), asks LookUpRepresentative
      [button-go-on-unchecked] → RepresentativeContact then NextPanel
      [button-ask-help] → stays, calls staff
      [button-go-back] → Representative then NextPanel
    RepresentativeContact then NextPanel
      Nombre⏎912345678⏎c@d.cl⏎ → Clave then NextPanel
      ⏎⏎⏎⏎ → stays, missing-typed-representative-name, missing-mobile, missing-representative-email
      Esc → Representative then NextPanel
      [button-continue] → stays, missing-typed-representative-name, missing-mobile, missing-representative-email
    ");
}
