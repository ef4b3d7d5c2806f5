//! What a stranger at the terminal can do to shut the right person out: a lock never does it (T9).

use totem::domain::deed::{Action, Outcome};
use totem::domain::rut::Rut;
use totem::domain::staff::Role;
use totem::event::Key;
use totem::store::tallies::FailuresOfRut;
use totem::text::Msg;
use totem::vault::Blind;

use crate::booth::{ANSWER, Booth, CLAVE, COMPANY, MAILBOX, PASSWORD, PIN};

const WRONG: &str = "Cualquier1";
const HALF_AN_HOUR: u64 = 1_800;

impl Booth {
    /// Twenty RUTs that nobody has a clave under, within ten minutes.
    fn is_locked_by_strangers(&mut self) -> &mut Self {
        for body in 60_000_001..60_000_021 {
            let company = Rut::of_body(body).expect("it is in range");
            self.enters("3").types(&format!("{company}⏎11111111-1⏎{WRONG}⏎")).leaves();
        }
        self.validates(CLAVE).is_at(&Msg::StopTerminalHeading).leaves()
    }

    /// Ten wrong claves, each as soon as it may be typed.
    fn is_blocked_for_a_day(&mut self) -> &mut Self {
        for wait in [0, 0, 0, 5, 15, 60, 300, 900, 3_600, 3_600] {
            self.passes(wait).validates(WRONG).sees("Los datos no coinciden").leaves();
        }
        self.validates(CLAVE)
            .is_at(&Msg::StopWaitHeading)
            .sees("24 horas")
            .sees_msg(&Msg::StopByCard)
            .leaves()
    }

    /// The card, and a key to the mailbox on file.
    fn recovers_by_card(&mut self) -> String {
        self.asks_for_question(COMPANY).forgets_answer().shows_card("11111111-1", "B1C234567");
        self.is_at(&Msg::RecoverAddressHeading).chooses("1").letters().types("⏎");
        self.is_at(&Msg::SuccessHeading).leaves().runs_courier();
        self.post.mail_to(MAILBOX)
    }
}

#[test]
fn a_locked_terminal_opens_by_itself_half_an_hour_later() {
    let mut booth = Booth::with_company();
    booth.is_locked_by_strangers().waits(HALF_AN_HOUR - 60);
    booth.validates(CLAVE).is_at(&Msg::StopTerminalHeading).leaves();
    booth.waits(60).validates(CLAVE).is_at(&Msg::ChangeOwnHeading);
}

/// Trying on, as anybody or as staff, doesn't begin the half hour anew.
#[test]
fn a_lock_is_not_prolonged_by_more_tries() {
    let mut booth = Booth::with_company();
    booth.is_locked_by_strangers();
    for number in 0..6 {
        booth.waits(280).validates(WRONG).is_at(&Msg::StopTerminalHeading).leaves();
        booth.presses([Key::F(12)]).types(&format!("Nadie {number}⏎{PASSWORD}⏎123456⏎"));
        booth.sees_msg(&Msg::WrongSignIn).leaves();
        booth.undoes("00000000").sees("Los datos no coinciden").leaves();
    }
    booth.waits(120).validates(CLAVE).is_at(&Msg::ChangeOwnHeading);
}

/// Seen: twenty made-up names at the staff's door locked the terminal for everybody else.
#[test]
fn made_up_names_of_staff_lock_nothing() {
    let mut booth = Booth::with_company();
    for number in 0..25 {
        booth.presses([Key::F(12)]).types(&format!("Nadie {number}⏎{PASSWORD}⏎123456⏎"));
        booth.sees_msg(&Msg::WrongSignIn).leaves();
    }
    booth.validates(CLAVE).is_at(&Msg::ChangeOwnHeading);
}

/// *No fui yo*, *Más información* and *Estado de mi solicitud* are no tries at anything that opens.
#[test]
fn a_locked_terminal_still_undoes_informs_and_tells_of_requests() {
    let mut booth = Booth::with_company();
    booth.changes(CLAVE, "Guitarra+9").leaves().runs_courier();
    let code = booth.post.mail_to(MAILBOX);
    booth.is_locked_by_strangers();
    booth.enters("6").is_at(&Msg::InformationHeading).leaves();
    booth.enters("4").chooses("2").types("0410-6105-A⏎11111111-1⏎");
    booth.is_at(&Msg::StatusHeading).sees_msg(&Msg::MismatchRequest { tries: 9 }).leaves();
    booth.undoes(&code).is_at(&Msg::SuccessHeading).sees_msg(&Msg::Undone);
}

