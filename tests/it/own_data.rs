//! *Mis datos*: what is kept, a copy of it, and being forgotten (Ley 21.719).

use totem::audit::Actor;
use totem::domain::deed::{Action, Outcome};
use totem::domain::reference::Kind;
use totem::effect::{Effect, Reply};
use totem::event::Target;
use totem::text::Msg;

use crate::booth::{ANSWER, Booth, CLAVE, COMPANY, MAILBOX, MOBILE, OWN_MAILBOX};

const HOLD_SECONDS: u64 = 72 * 3600;

impl Booth {
    pub fn sees_my_data(&mut self) -> &mut Self {
        self.sees_data().clicks(Target::Button(1)).is_at(&Msg::ButtonMyData)
    }

    /// *Pedir que se borre*, to the receipt.
    pub fn asks_for_erasure(&mut self) -> &mut Self {
        self.sees_my_data().chooses("3").is_at(&Msg::ErasingHeading).chooses("1");
        self.is_at(&Msg::ErasingConfirmHeading).letters().types("⏎").is_at(&Msg::TakenHeading)
    }
}

#[test]
fn what_is_kept_is_told_in_plain_words() {
    let mut booth = Booth::with_company();
    booth.sees_my_data().pictured("my-data").chooses("1").is_at(&Msg::KeptHeading).pictured("my-data-kept");
    booth.types("⏎").is_at(&Msg::ButtonMyData).chooses("4").is_at(&Msg::UpdateReviewHeading);
}

#[test]
fn a_copy_goes_to_the_address_on_file_and_to_no_other() {
    let mut booth = Booth::with_company();
    booth.sees_my_data().chooses("2").is_at(&Msg::SuccessHeading).sees_msg(&Msg::CopySent).sees(MAILBOX);
    booth.pictured("my-data-copy").types("⏎").is_at_rest().runs_courier();
    assert_eq!((booth.post.subjects(MAILBOX).len(), booth.post.mail_count()), (1, 1));
    let copy = booth.post.newest_mail(MAILBOX);
    for line in
        ["Comercial Ejemplo Limitada", "Avenida Irarrázaval 1234", "NOMBRE DE MI MASCOTA", "11.111.111-1"]
    {
        assert!(copy.contains(line), "{line}: {copy}");
    }
    for secret in [CLAVE, ANSWER, "argon2"] {
        assert!(!copy.contains(secret), "{secret}: {copy}");
    }
    assert!(booth.audited().contains(&(Action::SendCopy, Outcome::Done)));
    // The copy is written when it leaves, and only if the address is still the one on file.
    booth.sees_my_data().chooses("2").leaves().moves_mailbox(CLAVE, "nuevo@comercial.example");
    booth.waits(61).runs_courier();
    let copies = |mailbox| {
        let subjects = booth.post.subjects(mailbox);
        subjects.iter().filter(|subject| subject.starts_with("Copia")).count()
    };
    assert_eq!((copies(MAILBOX), copies("nuevo@comercial.example")), (1, 0));
}

#[test]
fn an_address_gets_no_more_copies_than_messages() {
    let mut booth = Booth::with_company();
    for _ in 0..3 {
        booth.sees_my_data().chooses("2").is_at(&Msg::SuccessHeading).leaves().runs_courier().waits(61);
    }
    booth.sees_my_data().chooses("2").is_at(&Msg::CopyLimitHeading).pictured("my-data-copy-limit");
    booth.types("⏎").is_at(&Msg::ButtonMyData);
}

