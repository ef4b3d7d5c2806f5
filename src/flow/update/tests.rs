//! The whole of *Actualizar datos* and *Mis datos*: every step, what can be done there, and where
//! it leads.

mod own_data;

use super::{At, Step, Update};
use crate::domain::clean::Clean;
use crate::domain::contact::Contact;
use crate::domain::register::Service;
use crate::effect::{ClaveKind, Proved, Reply, ToProve};
use crate::flow::Setup;
use crate::flow::table::Do::{Answer, Keys};
use crate::flow::table::{
    Do, Table, awaiting, clave, first_word, letters, machine, on, on_file, representing_as, sent_by,
};

machine!(Update, asks, |step: &Step| match step {
    Step::Open(_, At::Panel(panel)) => format!("Panel({panel:?})"),
    Step::Open(_, At::Told { told, .. }) => format!("Told({told:?})"),
    Step::Open(_, at) => first_word(at),
    step => first_word(step),
});

fn update() -> Update {
    Update::new(&Setup { questions: vec![Clean::from("NOMBRE DE MI MASCOTA")] })
}

fn to_prove() -> Vec<ToProve> {
    let contacts = [
        Contact::Mobile("987654321".parse().unwrap()),
        Contact::RepresentativeEmail("x@y.cl".parse().unwrap()),
    ];
    let code = |contact: Contact| {
        let sent_to = sent_by(contact.destination().channel());
        ToProve { awaiting: awaiting(), contact, sent_to }
    };
    contacts.map(code).to_vec()
}

/// To the review.
fn review() -> Vec<Do> {
    let who = Keys("99999999-9⏎11111111-1⏎Trebol?71⏎");
    vec![who, Answer(clave(ClaveKind::Own)), Answer(Reply::DataRead(Box::new(on_file())))]
}

/// *Cambiar* on the line that is so many below the first.
fn line(down: &'static str, then: &[Do]) -> Vec<Do> {
    on(&review(), &on(&[Keys(down), Keys("⏎")], then))
}

