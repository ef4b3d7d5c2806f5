//! The whole of *Estado de mi solicitud*: every step, what can be done there, and where it leads.

use super::RequestStatus;
use crate::domain::facilitator::RequestStanding;
use crate::domain::outlook::Outlook;
use crate::effect::Reply;
use crate::effect::facilitator::FacilitatorReply;
use crate::flow::table::Do::{Answer, Keys};
use crate::flow::table::{Table, machine};

machine!(RequestStatus, asks);

#[test]
fn the_whole_machine() {
    let typed = Keys("0410-6105-A⏎11111111-1⏎");
    let stands = Answer(Reply::Facilitator(FacilitatorReply::Stands {
        standing: RequestStanding::Approved,
        answer: Outlook::Now,
    }));
    let mut table = Table::new(RequestStatus::default);
    table.step(&[], &["0410-6105-A⏎11111111-1⏎", "0410-6106-A⏎1⏎", "⏎⏎"]);
    table.step(std::slice::from_ref(&typed), &[]);
    table.step(&[typed.clone(), stands], &["1", "2"]);
    table.step(&[typed, Answer(Reply::StoreDown)], &["1", "2", "3"]);
    insta::assert_snapshot!(table.text, @r"
    Which
      0410-6105-A⏎11111111-1⏎ → Checking(LookUp), asks LookUp
      0410-6106-A⏎1⏎ → stays, wrong-folio-check, wrong-rut-shape
      ⏎⏎ → stays, missing-folio, missing-representative-rut
      Esc → the menu
      [button-look-up-request] → stays, missing-folio, missing-representative-rut
    Checking(LookUp)
      Esc → Which
      [button-go-back] → Which
      any other reply → Which
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
      Stands → Told
      Refused(Mismatch), Refused(Expired) → Which, mismatch-request
      Refused(NotListed) → Which, mismatch-not-listed
      Refused(Repeated) → Which, mismatch-repeated
    Told
      1 → the visit ends
      2 → Which
      Esc → Which
      [button-leave] → the visit ends
      [button-go-back] → Which
    Stopped
      1 → Checking(LookUp), asks LookUp
      2 → stays, calls staff
      3 → Which
      Esc → Which
      [button-retry] → Checking(LookUp), asks LookUp
      [button-ask-help] → stays, calls staff
      [button-go-back] → Which
    ");
}
