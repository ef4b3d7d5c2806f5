//! *No fui yo* of a facilitator: another key, and a key that goes to another mailbox.

use totem::domain::account::Account;
use totem::domain::deed::{Action, Outcome};
use totem::domain::facilitator::{Decided, Undecided};
use totem::domain::facilitator::{Facilitator, FormerFacilitator};
use totem::domain::folio::Folio;
use totem::domain::reference::Id;
use totem::domain::undo::{Undo, Undoes};
use totem::office::review::DecideError;
use totem::text::Msg;

use super::{FACILITATOR, NEW, Visit, hugo, rosa};
use crate::booth::{CLAVE, COMPANY, MAILBOX};

const OTHER: &str = "Tambor=42x";
const ANOTHER_MAILBOX: &str = "otra@ejemplo.example";
const MISMATCH: &str = "Los datos no coinciden";

impl Visit {
    /// A request with this mailbox for the facilitator, approved by two; returns the key that was
    /// sent.
    pub fn gets_a_key(&mut self, mailbox: &str) -> String {
        let folio = self.requests_for(mailbox);
        assert_eq!(self.approves(&folio, &rosa()), Ok(Decided::ApprovedByOne));
        assert_eq!(self.approves(&folio, &hugo()), Ok(Decided::Approved));
        self.booth.waits(61).runs_courier();
        self.booth.post.mail_to(mailbox)
    }

    /// With this key the facilitator chooses that clave, and the notices are sent.
    pub fn chooses(&mut self, with: &str, key: &str) {
        self.comes_with(with).types(&format!("{key}⏎{key}⏎")).letters().types("⏎");
        self.booth.is_at(&Msg::SuccessHeading).leaves().waits(61).runs_courier();
    }

    pub fn is_the_key(&mut self, key: &str) {
        self.comes_with(key).is_at(&Msg::ChangeOwnHeading).leaves();
    }

    pub fn is_no_key(&mut self, key: &str) {
        self.comes_with(key).is_at(&Msg::ChangeWhoHeading).sees(MISMATCH).leaves();
    }

    /// As if this many other facilitators of the company had just changed.
    fn is_busy(&mut self, count: u8) {
        let (records, now_ms) = (self.booth.records.clone(), self.booth.now_ms());
        let company = COMPANY.parse().unwrap();
        self.booth.runs(async |_| {
            let account = records.account_of(company).await.unwrap().unwrap();
            let one = records.list::<Facilitator>(None, 1).await.unwrap().remove(0);
            let mut draft = records.draft(now_ms);
            let mut changed: Account = account.value.clone();
            for number in 0..count {
                let before = Box::new(FormerFacilitator::of(&one.value));
                let what = Undoes::Facilitator { facilitator: Id([number; 16]), before };
                let (folio, expires_ms) = (Folio::new([number % 32; 5]), now_ms + 3_600_000);
                let undo = Undo { company, folio, what, codes: Vec::new(), expires_ms, tries: 0 };
                let id = records.new_id(now_ms);
                changed.undos.push(id);
                draft = draft.new_record(id, &undo, Some(expires_ms));
            }
            draft.replace(&account, &changed, None).commit(&records).await.unwrap();
        });
    }

    fn undoes(&mut self, code: &str) {
        self.booth.undoes(code).is_at(&Msg::SuccessHeading).sees_msg(&Msg::Undone).leaves();
        self.booth.waits(61).runs_courier();
    }
}

#[test]
fn the_notices_code_puts_the_former_key_back() {
    let mut visit = Visit::new();
    let sent = visit.gets_a_key(FACILITATOR);
    visit.chooses(&sent, NEW);
    visit.chooses(NEW, OTHER);
    let notice = visit.booth.post.newest_mail(FACILITATOR);
    assert!(notice.contains("99.999.999-9") && !notice.contains(OTHER) && !notice.contains(NEW), "{notice}");
    let code = visit.booth.post.mail_to(FACILITATOR);
    visit.undoes(&code);
    for mailbox in [FACILITATOR, MAILBOX] {
        let subject = visit.booth.post.subjects(mailbox).pop();
        assert_eq!(subject.as_deref(), Some("Se deshizo el cambio en una Clave Sence de facilitador"));
    }
    visit.is_no_key(OTHER);
    visit.is_the_key(NEW);
    visit.booth.undoes(&code).is_at(&Msg::UndoHeading).sees(MISMATCH).leaves();
    assert!(visit.booth.audited().contains(&(Action::Undo, Outcome::Done)));
}