/// Twenty strangers' RUTs at *No fui yo*, or at *Estado de mi solicitud*, lock nothing.
#[test]
fn what_a_lock_does_not_cover_does_not_lock() {
    let mut booth = Booth::with_company();
    for body in 60_000_001..60_000_021 {
        let rut = Rut::of_body(body).expect("it is in range");
        booth.enters("8").types(&format!("{rut}⏎00000000⏎")).leaves();
        booth.enters("4").chooses("2").types(&format!("0410-6105-A⏎{rut}⏎")).leaves();
    }
    booth.validates(CLAVE).is_at(&Msg::ChangeOwnHeading);
}

#[test]
fn a_company_blocked_by_wrong_claves_is_recovered_by_card() {
    let mut booth = Booth::with_company();
    booth.is_blocked_for_a_day();
    let key = booth.recovers_by_card();
    // What was sent opens; what was in use doesn't, so that nobody guesses on meanwhile.
    booth.validates(CLAVE).is_at(&Msg::StopWaitHeading).leaves();
    booth.validates(WRONG).is_at(&Msg::StopWaitHeading).leaves().passes(5);
    booth.validates(&key).is_at(&Msg::ChangeSentHeading).types("Guitarra+9⏎Guitarra+9⏎").letters().types("⏎");
    booth.sees_msg(&Msg::Changed).leaves().validates("Guitarra+9").is_at(&Msg::ChangeOwnHeading);
}

#[test]
fn a_company_blocked_by_wrong_answers_is_recovered_by_card() {
    let mut booth = Booth::with_company();
    for wait in [0, 0, 0, 5, 15, 60, 300, 900, 3_600, 3_600] {
        booth.passes(wait).asks_for_question(COMPANY).types("Otra cosa⏎").leaves();
    }
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎"));
    booth.is_at(&Msg::StopWaitHeading).leaves();
    let key = booth.recovers_by_card();
    booth.validates(&key).is_at(&Msg::ChangeSentHeading);
}

/// While a block runs, nobody guesses at a sent key uncounted (S10), and whoever tries on keeps the owner from
/// theirs for a quarter of an hour at most (T9).
#[test]
fn guesses_at_a_sent_key_are_counted_while_a_company_is_blocked() {
    let mut booth = Booth::with_company();
    booth.is_blocked_for_a_day();
    let key = booth.recovers_by_card();
    // The first one was the clave that is in use.
    for wait in [0, 0, 5, 15, 60, 300, 900, 900, 900] {
        booth.passes(wait).validates(WRONG).is_at(&Msg::StopWaitHeading).leaves();
    }
    let before = booth.records.vault().hashings();
    booth.validates(&key).is_at(&Msg::StopWaitHeading).sees("15 minutos").leaves();
    assert_eq!(booth.records.vault().hashings(), before, "it was compared with nothing");
    booth.passes(900).validates(&key).is_at(&Msg::ChangeSentHeading).leaves();
    // Who brought it clears what strangers left, and the company is blocked no more.
    let tally = booth.records.vault().blind_rut(Blind::SentKeysOfRut, COMPANY.parse().expect("a RUT"));
    let left = booth.runs(async |_| booth.records.get::<FailuresOfRut>(tally).await);
    assert_eq!(left.expect("a store"), None);
    booth.validates(CLAVE).is_at(&Msg::ChangeOwnHeading);
}

/// As many hashes while a company is blocked, whatever is typed and whatever there is (S9).
#[test]
fn a_block_says_nothing_of_the_clave() {
    let mut booth = Booth::with_company();
    booth.is_blocked_for_a_day();
    let key = booth.recovers_by_card();
    let mut effort = |clave: &str| {
        let before = booth.records.vault().hashings();
        booth.validates(clave);
        let (spent, page) = (booth.records.vault().hashings() - before, booth.page().heading);
        // The third try waits for the second.
        booth.leaves().passes(5);
        (spent, page)
    };
    let wrong = effort(WRONG);
    assert_eq!(effort(CLAVE), wrong);
    assert_eq!(effort(&key).0, wrong.0);
}

