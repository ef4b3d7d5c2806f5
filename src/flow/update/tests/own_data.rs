//! *Mis datos*, from the review on.

use super::{on, review, update};
use crate::domain::outlook::Outlook;
use crate::effect::Reply;
use crate::flow::table::Do::{Answer, Keys};
use crate::flow::table::{Table, awaiting, letters, on_file, sent_to};

#[test]
fn ones_own_data() {
    let my_data = on(&review(), &[Keys("⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⏎")]);
    let erasing = on(&my_data, &[Keys("3")]);
    let confirming = on(&erasing, &[Keys("1"), Answer(letters())]);
    let asking = on(&confirming, &[Keys("caht⏎")]);
    let mut pending = on_file();
    pending.erased_in_hours = Some(71);
    let mut way = review();
    way[2] = Answer(Reply::DataRead(Box::new(pending)));
    let pending = on(&way, &[Keys("⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⇥⏎")]);
    let back = Answer(Reply::ErasureTakenBack { folio: awaiting().folio(), notices: Outlook::Now });
    let sent = Answer(Reply::CopySent { folio: awaiting().folio(), sent_to: sent_to() });
    let mut table = Table::new(update);
    table.step(&my_data, &["1", "2", "3", "4"]);
    table.step(&on(&my_data, &[Keys("1")]), &["⏎"]);
    table.step(&on(&my_data, &[Keys("2")]), &[]);
    table.step(&on(&my_data, &[Keys("2"), Answer(Reply::CodeLimit)]), &["⏎"]);
    table.step(&on(&my_data, &[Keys("2"), sent]), &["⏎"]);
    table.step(&erasing, &["1", "2"]);
    table.step(&confirming, &["caht⏎", "xxxx⏎"]);
    table.step(&asking, &[]);
    table.step(
        &on(&asking, &[Answer(Reply::ErasureAsked { folio: awaiting().folio(), notices: Outlook::Now })]),
        &["⏎"],
    );
    table.step(&pending, &["3"]);
    table.step(&on(&pending, &[Keys("3")]), &[]);
    table.step(&on(&pending, &[Keys("3"), back]), &["⏎"]);
    insta::assert_snapshot!(table.text, @"
    MyData
      1 → Kept
      2 → Checking(SendCopy), asks SendCopy
      3 → Erasing
      4 → Review
      Esc → Review
      [button-see-kept] → Kept
      [button-send-copy] → Checking(SendCopy), asks SendCopy
      [button-ask-erasure] → Erasing
      [button-go-back] → Review
    Kept
      ⏎ → MyData
      Esc → MyData
      [button-go-back] → MyData
    Checking(SendCopy)
      Esc → stays
      any other reply → MyData
      CodeLimit → Told(TooManyMails)
      DataStale → Who, wrong-data-stale
      NotProved → Told(NotProved)
      CopySent → CopySent
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
    Told(TooManyMails)
      ⏎ → MyData
      Esc → MyData
      [button-go-back] → MyData
      [button-ask-help] → stays, calls staff
    CopySent
      ⏎ → the visit ends
      Esc → stays
      [button-leave] → the visit ends
    Erasing
      1 → Checking(DrawChallenge), asks DrawChallenge
      2 → MyData
      Esc → MyData
      [button-continue] → Checking(DrawChallenge), asks DrawChallenge
      [button-go-back] → MyData
    ConfirmErasure
      caht⏎ → Checking(RequestErasure), asks RequestErasure
      xxxx⏎ → Checking(DrawChallenge), asks DrawChallenge
      Esc → Erasing
      [button-ask-erasure] → stays, missing-letters
      [button-refresh] → Checking(DrawChallenge), asks DrawChallenge
      F5 → Checking(DrawChallenge), asks DrawChallenge
      staff vouch → Checking(RequestErasure), asks RequestErasure
    Checking(RequestErasure)
      Esc → stays
      any other reply → ConfirmErasure
      DataStale → Who, wrong-data-stale
      DataLimit → Told(TooManyChanges)
      ErasureAsked → ErasureAsked
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
    ErasureAsked
      ⏎ → the visit ends
      Esc → stays
      [button-leave] → the visit ends
    MyData
      3 → Checking(TakeErasureBack), asks TakeErasureBack
      Esc → Review
      [button-see-kept] → Kept
      [button-send-copy] → Checking(SendCopy), asks SendCopy
      [button-take-erasure-back] → Checking(TakeErasureBack), asks TakeErasureBack
      [button-go-back] → Review
    Checking(TakeErasureBack)
      Esc → stays
      any other reply → MyData
      DataStale → Who, wrong-data-stale
      ErasureTakenBack → ErasureTakenBack
      StoreDown, StoreUnsure, OfficeAway, RegistryDown(Sii), RegistryDown(RegistroCivil), Refused(Unconfirmed), Refused(Wait), Refused(TerminalLocked), Refused(Frozen), Refused(InPerson), Refused(TwoOfStaff), Refused(Applications), Refused(WithoutRun), Refused(CardUnlisted) → Stopped
    ErasureTakenBack
      ⏎ → the visit ends
      Esc → stays
      [button-leave] → the visit ends
    ");
}
