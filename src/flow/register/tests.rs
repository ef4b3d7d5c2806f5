//! The whole of *Registrar Persona Jurídica*: every step, what can be done there, and where it
//! leads.

use super::{Register, Step};
use crate::domain::clean::Clean;
use crate::domain::contact::Contact;
use crate::domain::register::Service;
use crate::effect::{HeldUntil, MobileProof, Proved, Registered, Reply, ToProve, Witnesses};
use crate::flow::Setup;
use crate::flow::table::Do::{Answer, Keys};
use crate::flow::table::{
    Do, Table, awaiting, card_of_applicant, first_word, held, letters, machine, on, open_company,
    representing, sent_to,
};

machine!(Register, asks, |step: &Step| match step {
    Step::Panel(panel, then) => format!("{panel:?} then {then:?}"),
    step => first_word(step),
});

fn register() -> Register {
    Register::new(&Setup { questions: vec![Clean::from("NOMBRE DE MI MASCOTA")] })
}

/// From the first page to the review, one thing after the other.
fn way_to_review() -> [Vec<Do>; 13] {
    let name = Clean::from("Comercial Ejemplo Limitada");
    let way = [
        Keys("99999999-9⏎"),
        Answer(Reply::CompanyOpen(open_company(&name))),
        Keys("1firulais⏎"),
        Keys("arica⏎Calle⏎1⏎⏎⏎"),
        Keys("a@b.cl⏎223456789⏎223456789⏎⏎"),
        Keys("11111111-1⏎"),
        Answer(Reply::RepresentativeNamed(representing(&name))),
        Keys("123456789⏎"),
        Answer(Reply::ApplicantCardRight(card_of_applicant())),
        Keys("912345678⏎c@d.cl⏎"),
        Keys("Guitarra+9⏎Guitarra+9⏎"),
        Answer(letters()),
        Keys("caht⏎"),
    ];
    std::array::from_fn(|last| way[..=last].to_vec())
}