#[test]
fn five_card_numbers_a_day_for_each_representative() {
    let mut booth = Booth::with_company();
    for number in 0..5 {
        booth
            .asks_for_question(COMPANY)
            .forgets_answer()
            .shows_card("11111111-1", &format!("B1C23456{number}"));
        let says = match 4 - number {
            0 => Msg::MismatchNoneHours { hours: 24 },
            tries => Msg::MismatchCard { tries },
        };
        booth.sees_msg(&says).leaves();
    }
    booth.asks_for_question(COMPANY).forgets_answer().shows_card("11111111-1", "B1C234567");
    booth.is_at(&Msg::StopWaitHeading).leaves();
    // The other representative, and the clave in use, are none the worse for it.
    booth.asks_for_question(COMPANY).forgets_answer().shows_card("22222222-2", "222222222");
    booth.is_at(&Msg::RecoverAddressHeading).leaves().validates(CLAVE).is_at(&Msg::ChangeOwnHeading).leaves();
    booth.waits(24 * 3_600).asks_for_question(COMPANY).forgets_answer();
    booth.shows_card("11111111-1", "B1C234567").is_at(&Msg::RecoverAddressHeading);
}

/// A member of staff with an account ends the day for the person whose card they saw.
#[test]
fn staff_end_the_day_of_a_card() {
    let mut booth = Booth::with_company();
    booth.employs("Rosa Araya", Role::Helper);
    for number in 0..5 {
        booth
            .asks_for_question(COMPANY)
            .forgets_answer()
            .shows_card("11111111-1", &format!("B1C23456{number}"));
        booth.leaves();
    }
    booth.asks_for_question(COMPANY).forgets_answer().shows_card("11111111-1", "B1C234567");
    booth.is_at(&Msg::StopWaitHeading).is_joined_by("Rosa Araya").acts(&Msg::ButtonUnblock, "está aquí");
    booth.is_at(&Msg::RecoverAddressHeading);
    assert!(booth.audited().contains(&(Action::Unblock, Outcome::Done)));
}

/// A right card is not counted, however often.
#[test]
fn a_right_card_uses_no_try() {
    let mut booth = Booth::with_company();
    for _ in 0..7 {
        booth.asks_for_question(COMPANY).forgets_answer().shows_card("11111111-1", "B1C234567");
        booth.is_at(&Msg::RecoverAddressHeading).leaves();
    }
}

/// Strangers who type who does not represent it make nobody else wait, here or at the registration.
#[test]
fn wrong_representatives_bar_no_right_one() {
    let mut booth = Booth::with_company();
    for body in 13_000_001..13_000_013 {
        let stranger = Rut::of_body(body).expect("it is in range");
        booth.asks_for_question(COMPANY).forgets_answer().types(&format!("{stranger}⏎"));
        booth.sees("Los datos no coinciden").leaves();
    }
    booth.asks_for_question(COMPANY).forgets_answer().shows_card("11111111-1", "B1C234567");
    booth.is_at(&Msg::RecoverAddressHeading).leaves().validates(CLAVE).is_at(&Msg::ChangeOwnHeading);
}

/// The same one again and again waits, a quarter of an hour at most, and SII is not asked meanwhile.
#[test]
fn one_wrong_representative_waits_longer_each_time() {
    let mut booth = Booth::with_company();
    for wait in [0, 0, 0, 5, 15, 60, 300, 900, 900, 900, 900] {
        booth.passes(wait).asks_for_question(COMPANY).forgets_answer().types("12345678-5⏎");
        booth.sees("Los datos no coinciden").leaves();
    }
    let asked = |booth: &Booth| {
        booth.audited().iter().filter(|(action, _)| *action == Action::CheckRepresentative).count()
    };
    let before = asked(&booth);
    booth.asks_for_question(COMPANY).forgets_answer().types("12345678-5⏎").is_at(&Msg::StopWaitHeading);
    assert_eq!(asked(&booth), before + 1, "a row that it had to wait, and no other");
    assert!(booth.audited().ends_with(&[(Action::CheckRepresentative, Outcome::MustWait)]));
}

/// Wrong claves of facilitators are not the company's, nor the other way round.
#[test]
fn a_facilitator_s_wrong_claves_bar_no_company() {
    let mut booth = Booth::with_company();
    for wait in [0, 0, 0, 5, 15, 60, 300, 900, 3_600, 3_600] {
        booth.passes(wait).enters("4").chooses("3").types(&format!("{COMPANY}⏎perú⏎pa 123456⏎{WRONG}⏎"));
        booth.sees("Los datos no coinciden").leaves();
    }
    booth.enters("4").chooses("3").types(&format!("{COMPANY}⏎perú⏎pa 123456⏎{WRONG}⏎"));
    booth.is_at(&Msg::StopWaitHeading).leaves();
    booth.enters("4").chooses("3").types(&format!("{COMPANY}⏎perú⏎pa 999999⏎{WRONG}⏎"));
    booth.sees("Los datos no coinciden").leaves();
    booth.validates(CLAVE).is_at(&Msg::ChangeOwnHeading).leaves();
    booth.is_blocked_for_a_day();
    booth.enters("4").chooses("3").types(&format!("{COMPANY}⏎perú⏎pa 999999⏎{WRONG}⏎"));
    booth.sees("Los datos no coinciden");
}

