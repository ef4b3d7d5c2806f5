//! *Cambiar CS* by keys, and *No fui yo* after it.

use totem::domain::deed::{Action, Outcome};
use totem::event::{Event, Key};
use totem::text::Msg;

use crate::booth::{ANSWER, Booth, CLAVE, COMPANY, MAILBOX, MOBILE, OWN_MAILBOX};

const NEW: &str = "Guitarra+9";

impl Booth {
    /// *Validar Datos* with this clave.
    pub fn validates(&mut self, clave: &str) -> &mut Self {
        self.enters("3").is_at(&Msg::ChangeWhoHeading).types(&format!("{COMPANY}⏎11111111-1⏎{clave}⏎"))
    }

    /// Changes the clave from this one to that one.
    pub fn changes(&mut self, from: &str, to: &str) -> &mut Self {
        self.validates(from).types(&format!("{to}⏎{to}⏎")).letters().types("⏎").is_at(&Msg::SuccessHeading)
    }

    /// *No fui yo* with this code.
    pub fn undoes(&mut self, code: &str) -> &mut Self {
        self.enters("8").is_at(&Msg::UndoHeading).types(&format!("{COMPANY}⏎{code}⏎"))
    }
}

#[test]
fn within_eleven_strokes() {
    let mut booth = Booth::with_company();
    booth.enters("3").pictured("change-who");
    booth.types(&format!("{COMPANY}⏎11.111.111-1⏎{CLAVE}⏎")).is_at(&Msg::ChangeOwnHeading);
    booth.pictured("change-own").types(&format!("{NEW}⏎{NEW}⏎")).is_at(&Msg::ChangeConfirmHeading);
    booth.pictured("change-confirm").letters().types("⏎").sees_msg(&Msg::Changed).pictured("changed");
    booth.types("⏎").is_at_rest();
    assert!(booth.strokes <= 11, "{} strokes", booth.strokes);
    booth.validates(CLAVE).is_at(&Msg::ChangeWhoHeading).leaves();
    booth.validates(NEW).is_at(&Msg::ChangeOwnHeading);
    assert!(booth.audited().contains(&(Action::ChangeClave, Outcome::Done)));
}

#[test]
fn all_channels_hear_of_it_and_the_code_undoes_it() {
    let mut booth = Booth::with_company();
    booth.changes(CLAVE, NEW).leaves().runs_courier();
    assert_eq!(booth.post.subjects(MAILBOX), ["Cambió la Clave Sence de su empresa"]);
    assert_eq!(booth.post.subjects(OWN_MAILBOX), booth.post.subjects(MAILBOX));
    assert_eq!(booth.post.text_count(MOBILE), 1);
    let code = booth.post.text_to(MOBILE);
    booth.undoes(&code).is_at(&Msg::SuccessHeading).sees_msg(&Msg::Undone).pictured("undone").leaves();
    booth.waits(61).runs_courier();
    assert!(booth.post.newest_mail(MAILBOX).contains("La clave anterior vuelve a ser la que sirve"));
    booth.validates(NEW).is_at(&Msg::ChangeWhoHeading).leaves();
    booth.validates(CLAVE).is_at(&Msg::ChangeOwnHeading).leaves();
    booth.undoes(&code).is_at(&Msg::UndoHeading).sees("Los datos no coinciden");
}

#[test]
fn undoing_takes_the_right_code_in_time() {
    let mut booth = Booth::with_company();
    booth.changes(CLAVE, NEW).leaves().runs_courier();
    let code = booth.post.mail_to(MAILBOX);
    booth.enters("8").pictured("undo").types("⏎⏎").sees_msg(&Msg::MissingCompanyRut);
    booth.sees_msg(&Msg::MissingUndoCode).pictured("undo-empty").leaves();
    booth.undoes("00000000").sees("Le quedan 9 intentos").leaves();
    assert!(booth.audited().contains(&(Action::Undo, Outcome::Wrong)));
    booth.waits(72 * 3600).undoes(&code).is_at(&Msg::UndoHeading).sees("Los datos no coinciden");
}

