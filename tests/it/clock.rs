//! A wall clock that is ahead or behind, as a person at the kiosk meets it (S12, T12): what is given ends
//! by whichever clock ends it sooner, what guards somebody ends when both say so, and nothing is erased.

use totem::audit::Actor;
use totem::domain::deed::{Action, Outcome};
use totem::domain::staff::Role;
use totem::event::Key;
use totem::text::Msg;
use totem::vault::totp;

use crate::booth::{ANSWER, Booth, COMPANY, MAILBOX, PASSWORD};

const DAY: u64 = 24 * 3600;
const YEARS: i64 = 6 * 365 * DAY as i64;
/// From November 2026 to January 1970.
const TO_1970: i64 = -1_795_300_000;
const NEW: &str = "nueva@correo.example";

impl Booth {
    /// By the answer; the key is mailed.
    fn has_a_key(&mut self) -> String {
        self.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).letters().types("⏎");
        self.is_at(&Msg::SuccessHeading).leaves().runs_courier();
        self.post.mail_to(MAILBOX)
    }

    fn takes(&mut self, key: &str) -> &mut Self {
        self.validates(key).is_at(&Msg::ChangeSentHeading).leaves()
    }

    fn refuses(&mut self, key: &str) -> &mut Self {
        self.validates(key).is_at(&Msg::ChangeWhoHeading).sees("Los datos no coinciden").leaves()
    }

    /// How many mails the new address got.
    fn mails_to_new(&mut self) -> usize {
        self.runs_courier().post.subjects(NEW).len()
    }
}

#[test]
fn ten_seconds_ahead_refuse_a_key_and_leave_it_whole() {
    let mut booth = Booth::with_company();
    let key = booth.has_a_key();
    booth.waits(60).wall_is_wrong_by(YEARS).runs_courier().refuses(&key).waits(10).runs_courier();
    booth.wall_is_wrong_by(0).runs_courier().takes(&key);
    booth.waits(DAY - 600).takes(&key).waits(600).refuses(&key);
}

#[test]
fn a_key_that_was_sent_meanwhile_works_for_its_day_and_no_longer() {
    for wrong in [YEARS, TO_1970] {
        let mut booth = Booth::with_company();
        booth.waits(60).runs_courier().wall_is_wrong_by(wrong);
        let key = booth.has_a_key();
        booth.takes(&key).waits(3600).wall_is_wrong_by(0).takes(&key);
        booth.waits(DAY - 3600 - 600).takes(&key).waits(600).refuses(&key);
    }
}

#[test]
fn a_clock_that_was_set_back_prolongs_no_key() {
    let mut booth = Booth::with_company();
    let key = booth.has_a_key();
    booth.wall_is_wrong_by(TO_1970).takes(&key).waits(DAY).refuses(&key);
}

/// A key to a new address waits its day by the boot time, and no clock that jumps ends the wait sooner, or
/// makes it later once it is mended.
#[test]
fn a_hold_waits_its_day_and_no_longer() {
    for wrong in [YEARS, 20 * DAY as i64, 3 * 3600, -3 * 3600, TO_1970] {
        let mut booth = Booth::with_company();
        booth.proves_new_address().types("⏎").is_at_rest();
        let before = booth.mails_to_new();
        for _ in 0..4 {
            booth.wall_is_wrong_by(wrong);
            assert_eq!(booth.mails_to_new(), before, "{wrong}");
            booth.waits(DAY / 4 - 60).runs_courier().wall_is_wrong_by(0).waits(60 - 1);
            assert_eq!(booth.mails_to_new(), before, "{wrong}");
        }
        booth.waits(4);
        assert_eq!(booth.mails_to_new(), before + 1, "{wrong}");
        let key = booth.post.mail_to(NEW);
        booth.takes(&key);
    }
}

#[test]
fn nothing_is_erased_by_a_clock_that_nobody_confirmed() {
    let mut booth = Booth::with_company();
    booth.sees_my_data().chooses("3").chooses("1").letters().types("⏎").is_at(&Msg::TakenHeading).leaves();
    booth.waits(61).runs_courier();
    let (kept, rows) = (booth.left(), booth.audit().len());
    booth.wall_is_wrong_by(YEARS).runs_courier().waits(10).runs_courier().wall_is_wrong_by(0).runs_courier();
    let told: Vec<_> = booth.audit().into_iter().skip(rows).map(|row| row.action).collect();
    assert_eq!((booth.left(), told), (kept, vec![]));
    assert!(booth.account(COMPANY).is_some());
    booth.waits(3 * DAY).runs_courier();
    assert_eq!(booth.account(COMPANY), None);
}

/// Three copies an hour go to an address: a jump gives none back, and takes none away.
#[test]
fn a_budget_is_released_by_no_jump_and_held_back_by_none() {
    let mut booth = Booth::with_company();
    booth.wall_is_wrong_by(YEARS);
    for _ in 0..3 {
        booth.sees_my_data().chooses("2").is_at(&Msg::SuccessHeading).leaves().runs_courier().waits(61);
    }
    for wrong in [YEARS, 0, TO_1970, 2 * YEARS, 0] {
        booth.wall_is_wrong_by(wrong).runs_courier().sees_my_data().chooses("2");
        booth.is_at(&Msg::CopyLimitHeading).leaves();
    }
    booth.waits(3600).sees_my_data().chooses("2").is_at(&Msg::SuccessHeading);
}

/// Whoever fails waits, whatever is done to the wall clock meanwhile.
#[test]
fn a_wait_after_failed_tries_ends_in_its_time() {
    for wrong in [YEARS, TO_1970] {
        let mut booth = Booth::with_company();
        for _ in 0..5 {
            booth.refuses("Mala-Clave").waits(61);
        }
        booth.refuses("Mala-Clave").wall_is_wrong_by(wrong);
        booth.validates("Mala-Clave").is_at(&Msg::StopWaitHeading).leaves().waits(4 * 60);
        booth.wall_is_wrong_by(0).validates("Mala-Clave").is_at(&Msg::StopWaitHeading).leaves();
        booth.waits(61).refuses("Mala-Clave");
    }
}

/// The telephone of a member of staff shows the code of what the wall clock says: so it is right.
#[test]
fn staff_who_sign_in_vouch_for_a_clock_that_jumped() {
    let mut booth = Booth::with_company();
    booth.employs("Rosa Araya", Role::Helper).proves_new_address().types("⏎").is_at_rest();
    let before = booth.mails_to_new();
    // It was ahead of the boot time when they signed in, as after a sleep that nothing counted.
    booth.waits(60).wall_is_wrong_by(30 * 3600);
    assert_eq!(booth.mails_to_new(), before);
    let account = booth.account_of_staff("Rosa Araya");
    let code = totp::code_at(&account.totp, booth.wall_ms()).expose().to_string();
    booth.presses([Key::F(12)]).is_at(&Msg::StaffSignInHeading);
    booth.types(&format!("Rosa Araya⏎{PASSWORD}⏎{code}⏎")).is_at(&Msg::StaffMenuHeading);
    let row = booth.audit().into_iter().find(|row| row.action == Action::AcceptClock).expect("on record");
    assert_eq!((row.actor, row.outcome), (Actor::Staff("Rosa Araya".into()), Outcome::Done));
    assert_eq!(booth.mails_to_new(), before + 1);
}
