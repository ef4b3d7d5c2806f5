//! The requests' part of the desk as one table.

use super::{company, on, staff};
use crate::domain::clean::Clean;
use crate::domain::country::Country;
use crate::domain::destination::DemoFolders;
use crate::domain::document::{Extent, Kind};
use crate::domain::facilitator::{
    Children, CivilStatus, Decided, DocumentsOpened, IdentityKind, RequestStage, Sex, Undecided, Verdict,
};
use crate::domain::folio::Folio;
use crate::domain::rut::Rut;
use crate::domain::staff::Role;
use crate::effect::requests::{
    DecisionSeen, DocumentSeen, Lookable, NotExported, PersonSeen, RequestLine, RequestReply, RequestSeen,
    RequestsSeen, Which,
};
use crate::effect::{SentTo, StaffReply};
use crate::flow::staff::StaffDesk;
use crate::flow::staff::requests::Requests;
use crate::flow::table::Do::Keys;
use crate::flow::table::{Do, Table, outgoing, sent_to, session};
use crate::page::Block;
use crate::text::Msg;

fn told(reply: RequestReply) -> Do {
    staff(StaffReply::Request(reply))
}

fn folio() -> Folio {
    Folio::new([1, 2, 3, 4, 5])
}

fn listed(which: Which, count: u32, page: u32) -> Do {
    let line = RequestLine {
        folio: folio(),
        stage: RequestStage::Waiting,
        masked_company: Clean::from("99.xxx.xxx-9"),
        masked_person: Clean::from("Maxxxx Sixxxx"),
        received: Clean::from("22-11-2026"),
    };
    let requests = vec![line; if count == 0 { 0 } else { 2 }];
    let pages = if count == 0 { 0 } else { 3 };
    told(RequestReply::Listed(Box::new(RequestsSeen { which, page, pages, count, requests })))
}

fn seen(stage: RequestStage, was_approved_by_viewer: bool) -> Do {
    seen_where(Lookable::Pages, stage, was_approved_by_viewer)
}

/// With the documents looked at, unless nothing shows them here.
fn seen_where(lookable: Lookable, stage: RequestStage, was_approved_by_viewer: bool) -> Do {
    let opened = if lookable == Lookable::Pages { DocumentsOpened::Yes } else { DocumentsOpened::No };
    let document = DocumentSeen {
        kind: Kind::Pdf,
        extent: Extent::Pages(1),
        bytes: 2048,
        taken: Clean::from("22-11-2026"),
        fingerprint: Clean::from("0011223344556677"),
    };
    let decision =
        DecisionSeen { staff: Clean::from("Hugo"), on: Clean::from("22-11-2026"), verdict: Verdict::Approve };
    told(RequestReply::Seen(Box::new(RequestSeen {
        folio: folio(),
        stage,
        reason: None,
        received: Clean::from("22-11-2026"),
        company: Rut::of_body(99_999_999).unwrap(),
        company_name: Clean::from("Comercial Ejemplo Limitada"),
        masked_representative: Clean::from("11.xxx.xxx-1"),
        person: PersonSeen {
            masked_name: Clean::from("Maxxxx Sixxxx"),
            kind: IdentityKind::Passport,
            masked_number: Clean::from("xxxx456"),
            country: Country::named("Perú").unwrap(),
            sex: Sex::Female,
            masked_birth: Clean::from("xx-xx-1992"),
            civil_status: CivilStatus::Single,
            children: "0".parse::<Children>().unwrap(),
            masked_email: Clean::from("maxxxx@ejexxxx"),
        },
        declaration: Some(document.clone()),
        identity_document: Some(document),
        decisions: vec![decision],
        was_approved_by_viewer,
        documents: opened,
        lookable,
    })))
}

/// Whoever tries the demo finds the mails that follow from a decision.
#[test]
fn in_the_demo_world_a_decision_says_where_its_mails_lie() {
    let folder = Clean::from("/tmp/totem-demo/mail");
    let demo = DemoFolders { mail: Some(folder.clone()), sms: None };
    let says = Block::Important(Msg::DemoMailFolder { folder });
    for (decided, messages) in [(Decided::Approved, 2), (Decided::Refused, 1)] {
        let sent_to = SentTo { messages: vec![outgoing(); messages], demo: demo.clone() };
        let mut requests = Requests::default();
        requests.reply(RequestReply::Decided { decided, sent_to }, &session(Role::Approver));
        let page = requests.shown().page(Msg::PlaceStaff);
        assert!(page.blocks.contains(&says), "{:?}", page.blocks);
    }
}