#[test]
fn a_wrong_key_offers_recovery() {
    let mut booth = Booth::with_company();
    booth.validates("Mala-Clave").sees_msg(&Msg::MismatchClave { tries: 9 }).pictured("change-mismatch");
    booth.sees_not("Mala-Clave").clicks_on(&Msg::ButtonGoRecover).is_at(&Msg::RecoverRoadHeading);
}

#[test]
fn what_a_new_key_may_not_be() {
    let mut booth = Booth::with_company();
    booth.validates(CLAVE);
    let wrong = [
        ("corta1", "corta1", Msg::WrongClaveLength { length: 6 }),
        ("demasiadolarga", "demasiadolarga", Msg::WrongClaveLength { length: 14 }),
        ("password1", "password1", Msg::WrongClaveCommon),
        ("sence-1234", "sence-1234", Msg::WrongClaveKnown),
        ("99999999", "99999999", Msg::WrongClaveKnown),
        (NEW, "Guitarra-9", Msg::WrongRepeat),
    ];
    for (clave, again, error) in wrong {
        booth.types(&format!("{clave}⏎{again}⏎"));
        assert_eq!(booth.error(), Some(booth.says(&error)), "{clave}");
        // Nothing is cut: the field holds all of it, to be corrected.
        booth.types("␛").is_at(&Msg::ChangeWhoHeading).types(&format!("{CLAVE}⏎"));
        booth.is_at(&Msg::ChangeOwnHeading);
    }
    booth.types(&format!("{CLAVE}⏎{CLAVE}⏎")).is_at(&Msg::ChangeOwnHeading);
    booth.sees_msg(&Msg::WrongClaveUnchanged);
}

#[test]
fn any_current_representative_will_do_and_no_other() {
    let mut booth = Booth::with_company();
    for (representative, is_right) in [("22222222-2", true), ("33333333-3", false), ("12345678-5", false)] {
        booth.enters("3").types(&format!("{COMPANY}⏎{representative}⏎{CLAVE}⏎"));
        let heading = if is_right { Msg::ChangeOwnHeading } else { Msg::ChangeWhoHeading };
        booth.is_at(&heading).leaves();
    }
    booth.enters("3").types("50000000-7⏎12345678-5⏎Cualquier1⏎").sees("Los datos no coinciden");
    assert!(booth.audited().contains(&(Action::CheckClave, Outcome::NoAccount)));
}

#[test]
fn a_hidden_key_is_shown_for_three_seconds() {
    let mut booth = Booth::with_company();
    booth.enters("3").types(&format!("{COMPANY}⏎11111111-1⏎{CLAVE}")).sees_not(CLAVE);
    booth.presses([Key::F(3)]).sees(CLAVE).waits(2).sees(CLAVE).waits(1).sees_not(CLAVE);
    booth.presses([Key::F(3), Key::F(3)]).sees_not(CLAVE).presses([Key::F(3)]).types("⏎");
    booth.is_at(&Msg::ChangeOwnHeading).types("␛").sees_not(CLAVE);
    // What was shown on a page that the person left is hidden when they come back.
    booth.types(CLAVE).presses([Key::F(3)]).store_is_down(true).types("⏎");
    booth.is_at(&Msg::StopStoreHeading).types("␛").is_at(&Msg::ChangeWhoHeading).sees_not(CLAVE);
}

#[test]
fn the_store_that_is_down_loses_nothing() {
    let mut booth = Booth::with_company();
    booth.validates(CLAVE).types(&format!("{NEW}⏎{NEW}⏎")).letters().store_is_down(true).types("⏎");
    booth.is_at(&Msg::StopStoreHeading).types("⏎").is_at(&Msg::StopStoreHeading);
    booth.store_is_down(false).types("⏎").sees_msg(&Msg::Changed).leaves().runs_courier();
    let code = booth.post.mail_to(MAILBOX);
    booth.enters("8").types(&format!("{COMPANY}⏎{code}")).store_is_down(true).types("⏎");
    booth.is_at(&Msg::StopStoreHeading).types("␛").sees(&code).types("⏎").is_at(&Msg::StopStoreHeading);
    booth.store_is_down(false).types("⏎").sees_msg(&Msg::Undone);
}

