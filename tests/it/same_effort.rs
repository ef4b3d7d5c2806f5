//! The cost of an answer reveals nothing of what it found (S9): as many hashes for a company
//! without an account as for one with many live keys and codes, and for a right clave as for a
//! wrong one.

use totem::text::Msg;

use crate::booth::{ANSWER, Booth, CLAVE, COMPANY, MAILBOX};

const UNKNOWN: &str = "50000000-7";
const WRONG: &str = "Cualquier1";
const WRONG_CODE: &str = "12312312";

impl Booth {
    /// How many hashes an answer takes. The visit ends, and time passes before the next try.
    fn hashings_of(&mut self, entry: &str, typed: &str) -> u64 {
        let before = self.records.vault().hashings();
        self.enters(entry).types(typed);
        let hashings = self.records.vault().hashings() - before;
        self.leaves().waits(900);
        hashings
    }

    fn hashings_of_key(&mut self, company: &str, clave: &str) -> u64 {
        self.hashings_of("3", &format!("{company}⏎11111111-1⏎{clave}⏎"))
    }

    /// Three recoveries under way, each with a key by mail and one by SMS.
    fn recovers_thrice(&mut self) -> &mut Self {
        for _ in 0..3 {
            self.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).letters().types("⏎").leaves();
            self.runs_courier().waits(1_300);
        }
        self
    }
}

#[test]
fn a_key_is_checked_with_as_much_effort_whatever_there_is() {
    let mut booth = Booth::with_company();
    let of_a_stranger = booth.hashings_of_key(UNKNOWN, WRONG);
    assert!(of_a_stranger > 0);
    assert_eq!(booth.hashings_of_key(COMPANY, WRONG), of_a_stranger, "wrong, no sent key");
    assert_eq!(booth.hashings_of_key(COMPANY, CLAVE), of_a_stranger, "right, no sent key");
    booth.recovers_thrice();
    let sent = booth.post.mail_to(MAILBOX);
    assert_eq!(booth.post.mail_count(), 3);
    assert_eq!(booth.hashings_of_key(COMPANY, WRONG), of_a_stranger, "wrong, six sent keys");
    assert_eq!(booth.hashings_of_key(COMPANY, CLAVE), of_a_stranger, "right, six sent keys");
    assert_eq!(booth.hashings_of_key(COMPANY, &sent), of_a_stranger, "a sent key");
    booth.validates(&sent).is_at(&Msg::ChangeSentHeading);
}

/// The answer is compared before any letters are asked for.
#[test]
fn an_answer_is_checked_with_as_much_effort_whatever_there_is() {
    let mut booth = Booth::with_company();
    let mut of = |company: &str, answer: &str| booth.hashings_of("2", &format!("1{company}⏎{answer}⏎"));
    let of_a_stranger = of(UNKNOWN, "Micifuz");
    assert!(of_a_stranger > 0);
    assert_eq!(of(COMPANY, "Micifuz"), of_a_stranger, "wrong");
    assert_eq!(of(COMPANY, ANSWER), of_a_stranger, "right");
}

#[test]
fn a_code_is_checked_with_as_much_effort_whatever_there_is() {
    let mut booth = Booth::with_company();
    let of_a_stranger = booth.hashings_of("8", &format!("{UNKNOWN}⏎{WRONG_CODE}⏎"));
    assert!(of_a_stranger > 0);
    let wrong = format!("{COMPANY}⏎{WRONG_CODE}⏎");
    assert_eq!(booth.hashings_of("8", &wrong), of_a_stranger, "wrong, no notice");
    booth.changes(CLAVE, "Guitarra+9").leaves().runs_courier().waits(1_300);
    booth.changes("Guitarra+9", "Xilofon=42").leaves().runs_courier();
    let code = booth.post.mail_to(MAILBOX);
    assert_eq!(booth.hashings_of("8", &wrong), of_a_stranger, "wrong, two notices");
    let right = format!("{COMPANY}⏎{code}⏎");
    assert_eq!(booth.hashings_of("8", &right), of_a_stranger, "right, two notices");
    booth.validates("Guitarra+9").is_at(&Msg::ChangeOwnHeading);
}
