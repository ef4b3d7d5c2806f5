//! The roads of *Recuperar CS* (guide 3): which question is shown to whom, and when an answer is compared.

use totem::domain::answer::Answer;
use totem::domain::deed::{Action, Outcome};
use totem::domain::secret::Secret;
use totem::effect::{DataChange, Effect, Reply};
use totem::event::Key;
use totem::text::Msg;

use crate::booth::{ANSWER, Booth, CLAVE, COMPANY, MAILBOX, questions};

/// Who has no answer to give is shown no question: neither their own nor one that looks like somebody
/// else's. And nobody learns by this road whether there is an account, for nothing is looked up (T11).
#[test]
fn who_has_no_answer_is_asked_no_question() {
    for case in ["2", "3"] {
        for company in [COMPANY, "50000000-7"] {
            let mut booth = Booth::with_company();
            booth.takes_road(case).types(&format!("{company}⏎")).is_at(&Msg::RecoverRepresentativeHeading);
            assert!(!booth.asked.iter().any(|effect| matches!(effect, Effect::BeginRecovery(_))));
            // Back over each page, with what was typed; then another road.
            booth.types("␛").is_at(&Msg::RecoverCompanyHeading).types("␛").is_at(&Msg::RecoverRoadHeading);
            booth.chooses("1").is_at(&Msg::RecoverCompanyHeading).types("⏎").is_at_question();
        }
    }
}

#[test]
fn the_roads_are_told_as_one_key_each() {
    let mut booth = Booth::with_company();
    booth.enters("2").presses([Key::F(1)]).sees_msg(&Msg::HelpRecoverRoads).presses([Key::F(1)]);
    booth.is_at(&Msg::RecoverRoadHeading).types("␛").is_at(&Msg::MenuHeading);
}

/// Whoever solved the letters for a wrong answer solved them again for the right one.
#[test]
fn a_wrong_answer_is_told_before_any_letters() {
    let mut booth = Booth::with_company();
    booth
        .asks_for_question(COMPANY)
        .types("Micifuz⏎")
        .is_at_question()
        .sees_msg(&Msg::MismatchAnswer { tries: 9 });
    assert!(!booth.asked.contains(&Effect::DrawChallenge), "no letters were drawn");
    booth.presses([Key::Backspace; 7]).types(&format!("{ANSWER}⏎")).is_at(&Msg::RecoverConfirmHeading);
    // A right answer clears what was wrong before, and is compared once.
    booth.letters().types("⏎").is_at(&Msg::SuccessHeading);
    let right = booth.audited().into_iter().filter(|row| *row == (Action::CheckAnswer, Outcome::Right));
    assert_eq!(right.count(), 1);
}

/// Nothing is sent on the strength of an answer that another one replaced meanwhile.
#[test]
fn an_answer_that_was_replaced_while_the_letters_stood_sends_nothing() {
    let mut booth = Booth::with_company();
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).is_at(&Msg::RecoverConfirmHeading);
    booth.replaces_answer("Cholito").letters().types("⏎").is_at_question().sees_msg(&Msg::WrongAnswerStale);
    booth.runs_courier();
    assert!(!booth.post.subjects(MAILBOX).iter().any(|subject| subject.contains("provisoria")));
    booth.presses([Key::Backspace; 8]).types("Cholito⏎").letters().types("⏎").is_at(&Msg::SuccessHeading);
}

impl Booth {
    /// At another terminal, by the clave in use.
    pub fn replaces_answer(&mut self, answer: &str) -> &mut Self {
        let check = Effect::CheckClave {
            company: COMPANY.parse().expect("a RUT"),
            representative: "11111111-1".parse().expect("a RUT"),
            clave: Secret::new(CLAVE),
        };
        let Reply::ClaveRight(proved) = self.performs(check) else { panic!("it is the clave in use") };
        let secret = Some((questions()[0].clone(), Answer::new(answer).expect("an answer")));
        let change = Box::new(DataChange { secret, ..DataChange::default() });
        let saved = self.performs(Effect::SaveData(proved, change));
        assert!(matches!(saved, Reply::DataSaved { .. }), "{saved:?}");
        self
    }
}