#[test]
fn a_first_choice_undone_leaves_no_key() {
    let mut visit = Visit::new();
    let sent = visit.gets_a_key(FACILITATOR);
    visit.chooses(&sent, NEW);
    let code = visit.booth.post.mail_to(FACILITATOR);
    visit.booth.undoes(&code).sees_msg(&Msg::UndoneWithoutKey).pictured("undone-without-key").leaves();
    visit.booth.waits(61).runs_courier();
    visit.is_no_key(NEW);
    visit.is_no_key(&sent);
    // Requested once more, there is a key again. An address gets three messages an hour.
    visit.booth.waits(3600);
    let sent = visit.gets_a_key(FACILITATOR);
    visit.chooses(&sent, OTHER);
    visit.is_the_key(OTHER);
}

#[test]
fn the_code_works_for_three_days() {
    let mut visit = Visit::new();
    let sent = visit.gets_a_key(FACILITATOR);
    visit.chooses(&sent, NEW);
    let code = visit.booth.post.mail_to(FACILITATOR);
    visit.booth.waits(72 * 3600).undoes(&code).is_at(&Msg::UndoHeading).sees(MISMATCH).leaves();
    visit.is_the_key(NEW);
}

#[test]
fn the_former_mailbox_hears_that_a_key_goes_to_another() {
    let mut visit = Visit::new();
    let sent = visit.gets_a_key(FACILITATOR);
    visit.chooses(&sent, NEW);
    let before = visit.booth.post.subjects(FACILITATOR).len();
    let sent = visit.gets_a_key(ANOTHER_MAILBOX);
    let heard = visit.booth.post.subjects(FACILITATOR)[before..].to_vec();
    assert_eq!(heard, ["Su Clave Sence de facilitador va a otro correo"]);
    assert!(!visit.booth.post.newest_mail(FACILITATOR).contains(ANOTHER_MAILBOX));
    let code = visit.booth.post.mail_to(FACILITATOR);
    visit.undoes(&code);
    visit.is_no_key(&sent);
    visit.is_the_key(NEW);
    // What follows goes to the former mailbox.
    visit.chooses(NEW, OTHER);
    assert_eq!(visit.booth.post.subjects(FACILITATOR).pop().unwrap(), "Cambió su Clave Sence de facilitador");
    assert!(
        !visit.booth.post.subjects(ANOTHER_MAILBOX).contains(&"Cambió su Clave Sence de facilitador".into())
    );
}

#[test]
fn the_former_mailboxs_code_undoes_what_was_chosen_with_that_key_too() {
    let mut visit = Visit::new();
    let sent = visit.gets_a_key(FACILITATOR);
    visit.chooses(&sent, NEW);
    let sent = visit.gets_a_key(ANOTHER_MAILBOX);
    let code = visit.booth.post.mail_to(FACILITATOR);
    visit.chooses(&sent, OTHER);
    // Both mailboxes are told.
    for mailbox in [FACILITATOR, ANOTHER_MAILBOX] {
        let subject = visit.booth.post.subjects(mailbox).pop();
        assert_eq!(subject.as_deref(), Some("Cambió su Clave Sence de facilitador"), "{mailbox}");
    }
    visit.undoes(&code);
    visit.is_no_key(OTHER);
    visit.is_the_key(NEW);
}

#[test]
fn the_same_mailbox_hears_of_no_other() {
    let mut visit = Visit::new();
    let sent = visit.gets_a_key(FACILITATOR);
    visit.chooses(&sent, NEW);
    visit.gets_a_key("Maria@ejemplo.example");
    let subjects = visit.booth.post.subjects(FACILITATOR);
    assert!(!subjects.contains(&"Su Clave Sence de facilitador va a otro correo".into()), "{subjects:?}");
}

/// Each belongs to another person: a code undoes nothing of the other's.
#[test]
fn the_company_and_its_facilitator_undo_their_own() {
    let mut visit = Visit::new();
    let sent = visit.gets_a_key(FACILITATOR);
    visit.booth.waits(61).runs_courier();
    visit.booth.changes(CLAVE, OTHER).leaves().waits(61).runs_courier();
    let of_company = visit.booth.post.mail_to(MAILBOX);
    visit.chooses(&sent, NEW);
    let of_facilitator = visit.booth.post.mail_to(FACILITATOR);
    visit.booth.undoes(&of_company).is_at(&Msg::SuccessHeading).leaves();
    visit.booth.validates(CLAVE).is_at(&Msg::ChangeOwnHeading).leaves();
    visit.is_the_key(NEW);
    visit.booth.changes(CLAVE, OTHER).leaves();
    visit.undoes(&of_facilitator);
    visit.is_no_key(NEW);
    visit.booth.validates(OTHER).is_at(&Msg::ChangeOwnHeading);
}

