//! SII is down, or says *no*, while somebody types a clave: nobody goes on whom SII refuses, and nobody who
//! doesn't go on learns whether the clave was right.

use totem::domain::deed::{Action, Outcome};
use totem::domain::found::Found;
use totem::domain::pending::RegistrationEvidence;
use totem::domain::rut::Rut;
use totem::domain::staff::Role;
use totem::event::Key;
use totem::text::Msg;

use crate::booth::{ANSWER, Booth, CLAVE, COMPANY, MAILBOX, Outside};

const UNKNOWN: &str = "50000000-7";
/// Represents the company at SII, and is not on file.
const OTHER: &str = "22222222-2";
const ON_FILE: &str = "11111111-1";

impl Booth {
    fn types_clave(&mut self, company: &str, representative: &str, clave: &str) -> &mut Self {
        self.enters("3").is_at(&Msg::ChangeWhoHeading);
        self.types(&format!("{company}⏎{representative}⏎{clave}⏎"))
    }

    /// What the page says, without any RUT.
    fn reads_without_ruts(&self) -> String {
        ["99.999.999-9", "50.000.000-7", "22.222.222-2", "11.111.111-1"]
            .iter()
            .fold(self.read(), |page, rut| page.replace(rut, ""))
    }
}

/// What whoever does not go on sees, try after try, until they must wait.
fn seen_by_who_does_not_go_on(
    booth: &mut Booth,
    (representative, clave): (&str, &str),
    says: fn(u64) -> Msg,
) -> Vec<String> {
    let mut seen = Vec::new();
    for tries in [9, 8, 7] {
        booth.types_clave(COMPANY, representative, clave).sees_msg(&says(tries));
        seen.push(booth.reads_without_ruts());
        booth.leaves();
    }
    booth.types_clave(COMPANY, representative, clave).is_at(&Msg::StopWaitHeading).leaves();
    seen
}

/// Whoever doesn't know the representative's RUT could try claves without end, and know a right one.
#[test]
fn whoever_names_a_wrong_representative_learns_nothing_of_the_clave() {
    let said = |clave| {
        let mut booth = Booth::with_company();
        let calls =
            |booth: &Booth| booth.audited().iter().filter(|row| row.0 == Action::RegistryCall).count();
        let says = |tries| Msg::MismatchClave { tries };
        (seen_by_who_does_not_go_on(&mut booth, ("33333333-3", clave), says), calls(&booth))
    };
    assert_eq!(said(CLAVE), said("Cualquier1"));
}

#[test]
fn in_an_outage_nobody_but_the_one_on_file_learns_whether_the_clave_was_right() {
    let said = |clave| {
        let mut booth = Booth::with_company();
        booth.registers_are_down(true);
        let calls =
            |booth: &Booth| booth.audited().iter().filter(|row| row.0 == Action::RegistryCall).count();
        let says = |tries| Msg::StopUnconfirmed { tries };
        (seen_by_who_does_not_go_on(&mut booth, (OTHER, clave), says), calls(&booth))
    };
    assert_eq!(said(CLAVE), said("Cualquier1"));
    let mut booth = Booth::with_company();
    booth.registers_are_down(true).types_clave(COMPANY, OTHER, CLAVE).pictured("change-unconfirmed");
    booth.registers_are_down(false).clicks_on(&Msg::ButtonRetry).is_at(&Msg::ChangeOwnHeading);
}

