//! The whole of *Recuperar CS*: every step, what can be done there, and where it leads.

use super::Recover;
use crate::domain::clean::Clean;
use crate::effect::{HeldUntil, Reply};
use crate::flow::table::Do::{Answer, Keys};
use crate::flow::table::{
    Table, answer_right, awaiting, card, card_of_applicant, held, letters, machine, on, representative,
    sent_to,
};

machine!(Recover, asks);

#[test]
fn the_whole_machine() {
    let question = Reply::SecretQuestion { question: Clean::from("NOMBRE DE MI MASCOTA") };
    let with_answer = [Keys("1")];
    let without = [Keys("2")];
    let begun = on(&with_answer, &[Keys("99999999-9⏎")]);
    let asked = on(&begun, &[Answer(question)]);
    let answered = on(&asked, &[Keys("firulais⏎")]);
    let drawing = on(&answered, &[Answer(answer_right())]);
    let lettered = on(&drawing, &[Answer(letters())]);
    let forgotten = on(&asked, &[Keys("⇥ ")]);
    let representative_typed = on(&forgotten, &[Keys("11111111-1⏎")]);
    let card_asked = on(&representative_typed, &[Answer(representative())]);
    let card_typed = on(&card_asked, &[Keys("123456789⏎")]);
    let address = on(&card_typed, &[Answer(card())]);
    let on_file = on(&address, &[Keys("1"), Answer(letters()), Keys("caht⏎")]);
    let new_address = on(&address, &[Keys("2")]);
    let to_new = on(&new_address, &[Keys("a@b.cl⏎"), Answer(letters()), Keys("caht⏎")]);
    let code = on(&to_new, &[Answer(Reply::NewAddressToProve { awaiting: awaiting(), sent_to: sent_to() })]);
    let code_typed = on(&code, &[Keys("12345678⏎")]);
    let held = on(&code_typed, &[Answer(Reply::AddressProved(held(HeldUntil::NextDay)))]);
    let taken = Reply::RecoveryTaken { folio: awaiting().folio(), sent_to: sent_to() };

    let mut table = Table::new(Recover::default);
    table.step(&[], &["1", "2", "3", "4", "⏎", "⇥⏎"]);
    table.step(&with_answer, &["99999999-9⏎", "99999999-8⏎", "x⏎", "⏎"]);
    table.step(&without, &["99999999-9⏎", "99999999-8⏎", "⏎"]);
    table.step(&begun, &[]);
    table.step(&asked, &["firulais⏎", "ab⏎", "⏎", "⇥ "]);
    table.step(&answered, &[]);
    table.step(&drawing, &[]);
    table.step(&lettered, &["caht⏎", "xxxx⏎", "⏎"]);
    table.step(&on(&lettered, &[Keys("caht⏎")]), &[]);
    table.step(&forgotten, &["11111111-1⏎", "11111111-2⏎", "⏎"]);
    table.step(&representative_typed, &[]);
    table.step(&card_asked, &["123456789⏎", "12⏎", "⏎"]);
    table.step(&card_typed, &[]);
    table.step(&address, &["1", "2", "⏎"]);
    table.step(&new_address, &["a@b.cl⏎", "a@gmial.com⏎", "a@gmial.com⏎⏎", "ab⏎", "⏎"]);
    table.step(&on_file, &[]);
    table.step(&to_new, &[]);
    table.step(&code, &["12345678⏎", "1234⏎", "⏎"]);
    table.step(&code_typed, &[]);
    table.step(&held, &["1", "2", "⏎"]);
    table.step(&on(&on_file, &[Answer(taken)]), &["⏎"]);
    table.step(
        &on(&card_typed, &[Answer(Reply::CardRightNoAccount { card: Some(card_of_applicant()) })]),
        &["1", "2"],
    );
    table.step(&on(&card_typed, &[Answer(Reply::StoreDown)]), &["1", "2", "3"]);
    insta::assert_snapshot!(table.text, @"
    Road
      1 → Company
      2 → Company
      3 → Company
      4 → stays
      ⏎ → Company
      ⇥⏎ → Company
      Esc → the menu
      [recover-has-answer] → Company
      [recover-forgot] → Company
      [recover-no-question] → Company
    Company
      99999999-9⏎ → Checking(BeginRecovery), asks BeginRecovery
      99999999-8⏎ → stays, wrong-rut-check
      x⏎ → stays, wrong-rut-shape
      ⏎ → stays, missing-company-rut
      Esc → Road
      [button-validate] → stays, missing-company-rut
    Company
      99999999-9⏎ → Representative
      99999999-8⏎ → stays, wrong-rut-check
      ⏎ → stays, missing-company-rut
      Esc → Road
      [button-validate] → stays, missing-company-rut
    Checking(BeginRecovery)
      Esc → Company
      [button-go-back] → Company
      any other reply → Company
      SecretQuestion → Question
      NoSecretQuestion → Representative
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
    Question
      firulais⏎ → Checking(CheckAnswer), asks CheckAnswer
      ab⏎ → stays, wrong-answer-short
      ⏎ → stays
      ⇥␣ → Representative
      Esc → Company
      [button-continue] → stays, missing-answer
    Checking(CheckAnswer)
      Esc → Question
      [button-go-back] → Question
      any other reply → Question
      AnswerRight → Checking(DrawChallenge), asks DrawChallenge
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      Refused(Mismatch), Refused(Expired) → Question, mismatch-answer
      Refused(NotListed) → Question, mismatch-not-listed
      Refused(Repeated) → Question, mismatch-repeated
    Checking(DrawChallenge)
      Esc → Question
      [button-go-back] → Question
      any other reply → Confirm
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
    Confirm
      caht⏎ → Checking(RecoverWithAnswer), asks RecoverWithAnswer
      xxxx⏎ → Checking(DrawChallenge), asks DrawChallenge
      ⏎ → stays, missing-letters
      Esc → Question
      [button-recover-clave] → stays, missing-letters
      [button-refresh] → Checking(DrawChallenge), asks DrawChallenge
      F5 → Checking(DrawChallenge), asks DrawChallenge
      staff vouch → Checking(RecoverWithAnswer), asks RecoverWithAnswer
    Checking(RecoverWithAnswer)
      Esc → stays
      any other reply → Confirm
      CodeLimit → TooManyCodes
      RecoveryTaken → Sent
      NewAddressToProve → Code
      DataStale → Question, wrong-answer-stale
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
    Representative
      11111111-1⏎ → Checking(CheckRepresentative), asks CheckRepresentative
      11111111-2⏎ → stays, wrong-rut-check
      ⏎ → stays, missing-representative-rut
      Esc → Question
      [button-validate] → stays, missing-representative-rut
    Checking(CheckRepresentative)
      Esc → Representative
      [button-go-back] → Representative
      [button-retry] → stays, asks CheckRepresentative
      [button-ask-help] → stays, calls staff
      any other reply → Representative
      RepresentativeRight → Card
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      Refused(Mismatch), Refused(Expired) → Representative, mismatch-representative
      Refused(NotListed) → Representative, mismatch-not-listed
      Refused(Repeated) → Representative, mismatch-repeated
    Card
      123456789⏎ → Checking(CheckCard), asks CheckCard
      12⏎ → stays, wrong-serial
      ⏎ → stays, missing-serial
      Esc → Representative
      [button-validate] → stays, missing-serial
    Checking(CheckCard)
      Esc → Card
      [button-go-back] → Card
      [button-retry] → stays, asks CheckCard
      [button-ask-help] → stays, calls staff
      any other reply → Card
      CardRight → Address
      CardRightNoAccount → NotRegistered
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      Needed → Frozen
      Refused(Mismatch), Refused(Expired) → Card, mismatch-card
      Refused(NotListed) → Card, mismatch-not-listed
      Refused(Repeated) → Card, mismatch-repeated
    Address
      1 → Checking(DrawChallenge), asks DrawChallenge
      2 → stays
      ⏎ → stays, missing-email-is-right
      Esc → Card
      [button-continue] → stays, missing-email-is-right
    Address
      a@b.cl⏎ → Checking(DrawChallenge), asks DrawChallenge
      a@gmial.com⏎ → stays
      a@gmial.com⏎⏎ → Checking(DrawChallenge), asks DrawChallenge
      ab⏎ → stays, wrong-email-at
      ⏎ → stays, missing-new-email
      Esc → Card
      [button-continue] → stays, missing-new-email
    Checking(RecoverWithCard)
      Esc → stays
      any other reply → Confirm
      CodeLimit → TooManyCodes
      CardRightNoAccount → NotRegistered
      RecoveryTaken → Sent
      NewAddressToProve → Code
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      AddressProved(Held) → Held
    Checking(RecoverToNewAddress)
      Esc → stays
      any other reply → Confirm
      CodeLimit → Address, wrong-code-limit-address
      NewAddressToProve → Code
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
    Code
      12345678⏎ → Checking(CheckCode), asks CheckCode
      1234⏎ → stays, wrong-code-shape
      ⏎ → stays, missing-code
      Esc → Address
      [button-validate] → stays, missing-code
      [button-send-code-again] → Checking(SendCodeAgain), asks SendCodeAgain
    Checking(CheckCode)
      Esc → Code
      [button-go-back] → Code
      any other reply → Code
      CodeWrong → Code, wrong-code
      CodeNotSent → Code, wrong-code-early
      CodeDead → Code, wrong-code-dead
      CodeLimit → Code, wrong-code-limit
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      AddressProved(Held) → Held
      AddressProved(Sending) → Sent
      Refused(Repeated) → Code, mismatch-repeated
    Held
      1 → the visit ends
      2 → stays, calls staff
      ⏎ → the visit ends
      Esc → stays
      [button-accept] → the visit ends
      [button-staff] → stays, calls staff
    Sent
      ⏎ → the visit ends
      Esc → stays
      [button-leave] → the visit ends
      [button-change-arrived] → the workflow Change of 99.999.999-9
    NotRegistered
      1 → the workflow Register of 99.999.999-9
      2 → the menu
      Esc → the menu
      [button-go-register] → the workflow Register of 99.999.999-9
      [button-go-back] → the menu
    Stopped
      1 → Checking(CheckCard), asks CheckCard
      2 → stays, calls staff
      3 → Card
      Esc → Card
      [button-retry] → Checking(CheckCard), asks CheckCard
      [button-ask-help] → stays, calls staff
      [button-go-back] → Card
    ");
}
