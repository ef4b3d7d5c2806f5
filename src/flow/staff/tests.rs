//! The whole desk of the staff: every step, what can be done there, and where it leads.

use super::StaffDesk;
use crate::domain::clean::Clean;
use crate::domain::errand::{AttemptOutcome, ErrandKind, ErrandState};
use crate::domain::folio::Folio;
use crate::domain::language::Language;
use crate::domain::outlook::Outlook;
use crate::domain::reference::Id;
use crate::domain::rut::Rut;
use crate::domain::staff::Role;
use crate::effect::{CompanySeen, Figures, MessageSeen, Reply, StaffReply};
use crate::flow::table::Do::{Answer, Keys};
use crate::flow::table::{Do, Table, first_word, machine, session};
use crate::text::Sentences;

mod requests;

machine!(StaffDesk, asks, |step: &super::Step| {
    match step {
        super::Step::Requests(requests) => first_word(requests.step()),
        step => first_word(step),
    }
});

pub(super) fn on(way: &[Do], more: &[Do]) -> Vec<Do> {
    [way, more].concat()
}

pub(super) fn staff(reply: StaffReply) -> Do {
    Answer(Reply::Staff(reply))
}

pub(super) fn company() -> StaffReply {
    StaffReply::CompanySeen(Box::new(CompanySeen {
        company: Rut::of_body(99_999_999).unwrap(),
        name: Clean::from("Comercial Ejemplo Limitada"),
        masked_representative: Clean::from("11.xxx.xxx-1"),
        masked_email: Clean::from("conxxxx@comxxxx"),
        masked_mobile: Clean::from("+56 9 xxxx xx78"),
        has_question: true,
        created: Clean::from("2026-11-22T12:00:00Z"),
        failures: 3,
        recoveries: vec![],
        requests: 2,
    }))
}

fn message(state: ErrandState) -> MessageSeen {
    MessageSeen {
        id: Id([3; 16]),
        kind: ErrandKind::Registered,
        masked_to: Clean::from("conxxxx@comxxxx"),
        state,
        folio: Folio::new([1, 2, 3, 4, 5]),
        last: None,
        outlook: Some(Outlook::Now),
    }
}

