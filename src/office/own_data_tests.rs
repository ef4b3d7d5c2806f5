//! The tables of saving data.

#![allow(clippy::unwrap_used, reason = "what fails in a test shall stop it")]

use super::*;
use crate::domain::contact::Contact;
use crate::domain::destination::DemoFolders;
use crate::office::samples::{NOON, account, company, held, notices, told};

fn owned(count: u8) -> Saveable {
    Saveable {
        owned: Owned { account: held(1, account()), notices: notices(count) },
        codes: vec![SentTo { messages: Vec::new(), demo: DemoFolders::default() }],
        notices: Outlook::Held,
        details: Outlook::Now,
    }
}

fn representing(company: Rut) -> Representing {
    let company = OpenCompany::said_by_register(company, "Comercial Ejemplo Limitada".into());
    Representing::said_by_register(company, Rut::of_body(22_222_222).unwrap(), "Eva Ejemplo".into())
}

fn contact() -> Contact {
    Contact::CompanyEmail("nueva@comercial.example".parse().unwrap())
}

/// What saving this writes, and what is answered.
fn saved(read: Option<&Saveable>, change: &DataChange) -> Result<(Vec<String>, Reply), Trouble> {
    let asked = AskedToSave { change, answer: None, language: Language::Es, flows_kept_ms: 1_000 };
    let decision = decide_save(read, &asked, &Drawn::for_test(NOON), &Rows::for_test())?;
    Ok((told(decision.draft.writes()), decision.answer))
}

#[test]
fn what_can_be_undone_is_told_to_all_and_details_to_the_mailbox() {
    let other = DataChange { representative: Some(representing(company())), ..DataChange::default() };
    let details = DataChange { phone: Some("229876543".parse().unwrap()), ..DataChange::default() };
    let contacts = DataChange { contacts: vec![contact()], ..DataChange::default() };
    let row = "row ChangeData Done";
    let told_all = vec![row, "new Undo", "replace Account", "new Outbox", "new Outbox", "new Outbox"];
    // Who hears nothing is not told that others hear.
    let table = [
        (other, told_all, Some(Outlook::Held)),
        (details, vec![row, "replace Account", "new Outbox"], Some(Outlook::Now)),
        (contacts, vec![row, "unchanged Account", "new Proof", "new Outbox"], None),
        (DataChange::default(), vec![row, "unchanged Account"], None),
    ];
    for (change, writes, heard) in table {
        let (written, reply) = saved(Some(&owned(0)), &change).unwrap();
        assert_eq!(written, writes);
        let Reply::DataSaved { to_prove, notices, .. } = reply else { panic!("{reply:?}") };
        assert_eq!((to_prove.len(), notices), (change.contacts.len(), heard));
    }
}

#[test]
fn nothing_is_saved_that_could_not_be_undone_or_was_read_before() {
    let contacts = DataChange { contacts: vec![contact()], ..DataChange::default() };
    assert_eq!(saved(Some(&owned(8)), &contacts).unwrap(), (Vec::new(), Reply::DataLimit));
    assert_eq!(saved(None, &contacts).unwrap(), (Vec::new(), Reply::DataStale));
    // Details need no room for a notice.
    assert_eq!(saved(Some(&owned(8)), &DataChange::default()).unwrap().0.len(), 2);
    let of_another = representing(Rut::of_body(88_888_888).unwrap());
    let foreign = DataChange { representative: Some(of_another), ..DataChange::default() };
    assert!(saved(Some(&owned(0)), &foreign).is_err());
}