#[test]
fn after_three_days_nothing_is_left_but_the_audit_log() {
    let mut booth = Booth::with_company();
    // Something of every kind: failed tries, a recovery, a code that nobody typed.
    booth.opens_data("Mala-Clave").leaves();
    booth
        .asks_for_question(COMPANY)
        .types(&format!("{ANSWER}⏎"))
        .letters()
        .types("⏎")
        .leaves()
        .runs_courier();
    booth.sees_my_data().chooses("3").pictured("my-data-erasing").chooses("1");
    booth
        .pictured("my-data-erasing-confirm")
        .types("QQQQ⏎")
        .sees_msg(&Msg::WrongLetters)
        .letters()
        .types("⏎");
    booth.is_at(&Msg::TakenHeading).sees_msg(&Msg::ErasureAsked).pictured("my-data-erasure-asked").types("⏎");
    booth.is_at_rest().waits(61).runs_courier();
    for mailbox in [MAILBOX, OWN_MAILBOX] {
        assert!(booth.post.newest_mail(mailbox).contains("pidió borrar todos los datos"));
    }
    booth.waits(HOLD_SECONDS - 3600).runs_courier();
    booth.sees_data().sees_msg(&Msg::ErasurePending { hours: 1 }).pictured("update-erasure-pending").leaves();
    // A second request is the same request.
    assert!(booth.account(COMPANY).is_some());
    booth.opens_data("Mala-Clave").leaves().waits(3600).runs_courier();
    assert_eq!(booth.account(COMPANY), None);
    let left: Vec<_> = booth.left();
    // The terminal's own tally, and the numbers of two days' visits, name no company and expire by
    // themselves.
    assert_eq!(left, [(Kind::Limit, 3)], "{left:?}");
    assert_eq!(booth.waits(401 * 86_400).runs_courier().left(), []);
    let erased = booth.audit().into_iter().find(|row| row.action == Action::EraseCompany).expect("on record");
    assert_eq!((erased.actor, erased.outcome), (Actor::Courier, Outcome::Done));
    assert!(erased.subject.is_some() && erased.folio.is_some());
    let mails = booth.post.mail_count();
    booth.opens_data(CLAVE).is_at(&Msg::ChangeWhoHeading).sees("Los datos no coinciden").leaves();
    assert_eq!(booth.runs_courier().post.mail_count(), mails);
}

#[test]
fn whoever_has_the_key_takes_it_back() {
    let mut booth = Booth::with_company();
    booth.asks_for_erasure().leaves().waits(61).runs_courier();
    booth.sees_my_data().sees_msg(&Msg::ErasurePending { hours: 72 }).chooses("3");
    booth
        .is_at(&Msg::SuccessHeading)
        .sees_msg(&Msg::ErasureTakenBack)
        .pictured("my-data-taken-back")
        .leaves();
    booth.waits(61).runs_courier();
    assert!(booth.post.newest_mail(OWN_MAILBOX).contains("quedó sin efecto"));
    booth.waits(HOLD_SECONDS + 1).runs_courier();
    booth.sees_data().sees_not("Pidieron borrar");
    assert!(booth.audited().contains(&(Action::CancelErasure, Outcome::Done)));
}

#[test]
fn the_notices_code_takes_it_back_and_what_followed() {
    let mut booth = Booth::with_company();
    booth.asks_for_erasure().leaves().runs_courier();
    let code = booth.post.text_to(MOBILE);
    booth.changes(CLAVE, "Ladron+17x").leaves();
    booth.undoes(&code).sees_msg(&Msg::UndoneNotErased).leaves().waits(61).runs_courier();
    booth.waits(HOLD_SECONDS + 1).runs_courier();
    booth.sees_data().sees_not("Pidieron borrar");
    assert!(booth.post.newest_mail(MAILBOX).contains("quedó sin efecto"));
}

/// A thief asks for erasure, changes the clave with that notice's code, since there is no room for
/// another, and takes the erasure back. The owner's code still works.
#[test]
fn taking_it_back_leaves_the_owners_code_alive() {
    let mut booth = Booth::with_company();
    booth.asks_for_erasure().leaves().runs_courier();
    let code = booth.post.text_to(MOBILE);
    booth.sees_my_data().chooses("3").is_at(&Msg::SuccessHeading).leaves();
    booth.changes(CLAVE, "Ladron+17x").leaves();
    booth.undoes(&code).sees_msg(&Msg::Undone).leaves();
    booth.sees_data();
}

#[test]
fn asked_twice_it_is_one_request() {
    let mut booth = Booth::with_company();
    let folio = booth.asks_for_erasure().folio();
    let Some(asked @ Effect::RequestErasure(_)) = booth.asked.last().cloned() else {
        panic!("an erasure was asked for last");
    };
    assert!(
        matches!(booth.performs(asked), Reply::ErasureAsked { folio: again, .. } if again.to_string() == folio)
    );
    booth.leaves().runs_courier();
    assert_eq!(booth.post.text_count(MOBILE), 1);
}

#[test]
fn a_store_that_is_down_erases_nothing() {
    let mut booth = Booth::with_company();
    booth.sees_my_data().chooses("31").letters().store_is_down(true).types("⏎").is_at(&Msg::StopStoreHeading);
    booth.store_is_down(false).types("⏎").is_at(&Msg::TakenHeading).leaves();
    booth.sees_my_data().store_is_down(true).chooses("2").is_at(&Msg::StopStoreHeading);
    booth.store_is_down(false).types("⏎").is_at(&Msg::SuccessHeading);
}