/// Seen: a second representative with the right clave lost a try each time, and had no *Reintentar*.
#[test]
fn the_same_clave_tried_again_until_sii_answers_costs_one_try() {
    let said = |clave: &str| {
        let mut booth = Booth::with_company();
        let mut said = Vec::new();
        booth.registers_are_down(true).types_clave(COMPANY, OTHER, clave);
        said.push(booth.reads_without_ruts());
        for _ in 0..4 {
            booth.stays(61).clicks_on(&Msg::ButtonRetry).is_at(&Msg::StopSiiHeading);
            said.push(booth.reads_without_ruts());
        }
        // Another clave is another try.
        booth.leaves().types_clave(COMPANY, OTHER, "Cualquier2").sees_msg(&Msg::StopUnconfirmed { tries: 8 });
        booth.leaves().registers_are_down(false).waits(61);
        (said, booth)
    };
    let ((right, mut booth), (wrong, _)) = (said(CLAVE), said("Cualquier1"));
    assert_eq!(right, wrong, "nobody learns whether it was right");
    booth.types_clave(COMPANY, OTHER, CLAVE).is_at(&Msg::ChangeOwnHeading).leaves();
    // Once SII answers, a wrong one is told as wrong, and is counted once.
    booth.registers_are_down(true).types_clave(COMPANY, OTHER, "Cualquier1");
    booth.sees_msg(&Msg::StopUnconfirmed { tries: 9 }).registers_are_down(false);
    booth.clicks_on(&Msg::ButtonRetry).is_at(&Msg::ChangeWhoHeading).sees_msg(&Msg::MismatchRepeated);
    booth.leaves().types_clave(COMPANY, OTHER, "Cualquier3").sees_msg(&Msg::MismatchClave { tries: 8 });
}

/// A stranger can't tell a company that has a clave from one that has none, up or down.
#[test]
fn a_wrong_clave_is_told_as_wrong_and_counted_whoever_answers() {
    let mut told = Vec::new();
    for is_down in [false, true] {
        for (company, representative) in
            [(COMPANY, ON_FILE), (COMPANY, OTHER), (UNKNOWN, ON_FILE), (UNKNOWN, OTHER)]
        {
            let mut booth = Booth::with_company();
            let says = |tries| match is_down {
                true => Msg::StopUnconfirmed { tries },
                false => Msg::MismatchClave { tries },
            };
            booth.registers_are_down(is_down).types_clave(company, representative, "Cualquier1");
            booth.sees_msg(&says(9));
            // The company's stands in the hint of the field, too.
            told.push((is_down, booth.reads_without_ruts()));
            booth.leaves();
            for tries in [8, 7] {
                booth.types_clave(company, representative, "Cualquier1");
                booth.sees_msg(&says(tries)).leaves();
            }
            booth.types_clave(company, representative, "Cualquier1").is_at(&Msg::StopWaitHeading);
        }
    }
    let (down, up): (Vec<_>, Vec<_>) = told.into_iter().partition(|(is_down, _)| *is_down);
    for told in [down, up] {
        assert!(told.iter().all(|page| *page == told[0]), "{told:#?}");
    }
}

/// Nor by the effort: as many hashes in an outage, whatever there is.
#[test]
fn an_outage_costs_as_many_hashes_whatever_there_is() {
    let effort = |company, clave| {
        let mut booth = Booth::with_company();
        let before = booth.records.vault().hashings();
        booth.registers_are_down(true).types_clave(company, OTHER, clave);
        booth.records.vault().hashings() - before
    };
    let of_a_stranger = effort(UNKNOWN, "Cualquier1");
    assert!(of_a_stranger > 0);
    assert_eq!(effort(COMPANY, "Cualquier1"), of_a_stranger);
    assert_eq!(effort(COMPANY, CLAVE), of_a_stranger);
}

#[test]
fn the_one_on_file_goes_on_while_sii_is_down() {
    let mut booth = Booth::with_company();
    booth.registers_are_down(true).types_clave(COMPANY, ON_FILE, CLAVE).is_at(&Msg::ChangeOwnHeading);
}