/// Somebody who chose a clave with a sent key that wasn't theirs loses both by the owner's code.
#[test]
fn undoing_what_a_sent_key_did_restores_the_old_key() {
    let mut booth = Booth::with_company();
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).letters().types("⏎").leaves();
    let sent = booth.runs_courier().post.mail_to(MAILBOX);
    booth.changes(&sent, NEW).leaves().waits(61).runs_courier();
    let code = booth.post.mail_to(OWN_MAILBOX);
    booth.undoes(&code).sees_msg(&Msg::Undone).leaves();
    for dead in [NEW, &sent] {
        booth.validates(dead).is_at(&Msg::ChangeWhoHeading).leaves();
    }
    booth.validates(CLAVE).is_at(&Msg::ChangeOwnHeading);
}

/// The holder of the clave changes it often: the first notice's code undoes all of it, and no later
/// code restores one of theirs.
#[test]
fn the_first_code_undoes_every_change_after_it() {
    let mut booth = Booth::with_company();
    let keys = [CLAVE, "Ladron+17x", "Ladron+28y", "Ladron+39z", "Ladron+40w", "Ladron+51v"];
    let mut codes = Vec::new();
    for pair in keys.windows(2) {
        booth.changes(pair[0], pair[1]).leaves().waits(61).runs_courier();
        codes.push(booth.post.mail_to(OWN_MAILBOX));
    }
    booth.undoes(&codes[0]).sees_msg(&Msg::Undone).leaves();
    booth.undoes(&codes[1]).sees_not("Listo.").leaves();
    for dead in &keys[1..] {
        booth.validates(dead).is_at(&Msg::ChangeWhoHeading).leaves().waits(900);
    }
    booth.validates(CLAVE).is_at(&Msg::ChangeOwnHeading);
}

/// With as many live notices as allowed, the newest also covers the next change, and its code works
/// as long as that change's mail says.
#[test]
fn a_code_of_a_notice_that_tells_of_more_works_for_three_days_again() {
    let mut booth = Booth::with_company();
    let keys: Vec<String> =
        std::iter::once(CLAVE.into()).chain((1..=8).map(|n| format!("Ladron+1{n}x"))).collect();
    for pair in keys.windows(2) {
        booth.changes(&pair[0], &pair[1]).leaves().waits(61).runs_courier();
    }
    booth.waits(71 * 3600).changes(&keys[8], NEW).leaves().waits(61).runs_courier();
    let code = booth.post.mail_to(OWN_MAILBOX);
    booth.waits(71 * 3600).runs_courier().undoes(&code).sees_msg(&Msg::Undone).leaves();
    booth.validates(NEW).is_at(&Msg::ChangeWhoHeading).leaves();
    booth.validates(&keys[7]).is_at(&Msg::ChangeOwnHeading);
}

/// The second Enter reaches *Volver* on a page that has stood for half a second.
#[test]
fn enter_pressed_twice_loses_nothing() {
    let mut booth = Booth::with_company();
    booth.validates(CLAVE).types(&format!("{NEW}⏎{NEW}⏎")).letters().holds_orders().types("⏎⏎⏎");
    booth.is_at(&Msg::WaitingHeading).lets_orders_go().is_at(&Msg::SuccessHeading);
    // The person may leave, by the button to which they went.
    let mut booth = Booth::with_company();
    booth.enters("3").types(&format!("{COMPANY}⏎11111111-1⏎{CLAVE}")).holds_orders().types("⏎");
    booth.is_at(&Msg::WaitingHeading).waits(1).types("⇥⏎").lets_orders_go().is_at(&Msg::ChangeWhoHeading);
}