#[test]
fn the_whole_machine() {
    let typed = [Keys("Rosa⏎cuatro palabras⏎123456⏎")];
    let inside = |role| on(&typed, &[staff(StaffReply::SignedIn(session(role)))]);
    let manager = inside(Role::Manager);
    let search = on(&manager, &[Keys("1")]);
    let asked = on(&search, &[Keys("99999999-9⏎lo pide⏎")]);
    let look = on(&manager, &[Keys("4")]);
    let outbox = |states: &[ErrandState]| {
        let messages = states.iter().map(|state| message(*state)).collect();
        on(&look, &[Keys("un reclamo⏎"), staff(StaffReply::OutboxSeen(messages))])
    };
    let full = outbox(&[ErrandState::Failed, ErrandState::Waiting]);
    let figures = StaffReply::FiguresSeen(Box::<Figures>::default());

    let mut table = Table::new(StaffDesk::default);
    table.step(&[], &["⏎"]);
    table.step(&typed, &[]);
    table.step(&on(&typed, &[staff(StaffReply::SignInWrong)]), &["⏎"]);
    table.step(&inside(Role::Helper), &["1"]);
    table.step(&inside(Role::Approver), &["3"]);
    table.step(&manager, &["2", "5"]);
    table.step(&search, &["99999999-9⏎lo pide⏎", "0410-6105-A⏎lo pide⏎", "x⏎lo pide⏎", "99999999-9⏎no⏎"]);
    table.step(&asked, &[]);
    let code = on(&asked, &[staff(StaffReply::CodeWanted)]);
    table.step(&code, &["123456⏎", "⏎"]);
    table.step(&on(&code, &[Keys("123456⏎")]), &[]);
    table.step(&on(&code, &[Keys("123456⏎"), staff(StaffReply::CodeWrong)]), &["⏎"]);
    table.step(&on(&code, &[Keys("123456⏎"), staff(company())]), &[]);
    for reply in [company(), StaffReply::NothingHeld, StaffReply::NotAllowed, StaffReply::SessionOver] {
        table.step(&on(&asked, &[staff(reply)]), &[]);
    }
    table.step(&on(&manager, &[Keys("2")]), &["99999999-9⏎lo pide⏎"]);
    table.step(&look, &["un reclamo⏎", "no⏎"]);
    table.step(&outbox(&[]), &["⏎"]);
    table.step(&full, &["1", "2"]);
    table.step(&on(&full, &[Keys("1")]), &["otra vez⏎", "⏎"]);
    table.step(&on(&manager, &[Keys("5"), Keys("el informe⏎"), staff(figures)]), &["⏎"]);
    insta::assert_snapshot!(table.text, @"
    SignIn
      ⏎ → stays
      Esc → the visit ends
      [button-enter] → stays, missing-staff-name, missing-password, missing-totp
    Checking(SignIn)
      Esc → SignIn
      [button-go-back] → SignIn
      any other reply → SignIn
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
    SignIn
      ⏎ → stays, wrong-sign-in
      Esc → the visit ends
      [button-enter] → stays, missing-password, missing-totp
      F5 → stays, wrong-sign-in
      staff vouch → stays, wrong-sign-in
    Menu
      1 → Search
      Esc → the visit ends
      [button-search] → Search
      [button-unblock] → Unblock
      [button-see-disputes] → Look
      [button-sign-out] → the visit ends
    Menu
      3 → Ask
      Esc → the visit ends
      [button-search] → Search
      [button-unblock] → Unblock
      [button-see-requests] → Ask
      [button-see-disputes] → Look
      [button-sign-out] → the visit ends
    Menu
      2 → Unblock
      5 → Look
      Esc → the visit ends
      [button-search] → Search
      [button-unblock] → Unblock
      [button-see-requests] → Ask
      [button-see-outbox] → Look
      [button-see-figures] → Look
      [button-see-disputes] → Look
      [button-sign-out] → the visit ends
    Search
      99999999-9⏎lo␣pide⏎ → Checking(SeeCompany), asks SeeCompany
      0410-6105-A⏎lo␣pide⏎ → Checking(SeeCompany), asks SeeCompany
      x⏎lo␣pide⏎ → stays, wrong-sought
      99999999-9⏎no⏎ → stays, wrong-reason
      Esc → Menu
      [button-search] → stays, missing-sought, missing-reason
    Checking(SeeCompany)
      Esc → Search
      [button-go-back] → Search
      any other reply → Search
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
    Code
      123456⏎ → Checking(SeeCompany), asks SeeCompany
      ⏎ → stays, missing-totp
      Esc → Menu
      [button-continue] → stays, missing-totp
    Checking(SeeCompany)
      Esc → Code
      [button-go-back] → Code
      any other reply → Code
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
    Code
      ⏎ → stays, missing-totp
      Esc → Menu
      [button-continue] → stays, missing-totp
      F5 → stays, wrong-staff-code
      staff vouch → stays, wrong-staff-code
    Company
      Esc → Menu
      [button-see-requests] → Checking(ListRequest), asks ListRequest
      [button-go-back] → Menu
    Company
      Esc → Menu
      [button-see-requests] → Checking(ListRequest), asks ListRequest
      [button-go-back] → Menu
    Told
      Esc → Menu
      [button-go-back] → Menu
    Told
      Esc → Menu
      [button-go-back] → Menu
    SignIn
      Esc → the visit ends
      [button-enter] → stays, missing-staff-name, missing-password, missing-totp
      F5 → stays, wrong-session-over
      staff vouch → stays, wrong-session-over
    Unblock
      99999999-9⏎lo␣pide⏎ → Checking(Unblock), asks Unblock
      Esc → Menu
      [button-unblock] → stays, missing-company-rut, missing-reason
    Look
      un␣reclamo⏎ → Checking(SeeOutbox), asks SeeOutbox
      no⏎ → stays, wrong-reason
      Esc → Menu
      [button-continue] → stays, missing-reason
    Outbox
      ⏎ → Menu
      Esc → Menu
      [button-go-back] → Menu
    Outbox
      1 → TryAgain
      2 → stays
      Esc → Menu
      [outbox-notice] → TryAgain
      [outbox-notice] → stays
    TryAgain
      otra␣vez⏎ → Checking(RetryMessage), asks RetryMessage
      ⏎ → stays, missing-reason
      Esc → Menu
      [button-continue] → stays, missing-reason
    Figures
      ⏎ → Checking(SeeFigures), asks SeeFigures
      Esc → Menu
      [button-day-before] → Checking(SeeFigures), asks SeeFigures
      [button-go-back] → Menu
    ");
}

/// Staff see whose fault it is that a message stays.
#[test]
fn why_a_message_stays_is_said() {
    let held = Some(Outlook::Held);
    let table = [
        (ErrandState::Waiting, None, Some(Outlook::Now), "Espera"),
        (ErrandState::Waiting, Some(AttemptOutcome::AccessRefused), held, "Retenido: no nos aceptan"),
        (ErrandState::Waiting, Some(AttemptOutcome::Untrusted), held, "Retenido: no nos aceptan"),
        (ErrandState::Waiting, Some(AttemptOutcome::Unreachable), held, "Espera: nadie contesta"),
        (ErrandState::Waiting, Some(AttemptOutcome::Temporary), Some(Outlook::Now), "Espera"),
        (ErrandState::Waiting, None, Some(Outlook::Off), "No sale: ese canal está apagado"),
        (ErrandState::Failed, Some(AttemptOutcome::AddressRefused), None, "Falló: no existe"),
        (ErrandState::Failed, Some(AttemptOutcome::Permanent), None, "Falló"),
        (ErrandState::Expired, Some(AttemptOutcome::AccessRefused), None, "Llegó tarde"),
    ];
    for (state, last, outlook, said) in table {
        let words = super::words::message_state(&MessageSeen { last, outlook, ..message(state) });
        assert_eq!(Sentences::screens(Language::Es).say(&words), said, "{state:?} {last:?}");
    }
}