/// Also the one on file, and whatever the clave: SII's word is newer than the file.
#[test]
fn whom_sii_refuses_goes_no_further_with_any_clave() {
    let mut booth = Booth::with_company();
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎")).letters().types("⏎").leaves();
    booth.runs_courier().representatives_are_former(true);
    let sent = booth.post.mail_to(MAILBOX);
    let mut tries = 10;
    for clave in [CLAVE, &sent] {
        for representative in [ON_FILE, OTHER] {
            tries -= 1;
            booth.types_clave(COMPANY, representative, clave).is_at(&Msg::ChangeWhoHeading);
            booth.sees_msg(&Msg::MismatchClave { tries }).leaves().waits(60);
        }
    }
    let former = (Action::CheckClave, Outcome::Found(Found::RepresentativeFormer));
    assert!(booth.audited().contains(&former), "staff can tell them why");
    // All of it was counted, as for a wrong clave. Whoever may use the right one clears it.
    booth.representatives_are_former(false);
    booth.types_clave(COMPANY, ON_FILE, CLAVE).is_at(&Msg::ChangeOwnHeading).leaves();
    booth.types_clave(COMPANY, ON_FILE, "Cualquier1").sees_msg(&Msg::MismatchClave { tries: 9 });
}

/// *Actualizar datos* and a facilitator's request ask for the same clave.
#[test]
fn whom_sii_refuses_sees_no_data() {
    let mut booth = Booth::with_company();
    booth.representatives_are_former(true).enters("5").types(&format!("{COMPANY}⏎{ON_FILE}⏎{CLAVE}⏎"));
    booth.sees_msg(&Msg::MismatchClave { tries: 9 }).sees_not(MAILBOX);
}

/// Seen: a company that ended its business, and so gets no clave, went on with the one it had.
#[test]
fn a_closed_company_goes_no_further() {
    let mut booth = Booth::with_company();
    booth.companies_are_closed(true).types_clave(COMPANY, ON_FILE, CLAVE);
    booth.sees_msg(&Msg::MismatchClave { tries: 9 }).leaves();
    let closed = Outcome::Found(Found::CompanyClosed);
    assert!(booth.audited().contains(&(Action::CheckClave, closed)), "staff can tell them why");
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎"));
    booth.sees_msg(&Msg::MismatchAnswer { tries: 8 }).leaves();
    booth.asks_for_question(COMPANY).forgets_answer().types(&format!("{ON_FILE}⏎"));
    booth.sees("Los datos no coinciden").leaves().runs_courier();
    assert!(booth.post.subjects(MAILBOX).is_empty(), "no key leaves");
    booth.companies_are_closed(false).types_clave(COMPANY, ON_FILE, CLAVE).is_at(&Msg::ChangeOwnHeading);
}

/// Seen: whoever was the representative, and still is on file, had a key sent by the answer.
#[test]
fn who_represents_it_no_more_gets_no_key_by_the_answer() {
    let mut booth = Booth::with_company();
    booth.representatives_are_former(true);
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎"));
    booth.sees_msg(&Msg::MismatchAnswer { tries: 9 }).leaves().runs_courier();
    assert!(booth.post.subjects(MAILBOX).is_empty());
    let former = Outcome::Found(Found::RepresentativeFormer);
    assert!(booth.audited().contains(&(Action::CheckAnswer, former)));
    // The register's silence is no yes.
    booth.representatives_are_former(false).registers_are_down(true);
    booth.asks_for_question(COMPANY).types(&format!("{ANSWER}⏎"));
    booth.sees_msg(&Msg::StopUnconfirmed { tries: 8 }).registers_are_down(false).clicks_on(&Msg::ButtonRetry);
    booth.letters().types("⏎").is_at(&Msg::SuccessHeading);
}

/// Seen: while SII was silent a right answer had a page of its own, and cost no try.
#[test]
fn in_an_outage_nobody_learns_whether_the_answer_was_right() {
    let said = |company: &str, answer: &str| {
        let mut booth = Booth::with_company();
        let mut seen = Vec::new();
        booth.registers_are_down(true);
        for tries in [9, 8, 7] {
            booth.asks_for_question(company).types(&format!("{answer}⏎"));
            booth.sees_msg(&Msg::StopUnconfirmed { tries });
            seen.push(booth.reads_without_ruts());
            booth.stays(61).clicks_on(&Msg::ButtonRetry).is_at(&Msg::StopSiiHeading);
            seen.push(booth.reads_without_ruts());
            booth.leaves();
        }
        booth.asks_for_question(company).types(&format!("{answer}⏎")).is_at(&Msg::StopWaitHeading);
        let calls = booth.audited().iter().filter(|row| row.0 == Action::RegistryCall).count();
        (seen, calls)
    };
    let of_a_stranger = said(UNKNOWN, "Micifuz");
    assert_eq!(said(COMPANY, "Micifuz"), of_a_stranger);
    assert_eq!(said(COMPANY, ANSWER), of_a_stranger);
}