/// A hand that bounces on the letters does not press the button of a page that nobody has seen.
#[test]
fn an_enter_that_bounces_is_one() {
    let mut booth = Booth::with_company();
    booth.enters("3").types(&format!("{COMPANY}⏎11111111-1⏎{CLAVE}⏎")).is_at(&Msg::ChangeOwnHeading);
    booth.happens(Event::Key(Key::Enter)).is_at(&Msg::ChangeOwnHeading);
    booth.types(&format!("{NEW}⏎{NEW}⏎")).is_at(&Msg::ChangeConfirmHeading).happens(Event::Key(Key::Enter));
    booth.sees_not("ERROR");
    // A person who means it waits for the page, or types.
    booth.types("⏎").sees("ERROR");
}

/// An impatient second Enter just after the answer does not dismiss it unread.
#[test]
fn a_confirmation_stays_until_it_can_have_been_read() {
    let mut booth = Booth::with_company();
    booth.validates(CLAVE).types(&format!("{NEW}⏎{NEW}⏎")).letters().types("⏎");
    booth.is_at(&Msg::SuccessHeading).happens(Event::Key(Key::Enter));
    booth.is_at(&Msg::SuccessHeading).types("⏎").is_at_rest();
}

/// Only a notice that holds a former clave restores one.
#[test]
fn the_code_of_a_change_brings_the_key_back_whatever_else_was_told_lately() {
    let mut booth = Booth::with_company();
    let keys: Vec<String> =
        std::iter::once(CLAVE.into()).chain((1..=7).map(|n| format!("Ladron+1{n}x"))).collect();
    for pair in keys.windows(2) {
        booth.changes(&pair[0], &pair[1]).leaves().waits(61).runs_courier();
    }
    booth.proves_new_address().leaves().waits(24 * 3600 - 600);
    booth.changes(&keys[7], NEW).leaves().waits(61).runs_courier();
    let code = booth.post.mail_to(OWN_MAILBOX);
    booth.undoes(&code).sees_msg(&Msg::Undone).leaves();
    booth.validates(NEW).is_at(&Msg::ChangeWhoHeading).leaves();
}

#[test]
fn the_owner_is_told_in_their_own_language_whatever_the_visit_speaks() {
    let mut booth = Booth::with_company();
    booth.chooses("2").is_at(&Msg::MenuHeading).sees("What do you need").chooses("3");
    booth.types(&format!("{COMPANY}⏎11111111-1⏎{CLAVE}⏎{NEW}⏎{NEW}⏎")).letters().types("⏎⏎").runs_courier();
    assert!(booth.post.newest_mail(MAILBOX).contains("La clave anterior ya no sirve."));
    booth.is_at_rest().sees("Comenzar");
}

/// Older accounts had ids of their own, and a link from the company's RUT.
#[test]
fn an_account_of_before_is_found_changed_and_forgotten() {
    let mut booth = Booth::with_company();
    let link = booth.records.account_id(COMPANY.parse().expect("a RUT"));
    booth.has_account_of_before(COMPANY).changes(CLAVE, NEW).leaves();
    booth.validates(CLAVE).is_at(&Msg::ChangeWhoHeading).leaves();
    booth.forgets(COMPANY);
    assert_eq!(booth.account(COMPANY), None);
    assert_eq!(booth.runs(async |_| booth.records.store().find(link).await), Ok(None));
}

/// A sent key is written in capitals; nothing is lost if it is typed in small letters. A clave that somebody
/// chose is another one then.
#[test]
fn a_sent_key_may_be_typed_in_small_letters_and_ones_own_may_not() {
    let mut booth = Booth::with_company();
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).letters().types("⏎");
    let sent = booth.leaves().runs_courier().post.mail_to(MAILBOX).to_lowercase();
    booth.validates(&sent).is_at(&Msg::ChangeSentHeading).leaves();
    booth.validates(&CLAVE.to_lowercase()).is_at(&Msg::ChangeWhoHeading).sees("Los datos no coinciden");
}
