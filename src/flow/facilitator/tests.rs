//! The whole of a facilitator's request: every step, what can be done there, and where it leads.

use std::sync::Arc;

use super::intake::At;
use super::{Facilitator, Step};
use crate::domain::clean::Clean;
use crate::domain::phone_page::PhonePage;
use crate::effect::facilitator::FacilitatorReply;
use crate::effect::{ClaveKind, Reply};
use crate::flow::Setup;
use crate::flow::machine::Machine as _;
use crate::flow::table::Do::{Answer, Keys};
use crate::flow::table::{
    self, Do, Table, awaiting, clave, files, first_word, letters, machine, may_request, on, phone_page,
    sent_to, taken, too_large,
};

machine!(Facilitator, asks, |step: &Step| match step {
    Step::Panel(panel, then) => format!("{panel:?} then {then:?}"),
    Step::Paper(intake) => {
        let (paper, then) = (intake.paper, intake.then);
        match &intake.at {
            At::Files(_) => format!("Files({paper:?}) then {then:?}"),
            At::Preview { .. } => format!("Preview({paper:?}) then {then:?}"),
            At::PhoneOver { .. } => format!("PhoneOver({paper:?}) then {then:?}"),
            At::Phone(phone) => format!("Phone({paper:?}, {:?}) then {then:?}", phone.seen),
            at @ At::TooLarge { .. } => first_word(at),
        }
    }
    step => first_word(step),
});

fn facilitator() -> Facilitator {
    Facilitator::new(&Setup { questions: vec![Clean::from("NOMBRE DE MI MASCOTA")] })
}

fn answer(reply: FacilitatorReply) -> Do {
    Answer(Reply::Facilitator(reply))
}

