//! Keys that a deed ends, and codes that do more than their channel may (T3, T5): whoever was sent one hears
//! of its end, and a channel that nobody proved brakes a hold and nothing else.

use totem::domain::contact::Contact;
use totem::domain::secret::Secret;
use totem::domain::staff::Role;
use totem::effect::{DataChange, Effect, Reply};
use totem::text::Msg;

use crate::booth::{Booth, CLAVE, COMPANY, MAILBOX, MOBILE};

const OWN: &str = "Guitarra+9";
const NEWER: &str = "ventas2@comercial.example";
/// Where the key of a recovery to a new address goes.
const NEW: &str = "nueva@correo.example";

impl Booth {
    /// By the answer, to mailbox and mobile on file.
    fn has_key_sent(&mut self) -> &mut Self {
        self.asks_for_question(COMPANY).types("Firulais⏎").letters().types("⏎");
        self.is_at(&Msg::SuccessHeading).leaves().waits(61).runs_courier()
    }

    /// With the clave in use another mailbox comes onto the file.
    fn puts_mailbox(&mut self, email: &str) -> &mut Self {
        let effect = Effect::CheckClave {
            company: COMPANY.parse().expect("a RUT"),
            representative: "11111111-1".parse().expect("a RUT"),
            clave: Secret::new(CLAVE),
        };
        let Reply::ClaveRight(proved) = self.performs(effect) else { panic!("it is the clave in use") };
        let contacts = vec![Contact::CompanyEmail(email.parse().expect("a mailbox"))];
        let change = Box::new(DataChange { contacts, ..DataChange::default() });
        let saved = self.performs(Effect::SaveData(proved, change));
        let Reply::DataSaved { mut to_prove, .. } = saved else { panic!("{saved:?}") };
        let awaiting = to_prove.pop().expect("a code goes there").awaiting;
        let code = Secret::new(self.runs_courier().post.mail_to(email));
        let reply = self.performs(Effect::CheckCode { awaiting, code });
        assert!(matches!(reply, Reply::AddressProved(_)), "{reply:?}");
        self.waits(61).runs_courier()
    }

    fn heard(&self) -> usize {
        self.post.subjects(MAILBOX).len()
    }
}

/// Seen: a mailbox that had left the file sat on a dead key, and nobody told it.
#[test]
fn a_mailbox_that_left_the_file_hears_that_its_key_is_over() {
    let mut booth = Booth::with_company();
    booth.has_key_sent().puts_mailbox(NEWER);
    let before = booth.heard();
    booth.changes(CLAVE, OWN).leaves().waits(61).runs_courier();
    assert_eq!(booth.heard(), before + 1);
}

/// The same when newer recoveries push it out.
#[test]
fn it_hears_when_newer_keys_push_its_key_out() {
    let mut booth = Booth::with_company();
    booth.has_key_sent().puts_mailbox(NEWER);
    let before = booth.heard();
    for _ in 0..2 {
        booth.waits(3_600).has_key_sent();
    }
    assert_eq!(booth.heard(), before, "three work at once");
    booth.waits(3_600).has_key_sent();
    assert_eq!(booth.heard(), before + 1);
}

/// The same when a member of staff let another key go.
#[test]
fn it_hears_of_a_deed_in_person_too() {
    let mut booth = Booth::with_company();
    booth.employs("rosa", Role::Helper).has_key_sent().puts_mailbox(NEWER);
    let before = booth.heard();
    booth.proves_new_address().confirms_card("rosa").leaves().waits(61).runs_courier();
    assert_eq!(booth.heard(), before + 1);
}

/// Seen: the mobile's code, which nobody had proved, brought the clave back that its holder knew.
#[test]
fn the_code_of_an_unproved_channel_reverts_no_clave() {
    let mut booth = Booth::with_company();
    booth.has_unproved_mobile(COMPANY).proves_new_address().leaves();
    let (unproved, proved) = (booth.post.text_to(MOBILE), booth.post.mail_to(MAILBOX));
    booth.waits(86_401).runs_courier();
    let key = booth.post.mail_to(NEW);
    booth.changes(&key, OWN).leaves();
    booth.undoes(&unproved).sees_msg(&Msg::WrongUndoHold).leaves();
    booth.validates(OWN).is_at(&Msg::ChangeOwnHeading).leaves();
    // The code of a channel that was proved does.
    booth.undoes(&proved).sees_msg(&Msg::Undone).leaves();
    booth.validates(CLAVE).is_at(&Msg::ChangeOwnHeading);
}

/// Nor does it end a key that left: only the hold.
#[test]
fn the_code_of_an_unproved_channel_stops_the_hold_and_no_later_key() {
    let mut booth = Booth::with_company();
    booth.has_unproved_mobile(COMPANY).proves_new_address().leaves();
    let stops = booth.post.text_to(MOBILE);
    booth.undoes(&stops).sees_msg(&Msg::Undone).leaves().waits(86_401).runs_courier();
    assert!(!booth.post.subjects(NEW).iter().any(|subject| subject.contains("provisoria")), "no key");

    booth.waits(3_600).proves_new_address().leaves();
    let late = booth.post.text_to(MOBILE);
    booth.waits(86_401).runs_courier();
    let key = booth.post.mail_to(NEW);
    booth.undoes(&late).sees_msg(&Msg::WrongUndoHold).leaves();
    booth.validates(&key).is_at(&Msg::ChangeSentHeading);
}