#[test]
fn the_whole_machine() {
    let ask = on(
        &[Keys("Rosa⏎cuatro palabras⏎123456⏎")],
        &[staff(StaffReply::SignedIn(session(Role::Approver))), Keys("3")],
    );
    let asked = on(&ask, &[Keys("1lo de hoy⏎")]);
    let waiting = Which::At(RequestStage::Waiting);
    let list = on(&asked, &[listed(waiting, 20, 1)]);
    let one = on(&list, &[Keys("1"), seen(RequestStage::Waiting, false)]);
    let deed = |key| on(&one, &[Keys(key)]);
    let export = on(&deed("1"), &[Keys("los comparo⏎")]);
    let approve = on(&deed("4"), &[Keys(" ⏎ ⏎ ⏎ ⏎")]);

    let mut table = Table::new(StaffDesk::default);
    table.step(&ask, &["1lo de hoy⏎", "3no⏎", "⏎⏎"]);
    table.step(&asked, &[]);
    table.step(&on(&asked, &[listed(waiting, 0, 0)]), &["⏎"]);
    table.step(&list, &["1", "3", "4", "5"]);
    table.step(&one, &["1", "2", "3", "4", "5", "6"]);
    table.step(&on(&list, &[Keys("1"), seen(RequestStage::ApprovedByOne, true)]), &[]);
    table.step(&on(&list, &[Keys("1"), seen(RequestStage::Approved, false)]), &[]);
    table.step(&on(&list, &[Keys("1"), staff(StaffReply::NothingHeld)]), &["⏎"]);
    table.step(&deed("1"), &["los comparo⏎", "⏎"]);
    table.step(&deed("5"), &["no se lee la firma⏎", "⏎"]);
    for lookable in [Lookable::FilesAlone, Lookable::Nowhere] {
        let one = on(&list, &[Keys("1"), seen_where(lookable, RequestStage::Waiting, false)]);
        table.step(&one, &["1", "2"]);
    }
    table.step(&export, &[]);
    let folder = Clean::from("/run/totem/viewing/0410-6105-A");
    table.step(&on(&export, &[told(RequestReply::Exported { folder, minutes: 15 })]), &["⏎"]);
    for why in [NotExported::Failed, NotExported::NoRenderer, NotExported::NotDrawn] {
        table.step(&on(&export, &[told(RequestReply::NotExported(why))]), &["⏎"]);
    }
    let no_message = SentTo { messages: vec![], ..sent_to() };
    table.step(&deed("4"), &[" ⏎ ⏎ ⏎ ⏎", " ⏎⏎ ⏎ ⏎", "⇥⇥⇥⇥⏎"]);
    table.step(&approve, &[]);
    table.step(
        &on(
            &approve,
            &[told(RequestReply::Decided { decided: Decided::ApprovedByOne, sent_to: no_message })],
        ),
        &["⏎"],
    );
    table.step(&on(&approve, &[told(RequestReply::Undecided(Undecided::SamePerson))]), &["⏎"]);
    table.step(&on(&approve, &[staff(StaffReply::NotAllowed)]), &["⏎"]);
    table.step(&on(&approve, &[staff(StaffReply::SessionOver)]), &[]);
    table.step(&deed("2"), &["falta la firma⏎", "no⏎", "⏎"]);
    table.step(&deed("3"), &["lo pide la empresa⏎"]);
    insta::assert_snapshot!(table.text, @"
    Ask
      1lo␣de␣hoy⏎ → Checking(ListRequest), asks ListRequest
      3no⏎ → stays, wrong-reason
      ⏎⏎ → stays, missing-request-stage
      Esc → Menu
      [button-list-requests] → stays, missing-request-stage, missing-reason
    Checking(ListRequest)
      Esc → Ask
      [button-go-back] → Ask
      any other reply → Ask
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
    Empty
      ⏎ → Ask
      Esc → Ask
      [button-go-back] → Ask
    List
      1 → Checking(SeeRequest), asks SeeRequest
      3 → Checking(ListRequest), asks ListRequest
      4 → Checking(ListRequest), asks ListRequest
      5 → stays
      Esc → Ask
      [request-entry] → Checking(SeeRequest), asks SeeRequest
      [request-entry] → Checking(SeeRequest), asks SeeRequest
      [requests-next] → Checking(ListRequest), asks ListRequest
      [requests-previous] → Checking(ListRequest), asks ListRequest
    One
      1 → Deed
      2 → Deed
      3 → Deed
      4 → Deed
      5 → Deed
      6 → Checking(ListRequest), asks ListRequest
      Esc → Checking(ListRequest), asks ListRequest
      [button-export-documents] → Deed
      [button-refuse-request] → Deed
      [button-withdraw-request] → Deed
      [button-approve-request] → Deed
      [button-export-files] → Deed
      [button-go-back] → Checking(ListRequest), asks ListRequest
    One
      Esc → Checking(ListRequest), asks ListRequest
      [button-export-documents] → Deed
      [button-refuse-request] → Deed
      [button-withdraw-request] → Deed
      [button-export-files] → Deed
      [button-go-back] → Checking(ListRequest), asks ListRequest
    One
      Esc → Checking(ListRequest), asks ListRequest
      [button-export-documents] → Deed
      [button-export-files] → Deed
      [button-go-back] → Checking(ListRequest), asks ListRequest
    Told
      ⏎ → Checking(ListRequest), asks ListRequest
      Esc → Checking(ListRequest), asks ListRequest
      [button-go-back] → Checking(ListRequest), asks ListRequest
    Deed
      los␣comparo⏎ → Checking(ExportRequest), asks ExportRequest
      ⏎ → stays, missing-reason
      Esc → One
      [button-export-documents] → stays, missing-reason
    Deed
      no␣se␣lee␣la␣firma⏎ → Checking(ExportRequest), asks ExportRequest
      ⏎ → stays, missing-reason
      Esc → One
      [button-export-files] → stays, missing-reason
    One
      1 → Deed
      2 → Deed
      Esc → Checking(ListRequest), asks ListRequest
      [button-export-files] → Deed
      [button-refuse-request] → Deed
      [button-withdraw-request] → Deed
      [button-go-back] → Checking(ListRequest), asks ListRequest
    One
      1 → Deed
      2 → Deed
      Esc → Checking(ListRequest), asks ListRequest
      [button-refuse-request] → Deed
      [button-withdraw-request] → Deed
      [button-go-back] → Checking(ListRequest), asks ListRequest
    Checking(ExportRequest)
      Esc → Deed
      [button-go-back] → Deed
      any other reply → Deed
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
    Exported
      ⏎ → One
      Esc → One
      [button-go-back] → One
    Told
      ⏎ → Checking(ListRequest), asks ListRequest
      Esc → Checking(ListRequest), asks ListRequest
      [button-go-back] → Checking(ListRequest), asks ListRequest
    Told
      ⏎ → Checking(ListRequest), asks ListRequest
      Esc → Checking(ListRequest), asks ListRequest
      [button-go-back] → Checking(ListRequest), asks ListRequest
    Told
      ⏎ → Checking(ListRequest), asks ListRequest
      Esc → Checking(ListRequest), asks ListRequest
      [button-go-back] → Checking(ListRequest), asks ListRequest
    Deed
      ␣⏎␣⏎␣⏎␣⏎ → Checking(ApproveRequest), asks ApproveRequest
      ␣⏎⏎␣⏎␣⏎ → stays, missing-check
      ⇥⇥⇥⇥⏎ → stays, missing-check, missing-check, missing-check, missing-check
      Esc → One
      [button-approve-request] → stays, missing-check, missing-check, missing-check, missing-check
    Checking(ApproveRequest)
      Esc → Deed
      [button-go-back] → Deed
      any other reply → Deed
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
    Told
      ⏎ → Checking(ListRequest), asks ListRequest
      Esc → Checking(ListRequest), asks ListRequest
      [button-go-back] → Checking(ListRequest), asks ListRequest
    Told
      ⏎ → Checking(ListRequest), asks ListRequest
      Esc → Checking(ListRequest), asks ListRequest
      [button-go-back] → Checking(ListRequest), asks ListRequest
    Told
      ⏎ → Menu
      Esc → Menu
      [button-go-back] → Menu
    SignIn
      Esc → the visit ends
      [button-enter] → stays, missing-staff-name, missing-password, missing-totp
      F5 → stays, wrong-session-over
      staff vouch → stays, wrong-session-over
    Deed
      falta␣la␣firma⏎ → Checking(RefuseRequest), asks RefuseRequest
      no⏎ → stays, wrong-reason
      ⏎ → stays, missing-refusal-reason
      Esc → One
      [button-refuse-request] → stays, missing-refusal-reason
    Deed
      lo␣pide␣la␣empresa⏎ → Checking(WithdrawRequest), asks WithdrawRequest
      Esc → One
      [button-withdraw-request] → stays, missing-reason
    ");
}

/// A folio leads to its request, and a company's page to its requests; from there back to the menu.
#[test]
fn by_a_search() {
    let search = on(
        &[Keys("Rosa⏎cuatro palabras⏎123456⏎")],
        &[staff(StaffReply::SignedIn(session(Role::Approver))), Keys("1")],
    );
    let by_folio = on(&search, &[Keys("0410-6105-A⏎lo pide⏎"), seen(RequestStage::Waiting, false)]);
    let by_rut = on(&search, &[Keys("99999999-9⏎lo pide⏎"), staff(company())]);
    let of_company = Which::OfCompany(Rut::of_body(99_999_999).unwrap());
    let mut table = Table::new(StaffDesk::default);
    table.step(&by_folio, &[]);
    table.step(&by_rut, &["1"]);
    table.step(&on(&by_rut, &[Keys("1"), listed(of_company, 2, 0)]), &["1"]);
    insta::assert_snapshot!(table.text, @"
    One
      Esc → Menu
      [button-export-documents] → Deed
      [button-refuse-request] → Deed
      [button-withdraw-request] → Deed
      [button-approve-request] → Deed
      [button-export-files] → Deed
      [button-go-back] → Menu
    Company
      1 → Checking(ListRequest), asks ListRequest
      Esc → Menu
      [button-see-requests] → Checking(ListRequest), asks ListRequest
      [button-go-back] → Menu
    List
      1 → Checking(SeeRequest), asks SeeRequest
      Esc → Menu
      [request-entry] → Checking(SeeRequest), asks SeeRequest
      [request-entry] → Checking(SeeRequest), asks SeeRequest
      [requests-next] → Checking(ListRequest), asks ListRequest
    ");
}