/// A facilitator's code must not buy tries for the company.
#[test]
fn a_facilitators_code_forgives_the_company_nothing() {
    let mut visit = Visit::new();
    let sent = visit.gets_a_key(FACILITATOR);
    visit.chooses(&sent, NEW);
    let code = visit.booth.post.mail_to(FACILITATOR);
    for left in ["9", "8"] {
        visit.booth.undoes("00000000").sees(&format!("Le quedan {left} intentos")).leaves();
    }
    visit.undoes(&code);
    visit.booth.undoes("00000000").sees("Le quedan 7 intentos");
}

/// Newer notices never displace a live one.
#[test]
fn however_often_it_is_changed_the_first_code_undoes_it_all() {
    let mut visit = Visit::new();
    let sent = visit.gets_a_key(FACILITATOR);
    visit.chooses(&sent, NEW);
    let keys = ["Tambor=42a", "Tambor=42b", "Tambor=42c", "Tambor=42d", "Tambor=42e"];
    let mut with = NEW;
    let mut codes = Vec::new();
    for key in keys {
        visit.chooses(with, key);
        codes.push(visit.booth.post.mail_to(FACILITATOR));
        with = key;
    }
    visit.undoes(&codes[0]);
    visit.is_the_key(NEW);
    for code in [&codes[1], &codes[4]] {
        visit.booth.undoes(code).sees(MISMATCH).leaves();
    }
}

/// The newest notice also covers the fourth change, and works as long as that change's mail says.
#[test]
fn a_code_of_a_notice_that_tells_of_more_works_for_three_days_again() {
    let mut visit = Visit::new();
    let sent = visit.gets_a_key(FACILITATOR);
    visit.chooses(&sent, NEW);
    visit.chooses(NEW, "Tambor=42a");
    visit.chooses("Tambor=42a", "Tambor=42b");
    visit.booth.waits(71 * 3600);
    visit.chooses("Tambor=42b", "Tambor=42c");
    let code = visit.booth.post.mail_to(FACILITATOR);
    visit.booth.waits(71 * 3600).runs_courier();
    visit.undoes(&code);
    visit.is_no_key("Tambor=42c");
    visit.is_the_key("Tambor=42a");
}

/// Notices lie in the company's account, whose record has a limited size.
#[test]
fn with_many_notices_a_change_is_told_without_a_code_and_another_mailbox_waits() {
    let mut visit = Visit::new();
    let sent = visit.gets_a_key(FACILITATOR);
    visit.chooses(&sent, NEW);
    let code = visit.booth.post.mail_to(FACILITATOR);
    let folio = visit.requests_for(ANOTHER_MAILBOX);
    assert_eq!(visit.approves(&folio, &rosa()), Ok(Decided::ApprovedByOne));
    visit.is_busy(31);
    // The facilitator's own notice is one of those.
    visit.undoes(&code);
    visit.is_busy(1);
    assert_eq!(visit.approves(&folio, &hugo()), Err(DecideError::Not(Undecided::TooManyNotices)));
    assert!(visit.booth.audited().contains(&(Action::ApproveRequest, Outcome::NotAllowed)));
    // The company's own change still gets its code.
    visit.booth.changes(CLAVE, OTHER).leaves().waits(61).runs_courier();
    let of_company = visit.booth.post.mail_to(MAILBOX);
    visit.booth.undoes(&of_company).is_at(&Msg::SuccessHeading).leaves();
    // When the notices have ended, there is room.
    visit.booth.waits(3601);
    assert_eq!(visit.approves(&folio, &hugo()), Ok(Decided::Approved));
    visit.booth.runs_courier();
    let sent = visit.booth.post.mail_to(ANOTHER_MAILBOX);
    visit.is_busy(32);
    visit.chooses(&sent, NEW);
    let notice = visit.booth.post.newest_mail(ANOTHER_MAILBOX);
    assert!(notice.contains("Se eligió en un tótem") && !notice.contains("no fui yo"), "{notice}");
}
