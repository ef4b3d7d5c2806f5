//! The store that the office's terminals share goes out of reach at each question of each workflow, before it
//! is asked or after it wrote. A page says so, *Reintentar* goes on with what was typed, and in the end
//! everything was done once.

use totem::domain::deed::{Action, Outcome};
use totem::domain::time_of_day::TimeOfDay;
use totem::effect::{LastAsked, OfficeAway, Reply};
use totem::text::Msg;

use crate::booth::{ANSWER, Booth, CLAVE, COMPANY, Company, Cut, MAILBOX};
use crate::facilitator::Visit;
use crate::new_address::NEW;
use crate::update::STREET;

const NEW_CLAVE: &str = "Guitarra+9";
/// More than any of these visits asks.
const MOST_QUESTIONS: usize = 60;

/// Plays a visit to its end as often as it has questions, cut off at another one each time; `done` is how often
/// something stands in the audit log then, and how often it must.
fn whatever_is_cut(begins: impl Fn() -> Booth, plays: impl Fn(&mut Booth), done: (Action, usize)) {
    for cut in [Cut::Before, Cut::After] {
        let mut told = 0;
        for at in 0..MOST_QUESTIONS {
            let mut booth = begins();
            booth.is_cut_off_at(at, cut);
            plays(&mut booth);
            let (questions, was_told) = booth.cut_off();
            if questions <= at {
                break;
            }
            told += usize::from(was_told);
            let count = booth.audited().into_iter().filter(|row| *row == (done.0, Outcome::Done)).count();
            assert_eq!(count, done.1, "{cut:?} at question {at}");
        }
        assert!(told >= 2, "{cut:?}: told {told} times");
    }
}

/// What may have been saved stays so until an answer comes.
#[test]
fn the_page_says_since_when_and_what_became_of_it() {
    let mut booth = Booth::with_company();
    booth.validates(CLAVE).types(&format!("{NEW_CLAVE}⏎{NEW_CLAVE}⏎")).letters();
    let away = |last| Reply::OfficeAway(OfficeAway { since: TimeOfDay::of_seconds(32_700), last });
    booth
        .replies([away(LastAsked::NotSaved)])
        .types("⏎")
        .is_at(&Msg::StopOfficeHeading)
        .pictured("stop-office");
    booth.replies([away(LastAsked::Unsure)]).types("⏎").pictured("stop-office-unsure");
    let unsure = booth.page();
    booth.replies([away(LastAsked::NotSaved)]).types("⏎");
    assert_eq!(booth.page(), unsure);
    booth.types("⏎").is_at(&Msg::SuccessHeading);
}

#[test]
fn a_registration_goes_on() {
    let plays = |booth: &mut Booth| {
        let mailbox = "pan@inventada.example";
        booth.fills_in("50000000-7", "12345678-5", mailbox, NEW_CLAVE).types("⏎⏎").is_at(&Msg::CodeHeading);
        // Applied for twice, the second code comes a minute later, and is the one that counts.
        booth.runs_courier().passes(70).runs_courier();
        let code = booth.post.mail_to(mailbox);
        booth.types(&format!("{code}⏎")).leaves();
        booth
            .enters("5")
            .types(&format!("50000000-7⏎12345678-5⏎{NEW_CLAVE}⏎"))
            .is_at(&Msg::UpdateReviewHeading);
    };
    whatever_is_cut(Booth::new, plays, (Action::ProveAddress, 1));
}

#[test]
fn a_recovery_by_the_answer_goes_on() {
    let plays = |booth: &mut Booth| {
        booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).letters().types("⏎");
        booth.is_at(&Msg::SuccessHeading).leaves().runs_courier();
        assert_eq!(booth.post.subjects(MAILBOX).len(), 1);
    };
    whatever_is_cut(Booth::with_company, plays, (Action::RequestRecovery, 1));
}

#[test]
fn a_recovery_to_a_new_address_goes_on() {
    let plays = |booth: &mut Booth| {
        booth.asks_for_new_address();
        // Asked for twice, the second code comes a minute later, and is the one that counts.
        booth.passes(70).runs_courier();
        let code = booth.post.mail_to(NEW);
        booth.types(&format!("{code}⏎")).is_at(&Msg::RecoverHeldHeading);
    };
    whatever_is_cut(Booth::with_company, plays, (Action::ProveAddress, 1));
}

#[test]
fn a_change_goes_on() {
    let plays = |booth: &mut Booth| {
        booth.changes(CLAVE, NEW_CLAVE).leaves();
        booth.validates(NEW_CLAVE).is_at(&Msg::ChangeOwnHeading).leaves();
    };
    whatever_is_cut(Booth::with_company, plays, (Action::ChangeClave, 1));
}

#[test]
fn an_update_goes_on() {
    let plays = |booth: &mut Booth| {
        booth.sees_data().sets(STREET, "Otra Calle").saves();
        // Saved unheard, they differ from what was typed over.
        if booth.page().heading == Msg::ChangeWhoHeading.into() {
            booth.sees_msg(&Msg::WrongDataStale).types(&format!("{CLAVE}⏎"));
        }
        booth.leaves().sees_data().sees("Otra Calle");
    };
    whatever_is_cut(Booth::with_company, plays, (Action::ChangeData, 1));
}

#[test]
fn a_facilitators_request_goes_on() {
    for cut in [Cut::Before, Cut::After] {
        for at in 0..MOST_QUESTIONS {
            let mut visit = Visit::new();
            visit.booth.is_cut_off_at(at, cut);
            visit.fills_in().types("⏎⏎").sees("Recibimos su solicitud");
            if visit.booth.cut_off().0 <= at {
                break;
            }
            let made = |row: &(Action, Outcome)| *row == (Action::RequestFacilitator, Outcome::Done);
            assert_eq!(visit.booth.audited().into_iter().filter(made).count(), 1, "{cut:?} at question {at}");
            assert_eq!(visit.kept(), 2, "{cut:?} at question {at}");
        }
    }
}

#[test]
fn an_undone_change_goes_on() {
    let begins = || {
        let mut booth = Booth::new().knows(Company::default());
        booth.changes(CLAVE, NEW_CLAVE).leaves().runs_courier();
        booth
    };
    let plays = |booth: &mut Booth| {
        let code = booth.post.mail_to(MAILBOX);
        booth.undoes(&code).is_at(&Msg::SuccessHeading).leaves();
        booth.validates(CLAVE).is_at(&Msg::ChangeOwnHeading).leaves();
    };
    whatever_is_cut(begins, plays, (Action::Undo, 1));
}