/// Up to *Crear Cuenta*, with the registers up and down.
#[test]
fn the_machine_until_the_application() {
    let [
        company_typed,
        question,
        address,
        contact,
        representative,
        representative_typed,
        card,
        card_typed,
        person,
        clave,
        drawing,
        lettered,
        review,
    ] = way_to_review();
    let mut table = Table::new(register);
    table.step(&[], &["99999999-9⏎", "99999999-8⏎", "⏎"]);
    table.step(&company_typed, &[]);
    table.step(&question, &["1firulais⏎", "1ab⏎", "⇥⇥⏎"]);
    table.step(&address, &["arica⏎Calle⏎1⏎⏎⏎", "zzz⏎⏎⏎⏎⏎", "⏎⏎⏎⏎⏎"]);
    table.step(&contact, &["a@b.cl⏎223456789⏎⇥ ⏎", "a@gmial.com⏎223456789⏎⇥ ⏎", "a⏎1⏎2⏎⏎", "⏎⏎⏎⏎"]);
    table.step(&representative, &["11111111-1⏎", "1⏎", "⏎"]);
    table.step(&representative_typed, &[]);
    table.step(&card, &["123456789⏎", "12⏎", "⏎"]);
    table.step(&card_typed, &[]);
    table.step(&person, &["912345678⏎c@d.cl⏎", "12⏎c⏎", "⏎⏎"]);
    table.step(&clave, &["Guitarra+9⏎Guitarra+9⏎", "corta⏎⏎", "arica-1234⏎⏎", "Guitarra+9⏎x⏎", "⏎⏎"]);
    table.step(&drawing, &[]);
    table.step(&lettered, &["caht⏎", "xxxx⏎", "⏎"]);
    table.step(&review, &["⏎", "⏎⏎", "⇥⏎", "⇥⇡⏎"]);
    table.step(&on(&company_typed, &[Answer(Reply::CompanyUnknown { listed: None })]), &["1", "2"]);
    table.step(&on(&company_typed, &[Answer(Reply::StoreDown)]), &["1", "2", "3"]);
    let company_down = on(&company_typed, &[Answer(Reply::RegistryDown(Service::Sii))]);
    table.step(&company_down, &["1", "2", "3", "4"]);
    let named = on(&company_down, &[Keys("2")]);
    table.step(&named, &["Nombre⏎1firulais⏎", "⇥⇥⇥⏎"]);
    let unchecked = on(&named, &[Keys("Nombre⏎1firulais⏎arica⏎Calle⏎1⏎⏎⏎a@b.cl⏎223456789⏎223456789⏎⏎")]);
    table.step(&unchecked, &["11111111-1⏎"]);
    let person_down = on(&representative_typed, &[Answer(Reply::RegistryDown(Service::RegistroCivil))]);
    table.step(&person_down, &["2"]);
    let card_unchecked = on(&person_down, &[Keys("2")]);
    table.step(&card_unchecked, &["123456789⏎"]);
    let card_down =
        on(&card_unchecked, &[Keys("123456789⏎"), Answer(Reply::RegistryDown(Service::RegistroCivil))]);
    table.step(&card_down, &["2"]);
    table.step(&on(&card_down, &[Keys("2")]), &["Nombre⏎912345678⏎c@d.cl⏎", "⏎⏎⏎⏎"]);
    insta::assert_snapshot!(table.text, @"
    Company then NextPanel
      99999999-9⏎ → Checking(LookUpCompany), asks LookUpCompany
      99999999-8⏎ → stays, wrong-rut-check
      ⏎ → stays, missing-company-rut
      Esc → the menu
      [button-validate] → stays, missing-company-rut
      [button-resume-registration] → Resume
    Checking(LookUpCompany)
      Esc → Company then NextPanel
      [button-go-back] → Company then NextPanel
      [button-retry] → stays, asks LookUpCompany
      [button-ask-help] → stays, calls staff
      any other reply → Company then NextPanel
      CompanyOpen → Question then NextPanel
      CompanyClosed, CompanyUnknown → Unfit
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
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
      RepresentativeNamed → Card then NextPanel
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      Refused(Mismatch), Refused(Expired) → Representative then NextPanel, mismatch-representative
      Refused(NotListed) → Representative then NextPanel, mismatch-not-listed
      Refused(Repeated) → Representative then NextPanel, mismatch-repeated
    Card then NextPanel
      123456789⏎ → Checking(CheckApplicantCard), asks CheckApplicantCard
      12⏎ → stays, wrong-serial
      ⏎ → stays, missing-serial
      Esc → Representative then NextPanel
      [button-validate] → stays, missing-serial
    Checking(CheckApplicantCard)
      Esc → Card then NextPanel
      [button-go-back] → Card then NextPanel
      [button-retry] → stays, asks CheckApplicantCard
      [button-ask-help] → stays, calls staff
      any other reply → Card then NextPanel
      ApplicantCardRight → RepresentativeContact then NextPanel
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      Refused(Mismatch), Refused(Expired) → Card then NextPanel, mismatch-card
      Refused(NotListed) → Card then NextPanel, mismatch-not-listed
      Refused(Repeated) → Card then NextPanel, mismatch-repeated
    RepresentativeContact then NextPanel
      912345678⏎c@d.cl⏎ → Clave then NextPanel
      12⏎c⏎ → stays, wrong-mobile, wrong-email-at
      ⏎⏎ → stays, missing-mobile, missing-representative-email
      Esc → Card then NextPanel
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
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
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
      [label-serial] → Card then Review
      [label-mobile] → RepresentativeContact then Review
      [label-representative-email] → RepresentativeContact then Review
      [label-clave] → Clave then Review
      [button-create-account] → Checking(CreateAccount), asks CreateAccount
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
      11111111-1⏎ → Card then NextPanel
      Esc → Contact then NextPanel
      [button-validate] → stays, missing-representative-rut
    Stopped
      2 → Card then NextPanel
      Esc → Representative then NextPanel
      [button-retry] → Checking(LookUpRepresentative), asks LookUpRepresentative
      [button-go-on-unchecked] → Card then NextPanel
      [button-ask-help] → stays, calls staff
      [button-go-back] → Representative then NextPanel
    Card then NextPanel
      123456789⏎ → Checking(CheckApplicantCard), asks CheckApplicantCard
      Esc → Representative then NextPanel
      [button-validate] → stays, missing-serial
    Stopped
      2 → RepresentativeContact then NextPanel
      Esc → Card then NextPanel
      [button-retry] → Checking(CheckApplicantCard), asks CheckApplicantCard
      [button-go-on-unchecked] → RepresentativeContact then NextPanel
      [button-ask-help] → stays, calls staff
      [button-go-back] → Card then NextPanel
    RepresentativeContact then NextPanel
      Nombre⏎912345678⏎c@d.cl⏎ → Clave then NextPanel
      ⏎⏎⏎⏎ → stays, missing-typed-representative-name, missing-mobile, missing-representative-email
      Esc → Card then NextPanel
      [button-continue] → stays, missing-typed-representative-name, missing-mobile, missing-representative-email
    ");
}

/// From *Crear Cuenta* on, and *Terminar mi registro*.
#[test]
fn the_machine_from_the_application_on() {
    let [.., review] = way_to_review();
    let creating = on(&review, &[Keys("⏎⏎")]);
    let code = on(&creating, &[Answer(Reply::ApplicationTaken { awaiting: awaiting(), sent_to: sent_to() })]);
    let code_typed = on(&code, &[Keys("12345678⏎")]);
    let registered = |registered| {
        Answer(Reply::AddressProved(Proved::Registration { folio: awaiting().folio(), registered }))
    };
    let to_prove = ToProve {
        awaiting: awaiting(),
        contact: Contact::Mobile("912345678".parse().expect("the mobile is well written")),
        sent_to: sent_to(),
    };
    let mobile =
        on(&code_typed, &[registered(Registered::Account { mobile: MobileProof::ByCode(to_prove) })]);
    let held = held(HeldUntil::NextDay);
    let sending = Proved::Sending { folio: awaiting().folio(), sent_to: sent_to() };
    let resume = [Keys("⇥⇥⏎")];
    let resuming = on(&resume, &[Keys("0410-6105-A⏎")]);

    let mut table = Table::new(register);
    table.step(&creating, &[]);
    table.step(&code, &["12345678⏎", "1234⏎", "⏎"]);
    table.step(&code_typed, &[]);
    table.step(&mobile, &["12345678⏎", "1234⏎"]);
    table.step(&on(&mobile, &[Keys("12345678⏎")]), &[]);
    table.step(&on(&code_typed, &[registered(Registered::Account { mobile: MobileProof::Later })]), &["⏎"]);
    table.step(
        &on(&code_typed, &[registered(Registered::InPerson { awaiting: awaiting(), by: Witnesses::One })]),
        &["⏎"],
    );
    table.step(&on(&code_typed, &[Answer(Reply::AddressProved(held))]), &["⏎"]);
    table.step(&on(&code_typed, &[Answer(Reply::AddressProved(sending))]), &["⏎"]);
    table.step(&resume, &["0410-6105-A⏎", "⏎"]);
    table.step(&resuming, &[]);
    insta::assert_snapshot!(table.text, @"
    Checking(CreateAccount)
      Esc → stays
      any other reply → Review
      ApplicationTaken → Code
      CodeLimit → Contact then Review, wrong-code-limit-address
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
    Code
      12345678⏎ → Checking(CheckCode), asks CheckCode
      1234⏎ → stays, wrong-code-shape
      ⏎ → stays, missing-code
      Esc → stays
      [button-validate] → stays, missing-code
      [button-send-code-again] → Checking(SendCodeAgain), asks SendCodeAgain
      [button-later] → Taken
      [button-mend-email] → Contact then Review
    Checking(CheckCode)
      Esc → Code
      [button-go-back] → Code
      any other reply → Code
      CodeWrong → Code, wrong-code
      CodeNotSent → Code, wrong-code-early
      CodeDead → Code, wrong-code-dead-register
      CodeLimit → Code, wrong-code-limit
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      AddressProved(Registration), AddressProved(Waits) → Taken
      AddressProved(InPerson) → InPerson
      AddressProved(Held) → Held
      AddressProved(Sending) → Sent
      Refused(Repeated) → Code, mismatch-repeated
    Mobile
      12345678⏎ → Checking(CheckCode), asks CheckCode
      1234⏎ → stays, wrong-code-shape
      Esc → stays
      [button-validate] → stays, missing-code
      [button-send-code-again] → Checking(SendCodeAgain), asks SendCodeAgain
      [button-no-mobile-here] → Taken
    Checking(CheckCode)
      Esc → Mobile
      [button-go-back] → Mobile
      any other reply → Mobile
      CodeWrong → Mobile, wrong-code
      CodeNotSent → Mobile, wrong-code-early
      CodeDead → Mobile, wrong-code-dead-mobile
      CodeLimit → Mobile, wrong-code-limit-mobile
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      AddressProved(Registration), AddressProved(Waits), AddressProved(Contact) → Taken
      AddressProved(InPerson) → InPerson
      AddressProved(Held) → Held
      AddressProved(Sending) → Sent
      Refused(Repeated) → Mobile, mismatch-repeated
    Taken
      ⏎ → the visit ends
      Esc → stays
      [button-leave] → the visit ends
    InPerson
      ⏎ → stays, calls staff
      Esc → stays
      [button-ask-help] → stays, calls staff
      [button-leave] → the visit ends
    Held
      ⏎ → the visit ends
      Esc → stays
      [button-leave] → the visit ends
      [button-ask-help] → stays, calls staff
    Sent
      ⏎ → the visit ends
      Esc → stays
      [button-leave] → the visit ends
      [button-change-arrived] → the workflow Change of 99.999.999-9
    Resume
      0410-6105-A⏎ → Checking(ResumeApplication), asks ResumeApplication
      ⏎ → stays, missing-folio
      Esc → Company then NextPanel
      [button-validate] → stays, missing-folio
    Checking(ResumeApplication)
      Esc → Resume
      [button-go-back] → Resume
      any other reply → Resume
      ApplicationTaken, ApplicationGoesOn → Code
      CodeLimit → Resume, wrong-code-limit-address
      NoApplication → Resume, wrong-no-application
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
    ");
}