#[test]
fn the_whole_machine() {
    let who = review()[..1].to_vec();
    let saved = |to_prove| Answer(Reply::DataSaved { folio: awaiting().folio(), to_prove, notices: None });
    let street = line("⇥", &[Keys("!⏎⏎⏎⏎")]);
    let changed = on(&street, &[Keys("⏎")]);
    let confirm = on(&changed, &[Answer(letters())]);
    let saving = on(&confirm, &[Keys("caht⏎")]);
    let code = on(&saving, &[saved(to_prove())]);
    let code_typed = on(&code, &[Keys("12345678⏎")]);
    let second = on(&code_typed, &[Answer(Reply::AddressProved(Proved::Contact))]);
    let mut table = Table::new(update);
    table.step(&[], &["99999999-9⏎11111111-1⏎Trebol?71⏎", "⏎⏎⏎"]);
    table.step(&who, &[]);
    table.step(&on(&who, &[Answer(clave(ClaveKind::Sent))]), &["1", "2"]);
    table.step(&review()[..2], &[]);
    table.step(&review(), &["⏎", " ", "⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⏎", "⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥ "]);
    table.step(&on(&review(), &[Keys("⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⏎")]), &["⏎"]);
    table.step(&street, &["⏎"]);
    table.step(&line("", &[]), &["⏎⏎⏎⏎⏎"]);
    table.step(&line("⇥⇥⇥⇥⇥", &[]), &["⏎⏎⏎⏎", "@⏎⏎⏎⏎"]);
    table.step(&line("⇥⇥⇥⇥⇥⇥⇥⇥⇥", &[]), &["⏎", "firulais⏎", "ab⏎"]);
    table.step(&line("⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥", &[]), &["⏎", "@⏎"]);
    table.step(&changed, &[]);
    table.step(&confirm, &["caht⏎", "xxxx⏎", "⏎"]);
    table.step(&saving, &[]);
    table.step(&on(&saving, &[Answer(Reply::DataLimit)]), &["⏎", "2"]);
    table.step(&code, &["12345678⏎", "1⏎", "⏎"]);
    table.step(&code_typed, &[]);
    table.step(&on(&code, &[Keys("⇥⇥⏎")]), &[]);
    table.step(&second, &["12345678⏎"]);
    table.step(&on(&second, &[Keys("⇥⇥⇥⏎")]), &["⏎"]);
    table.step(&on(&who, &[Answer(Reply::StoreDown)]), &["1", "2", "3"]);
    insta::assert_snapshot!(table.text, @"
    Who
      99999999-9⏎11111111-1⏎Trebol?71⏎ → Checking(CheckClave), asks CheckClave
      ⏎⏎⏎ → stays, missing-company-rut, missing-representative-rut, missing-current-clave
      Esc → the menu
      [button-validate] → stays, missing-company-rut, missing-representative-rut, missing-current-clave
      [button-go-recover] → the workflow Recover
    Checking(CheckClave)
      Esc → Who
      [button-go-back] → Who
      any other reply → Who
      ClaveRight → Checking(ReadData), asks ReadData
      ClaveOver → Who, wrong-clave-over
      DataStale → Who, wrong-data-stale
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      Refused(Mismatch), Refused(Expired) → Who, mismatch-clave
      Refused(NotListed) → Who, mismatch-not-listed
      Refused(Repeated) → Who, mismatch-repeated
    SentClave
      1 → the workflow Change of 99.999.999-9
      2 → Who
      Esc → Who
      [button-go-change] → the workflow Change of 99.999.999-9
      [button-go-back] → Who
    Checking(ReadData)
      Esc → Who
      [button-go-back] → Who
      any other reply → Who
      DataRead → Review
      DataStale → Who, wrong-data-stale
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
    Review
      ⏎ → Panel(Address)
      ␣ → stays
      ⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⏎ → Told(NothingChanged)
      ⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥␣ → MyData
      Esc → Who
      [label-comuna] → Panel(Address)
      [label-street] → Panel(Address)
      [label-number] → Panel(Address)
      [label-block] → Panel(Address)
      [label-apartment] → Panel(Address)
      [label-company-email] → Panel(Contact)
      [label-phone] → Panel(Contact)
      [label-fax] → Panel(Contact)
      [label-question] → Panel(Question)
      [label-answer] → Panel(Question)
      [label-representative-rut] → Panel(Representative)
      [label-mobile] → Panel(RepresentativeContact)
      [label-representative-email] → Panel(RepresentativeContact)
      [button-continue] → Told(NothingChanged)
      [button-my-data] → MyData
    Told(NothingChanged)
      ⏎ → Review
      Esc → Review
      [button-go-back] → Review
    Review
      ⏎ → Checking(DrawChallenge), asks DrawChallenge
      Esc → Who
      [label-comuna] → Panel(Address)
      [label-street] → Panel(Address)
      [label-number] → Panel(Address)
      [label-block] → Panel(Address)
      [label-apartment] → Panel(Address)
      [label-company-email] → Panel(Contact)
      [label-phone] → Panel(Contact)
      [label-fax] → Panel(Contact)
      [label-question] → Panel(Question)
      [label-answer] → Panel(Question)
      [label-representative-rut] → Panel(Representative)
      [label-mobile] → Panel(RepresentativeContact)
      [label-representative-email] → Panel(RepresentativeContact)
      [button-continue] → Checking(DrawChallenge), asks DrawChallenge
      [button-my-data] → MyData
    Panel(Address)
      ⏎⏎⏎⏎⏎ → Review
      Esc → Review
      [button-continue] → Review
    Panel(Contact)
      ⏎⏎⏎⏎ → Review
      @⏎⏎⏎⏎ → stays, wrong-email-at
      Esc → Review
      [button-continue] → Review
    Panel(Question)
      ⏎ → Review
      firulais⏎ → Review
      ab⏎ → stays, wrong-answer-short
      Esc → Review
      [button-continue] → Review
    Panel(RepresentativeContact)
      ⏎ → Review
      @⏎ → stays, wrong-email-at
      Esc → Review
      [button-continue] → Review
    Checking(DrawChallenge)
      Esc → Review
      [button-go-back] → Review
      any other reply → Confirm
      DataStale → Who, wrong-data-stale
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
    Confirm
      caht⏎ → Checking(SaveData), asks SaveData
      xxxx⏎ → Checking(DrawChallenge), asks DrawChallenge
      ⏎ → stays, missing-letters
      Esc → Review
      [button-save-changes] → stays, missing-letters
      [button-refresh] → Checking(DrawChallenge), asks DrawChallenge
      F5 → Checking(DrawChallenge), asks DrawChallenge
      staff vouch → Checking(SaveData), asks SaveData
    Checking(SaveData)
      Esc → stays
      any other reply → Confirm
      DataStale → Who, wrong-data-stale
      DataLimit → Told(TooManyChanges)
      DataSaved → Saved
      ContactInPerson → Told(ContactInPerson)
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
    Told(TooManyChanges)
      ⏎ → Review
      2 → stays, calls staff
      Esc → Review
      [button-go-back] → Review
      [button-ask-help] → stays, calls staff
    Code
      12345678⏎ → Checking(CheckCode), asks CheckCode
      1⏎ → stays, wrong-code-shape
      ⏎ → stays, missing-code
      Esc → stays
      [button-validate] → stays, missing-code
      [button-send-code-again] → Checking(SendCodeAgain), asks SendCodeAgain
      [button-later] → stays
    Checking(CheckCode)
      Esc → Code
      [button-go-back] → Code
      any other reply → Code
      CodeWrong → Code, wrong-code
      CodeNotSent → Code, wrong-code-early
      CodeDead → Code, wrong-code-dead-contact
      CodeLimit → Code, wrong-code-limit-contact
      DataStale → Who, wrong-data-stale
      DataLimit → Code, wrong-data-limit
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      Refused(Repeated) → Code, mismatch-repeated
    Checking(SendCodeAgain)
      Esc → Code
      [button-go-back] → Code
      any other reply → Code
      CodeWrong → Code, wrong-code
      CodeNotSent → Code, wrong-code-early
      CodeDead → Code, wrong-code-over-contact
      CodeLimit → Code, wrong-code-limit-contact
      DataStale → Who, wrong-data-stale
      DataLimit → Code, wrong-data-limit
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      Refused(Repeated) → Code, mismatch-repeated
    Code
      12345678⏎ → Checking(CheckCode), asks CheckCode
      Esc → stays
      [button-validate] → stays, missing-code
      [button-send-code-again] → Checking(SendCodeAgain), asks SendCodeAgain
      [button-later] → Saved
    Saved
      ⏎ → the visit ends
      Esc → stays
      [button-leave] → the visit ends
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

#[test]
fn another_representative() {
    let name = Clean::from("Comercial Ejemplo Limitada");
    let of_this = representing_as("99999999-9", "22222222-2", &name);
    let panel = line("⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥", &[]);
    let asked = line("⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥", &[Keys("⇠⇠⇠⇠⇠⇠⇠⇠⇠⇠⇠⇠22222222-2⏎")]);
    let named = on(&asked, &[Answer(Reply::RepresentativeNamed(of_this))]);
    let of_another = representing_as("50000000-7", "22222222-2", &name);
    let mut table = Table::new(update);
    table.step(&panel, &["⏎", "⇠8⏎"]);
    table.step(&asked, &[]);
    table.step(&named, &["⏎⏎", "987654321⏎x@y.cl⏎"]);
    table.step(&on(&named, &[Keys("987654321⏎x@y.cl⏎")]), &["⏎"]);
    table.step(&on(&asked, &[Answer(Reply::RepresentativeNamed(of_another))]), &[]);
    table.step(&on(&asked, &[Answer(Reply::RegistryDown(Service::Sii))]), &["1", "2", "3"]);
    insta::assert_snapshot!(table.text, @r"
    Panel(Representative)
      ⏎ → Review
      ⇠8⏎ → stays, wrong-rut-check
      Esc → Review
      [button-validate] → Review
    Checking(CheckNewRepresentative)
      Esc → Panel(Representative)
      [button-go-back] → Panel(Representative)
      [button-retry] → stays, asks CheckNewRepresentative
      [button-ask-help] → stays, calls staff
      any other reply → Panel(Representative)
      CompanyClosed, CompanyUnknown → Panel(Representative), wrong-company-not-open
      RepresentativeNamed → Panel(RepresentativeContact)
      DataStale → Who, wrong-data-stale
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      Refused(Mismatch), Refused(Expired) → Panel(Representative), mismatch-representative
      Refused(NotListed) → Panel(Representative), mismatch-not-listed
      Refused(Repeated) → Panel(Representative), mismatch-repeated
    Panel(RepresentativeContact)
      ⏎⏎ → stays, missing-mobile, missing-representative-email
      987654321⏎x@y.cl⏎ → Review
      Esc → Review
      [button-continue] → stays, missing-mobile, missing-representative-email
    Review
      ⏎ → Checking(DrawChallenge), asks DrawChallenge
      Esc → Who
      [label-comuna] → Panel(Address)
      [label-street] → Panel(Address)
      [label-number] → Panel(Address)
      [label-block] → Panel(Address)
      [label-apartment] → Panel(Address)
      [label-company-email] → Panel(Contact)
      [label-phone] → Panel(Contact)
      [label-fax] → Panel(Contact)
      [label-question] → Panel(Question)
      [label-answer] → Panel(Question)
      [label-representative-rut] → Panel(Representative)
      [label-mobile] → Panel(RepresentativeContact)
      [label-representative-email] → Panel(RepresentativeContact)
      [button-continue] → Checking(DrawChallenge), asks DrawChallenge
      [button-my-data] → MyData
    Panel(Representative)
      Esc → Review
      [button-validate] → Checking(CheckNewRepresentative), asks CheckNewRepresentative
    Stopped
      1 → Checking(CheckNewRepresentative), asks CheckNewRepresentative
      2 → stays, calls staff
      3 → Panel(Representative)
      Esc → Panel(Representative)
      [button-retry] → Checking(CheckNewRepresentative), asks CheckNewRepresentative
      [button-ask-help] → stays, calls staff
      [button-go-back] → Panel(Representative)
    ");
}