#[test]
fn the_whole_machine() {
    let checking = vec![Keys("99999999-9⏎11111111-1⏎Trebol?71⏎")];
    let sent = on(&checking, &[Answer(clave(ClaveKind::Sent))]);
    let beginning = on(&checking, &[Answer(clave(ClaveKind::Own))]);
    let drawing = on(&beginning, &[answer(may_request())]);
    let lettered = on(&drawing, &[Answer(letters())]);
    let declaration = on(&lettered, &[Keys("caht⏎")]);
    let drives = on(&declaration, &[Keys("2"), answer(files())]);
    let listing = on(&declaration, &[Keys("1")]);
    let listed = on(&listing, &[answer(files())]);
    let phone = on(&listed, &[Keys("1"), answer(phone_page())]);
    let connected = on(&phone, &[answer(FacilitatorReply::PhoneConnected)]);
    let phone_over = on(&connected, &[answer(FacilitatorReply::PhoneOver)]);
    let taking = on(&listed, &[Keys("2")]);
    let large = on(&taking, &[answer(too_large())]);
    let scaling = on(&large, &[Keys("1")]);
    let preview = on(&taking, &[answer(taken())]);
    let identity = on(&preview, &[Keys("1")]);
    let identity_listing = on(&identity, &[Keys("AB123456⏎1")]);
    let identity_preview = on(&identity_listing, &[answer(files()), Keys("2"), answer(taken())]);
    let names = on(&identity_preview, &[Keys("1")]);
    let birth = on(&names, &[Keys("María⏎Silva⏎⏎")]);
    let family = on(&birth, &[Keys("101-12-1992⏎")]);
    let contact = on(&family, &[Keys("12⏎perú⏎")]);
    let review = on(&contact, &[Keys("m@ejemplo.pe⏎1firulais⏎")]);
    let requesting = on(&review, &[Keys("⏎⏎")]);
    let requested = FacilitatorReply::Requested { folio: awaiting().folio(), sent_to: sent_to() };

    let mut table = Table::new(facilitator);
    table.step(&[], &["99999999-9⏎11111111-1⏎Trebol?71⏎", "99999999-8⏎1⏎⏎", "⏎⏎⏎"]);
    table.step(&checking, &[]);
    table.step(&sent, &["1", "2"]);
    table.step(&beginning, &[]);
    table.step(&drawing, &[]);
    table.step(&lettered, &["caht⏎", "xxxx⏎"]);
    table.step(&declaration, &["1", "2", "3", "4"]);
    table.step(&drives, &["1", "2"]);
    table.step(&listing, &[]);
    table.step(&listed, &["1", "2", "3"]);
    table.step(&on(&listed, &[Keys("1")]), &[]);
    table.step(&phone, &["1"]);
    table.step(&connected, &["1"]);
    table.step(&phone_over, &["1", "2"]);
    table.step(&taking, &[]);
    table.step(&large, &["1", "2"]);
    table.step(&scaling, &[]);
    table.step(&preview, &["1", "2"]);
    table.step(&identity, &["AB123456⏎1", "AB⏎⏎", "⏎⇥⏎"]);
    table.step(&identity_preview, &["1", "2"]);
    table.step(&names, &["María⏎Silva⏎⏎", "M4ría⏎⏎⏎", "⏎⏎⏎"]);
    table.step(&birth, &["101-12-1992⏎", "11-12-92⏎", "122-11-2020⏎", "⇥⇥⏎"]);
    table.step(&family, &["12⏎perú⏎", "131⏎zzz⏎", "⇥⇥⇥⏎"]);
    table.step(&contact, &["m@ejemplo.pe⏎1firulais⏎", "m@gmial.com⏎1firulais⏎", "m⏎1ab⏎"]);
    table.step(&review, &["⏎", "⏎⏎", "⇥⏎"]);
    table.step(&requesting, &[]);
    table.step(&on(&requesting, &[answer(requested)]), &["⏎"]);
    table.step(&on(&requesting, &[Answer(Reply::StoreDown)]), &["1", "2", "3"]);
    insta::assert_snapshot!(table.text, @"
    Who
      99999999-9⏎11111111-1⏎Trebol?71⏎ → Checking(CheckClave), asks CheckClave
      99999999-8⏎1⏎⏎ → stays, wrong-rut-check, wrong-rut-shape, missing-company-clave
      ⏎⏎⏎ → stays, missing-company-rut, missing-representative-rut, missing-company-clave
      Esc → the menu
      [button-continue] → stays, missing-company-rut, missing-representative-rut, missing-company-clave
      [button-go-recover] → the workflow Recover
    Checking(CheckClave)
      Esc → Who
      [button-go-back] → Who
      any other reply → Who
      ClaveRight → Checking(Begin), asks Begin
      ClaveOver → Who, wrong-clave-over
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
    Checking(Begin)
      Esc → Who
      [button-go-back] → Who
      any other reply → Who
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      MayRequest → Checking(DrawChallenge), asks DrawChallenge
    Checking(DrawChallenge)
      Esc → Who
      [button-go-back] → Who
      any other reply → Challenge
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
    Challenge
      caht⏎ → Declaration
      xxxx⏎ → Checking(DrawChallenge), asks DrawChallenge
      Esc → Who
      [button-validate] → stays, missing-letters
      [button-refresh] → Checking(DrawChallenge), asks DrawChallenge
      F5 → Checking(DrawChallenge), asks DrawChallenge
      staff vouch → Declaration
    Declaration
      1 → Checking(ListFiles), asks ListFiles
      2 → Checking(ListFiles), asks ListFiles
      3 → Checking(HandOut), asks HandOut
      4 → Checking(HandOut), asks HandOut
      Esc → Who
      [declaration-attach] → Checking(ListFiles), asks ListFiles
      [declaration-to-drive] → Checking(ListFiles), asks ListFiles
      [declaration-by-mail] → Checking(HandOut), asks HandOut
      [declaration-on-paper] → Checking(HandOut), asks HandOut
    Drives
      1 → Checking(HandOut), asks HandOut
      2 → Checking(HandOut), asks HandOut
      Esc → Declaration
      [file-entry] → Checking(HandOut), asks HandOut
      [file-entry] → Checking(HandOut), asks HandOut
    Checking(ListFiles)
      Esc → Declaration
      [button-go-back] → Declaration
      any other reply → Files(Declaration) then Next
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
    Files(Declaration) then Next
      1 → Checking(OpenPhonePage), asks OpenPhonePage
      2 → Checking(TakeFile), asks TakeFile
      3 → Checking(ListFiles), asks ListFiles
      Esc → Declaration
      [files-from-phone] → Checking(OpenPhonePage), asks OpenPhonePage
      [file-entry] → Checking(TakeFile), asks TakeFile
      [files-refresh] → Checking(ListFiles), asks ListFiles
    Checking(OpenPhonePage)
      Esc → Files(Declaration) then Next
      [button-go-back] → Files(Declaration) then Next
      any other reply → Files(Declaration) then Next
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      PhonePage → Phone(Declaration, Nothing) then Next, asks AwaitPhone
    Phone(Declaration, Nothing) then Next
      1 → Checking(ListFiles), asks ListFiles
      Esc → Checking(ListFiles), asks ListFiles
      [button-go-back] → Checking(ListFiles), asks ListFiles
      any other reply → PhoneOver(Declaration) then Next
      Taken → Preview(Declaration) then Next
      NotTaken → stays, asks AwaitPhone
      PhoneConnected → Phone(Declaration, Connected) then Next, asks AwaitPhone
    Phone(Declaration, Connected) then Next
      1 → Checking(ListFiles), asks ListFiles
      Esc → Checking(ListFiles), asks ListFiles
      [button-go-back] → Checking(ListFiles), asks ListFiles
      any other reply → PhoneOver(Declaration) then Next
      Taken → Preview(Declaration) then Next
      NotTaken, PhoneConnected → stays, asks AwaitPhone
    PhoneOver(Declaration) then Next
      1 → Checking(OpenPhonePage), asks OpenPhonePage
      2 → Checking(ListFiles), asks ListFiles
      Esc → Checking(ListFiles), asks ListFiles
      [button-new-phone-page] → Checking(OpenPhonePage), asks OpenPhonePage
      [button-go-back] → Checking(ListFiles), asks ListFiles
    Checking(TakeFile)
      Esc → Files(Declaration) then Next
      [button-go-back] → Files(Declaration) then Next
      any other reply → Files(Declaration) then Next
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      Taken → Preview(Declaration) then Next
      TooLarge → TooLarge
    TooLarge
      1 → Checking(ScaleFile), asks ScaleFile
      2 → Checking(ListFiles), asks ListFiles
      Esc → Declaration
      [button-scale-down] → Checking(ScaleFile), asks ScaleFile
      [button-other-file] → Checking(ListFiles), asks ListFiles
    Checking(ScaleFile)
      Esc → TooLarge
      [button-go-back] → TooLarge
      any other reply → TooLarge
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      Taken → Preview(Declaration) then Next
      NotTaken, FileGone → Checking(ListFiles), asks ListFiles
    Preview(Declaration) then Next
      1 → Identity then Next
      2 → Checking(ListFiles), asks ListFiles
      Esc → Declaration
      [button-use-file] → Identity then Next
      [button-other-file] → Checking(ListFiles), asks ListFiles
    Identity then Next
      AB123456⏎1 → Checking(ListFiles), asks ListFiles
      AB⏎⏎ → stays, wrong-identity-length, missing-identity-kind
      ⏎⇥⏎ → stays, missing-identity-number, missing-identity-kind
      Esc → Declaration
      [button-continue] → stays, missing-identity-number, missing-identity-kind
    Preview(IdentityDocument) then Next
      1 → Names then Next
      2 → Checking(ListFiles), asks ListFiles
      Esc → Identity then Next
      [button-use-file] → Names then Next
      [button-other-file] → Checking(ListFiles), asks ListFiles
    Names then Next
      María⏎Silva⏎⏎ → Birth then Next
      M4ría⏎⏎⏎ → stays, wrong-person-name, missing-paternal-surname
      ⏎⏎⏎ → stays, missing-names, missing-paternal-surname
      Esc → Identity then Next
      [button-continue] → stays, missing-names, missing-paternal-surname
    Birth then Next
      101-12-1992⏎ → Family then Next
      11-12-92⏎ → stays, wrong-birth-year
      122-11-2020⏎ → Family then Next
      ⇥⇥⏎ → stays, missing-sex, missing-birth-date
      Esc → Names then Next
      [button-continue] → stays, missing-sex, missing-birth-date
    Family then Next
      12⏎perú⏎ → Contact then Next
      131⏎zzz⏎ → stays, wrong-children, wrong-country
      ⇥⇥⇥⏎ → stays, missing-civil-status, missing-children, missing-country
      Esc → Birth then Next
      [button-continue] → stays, missing-civil-status, missing-children, missing-country
    Contact then Next
      m@ejemplo.pe⏎1firulais⏎ → Review
      m@gmial.com⏎1firulais⏎ → stays
      m⏎1ab⏎ → stays, wrong-email-at, wrong-answer-short
      Esc → Family then Next
      [button-continue] → stays, missing-facilitator-email, missing-question, missing-answer
    Review
      ⏎ → stays
      ⏎⏎ → Checking(Request), asks Request
      ⇥⏎ → Preview(Declaration) then Review
      Esc → Contact then Next
      [label-declaration] → Preview(Declaration) then Review
      [label-identity-number] → Identity then Review
      [label-identity-kind] → Identity then Review
      [label-identity-document] → Preview(IdentityDocument) then Review
      [label-names] → Names then Review
      [label-paternal-surname] → Names then Review
      [label-maternal-surname] → Names then Review
      [label-sex] → Birth then Review
      [label-birth-date] → Birth then Review
      [label-civil-status] → Family then Review
      [label-children] → Family then Review
      [label-country] → Family then Review
      [label-facilitator-email] → Contact then Review
      [label-question] → Contact then Review
      [label-answer] → Contact then Review
      [button-make-request] → Checking(Request), asks Request
    Checking(Request)
      Esc → stays
      any other reply → Review
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      Requested → Taken
    Taken
      ⏎ → the visit ends
      Esc → stays
      [button-leave] → the visit ends
    Stopped
      1 → Checking(Request), asks Request
      2 → stays, calls staff
      3 → Review
      Esc → Review
      [button-retry] → Checking(Request), asks Request
      [button-ask-help] → stays, calls staff
      [button-go-back] → Review
    ");
}

#[test]
fn the_page_for_a_phone_dies_with_the_step_that_shows_it() {
    let to_files = [
        Keys("99999999-9⏎11111111-1⏎Trebol?71⏎"),
        Answer(clave(ClaveKind::Own)),
        answer(may_request()),
        Answer(letters()),
        Keys("caht⏎"),
        Keys("1"),
        answer(files()),
    ];
    let over = answer(FacilitatorReply::PhoneOver);
    let ways_out = [vec![Keys("1")], vec![answer(taken())], vec![over], vec![Answer(Reply::StoreDown)]];
    for way_out in ways_out {
        let lifeline = Arc::new(());
        let opened = FacilitatorReply::PhonePage(PhonePage::for_test(lifeline.clone()));
        let machine = table::at(facilitator(), &on(&to_files, &[Keys("1"), answer(opened)]));
        assert_eq!(Arc::strong_count(&lifeline), 2, "shown");
        let machine = table::at(machine, &[answer(FacilitatorReply::PhoneConnected)]);
        assert_eq!(Arc::strong_count(&lifeline), 2, "still shown");
        let machine = table::at(machine, &way_out);
        assert_eq!(Arc::strong_count(&lifeline), 1, "{way_out:?} leads to {:?}", machine.step());
    }
    let lifeline = Arc::new(());
    let late = FacilitatorReply::PhonePage(PhonePage::for_test(lifeline.clone()));
    let machine = table::at(facilitator(), &on(&to_files, &[answer(late)]));
    assert_eq!(Arc::strong_count(&lifeline), 1, "nobody asked: {:?}", machine.step());
}