/// Made-up folios under somebody's RUT slow *Estado de mi solicitud*, a quarter of an hour at most,
/// and nothing else of theirs.
#[test]
fn made_up_folios_bar_nobody() {
    let mut booth = Booth::with_company();
    for wait in [0, 0, 0, 5, 15, 60, 300, 900, 900] {
        booth.passes(wait).enters("4").chooses("2").types("0410-6105-A⏎11111111-1⏎");
        booth.is_at(&Msg::StatusHeading).sees("No encontramos una solicitud").leaves();
    }
    for _ in 0..4 {
        booth.passes(900).enters("4").chooses("2").types("0410-6105-A⏎11111111-1⏎");
        booth.is_at(&Msg::StatusHeading).sees_msg(&Msg::MismatchNoneMinutes { minutes: 15 }).leaves();
    }
    booth.validates(CLAVE).is_at(&Msg::ChangeOwnHeading);
}

#[test]
fn wrong_pins_slow_one_member_and_bar_nobody() {
    let mut booth = Booth::with_company();
    booth
        .asks_for_question(COMPANY)
        .types(&format!("{ANSWER}⏎"))
        .presses([Key::F(8), Key::F(2)])
        .chooses("2");
    let wrong = format!("{}000000", &PIN[..1]);
    booth.types(&format!("{wrong}⏎1")).sees_msg(&Msg::WrongPin);
    for wait in [0, 0, 5, 15, 60, 300, 900, 900, 900, 900, 900, 900] {
        booth.stays(wait).types(&format!("{wrong}⏎")).sees_msg(&Msg::WrongPin);
    }
    booth.types(&format!("{PIN}⏎")).sees_msg(&Msg::WrongPinWait);
    // Another member isn't slowed, and the right PIN passes a quarter of an hour later.
    booth.types("2000000⏎").sees_msg(&Msg::WrongPin);
    booth.stays(900).types(&format!("{PIN}⏎")).is_at(&Msg::SuccessHeading);
}

#[test]
fn wrong_passwords_slow_a_member_by_a_quarter_of_an_hour_at_most() {
    let mut booth = Booth::with_company();
    booth.employs("Rosa Araya", Role::Helper);
    for wait in [0, 0, 0, 5, 15, 60, 300, 900, 900, 900, 900, 900] {
        booth.passes(wait).presses([Key::F(12)]).types("Rosa Araya⏎otra cosa bien distinta⏎123456⏎");
        booth.sees_msg(&Msg::WrongSignIn).leaves();
    }
    booth.waits(900).opens_desk("Rosa Araya").is_at(&Msg::StaffMenuHeading);
}

/// In a lock, staff with an account open the terminal; nobody's PIN does.
#[test]
fn staff_with_an_account_open_a_locked_terminal() {
    let mut booth = Booth::with_company();
    booth.employs("Rosa Araya", Role::Helper);
    booth.is_locked_by_strangers().validates(CLAVE).is_at(&Msg::StopTerminalHeading);
    booth.is_joined_by("Rosa Araya").acts(&Msg::ButtonUnlockTerminal, "fue un error");
    booth.is_at(&Msg::ChangeOwnHeading);
    assert!(booth.audited().contains(&(Action::UnlockTerminal, Outcome::Done)));
}

/// No register answers, a stranger blocked the company, and staff see its representative's card.
#[test]
fn a_block_lets_through_whom_staff_vouch_for() {
    let mut booth = Booth::with_company();
    booth.employs("Rosa Araya", Role::Helper);
    booth.is_blocked_for_a_day().registers_are_down(true).asks_for_question(COMPANY).forgets_answer();
    booth.types("11111111-1⏎").is_at(&Msg::StopSiiHeading).is_joined_by("Rosa Araya");
    booth.acts(&Msg::ButtonVouchUnchecked, "cédula vista").is_at(&Msg::RecoverConfirmHeading);
}