/// Once SII answers, a right answer clears what it cost, and a wrong one is told as wrong and counted once.
#[test]
fn after_an_outage_the_same_answer_is_told_what_it_is() {
    let mut booth = Booth::with_company();
    for (answer, heading) in [("Micifuz", Msg::RecoverQuestionHeading), (ANSWER, Msg::RecoverConfirmHeading)]
    {
        booth.registers_are_down(true).asks_for_question(COMPANY).types(&format!("{answer}⏎"));
        booth.is_at(&Msg::StopUnconfirmedHeading).registers_are_down(false).clicks_on(&Msg::ButtonRetry);
        booth.is_at(&heading);
        if answer != ANSWER {
            booth.sees_msg(&Msg::MismatchRepeated);
        }
        booth.leaves();
    }
    booth.asks_for_question(COMPANY).types("Micifuz⏎").sees_msg(&Msg::MismatchAnswer { tries: 9 });
}

/// Seen: a list that an operator had imported months ago said no for ever, to whoever came since.
#[test]
fn an_old_list_can_t_say_no() {
    let mut booth = Booth::with_company();
    booth.representatives_are_former(true).lists_are_old(30);
    booth.types_clave(COMPANY, ON_FILE, CLAVE).sees_msg(&Msg::MismatchClave { tries: 9 }).leaves();
    // A day later it is no answer: whoever is on file goes on with the clave, and nobody else.
    booth.lists_are_old(31).types_clave(COMPANY, ON_FILE, CLAVE).is_at(&Msg::ChangeOwnHeading).leaves();
    booth.types_clave(COMPANY, OTHER, CLAVE).sees_msg(&Msg::StopUnconfirmed { tries: 9 }).leaves();
    booth.asks_for_question(COMPANY).forgets_answer().types(&format!("{ON_FILE}⏎"));
    booth.is_at(&Msg::StopSiiHeading).leaves();
    let unknown = Rut::of_body(60_000_001).expect("it is in range");
    booth.enters("1").types(&format!("{unknown}⏎")).is_at(&Msg::StopSiiHeading).leaves();
    // Its yes counts as ever.
    booth.representatives_are_former(false).types_clave(COMPANY, OTHER, CLAVE).is_at(&Msg::ChangeOwnHeading);
}

/// An application may wait for a day: what SII said in the morning is no yes in the evening.
#[test]
fn staff_make_no_account_without_the_word_of_sii() {
    let of_persons = || Outside { registration: RegistrationEvidence::Person, ..Outside::default() };
    let told = [
        (Msg::DisputeSiiDown, Booth::registers_are_down as fn(&mut Booth, bool) -> &mut Booth),
        (Msg::UnsettledNotRepresentative, Booth::representatives_are_former),
        (Msg::UnsettledNotRepresentative, Booth::companies_are_closed),
    ];
    for (says, happens) in told {
        let mut booth = Booth::over(of_persons());
        booth.employs("rosa", Role::Helper).registers(COMPANY, ON_FILE, MAILBOX);
        happens(booth.is_at(&Msg::RegisterInPersonHeading), true).confirms_card("rosa").sees_msg(&says);
        assert!(booth.account(COMPANY).is_none());
        happens(&mut booth, false).presses([Key::Esc]).waits(31).clicks_on(&Msg::ButtonWitnessCard);
        booth.chooses("1").is_at(&Msg::RegisteredHeading);
    }
}
